//! [`History`]: all releases and the draft, each aligned with the one before and numbered: stages 3 and 4 in turn.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::align::{self, Hint, Pairing};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, suggest};
use crate::load::{ReleaseSource, Seal, Sources};
use crate::markdown::Documents;
use crate::number::{self, Found, Ledger, Number, Numbered, Numbering, Side};
use crate::release_text::ReleaseText;

mod cache;
mod lineage;
mod sealed;
mod unknown;

pub use cache::Cache;
pub use sealed::recorded;

use cache::{EditionKey, Step};
use lineage::Said;

/// A release or the draft with its text, its numbers, and how it came from the one before.
#[derive(Debug, Clone)]
pub struct Edition {
    /// Its text.
    pub text: Arc<ReleaseText>,
    /// Its numbers; provisional for the draft.
    pub numbering: Numbering,
    /// The edition before it, by index in [`History::editions`].
    pub predecessor: Option<usize>,
    /// How its units came from the predecessor's; empty without one.
    pub pairing: Pairing,
    /// Whether numbers and pairing are those that it was sealed with.
    pub sealed: bool,
}

/// All editions in order: the releases as in [`Sources::releases`], then the draft if there is one.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// The editions.
    pub editions: Vec<Arc<Edition>>,
}

/// The source of an edition, by its index in [`History::editions`].
///
/// Indices come only from there and from [`Sources::shown_editions`], where there is one for each release and one for
/// the draft. So where there is an index there is a release or a draft, and the last way out is never taken.
pub fn source(sources: &Sources, edition: usize) -> &ReleaseSource {
    debug_assert!(edition < sources.releases.len() + usize::from(sources.draft.is_some()), "no edition {edition}");
    sources.releases.get(edition).or(sources.draft.as_ref()).unwrap_or_else(|| &sources.releases[0])
}

/// Aligns every release with its predecessor and numbers it. What is sealed was aligned and numbered when it was.
pub fn trace(sources: &Sources, documents: &Documents, cache: &Cache, diagnostics: &mut Diagnostics) -> History {
    let mut history = History::default();
    let mut ledgers = sealed::ledgers(sources);
    let titles = cache::titles(sources);
    for (at, release) in sources.releases.iter().chain(&sources.draft).enumerate() {
        let text = cache.text(release, titles, sources, documents);
        let predecessor = predecessor(release, at, sources);
        let before = predecessor.map(|before| (before, &history.editions[before]));
        let key = EditionKey::new(&text, before, release, &sources.config.language, &ledgers);
        let predecessor = before.map(|(_, before)| before);
        let step = cache.edition(key, predecessor, || step(&text, before, release, sources, ledgers));
        diagnostics.extend(step.finding);
        ledgers = step.ledgers;
        history.editions.push(step.edition);
    }
    lineage::check(&history, sources, diagnostics);
    sealed::check_forks(&history, sources, diagnostics);
    history
}

/// The edition of a release with this text, after `ledgers` have the numbers given so far.
fn step(
    text: &Arc<ReleaseText>,
    before: Option<(usize, &Arc<Edition>)>,
    release: &ReleaseSource,
    sources: &Sources,
    mut ledgers: BTreeMap<usize, Ledger>,
) -> Step {
    let mut finding = None;
    let sealed = release.seal.as_ref().and_then(|seal| {
        let restored = sealed::restored(seal, Arc::clone(text), before);
        if restored.is_none() {
            finding = Some(read_otherwise(release, seal, text));
        }
        restored
    });
    let text = Arc::clone(text);
    let edition = match (sealed, before) {
        (Some(sealed), _) => sealed,
        (None, None) => {
            let series = next_series(&ledgers);
            let numbering = number::begin_series(&text, series, ledgers.entry(series).or_default());
            Edition { text, numbering, predecessor: None, pairing: Pairing::default(), sealed: false }
        }
        (None, Some((index, before))) => follow(before, index, text, release, sources, &mut ledgers),
    };
    Step { edition: Arc::new(edition), ledgers, finding }
}

fn read_otherwise(release: &ReleaseSource, seal: &Seal, text: &ReleaseText) -> Diagnostic {
    let found = Diagnostic::at(Code::ReadOtherwise, release.head).arg("version", release.label());
    found.arg("found", text.blocks.len()).arg("locked", seal.lock.blocks.len())
}

