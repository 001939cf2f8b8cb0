//! Writes the block tree as HTML: no inline style, no script, every address from the site's root.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Write;

use super::escape::{escape, push_escaped};
use super::highlight::Highlighter;
use super::locale::Locale;
use super::typography::Typographer;
use crate::markdown::{
    Alignment, Block, BlockKind, CalloutKind, Definition, Document, Image, Inline, List, Reference, Table,
};
use crate::reference::Kind;
use crate::resolve::{self, Site};
use crate::source::Span;
use crate::tokens::{self, Tokenizer};

/// Writes the blocks of one document for one page.
pub struct Writer<'a> {
    /// The resolved references.
    pub site: &'a Site,
    /// The document whose blocks are written.
    pub document: &'a Document,
    /// Language of its text.
    pub language: &'a str,
    /// The interface's texts.
    pub locale: &'a Locale,
    /// Colours for program text.
    pub highlighter: &'a Highlighter,
    /// Footnotes referred to so far: a second reference to one gets no id.
    pub referred: RefCell<BTreeSet<usize>>,
}

/// A piece of HTML being written.
struct Piece<'a> {
    writer: &'a Writer<'a>,
    out: String,
    typographer: Typographer,
    in_link: bool,
    /// Whether the piece stands apart from its page: then it has no ids, and its footnotes go with it.
    lone: bool,
    footnotes: BTreeSet<usize>,
}

impl Writer<'_> {
    /// One block.
    pub fn block(&self, block: &Block) -> String {
        let mut piece = self.piece();
        piece.block(block);
        piece.out
    }

    /// A block that stands alone on another page: its footnotes below it, and no ids that others may have there.
    pub fn lone_block(&self, block: &Block) -> String {
        let mut piece = Piece { lone: true, ..self.piece() };
        piece.block(block);
        let footnotes = std::mem::take(&mut piece.footnotes);
        for index in footnotes {
            let Some(footnote) = self.document.footnotes.get(index) else { continue };
            let _ = write!(piece.out, "<div class=\"lone-footnote\"><sup>{}</sup> ", index + 1);
            footnote.content.iter().for_each(|block| piece.block(block));
            piece.push("</div>");
        }
        piece.out
    }

    /// The whole document, footnotes left out.
    pub fn document(&self) -> String {
        let mut piece = self.piece();
        for block in &self.document.blocks {
            piece.block(block);
            piece.out.push('\n');
        }
        piece.out
    }

    /// The document's footnotes as a section; `None` without any.
    pub fn footnotes(&self) -> Option<String> {
        if self.document.footnotes.is_empty() {
            return None;
        }
        let mut out = String::new();
        let title = escape(&self.locale.text("footnotes-title"));
        let _ = writeln!(out, "<section class=\"footnotes\" aria-label=\"{title}\">\n<ol>");
        for (at, footnote) in self.document.footnotes.iter().enumerate() {
            let mut piece = self.piece();
            footnote.content.iter().for_each(|block| piece.block(block));
            let back = escape(&self.locale.text_of("footnote-back", "number", &(at + 1).to_string()));
            let link = format!("<a href=\"#fnref-{0}\" class=\"footnote-back\" aria-label=\"{back}\">↩</a>", at + 1);
            let content = match piece.out.strip_suffix("</p>") {
                Some(content) => format!("{content} {link}</p>"),
                None => format!("{} {link}", piece.out),
            };
            let _ = writeln!(out, "<li id=\"fn-{}\">{content}</li>", at + 1);
        }
        out.push_str("</ol>\n</section>");
        Some(out)
    }

    /// „Tabelle 2: Bias erkennen“: the number of a table in its document, and the heading it stands under.
    fn table_label(&self, table: &Block) -> String {
        let before = || self.document.blocks.iter().take_while(|block| block.span.start <= table.span.start);
        let number = before().filter(|block| matches!(block.kind, BlockKind::Table(_))).count().max(1);
        let titles = |reference: &Reference| self.site.shown(reference);
        let heading = before().filter_map(|block| match &block.kind {
            BlockKind::Heading { content, .. } => Some(tokens::text(&Tokenizer::new(&[], &titles).inlines(content))),
            _ => None,
        });
        let label = self.locale.text_of("table-label", "number", &number.to_string());
        heading.last().map_or(label.clone(), |heading| format!("{label}: {heading}"))
    }

    fn piece(&self) -> Piece<'_> {
        let typographer = Typographer::new(self.language);
        Piece { writer: self, out: String::new(), typographer, in_link: false, lone: false, footnotes: BTreeSet::new() }
    }
}

