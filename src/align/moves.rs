//! Which pairs moved: chapters that changed their order, pairs in a chapter that is not the old one's, those outside the
//! heaviest run of pairs that kept its order, and items and rows that went to another list or table.

use std::collections::BTreeMap;

use super::{Class, Side, State, class};
use crate::release_text::{ReleaseText, Unit, UnitKind};

/// For each new unit whether it moved. A chapter that moved is told of its title; its units did not move.
pub(super) fn find(state: &State<'_>) -> Vec<bool> {
    let mut moved = vec![false; state.new.units.len()];
    for (old, new) in state.pairs() {
        moved[new] = !state.chapters_paired(old, new);
    }
    for &(_, chapter) in &state.chapters {
        let title = state.new.chapters[chapter].units.start;
        let units = state.new.chapters[chapter].units.clone().filter(|&new| new != title && !moved[new]);
        let pairs: Vec<(usize, usize)> = units.filter_map(|new| state.from[new].map(|old| (old, new))).collect();
        mark_moved(state, &pairs, &mut moved);
    }
    for (_, new) in in_other_lists(state) {
        moved[new] = true;
    }
    let title = |text: &ReleaseText, chapter: usize| text.chapters[chapter].units.start;
    let mut titles: Vec<(usize, usize)> =
        state.chapters.iter().map(|&(old, new)| (title(state.old, old), title(state.new, new))).collect();
    titles.sort_by_key(|&(_, new)| new);
    titles.retain(|&(old, new)| state.to[old] == Some(new));
    mark_moved(state, &titles, &mut moved);
    moved
}

/// Pairs of items or rows whose lists or tables are not one: each belongs to the one with which it has most words in
/// common.
fn in_other_lists(state: &State<'_>) -> Vec<(usize, usize)> {
    let is_part = |unit: &Unit| matches!(unit.kind, UnitKind::Item | UnitKind::Row);
    let pairs: Vec<(usize, usize)> =
        state.pairs().filter(|&(old, new)| is_part(&state.old.units[old]) && is_part(&state.new.units[new])).collect();
    let blocks = |&(old, new): &(usize, usize)| Some((state.old.units[old].block?, state.new.units[new].block?));
    let mut votes: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for pair in &pairs {
        let words = state.old.units[pair.0].words.min(state.new.units[pair.1].words) + 1;
        blocks(pair).into_iter().for_each(|blocks| *votes.entry(blocks).or_default() += words);
    }
    let best = |key: fn((usize, usize)) -> usize| {
        let mut best: BTreeMap<usize, (usize, (usize, usize))> = BTreeMap::new();
        for (&blocks, &words) in &votes {
            // Of equally good ones the first; of two that share a block the sums differ, so that neither release leads.
            let known = best.entry(key(blocks)).or_insert((words, blocks));
            if (words, known.1.0 + known.1.1) > (known.0, blocks.0 + blocks.1) {
                *known = (words, blocks);
            }
        }
        best
    };
    let (of_old, of_new) = (best(|(old, _)| old), best(|(_, new)| new));
    let is_one = |blocks: (usize, usize)| of_old[&blocks.0].1 == blocks && of_new[&blocks.1].1 == blocks;
    pairs.into_iter().filter(|pair| blocks(pair).is_some_and(|blocks| !is_one(blocks))).collect()
}

/// Sets for pairs in the order of the new text which of them left the order of the old one.
fn mark_moved(state: &State<'_>, pairs: &[(usize, usize)], moved: &mut [bool]) {
    let weights: Vec<u128> = pairs.iter().map(|&(old, new)| weight(state, old, new)).collect();
    let kept = heaviest_increasing(&pairs.iter().map(|&(old, _)| old).collect::<Vec<_>>(), &weights);
    for (&(_, new), kept) in pairs.iter().zip(kept) {
        moved[new] = !kept;
    }
}

/// Bits below the count of words in a weight.
const CHECKSUM_BITS: u32 = 64;

