//! Finds things by their names: content files, slugs and former slugs, numbers.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use crate::Project;
use crate::history;
use crate::load::{Body, Page};
use crate::markdown::{Block, BlockKind, Document};
use crate::number::{Number, Place};
use crate::slug::slugify;
use crate::source::{FileId, Spanned};
use crate::target::{self, Target};

/// Names of everything that can be referred to.
pub(super) struct Index<'p> {
    project: &'p Project,
    /// Markdown files relative to `content/`.
    files: BTreeMap<&'p str, Target>,
    /// The ids of every document.
    ids: HashMap<FileId, Vec<String>>,
}

impl<'p> Index<'p> {
    pub fn new(project: &'p Project) -> Self {
        let pages = target::pages(&project.sources).into_iter();
        let files = pages.map(|of| (of.page.path.as_str(), of.target)).collect();
        let ids = |body: Body| (body.file, ids(project.documents.of(body)));
        let ids = project.sources.bodies().into_par_iter().map(ids).collect();
        Self { project, files, ids }
    }

    /// The ids in a document.
    pub fn ids(&self, body: Body) -> &[String] {
        self.ids.get(&body.file).map(Vec::as_slice).unwrap_or_default()
    }

    /// What a Markdown file of `content/` is.
    pub fn file(&self, path: &str) -> Option<&Target> {
        self.files.get(path)
    }

    /// All Markdown files, for suggestions.
    pub fn file_names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().copied()
    }

    /// The chapter of this slug, or former slug, in an edition.
    pub fn chapter(&self, edition: usize, slug: &str) -> Option<usize> {
        chapter(self.project, edition, slug)
    }

    /// The chapter of an edition that continues the chapter of this slug in an earlier release.
    pub fn chapter_by_lineage(&self, edition: usize, slug: &str) -> Option<usize> {
        let mut chain = vec![edition];
        while let Some(before) = chain.last().and_then(|&at| self.project.history.editions[at].predecessor) {
            chain.push(before);
        }
        for (depth, &at) in chain.iter().enumerate() {
            let Some(mut chapter) = self.chapter(at, slug) else { continue };
            for &later in chain[..depth].iter().rev() {
                chapter = self.project.history.editions[later].pairing.new_chapter(chapter)?;
            }
            return Some(chapter);
        }
        None
    }

    /// The thing of this slug or former slug in a list of pages.
    pub fn slug<'a>(
        pages: impl Iterator<Item = (&'a Page, &'a [Spanned<String>])> + Clone,
        slug: &str,
    ) -> Option<usize> {
        let own = pages.clone().position(|(page, _)| page.slug == slug);
        own.or_else(|| pages.clone().position(|(_, aliases)| aliases.iter().any(|alias| alias.value == slug)))
    }
}

/// The chapter of this slug, or former slug, in an edition.
fn chapter(project: &Project, edition: usize, slug: &str) -> Option<usize> {
    let chapters = &history::source(&project.sources, edition).chapters;
    let own = chapters.iter().position(|chapter| chapter.page.slug == slug);
    own.or_else(|| chapters.iter().position(|chapter| chapter.has_name(slug)))
}

/// Where a number stands in an edition: its block, or the page on which it is said to be gone.
pub fn number(project: &Project, edition: usize, number: Number) -> Option<Target> {
    let numbering = &project.history.editions[edition].numbering;
    if let Some(block) = numbering.block(number) {
        return Some(Target::Block(edition, block));
    }
    let gone = |place: &Place| matches!(place, Place::Gone(gone) if gone.number == number);
    if let Some(chapter) = numbering.places.iter().position(|places| places.iter().any(gone)) {
        return Some(Target::Chapter(edition, chapter));
    }
    let gone = numbering.gone_chapters.iter().find(|c| c.gone.iter().any(|gone| gone.number == number))?;
    // A chapter that took the name of the one that is gone shows its numbers too.
    let namesake = chapter(project, edition, &gone.slug).map(|namesake| Target::Chapter(edition, namesake));
    Some(namesake.unwrap_or_else(|| Target::GoneChapter(edition, gone.slug.clone())))
}

/// The id that a fragment names: an author's id or a heading's anchor, as it is or as forges write it.
pub(super) fn fragment(ids: &[String], fragment: &str) -> Option<String> {
    let exact = ids.iter().find(|id| **id == fragment);
    let slug = slugify(fragment);
    // Forges leave signs out where a slug has a hyphen: `dcat-apde` for "DCAT-AP.de".
    let bare = |id: &str| slugify(id).replace('-', "");
    let by_slug = || ids.iter().find(|id| !slug.is_empty() && slugify(id) == slug);
    let by_letters = || ids.iter().find(|id| !slug.is_empty() && bare(id) == bare(fragment));
    exact.or_else(by_slug).or_else(by_letters).cloned()
}

/// All ids of a document.
fn ids(document: &Document) -> Vec<String> {
    let mut found = Vec::new();
    collect(&document.blocks, &mut found);
    document.footnotes.iter().for_each(|footnote| collect(&footnote.content, &mut found));
    found
}

fn collect(blocks: &[Block], found: &mut Vec<String>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { anchor, .. } => found.push(anchor.clone()),
            _ => found.extend(block.id.iter().map(|id| id.value.clone())),
        }
        match &block.kind {
            BlockKind::List(list) => list.items.iter().for_each(|item| collect(&item.content, found)),
            BlockKind::DefinitionList(definitions) => {
                definitions.iter().flat_map(|definition| &definition.details).for_each(|d| collect(d, found));
            }
            BlockKind::Quote(content) | BlockKind::Callout { content, .. } => collect(content, found),
            _ => {}
        }
    }
}
