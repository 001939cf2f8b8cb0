//! Real text changed at random, with known truth: which block of the new text came from which of the old.

use std::collections::BTreeSet;

use leitwerk::align::{self, Thresholds};
use leitwerk::markdown::BlockKind;
use leitwerk::release_text::ReleaseText;

use super::generate::{Random, document, release_text};
use super::texts::Chapter;

/// A text in pieces.
#[derive(Debug, Clone)]
pub struct Text {
    parts: Vec<Part>,
    /// Paragraphs held out of the text, to be inserted as new ones: of the same authors on the same subject.
    spare: Vec<String>,
}

#[derive(Debug, Clone)]
struct Part {
    slug: String,
    title: String,
    pieces: Vec<Piece>,
}

/// A top-level block.
#[derive(Debug, Clone)]
struct Piece {
    markdown: String,
    kind: Kind,
    /// Blocks of the unchanged text that go on in it.
    origins: Vec<usize>,
    /// Whether something was done to it.
    touched: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Paragraph,
    /// Another block with a number.
    Other,
    /// A heading or a rule.
    Unnumbered,
}

/// What is done to a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edit {
    Move,
    Swap,
    Split,
    Join,
    Reword,
    Delete,
    Insert,
    /// Another paragraph in the place of one.
    Replace,
}

impl Edit {
    /// Every edit.
    pub const ALL: [Edit; 8] =
        [Edit::Move, Edit::Swap, Edit::Split, Edit::Join, Edit::Reword, Edit::Delete, Edit::Insert, Edit::Replace];
}

/// How much of the truth was found. Links are counted of blocks that something was done to; and all that are wrong.
#[derive(Debug, Clone, Copy, Default)]
pub struct Score {
    /// Links found that are true.
    pub right: usize,
    /// Links found.
    pub found: usize,
    /// Links that are true.
    pub owed: usize,
}

impl Score {
    /// Adds another count.
    pub fn add(&mut self, other: Score) {
        self.right += other.right;
        self.found += other.found;
        self.owed += other.owed;
    }

    /// Share of the links found that are true.
    pub fn precision(&self) -> f64 {
        self.right as f64 / self.found.max(1) as f64
    }

    /// Share of the true links that were found.
    pub fn recall(&self) -> f64 {
        self.right as f64 / self.owed.max(1) as f64
    }
}

/// Every so many paragraphs one is held out.
const HELD_OUT: usize = 9;
/// Words of a paragraph that is edited; shorter ones have no identity of their own.
const LEAST_WORDS: usize = 12;

impl Text {
    /// Cuts chapters into pieces.
    pub fn new(chapters: &[Chapter]) -> Self {
        let (mut spare, mut seen, mut blocks) = (Vec::new(), 0, 0);
        let mut parts = Vec::new();
        for (slug, title, markdown) in chapters {
            let mut pieces = Vec::new();
            for block in document(markdown).blocks {
                let text = without_id(&markdown[block.span.start..block.span.end]);
                let kind = match block.kind {
                    BlockKind::Paragraph(_) if text.split_whitespace().count() >= LEAST_WORDS => Kind::Paragraph,
                    _ if block.is_numbered() => Kind::Other,
                    _ => Kind::Unnumbered,
                };
                seen += usize::from(kind == Kind::Paragraph);
                if kind == Kind::Paragraph && seen % HELD_OUT == 0 {
                    spare.push(text);
                    continue;
                }
                let origins = if kind == Kind::Unnumbered { Vec::new() } else { vec![blocks] };
                blocks += origins.len();
                pieces.push(Piece { markdown: text, kind, origins, touched: false });
            }
            parts.push(Part { slug: slug.clone(), title: title.clone(), pieces });
        }
        Self { parts, spare }
    }

    /// The text as it is compared.
    pub fn release(&self) -> ReleaseText {
        let chapter = |part: &Part| {
            // A comment parts lists that would be one otherwise.
            let pieces: Vec<&str> = part.pieces.iter().map(|piece| piece.markdown.as_str()).collect();
            (part.slug.clone(), part.title.clone(), pieces.join("\n\n<!-- -->\n\n") + "\n")
        };
        release_text(&self.parts.iter().map(chapter).collect::<Vec<_>>())
    }

    /// The numbered pieces in order.
    fn blocks(&self) -> Vec<&Piece> {
        self.parts.iter().flat_map(|part| &part.pieces).filter(|piece| piece.kind != Kind::Unnumbered).collect()
    }

    /// The text after edits at random places.
    pub fn edited(&self, edits: &[Edit], random: &mut Random) -> Self {
        let mut text = self.clone();
        for edit in edits {
            text.apply(*edit, random);
        }
        text
    }

