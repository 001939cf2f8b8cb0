//! How the units of two compared texts are named: by their numbers, by where in their block they are, and by the chapter or
//! section that something moved from or to.

use std::collections::BTreeMap;

use super::locale::Locale;
use crate::changes::{Change, ChangeKind, Changes, Side};
use crate::release_text::{Unit, UnitKind};

/// „Rn. 12 Nr. 3“, or what it is where it has no number.
pub fn label(locale: &Locale, side: Side<'_>, unit: usize) -> String {
    let number = side.number(unit).map(|number| locale.text_of("number-label", "number", &number.to_string()));
    let parts: Vec<String> = number.into_iter().chain(inside(locale, &side.text.units[unit])).collect();
    if parts.is_empty() { locale.text("unit-block") } else { parts.join(" ") }
}

/// Where in its block a unit is: „Nr. 3“ for an item, „Zeile 3“ for a row. What it is where it is in none; nothing where it
/// is all of its block.
pub fn inside(locale: &Locale, unit: &Unit) -> Option<String> {
    let item = |key: &str, item: usize| locale.text_of(key, "item", &item.to_string());
    match (unit.kind, unit.item) {
        (UnitKind::Chapter, _) => Some(locale.text("unit-chapter")),
        (UnitKind::Heading, _) => Some(locale.text("unit-heading")),
        (UnitKind::Row, None) => Some(locale.text("unit-header")),
        (UnitKind::Row, Some(at)) => Some(item("unit-row-of", at)),
        (_, Some(at)) => Some(item("unit-item-of", at)),
        _ => None,
    }
}

/// For each old title of a chapter and each old heading what it is now.
#[derive(Debug, Clone, Default)]
pub struct Titles(BTreeMap<usize, usize>);

impl Titles {
    /// The titles and headings of the old text that are in the new one.
    pub fn new(changes: &Changes, old: Side<'_>) -> Self {
        let entries = changes.entries.iter().filter_map(|entry| Some((*entry.from.first()?, *entry.to.first()?)));
        let pairs = changes.unchanged.iter().copied().chain(entries);
        let is_title =
            |&(from, _): &(usize, usize)| matches!(old.text.units[from].kind, UnitKind::Chapter | UnitKind::Heading);
        Self(pairs.filter(is_title).collect())
    }

    /// What an old title or heading is now.
    pub fn now(&self, title: usize) -> Option<usize> {
        self.0.get(&title).copied()
    }
}

/// Something that moved, by its old place and the new one.
#[derive(Clone, Copy)]
pub struct Move<'a> {
    old: Side<'a>,
    new: Side<'a>,
    from: usize,
    to: usize,
    /// Whether both places are in one chapter, whatever its title.
    in_chapter: bool,
    /// Whether they are in one section too.
    in_section: bool,
}

impl<'a> Move<'a> {
    /// The move that an entry tells of. A chapter that moved left no place.
    pub fn of(entry: &Change, old: Side<'a>, new: Side<'a>, titles: &Titles) -> Option<Self> {
        let &from = entry.from.first().filter(|_| entry.kinds.contains(&ChangeKind::Moved))?;
        let &to = entry.to.first()?;
        let (before, after) = (&old.text.units[from], &new.text.units[to]);
        let title = |side: Side<'_>, unit: &Unit| side.text.chapters[unit.chapter].units.start;
        let in_chapter = titles.now(title(old, before)) == Some(title(new, after));
        let in_section = in_chapter && titles.now(before.section) == Some(after.section);
        (before.kind != UnitKind::Chapter).then_some(Self { old, new, from, to, in_chapter, in_section })
    }

    /// Whether it is in the section still in which it was.
    pub fn is_in_section(&self) -> bool {
        self.in_section
    }

    /// The chapter of the old place, or its section where both are in one chapter.
    pub fn from(&self) -> String {
        self.title(self.old, self.from)
    }

    /// The chapter of the new place, or its section where both are in one chapter.
    pub fn to(&self) -> String {
        self.title(self.new, self.to)
    }

    fn title(&self, side: Side<'_>, unit: usize) -> String {
        match self.in_chapter {
            true => side.text.section_title(unit),
            false => side.text.chapters[side.text.units[unit].chapter].title.clone(),
        }
    }
}
