//! Stage 3: which unit of a release came from which unit of an earlier one: a [`Pairing`].
//!
//! In this order, the surer first: what editors say (ids, `[[lineage]]`), equal text, similar text wherever it
//! stands, headings and table headers by what stands under them, splits and merges from what is left, and last
//! which of the pairs moved.

use std::collections::BTreeMap;

use rust_stemmers::Algorithm;

use crate::release_text::{ReleaseText, UnitKind};

mod assign;
mod chapters;
mod compose;
mod equal;
pub mod moves;
mod neighbours;
mod partial;
mod similar;
mod structure;
mod terms;
mod thresholds;

pub use compose::composed;
use neighbours::Neighbours;
use terms::{Side, Terms};
pub use thresholds::Thresholds;

/// Which units of two releases belong together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pairing {
    /// Pairs of chapters, sorted by the new one.
    pub chapters: Vec<(usize, usize)>,
    /// Links between units, sorted by the new unit, then by the old one.
    pub links: Vec<Link>,
    /// Weak matches, sorted by the old unit.
    pub suggestions: Vec<Suggestion>,
}

/// An old unit that lives on in a new one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// Unit of the old release.
    pub from: usize,
    /// Unit of the new release.
    pub to: usize,
    /// Whether this is the one pair of both units; the other links are parts of splits and merges.
    pub main: bool,
    /// Whether the pair stands at another place now; of a chapter, its title. Never set on the other links.
    pub moved: bool,
    /// Number of words that both have.
    pub kept: usize,
}

/// An editor's word that a block of the new release came from one of the old.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hint {
    /// Block of the old release.
    pub from: usize,
    /// Block of the new release.
    pub to: usize,
    /// Whether it is said to be a part split off, so that another block may be the old one's pair.
    pub part: bool,
}

/// Two units that have something in common and were not paired: offered to the editors, not believed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Suggestion {
    /// Unit of the old release.
    pub from: usize,
    /// Unit of the new release.
    pub to: usize,
    /// From 0 to 1.
    pub similarity: f64,
}

impl Pairing {
    /// The old chapter that a new one continues.
    pub fn old_chapter(&self, new: usize) -> Option<usize> {
        self.chapters.iter().find(|&&(_, to)| to == new).map(|&(from, _)| from)
    }

    /// The new chapter in which an old one goes on.
    pub fn new_chapter(&self, old: usize) -> Option<usize> {
        self.chapters.iter().find(|&&(from, _)| from == old).map(|&(_, to)| to)
    }

    /// The pairing of the opposite comparison.
    pub fn turned(&self) -> Self {
        let mut chapters: Vec<(usize, usize)> = self.chapters.iter().map(|&(old, new)| (new, old)).collect();
        chapters.sort_by_key(|&(_, new)| new);
        let turn = |link: &Link| Link { from: link.to, to: link.from, ..*link };
        let mut links: Vec<Link> = self.links.iter().map(turn).collect();
        links.sort_by_key(|link| (link.to, link.from));
        let turn = |weak: &Suggestion| Suggestion { from: weak.to, to: weak.from, ..*weak };
        let mut suggestions: Vec<Suggestion> = self.suggestions.iter().map(turn).collect();
        suggestions.sort_by_key(|weak| (weak.from, weak.to));
        Self { chapters, links, suggestions }
    }

    /// The main pairs, by new unit.
    pub fn main_by_new(&self) -> BTreeMap<usize, Link> {
        self.links.iter().filter(|link| link.main).map(|&link| (link.to, link)).collect()
    }
}

/// Pairs the units of two releases. `language` (a BCP 47 tag) chooses the stemmer.
pub fn align(old: &ReleaseText, new: &ReleaseText, hints: &[Hint], language: &str) -> Pairing {
    align_by(old, new, hints, language, Thresholds::default())
}

/// Pairs the units of two releases by other thresholds than the usual ones, to see what each does.
pub fn align_by(
    old: &ReleaseText,
    new: &ReleaseText,
    hints: &[Hint],
    language: &str,
    thresholds: Thresholds,
) -> Pairing {
    let mut state = State::new(old, new, language, thresholds);
    chapters::pair_by_name(&mut state);
    structure::pair_hints(&mut state, hints);
    structure::pair_ids(&mut state, hints);
    equal::pair_unique(&mut state);
    chapters::pair_by_votes(&mut state);
    equal::pair_repeated(&mut state);
    let neighbours = Neighbours::find(&state);
    similar::pair(&mut state, &neighbours);
    chapters::pair_by_votes(&mut state);
    structure::pair_headings(&mut state);
    structure::pair_table_headers(&mut state);
    let parts = partial::find(&state, &neighbours);
    let moved = moves::find(&state);
    let suggestions = similar::weak_matches(&state, &neighbours, &parts);
    Pairing { suggestions, ..state.into_pairing(&parts, &moved) }
}

