//! What may stand in front of another part: words with their linking elements, and their shortened forms.

use std::collections::HashMap;

use super::bound::is_beginning;
use super::facts::{FUNCTION_WORDS, OTHER_PREFIXES, S_REFUSERS, S_TAKERS, SEPARABLE, has, is_affix, is_unspeakable};
use super::vocabulary::{VERB_STEM, Vocabulary};

/// How a part came to be one, as doubt in tenths: what a split may have in sum is `split::MAX_DOUBT`.
pub(super) mod doubt {
    /// A linking element that the word's ending does not ask for.
    pub const LINK: u32 = 1;
    /// One that few words take: `es`, `en`.
    pub const RARE_LINK: u32 = 2;
    /// One that mostly comes with a plural, and the plural was not seen: `e`, `er`.
    pub const PLURAL_LINK: u32 = 3;
    /// „Schul-“ from „Schule“.
    pub const SHORTENED: u32 = 1;
    /// Adjectives and verbs, whose beginnings are many: „Neu-“, „Prüf-“.
    pub const STEM: u32 = 2;
    /// Words of three letters, which are found by chance in many others.
    pub const TINY: u32 = 3;
    /// Four letters seen but once.
    pub const SHORT_AND_RARE: u32 = 1;
    /// Three letters seen but once: too much for any split.
    pub const TINY_AND_RARE: u32 = 8;
    /// Seen in compounds alone.
    pub const BOUND: u32 = 3;
}

/// What a modifier is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A noun as it stands or with its linking element.
    Noun,
    /// A noun without its ending, or an adjective.
    Stem,
    /// The stem of a verb.
    Verb,
    /// A beginning of several compounds.
    Bound,
}

/// A first part.
#[derive(Debug, Clone)]
pub(super) struct Modifier {
    /// The part as it is given, in small letters.
    pub shown: String,
    pub kind: Kind,
    pub doubt: u32,
    /// How often the word was seen.
    pub count: u32,
}

/// First parts by their form.
pub(super) type Modifiers = HashMap<String, Modifier>;

/// Shorter words take no longer linking elements, or they are found everywhere („Rat-e-spiel“).
const LINKED: usize = 4;

/// All forms in which the words of a site may stand in front of another.
pub(super) fn modifiers(words: &Vocabulary) -> Modifiers {
    let mut found = Modifiers::new();
    for (noun, &count) in words.nouns.iter().filter(|(noun, _)| may_lead(noun)) {
        add_noun(&mut found, words, (noun, count), 0);
    }
    for (adjective, &count) in words.small.iter().filter(|(word, _)| may_lead(word) && is_plain_adjective(words, word))
    {
        add(&mut found, adjective.clone(), adjective, Kind::Stem, doubt::STEM, count);
    }
    for verb in words
        .verbs
        .iter()
        .filter(|verb| verb.chars().count() >= VERB_STEM && !has(SEPARABLE, verb) && is_beginning(verb))
    {
        add_verb(&mut found, verb);
    }
    for (beginning, &count) in
        words.truncated.iter().filter(|(word, _)| word.chars().count() >= VERB_STEM && may_lead(word))
    {
        add(&mut found, beginning.clone(), beginning, Kind::Noun, doubt::STEM, count);
    }
    found
}

/// Whether a word may be a first part at all.
pub(super) fn may_lead(word: &str) -> bool {
    word.chars().count() > 2
        && !has(SEPARABLE, word)
        && !has(OTHER_PREFIXES, word)
        && !has(FUNCTION_WORDS, word)
        && !is_affix(word)
}

/// A first part that was never seen, but which ends as nouns alone do: „Gewährleistungs-“.
pub(super) fn derived(form: &str) -> Option<Modifier> {
    let noun = form.strip_suffix('s').filter(|_| is_surely_linked(form))?;
    Some(Modifier { shown: noun.to_owned(), kind: Kind::Bound, doubt: doubt::STEM, count: 1 })
}

/// Whether a string ends as nouns alone do in front of another part, so that another part follows whatever it is.
pub(super) fn is_surely_linked(form: &str) -> bool {
    let Some(noun) = form.strip_suffix('s') else { return false };
    let is_long = |rest: &str| rest.chars().count() >= VERB_STEM && has_vowel(rest) && !is_unspeakable(rest);
    S_TAKERS.iter().any(|ending| noun.strip_suffix(ending).is_some_and(is_long))
}

