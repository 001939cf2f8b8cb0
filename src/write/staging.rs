//! Builds the new site beside the old one and puts it in place in one step.
//!
//! The folder beside `public` is `.public.leitwerk-1`, or the next free number. Its manifest is written first, under
//! the name of an unfinished one, so that a later run knows what it may remove there. The old site comes to lie
//! under that name by the exchange.
//!
//! Where the system cannot exchange two folders, the old one is renamed away and the new one renamed in place. If
//! the process is killed between the two, there is no folder at the place until the next build puts one back.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::folder::{Contents, Folder};
use super::manifest::{NAME, PART, UNFINISHED};
use super::site::{HashedFile, Site};
use super::{Failure, at};
use crate::world::{EntryKind, World};

/// How many folders beside the target are tried. Each run removes those of earlier ones, so two are enough
/// unless somebody puts files into them.
const NUMBERS: std::ops::RangeInclusive<u8> = 1..=9;

/// Replaces the folder at `target` and says where the old one lies now, if there was one.
///
/// # Errors
/// Where this fails, the old folder is still in its place, and what was built is removed as far as possible.
pub(super) fn swap_in(
    world: &dyn World,
    target: &Path,
    old: &Contents,
    new: &Site,
) -> Result<Option<PathBuf>, Failure> {
    let staging = free(world, target)?;
    let swapped = build(world, &staging, target, old, new).and_then(|()| put_in_place(world, &staging, target));
    if swapped.is_err() {
        // The first failure is the one to report; what stays is removed by the next run.
        let _ = clear(world, &staging);
    }
    swapped
}

/// Removes what interrupted runs left beside `target`; if one of them left no folder in its place, puts one back.
///
/// What cannot be removed stays: it may belong to another user and harms nobody.
pub(super) fn tidy(world: &dyn World, target: &Path) {
    for folder in NUMBERS.map(|number| numbered(target, number)) {
        let is_plain = world.canonical(&folder).is_ok_and(|canonical| canonical == folder);
        if !is_plain || world.kind(&folder) != Some(EntryKind::Folder) {
            continue;
        }
        let is_needed = world.kind(target).is_none()
            && Folder::survey(world, &folder, NAME).is_ok_and(|folder| folder.is_complete(world));
        if !(is_needed && world.rename(&folder, target).is_ok()) {
            let _ = clear(world, &folder);
        }
    }
}

/// Removes what Leitwerk wrote in a folder beside the target, and the folder if nothing else is in it.
/// Returns what stays.
pub(super) fn clear(world: &dyn World, path: &Path) -> Result<Vec<String>, Failure> {
    let is_unfinished = world.kind(&path.join(UNFINISHED)) == Some(EntryKind::File);
    let manifest_name = if is_unfinished { UNFINISHED } else { NAME };
    let folder = Folder::survey(world, path, manifest_name)?;
    // A file that the manifest of an unfinished folder names is ours, even where writing it was interrupted.
    let kept = if is_unfinished { folder.foreign.clone() } else { folder.contents(world)?.foreign };
    let ours = folder.named.iter().filter(|name| kept.binary_search(name).is_err()).map(String::as_str);
    for name in ours.chain(folder.has_part.then_some(PART)) {
        let file = path.join(name);
        world.remove_file(&file).map_err(at(&file))?;
    }
    for inner in folder.folders.iter().rev() {
        if !kept.iter().any(|name| Path::new(name).starts_with(inner)) {
            let inner = path.join(inner);
            world.remove_folder(&inner).map_err(at(&inner))?;
        }
    }
    if kept.is_empty() {
        remove_empty(world, path, folder.manifest.is_some().then_some(manifest_name))?;
    }
    Ok(kept)
}

fn remove_empty(world: &dyn World, path: &Path, manifest_name: Option<&str>) -> Result<(), Failure> {
    // The manifest goes last, so that after an interruption the rest is still recognised.
    if let Some(manifest) = manifest_name.map(|name| path.join(name)) {
        world.remove_file(&manifest).map_err(at(&manifest))?;
    }
    world.remove_folder(path).map_err(at(path))
}

fn numbered(target: &Path, number: u8) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(format!(".leitwerk-{number}"));
    target.with_file_name(name)
}

fn free(world: &dyn World, target: &Path) -> Result<PathBuf, Failure> {
    let free = NUMBERS.map(|number| numbered(target, number)).find(|folder| world.kind(folder).is_none());
    free.ok_or_else(|| Failure::new(numbered(target, 1), io::Error::from(io::ErrorKind::AlreadyExists)))
}

fn build(world: &dyn World, staging: &Path, target: &Path, old: &Contents, new: &Site) -> Result<(), Failure> {
    world.create_folder(staging).map_err(at(staging))?;
    let unfinished = staging.join(UNFINISHED);
    world.write(&unfinished, new.manifest().to_text().as_bytes()).map_err(at(&unfinished))?;
    for folder in new.folders().map(|folder| staging.join(folder)) {
        world.create_folder(&folder).map_err(at(&folder))?;
    }
    let files: Vec<&HashedFile> = new.files().collect();
    files.into_par_iter().try_for_each(|file| {
        let path = staging.join(file.path);
        let done =
            if old.has(file) { world.link(&target.join(file.path), &path) } else { world.write(&path, file.bytes) };
        done.map_err(at(&path))
    })?;
    world.rename(&unfinished, &staging.join(NAME)).map_err(at(&unfinished))
}

fn put_in_place(world: &dyn World, staging: &Path, target: &Path) -> Result<Option<PathBuf>, Failure> {
    if world.kind(target).is_none() {
        return world.rename(staging, target).map(|()| None).map_err(at(target));
    }
    match world.exchange(staging, target) {
        Ok(()) => Ok(Some(staging.to_path_buf())),
        Err(error) if error.kind() == io::ErrorKind::Unsupported => swap_by_renaming(world, staging, target).map(Some),
        Err(error) => Err(Failure::new(target, error)),
    }
}

fn swap_by_renaming(world: &dyn World, staging: &Path, target: &Path) -> Result<PathBuf, Failure> {
    let aside = free(world, target)?;
    world.rename(target, &aside).map_err(at(target))?;
    let Err(error) = world.rename(staging, target) else { return Ok(aside) };
    world.rename(&aside, target).map_err(at(&aside))?;
    Err(Failure::new(target, error))
}
