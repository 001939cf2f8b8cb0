//! Builds the site, and again after each change.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use super::indexing::Indexing;
use super::settle::{self, Dirty};
use super::shown::{Problem, Problems, Shown};
use super::watch::{Noticed, Watching};
use super::{Options, Watch};
use crate::diagnostic::catalogue::Catalogue;
use crate::diagnostic::{self, Code, Diagnostic, Diagnostics, Severity};
use crate::laps::Laps;
use crate::render::{self, Audience, Indexes};
use crate::source::Files;
use crate::world::{CachedWorld, OsWorld};
use crate::{BuildOptions, Cache, pending};

/// How often all files are looked at where the system tells of changes, for those of which it does not.
const LOOK: Duration = Duration::from_millis(1000);
/// How often where it tells nothing.
const POLL: Duration = Duration::from_millis(400);
/// The longest time between two looks: what was not told is seen within two seconds.
const LONGEST_LOOK: Duration = Duration::from_millis(1900);
/// To look at all files may take this share of the time.
const SHARE: u32 = 120;

/// What is told on the terminal.
pub enum Told<'a> {
    /// A build.
    Built(Round<'a>),
    /// That the search finds what is written now, and how long it took to make its indexes.
    Indexed(Duration),
    /// That they could not be made.
    NotIndexed(Diagnostic),
}

impl Told<'_> {
    fn of_indexes(made: Result<Duration, Diagnostic>) -> Self {
        made.map_or_else(Told::NotIndexed, Told::Indexed)
    }
}

/// A build of the preview.
pub struct Round<'a> {
    /// What was changed, relative to the site's folder; nothing for the first build.
    pub changed: Vec<PathBuf>,
    /// Pages and other files that are others than before.
    pub rebuilt: usize,
    /// How long it took from the first moment at which the change was known.
    pub took: Duration,
    /// How long each stage took; `None` where the build ended at a mistake.
    pub laps: Option<Laps>,
    /// What was found, sorted.
    pub findings: Diagnostics,
    /// The texts.
    pub files: &'a Files,
}

/// What builds.
struct Builder<'a> {
    world: CachedWorld<'a>,
    root: &'a Path,
    options: BuildOptions,
    cache: Cache,
    files: Files,
    shown: &'a Shown,
    /// That the system does not tell of changes, and why.
    unwatched: Option<Diagnostic>,
}

