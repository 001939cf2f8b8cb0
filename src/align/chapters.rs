//! Pairs chapters: by slug, former slug and title, then by the text they share.

use std::collections::BTreeMap;

use super::State;
use crate::release_text::{ChapterText, ReleaseText};

/// Share of the smaller chapter's words that must stand in the larger one for them to be one chapter under a new
/// name. Half: below it, most of the chapter is something else.
const SHARED: f64 = 0.5;

/// Pairs chapters whose names say that they are the same.
pub(super) fn pair_by_name(state: &mut State<'_>) {
    let same_slug = |old: &ChapterText, new: &ChapterText| old.slug == new.slug;
    let former_slug =
        |old: &ChapterText, new: &ChapterText| new.aliases.contains(&old.slug) || old.aliases.contains(&new.slug);
    let same_title = |old: &ChapterText, new: &ChapterText| old.title == new.title;
    for fits in [same_slug as fn(&ChapterText, &ChapterText) -> bool, former_slug, same_title] {
        let all =
            (0..state.old.chapters.len()).flat_map(|old| (0..state.new.chapters.len()).map(move |new| (old, new)));
        let mut pairs: Vec<(usize, usize)> =
            all.filter(|&(old, new)| fits(&state.old.chapters[old], &state.new.chapters[new])).collect();
        // Where several fit, the first goes to the first; of two pairs that share a chapter the sums differ.
        pairs.sort_by_key(|&(old, new)| old + new);
        for (old, new) in pairs {
            state.pair_chapters(old, new);
        }
    }
}

/// Pairs chapters left over by how many words of their equal units they share.
pub(super) fn pair_by_votes(state: &mut State<'_>) {
    let mut votes: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (old, new) in state.pairs() {
        let chapters = (state.old.units[old].chapter, state.new.units[new].chapter);
        *votes.entry(chapters).or_default() += state.old.units[old].words.min(state.new.units[new].words);
    }
    let words = |text: &ReleaseText, chapter: usize| {
        text.units[text.chapters[chapter].units.clone()].iter().map(|unit| unit.words).sum::<usize>()
    };
    let mut ranked: Vec<(usize, (usize, usize))> =
        votes.into_iter().map(|(chapters, words)| (words, chapters)).collect();
    ranked.sort_by_key(|&(words, (old, new))| (std::cmp::Reverse(words), old + new));
    for (shared, (old, new)) in ranked {
        if shared as f64 >= SHARED * words(state.old, old).min(words(state.new, new)) as f64 {
            state.pair_chapters(old, new);
        }
    }
}
