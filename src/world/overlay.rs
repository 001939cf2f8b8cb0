//! [`Overlay`]: a disk as it would be with some files more, or other ones, for trying what has not been written.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::civil::Date;

use super::{Entry, EntryKind, Stamp, World};

/// Files laid over another world; nothing can be written to it.
pub struct Overlay<'a> {
    base: &'a dyn World,
    files: BTreeMap<PathBuf, Vec<u8>>,
}

impl<'a> Overlay<'a> {
    /// The world as it is.
    pub fn new(base: &'a dyn World) -> Self {
        Self { base, files: BTreeMap::new() }
    }

    /// Lays a file over it.
    pub fn add(&mut self, path: PathBuf, bytes: Vec<u8>) {
        self.files.insert(path, bytes);
    }
}

fn read_only() -> io::Error {
    io::Error::from(io::ErrorKind::ReadOnlyFilesystem)
}

impl World for Overlay<'_> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.files.get(path).map_or_else(|| self.base.read(path), |bytes| Ok(bytes.clone()))
    }

    fn walk(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        let mut found: BTreeMap<PathBuf, EntryKind> = BTreeMap::new();
        if self.base.kind(folder).is_some() {
            found.extend(self.base.walk(folder)?.into_iter().map(|entry| (entry.path, entry.kind)));
        }
        for path in self.files.keys().filter_map(|path| path.strip_prefix(folder).ok()) {
            let above: BTreeSet<&Path> = path.ancestors().skip(1).filter(|path| !path.as_os_str().is_empty()).collect();
            found.extend(above.into_iter().map(|path| (path.to_path_buf(), EntryKind::Folder)));
            found.insert(path.to_path_buf(), EntryKind::File);
        }
        Ok(found.into_iter().map(|(path, kind)| Entry { path, kind }).collect())
    }

    fn kind(&self, path: &Path) -> Option<EntryKind> {
        if self.files.contains_key(path) {
            return Some(EntryKind::File);
        }
        let is_above = self.files.keys().any(|file| file.starts_with(path));
        if is_above { Some(EntryKind::Folder) } else { self.base.kind(path) }
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        self.base.canonical(path)
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        self.base.stamp(path)
    }

    fn today(&self) -> Date {
        self.base.today()
    }

    fn clock(&self) -> Duration {
        self.base.clock()
    }

    fn variable(&self, name: &str) -> Option<String> {
        self.base.variable(name)
    }

    fn home(&self) -> Option<PathBuf> {
        self.base.home()
    }

    fn create_folder(&self, _: &Path) -> io::Result<()> {
        Err(read_only())
    }

    fn write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(read_only())
    }

    fn link(&self, _: &Path, _: &Path) -> io::Result<()> {
        Err(read_only())
    }

    fn rename(&self, _: &Path, _: &Path) -> io::Result<()> {
        Err(read_only())
    }

    fn exchange(&self, _: &Path, _: &Path) -> io::Result<()> {
        Err(read_only())
    }

    fn remove_file(&self, _: &Path) -> io::Result<()> {
        Err(read_only())
    }

    fn remove_folder(&self, _: &Path) -> io::Result<()> {
        Err(read_only())
    }

    fn lock(&self, _: &Path) -> io::Result<Box<dyn Send>> {
        Ok(Box::new(()))
    }
}
