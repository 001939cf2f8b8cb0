//! Changes as JSON, a contract for other programs (`docs/changes.schema.json`).

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{Change, ChangeKind, Changes, ChapterOf, Side, Summary};
use crate::load::ReasonSource;
use crate::release_text::UnitKind;
use crate::words::Op;

/// A place of a change.
#[derive(Serialize)]
struct Place {
    chapter: String,
    section: String,
    number: Option<String>,
    item: Option<usize>,
    text: String,
}

/// The JSON document for the changes from `from` to `to`, with a line feed at its end.
pub fn render(changes: &Changes, from: &str, to: &str, old: Side<'_>, new: Side<'_>) -> String {
    let entries: Vec<Value> = changes.entries.iter().map(|entry| change(entry, changes, old, new)).collect();
    let chapters: Map<String, Value> = changes
        .chapters
        .iter()
        .map(|chapter| {
            let slug = match chapter.chapter {
                ChapterOf::New(at) => &new.text.chapters[at].slug,
                ChapterOf::Old(at) => &old.text.chapters[at].slug,
            };
            let mut value = summary(&chapter.summary);
            value.insert("sections".into(), json!(chapter.sections));
            (slug.clone(), Value::Object(value))
        })
        .collect();
    let suggestions: Vec<Value> = changes
        .suggestions
        .iter()
        .map(|weak| {
            let similarity = (weak.similarity * 1000.0).round() / 1000.0;
            json!({"from": place(old, weak.from), "to": place(new, weak.to), "similarity": similarity})
        })
        .collect();
    let document = json!({
        "format": 1,
        "from": from,
        "to": to,
        "summary": summary(&changes.summary),
        "changes": entries,
        "chapters": chapters,
        "suggestions": suggestions,
    });
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn summary(summary: &Summary) -> Map<String, Value> {
    let mut value = Map::new();
    value.insert("unchanged".into(), json!(summary.unchanged));
    for kind in ChangeKind::ALL {
        value.insert(kind.name().into(), json!(summary.count(kind)));
    }
    value.insert("words_kept".into(), json!(super::summary::in_ten_thousandths(summary.words_kept)));
    value
}

fn change(change: &Change, changes: &Changes, old: Side<'_>, new: Side<'_>) -> Value {
    let places = |side: Side<'_>, units: &[usize]| units.iter().map(|&unit| place(side, unit)).collect::<Vec<_>>();
    let words: Vec<Value> =
        super::passages(change, old, new).into_iter().map(|(op, text)| json!([op_name(op), text])).collect();
    let facets: Vec<&str> = change.facets.iter().map(super::Facet::name).collect();
    json!({
        "unit": unit_name(change.unit),
        "kinds": change.kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>(),
        "from": places(old, &change.from),
        "to": places(new, &change.to),
        "facets": facets,
        "words": words,
        "reason": change.reason.map(|reason| self::reason(&changes.reasons[reason])),
    })
}

fn place(side: Side<'_>, unit: usize) -> Place {
    let found = &side.text.units[unit];
    Place {
        chapter: side.text.chapters[found.chapter].slug.clone(),
        section: side.text.section_title(unit),
        number: side.number(unit).map(|number| number.to_string()),
        item: found.item,
        text: found.text(),
    }
}

fn reason(reason: &ReasonSource) -> Value {
    json!({
        "text": reason.text,
        "cause": reason.cause.map(crate::load::Cause::name),
        "refs": reason.refs.iter().map(|reference| reference.value.as_str()).collect::<Vec<_>>(),
    })
}

/// `=`, `-` or `+`.
pub fn op_name(op: Op) -> &'static str {
    match op {
        Op::Equal => "=",
        Op::Delete => "-",
        Op::Insert => "+",
    }
}

/// Name of a kind of unit.
pub fn unit_name(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Chapter => "chapter",
        UnitKind::Heading => "heading",
        UnitKind::Block => "block",
        UnitKind::Item => "item",
        UnitKind::Row => "row",
    }
}
