//! German compounds taken apart by the words of the site itself, so that „Qualität“ finds „Datenqualität“.
//!
//! **Method.** The words of the texts are counted. What is capital inside sentences is a noun; adjectives and verbs are
//! known by their forms. A compound is a row of first parts (nouns with their linking elements, shortened nouns,
//! adjectives, stems of verbs) and a last part (a noun, in any of its forms). Of all ways to read a word so the one
//! with the fewest and surest parts is taken; ties go to the highest geometric mean of how often the parts occur, after
//! P. Koehn and K. Knight, „Empirical Methods for Compound Splitting“, EACL 2003. Is another way as good, only what
//! both share is given: a wrong part is worse than a missing one.
//!
//! Parts that the site never uses alone are learned from its compounds. The thought, though not the means (a thesaurus
//! of words in like contexts), is that of M. Riedl and C. Biemann, „Unsupervised Compound Splitting With Distributional
//! Semantics Rivals Supervised Methods“, NAACL 2016: an end that stands behind different known words is a word, and so
//! is a beginning that stands before such. Behind `-ungs`, `-keits` and the like one partner is enough. Forms of the
//! first part are undone as in M. Weller-Di Marco, „Simple Compound Splitting for German“, MWE 2017, though by the
//! site's words and not by a tagger's. Is the first part unknown, a last one that is long or common is given alone.
//!
//! Verbs and their nouns are given without a separable prefix too („Abschätzung“, „Schätzung“), unless the verb behind
//! it means so little that the prefix makes another of it („Herstellung“ is not given as „Stellung“).
//!
//! **Limits.** It knows what the texts know: a compound whose parts occur nowhere else stays whole, and a word of three
//! letters that was seen once is no part. It reads forms, not meanings: „Haushalt“ is `Haus` and `Halt`. Nouns with a
//! prefix are left whole („Beirat“, „Umwelt“). English words in German texts are nouns like others, so that „Feedback“
//! may be `Feed` and `Back` where both occur. Participles with `ge` („abgeschätzt“) have no parts.

mod bound;
mod ends;
mod facts;
mod heads;
mod modifiers;
mod prefixes;
mod reading;
mod split;
mod vocabulary;

use std::collections::HashSet;

use heads::Heads;
use modifiers::Modifiers;
use split::Piece;
use vocabulary::{Vocabulary, is_capital};

/// The words of a site, by which its compounds are taken apart.
pub struct Lexicon {
    words: Vocabulary,
    modifiers: Modifiers,
    heads: Heads,
}

