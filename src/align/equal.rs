//! Pairs units of equal text: unique ones first, then repeated ones by their neighbours and their order.

use std::collections::BTreeMap;

use super::{Class, Side, State, class};
use crate::release_text::ReleaseText;

/// Texts of fewer words than this (`Ja`, `Ziele`) say too little to be recognised in another chapter.
const TELLING_WORDS: usize = 4;

type Groups<K> = BTreeMap<K, (Vec<usize>, Vec<usize>)>;

/// Pairs units whose text occurs once in both releases, and equal neighbours of what is paired.
pub(super) fn pair_unique(state: &mut State<'_>) {
    let unique: Vec<(usize, usize)> = groups(state, |_, _| ())
        .into_values()
        .filter_map(|(old, new)| match (old.as_slice(), new.as_slice()) {
            (&[old], &[new]) => Some((old, new)),
            _ => None,
        })
        .collect();
    for (old, new) in unique {
        if state.old.units[old].words >= TELLING_WORDS || state.chapters_paired(old, new) {
            state.pair(old, new);
        }
    }
    spread(state);
}

/// Pairs what is left of equal text: in paired chapters in order, then anywhere in order.
pub(super) fn pair_repeated(state: &mut State<'_>) {
    spread(state);
    let in_chapters = groups(state, |state, side| match side {
        Place::Old(unit) => state.old.units[unit].chapter,
        // A chapter without a counterpart has a key that no old chapter has.
        Place::New(unit) => state.old_chapter(state.new.units[unit].chapter).unwrap_or(usize::MAX),
    });
    pair_in_order(state, in_chapters);
    let telling = groups(state, |_, _| ()).into_iter();
    let telling = telling.filter(|(_, (old, _))| old.iter().all(|&unit| state.old.units[unit].words >= TELLING_WORDS));
    pair_in_order(state, telling.collect());
}

fn pair_in_order<K>(state: &mut State<'_>, groups: Groups<K>) {
    for (old, new) in groups.into_values() {
        for (from, to) in old.into_iter().zip(new) {
            state.pair(from, to);
        }
    }
    spread(state);
}

enum Place {
    Old(usize),
    New(usize),
}

/// Free units of one text, one class and one `key`, of both releases.
fn groups<K: Ord>(state: &State<'_>, key: impl Fn(&State<'_>, Place) -> K) -> Groups<(u64, Class, K)> {
    let mut groups = Groups::new();
    for old in (0..state.old.units.len()).filter(|&unit| state.free_old(unit)) {
        let key = (state.terms.fingerprint(Side::Old, old), class(&state.old.units[old]), key(state, Place::Old(old)));
        groups.entry(key).or_insert_with(Default::default).0.push(old);
    }
    for new in (0..state.new.units.len()).filter(|&unit| state.free_new(unit)) {
        let key = (state.terms.fingerprint(Side::New, new), class(&state.new.units[new]), key(state, Place::New(new)));
        if let Some((_, news)) = groups.get_mut(&key) {
            news.push(new);
        }
    }
    groups
}

/// Goes from every pair to the units before and after it as long as these are equal too: first inside lists and tables,
/// whose items belong together whatever stands beside them, then from block to block.
fn spread(state: &mut State<'_>) {
    spread_by(state, Step::Inside);
    spread_by(state, Step::Beyond);
}

/// A step from a unit to the next.
#[derive(PartialEq, Eq, Clone, Copy)]
enum Step {
    /// To another item of the same block.
    Inside,
    /// To another block, or to or from a heading.
    Beyond,
}

/// One step from all pairs at a time, so that the order in which pairs are looked at says nothing. A step is of one kind
/// on both sides: the last item of one list is not the first of the next.
fn spread_by(state: &mut State<'_>, widest: Step) {
    let mut edge: Vec<(usize, usize)> = state.pairs().collect();
    while !edge.is_empty() {
        let before = edge.iter().filter_map(|&(old, new)| Some((old.checked_sub(1)?, new.checked_sub(1)?)));
        let before = before.filter(|&pair| is_step(state, pair, widest));
        let after = edge.iter().filter(|&&pair| is_step(state, pair, widest)).map(|&(old, new)| (old + 1, new + 1));
        let mut next: Vec<(usize, usize)> = before.chain(after).filter(|&pair| is_equal(state, pair)).collect();
        // Of two pairs that share a unit the sums differ, so that neither release leads.
        next.sort_by_key(|&(old, new)| (old + new, old));
        next.dedup();
        next.retain(|&(old, new)| state.pair(old, new));
        edge = next;
    }
}

/// Whether the steps from two units to the next ones are of one kind, and no wider than that.
fn is_step(state: &State<'_>, (old, new): (usize, usize), widest: Step) -> bool {
    let step = |text: &ReleaseText, unit: usize| {
        let block = |unit: usize| text.units.get(unit).and_then(|unit| unit.block);
        if block(unit).is_some() && block(unit) == block(unit + 1) { Step::Inside } else { Step::Beyond }
    };
    let (from, to) = (step(state.old, old), step(state.new, new));
    from == to && (from == Step::Inside || widest == Step::Beyond)
}

fn is_equal(state: &State<'_>, (old, new): (usize, usize)) -> bool {
    old < state.old.units.len()
        && new < state.new.units.len()
        && state.free_old(old)
        && state.free_new(new)
        && state.terms.equal(old, new)
}
