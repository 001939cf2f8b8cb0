//! What compared passages stand in: rows in their table, under its head, items in their list, with their markers.

use std::fmt::Write;

use serde::Serialize;

use super::comparison::Comparison;
use super::passages::{Shown, Text};
use crate::changes::{Change, Side};
use crate::history;
use crate::markdown::{Alignment, Block, BlockKind};
use crate::release_text::UnitKind;

/// What a passage stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum FrameKind {
    /// In nothing: a paragraph, a heading.
    #[default]
    None,
    /// A list with bullets.
    Bullets,
    /// A list with numbers.
    Numbers,
    /// Terms with their definitions.
    Terms,
    /// A table.
    Table,
}

impl FrameKind {
    /// Class name; empty for nothing.
    pub fn name(self) -> &'static str {
        match self {
            FrameKind::None => "",
            FrameKind::Bullets => "bullets",
            FrameKind::Numbers => "numbered",
            FrameKind::Terms => "terms",
            FrameKind::Table => "rows",
        }
    }

    fn is_list(self) -> bool {
        matches!(self, FrameKind::Bullets | FrameKind::Numbers | FrameKind::Terms)
    }
}

/// The table or list that a passage stands in, by its blocks in the two texts as far as it is in them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Frame {
    pub kind: FrameKind,
    old: Option<usize>,
    new: Option<usize>,
}

impl Frame {
    /// Takes the next passage in if it stands in the same table or list.
    pub fn takes(&mut self, next: Frame) -> bool {
        let alike = self.kind == next.kind || self.kind.is_list() && next.kind.is_list();
        let same = match (self.new.zip(next.new), self.old.zip(next.old)) {
            (Some((one, other)), _) | (None, Some((one, other))) => one == other,
            (None, None) => self.kind == FrameKind::None,
        };
        let taken = alike && (same || self.kind == FrameKind::None);
        if taken {
            self.new = self.new.or(next.new);
            self.old = self.old.or(next.old);
        }
        taken
    }
}

/// Things in reading order, put together where they stand in one table or list.
pub(super) fn together<T>(things: Vec<T>, frame_of: impl Fn(&T) -> Frame) -> Vec<(Frame, Vec<T>)> {
    let mut groups: Vec<(Frame, Vec<T>)> = Vec::new();
    for thing in things {
        let frame = frame_of(&thing);
        if let Some((last, group)) = groups.last_mut()
            && last.takes(frame)
        {
            group.push(thing);
        } else {
            groups.push((frame, vec![thing]));
        }
    }
    groups
}

/// A cell of a row.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Cell {
    pub html: String,
    /// How its column is aligned.
    class: Option<&'static str>,
}

