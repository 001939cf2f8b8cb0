//! `konkordanz.csv` and `index.json` beside each concordance: both directions in one file (RFC 4180;
//! `docs/concordance.schema.json`).

use serde::Serialize;

use super::super::Stage;
use super::super::concordance::{Place, Row};
use super::super::queue::FileJob;
use super::json_text;
use crate::changes::ChangeKind;
use crate::history;

/// What the columns hold: the direction is `old` where `number` is an old number, else `new`.
const COLUMNS: [&str; 8] =
    ["direction", "number", "chapter", "counterpart", "counterpart_chapter", "kinds", "address", "counterpart_address"];

/// The document; `format` grows when a field changes its meaning or goes.
#[derive(Serialize)]
struct Document {
    format: u32,
    /// Versions on both sides of where the numbering began anew.
    from: String,
    to: String,
    old: Vec<Entry>,
    new: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    #[serde(flatten)]
    place: PlaceEntry,
    /// Whether no text had the number any more in the old release.
    gone: bool,
    counterparts: Vec<Counterpart>,
}

#[derive(Serialize)]
struct PlaceEntry {
    number: String,
    chapter: Option<String>,
    address: String,
}

#[derive(Serialize)]
struct Counterpart {
    #[serde(flatten)]
    place: PlaceEntry,
    kinds: Vec<&'static str>,
}

/// The files of every concordance of the site.
pub(super) fn files<'s>(stage: &'s Stage<'_>) -> Vec<FileJob<'s>> {
    let of_edition = |edition| {
        let path = stage.concordance_path(edition)?;
        let text = move |form: fn(&Document) -> String| document(stage, edition).as_ref().map(form).unwrap_or_default();
        Some([
            FileJob::text(&format!("{path}konkordanz.csv"), move || text(csv)),
            FileJob::text(&format!("{path}index.json"), move || text(json_text)),
        ])
    };
    stage.editions().filter_map(of_edition).flatten().collect()
}

fn document(stage: &Stage<'_>, edition: usize) -> Option<Document> {
    let concordance = stage.concordance(edition)?;
    let sources = &stage.project.sources;
    let entries = |rows: &[Row]| rows.iter().map(|row| entry(stage, row)).collect::<Vec<_>>();
    Some(Document {
        format: 1,
        from: history::label(sources, concordance.from),
        to: history::label(sources, concordance.to),
        old: entries(&concordance.old),
        new: entries(&concordance.new),
    })
}

fn entry(stage: &Stage<'_>, row: &Row) -> Entry {
    let place = |place: &Place| PlaceEntry {
        number: place.number.to_string(),
        chapter: place.chapter.clone(),
        address: stage.absolute(&place.path),
    };
    let counterpart = |(at, kinds): &(Place, Vec<ChangeKind>)| Counterpart {
        place: place(at),
        kinds: kinds.iter().map(|kind| kind.name()).collect(),
    };
    Entry {
        place: place(&row.place),
        gone: row.gone.is_some(),
        counterparts: row.counterparts.iter().map(counterpart).collect(),
    }
}

fn csv(document: &Document) -> String {
    let mut lines = vec![line(&COLUMNS)];
    for (direction, entries, fate) in [("old", &document.old, "deleted"), ("new", &document.new, "inserted")] {
        for entry in entries {
            let own = &entry.place;
            let chapter = own.chapter.as_deref().unwrap_or_default();
            let row = |number: &str, there: &str, kinds: &str, address: &str| {
                line(&[direction, &own.number, chapter, number, there, kinds, &own.address, address])
            };
            let to = entry.counterparts.iter().map(|to| {
                let place = &to.place;
                row(&place.number, place.chapter.as_deref().unwrap_or_default(), &to.kinds.join(" "), &place.address)
            });
            lines.extend(to);
            lines.extend(entry.counterparts.is_empty().then(|| row("", "", fate, "")));
        }
    }
    lines.concat()
}

fn line(fields: &[&str]) -> String {
    let fields: Vec<String> = fields.iter().map(|field| quoted(field)).collect();
    fields.join(",") + "\r\n"
}

/// A field with quotes around it where it needs them.
fn quoted(field: &str) -> String {
    match field.contains(['"', ',', '\r', '\n']) {
        true => format!("\"{}\"", field.replace('"', "\"\"")),
        false => field.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        assert_eq!(
            line(&["12a", "Ziele, „Zwecke“", "say \"x\"", ""]),
            "12a,\"Ziele, „Zwecke“\",\"say \"\"x\"\"\",\r\n"
        );
    }
}