    fn apply(&mut self, edit: Edit, random: &mut Random) {
        let Some((part, at)) = self.paragraph(random) else { return };
        self.parts[part].pieces[at].touched = true;
        match edit {
            Edit::Move => {
                let piece = self.parts[part].pieces.remove(at);
                self.put(piece, random);
            }
            Edit::Swap => {
                let pieces = &mut self.parts[part].pieces;
                if at + 1 < pieces.len() {
                    pieces.swap(at, at + 1);
                }
            }
            Edit::Split => self.split(part, at),
            Edit::Join => self.join(part, at),
            Edit::Reword => {
                let words = self.words();
                let text = &mut self.parts[part].pieces[at].markdown;
                *text = reworded(text, &words, random);
            }
            Edit::Delete => drop(self.parts[part].pieces.remove(at)),
            Edit::Insert | Edit::Replace => {
                let Some(new) = self.spare.pop() else { return };
                let piece = Piece { markdown: new, kind: Kind::Paragraph, origins: Vec::new(), touched: true };
                if edit == Edit::Replace {
                    self.parts[part].pieces[at] = piece;
                } else {
                    self.parts[part].pieces.insert(at, piece);
                }
            }
        }
    }

    /// A paragraph.
    fn paragraph(&self, random: &mut Random) -> Option<(usize, usize)> {
        let places: Vec<(usize, usize)> = self
            .parts
            .iter()
            .enumerate()
            .flat_map(|(part, content)| (0..content.pieces.len()).map(move |at| (part, at)))
            .filter(|&(part, at)| self.parts[part].pieces[at].kind == Kind::Paragraph)
            .collect();
        (!places.is_empty()).then(|| *random.one(&places))
    }

    fn put(&mut self, piece: Piece, random: &mut Random) {
        let part = random.below(self.parts.len());
        let pieces = &mut self.parts[part].pieces;
        let at = random.below(pieces.len() + 1);
        pieces.insert(at, piece);
    }

    fn split(&mut self, part: usize, at: usize) {
        let pieces = &mut self.parts[part].pieces;
        if let Some((first, second)) = super::edits::halves(&pieces[at].markdown) {
            let rest = Piece { markdown: second, ..pieces[at].clone() };
            pieces[at].markdown = first;
            pieces.insert(at + 1, rest);
        }
    }

    fn join(&mut self, part: usize, at: usize) {
        let pieces = &mut self.parts[part].pieces;
        if pieces.get(at + 1).is_some_and(|next| next.kind == Kind::Paragraph) {
            let next = pieces.remove(at + 1);
            pieces[at].markdown = format!("{} {}", pieces[at].markdown, next.markdown);
            pieces[at].origins.extend(next.origins);
        }
    }

    fn words(&self) -> Vec<String> {
        let paragraphs = self.parts.iter().flat_map(|part| &part.pieces).filter(|p| p.kind == Kind::Paragraph);
        let words = paragraphs.flat_map(|piece| piece.markdown.split_whitespace());
        words.filter(|word| word.chars().all(char::is_alphabetic)).map(ToOwned::to_owned).collect()
    }
}

/// A text in which one to six of ten words are others.
fn reworded(text: &str, words: &[String], random: &mut Random) -> String {
    let share = 1 + random.below(6);
    let word = |word: &str, random: &mut Random| match word.chars().all(char::is_alphabetic) {
        true if random.below(10) < share => random.one(words).clone(),
        _ => word.to_owned(),
    };
    text.split(' ').map(|old| word(old, random)).collect::<Vec<_>>().join(" ")
}

/// A block without an author's id, which would say what the text is to say.
fn without_id(markdown: &str) -> String {
    let text = markdown.trim_end();
    let start = text.rfind("{#").filter(|_| text.ends_with('}'));
    start.map_or(text, |start| text[..start].trim_end()).to_owned()
}

/// Pairs a text with its changed form and compares the links between blocks with the truth. Blocks that nothing was done
/// to are left out where they are paired right.
pub fn judge(old: &Text, new: &Text, language: &str, thresholds: Thresholds) -> Score {
    let (from, to) = (old.release(), new.release());
    let pieces = new.blocks();
    assert_eq!(from.blocks.len(), old.blocks().len(), "each piece of the old text is one block");
    assert_eq!(to.blocks.len(), pieces.len(), "each piece of the new text is one block");
    let pairing = align::align_by(&from, &to, &[], language, thresholds);
    let block = |text: &ReleaseText, unit: usize| text.units[unit].block;
    // Of blocks that say the same word for word either is right.
    let old_pieces = old.blocks();
    let first = |from: usize| old_pieces.iter().position(|piece| piece.markdown == old_pieces[from].markdown);
    let links = pairing.links.iter().filter_map(|link| Some((block(&from, link.from)?, block(&to, link.to)?)));
    let found: BTreeSet<(usize, usize)> = links.filter_map(|(from, to)| Some((first(from)?, to))).collect();
    let origins = pieces.iter().enumerate().flat_map(|(to, piece)| piece.origins.iter().map(move |&from| (from, to)));
    let all: BTreeSet<(usize, usize)> = origins.filter_map(|(from, to)| Some((first(from)?, to))).collect();
    let owed: BTreeSet<(usize, usize)> = all.iter().filter(|(_, to)| pieces[*to].touched).copied().collect();
    let found: BTreeSet<(usize, usize)> =
        found.into_iter().filter(|link| owed.contains(link) || !all.contains(link)).collect();
    Score { right: found.intersection(&owed).count(), found: found.len(), owed: owed.len() }
}
