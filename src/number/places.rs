//! Where numbers that no block has any more are shown: „(weggefallen)“ at its place, a pointer where a block stood.

use std::collections::{BTreeMap, BTreeSet};

use super::{Number, Numbered, Origin};
use crate::align::Pairing;
use crate::release_text::ReleaseText;

/// One line of a chapter in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A block of the release.
    Block(usize),
    /// A number whose block is not here any more.
    Gone(Gone),
}

impl Place {
    /// What is said here of a number that is gone.
    pub fn gone(&self) -> Option<&Gone> {
        match self {
            Place::Gone(gone) => Some(gone),
            Place::Block(_) => None,
        }
    }
}

/// A number without a block at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// The number.
    pub number: Number,
    /// What became of its block.
    pub fate: Fate,
}

/// What became of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It was deleted.
    Deleted,
    /// Its text went into the block of this number.
    MergedInto(Number),
    /// It stands elsewhere in this release, under its old number. Shown only in the release that moved it.
    Moved,
}

/// A chapter that was deleted. Its page says so in all later releases, until another chapter has its address: then
/// what is gone stands at that one's beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoneChapter {
    /// Segment of its address.
    pub slug: String,
    /// Its last title.
    pub title: String,
    /// Its numbers in order.
    pub gone: Vec<Gone>,
}

/// For each chapter of `text` its lines, and the chapters that are gone.
pub(super) fn arrange(
    old: Numbered<'_>,
    text: &ReleaseText,
    pairing: &Pairing,
    origins: &[Origin],
    numbers: &[Number],
) -> (Vec<Vec<Place>>, Vec<GoneChapter>) {
    let fates = Fates::new(old, text, pairing, origins, numbers);
    let mut gone_chapters = gone_chapters(old, pairing, &fates);
    let mut places: Vec<Vec<Place>> = Vec::with_capacity(text.chapters.len());
    for (at, chapter) in text.chapters.iter().enumerate() {
        let blocks = chapter.blocks.clone();
        let old_places = pairing.old_chapter(at).map_or(&[][..], |old_at| old.numbering.places[old_at].as_slice());
        let mut gone = fates.after_blocks(old_places);
        let mut lines = Vec::new();
        if let Some(former) = gone_chapters.iter().position(|former| former.slug == chapter.slug) {
            lines.extend(gone_chapters.remove(former).gone.into_iter().map(Place::Gone));
        }
        lines.extend(gone.remove(&None).unwrap_or_default());
        for block in blocks {
            lines.push(Place::Block(block));
            lines.extend(gone.remove(&Some(block)).unwrap_or_default());
        }
        places.push(lines);
    }
    (places, gone_chapters)
}

fn gone_chapters(old: Numbered<'_>, pairing: &Pairing, fates: &Fates) -> Vec<GoneChapter> {
    let mut chapters = old.numbering.gone_chapters.clone();
    for chapter in &mut chapters {
        chapter.gone.retain(|gone| gone.fate != Fate::Moved);
    }
    for (at, chapter) in old.text.chapters.iter().enumerate() {
        if pairing.new_chapter(at).is_none() {
            let gone = old.numbering.places[at].iter().filter_map(|place| fates.gone(place)).collect();
            // No second chapter has its address: what was gone before stands among its own lines.
            chapters.push(GoneChapter { slug: chapter.slug.clone(), title: chapter.title.clone(), gone });
        }
    }
    chapters
}

/// What became of each block of the old release.
struct Fates {
    numbers: Vec<Number>,
    /// The new block that keeps the number at its place.
    stayed: Vec<Option<usize>>,
    /// The last of the parts that follow that block, where the old one was split.
    ends: Vec<Option<usize>>,
    fates: Vec<Fate>,
}

impl Fates {
    fn new(old: Numbered<'_>, text: &ReleaseText, pairing: &Pairing, origins: &[Origin], numbers: &[Number]) -> Self {
        let mut stayed = vec![None; old.text.blocks.len()];
        let mut fates = vec![Fate::Deleted; old.text.blocks.len()];
        let mut most = vec![0; old.text.blocks.len()];
        for link in &pairing.links {
            let (Some(from), Some(to)) = (old.text.units[link.from].block, text.units[link.to].block) else { continue };
            if link.kept > most[from] {
                most[from] = link.kept;
                fates[from] = Fate::MergedInto(numbers[to]);
            }
        }
        for (to, origin) in origins.iter().enumerate() {
            match *origin {
                Origin::Kept { from, moved: false } => stayed[from] = Some(to),
                Origin::Kept { from, moved: true } => fates[from] = Fate::Moved,
                Origin::New => {}
            }
        }
        let parts = parts(old.text, text, pairing, origins);
        let ends = stayed.iter().enumerate().map(|(from, &stayed)| {
            let chapter = text.blocks[stayed?].chapter;
            let is_part = |&to: &usize| parts.contains(&(from, to)) && text.blocks[to].chapter == chapter;
            (stayed? + 1..).take_while(is_part).last().or(stayed)
        });
        let ends = ends.collect();
        Self { numbers: old.numbering.blocks.clone(), stayed, ends, fates }
    }

    /// The line that is left at an old place; `None` where the block stayed or nothing is to be said any more.
    fn gone(&self, place: &Place) -> Option<Gone> {
        match place {
            Place::Block(block) if self.stayed[*block].is_some() => None,
            Place::Block(block) => Some(Gone { number: self.numbers[*block], fate: self.fates[*block] }),
            Place::Gone(gone) => (gone.fate != Fate::Moved).then(|| gone.clone()),
        }
    }

    /// What is gone, by the block of the new release after which it stands; `None` for the chapter's beginning.
    fn after_blocks(&self, old_places: &[Place]) -> BTreeMap<Option<usize>, Vec<Place>> {
        let mut after: BTreeMap<Option<usize>, Vec<Place>> = BTreeMap::new();
        let mut anchor = None;
        for place in old_places {
            if let Place::Block(block) = place
                && let Some(end) = self.ends[*block]
            {
                anchor = Some(end);
            }
            after.entry(anchor).or_default().extend(self.gone(place).map(Place::Gone));
        }
        after
    }
}

/// The old and new blocks of which the new one has a new number and text of the old one.
fn parts(old: &ReleaseText, text: &ReleaseText, pairing: &Pairing, origins: &[Origin]) -> BTreeSet<(usize, usize)> {
    let blocks =
        pairing.links.iter().filter_map(|link| Some((old.units[link.from].block?, text.units[link.to].block?)));
    blocks.filter(|&(_, to)| matches!(origins[to], Origin::New)).collect()
}
