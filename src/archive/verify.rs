//! Whether an archive is what it was: a complete bag, and in it a release whose seal fits.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::bag::{DECLARATION, MANIFEST, TAG_MANIFEST};
use super::zip::{self, Refusal};
use crate::checksum::{sha256, sha512};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::lock::{self, Lock};
use crate::source::Files;
use crate::toml_fields::Sink;

/// The files of an archive: the checksum of each, and the texts that say what they should be.
#[derive(Default)]
struct Contents {
    sha512: BTreeMap<String, String>,
    sha256: BTreeMap<String, String>,
    texts: BTreeMap<String, String>,
    /// Paths of several files: what is unpacked depends on who does it.
    twice: Vec<String>,
}

impl Contents {
    fn take(&mut self, path: String, bytes: Vec<u8>) {
        if self.sha512.contains_key(&path) {
            self.twice.push(path.clone());
        }
        self.sha512.insert(path.clone(), sha512(&bytes));
        self.sha256.insert(path.clone(), sha256(&bytes));
        let name = path.rsplit('/').next().unwrap_or_default();
        if [DECLARATION.0, MANIFEST, TAG_MANIFEST, lock::NAME].contains(&name)
            && let Ok(text) = String::from_utf8(bytes)
        {
            self.texts.insert(path, text);
        }
    }
}

/// What an archive was found to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Version of its release.
    pub version: String,
    /// The seal of its release, 64 hexadecimal digits.
    pub seal: String,
    /// How many files are in it.
    pub files: usize,
}

/// Checks the archive `bytes`, which was read from `path`; reports all that is wrong.
pub fn verify(path: &Path, bytes: &[u8], files: &mut Files, diagnostics: &mut Diagnostics) -> Option<Verified> {
    let before = diagnostics.len();
    let found =
        |reason: &str, name: &str| Diagnostic::about(Code::BadArchive, path).arg("reason", reason).arg("name", name);
    let mut contents = Contents::default();
    if let Err(refusal) = zip::read(bytes, |path, bytes| contents.take(path, bytes)) {
        let reason = match refusal {
            Refusal::Unreadable => "unreadable",
            Refusal::Escapes => "escapes",
            Refusal::TooBig => "too-big",
            Refusal::Padded => "padded",
        };
        diagnostics.push(found(reason, ""));
        return None;
    }
    let bases: BTreeSet<&str> = contents.sha512.keys().map(|path| path.split('/').next().unwrap_or_default()).collect();
    let base = bases.first().filter(|_| bases.len() == 1).map(|base| format!("{base}/"));
    let Some(base) = base.filter(|base| contents.texts.contains_key(&format!("{base}{}", DECLARATION.0))) else {
        diagnostics.push(found("no-bag", ""));
        return None;
    };
    diagnostics.extend(faults(&contents, &base).into_iter().map(|(reason, name)| found(reason, &name)));
    diagnostics.extend(contents.twice.iter().map(|name| found("added", name)));
    let lock = lock_of(&contents, &base, files);
    match &lock {
        Some(Found { folder, lock, .. }) => {
            let faults = lock_faults(&contents, folder, lock);
            diagnostics.extend(faults.into_iter().map(|(reason, name)| found(reason, &name)));
        }
        None => diagnostics.push(found("no-lock", lock::NAME)),
    }
    let lock = lock.filter(|_| diagnostics.len() == before)?;
    Some(Verified { version: lock.lock.version, seal: lock.seal, files: contents.sha512.len() })
}

/// What is missing, altered or added, by the two manifests.
fn faults(contents: &Contents, base: &str) -> Vec<(&'static str, String)> {
    let mut faults = Vec::new();
    let mut listed: BTreeSet<String> = BTreeSet::new();
    for manifest in [MANIFEST, TAG_MANIFEST] {
        let Some(text) = contents.texts.get(&format!("{base}{manifest}")) else {
            faults.push(("missing", manifest.to_owned()));
            continue;
        };
        for line in text.lines() {
            let Some((sum, name)) = line.split_once("  ") else {
                faults.push(("altered", manifest.to_owned()));
                continue;
            };
            let path = format!("{base}{}", name.replace("%25", "%"));
            match contents.sha512.get(&path) {
                None => faults.push(("missing", name.to_owned())),
                Some(is) if is != sum => faults.push(("altered", name.to_owned())),
                Some(_) => {}
            }
            listed.insert(path);
        }
    }
    let unlisted = contents.sha512.keys().filter(|path| {
        let name = path.strip_prefix(base).unwrap_or(path);
        name != TAG_MANIFEST && !listed.contains(*path)
    });
    faults.extend(unlisted.map(|path| ("added", path.strip_prefix(base).unwrap_or(path).to_owned())));
    faults
}

/// The lock in an archive.
struct Found {
    /// Its folder there.
    folder: String,
    lock: Lock,
    seal: String,
}

/// The lock in the archive, if it is sound.
fn lock_of(contents: &Contents, base: &str, files: &mut Files) -> Option<Found> {
    let source = format!("{base}data/source/");
    let (path, text) =
        contents.texts.iter().find(|(path, _)| path.starts_with(&source) && path.ends_with(lock::NAME))?;
    let file = files.add(path.as_str(), text.as_str());
    let lock = Lock::read(file, files, &Sink::default())?;
    let seal = Lock::written_seal(text)?.to_owned();
    Some(Found { folder: path.trim_end_matches(lock::NAME).to_owned(), lock, seal })
}

/// What in the folder of the sources is not what the lock says.
fn lock_faults(contents: &Contents, folder: &str, lock: &Lock) -> Vec<(&'static str, String)> {
    let of_file = |(path, hash): (&String, &String)| match contents.sha256.get(&format!("{folder}{path}")) {
        None => Some(("missing", path.clone())),
        Some(is) if is != hash => Some(("altered", path.clone())),
        Some(_) => None,
    };
    let is_added = |path: &&String| {
        path.strip_prefix(folder).is_some_and(|name| name != lock::NAME && !lock.files.contains_key(name))
    };
    let added = contents.sha256.keys().filter(is_added).map(|path| ("added", path.clone()));
    lock.files.iter().filter_map(of_file).chain(added).collect()
}
