//! [`ReleaseText`]: a release as it is compared and numbered: its chapters, its blocks, and their smallest units.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::load::{ChapterSource, ReleaseSource, Sources};
use crate::markdown::{Block, BlockKind, Document, Documents, Reference};
use crate::reference::Kind;
use crate::source::Span;
use crate::tokens::{Titles, Token, Tokenizer, text};

/// A release's text, flattened in reading order. Indices are into its own lists.
#[derive(Debug, Clone, Default)]
pub struct ReleaseText {
    /// Chapters in order.
    pub chapters: Vec<ChapterText>,
    /// Blocks that carry margin numbers, through all chapters.
    pub blocks: Vec<BlockText>,
    /// Units, through all chapters: what is paired and reported.
    pub units: Vec<Unit>,
}

/// A chapter.
#[derive(Debug, Clone)]
pub struct ChapterText {
    /// Segment of its address.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Former slugs.
    pub aliases: Vec<String>,
    /// Its blocks in [`ReleaseText::blocks`].
    pub blocks: Range<usize>,
    /// Its units in [`ReleaseText::units`]; the first is the chapter's title.
    pub units: Range<usize>,
}

/// A block that carries a margin number.
#[derive(Debug, Clone)]
pub struct BlockText {
    /// Its chapter.
    pub chapter: usize,
    /// Its place among the chapter's top-level blocks, headings counted: index into `Document::blocks`.
    pub index: usize,
    /// Its author's id.
    pub id: Option<String>,
    /// Where it stands.
    pub span: Span,
    /// Its units in [`ReleaseText::units`].
    pub units: Range<usize>,
}

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitKind {
    /// A chapter's title.
    Chapter,
    /// A heading.
    Heading,
    /// A block without smaller units.
    Block,
    /// An item of a list, or terms with their definitions.
    Item,
    /// A row of a table.
    Row,
}

/// The smallest thing that is paired between releases and reported as one.
#[derive(Debug, Clone)]
pub struct Unit {
    /// What it is.
    pub kind: UnitKind,
    /// More of what it is, as far as a change of it is a change: `paragraph`, `quote`, `callout-note`, `code-toml` …
    pub shape: String,
    /// Its chapter.
    pub chapter: usize,
    /// The unit of the heading it stands under; the chapter's title where there is none.
    pub section: usize,
    /// Its block; `None` for titles and headings.
    pub block: Option<usize>,
    /// Place in its list or table from 1; `None` for what is no item or row, and for a table's header.
    pub item: Option<usize>,
    /// Its author's id, of a heading or of a block that is one unit.
    pub id: Option<String>,
    /// The anchor of a heading.
    pub anchor: Option<String>,
    /// Its text.
    pub tokens: Vec<Token>,
    /// Number of words.
    pub words: usize,
}

impl Unit {
    /// The text as it is read.
    pub fn text(&self) -> String {
        text(&self.tokens)
    }
}

impl ReleaseText {
    /// The text of a release, from its parsed chapters.
    pub fn new(release: &ReleaseSource, sources: &Sources, documents: &Documents) -> Self {
        let titles = |reference: &Reference| shown_title(reference, Some(release), sources);
        let chapter = |chapter: &Arc<ChapterSource>| {
            let mut builder = Builder { text: ReleaseText::default(), titles: &titles, section: 0 };
            let aliases = chapter.aliases.iter().map(|alias| alias.value.clone()).collect();
            builder.chapter(&chapter.page.slug, &chapter.title, aliases, documents.of(chapter.page.body));
            builder.text
        };
        let chapters: Vec<Self> = release.chapters.par_iter().map(chapter).collect();
        chapters.into_iter().fold(Self::default(), Self::followed_by)
    }

    /// Both texts as one.
    fn followed_by(mut self, next: Self) -> Self {
        let (chapters, blocks, units) = (self.chapters.len(), self.blocks.len(), self.units.len());
        let moved = |range: Range<usize>, by: usize| range.start + by..range.end + by;
        self.chapters.extend(next.chapters.into_iter().map(|chapter| ChapterText {
            blocks: moved(chapter.blocks, blocks),
            units: moved(chapter.units, units),
            ..chapter
        }));
        self.blocks.extend(next.blocks.into_iter().map(|block| BlockText {
            chapter: block.chapter + chapters,
            units: moved(block.units, units),
            ..block
        }));
        self.units.extend(next.units.into_iter().map(|unit| Unit {
            chapter: unit.chapter + chapters,
            section: unit.section + units,
            block: unit.block.map(|block| block + blocks),
            ..unit
        }));
        self
    }

