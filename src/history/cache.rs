//! Editions that were aligned and numbered before, for runs in which most releases are what they were.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::Edition;
use crate::diagnostic::Diagnostic;
use crate::load::{ChapterSource, LineageSource, ReleaseSource, Sources};
use crate::markdown::{Document, Documents};
use crate::memo::Memo;
use crate::number::Ledger;
use crate::release_text::ReleaseText;

/// The texts of releases, and what became of each text after the edition before it.
#[derive(Default)]
pub struct Cache {
    texts: Memo<TextKey, (Arc<ReleaseText>, Vec<Arc<Document>>)>,
    editions: Memo<EditionKey, (Step, Option<Arc<Edition>>)>,
}

/// An edition, the numbers that were given by then, and whether its text is read otherwise than when it was sealed.
#[derive(Clone)]
pub(super) struct Step {
    pub edition: Arc<Edition>,
    pub ledgers: BTreeMap<usize, Ledger>,
    pub finding: Option<Diagnostic>,
}

/// What the text of a release is made from. Documents are the same where they are the same value in memory; who knows the
/// key keeps them.
#[derive(PartialEq, Eq, Hash)]
struct TextKey {
    chapters: Vec<(String, String, Vec<String>, usize)>,
    /// The seal, or the titles that references may show.
    titles: Result<String, u64>,
}

/// What an edition is made from; text and predecessor by their places in memory. Who knows the key keeps both.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct EditionKey {
    text: usize,
    before: Option<(usize, usize)>,
    seal: Option<String>,
    lineage: Vec<LineageSource>,
    renumber: bool,
    language: String,
    ledgers: BTreeMap<usize, Ledger>,
}

impl EditionKey {
    pub fn new(
        text: &Arc<ReleaseText>,
        before: Option<(usize, &Arc<Edition>)>,
        release: &ReleaseSource,
        language: &str,
        ledgers: &BTreeMap<usize, Ledger>,
    ) -> Self {
        Self {
            text: Arc::as_ptr(text) as usize,
            before: before.map(|(at, before)| (at, Arc::as_ptr(before) as usize)),
            seal: release.seal.as_ref().map(|seal| seal.seal.clone()),
            lineage: release.lineage.clone(),
            renumber: release.renumber,
            language: language.to_owned(),
            ledgers: ledgers.clone(),
        }
    }
}

impl Cache {
    /// The text of a release; `titles` stands for all titles of the site.
    pub(super) fn text(
        &self,
        release: &ReleaseSource,
        titles: u64,
        sources: &Sources,
        documents: &Documents,
    ) -> Arc<ReleaseText> {
        let bodies = || release.chapters.iter().filter_map(|chapter| documents.shared(chapter.page.body));
        let chapter = |(chapter, document): (&Arc<ChapterSource>, Arc<Document>)| {
            let aliases = chapter.aliases.iter().map(|alias| alias.value.clone()).collect();
            (chapter.page.slug.clone(), chapter.title.clone(), aliases, Arc::as_ptr(&document) as usize)
        };
        let seal = release.seal.as_ref().map(|seal| seal.seal.clone());
        let key = TextKey {
            chapters: release.chapters.iter().zip(bodies()).map(chapter).collect(),
            titles: seal.ok_or(titles),
        };
        self.texts.get(key, || (Arc::new(ReleaseText::new(release, sources, documents)), bodies().collect())).0
    }

    /// The edition made from `key`, or what `make` gives; `before` is the predecessor in it.
    pub(super) fn edition(&self, key: EditionKey, before: Option<&Arc<Edition>>, make: impl FnOnce() -> Step) -> Step {
        self.editions.get(key, || (make(), before.cloned())).0
    }

    /// Ends a run: forgets what it did not ask for.
    pub fn end_run(&self) {
        self.texts.end_run();
        self.editions.end_run();
    }
}

/// Stands for all titles that references may show.
pub(super) fn titles(sources: &Sources) -> u64 {
    let mut hasher = DefaultHasher::new();
    for release in sources.releases.iter().chain(&sources.draft) {
        release.version.as_ref().map(ToString::to_string).hash(&mut hasher);
        release.chapters.iter().for_each(|chapter| (&chapter.page.slug, &chapter.title).hash(&mut hasher));
    }
    for lab in &sources.labs {
        (lab.number, &lab.title).hash(&mut hasher);
        lab.talks.iter().for_each(|talk| (&talk.page.slug, &talk.title).hash(&mut hasher));
    }
    sources.values.iter().for_each(|value| (&value.page.slug, &value.values).hash(&mut hasher));
    let authorities = sources.authorities.iter();
    authorities.for_each(|authority| (&authority.page.slug, &authority.short, &authority.title).hash(&mut hasher));
    sources.experiences.iter().for_each(|thing| (&thing.page.slug, &thing.title).hash(&mut hasher));
    sources.people.iter().for_each(|thing| (&thing.page.slug, &thing.title).hash(&mut hasher));
    sources.terms.iter().for_each(|thing| (&thing.page.slug, &thing.title).hash(&mut hasher));
    sources.pages.iter().for_each(|thing| (&thing.page.slug, &thing.title).hash(&mut hasher));
    hasher.finish()
}
