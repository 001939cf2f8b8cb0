//! Markdown as its author wrote it, for readers without the site: only references, links and pictures are written anew,
//! with absolute addresses, and ids and comments are left out.

use std::ops::Range;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use pulldown_cmark::{Event, Parser, Tag};

use super::super::Stage;
use crate::markdown::{Block, BlockKind, Footnote, Image, Inline, Reference};
use crate::source::{FileId, Span};

/// What Markdown could take for a mark in running text.
const MARKS: &[char] = &['\\', '`', '*', '_', '[', ']', '<', '>', '|', '~', '#', '^'];

/// What begins something else than a paragraph where it stands first; the marks are escaped in any case.
const OPENERS: &[char] = &['-', '+', '=', ':'];

/// What an address cannot hold in round brackets.
const UNSAFE: &AsciiSet = &CONTROLS.add(b' ').add(b'(').add(b')').add(b'<').add(b'>').add(b'|').add(b'\\').add(b'`');

/// The text of one file.
pub(super) struct Portable<'a> {
    stage: &'a Stage<'a>,
    text: &'a str,
}

/// A piece of the source and what stands in its place.
struct Edit {
    range: Range<usize>,
    text: String,
}

impl<'a> Portable<'a> {
    pub fn new(stage: &'a Stage<'a>, file: FileId) -> Self {
        Self { stage, text: stage.files.get(file).text() }
    }

    /// A top-level block, with headings at the level they have on the page.
    pub fn block(&self, block: &Block) -> String {
        let mut edits = Vec::new();
        self.edits_of_block(block, &mut edits);
        let text = self.edited(block.span, edits);
        match &block.kind {
            BlockKind::Heading { level, .. } => heading(&text, *level),
            _ => text,
        }
    }

    /// A footnote with its mark.
    pub fn footnote(&self, footnote: &Footnote) -> String {
        let mut edits = Vec::new();
        footnote.content.iter().for_each(|block| self.edits_of_block(block, &mut edits));
        self.edited(footnote.span, edits)
    }

    /// The source of a span with edits, from the beginning of its first line if only blanks stand before it: the
    /// indentation of the other lines counts from there.
    fn edited(&self, span: Span, mut edits: Vec<Edit>) -> String {
        let before = self.text.get(..span.start).unwrap_or_default();
        let start = before.trim_end_matches([' ', '\t']).len();
        let start = if start == 0 || before[..start].ends_with('\n') { start } else { span.start };
        let range = start..span.end;
        edits.extend(comments(self.text.get(range.clone()).unwrap_or_default(), start));
        edits.sort_by_key(|edit| edit.range.start);
        let mut out = String::new();
        let mut at = start;
        for edit in edits.iter().filter(|edit| edit.range.end <= range.end) {
            if edit.range.start >= at {
                push_piece(&mut out, self.text.get(at..edit.range.start).unwrap_or_default());
                push_piece(&mut out, &edit.text);
                at = edit.range.end;
            }
        }
        push_piece(&mut out, self.text.get(at..range.end).unwrap_or_default());
        out.replace("\r\n", "\n").trim_end().to_owned()
    }

