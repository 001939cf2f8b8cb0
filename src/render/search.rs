//! The search of a site: for each release and for all else an index, made of the texts with the parts of their compounds.
//!
//! An index of a release depends on nothing but the release and those before it, so that the one of a sealed release is made
//! once: the output of an earlier build has it, under a key. Indexes are Pagefind's (<https://pagefind.app>); the pages that
//! it is fed are made for it and are no pages of the site.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::Stage;
use super::export::{json_text, text_file};
use crate::diagnostic::{Code, Diagnostic};
use crate::world::World;
use crate::write::OutputFile;

mod bundle;
mod compounds;
mod records;
mod words;

use compounds::Lexicon;
use records::{Record, Source};

/// Grows when the same texts give another index: with other rules for compounds, other records, another Pagefind.
const VERSION: u32 = 2;
/// The file beside an index that says what it was made of.
const KEY: &str = "key.txt";
/// The index of what belongs to no release.
const REST: &str = "site";

/// What an index is made of.
struct Index<'t> {
    /// Its folder in that of the search.
    name: String,
    /// Stands for all that it is made of.
    key: String,
    /// The texts by which compounds are split.
    texts: Vec<&'t str>,
    records: &'t [Source],
}

/// The records of an index with the text of each.
struct Texts {
    records: Vec<Source>,
    texts: Vec<String>,
}

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
    let releases: Vec<Texts> = (0..stage.project.sources.releases.len())
        .map(|edition| Texts::new(records::of_release(stage, edition)))
        .collect();
    let rest = Texts::new(records::of_the_rest(stage));
    let mut files = Vec::new();
    for (folder, edition) in stage.search_indexes() {
        let index = Index::new(stage, edition, &releases, &rest);
        let place = format!("{page}{folder}").trim_start_matches('/').to_owned();
        let made = match previous.and_then(|output| index.known(world, &output.join(&place))) {
            Some(known) => known,
            None => index.make(stage)?,
        };
        files.extend(made.into_iter().map(|file| OutputFile { path: format!("{place}{}", file.path), ..file }));
    }
    let shown = stage.site.validity.shown().and_then(|shown| releases.get(shown));
    let read = shown.into_iter().chain([&rest]).flat_map(|texts| texts.texts.iter().map(String::as_str));
    files.push(text_file(&format!("{page}words.json"), json_text(&words::words(read))));
    Ok(files)
}

impl Texts {
    fn new(records: Vec<Source>) -> Self {
        let texts = records.iter().map(Source::text).collect();
        Self { records, texts }
    }
}

impl<'t> Index<'t> {
    /// The index of a release, whose compounds are split by it and those before it; or of the rest, by all texts.
    fn new(stage: &Stage<'_>, edition: Option<usize>, releases: &'t [Texts], rest: &'t Texts) -> Self {
        let label = |edition| crate::history::label(&stage.project.sources, edition);
        let name = edition.map_or_else(|| REST.to_owned(), label);
        let own = edition.map_or(rest, |edition| &releases[edition]);
        let learned: Vec<&Texts> = match edition {
            Some(edition) => stage.project.history.line(edition).into_iter().map(|at| &releases[at]).collect(),
            None => releases.iter().chain([rest]).collect(),
        };
        let texts: Vec<&str> = learned.into_iter().flat_map(|of| of.texts.iter().map(String::as_str)).collect();
        let language = &stage.project.sources.config.language;
        let mut hasher = Sha256::new();
        let mut add = |text: &str| {
            hasher.update((text.len() as u64).to_le_bytes());
            hasher.update(text);
        };
        add(&format!("{VERSION} {} {language}", env!("CARGO_PKG_VERSION")));
        texts.iter().for_each(|text| add(text));
        for page in own.records.iter().map(|record| record.page(None)) {
            add(&page.url);
            add(&page.html);
        }
        let key = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Self { name, key, texts, records: &own.records }
    }

    /// The files of an index that is there already, if it is made of the same.
    fn known(&self, world: &dyn World, folder: &Path) -> Option<Vec<OutputFile>> {
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
        let lexicon = Lexicon::learn(self.texts.iter().copied());
        let parts = |word: &str| lexicon.parts(word);
        let records: Vec<Record> = self.records.iter().map(|record| record.page(Some(&parts))).collect();
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
