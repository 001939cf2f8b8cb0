//! [`CachedWorld`]: a disk as it was read, until it is told what may have changed.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::civil::Date;

use super::{Entry, EntryKind, Stamp, World};

/// A world whose files are read once. Between two calls of [`refresh`](Self::refresh) or
/// [`refresh_all`](Self::refresh_all) it answers what it answered before, whatever happens on the disk.
pub struct CachedWorld<'w> {
    base: &'w dyn World,
    /// What lies below is never kept: files that commands put there and take away.
    passing: PathBuf,
    known: Mutex<Known>,
    versions: AtomicU64,
}

/// What was asked, and what the answer was.
#[derive(Default)]
struct Known {
    files: HashMap<PathBuf, File>,
    walks: BTreeMap<PathBuf, Walk>,
    kinds: BTreeMap<PathBuf, Option<EntryKind>>,
    /// What could not be read or walked, though it may be there.
    failed: BTreeSet<PathBuf>,
    today: Option<Date>,
}

#[derive(Clone)]
struct File {
    bytes: Arc<[u8]>,
    stamp: Option<Stamp>,
    version: u64,
}

#[derive(Clone)]
struct Walk {
    entries: Arc<BTreeMap<PathBuf, EntryKind>>,
    /// The stamps of the folder and of those below it.
    folders: Arc<Vec<(PathBuf, Option<Stamp>)>>,
    version: u64,
}

impl<'w> CachedWorld<'w> {
    /// Nothing is known yet; of what lies below `passing` nothing is ever kept.
    pub fn new(base: &'w dyn World, passing: PathBuf) -> Self {
        Self { base, passing, known: Mutex::default(), versions: AtomicU64::new(1) }
    }

    /// Whether a path has been asked for, or lies in a folder that was walked.
    pub fn concerns(&self, path: &Path) -> bool {
        let known = self.known();
        let asked = known.files.contains_key(path) || known.kinds.contains_key(path);
        // Where a folder goes or comes, what was asked for in it does too.
        let above = || known.kinds.range(path.to_path_buf()..).next().is_some_and(|(asked, _)| asked.starts_with(path));
        asked || known.walks.keys().any(|folder| path.starts_with(folder) || folder.starts_with(path)) || above()
    }

    /// Looks at these paths again. Whether anything is not what it was.
    pub fn refresh(&self, paths: &BTreeSet<PathBuf>) -> bool {
        let day = self.refresh_day();
        let changed: Vec<bool> = paths.iter().map(|path| self.refresh_path(path)).collect();
        day || changed.contains(&true)
    }

    /// Looks at everything again that was ever asked for; what has the same time and size is taken to be the same. The
    /// paths that are not what they were.
    pub fn refresh_all(&self) -> BTreeSet<PathBuf> {
        let suspects = self.suspects();
        let day = self.refresh_day();
        let mut changed: BTreeSet<PathBuf> = suspects.into_iter().filter(|path| self.refresh_path(path)).collect();
        if day {
            changed.insert(PathBuf::new());
        }
        changed
    }

    /// What does not look as it did, in the order of paths.
    fn suspects(&self) -> BTreeSet<PathBuf> {
        let known = self.known();
        let looks_other = |path: &Path, stamp: Option<Stamp>| self.base.stamp(path) != stamp;
        let files = known.files.iter().filter(|(path, file)| looks_other(path, file.stamp)).map(|(path, _)| path);
        let folders = known.walks.values().flat_map(|walk| walk.folders.iter());
        let folders = folders.filter(|(path, stamp)| looks_other(path, *stamp)).map(|(path, _)| path);
        // A file that looks as it did is still a file.
        let asked = known.kinds.iter().filter(|(path, _)| !known.files.contains_key(*path));
        let asked = asked.filter(|(path, kind)| self.base.kind(path) != **kind).map(|(path, _)| path);
        files.chain(folders).chain(&known.failed).chain(asked).cloned().collect()
    }

    fn refresh_day(&self) -> bool {
        let today = self.base.today();
        let before = self.known().today.replace(today);
        before.is_some_and(|before| before != today)
    }

    fn refresh_path(&self, path: &Path) -> bool {
        let kind = self.base.kind(path);
        let walks: Vec<PathBuf> = {
            let known = self.known();
            let of_path = |folder: &&PathBuf| path.starts_with(folder.as_path()) || folder.starts_with(path);
            known.walks.keys().filter(of_path).cloned().collect()
        };
        let listed = walks.iter().filter(|folder| self.listing_changed(folder, path, kind)).count() > 0;
        let asked = {
            let mut known = self.known();
            let asked = known.kinds.get_mut(path);
            asked.is_some_and(|asked| std::mem::replace(asked, kind) != kind)
        };
        let content = match kind {
            Some(EntryKind::File | EntryKind::Folder) if self.known().failed.contains(path) => {
                self.is_readable_again(path)
            }
            Some(EntryKind::File) => self.content_changed(path),
            _ => self.forget_below(path),
        };
        listed || asked || content
    }

