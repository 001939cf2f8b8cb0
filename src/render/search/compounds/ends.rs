//! The last part of a compound of which the first is not known.

use super::Lexicon;
use super::bound::is_beginning;
use super::facts::{INNER_PREFIXES, is_affix, is_unspeakable};
use super::heads::is_light;
use super::modifiers::may_lead;
use super::vocabulary::{LONGEST, stem};

/// A last part of so many letters with one of these endings needs no first part that is known; foreign endings are left
/// out („Trans-formation“).
const SURE_END: usize = 8;
const SURE_ENDINGS: &[&str] = &["heit", "keit", "schaft", "ung"];
/// Before a vowel the consonant may be a part of it („Leberr-einigung“), so that more letters are asked for.
const CLEAR: usize = 9;
/// The first part that is not known has at least so many letters.
const UNKNOWN: usize = 4;
/// A last part that many words have in common has at least so many letters and was seen so often.
const COMMON_END: usize = 5;
const OFTEN: u32 = 2;

/// The last part of a noun of which the first is not known: one so long, or so common, that it is none by chance.
pub(super) fn sure_end<'w>(lexicon: &Lexicon, word: &'w str) -> Option<&'w str> {
    let words = &lexicon.words;
    if word.len() > LONGEST || words.is_small(word) || words.is_verbal(word) {
        return None;
    }
    let mut cuts = word.char_indices().skip(UNKNOWN).map(|(at, _)| word.split_at(at));
    let found = cuts.find(|(first, end)| {
        let is_end = is_long_end(lexicon, end) || is_common_end(lexicon, first, end);
        is_end && !is_light(end) && !is_unspeakable(end) && may_be_first(first)
    });
    found.map(|(_, end)| end)
}

/// Whether a string may be a first part that the site does not know: no prefix, and none at its end.
fn may_be_first(first: &str) -> bool {
    may_lead(first) && is_beginning(first) && !INNER_PREFIXES.iter().any(|prefix| first.ends_with(prefix))
}

/// Whether an end is a known noun, long and with an ending of German nouns.
fn is_long_end(lexicon: &Lexicon, end: &str) -> bool {
    let noun = end.strip_suffix("en").unwrap_or(end);
    let is_long = end.chars().count() >= SURE_END && SURE_ENDINGS.iter().any(|ending| noun.ends_with(ending));
    let is_clear = end.chars().count() >= CLEAR || !end.starts_with(is_vowel);
    is_long && is_clear && (lexicon.words.noun(end).is_some() || lexicon.words.noun_stem(end).is_some())
}

/// Whether an end is a noun that many compounds have, and nothing of it can belong to what stands before it:
/// „Wunscht-räume“, „Kandi-daten“.
fn is_common_end(lexicon: &Lexicon, first: &str, end: &str) -> bool {
    let Some(last) = first.chars().next_back() else { return false };
    let is_clear =
        !end.starts_with(is_vowel) && (last == 'e' || !is_vowel(last)) && is_unspeakable(&format!("{last}{end}"));
    end.chars().count() >= COMMON_END
        && !is_affix(end)
        && is_clear
        && lexicon.words.noun(end).is_some_and(|count| count >= OFTEN)
        && lexicon.heads.common.contains(&stem(end))
}

fn is_vowel(c: char) -> bool {
    "aeiouyäöü".contains(c)
}