impl Comparison<'_> {
    /// The frame of what these units of both texts are told as: one, if all are of one sort.
    pub fn frame(&self, from: &[usize], to: &[usize]) -> Frame {
        let kinds = |side: Side<'_>, units: &[usize]| -> Vec<FrameKind> {
            units.iter().map(|&unit| frame_kind(side, unit)).collect()
        };
        let (old, new) = (kinds(self.old(), from), kinds(self.new_side(), to));
        let Some(&kind) = new.first().or(old.first()) else { return Frame::default() };
        let alike = |other: &FrameKind| *other == kind || other.is_list() && kind.is_list();
        if kind == FrameKind::None || !old.iter().chain(&new).all(alike) {
            return Frame::default();
        }
        let block = |side: Side<'_>, units: &[usize]| units.first().and_then(|&unit| side.text.units[unit].block);
        Frame { kind, old: block(self.old(), from), new: block(self.new_side(), to) }
    }

    /// The frame of an entry.
    pub fn frame_of(&self, entry: &Change) -> Frame {
        self.frame(&entry.from, &entry.to)
    }

    fn block(&self, edition: usize, side: Side<'_>, unit: usize) -> Option<&Block> {
        let project = self.stage.project;
        let found = &side.text.blocks[side.text.units[unit].block?];
        let chapter = history::source(&project.sources, edition).chapters.get(found.chapter)?;
        project.documents.of(chapter.page.body).blocks.get(found.index)
    }

    /// The number before an item of a numbered list.
    fn marker(&self, edition: usize, side: Side<'_>, unit: usize) -> Option<String> {
        let BlockKind::List(list) = &self.block(edition, side, unit)?.kind else { return None };
        let place = u64::try_from(side.text.units[unit].item?).ok()?;
        Some(format!("{}.", list.start?.saturating_add(place).saturating_sub(1)))
    }

    /// Cells with the alignment of their columns.
    pub fn aligned(&self, edition: usize, side: Side<'_>, unit: usize, cells: Vec<String>) -> Vec<Cell> {
        let alignments = match self.block(edition, side, unit).map(|block| &block.kind) {
            Some(BlockKind::Table(table)) => table.alignments.as_slice(),
            _ => &[],
        };
        let class = |at: usize| match alignments.get(at) {
            Some(Alignment::Center) => Some("center"),
            Some(Alignment::Right) => Some("right"),
            _ => None,
        };
        cells.into_iter().enumerate().map(|(at, html)| Cell { html, class: class(at) }).collect()
    }

    /// The head of the table in which a row stands.
    pub fn head(&self, edition: usize, side: Side<'_>, unit: usize) -> Vec<Cell> {
        let Some(block) = side.text.units[unit].block else { return Vec::new() };
        let head = side.text.blocks[block].units.start;
        if !is_head(side, head) {
            return Vec::new();
        }
        self.aligned(edition, side, head, self.stage.plain_cells(side, head))
    }

    /// What a table of compared rows is called: „Tabelle in Rn. 15“.
    pub fn table_label(&self, side: Side<'_>, unit: usize) -> String {
        let number = side.number(unit).map(|number| number.to_string()).unwrap_or_default();
        self.stage.locale.text_of("table-of", "number", &number)
    }

    /// A unit's own HTML around its cells. Where it stands in no `frame` of others, with its own table or list.
    pub fn unit_html(
        &self,
        edition: usize,
        side: Side<'_>,
        unit: usize,
        cells: Vec<String>,
        frame: FrameKind,
    ) -> String {
        let found = &side.text.units[unit];
        let whole = |cells: Vec<String>| cells.join(" <span class=\"cell\">|</span> ");
        match found.kind {
            UnitKind::Row => self.table_html(edition, side, unit, cells),
            UnitKind::Item => {
                let marker = self.marker(edition, side, unit);
                let shown = marker.map(|marker| format!("<span class=\"marker\">{marker} </span>")).unwrap_or_default();
                let class = frame_kind(side, unit).name();
                let html = format!("{shown}{}", whole(cells));
                match frame.is_list() {
                    true => format!("<p class=\"unit-item {class}\">{html}</p>"),
                    false => format!("<ul class=\"items\"><li class=\"unit-item {class}\">{html}</li></ul>"),
                }
            }
            UnitKind::Chapter => format!("<p class=\"unit-chapter\">{}</p>", whole(cells)),
            UnitKind::Heading => format!("<p class=\"unit-heading\">{}</p>", whole(cells)),
            UnitKind::Block => format!("<p>{}</p>", whole(cells)),
        }
    }

    /// A table of one row and its head.
    pub fn table_html(&self, edition: usize, side: Side<'_>, unit: usize, cells: Vec<String>) -> String {
        let label = super::escape::escape(&self.table_label(side, unit));
        let mut out = format!(
            "<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"{label}\"><table><caption class=\"visually-hidden\">{label}</caption>"
        );
        let row = |out: &mut String, cells: &[Cell], columns: usize, tag: &str| {
            out.push_str("<tr>");
            for at in 0..columns {
                let cell = cells.get(at);
                let class = cell.and_then(|cell| cell.class).map(|class| format!(" class=\"{class}\""));
                let html = cell.map_or("", |cell| cell.html.as_str());
                let tag = if html.is_empty() { "td" } else { tag };
                let scope = if tag == "th" { " scope=\"col\"" } else { "" };
                let _ = write!(out, "<{tag}{scope}{}>{html}</{tag}>", class.unwrap_or_default());
            }
            out.push_str("</tr>");
        };
        let cells = self.aligned(edition, side, unit, cells);
        let head = if is_head(side, unit) { Vec::new() } else { self.head(edition, side, unit) };
        let columns = cells.len().max(head.len());
        if head.is_empty() {
            out.push_str("<thead>");
            row(&mut out, &cells, columns, "th");
            out.push_str("</thead></table></div>");
            return out;
        }
        out.push_str("<thead>");
        row(&mut out, &head, columns, "th");
        out.push_str("</thead><tbody>");
        row(&mut out, &cells, columns, "td");
        out.push_str("</tbody></table></div>");
        out
    }

    /// All of an entry inline, each unit on its own.
    pub fn inline(&self, entry: &Change) -> String {
        let (edition, side, units) = self.shown_side(entry);
        let (old, new) = self.texts(entry);
        let pieces = self.stage.passage(&entry.words, &old, &new, Shown::Both);
        let html = |(&unit, cells)| self.unit_html(edition, side, unit, cells, FrameKind::None);
        units.iter().zip(pieces).map(html).collect()
    }

    /// The text of an entry's old units and of its new ones.
    pub fn texts(&self, entry: &Change) -> (Text, Text) {
        (Text::new(self.old(), &entry.from), Text::new(self.new_side(), &entry.to))
    }
}

/// Whether a unit is the head of a table.
pub(super) fn is_head(side: Side<'_>, unit: usize) -> bool {
    side.text.units[unit].shape == "header"
}

fn frame_kind(side: Side<'_>, unit: usize) -> FrameKind {
    let unit = &side.text.units[unit];
    match (unit.kind, unit.shape.as_str()) {
        (UnitKind::Row, _) => FrameKind::Table,
        (UnitKind::Item, "item-ordered") => FrameKind::Numbers,
        (UnitKind::Item, "definition") => FrameKind::Terms,
        (UnitKind::Item, _) => FrameKind::Bullets,
        _ => FrameKind::None,
    }
}
