//! The search of a site: for each release and for all else an index, made of the texts with the parts of their compounds.
//!
//! An index of a release depends on nothing but the release and those before it, so that the one of a sealed release is made
//! once: the output of an earlier build has it, under a key. Indexes are Pagefind's (<https://pagefind.app>); the pages that
//! it is fed are made for it and are no pages of the site.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use super::Stage;
use super::export::{json_text, text_file};
use crate::checksum::sha256_of_all;
use crate::diagnostic::{Code, Diagnostic};
use crate::world::{EntryKind, World};
use crate::write::OutputFile;

mod bundle;
mod compounds;
mod records;
mod words;

use compounds::Lexicon;
use records::{Record, Source};

/// Grows when the same texts give another index: with other rules for compounds, other records, another Pagefind.
const VERSION: u32 = 3;
/// The file beside an index that says what it was made of.
const KEY: &str = "key.txt";
/// The list of words.
const WORDS: &str = "words.json";
/// The index of what belongs to no release.
const REST: &str = "site";

/// What the indexes are made of. It holds nothing of the site, which may change while they are made.
pub struct Indexes {
    /// The address of the search's page.
    page: String,
    language: String,
    /// The texts of each release.
    releases: Vec<Texts>,
    rest: Texts,
    parts: Vec<Part>,
    /// The release that is shown first.
    shown: Option<usize>,
}

/// Where an index lies and what it covers.
struct Part {
    /// Its folder in that of the search.
    folder: String,
    /// Its release; `None` for what belongs to none.
    edition: Option<usize>,
    /// The releases by whose texts its compounds are split.
    learned: Vec<usize>,
}

/// The records of an index with the text of each.
struct Texts {
    records: Vec<Source>,
    texts: Vec<String>,
}

/// Indexes that were made earlier: those that are made of the same are taken from there.
#[derive(Clone, Copy)]
pub enum Earlier<'a> {
    /// In the output of a build.
    Output(&'a dyn World, &'a Path),
    /// What [`Indexes::make`] gave.
    Files(&'a [OutputFile]),
}

/// Whether this program was made with the search.
pub(super) const IS_BUILT_IN: bool = cfg!(feature = "search");

impl Stage<'_> {
    /// The page of the search; `None` where the site has none.
    pub fn search_path(&self) -> Option<String> {
        let sources = &self.project.sources;
        (IS_BUILT_IN && !sources.archived).then(|| format!("/{}/", sources.config.addresses.search))
    }

    /// The files of the search whose names are known before they are made: nothing else may have their addresses.
    pub fn search_files(&self) -> Vec<String> {
        let Some(page) = self.search_path() else { return Vec::new() };
        let keys = self.search_indexes().into_iter().map(|(folder, _)| format!("{folder}{KEY}"));
        keys.chain([WORDS.to_owned()]).map(|file| format!("{page}{file}").trim_start_matches('/').to_owned()).collect()
    }

    /// The indexes of the search, by their folders from its page, with what each covers: `None` is what belongs to no release.
    pub fn search_indexes(&self) -> Vec<(String, Option<usize>)> {
        let editions = self.editions().rev().filter(|&edition| !self.is_draft(edition));
        let of = |edition| (format!("{}/", crate::history::label(&self.project.sources, edition)), Some(edition));
        std::iter::once((format!("{REST}/"), None)).chain(editions.map(of)).collect()
    }
}

impl Indexes {
    /// Takes from the site what its indexes are made of; `None` where it has no search.
    pub(super) fn new(stage: &Stage<'_>) -> Option<Self> {
        let page = stage.search_path()?;
        let editions = 0..stage.project.sources.releases.len();
        let releases: Vec<Texts> = editions.clone().map(|at| Texts::new(records::of_release(stage, at))).collect();
        let rest = Texts::new(records::of_the_rest(stage));
        let learned = |edition: Option<usize>| match edition {
            Some(edition) => stage.project.history.line(edition),
            None => editions.clone().collect(),
        };
        let indexes = stage.search_indexes().into_iter();
        let parts = indexes.map(|(folder, edition)| Part { folder, edition, learned: learned(edition) }).collect();
        let shown = stage.site.validity.shown().filter(|shown| editions.contains(shown));
        Some(Self { page, language: stage.project.sources.config.language.clone(), releases, rest, parts, shown })
    }

