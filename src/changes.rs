//! Stage 6: what changed between two editions: kinds, words, facets and reasons. One value, [`Changes`], from which
//! every list, synopsis, redline and feed is rendered.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::align::{Pairing, Suggestion};
use crate::history::{self, Edition, History};
use crate::load::{ReasonSource, Sources};
use crate::memo::Memo;
pub use crate::number::Side;
use crate::release_text::{ReleaseText, Unit, UnitKind};
use crate::tokens::Token;
use crate::words::{self, Op, Run};

pub mod concordance;
mod editorial;
mod events;
pub mod facets;
pub mod json;
mod passages;
mod reasons;
mod summary;

pub use facets::Facet;
pub use passages::{Part, excerpt, looks_unchanged, needs_blank, passages, sentences};
pub use reasons::{Instead, Scope, UnusedReason, check_missing, check_unused};
pub use summary::{Summary, percent};

/// What happened to a unit. An entry may have several, such as moved and amended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// It has no counterpart in the old text.
    Inserted,
    /// It has no counterpart in the new text.
    Deleted,
    /// It stands elsewhere.
    Moved,
    /// Its text goes on in several.
    Split,
    /// Several go on in it.
    Merged,
    /// A chapter or section with a new title or address.
    Renamed,
    /// Other words.
    Amended,
    /// Only punctuation, spelling, emphasis and the like.
    Editorial,
}

impl ChangeKind {
    /// Every kind, in the order in which they are told.
    pub const ALL: [ChangeKind; 8] = [
        ChangeKind::Inserted,
        ChangeKind::Deleted,
        ChangeKind::Moved,
        ChangeKind::Split,
        ChangeKind::Merged,
        ChangeKind::Renamed,
        ChangeKind::Amended,
        ChangeKind::Editorial,
    ];

    /// Name in JSON, class names and locale keys.
    pub fn name(self) -> &'static str {
        match self {
            ChangeKind::Inserted => "inserted",
            ChangeKind::Deleted => "deleted",
            ChangeKind::Moved => "moved",
            ChangeKind::Split => "split",
            ChangeKind::Merged => "merged",
            ChangeKind::Renamed => "renamed",
            ChangeKind::Amended => "amended",
            ChangeKind::Editorial => "editorial",
        }
    }
}

/// One event: what happened to a unit, or to several that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What it happened to: the largest kind of unit in it.
    pub unit: UnitKind,
    /// What happened, sorted.
    pub kinds: Vec<ChangeKind>,
    /// Units of the old text, in order; empty for inserted.
    pub from: Vec<usize>,
    /// Units of the new text, in order; empty for deleted.
    pub to: Vec<usize>,
    /// What of weight changed in the words.
    pub facets: Vec<Facet>,
    /// The words: runs over the joined tokens of `from` and of `to`.
    pub words: Vec<Run>,
    /// Index into [`Changes::reasons`].
    pub reason: Option<usize>,
}

/// All that changed from one edition to another.
#[derive(Debug, Clone)]
pub struct Changes {
    /// The entries in the reading order of the new text; what was deleted stands at its old place.
    pub entries: Vec<Change>,
    /// Links between units that are equal and stand where they stood: old unit, new unit.
    pub unchanged: Vec<(usize, usize)>,
    /// Everything in the order of the entries, what is unchanged included.
    pub steps: Vec<Step>,
    /// Counts over everything.
    pub summary: Summary,
    /// Counts a chapter: of the new text, and then of those that are gone.
    pub chapters: Vec<ChapterSummary>,
    /// The editors' reasons in the new edition.
    pub reasons: Vec<ReasonSource>,
    /// What each of them is for.
    pub scopes: Vec<Scope>,
    /// The reasons that no entry has.
    pub unused_reasons: Vec<UnusedReason>,
    /// Weak matches that were not believed.
    pub suggestions: Vec<Suggestion>,
}

/// One step of reading both texts side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Index into [`Changes::unchanged`].
    Unchanged(usize),
    /// Index into [`Changes::entries`].
    Changed(usize),
    /// Index into [`Changes::entries`]: here stood what that entry tells to have moved.
    Left(usize),
}

