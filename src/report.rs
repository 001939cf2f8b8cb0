//! What changed between two editions as one text: for the terminal, a merge request or a mail, in the site's language.

use fluent_bundle::FluentArgs;

use crate::align::Suggestion;
use crate::changes::{self, Change, ChangeKind, Changes, ChapterOf, ChapterSummary, Facet, Part, Scope, Side, Summary};
use crate::release_text::{Unit, UnitKind};
use crate::render::locale::Locale;
use crate::render::places::{self, Move, Titles};

mod code;
mod groups;
pub mod mail;
pub mod markdown;
mod reasons;
pub mod terminal;

/// Weak matches that are shown; JSON has all.
const SUGGESTIONS: usize = 10;

/// Changes with all that is needed to tell of them.
pub struct Report<'a> {
    /// What changed.
    pub changes: &'a Changes,
    /// Label of the older edition.
    pub from: &'a str,
    /// Label of the newer edition.
    pub to: &'a str,
    /// The older text.
    pub old: Side<'a>,
    /// The newer text.
    pub new: Side<'a>,
    /// The words.
    pub locale: &'a Locale,
}

impl Report<'_> {
    fn text(&self, key: &str) -> String {
        self.locale.text(key)
    }

    /// `1.0 → 1.1`.
    fn title(&self) -> String {
        format!("{} → {}", self.from, self.to)
    }

    /// `3 geändert, 1 neu eingefügt`.
    fn counts(&self, summary: &Summary) -> String {
        let counts = ChangeKind::ALL.into_iter().filter(|&kind| summary.count(kind) > 0);
        let count =
            |kind: ChangeKind| format!("{} {}", summary.count(kind), self.text(&format!("kind-{}", kind.name())));
        counts.map(count).collect::<Vec<_>>().join(", ")
    }

    /// The counts of everything, what is unchanged included, and how many words were kept.
    fn summary(&self) -> String {
        let summary = &self.changes.summary;
        let mut args = FluentArgs::new();
        args.set("percent", changes::percent(summary.words_kept));
        args.set("base", self.from);
        let kept = self.locale.text_with("words-kept", &args);
        if summary.is_empty() {
            return format!("{} {kept}", self.text("changes-none"));
        }
        let unchanged = format!("{} {}", summary.unchanged, self.text("kind-unchanged"));
        format!("{}; {unchanged}. {kept}", self.counts(summary))
    }

    /// `verschoben, geändert`.
    fn kinds(&self, entry: &Change) -> String {
        let names = entry.kinds.iter().map(|kind| self.text(&format!("kind-{}", kind.name())));
        names.collect::<Vec<_>>().join(", ")
    }

    /// What of weight changed: `soll → muss: verschärft`.
    fn facets(&self, entry: &Change) -> Vec<String> {
        let shown = |facet: &Facet| {
            let name = self.text(&format!("facet-{}", facet.name()));
            match facet.detail() {
                Some(("", to)) => self.locale.text_of("facet-force-came", "word", to),
                Some((from, "")) => self.locale.text_of("facet-force-went", "word", from),
                Some((from, to)) => format!("{from} → {to}: {name}"),
                None => name,
            }
        };
        entry.facets.iter().map(shown).collect()
    }

    /// What a block, an item or a heading is now where it is something else, though its words may be the same:
    /// `Hinweis → Warnung`.
    fn shapes(&self, entry: &Change) -> Option<String> {
        let (&[from], &[to]) = (entry.from.as_slice(), entry.to.as_slice()) else { return None };
        let (from, to) = (&self.old.text.units[from], &self.new.text.units[to]);
        let name = |unit: &Unit| match unit.shape.as_str() {
            shape if self.locale.has(shape) => self.text(shape),
            shape if shape.starts_with("code-") => shape.replacen('-', ": ", 1),
            shape if shape.starts_with("item-ordered") => self.text("item-ordered"),
            _ => self.text(&format!("unit-{}", changes::json::unit_name(unit.kind))),
        };
        let level = |unit: &Unit| unit.shape.strip_prefix("heading-").map(str::to_owned);
        let first = |unit: &Unit| unit.shape.strip_prefix("item-ordered-from-").unwrap_or("1").to_owned();
        if let (Some(before), Some(after)) = (level(from), level(to)) {
            return self.changed("report-level", &before, &after);
        }
        let (before, after) = (name(from), name(to));
        if before == after && after == self.text("item-ordered") {
            return self.changed("report-first", &first(from), &first(to));
        }
        (from.shape != to.shape && before != after).then(|| format!("{before} → {after}"))
    }

    fn changed(&self, key: &str, from: &str, to: &str) -> Option<String> {
        let mut args = FluentArgs::new();
        args.set("from", from);
        args.set("to", to);
        (from != to).then(|| self.locale.text_with(key, &args))
    }

    /// All that is told of a change behind its kinds: whence it moved, what it is now, what of weight changed.
    fn details(&self, entry: &Change, titles: &Titles) -> Vec<String> {
        let passages = changes::passages(entry, self.old, self.new);
        let only_marks = entry.kinds == [ChangeKind::Editorial] && changes::looks_unchanged(&passages);
        let shapes = self.shapes(entry);
        let marks = (only_marks && shapes.is_none()).then(|| self.text("editorial-marks"));
        let first = self.moved_from(entry, titles).into_iter().chain(shapes);
        first.chain(self.facets(entry)).chain(marks).collect()
    }

    /// The words of a change where they are not wrapped: all that came or went, else the sentences in which something did.
    fn parts(&self, entry: &Change) -> Vec<Part> {
        let passages = changes::passages(entry, self.old, self.new);
        let whole = entry.from.is_empty() || entry.to.is_empty();
        if whole { vec![Part::Sentence(passages)] } else { changes::sentences(passages) }
    }

    /// Where a change is: `Rn. 12 Nr. 3`, with both places where they differ.
    fn place(&self, entry: &Change) -> String {
        let (from, to) = (self.places(self.old, &entry.from), self.places(self.new, &entry.to));
        match (from.is_empty(), to.is_empty()) {
            (true, _) => to,
            (_, true) => from,
            _ if from == to => to,
            _ => format!("{from} → {}", self.without_number(entry).unwrap_or(to)),
        }
    }

    /// `Zeile 2` for `Rn. 51 Zeile 2`, where the place before is another in the same block.
    fn without_number(&self, entry: &Change) -> Option<String> {
        let (&[from], &[to]) = (entry.from.as_slice(), entry.to.as_slice()) else { return None };
        let number = self.new.number(to)?;
        (self.old.number(from) == Some(number)).then(|| self.inside(self.new, to))?
    }

    /// Where in its block an entry of one unit is.
    fn place_inside(&self, entry: &Change) -> String {
        let inside = match (entry.to.first(), entry.from.first()) {
            (Some(&to), _) => self.inside(self.new, to),
            (None, from) => from.and_then(|&from| self.inside(self.old, from)),
        };
        inside.unwrap_or_else(|| self.place(entry))
    }

    fn places(&self, side: Side<'_>, units: &[usize]) -> String {
        let mut shown: Vec<String> = units.iter().map(|&unit| self.label(side, unit)).collect();
        shown.dedup();
        shown.join(" + ")
    }

    /// `Rn. 12 Nr. 3`, or what it is.
    fn label(&self, side: Side<'_>, unit: usize) -> String {
        places::label(self.locale, side, unit)
    }

    /// Where an entry is shown: its first place in the new text, or in the old where nothing is left of it.
    fn shown_label(&self, entry: &Change) -> String {
        let new = entry.to.first().map(|&to| self.label(self.new, to));
        new.or_else(|| entry.from.first().map(|&from| self.label(self.old, from))).unwrap_or_default()
    }

    /// Where in its block a unit is, or what it is where it is in none.
    fn inside(&self, side: Side<'_>, unit: usize) -> Option<String> {
        places::inside(self.locale, &side.text.units[unit])
    }

    /// Where something that moved stood before; nothing where it is in its section still.
    fn moved_from(&self, entry: &Change, titles: &Titles) -> Option<String> {
        let moved = Move::of(entry, self.old, self.new, titles).filter(|moved| !moved.is_in_section())?;
        Some(self.locale.text_of("report-from", "place", &moved.from()))
    }

    /// What became of titles and headings.
    fn titles(&self) -> Titles {
        Titles::new(self.changes, self.old)
    }

    /// Title of a chapter in the list of changes, with what happened to it as a whole.
    fn chapter_title(&self, chapter: &ChapterSummary) -> String {
        let entry =
            chapter.entries.iter().map(|&at| &self.changes.entries[at]).find(|entry| self.is_chapter_title(entry));
        let title = match chapter.chapter {
            ChapterOf::Old(at) => &self.old.text.chapters[at].title,
            ChapterOf::New(at) => &self.new.text.chapters[at].title,
        };
        entry.and_then(|entry| self.told_title(entry)).unwrap_or_else(|| title.clone())
    }

    /// Whether an entry is about a chapter's title.
    fn is_chapter_title(&self, entry: &Change) -> bool {
        let first = |side: Side<'_>, units: &[usize]| units.first().map(|&unit| side.text.units[unit].kind);
        first(self.new, &entry.to).or_else(|| first(self.old, &entry.from)) == Some(UnitKind::Chapter)
    }

    /// A title with all that an entry says of it, where that is no more than that it came, went or was renamed:
    /// `Ziele → Zwecke (umbenannt)`.
    fn told_title(&self, entry: &Change) -> Option<String> {
        let &[kind] = entry.kinds.as_slice() else { return None };
        let title = |side: Side<'_>, units: &[usize]| units.first().map(|&unit| side.text.units[unit].text());
        let (before, after) = (title(self.old, &entry.from), title(self.new, &entry.to));
        let shown = match (kind, before, after) {
            (ChangeKind::Inserted, None, Some(title)) | (ChangeKind::Deleted, Some(title), None) => title,
            (ChangeKind::Renamed, Some(before), Some(after)) if before != after => format!("{before} → {after}"),
            _ => return None,
        };
        Some(format!("{shown} ({})", self.kinds(entry)))
    }

    /// Whether all that an entry says is told by the title of its chapter or section, below which their reasons stand.
    fn is_told_by_title(&self, entry: &Change) -> bool {
        let own_reason = entry.reason.is_some_and(|reason| self.changes.scopes[reason] == Scope::Block);
        !own_reason && entry.facets.is_empty() && self.told_title(entry).is_some()
    }

    /// The likeliest of the weak matches, the likeliest first.
    fn suggestions(&self) -> Vec<Suggestion> {
        let mut suggestions = self.changes.suggestions.clone();
        suggestions.sort_by(|a, b| b.similarity.total_cmp(&a.similarity).then(a.from.cmp(&b.from)));
        suggestions.truncate(SUGGESTIONS);
        suggestions
    }
}

/// A text without the blanks at its edges, and these: marks stand around words, not around blanks.
fn without_edges(text: &str) -> (&str, &str, &str) {
    let inner = text.trim();
    let start = text.len() - text.trim_start().len();
    let end = start + inner.len();
    if inner.is_empty() { (text, "", "") } else { (&text[..start], inner, &text[end..]) }
}
