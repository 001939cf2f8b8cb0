//! Texts as sequences of [`Token`]s: the smallest things a comparison of two texts speaks of.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::markdown::{Block, BlockKind, Footnote, Image, Inline, Item, Reference, plain};
use crate::reference::Kind;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// A word or a number (Unicode word boundaries, UAX 29).
    Word,
    /// Anything else that is seen: punctuation and symbols.
    Punctuation,
    /// A piece of program text: a span, or a line of a block.
    Code,
    /// A cross-reference without a text of its own; `text` is what it shows.
    Reference,
    /// Where a link, an image or a cross-reference leads, or its title in quotation marks; not seen in the text.
    Target,
    /// The beginning or end of emphasis; not seen in the text.
    Mark,
    /// The end of a paragraph, item or cell inside a unit; seen as a line feed, between cells as ` | `.
    Break,
}

/// The key of the break between two cells.
const CELL: &str = "|";
/// The keys of what a footnote begins and ends with.
const FOOTNOTE: (&str, &str) = ("[^", "^]");
/// Footnotes that refer to footnotes are followed so deep.
const FOOTNOTE_DEPTH: usize = 8;

/// A token. Two are equal if kind and `key` are; the white space before them means nothing.
#[derive(Debug, Clone)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// What is seen, without white space around it; empty for what is not seen.
    pub text: String,
    /// What is compared: the text in NFC, or the target.
    pub key: String,
    /// Whether white space parts it from the token before.
    pub spaced: bool,
}

impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind && self.key == other.key
    }
}

impl Eq for Token {}

impl std::hash::Hash for Token {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.kind, &self.key).hash(state);
    }
}

impl Token {
    /// Whether it counts as a word where words are counted.
    pub fn is_word(&self) -> bool {
        matches!(self.kind, TokenKind::Word | TokenKind::Code | TokenKind::Reference)
    }

    /// Whether it parts two cells of a row.
    pub fn parts_cells(&self) -> bool {
        self.kind == TokenKind::Break && self.key == CELL
    }

    /// Whether a footnote begins or ends with it.
    pub fn bounds_footnote(&self) -> bool {
        self.kind == TokenKind::Punctuation && (self.key == FOOTNOTE.0 || self.key == FOOTNOTE.1)
    }

    /// What plain text shows of a break.
    pub fn shown_break(&self) -> &'static str {
        if self.parts_cells() { " | " } else { "\n" }
    }
}

/// The text that tokens show.
pub fn text(tokens: &[Token]) -> String {
    let mut out = String::new();
    for token in tokens {
        if token.kind == TokenKind::Break {
            out.push_str(token.shown_break());
            continue;
        }
        if token.spaced && !token.text.is_empty() && !out.is_empty() && !out.ends_with([' ', '\n']) {
            out.push(' ');
        }
        out.push_str(&token.text);
    }
    out
}

/// Soft hyphens, zero-width spaces and joiners: where a line may or may not end.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Says what a cross-reference without a text of its own shows.
pub type Titles<'a> = &'a dyn Fn(&Reference) -> String;

/// Turns pieces of one document into tokens.
pub struct Tokenizer<'a> {
    footnotes: &'a [Footnote],
    titles: Titles<'a>,
    tokens: Vec<Token>,
    spaced: bool,
    /// Footnotes whose text is among the tokens.
    told: Vec<usize>,
    /// How many footnotes the place is inside of.
    depth: usize,
}

impl<'a> Tokenizer<'a> {
    /// A tokenizer for pieces of a document with these footnotes.
    pub fn new(footnotes: &'a [Footnote], titles: Titles<'a>) -> Self {
        Self { footnotes, titles, tokens: Vec::new(), spaced: false, told: Vec::new(), depth: 0 }
    }

    /// The tokens of running text.
    pub fn inlines(mut self, inlines: &[Inline]) -> Vec<Token> {
        self.push_inlines(inlines);
        self.tokens
    }

