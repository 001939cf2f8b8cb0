//! [`Site`]: the files that the output folder is to hold, hashed and known to fit beside each other.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use rayon::prelude::*;

use super::manifest::{Manifest, is_site_path};
use super::{Failure, OutputFile};
use crate::checksum::sha256;

/// One file with its hash.
#[derive(Debug)]
pub(super) struct HashedFile<'a> {
    pub(super) path: &'a str,
    pub(super) bytes: &'a [u8],
    pub(super) hash: String,
}

/// All files of the new site, sorted by path.
#[derive(Debug)]
pub(super) struct Site<'a> {
    files: BTreeMap<&'a str, HashedFile<'a>>,
    folders: BTreeSet<&'a str>,
}

impl<'a> Site<'a> {
    /// Hashes the files; fails where two of them cannot both exist or a path leads out of the folder.
    pub(super) fn new(files: &'a [OutputFile]) -> Result<Self, Failure> {
        let hashed: Vec<HashedFile<'a>> = files
            .par_iter()
            .map(|file| HashedFile { path: &file.path, bytes: &file.bytes, hash: sha256(&file.bytes) })
            .collect();
        let mut site = Self { files: BTreeMap::new(), folders: BTreeSet::new() };
        for file in hashed {
            let path = file.path;
            site.folders.extend(folders_above(path));
            if !is_site_path(path) || site.files.insert(path, file).is_some() {
                return Err(unusable(path));
            }
        }
        match site.files.keys().find(|path| site.folders.contains(*path)) {
            Some(path) => Err(unusable(path)),
            None => Ok(site),
        }
    }

    /// The files, sorted by path.
    pub(super) fn files(&self) -> impl Iterator<Item = &HashedFile<'a>> {
        self.files.values()
    }

    /// The folders below the output folder, each after the one that holds it.
    pub(super) fn folders(&self) -> impl Iterator<Item = &'a str> {
        self.folders.iter().copied()
    }

    pub(super) fn manifest(&self) -> Manifest {
        let mut manifest = Manifest::default();
        for file in self.files() {
            manifest.insert(file.path, &file.hash);
        }
        manifest
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Whether a file at `path` stands where the site has a folder, or below a path where the site has a file.
    pub(super) fn is_blocked_by(&self, path: &str) -> bool {
        self.folders.contains(path) || folders_above(path).any(|folder| self.has(folder))
    }
}

fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').filter_map(|(slash, _)| path.get(..slash))
}

fn unusable(path: &str) -> Failure {
    Failure::new(path, io::Error::new(io::ErrorKind::InvalidInput, "the site cannot hold a file of this name here"))
}
