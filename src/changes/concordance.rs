//! Which blocks of one text are which of another, where their numbers do not tell it.

use std::collections::{BTreeMap, BTreeSet};

use super::{ChangeKind, Changes};
use crate::align::Pairing;
use crate::number::Side;

/// A block of the old text that goes on in one of the new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// Block of the old text.
    pub from: usize,
    /// Block of the new text.
    pub to: usize,
    /// What happened on the way, sorted; nothing to a text that is what it was.
    pub kinds: Vec<ChangeKind>,
}

/// All ties between two texts, by the old block. Blocks without one were deleted or inserted.
pub fn ties(changes: &Changes, pairing: &Pairing, old: Side<'_>, new: Side<'_>) -> Vec<Tie> {
    let told: BTreeMap<usize, &[ChangeKind]> = changes
        .entries
        .iter()
        .filter(|entry| !entry.from.is_empty())
        .flat_map(|entry| entry.to.iter().map(|&unit| (unit, entry.kinds.as_slice())))
        .collect();
    let mut links: BTreeMap<(usize, usize), Links> = BTreeMap::new();
    for link in &pairing.links {
        let blocks = old.text.units[link.from].block.zip(new.text.units[link.to].block);
        let Some(pair) = blocks else { continue };
        let links = links.entry(pair).or_default();
        links.kept += link.kept;
        links.moved += if link.moved { link.kept } else { 0 };
        links.kinds.extend(told.get(&link.to).copied().unwrap_or_default());
    }
    let came_or_went = came_or_went(changes, old, new);
    let count = |of: fn(&(usize, usize)) -> usize| {
        let mut count: BTreeMap<usize, usize> = BTreeMap::new();
        links.keys().for_each(|pair| *count.entry(of(pair)).or_default() += 1);
        count
    };
    let (parts, sources) = (count(|pair| pair.0), count(|pair| pair.1));
    let tie = |(&(from, to), links): (&(usize, usize), &Links)| {
        let mut kinds: BTreeSet<ChangeKind> = links.kinds.iter().copied().filter(is_about_words).collect();
        // An item that came or went amends its list.
        if came_or_went.0.contains(&from) || came_or_went.1.contains(&to) {
            kinds.insert(ChangeKind::Amended);
        }
        if kinds.contains(&ChangeKind::Amended) {
            kinds.remove(&ChangeKind::Editorial);
        }
        kinds.extend((2 * links.moved > links.kept).then_some(ChangeKind::Moved));
        kinds.extend((parts[&from] > 1).then_some(ChangeKind::Split));
        kinds.extend((sources[&to] > 1).then_some(ChangeKind::Merged));
        Tie { from, to, kinds: kinds.into_iter().collect() }
    };
    links.iter().map(tie).collect()
}

/// What the links between two blocks say.
#[derive(Default)]
struct Links {
    kept: usize,
    moved: usize,
    kinds: Vec<ChangeKind>,
}

fn is_about_words(kind: &ChangeKind) -> bool {
    matches!(kind, ChangeKind::Amended | ChangeKind::Editorial)
}

/// The blocks of both texts that have a unit which only one of them has.
fn came_or_went(changes: &Changes, old: Side<'_>, new: Side<'_>) -> (BTreeSet<usize>, BTreeSet<usize>) {
    let alone = |kind: ChangeKind| changes.entries.iter().filter(move |entry| entry.kinds.contains(&kind));
    let went = alone(ChangeKind::Deleted).flat_map(|entry| &entry.from);
    let came = alone(ChangeKind::Inserted).flat_map(|entry| &entry.to);
    let block = |side: Side<'_>, unit: usize| side.text.units[unit].block;
    (went.filter_map(|&unit| block(old, unit)).collect(), came.filter_map(|&unit| block(new, unit)).collect())
}
