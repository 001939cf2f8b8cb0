//! `releases.json` beside the guideline's page: all releases and which is in force, a contract for other programs
//! (`docs/releases.schema.json`).

use serde::Serialize;

use super::super::Stage;
use super::super::queue::FileJob;
use super::chapter_json::Guideline;
use super::json_text;
use crate::history;
use crate::resolve;
use crate::target::Target;

/// The document; `format` grows when a field changes its meaning or goes.
#[derive(Serialize)]
struct ReleasesDocument {
    format: u32,
    guideline: Guideline,
    /// The day on which the states are true.
    as_of: String,
    /// Version of the release in force.
    current: Option<String>,
    /// Which release is in force when, in order of time.
    in_force: Vec<Time>,
    /// Newest first.
    releases: Vec<Release>,
    draft: Option<Draft>,
}

#[derive(Serialize)]
struct Release {
    version: String,
    released: Option<String>,
    valid_from: Option<String>,
    valid_until: Option<String>,
    status: &'static str,
    #[serde(flatten)]
    text: Text,
}

#[derive(Serialize)]
struct Time {
    version: String,
    /// The first day.
    from: String,
    /// The last day; none while no successor is known.
    until: Option<String>,
}

#[derive(Serialize)]
struct Draft {
    consultation_until: Option<String>,
    #[serde(flatten)]
    text: Text,
}

/// What a release and the draft have in common.
#[derive(Serialize)]
struct Text {
    summary: Option<String>,
    /// Version of the release before.
    predecessor: Option<String>,
    address: String,
    changes: Option<ChangesEntry>,
    chapters: Vec<ChapterEntry>,
}

#[derive(Serialize)]
struct ChangesEntry {
    address: String,
    json: String,
}

#[derive(Serialize)]
struct ChapterEntry {
    slug: String,
    title: String,
    address: String,
    markdown: String,
    json: String,
}

/// The address of the file, from the site's root.
pub(super) fn path(stage: &Stage<'_>) -> String {
    format!("{}releases.json", resolve::address(stage.project, &Target::Guideline))
}

/// The file; `None` for a site without releases.
pub(super) fn file<'s>(stage: &'s Stage<'_>) -> Option<FileJob<'s>> {
    (!stage.editions().is_empty()).then(|| FileJob::text(&path(stage), || json_text(&document(stage))))
}

fn document(stage: &Stage<'_>) -> ReleasesDocument {
    let sources = &stage.project.sources;
    let releases = (0..sources.releases.len()).rev().map(|edition| {
        let source = &sources.releases[edition];
        Release {
            version: history::label(sources, edition),
            released: source.released.map(|date| date.to_string()),
            valid_from: source.valid_from.map(|date| date.to_string()),
            valid_until: stage.site.validity.valid_until(edition).map(|date| date.to_string()),
            status: stage.site.validity.status(edition).name(),
            text: text(stage, edition),
        }
    });
    let draft = stage.shows_draft().then_some(sources.releases.len()).map(|edition| Draft {
        consultation_until: history::source(sources, edition).consultation_until.map(|date| date.to_string()),
        text: text(stage, edition),
    });
    let in_force = stage.site.validity.times().into_iter().map(|(edition, first, last)| Time {
        version: history::label(sources, edition),
        from: first.to_string(),
        until: last.map(|last| last.to_string()),
    });
    ReleasesDocument {
        format: 1,
        guideline: Guideline::new(stage),
        as_of: stage.today.to_string(),
        current: stage.site.validity.current().map(|current| history::label(sources, current)),
        in_force: in_force.collect(),
        releases: releases.collect(),
        draft,
    }
}

fn text(stage: &Stage<'_>, edition: usize) -> Text {
    let (project, sources) = (stage.project, &stage.project.sources);
    let source = history::source(sources, edition);
    let predecessor = project.history.editions[edition].predecessor;
    let chapters = source.chapters.iter().enumerate().map(|(at, chapter)| {
        let address = stage.absolute(&resolve::address(project, &Target::Chapter(edition, at)));
        ChapterEntry {
            slug: chapter.page.slug.clone(),
            title: chapter.title.clone(),
            markdown: format!("{address}index.md"),
            json: format!("{address}index.json"),
            address,
        }
    });
    let changes = predecessor.filter(|&from| stage.changes.contains_key(&(from, edition))).map(|from| {
        let address = stage.absolute(&stage.changes_path(from, edition));
        ChangesEntry { json: format!("{address}index.json"), address }
    });
    Text {
        summary: source.summary.clone(),
        predecessor: predecessor.map(|before| history::label(sources, before)),
        address: stage.absolute(&resolve::address(project, &Target::Edition(edition))),
        changes,
        chapters: chapters.collect(),
    }
}
