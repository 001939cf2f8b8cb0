//! The rows of a chapter side by side: each unit beside its counterpart, rows of a table in one table over both sides,
//! items of a list in one list.

use std::collections::BTreeSet;

use serde::Serialize;

use super::super::super::comparison::{Comparison, MovedLink, ReasonView};
use super::super::super::frames::{Cell, Frame, FrameKind, is_head, together};
use super::super::super::passages::{Pieces, Shown};
use super::super::super::view::Named;
use super::folds::{Fold, Part as Piece, folded};
use crate::changes::{ChapterSummary, Step};
use crate::release_text::UnitKind;

/// A unit of one side.
#[derive(Serialize)]
struct Part {
    /// „Rn. 33 Nr. 2“; `None` for titles and headings.
    label: Option<String>,
    path: String,
    html: String,
    /// In place of `html`, for a row in a table.
    cells: Vec<Cell>,
}

/// What became of a unit, or of several: the units of each side.
#[derive(Serialize, Default)]
pub(super) struct Row {
    anchor: Option<String>,
    kinds: Vec<Named>,
    old: Vec<Part>,
    new: Vec<Part>,
    /// In place of `old` and `new`, for rows of a table.
    pairs: Vec<(Option<Part>, Option<Part>)>,
    /// In place of a side: where its text stands, or stood.
    moved: Option<MovedLink>,
    reason: Option<ReasonView>,
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    from: Vec<usize>,
    #[serde(skip)]
    to: Vec<usize>,
}

/// One side of a table.
#[derive(Serialize, Default)]
struct Half {
    /// Its head, where the head did not change.
    head: Vec<Cell>,
    columns: usize,
}

/// Rows that stand in one table or list, or in none; or a fold of unchanged ones.
#[derive(Serialize, Default)]
pub(super) struct Group {
    /// Name of the frame; empty for none.
    frame: &'static str,
    fold: Option<Fold>,
    /// What a table is called.
    label: String,
    halves: (Half, Half),
    /// Columns of the wider half.
    columns: usize,
    /// The head of a table, where it changed.
    head: Option<Row>,
    rows: Vec<Row>,
}

impl Group {
    /// Whether one of the rows tells of a change.
    pub fn tells(&self) -> bool {
        self.head.iter().chain(&self.rows).any(|row| row.anchor.is_some())
    }
}

