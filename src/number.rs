//! Stage 4: margin numbers. They are names, not positions: given once, kept for good, never used again.

use std::collections::BTreeMap;
use std::ops::Bound;

use crate::align::Pairing;
use crate::release_text::ReleaseText;

mod heirs;
mod places;
mod side;

pub use crate::margin_number::Number;
pub use heirs::origins;
pub use places::{Fate, Gone, GoneChapter, Place};
pub use side::Side;

/// Which numbers of a series were ever given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Ledger {
    highest: u32,
    letters: BTreeMap<u32, u32>,
}

impl Ledger {
    fn next_whole(&mut self) -> Number {
        self.highest += 1;
        Number::whole(self.highest)
    }

    /// Notes a number that was given when a release was sealed.
    pub fn note(&mut self, number: Number) {
        self.highest = self.highest.max(number.whole);
        let letter = self.letters.entry(number.whole).or_default();
        *letter = number.letter.max(*letter);
    }

    fn next_letter(&mut self, whole: u32) -> Number {
        let letter = self.letters.entry(whole).or_default();
        *letter += 1;
        Number { whole, letter: *letter }
    }
}

/// Where a block of a release came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It is new, or a part split off.
    New,
    /// It goes on from this block of the predecessor; in one series it keeps its number.
    Kept {
        /// Block of the predecessor.
        from: usize,
        /// Whether it stands at another place.
        moved: bool,
    },
}

/// The margin numbers of one release.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Numbering {
    /// Which series the numbers belong to, from 0; `renumber = true` begins the next.
    pub series: usize,
    /// One a block, in reading order.
    pub blocks: Vec<Number>,
    /// One a block.
    pub origins: Vec<Origin>,
    /// For each chapter, blocks and what is gone in reading order.
    pub places: Vec<Vec<Place>>,
    /// Chapters that are gone, in the order of the releases that dropped them.
    pub gone_chapters: Vec<GoneChapter>,
    /// The block of each number.
    by_number: BTreeMap<Number, usize>,
    /// For blocks of the predecessor the block that goes on from each.
    heirs: BTreeMap<usize, usize>,
    /// What is said of each number that is told to be gone; the first place counts.
    gone: BTreeMap<Number, Gone>,
}

impl Numbering {
    fn new(
        series: usize,
        (blocks, origins): (Vec<Number>, Vec<Origin>),
        (places, gone_chapters): (Vec<Vec<Place>>, Vec<GoneChapter>),
    ) -> Self {
        let by_number = blocks.iter().enumerate().map(|(block, &number)| (number, block)).collect();
        let mut gone: BTreeMap<Number, Gone> = BTreeMap::new();
        let told = places.iter().flatten().filter_map(Place::gone);
        for told in told.chain(gone_chapters.iter().flat_map(|chapter: &GoneChapter| &chapter.gone)) {
            gone.entry(told.number).or_insert_with(|| told.clone());
        }
        let heirs = heirs_of(&origins);
        Self { series, blocks, origins, places, gone_chapters, by_number, heirs, gone }
    }

    /// The numbers of a release that begins a series, with where its blocks came from all the same.
    pub fn going_on(self, origins: Vec<Origin>) -> Self {
        Self { heirs: heirs_of(&origins), origins, ..self }
    }

    /// The block of the predecessor that a block goes on from.
    pub fn origin(&self, block: usize) -> Option<usize> {
        match self.origins.get(block)? {
            Origin::Kept { from, .. } => Some(*from),
            Origin::New => None,
        }
    }

    /// The block that goes on from a block of the predecessor.
    pub fn heir(&self, from: usize) -> Option<usize> {
        self.heirs.get(&from).copied()
    }

    /// The block with this number.
    pub fn block(&self, number: Number) -> Option<usize> {
        self.by_number.get(&number).copied()
    }

    /// What became of a number that no block has any more.
    pub fn gone(&self, number: Number) -> Option<&Gone> {
        self.gone.get(&number)
    }

    /// Everything that is told to be gone, by number.
    pub fn all_gone(&self) -> impl Iterator<Item = &Gone> {
        self.gone.values()
    }

    /// Whether no block has a number between two: they follow each other also in the order of numbers.
    pub fn are_neighbours(&self, from: Number, to: Number) -> bool {
        let after = self.by_number.range((Bound::Excluded(from), Bound::Unbounded)).next();
        after.is_some_and(|(&next, _)| next == to)
    }
}

/// What a number is in a release that may not have its block any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// The block that has the number, or into which its text was merged.
    Block(usize),
    /// The number is gone; its place says so.
    Gone(Number),
}

impl Numbering {
    /// What a number is here: its block, the block that took its text in, or gone; `None` if it was never given.
    pub fn find(&self, number: Number) -> Option<Found> {
        if let Some(block) = self.block(number) {
            return Some(Found::Block(block));
        }
        match self.gone(number)?.fate {
            // What took the text in may be gone by now; each step leads to another number, and none comes twice.
            Fate::MergedInto(into) if into != number => {
                self.find(into).filter(|found| matches!(found, Found::Block(_))).or(Some(Found::Gone(number)))
            }
            _ => Some(Found::Gone(number)),
        }
    }
}

