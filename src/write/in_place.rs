//! Replaces the files of a folder one by one, where the folder itself cannot be exchanged.
//!
//! Each file is whole at any moment, but after an interruption the folder holds files of both sites. The manifest
//! names both while it lasts, so the next run recognises all of them as Leitwerk's and brings it to an end.

use std::collections::BTreeSet;
use std::path::Path;

use super::folder::{Contents, Folder};
use super::manifest::{Manifest, NAME, PART};
use super::site::Site;
use super::{Failure, at};
use crate::world::{Entry, EntryKind, World};

/// Brings an existing folder from its old content to the new one.
pub(super) fn update(world: &dyn World, folder: &Folder, old: &Contents, new: &Site) -> Result<(), Failure> {
    let target = folder.path.as_path();
    if folder.has_part {
        remove(world, &target.join(PART))?;
    }
    let both = folder.manifest.clone().unwrap_or_default().union(&new.manifest());
    write_manifest(world, target, &both)?;
    let (blocking, stale): (Vec<&str>, Vec<&str>) = old.stale(new).partition(|path| new.is_blocked_by(path));
    for path in blocking {
        remove(world, &target.join(path))?;
    }
    // A folder may stand where a file goes.
    remove_empty_folders(world, target)?;
    for path in new.folders().map(|path| target.join(path)) {
        world.create_folder(&path).map_err(at(&path))?;
    }
    for file in new.files().filter(|file| !old.has(file)) {
        write_whole(world, target, file.path, file.bytes)?;
    }
    for path in stale {
        remove(world, &target.join(path))?;
    }
    remove_empty_folders(world, target)?;
    write_manifest(world, target, &new.manifest())
}

fn write_manifest(world: &dyn World, target: &Path, manifest: &Manifest) -> Result<(), Failure> {
    write_whole(world, target, NAME, manifest.to_text().as_bytes())
}

fn write_whole(world: &dyn World, target: &Path, path: &str, bytes: &[u8]) -> Result<(), Failure> {
    let (part, path) = (target.join(PART), target.join(path));
    world.write(&part, bytes).map_err(at(&part))?;
    world.rename(&part, &path).map_err(at(&path))
}

fn remove(world: &dyn World, path: &Path) -> Result<(), Failure> {
    world.remove_file(path).map_err(at(path))
}

fn remove_empty_folders(world: &dyn World, target: &Path) -> Result<(), Failure> {
    let entries = world.walk(target).map_err(at(target))?;
    let is_folder = |entry: &&Entry| entry.kind == EntryKind::Folder;
    let files = entries.iter().filter(|entry| !is_folder(entry));
    let needed: BTreeSet<&Path> = files.flat_map(|file| file.path.ancestors()).collect();
    for folder in entries.iter().filter(is_folder).rev().filter(|folder| !needed.contains(folder.path.as_path())) {
        let folder = target.join(&folder.path);
        world.remove_folder(&folder).map_err(at(&folder))?;
    }
    Ok(())
}
