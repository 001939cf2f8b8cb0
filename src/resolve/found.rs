//! What a block refers to.

use std::collections::BTreeSet;

use crate::markdown::{Block, BlockKind, Document, Image, Inline, Reference};
use crate::source::Span;

/// What a block refers to, with the text of each link.
#[derive(Default)]
pub(super) struct Found<'d> {
    pub references: Vec<&'d Reference>,
    pub links: Vec<(&'d str, Span, &'d [Inline])>,
    pub images: Vec<&'d Image>,
    footnotes: BTreeSet<usize>,
}

impl<'d> Found<'d> {
    /// What a block refers to, in it and in its footnotes.
    pub fn of(block: &'d Block, document: &'d Document) -> Self {
        let mut found = Self::default();
        found.block(block, document);
        found
    }

    fn block(&mut self, block: &'d Block, document: &'d Document) {
        match &block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => self.inlines(content, document),
            BlockKind::List(list) => {
                list.items.iter().flat_map(|item| &item.content).for_each(|block| self.block(block, document));
            }
            BlockKind::DefinitionList(definitions) => {
                for definition in definitions {
                    definition.terms.iter().for_each(|term| self.inlines(term, document));
                    definition.details.iter().flatten().for_each(|block| self.block(block, document));
                }
            }
            BlockKind::Table(table) => {
                let cells = table.header.iter().chain(table.rows.iter().flat_map(|row| &row.cells));
                cells.for_each(|cell| self.inlines(cell, document));
            }
            BlockKind::Quote(content) => content.iter().for_each(|block| self.block(block, document)),
            BlockKind::Callout { title, content, .. } => {
                self.inlines(title, document);
                content.iter().for_each(|block| self.block(block, document));
            }
            BlockKind::Figure(image) => self.images.push(image),
            BlockKind::Rule | BlockKind::Code { .. } | BlockKind::Html(_) => {}
        }
    }

    fn inlines(&mut self, inlines: &'d [Inline], document: &'d Document) {
        for inline in inlines {
            match inline {
                Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strike(inner) => {
                    self.inlines(inner, document);
                }
                Inline::Link { span, url, content, .. } => {
                    self.links.push((url, *span, content));
                    self.inlines(content, document);
                }
                Inline::Image(image) => self.images.push(image),
                Inline::Reference(reference) => self.references.push(reference),
                Inline::Footnote(index) => {
                    let footnote = document.footnotes.get(*index).filter(|_| self.footnotes.insert(*index));
                    footnote.iter().flat_map(|note| &note.content).for_each(|block| self.block(block, document));
                }
                Inline::Text(_) | Inline::Code(_) | Inline::SoftBreak | Inline::HardBreak | Inline::Html(_) => {}
            }
        }
    }
}
