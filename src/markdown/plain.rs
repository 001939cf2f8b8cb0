//! The plain text of a piece of the tree: what is read aloud, without marks, footnotes in brackets.

use super::{Block, BlockKind, Footnote, Inline, html_tags};

/// The text of a line of inlines. References without a text of their own show their target as written.
pub fn text(inlines: &[Inline], footnotes: &[Footnote]) -> String {
    let mut out = String::new();
    push_inlines(&mut out, inlines, footnotes);
    out
}

fn push_inlines(out: &mut String, inlines: &[Inline], footnotes: &[Footnote]) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strike(inner) => {
                push_inlines(out, inner, footnotes);
            }
            Inline::Link { content, .. } => push_inlines(out, content, footnotes),
            Inline::Image(image) => out.push_str(&image.alt),
            Inline::Footnote(index) => {
                if let Some(footnote) = footnotes.get(*index) {
                    out.push_str(" [");
                    out.push_str(&blocks(&footnote.content, &[]));
                    out.push(']');
                }
            }
            Inline::Reference(reference) => {
                out.push_str(reference.text.as_deref().unwrap_or(&reference.target.value));
            }
            Inline::SoftBreak => out.push(' '),
            Inline::HardBreak => out.push('\n'),
            Inline::Html(html) => out.push_str(&html_tags::text(html)),
        }
    }
}

/// The text of blocks, one after the other, parted by line feeds.
pub fn blocks(blocks: &[Block], footnotes: &[Footnote]) -> String {
    blocks.iter().map(|block| self::block(block, footnotes)).collect::<Vec<_>>().join("\n")
}

/// The text of one block.
pub fn block(block: &Block, footnotes: &[Footnote]) -> String {
    match &block.kind {
        BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => text(content, footnotes),
        BlockKind::Rule => String::new(),
        BlockKind::List(list) => {
            list.items.iter().map(|item| blocks(&item.content, footnotes)).collect::<Vec<_>>().join("\n")
        }
        BlockKind::DefinitionList(definitions) => {
            let lines = definitions.iter().flat_map(|definition| {
                let terms = definition.terms.iter().map(|term| text(term, footnotes));
                terms.chain(definition.details.iter().map(|details| blocks(details, footnotes))).collect::<Vec<_>>()
            });
            lines.collect::<Vec<_>>().join("\n")
        }
        BlockKind::Table(table) => {
            let rows = std::iter::once(&table.header).chain(table.rows.iter().map(|row| &row.cells));
            rows.map(|cells| row(cells, footnotes)).collect::<Vec<_>>().join("\n")
        }
        BlockKind::Quote(content) => blocks(content, footnotes),
        BlockKind::Callout { title, content, .. } => {
            let title = text(title, footnotes);
            let content = blocks(content, footnotes);
            if title.is_empty() { content } else { format!("{title}\n{content}") }
        }
        BlockKind::Code { text, .. } => text.trim_end().to_owned(),
        BlockKind::Figure(image) => {
            if image.title.is_empty() {
                image.alt.clone()
            } else {
                format!("{}\n{}", image.alt, image.title)
            }
        }
        BlockKind::Html(html) => html_tags::text(html),
    }
}

/// The text of a table's row, cells parted by ` | `.
pub fn row(cells: &[Vec<Inline>], footnotes: &[Footnote]) -> String {
    cells.iter().map(|cell| text(cell, footnotes)).collect::<Vec<_>>().join(" | ")
}