    /// The files of all indexes and the list of words.
    ///
    /// # Errors
    /// [`Code::Search`] where Pagefind cannot make one.
    pub fn make(&self, earlier: Earlier<'_>) -> Result<Vec<OutputFile>, Diagnostic> {
        let mut files = Vec::new();
        for part in &self.parts {
            let place = format!("{}{}", self.page, part.folder).trim_start_matches('/').to_owned();
            let key = format!("{}\n", self.key(part));
            let made = match earlier.index(&place, &key) {
                Some(known) => known,
                None => self.index(part, key)?,
            };
            files.extend(made.into_iter().map(|file| OutputFile { path: format!("{place}{}", file.path), ..file }));
        }
        let read = self.shown.map(|shown| &self.releases[shown]).into_iter().chain([&self.rest]);
        let words = words::words(read.flat_map(Texts::iter));
        files.push(text_file(&format!("{}{WORDS}", self.page), json_text(&words)));
        Ok(files)
    }

    /// The texts by which the compounds of an index are split: those of its release and of those before it, or all.
    fn learned<'t>(&'t self, part: &'t Part) -> impl Iterator<Item = &'t str> {
        let releases = part.learned.iter().map(|&at| &self.releases[at]);
        let rest = part.edition.is_none().then_some(&self.rest);
        releases.chain(rest).flat_map(Texts::iter)
    }

    fn records(&self, part: &Part) -> &[Source] {
        &part.edition.map_or(&self.rest, |edition| &self.releases[edition]).records
    }

    /// Stands for all that an index is made of.
    fn key(&self, part: &Part) -> String {
        let version = format!("{VERSION} {} {}", env!("CARGO_PKG_VERSION"), self.language);
        let pages = self.records(part).iter().map(|record| record.page(None));
        let pages = pages.flat_map(|page| [page.url, page.html]).map(Cow::Owned);
        let texts = self.learned(part).map(Cow::Borrowed);
        sha256_of_all(std::iter::once(Cow::Owned(version)).chain(texts).chain(pages))
    }

    /// The files of an index, by their paths in its folder.
    fn index(&self, part: &Part, key: String) -> Result<Vec<OutputFile>, Diagnostic> {
        let lexicon = Lexicon::learn(self.learned(part));
        let parts = |word: &str| lexicon.parts(word);
        let records: Vec<Record> = self.records(part).iter().map(|record| record.page(Some(&parts))).collect();
        let made = bundle::make(records, &self.language, part.edition.is_none());
        let mut files = made.map_err(|error| Diagnostic::bare(Code::Search).arg("error", error))?;
        files.push(OutputFile { path: KEY.to_owned(), bytes: key.into() });
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }
}

impl Texts {
    fn new(records: Vec<Source>) -> Self {
        let texts = records.iter().map(Source::text).collect();
        Self { records, texts }
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(String::as_str)
    }
}

impl Earlier<'_> {
    /// The files of the index at a place, by their paths in its folder, if it is made of the same.
    fn index(&self, place: &str, key: &str) -> Option<Vec<OutputFile>> {
        match self {
            Self::Output(world, output) => read(*world, &output.join(place), key),
            Self::Files(files) => {
                let inside = |file: &OutputFile| {
                    let path = file.path.strip_prefix(place)?.to_owned();
                    Some(OutputFile { path, bytes: file.bytes.clone() })
                };
                let index: Vec<OutputFile> = files.iter().filter_map(inside).collect();
                index.iter().any(|file| file.path == KEY && file.bytes == key.as_bytes()).then_some(index)
            }
        }
    }
}

fn read(world: &dyn World, folder: &Path, key: &str) -> Option<Vec<OutputFile>> {
    if world.read(&folder.join(KEY)).ok()? != key.as_bytes() {
        return None;
    }
    let entries = world.walk(folder).ok()?.into_iter();
    let files = entries.filter(|entry| entry.kind == EntryKind::File);
    let read = |path: PathBuf| {
        let bytes = world.read(&folder.join(&path)).ok()?;
        let path: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
        Some(OutputFile { path: path?.join("/"), bytes: bytes.into() })
    };
    files.map(|entry| read(entry.path)).collect()
}
