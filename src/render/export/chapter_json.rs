//! `index.json` beside each chapter: its paragraphs with their numbers and addresses, a contract for other programs
//! (`docs/chapter.schema.json`).

use serde::Serialize;

use super::super::queue::FileJob;
use super::super::reading::Passage;
use super::super::{Stage, html, relative};
use super::json_text;
use crate::history;
use crate::markdown::{Block, BlockKind, Document, Footnote, Inline};
use crate::number::{Fate, Gone, Number};
use crate::reference::Kind;
use crate::release_text::Unit;
use crate::resolve;
use crate::target::Target;

/// The document; `format` grows when a field changes its meaning or goes.
#[derive(Serialize)]
struct ChapterDocument {
    format: u32,
    guideline: Guideline,
    release: Release,
    chapter: Chapter,
    blocks: Vec<BlockEntry>,
    footnotes: Vec<FootnoteEntry>,
    gone: Vec<GoneEntry>,
    /// Addresses of the neighbouring chapters.
    previous: Option<String>,
    next: Option<String>,
}

/// The work.
#[derive(Serialize)]
pub(super) struct Guideline {
    title: String,
    short_title: Option<String>,
    publisher: Option<String>,
    licence: Option<String>,
    address: String,
}

impl Guideline {
    pub fn new(stage: &Stage<'_>) -> Self {
        let (source, config) = (&stage.project.sources.guideline, &stage.project.sources.config);
        Self {
            title: resolve::title(stage.project, &Target::Guideline),
            short_title: source.short_title.clone(),
            publisher: source.publisher.clone().or_else(|| config.publisher.clone()),
            licence: source.licence.clone(),
            address: stage.absolute(&resolve::address(stage.project, &Target::Guideline)),
        }
    }
}

/// What stays true of a release.
#[derive(Serialize)]
struct Release {
    /// `null` for the draft.
    version: Option<String>,
    label: String,
    released: Option<String>,
    valid_from: Option<String>,
    address: String,
}

#[derive(Serialize)]
struct Chapter {
    slug: String,
    title: String,
    summary: Option<String>,
    language: String,
    /// Place in the release, from 1.
    position: usize,
    address: String,
    markdown: String,
}

#[derive(Serialize)]
struct BlockEntry {
    number: String,
    /// The id that its author gave it.
    id: Option<String>,
    kind: &'static str,
    /// The heading it stands under, or the chapter's title.
    section: String,
    section_id: Option<String>,
    text: String,
    html: String,
    /// The address in this release.
    address: String,
    /// The address that follows the number through all releases.
    following: Option<String>,
    references: Vec<ReferenceEntry>,
}

#[derive(Serialize, PartialEq)]
struct ReferenceEntry {
    kind: &'static str,
    title: String,
    address: String,
}

#[derive(Serialize)]
struct FootnoteEntry {
    number: usize,
    text: String,
    html: String,
}

#[derive(Serialize)]
struct GoneEntry {
    number: String,
    fate: &'static str,
    into: Option<String>,
}

/// The JSON of a chapter.
pub(super) fn file<'s>(stage: &'s Stage<'_>, edition: usize, chapter: usize) -> FileJob<'s> {
    let path = resolve::address(stage.project, &Target::Chapter(edition, chapter));
    let address = stage.absolute(&path);
    let make = move || json_text(&Source { stage, edition, chapter, address }.document());
    FileJob::text(&format!("{path}index.json"), make)
}

struct Source<'a> {
    stage: &'a Stage<'a>,
    edition: usize,
    chapter: usize,
    address: String,
}

