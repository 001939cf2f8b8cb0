//! The ways in which a word can be taken apart, and the best of them.

use std::cmp::Reverse;

use super::Lexicon;
use super::facts::parted_prefix;
use super::heads::{Head, may_follow};
use super::modifiers::{Kind, Modifier, derived};
use super::vocabulary::LONGEST;

/// How much doubt the parts of a word may bring together (`modifiers::doubt`): two that were seen in compounds alone
/// pass, or one of these behind the stem of a verb; two such with a word of three letters do not.
const MAX_DOUBT: u32 = 7;
/// Each part more is worth so much doubt: few long parts are likelier than many short ones.
const PART: u32 = 4;
/// Two ways that differ by less than this are equally good, and only what both share is taken.
const MARGIN: u32 = 2;
/// A word of more parts was not written by a human.
const MOST_PARTS: usize = 6;
/// So many ways are looked at, so that strings that nobody writes cost no time.
const MOST_WAYS: usize = 64;

/// A part of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Where it begins in the word, in bytes.
    pub at: usize,
    /// The part as it is given, in small letters.
    pub shown: String,
    /// Whether the site has it as a word, or it is a last part, of which it has forms.
    pub is_seen: bool,
    doubt: u32,
    count: u32,
}

/// What is asked of a word's last part.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Noun,
    Small,
}

/// The parts of a word in small letters, none if it has none or if they are not sure.
pub(super) fn split(lexicon: &Lexicon, word: &str) -> Vec<Piece> {
    if word.len() > LONGEST || lexicon.words.is_verbal(word) {
        return Vec::new();
    }
    let is_small = lexicon.words.is_small(word);
    let nouns = if is_small { Vec::new() } else { best(ways(lexicon, word, Wanted::Noun)) };
    if nouns.is_empty() { best(ways(lexicon, word, Wanted::Small)) } else { nouns }
}

fn ways(lexicon: &Lexicon, word: &str, wanted: Wanted) -> Vec<Vec<Piece>> {
    let heads = vec![None; word.len()];
    let mut search = Search { lexicon, word, wanted, heads, pieces: Vec::new(), ways: Vec::new() };
    search.go(0, None);
    let mut ways = search.ways;
    if wanted == Wanted::Small
        && let Some((prefix, rest)) = parted_prefix(word)
        && (rest.starts_with("ge") || rest.starts_with("zu"))
    {
        // „zugelassen“ is no „Zuge“ with something behind it.
        ways.retain(|way| way.iter().all(|piece| piece.at != prefix.len() + 2));
    }
    ways
}

/// A walk through all ways to take a word apart.
struct Search<'a> {
    lexicon: &'a Lexicon,
    word: &'a str,
    wanted: Wanted,
    /// By byte: what begins there as a last part, once it was asked.
    heads: Vec<Option<Option<Head>>>,
    pieces: Vec<Piece>,
    ways: Vec<Vec<Piece>>,
}

impl Search<'_> {
    fn go(&mut self, at: usize, before: Option<Kind>) {
        if self.ways.len() >= MOST_WAYS || self.pieces.len() >= MOST_PARTS {
            return;
        }
        if let Some(kind) = before
            && let Some(head) = self.head(at).filter(|&head| may_follow(head, kind) && self.may_end(kind))
        {
            self.end(at, head);
        }
        let rest = &self.word[at..];
        for (length, _) in rest.char_indices().skip(3) {
            if let Some(modifier) = self.lexicon.modifiers.get(&rest[..length]) {
                self.step(at, length, modifier.clone());
            } else if let Some(modifier) = derived(&rest[..length]) {
                self.step(at, length, modifier);
            }
        }
    }

    /// Goes on behind a first part.
    fn step(&mut self, at: usize, length: usize, modifier: Modifier) {
        let is_seen = modifier.kind != Kind::Bound || self.lexicon.words.noun(&modifier.shown).is_some();
        self.pieces.push(Piece { at, shown: modifier.shown, is_seen, doubt: modifier.doubt, count: modifier.count });
        if doubt_of(&self.pieces) <= MAX_DOUBT {
            self.go(at + length, Some(modifier.kind));
        }
        self.pieces.pop();
    }

    /// Stems of verbs stand before nouns alone: „angehalten“ is not „angeh-alten“.
    fn may_end(&self, before: Kind) -> bool {
        self.wanted == Wanted::Noun || before != Kind::Verb
    }

    fn head(&mut self, at: usize) -> Option<Head> {
        let (words, heads, end) = (&self.lexicon.words, &self.lexicon.heads, &self.word[at..]);
        let wanted = self.wanted;
        *self.heads[at].get_or_insert_with(|| match wanted {
            Wanted::Noun => heads.noun(words, end),
            Wanted::Small => heads.small(words, end),
        })
    }

    fn end(&mut self, at: usize, head: Head) {
        let mut way = self.pieces.clone();
        way.push(Piece { at, shown: self.word[at..].to_owned(), is_seen: true, doubt: head.doubt, count: head.count });
        if doubt_of(&way) <= MAX_DOUBT {
            self.ways.push(way);
        }
    }
}

fn doubt_of(way: &[Piece]) -> u32 {
    way.iter().map(|piece| piece.doubt).sum()
}

fn cost(way: &[Piece]) -> u32 {
    doubt_of(way) + way.iter().map(|_| PART).sum::<u32>()
}

/// The product of the parts' counts: of ways with as many parts it is in the order of their geometric means.
fn product(way: &[Piece]) -> u128 {
    way.iter().fold(1, |product, piece| product.saturating_mul(u128::from(piece.count.max(1))))
}

fn has_cuts(way: &[Piece], other: &[Piece]) -> bool {
    other.iter().all(|piece| way.iter().any(|own| own.at == piece.at))
}

/// The best way. Is another as good and cuts elsewhere, a way with the cuts of both goes before them; is there none,
/// only the parts that both have are left.
fn best(mut ways: Vec<Vec<Piece>>) -> Vec<Piece> {
    let starts = |way: &[Piece]| way.iter().map(|piece| piece.at).collect::<Vec<_>>();
    ways.sort_by_cached_key(|way| (cost(way), Reverse(product(way)), starts(way)));
    let Some(best) = ways.first().cloned() else { return Vec::new() };
    let limit = cost(&best) + MARGIN;
    let rivals = ways.iter().filter(|way| cost(way) <= limit && !has_cuts(way, &best) && !has_cuts(&best, way));
    let Some(rival) = rivals.into_iter().next() else { return best };
    let finest = ways.iter().find(|way| has_cuts(way, &best) && has_cuts(way, rival));
    match finest {
        Some(way) => way.clone(),
        None => best.iter().filter(|piece| rival.contains(piece)).cloned().collect(),
    }
}
