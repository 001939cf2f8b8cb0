//! The nearest texts of a unit in the other release, and the score by which two units are told to belong together.

use std::cell::RefCell;
use std::collections::HashMap;

use rayon::prelude::*;

use super::terms::{Bag, Side, Term};
use super::{Class, State, class};

/// Terms of a unit that are looked up, the most telling first.
const PROBES: usize = 16;
/// Units that are looked at for one term: of a common one those that stand nearest.
const COMMON: usize = 200;
/// Nearest units that are kept, those with most in common first.
const CANDIDATES: usize = 16;

/// A unit of the other release and how similar it is, from 0 to 1.
#[derive(Debug, Clone, Copy)]
pub(super) struct Near {
    pub unit: usize,
    pub similarity: f64,
}

/// The nearest texts of all units left over, and of those near them.
pub(super) struct Neighbours {
    old: Vec<Option<Vec<Near>>>,
    new: Vec<Option<Vec<Near>>>,
    places: Places,
    sections: Sections,
}

impl Neighbours {
    /// Looks for the neighbours of every text that has no pair yet.
    pub fn find(state: &State<'_>) -> Self {
        let places = Places::new(state);
        let indexes = [Index::new(state, Side::New), Index::new(state, Side::Old)];
        let mut found = Self {
            old: vec![None; state.old.units.len()],
            new: vec![None; state.new.units.len()],
            places,
            sections: Sections::default(),
        };
        let free = |side| texts(state, side).filter(|&unit| state.is_free(side, unit)).collect::<Vec<_>>();
        let asked = [free(Side::Old), free(Side::New)];
        // What is near something left over may be what it is a part of; then its own neighbours count too.
        for round in 0..2 {
            for (side, index) in [Side::Old, Side::New].into_iter().zip(&indexes) {
                let units = match round {
                    0 => asked[side as usize].clone(),
                    _ => found.touched(side, state.thresholds.similarity),
                };
                let search = || Search::new(index);
                let nearest = |search: &mut Search<'_>, unit: usize| {
                    (unit, search.nearest(state, unit, found.places.expected(side, unit)))
                };
                let near: Vec<(usize, Vec<Near>)> = units.into_par_iter().map_init(search, nearest).collect();
                for (unit, near) in near {
                    found.lists(side)[unit] = Some(near);
                }
            }
        }
        found
    }

    fn lists(&mut self, side: Side) -> &mut Vec<Option<Vec<Near>>> {
        match side {
            Side::Old => &mut self.old,
            Side::New => &mut self.new,
        }
    }

    /// Units of a side that are near enough to a unit of the other to be scored with it, and have no list yet.
    fn touched(&self, side: Side, least: f64) -> Vec<usize> {
        let (own, other) = match side {
            Side::Old => (&self.old, &self.new),
            Side::New => (&self.new, &self.old),
        };
        let mut units: Vec<usize> =
            other.iter().flatten().flatten().filter(|near| near.similarity >= least).map(|near| near.unit).collect();
        units.sort_unstable();
        units.dedup();
        units.retain(|&unit| own[unit].is_none());
        units
    }

    /// The units nearest to a unit, the most similar first; none for a unit that was not asked for.
    pub fn of(&self, side: Side, unit: usize) -> &[Near] {
        let lists = if side == Side::Old { &self.old } else { &self.new };
        lists[unit].as_deref().unwrap_or_default()
    }

    /// Pairs (old, new, similarity) of units of which either is near the other.
    pub fn pairs(&self) -> Vec<(usize, usize, f64)> {
        let of_old = self
            .old
            .iter()
            .enumerate()
            .flat_map(|(old, list)| list.iter().flatten().map(move |near| (old, near.unit, near.similarity)));
        let of_new = self
            .new
            .iter()
            .enumerate()
            .flat_map(|(new, list)| list.iter().flatten().map(move |near| (near.unit, new, near.similarity)));
        let mut pairs: Vec<(usize, usize, f64)> = of_old.chain(of_new).collect();
        pairs.sort_by_key(|&(old, new, _)| (old, new));
        pairs.dedup_by_key(|&mut (old, new, _)| (old, new));
        pairs
    }

    /// How much speaks for two units being one: twice their similarity less what both have in common with any other
    /// text (cross-domain similarity local scaling: Conneau et al., "Word translation without parallel data", 2018),
    /// and what their figures, kinds and sections say. `None` where that is too little whatever the threshold.
    pub fn score(&self, state: &State<'_>, old: usize, new: usize, similarity: f64) -> Option<f64> {
        let limits = &state.thresholds;
        let words = state.terms.length(Side::Old, old).min(state.terms.length(Side::New, new));
        let least = match words < limits.short_words {
            true if state.same_section(old, new) => limits.short_beside,
            true => limits.short_similarity,
            false => limits.similarity,
        };
        if similarity < least {
            return None;
        }
        let any = self.like_any(Side::Old, old, new, limits.neighbours)
            + self.like_any(Side::New, new, old, limits.neighbours);
        let kind = if state.old.units[old].kind == state.new.units[new].kind { limits.kind } else { 0.0 };
        let figures = limits.figures * state.terms.shared_figures(old, new);
        let own = 2.0 * similarity - any + kind + figures;
        // Sections are long; most pairs are out of the question whatever theirs say.
        if own + limits.section < limits.score.min(limits.part_score) {
            return None;
        }
        Some(own + limits.section * self.sections.likeness(state, old, new))
    }

    /// The mean similarity of a unit to its nearest others: what it has in common with any text.
    fn like_any(&self, side: Side, unit: usize, but: usize, count: usize) -> f64 {
        let others = self.of(side, unit).iter().filter(|near| near.unit != but);
        others.take(count).map(|near| near.similarity).sum::<f64>() / count.max(1) as f64
    }

    /// How far two units stand from where each would be expected beside the other's neighbours.
    pub fn distance(&self, old: usize, new: usize) -> usize {
        self.places.expected(Side::Old, old).abs_diff(new) + self.places.expected(Side::New, new).abs_diff(old)
    }
}

