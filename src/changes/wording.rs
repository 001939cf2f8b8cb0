//! The words that the terminal and the Markdown list share: what happened, where, and the changed passages.

use super::{Change, ChangeKind, Changes, ChapterOf, Facet, Side, Summary};
use crate::release_text::UnitKind;
use crate::tokens;
use crate::words::{self, Op};

/// Words shown on each side of a change; what is kept beyond them is left out.
const CONTEXT_WORDS: usize = 12;

/// The words of a change as text. Where a unit came or went as a whole no link changed, so its targets are not shown.
pub fn passages(change: &Change, old: Side<'_>, new: Side<'_>) -> Vec<(Op, String)> {
    let (from, to) = (old.joined_tokens(&change.from), new.joined_tokens(&change.to));
    match (change.from.is_empty(), change.to.is_empty()) {
        (true, _) => vec![(Op::Insert, tokens::text(&to))],
        (_, true) => vec![(Op::Delete, tokens::text(&from))],
        _ => words::texts(&change.words, &from, &to),
    }
}

/// Whether nothing that is seen changed in the words, as where only emphasis did, or only the place.
pub fn looks_unchanged(words: &[(Op, String)]) -> bool {
    words.iter().all(|(op, text)| *op == Op::Equal || text.trim().is_empty())
}

/// `amended`, `moved and amended`.
pub(super) fn kinds(change: &Change) -> String {
    let names: Vec<&str> = change.kinds.iter().map(|kind| kind.name()).collect();
    names.join(" and ")
}

/// `soll → muss: stricter`, `reference`, `number`.
pub(super) fn facets(change: &Change) -> String {
    let shown = change.facets.iter().map(|facet| {
        let detail = facet.detail().unwrap_or_default();
        match facet {
            Facet::ForceStrengthened(..) => format!("{detail}: stricter"),
            Facet::ForceWeakened(..) => format!("{detail}: weaker"),
            Facet::ForceChanged(..) => format!("{detail}: other force"),
            Facet::Reference | Facet::Number | Facet::Date => facet.name().to_owned(),
        }
    });
    shown.collect::<Vec<_>>().join(", ")
}

/// Where a change is: `Rn. 12 item 3`, `heading`, with both places where they differ.
pub(super) fn place(change: &Change, old: Side<'_>, new: Side<'_>) -> String {
    let (from, to) = (places(old, &change.from), places(new, &change.to));
    let across = |side: Side<'_>, units: &[usize]| {
        units.first().map(|&unit| side.text.chapters[side.text.units[unit].chapter].title.clone())
    };
    let moved = change.kinds.contains(&ChangeKind::Moved);
    match (from.is_empty(), to.is_empty()) {
        (false, false) if from == to && !moved => to,
        (false, false) if moved => {
            let (old_chapter, new_chapter) = (across(old, &change.from), across(new, &change.to));
            let from_where = if old_chapter == new_chapter {
                change.from.first().map(|&unit| old.text.section_title(unit))
            } else {
                old_chapter
            };
            let names = if from == to { to } else { format!("{from} → {to}") };
            format!("{names}, from “{}”", from_where.unwrap_or_default())
        }
        (false, false) => format!("{from} → {to}"),
        (true, _) => to,
        (_, true) => from,
    }
}

fn places(side: Side<'_>, units: &[usize]) -> String {
    let mut shown: Vec<String> = Vec::new();
    for &unit in units {
        let place = one_place(side, unit);
        if shown.last() != Some(&place) {
            shown.push(place);
        }
    }
    shown.join(" + ")
}

fn one_place(side: Side<'_>, unit: usize) -> String {
    let found = &side.text.units[unit];
    let number = side.number(unit).map(|number| format!("Rn. {number}")).unwrap_or_default();
    match (found.kind, found.item) {
        (UnitKind::Chapter, _) => "chapter title".into(),
        (UnitKind::Heading, _) => "heading".into(),
        (UnitKind::Row, None) => format!("{number} header"),
        (UnitKind::Row, Some(item)) => format!("{number} row {item}"),
        (UnitKind::Item, Some(item)) => format!("{number} item {item}"),
        _ => number,
    }
}

/// Title of a chapter in the list of changes, with what happened to it as a whole.
pub(super) fn chapter_title(chapter: ChapterOf, old: Side<'_>, new: Side<'_>, changes: &Changes) -> String {
    match chapter {
        ChapterOf::Old(at) => format!("{} (gone)", old.text.chapters[at].title),
        ChapterOf::New(at) => {
            let title_unit = new.text.chapters[at].units.start;
            let inserted = |entry: &&Change| entry.to.contains(&title_unit) && entry.from.is_empty();
            let is_new = changes.entries.iter().any(|entry| inserted(&entry));
            let title = &new.text.chapters[at].title;
            if is_new { format!("{title} (new)") } else { title.clone() }
        }
    }
}

/// `3 amended, 1 inserted, 92 % of the words kept`.
pub(super) fn summary(summary: &Summary) -> String {
    let counts = ChangeKind::ALL.into_iter().filter(|&kind| summary.count(kind) > 0);
    let mut parts: Vec<String> = counts.map(|kind| format!("{} {}", summary.count(kind), kind.name())).collect();
    parts.push(format!("{} unchanged", summary.unchanged));
    parts.push(format!("{:.0} % of the words kept", summary.words_kept * 100.0));
    parts.join(", ")
}

/// The runs with long kept passages cut to the words around the changes.
pub fn excerpt(words: Vec<(Op, String)>) -> Vec<(Op, String)> {
    let last = words.len().saturating_sub(1);
    if looks_unchanged(&words) {
        let text: String = words.into_iter().map(|(_, text)| text).collect();
        return vec![(Op::Equal, shorten(&text, true, false))];
    }
    words
        .into_iter()
        .enumerate()
        .map(|(at, (op, text))| {
            let text = if op == Op::Equal { shorten(&text, at > 0, at < last) } else { text };
            (op, text)
        })
        .collect()
}

/// Keeps the first words of a passage if something changed `before` it, the last if something changed `after` it.
fn shorten(text: &str, before: bool, after: bool) -> String {
    let pieces: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
    let keep = CONTEXT_WORDS * (usize::from(before) + usize::from(after));
    if pieces.len() <= keep + CONTEXT_WORDS / 2 {
        return text.to_owned();
    }
    let start = if before { pieces[..CONTEXT_WORDS].concat() } else { String::new() };
    let end = if after { pieces[pieces.len() - CONTEXT_WORDS..].concat() } else { String::new() };
    let gap = if after { "… " } else { "…" };
    format!("{start}{gap}{end}")
}