impl Comparison<'_> {
    /// The rows of a chapter side by side; long unchanged runs fold.
    pub(super) fn rows(&self, chapter: &ChapterSummary) -> Vec<Group> {
        let mut told = BTreeSet::new();
        let mut groups: Vec<Group> = Vec::new();
        let mut open: Vec<Row> = Vec::new();
        for piece in folded(&chapter.steps) {
            match piece {
                Piece::Step(Step::Unchanged(at)) => open.extend(self.unchanged_row(at)),
                Piece::Step(Step::Changed(at)) => open.push(self.changed_row(at, &mut told)),
                Piece::Step(Step::Left(at)) => open.push(self.left_row(at)),
                Piece::Fold(unchanged) => {
                    groups.extend(self.framed_rows(std::mem::take(&mut open)));
                    let fold = self.fold(&unchanged);
                    groups.extend(fold.map(|fold| Group { fold: Some(fold), ..Group::default() }));
                }
            }
        }
        groups.extend(self.framed_rows(open));
        groups
    }

    /// An unchanged passage. A chapter's title is none: it stands above.
    fn unchanged_row(&self, at: usize) -> Option<Row> {
        let (from, to) = self.changes.unchanged[at];
        if self.new_side().text.units[to].kind == UnitKind::Chapter {
            return None;
        }
        let frame = self.frame(&[from], &[to]);
        let old = vec![self.stage.plain_cells(self.old(), from)];
        let new = vec![self.stage.plain_cells(self.new_side(), to)];
        Some(self.row(frame, (vec![from], old), (vec![to], new)))
    }

    /// The row of an entry. Its reason is left out where it was `told` before.
    fn changed_row(&self, at: usize, told: &mut BTreeSet<usize>) -> Row {
        let entry = &self.changes.entries[at];
        let (old, new) = self.texts(entry);
        let passage = |shown: Shown| self.stage.passage(&entry.words, &old, &new, shown);
        let (old, new) = (passage(Shown::Old), passage(Shown::New));
        Row {
            anchor: Some(self.anchor(at)),
            kinds: self.kinds(entry),
            moved: self.came_from(at),
            reason: self.untold_reason(entry, told),
            ..self.row(self.frame_of(entry), (entry.from.clone(), old), (entry.to.clone(), new))
        }
    }

    /// The row at the old place of what moved: its old text, and where it stands now.
    fn left_row(&self, at: usize) -> Row {
        let from = self.changes.entries[at].from[0];
        let old = vec![self.stage.plain_cells(self.old(), from)];
        Row {
            anchor: Some(self.left_anchor(at)),
            moved: Some(self.went_to(at)),
            ..self.row(self.frame(&[from], &[]), (vec![from], old), (Vec::new(), Vec::new()))
        }
    }

    fn row(&self, frame: Frame, old: (Vec<usize>, Pieces), new: (Vec<usize>, Pieces)) -> Row {
        let parts = |edition: usize, (units, pieces): (&[usize], Pieces)| -> Vec<Part> {
            let part = |(&unit, cells)| self.part(edition, unit, cells, frame.kind);
            units.iter().zip(pieces).map(part).collect()
        };
        let (from, to) = (old.0, new.0);
        let (old, new) = (parts(self.from, (&from, old.1)), parts(self.to, (&to, new.1)));
        if frame.kind != FrameKind::Table {
            return Row { old, new, frame, from, to, ..Row::default() };
        }
        let (mut old, mut new) = (old.into_iter(), new.into_iter());
        let rows = from.len().max(to.len());
        let pairs = (0..rows).map(|_| (old.next(), new.next())).collect();
        Row { pairs, frame, from, to, ..Row::default() }
    }

    fn part(&self, edition: usize, unit: usize, cells: Vec<String>, frame: FrameKind) -> Part {
        let side = self.side(edition);
        let (cells, html) = match frame == FrameKind::Table {
            true => (self.aligned(edition, side, unit, cells), String::new()),
            false => (Vec::new(), self.unit_html(edition, side, unit, cells, frame)),
        };
        Part { label: self.number_label(side, &[unit]), path: self.unit_path(edition, side, unit), html, cells }
    }

    /// The rows in their tables and lists.
    fn framed_rows(&self, rows: Vec<Row>) -> Vec<Group> {
        let groups = together(rows, |row| row.frame);
        groups.into_iter().filter_map(|(frame, rows)| self.framed_group(frame, rows)).collect()
    }

    fn framed_group(&self, frame: Frame, mut rows: Vec<Row>) -> Option<Group> {
        if frame.kind != FrameKind::Table {
            return Some(Group { frame: frame.kind.name(), rows, ..Group::default() });
        }
        let (old, new) = (self.old(), self.new_side());
        let from = rows.iter().find_map(|row| row.from.first().copied());
        let to = rows.iter().find_map(|row| row.to.first().copied());
        let first = rows.first()?;
        let is_head =
            first.from.first().map(|&unit| is_head(old, unit)).or(first.to.first().map(|&unit| is_head(new, unit)));
        let head = (is_head == Some(true)).then(|| rows.remove(0));
        // The head of a table of which nothing else is shown says nothing.
        let mut head = head.filter(|head| head.anchor.is_some());
        if rows.is_empty() && head.is_none() {
            return None;
        }
        let label = match (to, from) {
            (Some(unit), _) => self.table_label(new, unit),
            (None, Some(unit)) => self.table_label(old, unit),
            (None, None) => String::new(),
        };
        let half = |head: Vec<Cell>| Half { head, columns: 0 };
        let mut halves = (
            half(from.map(|unit| self.head(self.from, old, unit)).unwrap_or_default()),
            half(to.map(|unit| self.head(self.to, new, unit)).unwrap_or_default()),
        );
        even(&mut halves.0, head.iter_mut().chain(&mut rows).flat_map(|row| &mut row.pairs).map(|pair| &mut pair.0));
        even(&mut halves.1, head.iter_mut().chain(&mut rows).flat_map(|row| &mut row.pairs).map(|pair| &mut pair.1));
        let columns = halves.0.columns.max(halves.1.columns);
        Some(Group { frame: frame.kind.name(), label, halves, columns, head, rows, ..Group::default() })
    }
}

/// Gives all rows of a half as many cells.
fn even<'r>(half: &mut Half, parts: impl Iterator<Item = &'r mut Option<Part>>) {
    let mut parts: Vec<&mut Part> = parts.flatten().collect();
    let most = parts.iter().map(|part| part.cells.len()).max().unwrap_or_default();
    half.columns = most.max(half.head.len()).max(1);
    parts.iter_mut().for_each(|part| part.cells.resize_with(half.columns, Cell::default));
    half.head.resize_with(half.columns, Cell::default);
}
