//! The words of a site, counted, with what their forms say of their kind.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rust_stemmers::{Algorithm, Stemmer};

use super::facts::{FUNCTION_WORDS, has, is_unspeakable, parted_prefix};
use super::reading::{Token, cleaned, each_token, is_hyphen};

/// How often a word was seen.
#[derive(Debug, Default, Clone, Copy)]
struct Seen {
    /// Capital inside a sentence.
    noun: u32,
    /// Capital where every word is.
    first: u32,
    lower: u32,
}

/// What is longer, in bytes, is no word.
pub(super) const LONGEST: usize = 80;
/// A noun is so many times less often written small: „Recht“ stands beside „recht“, but „Siehe“ is no noun.
const LOWER_PER_NOUN: u32 = 3;
/// A word that only begins sentences and headings is a noun from so many letters on: „Datenqualität“, but not „Ging“.
const FIRST: usize = 5;
/// A verb is known by so many different forms.
const VERB_FORMS: usize = 2;
/// Shorter stems of verbs are too often found by chance („leg-“ in „Legende“).
pub(super) const VERB_STEM: usize = 4;

impl Seen {
    fn is_noun(self, word: &str) -> bool {
        match (self.noun, self.first, self.lower) {
            (0, 1.., 0) => word.chars().count() >= FIRST,
            (1.., _, 0) => true,
            (noun, _, lower) => noun > 1 && noun.saturating_mul(LOWER_PER_NOUN) >= lower,
        }
    }
}

/// The words of texts.
#[derive(Default)]
pub(super) struct Vocabulary {
    seen: HashMap<String, Seen>,
    /// Words with hyphens inside, in small letters.
    pub hyphened: HashSet<String>,
    /// Beginnings that stand before a hyphen at a word's end: „Arbeits- und Sozialverwaltung“.
    pub truncated: BTreeMap<String, u32>,
    /// Nouns with how often each was seen.
    pub nouns: BTreeMap<String, u32>,
    /// Words that are written small, with how often.
    pub small: BTreeMap<String, u32>,
    noun_stems: HashMap<String, u32>,
    /// Stems of adjectives and participles, with how often their forms were seen.
    adjectives: HashMap<String, u32>,
    /// Stems of verbs, without their prefixes.
    pub verbs: BTreeSet<String>,
    /// Those of them that were seen without a prefix.
    pub simple_verbs: BTreeSet<String>,
    /// Infinitives with a prefix that was seen parted from its verb: „abzuschätzen“, „umgesetzt“.
    parted: HashSet<String>,
}

/// The stem of a word in small letters.
pub(super) fn stem(word: &str) -> String {
    thread_local!(static STEMMER: Stemmer = Stemmer::create(Algorithm::German));
    STEMMER.with(|stemmer| stemmer.stem(word).into_owned())
}