/// Words of the pair that were kept, so that little that is left of one never outweighs what is unchanged. What weighs the
/// same is told apart by a checksum of the texts: then the same units have moved when the releases change places, which no
/// rule of order could bring about.
fn weight(state: &State<'_>, old: usize, new: usize) -> u128 {
    let rewritten = class(&state.old.units[old]) == Class::Text && !state.terms.equal(old, new);
    let words = match rewritten {
        true => 2 * state.terms.shared_words(old, new) as u64,
        false => words(state.old, old) + words(state.new, new),
    };
    let checksum = context(state, Side::Old, old).wrapping_add(context(state, Side::New, new));
    // Mixed (the finaliser of MurmurHash3) and shortened, so that a sum of millions stays below one word.
    let mixed = (checksum ^ checksum >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
    u128::from(words) << CHECKSUM_BITS | u128::from((mixed ^ mixed >> 33) >> 24)
}

/// A checksum of a unit's text and of those around it, which tells apart what is said twice.
fn context(state: &State<'_>, side: Side, unit: usize) -> u64 {
    let count = state.text(side).units.len();
    let text = |at: Option<usize>| at.filter(|&at| at < count).map_or(0, |at| state.terms.fingerprint(side, at));
    let (before, behind) = (text(unit.checked_sub(1)), text(Some(unit + 1)));
    text(Some(unit)).wrapping_add(before.rotate_left(21)).wrapping_add(behind.rotate_left(42))
}

/// Words of the unit and one; a heading weighs as much as its section and a title as its chapter, so that a paragraph
/// which crosses it is what moved.
fn words(text: &ReleaseText, unit: usize) -> u64 {
    let weighed = match text.units[unit].kind {
        UnitKind::Chapter => unit..text.chapters[text.units[unit].chapter].units.end,
        UnitKind::Heading => text.section_units(unit),
        _ => unit..unit + 1,
    };
    text.units[weighed].iter().map(|unit| unit.words as u64 + 1).sum()
}

/// Which elements belong to the increasing subsequence of greatest weight (of several, one found by fixed rules).
///
/// The longest-increasing-subsequence algorithm with weights, O(n log n): a Fenwick tree over the values holds the best
/// sum that ends at or below each (Fredman, "On computing the length of longest increasing subsequences", 1975).
pub fn heaviest_increasing(values: &[usize], weights: &[u128]) -> Vec<bool> {
    let mut sorted: Vec<usize> = values.to_vec();
    sorted.sort_unstable();
    // Entry r: the best (sum, element) among elements of rank at most r that the tree node covers.
    let mut tree: Vec<(u128, Option<usize>)> = vec![(0, None); sorted.len() + 1];
    let mut before: Vec<Option<usize>> = Vec::with_capacity(values.len());
    let mut best = (0, None);
    for (at, (value, weight)) in values.iter().zip(weights).enumerate() {
        let rank = sorted.partition_point(|other| other < value) + 1;
        let mut below = (0, None);
        let mut node = rank - 1;
        while node > 0 {
            below = if tree[node].0 > below.0 { tree[node] } else { below };
            node &= node - 1;
        }
        before.push(below.1);
        let here = (below.0 + weight, Some(at));
        let mut node = rank;
        while node < tree.len() {
            if here.0 > tree[node].0 {
                tree[node] = here;
            }
            node += node & node.wrapping_neg();
        }
        if here.0 > best.0 {
            best = here;
        }
    }
    let mut kept = vec![false; values.len()];
    let mut next = best.1;
    while let Some(at) = next {
        kept[at] = true;
        next = before[at];
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::heaviest_increasing;

    #[test]
    fn the_lighter_element_is_the_one_that_moved() {
        assert_eq!(heaviest_increasing(&[1, 0], &[10, 3]), [true, false]);
        assert_eq!(heaviest_increasing(&[1, 0], &[3, 10]), [false, true]);
        assert_eq!(heaviest_increasing(&[2, 0, 1], &[1, 1, 1]), [false, true, true]);
        assert_eq!(heaviest_increasing(&[], &[]), [] as [bool; 0]);
    }

    proptest::proptest! {
        #[test]
        fn no_increasing_subsequence_is_heavier(pairs in proptest::collection::vec((0usize..12, 1u128..9), 0..12)) {
            let (values, weights): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
            let kept = heaviest_increasing(&values, &weights);
            let sum = |mask: &dyn Fn(usize) -> bool| -> Option<u128> {
                let chosen: Vec<usize> = (0..values.len()).filter(|&at| mask(at)).collect();
                chosen.windows(2).all(|pair| values[pair[0]] < values[pair[1]])
                    .then(|| chosen.iter().map(|&at| weights[at]).sum())
            };
            let best = (0_u32..1 << values.len()).filter_map(|bits| sum(&|at| bits >> at & 1 == 1)).max();
            proptest::prop_assert_eq!(sum(&|at| kept[at]), best);
        }
    }
}