impl Lexicon {
    /// Learns the words of texts (plain text, any order; the same texts give the same lexicon whatever their order).
    pub fn learn<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let words = Vocabulary::read(texts);
        let modifiers = modifiers::modifiers(&words);
        let mut lexicon = Self { words, modifiers, heads: Heads::default() };
        bound::learn(&mut lexicon);
        lexicon
    }

    /// The parts by which a word is found too, in the order in which they stand in it, longer ones before their own
    /// parts; empty where it has none. Parts of a capital word are capital, those of another small; case does not
    /// matter otherwise. A first part is given as the lexicon has it („Sprachmodell“: `Sprache`), the last one as it
    /// stands („Datenqualitäten“: `Qualitäten`).
    pub fn parts(&self, word: &str) -> Vec<String> {
        let word = reading::cleaned(word);
        let mut parts = Vec::new();
        if word.contains(reading::is_hyphen) {
            self.push_hyphened(&word, &mut parts);
        } else {
            self.push_parts(&word, &mut parts);
        }
        let mut seen = HashSet::from([word.to_lowercase()]);
        parts.retain(|part| seen.insert(part.to_lowercase()));
        parts
    }

    /// Adds the pieces between hyphens, what neighbouring ones are together, and their parts.
    fn push_hyphened(&self, word: &str, parts: &mut Vec<String>) {
        let pieces: Vec<&str> = word.split(reading::is_hyphen).collect();
        for (at, piece) in pieces.iter().enumerate() {
            let runs = (at + 2..=pieces.len()).rev().map(|end| pieces[at..end].join("-"));
            parts.extend(runs.filter(|run| self.words.hyphened.contains(&run.to_lowercase())));
            let is_word = piece.chars().count() > 1 && piece.chars().all(char::is_alphabetic);
            if is_word && !facts::has(facts::FUNCTION_WORDS, &piece.to_lowercase()) {
                parts.push(if at + 1 < pieces.len() { self.unlinked(piece) } else { (*piece).to_owned() });
                self.push_parts(piece, parts);
            }
        }
    }

    /// A piece before a hyphen without its linking element: „Zukunfts-“.
    fn unlinked(&self, piece: &str) -> String {
        let small = piece.to_lowercase();
        let known = self.modifiers.get(&small).cloned().or_else(|| modifiers::derived(&small));
        let is_link = |link: &str| matches!(link, "s" | "es");
        let is_word = self.words.noun(&small).is_some();
        let noun = known.filter(|it| !is_word && small.strip_prefix(&it.shown).is_some_and(is_link)).map(|it| it.shown);
        match noun {
            Some(noun) if is_capital(piece) => capital(&noun),
            Some(noun) => noun,
            None => piece.to_owned(),
        }
    }

    /// Adds the parts of a word without hyphens, spelt as it is.
    fn push_parts(&self, word: &str, parts: &mut Vec<String>) {
        let is_plain = word.chars().all(char::is_alphabetic);
        let is_mixed = word.chars().any(char::is_lowercase) && word.chars().skip(1).any(char::is_uppercase);
        if !is_plain || is_mixed {
            return;
        }
        let mut found = Vec::new();
        self.push_small(&word.to_lowercase(), &mut found, DEPTH);
        let spelt = |part: String| if is_capital(word) { capital(&part) } else { part };
        parts.extend(found.into_iter().map(spelt));
    }

    /// Adds the parts of a word in small letters, with their own parts behind each.
    fn push_small(&self, word: &str, parts: &mut Vec<String>, depth: usize) {
        if depth == 0 || facts::has(facts::FUNCTION_WORDS, word) {
            return;
        }
        let pieces = split::split(self, word);
        let fine = self.refined(&pieces);
        for (at, piece) in pieces.iter().enumerate() {
            self.push_runs(word, &fine, at, parts);
            // What was never seen and has parts is a chance sequence of these.
            if piece.is_seen || split::split(self, &piece.shown).is_empty() {
                parts.push(piece.shown.clone());
            }
            self.push_small(&piece.shown, parts, depth - 1);
        }
        if pieces.is_empty()
            && let Some(end) = ends::sure_end(self, word)
        {
            parts.push(end.to_owned());
            self.push_small(end, parts, depth - 1);
        } else if pieces.is_empty()
            && let Some(rest) = prefixes::without_prefix(&self.words, word)
        {
            let rest = if self.words.is_small(word) { rest.strip_prefix("zu").unwrap_or(rest) } else { rest };
            parts.push(rest.to_owned());
            self.push_small(rest, parts, depth - 1);
        }
    }

    /// The pieces with the last one taken apart as far as it goes.
    fn refined(&self, pieces: &[Piece]) -> Vec<Piece> {
        let mut fine = pieces.to_vec();
        while let Some(last) = fine.pop() {
            let mut inner = split::split(self, &last.shown);
            if inner.len() < 2 {
                fine.push(last);
                break;
            }
            inner.iter_mut().for_each(|piece| piece.at += last.at);
            fine.extend(inner);
        }
        fine
    }

    /// Adds what the piece at a place and those behind it are together, if that is a word of the site.
    fn push_runs(&self, word: &str, pieces: &[Piece], at: usize, parts: &mut Vec<String>) {
        for last in (at + 1..pieces.len()).rev() {
            let run = format!("{}{}", &word[pieces[at].at..pieces[last].at], pieces[last].shown);
            if self.words.noun(&run).is_some() {
                parts.push(run);
            }
        }
    }
}

/// Parts have parts, but not without end.
const DEPTH: usize = 6;

/// A word with a capital letter.
fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests;
