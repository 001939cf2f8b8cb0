//! What the site gives to programs, each in a file of its own.

use rayon::prelude::*;
use serde::Serialize;

use super::redirects::Redirect;
use super::{PageJob, Stage};
use crate::write::OutputFile;

mod changes_json;
mod chapter_json;
mod chapter_markdown;
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

/// The files for programs.
pub(super) struct Exported {
    /// Those that a template makes.
    pub templated: Vec<PageJob>,
    /// Those that are finished.
    pub finished: Vec<OutputFile>,
}

/// The files for programs; `pages` and `redirects` are those of the site.
pub(super) fn files(stage: &Stage<'_>, pages: &[PageJob], redirects: &[Redirect]) -> Exported {
    let chapters: Vec<(usize, usize)> = stage
        .editions()
        .flat_map(|edition| {
            let chapters = 0..stage.project.history.editions[edition].text.chapters.len();
            chapters.map(move |chapter| (edition, chapter))
        })
        .collect();
    let mut finished: Vec<OutputFile> = chapters
        .into_par_iter()
        .flat_map_iter(|(edition, chapter)| {
            [chapter_markdown::file(stage, edition, chapter), chapter_json::file(stage, edition, chapter)]
        })
        .collect();
    finished.extend(changes_json::files(stage));
    finished.extend(concordance::files(stage));
    finished.extend(releases_json::file(stage));
    finished.extend(headers::files(stage));
    finished.extend(redirect_rules::files(stage, redirects));
    finished.push(llms::file(stage));
    Exported { templated: crawlers::files(stage, pages).into_iter().chain(feeds::files(stage)).collect(), finished }
}

/// A JSON file at a path from the site's root.
fn json(path: &str, value: &impl Serialize) -> OutputFile {
    let text = serde_json::to_string_pretty(value).unwrap_or_default() + "\n";
    text_file(path, text)
}

/// A text file at a path from the site's root.
fn text_file(path: &str, text: String) -> OutputFile {
    OutputFile { path: path.trim_start_matches('/').to_owned(), bytes: text.into_bytes() }
}
