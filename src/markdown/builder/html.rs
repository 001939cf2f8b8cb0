//! HTML in a text: a block of it is gathered line by line and cleaned as one, because comments and tags go over lines.

use std::ops::Range;

use super::super::html_tags::{self, OpenTag};
use super::{BlockKind, Builder, Inline, Open, is_block};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// HTML as the parser gives it, with the places its parts come from.
#[derive(Default)]
pub(super) struct HtmlText {
    text: String,
    parts: Vec<Part>,
}

/// A part of it, mostly a line.
struct Part {
    start: usize,
    range: Range<usize>,
    /// Whether the part is the source's text, byte for byte. Inside a quotation it need not be: the marks at the line
    /// starts are taken out. Then all that can be pointed at is the whole.
    same: bool,
}

impl HtmlText {
    fn push(&mut self, text: &str, range: Range<usize>, same: bool) {
        self.parts.push(Part { start: self.text.len(), range, same });
        self.text.push_str(text);
    }

    /// Where bytes of the text stand in the body.
    fn place(&self, bytes: Range<usize>) -> Range<usize> {
        let part = |byte: usize| {
            let after = self.parts.partition_point(|part| part.start <= byte);
            self.parts.get(after.saturating_sub(1))
        };
        let (Some(first), Some(last)) = (part(bytes.start), part(bytes.end.saturating_sub(1))) else { return 0..0 };
        let start = if first.same { first.range.start + bytes.start - first.start } else { first.range.start };
        let end = if last.same { last.range.start + bytes.end - last.start } else { last.range.end };
        start..end
    }
}

impl Builder<'_> {
    fn is_source(&self, text: &str, range: &Range<usize>) -> bool {
        self.masked.text.get(range.clone()) == Some(text)
    }

    /// Takes a line of a block of HTML.
    pub(super) fn html_line(&mut self, text: &str, range: Range<usize>) {
        let same = self.is_source(text, &range);
        if let Some(block) = &mut self.html_block {
            block.push(text, range, same);
        }
    }

    /// Cleans the block of HTML that is complete.
    pub(super) fn end_html_block(&mut self) {
        let Some(html) = self.html_block.take() else { return };
        let clean = self.clean_html(&html, true);
        if clean.is_empty() {
            return;
        }
        let range = html.place(0..html.text.len());
        match &mut self.top().open {
            Open::HtmlBlock(block) => block.push_str(&clean),
            // The block is nested too deep to have a frame.
            _ => self.inline(Inline::Html(clean), range),
        }
    }

    /// Takes a tag or a comment in running text.
    pub(super) fn inline_html(&mut self, text: &str, range: Range<usize>) {
        let mut html = HtmlText::default();
        html.push(text, range.clone(), self.is_source(text, &range));
        let clean = self.clean_html(&html, false);
        if !clean.is_empty() {
            self.inline(Inline::Html(clean), range);
        }
    }

    /// A comment in running text that does not end before the paragraph does is none for Markdown, and would be shown.
    pub(super) fn report_open_comments(&mut self, text: &str, range: &Range<usize>) {
        if !self.is_source(text, range) {
            return;
        }
        for (at, _) in text.match_indices('<') {
            let start = range.start + at;
            let (before, rest) = self.source.split_at_checked(start).unwrap_or_default();
            if rest.starts_with("<!--") && !before.ends_with('\\') {
                let found = Diagnostic::at(Code::RawHtml, self.span(start..start + 4));
                self.diagnostics.push(found.arg("tag", "<!--").arg("reason", "unclosed"));
            }
        }
    }

    fn clean_html(&mut self, html: &HtmlText, in_block: bool) -> String {
        let (file, base) = (self.body.file, self.body.start);
        let place = |bytes: Range<usize>| {
            let place = html.place(bytes);
            base + place.start..base + place.end
        };
        let mut open = std::mem::take(&mut self.top().tags);
        let clean = html_tags::clean(&html.text, in_block, place, &mut open, |bad, reason| {
            let tag = html.text.get(bad.clone()).unwrap_or_default();
            let tag = tag.split_whitespace().collect::<Vec<_>>().join(" ");
            let found = Diagnostic::at(Code::RawHtml, Span::new(file, place(bad)));
            self.diagnostics.push(found.arg("tag", tag).arg("reason", reason));
        });
        self.top().tags = open;
        clean
    }

    /// Closes tags that were opened in the element that ends and not closed there. A tag may not go over several blocks:
    /// each of them has a margin number and a place of its own on the page.
    pub(super) fn close_tags(&mut self) {
        let tags = std::mem::take(&mut self.top().tags);
        if tags.is_empty() {
            return;
        }
        let range = self.top().range.clone();
        for OpenTag { name, range: place, .. } in tags.into_iter().rev().filter(|tag| tag.passed) {
            let found = Diagnostic::at(Code::RawHtml, Span::new(self.body.file, place));
            self.diagnostics.push(found.arg("tag", format!("<{name}>")).arg("reason", "unclosed"));
            let closing = format!("</{name}>");
            if let Open::HtmlBlock(html) = &mut self.top().open {
                html.push_str(&closing);
            } else if is_block(&self.top().open) {
                self.block(BlockKind::Html(closing), range.end..range.end);
            } else {
                self.inline(Inline::Html(closing), range.clone());
            }
        }
    }
}
