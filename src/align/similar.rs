//! Pairs units of similar text, wherever they stand, and then what is left alone between two pairs.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Class, State, Suggestion, class};
use crate::align::terms::{Bag, Term};

// Fixed on OWASP ASVS 4.0.3 → 5.0.0 with its editors' own list of 228 links between requirements (precision, recall):
// 0.55 anywhere 1.00, 0.18; 0.35 0.99, 0.35; 0.25 0.97, 0.49; 0.22 0.95, 0.51; 0.15 0.90, 0.57. Other texts (the example,
// the Open-Data-Handbuch, MASVS) hardly differ: their releases are so near that few units are left for similarity.

/// Least similarity of a pair, the place counted in.
const SIMILAR: f64 = 0.24;
/// Least similarity that goes before the place between two pairs.
const SURE: f64 = 0.5;
/// What the same section speaks for a pair.
const SAME_SECTION: f64 = 0.05;
/// What the same chapter speaks for a pair.
const SAME_CHAPTER: f64 = 0.03;
/// Least similarity of a short text to one of another section: „OWASP Cheat Sheet“ is a part of many others.
const SHORT: f64 = 0.55;
/// Words of a text that is not short.
const TELLING_WORDS: usize = 6;
/// Least similarity of the only two units left between two pairs.
const GAP: f64 = 0.1;

/// Least similarity of what is offered to the editors.
const WEAK: f64 = 0.15;

/// Terms of a unit that are looked up, the most telling first.
const PROBES: usize = 16;
/// A term in more units than this finds nothing that others do not.
const COMMON: usize = 200;
/// Candidates of a unit whose similarity is computed, those with most in common first.
const CANDIDATES: usize = 12;

/// Times that candidates are looked for: what was the nearest may be another's, and then the next is.
const ROUNDS: usize = 3;

/// Pairs similar units: first those that are sure, then what stands alone between two pairs, then the rest.
pub(super) fn pair(state: &mut State<'_>) {
    for least in [SURE, SIMILAR] {
        pair_best(state, least);
        pair_gaps(state);
    }
}

/// Pairs, best first, every two free units that are similar; the place counts a little.
fn pair_best(state: &mut State<'_>, least: f64) {
    for _ in 0..ROUNDS {
        let mut scored: Vec<(f64, usize, usize)> = candidates(state)
            .into_iter()
            .filter_map(|(old, new)| Some((score(state, old, new, least)?, old, new)))
            .collect();
        // Of equally good pairs that share a unit no two have the same sum, so that no side of the comparison leads.
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1 + a.2).cmp(&(b.1 + b.2))));
        for (_, old, new) in scored {
            state.pair(old, new);
        }
    }
}

/// How similar two units are, with what their places say; `None` where that is too little.
fn score(state: &State<'_>, old: usize, new: usize, least: f64) -> Option<f64> {
    let similarity = state.terms.similarity(old, new);
    let words = state.old.units[old].words.min(state.new.units[new].words);
    let (place, least) = match (state.same_section(old, new), state.chapters_paired(old, new)) {
        (true, _) => (SAME_SECTION, least),
        (false, _) if words < TELLING_WORDS => (0.0, least.max(SHORT)),
        (false, true) => (SAME_CHAPTER, least),
        (false, false) => (0.0, least),
    };
    Some(similarity + place).filter(|score| *score >= least)
}

/// Pairs of free units that share telling terms: the nearest of each old unit and of each new one.
fn candidates(state: &State<'_>) -> Vec<(usize, usize)> {
    let is_text = |unit: &crate::release_text::Unit| class(unit) == Class::Text;
    let old: Vec<usize> =
        (0..state.old.units.len()).filter(|&at| state.free_old(at) && is_text(&state.old.units[at])).collect();
    let new: Vec<usize> =
        (0..state.new.units.len()).filter(|&at| state.free_new(at) && is_text(&state.new.units[at])).collect();
    let (old_bags, new_bags) = (&state.terms.old.all, &state.terms.new.all);
    let mut found = nearest(state, (&old, old_bags), (&new, new_bags));
    found.extend(nearest(state, (&new, new_bags), (&old, old_bags)).into_iter().map(|(new, old)| (old, new)));
    found.sort_unstable();
    found.dedup();
    found
}

