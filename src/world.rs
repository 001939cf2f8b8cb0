//! [`World`]: the one door to disk and clock. Everything else of Leitwerk is a function of values.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::civil::Date;

mod cached;
mod memory;
mod os;
mod overlay;

pub use cached::CachedWorld;
pub use memory::MemoryWorld;
pub use os::OsWorld;
pub use overlay::Overlay;

/// What an entry of a folder is, links followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link whose target lies outside the folder that is walked, or nowhere.
    EscapingLink,
    /// A socket, pipe or device.
    Other,
}

/// One thing found by [`World::walk`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Path relative to the folder that was walked.
    pub path: PathBuf,
    /// What it is.
    pub kind: EntryKind,
}

/// What tells a file or folder from another, or from itself at another time, without reading it: where all of it is the
/// same, the content is taken to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Since the epoch.
    pub modified: Duration,
    /// In bytes; of a folder what the system says.
    pub size: u64,
    /// The number that the file system gave it; 0 where systems give none.
    pub number: u64,
}

/// Disk and clock. Paths are absolute or relative to the process's folder.
///
/// Every method that touches the disk fails with the [`io::Error`] of the system.
pub trait World: Sync {
    /// The bytes of a file.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// Everything below a folder, the folder itself left out, sorted by path.
    fn walk(&self, folder: &Path) -> io::Result<Vec<Entry>>;
    /// What stands at a path, links followed; `None` where there is nothing.
    fn kind(&self, path: &Path) -> Option<EntryKind>;
    /// When the file or folder was last changed, links followed; `None` where there is nothing.
    fn stamp(&self, path: &Path) -> Option<Stamp>;
    /// A number that is another whenever the bytes of a file that was read are others; `None` where that is not known.
    fn version(&self, _: &Path) -> Option<u64> {
        None
    }
    /// The absolute path without links; the path must exist.
    fn canonical(&self, path: &Path) -> io::Result<PathBuf>;
    /// Today's date in the local time zone.
    fn today(&self) -> Date;
    /// Time since some fixed moment of this run; only differences mean something.
    fn clock(&self) -> Duration;
    /// A variable of the environment.
    fn variable(&self, name: &str) -> Option<String>;
    /// The user's home folder, if there is one.
    fn home(&self) -> Option<PathBuf>;

    /// Makes a folder and those above it.
    fn create_folder(&self, path: &Path) -> io::Result<()>;
    /// Writes a new file; its folder exists.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Gives a file a second name (a copy where the system has no hard links).
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Renames a file or folder; a file at `to` is replaced.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Exchanges two folders in one step; fails with `Unsupported` where the system cannot.
    fn exchange(&self, a: &Path, b: &Path) -> io::Result<()>;
    /// Removes one file.
    fn remove_file(&self, path: &Path) -> io::Result<()>;
    /// Removes one empty folder.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
    /// Holds a lock on a folder until the guard is dropped; waits for others that hold it.
    fn lock(&self, folder: &Path) -> io::Result<Box<dyn Send>>;
}
