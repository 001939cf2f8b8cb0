//! `index.ttl` and `index.jsonld` beside the value pairs: their taxonomy in the words of SKOS. Both are written from the
//! same statements.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::super::Stage;
use super::super::page::Relation;
use super::super::queue::FileJob;
use super::json_text;
use crate::resolve;
use crate::target::Target;

const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const DCTERMS: &str = "http://purl.org/dc/terms/";

/// Both forms: end of the address, media type, name.
const FORMS: [(&str, &str, &str); 2] =
    [("index.ttl", "text/turtle", "Turtle"), ("index.jsonld", "application/ld+json", "JSON-LD")];

/// A resource with what is said of it, property by property.
struct Resource {
    address: String,
    class: &'static str,
    properties: Vec<(&'static str, Vec<Object>)>,
}

enum Object {
    /// Another resource.
    Address(String),
    /// A text in the site's language.
    Text(String),
    /// A sign of no language.
    Plain(String),
}

/// Both files; none without value pairs, nor in an archive.
pub(super) fn files<'s>(stage: &'s Stage<'_>) -> Vec<FileJob<'s>> {
    let writers: [fn(&Stage<'_>) -> String; 2] = [turtle, json_ld];
    let paths = links(stage).into_iter().zip(writers);
    paths.map(|((path, ..), write)| FileJob::text(&path, move || write(stage))).collect()
}

/// The address, media type and name of both files.
pub(in super::super) fn links(stage: &Stage<'_>) -> Vec<(String, &'static str, &'static str)> {
    let sources = &stage.project.sources;
    if sources.archived || sources.values.is_empty() {
        return Vec::new();
    }
    FORMS
        .map(|(file, media_type, name)| (format!("/{}/{file}", sources.config.addresses.values), media_type, name))
        .into()
}

/// Both as relations in the head of the page.
pub(in super::super) fn relations(stage: &Stage<'_>) -> impl Iterator<Item = Relation> {
    links(stage)
        .into_iter()
        .map(|(path, media_type, _)| Relation { media_type: Some(media_type), ..Relation::new("alternate", path) })
}

/// The scheme, then its concepts.
fn resources(stage: &Stage<'_>) -> Vec<Resource> {
    let sources = &stage.project.sources;
    let address = |target: &Target| iri(&stage.absolute(&resolve::address(stage.project, target)));
    let scheme = iri(&stage.absolute(&format!("/{}/", sources.config.addresses.values)));
    let concepts: Vec<Object> =
        (0..sources.values.len()).map(|at| Object::Address(address(&Target::Value(at)))).collect();
    let title = stage.locale.text("nav-values");
    let publisher = sources.config.publisher.iter().cloned().map(Object::Plain).collect();
    let mut resources = vec![Resource {
        address: scheme.clone(),
        class: "skos:ConceptScheme",
        properties: vec![
            ("skos:prefLabel", vec![Object::Text(title.clone())]),
            ("dcterms:title", vec![Object::Text(title)]),
            ("dcterms:publisher", publisher),
            ("skos:hasTopConcept", concepts),
        ],
    }];
    resources.extend(sources.values.iter().enumerate().map(|(at, source)| {
        let label = resolve::title(stage.project, &Target::Value(at));
        // No label may be the preferred one and another of the same concept.
        let others: BTreeSet<&String> =
            source.values.iter().chain(&source.synonyms).filter(|other| **other != label).collect();
        let in_scheme = || vec![Object::Address(scheme.clone())];
        Resource {
            address: address(&Target::Value(at)),
            class: "skos:Concept",
            properties: vec![
                ("skos:prefLabel", vec![Object::Text(label)]),
                ("skos:altLabel", others.into_iter().cloned().map(Object::Text).collect()),
                ("skos:definition", source.summary.iter().cloned().map(Object::Text).collect()),
                ("skos:notation", vec![Object::Plain(source.order.to_string())]),
                ("skos:inScheme", in_scheme()),
                ("skos:topConceptOf", in_scheme()),
            ],
        }
    }));
    resources
}

fn turtle(stage: &Stage<'_>) -> String {
    let language = &stage.project.sources.config.language;
    let mut turtle = format!("@prefix skos: <{SKOS}> .\n@prefix dcterms: <{DCTERMS}> .\n");
    for resource in resources(stage) {
        turtle.push_str(&format!("\n<{}> a {}", resource.address, resource.class));
        for (property, objects) in resource.properties.iter().filter(|(_, objects)| !objects.is_empty()) {
            let objects: Vec<String> = objects.iter().map(|object| object.turtle(language)).collect();
            turtle.push_str(&format!(" ;\n    {property} {}", objects.join(", ")));
        }
        turtle.push_str(" .\n");
    }
    turtle
}

fn json_ld(stage: &Stage<'_>) -> String {
    let language = &stage.project.sources.config.language;
    let node = |resource: Resource| {
        let mut node = Map::new();
        node.insert("@id".into(), resource.address.into());
        node.insert("@type".into(), resource.class.into());
        for (property, objects) in resource.properties.iter().filter(|(_, objects)| !objects.is_empty()) {
            let objects = objects.iter().map(|object| object.json(language)).collect();
            node.insert((*property).to_owned(), Value::Array(objects));
        }
        Value::Object(node)
    };
    let graph: Vec<Value> = resources(stage).into_iter().map(node).collect();
    json_text(&json!({"@context": {"skos": SKOS, "dcterms": DCTERMS}, "@graph": graph}))
}

impl Object {
    fn turtle(&self, language: &str) -> String {
        match self {
            Object::Address(address) => format!("<{address}>"),
            Object::Text(text) => format!("\"{}\"@{language}", escaped(text)),
            Object::Plain(text) => format!("\"{}\"", escaped(text)),
        }
    }

    fn json(&self, language: &str) -> Value {
        match self {
            Object::Address(address) => json!({"@id": address}),
            Object::Text(text) => json!({"@value": text, "@language": language}),
            Object::Plain(text) => json!({"@value": text}),
        }
    }
}

/// A text between quotes of Turtle.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '"' | '\\' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            c if c.is_control() => escaped.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => escaped.push(c),
        }
    }
    escaped
}

/// An address with what no IRI may have encoded.
fn iri(address: &str) -> String {
    let mut iri = String::new();
    for c in address.chars() {
        if c.is_ascii() && (c.is_ascii_control() || "<>\"{}|^`\\ ".contains(c)) {
            iri.push_str(&format!("%{:02X}", u32::from(c)));
        } else {
            iri.push(c);
        }
    }
    iri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_term_is_escaped() {
        assert_eq!(escaped("a\"b\\c\nd\u{7}"), "a\\\"b\\\\c\\nd\\u0007");
        assert_eq!(iri("https://x/{a} ä>#b"), "https://x/%7Ba%7D%20ä%3E#b");
    }
}
