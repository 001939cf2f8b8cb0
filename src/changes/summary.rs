//! Counts of what changed, over a whole edition and by chapter.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, ChangeKind, ChapterOf, ChapterSummary, Side, Step};
use crate::align::Pairing;
use crate::release_text::ReleaseText;
use crate::words;

/// Counts of units: titles, headings, blocks, items and rows, on both sides. An entry counts once for each of its kinds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Summary {
    /// Units that did not change.
    pub unchanged: usize,
    /// Entries by kind; kinds without entries are missing.
    pub counts: BTreeMap<ChangeKind, usize>,
    /// Share of the old text's words that stand in kept runs, from 0 to 1; 1 for an empty old text.
    pub words_kept: f64,
}

impl Summary {
    /// The number of entries of a kind.
    pub fn count(&self, kind: ChangeKind) -> usize {
        self.counts.get(&kind).copied().unwrap_or(0)
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }
}

/// A share in percent for people, rounded down: 100 is said only of all, and 0 only of nothing.
pub fn percent(share: f64) -> u8 {
    match in_parts(share, 100.0) as u8 {
        0 if share > 0.0 => 1,
        percent => percent.min(100),
    }
}

/// A share for programs with four places, rounded down too, so that both say the same.
pub(super) fn in_ten_thousandths(share: f64) -> f64 {
    in_parts(share, 10_000.0) / 10_000.0
}

/// How many of as many `parts` of the whole a share fills.
fn in_parts(share: f64, parts: f64) -> f64 {
    // 29 of 100 are 0.29, and 0.29 times 100 is a hair less than 29.
    let filled = (share * parts + 1e-9).floor();
    if share < 1.0 { filled.min(parts - 1.0) } else { filled }
}

/// Counts `entries` and `unchanged`; words are those of the old text, or of one of its chapters.
pub(super) fn of<'c>(
    entries: impl Iterator<Item = &'c Change>,
    unchanged: &[(usize, usize)],
    old: &ReleaseText,
    old_chapter: Option<usize>,
) -> Summary {
    let in_chapter = |unit: usize| old_chapter.is_none_or(|chapter| old.units[unit].chapter == chapter);
    let mut counts = BTreeMap::new();
    let mut kept: usize =
        unchanged.iter().filter(|&&(from, _)| in_chapter(from)).map(|&(from, _)| old.units[from].words).sum();
    for entry in entries {
        for &kind in &entry.kinds {
            *counts.entry(kind).or_default() += 1;
        }
        if entry.from.iter().all(|&unit| in_chapter(unit)) {
            let tokens = Side { text: old, numbers: &[] }.joined_tokens(&entry.from);
            kept += words::kept_words(&entry.words, &tokens);
        }
    }
    let all: usize = (0..old.units.len()).filter(|&unit| in_chapter(unit)).map(|unit| old.units[unit].words).sum();
    let words_kept = if all == 0 { 1.0 } else { kept as f64 / all as f64 };
    Summary { unchanged: unchanged.len(), counts, words_kept }
}

/// The chapters of the new text in order, each with what changed in it; then those that are gone.
pub(super) fn by_chapter(
    entries: &[Change],
    unchanged: &[(usize, usize)],
    steps: &[Step],
    old: Side<'_>,
    new: Side<'_>,
    pairing: &Pairing,
) -> Vec<ChapterSummary> {
    let home = |entry: &Change| home(entry, old.text, new.text, pairing);
    let new_chapters = (0..new.text.chapters.len()).map(ChapterOf::New);
    let gone = (0..old.text.chapters.len()).filter(|&at| pairing.new_chapter(at).is_none()).map(ChapterOf::Old);
    let homes: Vec<ChapterOf> = entries.iter().map(home).collect();
    let chapters: Vec<ChapterOf> = new_chapters.chain(gone).collect();
    let mut parts: BTreeMap<ChapterOf, Vec<Step>> = BTreeMap::new();
    for &step in steps {
        let chapter = match step {
            Step::Changed(at) => homes[at],
            Step::Left(at) => old_home(&entries[at], old.text, pairing),
            Step::Unchanged(at) => ChapterOf::New(new.text.units[unchanged[at].1].chapter),
        };
        parts.entry(chapter).or_default().push(step);
    }
    chapters
        .into_iter()
        .map(|chapter| {
            let steps = parts.remove(&chapter).unwrap_or_default();
            let here: Vec<usize> = steps.iter().filter_map(|step| changed(*step)).collect();
            let same: Vec<(usize, usize)> = steps.iter().filter_map(|step| same(*step, unchanged)).collect();
            let old_chapter = match chapter {
                ChapterOf::New(at) => pairing.old_chapter(at),
                ChapterOf::Old(at) => Some(at),
            };
            // A new chapter has no old words; a chapter that cannot be is none.
            let old_chapter = old_chapter.or(Some(usize::MAX));
            let summary = of(here.iter().map(|&at| &entries[at]), &same, old.text, old_chapter);
            let sections = sections(here.iter().map(|&at| &entries[at]), old.text, new.text);
            ChapterSummary { chapter, summary, entries: here, steps, sections }
        })
        .collect()
}

fn changed(step: Step) -> Option<usize> {
    match step {
        Step::Changed(at) => Some(at),
        Step::Unchanged(_) | Step::Left(_) => None,
    }
}

fn same(step: Step, unchanged: &[(usize, usize)]) -> Option<(usize, usize)> {
    match step {
        Step::Unchanged(at) => Some(unchanged[at]),
        Step::Changed(_) | Step::Left(_) => None,
    }
}

/// The chapter in whose list an entry stands.
fn home(entry: &Change, old: &ReleaseText, new: &ReleaseText, pairing: &Pairing) -> ChapterOf {
    match entry.to.first() {
        Some(&to) => ChapterOf::New(new.units[to].chapter),
        None => old_home(entry, old, pairing),
    }
}

/// The chapter in whose list the old place of an entry stands.
fn old_home(entry: &Change, old: &ReleaseText, pairing: &Pairing) -> ChapterOf {
    let Some(&from) = entry.from.first() else { return ChapterOf::New(0) };
    let chapter = old.units[from].chapter;
    pairing.new_chapter(chapter).map_or(ChapterOf::Old(chapter), ChapterOf::New)
}

fn sections<'c>(entries: impl Iterator<Item = &'c Change>, old: &ReleaseText, new: &ReleaseText) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut titles = Vec::new();
    for entry in entries {
        let title = match (entry.to.first(), entry.from.first()) {
            (Some(&to), _) => new.section_title(to),
            (None, Some(&from)) => old.section_title(from),
            (None, None) => continue,
        };
        if seen.insert(title.clone()) {
            titles.push(title);
        }
    }
    titles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_down_and_neither_all_nor_nothing_is_said_of_some() {
        let shares = [0.0, 0.0004, 0.01, 0.29, 0.889, 0.9999, 0.999_999_999_999, 1.0];
        assert_eq!(shares.map(percent), [0, 1, 1, 29, 88, 99, 99, 100]);
        assert_eq!([0.889, 0.965_55, 0.999_999, 1.0].map(in_ten_thousandths), [0.889, 0.9655, 0.9999, 1.0]);
        for all in 1..=300 {
            for kept in 0..=all {
                let exact = (kept * 100 / all).max(usize::from(kept > 0));
                assert_eq!(usize::from(percent(kept as f64 / all as f64)), exact, "{kept} of {all}");
            }
        }
    }
}
