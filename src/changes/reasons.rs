//! Gives each change the editors' reason that names its place most exactly, and finds reasons too many and missing.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::{Change, ChangeKind, Changes, Comparisons, Side};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::history::{self, History, parse_number};
use crate::load::{ReasonSource, ReleaseSource, Sources};
use crate::number::Number;

/// How exactly a reason names a change's place; of sections the smaller is the more exact.
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone, Copy)]
enum Exactness {
    Chapter,
    Section(Reverse<usize>),
    Block,
}

/// What a reason is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The release as a whole.
    Release,
    /// A chapter as a whole.
    Chapter,
    /// A section as a whole.
    Section,
    /// A block.
    Block,
}

/// What each reason is for.
pub(super) fn scopes(reasons: &[ReasonSource], old: Side<'_>, new: Side<'_>) -> Vec<Scope> {
    let scope = |reason: &ReasonSource| match reason.at.as_ref().map(|at| Place::new(&at.value, old, new)) {
        None => Scope::Release,
        Some(Place::Units { exactness: Exactness::Chapter, .. }) => Scope::Chapter,
        Some(Place::Units { exactness: Exactness::Section(_), .. }) => Scope::Section,
        Some(Place::Number(_) | Place::Units { exactness: Exactness::Block, .. }) => Scope::Block,
    };
    reasons.iter().map(scope).collect()
}

/// A reason that is shown at no entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnusedReason {
    /// Index into [`Changes::reasons`].
    pub reason: usize,
    /// The reason that an entry it names has in its place; `None` where it names none.
    pub instead: Option<Instead>,
}

/// Which reason an entry has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instead {
    /// Index into [`Changes::reasons`].
    pub reason: usize,
    /// Whether it names the place more exactly; else it stands before the other.
    pub more_exact: bool,
}

/// Sets the reason of every entry that has one; gives the reasons that no entry has.
pub(super) fn assign(
    entries: &mut [Change],
    reasons: &[ReasonSource],
    old: Side<'_>,
    new: Side<'_>,
) -> Vec<UnusedReason> {
    let mut best: Vec<Option<(Exactness, usize)>> = vec![None; entries.len()];
    let mut named: Vec<(usize, usize, Exactness)> = Vec::new();
    for (index, reason) in reasons.iter().enumerate() {
        let Some(at) = &reason.at else { continue };
        let place = Place::new(&at.value, old, new);
        for (at, entry) in entries.iter().enumerate() {
            let Some(exactness) = place.exactness(entry, old, new) else { continue };
            named.push((index, at, exactness));
            if best[at].is_none_or(|(known, _)| exactness > known) {
                best[at] = Some((exactness, index));
            }
        }
    }
    for (entry, best) in entries.iter_mut().zip(&best) {
        entry.reason = best.map(|(_, reason)| reason);
    }
    let shown: BTreeSet<usize> = best.iter().flatten().map(|&(_, reason)| reason).collect();
    let unused = (0..reasons.len()).filter(|index| reasons[*index].at.is_some() && !shown.contains(index));
    unused.map(|reason| UnusedReason { reason, instead: instead(reason, &named, &best) }).collect()
}

/// The reason that stands where an unused one would: of two for the same place the other, else any.
fn instead(unused: usize, named: &[(usize, usize, Exactness)], best: &[Option<(Exactness, usize)>]) -> Option<Instead> {
    let first = named.partition_point(|&(reason, ..)| reason < unused);
    let own = named[first..].iter().take_while(|&&(reason, ..)| reason == unused);
    let others = own.filter_map(|&(_, entry, exactness)| {
        let (other, reason) = best[entry]?;
        Some(Instead { reason, more_exact: other > exactness })
    });
    others.min_by_key(|other| other.more_exact)
}

/// What `at` of a reason names.
enum Place {
    /// A margin number, of the old text or the new.
    Number(Number),
    /// A chapter, section or block; of each text its units.
    Units { exactness: Exactness, old: BTreeSet<usize>, new: BTreeSet<usize> },
}

impl Place {
    fn new(at: &str, old: Side<'_>, new: Side<'_>) -> Self {
        if let Some(number) = parse_number(at) {
            return Place::Number(number);
        }
        let (slug, id) = at.split_once('#').map_or((at, None), |(slug, id)| (slug, Some(id)));
        let units = |side: Side<'_>| -> Vec<usize> {
            let text = side.text;
            let Some(chapter) = text.chapters.iter().position(|chapter| chapter.slug == slug) else {
                return Vec::new();
            };
            id.map_or_else(|| text.chapters[chapter].units.clone().collect(), |id| text.units_at(chapter, id))
        };
        let (in_old, in_new) = (units(old), units(new));
        let of_block =
            |side: Side<'_>, units: &[usize]| units.first().is_some_and(|&unit| side.text.units[unit].block.is_some());
        let exactness = match id {
            None => Exactness::Chapter,
            Some(_) if of_block(new, &in_new) || of_block(old, &in_old) => Exactness::Block,
            Some(_) => Exactness::Section(Reverse(in_new.len().max(in_old.len()))),
        };
        Place::Units { exactness, old: in_old.into_iter().collect(), new: in_new.into_iter().collect() }
    }

    /// Whether either text has the place.
    fn exists(&self, old: Side<'_>, new: Side<'_>) -> bool {
        match self {
            Place::Number(number) => old.numbers.contains(number) || new.numbers.contains(number),
            Place::Units { old, new, .. } => !old.is_empty() || !new.is_empty(),
        }
    }

    fn exactness(&self, entry: &Change, old: Side<'_>, new: Side<'_>) -> Option<Exactness> {
        match self {
            Place::Number(number) => {
                let has =
                    |side: Side<'_>, units: &[usize]| units.iter().any(|&unit| side.number(unit) == Some(*number));
                (has(old, &entry.from) || has(new, &entry.to)).then_some(Exactness::Block)
            }
            // What was deleted has no place in the new text; a reason may name the chapter or section it stood in.
            Place::Units { exactness, old, new } => {
                let (units, named) = if entry.to.is_empty() { (&entry.from, old) } else { (&entry.to, new) };
                units.iter().any(|unit| named.contains(unit)).then_some(*exactness)
            }
        }
    }
}

