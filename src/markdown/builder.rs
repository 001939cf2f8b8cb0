//! Builds the tree from the events of the Markdown parser, with a stack of its own so that no input can exhaust the
//! program's.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use self::html::HtmlText;
use super::html_tags::OpenTag;
use super::mask::{FIRST, Masked, REST, covers};
use super::{Alignment, Block, BlockKind, Definition, Document, Footnote, Image, Inline, Item, List, Row, Table};
use super::{author_ids, callout, plain};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::load::Body;
use crate::source::Span;

mod html;

/// What of Markdown is understood beyond CommonMark.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_DEFINITION_LIST);

/// Deeper nesting is reported, and what is inside is lifted out to this depth.
const DEEPEST: usize = 64;

/// Bytes of the longest name of a footnote.
const LONGEST_NAME: usize = 200;

/// Parses `masked` into a tree. `source` is the same text with its references visible.
pub(super) fn build(masked: &Masked, source: &str, body: Body, diagnostics: &mut Diagnostics) -> Document {
    let mut builder = Builder {
        masked,
        source,
        body,
        diagnostics,
        stack: vec![Frame::new(Open::Document, 0..source.len())],
        too_deep: 0,
        html_block: None,
        footnotes: BTreeMap::new(),
        referred: Vec::new(),
    };
    for (event, range) in Parser::new_ext(&masked.text, OPTIONS).into_offset_iter() {
        builder.event(event, range);
    }
    builder.finish()
}

/// An element whose end has not come yet.
struct Frame {
    open: Open,
    range: Range<usize>,
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
    inlines_start: usize,
    inlines_end: usize,
    tags: Vec<OpenTag>,
}

/// What the open element is, with the parts that are complete.
enum Open {
    Document,
    Paragraph,
    Heading(u8),
    Quote,
    List {
        start: Option<u64>,
        tight: bool,
        items: Vec<Item>,
    },
    Item {
        checked: Option<bool>,
        tight: bool,
    },
    Code(Option<String>, String),
    HtmlBlock(String),
    Footnote(String),
    DefinitionList(Vec<Definition>),
    Term,
    Details,
    Table {
        alignments: Vec<Alignment>,
        header: Vec<Vec<Inline>>,
        rows: Vec<Row>,
    },
    Row {
        header: bool,
        cells: Vec<Vec<Inline>>,
    },
    Cell,
    Emphasis,
    Strong,
    Strike,
    Link {
        url: String,
        title: String,
    },
    Image {
        url: String,
        title: String,
    },
    /// Something that the tree has no place for; its content goes to the element around it.
    Transparent,
}

impl Frame {
    fn new(open: Open, range: Range<usize>) -> Self {
        let (inlines_start, inlines_end) = (range.start, range.start);
        Self { open, range, blocks: Vec::new(), inlines: Vec::new(), inlines_start, inlines_end, tags: Vec::new() }
    }
}

struct Builder<'a> {
    masked: &'a Masked,
    source: &'a str,
    body: Body,
    diagnostics: &'a mut Diagnostics,
    stack: Vec<Frame>,
    too_deep: usize,
    /// The lines of the block of HTML that has not ended yet.
    html_block: Option<HtmlText>,
    footnotes: BTreeMap<String, Footnote>,
    referred: Vec<String>,
}