fn follow(
    before: &Edition,
    predecessor: usize,
    text: Arc<ReleaseText>,
    release: &ReleaseSource,
    sources: &Sources,
    ledgers: &mut BTreeMap<usize, Ledger>,
) -> Edition {
    let said = Said::new(&release.lineage, before, &text);
    let mut pairing = align::align(&before.text, &text, &said.hints, &sources.config.language);
    said.part_inserted(&mut pairing, &text);
    let numbering = if release.renumber {
        let series = next_series(ledgers);
        let origins = number::origins(&before.text, &text, &pairing, &said.same);
        number::begin_series(&text, series, ledgers.entry(series).or_default()).going_on(origins)
    } else {
        let old = Numbered { text: &before.text, numbering: &before.numbering };
        let ledger = ledgers.entry(before.numbering.series).or_default();
        number::continue_series(old, &text, &pairing, &said.same, ledger)
    };
    Edition { text, numbering, predecessor: Some(predecessor), pairing, sealed: false }
}

fn next_series(ledgers: &BTreeMap<usize, Ledger>) -> usize {
    ledgers.keys().next_back().map_or(0, |last| last + 1)
}

/// The one that it was sealed with; else the named predecessor if it comes before; else the release before in order.
fn predecessor(release: &ReleaseSource, at: usize, sources: &Sources) -> Option<usize> {
    let before = &sources.releases[..at.min(sources.releases.len())];
    let position = |label: &str| before.iter().position(|other| other.label() == label);
    if let Some(seal) = &release.seal {
        return seal.lock.predecessor.as_ref().and_then(|before| position(&before.version));
    }
    let named = release.predecessor.as_ref().and_then(|named| position(&named.value));
    named.or_else(|| newest(before))
}

/// The release that the next one follows if it does not say so: the last by date. Where an older one was corrected, so that
/// not each follows the one before it, that may be the correction; then it is the one of the highest version.
fn newest(releases: &[ReleaseSource]) -> Option<usize> {
    let before = |release: &ReleaseSource| match &release.seal {
        Some(seal) => seal.lock.predecessor.as_ref().map(|before| before.version.clone()),
        None => release.predecessor.as_ref().map(|named| named.value.clone()),
    };
    let leaves_line = |pair: &[ReleaseSource]| before(&pair[1]).is_some_and(|named| named != pair[0].label());
    if releases.windows(2).any(leaves_line) {
        return (0..releases.len()).max_by_key(|&at| &releases[at].version);
    }
    releases.len().checked_sub(1)
}

/// The number in `Rn. 7` or `rn 7`; a bare `2024` may be a chapter's slug.
pub fn parse_number(text: &str) -> Option<Number> {
    let text = text.trim();
    let rest = text.get(..2).filter(|start| start.eq_ignore_ascii_case("rn")).and(text.get(2..))?;
    Number::parse(rest.trim_start_matches('.').trim())
}

/// The label of an edition: its version, or `draft`.
pub fn label(sources: &Sources, edition: usize) -> String {
    sources.releases.get(edition).map_or("draft".into(), ReleaseSource::label)
}

/// The edition of this label among some, or the finding that it is none of them.
pub fn edition_named(sources: &Sources, editions: Range<usize>, wanted: &str) -> Result<usize, Diagnostic> {
    let labels: Vec<String> = editions.clone().map(|edition| label(sources, edition)).collect();
    let found = labels.iter().position(|known| known == wanted).map(|at| editions.start + at);
    found.ok_or_else(|| {
        let near = suggest::nearest(wanted, labels.iter().map(String::as_str));
        let found = Diagnostic::bare(Code::NoSuchVersion).arg("version", wanted).arg("known", labels.join(", "));
        near.map_or(found.clone(), |near| found.arg("hint", "near").arg("near", near))
    })
}

