//! Gathers the links of a pairing into events, and puts them in reading order.

use std::collections::{BTreeMap, BTreeSet};

use super::{ChangeKind, Side};
use crate::align::Pairing;
use crate::release_text::UnitKind;

/// Units that belong together and what the links alone say about them.
#[derive(Debug)]
pub(super) struct Event {
    pub from: Vec<usize>,
    pub to: Vec<usize>,
    /// Inserted, deleted, moved, split, merged.
    pub kinds: Vec<ChangeKind>,
}

/// The events in reading order.
pub(super) struct Events {
    /// Every unit of both texts stands in exactly one.
    pub events: Vec<Event>,
    /// Old places of what moved: the event before which each stands, and the event that moved; sorted.
    pub left: Vec<(usize, usize)>,
}

/// Gathers the links of `pairing`.
pub(super) fn find(old: Side<'_>, new: Side<'_>, pairing: &Pairing) -> Events {
    let mut groups = Groups::new(old.text.units.len(), new.text.units.len());
    for link in &pairing.links {
        groups.join(link.from, link.to);
    }
    let mut events: Vec<(Place, Event)> = Vec::new();
    let places = Places::new(old, pairing);
    for (from, to) in groups.members() {
        let kinds = kinds(&from, &to, pairing);
        let place = match (to.first(), from.first()) {
            (Some(&to), _) => (to + 1, 0, 0),
            (None, Some(&from)) => (places.after(from), 1, from),
            (None, None) => continue,
        };
        events.push((place, Event { from, to, kinds }));
    }
    events.sort_by_key(|(place, _)| *place);
    let left = left(&events, old, &places);
    Events { events: events.into_iter().map(|(_, event)| event).collect(), left }
}

/// Where what moved stood before. A chapter that moved is told at its new place alone.
fn left(events: &[(Place, Event)], old: Side<'_>, places: &Places) -> Vec<(usize, usize)> {
    let mut left: Vec<(Place, usize)> = Vec::new();
    for (at, (_, event)) in events.iter().enumerate().filter(|(_, (_, event))| event.has_moved()) {
        let Some(&first) = event.from.first().filter(|&&unit| old.text.units[unit].kind != UnitKind::Chapter) else {
            continue;
        };
        left.push(((places.after(first), 1, first), at));
    }
    left.sort_unstable();
    left.into_iter().map(|(place, at)| (events.partition_point(|&(other, _)| other < place), at)).collect()
}

impl Event {
    fn has_moved(&self) -> bool {
        self.kinds.contains(&ChangeKind::Moved)
    }
}

/// New unit plus one, whether it is something deleted behind it, old unit.
type Place = (usize, usize, usize);

fn kinds(from: &[usize], to: &[usize], pairing: &Pairing) -> Vec<ChangeKind> {
    if from.is_empty() {
        return vec![ChangeKind::Inserted];
    }
    if to.is_empty() {
        return vec![ChangeKind::Deleted];
    }
    let inside = |unit: usize| {
        let first = pairing.links.partition_point(|link| link.to < unit);
        pairing.links[first..].iter().take_while(move |link| link.to == unit)
    };
    let links: Vec<_> = to.iter().flat_map(|&unit| inside(unit)).collect();
    let mut kinds = Vec::new();
    if links.iter().any(|link| link.moved) {
        kinds.push(ChangeKind::Moved);
    }
    if has_repeated(links.iter().map(|link| link.from)) {
        kinds.push(ChangeKind::Split);
    }
    if has_repeated(links.iter().map(|link| link.to)) {
        kinds.push(ChangeKind::Merged);
    }
    kinds
}

fn has_repeated(units: impl Iterator<Item = usize>) -> bool {
    let mut seen = BTreeSet::new();
    units.into_iter().any(|unit| !seen.insert(unit))
}

/// Finds for something deleted the new unit behind which it stood.
struct Places {
    /// For each old unit the new unit that stands where it stood, if there is one.
    stayed: Vec<Option<usize>>,
}

impl Places {
    fn new(old: Side<'_>, pairing: &Pairing) -> Self {
        let mut stayed = vec![None; old.text.units.len()];
        // The units of a chapter that moved are where they were in it.
        let is_title = |unit: usize| old.text.units[unit].kind == UnitKind::Chapter;
        for link in pairing.links.iter().filter(|link| link.main && (!link.moved || is_title(link.from))) {
            stayed[link.from] = Some(link.to);
        }
        // Every unit without a place of its own stands behind the one before it.
        for at in 1..stayed.len() {
            if stayed[at].is_none() {
                stayed[at] = stayed[at - 1];
            }
        }
        Self { stayed }
    }

    fn after(&self, old: usize) -> usize {
        self.stayed[old].map_or(0, |new| new + 1)
    }
}

/// Sets of linked units (disjoint-set forest with path halving).
struct Groups {
    parents: Vec<usize>,
    old_units: usize,
}

impl Groups {
    fn new(old_units: usize, new_units: usize) -> Self {
        Self { parents: (0..old_units + new_units).collect(), old_units }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parents[at] != at {
            self.parents[at] = self.parents[self.parents[at]];
            at = self.parents[at];
        }
        at
    }

    fn join(&mut self, old: usize, new: usize) {
        let (a, b) = (self.root(old), self.root(self.old_units + new));
        self.parents[a.max(b)] = a.min(b);
    }

    fn members(mut self) -> Vec<(Vec<usize>, Vec<usize>)> {
        let mut members: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for at in 0..self.parents.len() {
            let root = self.root(at);
            let (from, to) = members.entry(root).or_default();
            if at < self.old_units { from.push(at) } else { to.push(at - self.old_units) }
        }
        members.into_values().collect()
    }
}
