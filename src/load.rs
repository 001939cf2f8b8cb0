//! Stage 1: walks `content/` and reads every file into its typed, strict [`Sources`]; Markdown bodies stay text.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::{self, Config};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, suggest};
use crate::lock;
use crate::permalinks::{self, Permalinks};
use crate::source::{FileId, Files, Span};
use crate::toml_fields::Sink;
use crate::world::{Entry, EntryKind, World};

mod cache;
mod collections;
mod front_matter;
mod guideline;
mod labs;
mod media;
mod predecessors;
mod seals;
mod slugs;
mod sources;

pub use cache::Cache;
pub use labs::TALK_FORMATS;
pub use media::media_type;
pub use sources::*;

/// Reads the site in `root`. Findings go to `diagnostics`, texts to `files`; `None` where there is no site to go on with.
pub fn load(
    world: &dyn World,
    root: &Path,
    cache: &Cache,
    files: &mut Files,
    diagnostics: &mut Diagnostics,
) -> Option<Sources> {
    let sink = Sink::default();
    let mut loader = Loader { world, root, cache, files, sink: &sink };
    let sources = loader.load();
    diagnostics.append(&mut sink.into_inner());
    sources
}

/// What every part of loading needs.
struct Loader<'a> {
    world: &'a dyn World,
    root: &'a Path,
    cache: &'a Cache,
    files: &'a mut Files,
    sink: &'a Sink,
}

impl<'a> Loader<'a> {
    fn load(&mut self) -> Option<Sources> {
        if self.world.kind(&self.root.join("site.toml")).is_none() {
            self.report(Diagnostic::bare(Code::NoSite).arg("root", self.root.display()));
            return None;
        }
        let site = self.read_text("site.toml")?;
        let variable = |key: &str| self.world.variable(&format!("LEITWERK_{}", key.to_uppercase()));
        let config = config::read(site, self.files, &variable, self.sink);
        let paths = self.content_files();
        let mut sources = self.read_content(config, &paths);
        slugs::check(&sources, self.sink);
        if self.world.kind(&self.root.join(permalinks::NAME)).is_some() {
            let file = self.read_text(permalinks::NAME)?;
            sources.permalinks = Permalinks::read(file, self.files, self.sink);
        }
        self.check_lost_seals(&paths, &sources);
        sources.assets = self.assets(&paths);
        self.media(&mut sources);
        Some(sources)
    }

    fn read_content(&mut self, config: Config, paths: &BTreeSet<String>) -> Sources {
        let guideline = self.guideline(paths);
        let (releases, draft) = self.releases(paths, &guideline);
        Sources {
            config,
            guideline,
            releases,
            draft,
            labs: self.labs(paths),
            values: self.values(paths),
            experiences: self.experiences(paths),
            authorities: self.authorities(paths),
            people: self.people(paths),
            terms: self.terms(paths),
            start: self.start(paths),
            pages: self.pages(paths),
            assets: BTreeSet::new(),
            withheld: BTreeMap::new(),
            media: BTreeMap::new(),
            permalinks: Permalinks::default(),
            archived: false,
        }
    }

    /// All files of `content/`, relative to it, without what editors and systems leave lying about.
    fn content_files(&mut self) -> Arc<BTreeSet<String>> {
        let version = self.version("content");
        self.remembered_paths(version, |loader| loader.walk_content())
    }

    fn walk_content(&self) -> BTreeSet<String> {
        let entries = match self.world.walk(&self.root.join("content")) {
            Ok(entries) => entries,
            Err(error) => {
                self.report(Diagnostic::about(Code::Unreadable, "content").arg("error", error));
                return BTreeSet::new();
            }
        };
        entries.into_iter().filter_map(|entry| self.content_file(entry)).collect()
    }

