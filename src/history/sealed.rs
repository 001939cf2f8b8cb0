//! Sealed releases: their numbers and their pairing with the release before, from the lock and into it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Edition, History};
use crate::align::{Link, Pairing};
use crate::checksum::sha256;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::load::{Seal, Sources};
use crate::lock::{self, Lock, LockedBlock, LockedChapter, LockedLink};
use crate::number::{self, Ledger, Number, Numbered, Origin};
use crate::release_text::{BlockText, ReleaseText, UnitKind};

/// Digits of a block's checksum that a lock keeps.
const DIGITS: usize = 32;

/// The numbers that sealed releases gave, by series: also those of releases that come later in order are taken.
pub(super) fn ledgers(sources: &Sources) -> BTreeMap<usize, Ledger> {
    let mut ledgers: BTreeMap<usize, Ledger> = BTreeMap::new();
    for seal in sources.releases.iter().filter_map(|release| release.seal.as_ref()) {
        let ledger = ledgers.entry(seal.lock.series as usize).or_default();
        seal.lock.blocks.iter().for_each(|block| ledger.note(block.number));
    }
    ledgers
}

/// The edition that a lock tells of, with its predecessor and that one's index. `None` where its text has other
/// paragraphs than the lock has.
pub(super) fn restored(seal: &Seal, text: Arc<ReleaseText>, before: Option<(usize, &Arc<Edition>)>) -> Option<Edition> {
    let blocks = numbers(&seal.lock, &text)?;
    let series = seal.lock.series as usize;
    let Some((index, before)) = before else {
        let numbering = number::restored(series, None, &text, (blocks, Vec::new()), &Pairing::default());
        return Some(Edition { text, numbering, predecessor: None, pairing: Pairing::default(), sealed: true });
    };
    let pairing = pairing(&seal.lock, before, &text, &blocks);
    let origin = |block: &LockedBlock| {
        let from = block.from.and_then(|number| before.numbering.block(number));
        from.map_or(Origin::New, |from| Origin::Kept { from, moved: block.moved })
    };
    let origins = seal.lock.blocks.iter().map(origin).collect();
    let old = Numbered { text: &before.text, numbering: &before.numbering };
    let numbering = number::restored(series, Some(old), &text, (blocks, origins), &pairing);
    Some(Edition { text, numbering, predecessor: Some(index), pairing, sealed: true })
}

/// Reports sealed releases that gave one number to different paragraphs, as two people do who cut a release each from the
/// same one before.
pub(super) fn check_forks(history: &History, sources: &Sources, diagnostics: &mut Diagnostics) {
    let mut given: BTreeMap<(usize, Number), usize> = BTreeMap::new();
    for (edition, of) in history.editions.iter().enumerate().filter(|(_, of)| of.sealed) {
        let before = of.predecessor.map(|before| &history.editions[before].numbering);
        let before = before.filter(|before| before.series == of.numbering.series);
        let is_new = |block: usize| before.is_none_or(|_| of.numbering.origin(block).is_none());
        let numbers = of.numbering.blocks.iter().enumerate().filter(|&(block, _)| is_new(block));
        let twice = numbers.filter_map(|(_, &number)| {
            let first = *given.entry((of.numbering.series, number)).or_insert(edition);
            (first != edition).then_some((number, first))
        });
        // The first is enough to say which two releases exclude each other.
        if let Some((number, first)) = twice.collect::<Vec<_>>().first().copied() {
            let release = |edition: usize| super::source(sources, edition);
            let found = Diagnostic::at(Code::NumberTwice, release(edition).head).label(release(first).head, "first");
            let found = found.arg("version", release(edition).label()).arg("first", release(first).label());
            diagnostics.push(found.arg("number", number));
        }
    }
}

/// The number of each block; `None` where the blocks are not those of the lock.
fn numbers(lock: &Lock, text: &ReleaseText) -> Option<Vec<Number>> {
    let is_same = |(locked, block): (&LockedBlock, &BlockText)| locked.chapter == text.chapters[block.chapter].slug;
    let fits = lock.blocks.len() == text.blocks.len() && lock.blocks.iter().zip(&text.blocks).all(is_same);
    fits.then(|| lock.blocks.iter().map(|block| block.number).collect())
}

