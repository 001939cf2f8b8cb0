//! `leitwerk archive VERSION|--all`: one file for each sealed release that any browser opens.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Ending, Session, edition_of, world};
use crate::Project;
use crate::archive;
use crate::diagnostic::{self, Diagnostics};
use crate::history;
use crate::source::Files;
use crate::target::archive_name;
use crate::world::World;

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
    diagnostics.retain(|found| found.severity == diagnostic::Severity::Error);
    archive::check_consent(&world, &root, &project.sources, &archive::Cache::default(), &mut diagnostics);
    project.settle(&mut diagnostics);
    let folder = arguments.output.clone().unwrap_or_else(|| root.join(archive::FOLDER));
    let editions = match &arguments.version {
        Some(version) => edition_of(&project, version).map_err(|found| diagnostics.push(found)).into_iter().collect(),
        None => sealed(&project),
    };
    if diagnostic::has_errors(&diagnostics) {
        return session.report(&mut diagnostics, &files);
    }
    for edition in editions {
        let mut found = Diagnostics::new();
        let said = archived(&world, &root, &folder, &project, edition, &mut files, &mut found);
        session.say(&said.unwrap_or_default());
        diagnostics.append(&mut found);
    }
    session.report(&mut diagnostics, &files)
}

/// Makes the archive of one release unless it is there, unaltered; what there is to say of it.
fn archived(
    world: &dyn World,
    root: &Path,
    folder: &Path,
    project: &Project,
    edition: usize,
    files: &mut Files,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let release = history::source(&project.sources, edition);
    let path = folder.join(archive_name(&project.sources, release));
    if release.seal.is_some()
        && let Some(is_kept) = archive::is_kept(world, &path, release, files, diagnostics)
    {
        return is_kept.then(|| format!("{} is there, unaltered\n", path.display()));
    }
    let made = archive::make(world, root, project, edition, files, diagnostics)?;
    let path = archive::keep(world, folder, &made).map_err(|found| diagnostics.push(found)).ok()?;
    Some(format!("{}: {} pages, {} kB\n", path.display(), made.pages, made.bytes.len() / 1000))
}

/// The releases that are sealed.
fn sealed(project: &Project) -> Vec<usize> {
    let releases = project.sources.releases.iter().enumerate();
    releases.filter(|(_, release)| release.seal.is_some()).map(|(edition, _)| edition).collect()
}