impl History {
    /// One side of a comparison.
    pub fn side(&self, edition: usize) -> Side<'_> {
        let edition = &self.editions[edition];
        Side { text: &edition.text, numbers: &edition.numbering.blocks }
    }

    /// How the units of two editions belong together. Between an edition and its predecessor, in either direction, it is
    /// the pairing by which it was numbered. Between sealed releases it follows from those on the way. Between others
    /// blocks of one number belong together, or of one lineage where the numbering began anew between them, and the rest
    /// is aligned anew.
    pub fn pairing(&self, from: usize, to: usize, language: &str) -> Pairing {
        let (old, new) = (&self.editions[from], &self.editions[to]);
        if new.predecessor == Some(from) {
            return new.pairing.clone();
        }
        if old.predecessor == Some(to) {
            return old.pairing.turned();
        }
        if let Some(way) = self.sealed_way(from, to) {
            return align::composed(&old.text, &new.text, &way, language);
        }
        let one_series = old.numbering.series == new.numbering.series;
        // In one series what was merged has another number; the rest of the alignment finds it.
        let there = |block: usize| match one_series {
            true => new.numbering.block(old.numbering.blocks[block]),
            false => match self.follow(from, block, to)? {
                Found::Block(there) => Some(there),
                Found::Gone(_) => None,
            },
        };
        let blocks = 0..old.numbering.blocks.len();
        let hints = blocks.filter_map(|from| there(from).map(|to| Hint { from, to, part: false }));
        align::align(&old.text, &new.text, &hints.collect::<Vec<_>>(), language)
    }
}

impl History {
    /// The chapter of edition `to` that is the chapter `chapter` of edition `from`, followed step by step through the
    /// editions between them.
    pub fn counterpart(&self, from: usize, chapter: usize, to: usize) -> Option<usize> {
        let (back, forward) = self.way(from, to)?;
        let chapter = back.iter().try_fold(chapter, |at, &edition| self.editions[edition].pairing.old_chapter(at))?;
        forward.iter().try_fold(chapter, |at, &edition| self.editions[edition].pairing.new_chapter(at))
    }

    /// What became of a block of edition `from` in edition `to`. In one series its number tells; where the numbering
    /// began anew between them, its lineage does. `None` if it is in no way part of `to`.
    pub fn follow(&self, from: usize, block: usize, to: usize) -> Option<Found> {
        let (old, new) = (&self.editions[from].numbering, &self.editions[to].numbering);
        if old.series == new.series {
            return new.find(old.blocks[block]);
        }
        let (back, forward) = self.way(from, to)?;
        let start = back.iter().try_fold(block, |block, &edition| self.editions[edition].numbering.origin(block))?;
        let end = forward.iter().try_fold(start, |block, &edition| self.editions[edition].numbering.heir(block))?;
        Some(Found::Block(end))
    }

    /// Whether an edition follows another one and gives its numbers anew.
    pub fn begins_series(&self, edition: usize) -> bool {
        let edition = &self.editions[edition];
        edition.predecessor.is_some_and(|before| self.editions[before].numbering.series != edition.numbering.series)
    }

    /// The edition with which the numbering began anew between two of different series; where it did so several times,
    /// the one that follows the older series.
    pub fn renumbered_between(&self, one: usize, other: usize) -> Option<usize> {
        let series = |edition: usize| self.editions[edition].numbering.series;
        let (older, newer) = if series(one) < series(other) { (one, other) } else { (other, one) };
        let mut begun: Vec<usize> = self.line(newer).into_iter().filter(|&at| self.begins_series(at)).collect();
        begun.retain(|&at| series(at) > series(older));
        let follows = |&at: &usize| self.editions[at].predecessor.is_some_and(|before| series(before) == series(older));
        begun.iter().copied().find(follows).or(begun.first().copied())
    }

    /// The pairings on the way from one edition to another, if all of them were sealed.
    fn sealed_way(&self, from: usize, to: usize) -> Option<Vec<Pairing>> {
        let (back, forward) = self.way(from, to)?;
        let all_sealed = back.iter().chain(&forward).all(|&edition| self.editions[edition].sealed);
        let back = back.into_iter().map(|edition| self.editions[edition].pairing.turned());
        let forward = forward.into_iter().map(|edition| self.editions[edition].pairing.clone());
        (from != to && all_sealed).then(|| back.chain(forward).collect())
    }

    /// The way from one edition to another: the editions to go back from, then those to go forward to, in order.
    fn way(&self, from: usize, to: usize) -> Option<(Vec<usize>, Vec<usize>)> {
        let (up, down) = (self.line(from), self.line(to));
        let common = up.iter().find(|edition| down.contains(edition)).copied()?;
        let back = up.into_iter().take_while(|&edition| edition != common).collect();
        let mut forward: Vec<usize> = down.into_iter().take_while(|&edition| edition != common).collect();
        forward.reverse();
        Some((back, forward))
    }

    /// An edition and all before it, newest first.
    pub fn line(&self, edition: usize) -> Vec<usize> {
        std::iter::successors(Some(edition), |&at| self.editions[at].predecessor).collect()
    }
}
