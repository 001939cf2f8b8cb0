//! Texts of others as Markdown in which nothing becomes a reference, an id or HTML of Leitwerk by accident.
//!
//! What could do harm is whatever Leitwerk's own parser finds: it reads the text, and a backslash goes before each such
//! place, until it finds no more.

use crate::diagnostic::Code;
use crate::load::Body;
use crate::markdown::{self, Block, BlockKind, Document, Inline};
use crate::resolve::{is_allowed, is_elsewhere};
use crate::source::FileId;

/// Often enough for what comes to light only after something else was escaped.
const TURNS: usize = 40;

/// Characters that mean something in Markdown or to Leitwerk.
const MARKS: &str = "\\`*_[]{}<>#|~!&$^=+-:";

/// A change of the text: so many bytes at a place become another text.
type Edit = (usize, usize, &'static str);

/// The text with all that could be syntax of Leitwerk escaped.
pub(super) fn markdown(text: &str, file: FileId) -> String {
    let seen = visible(text);
    let mut text = seen.clone();
    for _ in 0..TURNS {
        let (document, found) = markdown::parse_text(&text, Body { file, start: 0 });
        let mut edits: Vec<Edit> = plus_lines(&text);
        for found in &found {
            let Some(span) = found.span else { continue };
            edits.push(match found.code {
                Code::TopHeading => lowered(&text, span.start, span.end),
                // The mark of such a quotation is one with a backslash too; the quotation's own mark is not.
                Code::UnknownCallout => (before(&text, '>', span.start), 0, "\\"),
                // The cell before takes in the one that is too many.
                Code::LostCells => (before(&text, '|', span.start.saturating_sub(1)), 0, "\\"),
                _ => (span.start, 0, "\\"),
            });
        }
        let mut has_html = false;
        inspect(&document, &mut edits, &mut has_html);
        if has_html {
            return plain(&seen);
        }
        if edits.is_empty() {
            return text;
        }
        apply(&mut text, edits);
    }
    plain(&seen)
}

/// The text without characters that nobody sees and Leitwerk warns of or refuses.
pub(super) fn visible(text: &str) -> String {
    let letter = |letter: char| match letter {
        '\n' | '\t' => Some(letter),
        '\u{200b}' | '\u{feff}' | '\r' => None,
        '\u{2028}' | '\u{2029}' => Some('\n'),
        letter if letter.is_control() => Some(' '),
        letter => Some(letter),
    };
    text.chars().filter_map(letter).collect()
}

/// The text with every mark escaped: paragraphs and nothing else.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for (number, line) in text.lines().enumerate() {
        if number > 0 {
            out.push('\n');
        }
        let line = line.trim();
        // `1.` and `1)` begin lists.
        let digits = line.len() - line.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
        for (at, letter) in line.char_indices() {
            let ends_number = at == digits && digits > 0 && matches!(letter, '.' | ')');
            if MARKS.contains(letter) || ends_number {
                out.push('\\');
            }
            out.push(letter);
        }
    }
    out
}

/// Lines that read like the end of front matter.
fn plus_lines(text: &str) -> Vec<Edit> {
    let mut start = 0;
    let mut edits = Vec::new();
    for line in text.split_inclusive('\n') {
        if line.trim() == "+++" {
            edits.push((start + line.len() - line.trim_start().len(), 0, "\\"));
        }
        start += line.len();
    }
    edits
}

/// Where the mark at or before a byte stands.
fn before(text: &str, mark: char, byte: usize) -> usize {
    text.get(..=byte).and_then(|before| before.rfind(mark)).unwrap_or(byte)
}

/// A top heading goes below the one over the text.
fn lowered(text: &str, start: usize, end: usize) -> Edit {
    let heading = text.get(start..end).unwrap_or_default();
    if heading.trim_start().starts_with('#') {
        return (start + heading.find('#').unwrap_or_default(), 0, "##");
    }
    let underline = heading.trim_end().rfind('\n').map_or(0, |at| at + 1);
    let marks = heading.get(underline..).unwrap_or_default();
    let first = marks.find('=').unwrap_or_default();
    let length =
        marks.len() - marks.trim_start_matches(|letter: char| letter != '=').trim_start_matches('=').len() - first;
    (start + underline + first, length, "---")
}

/// Finds what no text of others may have: ids, references, pictures, links to files.
fn inspect(document: &Document, edits: &mut Vec<Edit>, has_html: &mut bool) {
    let mut find = Finder { edits, has_html };
    find.blocks(&document.blocks);
    document.footnotes.iter().for_each(|note| find.blocks(&note.content));
}

struct Finder<'a> {
    edits: &'a mut Vec<Edit>,
    has_html: &'a mut bool,
}

