//! Making releases that stay: the draft is cut into one ([`cut`]), or a folder that is one already is sealed ([`seal`]).
//!
//! Both try on an [`Overlay`] what the site would be afterwards, with all checks, and say what is to be written as
//! [`Step`]s; nothing is written here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use crate::changes::Comparisons;
use crate::checksum::sha256;
use crate::diagnostic::{self, Code, Diagnostic, Diagnostics};
use crate::history;
use crate::lock::{self, Lock, Predecessor, Work};
use crate::pending::{Content, Step};
use crate::render::{self, theme};
use crate::resolve::{self, Site};
use crate::source::Files;
use crate::target::archive_name;
use crate::world::{Overlay, World};
use crate::{Project, load, permalinks};

mod draft;

/// What is to be cut.
#[derive(Debug, Clone)]
pub struct Request {
    /// The new version.
    pub version: String,
    /// Its first day in force, if that is not the day of its release.
    pub valid_from: Option<Date>,
}

/// A change of the site's files that was tried and found good.
pub struct Prepared {
    /// What is to be written.
    pub steps: Vec<Step>,
    /// The site as it will be.
    pub project: Project,
    /// The editions that are sealed by it, in order.
    pub sealed: Vec<usize>,
    /// How many addresses become permanent.
    pub addresses: usize,
}

/// Where the folder of a version is, relative to the site's.
fn folder_of(version: &str) -> String {
    format!("content/guidelines/{version}")
}

/// Prepares the release of the draft. `None` after reporting what stands in the way.
pub fn cut(
    world: &dyn World,
    root: &Path,
    request: &Request,
    files: &mut Files,
    diagnostics: &mut Diagnostics,
) -> Option<Prepared> {
    let folder = folder_of(&request.version);
    let parts = draft::parts(world, root, request, diagnostics)?;
    let mut overlay = Overlay::new(world);
    for (path, bytes) in &parts.release {
        overlay.add(root.join(&folder).join(path), bytes.clone());
    }
    for step in &parts.changed {
        if let Content::File(bytes) = &step.content {
            overlay.add(root.join(&step.to), bytes.clone());
        }
    }
    let mut trial = Trial::new(overlay, root);
    let mut release = parts.release;
    let locks = trial.seal(std::slice::from_ref(&request.version), files, diagnostics);
    let prepared = locks.and_then(|locks| {
        release.extend(locks.into_values().map(|text| (lock::NAME.to_owned(), text)));
        let mut steps = vec![Step { to: folder.clone(), content: Content::Folder(release), replaces: None }];
        steps.extend(parts.changed);
        trial.finish(steps, files, diagnostics)
    });
    // What is wrong with the release is mended in the draft; only `release.toml` is another there.
    files.show_as(folder.as_ref(), draft::FOLDER.as_ref(), |path| path != Path::new("release.toml"));
    prepared
}

/// Prepares the seals of releases that are there. `None` after reporting what stands in the way.
pub fn seal(
    world: &dyn World,
    root: &Path,
    versions: &[String],
    files: &mut Files,
    diagnostics: &mut Diagnostics,
) -> Option<Prepared> {
    let mut trial = Trial::new(Overlay::new(world), root);
    let locks = trial.seal(versions, files, diagnostics)?;
    let step = |(version, text): (String, Vec<u8>)| Step {
        to: format!("{}/{}", folder_of(&version), lock::NAME),
        content: Content::File(text),
        replaces: None,
    };
    trial.finish(locks.into_iter().map(step).collect(), files, diagnostics)
}

/// The site as it would be.
struct Trial<'a> {
    overlay: Overlay<'a>,
    root: &'a Path,
    sealed: Vec<String>,
}

impl<'a> Trial<'a> {
    fn new(overlay: Overlay<'a>, root: &'a Path) -> Self {
        Self { overlay, root, sealed: Vec::new() }
    }