/// Adds a form, or betters what is there.
pub(super) fn add(found: &mut Modifiers, form: String, shown: &str, kind: Kind, doubt: u32, count: u32) {
    let doubt = doubt + short_doubt(shown, count);
    let new = Modifier { shown: shown.to_owned(), kind, doubt, count };
    // The form itself goes first: „Folgen-“ is `Folgen`, if that was seen.
    let order = |it: &Modifier| (it.doubt, it.shown != form, u32::MAX - it.count, it.shown.clone());
    match found.get_mut(&form) {
        Some(old) if order(old) <= order(&new) => {}
        Some(old) => *old = new,
        None => {
            found.insert(form, new);
        }
    }
}

/// The doubt that a short word brings.
pub(super) fn short_doubt(word: &str, count: u32) -> u32 {
    match (word.chars().count(), count) {
        (..=3, ..=1) => doubt::TINY_AND_RARE,
        (..=3, _) => doubt::TINY,
        (4, ..=1) => doubt::SHORT_AND_RARE,
        _ => 0,
    }
}

/// Adds the forms of a noun, with doubt that it is one.
pub(super) fn add_noun(found: &mut Modifiers, words: &Vocabulary, (noun, count): (&str, u32), extra: u32) {
    let shown = base(words, noun).unwrap_or(noun.to_owned());
    let takes_s = S_TAKERS.iter().any(|ending| noun.strip_suffix(ending).is_some_and(has_vowel));
    let mut link =
        |link: &str, doubt: u32| add(found, format!("{noun}{link}"), &shown, Kind::Noun, doubt + extra, count);
    if takes_s {
        return link("s", 0);
    }
    link("", 0);
    if noun.ends_with('e') {
        link("n", 0);
        link("s", doubt::RARE_LINK);
    } else if !noun.ends_with("en") && noun.chars().count() >= LINKED {
        link("en", doubt::RARE_LINK);
        link("es", doubt::RARE_LINK);
        link("e", doubt::PLURAL_LINK);
        link("er", doubt::PLURAL_LINK);
    }
    if !S_REFUSERS.iter().any(|ending| noun.ends_with(ending)) {
        link("s", doubt::LINK);
    }
    if let Some(singular) = noun.strip_suffix('n').filter(|it| it.ends_with('e') && it.chars().count() > VERB_STEM) {
        add(found, singular.to_owned(), singular, Kind::Stem, doubt::STEM + extra, count);
    }
    if let Some(short) = noun
        .strip_suffix('e')
        .filter(|short| short.chars().count() >= VERB_STEM && may_lead(short) && words.adjective(short).is_none())
    {
        add(found, short.to_owned(), noun, Kind::Stem, doubt::SHORTENED + extra, count);
        // „Grundrechte“ was seen, „Grundrechts-“ stands in front.
        add(found, format!("{short}s"), noun, Kind::Stem, doubt::STEM + extra, count);
    }
}

/// The word of which a noun is a genitive or a plural with another vowel, if it was seen: „Tages“, „Häuser“.
fn base(words: &Vocabulary, noun: &str) -> Option<String> {
    let plain: String = noun
        .chars()
        .map(|c| match c {
            'ä' => 'a',
            'ö' => 'o',
            'ü' => 'u',
            other => other,
        })
        .collect();
    let endings: &[&str] = if plain == noun { &["es", "s"] } else { &["er", "e", "en", "n", ""] };
    let bases = endings.iter().filter_map(|ending| plain.strip_suffix(ending));
    // „Häuser“ has „au“, which the change of single letters keeps.
    bases.filter(|base| base.chars().count() > 2).find(|base| words.noun(base).is_some()).map(String::from)
}

fn has_vowel(word: &str) -> bool {
    word.contains(|c| "aeiouyäöü".contains(c))
}

/// Whether a word that is written small was seen with the endings of an adjective and is not derived from another word.
fn is_plain_adjective(words: &Vocabulary, word: &str) -> bool {
    let derived = ["bar", "haft", "ig", "isch", "lich", "los", "sam", "te", "ten"];
    let is_participle = word.starts_with("ge") && (word.ends_with('t') || word.ends_with("en"));
    let forms =
        ["e", "en", "er", "es", "em"].iter().filter(|ending| words.small.contains_key(&format!("{word}{ending}")));
    !is_participle && !derived.iter().any(|ending| word.ends_with(ending)) && forms.count() > 1
}

fn add_verb(found: &mut Modifiers, verb: &str) {
    add(found, verb.to_owned(), verb, Kind::Verb, doubt::STEM, 1);
    add(found, format!("{verb}e"), verb, Kind::Verb, doubt::PLURAL_LINK, 1);
    // „rechnen“ has „Rechen-“.
    if let Some(stem) = verb.strip_suffix('n').filter(|stem| !stem.ends_with(|c| "aeiouyäöüln".contains(c))) {
        add(found, format!("{stem}en"), &format!("{stem}en"), Kind::Verb, doubt::STEM, 1);
    }
}
