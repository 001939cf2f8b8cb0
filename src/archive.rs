//! The archive of a sealed release: one file that any browser opens from the disk and that proves itself unaltered.
//!
//! The site is rendered as of the day of the release (`snapshot`), the release's pages and what they lead to are taken
//! out of it (`pages`), and packed with its sources as a bag (`bag`, RFC 8493) into a ZIP file (`zip`) whose bytes
//! depend on nothing else. [`verify`] checks such a file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::load::{self, ReleaseSource, Sources};
use crate::memo::Memo;
use crate::source::Files;
use crate::target::{archive_name, edition_path};
use crate::world::World;
use crate::write::OutputFile;
use crate::{Project, history, lock};

mod bag;
mod consent;
mod pages;
mod readme;
mod snapshot;
mod verify;
mod zip;

pub use consent::check_consent;
pub use verify::{Verified, verify};

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
    payload.insert("source/guidelines/guideline.toml".into(), guideline_toml(&snapshot.project.sources).into_bytes());
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

/// The files of the release's folder.
fn sources(
    world: &dyn World,
    root: &Path,
    release: &ReleaseSource,
    diagnostics: &mut Diagnostics,
) -> Option<BTreeMap<String, Vec<u8>>> {
    let paths = load::files_in(world, root, &release.folder);
    let folder = root.join("content").join(&release.folder);
    let read = |path: String| Ok((format!("source/{}/{path}", release.folder), world.read(&folder.join(path))?));
    let found = paths.and_then(|paths| paths.into_iter().map(read).collect());
    found.map_err(|error| diagnostics.push(failed(&folder, &error))).ok()
}

/// `guideline.toml` with what was said of the work then.
fn guideline_toml(sources: &Sources) -> String {
    let guideline = &sources.guideline;
    let texts = [
        ("title", &guideline.title),
        ("short_title", &guideline.short_title),
        ("publisher", &guideline.publisher),
        ("licence", &guideline.licence),
        ("contact", &guideline.contact),
    ];
    let known = texts.into_iter().filter_map(|(key, text)| Some((key, text.as_ref()?)));
    let texts: String = known.map(|(key, text)| format!("{key} = {}\n", lock::quoted(text))).collect();
    let later = sources.releases.iter().filter(|release| release.valid_from != release.released);
    let day = |release: &ReleaseSource| Some(format!("{} = {}\n", lock::quoted(&release.label()), release.valid_from?));
    let days: String = later.filter_map(day).collect();
    if days.is_empty() { texts } else { format!("{texts}\n[valid_from]\n{days}") }
}

/// Whether a release's archive is at `path`, unaltered. `None` where nothing stands there; what is wrong with the file
/// is reported.
pub fn is_kept(
    world: &dyn World,
    path: &Path,
    release: &ReleaseSource,
    files: &mut Files,
    diagnostics: &mut Diagnostics,
) -> Option<bool> {
    world.kind(path)?;
    match world.read(path) {
        Ok(bytes) => Some(is_archive_of(release, path, &bytes, files, diagnostics)),
        Err(error) => {
            diagnostics.push(Diagnostic::about(Code::Unreadable, path).arg("error", error));
            Some(false)
        }
    }
}

fn is_archive_of(
    release: &ReleaseSource,
    path: &Path,
    bytes: &[u8],
    files: &mut Files,
    diagnostics: &mut Diagnostics,
) -> bool {
    let Some(verified) = verify(path, bytes, files, diagnostics) else { return false };
    let is_same = release.seal.as_ref().is_some_and(|seal| seal.seal == verified.seal);
    if !is_same {
        diagnostics.push(Diagnostic::about(Code::ArchiveExists, path));
    }
    is_same
}

/// What is known of archives that were looked at.
#[derive(Debug, Default)]
pub struct Cache {
    /// What is wrong with them, by path, version and the seal that each should have.
    offered: Memo<(PathBuf, u64, Option<String>), Diagnostics>,
    consent: consent::Cache,
}

impl Cache {
    /// Ends a run: forgets what it did not ask for.
    pub fn end_run(&self) {
        self.offered.end_run();
        self.consent.end_run();
    }
}

/// Reports each archive among the files of the site that is not what it was, or another's.
pub fn check_offered(
    world: &dyn World,
    root: &Path,
    sources: &Sources,
    site: &[OutputFile],
    (cache, files): (&Cache, &mut Files),
    diagnostics: &mut Diagnostics,
) {
    for (edition, release) in sources.releases.iter().enumerate().filter(|_| sources.config.publish_archives) {
        let name = archive_name(sources, release);
        let path = format!("{}{name}", edition_path(sources, edition));
        let path = path.trim_start_matches('/');
        let Ok(at) = site.binary_search_by(|file| file.path.as_str().cmp(path)) else { continue };
        let path = Path::new(FOLDER).join(name);
        let mut check = || {
            let mut found = Diagnostics::new();
            is_archive_of(release, &path, &site[at].bytes, files, &mut found);
            found
        };
        diagnostics.extend(match world.version(&root.join(&path)) {
            Some(version) => {
                let seal = release.seal.as_ref().map(|seal| seal.seal.clone());
                cache.offered.get((path.clone(), version, seal), check)
            }
            None => check(),
        });
    }
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