/// The units of a side that are compared by their words.
fn texts<'s>(state: &'s State<'_>, side: Side) -> impl Iterator<Item = usize> + 's {
    let text = state.text(side);
    (0..text.units.len()).filter(|&unit| class(&text.units[unit]) == Class::Text)
}

/// Where in the other release each unit would stand: behind the pair of the last unit before it that has one.
struct Places {
    old: Vec<usize>,
    new: Vec<usize>,
}

impl Places {
    fn new(state: &State<'_>) -> Self {
        let expected = |pairs: &[Option<usize>]| {
            let mut next = 0;
            let place = |pair: &Option<usize>| {
                let here = pair.unwrap_or(next);
                next = here + 1;
                here
            };
            pairs.iter().map(place).collect()
        };
        Self { old: expected(&state.to), new: expected(&state.from) }
    }

    fn expected(&self, side: Side, unit: usize) -> usize {
        match side {
            Side::Old => self.old[unit],
            Side::New => self.new[unit],
        }
    }
}

/// An inverted index of the texts of one side.
struct Index {
    /// The side that is searched.
    side: Side,
    /// Where the units of each term begin in `units`.
    starts: Vec<u32>,
    units: Vec<u32>,
    /// The number of the side's units.
    count: usize,
}

/// A search in an index for units of the other side, one after the other.
struct Search<'i> {
    index: &'i Index,
    /// What each unit has in common with the one that is looked at.
    scores: Vec<f64>,
    touched: Vec<usize>,
}

