//! [`Concordance`]: the old numbers with the new ones and the new with the old, where a release begins a new series. The
//! page, the CSV and the JSON tell the same.

use std::collections::BTreeMap;

use super::Stage;
use super::pages::gone_fate;
use crate::changes::ChangeKind;
use crate::changes::concordance::{self, Tie};
use crate::number::{Found, Gone, Number};
use crate::resolve;
use crate::target::Target;

/// The numbers on both sides of where a new series begins.
pub(super) struct Concordance {
    /// The last edition of the old series.
    pub from: usize,
    /// The first of the new one.
    pub to: usize,
    /// Each old number with what it is now.
    pub old: Vec<Row>,
    /// Each new number with what it was.
    pub new: Vec<Row>,
}

/// A number with those that it has on the other side.
pub(super) struct Row {
    pub place: Place,
    /// What had become of the number before the numbering began anew.
    pub gone: Option<String>,
    /// None where the text was deleted or is new.
    pub counterparts: Vec<(Place, Vec<ChangeKind>)>,
}

/// Where a number stands.
#[derive(Clone)]
pub(super) struct Place {
    pub number: Number,
    /// Title of the chapter; none for one that is gone.
    pub chapter: Option<String>,
    /// From the site's root.
    pub path: String,
}

impl Stage<'_> {
    /// The page of the concordance with which the numbering began anew between two editions.
    pub fn concordance_between(&self, one: usize, other: usize) -> Option<String> {
        let begun = self.project.history.renumbered_between(one, other)?;
        self.concordance_path(begun)
    }

    /// The page of the concordance of an edition; `None` for one that begins no series.
    pub fn concordance_path(&self, edition: usize) -> Option<String> {
        let segment = &self.project.sources.config.addresses.concordance;
        let begins = self.project.history.begins_series(edition) && self.changes_of(edition).is_some();
        begins.then(|| format!("{}{segment}/", self.edition_path(edition)))
    }

    /// The concordance of an edition that begins a series.
    pub fn concordance(&self, to: usize) -> Option<Concordance> {
        self.concordance_path(to)?;
        let history = &self.project.history;
        let from = history.editions[to].predecessor?;
        let (old, new) = (history.side(from), history.side(to));
        let ties = concordance::ties(self.changes_of(to)?, &history.editions[to].pairing, old, new);
        Some(Concordance { from, to, old: self.old_rows(from, to, &ties), new: self.new_rows(from, to, &ties) })
    }

    fn old_rows(&self, from: usize, to: usize, ties: &[Tie]) -> Vec<Row> {
        let numbering = &self.project.history.editions[from].numbering;
        let counterparts = |block: usize| {
            let of = ties.iter().filter(|tie| tie.from == block);
            by_number(of.map(|tie| (self.numbered(to, tie.to), tie.kinds.clone())))
        };
        let blocks = (0..numbering.blocks.len()).map(|block| Row {
            place: self.numbered(from, block),
            gone: None,
            counterparts: counterparts(block),
        });
        let gone = numbering.all_gone().filter(|gone| numbering.block(gone.number).is_none()).map(|gone| {
            let into = match numbering.find(gone.number) {
                Some(Found::Block(block)) => counterparts(block),
                _ => Vec::new(),
            };
            Row { place: self.gone_place(from, gone), gone: Some(gone_fate(self, from, gone)), counterparts: into }
        });
        sorted(blocks.chain(gone))
    }

    fn new_rows(&self, from: usize, to: usize, ties: &[Tie]) -> Vec<Row> {
        let row = |block: usize| {
            let of = ties.iter().filter(|tie| tie.to == block);
            let counterparts = by_number(of.map(|tie| (self.numbered(from, tie.from), tie.kinds.clone())));
            Row { place: self.numbered(to, block), gone: None, counterparts }
        };
        sorted((0..self.project.history.editions[to].numbering.blocks.len()).map(row))
    }

    fn numbered(&self, edition: usize, block: usize) -> Place {
        let of = &self.project.history.editions[edition];
        Place {
            number: of.numbering.blocks[block],
            chapter: Some(of.text.chapters[of.text.blocks[block].chapter].title.clone()),
            path: resolve::address(self.project, &Target::Block(edition, block)),
        }
    }

    fn gone_place(&self, edition: usize, gone: &Gone) -> Place {
        let path = resolve::address(self.project, &Target::GoneNumber(edition, gone.number));
        Place { number: gone.number, chapter: None, path }
    }
}

fn by_number(places: impl Iterator<Item = (Place, Vec<ChangeKind>)>) -> Vec<(Place, Vec<ChangeKind>)> {
    let sorted: BTreeMap<Number, _> = places.map(|(place, kinds)| (place.number, (place, kinds))).collect();
    sorted.into_values().collect()
}

fn sorted(rows: impl Iterator<Item = Row>) -> Vec<Row> {
    let sorted: BTreeMap<Number, Row> = rows.map(|row| (row.place.number, row)).collect();
    sorted.into_values().collect()
}
