//! Hides cross-references and author ids from the Markdown parser without moving a byte.
//!
//! `[[kind:target|text]]` must survive table cells and emphasis, and `{#id}` on a line of its own is no text. Both are
//! overwritten with as many bytes that mean nothing to Markdown, so that every place stays what it was.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::{Reference, builder::OPTIONS};
use crate::load::Body;
use crate::reference::Kind;
use crate::source::{Span, Spanned};

/// First byte of a hidden reference. No text can hold it: control characters are refused when files are read.
pub(super) const FIRST: char = '\u{1e}';
/// Every other byte of a hidden reference.
pub(super) const REST: char = '\u{1f}';

/// A reference or a footnote's name may not be longer than this, in bytes: an unclosed `[[` must not swallow a chapter.
const LONGEST: usize = 1_000;

/// A text whose references are hidden.
pub(super) struct Masked {
    /// The text with as many bytes as before.
    pub text: String,
    /// The references in order.
    pub references: Vec<Reference>,
    /// The ids on lines of their own, in order.
    pub own_line_ids: Vec<Spanned<String>>,
    /// What begins like a reference, `[[wert:`, and does not end.
    pub unclosed: Vec<Spanned<String>>,
    /// Bytes of code and HTML, where nothing is hidden.
    pub verbatim: Vec<Range<usize>>,
}

/// Hides the references and own-line ids of `source`, the text of `body`.
pub(super) fn mask(source: &str, body: Body) -> Masked {
    let text = source.replace([FIRST, REST], " ");
    let mut masked =
        Masked { text, references: Vec::new(), own_line_ids: Vec::new(), unclosed: Vec::new(), verbatim: Vec::new() };
    if !["[[", "{#", "[^"].iter().any(|mark| source.contains(mark)) {
        return masked;
    }
    masked.verbatim = verbatim_ranges(&masked.text);
    hide_references(&mut masked, source, body);
    hide_own_line_ids(&mut masked, source, body);
    masked
}

/// Whether a byte lies in one of `ranges`, which are sorted and do not overlap.
pub(super) fn covers(ranges: &[Range<usize>], byte: usize) -> bool {
    let after = ranges.partition_point(|range| range.start <= byte);
    after > 0 && byte < ranges[after - 1].end
}

fn verbatim_ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut block = None;
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => block = Some(range),
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => ranges.extend(block.take()),
            Event::Code(_) | Event::InlineHtml(_) | Event::Html(_) if block.is_none() => ranges.push(range),
            _ => {}
        }
    }
    ranges
}

fn hide_references(masked: &mut Masked, source: &str, body: Body) {
    let mut at = 0;
    while let Some(found) = source[at..].find("[[") {
        let start = at + found;
        at = start + 2;
        let escaped = source[..start].bytes().rev().take_while(|&byte| byte == b'\\').count() % 2 == 1;
        if escaped || covers(&masked.verbatim, start) {
            continue;
        }
        if let Some(end) = end_of_reference(source, start) {
            masked.references.push(reference(source, start..end, body));
            overwrite(&mut masked.text, start..end, FIRST, REST);
            at = end;
        } else if let Some(range) = unclosed_reference(source, start) {
            let span = Span::new(body.file, body.start + range.start..body.start + range.end);
            masked.unclosed.push(Spanned { value: source[range].to_owned(), span });
        }
    }
}

/// The beginning of what looks like a reference of a known kind and is none, up to the end of its first word.
fn unclosed_reference(source: &str, start: usize) -> Option<Range<usize>> {
    let inner = &source[start + 2..source.floor_char_boundary(source.len().min(start + LONGEST))];
    let (kind, rest) = inner.split_once(':')?;
    Kind::from_name(kind.trim())?;
    let word = rest.find(|c: char| c.is_whitespace() || matches!(c, '[' | ']')).unwrap_or(rest.len());
    Some(start..start + 2 + kind.len() + 1 + word)
}

/// One past the `]]` of the reference that begins at `start`; `None` where it is none.
fn end_of_reference(source: &str, start: usize) -> Option<usize> {
    let inner = start + 2;
    let limit = source.floor_char_boundary(source.len().min(inner + LONGEST));
    let close = inner + source[inner..limit].find([']', '['])?;
    let content = &source[inner..close];
    let blank_line = content.split('\n').skip(1).any(|line| line.trim_matches(['>', ' ', '\t', '\r']).is_empty());
    (source[close..].starts_with("]]") && !content.trim().is_empty() && !blank_line).then_some(close + 2)
}

