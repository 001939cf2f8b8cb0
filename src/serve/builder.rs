//! Builds the site, and again after each change.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use super::settle::{self, Dirty};
use super::shown::{Problem, Problems, Shown};
use super::watch::{Noticed, Watching};
use super::{Options, Watch};
use crate::diagnostic::catalogue::Catalogue;
use crate::diagnostic::{self, Diagnostic, Diagnostics, Severity};
use crate::source::Files;
use crate::world::{CachedWorld, OsWorld};
use crate::{BuildOptions, Cache, pending};

/// How often all files are looked at where the system tells of changes, for those of which it does not.
const LOOK: Duration = Duration::from_millis(1000);
/// How often where it tells nothing.
const POLL: Duration = Duration::from_millis(400);
/// To look at all files may take this share of the time.
const SHARE: u32 = 150;

/// A build of the preview, told on the terminal.
pub struct Round<'a> {
    /// What was changed, relative to the site's folder; nothing for the first build.
    pub changed: Vec<PathBuf>,
    /// Pages and other files that are others than before.
    pub rebuilt: usize,
    /// How long it took from the first moment at which the change was known.
    pub took: Duration,
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
}

/// Builds once, then after each change while there is a watch.
pub(super) fn run(disk: &OsWorld, root: &Path, options: &Options, shown: &Shown, tell: &mut dyn FnMut(&Round<'_>)) {
    let events = options.watch.map(|watch| Watching::new(disk, root, watch == Watch::Events));
    let mut builder = Builder {
        world: CachedWorld::new(disk, root.join(pending::FOLDER)),
        root,
        options: BuildOptions { drafts: options.drafts, base_url: None },
        cache: Cache::for_runs(),
        files: Files::default(),
        shown,
    };
    tell(&builder.build(Instant::now(), Vec::new()));
    let Some((watching, noticed, failed)) = events else { return };
    let polls = options.watch == Some(Watch::Poll) || failed.is_some();
    builder.follow(disk, watching, &noticed, if polls { POLL } else { LOOK }, tell);
}

impl Builder<'_> {
    fn follow(
        &mut self,
        disk: &OsWorld,
        mut watching: Watching,
        noticed: &Receiver<Noticed>,
        look: Duration,
        tell: &mut dyn FnMut(&Round<'_>),
    ) {
        let mut idle = look;
        while let Some(dirty) = settle::next(noticed, idle, disk, self.root) {
            let begin = Instant::now();
            watching.follow(disk, &dirty);
            let changed = self.changed(&dirty);
            if dirty == Dirty::Anything {
                // A large site is looked at less often.
                idle = look.max(begin.elapsed() * SHARE);
            }
            if let Some(changed) = changed {
                tell(&self.build(begin, changed));
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
        let mut findings = Diagnostics::new();
        self.files.begin_run();
        self.shown.begin();
        let (cache, files) = (&self.cache, &mut self.files);
        let parts = (cache, self.shown as &dyn crate::render::Audience);
        let built = crate::build_again(&self.world, self.root, &self.options, parts, files, &mut findings);
        diagnostic::sort(&mut findings, &self.files);
        let problems = self.problems(&findings);
        let (files, notes) = match built {
            Some(built) => {
                self.cache.end_run();
                (Some(built.rendered.files), built.rendered.notes)
            }
            // Pages and changes stay known: they are needed again when the mistake is mended.
            None => {
                self.cache.break_off();
                (None, BTreeMap::new())
            }
        };
        let rebuilt = self.shown.end(files.as_deref(), problems, notes);
        Round { changed, rebuilt, took: begin.elapsed(), findings, files: &self.files }
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
