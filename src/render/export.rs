//! What the site gives to programs, each in a file of its own.

use serde::Serialize;

use super::queue::{FileJob, Job};
use super::redirects::Redirect;
use super::{PageJob, Stage};
use crate::write::OutputFile;

pub(super) mod calendar;
mod changes_json;
mod chapter_json;
mod chapter_markdown;
pub(super) mod citations;
mod concordance;
mod crawlers;
pub(super) mod feeds;
pub(super) mod headers;
pub(super) mod json_ld;
mod llms;
mod portable;
mod redirect_rules;
pub(super) mod relations;
mod releases_json;
pub(super) mod skos;
mod times;

/// The files for programs; `pages` and `redirects` are those of the site.
pub(super) fn files<'s>(stage: &'s Stage<'_>, pages: &[PageJob<'_>], redirects: &'s [Redirect]) -> Vec<Job<'s>> {
    let templated = crawlers::files(stage, pages).into_iter();
    let mut jobs: Vec<Job<'s>> = templated.map(Job::Page).chain(feeds::files(stage)).collect();
    for edition in stage.editions() {
        for chapter in 0..stage.project.history.editions[edition].text.chapters.len() {
            let files = [chapter_markdown::file(stage, edition, chapter), chapter_json::file(stage, edition, chapter)];
            jobs.extend(files.map(Job::File));
        }
    }
    let files = citations::files(stage).into_iter().chain(calendar::files(stage)).chain(skos::files(stage));
    jobs.extend(files.map(Job::File));
    jobs.extend(changes_json::files(stage).into_iter().map(Job::File));
    let others = concordance::files(stage)
        .into_iter()
        .chain(releases_json::file(stage))
        .chain(headers::files(stage).map(FileJob::finished))
        .chain(redirect_rules::files(stage, redirects))
        .chain([llms::file(stage)]);
    jobs.extend(others.map(Job::File));
    jobs
}

/// A value as the text of a JSON file.
pub(super) fn json_text(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

/// A text file at a path from the site's root.
pub(super) fn text_file(path: &str, text: String) -> OutputFile {
    OutputFile { path: path.trim_start_matches('/').to_owned(), bytes: text.into() }
}
