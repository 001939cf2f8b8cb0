//! `leitwerk verify`: whether sealed releases, an archive or a built site are what they were.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Ending, Session, world};
use crate::diagnostic::{self, Code, Diagnostic, Diagnostics};
use crate::source::Files;
use crate::world::{EntryKind, World};
use crate::{archive, load, write};

/// Check that nothing was altered: sealed releases, an archive, or a built site
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// An archive, or the folder of a built site [default: the sealed releases of the site]
    path: Option<PathBuf>,
}

pub(super) fn run(session: &Session, arguments: &Arguments) -> Ending {
    let (mut files, mut diagnostics) = (Files::default(), Diagnostics::new());
    let world = world(None);
    let said = match &arguments.path {
        None => sealed(&world, &session.root(), &mut files, &mut diagnostics),
        Some(path) if world.kind(path) == Some(EntryKind::Folder) => built(&world, path, &mut diagnostics),
        Some(path) => archived(&world, path, &mut files, &mut diagnostics),
    };
    let ending = session.report(&mut diagnostics, &files);
    if !diagnostic::has_errors(&diagnostics) {
        session.say(&said);
    }
    ending
}

/// The sealed releases of the site in `root`. What else is wrong with it is for `check` to say.
fn sealed(world: &dyn World, root: &Path, files: &mut Files, diagnostics: &mut Diagnostics) -> String {
    let Some(sources) = load::load(world, root, &load::Cache::default(), files, diagnostics) else {
        return String::new();
    };
    diagnostics.retain(|found| found.code as u16 >= Code::AlteredSealedFile as u16);
    let seals = sources.releases.iter().filter_map(|release| release.seal.as_ref());
    seals.map(|seal| format!("{} is what it was: {} files\n", seal.lock.version, seal.lock.files.len())).collect()
}

/// The built site in a folder, by its manifest.
fn built(world: &dyn World, folder: &Path, diagnostics: &mut Diagnostics) -> String {
    match write::faults(world, folder) {
        Ok(Some(state)) => {
            let fault = |(reason, path): (&'static str, String)| {
                let found = Diagnostic::about(Code::AlteredOutput, folder.join(&path)).arg("reason", reason);
                found.arg("name", path)
            };
            diagnostics.extend(state.faults.into_iter().map(fault));
            format!("{} is what was built: {} files\n", folder.display(), state.files)
        }
        Ok(None) => {
            diagnostics.push(Diagnostic::about(Code::AlteredOutput, folder).arg("reason", "none").arg("name", ""));
            String::new()
        }
        Err(found) => {
            diagnostics.push(found);
            String::new()
        }
    }
}

/// The archive at a path.
fn archived(world: &dyn World, path: &Path, files: &mut Files, diagnostics: &mut Diagnostics) -> String {
    match world.read(path) {
        Ok(bytes) => archive::verify(path, &bytes, files, diagnostics).map_or_else(String::new, |found| {
            format!("{} is what it was: release {}, {} files\n", path.display(), found.version, found.files)
        }),
        Err(error) => {
            diagnostics.push(Diagnostic::about(Code::Unreadable, path).arg("error", error));
            String::new()
        }
    }
}