    /// Whether what could not be read or walked now can be.
    fn is_readable_again(&self, path: &Path) -> bool {
        let is_readable = self.base.read(path).is_ok() || self.base.walk(path).is_ok();
        is_readable && self.known().failed.remove(path)
    }

    /// Whether a path is what it says, and leads nowhere else by a link.
    fn is_plain(&self, folder: &Path, inside: &Path) -> bool {
        let folder = self.base.canonical(folder);
        let there = folder.as_ref().ok().and_then(|folder| self.base.canonical(&folder.join(inside)).ok());
        folder.ok().zip(there).is_some_and(|(folder, there)| folder.join(inside) == there)
    }

    /// Whether what a walked folder holds is another than before, as far as `path` tells; then it is walked anew.
    fn listing_changed(&self, folder: &Path, path: &Path, kind: Option<EntryKind>) -> bool {
        let before = self.known().walks.get(folder).map(|walk| Arc::clone(&walk.entries));
        let Some(before) = before else { return false };
        let inside = path.strip_prefix(folder).unwrap_or(Path::new(""));
        // A file that was a file, and what is not there and was not, change no listing.
        let is_same = before.get(inside).copied() == kind && kind != Some(EntryKind::Folder);
        if is_same && (kind.is_none() || self.is_plain(folder, inside)) {
            return false;
        }
        let Ok(walk) = self.walked(folder) else {
            let mut known = self.known();
            known.walks.remove(folder);
            known.failed.insert(folder.to_path_buf());
            return true;
        };
        let changed = walk.entries != before;
        self.known().walks.insert(folder.to_path_buf(), walk);
        changed
    }

    /// Reads a file again that was read before; whether its bytes are others.
    fn content_changed(&self, path: &Path) -> bool {
        let Some(before) = self.known().files.get(path).cloned() else { return false };
        match self.read_file(path) {
            Ok(now) if now.bytes == before.bytes => {
                let same = File { version: before.version, ..now };
                self.known().files.insert(path.to_path_buf(), same);
                false
            }
            Ok(now) => {
                self.known().files.insert(path.to_path_buf(), now);
                true
            }
            Err(_) => {
                let mut known = self.known();
                known.files.remove(path);
                known.failed.insert(path.to_path_buf());
                true
            }
        }
    }

    /// Forgets what lies at a path that is no file, and below it; looks again at what may still be there.
    fn forget_below(&self, path: &Path) -> bool {
        let below: Vec<PathBuf> = {
            let known = self.known();
            known.files.keys().filter(|file| file.starts_with(path)).cloned().collect()
        };
        below.iter().filter(|file| self.content_changed(file)).count() > 0
    }

    fn read_file(&self, path: &Path) -> io::Result<File> {
        // The stamp first: what changes while it is read has another one then.
        let stamp = self.base.stamp(path);
        let bytes = self.base.read(path)?.into();
        Ok(File { bytes, stamp, version: self.next_version() })
    }

    fn next_version(&self) -> u64 {
        self.versions.fetch_add(1, Ordering::Relaxed)
    }

    fn walked(&self, folder: &Path) -> io::Result<Walk> {
        let stamp = self.base.stamp(folder);
        let entries: BTreeMap<PathBuf, EntryKind> =
            self.base.walk(folder)?.into_iter().map(|entry| (entry.path, entry.kind)).collect();
        let below = entries.iter().filter(|(_, kind)| **kind == EntryKind::Folder).map(|(path, _)| folder.join(path));
        let below = below.map(|path| (path.clone(), self.base.stamp(&path)));
        let folders = std::iter::once((folder.to_path_buf(), stamp)).chain(below).collect();
        Ok(Walk { entries: Arc::new(entries), folders: Arc::new(folders), version: self.next_version() })
    }

    fn note_failed(&self, path: &Path) {
        self.known().failed.insert(path.to_path_buf());
    }

