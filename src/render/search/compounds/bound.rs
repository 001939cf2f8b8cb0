//! Parts that the site never uses alone: they are learned from what several of its compounds share.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::Lexicon;
use super::facts::{
    FUNCTION_WORDS, LINKS, OTHER_PREFIXES, SEPARABLE, SUFFIXES, has, is_affix, is_confix, is_suffix_like,
    is_torn_affix, is_unspeakable, is_worn,
};
use super::modifiers::{self, Kind, doubt, is_surely_linked, may_lead};
use super::split;
use super::vocabulary::stem;

/// Shorter ends of words are common to many by chance.
const SHORTEST_HEAD: usize = 5;
/// An end of this length must stand behind more different words than a longer one.
const LONG_HEAD: usize = 6;
/// Behind a surely linked noun shorter ones are words too („Verwaltungs-akt“).
const SHORTEST_LINKED: usize = 3;
/// Different partners that make an end or a beginning a word: one may share letters with it by chance, two hardly.
const PARTNERS: usize = 2;
/// The same of the shortest.
const MANY_PARTNERS: usize = 3;
/// A beginning of this length needs more partners than a longer one.
const SHORTEST_MODIFIER: usize = 4;
/// A first part that stands with its linking element before so many different words makes one of what it stands before.
const PRODUCTIVE: usize = 3;
/// Partners are sure themselves: nouns as they stand, or with a linking element that is not rare.
const PARTNER_DOUBT: u32 = 2;
/// A partner of fewer letters is one by chance.
const PARTNER: usize = 4;
/// A last part shorter than [`SHORTEST_HEAD`] is a partner if it was seen so often.
const OFTEN: u32 = 3;

/// For a string the different words it stands beside.
type Partners = BTreeMap<String, BTreeSet<String>>;

/// Learns last parts from compounds whose first part is known, then first parts from those whose last one is.
pub(super) fn learn(lexicon: &mut Lexicon) {
    let heads = heads(lexicon, &unsplit(lexicon));
    for (noun, count) in heads {
        modifiers::add_noun(&mut lexicon.modifiers, &lexicon.words, (&noun, count), doubt::STEM);
        *lexicon.heads.bound.entry(stem(&noun)).or_default() += count;
    }
    for (beginning, partners) in beginnings(lexicon, &unsplit(lexicon)) {
        let count = number(partners.len());
        modifiers::add(&mut lexicon.modifiers, beginning.clone(), &beginning, Kind::Bound, doubt::BOUND, count);
    }
    lexicon.heads.common = common_heads(lexicon);
}

