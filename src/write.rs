//! Stage 8: puts the files of the site into the output folder, all at once, and removes only what Leitwerk wrote.
//!
//! 1. The folder is checked: it may be replaced, and nothing in it is anybody else's (`target`, `folder`).
//! 2. If nothing changed, nothing is written.
//! 3. The new site is built in a folder beside it and the two are exchanged in one step (`staging`).
//! 4. Where a folder cannot be exchanged, being a mount point, its files are replaced one by one (`in_place`).

use std::path::Path;

use bytes::Bytes;

use crate::diagnostic::{Code, Diagnostic};
use crate::world::{EntryKind, World};

mod failure;
mod folder;
mod in_place;
mod manifest;
mod site;
mod staging;
mod target;
#[cfg(test)]
mod tests;

use failure::{Failure, at};
use folder::{Contents, Folder};
use site::Site;

/// How many files of others are named before the list is cut.
const LISTED: usize = 10;

/// One file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Path relative to the output folder, with `/` between segments.
    pub path: String,
    /// What it holds.
    pub bytes: Bytes,
}

/// What a build did to the output folder, in numbers of files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or have new bytes.
    pub written: usize,
    /// Files that stayed as they were.
    pub unchanged: usize,
    /// Files that are no longer part of the site.
    pub removed: usize,
}

/// Whether the output folder can hold a file at this path, with `/` between segments: names that Leitwerk keeps for itself
/// are none for folders either.
pub fn can_hold(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or_default();
    manifest::is_site_path(path) && manifest::is_site_path(first)
}

/// Makes `files` the content of the folder `out` of the site in `root`.
///
/// An interruption leaves the old or the new site complete, and the next call removes what it left behind.
/// Two exceptions: where the system cannot exchange folders there is none for the moment between two renames,
/// and a mount point is updated file by file.
///
/// # Errors
/// [`Code::DangerousOutput`] and [`Code::ForeignFiles`] before anything was changed, [`Code::WriteFailed`]
/// when the system fails. A last [`Code::ForeignFiles`] names a folder beside `out`: a file was edited while
/// it was being replaced, and the edit lies there.
pub fn write(world: &dyn World, root: &Path, out: &Path, files: &[OutputFile]) -> Result<Written, Diagnostic> {
    let new = Site::new(files)?;
    let target = target::accepted(world, root, out)?;
    let beside = target.parent().unwrap_or(&target);
    if world.kind(beside).is_none() {
        world.create_folder(beside).map_err(at(beside))?;
    }
    let _lock = world.lock(beside).map_err(at(beside))?;
    staging::tidy(world, &target);
    let folder = Folder::survey(world, &target, manifest::NAME)?;
    let old = folder.contents(world)?;
    refuse_foreign(out, &old.foreign)?;
    let counts = count(&old, &new);
    let same = counts.written == 0 && counts.removed == 0;
    if !(same && folder.is_described_by(&new.manifest())) {
        replace(world, &folder, &old, &new)?;
    }
    Ok(counts)
}

/// Checks before the build that `out` may be replaced, so that a user hears of it before anything is done.
///
/// Files are checked by name; that one of them was edited is found by [`write()`].
///
/// # Errors
/// [`Code::DangerousOutput`], [`Code::ForeignFiles`], or [`Code::WriteFailed`] where the folder cannot be read.
pub fn check_target(world: &dyn World, root: &Path, out: &Path) -> Result<(), Diagnostic> {
    let target = target::accepted(world, root, out)?;
    if world.kind(&target).is_none() {
        return Ok(());
    }
    let beside = target.parent().unwrap_or(&target);
    // Another build may be exchanging the folder just now.
    let _lock = world.lock(beside).map_err(at(beside))?;
    refuse_foreign(out, &Folder::survey(world, &target, manifest::NAME)?.foreign)
}

/// A built site as its manifest says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// How many files the manifest names.
    pub files: usize,
    /// What is `missing`, `altered` or `added`, with the path.
    pub faults: Vec<(&'static str, String)>,
}

/// Compares the folder of a built site with its manifest; `None` where it has none.
///
/// # Errors
/// [`Code::WriteFailed`] where the folder cannot be read.
pub fn faults(world: &dyn World, folder: &Path) -> Result<Option<State>, Diagnostic> {
    let canonical = world.canonical(folder).map_err(at(folder))?;
    let folder = Folder::survey(world, &canonical, manifest::NAME)?;
    let Some(manifest) = &folder.manifest else { return Ok(None) };
    let missing = manifest.paths().filter(|path| !folder.named.iter().any(|named| named == path));
    let mut faults: Vec<(&'static str, String)> = missing.map(|path| ("missing", path.to_owned())).collect();
    let foreign = folder.contents(world)?.foreign;
    faults.extend(foreign.into_iter().map(|path| (if manifest.names(&path) { "altered" } else { "added" }, path)));
    let files = manifest.paths().count();
    Ok(Some(State { files, faults }))
}

fn refuse_foreign(folder: &Path, foreign: &[String]) -> Result<(), Diagnostic> {
    if foreign.is_empty() {
        return Ok(());
    }
    let mut listed = foreign[..foreign.len().min(LISTED)].join(", ");
    if foreign.len() > LISTED {
        listed.push_str(", …");
    }
    Err(Diagnostic::about(Code::ForeignFiles, folder).arg("files", listed))
}

fn count(old: &Contents, new: &Site) -> Written {
    let unchanged = new.files().filter(|file| old.has(file)).count();
    Written { written: new.files().count() - unchanged, unchanged, removed: old.stale(new).count() }
}

fn replace(world: &dyn World, folder: &Folder, old: &Contents, new: &Site) -> Result<(), Diagnostic> {
    match staging::swap_in(world, &folder.path, old, new) {
        Ok(None) => Ok(()),
        Ok(Some(aside)) => {
            let kept = staging::clear(world, &aside)?;
            refuse_foreign(&aside, &kept)
        }
        Err(failure) if failure.is_refusal() && world.kind(&folder.path) == Some(EntryKind::Folder) => {
            in_place::update(world, folder, old, new).map_err(Diagnostic::from)
        }
        Err(failure) => Err(failure.into()),
    }
}
