//! The line of context of a backlink: the sentence around the reference. It is made when it is asked for: of thousands of
//! backlinks a page shows a few.

use super::found::Found;
use super::{Backlink, Site};
use crate::Project;
use crate::history;
use crate::load::Body;
use crate::markdown::{Document, Reference};
use crate::release_text;
use crate::sentences;
use crate::source::Span;
use crate::tokens::{self, Token, Tokenizer};

/// Longest line of context, in characters.
const LONGEST: usize = 160;

/// What stands around a reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Context {
    /// Nothing: it stands in front matter, or is a picture.
    None,
    /// This.
    Said(String),
    /// The sentence around a place.
    Around(Around),
}

/// A reference or a link in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Around {
    /// The text.
    pub body: Body,
    /// The edition it belongs to, if any.
    pub edition: Option<usize>,
    /// The top-level block, by its place in the document.
    pub block: usize,
    /// The reference or the link.
    pub span: Span,
}

impl Site {
    /// What stands around the reference of a backlink; empty where nothing does.
    pub fn context(&self, project: &Project, backlink: &Backlink) -> String {
        match &backlink.context {
            Context::None => String::new(),
            Context::Said(text) => text.clone(),
            Context::Around(around) => self.around(project, around).unwrap_or_default(),
        }
    }

    fn around(&self, project: &Project, around: &Around) -> Option<String> {
        let document = project.documents.of(around.body);
        let block = document.blocks.get(around.block)?;
        let found = Found::of(block, document);
        let title = |reference: &Reference| self.shown_title(project, reference, around.edition);
        let shown = |piece: &dyn Fn(Tokenizer<'_>) -> Vec<Token>| read(document, &title, piece);
        let reference = found.references.iter().find(|reference| reference.span == around.span);
        let reference = reference.map(|reference| reference.text.clone().unwrap_or_else(|| title(reference)));
        let link = || found.links.iter().find(|(_, span, _)| *span == around.span);
        let words = reference.or_else(|| link().map(|(.., content)| shown(&|tokenizer| tokenizer.inlines(content))))?;
        Some(sentence(&shown(&|tokenizer| tokenizer.block(block)), &words))
    }

    fn shown_title(&self, project: &Project, reference: &Reference, edition: Option<usize>) -> String {
        let release = edition.or_else(|| self.validity.shown());
        let release = release.map(|edition| history::source(&project.sources, edition));
        release_text::shown_title(reference, release, &project.sources)
    }
}

/// A piece of a document as it is read.
fn read(
    document: &Document,
    titles: &dyn Fn(&Reference) -> String,
    piece: &dyn Fn(Tokenizer<'_>) -> Vec<Token>,
) -> String {
    tokens::text(&piece(Tokenizer::new(&document.footnotes, titles)))
}

/// The sentence of `text` in which `around` stands, cut to a line.
fn sentence(text: &str, around: &str) -> String {
    let at = text.find(around).unwrap_or(0);
    let line = text[..at].rfind(['\n']).map_or(0, |end| end + 1);
    let start = sentences::starts(&text[line..]).map(|start| line + start).take_while(|&start| start <= at).last();
    let start = start.unwrap_or(line);
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    let whole = &text[start..end];
    let shown: String = whole.chars().take(LONGEST).collect();
    if shown.len() == whole.len() {
        return shown.trim().to_owned();
    }
    let cut = shown.rfind(' ').unwrap_or(shown.len());
    format!("{} …", shown[..cut].trim())
}