/// The last parts that stand behind many different first ones, by their stems.
fn common_heads(lexicon: &Lexicon) -> HashSet<String> {
    let mut found = Partners::new();
    for noun in lexicon.words.nouns.keys() {
        if let [first, .., last] = &split::split(lexicon, noun)[..] {
            found.entry(stem(&last.shown)).or_default().insert(stem(&first.shown));
        }
    }
    found.into_iter().filter(|(_, firsts)| firsts.len() >= PRODUCTIVE).map(|(end, _)| end).collect()
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The nouns in which no parts are known.
fn unsplit(lexicon: &Lexicon) -> Vec<String> {
    let long = lexicon.words.nouns.keys().filter(|noun| noun.chars().count() >= SHORTEST_HEAD + PARTNER);
    long.filter(|noun| split::split(lexicon, noun).is_empty()).cloned().collect()
}

/// First parts with a linking element that stand in front of many different words.
fn productive(lexicon: &Lexicon) -> BTreeSet<String> {
    let mut found = Partners::new();
    for noun in lexicon.words.nouns.keys() {
        for (at, _) in noun.char_indices().skip(PARTNER) {
            let (first, end) = noun.split_at(at);
            if first.ends_with(['n', 's'])
                && lexicon.modifiers.contains_key(first)
                && lexicon.words.noun_stem(end).is_some()
            {
                found.entry(first.to_owned()).or_default().insert(stem(end));
            }
        }
    }
    found.into_iter().filter(|(_, ends)| ends.len() >= PRODUCTIVE).map(|(first, _)| first).collect()
}

/// For a string the words it stands beside, each with what it weighs.
#[derive(Default)]
struct Evidence(BTreeMap<String, BTreeMap<String, usize>>);

impl Evidence {
    fn note(&mut self, word: &str, partner: &str, weight: usize) {
        let noted = self.0.entry(word.to_owned()).or_default().entry(stem(partner)).or_default();
        *noted = weight.max(*noted);
    }

    fn weight(&self, word: &str) -> usize {
        self.0.get(word).map_or(0, |partners| partners.values().sum())
    }

    /// Whether a string is rather a linking element and another word: `squalität`.
    fn is_linked(&self, word: &str) -> bool {
        let rests = LINKS.iter().filter_map(|link| word.strip_prefix(link));
        rests.into_iter().any(|rest| self.weight(rest) >= self.weight(word))
    }
}

/// The last parts, and the first ones that are surely nouns, with the weight of the words beside them.
fn heads(lexicon: &Lexicon, nouns: &[String]) -> BTreeMap<String, u32> {
    let productive = productive(lexicon);
    let mut found = Evidence::default();
    for noun in nouns {
        let cuts = noun.char_indices().skip(PARTNER).map(|(at, _)| noun.split_at(at));
        for (first, end) in cuts.filter(|(_, end)| may_end(end)) {
            if is_surely_linked(first) && end.chars().count() >= SHORTEST_LINKED {
                found.note(first.trim_end_matches('s'), end, PARTNERS);
                found.note(end, first, MANY_PARTNERS);
            }
            if let Some(modifier) = lexicon.modifiers.get(first)
                && modifier.doubt <= PARTNER_DOUBT
                && modifier.kind == Kind::Noun
                && end.chars().count() >= SHORTEST_HEAD
                && is_free(lexicon, first, end)
            {
                found.note(end, &modifier.shown, if productive.contains(first) { MANY_PARTNERS } else { 1 });
            }
        }
    }
    let needed = |end: &str| if end.chars().count() < LONG_HEAD { MANY_PARTNERS } else { PARTNERS };
    let sure = found.0.keys().filter(|end| found.weight(end) >= needed(end) && !found.is_linked(end));
    sure.map(|end| (end.clone(), number(found.weight(end)))).collect()
}

/// Whether a string can be a word by its sounds, and is more than endings.
fn may_end(end: &str) -> bool {
    let is_rest =
        is_affix(end) || is_torn_affix(end) || is_confix(end) || is_suffix_like(end) || is_worn(end, SUFFIXES);
    !is_rest && !has(FUNCTION_WORDS, end) && !is_unspeakable(end)
}

/// Whether it is clear to which of both an `s` belongs: „Recht-sprechung“ is not „Rechts-prechung“.
fn is_free(lexicon: &Lexicon, first: &str, end: &str) -> bool {
    let takes_s = || lexicon.modifiers.get(&format!("{first}s")).is_some_and(|it| it.doubt <= doubt::LINK);
    let behind = first.ends_with('s') && end.starts_with(['c', 'p', 't']);
    let before = (end.starts_with("st") || end.starts_with("sp")) && takes_s();
    !behind && !before
}

/// The first parts with the stems of the words they stand before.
fn beginnings(lexicon: &Lexicon, nouns: &[String]) -> Vec<(String, BTreeSet<String>)> {
    let mut found = Partners::new();
    for noun in nouns {
        for (at, _) in noun.char_indices().skip(SHORTEST_MODIFIER) {
            let (beginning, end) = noun.split_at(at);
            let is_sure = || match lexicon.words.noun(end) {
                Some(count) => end.chars().count() >= SHORTEST_HEAD || count >= OFTEN,
                None => end.chars().count() >= SHORTEST_HEAD && lexicon.words.noun_stem(end).is_some(),
            };
            if end.chars().count() >= PARTNER
                && may_lead(beginning)
                && is_beginning(beginning)
                && !is_affix(end)
                && !is_unspeakable(end)
                && is_sure()
            {
                found.entry(beginning.to_owned()).or_default().insert(stem(end));
            }
        }
    }
    let needed = |word: &str| if word.chars().count() <= SHORTEST_MODIFIER { MANY_PARTNERS } else { PARTNERS };
    found.into_iter().filter(|(beginning, partners)| partners.len() >= needed(beginning)).collect()
}

/// Whether a string may be a word: more than a prefix and the consonants behind it.
pub(super) fn is_beginning(word: &str) -> bool {
    let prefixes = SEPARABLE.iter().chain(OTHER_PREFIXES);
    let is_prefix = |rest: &str| prefixes.clone().any(|prefix| *prefix == rest);
    let is_word =
        |rest: &str| rest.chars().count() > 2 && rest.contains(|c| "aeiouyäöü".contains(c)) && !is_prefix(rest);
    prefixes.clone().filter_map(|prefix| word.strip_prefix(prefix)).all(is_word)
}
