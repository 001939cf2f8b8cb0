//! [`Folder`]: what lies in a folder that Leitwerk wrote, told apart from what others put there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::manifest::{Manifest, PART};
use super::site::{HashedFile, Site};
use super::{Failure, at};
use crate::checksum::sha256;
use crate::world::{Entry, EntryKind, World};

/// A folder as its names say: nothing but the manifest was read.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) path: PathBuf,
    /// The manifest; `None` where there is none, or none of ours.
    pub(super) manifest: Option<Manifest>,
    /// Files that the manifest names.
    pub(super) named: Vec<String>,
    /// Whether a file lies there that was being written when something interrupted it.
    pub(super) has_part: bool,
    /// Folders, each after the one that holds it.
    pub(super) folders: Vec<PathBuf>,
    /// Everything else, sorted.
    pub(super) foreign: Vec<String>,
}

/// A folder as its bytes say.
#[derive(Debug)]
pub(super) struct Contents {
    /// Files that Leitwerk wrote and nobody changed: path and hash.
    files: BTreeMap<String, String>,
    /// All others, sorted.
    pub(super) foreign: Vec<String>,
}

impl Folder {
    /// Looks into a folder whose manifest is named `manifest_name`. No folder counts as an empty one.
    pub(super) fn survey(world: &dyn World, path: &Path, manifest_name: &str) -> Result<Self, Failure> {
        let entries = if world.kind(path).is_some() { world.walk(path).map_err(at(path))? } else { Vec::new() };
        let holds = |name: &str| entries.iter().any(|entry| is_file(entry, name));
        let read = |name: &str| {
            let file = path.join(name);
            world.read(&file).map_err(at(&file))
        };
        let manifest = if holds(manifest_name) { Manifest::parse(&read(manifest_name)?) } else { None };
        // The very first thing that is written in place is a manifest under the name of a part.
        let has_part = holds(PART) && (manifest.is_some() || Manifest::parse(&read(PART)?).is_some());
        let mut folder =
            Self { path: path.into(), manifest, named: vec![], has_part, folders: vec![], foreign: vec![] };
        for entry in entries {
            let is_manifest = folder.manifest.is_some() && is_file(&entry, manifest_name);
            let is_part = has_part && is_file(&entry, PART);
            if !is_manifest && !is_part {
                folder.sort_in(world, entry);
            }
        }
        folder.foreign.sort();
        Ok(folder)
    }

    fn sort_in(&mut self, world: &dyn World, entry: Entry) {
        let name = site_path(&entry.path);
        let is_named = |name: &String| self.manifest.as_ref().is_some_and(|manifest| manifest.names(name));
        match (entry.kind, name) {
            (EntryKind::File, Some(name)) if is_named(&name) => self.named.push(name),
            (EntryKind::Folder, _) if !is_link(world, &self.path.join(&entry.path)) => self.folders.push(entry.path),
            (_, name) => self.foreign.push(name.unwrap_or_else(|| entry.path.to_string_lossy().into_owned())),
        }
    }

    /// Reads the files that the manifest names and compares their hashes.
    pub(super) fn contents(&self, world: &dyn World) -> Result<Contents, Failure> {
        let hashed: Vec<(&String, Option<String>)> = self
            .named
            .par_iter()
            .map(|name| Ok((name, self.hash_if_ours(world, name)?)))
            .collect::<Result<_, Failure>>()?;
        let mut contents = Contents { files: BTreeMap::new(), foreign: self.foreign.clone() };
        for (name, hash) in hashed {
            match hash {
                Some(hash) => drop(contents.files.insert(name.clone(), hash)),
                None => contents.foreign.push(name.clone()),
            }
        }
        contents.foreign.sort();
        Ok(contents)
    }

    fn hash_if_ours(&self, world: &dyn World, name: &str) -> Result<Option<String>, Failure> {
        let path = self.path.join(name);
        if is_link(world, &path) {
            return Ok(None);
        }
        let hash = sha256(&world.read(&path).map_err(at(&path))?);
        Ok(self.manifest.as_ref().is_some_and(|manifest| manifest.holds(name, &hash)).then_some(hash))
    }

    /// Whether the folder's own notes are in order and say just this.
    pub(super) fn is_described_by(&self, manifest: &Manifest) -> bool {
        self.manifest.as_ref() == Some(manifest) && !self.has_part
    }

    /// Whether every file that the manifest names is there as it was written, and nothing else.
    pub(super) fn is_complete(&self, world: &dyn World) -> bool {
        let wanted = self.manifest.iter().flat_map(Manifest::paths).count();
        self.manifest.is_some()
            && self.contents(world).is_ok_and(|found| found.foreign.is_empty() && found.files.len() == wanted)
    }
}

impl Contents {
    /// Whether the file is there with just these bytes.
    pub(super) fn has(&self, file: &HashedFile) -> bool {
        self.files.get(file.path) == Some(&file.hash)
    }

    /// Files that Leitwerk wrote and the new site does not have, sorted.
    pub(super) fn stale<'a>(&'a self, new: &'a Site) -> impl Iterator<Item = &'a str> {
        self.files.keys().map(String::as_str).filter(|path| !new.has(path))
    }
}

fn is_file(entry: &Entry, name: &str) -> bool {
    entry.kind == EntryKind::File && entry.path == Path::new(name)
}

/// Whether a path below a canonical folder leads somewhere else. Leitwerk makes no links, so one is somebody's.
fn is_link(world: &dyn World, path: &Path) -> bool {
    world.canonical(path).is_ok_and(|canonical| canonical != path)
}

/// The path with `/` between segments; `None` where it is not UTF-8.
fn site_path(path: &Path) -> Option<String> {
    let segments: Option<Vec<&str>> = path.iter().map(|segment| segment.to_str()).collect();
    Some(segments?.join("/"))
}
