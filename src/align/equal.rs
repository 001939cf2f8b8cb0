//! Pairs units of equal text: unique ones first, then repeated ones by their neighbours and their order.

use std::collections::BTreeMap;

use super::State;

/// Texts of fewer words than this (`Ja`, `Ziele`) say too little to be recognised in another chapter.
const TELLING_WORDS: usize = 4;

type Groups = BTreeMap<u64, (Vec<usize>, Vec<usize>)>;

/// Pairs units whose text occurs once in both releases, and equal neighbours of what is paired.
pub(super) fn pair_unique(state: &mut State<'_>) {
    let unique: Vec<(usize, usize)> = groups(state)
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
    for within_chapters in [true, false] {
        for (old, new) in groups(state).into_values() {
            let mut new = new;
            for from in old {
                let fits = |&to: &usize| {
                    state.chapters_paired(from, to)
                        || (!within_chapters && state.old.units[from].words >= TELLING_WORDS)
                };
                if let Some(at) = new.iter().take(LOOKAHEAD).position(fits) {
                    let to = new.remove(at);
                    state.pair(from, to);
                }
            }
        }
        spread(state);
    }
}

/// How many equal units are tried for one: ten thousand equal paragraphs must not take a hundred million steps.
const LOOKAHEAD: usize = 64;

fn groups(state: &State<'_>) -> Groups {
    let mut groups = Groups::new();
    for old in (0..state.old.units.len()).filter(|&unit| state.free_old(unit)) {
        groups.entry(state.terms.fingerprint_old(old)).or_default().0.push(old);
    }
    for new in (0..state.new.units.len()).filter(|&unit| state.free_new(unit)) {
        if let Some((_, news)) = groups.get_mut(&state.terms.fingerprint_new(new)) {
            news.push(new);
        }
    }
    groups
}

/// Goes from every pair to the units before and after it as long as these are equal too.
fn spread(state: &mut State<'_>) {
    let pairs: Vec<(usize, usize)> = state.pairs().collect();
    for (old, new) in pairs {
        let (mut from, mut to) = (old + 1, new + 1);
        while pair_equal(state, from, to) {
            (from, to) = (from + 1, to + 1);
        }
        let (mut from, mut to) = (old, new);
        while from > 0 && to > 0 && pair_equal(state, from - 1, to - 1) {
            (from, to) = (from - 1, to - 1);
        }
    }
}

fn pair_equal(state: &mut State<'_>, old: usize, new: usize) -> bool {
    old < state.old.units.len()
        && new < state.new.units.len()
        && state.free_old(old)
        && state.free_new(new)
        && state.terms.fingerprint_old(old) == state.terms.fingerprint_new(new)
        && state.pair(old, new)
}