/// For each unit of `one` the units of `other` that share most with it, from an inverted index.
fn nearest(state: &State<'_>, one: (&[usize], &[Bag]), other: (&[usize], &[Bag])) -> Vec<(usize, usize)> {
    let mut index: HashMap<Term, Vec<usize>> = HashMap::new();
    for &unit in other.0 {
        for &(term, _) in &other.1[unit].0 {
            index.entry(term).or_default().push(unit);
        }
    }
    let mut scores = Scores { of: vec![0.0; other.1.len()], touched: Vec::new() };
    let near = |&unit: &usize| {
        scores.nearest(state, &one.1[unit], &index).into_iter().map(|other| (unit, other)).collect::<Vec<_>>()
    };
    one.0.iter().flat_map(near).collect()
}

/// What the units of one side have in common with the unit that is looked at.
struct Scores {
    of: Vec<f64>,
    touched: Vec<usize>,
}

impl Scores {
    fn nearest(&mut self, state: &State<'_>, bag: &Bag, index: &HashMap<Term, Vec<usize>>) -> Vec<usize> {
        let weight = |term: Term| state.terms.weight(term);
        let mut probes: Vec<(Term, &[usize])> =
            bag.0.iter().filter_map(|(term, _)| Some((*term, index.get(term)?.as_slice()))).collect();
        probes.sort_by(|a, b| weight(b.0).total_cmp(&weight(a.0)).then(a.0.cmp(&b.0)));
        for (term, units) in probes.into_iter().take(PROBES) {
            for &unit in units.iter().take(COMMON) {
                if self.of[unit] == 0.0 {
                    self.touched.push(unit);
                }
                self.of[unit] += weight(term);
            }
        }
        let mut ranked: Vec<(usize, f64)> =
            self.touched.drain(..).map(|unit| (unit, std::mem::take(&mut self.of[unit]))).collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked.into_iter().take(CANDIDATES).map(|(unit, _)| unit).collect()
    }
}

/// The nearest free new unit of each free old one, where both have something in common and neither is a part.
pub(super) fn weak_matches(state: &State<'_>, parts: &[(usize, usize)]) -> Vec<Suggestion> {
    let mut best: BTreeMap<usize, Suggestion> = BTreeMap::new();
    let (old_parts, new_parts): (HashSet<usize>, HashSet<usize>) = parts.iter().copied().unzip();
    for (from, to) in candidates(state) {
        if old_parts.contains(&from) || new_parts.contains(&to) {
            continue;
        }
        let similarity = state.terms.similarity(from, to);
        let nearer = best.get(&from).is_none_or(|known| similarity > known.similarity);
        if similarity >= WEAK && nearer {
            best.insert(from, Suggestion { from, to, similarity });
        }
    }
    best.into_values().collect()
}

/// Between two pairs that follow each other, one old and one new unit that are left alone are one unit if they have
/// at least something in common.
fn pair_gaps(state: &mut State<'_>) {
    let pairs: Vec<(usize, usize)> = state.pairs().collect();
    for (old, new) in pairs {
        let (from, to) = (old + 1, new + 1);
        let alone_old = is_free_text(state.old, &state.to, from) && !is_free_text(state.old, &state.to, from + 1);
        let alone_new = is_free_text(state.new, &state.from, to) && !is_free_text(state.new, &state.from, to + 1);
        if alone_old && alone_new && state.chapters_paired(from, to) && state.terms.similarity(from, to) >= GAP {
            state.pair(from, to);
        }
    }
}

fn is_free_text(text: &super::ReleaseText, paired: &[Option<usize>], unit: usize) -> bool {
    unit < text.units.len() && paired[unit].is_none() && class(&text.units[unit]) == Class::Text
}