/// The stemmer's algorithm for a language; German where there is none.
fn stemming(language: &str) -> Algorithm {
    match language.split('-').next() {
        Some("en") => Algorithm::English,
        Some("fr") => Algorithm::French,
        _ => Algorithm::German,
    }
}

/// What is known while units are paired.
struct State<'a> {
    old: &'a ReleaseText,
    new: &'a ReleaseText,
    terms: Terms,
    thresholds: Thresholds,
    chapters: Vec<(usize, usize)>,
    /// For each old chapter its new one.
    chapter_to: Vec<Option<usize>>,
    /// For each new chapter its old one.
    chapter_from: Vec<Option<usize>>,
    /// For each old unit its new one.
    to: Vec<Option<usize>>,
    /// For each new unit its old one.
    from: Vec<Option<usize>>,
    /// Links that editors named beside the main pairs.
    named_parts: Vec<(usize, usize)>,
}

impl<'a> State<'a> {
    fn new(old: &'a ReleaseText, new: &'a ReleaseText, language: &str, thresholds: Thresholds) -> Self {
        Self {
            old,
            new,
            terms: Terms::new(old, new, stemming(language)),
            thresholds,
            chapters: Vec::new(),
            chapter_to: vec![None; old.chapters.len()],
            chapter_from: vec![None; new.chapters.len()],
            to: vec![None; old.units.len()],
            from: vec![None; new.units.len()],
            named_parts: Vec::new(),
        }
    }

    fn text(&self, side: Side) -> &'a ReleaseText {
        match side {
            Side::Old => self.old,
            Side::New => self.new,
        }
    }

    /// The pair of a unit of one side.
    fn pair_of(&self, side: Side, unit: usize) -> Option<usize> {
        match side {
            Side::Old => self.to[unit],
            Side::New => self.from[unit],
        }
    }

    fn is_free(&self, side: Side, unit: usize) -> bool {
        self.pair_of(side, unit).is_none()
    }

    fn free_old(&self, unit: usize) -> bool {
        self.is_free(Side::Old, unit)
    }

    fn free_new(&self, unit: usize) -> bool {
        self.is_free(Side::New, unit)
    }

    /// Pairs two units if both are free and of kinds that can be paired.
    fn pair(&mut self, old: usize, new: usize) -> bool {
        let fits = self.free_old(old) && self.free_new(new) && self.comparable(old, new);
        if fits {
            self.to[old] = Some(new);
            self.from[new] = Some(old);
        }
        fits
    }

    /// Titles pair with titles, headings with headings, table headers with table headers, all else with all else.
    fn comparable(&self, old: usize, new: usize) -> bool {
        class(&self.old.units[old]) == class(&self.new.units[new])
    }

    fn chapters_paired(&self, old: usize, new: usize) -> bool {
        self.chapter_to[self.old.units[old].chapter] == Some(self.new.units[new].chapter)
    }

    fn old_chapter(&self, new: usize) -> Option<usize> {
        self.chapter_from[new]
    }

    /// Pairs two chapters if both are free.
    fn pair_chapters(&mut self, old: usize, new: usize) {
        if self.chapter_to[old].is_none() && self.chapter_from[new].is_none() {
            self.chapter_to[old] = Some(new);
            self.chapter_from[new] = Some(old);
            self.chapters.push((old, new));
            let (from, to) = (self.old.chapters[old].units.start, self.new.chapters[new].units.start);
            self.pair(from, to);
        }
    }

    /// Whether two units stand under headings that belong together.
    fn same_section(&self, old: usize, new: usize) -> bool {
        self.to[self.old.units[old].section] == Some(self.new.units[new].section)
    }

    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        self.from.iter().enumerate().filter_map(|(new, old)| old.map(|old| (old, new)))
    }

    fn into_pairing(self, parts: &[(usize, usize)], moved: &[bool]) -> Pairing {
        let link = |from: usize, to: usize, main: bool| Link {
            from,
            to,
            main,
            moved: main && moved[to],
            kept: self.terms.shared_words(from, to),
        };
        let mut links: Vec<Link> = self.pairs().map(|(from, to)| link(from, to, true)).collect();
        links.extend(parts.iter().chain(&self.named_parts).map(|&(from, to)| link(from, to, false)));
        links.sort_by_key(|link| (link.to, link.from, !link.main));
        links.dedup_by_key(|link| (link.to, link.from));
        let mut chapters = self.chapters;
        chapters.sort_by_key(|&(_, new)| new);
        Pairing { chapters, links, suggestions: Vec::new() }
    }
}

#[derive(PartialEq, Eq, PartialOrd, Ord, Clone, Copy)]
enum Class {
    Title,
    Heading,
    Header,
    Text,
}

fn class(unit: &crate::release_text::Unit) -> Class {
    match unit.kind {
        UnitKind::Chapter => Class::Title,
        UnitKind::Heading => Class::Heading,
        UnitKind::Row if unit.shape == "header" => Class::Header,
        _ => Class::Text,
    }
}
