//! The entries of a comparison as they are read: by chapter, by section, and what came or went as a whole list together.

use crate::changes::{Change, ChangeKind, ChapterSummary, Side};
use crate::release_text::UnitKind;
use crate::render::places::Titles;

use super::Report;

/// What changed in a section.
pub(super) struct Section {
    /// Its title, with what happened to it where it came or went; `None` before a chapter's first heading.
    pub title: Option<String>,
    /// Its title alone, or the chapter's before its first heading.
    pub name: String,
    /// The unit of its heading, and of which text.
    heading: Option<(ChangeKind, usize)>,
    /// Entries, by index; several that are told as one stand together.
    pub groups: Vec<Vec<usize>>,
    /// The reasons of its entries, that of its heading included.
    pub reasons: Vec<usize>,
}

impl Report<'_> {
    /// The chapters in which something changed.
    pub(super) fn chapters(&self) -> impl Iterator<Item = &ChapterSummary> {
        self.changes.chapters.iter().filter(|chapter| !chapter.entries.is_empty())
    }

    /// The entries of a chapter by section, in reading order.
    pub(super) fn sections(&self, chapter: &ChapterSummary, titles: &Titles) -> Vec<Section> {
        let mut sections: Vec<Section> = Vec::new();
        for entries in chapter.entries.chunk_by(|&a, &b| self.are_one(a, b)) {
            let Some(entry) = entries.first().map(|&entry| &self.changes.entries[entry]) else { continue };
            if self.is_chapter_title(entry) && self.is_told_by_title(entry) {
                continue;
            }
            let heading = self.heading_of(entry, titles);
            if sections.last().is_none_or(|section| section.heading != heading) {
                sections.push(self.section(heading, entry));
            }
            if let Some(section) = sections.last_mut() {
                section.reasons.extend(entry.reason);
                if !self.tells_title(entry, heading) {
                    section.groups.push(entries.to_vec());
                }
            }
        }
        sections
    }

    /// The heading of the section in which an entry stands: of the new text, or of the old where that went too.
    fn heading_of(&self, entry: &Change, titles: &Titles) -> Option<(ChangeKind, usize)> {
        let (side, kind, unit) = match (entry.to.first(), entry.from.first()) {
            (Some(&to), _) => (self.new, ChangeKind::Inserted, to),
            (None, Some(&from)) => (self.old, ChangeKind::Deleted, from),
            (None, None) => return None,
        };
        let section = side.text.units[unit].section;
        let heading = (side.text.units[section].kind == UnitKind::Heading).then_some((kind, section))?;
        let now = titles.now(section).filter(|_| kind == ChangeKind::Deleted);
        Some(now.map_or(heading, |now| (ChangeKind::Inserted, now)))
    }

    /// The section under a heading, in which an entry is the first.
    fn section(&self, heading: Option<(ChangeKind, usize)>, first: &Change) -> Section {
        let (title, name) = (self.section_title(heading, first), self.section_name(heading, first));
        Section { title, name, heading, groups: Vec::new(), reasons: Vec::new() }
    }

    fn section_name(&self, heading: Option<(ChangeKind, usize)>, first: &Change) -> String {
        match (heading, first.to.first(), first.from.first()) {
            (Some((ChangeKind::Deleted, unit)), ..) => self.old.text.units[unit].text(),
            (Some((_, unit)), ..) => self.new.text.units[unit].text(),
            (None, Some(&to), _) => self.new.text.section_title(to),
            (None, None, Some(&from)) => self.old.text.section_title(from),
            (None, None, None) => String::new(),
        }
    }

    fn section_title(&self, heading: Option<(ChangeKind, usize)>, first: &Change) -> Option<String> {
        let (kind, unit) = heading?;
        let side = if kind == ChangeKind::Inserted { self.new } else { self.old };
        let title = side.text.units[unit].text();
        let told = self.tells_title(first, heading).then(|| self.told_title(first)).flatten();
        Some(told.unwrap_or(title))
    }

    /// Whether an entry says no more than what became of its section's heading.
    fn tells_title(&self, entry: &Change, heading: Option<(ChangeKind, usize)>) -> bool {
        let Some((kind, unit)) = heading else { return false };
        let units = if kind == ChangeKind::Inserted { &entry.to } else { &entry.from };
        units == &[unit] && self.is_told_by_title(entry)
    }

    /// Whether two entries that follow each other are told as one: items of one list that came, or that went, for the
    /// same reason.
    fn are_one(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.changes.entries[a], &self.changes.entries[b]);
        let (one, other) = (self.list_of(a), self.list_of(b));
        one.is_some() && one == other && a.kinds == b.kinds && a.reason == b.reason
    }

    /// The list or table of which an entry is one item that came or went.
    fn list_of(&self, entry: &Change) -> Option<(ChangeKind, Option<usize>)> {
        let &[kind @ (ChangeKind::Inserted | ChangeKind::Deleted)] = entry.kinds.as_slice() else { return None };
        let (side, units): (Side<'_>, _) =
            if kind == ChangeKind::Inserted { (self.new, &entry.to) } else { (self.old, &entry.from) };
        let &[unit] = units.as_slice() else { return None };
        let found = &side.text.units[unit];
        matches!(found.kind, UnitKind::Item | UnitKind::Row).then_some((kind, found.block))
    }
}
