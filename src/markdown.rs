//! Stage 2: a Markdown text becomes a [`Document`], a tree of blocks with their places. Parsing never fails: what is
//! wrong is reported and the rest is kept.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::load::{Body, Sources};
use crate::memo::Memo;
use crate::source::{self, FileId, Files, Span, Spanned};

mod anchors;
mod author_ids;
mod builder;
mod callout;
mod html_tags;
mod mask;
pub mod plain;

pub use callout::CalloutKind;

/// A parsed text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// Top-level blocks in order: headings, rules and the blocks that carry margin numbers.
    pub blocks: Vec<Block>,
    /// Footnotes in the order of their first reference; [`Inline::Footnote`] counts into this list.
    pub footnotes: Vec<Footnote>,
}

/// A block: a heading, a rule, or a unit of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Where it stands.
    pub span: Span,
    /// The id its author gave it.
    pub id: Option<Spanned<String>>,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq)]
pub enum BlockKind {
    /// A heading.
    Heading {
        /// From 1 to 6; in a text with top headings all are one lower than written.
        level: u8,
        /// Its author's id, or made from its text; unique in the document.
        anchor: String,
        /// What it says.
        content: Vec<Inline>,
    },
    /// A line across.
    Rule,
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list.
    List(List),
    /// Terms with their definitions.
    DefinitionList(Vec<Definition>),
    /// A table.
    Table(Table),
    /// A quotation.
    Quote(Vec<Block>),
    /// A box with a title, such as a hint.
    Callout {
        /// What it is for.
        kind: CalloutKind,
        /// What stands behind the mark in its first line; may be empty.
        title: Vec<Inline>,
        /// The rest.
        content: Vec<Block>,
    },
    /// Program text.
    Code {
        /// First word behind the fence.
        language: Option<String>,
        /// The lines.
        text: String,
    },
    /// A picture that stands alone, its title being the caption.
    Figure(Image),
    /// HTML from the allow-list.
    Html(String),
}

/// A list. `start` is the first number of an ordered one.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// First number; `None` for bullets.
    pub start: Option<u64>,
    /// Whether no blank lines part the items.
    pub tight: bool,
    /// The items.
    pub items: Vec<Item>,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Where it stands.
    pub span: Span,
    /// Whether a check box before it is ticked; `None` without one.
    pub checked: Option<bool>,
    /// What it says.
    pub content: Vec<Block>,
}

/// A term with what it means.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// Where it stands.
    pub span: Span,
    /// The terms; several may share their definitions.
    pub terms: Vec<Vec<Inline>>,
    /// The definitions.
    pub details: Vec<Vec<Block>>,
}

/// A table; every row has as many cells as the header.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// One a column.
    pub alignments: Vec<Alignment>,
    /// The header row.
    pub header: Vec<Vec<Inline>>,
    /// The other rows.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Where it stands.
    pub span: Span,
    /// The cells.
    pub cells: Vec<Vec<Inline>>,
}

/// Where the text of a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// Where the language has it.
    Default,
    /// Left.
    Left,
    /// In the middle.
    Center,
    /// Right.
    Right,
}

/// A picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Image {
    /// Where it stands.
    pub span: Span,
    /// Its file or address, as written.
    pub url: String,
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// Its title; the caption of a figure.
    pub title: String,
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Characters.
    Text(String),
    /// Program text.
    Code(String),
    /// *Emphasis*.
    Emphasis(Vec<Inline>),
    /// **Strong emphasis**.
    Strong(Vec<Inline>),
    /// ~~Struck out~~.
    Strike(Vec<Inline>),
    /// A link.
    Link {
        /// Where it stands.
        span: Span,
        /// Where it leads, as written.
        url: String,
        /// Its title; may be empty.
        title: String,
        /// What it says.
        content: Vec<Inline>,
    },
    /// A picture in the text.
    Image(Image),
    /// A reference to the footnote at this place of [`Document::footnotes`].
    Footnote(usize),
    /// A cross-reference `[[kind:target|text]]`.
    Reference(Reference),
    /// A line end that means a space.
    SoftBreak,
    /// A line end that is one.
    HardBreak,
    /// A tag from the allow-list.
    Html(String),
}

