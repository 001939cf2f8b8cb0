//! [`OsWorld`]: the real disk and clock.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::civil::Date;

use super::{Entry, EntryKind, Stamp, World};

/// The machine's file system and clock; the date can be fixed for builds that must repeat.
#[derive(Debug)]
pub struct OsWorld {
    started: Instant,
    /// `None` where it is that of the clock at each moment.
    today: Option<Date>,
}

impl OsWorld {
    /// The machine as it is, with `today` in place of the clock's date if given.
    pub fn new(today: Option<Date>) -> Self {
        Self { started: Instant::now(), today: Some(today.unwrap_or_else(today_by_the_clock)) }
    }

    /// The machine as it is, on whatever day it is asked.
    pub fn following_the_clock() -> Self {
        Self { started: Instant::now(), today: None }
    }
}

fn today_by_the_clock() -> Date {
    jiff::Zoned::now().date()
}

impl World for OsWorld {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn walk(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        let inside = fs::canonicalize(folder)?;
        let mut entries = Vec::new();
        let mut walk = walkdir::WalkDir::new(folder).min_depth(1).follow_links(true).sort_by_file_name().into_iter();
        while let Some(next) = walk.next() {
            let (path, kind) = match next {
                Ok(found) => {
                    let kind = entry_kind(&found, &inside);
                    if kind == EntryKind::EscapingLink && found.file_type().is_dir() {
                        walk.skip_current_dir();
                    }
                    (found.path().to_path_buf(), kind)
                }
                // A link into nowhere or in a circle has a path; anything else is the system failing.
                Err(error) if error.loop_ancestor().is_some() || is_dangling(&error) => {
                    (error.path().unwrap_or(folder).to_path_buf(), EntryKind::EscapingLink)
                }
                Err(error) => return Err(error.into()),
            };
            let path = path.strip_prefix(folder).unwrap_or(&path).to_path_buf();
            entries.push(Entry { path, kind });
        }
        Ok(entries)
    }

    fn kind(&self, path: &Path) -> Option<EntryKind> {
        fs::metadata(path).ok().map(|found| file_kind(found.file_type()))
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        let found = fs::metadata(path).ok()?;
        let modified = found.modified().ok()?.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        #[cfg(unix)]
        let number = std::os::unix::fs::MetadataExt::ino(&found);
        #[cfg(not(unix))]
        let number = 0;
        Some(Stamp { modified, size: found.len(), number })
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    fn today(&self) -> Date {
        self.today.unwrap_or_else(today_by_the_clock)
    }

    fn clock(&self) -> Duration {
        self.started.elapsed()
    }

    fn variable(&self, name: &str) -> Option<String> {
        std::env::var(name).ok()
    }

    fn home(&self) -> Option<PathBuf> {
        std::env::home_dir()
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        fs::write(path, bytes)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(|_| ()))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    #[cfg(target_os = "linux")]
    fn exchange(&self, a: &Path, b: &Path) -> io::Result<()> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).map_err(|error| match error {
            rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP => {
                io::Error::from(io::ErrorKind::Unsupported)
            }
            other => other.into(),
        })
    }

    #[cfg(not(target_os = "linux"))]
    fn exchange(&self, _: &Path, _: &Path) -> io::Result<()> {
        Err(io::Error::from(io::ErrorKind::Unsupported))
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }

    fn lock(&self, folder: &Path) -> io::Result<Box<dyn Send>> {
        let file = fs::File::open(folder)?;
        // Some network drives know no locks; building alone there is the user's care.
        let _ = file.lock();
        Ok(Box::new(file))
    }
}

fn entry_kind(found: &walkdir::DirEntry, inside: &Path) -> EntryKind {
    if found.path_is_symlink() {
        let stays = fs::canonicalize(found.path()).is_ok_and(|target| target.starts_with(inside));
        if !stays {
            return EntryKind::EscapingLink;
        }
    }
    file_kind(found.file_type())
}

fn file_kind(kind: fs::FileType) -> EntryKind {
    if kind.is_dir() {
        EntryKind::Folder
    } else if kind.is_file() {
        EntryKind::File
    } else {
        EntryKind::Other
    }
}

fn is_dangling(error: &walkdir::Error) -> bool {
    error.path().is_some_and(Path::is_symlink)
}