    /// The text of chapters given as slug, title and document, for comparisons outside a site.
    pub fn of_documents<'d>(chapters: impl IntoIterator<Item = (&'d str, &'d str, &'d Document)>) -> Self {
        let titles = |reference: &Reference| reference.target.value.clone();
        let mut builder = Builder { text: ReleaseText::default(), titles: &titles, section: 0 };
        for (slug, title, document) in chapters {
            builder.chapter(slug, title, Vec::new(), document);
        }
        builder.text
    }

    /// The title of the section a unit stands in, or the chapter's.
    pub fn section_title(&self, unit: usize) -> String {
        self.units[self.units[unit].section].text()
    }

    /// A heading and all units below it up to the next; a chapter's title with what stands before its first heading.
    pub fn section_units(&self, heading: usize) -> Range<usize> {
        let length = self.units[heading..].iter().take_while(|unit| unit.section == heading).count();
        heading..heading + length
    }

    /// The block with an author's id, or the blocks under a heading with it, in a chapter.
    pub fn units_at(&self, chapter: usize, id: &str) -> Vec<usize> {
        let range = self.chapters[chapter].units.clone();
        let of_block = |unit: &Unit| unit.block.is_some_and(|block| self.blocks[block].id.as_deref() == Some(id));
        let blocks: Vec<usize> = range.clone().filter(|&at| of_block(&self.units[at])).collect();
        if !blocks.is_empty() {
            return blocks;
        }
        let Some(heading) = range.clone().find(|&at| self.units[at].anchor.as_deref() == Some(id)) else {
            return Vec::new();
        };
        let level = self.units[heading].shape.as_str();
        let ends = |at: &usize| {
            let unit = &self.units[*at];
            unit.kind == UnitKind::Heading && unit.shape.as_str() <= level
        };
        let end = (heading + 1..range.end).find(ends).unwrap_or(range.end);
        (heading..end).collect()
    }
}

struct Builder<'a> {
    text: ReleaseText,
    titles: Titles<'a>,
    section: usize,
}

impl Builder<'_> {
    fn chapter(&mut self, slug: &str, title: &str, aliases: Vec<String>, document: &Document) {
        let chapter = self.text.chapters.len();
        let (first_block, first_unit) = (self.text.blocks.len(), self.text.units.len());
        self.section = first_unit;
        let tokens = Tokenizer::new(&[], self.titles).inlines(&[crate::markdown::Inline::Text(title.to_owned())]);
        self.unit(UnitKind::Chapter, "chapter".into(), chapter, tokens);
        for (index, block) in document.blocks.iter().enumerate() {
            self.block(chapter, index, block, document);
        }
        self.text.chapters.push(ChapterText {
            slug: slug.to_owned(),
            title: title.to_owned(),
            aliases,
            blocks: first_block..self.text.blocks.len(),
            units: first_unit..self.text.units.len(),
        });
    }

    fn block(&mut self, chapter: usize, index: usize, block: &Block, document: &Document) {
        let tokenizer = || Tokenizer::new(&document.footnotes, self.titles);
        if let BlockKind::Heading { level, anchor, content } = &block.kind {
            let tokens = tokenizer().inlines(content);
            self.section = self.text.units.len();
            let at = self.unit(UnitKind::Heading, format!("heading-{level}"), chapter, tokens);
            self.text.units[at].id = block.id.as_ref().map(|id| id.value.clone());
            self.text.units[at].anchor = Some(anchor.clone());
            return;
        }
        if !block.is_numbered() {
            return;
        }
        let first = self.text.units.len();
        for (kind, shape, item, tokens) in units_of(block, &tokenizer) {
            let at = self.unit(kind, shape, chapter, tokens);
            self.text.units[at].item = item;
            self.text.units[at].block = Some(self.text.blocks.len());
        }
        let units = first..self.text.units.len();
        let id = block.id.as_ref().map(|id| id.value.clone());
        if units.len() == 1 {
            self.text.units[first].id.clone_from(&id);
        }
        self.text.blocks.push(BlockText { chapter, index, id, span: block.span, units });
    }

    fn unit(&mut self, kind: UnitKind, shape: String, chapter: usize, tokens: Vec<Token>) -> usize {
        let words = tokens.iter().filter(|token| token.is_word()).count();
        let section = self.section;
        let (block, item, id, anchor) = (None, None, None, None);
        self.text.units.push(Unit { kind, shape, chapter, section, block, item, id, anchor, tokens, words });
        self.text.units.len() - 1
    }
}

type UnitParts = (UnitKind, String, Option<usize>, Vec<Token>);

