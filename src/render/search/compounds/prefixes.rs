//! Verbs and their nouns without their prefix: „Schätzung“ in „Abschätzung“.

use super::facts::{FIRM, LIGHT_VERBS, NOUN_PREFIXES, has, is_unspeakable, parted_prefix};
use super::vocabulary::Vocabulary;

/// Fewer letters behind a prefix are another word by accident.
const SHORTEST: usize = 5;
/// A noun behind a prefix that keeps its meaning is as long as this, or a short one by accident: „Gegenstand“.
const SHORTEST_NOUN: usize = 6;

/// What a word is without its prefix, if the site's words say that it is one. The longest prefix wins.
pub(super) fn without_prefix<'w>(words: &Vocabulary, word: &'w str) -> Option<&'w str> {
    let verbal = parted_prefix(word).filter(|(prefix, rest)| is_whole(words, word, prefix, rest));
    let behind_noun = || NOUN_PREFIXES.iter().find(|prefix| is_noun_behind(words, word, prefix));
    verbal.map(|(_, rest)| rest).or_else(|| behind_noun().and_then(|prefix| word.strip_prefix(*prefix)))
}

fn is_noun_behind(words: &Vocabulary, word: &str, prefix: &str) -> bool {
    !words.is_small(word)
        && word.strip_prefix(prefix).is_some_and(|rest| {
            let shortest = if prefix == "nicht" { SHORTEST } else { SHORTEST_NOUN };
            rest.trim_end_matches(['e', 'n', 'r', 's']).chars().count() >= shortest
                && (words.noun(rest).is_some() || words.noun_stem(rest).is_some())
        })
}

/// Whether what stands behind a prefix is a verb or a noun made of one.
fn is_whole(words: &Vocabulary, word: &str, prefix: &str, rest: &str) -> bool {
    if rest.chars().count() < SHORTEST || rest.starts_with("ge") || is_unspeakable(rest) {
        return false;
    }
    let seen = words.noun(rest).is_some() || words.noun_stem(rest).is_some();
    let firm = has(FIRM, prefix);
    if let Some(verb) = rest.strip_suffix("ung").or(rest.strip_suffix("ungen")) {
        let parted = || words.is_parted(prefix, verb);
        if has(LIGHT_VERBS, verb) {
            return false;
        }
        return words.simple_verbs.contains(verb) && (!firm || parted())
            || seen && (!firm || prefix == "über" || prefix == "wieder" || parted());
    }
    if let Some(verb) = rest.strip_prefix("zu").and_then(|rest| rest.strip_suffix("en")) {
        return words.verbs.contains(verb) && !has(LIGHT_VERBS, verb);
    }
    if let Some(verb) = rest.strip_suffix("en") {
        let is_verb = words.small.contains_key(word) || words.is_parted(prefix, verb);
        return is_verb
            && !has(LIGHT_VERBS, verb)
            && words.verbs.contains(verb)
            && (!firm || words.is_parted(prefix, verb));
    }
    // „Anhänger“, „ausführbar“: only if the rest is a word of the site itself.
    let actor = ["er", "ern", "ers", "erin", "erinnen"].iter().filter_map(|ending| rest.strip_suffix(ending));
    actor.into_iter().any(|verb| verb.chars().count() > 3 && !has(LIGHT_VERBS, verb) && words.verbs.contains(verb))
        && seen
        && !firm
        || rest.ends_with("bar") && words.is_small(rest)
}
