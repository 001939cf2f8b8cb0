//! Pairs chapters: by slug, former slug and title, then by the text they share.

use std::collections::BTreeMap;

use super::State;

/// Share of the smaller chapter's words that must stand in the larger one for them to be one chapter under a new
/// name. Half: below it, most of the chapter is something else.
const SHARED: f64 = 0.5;

/// Pairs chapters whose names say that they are the same.
pub(super) fn pair_by_name(state: &mut State<'_>) {
    let same_slug = |old: &str, new: &super::ReleaseText, at: usize| new.chapters[at].slug == old;
    let alias = |old: &str, new: &super::ReleaseText, at: usize| new.chapters[at].aliases.iter().any(|a| a == old);
    for fits in [same_slug as fn(&str, &super::ReleaseText, usize) -> bool, alias] {
        for old in 0..state.old.chapters.len() {
            let slug = state.old.chapters[old].slug.clone();
            let new = (0..state.new.chapters.len()).find(|&at| fits(&slug, state.new, at));
            pair(state, old, new);
        }
    }
    for old in 0..state.old.chapters.len() {
        let title = &state.old.chapters[old].title;
        let new = (0..state.new.chapters.len()).find(|&at| state.new.chapters[at].title == *title);
        pair(state, old, new);
    }
}

/// Pairs chapters left over by how many words of their equal units they share.
pub(super) fn pair_by_votes(state: &mut State<'_>) {
    let mut votes: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (old, new) in state.pairs() {
        let chapters = (state.old.units[old].chapter, state.new.units[new].chapter);
        *votes.entry(chapters).or_default() += state.new.units[new].words;
    }
    let words = |units: &[crate::release_text::Unit]| units.iter().map(|unit| unit.words).sum::<usize>();
    let mut ranked: Vec<(usize, (usize, usize))> =
        votes.into_iter().map(|(chapters, words)| (words, chapters)).collect();
    ranked.sort_by_key(|&(words, chapters)| (std::cmp::Reverse(words), chapters));
    for (shared, (old, new)) in ranked {
        let old_words = words(&state.old.units[state.old.chapters[old].units.clone()]);
        let new_words = words(&state.new.units[state.new.chapters[new].units.clone()]);
        if shared as f64 >= SHARED * old_words.min(new_words) as f64 {
            pair(state, old, Some(new));
        }
    }
}

fn pair(state: &mut State<'_>, old: usize, new: Option<usize>) {
    let Some(new) = new else { return };
    let free = state.chapters.iter().all(|&(from, to)| from != old && to != new);
    if free {
        state.chapters.push((old, new));
        let (from, to) = (state.old.chapters[old].units.start, state.new.chapters[new].units.start);
        state.pair(from, to);
    }
}
