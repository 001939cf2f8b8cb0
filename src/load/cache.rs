//! What was read of each file, for runs in which most files are what they were.

use std::any::Any;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Loader, Seal};
use crate::diagnostic::Diagnostics;
use crate::memo::Memo;
use crate::source::FileId;

/// What was read of files, by path and version; see [`World::version`](crate::world::World::version).
#[derive(Default)]
pub struct Cache {
    files: Memo<(PathBuf, u64), Arc<Read>>,
    seals: Memo<Versions, (Option<Arc<Seal>>, Diagnostics)>,
    /// What the first bytes of a file told.
    signatures: Memo<(PathBuf, u64), &'static str>,
    paths: Memo<u64, (Arc<BTreeSet<String>>, Diagnostics)>,
}

/// The files of a folder with the version of each.
pub(super) type Versions = Vec<(String, u64)>;

/// What a text gave.
struct Read {
    text: Arc<str>,
    file: FileId,
    result: Box<dyn Any + Send + Sync>,
    findings: Diagnostics,
}

impl Cache {
    /// Ends a run: forgets what it did not ask for.
    pub fn end_run(&self) {
        self.files.end_run();
        self.seals.end_run();
        self.signatures.end_run();
        self.paths.end_run();
    }
}

impl Loader<'_> {
    /// What `read` gives for the file at a path (relative to the site's folder), or gave for the same text before.
    pub(super) fn remembered<T: Clone + Send + Sync + 'static>(
        &mut self,
        path: &str,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        let key = |version| (PathBuf::from(path), version);
        let known = self.version(path).and_then(|version| self.cache.files.known(&key(version)));
        if let Some(known) = &known
            && let Some(result) = known.result.downcast_ref::<Option<T>>()
            && self.files.add(path, Arc::clone(&known.text)) == known.file
        {
            self.sink.borrow_mut().extend(known.findings.iter().cloned());
            return result.clone();
        }
        let (result, findings) = self.with_findings(read);
        if let (Some(version), Some(file)) = (self.version(path), self.files.at(Path::new(path))) {
            let text = self.files.get(file).shared();
            let read = Read { text, file, result: Box::new(result.clone()), findings };
            self.cache.files.note(key(version), Arc::new(read));
        }
        result
    }

    /// What `read` gives for a folder whose files have these versions, or gave before. It must not add texts.
    pub(super) fn remembered_seal(
        &mut self,
        versions: Option<Versions>,
        read: impl FnOnce(&mut Self) -> Option<Arc<Seal>>,
    ) -> Option<Arc<Seal>> {
        let Some(versions) = versions else { return read(self) };
        if let Some((seal, findings)) = self.cache.seals.known(&versions) {
            self.sink.borrow_mut().extend(findings);
            return seal;
        }
        let (seal, findings) = self.with_findings(read);
        self.cache.seals.note(versions, (seal.clone(), findings));
        seal
    }

    /// The files that `walk` finds in a folder of this version, or found before.
    pub(super) fn remembered_paths(
        &mut self,
        version: Option<u64>,
        walk: impl FnOnce(&mut Self) -> BTreeSet<String>,
    ) -> Arc<BTreeSet<String>> {
        if let Some((paths, findings)) = version.and_then(|version| self.cache.paths.known(&version)) {
            self.sink.borrow_mut().extend(findings);
            return paths;
        }
        let (paths, findings) = self.with_findings(|loader| Arc::new(walk(loader)));
        // What was walked first has a version only now.
        if let Some(version) = self.version("content") {
            self.cache.paths.note(version, (Arc::clone(&paths), findings));
        }
        paths
    }

    /// What `read` gives for the file at a path, or gave for the same bytes before.
    pub(super) fn remembered_signature(
        &self,
        path: &str,
        read: impl FnOnce() -> Option<&'static str>,
    ) -> Option<&'static str> {
        let key = |version| (PathBuf::from(path), version);
        let known = self.version(path).and_then(|version| self.cache.signatures.known(&key(version)));
        known.or_else(|| {
            let found = read()?;
            self.version(path).into_iter().for_each(|version| self.cache.signatures.note(key(version), found));
            Some(found)
        })
    }

    /// What `read` gives, with what it finds on the way.
    fn with_findings<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> (T, Diagnostics) {
        let before = self.sink.borrow().len();
        let result = read(self);
        let findings = self.sink.borrow()[before..].to_vec();
        (result, findings)
    }

    pub(super) fn version(&self, path: &str) -> Option<u64> {
        self.world.version(&self.root.join(path))
    }
}
