//! When a burst of changes is over: an editor's save is over at once, a checkout of hundreds of files takes longer.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant, SystemTime};

use super::watch::Noticed;
use crate::world::World;

/// Quiet after which a few changes are over.
const QUIET: Duration = Duration::from_millis(8);
/// Quiet after which many are.
const LONG_QUIET: Duration = Duration::from_millis(60);
/// From so many paths on they are many.
const MANY: usize = 12;
/// A stream of changes that does not end is looked at after so long all the same.
const LONGEST: Duration = Duration::from_secs(2);
/// An older lock of Git's index is one that was left behind, or that waits for somebody to write a message.
const GIT: Duration = Duration::from_secs(5);

/// What changed, as far as that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Dirty {
    /// These paths may have.
    Paths(BTreeSet<PathBuf>),
    /// Anything may have: events were lost, or there are none.
    Anything,
}

/// Waits for changes and until they are over; `None` when nobody will send any more. After `idle` without a change it is
/// time to look at everything.
pub(super) fn next(noticed: &Receiver<Noticed>, idle: Duration, world: &dyn World, root: &Path) -> Option<Dirty> {
    let mut dirty = match noticed.recv_timeout(idle) {
        Ok(first) => first.into_dirty(),
        Err(RecvTimeoutError::Timeout) => return Some(Dirty::Anything),
        Err(RecvTimeoutError::Disconnected) => return None,
    };
    let begin = Instant::now();
    loop {
        let many = matches!(&dirty, Dirty::Paths(paths) if paths.len() >= MANY) || dirty == Dirty::Anything;
        match noticed.recv_timeout(if many { LONG_QUIET } else { QUIET }) {
            Ok(more) => dirty = dirty.and(more.into_dirty()),
            // While Git writes its index, it is not done with the files.
            Err(RecvTimeoutError::Timeout) if is_git_busy(world, root) => {}
            Err(_) => return Some(dirty),
        }
        if begin.elapsed() > LONGEST && !is_git_busy(world, root) {
            return Some(dirty);
        }
    }
}

impl Dirty {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Dirty::Paths(mut paths), Dirty::Paths(more)) => {
                paths.extend(more);
                Dirty::Paths(paths)
            }
            _ => Dirty::Anything,
        }
    }
}

/// Whether Git is changing the working tree that the site is in.
fn is_git_busy(world: &dyn World, root: &Path) -> bool {
    let repository = root.ancestors().find(|folder| world.kind(&folder.join(".git")).is_some());
    let lock = repository.and_then(|folder| world.stamp(&folder.join(".git/index.lock")));
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    lock.is_some_and(|lock| now.saturating_sub(lock.modified) < GIT)
}
