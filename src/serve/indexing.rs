//! Makes the indexes of the search once nothing has changed for a moment, beside the thread that builds.

use std::thread::{Scope, ScopedJoinHandle};
use std::time::{Duration, Instant};

use super::builder::Round;
use super::shown::Shown;
use crate::diagnostic::{Code, Diagnostic};
use crate::render::{Earlier, Indexes};
use crate::write::OutputFile;

/// How long nothing has changed before an index is made: who writes on gets all of the machine.
const CALM: Duration = Duration::from_secs(1);

/// Makes indexes, one after another.
pub(super) struct Indexing<'scope, 'env> {
    scope: &'scope Scope<'scope, 'env>,
    shown: &'env Shown,
    running: Option<Running<'scope>>,
    /// The files of the last indexes.
    made: Vec<OutputFile>,
    /// When the site was built that has no indexes yet.
    due: Option<Instant>,
    /// Whether the site has errors: then they wait until it has none.
    is_broken: bool,
}

type Running<'scope> = ScopedJoinHandle<'scope, Result<Indexed, Diagnostic>>;

/// Indexes that were made.
pub(super) struct Indexed {
    files: Vec<OutputFile>,
    took: Duration,
}

impl<'scope, 'env> Indexing<'scope, 'env> {
    pub fn new(scope: &'scope Scope<'scope, 'env>, shown: &'env Shown) -> Self {
        Self { scope, shown, running: None, made: Vec::new(), due: None, is_broken: false }
    }

    /// Notes whether the site is another than that of the last indexes.
    pub fn note_build(&mut self, round: &Round<'_>) {
        self.is_broken = round.laps.is_none();
        if round.rebuilt > 0 {
            self.due = Some(Instant::now());
        }
    }

    /// Whether it is time to begin.
    pub fn is_time(&self) -> bool {
        self.running.is_none() && !self.is_broken && self.due.is_some_and(|built| built.elapsed() >= CALM)
    }

    /// Begins to make the indexes of the site as it is now.
    pub fn begin(&mut self, indexes: Option<Indexes>) {
        self.due = None;
        let Some(indexes) = indexes else { return };
        let (shown, earlier) = (self.shown, self.made.clone());
        self.running = Some(self.scope.spawn(move || {
            let begin = Instant::now();
            let files = indexes.make(Earlier::Files(&earlier))?;
            shown.set_indexes(&files);
            Ok(Indexed { files, took: begin.elapsed() })
        }));
    }

    /// How long it took to make indexes that have become finished and are others than before.
    ///
    /// # Errors
    /// [`Code::Search`] where they could not be made.
    pub fn finished(&mut self) -> Option<Result<Duration, Diagnostic>> {
        let ended = self.running.take_if(|running| running.is_finished())?;
        self.end(ended)
    }

    /// Waits for what is being made; then as [`Indexing::finished`].
    ///
    /// # Errors
    /// [`Code::Search`] where they could not be made.
    pub fn wait(&mut self) -> Option<Result<Duration, Diagnostic>> {
        let running = self.running.take()?;
        self.end(running)
    }

    fn end(&mut self, ended: Running<'scope>) -> Option<Result<Duration, Diagnostic>> {
        let panicked = |_| Err(Diagnostic::bare(Code::Search).arg("error", "the program that makes them broke off"));
        match ended.join().unwrap_or_else(panicked) {
            Ok(Indexed { files, took }) => {
                let is_new = self.made != files;
                self.made = files;
                is_new.then_some(Ok(took))
            }
            Err(found) => Some(Err(found)),
        }
    }
}