    /// The tokens of a block.
    pub fn block(mut self, block: &Block) -> Vec<Token> {
        self.push_block(block);
        self.tokens
    }

    /// The tokens of blocks, one after the other.
    pub fn blocks(mut self, blocks: &[Block]) -> Vec<Token> {
        self.push_blocks(blocks);
        self.tokens
    }

    /// The tokens of a list's item, with all that is inside.
    pub fn item(mut self, item: &Item) -> Vec<Token> {
        self.push_item(item);
        self.tokens
    }

    /// The tokens of terms with their definitions.
    pub fn definition(mut self, definition: &crate::markdown::Definition) -> Vec<Token> {
        self.push_definition(definition);
        self.tokens
    }

    /// The tokens of a table's row.
    pub fn row(mut self, cells: &[Vec<Inline>]) -> Vec<Token> {
        self.push_row(cells);
        self.tokens
    }

    fn push_row(&mut self, cells: &[Vec<Inline>]) {
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                self.push(TokenKind::Break, CELL);
            }
            self.push_inlines(cell);
        }
    }

    fn push_blocks(&mut self, blocks: &[Block]) {
        for (at, block) in blocks.iter().enumerate() {
            if at > 0 {
                self.push(TokenKind::Break, "¶");
            }
            self.push_block(block);
        }
    }

    fn push_block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => self.push_inlines(content),
            BlockKind::Rule => {}
            BlockKind::List(list) => {
                for (at, item) in list.items.iter().enumerate() {
                    if at > 0 {
                        self.push(TokenKind::Break, "•");
                    }
                    self.push_item(item);
                }
            }
            BlockKind::DefinitionList(definitions) => {
                for (at, definition) in definitions.iter().enumerate() {
                    if at > 0 {
                        self.push(TokenKind::Break, "¶");
                    }
                    self.push_definition(definition);
                }
            }
            BlockKind::Table(table) => {
                self.push_row(&table.header);
                for row in &table.rows {
                    self.push(TokenKind::Break, "¶");
                    self.push_row(&row.cells);
                }
            }
            BlockKind::Quote(content) => self.push_blocks(content),
            BlockKind::Callout { title, content, .. } => {
                self.push_inlines(title);
                if !title.is_empty() && !content.is_empty() {
                    self.push(TokenKind::Break, "¶");
                }
                self.push_blocks(content);
            }
            BlockKind::Code { text, .. } => self.push_code_lines(text),
            BlockKind::Figure(image) => self.push_image(image, true),
            BlockKind::Html(html) => {
                self.push_text(&plain::block(block, self.footnotes));
                self.push_keyed(TokenKind::Mark, "", html.trim());
            }
        }
    }

    fn push_item(&mut self, item: &Item) {
        if let Some(checked) = item.checked {
            self.push(TokenKind::Punctuation, if checked { "☑" } else { "☐" });
            self.spaced = true;
        }
        self.push_blocks(&item.content);
    }

    fn push_definition(&mut self, definition: &crate::markdown::Definition) {
        for (at, term) in definition.terms.iter().enumerate() {
            if at > 0 {
                self.push(TokenKind::Break, "¶");
            }
            self.push_inlines(term);
        }
        for details in &definition.details {
            self.push(TokenKind::Break, ":");
            self.push_blocks(details);
        }
    }

    fn push_code_lines(&mut self, text: &str) {
        for (at, line) in text.trim_end().split('\n').enumerate() {
            if at > 0 {
                self.push(TokenKind::Break, "↵");
            }
            self.push_keyed(TokenKind::Code, line, line);
        }
    }

    fn push_inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.push_text(text),
                Inline::Code(code) => self.push(TokenKind::Code, code),
                Inline::Emphasis(inner) => self.push_marked("em", inner),
                Inline::Strong(inner) => self.push_marked("strong", inner),
                Inline::Strike(inner) => self.push_marked("del", inner),
                Inline::Link { url, title, content, .. } => {
                    self.push_inlines(content);
                    self.push_keyed(TokenKind::Target, "", url);
                    self.push_title(title);
                }
                Inline::Image(image) => self.push_image(image, false),
                Inline::Footnote(index) => self.push_footnote(*index),
                Inline::Reference(reference) => self.push_reference(reference),
                Inline::SoftBreak => self.spaced = true,
                Inline::HardBreak => self.push(TokenKind::Break, "⏎"),
                Inline::Html(html) => self.push_keyed(TokenKind::Mark, "", html),
            }
        }
    }

    fn push_marked(&mut self, mark: &str, inner: &[Inline]) {
        self.push_keyed(TokenKind::Mark, "", mark);
        self.push_inlines(inner);
        let spaced = std::mem::take(&mut self.spaced);
        self.push_keyed(TokenKind::Mark, "", &format!("/{mark}"));
        self.spaced = spaced;
    }

    fn push_image(&mut self, image: &Image, with_caption: bool) {
        self.push_text(&image.alt);
        if with_caption && !image.title.is_empty() {
            self.push(TokenKind::Break, "¶");
            self.push_text(&image.title);
        }
        self.push_keyed(TokenKind::Target, "", &image.url);
        if !with_caption {
            self.push_title(&image.title);
        }
    }

    /// The title of a link or picture, which is seen only where a pointer rests on it.
    fn push_title(&mut self, title: &str) {
        if !title.is_empty() {
            self.push_keyed(TokenKind::Target, "", &format!("„{title}“"));
        }
    }

    /// The text of a footnote where it is referred to first, later a mark.
    fn push_footnote(&mut self, index: usize) {
        let Some(footnote) = self.footnotes.get(index).filter(|_| self.depth < FOOTNOTE_DEPTH) else { return };
        self.spaced = true;
        self.push_keyed(TokenKind::Punctuation, "[", FOOTNOTE.0);
        if !self.told.contains(&index) {
            self.told.push(index);
            self.depth += 1;
            self.push_blocks(&footnote.content);
            self.depth -= 1;
        } else {
            self.push(TokenKind::Punctuation, "↑");
        }
        self.spaced = false;
        self.push_keyed(TokenKind::Punctuation, "]", FOOTNOTE.1);
    }

    fn push_reference(&mut self, reference: &Reference) {
        // A kind has a German and an English name; both mean the same.
        let written = reference.kind.value.as_str();
        let kind = Kind::from_name(written).map_or(written, |kind| kind.name());
        let target = format!("{kind}:{}", reference.target.value);
        match &reference.text {
            Some(text) => {
                self.push_text(text);
                self.push_keyed(TokenKind::Target, "", &target);
            }
            None => {
                let shown = (self.titles)(reference);
                self.push_keyed(TokenKind::Reference, &shown, &target);
            }
        }
    }

    fn push_text(&mut self, text: &str) {
        // A narrow no-break space would make one word of two (UAX 29 counts it to the words).
        let clean: String =
            text.nfc().filter(|&c| !is_hidden(c)).map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
        for piece in clean.split_word_bounds() {
            if piece.chars().all(char::is_whitespace) {
                self.spaced = true;
            } else {
                let word = piece.chars().any(char::is_alphanumeric);
                self.push(if word { TokenKind::Word } else { TokenKind::Punctuation }, piece);
            }
        }
    }

    fn push(&mut self, kind: TokenKind, text: &str) {
        let shown = if kind == TokenKind::Break { "" } else { text };
        self.push_keyed(kind, shown, text);
    }

    fn push_keyed(&mut self, kind: TokenKind, text: &str, key: &str) {
        let hidden = matches!(kind, TokenKind::Mark | TokenKind::Target);
        let spaced = self.spaced && !hidden;
        if !hidden {
            self.spaced = false;
        }
        self.tokens.push(Token { kind, text: text.to_owned(), key: key.to_owned(), spaced });
    }
}