impl Finder<'_> {
    fn escape(&mut self, at: usize) {
        self.edits.push((at, 0, "\\"));
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            if let Some(id) = &block.id {
                self.escape(id.span.start);
            }
            match &block.kind {
                BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => self.inlines(content),
                BlockKind::List(list) => list.items.iter().for_each(|item| self.blocks(&item.content)),
                BlockKind::DefinitionList(definitions) => {
                    for definition in definitions {
                        definition.terms.iter().for_each(|term| self.inlines(term));
                        definition.details.iter().for_each(|detail| self.blocks(detail));
                    }
                }
                BlockKind::Table(table) => {
                    let cells = table.header.iter().chain(table.rows.iter().flat_map(|row| &row.cells));
                    cells.for_each(|cell| self.inlines(cell));
                }
                BlockKind::Quote(content) => self.blocks(content),
                // It was meant as one, and cannot do harm.
                BlockKind::Callout { title, content, .. } => {
                    self.inlines(title);
                    self.blocks(content);
                }
                BlockKind::Figure(image) => self.image(image),
                BlockKind::Html(_) => *self.has_html = true,
                BlockKind::Rule | BlockKind::Code { .. } => {}
            }
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Emphasis(content) | Inline::Strong(content) | Inline::Strike(content) => self.inlines(content),
                Inline::Link { span, url, content, .. } => {
                    if !(is_elsewhere(url) && is_allowed(url)) {
                        self.escape(span.start);
                    }
                    self.inlines(content);
                }
                Inline::Image(image) => self.image(image),
                Inline::Reference(reference) => self.escape(reference.span.start),
                Inline::Html(_) => *self.has_html = true,
                Inline::Text(_) | Inline::Code(_) | Inline::Footnote(_) | Inline::SoftBreak | Inline::HardBreak => {}
            }
        }
    }

    /// A picture elsewhere becomes a link to it, any other a text.
    fn image(&mut self, image: &markdown::Image) {
        let is_elsewhere = is_elsewhere(&image.url) && is_allowed(&image.url);
        let is_named = !image.alt.trim().is_empty();
        let edit = if is_elsewhere && is_named { (image.span.start, 1, "") } else { (image.span.start, 1, "\\!\\") };
        self.edits.push(edit);
    }
}

/// Applies edits from the last to the first; of several at one place one.
fn apply(text: &mut String, mut edits: Vec<Edit>) {
    edits.sort_by_key(|(at, length, _)| (*at, std::cmp::Reverse(*length)));
    edits.dedup_by_key(|(at, ..)| *at);
    for (at, length, new) in edits.into_iter().rev() {
        if text.is_char_boundary(at) && text.is_char_boundary(at + length) {
            text.replace_range(at..at + length, new);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Files;

    fn harmless(text: &str) -> String {
        markdown(text, Files::default().add("a.md", ""))
    }

    #[test]
    fn what_means_nothing_to_leitwerk_stays() {
        for text in [
            "Ein *Text* mit [Adresse](https://a.example/b) und `[[a:b]]`.\n\n- eins\n- zwei",
            "a[1] {b} 1 < 2",
            "> Zitat",
        ] {
            assert_eq!(harmless(text), text);
        }
    }

    #[test]
    fn what_would_be_syntax_is_escaped() {
        let known = [
            ("Siehe [[wert:fairness|so]].", "Siehe \\[[wert:fairness|so]]."),
            ("[[wert:offen", "\\[[wert:offen"),
            ("Text {#ziele}", "Text \\{#ziele}"),
            ("Text\n{#ziele}", "Text\n\\{#ziele}"),
            ("Text\n\n{#ziele}", "Text\n\n\\{#ziele}"),
            ("a\n+++\nb", "a\n\\+++\nb"),
            ("[hier](datei.md)", "\\[hier](datei.md)"),
            ("[hier](javascript:x)", "\\[hier](javascript:x)"),
            ("![Bild](https://a.example/b.png)", "[Bild](https://a.example/b.png)"),
            ("![Bild](b.png)", "\\!\\[Bild](b.png)"),
            ("Note[^1]", "Note\\[^1]"),
            ("> [!NOTE]\n> x", "> [!NOTE]\n> x"),
            ("> [!XYZ]\n> x", "\\> [!XYZ]\n> x"),
            ("|a|b|\n|-|-|\n|1|2| 3 |", "|a|b|\n|-|-|\n|1|2\\| 3 |"),
            ("# Top [[a:b|x]] {#id}\n\n+++\n<x-tag>", "### Top \\[[a:b|x]] \\{#id}\n\n\\+++\n\\<x-tag>"),
            ("# Oben\n\n## Unten", "### Oben\n\n## Unten"),
            ("Oben\n====\n\nx", "Oben\n---\n\nx"),
            ("a\u{200b}b\u{2028}c\u{0}", "ab\nc "),
        ];
        for (text, expected) in known {
            assert_eq!(harmless(text), expected, "{text}");
        }
    }

    #[test]
    fn html_is_text() {
        for text in ["<details>x</details>", "a <b>x</b>", "<x-y z>", "</p>"] {
            let text = harmless(text);
            assert!(text.contains("\\<"), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_left_to_find(text in r##"(\[\[|\]\]|\{#|\}|a|:|\||wert|<b>|</b>|<!--|-->|!\[|\]\(|\)|\[\^1\]|: |> |\[!|- |# |=|\n|`|\\|\+\+\+|    |x\.md|&lt;){0,30}"##) {
            let file = Files::default().add("a.md", "");
            let text = markdown(&text, file);
            let (document, found) = markdown::parse_text(&text, Body { file, start: 0 });
            proptest::prop_assert_eq!(&found, &Vec::new(), "{}", text);
            let (mut edits, mut has_html) = (Vec::new(), false);
            inspect(&document, &mut edits, &mut has_html);
            proptest::prop_assert!(edits.is_empty() && !has_html, "{} {:?}", text, edits);
        }
    }
}