/// How units came from those of the release before. A name that no unit has any more is left out.
fn pairing(lock: &Lock, before: &Edition, text: &ReleaseText, numbers: &[Number]) -> Pairing {
    let index = |names: Vec<String>| -> BTreeMap<String, usize> {
        names.into_iter().enumerate().map(|(unit, name)| (name, unit)).collect()
    };
    let old = index(unit_names(&before.text, &before.numbering.blocks));
    let new = index(unit_names(text, numbers));
    let link = |link: &LockedLink| {
        let (from, to) = (*old.get(&link.from)?, *new.get(&link.to)?);
        Some(Link { from, to, main: !link.part, moved: link.moved, kept: link.kept as usize })
    };
    let mut links: Vec<Link> = lock.links.iter().filter_map(link).collect();
    links.sort_by_key(|link| (link.to, link.from));
    let slug = |text: &ReleaseText, slug: &str| text.chapters.iter().position(|chapter| chapter.slug == slug);
    let chapter =
        |chapter: &LockedChapter| Some((slug(&before.text, chapter.from.as_deref()?)?, slug(text, &chapter.slug)?));
    let mut chapters: Vec<(usize, usize)> = lock.chapters.iter().filter_map(chapter).collect();
    chapters.sort_by_key(|&(_, new)| new);
    Pairing { chapters, links, suggestions: Vec::new() }
}

/// The name of each unit in a lock.
fn unit_names(text: &ReleaseText, numbers: &[Number]) -> Vec<String> {
    let name = |(at, unit): (usize, &crate::release_text::Unit)| match unit.block {
        Some(block) => {
            let (number, units) = (numbers[block], &text.blocks[block].units);
            match unit.kind {
                UnitKind::Item | UnitKind::Row => format!("{number}/{}", unit.item.unwrap_or(0)),
                _ => format!("{number}{}", if units.start == at { String::new() } else { format!("/{at}") }),
            }
        }
        None => format!("{}#{}", text.chapters[unit.chapter].slug, unit.anchor.as_deref().unwrap_or_default()),
    };
    text.units.iter().enumerate().map(name).collect()
}

/// What a lock has of an edition: its chapters, blocks and links. `files` are those of its chapters, in the release's
/// folder.
pub fn recorded(edition: &Edition, before: Option<&Edition>, files: &[String]) -> Lock {
    let numbers = &edition.numbering.blocks;
    let chapters = edition.text.chapters.iter().zip(files).enumerate();
    let chapter = |(at, (chapter, file)): (usize, (&crate::release_text::ChapterText, &String))| LockedChapter {
        file: file.clone(),
        slug: chapter.slug.clone(),
        title: chapter.title.clone(),
        from: before.zip(edition.pairing.old_chapter(at)).map(|(before, old)| before.text.chapters[old].slug.clone()),
    };
    let block = |(at, block): (usize, &BlockText)| {
        let (from, moved) = match edition.numbering.origins.get(at) {
            Some(&Origin::Kept { from, moved }) => (before.map(|before| before.numbering.blocks[from]), moved),
            Some(Origin::New) | None => (None, false),
        };
        let chapter = edition.text.chapters[block.chapter].slug.clone();
        LockedBlock { number: numbers[at], chapter, from, moved, text: checksum(&edition.text, block) }
    };
    let (old, new) =
        (before.map(|before| unit_names(&before.text, &before.numbering.blocks)), unit_names(&edition.text, numbers));
    let link = |link: &Link| LockedLink {
        to: new[link.to].clone(),
        from: old.as_ref().map(|old| old[link.from].clone()).unwrap_or_default(),
        kept: u32::try_from(link.kept).unwrap_or(u32::MAX),
        part: !link.main,
        moved: link.moved,
    };
    Lock {
        series: u32::try_from(edition.numbering.series).unwrap_or(u32::MAX),
        chapters: chapters.map(chapter).collect(),
        blocks: edition.text.blocks.iter().enumerate().map(block).collect(),
        links: edition.pairing.links.iter().map(link).collect(),
        ..Lock::default()
    }
}

/// The checksum of a block's text: SHA-256 over the kind and key of each token and the shape of each unit, so that white
/// space does not count, cut to 128 bits, behind the version of this rule.
fn checksum(text: &ReleaseText, block: &BlockText) -> String {
    let mut bytes = Vec::new();
    for unit in &text.units[block.units.clone()] {
        bytes.extend_from_slice(unit.shape.as_bytes());
        bytes.push(0);
        for token in &unit.tokens {
            bytes.push(token.kind as u8);
            bytes.extend_from_slice(token.key.as_bytes());
            bytes.push(0);
        }
    }
    format!("{}:{}", lock::TEXT_VERSION, &sha256(&bytes)[..DIGITS])
}
