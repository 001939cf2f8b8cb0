//! Splits and merges: a unit left over that mostly lies in one whose pair is another.

use std::collections::BTreeMap;

use super::{Class, State, class};
use crate::align::terms::{Bag, Term, Terms};

/// Share of the part, by weight of its terms, that must lie in the whole.
const INSIDE: f64 = 0.5;
/// Share of the part that must lie in the whole and not in the whole's pair: else it repeats and does not continue.
const OF_ITS_OWN: f64 = 0.35;
/// Parts of fewer words are too small to be told from chance.
const WORDS: usize = 5;
/// A term in more units than this finds nothing that others do not.
const COMMON: usize = 200;

/// One side of the comparison, so that splits and merges are found by the same steps.
struct Side<'a> {
    parts: &'a [Bag],
    wholes: &'a [Bag],
    /// Free parts.
    free: Vec<usize>,
    /// Wholes with their pair on the parts' side.
    paired: Vec<(usize, usize)>,
}

/// The links (old, new) by which leftover units are parts of paired ones.
pub(super) fn find(state: &State<'_>) -> Vec<(usize, usize)> {
    let text = |class_of: Class| class_of == Class::Text;
    let free_new = (0..state.new.units.len()).filter(|&unit| {
        state.free_new(unit) && text(class(&state.new.units[unit])) && state.new.units[unit].words >= WORDS
    });
    let free_old = (0..state.old.units.len()).filter(|&unit| {
        state.free_old(unit) && text(class(&state.old.units[unit])) && state.old.units[unit].words >= WORDS
    });
    let pairs: Vec<(usize, usize)> = state.pairs().filter(|&(old, _)| text(class(&state.old.units[old]))).collect();
    let splits = Side::new(&state.terms.new.all, &state.terms.old.all, free_new.collect(), pairs.clone());
    let pairs = pairs.iter().map(|&(old, new)| (new, old)).collect();
    let merges = Side::new(&state.terms.old.all, &state.terms.new.all, free_old.collect(), pairs);
    let splits = splits.links(&state.terms).into_iter().map(|(new, old)| (old, new));
    splits.chain(merges.links(&state.terms)).collect()
}

impl<'a> Side<'a> {
    fn new(parts: &'a [Bag], wholes: &'a [Bag], free: Vec<usize>, mut paired: Vec<(usize, usize)>) -> Self {
        // In the order of the wholes, so that a split and the merge that mirrors it are found alike.
        paired.sort_unstable();
        Self { parts, wholes, free, paired }
    }

    /// Links (part, whole).
    fn links(&self, terms: &Terms) -> Vec<(usize, usize)> {
        let mut index: BTreeMap<Term, Vec<usize>> = BTreeMap::new();
        for (at, &(whole, _)) in self.paired.iter().enumerate() {
            for &(term, _) in &self.wholes[whole].0 {
                index.entry(term).or_default().push(at);
            }
        }
        self.free.iter().filter_map(|&part| self.whole_of(part, &index, terms).map(|whole| (part, whole))).collect()
    }

    fn whole_of(&self, part: usize, index: &BTreeMap<Term, Vec<usize>>, terms: &Terms) -> Option<usize> {
        let bag = &self.parts[part];
        let mut shared: BTreeMap<usize, f64> = BTreeMap::new();
        for &(term, _) in &bag.0 {
            let places = index.get(&term).map(Vec::as_slice).unwrap_or_default();
            for &at in places.iter().take(COMMON) {
                *shared.entry(at).or_default() += terms.weight(term);
            }
        }
        let best = shared.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
        let (whole, pair) = self.paired[best.0];
        let inside = terms.contained(bag, &self.wholes[whole], None);
        let own = terms.contained(bag, &self.wholes[whole], Some(&self.parts[pair]));
        (inside >= INSIDE && own >= OF_ITS_OWN).then_some(whole)
    }
}
