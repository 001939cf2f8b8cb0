//! What pages say to search engines in the words of schema.org, as JSON-LD.
//!
//! A page holds the nodes of its graph in `Head::data`; the name of a node is the canonical address of what it is about.

use serde_json::{Map, Value, json};

use super::super::page::Head;
use super::super::{Stage, licence};
use crate::resolve;
use crate::target::Target;

mod guideline;
mod labs;
mod terms;

pub(in super::super) use guideline::{chapter, guideline, release, site};
pub(in super::super) use labs::{lab, talk};
pub(in super::super) use terms::{glossary, value, values};

/// The document of a page: its nodes and the way down to it; `None` where there is nothing to say.
pub(in super::super) fn document(stage: &Stage<'_>, head: &Head) -> Option<Value> {
    let graph: Vec<Value> = head.data.iter().cloned().chain(breadcrumbs(stage, head)).collect();
    (!graph.is_empty()).then(|| json!({"@context": "https://schema.org", "@graph": graph}))
}

fn breadcrumbs(stage: &Stage<'_>, head: &Head) -> Option<Value> {
    let own = head.canonical.as_ref().filter(|_| !head.breadcrumbs.is_empty())?;
    let above = head.breadcrumbs.iter().map(|link| (link.title.as_str(), stage.absolute(&link.path)));
    let all = above.chain([(head.title.as_str(), own.clone())]).enumerate();
    let items: Vec<Value> = all
        .map(|(at, (name, item))| json!({"@type": "ListItem", "position": at + 1, "name": name, "item": item}))
        .collect();
    Some(json!({"@type": "BreadcrumbList", "itemListElement": items}))
}

/// A node of this type and name with those properties that have a value.
fn node<const N: usize>(kind: &str, address: &str, properties: [(&str, Option<Value>); N]) -> Value {
    let mut node = Map::new();
    node.insert("@type".into(), kind.into());
    node.insert("@id".into(), address.into());
    node.insert("url".into(), address.into());
    node.extend(properties.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    Value::Object(node)
}

/// A node as it stands in others: its type, name and title.
fn reference(stage: &Stage<'_>, kind: &str, target: &Target) -> Value {
    let name = match target {
        Target::Edition(edition) => stage.edition_label(*edition),
        _ => resolve::title(stage.project, target),
    };
    json!({"@type": kind, "@id": address(stage, target), "name": name})
}

/// The canonical address of a target.
fn address(stage: &Stage<'_>, target: &Target) -> String {
    stage.absolute(&resolve::address(stage.project, target))
}

/// Text, if there is any.
fn text(text: Option<&String>) -> Option<Value> {
    text.map(|text| Value::from(text.as_str()))
}

/// A list that is not empty.
fn list(values: Vec<Value>) -> Option<Value> {
    (!values.is_empty()).then_some(Value::Array(values))
}

fn language(stage: &Stage<'_>) -> Option<Value> {
    Some(stage.project.sources.config.language.as_str().into())
}

/// Who publishes the guideline.
fn publisher(stage: &Stage<'_>) -> Option<Value> {
    let sources = &stage.project.sources;
    let name = sources.guideline.publisher.as_ref().or(sources.config.publisher.as_ref())?;
    Some(json!({"@type": "Organization", "name": name}))
}

/// The licence by its address, or as a work of this name.
fn licence(stage: &Stage<'_>) -> Option<Value> {
    let licence = stage.project.sources.guideline.licence.as_deref()?;
    let named = || json!({"@type": "CreativeWork", "name": licence});
    Some(licence::url(licence).map_or_else(named, Value::from))
}
