//! The archives of sealed releases that the site offers for download, each with its checksum.

use std::collections::BTreeMap;
use std::path::Path;

use bytes::Bytes;
use serde::Serialize;

use super::taken::{Owner, Taken};
use crate::checksum::sha256;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::load::Sources;
use crate::target::{archive_name, edition_path};
use crate::world::World;
use crate::write::OutputFile;

/// Folder of the site in which archives are kept.
pub const FOLDER: &str = "archives";

/// An archive as a template shows it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Download {
    /// Name of the file.
    pub name: String,
    /// Its address, from the site's root.
    pub path: String,
    /// Its size in kilobytes, rounded up.
    pub kilobytes: usize,
    /// Its SHA-256.
    pub sha256: String,
    #[serde(skip)]
    bytes: Bytes,
}

/// The archives of the releases, if the site publishes them; tells of those that have not been made.
pub(super) fn read(
    world: &dyn World,
    root: &Path,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<usize, Download> {
    let mut downloads = BTreeMap::new();
    if !sources.config.publish_archives || sources.archived {
        return downloads;
    }
    for (edition, release) in sources.releases.iter().enumerate().filter(|(_, release)| release.seal.is_some()) {
        let name = archive_name(sources, release);
        let file = Path::new(FOLDER).join(&name);
        match world.read(&root.join(&file)) {
            Ok(bytes) => {
                let path = format!("{}{name}", edition_path(sources, edition));
                let (kilobytes, sha256) = (bytes.len().div_ceil(1000), sha256(&bytes));
                downloads.insert(edition, Download { name, path, kilobytes, sha256, bytes: bytes.into() });
            }
            Err(_) => {
                let found = Diagnostic::about(Code::MissingArchive, file).arg("version", release.label());
                diagnostics.push(found);
            }
        }
    }
    sources.config.checks.apply(diagnostics);
    downloads
}

/// Adds the files of the archives to the site's.
pub(super) fn add(downloads: &BTreeMap<usize, Download>, files: &mut Taken, diagnostics: &mut Diagnostics) {
    for download in downloads.values() {
        let file = OutputFile { path: download.path.trim_start_matches('/').to_owned(), bytes: download.bytes.clone() };
        files.add(file, Owner::File(format!("{FOLDER}/{}", download.name)), diagnostics);
    }
}
