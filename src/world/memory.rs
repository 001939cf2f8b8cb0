//! [`MemoryWorld`]: a disk and a clock made of values, for tests and for serving from memory.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::civil::Date;

use super::{Entry, EntryKind, Stamp, World};

#[derive(Debug, Default)]
struct Disk {
    files: BTreeMap<PathBuf, Vec<u8>>,
    folders: BTreeSet<PathBuf>,
    steps_left: Option<usize>,
}

/// Files in memory. Writing can be made to fail after a number of steps, as a disk does that fills up.
#[derive(Debug)]
pub struct MemoryWorld {
    disk: Mutex<Disk>,
    today: Date,
}

impl MemoryWorld {
    /// An empty disk on the day `today`.
    pub fn new(today: Date) -> Self {
        Self { disk: Mutex::default(), today }
    }

    /// Puts a file there, with the folders above it.
    pub fn add(&self, path: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
        let mut disk = self.disk();
        add_folders(&mut disk, path.as_ref().parent());
        disk.files.insert(path.as_ref().to_path_buf(), bytes.as_ref().to_vec());
    }

    /// Lets `steps` more changes of the disk succeed and fails all that come after.
    pub fn fail_after(&self, steps: usize) {
        self.disk().steps_left = Some(steps);
    }

    /// All files with their bytes, sorted by path.
    pub fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        self.disk().files.clone()
    }

    fn disk(&self) -> MutexGuard<'_, Disk> {
        self.disk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn step(&self) -> io::Result<MutexGuard<'_, Disk>> {
        let mut disk = self.disk();
        match &mut disk.steps_left {
            Some(0) => return Err(io::Error::from(io::ErrorKind::StorageFull)),
            Some(left) => *left -= 1,
            None => {}
        }
        Ok(disk)
    }
}

fn add_folders(disk: &mut Disk, folder: Option<&Path>) {
    for folder in folder.into_iter().flat_map(Path::ancestors) {
        disk.folders.insert(folder.to_path_buf());
    }
}

fn missing() -> io::Error {
    io::Error::from(io::ErrorKind::NotFound)
}

fn rebase(path: &Path, from: &Path, to: &Path) -> Option<PathBuf> {
    let rest = path.strip_prefix(from).ok()?;
    Some(if rest.as_os_str().is_empty() { to.to_path_buf() } else { to.join(rest) })
}

fn move_all(disk: &mut Disk, from: &Path, to: &Path) {
    let files = std::mem::take(&mut disk.files);
    disk.files = files.into_iter().map(|(path, bytes)| (rebase(&path, from, to).unwrap_or(path), bytes)).collect();
    let folders = std::mem::take(&mut disk.folders);
    disk.folders = folders.into_iter().map(|path| rebase(&path, from, to).unwrap_or(path)).collect();
}

impl World for MemoryWorld {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.disk().files.get(path).cloned().ok_or_else(missing)
    }

    fn walk(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        let disk = self.disk();
        if !disk.folders.contains(folder) {
            return Err(missing());
        }
        let files = disk.files.keys().map(|path| (path, EntryKind::File));
        let folders = disk.folders.iter().map(|path| (path, EntryKind::Folder));
        let mut entries: Vec<Entry> = files
            .chain(folders)
            .filter_map(|(path, kind)| Some(Entry { path: path.strip_prefix(folder).ok()?.to_path_buf(), kind }))
            .filter(|entry| !entry.path.as_os_str().is_empty())
            .collect();
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(entries)
    }

    fn kind(&self, path: &Path) -> Option<EntryKind> {
        let disk = self.disk();
        if disk.files.contains_key(path) {
            Some(EntryKind::File)
        } else {
            disk.folders.contains(path).then_some(EntryKind::Folder)
        }
    }

    /// Of a file its size, of a folder how much lies in it: this disk has no clock.
    fn stamp(&self, path: &Path) -> Option<Stamp> {
        let disk = self.disk();
        let inside = || disk.files.keys().chain(&disk.folders).filter(|inside| inside.parent() == Some(path)).count();
        let size = disk.files.get(path).map(Vec::len).or_else(|| disk.folders.contains(path).then(inside))?;
        Some(Stamp { modified: Duration::ZERO, size: size as u64, number: 0 })
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        self.kind(path).map(|_| path.to_path_buf()).ok_or_else(missing)
    }

    fn today(&self) -> Date {
        self.today
    }

    fn clock(&self) -> Duration {
        Duration::ZERO
    }

    fn variable(&self, _: &str) -> Option<String> {
        None
    }

    fn home(&self) -> Option<PathBuf> {
        Some(PathBuf::from("/home/user"))
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        add_folders(&mut *self.step()?, Some(path));
        Ok(())
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut disk = self.step()?;
        if !path.parent().is_some_and(|folder| disk.folders.contains(folder)) {
            return Err(missing());
        }
        disk.files.insert(path.to_path_buf(), bytes.to_vec());
        Ok(())
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        let bytes = self.read(from)?;
        self.write(to, &bytes)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut disk = self.step()?;
        if !disk.files.contains_key(from) && !disk.folders.contains(from) {
            return Err(missing());
        }
        if disk.folders.contains(to) {
            return Err(io::Error::from(io::ErrorKind::DirectoryNotEmpty));
        }
        disk.files.remove(to);
        move_all(&mut disk, from, to);
        Ok(())
    }

    fn exchange(&self, a: &Path, b: &Path) -> io::Result<()> {
        let mut disk = self.step()?;
        if !disk.folders.contains(a) || !disk.folders.contains(b) {
            return Err(missing());
        }
        let aside = Path::new("\u{0}aside");
        move_all(&mut disk, a, aside);
        move_all(&mut disk, b, a);
        move_all(&mut disk, aside, b);
        Ok(())
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.step()?.files.remove(path).map(|_| ()).ok_or_else(missing)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        let mut disk = self.step()?;
        let inside = |other: &PathBuf| other != path && other.starts_with(path);
        if disk.files.keys().any(inside) || disk.folders.iter().any(inside) {
            return Err(io::Error::from(io::ErrorKind::DirectoryNotEmpty));
        }
        if disk.folders.remove(path) { Ok(()) } else { Err(missing()) }
    }

    fn lock(&self, _: &Path) -> io::Result<Box<dyn Send>> {
        Ok(Box::new(()))
    }
}