impl Piece<'_> {
    fn push(&mut self, html: &str) {
        self.out.push_str(html);
    }

    fn open(&mut self, tag: &str, block: &Block, attributes: &str) {
        let id = block.id.as_ref().filter(|_| !self.lone);
        let id = id.map(|id| format!(" id=\"{}\"", escape(&id.value))).unwrap_or_default();
        let _ = write!(self.out, "<{tag}{id}{attributes}>");
    }

    /// Text of a new block: quotation marks begin anew.
    fn block_text(&mut self, inlines: &[Inline]) {
        self.typographer = Typographer::new(self.writer.language);
        self.inlines(inlines);
    }

    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Heading { level, anchor, content } => {
                let level = (*level).clamp(2, 6);
                let _ = write!(self.out, "<h{level} id=\"{}\">", escape(anchor));
                self.block_text(content);
                let _ = write!(self.out, "</h{level}>");
            }
            BlockKind::Rule => self.open("hr", block, ""),
            BlockKind::Paragraph(content) => {
                self.open("p", block, "");
                self.block_text(content);
                self.push("</p>");
            }
            BlockKind::List(list) => self.list(list, block),
            BlockKind::DefinitionList(definitions) => self.definitions(definitions, block),
            BlockKind::Table(table) => self.table(table, block),
            BlockKind::Quote(content) => {
                self.open("blockquote", block, "");
                content.iter().for_each(|block| self.block(block));
                self.push("</blockquote>");
            }
            BlockKind::Callout { kind, title, content } => self.callout(*kind, title, content, block),
            BlockKind::Code { language, text } => self.code(language.as_deref(), text, block),
            BlockKind::Figure(image) => {
                self.open("figure", block, "");
                self.image(image);
                if !image.title.is_empty() {
                    self.push("<figcaption>");
                    self.text(&image.title);
                    self.push("</figcaption>");
                }
                self.push("</figure>");
            }
            BlockKind::Html(html) if block.id.is_some() => {
                self.open("div", block, "");
                self.push(html.trim_end());
                self.push("</div>");
            }
            BlockKind::Html(html) => self.push(html.trim_end()),
        }
    }

    fn list(&mut self, list: &List, block: &Block) {
        let (tag, start) = match list.start {
            Some(1) => ("ol", String::new()),
            Some(start) => ("ol", format!(" start=\"{start}\"")),
            None => ("ul", String::new()),
        };
        self.open(tag, block, &start);
        for item in &list.items {
            self.push("<li>");
            if let Some(checked) = item.checked {
                self.push(if checked { "☑ " } else { "☐ " });
            }
            self.items(&item.content, list.tight);
            self.push("</li>");
        }
        let _ = write!(self.out, "</{tag}>");
    }

    /// Blocks of an item; in a tight list its paragraphs have no tags of their own, unless one has an id.
    fn items(&mut self, content: &[Block], tight: bool) {
        for block in content {
            match &block.kind {
                BlockKind::Paragraph(inlines) if tight => match block.id.as_ref().filter(|_| !self.lone) {
                    Some(id) => {
                        let _ = write!(self.out, "<span id=\"{}\">", escape(&id.value));
                        self.block_text(inlines);
                        self.push("</span>");
                    }
                    None => self.block_text(inlines),
                },
                _ => self.block(block),
            }
        }
    }

    fn definitions(&mut self, definitions: &[Definition], block: &Block) {
        self.open("dl", block, "");
        for definition in definitions {
            for term in &definition.terms {
                self.push("<dt>");
                self.block_text(term);
                self.push("</dt>");
            }
            for details in &definition.details {
                self.push("<dd>");
                // Several paragraphs need their tags to stay apart.
                self.items(details, details.len() == 1);
                self.push("</dd>");
            }
        }
        self.push("</dl>");
    }

    fn table(&mut self, table: &Table, block: &Block) {
        let label = escape(&self.writer.table_label(block));
        self.open("div", block, &format!(" class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\""));
        let _ = write!(self.out, "<table>\n<caption class=\"visually-hidden\">{label}</caption>\n<thead>");
        self.row(&table.header, &table.alignments, true);
        self.push("</thead>");
        if !table.rows.is_empty() {
            self.push("\n<tbody>");
            table.rows.iter().for_each(|row| self.row(&row.cells, &table.alignments, false));
            self.push("</tbody>");
        }
        self.push("\n</table></div>");
    }

    fn row(&mut self, cells: &[Vec<Inline>], alignments: &[Alignment], header: bool) {
        self.push("<tr>");
        for (at, cell) in cells.iter().enumerate() {
            let class = match alignments.get(at) {
                Some(Alignment::Left) => " class=\"left\"",
                Some(Alignment::Center) => " class=\"center\"",
                Some(Alignment::Right) => " class=\"right\"",
                _ => "",
            };
            // An empty header cell names no column.
            let tag = if header && !cell.is_empty() { "th" } else { "td" };
            let scope = if tag == "th" { " scope=\"col\"" } else { "" };
            let _ = write!(self.out, "<{tag}{scope}{class}>");
            self.block_text(cell);
            let _ = write!(self.out, "</{tag}>");
        }
        self.push("</tr>");
    }

    fn callout(&mut self, kind: CalloutKind, title: &[Inline], content: &[Block], block: &Block) {
        let name = self.writer.locale.text(&format!("callout-{}", kind.name()));
        self.open("div", block, &format!(" class=\"callout callout-{}\" role=\"note\"", kind.name()));
        let _ = write!(self.out, "<p class=\"callout-title\"><span class=\"callout-kind\">{}</span>", escape(&name));
        if !title.is_empty() {
            self.push(" ");
            self.block_text(title);
        }
        self.push("</p>");
        content.iter().for_each(|block| self.block(block));
        self.push("</div>");
    }

    fn code(&mut self, language: Option<&str>, text: &str, block: &Block) {
        self.open("pre", block, " class=\"code\" tabindex=\"0\"");
        let class = language.map(|language| format!(" class=\"language-{}\"", escape(language))).unwrap_or_default();
        let _ = write!(self.out, "<code{class}>");
        match language.and_then(|language| self.writer.highlighter.highlight(language, text)) {
            Some(html) => self.push(&html),
            None => push_escaped(&mut self.out, text),
        }
        self.push("</code></pre>");
    }

    fn image(&mut self, image: &Image) {
        // Nothing is loaded from elsewhere, also where `[checks]` only warns of it.
        if resolve::is_elsewhere(&image.url) {
            return self.text(&image.alt);
        }
        let path = self.writer.site.resolved(image.span).map_or(image.url.as_str(), |resolved| &resolved.path);
        let (path, alt) = (escape(path), escape(&image.alt));
        let _ = write!(self.out, "<img src=\"{path}\" alt=\"{alt}\" loading=\"lazy\">");
    }

    fn text(&mut self, text: &str) {
        let set = self.typographer.set(text);
        push_escaped(&mut self.out, &set);
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        inlines.iter().for_each(|inline| self.inline(inline));
    }

    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text(text) => self.text(text),
            Inline::Code(code) => {
                self.push("<code>");
                push_escaped(&mut self.out, code);
                self.push("</code>");
                self.typographer.pass('x');
            }
            Inline::Emphasis(inner) => self.tagged("em", inner),
            Inline::Strong(inner) => self.tagged("strong", inner),
            Inline::Strike(inner) => self.tagged("s", inner),
            Inline::Link { span, url, title, content } => self.link(*span, url, title, content),
            Inline::Image(image) => self.image(image),
            Inline::Footnote(index) => self.footnote(*index),
            Inline::Reference(reference) => self.reference(reference),
            Inline::SoftBreak => {
                self.push("\n");
                self.typographer.pass(' ');
            }
            Inline::HardBreak => {
                self.push("<br>\n");
                self.typographer.pass(' ');
            }
            Inline::Html(html) => self.push(html),
        }
    }

    fn tagged(&mut self, tag: &str, inner: &[Inline]) {
        let _ = write!(self.out, "<{tag}>");
        self.inlines(inner);
        let _ = write!(self.out, "</{tag}>");
    }

    fn link(&mut self, span: Span, url: &str, title: &str, content: &[Inline]) {
        // A link that `[checks]` only warns of must still not run a script.
        if self.in_link || !resolve::is_allowed(url) || self.writer.site.has_vanished(span) {
            return self.inlines(content);
        }
        let path = self.writer.site.resolved(span).map_or(url, |resolved| &resolved.path);
        let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(title)) };
        let external =
            if path.starts_with("http://") || path.starts_with("https://") { " rel=\"external\"" } else { "" };
        let _ = write!(self.out, "<a href=\"{}\"{title}{external}>", escape(path));
        self.in_link = true;
        self.inlines(content);
        self.in_link = false;
        self.push("</a>");
    }

    fn reference(&mut self, reference: &Reference) {
        let resolved = self.writer.site.resolved(reference.span);
        let shown = self.writer.site.shown(reference);
        let Some(resolved) = resolved.filter(|_| !self.in_link) else { return self.text(&shown) };
        let kind = Kind::from_name(&reference.kind.value).map_or("", class_of);
        let external = if kind == "norm" { " rel=\"external\"" } else { "" };
        let path = escape(&resolved.path);
        let _ = write!(self.out, "<a class=\"ref ref-{kind}\" href=\"{path}\"{external}>");
        self.text(&shown);
        self.push("</a>");
    }

    fn footnote(&mut self, index: usize) {
        let number = index + 1;
        if self.in_link || self.lone {
            self.footnotes.insert(index);
            let _ = write!(self.out, "<sup>{number}</sup>");
            return;
        }
        // Only the first reference can be the one that the footnote leads back to.
        let first = self.writer.referred.borrow_mut().insert(index);
        let id = if first { format!(" id=\"fnref-{number}\"") } else { String::new() };
        let _ = write!(self.out, "<sup class=\"footnote-ref\"{id}><a href=\"#fn-{number}\">{number}</a></sup>");
    }
}

/// English name of a kind of reference, as used in class names.
pub(super) fn class_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Value => "value",
        Kind::Talk => "talk",
        Kind::Lab => "lab",
        Kind::Chapter => "chapter",
        Kind::Number => "number",
        Kind::Release => "release",
        Kind::Authority => "authority",
        Kind::Experience => "experience",
        Kind::Person => "person",
        Kind::Term => "term",
        Kind::Page => "page",
        Kind::Norm => "norm",
    }
}
