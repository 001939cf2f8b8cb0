//! Makes releases: chapters of headings, paragraphs, lists, tables and quotations from words that look German.

use leitwerk::align::{self, Pairing};
use leitwerk::changes::{self, Changes};
use leitwerk::load::Body;
use leitwerk::markdown::{self, Document};
use leitwerk::number::Side;
use leitwerk::release_text::ReleaseText;
use leitwerk::source::Files;
use proptest::prelude::*;

/// A source of numbers that are the same on every machine (SplitMix64).
#[derive(Debug, Clone)]
pub struct Random(pub u64);

impl Random {
    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap()
    }

    /// One of `all`.
    pub fn one<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }
}

const BEGINNINGS: &[&str] =
    &["Ver", "Be", "Ent", "Auf", "Über", "Vor", "Zu", "Um", "An", "Er", "Durch", "Ge", "Mit", "Ein", "Aus", "Nach"];
const MIDDLES: &[&str] = &[
    "wal", "ar", "schei", "sicht", "prü", "trag", "dat", "mess", "fäll", "größ", "rech", "füh", "stel", "neh", "ord",
    "weis", "mach", "schluss", "gab", "teil",
];
const ENDS: &[&str] = &["tung", "beit", "dung", "en", "ung", "heit", "keit", "nis", "er", "ern", "lich", "sam"];
const SMALL: &[&str] = &["die", "der", "und", "in", "muss", "soll", "kann", "nicht", "ein", "mit", "von", "für", "ist"];

/// How many different words a text is made of.
#[derive(Debug, Clone, Copy)]
pub enum Vocabulary {
    /// Thousands: two texts of some length are never alike by chance.
    Rich,
    /// Millions: a sixth of the words are compounds of two, as in German text, where new words never end.
    Large,
    /// A handful: texts are alike, or the same, all the time.
    Poor,
}

/// One word.
pub fn word(random: &mut Random, vocabulary: Vocabulary) -> String {
    match vocabulary {
        Vocabulary::Poor => ["Frist", "Amt", "Daten", "und", "Prüfung"][random.below(5)].to_owned(),
        Vocabulary::Large if random.below(6) == 0 => {
            let (first, second) = (word(random, Vocabulary::Rich), word(random, Vocabulary::Rich));
            first + &second.to_lowercase()
        }
        Vocabulary::Large => word(random, Vocabulary::Rich),
        Vocabulary::Rich if random.below(3) == 0 => (*random.one(SMALL)).to_owned(),
        Vocabulary::Rich => {
            let (begin, middle, end) = (random.one(BEGINNINGS), random.one(MIDDLES), random.one(ENDS));
            format!("{begin}{middle}{end}")
        }
    }
}

/// A sentence of `words` words.
pub fn sentence(random: &mut Random, vocabulary: Vocabulary, words: usize) -> String {
    let words: Vec<String> = (0..words.max(1)).map(|_| word(random, vocabulary)).collect();
    words.join(" ") + "."
}

/// A paragraph of sentences with at least `least` words.
pub fn paragraph(random: &mut Random, vocabulary: Vocabulary, least: usize) -> String {
    let mut sentences = Vec::new();
    let mut words = 0;
    while words < least.max(1) {
        let more = (6 + random.below(9)).min(least.max(1));
        sentences.push(sentence(random, vocabulary, more));
        words += more;
    }
    sentences.join(" ")
}

/// A top-level block.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    Heading(String),
    Paragraph(String),
    List(Vec<String>),
    Table(Vec<[String; 2]>),
    Quote(String),
}

impl Piece {
    /// A block with text from `random`.
    pub fn new(kind: u8, random: &mut Random, vocabulary: Vocabulary) -> Self {
        let short = matches!(vocabulary, Vocabulary::Poor);
        let least = if short { 1 + random.below(6) } else { 15 + random.below(40) };
        let some = 2 + random.below(3);
        match kind % 10 {
            0 | 1 => Piece::Heading(sentence(random, vocabulary, 3).trim_end_matches('.').to_owned()),
            2 | 3 => Piece::List((0..some).map(|_| paragraph(random, vocabulary, least / 2)).collect()),
            4 => {
                let row = |_| [word(random, vocabulary), paragraph(random, vocabulary, least / 2)];
                Piece::Table((0..some).map(row).collect())
            }
            5 => Piece::Quote(paragraph(random, vocabulary, least)),
            _ => Piece::Paragraph(paragraph(random, vocabulary, least)),
        }
    }

