//! Gives each change the editors' reason that names its place most exactly, and finds reasons too many and missing.

use std::collections::BTreeSet;

use super::{Change, ChangeKind, Changes, Side};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::history::{self, History, parse_number};
use crate::load::{ReasonSource, ReleaseSource, Sources};
use crate::number::Number;

/// How exactly a reason names a change's place.
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone, Copy)]
enum Exactness {
    Chapter,
    Section,
    Block,
}

/// Sets the reason of every entry that has one; gives the reasons that named a place where nothing changed.
pub(super) fn assign(entries: &mut [Change], reasons: &[ReasonSource], old: Side<'_>, new: Side<'_>) -> Vec<usize> {
    let mut best: Vec<Option<(Exactness, usize)>> = vec![None; entries.len()];
    let mut unused = Vec::new();
    for (index, reason) in reasons.iter().enumerate() {
        let Some(at) = &reason.at else { continue };
        let place = Place::new(&at.value, old, new);
        let mut used = false;
        for (entry, best) in entries.iter().zip(&mut best) {
            let Some(exactness) = place.exactness(entry, old, new) else { continue };
            used = true;
            if best.is_none_or(|(known, _)| exactness > known) {
                *best = Some((exactness, index));
            }
        }
        if !used {
            unused.push(index);
        }
    }
    for (entry, best) in entries.iter_mut().zip(best) {
        entry.reason = best.map(|(_, reason)| reason);
    }
    unused
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
            Some(_) => Exactness::Section,
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

/// Reports reasons at places where nothing changed, and substantive changes of the draft without a reason. Of releases
/// only the former: what was published without a reason cannot be given one any more.
pub fn check(history: &History, sources: &Sources, diagnostics: &mut Diagnostics) {
    for (to, edition) in history.editions.iter().enumerate() {
        let Some(from) = edition.predecessor else {
            report_reasons_of_first(history::source(sources, to), diagnostics);
            continue;
        };
        let changes = super::between(history, sources, from, to);
        for &unused in &changes.unused_reasons {
            let Some(at) = &changes.reasons[unused].at else { continue };
            let (old, new) = (history.side(from), history.side(to));
            let exists = Place::new(&at.value, old, new).exists(old, new);
            let reason = if exists { "unchanged" } else { "missing" };
            let found = Diagnostic::at(Code::UselessReason, at.span).arg("target", &at.value);
            diagnostics.push(found.arg("reason", reason));
        }
        if to >= sources.releases.len() {
            report_missing(&changes, history, sources, (from, to), diagnostics);
        }
    }
}

/// A first release changed nothing that a reason could explain.
fn report_reasons_of_first(release: &ReleaseSource, diagnostics: &mut Diagnostics) {
    for at in release.reasons.iter().filter_map(|reason| reason.at.as_ref()) {
        let found = Diagnostic::at(Code::UselessReason, at.span).arg("target", &at.value);
        diagnostics.push(found.arg("reason", "unchanged"));
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