impl Source<'_> {
    fn document(&self) -> ChapterDocument {
        let Self { stage, edition, chapter, .. } = *self;
        let release = history::source(&stage.project.sources, edition);
        let source = &release.chapters[chapter];
        let neighbour = |at: Option<usize>| {
            let at = at.filter(|&at| at < release.chapters.len())?;
            Some(stage.absolute(&resolve::address(stage.project, &Target::Chapter(edition, at))))
        };
        let (blocks, gone) = self.passages();
        ChapterDocument {
            format: 1,
            guideline: Guideline::new(stage),
            release: Release {
                version: release.version.as_ref().map(ToString::to_string),
                label: stage.edition_label(edition),
                released: release.released.map(|date| date.to_string()),
                valid_from: release.valid_from.map(|date| date.to_string()),
                address: stage.absolute(&resolve::address(stage.project, &Target::Edition(edition))),
            },
            chapter: Chapter {
                slug: source.page.slug.clone(),
                title: source.title.clone(),
                summary: source.summary.clone(),
                language: stage.project.sources.config.language.clone(),
                position: chapter + 1,
                markdown: format!("{}index.md", self.address),
                address: self.address.clone(),
            },
            blocks,
            footnotes: self.footnotes(),
            gone,
            previous: neighbour(chapter.checked_sub(1)),
            next: neighbour(Some(chapter + 1)),
        }
    }

    fn text(&self) -> &Document {
        let source = &history::source(&self.stage.project.sources, self.edition).chapters[self.chapter];
        self.stage.project.documents.of(source.page.body)
    }

    fn passages(&self) -> (Vec<BlockEntry>, Vec<GoneEntry>) {
        let source = &history::source(&self.stage.project.sources, self.edition).chapters[self.chapter];
        let writer = self.stage.writer(source.page.body, None);
        let (mut blocks, mut gone) = (Vec::new(), Vec::new());
        for passage in self.stage.reading(self.edition, self.chapter) {
            match passage {
                Passage::Plain(_) => {}
                Passage::Block(block) => blocks.push(self.block(block, &writer)),
                Passage::Gone(run) => gone.extend(run.into_iter().map(gone_entry)),
            }
        }
        (blocks, gone)
    }

    fn block(&self, at: usize, writer: &html::Writer<'_>) -> BlockEntry {
        let edition = &self.stage.project.history.editions[self.edition];
        let known = &edition.text.blocks[at];
        let block = &self.text().blocks[known.index];
        let number: Number = edition.numbering.blocks[at];
        let units = &edition.text.units[known.units.clone()];
        let section = units.first().map(|unit| &edition.text.units[unit.section]);
        let mut references = References { of: self, footnotes: &self.text().footnotes, found: Vec::new() };
        references.of_block(block);
        BlockEntry {
            number: number.to_string(),
            id: known.id.clone(),
            kind: kind(block),
            section: section.map(Unit::text).unwrap_or_default(),
            section_id: section.and_then(|unit| unit.anchor.clone()),
            text: units.iter().map(Unit::text).collect::<Vec<_>>().join("\n"),
            html: self.absolute(&writer.block(block)),
            address: format!("{}#rn-{number}", self.address),
            following: self.stage.following_path(self.edition, at).map(|path| self.stage.absolute(&path)),
            references: references.found,
        }
    }

    fn footnotes(&self) -> Vec<FootnoteEntry> {
        let source = &history::source(&self.stage.project.sources, self.edition).chapters[self.chapter];
        let writer = self.stage.writer(source.page.body, None);
        let footnotes = self.text().footnotes.iter().enumerate();
        footnotes
            .map(|(at, footnote)| {
                let html: String = footnote.content.iter().map(|block| writer.block(block)).collect();
                FootnoteEntry {
                    number: at + 1,
                    text: self.stage.shown(Some(self.edition), |tokenizer| tokenizer.blocks(&footnote.content)),
                    html: self.absolute(&html),
                }
            })
            .collect()
    }

    /// HTML whose addresses lead to the site from anywhere.
    fn absolute(&self, html: &str) -> String {
        let html = relative::prefixed_links(html, &self.stage.project.sources.config.base_url);
        html.replace(" href=\"#", &format!(" href=\"{}#", self.address))
    }
}

fn gone_entry(gone: &Gone) -> GoneEntry {
    let (fate, into) = match gone.fate {
        Fate::Deleted => ("deleted", None),
        Fate::MergedInto(number) => ("merged", Some(number.to_string())),
        Fate::Moved => ("moved", None),
    };
    GoneEntry { number: gone.number.to_string(), fate, into }
}

fn kind(block: &Block) -> &'static str {
    match &block.kind {
        BlockKind::Heading { .. } => "heading",
        BlockKind::Rule => "rule",
        BlockKind::Paragraph(_) => "paragraph",
        BlockKind::List(_) => "list",
        BlockKind::DefinitionList(_) => "definition-list",
        BlockKind::Table(_) => "table",
        BlockKind::Quote(_) => "quote",
        BlockKind::Callout { .. } => "callout",
        BlockKind::Code { .. } => "code",
        BlockKind::Figure(_) => "figure",
        BlockKind::Html(_) => "html",
    }
}

/// What a block refers to, each once, footnotes included.
struct References<'a> {
    of: &'a Source<'a>,
    /// Those whose references count; none inside of one, which could refer to itself.
    footnotes: &'a [Footnote],
    found: Vec<ReferenceEntry>,
}

impl References<'_> {
    fn of_block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => self.of_line(content),
            BlockKind::List(list) => {
                list.items.iter().flat_map(|item| &item.content).for_each(|block| self.of_block(block));
            }
            BlockKind::DefinitionList(definitions) => {
                for definition in definitions {
                    definition.terms.iter().for_each(|term| self.of_line(term));
                    definition.details.iter().flatten().for_each(|block| self.of_block(block));
                }
            }
            BlockKind::Table(table) => {
                let cells = table.header.iter().chain(table.rows.iter().flat_map(|row| &row.cells));
                cells.for_each(|cell| self.of_line(cell));
            }
            BlockKind::Quote(content) => content.iter().for_each(|block| self.of_block(block)),
            BlockKind::Callout { title, content, .. } => {
                self.of_line(title);
                content.iter().for_each(|block| self.of_block(block));
            }
            BlockKind::Rule | BlockKind::Code { .. } | BlockKind::Figure(_) | BlockKind::Html(_) => {}
        }
    }

    fn of_line(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strike(inner) => self.of_line(inner),
                Inline::Link { span, url, content, .. } if resolve::is_allowed(url) => {
                    let path = self.of.stage.site.resolved(*span).map_or(url, |resolved| &resolved.path);
                    self.add(
                        "link",
                        self.of.stage.shown(Some(self.of.edition), |tokenizer| tokenizer.inlines(content)),
                        path,
                    );
                }
                Inline::Reference(reference) => {
                    let Some(resolved) = self.of.stage.site.resolved(reference.span) else { continue };
                    let kind = Kind::from_name(&reference.kind.value).map_or("link", html::class_of);
                    self.add(kind, resolved.title.clone(), &resolved.path);
                }
                Inline::Footnote(index) => {
                    let footnotes = std::mem::take(&mut self.footnotes);
                    let content = footnotes.get(*index).map(|footnote| &footnote.content);
                    content.into_iter().flatten().for_each(|block| self.of_block(block));
                    self.footnotes = footnotes;
                }
                _ => {}
            }
        }
    }

    fn add(&mut self, kind: &'static str, title: String, path: &str) {
        let entry = ReferenceEntry { kind, title, address: self.of.stage.absolute(path) };
        if !self.found.contains(&entry) {
            self.found.push(entry);
        }
    }
}