/// Reports reasons that are shown nowhere.
pub fn check_unused(history: &History, sources: &Sources, comparisons: &Comparisons, diagnostics: &mut Diagnostics) {
    for (to, edition) in history.editions.iter().enumerate() {
        let Some(from) = edition.predecessor else {
            report_reasons_of_first(history::source(sources, to), diagnostics);
            continue;
        };
        let Some(changes) = comparisons.get(&(from, to)) else { continue };
        let (old, new) = (history.side(from), history.side(to));
        diagnostics.extend(changes.unused_reasons.iter().filter_map(|unused| useless(changes, *unused, old, new)));
    }
}

fn useless(changes: &Changes, unused: UnusedReason, old: Side<'_>, new: Side<'_>) -> Option<Diagnostic> {
    let at = changes.reasons[unused.reason].at.as_ref()?;
    let found = |code: Code| Diagnostic::at(code, at.span).arg("target", &at.value);
    let Some(instead) = unused.instead else {
        let exists = Place::new(&at.value, old, new).exists(old, new);
        return Some(found(Code::UselessReason).arg("reason", if exists { "unchanged" } else { "missing" }));
    };
    let other = changes.reasons[instead.reason].at.as_ref()?.span;
    Some(match instead.more_exact {
        true => found(Code::UselessReason).arg("reason", "covered").label(other, "other"),
        false => found(Code::SecondReason).label(other, "first"),
    })
}

/// A first release changed nothing that a reason could explain.
fn report_reasons_of_first(release: &ReleaseSource, diagnostics: &mut Diagnostics) {
    for at in release.reasons.iter().filter_map(|reason| reason.at.as_ref()) {
        let found = Diagnostic::at(Code::UselessReason, at.span).arg("target", &at.value);
        diagnostics.push(found.arg("reason", "first"));
    }
}

/// Reports substantive changes of the draft without a reason. What was published without one cannot be given one any
/// more.
pub fn check_missing(history: &History, sources: &Sources, comparisons: &Comparisons, diagnostics: &mut Diagnostics) {
    let to = sources.releases.len();
    let pair = history.editions.get(to).and_then(|draft| Some((draft.predecessor?, to)));
    if let Some((pair, changes)) = pair.and_then(|pair| comparisons.get_key_value(&pair)) {
        report_missing(changes, history, sources, *pair, diagnostics);
    }
}

fn report_missing(
    changes: &Changes,
    history: &History,
    sources: &Sources,
    (from, to): (usize, usize),
    diagnostics: &mut Diagnostics,
) {
    let (old, new) = (history.side(from), history.side(to));
    let mut told = BTreeSet::new();
    for entry in changes.entries.iter().filter(|entry| entry.reason.is_none() && is_substantive(entry)) {
        let target = target(entry, old, new);
        if !told.insert(target.clone()) {
            continue;
        }
        // A heading's own place is not kept; its text begins with the next block.
        let block = entry.to.first().and_then(|&unit| new.text.units[unit..].iter().find_map(|unit| unit.block));
        let span = block.map_or(history::source(sources, to).head, |block| new.text.blocks[block].span);
        // The first line is enough to find the place.
        let span = crate::source::Span { end: span.end.min(span.start + 1), ..span };
        diagnostics.push(Diagnostic::at(Code::MissingReason, span).arg("target", target));
    }
}

fn is_substantive(entry: &Change) -> bool {
    entry.kinds.iter().any(|kind| !matches!(kind, ChangeKind::Editorial | ChangeKind::Moved))
}

/// What `at` would have to say for a reason of this entry.
fn target(entry: &Change, old: Side<'_>, new: Side<'_>) -> String {
    let Some(&unit) = entry.to.first() else {
        let number = entry.from.first().and_then(|&unit| old.number(unit));
        let chapter = entry.from.first().map(|&unit| &old.text.chapters[old.text.units[unit].chapter].slug);
        return number.map_or(chapter.cloned().unwrap_or_default(), |number| format!("Rn. {number}"));
    };
    let found = &new.text.units[unit];
    let slug = &new.text.chapters[found.chapter].slug;
    let own = found.block.and_then(|block| new.text.blocks[block].id.clone()).or_else(|| found.anchor.clone());
    let section = new.text.units[found.section].anchor.clone();
    own.or(section).map_or(slug.clone(), |id| format!("{slug}#{id}"))
}
