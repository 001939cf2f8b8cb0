//! Citations as CSL-JSON, the language of citation processors and Zotero.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::super::json_text;
use super::{Kind, Work};

/// The works as an array.
pub(super) fn text(works: &[Work]) -> String {
    json_text(&works.iter().map(item).collect::<Vec<_>>())
}

fn item(work: &Work) -> Value {
    let kind = match work.kind {
        Kind::Release => "book",
        Kind::Chapter => "chapter",
        Kind::Talk => "speech",
    };
    let authors: Vec<Value> = work.authors.iter().map(|author| json!({"literal": author.name()})).collect();
    let event = work.event.as_ref();
    let text = |text: Option<&String>| text.map(|text| Value::from(text.as_str()));
    let fields = [
        ("id", text(Some(&work.id))),
        ("type", Some(kind.into())),
        ("title", text(Some(&work.title))),
        ("author", (!authors.is_empty()).then_some(Value::Array(authors))),
        ("container-title", text(work.container.as_ref())),
        ("section", text(work.section.as_ref())),
        ("edition", text(work.edition.as_ref())),
        ("version", text(work.version.as_ref())),
        ("status", text(work.status.as_ref())),
        ("issued", work.issued.map(date)),
        ("genre", text(event.map(|event| &event.genre))),
        ("event-title", text(event.map(|event| &event.title))),
        ("event-date", work.issued.filter(|_| event.is_some()).map(date)),
        ("event-place", text(event.and_then(|event| event.place.as_ref()))),
        ("publisher", text(work.publisher.as_ref())),
        ("language", text(Some(&work.language))),
        ("URL", text(Some(&work.url))),
        ("note", text(work.rights.as_ref())),
    ];
    let fields = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(fields.collect::<Map<_, _>>())
}

fn date(day: Date) -> Value {
    json!({"date-parts": [[day.year(), day.month(), day.day()]]})
}

#[cfg(test)]
mod tests {
    use super::super::tests::hostile;
    use super::*;

    #[test]
    fn a_draft_has_no_day() {
        let work = Work { issued: None, status: Some("Entwurf".into()), ..hostile() };
        let read: Value = serde_json::from_str(&text(&[work])).unwrap();
        assert_eq!(read[0]["status"], "Entwurf");
        assert!(read[0].get("issued").is_none());
        assert_eq!(read[0]["author"][1]["literal"], "Amt and Söhne, {Mitte}");
    }
}