impl Vocabulary {
    /// Counts the words of texts.
    pub fn read<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut words = Self::default();
        for text in texts {
            each_token(&cleaned(text), |token| words.take(&token));
        }
        words.sort_by_kind();
        words.find_verbs();
        words.find_adjectives();
        words
    }

    fn take(&mut self, token: &Token) {
        let pieces: Vec<&str> = token.text.split(is_hyphen).collect();
        if let [beginning @ .., piece, ""] = &pieces[..]
            && beginning.is_empty()
        {
            *self.truncated.entry(piece.to_lowercase()).or_default() += 1;
            return;
        }
        if let [_, _, ..] = &pieces[..]
            && !pieces.contains(&"")
        {
            self.hyphened.insert(token.text.to_lowercase());
            // What ends with `s` before a hyphen may be no word of its own: „Zukunfts-Bias“.
            let last = pieces.len() - 1;
            let words = pieces.iter().enumerate().filter(|(at, piece)| *at == last || !piece.ends_with('s'));
            words.filter(|(_, piece)| is_capital(piece)).for_each(|(_, piece)| self.count(piece, true));
        } else if let [word] = pieces[..] {
            self.count(word, token.inside);
        }
    }

    fn count(&mut self, word: &str, inside: bool) {
        if word.chars().skip(1).any(char::is_uppercase) || !(2..=LONGEST).contains(&word.len()) {
            return;
        }
        let seen = self.seen.entry(word.to_lowercase()).or_default();
        match (is_capital(word), inside) {
            (false, _) => seen.lower += 1,
            (true, false) => seen.first += 1,
            (true, true) => seen.noun += 1,
        }
    }

    fn sort_by_kind(&mut self) {
        for (word, &seen) in self.seen.iter().filter(|(word, _)| !has(FUNCTION_WORDS, word)) {
            if seen.is_noun(word) {
                self.nouns.insert(word.clone(), seen.noun + seen.first);
                *self.noun_stems.entry(stem(word)).or_default() += seen.noun + seen.first;
            }
            if seen.lower > 0 {
                self.small.insert(word.clone(), seen.lower);
            }
        }
    }

    /// Whether a word is an infinitive or a noun in `-ung` of a verb that was seen as one word: „rechtfertigen“ is no
    /// „fertigen“.
    pub fn is_verbal(&self, word: &str) -> bool {
        let verb = ["en", "ung", "ungen"].iter().find_map(|ending| word.strip_suffix(ending));
        verb.is_some_and(|verb| self.simple_verbs.contains(verb))
    }

    /// How often a noun was seen in this very form.
    pub fn noun(&self, word: &str) -> Option<u32> {
        self.nouns.get(word).copied()
    }

    /// How often a noun was seen that differs from this one by its ending alone.
    pub fn noun_stem(&self, word: &str) -> Option<u32> {
        self.noun_stems.get(&stem(word)).copied()
    }

    /// How often forms of an adjective or participle were seen.
    pub fn adjective(&self, word: &str) -> Option<u32> {
        self.adjectives.get(&stem(word)).copied()
    }

    /// Finds adjectives by their endings: „sparsam“ and „sparsame“, or „sparsamer“ and „sparsamen“. Past tenses have
    /// some of these too, „stellte“, and are known by their verb.
    fn find_adjectives(&mut self) {
        let seen = |word: &str, ending: &str| self.small.get(&format!("{word}{ending}")).copied();
        let mut found = HashMap::new();
        for word in self.small.keys() {
            let bases = ["", "e", "en", "er", "es", "em"].iter().filter_map(|ending| word.strip_suffix(ending));
            for base in bases.filter(|base| base.chars().count() > 2) {
                let strong: Vec<u32> = ["er", "es", "em"].iter().filter_map(|ending| seen(base, ending)).collect();
                let weak: Vec<u32> = ["e", "en"].iter().filter_map(|ending| seen(base, ending)).collect();
                let bare = seen(base, "").filter(|_| !self.is_past(base));
                let kinds =
                    usize::from(!strong.is_empty()) + usize::from(!weak.is_empty()) + usize::from(bare.is_some());
                if kinds > 1 || strong.len() > 1 {
                    let count = strong.iter().chain(&weak).sum::<u32>() + bare.unwrap_or_default();
                    found.insert(stem(base), count);
                }
            }
        }
        self.adjectives = found;
    }

    /// Whether a word is a verb's stem with the `t` of a past tense.
    fn is_past(&self, word: &str) -> bool {
        let verb = word.strip_suffix('t').unwrap_or_default();
        self.verbs.contains(verb) || verb.strip_suffix('e').is_some_and(|verb| self.verbs.contains(verb))
    }

    /// Whether a word is never capital but where every word is.
    pub fn is_small(&self, word: &str) -> bool {
        self.seen.get(word).is_some_and(|seen| seen.lower > seen.noun.saturating_mul(LOWER_PER_NOUN))
    }

    /// Whether a prefix was seen parted from the verb with this stem.
    pub fn is_parted(&self, prefix: &str, verb: &str) -> bool {
        self.parted.contains(&format!("{prefix}{verb}"))
    }

    /// Finds verbs by their forms.
    fn find_verbs(&mut self) {
        let mut forms: HashMap<String, BTreeSet<String>> = HashMap::new();
        let nouns = self.nouns.keys().filter(|noun| noun.ends_with("ung"));
        for word in self.small.keys().chain(nouns) {
            note_forms(word, "", &mut forms);
            let Some((prefix, rest)) = parted_prefix(word) else { continue };
            note_forms(rest, prefix, &mut forms);
            if let Some(verb) = parted(rest) {
                self.parted.insert(format!("{prefix}{verb}"));
                forms.entry(verb).or_default().extend([format!("{prefix}:+"), String::from("+:")]);
            }
        }
        let is_adjective =
            |verb: &str| ["em", "es"].iter().any(|ending| self.small.contains_key(&format!("{verb}{ending}")));
        forms.retain(|verb, forms| is_verb(forms) && !is_unspeakable(verb) && !is_adjective(verb));
        self.simple_verbs = forms.iter().filter(|(_, forms)| is_simple(forms)).map(|(verb, _)| verb.clone()).collect();
        self.verbs = forms.into_keys().collect();
        // „anzuwendenden“ is no form of a verb „wendenden“.
        let participles =
            self.verbs.iter().filter(|it| it.strip_suffix("end").is_some_and(|verb| self.verbs.contains(verb)));
        for participle in participles.cloned().collect::<Vec<_>>() {
            self.verbs.remove(&participle);
        }
    }
}