    /// The texts of the locks of `versions`, which are laid over the site too.
    fn seal(
        &mut self,
        versions: &[String],
        files: &mut Files,
        diagnostics: &mut Diagnostics,
    ) -> Option<BTreeMap<String, Vec<u8>>> {
        let project = crate::read(&self.overlay, self.root, files, diagnostics)?;
        let site = resolve::resolve(&project, files, self.overlay.today(), diagnostics);
        let outside: Diagnostics =
            diagnostics.iter().filter(|found| found.code == Code::OutsidePicture).cloned().collect();
        project.settle(diagnostics);
        crate::forget_draft(&project.sources, false, self.overlay.today(), files, diagnostics);
        // That they are not is why this runs.
        let is_sealed_now = |found: &Diagnostic| {
            found.code == Code::Unsealed && found.args.get("version").is_some_and(|label| versions.contains(label))
        };
        diagnostics.retain(|found| !is_sealed_now(found));
        let editions = named(&project, versions, diagnostics);
        refuse_outside(outside, &project, &editions, files, diagnostics);
        let is_sealed = |edition: &&usize| history::source(&project.sources, **edition).seal.is_some();
        let again = |&edition: &usize| {
            Diagnostic::bare(Code::SealedAlready).arg("version", history::label(&project.sources, edition))
        };
        diagnostics.extend(editions.iter().filter(is_sealed).map(again));
        if diagnostic::has_errors(diagnostics) {
            return None;
        }
        let mut seals: BTreeMap<usize, String> = BTreeMap::new();
        let mut locks = BTreeMap::new();
        for &edition in &editions {
            let lock = self.lock(&project, &site, files, edition, &seals, diagnostics)?;
            let text = lock.text();
            seals.insert(edition, Lock::written_seal(&text).unwrap_or_default().to_owned());
            let path = self.root.join(folder_of(&lock.version)).join(lock::NAME);
            self.overlay.add(path, text.clone().into_bytes());
            self.sealed.push(lock.version.clone());
            locks.insert(lock.version, text.into_bytes());
        }
        Some(locks)
    }

