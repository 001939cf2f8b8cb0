//! Pairs what structure decides: the editors' hints, equal ids, headings and table headers by what stands below them.

use std::collections::BTreeMap;

use super::{Class, Hint, State, class};
use crate::release_text::ReleaseText;

/// Pairs the blocks that editors named. Where one block has several sources, the one with most in common is its pair.
pub(super) fn pair_hints(state: &mut State<'_>, hints: &[Hint]) {
    let mut ranked: Vec<(usize, Hint)> = hints.iter().map(|&hint| (shared_words(state, hint), hint)).collect();
    ranked.sort_by_key(|&(shared, hint)| (std::cmp::Reverse(shared), hint.to, hint.from));
    for (_, hint) in ranked {
        let old: Vec<usize> = state.old.blocks[hint.from].units.clone().collect();
        let new: Vec<usize> = state.new.blocks[hint.to].units.clone().collect();
        let mut linked = false;
        for &from in old.iter().filter(|_| !hint.part) {
            let equal = |&&to: &&usize| state.terms.fingerprint_old(from) == state.terms.fingerprint_new(to);
            let to =
                new.iter().find(equal).or(if old.len() == new.len() { new.get(from - old[0]) } else { new.first() });
            linked |= to.is_some_and(|&to| state.pair(from, to));
        }
        if let (false, Some(&from), Some(&to)) = (linked, old.first(), new.first()) {
            state.named_parts.push((from, to));
        }
    }
}

fn shared_words(state: &State<'_>, hint: Hint) -> usize {
    let new = &state.new.blocks[hint.to].units;
    let old = state.old.blocks[hint.from].units.clone();
    old.flat_map(|from| new.clone().map(move |to| (from, to)))
        .map(|(from, to)| state.terms.shared_words(from, to))
        .sum()
}

/// Pairs headings and blocks of paired chapters that have the same author's id.
pub(super) fn pair_ids(state: &mut State<'_>) {
    for (old_chapter, new_chapter) in state.chapters.clone() {
        let named: BTreeMap<String, usize> = ids(state.new, new_chapter).into_iter().collect();
        for (id, old) in ids(state.old, old_chapter) {
            if let Some(&new) = named.get(&id) {
                state.pair(old, new);
            }
        }
    }
}

fn ids(text: &ReleaseText, chapter: usize) -> Vec<(String, usize)> {
    let units = text.chapters[chapter].units.clone();
    units.filter_map(|unit| text.units[unit].id.clone().map(|id| (id, unit))).collect()
}

/// Pairs headings: of equal text in paired chapters, then those whose sections share most.
pub(super) fn pair_headings(state: &mut State<'_>) {
    pair_by_content(state, Class::Heading, |text, unit| text.units[unit].section);
}

/// Pairs table headers by the rows below them.
pub(super) fn pair_table_headers(state: &mut State<'_>) {
    pair_by_content(state, Class::Header, |text, unit| {
        text.units[unit].block.map_or(unit, |block| text.blocks[block].units.start)
    });
}

/// Pairs free units of a class with those whose content (the units whose `owner` they are) shares most words.
fn pair_by_content(state: &mut State<'_>, wanted: Class, owner: fn(&ReleaseText, usize) -> usize) {
    let mut votes: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (old, new) in state.pairs() {
        let (from, to) = (owner(state.old, old), owner(state.new, new));
        let free = state.free_old(from) && state.free_new(to);
        if free && class(&state.old.units[from]) == wanted && class(&state.new.units[to]) == wanted {
            *votes.entry((from, to)).or_default() += state.new.units[new].words;
        }
    }
    let mut ranked: Vec<(usize, (usize, usize))> = votes.into_iter().map(|(pair, words)| (words, pair)).collect();
    ranked.sort_by_key(|&(words, pair)| (std::cmp::Reverse(words), pair));
    for (_, (old, new)) in ranked {
        state.pair(old, new);
    }
}
