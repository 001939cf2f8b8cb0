//! Splits and merges: a unit left over that goes on in one, or came from one, whose pair is another.

use super::neighbours::Neighbours;
use super::terms::Side;
use super::{Class, State, class};

/// Wholes that are tried for a part, the likeliest first.
const TRIED: usize = 3;

/// The links (old, new) by which leftover units are parts of paired ones.
pub(super) fn find(state: &State<'_>, neighbours: &Neighbours) -> Vec<(usize, usize)> {
    let mut links = Vec::new();
    for side in [Side::New, Side::Old] {
        let units = &state.text(side).units;
        let is_part = |&unit: &usize| {
            let found = &units[unit];
            state.is_free(side, unit) && class(found) == Class::Text && found.words >= state.thresholds.part_words
        };
        for part in (0..units.len()).filter(is_part) {
            if let Some(whole) = whole_of(state, neighbours, side, part) {
                links.push(if side == Side::New { (whole, part) } else { (part, whole) });
            }
        }
    }
    links
}

/// The unit of the other side that a part continues or goes on in, if there is one.
fn whole_of(state: &State<'_>, neighbours: &Neighbours, side: Side, part: usize) -> Option<usize> {
    let mut scored: Vec<(f64, usize)> = neighbours
        .of(side, part)
        .iter()
        .filter_map(|near| {
            let (old, new) = if side == Side::Old { (part, near.unit) } else { (near.unit, part) };
            let score = neighbours.score(state, old, new, near.similarity)?;
            (score >= state.thresholds.part_score).then_some((score, near.unit))
        })
        .collect();
    // Of equally likely wholes the first in the text, on either side.
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    scored.into_iter().take(TRIED).map(|(_, whole)| whole).find(|&whole| is_part(state, side, part, whole))
}

/// Whether a part has words of the whole that the whole's pair has not, or lies mostly in it.
fn is_part(state: &State<'_>, side: Side, part: usize, whole: usize) -> bool {
    let Some(pair) = state.pair_of(side.other(), whole) else { return false };
    let terms = &state.terms;
    let (part, rest, whole) = (terms.words(side, part), terms.words(side, pair), terms.words(side.other(), whole));
    let (shared, new) = terms.shared_mass(part, whole, rest);
    let (part, whole) = (terms.mass(part), terms.mass(whole));
    let limits = &state.thresholds;
    new >= limits.part_new * whole && new > 0.0
        || shared >= limits.part_inside * part && new >= limits.part_own * part && new > 0.0
}
