//! The rows of a chapter side by side.

use std::collections::BTreeSet;

use serde::Serialize;

use super::super::super::comparison::{Comparison, MovedLink, ReasonView};
use super::super::super::passages::{Shown, wrapped};
use super::super::super::view::Named;
use crate::changes::{ChapterSummary, Side, Step};

/// Unchanged passages in a row that are shown around a change; longer runs fold.
const CONTEXT: usize = 1;

#[derive(Serialize)]
struct Cell {
    /// „Rn. 33 Nr. 2“; `None` for titles and headings.
    label: Option<String>,
    path: Option<String>,
    html: String,
}

/// A row: a passage of each side, or a fold of unchanged ones.
#[derive(Serialize, Default)]
pub(super) struct Row {
    fold: usize,
    anchor: Option<String>,
    kinds: Vec<Named>,
    old: Option<Cell>,
    new: Option<Cell>,
    /// In place of a side: where its text stands, or stood.
    moved: Option<MovedLink>,
    reason: Option<ReasonView>,
}

impl Row {
    /// Whether the row tells of a change.
    pub fn tells(&self) -> bool {
        self.anchor.is_some()
    }
}

impl Comparison<'_> {
    /// The rows of a chapter side by side; long unchanged runs fold.
    pub(super) fn rows(&self, chapter: &ChapterSummary) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut told = BTreeSet::new();
        for (fold, step) in folded(&chapter.steps) {
            rows.push(match step {
                Some(Step::Unchanged(at)) => {
                    let (from, to) = self.changes.unchanged[at];
                    Row {
                        old: Some(self.cell(self.from, self.old(), from)),
                        new: Some(self.cell(self.to, self.new_side(), to)),
                        ..Row::default()
                    }
                }
                Some(Step::Changed(at)) => self.changed_row(at, &mut told),
                Some(Step::Left(at)) => self.left_row(at),
                None => Row { fold, ..Row::default() },
            });
        }
        rows
    }

    fn cell(&self, edition: usize, side: Side<'_>, unit: usize) -> Cell {
        let html = wrapped(&side.text.units[unit], &self.stage.plain_passage(&side.text.units[unit].tokens));
        Cell { label: self.number_label(side, &[unit]), path: Some(self.unit_path(edition, side, unit)), html }
    }

    /// The row of an entry. Its reason is left out where it was `told` before.
    fn changed_row(&self, at: usize, told: &mut BTreeSet<usize>) -> Row {
        let entry = &self.changes.entries[at];
        let (old, new) = (self.old().joined_tokens(&entry.from), self.new_side().joined_tokens(&entry.to));
        let cell = |edition: usize, side: Side<'_>, units: &[usize], shown: Shown| {
            let &first = units.first()?;
            let passage = self.stage.passage(&entry.words, &old, &new, shown);
            Some(Cell {
                label: self.number_label(side, units),
                path: Some(self.unit_path(edition, side, first)),
                html: wrapped(&side.text.units[first], &passage),
            })
        };
        Row {
            fold: 0,
            anchor: Some(self.anchor(at)),
            kinds: self.kinds(entry),
            old: cell(self.from, self.old(), &entry.from, Shown::Old),
            new: cell(self.to, self.new_side(), &entry.to, Shown::New),
            moved: self.came_from(at),
            reason: self.untold_reason(entry, told),
        }
    }

    /// The row at the old place of what moved: its old text, and where it stands now.
    fn left_row(&self, at: usize) -> Row {
        let &from = &self.changes.entries[at].from[0];
        Row {
            anchor: Some(self.left_anchor(at)),
            old: Some(self.cell(self.from, self.old(), from)),
            moved: Some(self.went_to(at)),
            ..Row::default()
        }
    }
}

/// The steps with unchanged runs folded to the passages next to a change; a fold is its length and no step.
fn folded(steps: &[Step]) -> Vec<(usize, Option<Step>)> {
    let is_change = |step: &Step| !matches!(step, Step::Unchanged(_));
    let near = |at: usize| {
        let from = at.saturating_sub(CONTEXT);
        let to = (at + CONTEXT).min(steps.len() - 1);
        steps[from..=to].iter().any(is_change)
    };
    let mut folded: Vec<(usize, Option<Step>)> = Vec::new();
    for (at, &step) in steps.iter().enumerate() {
        if near(at) {
            folded.push((0, Some(step)));
        } else if let Some((count, None)) = folded.last_mut() {
            *count += 1;
        } else {
            folded.push((1, None));
        }
    }
    folded
}