/// The stem of a verb between which and its prefix `zu` or `ge` stands: `zuschätzen`, `gesetzt`.
fn parted(rest: &str) -> Option<String> {
    let verb = match (rest.strip_prefix("zu"), rest.strip_prefix("ge")) {
        (Some(infinitive), _) => infinitive.strip_suffix("en"),
        (_, Some(participle)) => participle.strip_suffix('t').map(|verb| verb.strip_suffix('e').unwrap_or(verb)),
        _ => None,
    };
    verb.filter(|verb| verb.chars().count() > 2).map(String::from)
}

/// Notes of which verbs a word may be a form. An infinitive, a form in `-t` and a noun in `-ung` count once each, with
/// each prefix.
fn note_forms(word: &str, prefix: &str, forms: &mut HashMap<String, BTreeSet<String>>) {
    let endings = [("en", "en"), ("et", "t"), ("te", "t"), ("t", "t"), ("ung", "ung"), ("end", "end"), ("ende", "end")];
    for (ending, form) in endings {
        let Some(verb) = word.strip_suffix(ending) else { continue };
        if verb.chars().count() > 2 {
            // Forms in `-t` and `-end` alone say little with a prefix: they are the same forms again.
            forms.entry(verb.to_owned()).or_default().insert(format!("{prefix}:{form}"));
        }
        if let ("t", "", Some(verb)) = (form, prefix, verb.strip_prefix("ge"))
            && verb.chars().count() > 2
        {
            forms.entry(verb.to_owned()).or_default().insert(String::from(":ge"));
        }
    }
}

/// Whether forms are those of a verb: it has an infinitive or a noun in `-ung`, and is seen with more than one prefix,
/// with none, or parted from one.
fn is_verb(forms: &BTreeSet<String>) -> bool {
    let prefixes: BTreeSet<&str> = forms.iter().filter_map(|form| form.split(':').next()).collect();
    let is_apart = prefixes.len() > 1 || prefixes.contains("") || prefixes.contains("+");
    let has_noun_form = || forms.iter().any(|form| form.ends_with("en") || form.ends_with("ung") || form == "+:");
    // „bezogen“ and „einbezogen“ are participles.
    let has_other = || forms.iter().any(|form| !form.ends_with(":en"));
    forms.len() >= VERB_FORMS && is_apart && has_noun_form() && has_other()
}

/// Whether a verb is one without a prefix too. One form may belong to a prefix that stands at the sentence's end:
/// „schränkt … ein“.
fn is_simple(forms: &BTreeSet<String>) -> bool {
    forms.iter().filter(|form| form.starts_with(':')).count() >= VERB_FORMS
}

/// Whether a word begins with a capital letter.
pub(super) fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}
