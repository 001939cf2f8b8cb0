//! Reads the lock of each sealed release and holds it against the files: altered, missing or added ones are told by name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::guideline::version_label;
use super::{Loader, ReleaseSource, Seal, Sources};
use crate::checksum::sha256;
use crate::diagnostic::{Code, Diagnostic};
use crate::lock::{self, Lock, LockedReference};
use crate::permalinks;
use crate::source::{FileId, Position, Span};
use crate::version::Version;

impl Loader<'_> {
    /// What the release in `folder` (relative to `content/`) is sealed by; `None` without a lock, and where the seal is
    /// broken, after reporting it.
    pub(super) fn seal(&mut self, paths: &BTreeSet<String>, folder: &str) -> Option<Arc<Seal>> {
        let path = format!("{folder}/{}", lock::NAME);
        if !paths.contains(&path) {
            return None;
        }
        let file = self.read_text(&format!("content/{path}"))?;
        // Where each file is of a version that is known, none has to be read.
        let prefix = format!("{folder}/");
        let inside = paths.range(prefix.clone()..).take_while(|path| path.starts_with(&prefix));
        let versions = inside.map(|path| Some((path.clone(), self.version(&format!("content/{path}"))?))).collect();
        self.remembered_seal(versions, |loader| loader.read_seal(paths, folder, file))
    }

    fn read_seal(&mut self, paths: &BTreeSet<String>, folder: &str, file: FileId) -> Option<Arc<Seal>> {
        let lock = Lock::read(file, self.files, self.sink)?;
        if !folder.ends_with(&format!("/{}", lock.version)) {
            let place = Span::new(file, 0..self.files.get(file).text().lines().next().map_or(0, str::len));
            self.report(Diagnostic::at(Code::ForeignLock, place).arg("version", &lock.version));
            return None;
        }
        let is_intact = self.check_files(paths, folder, &lock);
        let seal = Lock::written_seal(self.files.get(file).text()).unwrap_or_default().to_owned();
        let texts = self.texts(folder);
        let places = |reference| self.place(&texts, reference);
        let references = lock.references.iter().filter_map(places).collect();
        is_intact.then(|| Arc::new(Seal { texts: texts.into_values().collect(), references, seal, lock }))
    }

    /// Whether the folder holds the files of the lock and no others, each as it was.
    fn check_files(&self, paths: &BTreeSet<String>, folder: &str, lock: &Lock) -> bool {
        let prefix = format!("{folder}/");
        let is = paths.range(prefix.clone()..).map_while(|path| path.strip_prefix(&prefix));
        let is: BTreeSet<&str> = is.filter(|path| *path != lock::NAME).collect();
        let broken = |code: Code, path: &str| {
            self.report(Diagnostic::about(code, format!("content/{prefix}{path}")).arg("version", &lock.version));
        };
        let mut is_intact = true;
        for (path, hash) in &lock.files {
            if !is.contains(path.as_str()) {
                broken(Code::MissingSealedFile, path);
                is_intact = false;
                continue;
            }
            match self.world.read(&self.root.join("content").join(format!("{prefix}{path}"))) {
                Ok(bytes) if sha256(&bytes) == *hash => {}
                Ok(_) => {
                    broken(Code::AlteredSealedFile, path);
                    is_intact = false;
                }
                // Reading failed before, and that was said.
                Err(error) => {
                    let path = format!("{prefix}{path}");
                    if !self.was_reported(&path) {
                        self.report(Diagnostic::about(Code::Unreadable, format!("content/{path}")).arg("error", error));
                    }
                    is_intact = false;
                }
            }
        }
        for path in is.into_iter().filter(|path| !lock.files.contains_key(*path)) {
            broken(Code::AddedToSealed, path);
            is_intact = false;
        }
        is_intact
    }

    /// The texts in a folder by their paths in it.
    fn texts(&self, folder: &str) -> BTreeMap<String, FileId> {
        let folder = Path::new("content").join(folder);
        let inside = |id: FileId| {
            let path = self.files.get(id).path().strip_prefix(&folder).ok()?;
            Some((path.to_string_lossy().into_owned(), id))
        };
        self.files.ids().filter_map(inside).collect()
    }

    /// A reference of a lock with the file and the byte at which it begins.
    fn place(
        &self,
        texts: &BTreeMap<String, FileId>,
        reference: &LockedReference,
    ) -> Option<((FileId, usize), LockedReference)> {
        let mut parts = reference.at.rsplitn(3, ':');
        let (column, line) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let id = *texts.get(parts.next()?)?;
        let byte = self.files.get(id).byte(Position { line, column })?;
        Some(((id, byte), reference.clone()))
    }

    /// Checks that the sealed releases form a chain: each holds the seal of the one it follows.
    pub(super) fn check_seals(&self, paths: &BTreeSet<String>, releases: &[ReleaseSource]) {
        let lock_path = |release: &ReleaseSource| format!("{}/{}", release.folder, lock::NAME);
        for release in releases {
            let Some(before) = release.seal.as_ref().and_then(|seal| seal.lock.predecessor.as_ref()) else { continue };
            let named = releases.iter().find(|other| version_label(other).as_ref() == Some(&before.version));
            let found = |code: Code| {
                let found = Diagnostic::about(code, format!("content/{}", lock_path(release)));
                found.arg("version", &before.version).arg("by", &release.folder)
            };
            match named {
                None => self.report(found(Code::LostRelease)),
                Some(named) if !paths.contains(&lock_path(named)) => self.report(found(Code::LostSeal)),
                Some(named) if named.seal.as_ref().is_some_and(|seal| seal.seal != before.seal) => {
                    self.report(found(Code::BrokenChain));
                }
                Some(_) => {}
            }
        }
    }

    /// Tells of each release without a lock; whether it was sealed is known from the addresses that were recorded then.
    pub(super) fn check_lost_seals(&self, paths: &BTreeSet<String>, sources: &Sources) {
        let folder = format!("/{}/", sources.config.addresses.guideline);
        let release = |address: &str| {
            let label = address.strip_prefix(&folder)?.strip_suffix('/')?;
            Version::parse(label).filter(|_| !label.contains('/'))
        };
        let is_there = |version: &Version| {
            let folder = format!("guidelines/{version}/");
            paths.range(folder.clone()..).next().is_some_and(|path| path.starts_with(&folder))
        };
        let recorded = sources.permalinks.recorded.iter().filter_map(|(address, span)| Some((release(address)?, span)));
        for (version, span) in recorded.filter(|(version, _)| !is_there(version)) {
            self.report(Diagnostic::at(Code::LostRelease, *span).arg("version", version).arg("path", permalinks::NAME));
        }
        for release in sources.releases.iter().filter(|release| release.seal.is_some()) {
            let address = format!("{folder}{}/", release.label());
            if !sources.permalinks.recorded.contains_key(&address) {
                self.report(Diagnostic::at(Code::UnrecordedRelease, release.head).arg("version", release.label()));
            }
        }
        let is_unsealed = |release: &&ReleaseSource| !paths.contains(&format!("{}/{}", release.folder, lock::NAME));
        for release in sources.releases.iter().filter(is_unsealed) {
            let address = format!("{folder}{}/", release.label());
            let found = match sources.permalinks.recorded.get(&address) {
                Some(&recorded) => {
                    Diagnostic::at(Code::LostSeal, release.head).label(recorded, "recorded").arg("by", permalinks::NAME)
                }
                None => Diagnostic::at(Code::Unsealed, release.head),
            };
            self.report(found.arg("version", release.label()));
        }
    }
}
