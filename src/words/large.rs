//! Compares lists too long for the general algorithm, in steps near linear and without recursion: unique passages
//! first (patience), then few edits (Myers), and what resists both counts as replaced.

use std::collections::HashMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::align::moves::heaviest_increasing;

/// Products of lengths up to this are left to the general algorithm, whose recursion is then shallow enough for a
/// thread's stack.
const SMALL: usize = 4_000_000;
/// Lengths of the passages that are looked for, the most telling first.
const PASSAGES: [usize; 3] = [12, 4, 1];
/// Edits up to which the shortest way is looked for where no passage is unique: memory grows with their square.
const EDITS: usize = 1_500;
/// Steps that all comparisons together may take: so many a token, and so many times the search for few edits.
const STEPS: usize = 64;
const SEARCHES: usize = 8;

/// A run of equal tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Match {
    pub old: usize,
    pub new: usize,
    pub len: usize,
}

/// Whether two lists of these lengths are for this module.
pub(super) fn is_large(old: usize, new: usize) -> bool {
    old.saturating_mul(new) > SMALL
}

/// The runs of equal tokens in order; no two touch on both sides.
pub(super) fn matches(old: &[u32], new: &[u32]) -> Vec<Match> {
    let mut finder = Finder { old, new, found: Vec::new(), steps: steps(old.len() + new.len()) };
    let mut open = vec![(0..old.len(), 0..new.len())];
    while let Some((from, to)) = open.pop() {
        let (from, to) = finder.trim(from, to);
        if from.is_empty() || to.is_empty() {
            continue;
        }
        if !is_large(from.len(), to.len()) {
            finder.compare(from, to);
            continue;
        }
        open.extend(finder.around_anchors(&from, &to));
    }
    joined(finder.found)
}

fn steps(tokens: usize) -> usize {
    STEPS * tokens + SEARCHES * EDITS * EDITS
}

struct Finder<'a> {
    old: &'a [u32],
    new: &'a [u32],
    found: Vec<Match>,
    steps: usize,
}

type Ranges = (Range<usize>, Range<usize>);

impl Finder<'_> {
    /// Takes equal beginnings and ends off.
    fn trim(&mut self, mut from: Range<usize>, mut to: Range<usize>) -> Ranges {
        let (old, new) = (&self.old[from.clone()], &self.new[to.clone()]);
        let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        self.push(from.start, to.start, start);
        let (old, new) = (&old[start..], &new[start..]);
        let end = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
        self.push(from.end - end, to.end - end, end);
        from = from.start + start..from.end - end;
        to = to.start + start..to.end - end;
        (from, to)
    }

    fn push(&mut self, old: usize, new: usize, len: usize) {
        if len > 0 {
            self.found.push(Match { old, new, len });
        }
    }

    fn compare(&mut self, from: Range<usize>, to: Range<usize>) {
        for op in capture_diff_slices(Algorithm::Myers, &self.old[from.clone()], &self.new[to.clone()]) {
            if let DiffOp::Equal { old_index, new_index, len } = op {
                self.push(from.start + old_index, to.start + new_index, len);
            }
        }
    }

    /// The ranges before, between and after the passages that are unique on both sides; none where all is said.
    fn around_anchors(&mut self, from: &Range<usize>, to: &Range<usize>) -> Vec<Ranges> {
        for passage in PASSAGES {
            let cost = passage * (from.len() + to.len());
            if cost > self.steps {
                return Vec::new();
            }
            self.steps -= cost;
            let anchors = anchors(&self.old[from.clone()], &self.new[to.clone()], passage);
            if !anchors.is_empty() {
                return between(&anchors, from, to);
            }
        }
        let cost = EDITS * EDITS.min(from.len() + to.len());
        if cost <= self.steps {
            self.steps -= cost;
            for Match { old, new, len } in few_edits(&self.old[from.clone()], &self.new[to.clone()]) {
                self.push(from.start + old, to.start + new, len);
            }
        }
        Vec::new()
    }
}

/// Beginnings of the passages of `len` tokens that occur once in both lists, as far as they keep their order.
fn anchors(old: &[u32], new: &[u32], len: usize) -> Vec<(usize, usize)> {
    let mut places: HashMap<&[u32], [Option<usize>; 2]> = HashMap::new();
    // A passage that was seen twice has a place that none has.
    for (side, tokens) in [old, new].into_iter().enumerate() {
        for (at, passage) in tokens.windows(len).enumerate() {
            let place = &mut places.entry(passage).or_default()[side];
            *place = Some(if place.is_none() { at } else { usize::MAX });
        }
    }
    let unique = |[old, new]: [Option<usize>; 2]| Some((old?, new?));
    let mut pairs: Vec<(usize, usize)> = places.into_values().filter_map(unique).collect();
    pairs.retain(|&(old, new)| old != usize::MAX && new != usize::MAX);
    pairs.sort_unstable_by_key(|&(_, new)| new);
    let kept = heaviest_increasing(&pairs.iter().map(|&(old, _)| old).collect::<Vec<_>>(), &vec![1; pairs.len()]);
    pairs.into_iter().zip(kept).filter_map(|(pair, kept)| kept.then_some(pair)).collect()
}

/// The ranges that begin at each anchor, and the one before the first.
fn between(anchors: &[(usize, usize)], from: &Range<usize>, to: &Range<usize>) -> Vec<Ranges> {
    let starts = anchors.iter().map(|&(old, new)| (from.start + old, to.start + new));
    let starts: Vec<(usize, usize)> = std::iter::once((from.start, to.start)).chain(starts).collect();
    let ends = starts[1..].iter().copied().chain([(from.end, to.end)]);
    starts.iter().zip(ends).map(|(&(old, new), (old_end, new_end))| (old..old_end, new..new_end)).collect()
}

