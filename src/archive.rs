//! The archive of a sealed release: one file that any browser opens from the disk and that proves itself unaltered.
//!
//! The site is rendered as of the day of the release (`snapshot`), the release's pages and what they lead to are taken
//! out of it (`pages`), and packed with its sources as a bag (`bag`, RFC 8493) into a ZIP file (`zip`) whose bytes
//! depend on nothing else. [`verify`] checks such a file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::load::{self, ReleaseSource};
use crate::source::Files;
use crate::target::archive_name;
use crate::world::World;
use crate::{Project, history};

mod bag;
mod pages;
mod readme;
mod snapshot;
mod verify;
mod zip;

pub use verify::verify;

/// Folder of the site in which archives are kept.
pub use crate::render::ARCHIVES as FOLDER;

/// The archive of one release.
pub struct Archive {
    /// Name of the file, without a folder: `leitlinien-1.0.zip`.
    pub name: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages are in it.
    pub pages: usize,
}

/// Makes the archive of a sealed release. `None` after reporting what is wrong.
pub fn make(
    world: &dyn World,
    root: &Path,
    project: &Project,
    edition: usize,
    files: &mut Files,
    diagnostics: &mut Diagnostics,
) -> Option<Archive> {
    let release = history::source(&project.sources, edition);
    if release.seal.is_none() {
        diagnostics.push(Diagnostic::bare(Code::NotSealed).arg("version", release.label()));
        return None;
    }
    let snapshot = snapshot::render(world, root, project, edition, files, diagnostics)?;
    let chosen = pages::choose(&snapshot);
    let mut payload: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let count = chosen.keys().filter(|path| path.ends_with(".html")).count();
    payload.extend(chosen.into_iter().map(|(path, bytes)| (format!("pages/{path}"), bytes)));
    payload.extend(sources(world, root, release, diagnostics)?);
    let about = readme::About::new(&snapshot);
    payload.insert("index.html".into(), about.index().into_bytes());
    payload.insert("LIESMICH.txt".into(), about.german().into_bytes());
    payload.insert("README.txt".into(), about.english().into_bytes());
    let bag = bag::pack(&about, payload);
    let name = archive_name(&project.sources, release);
    let base = name.trim_end_matches(".zip");
    let packed = zip::write(base, release.released, &bag);
    let bytes = packed.map_err(|error| diagnostics.push(failed(&name, &error))).ok()?;
    Some(Archive { name, bytes, pages: count })
}

fn failed(path: impl AsRef<Path>, error: &std::io::Error) -> Diagnostic {
    Diagnostic::about(Code::WriteFailed, path).arg("error", error)
}

/// The files of the release's folder and `guideline.toml`.
fn sources(
    world: &dyn World,
    root: &Path,
    release: &ReleaseSource,
    diagnostics: &mut Diagnostics,
) -> Option<BTreeMap<String, Vec<u8>>> {
    let folder = root.join("content").join(&release.folder);
    let read = |path: String| Ok((format!("source/{}/{path}", release.folder), world.read(&folder.join(path))?));
    let found = load::files_in(world, &folder).and_then(|paths| paths.into_iter().map(read).collect());
    let mut found: BTreeMap<String, Vec<u8>> = found.map_err(|error| diagnostics.push(failed(&folder, &error))).ok()?;
    let guideline = "guidelines/guideline.toml";
    if let Ok(bytes) = world.read(&root.join("content").join(guideline)) {
        found.insert(format!("source/{guideline}"), bytes);
    }
    Some(found)
}

/// Writes an archive into a folder, which is made if it is missing. One that is there is never overwritten.
///
/// # Errors
/// [`Code::ArchiveExists`] where other bytes stand there, [`Code::WriteFailed`] when the system fails.
pub fn keep(world: &dyn World, folder: &Path, archive: &Archive) -> Result<PathBuf, Diagnostic> {
    let at = |path: &Path| {
        let path = path.to_path_buf();
        move |error: std::io::Error| failed(path, &error)
    };
    if world.kind(folder).is_none() {
        world.create_folder(folder).map_err(at(folder))?;
    }
    let _lock = world.lock(folder).map_err(at(folder))?;
    let path = folder.join(&archive.name);
    if world.kind(&path).is_some() {
        let same = world.read(&path).is_ok_and(|bytes| bytes == archive.bytes);
        return if same { Ok(path) } else { Err(Diagnostic::about(Code::ArchiveExists, path)) };
    }
    // Written under another name first: a file of the archive's name is always whole.
    let part = folder.join(format!(".{}.part", archive.name));
    world.write(&part, &archive.bytes).map_err(at(&part))?;
    world.rename(&part, &path).map_err(at(&path))?;
    Ok(path)
}
