//! `llms.txt` at the root: what the site has, for language models, as a list of links to texts they can read
//! (llmstxt.org).

use super::super::Stage;
use super::super::queue::FileJob;
use super::{feeds, portable, releases_json};
use crate::history;
use crate::resolve;
use crate::target::Target;

/// The file.
pub(super) fn file<'s>(stage: &'s Stage<'_>) -> FileJob<'s> {
    FileJob::text("/llms.txt", || text(stage))
}

fn text(stage: &Stage<'_>) -> String {
    let config = &stage.project.sources.config;
    let mut parts = vec![format!("# {}", portable::escaped(&config.title))];
    parts.extend(config.description.as_ref().map(|text| format!("> {}", portable::paragraph(text))));
    parts.extend(config.notice.as_ref().map(|text| portable::paragraph(text)));
    if !stage.editions().is_empty() {
        parts.push(portable::paragraph(&stage.locale.text("llms-forms")));
    }
    for (title, lines) in [chapters(stage), changes(stage), values(stage), labs(stage), optional(stage)] {
        if !lines.is_empty() {
            parts.push(format!("## {}\n\n{}", portable::escaped(&title), lines.join("\n")));
        }
    }
    parts.join("\n\n") + "\n"
}

/// One line of a section.
fn line(stage: &Stage<'_>, title: &str, path: &str, about: Option<&str>) -> String {
    let link = portable::link(title, &stage.absolute(path));
    about.map_or_else(|| format!("- {link}"), |about| format!("- {link}: {}", portable::escaped(about)))
}

/// The chapters of the release in force.
fn chapters(stage: &Stage<'_>) -> (String, Vec<String>) {
    let Some(shown) = stage.site.validity.shown() else { return Default::default() };
    let title = format!("{}, {}", resolve::title(stage.project, &Target::Guideline), stage.edition_label(shown));
    let chapters = history::source(&stage.project.sources, shown).chapters.iter().enumerate();
    let lines = chapters.map(|(at, chapter)| {
        let path = resolve::address(stage.project, &Target::Chapter(shown, at));
        line(stage, &chapter.title, &format!("{path}index.md"), chapter.summary.as_deref())
    });
    (title, lines.collect())
}

/// What each release changed, the newest first.
fn changes(stage: &Stage<'_>) -> (String, Vec<String>) {
    let releases = (0..stage.project.sources.releases.len()).rev();
    let lines = releases.filter_map(|edition| {
        let path = resolve::address(stage.project, &Target::Changes(edition));
        let counts = feeds::counts(stage, edition)?;
        Some(line(stage, &stage.edition_label(edition), &format!("{path}index.json"), Some(&counts)))
    });
    (stage.locale.text("release-changes"), lines.collect())
}

fn values(stage: &Stage<'_>) -> (String, Vec<String>) {
    let values = stage.project.sources.values.iter().enumerate();
    let lines = values.map(|(at, value)| {
        let target = Target::Value(at);
        let (title, path) = (resolve::title(stage.project, &target), resolve::address(stage.project, &target));
        line(stage, &title, &path, value.summary.as_deref())
    });
    (stage.locale.text("nav-values"), lines.collect())
}

/// The labs, the newest first.
fn labs(stage: &Stage<'_>) -> (String, Vec<String>) {
    let labs = &stage.project.sources.labs;
    let lines = stage.project.sources.labs_newest_first().into_iter().map(|at| {
        let about = [Some(stage.locale.date(labs[at].date).text), labs[at].summary.clone()];
        let about = about.into_iter().flatten().collect::<Vec<_>>().join(". ");
        line(stage, &labs[at].title, &resolve::address(stage.project, &Target::Lab(at)), Some(&about))
    });
    (stage.locale.text("nav-labs"), lines.collect())
}

/// What a reader in a hurry may skip; the format gives this section its name, in every language.
fn optional(stage: &Stage<'_>) -> (String, Vec<String>) {
    let mut lines = Vec::new();
    if !stage.editions().is_empty() {
        lines.push(line(stage, &stage.locale.text("llms-releases"), &releases_json::path(stage), None));
    }
    let shown = stage.site.validity.shown();
    let others = stage.editions().rev().filter(|&edition| Some(edition) != shown);
    lines.extend(others.map(|edition| {
        let path = resolve::address(stage.project, &Target::Edition(edition));
        let summary = history::source(&stage.project.sources, edition).summary.as_deref();
        line(stage, &stage.edition_label(edition), &path, summary)
    }));
    lines.extend(feeds::all(stage).iter().map(|feed| line(stage, &feed.label, &feed.path, None)));
    ("Optional".to_owned(), lines)
}
