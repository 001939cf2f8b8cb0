//! What may stand at the end of a compound.

use std::collections::{HashMap, HashSet};

use super::facts::{
    ADJECTIVE_SUFFIXES, FIRM, FUNCTION_WORDS, LIGHT_VERBS, WORN_SUFFIXES, has, is_affix, is_confix, is_suffix_like,
    is_torn_affix, is_worn, parted_prefix,
};
use super::modifiers::{Kind, doubt, short_doubt};
use super::vocabulary::{Vocabulary, stem};

/// A last part.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head {
    pub doubt: u32,
    /// How often the word was seen.
    pub count: u32,
    /// Whether it may follow nothing but a noun as it stands alone.
    pub after_nouns: bool,
}

/// Last parts.
#[derive(Default)]
pub(super) struct Heads {
    /// By their stems: those seen in compounds alone, with the number of these.
    pub bound: HashMap<String, u32>,
    /// The stems of those that stand behind many different first parts.
    pub common: HashSet<String>,
}

/// Fewer letters are a word's ending more often than a word.
const SHORTEST: usize = 3;
/// From so many letters on a word is known in a form that was not seen itself.
const STEMMED: usize = 4;
/// A derived word is known by its base from so many letters of it on.
const DERIVED: usize = 4;
/// A word that looks like endings alone was seen so often, or it is none.
const AFFIX: u32 = 3;
/// Fewer letters of an adjective are too often the end of another („-arm“, „-eigen“).
const SMALL: usize = 4;

/// From so many letters on a small word needs no forms to be a last part: „bezogen“.
const BARE: usize = 6;

/// Endings that make nouns of adjectives, with what is behind the adjective.
const FROM_ADJECTIVES: &[&str] = &["heit", "heiten", "igkeit", "igkeiten", "keit", "keiten"];
/// Endings that make nouns of verbs.
const FROM_VERBS: &[&str] = &["er", "ern", "ers", "ung", "ungen"];

impl Heads {
    /// The last part a string is in a noun.
    pub fn noun(&self, words: &Vocabulary, end: &str) -> Option<Head> {
        let length = end.chars().count();
        if length < SHORTEST || has(FUNCTION_WORDS, end) {
            return None;
        }
        let after_nouns = is_light(end);
        let head = |doubt, count| Some(Head { doubt, count, after_nouns });
        if let Some(count) = words.noun(end) {
            return exact(end, count, after_nouns);
        }
        if length < STEMMED {
            return self.bound(end);
        }
        if is_doubtful(end) {
            // „Weisen“ is no suffix if „Weise“ is a word.
            let count = end.strip_suffix('n').and_then(|base| words.noun(base)).filter(|&count| count >= AFFIX)?;
            return Some(Head { doubt: doubt::BOUND, count, after_nouns: true });
        }
        if let Some(count) = words.noun_stem(end) {
            return head(doubt::LINK + if length == STEMMED { doubt::RARE_LINK } else { 0 }, count);
        }
        if is_derived(words, end) || prefixed(words, end) {
            return head(doubt::STEM, 1);
        }
        self.bound(end)
    }

    /// The last part a string is that was seen in compounds alone.
    fn bound(&self, end: &str) -> Option<Head> {
        let &count = self.bound.get(&stem(end))?;
        let doubt = doubt::BOUND
            + match end.chars().count() {
                ..=3 => doubt::RARE_LINK,
                4 => doubt::LINK,
                _ => 0,
            };
        Some(Head { doubt, count, after_nouns: false })
    }

    /// The last part a string is in a word that is written small.
    pub fn small(&self, words: &Vocabulary, end: &str) -> Option<Head> {
        let is_infinitive = end.starts_with("zu") && end.ends_with("en");
        if end.chars().count() < SMALL || is_infinitive || has(FUNCTION_WORDS, end) {
            return None;
        }
        if let Some(count) = words.adjective(end) {
            if is_doubtful(end) || is_suffix_like(end) || is_worn(end, ADJECTIVE_SUFFIXES) {
                return None;
            }
            let doubt = doubt::LINK + if end.chars().count() == SMALL { doubt::TINY } else { 0 };
            return Some(Head { doubt, count, after_nouns: false });
        }
        let mut bases = ["", "e", "em", "en", "er", "es"].iter().filter_map(|ending| end.strip_suffix(ending));
        let is_bare = |base: &str| {
            base.chars().count() >= BARE
                && !base.strip_suffix("en").is_some_and(|verb| words.simple_verbs.contains(verb))
        };
        let count = bases.find_map(|base| words.small.get(base).filter(|_| is_bare(base)));
        count.map(|&count| Head { doubt: doubt::LINK, count, after_nouns: true })
    }
}

/// Whether a noun is made of a verb that means little: behind an adjective it is one word with it, „Gleichstellung“.
pub(super) fn is_light(noun: &str) -> bool {
    FROM_VERBS.iter().filter_map(|ending| noun.strip_suffix(ending)).any(|verb| has(LIGHT_VERBS, verb))
}

/// A last part that was seen in this form. What looks like endings alone must have been seen often.
fn exact(end: &str, count: u32, after_nouns: bool) -> Option<Head> {
    if !is_doubtful(end) {
        return Some(Head { doubt: short_doubt(end, count), count, after_nouns });
    }
    (count >= AFFIX).then_some(Head { doubt: doubt::BOUND, count, after_nouns: true })
}

/// Whether a string looks like endings, as `ende`, `logie` and `chaft` do.
fn is_doubtful(end: &str) -> bool {
    is_affix(end) || is_torn_affix(end) || is_confix(end) || is_worn(end, WORN_SUFFIXES)
}

/// Whether a noun was not seen, but what it is derived from was.
fn is_derived(words: &Vocabulary, noun: &str) -> bool {
    if is_suffix_like(noun) {
        return false;
    }
    let base = |ending: &&str| noun.strip_suffix(*ending).filter(|base| base.chars().count() >= DERIVED);
    let adjective = FROM_ADJECTIVES.iter().filter_map(base).any(|base| words.adjective(base).is_some());
    let verb = || FROM_VERBS.iter().filter_map(base).any(|base| words.verbs.contains(base));
    let woman =
        || ["innen", "in"].iter().filter_map(base).any(|base| base.ends_with("er") && words.noun(base).is_some());
    adjective || verb() || woman()
}

/// Whether a noun is one in `-ung` with a prefix.
fn prefixed(words: &Vocabulary, noun: &str) -> bool {
    (noun.ends_with("ung") || noun.ends_with("ungen"))
        && parted_prefix(noun).is_some_and(|(prefix, rest)| {
            words.noun_stem(rest).is_some() || is_derived(words, rest) && !has(FIRM, prefix)
        })
}

/// Whether a last part may follow a first one.
pub(super) fn may_follow(head: Head, modifier: Kind) -> bool {
    !head.after_nouns || modifier == Kind::Noun
}
