//! Pairs what structure decides: the editors' hints, equal ids, headings and table headers by what stands below them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Class, Hint, Side, State, class};
use crate::release_text::ReleaseText;

/// Least similarity of two units of blocks that are said to be one.
const NAMED: f64 = 0.2;
/// Products of the numbers of units above this are too many to try each with each; then units pair in order.
const TRIED: usize = 250_000;

/// Pairs the blocks that editors named. Where one block has several sources, the one with most in common is its pair.
pub(super) fn pair_hints(state: &mut State<'_>, hints: &[Hint]) {
    let mut ranked: Vec<(usize, Hint)> = hints.iter().map(|&hint| (shared_words(state, hint), hint)).collect();
    ranked.sort_by_key(|&(shared, hint)| (std::cmp::Reverse(shared), hint.to + hint.from, hint.to));
    for (_, hint) in ranked {
        let linked = !hint.part && pair_blocks(state, hint.from, hint.to);
        let units = (state.old.blocks[hint.from].units.start, state.new.blocks[hint.to].units.start);
        if !linked {
            state.named_parts.push(units);
        }
    }
}

/// Pairs the units of two blocks that are one: equal ones first, then what is most similar, unless its very text stands
/// elsewhere, and where nothing is, the first with the first. Says whether any were paired.
fn pair_blocks(state: &mut State<'_>, from: usize, to: usize) -> bool {
    let old: Vec<usize> = state.old.blocks[from].units.clone().filter(|&unit| state.free_old(unit)).collect();
    let new: Vec<usize> = state.new.blocks[to].units.clone().filter(|&unit| state.free_new(unit)).collect();
    let mut linked = pair_equal(state, &old, &new);
    let mut scored = Vec::new();
    if old.len().saturating_mul(new.len()) <= TRIED {
        let all = old.iter().flat_map(|&old| new.iter().map(move |&new| (old, new)));
        let free = all.filter(|&(old, new)| state.free_old(old) && state.free_new(new));
        let free = free.filter(|&(old, new)| !state.terms.stands_elsewhere(old, new));
        scored.extend(free.map(|(old, new)| (state.terms.similarity(old, new), old, new)));
        scored.retain(|&(similarity, ..)| similarity >= NAMED);
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1 + a.2).cmp(&(b.1 + b.2))));
    for (_, old, new) in scored {
        linked |= state.pair(old, new);
    }
    let text = |units: &[usize], release: &ReleaseText| {
        units.iter().copied().find(|&unit| class(&release.units[unit]) == Class::Text)
    };
    if let (false, Some(old), Some(new)) = (linked, text(&old, state.old), text(&new, state.new)) {
        linked = state.pair(old, new);
    }
    linked
}

/// Pairs units of equal text, the first with the first.
fn pair_equal(state: &mut State<'_>, old: &[usize], new: &[usize]) -> bool {
    let mut by_text: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for &unit in new.iter().rev() {
        by_text.entry(state.terms.fingerprint(Side::New, unit)).or_default().push(unit);
    }
    let mut linked = false;
    for &from in old {
        let to = by_text.get_mut(&state.terms.fingerprint(Side::Old, from)).and_then(Vec::pop);
        linked |= to.is_some_and(|to| state.pair(from, to));
    }
    linked
}

fn shared_words(state: &State<'_>, hint: Hint) -> usize {
    let (old, new) = (state.old.blocks[hint.from].units.clone(), state.new.blocks[hint.to].units.clone());
    if old.len().saturating_mul(new.len()) > TRIED {
        return old.len().min(new.len());
    }
    old.flat_map(|from| new.clone().map(move |to| (from, to)))
        .map(|(from, to)| state.terms.shared_words(from, to))
        .sum()
}

/// Pairs headings and blocks of paired chapters that have the same author's id. Of which blocks editors say what they
/// are, their id says nothing.
pub(super) fn pair_ids(state: &mut State<'_>, hints: &[Hint]) {
    let whole = hints.iter().filter(|hint| !hint.part);
    let (from, to): (BTreeSet<usize>, BTreeSet<usize>) = whole.map(|hint| (hint.from, hint.to)).unzip();
    for (old_chapter, new_chapter) in state.chapters.clone() {
        let named: BTreeMap<&str, usize> = heading_ids(state.new, new_chapter).collect();
        for (id, old) in heading_ids(state.old, old_chapter) {
            if let Some(&new) = named.get(id) {
                state.pair(old, new);
            }
        }
        let named: BTreeMap<&str, usize> = block_ids(state.new, new_chapter).collect();
        for (id, old) in block_ids(state.old, old_chapter) {
            if let Some(&new) = named.get(id).filter(|new| !from.contains(&old) && !to.contains(new)) {
                pair_blocks(state, old, new);
            }
        }
    }
}

/// The ids of the headings in a chapter, with their units.
fn heading_ids(text: &ReleaseText, chapter: usize) -> impl Iterator<Item = (&str, usize)> {
    let headings = text.chapters[chapter].units.clone().filter(|&unit| class(&text.units[unit]) == Class::Heading);
    headings.filter_map(|unit| Some((text.units[unit].id.as_deref()?, unit)))
}

/// The ids of the blocks in a chapter.
fn block_ids(text: &ReleaseText, chapter: usize) -> impl Iterator<Item = (&str, usize)> {
    let blocks = text.chapters[chapter].blocks.clone();
    blocks.filter_map(|block| Some((text.blocks[block].id.as_deref()?, block)))
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
            *votes.entry((from, to)).or_default() += state.terms.shared_words(old, new);
        }
    }
    let mut ranked: Vec<(usize, (usize, usize))> = votes.into_iter().map(|(pair, words)| (words, pair)).collect();
    ranked.sort_by_key(|&(words, (old, new))| (std::cmp::Reverse(words), old + new));
    for (_, (old, new)) in ranked {
        state.pair(old, new);
    }
}