    fn content_file(&self, entry: Entry) -> Option<String> {
        if entry.path.iter().any(|part| is_leftover(&part.to_string_lossy())) {
            return None;
        }
        let shown = Path::new("content").join(&entry.path);
        match entry.kind {
            EntryKind::Folder => None,
            EntryKind::EscapingLink => {
                self.report(Diagnostic::about(Code::EscapingLink, shown));
                None
            }
            EntryKind::Other => {
                self.report(Diagnostic::about(Code::UnexpectedFile, shown));
                None
            }
            EntryKind::File => {
                let parts: Option<Vec<&str>> = entry.path.iter().map(|part| part.to_str()).collect();
                let path = parts.map(|parts| parts.join("/")).filter(|path| !path.contains(char::is_control));
                if path.is_none() {
                    self.report(Diagnostic::about(Code::BadFileName, visible(&shown)));
                }
                path
            }
        }
    }

    /// Reads a text relative to the site's folder and checks its encoding.
    fn read_text(&mut self, path: &str) -> Option<FileId> {
        let bytes = match self.world.read(&self.root.join(path)) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.report(Diagnostic::about(Code::Unreadable, path).arg("error", error));
                return None;
            }
        };
        match utf8(path, bytes) {
            Ok(text) => {
                let file = self.files.add(PathBuf::from(path), text);
                self.check_characters(file);
                Some(file)
            }
            Err(found) => {
                self.report(found);
                None
            }
        }
    }

    fn check_characters(&self, file: FileId) {
        let text = self.files.get(file).text();
        let forbidden = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        for (at, found) in text.match_indices(forbidden).take(MOST_CHARACTERS) {
            self.report_character(Code::ControlCharacter, file, at, found);
        }
        for (at, found) in text.match_indices(is_odd).filter(|&(at, _)| at > 0).take(MOST_CHARACTERS) {
            self.report_character(Code::OddCharacter, file, at, found);
        }
    }

    fn report_character(&self, code: Code, file: FileId, at: usize, found: &str) {
        let number = found.chars().next().map_or(0, u32::from);
        let span = Span::new(file, at..at + found.len());
        self.report(Diagnostic::at(code, span).arg("character", format!("U+{number:04X}")));
    }

    fn report(&self, diagnostic: Diagnostic) {
        self.sink.borrow_mut().push(diagnostic);
    }

    /// Files that no rule claims. Markdown and TOML in places without a rule are reported: they would be lost.
    fn assets(&self, paths: &BTreeSet<String>) -> BTreeSet<String> {
        let read: HashSet<&str> =
            self.files.paths().filter_map(|path| path.to_str()?.strip_prefix("content/")).collect();
        // Captions are read too, where this is not the first reading: they are published all the same.
        let unread = |path: &&String| !read.contains(path.as_str()) || media::are_captions(path);
        let is_text = |path: &&String| {
            let path = path.to_lowercase();
            path.ends_with(".md") || path.ends_with(".toml")
        };
        let (texts, assets): (Vec<&String>, Vec<&String>) = paths.iter().filter(unread).partition(is_text);
        let (strange, lost): (Vec<&String>, Vec<&String>) = texts
            .into_iter()
            .partition(|path| path.split_once('/').is_some_and(|(folder, _)| !FOLDERS.contains(&folder)));
        let strange: BTreeSet<&str> = strange.into_iter().filter_map(|path| path.split('/').next()).collect();
        for folder in strange {
            self.report_folder(folder);
        }
        let unreadable = |path: &&&String| !self.was_reported(path);
        for path in lost.iter().filter(unreadable) {
            self.report(Diagnostic::about(Code::UnexpectedFile, format!("content/{path}")));
        }
        let lock = |path: &&String| !path.ends_with(&format!("/{}", lock::NAME));
        assets.into_iter().filter(lock).cloned().collect()
    }

    fn report_folder(&self, folder: &str) {
        let found = Diagnostic::about(Code::UnknownFolder, format!("content/{folder}")).arg("folder", folder);
        self.report(match suggest::nearest(folder, FOLDERS.iter().copied()) {
            Some(near) => found.arg("hint", "near").arg("near", near),
            None => found.arg("known", FOLDERS.join(", ")),
        });
    }

    fn was_reported(&self, path: &str) -> bool {
        let shown = format!("content/{path}");
        // Of a folder that lacks its `release.toml` or `lab.toml` nothing is read; that was said once.
        let covers = |code: Code, about: &str| match code {
            Code::NoReleaseToml => shown.starts_with(&format!("{about}/")),
            Code::MissingFile => {
                about.rsplit_once('/').is_some_and(|(folder, _)| shown.starts_with(&format!("{folder}/")))
            }
            _ => about == shown,
        };
        self.sink.borrow().iter().any(|found| found.args.get("path").is_some_and(|about| covers(found.code, about)))
    }
}

