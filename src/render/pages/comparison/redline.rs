//! The lines of a chapter with all changes inline, in the new text's order.

use std::collections::BTreeSet;

use serde::Serialize;

use super::super::super::comparison::{Comparison, MovedLink, ReasonView};
use super::super::super::passages::{Shown, wrapped};
use super::super::super::view::Named;
use crate::changes::{ChapterSummary, Side, Step};
use crate::release_text::UnitKind;

/// A line: a passage with its changes, or the places that its neighbours left.
#[derive(Serialize, Default)]
pub(super) struct Line {
    /// `heading`, `block` or `left`.
    kind: &'static str,
    anchor: Option<String>,
    number: Option<String>,
    path: Option<String>,
    kinds: Vec<Named>,
    html: String,
    /// Where the passage stood, or where those that left stand now.
    moved: Vec<MovedLink>,
    reason: Option<ReasonView>,
}

impl Line {
    /// Whether the line tells of a change.
    pub fn tells(&self) -> bool {
        self.anchor.is_some() || self.kind == "left"
    }
}

impl Comparison<'_> {
    /// The lines of a chapter.
    pub(super) fn lines(&self, chapter: &ChapterSummary) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        let mut told = BTreeSet::new();
        for &step in &chapter.steps {
            match step {
                Step::Unchanged(at) => {
                    let (_, to) = self.changes.unchanged[at];
                    let unit = &self.new_side().text.units[to];
                    if unit.kind != UnitKind::Chapter {
                        let html = self.stage.plain_passage(&unit.tokens);
                        lines.push(self.line(self.to, self.new_side(), to, &html));
                    }
                }
                Step::Changed(at) => lines.extend(self.changed_line(at, &mut told)),
                Step::Left(at) => match lines.last_mut().filter(|line| line.kind == "left") {
                    Some(line) => line.moved.push(self.went_to(at)),
                    None => lines.push(Line { kind: "left", moved: vec![self.went_to(at)], ..Line::default() }),
                },
            }
        }
        without_repeated_numbers(&mut lines);
        lines
    }

    fn line(&self, edition: usize, side: Side<'_>, unit: usize, html: &str) -> Line {
        let found = &side.text.units[unit];
        Line {
            kind: if found.kind == UnitKind::Heading { "heading" } else { "block" },
            number: side.number(unit).map(|number| number.to_string()),
            path: Some(self.unit_path(edition, side, unit)),
            html: wrapped(found, html),
            ..Line::default()
        }
    }

    /// The line of an entry. Its reason is left out where it was `told` before.
    fn changed_line(&self, at: usize, told: &mut BTreeSet<usize>) -> Option<Line> {
        let entry = &self.changes.entries[at];
        let (old, new) = (self.old().joined_tokens(&entry.from), self.new_side().joined_tokens(&entry.to));
        let html = self.stage.passage(&entry.words, &old, &new, Shown::Both);
        let (edition, side, units) = self.shown_side(entry);
        Some(Line {
            anchor: Some(self.anchor(at)),
            number: self.numbers(side, units),
            kinds: self.kinds(entry),
            moved: self.came_from(at).into_iter().collect(),
            reason: self.untold_reason(entry, told),
            ..self.line(edition, side, *units.first()?, &html)
        })
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