    fn edits_of_block(&self, block: &Block, edits: &mut Vec<Edit>) {
        if let Some(id) = &block.id {
            let before = self.text.get(..id.span.start).unwrap_or_default();
            edits.push(Edit { range: before.trim_end().len()..id.span.end, text: String::new() });
        }
        match &block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => self.edits_of_line(content, edits),
            BlockKind::List(list) => {
                list.items.iter().flat_map(|item| &item.content).for_each(|block| self.edits_of_block(block, edits));
            }
            BlockKind::DefinitionList(definitions) => {
                for definition in definitions {
                    definition.terms.iter().for_each(|term| self.edits_of_line(term, edits));
                    definition.details.iter().flatten().for_each(|block| self.edits_of_block(block, edits));
                }
            }
            BlockKind::Table(table) => {
                let cells = table.header.iter().chain(table.rows.iter().flat_map(|row| &row.cells));
                cells.for_each(|cell| self.edits_of_line(cell, edits));
            }
            BlockKind::Quote(content) => content.iter().for_each(|block| self.edits_of_block(block, edits)),
            BlockKind::Callout { title, content, .. } => {
                self.edits_of_line(title, edits);
                content.iter().for_each(|block| self.edits_of_block(block, edits));
            }
            BlockKind::Figure(image) => edits.push(self.image(image)),
            BlockKind::Rule | BlockKind::Code { .. } | BlockKind::Html(_) => {}
        }
    }

    fn edits_of_line(&self, inlines: &[Inline], edits: &mut Vec<Edit>) {
        inlines.iter().for_each(|inline| self.edits_of_inline(inline, false, edits));
    }

    fn edits_of_inline(&self, inline: &Inline, in_link: bool, edits: &mut Vec<Edit>) {
        match inline {
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strike(inner) => {
                inner.iter().for_each(|inline| self.edits_of_inline(inline, in_link, edits));
            }
            Inline::Link { span, url, title, content } => {
                let first = edits.len();
                content.iter().for_each(|inline| self.edits_of_inline(inline, true, edits));
                let end = self.end_of_link(*span, &edits[first..], url, title);
                edits.extend(end);
            }
            Inline::Image(image) => edits.push(self.image(image)),
            Inline::Reference(reference) => edits.push(self.reference(reference, in_link)),
            _ => {}
        }
    }

    fn image(&self, image: &Image) -> Edit {
        let text = format!("![{}{}", escaped(&image.alt), self.end(image.span, &image.url, &image.title));
        Edit { range: self.with_empty_name(image.span), text }
    }

    /// Where a link or picture stands; of `[Text][]` the parser leaves the second pair of brackets out.
    fn with_empty_name(&self, span: Span) -> Range<usize> {
        let by_name = self.text.get(span.range()).is_some_and(|source| source.ends_with(']'));
        let empty = by_name && self.text.get(span.end..).is_some_and(|rest| rest.starts_with("[]"));
        span.start..span.end + if empty { 2 } else { 0 }
    }

    /// The end of a link, behind its text with the edits in it, with the absolute address. An address that needs no
    /// resolving stays, unless it stands in a definition, which the file does not have.
    fn end_of_link(&self, span: Span, inside: &[Edit], url: &str, title: &str) -> Option<Edit> {
        let source = self.text.get(span.range()).filter(|source| source.starts_with('['))?;
        let mut bytes = source.as_bytes().to_vec();
        // Brackets in a reference or picture are none of the link's.
        for edit in inside {
            let start = edit.range.start.checked_sub(span.start)?;
            bytes.get_mut(start..start + edit.range.len())?.fill(b'x');
        }
        let end = 1 + end_of_text(&bytes[1..])?;
        let stays = self.stage.site.resolved(span).is_none() && bytes[end..].starts_with(b"](");
        (!stays)
            .then(|| Edit { range: span.start + end..self.with_empty_name(span).end, text: self.end(span, url, title) })
    }

    /// What stands behind the text of the link or picture at `span`.
    fn end(&self, span: Span, url: &str, title: &str) -> String {
        let path = self.stage.site.resolved(span).map_or(url, |resolved| &resolved.path);
        let title =
            if title.is_empty() { String::new() } else { format!(" \"{}\"", escaped(title).replace('"', "\\\"")) };
        format!("]({}{title})", destination(&self.stage.absolute(path)))
    }

    fn reference(&self, reference: &Reference, in_link: bool) -> Edit {
        let resolved = self.stage.site.resolved(reference.span);
        let shown = escaped(&self.stage.site.shown(reference));
        let text = match resolved.filter(|_| !in_link) {
            Some(resolved) => format!("[{shown}]({})", destination(&self.stage.absolute(&resolved.path))),
            None => shown,
        };
        Edit { range: reference.span.range(), text }
    }
}

/// A link in Markdown; `text` is plain.
pub(super) fn link(text: &str, address: &str) -> String {
    format!("[{}]({})", escaped(text), destination(address))
}

