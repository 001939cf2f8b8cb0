//! The two forms of a feed: what the template of Atom gets, and the JSON Feed.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::super::super::Stage;
use super::{Entry, Feed};

/// What the template gets.
pub(super) fn atom(stage: &Stage<'_>, feed: &Feed, context: &mut tera::Context) {
    let own = stage.absolute(&feed.path);
    let entries = feed.entries(stage);
    let shown = json!({
        "title": feed.title,
        "id": own,
        "updated": entries.iter().map(|entry| entry.day).max().map(time),
        "self": own,
        "link": feed.about(stage),
        "author": author(stage),
    });
    context.insert("feed", &shown);
    context.insert("entries", &entries.iter().map(atom_entry).collect::<Vec<_>>());
}

fn atom_entry(entry: &Entry) -> Value {
    json!({
        "title": entry.title,
        "language": entry.language,
        "id": entry.link,
        "updated": time(entry.day),
        "link": entry.link,
        "summary": entry.summary,
        "related": entry.related.as_ref().map(|(path, title)| json!({"path": path, "title": title})),
        "categories": entry.categories,
    })
}

/// The document of a JSON Feed.
pub(super) fn json(stage: &Stage<'_>, feed: &Feed) -> Value {
    json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.about(stage),
        "feed_url": stage.absolute(&feed.json_path),
        "language": stage.project.sources.config.language,
        "authors": [{"name": author(stage)}],
        "items": feed.entries(stage).iter().map(json_item).collect::<Vec<_>>(),
    })
}

fn json_item(entry: &Entry) -> Value {
    let fields = [
        ("id", Some(Value::from(entry.link.as_str()))),
        ("url", Some(entry.link.as_str().into())),
        ("title", Some(entry.title.as_str().into())),
        // An item must have a text.
        ("content_text", Some(entry.summary.as_ref().unwrap_or(&entry.title).as_str().into())),
        ("date_published", Some(time(entry.day).into())),
        ("tags", (!entry.categories.is_empty()).then(|| entry.categories.clone().into())),
        ("language", entry.language.clone().map(Value::from)),
    ];
    let fields = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(fields.collect::<Map<_, _>>())
}

fn author<'s>(stage: &'s Stage<'_>) -> &'s String {
    let config = &stage.project.sources.config;
    config.publisher.as_ref().unwrap_or(&config.title)
}

/// The beginning of a day, as both forms want a moment.
fn time(day: Date) -> String {
    format!("{day}T00:00:00Z")
}