/// The files in a folder of the site in `root` (relative to `content/`) and below, by their paths in it with `/`, without
/// what editors and systems leave lying about. Links to files elsewhere in `content/` are files too.
///
/// # Errors
/// The system's where the folder cannot be walked; `InvalidData` for a name that is not Unicode.
pub fn files_in(world: &dyn World, root: &Path, folder: &str) -> std::io::Result<Vec<String>> {
    let entries = world.walk(&root.join("content"))?.into_iter();
    let files = entries.filter(|entry| entry.kind == EntryKind::File);
    let inside = files.filter_map(|entry| entry.path.strip_prefix(folder).map(Path::to_path_buf).ok());
    let named = inside.filter(|path| !path.iter().any(|part| is_leftover(&part.to_string_lossy())));
    let name = |path: PathBuf| {
        let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
        parts.map(|parts| parts.join("/")).ok_or_else(|| std::io::Error::from(std::io::ErrorKind::InvalidData))
    };
    named.map(name).collect()
}

/// The bytes of the file at `path` (relative to the site's folder) as text; else where its encoding is wrong.
pub fn utf8(path: &str, bytes: Vec<u8>) -> Result<String, Diagnostic> {
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..valid].iter().filter(|&&byte| byte == b'\n').count() + 1;
        let byte = error.as_bytes().get(valid).map_or_else(String::new, |byte| format!("0x{byte:02X}"));
        Diagnostic::about(Code::NotUtf8, path).arg("byte", byte).arg("line", line)
    })
}

/// Files of one folder (relative to `content/`), not of those below it, that end in `.md`.
fn markdown_in<'p>(paths: &'p BTreeSet<String>, folder: &str) -> Vec<&'p String> {
    let prefix = format!("{folder}/");
    let inside = paths.range(prefix.clone()..).take_while(|path| path.starts_with(&prefix));
    inside.filter(|path| !path[prefix.len()..].contains('/') && path.ends_with(".md")).collect()
}

/// Names of the folders directly below `folder` that hold a file somewhere.
fn folders_in(paths: &BTreeSet<String>, folder: &str) -> BTreeSet<String> {
    let prefix = format!("{folder}/");
    let inside = paths.range(prefix.clone()..).take_while(|path| path.starts_with(&prefix));
    inside.filter_map(|path| path[prefix.len()..].split_once('/')).map(|(name, _)| name.to_owned()).collect()
}

/// Characters of one kind that are reported in one file; a file full of them says the same thing.
const MOST_CHARACTERS: usize = 20;

/// Characters that nobody types: the replacement character, private use (symbol fonts), zero-width space, line and
/// paragraph separators, a byte order mark inside a text.
fn is_odd(c: char) -> bool {
    matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// Folders of `content/`.
const FOLDERS: &[&str] =
    &["guidelines", "talks", "values", "experiences", "authorities", "people", "glossary", "pages"];

/// A path whose control characters are written out: a file's name must not move the terminal's cursor.
pub fn visible(path: &Path) -> String {
    let escaped = |c: char| if c.is_control() { c.escape_unicode().to_string() } else { c.to_string() };
    path.to_string_lossy().chars().map(escaped).collect()
}

/// What editors and operating systems leave behind; ignored everywhere.
fn is_leftover(name: &str) -> bool {
    matches!(name, ".DS_Store" | "Thumbs.db" | "desktop.ini" | ".gitkeep" | ".gitignore" | ".gitattributes" | ".git")
        || name.ends_with('~')
        || name.starts_with("~$")
        || [".bak", ".orig", ".tmp"].iter().any(|ending| name.ends_with(ending))
        || name.starts_with(".#")
        || (name.starts_with('#') && name.ends_with('#') && name.len() > 1)
        || (name.starts_with('.') && (name.ends_with(".swp") || name.ends_with(".swo") || name.ends_with(".swx")))
}
