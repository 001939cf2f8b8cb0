//! What the system tells of changes: only those of files that matter, and never that a file was read.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};

use notify::event::{AccessKind, AccessMode, MetadataKind, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::settle::Dirty;
use crate::world::{EntryKind, World};

/// Folders of a site that are watched with all below them.
const DEEP: &[&str] = &["content", "themes", "archives"];

/// Something that was noticed.
pub(super) enum Noticed {
    /// These paths may have changed.
    Paths(Vec<PathBuf>),
    /// Events were lost.
    Lost,
}

impl Noticed {
    pub fn into_dirty(self) -> Dirty {
        match self {
            Noticed::Paths(paths) => Dirty::Paths(paths.into_iter().collect()),
            Noticed::Lost => Dirty::Anything,
        }
    }
}

/// The system's watch on a site.
pub(super) struct Watching {
    watcher: Option<RecommendedWatcher>,
    root: PathBuf,
    deep: BTreeSet<PathBuf>,
    // Kept, so that without a watcher nobody takes the channel for closed.
    _sender: Sender<Noticed>,
}

impl Watching {
    /// Watches a site's folder. Where the system cannot, nothing is noticed: then files must be looked at, and what it says
    /// is given too.
    pub fn new(world: &dyn World, root: &Path, with_events: bool) -> (Self, Receiver<Noticed>, Option<notify::Error>) {
        let (sender, receiver) = channel();
        let of_events = sender.clone();
        let root_of_events = root.to_path_buf();
        let handler = move |event: notify::Result<Event>| {
            let noticed = match event {
                Ok(event) if event.need_rescan() => Some(Noticed::Lost),
                Ok(event) => of_interest(&root_of_events, event),
                Err(_) => Some(Noticed::Lost),
            };
            // Nobody listens any more when the program ends.
            noticed.into_iter().for_each(|noticed| drop(of_events.send(noticed)));
        };
        let made = if with_events { notify::recommended_watcher(handler).map(Some) } else { Ok(None) };
        let (watcher, failed) = match made {
            Ok(watcher) => (watcher, None),
            Err(error) => (None, Some(error)),
        };
        let mut watching = Self { watcher, root: root.to_path_buf(), deep: BTreeSet::new(), _sender: sender };
        let failed = failed.or_else(|| watching.begin(world));
        (watching, receiver, failed)
    }

    fn begin(&mut self, world: &dyn World) -> Option<notify::Error> {
        let root = self.root.clone();
        let watched = self.watcher.as_mut()?.watch(&root, RecursiveMode::NonRecursive);
        watched.err().or_else(|| self.watch_folders(world))
    }

    /// Watches folders that have come since, and forgets those that went: the same name may be another folder.
    fn watch_folders(&mut self, world: &dyn World) -> Option<notify::Error> {
        let watcher = self.watcher.as_mut()?;
        let mut failed = None;
        for folder in DEEP.iter().map(|name| self.root.join(name)) {
            match (world.kind(&folder) == Some(EntryKind::Folder), self.deep.contains(&folder)) {
                (true, false) => match watcher.watch(&folder, RecursiveMode::Recursive) {
                    Ok(()) => drop(self.deep.insert(folder)),
                    Err(error) => failed = Some(error),
                },
                (false, true) => {
                    let _ = watcher.unwatch(&folder);
                    self.deep.remove(&folder);
                }
                _ => {}
            }
        }
        failed
    }

    /// Watches these folders anew if events tell that they went or came. What failed, where the system cannot.
    pub fn follow(&mut self, world: &dyn World, dirty: &Dirty) -> Option<notify::Error> {
        let top = |path: &PathBuf| path.parent() == Some(&self.root) || *path == self.root;
        let concerned = match dirty {
            Dirty::Anything => true,
            Dirty::Paths(paths) => paths.iter().any(top),
        };
        if !concerned {
            return None;
        }
        if let (Some(watcher), Dirty::Paths(paths)) = (self.watcher.as_mut(), dirty) {
            // Between two looks a folder may have gone and come: its watch is that of the one that is gone.
            for folder in paths.iter().filter(|path| self.deep.contains(*path)).cloned().collect::<Vec<_>>() {
                let _ = watcher.unwatch(&folder);
                self.deep.remove(&folder);
            }
        }
        self.watch_folders(world)
    }
}

/// What an event tells, if it is of interest: reading is none, nor is what others do beside the site.
fn of_interest(root: &Path, event: Event) -> Option<Noticed> {
    let matters = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        EventKind::Modify(ModifyKind::Metadata(kind)) => !matches!(kind, MetadataKind::AccessTime),
        _ => true,
    };
    let is_inside = |path: &PathBuf| {
        let Ok(inside) = path.strip_prefix(root) else { return false };
        let first = inside.iter().next().and_then(|first| first.to_str()).unwrap_or_default();
        let is_top_file = inside.iter().count() == 1;
        DEEP.contains(&first) || is_top_file
    };
    let paths: Vec<PathBuf> = event.paths.into_iter().filter(|path| is_inside(path)).collect();
    (matters && !paths.is_empty()).then_some(Noticed::Paths(paths))
}