    fn passes(&self, path: &Path) -> bool {
        path.starts_with(&self.passing)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl World for CachedWorld<'_> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        if self.passes(path) {
            return self.base.read(path);
        }
        if let Some(file) = self.known().files.get(path) {
            return Ok(file.bytes.to_vec());
        }
        // What cannot be read may be there later: that it was asked for is noted.
        self.known().kinds.insert(path.to_path_buf(), self.base.kind(path));
        let file = self.read_file(path).inspect_err(|_| self.note_failed(path))?;
        let bytes = file.bytes.to_vec();
        self.known().files.insert(path.to_path_buf(), file);
        Ok(bytes)
    }

    fn version(&self, path: &Path) -> Option<u64> {
        let known = self.known();
        let file = known.files.get(path).map(|file| file.version);
        file.or_else(|| known.walks.get(path).map(|walk| walk.version))
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        self.base.stamp(path)
    }

    fn walk(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        if self.passes(folder) {
            return self.base.walk(folder);
        }
        let known = self.known().walks.get(folder).cloned();
        let walk = match known {
            Some(walk) => walk,
            None => {
                self.known().kinds.insert(folder.to_path_buf(), self.base.kind(folder));
                let walk = self.walked(folder).inspect_err(|_| self.note_failed(folder))?;
                self.known().walks.insert(folder.to_path_buf(), walk.clone());
                walk
            }
        };
        Ok(walk.entries.iter().map(|(path, &kind)| Entry { path: path.clone(), kind }).collect())
    }

    fn kind(&self, path: &Path) -> Option<EntryKind> {
        if self.passes(path) {
            let kind = self.base.kind(path);
            self.known().kinds.insert(path.to_path_buf(), kind);
            return kind;
        }
        *self.known().kinds.entry(path.to_path_buf()).or_insert_with(|| self.base.kind(path))
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        self.base.canonical(path)
    }

    fn today(&self) -> Date {
        *self.known().today.get_or_insert_with(|| self.base.today())
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

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.base.create_folder(path)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.base.write(path, bytes)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.base.link(from, to)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.base.rename(from, to)
    }

    fn exchange(&self, a: &Path, b: &Path) -> io::Result<()> {
        self.base.exchange(a, b)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.base.remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.base.remove_folder(path)
    }

    fn lock(&self, folder: &Path) -> io::Result<Box<dyn Send>> {
        self.base.lock(folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::MemoryWorld;

    fn paths(paths: &[&str]) -> BTreeSet<PathBuf> {
        paths.iter().map(PathBuf::from).collect()
    }

    #[test]
    fn answers_stay_until_they_are_refreshed() {
        let disk = MemoryWorld::new(jiff::civil::date(2026, 1, 1));
        disk.add("content/a.md", "eins");
        let world = CachedWorld::new(&disk, "pending".into());
        let read =
            |path: &str| world.read(path.as_ref()).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let walk = || world.walk("content".as_ref()).unwrap().len();
        assert_eq!((read("content/a.md").as_deref(), walk()), (Some("eins"), 1));
        let version = world.version("content/a.md".as_ref());
        disk.add("content/a.md", "zwei");
        disk.add("content/b.md", "neu");
        assert_eq!((read("content/a.md").as_deref(), walk()), (Some("eins"), 1));
        assert!(world.refresh(&paths(&["content/a.md"])));
        assert_eq!((read("content/a.md").as_deref(), walk()), (Some("zwei"), 1));
        assert_ne!(world.version("content/a.md".as_ref()), version);
        assert!(world.refresh(&paths(&["content/b.md"])));
        assert_eq!(walk(), 2);
        // Nothing new: a file written with the same bytes, one that is not asked for.
        disk.add("content/a.md", "zwei");
        disk.add("anderswo.md", "x");
        assert!(!world.refresh(&paths(&["content/a.md", "anderswo.md", "content/nie.md"])));
        disk.remove_file("content/a.md".as_ref()).unwrap();
        assert!(world.refresh(&paths(&["content/a.md"])));
        assert_eq!((read("content/a.md"), walk()), (None, 1));
    }

    #[test]
    fn a_lost_event_is_found_by_looking_at_everything() {
        let disk = MemoryWorld::new(jiff::civil::date(2026, 1, 1));
        disk.add("content/sub/a.md", "eins");
        let world = CachedWorld::new(&disk, "pending".into());
        world.walk("content".as_ref()).unwrap();
        world.read("content/sub/a.md".as_ref()).unwrap();
        assert!(world.read("site.toml".as_ref()).is_err());
        assert_eq!(world.refresh_all(), paths(&[]));
        disk.add("content/sub/a.md", "länger");
        assert_eq!(world.refresh_all(), paths(&["content/sub/a.md"]));
        disk.add("content/sub/b.md", "neu");
        assert_eq!(world.refresh_all(), paths(&["content/sub"]));
        assert_eq!(world.walk("content".as_ref()).unwrap().len(), 3);
        disk.add("site.toml", "");
        assert_eq!(world.refresh_all(), paths(&["site.toml"]));
        assert!(world.read("site.toml".as_ref()).is_ok());
    }
}
