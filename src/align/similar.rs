//! Pairs units of similar text: near first, then anywhere, then what is left alone between two pairs.

use std::collections::{BTreeMap, HashMap};

use super::{Class, State, Suggestion, class};
use crate::align::terms::{Bag, Term};

/// Least similarity inside the same section: the place speaks for the pair.
const SAME_SECTION: f64 = 0.35;
/// Least similarity inside the same chapter.
const SAME_CHAPTER: f64 = 0.45;
/// Least similarity in another chapter: nothing but the text speaks for the pair.
const ANYWHERE: f64 = 0.55;
/// Least similarity of the only two units left between two pairs.
const GAP: f64 = 0.2;

/// Least similarity of what is offered to the editors.
const WEAK: f64 = 0.25;

/// Terms of a unit that are looked up, the most telling first.
const PROBES: usize = 16;
/// A term in more units than this finds nothing that others do not.
const COMMON: usize = 200;
/// Candidates of a unit whose similarity is computed, those with most in common first.
const CANDIDATES: usize = 12;

/// Pairs similar units of paired chapters.
pub(super) fn pair_nearby(state: &mut State<'_>) {
    pair_best(state, |state, old, new| {
        if !state.chapters_paired(old, new) {
            return None;
        }
        Some(if state.same_section(old, new) { SAME_SECTION } else { SAME_CHAPTER })
    });
}

/// Pairs similar units wherever they stand.
pub(super) fn pair_anywhere(state: &mut State<'_>) {
    pair_best(state, |_, _, _| Some(ANYWHERE));
}

/// Pairs, best first, every two free units that reach the threshold given for them.
fn pair_best(state: &mut State<'_>, threshold: impl Fn(&State<'_>, usize, usize) -> Option<f64>) {
    let mut scored = Vec::new();
    for (old, new) in candidates(state) {
        let Some(threshold) = threshold(state, old, new) else { continue };
        let similarity = state.terms.similarity(old, new);
        if similarity >= threshold {
            scored.push((similarity, old, new));
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    for (_, old, new) in scored {
        state.pair(old, new);
    }
}

/// Pairs of free units that share telling terms, from an inverted index.
fn candidates(state: &State<'_>) -> Vec<(usize, usize)> {
    let mut index: HashMap<Term, Vec<usize>> = HashMap::new();
    for new in (0..state.new.units.len()).filter(|&unit| state.free_new(unit)) {
        if class(&state.new.units[new]) == Class::Text {
            for &(term, _) in &state.terms.new[new].0 {
                index.entry(term).or_default().push(new);
            }
        }
    }
    let mut found = Vec::new();
    for old in (0..state.old.units.len()).filter(|&unit| state.free_old(unit)) {
        if class(&state.old.units[old]) == Class::Text {
            found.extend(candidates_of(state, &state.terms.old[old], &index).into_iter().map(|new| (old, new)));
        }
    }
    found
}

fn candidates_of(state: &State<'_>, bag: &Bag, index: &HashMap<Term, Vec<usize>>) -> Vec<usize> {
    let mut probes: Vec<Term> = bag.0.iter().map(|&(term, _)| term).filter(|term| index.contains_key(term)).collect();
    probes.sort_by(|&a, &b| state.terms.weight(b).total_cmp(&state.terms.weight(a)).then(a.cmp(&b)));
    let mut scores: HashMap<usize, f64> = HashMap::new();
    for term in probes.into_iter().take(PROBES) {
        for &new in index[&term].iter().take(COMMON) {
            *scores.entry(new).or_default() += state.terms.weight(term);
        }
    }
    let mut ranked: Vec<(usize, f64)> = scores.into_iter().collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked.into_iter().take(CANDIDATES).map(|(new, _)| new).collect()
}

/// The nearest free new unit of each free old one, where both have something in common and neither is a part.
pub(super) fn weak_matches(state: &State<'_>, parts: &[(usize, usize)]) -> Vec<Suggestion> {
    let mut best: BTreeMap<usize, Suggestion> = BTreeMap::new();
    for (from, to) in candidates(state) {
        if parts.iter().any(|&(old, new)| old == from || new == to) {
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
pub(super) fn pair_gaps(state: &mut State<'_>) {
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