    /// The lock of a release whose predecessor is sealed, or is among `seals`, those made just now.
    fn lock(
        &self,
        project: &Project,
        site: &Site,
        files: &Files,
        edition: usize,
        seals: &BTreeMap<usize, String>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Lock> {
        let of = &project.history.editions[edition];
        let source = history::source(&project.sources, edition);
        let label = |edition: usize| history::label(&project.sources, edition);
        let seal_of = |before: usize| {
            let sealed = history::source(&project.sources, before).seal.as_ref().map(|seal| seal.seal.clone());
            sealed.or_else(|| seals.get(&before).cloned())
        };
        let predecessor = match of.predecessor.map(|before| (before, seal_of(before))) {
            None => None,
            Some((before, Some(seal))) => Some(Predecessor { version: label(before), seal }),
            Some((before, None)) => {
                let found = Diagnostic::at(Code::UnsealedPredecessor, source.head).arg("version", label(edition));
                diagnostics.push(found.arg("before", label(before)));
                return None;
            }
        };
        let chapter_file = |chapter: &Arc<load::ChapterSource>| {
            chapter.page.path.strip_prefix(&format!("{}/", source.folder)).unwrap_or(&chapter.page.path).to_owned()
        };
        let chapter_files: Vec<String> = source.chapters.iter().map(chapter_file).collect();
        let before = of.predecessor.map(|before| &project.history.editions[before]);
        Some(Lock {
            version: label(edition),
            predecessor,
            files: self.hashes(&source.folder, diagnostics)?,
            references: resolve::references(project, site, files, edition),
            work: Some(work(&project.sources, source)),
            ..history::recorded(of, before.map(Arc::as_ref), &chapter_files)
        })
    }

    /// SHA-256 of each file of a release's folder, relative to `content/`, but its lock.
    fn hashes(&self, folder: &str, diagnostics: &mut Diagnostics) -> Option<BTreeMap<String, String>> {
        let paths = load::files_in(&self.overlay, self.root, folder);
        let folder = self.root.join("content").join(folder);
        let read = |path: String| {
            let bytes = self.overlay.read(&folder.join(&path))?;
            Ok((path, sha256(&bytes)))
        };
        let hashes = paths.and_then(|paths| {
            paths.into_iter().filter(|path| path != lock::NAME).map(read).collect::<std::io::Result<_>>()
        });
        hashes.map_err(|error| diagnostics.push(Diagnostic::about(Code::Unreadable, &folder).arg("error", error))).ok()
    }

    /// Reads and renders the sealed site with all checks; adds the addresses that become permanent.
    fn finish(self, mut steps: Vec<Step>, files: &mut Files, diagnostics: &mut Diagnostics) -> Option<Prepared> {
        diagnostics.clear();
        let permalinks = hash_of(&self.overlay, self.root);
        let (project, addresses) = published(&self.overlay, self.root, files, diagnostics)?;
        let sealed = named(&project, &self.sealed, diagnostics);
        let found = Permanent::new(&project, addresses, permalinks);
        steps.push(found.step);
        Some(Prepared { steps, project, sealed, addresses: found.new.len() })
    }
}

/// What is said of the work today.
fn work(sources: &load::Sources, release: &load::ReleaseSource) -> Work {
    let guideline = sources.guideline.clone();
    Work {
        title: guideline.title,
        short_title: guideline.short_title,
        publisher: guideline.publisher.or_else(|| sources.config.publisher.clone()),
        licence: guideline.licence,
        contact: guideline.contact,
        valid_from: release.valid_from,
        archive: archive_name(sources, release),
    }
}

/// The addresses of a site: how many are permanent, and which are not yet.
pub struct Permanent {
    /// How many are recorded.
    pub recorded: usize,
    /// Those that are not, sorted.
    pub new: Vec<String>,
    /// What is to be written to record them.
    pub step: Step,
}

impl Permanent {
    fn new(project: &Project, addresses: BTreeSet<String>, replaces: Option<String>) -> Self {
        let known = &project.sources.permalinks;
        let content = Content::File(known.text_with(&addresses).into_bytes());
        let new = addresses.into_iter().filter(|address| !known.recorded.contains_key(address)).collect();
        Self { recorded: known.recorded.len(), new, step: Step { to: permalinks::NAME.to_owned(), content, replaces } }
    }
}

/// The SHA-256 of `permalinks.lock`, if there is one.
fn hash_of(world: &dyn World, root: &Path) -> Option<String> {
    world.read(&root.join(permalinks::NAME)).ok().map(|bytes| sha256(&bytes))
}

/// The addresses of the site as it is. `None` after reporting what is wrong, such as one that would be lost.
pub fn permanent(
    world: &dyn World,
    root: &Path,
    files: &mut Files,
    diagnostics: &mut Diagnostics,
) -> Option<Permanent> {
    let permalinks = hash_of(world, root);
    let (project, addresses) = published(world, root, files, diagnostics)?;
    Some(Permanent::new(&project, addresses, permalinks))
}

/// The site as it is published, without a draft, and its addresses that are to be permanent. `None` if it has errors.
fn published(
    world: &dyn World,
    root: &Path,
    files: &mut Files,
    diagnostics: &mut Diagnostics,
) -> Option<(Project, BTreeSet<String>)> {
    let today = world.today();
    let project = crate::read(world, root, files, diagnostics)?;
    // It is to be recorded now.
    diagnostics.retain(|found| found.code != Code::UnrecordedRelease);
    let theme = theme::load(world, root, &project.sources.config, files, diagnostics);
    let site = resolve::resolve(&project, files, today, diagnostics);
    project.settle(diagnostics);
    crate::forget_draft(&project.sources, false, today, files, diagnostics);
    if diagnostic::has_errors(diagnostics) {
        return None;
    }
    let changes: Comparisons = crate::compare(&project, &site, false, today, &crate::Cache::default());
    let known = crate::known(&project, &site, &changes, files, false, today);
    let rendered = render::render(world, root, theme?, &known, (None, &render::Nobody), diagnostics);
    let addresses = render::addresses(&known, &rendered.files);
    (!diagnostic::has_errors(diagnostics)).then_some((project, addresses))
}

/// What is only a warning while a release is written keeps it from being sealed: a picture that no seal would cover.
fn refuse_outside(
    outside: Diagnostics,
    project: &Project,
    editions: &[usize],
    files: &Files,
    diagnostics: &mut Diagnostics,
) {
    let folders: Vec<String> = editions
        .iter()
        .map(|&edition| format!("content/{}/", history::source(&project.sources, edition).folder))
        .collect();
    let is_sealed_now = |found: &Diagnostic| {
        found.span.is_some_and(|span| folders.iter().any(|folder| files.get(span.file).path().starts_with(folder)))
    };
    diagnostics.retain(|found| found.code != Code::OutsidePicture || !is_sealed_now(found));
    let refused = outside.into_iter().filter(is_sealed_now);
    diagnostics.extend(refused.map(|found| Diagnostic { severity: diagnostic::Severity::Error, ..found }));
}

/// The editions of these versions in their order; reports what is no release.
fn named(project: &Project, versions: &[String], diagnostics: &mut Diagnostics) -> Vec<usize> {
    let mut editions = BTreeSet::new();
    for version in versions {
        match history::edition_named(&project.sources, 0..project.sources.releases.len(), version) {
            Ok(edition) => drop(editions.insert(edition)),
            Err(found) => diagnostics.push(found),
        }
    }
    editions.into_iter().collect()
}