/// What happened in one chapter.
#[derive(Debug, Clone)]
pub struct ChapterSummary {
    /// The chapter in the new text, or in the old one if it is gone.
    pub chapter: ChapterOf,
    /// Its counts.
    pub summary: Summary,
    /// Indices into [`Changes::entries`].
    pub entries: Vec<usize>,
    /// The chapter's part of [`Changes::steps`].
    pub steps: Vec<Step>,
    /// Titles of the sections touched.
    pub sections: Vec<String>,
}

/// A chapter of one of the two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChapterOf {
    /// Of the new text.
    New(usize),
    /// Of the old text; it is gone.
    Old(usize),
}

impl Changes {
    /// The reasons for the release as a whole. Where nothing changed they explain nothing.
    pub fn whole_reasons(&self) -> impl Iterator<Item = &ReasonSource> {
        let any = !self.entries.is_empty();
        self.reasons.iter().filter(move |reason| any && reason.at.is_none())
    }

    /// The blocks of the old text that stand unchanged in the new one, unit for unit, with what they are there. A number
    /// can lead elsewhere: what went into another paragraph and was restored later has a new one.
    pub fn unchanged_blocks(&self, old: Side<'_>, new: Side<'_>) -> BTreeMap<usize, usize> {
        let mut found: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        let mut units: BTreeMap<usize, usize> = BTreeMap::new();
        for &(from, to) in &self.unchanged {
            if let (Some(block), Some(there)) = (old.text.units[from].block, new.text.units[to].block) {
                found.entry(block).or_default().insert(there);
                *units.entry(block).or_default() += 1;
            }
        }
        let whole = |block: &usize| units.get(block) == Some(&old.text.blocks[*block].units.len());
        let one = found.into_iter().filter(|(block, there)| there.len() == 1 && whole(block));
        one.filter_map(|(block, there)| Some((block, *there.first()?))).collect()
    }
}

/// Computes what changed from one edition to another.
pub fn between(history: &History, sources: &Sources, from: usize, to: usize) -> Changes {
    let pairing = history.pairing(from, to, &sources.config.language);
    let reasons = reasons_between(history, sources, from, to);
    compare(history.side(from), history.side(to), &pairing, &reasons)
}

/// The reasons for what changed. Between releases that are not neighbours those of all between them count, the newest
/// first.
fn reasons_between(history: &History, sources: &Sources, from: usize, to: usize) -> Vec<ReasonSource> {
    let line = history.line(to);
    let steps: Vec<usize> = match line.iter().position(|&edition| edition == from) {
        Some(end) => line[..end].to_vec(),
        None => vec![to],
    };
    steps.into_iter().flat_map(|edition| history::source(sources, edition).reasons.clone()).collect()
}

/// The changes between several pairs of editions, by pair.
pub type Comparisons = BTreeMap<(usize, usize), Arc<Changes>>;

/// The changes between editions that were compared before.
pub type Cache = Memo<ChangesKey, (Arc<Changes>, Vec<Arc<Edition>>)>;

/// What the changes between two editions are made from: both with all before them, by their places in memory, and the
/// reasons. Who knows the key keeps the editions.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct ChangesKey {
    from: Vec<usize>,
    to: Vec<usize>,
    reasons: Vec<ReasonSource>,
    language: String,
}

