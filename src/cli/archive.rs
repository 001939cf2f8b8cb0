//! `leitwerk archive VERSION|--all`: one file for each sealed release that any browser opens.

use std::path::PathBuf;

use clap::Args;

use super::{Ending, Session, edition_of, world};
use crate::archive;
use crate::diagnostic::{self, Diagnostics};
use crate::history;
use crate::source::Files;
use crate::target::archive_name;

/// Make the archive of a sealed release: one file that any browser opens, with proof that it is unaltered
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The version
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    version: Option<String>,
    /// The archives of all sealed releases that have none
    #[arg(long)]
    all: bool,
    /// Folder to write to [default: `archives` in the site's folder]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

pub(super) fn run(session: &Session, arguments: &Arguments) -> Ending {
    let world = world(None);
    let root = session.root();
    let (mut files, mut diagnostics) = (Files::default(), Diagnostics::new());
    let Some(project) = crate::read(&world, &root, &mut files, &mut diagnostics) else {
        return session.report(&mut diagnostics, &files);
    };
    project.settle(&mut diagnostics);
    diagnostics.retain(|found| found.severity == diagnostic::Severity::Error);
    let folder = arguments.output.clone().unwrap_or_else(|| root.join(archive::FOLDER));
    let editions = match &arguments.version {
        Some(version) => edition_of(&project, version).map_err(|found| diagnostics.push(found)).into_iter().collect(),
        None => sealed(&project),
    };
    for edition in editions {
        if diagnostic::has_errors(&diagnostics) {
            break;
        }
        let is_there = folder.join(archive_name(&project.sources, history::source(&project.sources, edition)));
        if arguments.all && is_there.exists() {
            session.say(&format!("{} is there\n", is_there.display()));
            continue;
        }
        let Some(made) = archive::make(&world, &root, &project, edition, &mut files, &mut diagnostics) else { break };
        match archive::keep(&world, &folder, &made) {
            Ok(path) => {
                session.say(&format!("{}: {} pages, {} kB\n", path.display(), made.pages, made.bytes.len() / 1000));
            }
            Err(found) => diagnostics.push(found),
        }
    }
    session.report(&mut diagnostics, &files)
}

/// The releases that are sealed.
fn sealed(project: &crate::Project) -> Vec<usize> {
    let releases = project.sources.releases.iter().enumerate();
    releases.filter(|(_, release)| release.seal.is_some()).map(|(edition, _)| edition).collect()
}