/// The equal runs on the shortest way from `old` to `new` if that takes few edits (Myers, "An O(ND) difference
/// algorithm and its variations", 1986).
fn few_edits(old: &[u32], new: &[u32]) -> Vec<Match> {
    // furthest[d][k]: how far into `old` the diagonal k − d is reached with d edits.
    let mut furthest: Vec<Vec<usize>> = Vec::new();
    for edits in 0..=EDITS {
        let mut reached = vec![0; 2 * edits + 1];
        for diagonal in (0..=2 * edits).step_by(2) {
            let (mut x, shift) = (start(&furthest, edits, diagonal), diagonal as isize - edits as isize);
            let Some(mut y) = x.checked_add_signed(-shift) else { continue };
            while x < old.len() && y < new.len() && old[x] == new[y] {
                (x, y) = (x + 1, y + 1);
            }
            reached[diagonal] = x;
            if x >= old.len() && y >= new.len() {
                return way_back(&furthest, edits, diagonal, old.len());
            }
        }
        furthest.push(reached);
    }
    Vec::new()
}

/// Where the diagonal begins with `edits` edits: after a deletion from the one below, or an insertion from the one
/// above, whichever reached further.
fn start(furthest: &[Vec<usize>], edits: usize, diagonal: usize) -> usize {
    let Some(before) = edits.checked_sub(1).map(|before| &furthest[before]) else { return 0 };
    // Diagonal k of one step is k − 1 in the counting of the step before.
    let deleted = diagonal.checked_sub(2).map(|at| before[at] + 1);
    let inserted = before.get(diagonal).copied();
    deleted.max(inserted).unwrap_or(0)
}

fn way_back(furthest: &[Vec<usize>], mut edits: usize, mut diagonal: usize, end: usize) -> Vec<Match> {
    let mut found = Vec::new();
    let mut x = end;
    loop {
        let begin = start(furthest, edits, diagonal);
        let shift = diagonal as isize - edits as isize;
        if let (true, Some(new)) = (x > begin, begin.checked_add_signed(-shift)) {
            found.push(Match { old: begin, new, len: x - begin });
        }
        if edits == 0 {
            return found;
        }
        let before = &furthest[edits - 1];
        let was_deleted =
            diagonal.checked_sub(2).is_some_and(|at| Some(before[at] + 1) >= before.get(diagonal).copied());
        (x, diagonal) = if was_deleted { (begin - 1, diagonal - 2) } else { (begin, diagonal) };
        edits -= 1;
    }
}

/// Sorted, with runs that touch on both sides made one.
fn joined(mut found: Vec<Match>) -> Vec<Match> {
    found.sort_unstable_by_key(|run| run.old);
    let mut joined: Vec<Match> = Vec::with_capacity(found.len());
    for run in found {
        match joined.last_mut() {
            Some(last) if last.old + last.len == run.old && last.new + last.len == run.new => last.len += run.len,
            _ => joined.push(run),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(found: &[Match], old: &[u32], new: &[u32]) {
        let (mut from, mut to) = (0, 0);
        for run in found {
            assert!(run.len > 0 && run.old >= from && run.new >= to, "{found:?}");
            assert_eq!(old[run.old..run.old + run.len], new[run.new..run.new + run.len]);
            (from, to) = (run.old + run.len, run.new + run.len);
        }
    }

    fn longest(old: &[u32], new: &[u32]) -> usize {
        let mut best = vec![0; new.len() + 1];
        for a in old {
            let mut corner = 0;
            for (at, b) in new.iter().enumerate() {
                let above = best[at + 1];
                best[at + 1] = if a == b { corner + 1 } else { above.max(best[at]) };
                corner = above;
            }
        }
        best[new.len()]
    }

    proptest! {
        #[test]
        fn few_edits_finds_the_longest_common_subsequence(
            old in proptest::collection::vec(0_u32..4, 0..30), new in proptest::collection::vec(0_u32..4, 0..30)
        ) {
            let mut found = few_edits(&old, &new);
            found.sort_unstable_by_key(|run| run.old);
            check(&found, &old, &new);
            prop_assert_eq!(found.iter().map(|run| run.len).sum::<usize>(), longest(&old, &new));
        }

        #[test]
        fn anchors_are_unique_and_in_order(
            old in proptest::collection::vec(0_u32..30, 0..30), new in proptest::collection::vec(0_u32..30, 0..30)
        ) {
            let anchors = anchors(&old, &new, 1);
            prop_assert!(anchors.is_sorted());
            for &(from, to) in &anchors {
                prop_assert_eq!(old[from], new[to]);
                prop_assert_eq!(old.iter().chain(&new).filter(|&token| *token == old[from]).count(), 2);
            }
        }
    }

    #[test]
    fn long_lists_with_some_edits_keep_the_rest() {
        for words in [3, 100, 100_000] {
            let old: Vec<u32> = (0..20_000_u32).map(|at| at.wrapping_mul(2_654_435_761) >> 7 & 0xff_ffff).collect();
            let old: Vec<u32> = old.into_iter().map(|token| token % words).collect();
            let mut new = old.clone();
            for at in (500..19_000).step_by(1_000) {
                new[at] = 1_000_000;
                new.insert(at + 300, 1_000_001);
                new.remove(at + 600);
            }
            let found = matches(&old, &new);
            check(&found, &old, &new);
            let kept: usize = found.iter().map(|run| run.len).sum();
            assert!(kept >= 20_000 - 2 * 19, "{words} words: {kept}");
        }
    }
}
