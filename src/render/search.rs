//! The search of a site: for each release and for all else an index, made of the texts with the parts of their compounds.
//!
//! An index of a release depends on nothing but the release and those before it, so that the one of a sealed release is made
//! once: the output of an earlier build has it, under a key. Indexes are Pagefind's (<https://pagefind.app>); the pages that
//! it is fed are made for it and are no pages of the site.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::Stage;
use super::export::json_text;
use crate::diagnostic::{Code, Diagnostic};
use crate::world::World;
use crate::write::OutputFile;

mod bundle;
mod compounds;
mod records;
mod words;

use compounds::Lexicon;
use records::Record;

/// Grows when the same texts give another index.
const VERSION: u32 = 1;
/// The file beside an index that says what it was made of.
const KEY: &str = "key.txt";
/// The index of what belongs to no release.
const REST: &str = "site";

/// An index with what is needed to make it.
struct Index {
    /// Its folder in that of the search.
    name: String,
    /// What it is made of.
    key: String,
    /// The texts by which compounds are split.
    texts: Vec<String>,
    records: Vec<Unsplit>,
}

/// A record before the parts of its compounds are added.
type Unsplit = records::Source;

/// Whether this program was made with the search.
pub(super) const IS_BUILT_IN: bool = cfg!(feature = "search");

impl Stage<'_> {
    /// The page of the search; `None` where the site has none.
    pub fn search_path(&self) -> Option<String> {
        let sources = &self.project.sources;
        (IS_BUILT_IN && !sources.archived).then(|| format!("/{}/", sources.config.addresses.search))
    }

    /// The indexes of the search, by their folders from its page, with what each covers: `None` is what belongs to no release.
    pub fn search_indexes(&self) -> Vec<(String, Option<usize>)> {
        let editions = self.editions().rev().filter(|&edition| !self.is_draft(edition));
        let of = |edition| (format!("{}/", crate::history::label(&self.project.sources, edition)), Some(edition));
        std::iter::once((format!("{REST}/"), None)).chain(editions.map(of)).collect()
    }
}

/// The files of all indexes and the list of words. Indexes that an earlier build put into `previous` and that are made of the
/// same are taken from there.
pub(super) fn files(
    stage: &Stage<'_>,
    world: &dyn World,
    previous: Option<&Path>,
) -> Result<Vec<OutputFile>, Diagnostic> {
    let Some(page) = stage.search_path() else { return Ok(Vec::new()) };
    let mut files = Vec::new();
    let mut all: Vec<String> = Vec::new();
    for (folder, edition) in stage.search_indexes() {
        let index = match edition {
            Some(edition) => Index::of_release(stage, edition),
            None => Index::of_the_rest(stage),
        };
        if edition.is_none() || edition == stage.site.validity.shown() {
            all.extend(index.records.iter().map(Unsplit::text));
        }
        let place = format!("{page}{folder}").trim_start_matches('/').to_owned();
        let known = previous.and_then(|output| index.from(world, &output.join(&place)));
        let made = match known {
            Some(made) => made,
            None => index.make(stage)?,
        };
        files.extend(made.into_iter().map(|file| OutputFile { path: format!("{place}{}", file.path), ..file }));
    }
    let words = json_text(&words::words(all.iter().map(String::as_str)));
    files
        .push(OutputFile { path: format!("{page}words.json").trim_start_matches('/').to_owned(), bytes: words.into() });
    Ok(files)
}

impl Index {
    fn of_release(stage: &Stage<'_>, edition: usize) -> Self {
        let records = records::of_release(stage, edition);
        let before = stage.project.history.line(edition).into_iter();
        let texts = before.flat_map(|edition| records::of_release(stage, edition)).map(|record| record.text());
        Self::new(crate::history::label(&stage.project.sources, edition), texts.collect(), records, stage)
    }

    fn of_the_rest(stage: &Stage<'_>) -> Self {
        let records = records::of_the_rest(stage);
        let releases = stage.editions().flat_map(|edition| records::of_release(stage, edition));
        let texts = releases.map(|record| record.text()).chain(records.iter().map(Unsplit::text)).collect();
        Self::new(REST.to_owned(), texts, records, stage)
    }

    fn new(name: String, texts: Vec<String>, records: Vec<Unsplit>, stage: &Stage<'_>) -> Self {
        let mut hasher = Sha256::new();
        let mut add = |text: &str| {
            hasher.update((text.len() as u64).to_le_bytes());
            hasher.update(text);
        };
        add(&format!("{VERSION} {} {}", env!("CARGO_PKG_VERSION"), stage.project.sources.config.language));
        texts.iter().for_each(|text| add(text));
        records.iter().for_each(|record| add(&record.page(&|_| Vec::new()).html));
        let key = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Self { name, key, texts, records }
    }

    /// The files of an index that is there already, if it is made of the same.
    fn from(&self, world: &dyn World, folder: &Path) -> Option<Vec<OutputFile>> {
        let key = world.read(&folder.join(KEY)).ok()?;
        if key != self.key_text().into_bytes() {
            return None;
        }
        let entries = world.walk(folder).ok()?.into_iter();
        let files = entries.filter(|entry| entry.kind == crate::world::EntryKind::File);
        let read = |path: std::path::PathBuf| {
            let bytes = world.read(&folder.join(&path)).ok()?;
            let path: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
            Some(OutputFile { path: path?.join("/"), bytes: bytes.into() })
        };
        files.map(|entry| read(entry.path)).collect()
    }

    fn make(&self, stage: &Stage<'_>) -> Result<Vec<OutputFile>, Diagnostic> {
        let lexicon = Lexicon::learn(self.texts.iter().map(String::as_str));
        let parts = |word: &str| lexicon.parts(word);
        let records: Vec<Record> = self.records.iter().map(|record| record.page(&parts)).collect();
        let language = &stage.project.sources.config.language;
        let made = bundle::make(records, language, self.name == REST);
        let mut files = made.map_err(|error| Diagnostic::bare(Code::Search).arg("error", error))?;
        files.push(OutputFile { path: KEY.to_owned(), bytes: self.key_text().into() });
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }

    fn key_text(&self) -> String {
        format!("{}\n", self.key)
    }
}