impl Index {
    fn new(state: &State<'_>, side: Side) -> Self {
        let mut starts = vec![0_u32; state.terms.count() + 1];
        for unit in texts(state, side) {
            state.terms.all(side, unit).for_each(|term| starts[term as usize + 1] += 1);
        }
        for term in 1..starts.len() {
            starts[term] += starts[term - 1];
        }
        let mut ends = starts.clone();
        let mut units = vec![0_u32; starts.last().map_or(0, |&all| all as usize)];
        for unit in texts(state, side) {
            for term in state.terms.all(side, unit) {
                let end = &mut ends[term as usize];
                units[*end as usize] = u32::try_from(unit).unwrap_or(u32::MAX);
                *end += 1;
            }
        }
        Self { side, starts, units, count: state.text(side).units.len() }
    }

    fn units_with(&self, term: Term) -> &[u32] {
        &self.units[self.starts[term as usize] as usize..self.starts[term as usize + 1] as usize]
    }
}

impl<'i> Search<'i> {
    fn new(index: &'i Index) -> Self {
        Self { index, scores: vec![0.0; index.count], touched: Vec::new() }
    }

    /// The units nearest to a unit of the other side that would be expected at `place`.
    fn nearest(&mut self, state: &State<'_>, unit: usize, place: usize) -> Vec<Near> {
        let weight = |term: Term| state.terms.weight(term);
        let of = self.index.side.other();
        let mut probes: Vec<Term> =
            state.terms.all(of, unit).filter(|&term| !self.index.units_with(term).is_empty()).collect();
        probes.sort_by(|&a, &b| weight(b).total_cmp(&weight(a)).then(a.cmp(&b)));
        for term in probes.into_iter().take(PROBES) {
            let units = self.index.units_with(term);
            for &found in &units[around(units, place)] {
                let found = found as usize;
                if self.scores[found] == 0.0 {
                    self.touched.push(found);
                }
                self.scores[found] += weight(term);
            }
        }
        let mut ranked: Vec<(usize, f64)> =
            self.touched.drain(..).map(|unit| (unit, std::mem::take(&mut self.scores[unit]))).collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.abs_diff(place).cmp(&b.0.abs_diff(place))));
        ranked.truncate(CANDIDATES);
        let near = |(found, _): (usize, f64)| {
            let (old, new) = if of == Side::Old { (unit, found) } else { (found, unit) };
            Near { unit: found, similarity: state.terms.similarity(old, new) }
        };
        let mut near: Vec<Near> = ranked.into_iter().map(near).collect();
        near.sort_by(|a, b| b.similarity.total_cmp(&a.similarity));
        near
    }
}

/// Of units with a common term those that stand nearest to `place`.
fn around(units: &[u32], place: usize) -> std::ops::Range<usize> {
    let middle = units.partition_point(|&unit| (unit as usize) < place);
    let start = middle.saturating_sub(COMMON / 2).min(units.len().saturating_sub(COMMON));
    start..units.len().min(start + COMMON)
}

/// How alike sections are, computed when first asked for.
#[derive(Default)]
struct Sections {
    bags: RefCell<[HashMap<usize, (Bag, f64)>; 2]>,
    likeness: RefCell<HashMap<(usize, usize), f64>>,
}

impl Sections {
    /// The likeness of the sections of two units, from 0 to 1.
    fn likeness(&self, state: &State<'_>, old: usize, new: usize) -> f64 {
        let sections = (state.old.units[old].section, state.new.units[new].section);
        if let Some(&known) = self.likeness.borrow().get(&sections) {
            return known;
        }
        let mut bags = self.bags.borrow_mut();
        for (side, section) in [(Side::Old, sections.0), (Side::New, sections.1)] {
            bags[side as usize].entry(section).or_insert_with(|| section_bag(state, side, section));
        }
        let likeness = state.terms.likeness(&bags[0][&sections.0], &bags[1][&sections.1]);
        self.likeness.borrow_mut().insert(sections, likeness);
        likeness
    }
}

/// The stems of a section.
fn section_bag(state: &State<'_>, side: Side, section: usize) -> (Bag, f64) {
    state.terms.joined(side, state.text(side).section_units(section))
}