    pub fn markdown(&self) -> String {
        match self {
            Piece::Heading(text) => format!("## {text}\n"),
            Piece::Paragraph(text) => format!("{text}\n"),
            // A comment parts two lists that follow each other; Markdown would make one of them.
            Piece::List(items) => format!("- {}\n\n<!-- -->\n", items.join("\n- ")),
            Piece::Table(rows) => {
                let lines = rows.iter().map(|[a, b]| format!("| {a} | {b} |\n"));
                let mut lines: Vec<String> = lines.collect();
                lines.insert(1, "| --- | --- |\n".to_owned());
                lines.concat()
            }
            Piece::Quote(text) => format!("> {text}\n\n<!-- -->\n"),
        }
    }
}

/// A chapter.
#[derive(Debug, Clone, PartialEq)]
pub struct Chapter {
    pub slug: String,
    pub title: String,
    pub pieces: Vec<Piece>,
}

/// A release.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Release(pub Vec<Chapter>);

/// The tree of a Markdown text.
pub fn document(text: &str) -> Document {
    let file = Files::default().add("chapter.md", text);
    markdown::parse_text(text, Body { file, start: 0 }).0
}

/// The text of chapters given as slug, title and Markdown.
pub fn release_text(chapters: &[(String, String, String)]) -> ReleaseText {
    let documents: Vec<Document> = chapters.iter().map(|(_, _, text)| document(text)).collect();
    let named = chapters.iter().zip(&documents);
    ReleaseText::of_documents(named.map(|((slug, title, _), document)| (slug.as_str(), title.as_str(), document)))
}

impl Release {
    /// The text as it is compared.
    pub fn text(&self) -> ReleaseText {
        let chapters = self.0.iter().map(|chapter| {
            let markdown: Vec<String> = chapter.pieces.iter().map(Piece::markdown).collect();
            (chapter.slug.clone(), chapter.title.clone(), markdown.join("\n"))
        });
        release_text(&chapters.collect::<Vec<_>>())
    }

    /// The number of top-level blocks.
    pub fn len(&self) -> usize {
        self.0.iter().map(|chapter| chapter.pieces.len()).sum()
    }

    /// Chapter and place of the block `at`, counted through all chapters and taken modulo their number.
    pub fn place(&self, at: usize) -> Option<(usize, usize)> {
        let mut at = at.checked_rem(self.len())?;
        for (chapter, content) in self.0.iter().enumerate() {
            if at < content.pieces.len() {
                return Some((chapter, at));
            }
            at -= content.pieces.len();
        }
        None
    }
}

/// A chapter with text from `random`.
pub fn chapter(kinds: &[u8], random: &mut Random, vocabulary: Vocabulary) -> Chapter {
    let title = sentence(random, Vocabulary::Rich, 2).trim_end_matches('.').to_owned();
    let slug = format!("kapitel-{}", random.next() % 100_000);
    let pieces = kinds.iter().map(|&kind| Piece::new(kind, random, vocabulary)).collect();
    Chapter { slug, title, pieces }
}

/// Releases of a few short chapters.
pub fn release(vocabulary: Vocabulary) -> impl Strategy<Value = Release> {
    let kinds = proptest::collection::vec(any::<u8>(), 0..8);
    let chapters = proptest::collection::vec((kinds, any::<u64>()), 1..4);
    chapters.prop_map(move |chapters| {
        let make = |(at, (kinds, seed)): (usize, (Vec<u8>, u64))| {
            let made = chapter(&kinds, &mut Random(seed), vocabulary);
            Chapter { slug: format!("kapitel-{at}-{}", seed % 1_000), ..made }
        };
        Release(chapters.into_iter().enumerate().map(make).collect())
    })
}

/// One side of a comparison.
pub fn side(text: &ReleaseText) -> Side<'_> {
    Side { text, numbers: &[] }
}

/// Pairs two texts, in German.
pub fn pair(old: &ReleaseText, new: &ReleaseText) -> Pairing {
    align::align(old, new, &[], "de")
}

/// Pairs and compares two texts.
pub fn compare(old: &ReleaseText, new: &ReleaseText) -> Changes {
    changes::compare(side(old), side(new), &pair(old, new), &[])
}