fn reference(source: &str, range: Range<usize>, body: Body) -> Reference {
    let span = |range: Range<usize>| Span::new(body.file, body.start + range.start..body.start + range.end);
    let (inner_start, inner_end) = (range.start + 2, range.end - 2);
    let inner = &source[inner_start..inner_end];
    let (head, text) = match inner.find('|') {
        Some(at) => (inner[..at].strip_suffix('\\').unwrap_or(&inner[..at]), Some(join_lines(&inner[at + 1..]))),
        None => (inner, None),
    };
    let (kind_len, target_start) = head.find(':').map_or((0, 0), |colon| (colon, colon + 1));
    let spanned = |from: usize, to: usize| {
        let piece = &head[from..to];
        let start = inner_start + from + (piece.len() - piece.trim_start().len());
        let value = join_lines(piece);
        Spanned { span: span(start..start + piece.trim().len()), value }
    };
    Reference {
        span: span(range),
        kind: spanned(0, kind_len),
        target: spanned(target_start, head.len()),
        text: text.filter(|text| !text.is_empty()),
    }
}

/// The text of a reference that may go over lines, in a quotation too.
fn join_lines(text: &str) -> String {
    let lines = text.split('\n').enumerate().map(|(number, line)| {
        if number == 0 { line.trim() } else { line.trim_start_matches(['>', ' ', '\t']).trim_end() }
    });
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

fn hide_own_line_ids(masked: &mut Masked, source: &str, body: Body) {
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let trimmed = line.trim();
        if let Some(id) = trimmed.strip_prefix("{#").and_then(|rest| rest.strip_suffix('}'))
            && !id.contains(['{', '}'])
            && !covers(&masked.verbatim, start + (line.len() - line.trim_start().len()))
        {
            let from = start + (line.len() - line.trim_start().len());
            let span = Span::new(body.file, body.start + from..body.start + from + trimmed.len());
            masked.own_line_ids.push(Spanned { value: id.to_owned(), span });
            overwrite(&mut masked.text, from..from + trimmed.len(), ' ', ' ');
        }
        start += line.len();
    }
}

/// Overwrites bytes, line ends excepted, with one-byte characters.
fn overwrite(text: &mut String, range: Range<usize>, first: char, rest: char) {
    let mut hidden = String::with_capacity(range.len());
    for byte in text[range.clone()].bytes() {
        let line_end = byte == b'\n' || byte == b'\r';
        hidden.push(if line_end {
            byte as char
        } else if hidden.is_empty() {
            first
        } else {
            rest
        });
    }
    text.replace_range(range, &hidden);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Files;

    fn masked(source: &str) -> Masked {
        let file = Files::default().add("a.md", source);
        mask(source, Body { file, start: 0 })
    }

    fn references(source: &str) -> Vec<(String, String, Option<String>)> {
        masked(source).references.into_iter().map(|r| (r.kind.value, r.target.value, r.text)).collect()
    }

    #[test]
    fn references_are_found_with_their_parts() {
        let own = |kind: &str, target: &str, text: Option<&str>| (kind.into(), target.into(), text.map(Into::into));
        assert_eq!(references("[[wert:fairness]]"), [own("wert", "fairness", None)]);
        assert_eq!(references("| [[a:b\\|c d]] |"), [own("a", "b", Some("c d"))]);
        assert_eq!(references("> [[a:b|c\n> d]]"), [own("a", "b", Some("c d"))]);
        assert_eq!(references("[[Wort]]"), [own("", "Wort", None)]);
        assert_eq!(references("[[norm:KI-VO Art. 14 Abs. 1]]"), [own("norm", "KI-VO Art. 14 Abs. 1", None)]);
    }

    #[test]
    fn code_escapes_and_links_in_brackets_are_left_alone() {
        for source in ["`[[a:b]]`", "```\n[[a:b]]\n```", "\\[[a:b]]", "[[X](y.md)]", "[[a:b\n\nc]]", "[[]]", "[["] {
            assert_eq!(references(source), [], "{source}");
        }
    }

    #[test]
    fn no_byte_moves() {
        let source = "Ä [[wert:größe|Ü\nö]] b\n{#id}\n";
        let text = masked(source).text;
        assert_eq!(text.len(), source.len());
        assert_eq!(text.find(" b\n"), source.find(" b\n"));
    }
}