/// Builds once, then after each change while there is a watch.
pub(super) fn run(disk: &OsWorld, root: &Path, options: &Options, shown: &Shown, tell: &mut dyn FnMut(&Told<'_>)) {
    let events = options.watch.map(|watch| Watching::new(disk, root, watch == Watch::Events));
    let failed = events.as_ref().and_then(|(.., failed)| failed.as_ref());
    let mut builder = Builder {
        world: CachedWorld::new(disk, root.join(pending::FOLDER)),
        root,
        options: BuildOptions { drafts: options.drafts, ..BuildOptions::default() },
        cache: Cache::for_runs(),
        files: Files::default(),
        shown,
        unwatched: failed.map(unwatched),
    };
    std::thread::scope(|scope| {
        let mut indexing = Indexing::new(scope, shown);
        let round = builder.build(Instant::now(), Vec::new());
        indexing.note_build(&round);
        tell(&Told::Built(round));
        match events {
            Some((watching, noticed, _)) => {
                let polls = options.watch == Some(Watch::Poll);
                builder.follow(disk, watching, &noticed, polls, (&mut indexing, tell));
            }
            None => {
                indexing.begin(builder.indexes());
                indexing.wait().map(Told::of_indexes).iter().for_each(tell);
            }
        }
    });
}

/// That the system does not tell of changes.
fn unwatched(error: &notify::Error) -> Diagnostic {
    let folder = error.paths.first().map_or_else(|| ".".into(), |path| path.display().to_string());
    Diagnostic::about(Code::Unwatched, folder).arg("error", what_failed(&error.kind))
}

/// What the system said, without the paths.
fn what_failed(kind: &notify::ErrorKind) -> String {
    match kind {
        notify::ErrorKind::Io(error) => error.to_string(),
        notify::ErrorKind::MaxFilesWatch => "no more folders can be watched".into(),
        notify::ErrorKind::Generic(text) => text.clone(),
        other => format!("{other:?}"),
    }
}

impl Builder<'_> {
    fn follow(
        &mut self,
        disk: &OsWorld,
        mut watching: Watching,
        noticed: &Receiver<Noticed>,
        polls: bool,
        (indexing, tell): (&mut Indexing<'_, '_>, &mut dyn FnMut(&Told<'_>)),
    ) {
        let mut idle = POLL;
        while let Some(dirty) = settle::next(noticed, idle, disk, self.root) {
            let begin = Instant::now();
            let failed = watching.follow(disk, &dirty);
            self.unwatched = failed.as_ref().map(unwatched).or(self.unwatched.take());
            let changed = self.changed(&dirty);
            if dirty == Dirty::Anything {
                // A large site is looked at less often.
                let look = if polls || self.unwatched.is_some() { POLL } else { LOOK };
                idle = look.max(begin.elapsed() * SHARE).min(LONGEST_LOOK);
            }
            if let Some(changed) = changed {
                let round = self.build(begin, changed);
                indexing.note_build(&round);
                tell(&Told::Built(round));
            } else if indexing.is_time() {
                indexing.begin(self.indexes());
            }
            indexing.finished().map(Told::of_indexes).iter().for_each(&mut *tell);
        }
    }

    /// What the indexes of the search are made of; `None` while the site has errors. Nothing has changed since the last
    /// build, so that all else is known.
    fn indexes(&mut self) -> Option<Indexes> {
        let options = BuildOptions { indexing: render::Indexing::Later, ..self.options.clone() };
        self.files.begin_run();
        let (parts, files) = ((&self.cache, &render::Nobody as &dyn Audience), &mut self.files);
        let built = crate::build_again(&self.world, self.root, &options, parts, files, &mut Diagnostics::new());
        match built {
            Some(built) => {
                self.cache.end_run();
                built.rendered.indexes
            }
            None => {
                self.cache.break_off();
                None
            }
        }
    }

    /// What is not as it was, relative to the site's folder; `None` where everything is.
    fn changed(&self, dirty: &Dirty) -> Option<Vec<PathBuf>> {
        let changed: Option<BTreeSet<PathBuf>> = match dirty {
            Dirty::Anything => Some(self.world.refresh_all()).filter(|changed| !changed.is_empty()),
            // Where none of the paths matters, the day has changed.
            Dirty::Paths(paths) => self
                .world
                .refresh(paths)
                .then(|| paths.iter().filter(|path| self.world.concerns(path)).cloned().collect()),
        };
        let inside = |path: PathBuf| path.strip_prefix(self.root).map(Path::to_path_buf).unwrap_or(path);
        changed.map(|changed| changed.into_iter().map(inside).collect())
    }

    fn build(&mut self, begin: Instant, changed: Vec<PathBuf>) -> Round<'_> {
        let mut findings: Diagnostics = self.unwatched.clone().into_iter().collect();
        self.files.begin_run();
        self.shown.begin();
        let (cache, files) = (&self.cache, &mut self.files);
        let parts = (cache, self.shown as &dyn Audience);
        let built = crate::build_again(&self.world, self.root, &self.options, parts, files, &mut findings);
        diagnostic::sort(&mut findings, &self.files);
        let problems = self.problems(&findings);
        let (files, notes, laps) = match built {
            Some(built) => {
                self.cache.end_run();
                self.shown.set_base_path(&built.base_path);
                (Some(built.rendered.files), built.rendered.notes, Some(built.laps))
            }
            // Pages and changes stay known: they are needed again when the mistake is mended.
            None => {
                self.cache.break_off();
                (None, BTreeMap::new(), None)
            }
        };
        let rebuilt = self.shown.end(files.as_deref(), problems, notes);
        Round { changed, rebuilt, took: begin.elapsed(), laps, findings, files: &self.files }
    }

    fn problems(&self, findings: &[Diagnostic]) -> Problems {
        let catalogue = Catalogue::english();
        let problem = |found: &Diagnostic| self.problem(found, &catalogue);
        let errors = findings.iter().filter(|found| found.severity == Severity::Error).count();
        Problems { errors, warnings: findings.len() - errors, list: findings.iter().map(problem).collect() }
    }

    fn problem(&self, found: &Diagnostic, catalogue: &Catalogue) -> Problem {
        let place = found.span.map(|span| {
            let file = self.files.get(span.file);
            (file.path().to_path_buf(), file.position(span.start).line)
        });
        let path = place.as_ref().map(|(path, _)| path.clone());
        let path = path.or_else(|| found.args.get("path").map(PathBuf::from));
        let line = place.map(|(_, line)| line);
        let address = path.as_ref().map(|path| self.shown.editor.address(&self.root.join(path), line.unwrap_or(1)));
        let frame = diagnostic::render_human(std::slice::from_ref(found), &self.files, catalogue, false);
        Problem {
            severity: if found.severity == Severity::Error { "error" } else { "warning" },
            code: found.code.name(),
            message: catalogue.message(found),
            file: path.map(|path| path.display().to_string()),
            line,
            address,
            frame: frame.trim_end().to_owned(),
        }
    }
}
