//! Pairs units of similar text, wherever they stand: the best pairing of all, and then what is left alone between two
//! pairs.

use std::collections::{BTreeMap, HashSet};

use super::assign::{self, Edge};
use super::neighbours::Neighbours;
use super::terms::Side;
use super::{Class, State, Suggestion, class};

/// Bits below the score in an edge's weight: the square of the distance, then a checksum.
const SCORE_BITS: u32 = 84;
const CHECKSUM_BITS: u32 = 40;
/// Steps of a score from 0 to 1.
const STEPS: f64 = 1_048_576.0;
/// What being paired at all is worth, above the score: so that of two good pairs both are taken.
const ANY: f64 = 0.02;

/// Pairs similar units.
pub(super) fn pair(state: &mut State<'_>, neighbours: &Neighbours) {
    let is_free = |&(old, new, _): &(usize, usize, f64)| state.is_free(Side::Old, old) && state.is_free(Side::New, new);
    let candidates = neighbours.pairs().into_iter().filter(is_free);
    let edges: Vec<Edge> = candidates
        .filter_map(|(old, new, similarity)| {
            let score = neighbours.score(state, old, new, similarity)?;
            let gain = score - state.thresholds.score;
            (gain >= 0.0).then(|| Edge { old, new, weight: weight(state, neighbours, (old, new), gain) })
        })
        .collect();
    for (old, new) in assign::best(&edges) {
        state.pair(old, new);
    }
    pair_gaps(state);
}

/// What a pair is worth. Of equal scores the pairing counts in which the units stand nearest to where they stood; what
/// is equal then is told apart by a checksum, so that the same pairs are found when the releases change places.
fn weight(state: &State<'_>, neighbours: &Neighbours, (old, new): (usize, usize), gain: f64) -> i128 {
    let steps = ((gain + ANY) * STEPS) as i128 + 1;
    let distance = neighbours.distance(old, new).min(1 << 20) as i128;
    let texts = state.terms.fingerprint(Side::Old, old).wrapping_add(state.terms.fingerprint(Side::New, new));
    let places = (old as u64).wrapping_mul(new as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (texts ^ places.wrapping_add((old + new) as u64)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    (steps << SCORE_BITS) - ((distance * distance) << CHECKSUM_BITS) + i128::from(mixed >> (64 - CHECKSUM_BITS))
}

/// The nearest free new unit of each free old one, where both have something in common, neither is a
/// part, and none is so short that it is like many others.
pub(super) fn weak_matches(state: &State<'_>, neighbours: &Neighbours, parts: &[(usize, usize)]) -> Vec<Suggestion> {
    let mut best: BTreeMap<usize, Suggestion> = BTreeMap::new();
    let (old_parts, new_parts): (HashSet<usize>, HashSet<usize>) = parts.iter().copied().unzip();
    let is_left = |side: Side, unit: usize, parts: &HashSet<usize>| state.is_free(side, unit) && !parts.contains(&unit);
    for (from, to, similarity) in neighbours.pairs() {
        let words = state.old.units[from].words.min(state.new.units[to].words);
        let both_left = is_left(Side::Old, from, &old_parts) && is_left(Side::New, to, &new_parts);
        if !both_left || words < state.thresholds.short_words {
            continue;
        }
        let nearer = best.get(&from).is_none_or(|known| similarity > known.similarity);
        if similarity >= state.thresholds.weak && nearer {
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
        let alone = |side: Side, unit: usize| is_free_text(state, side, unit) && !is_free_text(state, side, unit + 1);
        let both = alone(Side::Old, from) && alone(Side::New, to) && state.chapters_paired(from, to);
        // Their place says too little of what is something else now.
        let both = both && state.old.units[from].kind == state.new.units[to].kind;
        if both && state.terms.similarity(from, to) >= state.thresholds.gap {
            state.pair(from, to);
        }
    }
}

fn is_free_text(state: &State<'_>, side: Side, unit: usize) -> bool {
    let units = &state.text(side).units;
    unit < units.len() && state.is_free(side, unit) && class(&units[unit]) == Class::Text
}
