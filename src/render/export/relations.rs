//! Relations between versions of a text (RFC 5829) and to its other forms, as `<link rel>` in the head of pages.

use super::super::page::Relation;
use super::super::{Stage, licence};
use super::citations::Cited;
use super::releases_json;
use crate::resolve;
use crate::target::Target;

const MARKDOWN: &str = "text/markdown";
const CSV: &str = "text/csv";
const JSON: &str = "application/json";

/// Those of the guideline's page.
pub(in super::super) fn guideline(stage: &Stage<'_>) -> Vec<Relation> {
    let current = stage.site.validity.current().map(|current| to("latest-version", stage, &Target::Edition(current)));
    let data = Relation { media_type: Some(JSON), ..Relation::new("alternate", releases_json::path(stage)) };
    current.into_iter().chain([data]).chain(of_licence(stage)).collect()
}

/// Those of a release's page.
pub(in super::super) fn release(stage: &Stage<'_>, edition: usize) -> Vec<Relation> {
    let mut relations = vec![to("up", stage, &Target::Guideline), to("version-history", stage, &Target::Guideline)];
    relations.extend(versions(stage, edition, |other| Some(Target::Edition(other))));
    relations.extend(Cited::Edition(edition).relations(stage));
    relations.extend(of_licence(stage));
    relations
}

/// Those of a chapter's page.
pub(in super::super) fn chapter(stage: &Stage<'_>, edition: usize, chapter: usize) -> Vec<Relation> {
    let path = resolve::address(stage.project, &Target::Chapter(edition, chapter));
    let mut relations =
        vec![to("up", stage, &Target::Edition(edition)), to("version-history", stage, &Target::Guideline)];
    relations.extend(versions(stage, edition, |other| {
        let there = stage.project.history.counterpart(edition, chapter, other)?;
        Some(Target::Chapter(other, there))
    }));
    for (file, media_type) in [("index.md", MARKDOWN), ("index.json", JSON)] {
        relations
            .push(Relation { media_type: Some(media_type), ..Relation::new("alternate", format!("{path}{file}")) });
    }
    relations.extend(Cited::Chapter(edition, chapter).relations(stage));
    relations.extend(of_licence(stage));
    relations
}

/// Those of the pages that compare two editions.
pub(in super::super) fn changes(stage: &Stage<'_>, from: usize, edition: usize) -> Vec<Relation> {
    let path = format!("{}index.json", stage.changes_path(from, edition));
    vec![
        to("up", stage, &Target::Edition(edition)),
        Relation { media_type: Some(JSON), ..Relation::new("alternate", path) },
    ]
}

/// Those of the page of a concordance.
pub(in super::super) fn concordance(stage: &Stage<'_>, edition: usize, path: &str) -> Vec<Relation> {
    let form = |media_type, file| Relation {
        media_type: Some(media_type),
        ..Relation::new("alternate", format!("{path}{file}"))
    };
    vec![to("up", stage, &Target::Edition(edition)), form(CSV, "konkordanz.csv"), form(JSON, "index.json")]
}

/// The release in force and the neighbours in the line of releases, each by what `there` says of it.
fn versions(stage: &Stage<'_>, edition: usize, there: impl Fn(usize) -> Option<Target>) -> Vec<Relation> {
    let editions = &stage.project.history.editions;
    let successors =
        stage.editions().filter(|&other| editions[other].predecessor == Some(edition) && !stage.is_draft(other));
    let latest = stage.site.validity.current().map(|current| ("latest-version", current));
    let before = editions[edition].predecessor.map(|before| ("predecessor-version", before));
    let versions = latest.into_iter().chain(before).chain(successors.map(|after| ("successor-version", after)));
    versions.filter_map(|(rel, other)| Some(to(rel, stage, &there(other)?))).collect()
}

fn to(rel: &'static str, stage: &Stage<'_>, target: &Target) -> Relation {
    Relation::new(rel, resolve::address(stage.project, target))
}

fn of_licence(stage: &Stage<'_>) -> Option<Relation> {
    let licence = stage.project.sources.guideline.licence.as_deref()?;
    licence::url(licence).map(|url| Relation::new("license", url))
}