/// The units of a numbered block: its items or rows, or itself.
fn units_of<'t>(block: &Block, tokenizer: &dyn Fn() -> Tokenizer<'t>) -> Vec<UnitParts> {
    match &block.kind {
        BlockKind::List(list) if !list.items.is_empty() => {
            // A list that begins with another number is another at its first item.
            let shape = |at: usize| match list.start {
                Some(start) if start != 1 && at == 0 => format!("item-ordered-from-{start}"),
                Some(_) => "item-ordered".to_owned(),
                None => "item-bullet".to_owned(),
            };
            let items = list.items.iter().enumerate();
            items.map(|(at, item)| (UnitKind::Item, shape(at), Some(at + 1), tokenizer().item(item))).collect()
        }
        BlockKind::DefinitionList(definitions) if !definitions.is_empty() => {
            let items = definitions.iter().enumerate();
            items
                .map(|(at, definition)| {
                    (UnitKind::Item, "definition".into(), Some(at + 1), tokenizer().definition(definition))
                })
                .collect()
        }
        BlockKind::Table(table) => {
            let header = (UnitKind::Row, "header".into(), None, tokenizer().row(&table.header));
            let rows = table.rows.iter().enumerate();
            let rows = rows.map(|(at, row)| (UnitKind::Row, "row".into(), Some(at + 1), tokenizer().row(&row.cells)));
            std::iter::once(header).chain(rows).collect()
        }
        _ => vec![(UnitKind::Block, shape(block), None, tokenizer().block(block))],
    }
}

fn shape(block: &Block) -> String {
    match &block.kind {
        BlockKind::Quote(_) => "quote".into(),
        BlockKind::Callout { kind, .. } => format!("callout-{}", kind.name()),
        BlockKind::Code { language, .. } => format!("code-{}", language.as_deref().unwrap_or("")),
        BlockKind::Figure(_) => "figure".into(),
        BlockKind::Html(_) => "html".into(),
        _ => "paragraph".into(),
    }
}

/// What a cross-reference without a text shows, as far as that can be known before references are resolved:
/// the title of what it names; where nothing has that name, the target as written. A sealed text shows what it showed when
/// it was sealed.
pub fn shown_title(reference: &Reference, release: Option<&ReleaseSource>, sources: &Sources) -> String {
    let target = reference.target.value.as_str();
    if let Some(seal) = release.and_then(|release| release.seal.as_ref()).filter(|seal| seal.covers(reference.span)) {
        return seal.reference(reference.span).map_or_else(|| target.to_owned(), |locked| locked.title.clone());
    }
    let slug = target.split('#').next().unwrap_or(target);
    let title = match Kind::from_name(&reference.kind.value) {
        Some(Kind::Value) => sources.values.iter().find(|v| v.page.slug == slug).map(|v| v.values.join(" & ")),
        Some(Kind::Talk) => sources.talk(slug).map(|talk| talk.title.clone()),
        Some(Kind::Lab) => sources.labs.iter().find(|l| l.number.to_string() == slug).map(|l| l.title.clone()),
        Some(Kind::Chapter) => chapter_title(slug, release, sources),
        Some(Kind::Number) => Some(format!("Rn. {}", target.rsplit('/').next().unwrap_or(target))),
        Some(Kind::Authority) => {
            let found = sources.authorities.iter().find(|a| a.page.slug == slug);
            found.map(|a| a.short.clone().unwrap_or_else(|| a.title.clone()))
        }
        Some(Kind::Experience) => find_title(sources.experiences.iter().map(|e| (&e.page.slug, &e.title)), slug),
        Some(Kind::Person) => find_title(sources.people.iter().map(|p| (&p.page.slug, &p.title)), slug),
        Some(Kind::Term) => find_title(sources.terms.iter().map(|t| (&t.page.slug, &t.title)), slug),
        Some(Kind::Page) => find_title(sources.pages.iter().map(|p| (&p.page.slug, &p.title)), slug),
        Some(Kind::Release | Kind::Norm) | None => None,
    };
    title.unwrap_or_else(|| target.to_owned())
}

fn find_title<'s>(mut titles: impl Iterator<Item = (&'s String, &'s String)>, slug: &str) -> Option<String> {
    titles.find(|(known, _)| *known == slug).map(|(_, title)| title.clone())
}

fn chapter_title(target: &str, release: Option<&ReleaseSource>, sources: &Sources) -> Option<String> {
    let (release, slug) = match target.split_once('/') {
        Some((label, slug)) => {
            let named = |release: &&ReleaseSource| release.version.as_ref().is_some_and(|v| v.as_str() == label);
            (sources.releases.iter().find(named)?, slug)
        }
        None => (release?, target),
    };
    find_title(release.chapters.iter().map(|chapter| (&chapter.page.slug, &chapter.title)), slug)
}
