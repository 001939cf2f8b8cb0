//! The site, the guideline, its releases and their chapters as works.

use serde_json::{Value, json};

use super::super::super::Stage;
use super::{address, language, licence, list, node, publisher, reference, text};
use crate::history;
use crate::resolve;
use crate::target::Target;

/// Of the start page.
pub(in super::super::super) fn site(stage: &Stage<'_>) -> Vec<Value> {
    let config = &stage.project.sources.config;
    let publisher = config.publisher.as_ref().map(|name| json!({"@type": "Organization", "name": name}));
    let properties = [
        ("name", text(Some(&config.title))),
        ("description", text(config.description.as_ref())),
        ("inLanguage", language(stage)),
        ("publisher", publisher),
    ];
    vec![node("WebSite", &address(stage, &Target::Start), properties)]
}

/// Of the guideline's page.
pub(in super::super::super) fn guideline(stage: &Stage<'_>) -> Vec<Value> {
    let releases = stage.editions().map(|edition| reference(stage, "DigitalDocument", &Target::Edition(edition)));
    let properties = [
        ("name", Some(resolve::title(stage.project, &Target::Guideline).into())),
        ("alternateName", text(stage.project.sources.guideline.short_title.as_ref())),
        ("inLanguage", language(stage)),
        ("publisher", publisher(stage)),
        ("license", licence(stage)),
        ("hasPart", list(releases.collect())),
    ];
    vec![node("CreativeWork", &address(stage, &Target::Guideline), properties)]
}

/// Of a release's page.
pub(in super::super::super) fn release(stage: &Stage<'_>, edition: usize) -> Vec<Value> {
    let source = history::source(&stage.project.sources, edition);
    let chapters =
        (0..source.chapters.len()).map(|at| reference(stage, "DigitalDocument", &Target::Chapter(edition, at)));
    let predecessor = stage.project.history.editions[edition].predecessor;
    let properties = [
        ("name", Some(stage.edition_label(edition).into())),
        ("description", text(source.summary.as_ref())),
        ("version", source.version.as_ref().map(|version| version.as_str().into())),
        ("datePublished", source.released.map(|date| date.to_string().into())),
        ("creativeWorkStatus", status(stage, edition)),
        ("inLanguage", language(stage)),
        ("publisher", publisher(stage)),
        ("license", licence(stage)),
        ("isPartOf", Some(reference(stage, "CreativeWork", &Target::Guideline))),
        ("isBasedOn", predecessor.map(|before| reference(stage, "DigitalDocument", &Target::Edition(before)))),
        ("hasPart", list(chapters.collect())),
    ];
    vec![node("DigitalDocument", &address(stage, &Target::Edition(edition)), properties)]
}

/// Of a chapter's page.
pub(in super::super::super) fn chapter(stage: &Stage<'_>, edition: usize, chapter: usize) -> Vec<Value> {
    let release = history::source(&stage.project.sources, edition);
    let source = &release.chapters[chapter];
    let own = address(stage, &Target::Chapter(edition, chapter));
    let before = stage.project.history.editions[edition].predecessor.and_then(|before| {
        let there = stage.project.history.counterpart(edition, chapter, before)?;
        Some(reference(stage, "DigitalDocument", &Target::Chapter(before, there)))
    });
    let forms = [("index.md", "text/markdown"), ("index.json", "application/json")].map(|(file, media_type)| {
        json!({"@type": "MediaObject", "contentUrl": format!("{own}{file}"), "encodingFormat": media_type})
    });
    let properties = [
        ("name", text(Some(&source.title))),
        ("description", text(source.summary.as_ref())),
        ("version", release.version.as_ref().map(|version| version.as_str().into())),
        ("position", Some((chapter + 1).into())),
        ("datePublished", release.released.map(|date| date.to_string().into())),
        ("creativeWorkStatus", status(stage, edition)),
        ("inLanguage", language(stage)),
        ("publisher", publisher(stage)),
        ("license", licence(stage)),
        ("isPartOf", Some(reference(stage, "DigitalDocument", &Target::Edition(edition)))),
        ("isBasedOn", before),
        ("encoding", list(forms.into())),
    ];
    vec![node("DigitalDocument", &own, properties)]
}

/// A draft is one; of a release whether it is in force is no matter of its publication.
fn status(stage: &Stage<'_>, edition: usize) -> Option<Value> {
    stage.is_draft(edition).then(|| "Draft".into())
}
