//! Two texts that are no neighbours, paired by the pairings of the texts between them and not by their words.

use std::collections::BTreeMap;

use super::{Link, Pairing, State, Thresholds, moves};
use crate::release_text::ReleaseText;

/// The pairing of `old` and `new` that follows from those between them, in order: the first begins at `old`, the last
/// ends at `new`. What was deleted on the way and restored later is two units, as their numbers say. Which pairs stand
/// at another place follows from the two texts themselves; `language` (a BCP 47 tag) chooses the stemmer for that.
pub fn composed(old: &ReleaseText, new: &ReleaseText, way: &[Pairing], language: &str) -> Pairing {
    let mut state = State::new(old, new, language, Thresholds::default());
    let chapters = |pairing: &Pairing| pairing.chapters.clone();
    for (from, to) in chain(way, chapters) {
        state.pair_chapters(from, to);
    }
    for (from, to) in chain(way, |pairing| pairs(pairing, true)) {
        state.pair(from, to);
    }
    let mut parts: Vec<(usize, usize)> = chain(way, |pairing| pairs(pairing, false));
    parts.sort_by_key(|&(from, to)| (from + to, to));
    // The main part may be gone again; then what is left of a split is what goes on.
    parts.retain(|&(from, to)| state.to[from] != Some(to) && !state.pair(from, to));
    parts.retain(|&(from, to)| state.comparable(from, to));
    let moved = moves::find(&state);
    state.into_pairing(&parts, &moved)
}

/// The units that a pairing links: the main pairs alone, or all.
fn pairs(pairing: &Pairing, only_main: bool) -> Vec<(usize, usize)> {
    let links = pairing.links.iter().filter(|link: &&Link| link.main || !only_main);
    links.map(|link| (link.from, link.to)).collect()
}

/// Where each thing of the first text is in the last, over all steps.
fn chain(way: &[Pairing], of: impl Fn(&Pairing) -> Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let mut steps = way.iter().map(of);
    let Some(first) = steps.next() else { return Vec::new() };
    steps.fold(first, |so_far, step| {
        let mut next: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        step.into_iter().for_each(|(from, to)| next.entry(from).or_default().push(to));
        let on = so_far
            .into_iter()
            .flat_map(|(from, at)| next.get(&at).into_iter().flatten().map(move |&to| (from, to)).collect::<Vec<_>>());
        let mut reached: Vec<(usize, usize)> = on.collect();
        reached.sort_by_key(|&(from, to)| (to, from));
        reached.dedup();
        reached
    })
}