/// The pairs whose changes a site shows: each of `editions` against its predecessor, and every earlier release against
/// the `current` one.
pub fn shown_pairs(history: &History, editions: std::ops::Range<usize>, current: Option<usize>) -> Vec<(usize, usize)> {
    let with_predecessor = editions.filter_map(|to| history.editions[to].predecessor.map(|from| (from, to)));
    let to_current = current.into_iter().flat_map(|to| (0..to).map(move |from| (from, to)));
    let mut pairs: Vec<(usize, usize)> = with_predecessor.chain(to_current).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Computes the changes of several pairs, in parallel.
pub fn compare_all(history: &History, sources: &Sources, pairs: &[(usize, usize)], cache: &Cache) -> Comparisons {
    let compare = |&(from, to): &(usize, usize)| {
        let kept = |edition| history.line(edition).into_iter().map(|at| Arc::clone(&history.editions[at]));
        let places = |edition| kept(edition).map(|edition| Arc::as_ptr(&edition) as usize).collect();
        let reasons = reasons_between(history, sources, from, to);
        let language = sources.config.language.clone();
        let key = ChangesKey { from: places(from), to: places(to), reasons, language };
        let make = || (Arc::new(between(history, sources, from, to)), kept(from).chain(kept(to)).collect());
        ((from, to), cache.get(key, make).0)
    };
    pairs.par_iter().map(compare).collect()
}

/// Computes what changed between two texts that were aligned. `reasons` are those of the new edition.
pub fn compare(old: Side<'_>, new: Side<'_>, pairing: &Pairing, reasons: &[ReasonSource]) -> Changes {
    let found = events::find(old, new, pairing);
    let mut unchanged = Vec::new();
    let mut entries = Vec::new();
    let mut told = Vec::with_capacity(found.events.len());
    for event in &found.events {
        match change(old, new, event) {
            Some(change) => {
                told.push(Step::Changed(entries.len()));
                entries.push(change);
            }
            None => {
                told.push(Step::Unchanged(unchanged.len()));
                unchanged.extend(event.from.first().copied().zip(event.to.first().copied()));
            }
        }
    }
    let steps = with_left(&told, &found.left);
    let unused_reasons = reasons::assign(&mut entries, reasons, old, new);
    let summary = summary::of(entries.iter(), &unchanged, old.text, None);
    let chapters = summary::by_chapter(&entries, &unchanged, &steps, old, new, pairing);
    Changes {
        entries,
        unchanged,
        steps,
        summary,
        chapters,
        reasons: reasons.to_vec(),
        scopes: reasons::scopes(reasons, old, new),
        unused_reasons,
        suggestions: pairing.suggestions.clone(),
    }
}

/// The steps of the events, with the old places of what moved between them.
fn with_left(told: &[Step], left: &[(usize, usize)]) -> Vec<Step> {
    let mut steps = Vec::with_capacity(told.len() + left.len());
    let mut left = left.iter().peekable();
    for at in 0..=told.len() {
        while let Some(&(_, moved)) = left.next_if(|&&(before, _)| before <= at) {
            steps.extend(match told[moved] {
                Step::Changed(entry) => Some(Step::Left(entry)),
                Step::Unchanged(_) | Step::Left(_) => None,
            });
        }
        steps.extend(told.get(at));
    }
    steps
}

/// The change that an event is; `None` if nothing changed.
fn change(old: Side<'_>, new: Side<'_>, event: &events::Event) -> Option<Change> {
    if is_unchanged(old, new, event) {
        return None;
    }
    let (from, to) = (old.joined_tokens(&event.from), new.joined_tokens(&event.to));
    let runs = diff(old, new, event, &from, &to);
    let mut kinds: BTreeSet<ChangeKind> = event.kinds.iter().copied().collect();
    let one_sided = event.from.is_empty() || event.to.is_empty();
    if !one_sided {
        kinds.extend(word_kind(old, new, event, &runs, &from, &to));
        if is_title(old.text, event) && renamed(old, new, event, kinds.contains(&ChangeKind::Amended)) {
            kinds.remove(&ChangeKind::Amended);
            kinds.insert(ChangeKind::Renamed);
        }
    }
    if kinds.is_empty() {
        return None;
    }
    let is_substantive = kinds.iter().any(|kind| *kind != ChangeKind::Editorial);
    let facets = if one_sided || !is_substantive { Vec::new() } else { facets::of(&runs, &from, &to) };
    let unit = event_unit(old.text, new.text, event);
    let (from, to) = (event.from.clone(), event.to.clone());
    Some(Change { unit, kinds: kinds.into_iter().collect(), from, to, facets, words: runs, reason: None })
}

/// The words of an event: a row against one of as many cells cell by cell, all else as a whole.
fn diff(old: Side<'_>, new: Side<'_>, event: &events::Event, from: &[Token], to: &[Token]) -> Vec<Run> {
    let is_row =
        |side: Side<'_>, units: &[usize]| matches!(units, [unit] if side.text.units[*unit].kind == UnitKind::Row);
    let cells = |tokens: &[Token]| tokens.iter().filter(|token| token.parts_cells()).count();
    if !is_row(old, &event.from) || !is_row(new, &event.to) || cells(from) != cells(to) {
        return words::diff(from, to);
    }
    let mut runs: Vec<Run> = Vec::new();
    let (mut old_at, mut new_at) = (0, 0);
    for (old_cell, new_cell) in from.split(Token::parts_cells).zip(to.split(Token::parts_cells)) {
        if old_at > 0 {
            // What parts the cell from the one before.
            push_run(&mut runs, Run { op: Op::Equal, old: old_at - 1..old_at, new: new_at - 1..new_at });
        }
        for Run { op, old, new } in words::diff(old_cell, new_cell) {
            let (old, new) = (old_at + old.start..old_at + old.end, new_at + new.start..new_at + new.end);
            push_run(&mut runs, Run { op, old, new });
        }
        (old_at, new_at) = (old_at + old_cell.len() + 1, new_at + new_cell.len() + 1);
    }
    runs
}

/// Adds a run; what is kept on both sides of a cell's end is one run.
fn push_run(runs: &mut Vec<Run>, run: Run) {
    match runs.last_mut() {
        Some(last) if last.op == Op::Equal && run.op == Op::Equal => {
            (last.old.end, last.new.end) = (run.old.end, run.new.end);
        }
        _ => runs.push(run),
    }
}

/// Whether the event is one pair of equal units at the same place: the common case, told without comparing words.
fn is_unchanged(old: Side<'_>, new: Side<'_>, event: &events::Event) -> bool {
    let (&[from], &[to]) = (event.from.as_slice(), event.to.as_slice()) else { return false };
    let (from, to) = (&old.text.units[from], &new.text.units[to]);
    let slugs =
        from.kind != UnitKind::Chapter || old.text.chapters[from.chapter].slug == new.text.chapters[to.chapter].slug;
    event.kinds.is_empty() && from.shape == to.shape && from.tokens == to.tokens && slugs
}

/// Whether the words were amended, changed editorially, or not at all.
fn word_kind(
    old: Side<'_>,
    new: Side<'_>,
    event: &events::Event,
    runs: &[Run],
    from: &[Token],
    to: &[Token],
) -> Option<ChangeKind> {
    let joins = event.from.len() + event.to.len() > 2;
    let shapes = shape_change(old, new, event);
    let heading = is_title(old.text, event);
    match editorial::judge(runs, from, to, heading, joins).max(shapes) {
        editorial::Verdict::Equal => None,
        editorial::Verdict::Editorial => Some(ChangeKind::Editorial),
        editorial::Verdict::Substantive => Some(ChangeKind::Amended),
    }
}

/// A bullet that becomes a number is editorial; a hint that becomes a warning is not.
fn shape_change(old: Side<'_>, new: Side<'_>, event: &events::Event) -> editorial::Verdict {
    let (&[from], &[to]) = (event.from.as_slice(), event.to.as_slice()) else { return editorial::Verdict::Equal };
    let (from, to) = (&old.text.units[from], &new.text.units[to]);
    let is_marker = |unit: &Unit| matches!(unit.kind, UnitKind::Item | UnitKind::Heading);
    if from.shape == to.shape {
        editorial::Verdict::Equal
    } else if is_marker(from) && from.kind == to.kind {
        editorial::Verdict::Editorial
    } else {
        editorial::Verdict::Substantive
    }
}

fn is_title(old: &ReleaseText, event: &events::Event) -> bool {
    event.from.first().is_some_and(|&unit| matches!(old.units[unit].kind, UnitKind::Chapter | UnitKind::Heading))
}

fn renamed(old: Side<'_>, new: Side<'_>, event: &events::Event, words_changed: bool) -> bool {
    let slug = |side: Side<'_>, unit: usize| {
        let unit = &side.text.units[unit];
        (unit.kind == UnitKind::Chapter).then(|| side.text.chapters[unit.chapter].slug.clone())
    };
    words_changed || slug(old, event.from[0]) != slug(new, event.to[0])
}

fn event_unit(old: &ReleaseText, new: &ReleaseText, event: &events::Event) -> UnitKind {
    let kinds = event.from.iter().map(|&unit| old.units[unit].kind);
    kinds.chain(event.to.iter().map(|&unit| new.units[unit].kind)).min().unwrap_or(UnitKind::Block)
}
