//! The lines of a chapter with all changes inline, in the new text's order; rows and items in their tables and lists.

use std::collections::BTreeSet;

use serde::Serialize;

use super::super::super::comparison::{Comparison, MovedLink, ReasonView};
use super::super::super::frames::{Cell, Frame, FrameKind, is_head, together};
use super::super::super::passages::Shown;
use super::super::super::view::Named;
use crate::changes::{ChapterSummary, Step};
use crate::release_text::UnitKind;

/// A line: a passage with its changes, or the places that its neighbours left.
#[derive(Serialize, Default)]
pub(super) struct Line {
    /// `heading`, `block` or `left`.
    kind: &'static str,
    changed: bool,
    anchor: Option<String>,
    number: Option<String>,
    path: Option<String>,
    kinds: Vec<Named>,
    html: String,
    /// In place of `html`, for a row.
    cells: Vec<Cell>,
    /// Where the passage stood, or where those that left stand now.
    moved: Vec<MovedLink>,
    reason: Option<ReasonView>,
    #[serde(skip)]
    frame: Frame,
    /// The edition and the unit that it shows.
    #[serde(skip)]
    place: Option<(usize, usize)>,
}

/// Lines that stand in one table or list, or in none.
#[derive(Serialize, Default)]
pub(super) struct Group {
    /// Name of the frame; empty for none.
    frame: &'static str,
    /// What a table is called.
    label: String,
    /// The head of a table.
    head: Option<Line>,
    /// Columns of a table.
    columns: usize,
    /// Whether a row of a table has something to say of itself.
    notes: bool,
    lines: Vec<Line>,
}

impl Group {
    /// Whether one of the lines tells of a change.
    pub fn tells(&self) -> bool {
        self.head.iter().chain(&self.lines).any(|line| line.changed || line.kind == "left")
    }
}

impl Comparison<'_> {
    /// The lines of a chapter.
    pub(super) fn lines(&self, chapter: &ChapterSummary) -> Vec<Group> {
        let mut lines: Vec<Line> = Vec::new();
        let mut told = BTreeSet::new();
        for &step in &chapter.steps {
            match step {
                Step::Unchanged(at) => lines.extend(self.unchanged_line(at)),
                Step::Changed(at) => lines.extend(self.changed_lines(at, &mut told)),
                Step::Left(at) => match lines.last_mut().filter(|line| line.kind == "left") {
                    Some(line) => line.moved.push(self.went_to(at)),
                    None => lines.push(self.left_line(at)),
                },
            }
        }
        self.framed(lines)
    }

    /// The line of an unchanged passage. A chapter's title is none: it stands above.
    pub(super) fn unchanged_line(&self, at: usize) -> Option<Line> {
        let (from, to) = self.changes.unchanged[at];
        if self.new_side().text.units[to].kind == UnitKind::Chapter {
            return None;
        }
        let cells = self.stage.plain_cells(self.new_side(), to);
        Some(self.line(self.to, to, cells, self.frame(&[from], &[to])))
    }

    fn line(&self, edition: usize, unit: usize, cells: Vec<String>, frame: Frame) -> Line {
        let side = self.side(edition);
        let is_row = frame.kind == FrameKind::Table;
        let (cells, html) = match is_row {
            true => (self.aligned(edition, side, unit, cells), String::new()),
            false => (Vec::new(), self.unit_html(edition, side, unit, cells, frame.kind)),
        };
        Line {
            kind: if side.text.units[unit].kind == UnitKind::Heading { "heading" } else { "block" },
            number: side.number(unit).map(|number| number.to_string()),
            path: Some(self.unit_path(edition, side, unit)),
            html,
            cells,
            frame,
            place: Some((edition, unit)),
            ..Line::default()
        }
    }

    /// The lines of an entry, one a unit. Its reason is left out where it was `told` before.
    fn changed_lines(&self, at: usize, told: &mut BTreeSet<usize>) -> Vec<Line> {
        let entry = &self.changes.entries[at];
        let (old, new) = self.texts(entry);
        let pieces = self.stage.passage(&entry.words, &old, &new, Shown::Both);
        let (edition, _, units) = self.shown_side(entry);
        let frame = self.frame_of(entry);
        let line = |(&unit, cells)| Line { changed: true, ..self.line(edition, unit, cells, frame) };
        let mut lines: Vec<Line> = units.iter().zip(pieces).map(line).collect();
        if let Some(first) = lines.first_mut() {
            first.anchor = Some(self.anchor(at));
            first.kinds = self.kinds(entry);
            first.moved = self.came_from(at).into_iter().collect();
            first.reason = self.untold_reason(entry, told);
        }
        lines
    }

    fn left_line(&self, at: usize) -> Line {
        let frame = self.frame(&self.changes.entries[at].from, &[]);
        Line { kind: "left", moved: vec![self.went_to(at)], frame, ..Line::default() }
    }

    /// The lines in their tables and lists.
    pub(super) fn framed(&self, mut lines: Vec<Line>) -> Vec<Group> {
        without_repeated_numbers(&mut lines);
        let groups = together(lines, |line| line.frame);
        groups.into_iter().map(|(frame, lines)| self.framed_lines(frame, lines)).collect()
    }

    fn framed_lines(&self, frame: Frame, mut lines: Vec<Line>) -> Group {
        let Some((edition, unit)) = lines.iter().find_map(|line| line.place) else {
            // Only places that were left: nothing is left of the table or list either.
            return Group { lines, ..Group::default() };
        };
        let mut group = Group { frame: frame.kind.name(), ..Group::default() };
        if frame.kind == FrameKind::Table {
            let side = self.side(edition);
            let is_head = lines[0].place.is_some_and(|(edition, unit)| is_head(self.side(edition), unit));
            let head = || Line { cells: self.head(edition, side, unit), ..Line::default() };
            group.head = Some(if is_head { lines.remove(0) } else { head() });
            group.label = self.table_label(side, unit);
        }
        group.lines = lines;
        let all = || group.head.iter().chain(&group.lines);
        group.columns = all().map(|line| line.cells.len()).max().unwrap_or_default();
        group.notes = all().any(|line| !line.kinds.is_empty());
        let columns = group.columns;
        for line in group.head.iter_mut().chain(&mut group.lines).filter(|line| !line.cells.is_empty()) {
            line.cells.resize_with(columns, Cell::default);
        }
        group
    }
}

/// The rows of a table and the items of a list have one number: it stands at the first.
fn without_repeated_numbers(lines: &mut [Line]) {
    let mut last = None;
    for line in lines {
        let number = line.number.clone().filter(|_| line.kind == "block");
        if number.is_some() && number == last {
            line.number = None;
        }
        last = number;
    }
}