impl Builder<'_> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.body.file, self.body.start + range.start..self.body.start + range.end)
    }

    fn top(&mut self) -> &mut Frame {
        // The document's own frame is never popped before `finish`.
        let last = self.stack.len() - 1;
        &mut self.stack[last]
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        // The parser may name a place inside a character, as in a definition's list behind tabs.
        let range = self.source.floor_char_boundary(range.start)..self.source.ceil_char_boundary(range.end);
        if self.inside_reference(range.start) && !matches!(event, Event::Start(_) | Event::End(_) | Event::Text(_)) {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => {
                if tag == TagEnd::HtmlBlock {
                    self.end_html_block();
                }
                self.end();
            }
            Event::Text(text) => self.text(&text, range),
            Event::Code(code) => self.inline(Inline::Code(code.into_string()), range),
            Event::Html(html) => self.html_line(&html, range),
            Event::InlineHtml(html) => self.inline_html(&html, range),
            Event::FootnoteReference(name) => self.footnote_reference(name.into_string(), range),
            Event::SoftBreak => self.inline(Inline::SoftBreak, range),
            Event::HardBreak => self.inline(Inline::HardBreak, range),
            Event::Rule => self.block(BlockKind::Rule, range),
            Event::TaskListMarker(ticked) => {
                if let Open::Item { checked, .. } = &mut self.top().open {
                    *checked = Some(ticked);
                } else if let Some(Open::Item { checked, .. }) = self.stack.iter_mut().rev().nth(1).map(|f| &mut f.open)
                {
                    *checked = Some(ticked);
                }
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, range),
        }
    }

    fn inside_reference(&self, byte: usize) -> bool {
        let at = self.body.start + byte;
        let after = self.masked.references.partition_point(|reference| reference.span.start < at);
        after > 0 && at < self.masked.references[after - 1].span.end
    }

    /// The text of an address or title, where a hidden reference is text as it stands in the source.
    fn unmasked(&self, text: &str, range: &Range<usize>) -> String {
        let inside =
            |span: Span| span.start >= self.body.start + range.start && span.end <= self.body.start + range.end;
        let mut hidden = self.masked.references.iter().filter(|reference| inside(reference.span));
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                FIRST => {
                    let span = hidden.next().map(|reference| reference.span);
                    let source =
                        span.and_then(|span| self.source.get(span.start - self.body.start..span.end - self.body.start));
                    out.push_str(source.unwrap_or_default());
                }
                REST => {}
                _ => out.push(c),
            }
        }
        out
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        if tag == Tag::HtmlBlock {
            self.html_block = Some(HtmlText::default());
        }
        if self.stack.len() > DEEPEST {
            if self.too_deep == 0 {
                let found = Diagnostic::at(Code::TooDeep, self.span(range.start..range.start));
                self.diagnostics.push(found.arg("deepest", DEEPEST));
            }
            self.too_deep += 1;
            return;
        }
        let open = match tag {
            Tag::Paragraph => Open::Paragraph,
            Tag::Heading { level, .. } => Open::Heading(level_number(level)),
            Tag::BlockQuote(_) => Open::Quote,
            Tag::CodeBlock(kind) => Open::Code(code_language(&kind), String::new()),
            Tag::HtmlBlock => Open::HtmlBlock(String::new()),
            Tag::List(start) => Open::List { start, tight: false, items: Vec::new() },
            Tag::Item => Open::Item { checked: None, tight: false },
            Tag::FootnoteDefinition(name) => Open::Footnote(name.into_string()),
            Tag::DefinitionList => Open::DefinitionList(Vec::new()),
            Tag::DefinitionListTitle => Open::Term,
            Tag::DefinitionListDefinition => Open::Details,
            Tag::Table(alignments) => Open::Table {
                alignments: alignments.into_iter().map(alignment).collect(),
                header: Vec::new(),
                rows: Vec::new(),
            },
            Tag::TableHead => Open::Row { header: true, cells: Vec::new() },
            Tag::TableRow => Open::Row { header: false, cells: Vec::new() },
            Tag::TableCell => Open::Cell,
            Tag::Emphasis => Open::Emphasis,
            Tag::Strong => Open::Strong,
            Tag::Strikethrough => Open::Strike,
            Tag::Link { dest_url, title, .. } => {
                Open::Link { url: self.unmasked(&dest_url, &range), title: self.unmasked(&title, &range) }
            }
            Tag::Image { dest_url, title, .. } => {
                Open::Image { url: self.unmasked(&dest_url, &range), title: self.unmasked(&title, &range) }
            }
            Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => Open::Transparent,
        };
        if is_block(&open) {
            self.flush_inlines();
        }
        self.stack.push(Frame::new(open, range));
    }

    fn end(&mut self) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        self.close_tags();
        if !matches!(self.top().open, Open::Paragraph | Open::Heading(_) | Open::Cell | Open::Term) {
            self.flush_if_container();
        }
        let Some(frame) = self.stack.pop() else { return };
        let range = frame.range.clone();
        self.close(frame, range);
    }

    fn close(&mut self, mut frame: Frame, range: Range<usize>) {
        match frame.open {
            Open::Document => {}
            Open::Paragraph => self.paragraph(frame.inlines, range),
            Open::Heading(level) => {
                let id = author_ids::take_trailing(&mut frame.inlines, self.source, range.clone(), self.body);
                let kind = BlockKind::Heading { level, anchor: String::new(), content: frame.inlines };
                let span = self.span(range);
                self.push_block(Block { span, id, kind });
            }
            Open::Quote => self.quote(frame.blocks, range),
            Open::List { start, tight, items } => self.block(BlockKind::List(List { start, tight, items }), range),
            Open::Item { checked, tight } => self.item(checked, tight, frame.blocks, range),
            Open::Code(language, text) => {
                let text = text.replace('\r', "");
                self.block(BlockKind::Code { language, text }, range);
            }
            Open::HtmlBlock(html) => {
                if !html.trim().is_empty() {
                    self.block(BlockKind::Html(html), range);
                }
            }
            Open::Footnote(name) => self.footnote(name, frame.blocks, range),
            Open::DefinitionList(definitions) => {
                // The parser's own end may lie behind the block that follows.
                let end = definitions.last().map_or(range.end, |last| last.span.end - self.body.start);
                self.block(BlockKind::DefinitionList(definitions), range.start..end);
            }
            Open::Term => self.term(frame.inlines, range),
            Open::Details => self.details(frame.blocks, range),
            Open::Table { alignments, header, rows } => {
                self.block(BlockKind::Table(Table { alignments, header, rows }), range);
            }
            Open::Row { header, cells } => {
                self.report_lost_cells(frame.inlines_end..range.end);
                self.row(header, cells, range);
            }
            Open::Cell => {
                let row = self.top();
                row.inlines_end = range.end;
                if let Open::Row { cells, .. } = &mut row.open {
                    cells.push(frame.inlines);
                }
            }
            Open::Emphasis => self.inline(Inline::Emphasis(frame.inlines), range),
            Open::Strong => self.inline(Inline::Strong(frame.inlines), range),
            Open::Strike => self.inline(Inline::Strike(frame.inlines), range),
            Open::Link { url, title } => {
                let span = self.span(range.clone());
                self.inline(Inline::Link { span, url, title, content: frame.inlines }, range);
            }
            Open::Image { url, title } => self.image(url, title, &frame.inlines, range),
            Open::Transparent => {
                for inline in frame.inlines {
                    self.inline(inline, range.clone());
                }
            }
        }
    }

    fn item(&mut self, checked: Option<bool>, item_tight: bool, content: Vec<Block>, range: Range<usize>) {
        let span = self.span(range);
        if let Open::List { items, tight, .. } = &mut self.top().open {
            *tight |= item_tight;
            items.push(Item { span, checked, content });
        }
    }

    fn row(&mut self, is_header: bool, cells: Vec<Vec<Inline>>, range: Range<usize>) {
        let span = self.span(range);
        if let Open::Table { header, rows, .. } = &mut self.top().open {
            if is_header { *header = cells } else { rows.push(Row { span, cells }) }
        }
    }

    /// The parser leaves out what a row has beyond the columns of its table.
    fn report_lost_cells(&mut self, behind: Range<usize>) {
        let rest = self.source.get(behind.clone()).unwrap_or_default();
        let is_edge = |c: char| c == '|' || c.is_whitespace();
        let lost = rest.trim_matches(is_edge);
        if !lost.is_empty() {
            let start = behind.start + (rest.len() - rest.trim_start_matches(is_edge).len());
            let span = self.span(start..start + lost.len());
            self.diagnostics.push(Diagnostic::at(Code::LostCells, span).arg("text", lost));
        }
    }

    fn paragraph(&mut self, mut inlines: Vec<Inline>, range: Range<usize>) {
        let id = author_ids::take_trailing(&mut inlines, self.source, range.clone(), self.body);
        if inlines.iter().all(|inline| matches!(inline, Inline::SoftBreak)) && id.is_none() {
            return;
        }
        let kind = match inlines.as_slice() {
            [Inline::Image(image)] => BlockKind::Figure(image.clone()),
            _ => BlockKind::Paragraph(inlines),
        };
        let span = self.span(range);
        self.push_block(Block { span, id, kind });
    }

    fn quote(&mut self, blocks: Vec<Block>, range: Range<usize>) {
        let kind = callout::read(blocks, |unknown| {
            let start = self.source[range.clone()].find(&unknown).map_or(range.start, |at| range.start + at);
            let span = self.span(start..start + unknown.len());
            self.diagnostics.push(callout::unknown(&unknown, span));
        });
        self.block(kind, range);
    }

    fn term(&mut self, inlines: Vec<Inline>, range: Range<usize>) {
        let span = self.span(range);
        if let Open::DefinitionList(definitions) = &mut self.top().open {
            match definitions.last_mut().filter(|last| last.details.is_empty()) {
                Some(last) => last.terms.push(inlines),
                None => definitions.push(Definition { span, terms: vec![inlines], details: Vec::new() }),
            }
        }
    }

    fn details(&mut self, blocks: Vec<Block>, range: Range<usize>) {
        let end = blocks.last().map_or(self.body.start + range.end, |last| last.span.end);
        if let Open::DefinitionList(definitions) = &mut self.top().open
            && let Some(last) = definitions.last_mut()
        {
            last.span.end = last.span.end.max(end);
            last.details.push(blocks);
        }
    }

    fn image(&mut self, url: String, title: String, content: &[Inline], range: Range<usize>) {
        let alt = plain::text(content, &[]);
        let span = self.span(range.clone());
        if alt.trim().is_empty() {
            self.diagnostics.push(Diagnostic::at(Code::MissingAlt, span).arg("url", &url));
        }
        self.inline(Inline::Image(Image { span, url, alt, title }), range);
    }

    fn block(&mut self, kind: BlockKind, range: Range<usize>) {
        let span = self.span(range);
        self.push_block(Block { span, id: None, kind });
    }

    fn push_block(&mut self, block: Block) {
        self.flush_inlines();
        // Footnotes and rules inside a link's text and the like cannot be; a block always finds a container.
        self.top().blocks.push(block);
    }

    fn inline(&mut self, inline: Inline, range: Range<usize>) {
        let frame = self.top();
        if frame.inlines.is_empty() {
            frame.inlines_start = range.start;
        }
        frame.inlines_end = range.end;
        match (&inline, frame.inlines.last_mut()) {
            (Inline::Text(more), Some(Inline::Text(text))) => text.push_str(more),
            _ => frame.inlines.push(inline),
        }
    }

    /// Text that stands in a container without a paragraph, as in the items of tight lists, becomes one.
    fn flush_inlines(&mut self) {
        let frame = self.top();
        if frame.inlines.is_empty() || is_inline_container(&frame.open) {
            return;
        }
        if let Open::Item { tight, .. } = &mut frame.open {
            *tight = true;
        }
        let range = frame.inlines_start..frame.inlines_end;
        let inlines = std::mem::take(&mut frame.inlines);
        self.paragraph(inlines, range);
    }

    fn flush_if_container(&mut self) {
        if is_block(&self.top().open) {
            self.flush_inlines();
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if self.html_block.is_some() {
            return self.html_line(text, range);
        }
        if let Open::Code(_, code) = &mut self.top().open {
            return code.push_str(text);
        }
        self.report_open_comments(text, &range);
        let mut rest = text;
        let mut at = range.start;
        while let Some(start) = rest.find([FIRST, REST]) {
            if start > 0 {
                self.inline(Inline::Text(rest[..start].to_owned()), at..at + start);
            }
            let place = self.body.start + at + start;
            let found = self.masked.references.binary_search_by_key(&place, |reference| reference.span.start);
            if let Ok(found) = found {
                let reference = self.masked.references[found].clone();
                self.inline(Inline::Reference(reference), at + start..at + start + 1);
            }
            let hidden = rest[start + 1..].find(|c| c != REST).map_or(rest.len(), |end| start + 1 + end);
            rest = &rest[hidden..];
            at += hidden;
        }
        if !rest.is_empty() {
            self.inline(Inline::Text(rest.to_owned()), at..range.end);
        }
    }

    fn footnote_reference(&mut self, name: String, range: Range<usize>) {
        let index = self.referred.iter().position(|known| *known == name).unwrap_or_else(|| {
            self.referred.push(name);
            self.referred.len() - 1
        });
        self.inline(Inline::Footnote(index), range);
    }

    fn footnote(&mut self, name: String, content: Vec<Block>, range: Range<usize>) {
        let text = self.source[range.clone()].trim_end();
        let span = self.span(range.start..range.start + text.len());
        if let Some(first) = self.footnotes.get(&name) {
            let found = Diagnostic::at(Code::DuplicateFootnote, span).label(first.span, "first");
            self.diagnostics.push(found.arg("name", &name));
            return;
        }
        self.footnotes.insert(name.clone(), Footnote { name, span, content });
    }

    fn finish(mut self) -> Document {
        self.close_tags();
        self.flush_inlines();
        let blocks = std::mem::take(&mut self.top().blocks);
        self.report_unknown_footnotes();
        let mut defined = std::mem::take(&mut self.footnotes);
        let referred = std::mem::take(&mut self.referred);
        let footnotes = referred
            .into_iter()
            .map(|name| {
                let missing = || Footnote { name: name.clone(), span: self.span(0..0), content: Vec::new() };
                defined.remove(&name).unwrap_or_else(missing)
            })
            .collect();
        for (name, footnote) in defined {
            self.diagnostics.push(Diagnostic::at(Code::UnusedFootnote, footnote.span).arg("name", name));
        }
        Document { blocks, footnotes }
    }

    /// The parser takes `[^x]` for text where no footnote x is defined.
    fn report_unknown_footnotes(&mut self) {
        for (start, _) in self.source.match_indices("[^") {
            let rest = &self.source[start + 2..];
            let rest = &rest[..rest.floor_char_boundary(LONGEST_NAME)];
            let name = rest.split([']', '\n']).next().unwrap_or_default();
            let end = start + 2 + name.len();
            let is_reference = self.source[end..].starts_with(']')
                && !name.is_empty()
                && !name.contains(char::is_whitespace)
                && !self.source[..start].ends_with('\\')
                && !covers(&self.masked.verbatim, start);
            if is_reference && !self.footnotes.contains_key(name) {
                let span = self.span(start..end + 1);
                let near = crate::diagnostic::suggest::nearest(name, self.footnotes.keys().map(String::as_str));
                let near = near.map(|near| format!("[^{near}]"));
                self.diagnostics.push(Diagnostic::at(Code::UnknownFootnote, span).arg("name", name).suggest(near));
            }
        }
    }
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn code_language(kind: &CodeBlockKind<'_>) -> Option<String> {
    match kind {
        CodeBlockKind::Indented => None,
        CodeBlockKind::Fenced(info) => {
            info.split([' ', ',', '{']).next().filter(|word| !word.is_empty()).map(Into::into)
        }
    }
}

fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None => Alignment::Default,
        pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::Right,
    }
}

fn is_block(open: &Open) -> bool {
    !matches!(
        open,
        Open::Emphasis | Open::Strong | Open::Strike | Open::Link { .. } | Open::Image { .. } | Open::Transparent
    )
}

/// Whether text may stand directly in the element.
fn is_inline_container(open: &Open) -> bool {
    !is_block(open) || matches!(open, Open::Paragraph | Open::Heading(_) | Open::Cell | Open::Term)
}