fn heirs_of(origins: &[Origin]) -> BTreeMap<usize, usize> {
    let kept = origins.iter().enumerate().filter_map(|(to, origin)| match origin {
        Origin::Kept { from, .. } => Some((*from, to)),
        Origin::New => None,
    });
    kept.collect()
}

/// The numbers of a release that begins a series: 1, 2, 3 …
pub fn begin_series(text: &ReleaseText, series: usize, ledger: &mut Ledger) -> Numbering {
    let blocks = text.blocks.iter().map(|_| ledger.next_whole()).collect();
    let origins = vec![Origin::New; text.blocks.len()];
    Numbering::new(series, (blocks, origins), (own_places(text), Vec::new()))
}

/// The lines of a release of whose numbers none is gone.
fn own_places(text: &ReleaseText) -> Vec<Vec<Place>> {
    text.chapters.iter().map(|chapter| chapter.blocks.clone().map(Place::Block).collect()).collect()
}

/// The numbers of a sealed release, as its lock tells them with where its blocks came from: those are never computed again.
/// Only where the lines of what is gone stand follows from them.
pub fn restored(
    series: usize,
    old: Option<Numbered<'_>>,
    text: &ReleaseText,
    (blocks, origins): (Vec<Number>, Vec<Origin>),
    pairing: &Pairing,
) -> Numbering {
    let places = match old.filter(|old| old.numbering.series == series) {
        Some(old) => places::arrange(old, text, pairing, &origins, &blocks),
        None => (own_places(text), Vec::new()),
    };
    Numbering::new(series, (blocks, origins), places)
}

/// A release whose numbers are known, for numbering the next.
#[derive(Debug, Clone, Copy)]
pub struct Numbered<'a> {
    /// Its text.
    pub text: &'a ReleaseText,
    /// Its numbers.
    pub numbering: &'a Numbering,
}

/// The numbers of the release that follows `old`, by the rules of the content model. `same` are blocks, old and new,
/// that are one by the editors' word.
pub fn continue_series(
    old: Numbered<'_>,
    text: &ReleaseText,
    pairing: &Pairing,
    same: &[(usize, usize)],
    ledger: &mut Ledger,
) -> Numbering {
    let origins = origins(old.text, text, pairing, same);
    let mut blocks = Vec::with_capacity(text.blocks.len());
    let append = AppendRule::new(old, text, pairing, &origins);
    let mut whole_before = 0;
    for (at, block) in text.blocks.iter().enumerate() {
        let number = match origins[at] {
            Origin::Kept { from, .. } => old.numbering.blocks[from],
            Origin::New if pairing.old_chapter(block.chapter).is_none() || append.applies(at) => ledger.next_whole(),
            Origin::New => ledger.next_letter(whole_before),
        };
        if let Origin::Kept { moved: false, .. } = origins[at] {
            whole_before = number.whole;
        }
        blocks.push(number);
    }
    let places = places::arrange(old, text, pairing, &origins, &blocks);
    Numbering::new(old.numbering.series, (blocks, origins), places)
}

/// Decides which new blocks stand after the old place of the guideline's last block.
struct AppendRule<'a> {
    text: &'a ReleaseText,
    /// The chapter in which, or after which, the old text ended; `None` where all chapters are new or moved.
    chapter: Option<usize>,
    /// First block of that chapter that counts as appended.
    from: usize,
}

impl<'a> AppendRule<'a> {
    fn new(old: Numbered<'_>, text: &'a ReleaseText, pairing: &Pairing, origins: &[Origin]) -> Self {
        // Chapters without blocks at the end hold nothing that could be appended to.
        let last = old.text.blocks.last().map(|block| block.chapter);
        let stayed = |old: usize| pairing.new_chapter(old).filter(|&new| !has_moved(new, text, pairing));
        let chapter = last.and_then(|last| (0..=last).rev().find_map(stayed));
        let ended_here = last.is_some_and(|last| stayed(last).is_some());
        let from = chapter.map_or(0, |chapter| {
            let blocks = text.chapters[chapter].blocks.clone();
            let stayed = |at: &usize| matches!(origins[*at], Origin::Kept { moved: false, .. });
            let after_last = blocks.clone().rev().find(stayed).map_or(blocks.start, |at| at + 1);
            if ended_here { after_last } else { blocks.end }
        });
        Self { text, chapter, from }
    }

    fn applies(&self, block: usize) -> bool {
        self.chapter.is_none_or(|chapter| {
            self.text.blocks[block].chapter > chapter
                || block >= self.from && self.text.blocks[block].chapter == chapter
        })
    }
}

/// Whether a chapter stands at another place among the others than it did.
fn has_moved(chapter: usize, text: &ReleaseText, pairing: &Pairing) -> bool {
    let title = text.chapters[chapter].units.start;
    let first = pairing.links.partition_point(|link| link.to < title);
    pairing.links[first..].iter().take_while(|link| link.to == title).any(|link| link.moved)
}
