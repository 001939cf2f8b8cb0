//! Which block of a release keeps the number of which block before it.

use std::collections::BTreeMap;

use super::Origin;
use crate::align::Pairing;
use crate::release_text::ReleaseText;

/// Where each block of `new` came from. `same` are blocks, old and new, that are one by the editors' word; they go first.
///
/// Of a split block the part with most of its words keeps the number, of merged ones the largest contributor's number
/// stays: both follow from giving numbers along the heaviest links between blocks first (ties: the earlier blocks).
pub fn origins(old: &ReleaseText, new: &ReleaseText, pairing: &Pairing, same: &[(usize, usize)]) -> Vec<Origin> {
    let mut links: BTreeMap<(usize, usize), Weight> = BTreeMap::new();
    for link in &pairing.links {
        let blocks = (old.units[link.from].block, new.units[link.to].block);
        let (Some(from), Some(to)) = blocks else { continue };
        let weight = links.entry((from, to)).or_default();
        weight.kept += link.kept;
        weight.moved += if link.moved { link.kept } else { 0 };
    }
    for pair in same {
        links.entry(*pair).or_default().said = true;
    }
    let mut ranked: Vec<((usize, usize), Weight)> = links.into_iter().collect();
    ranked.sort_by_key(|&((from, to), weight)| (std::cmp::Reverse((weight.said, weight.kept)), to, from));
    let mut origins = vec![Origin::New; new.blocks.len()];
    let mut taken = vec![false; old.blocks.len()];
    for ((from, to), weight) in ranked {
        if !taken[from] && origins[to] == Origin::New {
            taken[from] = true;
            let elsewhere = pairing.old_chapter(new.blocks[to].chapter) != Some(old.blocks[from].chapter);
            origins[to] = Origin::Kept { from, moved: elsewhere || 2 * weight.moved > weight.kept };
        }
    }
    origins
}

#[derive(Default, Clone, Copy)]
struct Weight {
    /// Whether editors say that the blocks are one.
    said: bool,
    kept: usize,
    moved: usize,
}
