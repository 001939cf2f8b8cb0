//! Gives each change the editors' reason that names its place most exactly.

use super::{Change, Side};
use crate::history::parse_number;
use crate::load::ReasonSource;

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
        let mut used = false;
        for (entry, best) in entries.iter().zip(&mut best) {
            let Some(exactness) = exactness(entry, &at.value, old, new) else { continue };
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

fn exactness(entry: &Change, at: &str, old: Side<'_>, new: Side<'_>) -> Option<Exactness> {
    if let Some(number) = parse_number(at) {
        let has = |side: Side<'_>, units: &[usize]| units.iter().any(|&unit| side.number(unit) == Some(number));
        return (has(old, &entry.from) || has(new, &entry.to)).then_some(Exactness::Block);
    }
    let (slug, id) = at.split_once('#').map_or((at, None), |(slug, id)| (slug, Some(id)));
    let new_place = place(new, &entry.to, slug, id);
    // What was deleted has no place in the new text; a reason may name the chapter or section it stood in.
    if entry.to.is_empty() { place(old, &entry.from, slug, id) } else { new_place }
}

fn place(side: Side<'_>, units: &[usize], slug: &str, id: Option<&str>) -> Option<Exactness> {
    let text = side.text;
    let chapter = text.chapters.iter().position(|chapter| chapter.slug == slug)?;
    let Some(id) = id else {
        return units.iter().any(|&unit| text.units[unit].chapter == chapter).then_some(Exactness::Chapter);
    };
    let named = text.units_at(chapter, id);
    let inside = units.iter().any(|unit| named.contains(unit));
    let is_block = named.first().is_some_and(|&unit| text.units[unit].block.is_some());
    inside.then_some(if is_block { Exactness::Block } else { Exactness::Section })
}
