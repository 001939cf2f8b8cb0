//! `leitwerk diff A B`: what changed between two releases, or a release and the draft.

use std::path::Path;

use clap::{Args, ValueEnum};

use super::{Ending, Session, edition_of, print, stdout_colours, window_width, world};
use crate::changes;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::history;
use crate::render::theme;
use crate::report::{self, Report, terminal};
use crate::source::Files;
use crate::{Project, diagnostic};

/// Show what changed between two releases
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The older version, or `draft`
    #[arg(value_name = "A")]
    from: String,
    /// The newer version, or `draft`
    #[arg(value_name = "B")]
    to: String,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For the terminal
    Text,
    /// For a merge request
    Markdown,
    /// For programs; the schema is in docs/changes.schema.json
    Json,
    /// For a mail
    Html,
}

pub(super) fn run(session: &Session, arguments: &Arguments) -> Ending {
    let (mut files, mut diagnostics) = (Files::default(), Diagnostics::new());
    let Some(project) = crate::read(&world(None), &session.root(), &mut files, &mut diagnostics) else {
        return session.report(&mut diagnostics, &files);
    };
    project.settle(&mut diagnostics);
    let (from, to) = (edition_of(&project, &arguments.from), edition_of(&project, &arguments.to));
    diagnostics.extend([&from, &to].into_iter().filter_map(|found| found.as_ref().err().cloned()));
    if diagnostic::has_errors(&diagnostics) {
        return session.report(&mut diagnostics, &files);
    }
    if let (Ok(from), Ok(to)) = (from, to) {
        diagnostics.retain(|found| !is_of_another_edition(found, &files, &project, (from, to)));
        session.report(&mut diagnostics, &files);
        print(&render(session, arguments, &project, from, to));
    }
    Ending::Fine
}

/// Whether a warning is about an edition that is not compared here.
fn is_of_another_edition(found: &Diagnostic, files: &Files, project: &Project, compared: (usize, usize)) -> bool {
    let Some(span) = found.span else { return false };
    let path = files.get(span.file).path();
    let folder = |edition: usize| Path::new("content").join(&history::source(&project.sources, edition).folder);
    let others = (0..project.history.editions.len()).filter(|&edition| ![compared.0, compared.1].contains(&edition));
    others.map(folder).any(|folder| path.starts_with(folder))
}

fn render(session: &Session, arguments: &Arguments, project: &Project, from: usize, to: usize) -> String {
    let (old, new) = (project.history.side(from), project.history.side(to));
    let changes = changes::between(&project.history, &project.sources, from, to);
    let (from, to) = (arguments.from.as_str(), arguments.to.as_str());
    if arguments.format == Format::Json {
        return changes::json::render(&changes, from, to, old, new);
    }
    let language = &project.sources.config.language;
    let report = Report { changes: &changes, from, to, old, new, locale: &theme::built_in_locale(language) };
    match arguments.format {
        Format::Markdown => report::markdown::render(&report),
        Format::Html => report::mail::render(&report, language),
        Format::Text | Format::Json => {
            let look = terminal::Look { width: window_width(), colour: stdout_colours(&session.shared) };
            terminal::render(&report, look)
        }
    }
}