/// A cross-reference as written; what it means is found when the whole site is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// From `[[` to `]]`.
    pub span: Span,
    /// What stands before the colon; empty without one.
    pub kind: Spanned<String>,
    /// What stands after it.
    pub target: Spanned<String>,
    /// The text to show instead of the target's own.
    pub text: Option<String>,
}

/// A footnote.
#[derive(Debug, Clone, PartialEq)]
pub struct Footnote {
    /// Name between `[^` and `]`.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// What it says.
    pub content: Vec<Block>,
}

impl Block {
    /// Whether the block carries a margin number: everything but headings, rules, and HTML without text.
    pub fn is_numbered(&self) -> bool {
        match &self.kind {
            BlockKind::Heading { .. } | BlockKind::Rule => false,
            BlockKind::Html(html) => !html_tags::text(html).trim().is_empty(),
            _ => true,
        }
    }
}

/// All parsed texts, by file.
#[derive(Debug, Clone, Default)]
pub struct Documents(BTreeMap<FileId, Arc<Document>>);

impl Documents {
    /// The document of a body.
    pub fn of(&self, body: Body) -> &Document {
        static EMPTY: Document = Document { blocks: Vec::new(), footnotes: Vec::new() };
        self.0.get(&body.file).map_or(&EMPTY, |document| document)
    }

    /// The document of a body, for keeping.
    pub fn shared(&self, body: Body) -> Option<Arc<Document>> {
        self.0.get(&body.file).cloned()
    }
}

/// The documents of texts, with what was found in each.
pub type Cache = Memo<(FileId, usize), Arc<Parsed>>;

/// A text and what it was parsed to.
#[derive(Debug)]
pub struct Parsed {
    text: Arc<str>,
    document: Arc<Document>,
    findings: Diagnostics,
}

/// Parses every body of `sources`, in parallel.
pub fn parse(sources: &Sources, files: &Files, cache: &Cache, diagnostics: &mut Diagnostics) -> Documents {
    let parsed: Vec<(FileId, Arc<Parsed>)> = sources
        .bodies()
        .into_par_iter()
        .map(|body| {
            let (key, text) = ((body.file, body.start), files.get(body.file).shared());
            if let Some(known) = cache.known(&key).filter(|known| source::is_same_text(&known.text, &text)) {
                return (body.file, known);
            }
            let (document, findings) = parse_text(&text, body);
            let parsed = Arc::new(Parsed { text, document: Arc::new(document), findings });
            cache.note(key, Arc::clone(&parsed));
            (body.file, parsed)
        })
        .collect();
    let mut documents = Documents::default();
    for (file, parsed) in parsed {
        diagnostics.extend(parsed.findings.iter().cloned());
        documents.0.insert(file, Arc::clone(&parsed.document));
    }
    report_empty_chapters(sources, &documents, diagnostics);
    documents
}

fn report_empty_chapters(sources: &Sources, documents: &Documents, diagnostics: &mut Diagnostics) {
    for chapter in sources.releases.iter().chain(&sources.draft).flat_map(|release| &release.chapters) {
        if documents.of(chapter.page.body).blocks.is_empty() {
            diagnostics.push(Diagnostic::at(Code::EmptyChapter, chapter.page.head));
        }
    }
}

/// Parses what stands in `text` (a whole file) after its front matter.
pub fn parse_text(text: &str, body: Body) -> (Document, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let source = text.get(body.start..).unwrap_or_default();
    let masked = mask::mask(source, body);
    let mut document = builder::build(&masked, source, body, &mut diagnostics);
    for unclosed in &masked.unclosed {
        let found = Diagnostic::at(Code::UnknownKind, unclosed.span).arg("target", &unclosed.value);
        diagnostics.push(found.arg("reason", "unclosed").arg("kind", "").arg("known", ""));
    }
    author_ids::assign_own_lines(&mut document, masked.own_line_ids, &mut diagnostics);
    anchors::assign(&mut document, &mut diagnostics);
    (document, diagnostics)
}