/// Plain text as Markdown that means it, inside of a line.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        // An ampersand before a blank means itself to everyone.
        let entity = c == '&' && rest.peek().is_some_and(|next| next.is_ascii_alphabetic() || *next == '#');
        if entity || MARKS.contains(&c) {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

/// Plain text as a paragraph, also where it begins like a list or a rule.
pub(super) fn paragraph(text: &str) -> String {
    let mut text = escaped(text.trim());
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if text.starts_with(OPENERS) {
        text.insert(0, '\\');
    } else if digits > 0 && text[digits..].starts_with(['.', ')']) {
        text.insert(digits, '\\');
    }
    text
}

/// Appends a piece of Markdown. A `!` that stood before a reference must not make a picture of the link in its place.
fn push_piece(out: &mut String, piece: &str) {
    if piece.starts_with('[') && out.ends_with('!') && !is_escaped(out) {
        out.insert(out.len() - 1, '\\');
    }
    out.push_str(piece);
}

/// Whether a backslash escapes the last sign, which has one byte.
fn is_escaped(text: &str) -> bool {
    let before = &text[..text.len() - 1];
    (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
}

/// An address as it can stand in round brackets, also in a table's cell.
fn destination(address: &str) -> String {
    let address = utf8_percent_encode(address, UNSAFE).to_string();
    // Only what ends like an entity could be read as one.
    if address.contains(';') { address.replace('&', "\\&") } else { address }
}

/// Where the text of a link ends that began before `bytes`: at the bracket that closes it.
fn end_of_text(bytes: &[u8]) -> Option<usize> {
    let (mut at, mut depth) = (0, 1);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'`' => {
                let ticks = bytes[at..].iter().take_while(|&&byte| byte == b'`').count();
                at += code_span(&bytes[at + ticks..], ticks).map_or(ticks, |length| ticks + length) - 1;
            }
            b'[' => depth += 1,
            b']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// The length of a code span behind its opening ticks, the closing ones counted; `None` where none closes it.
fn code_span(bytes: &[u8], ticks: usize) -> Option<usize> {
    let mut at = 0;
    while at < bytes.len() {
        let run = bytes[at..].iter().take_while(|&&byte| byte == b'`').count();
        if run == ticks {
            return Some(at + run);
        }
        at += run.max(1);
    }
    None
}

/// The comments in a text that begins at byte `base`: notes of its authors, which no page shows either.
fn comments(text: &str, base: usize) -> Vec<Edit> {
    if !text.contains("<!--") {
        return Vec::new();
    }
    let html = Parser::new(text).into_offset_iter().filter_map(|(event, range)| {
        matches!(event, Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock)).then_some(range)
    });
    let mut edits = Vec::new();
    for range in html {
        let mut at = range.start;
        while let Some(start) = text.get(at..range.end).and_then(|rest| rest.find("<!--")).map(|found| at + found) {
            let end = text[start..range.end].find("-->").map_or(range.end, |end| start + end + 3);
            edits.push(Edit { range: base + start..base + end, text: String::new() });
            at = end;
        }
    }
    edits
}

/// A heading in one line, at the level it has on the page.
fn heading(source: &str, level: u8) -> String {
    let marks = "#".repeat(usize::from(level.clamp(2, 6)));
    let source = source.trim();
    let text = if source.starts_with('#') {
        let text = source.trim_start_matches('#').trim();
        let open = text.trim_end_matches('#');
        // Closing marks stand apart; a `#` at a word is part of it.
        if open.is_empty() || open.ends_with([' ', '\t']) { open.trim_end() } else { text }.to_owned()
    } else {
        // The last line is the one that underlines the heading.
        let lines: Vec<&str> = source.lines().map(str::trim).collect();
        lines[..lines.len().saturating_sub(1)].join(" ")
    };
    format!("{marks} {text}").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_take_their_level() {
        assert_eq!(heading("# Ziele ##", 2), "## Ziele");
        assert_eq!(heading("### C# und F#", 4), "#### C# und F#");
        assert_eq!(heading("Ziele\nund Mittel\n===", 2), "## Ziele und Mittel");
    }

    #[test]
    fn the_text_of_a_link_ends_at_its_own_bracket() {
        assert_eq!(end_of_text(b"a [b] `]` \\] c](x)"), Some(14));
        assert_eq!(end_of_text(b"``a ` ]`` b]"), Some(11));
        assert_eq!(end_of_text(b"offen"), None);
    }

    #[test]
    fn comments_go_and_code_stays() {
        let edits = comments("a <!-- b --> `<!-- c -->`", 10);
        assert!(matches!(edits.as_slice(), [edit] if edit.range == (12..22)));
    }

    #[test]
    fn a_piece_makes_no_picture() {
        let joined = |before: &str| {
            let mut out = before.to_owned();
            push_piece(&mut out, "[a](b)");
            out
        };
        assert_eq!(joined("Achtung!"), "Achtung\\![a](b)");
        assert_eq!(joined("Achtung\\!"), "Achtung\\![a](b)");
        assert_eq!(joined("\\\\!"), "\\\\\\![a](b)");
        assert_eq!(joined(""), "[a](b)");
    }

    #[test]
    fn a_paragraph_is_nothing_else() {
        let cases = [
            ("1. Januar", "1\\. Januar"),
            ("12) a", "12\\) a"),
            ("- a", "\\- a"),
            ("+ a", "\\+ a"),
            ("---", "\\---"),
            (": a", "\\: a"),
            ("# a", "\\# a"),
            ("> a", "\\> a"),
            ("    a", "a"),
            ("2025 und 1.5", "2025 und 1.5"),
        ];
        for (plain, written) in cases {
            assert_eq!(paragraph(plain), written);
        }
    }

    #[test]
    fn plain_text_means_itself() {
        assert_eq!(escaped("A&amp; & B&#38; ^c"), "A\\&amp; & B\\&\\#38; \\^c");
        assert_eq!(link("a|b [c]", "https://x/(1) 2"), "[a\\|b \\[c\\]](https://x/%281%29%202)");
    }
}
