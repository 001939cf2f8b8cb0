//! Words as numbers: stems, pairs of stems and how much each says, for measuring how similar two units are.

use std::collections::HashMap;

use rust_stemmers::{Algorithm, Stemmer};

use crate::release_text::{ReleaseText, Unit};
use crate::tokens::TokenKind;

/// A stem, or a pair of neighbouring stems.
pub(super) type Term = u32;

/// The terms of one unit, sorted by term, with how often each occurs.
#[derive(Debug, Default, Clone)]
pub(super) struct Bag(pub Vec<(Term, u32)>);

/// The terms of all units of two releases.
pub(super) struct Terms {
    pub old: Vec<Bag>,
    pub new: Vec<Bag>,
    old_words: Vec<Bag>,
    new_words: Vec<Bag>,
    old_pairs: Vec<Bag>,
    new_pairs: Vec<Bag>,
    /// How much a term says: ln((units + 1) / (units with it + 0.5)).
    weights: Vec<f64>,
    fingerprints_old: Vec<u64>,
    fingerprints_new: Vec<u64>,
}

impl Terms {
    pub fn new(old: &ReleaseText, new: &ReleaseText, algorithm: Algorithm) -> Self {
        let mut reader = Reader { stemmer: Stemmer::create(algorithm), stems: HashMap::new(), terms: HashMap::new() };
        let read_old: Vec<UnitTerms> = old.units.iter().map(|unit| reader.unit(unit)).collect();
        let read_new: Vec<UnitTerms> = new.units.iter().map(|unit| reader.unit(unit)).collect();
        let weights = weights(reader.terms.len(), read_old.iter().chain(&read_new));
        let bags = |units: &[UnitTerms], pick: fn(&UnitTerms) -> &Bag| units.iter().map(|u| pick(u).clone()).collect();
        Self {
            old: bags(&read_old, |unit| &unit.all),
            new: bags(&read_new, |unit| &unit.all),
            old_words: bags(&read_old, |unit| &unit.words),
            new_words: bags(&read_new, |unit| &unit.words),
            old_pairs: bags(&read_old, |unit| &unit.pairs),
            new_pairs: bags(&read_new, |unit| &unit.pairs),
            weights,
            fingerprints_old: old.units.iter().map(fingerprint).collect(),
            fingerprints_new: new.units.iter().map(fingerprint).collect(),
        }
    }

    /// How much a term says.
    pub fn weight(&self, term: Term) -> f64 {
        self.weights[term as usize]
    }

    /// A number that is equal for units of equal text.
    pub fn fingerprint_old(&self, unit: usize) -> u64 {
        self.fingerprints_old[unit]
    }

    /// A number that is equal for units of equal text.
    pub fn fingerprint_new(&self, unit: usize) -> u64 {
        self.fingerprints_new[unit]
    }

    /// Words that both units have, repeated ones as often as both have them; at least one.
    pub fn shared_words(&self, old: usize, new: usize) -> usize {
        let shared = shared(&self.old_words[old], &self.new_words[new]);
        shared.map(|(_, a, b)| a.min(b) as usize).sum::<usize>().max(1)
    }

    /// From 0 to 1: the mean of the cosines over stems and over pairs of stems, rare ones weighing more.
    pub fn similarity(&self, old: usize, new: usize) -> f64 {
        let words = self.cosine(&self.old_words[old], &self.new_words[new]);
        let (old_pairs, new_pairs) = (&self.old_pairs[old], &self.new_pairs[new]);
        if old_pairs.0.is_empty() || new_pairs.0.is_empty() {
            return words;
        }
        f64::midpoint(words, self.cosine(old_pairs, new_pairs))
    }

    fn cosine(&self, a: &Bag, b: &Bag) -> f64 {
        let value = |term: Term, count: u32| (1.0 + f64::from(count).ln()) * self.weight(term);
        let norm = |bag: &Bag| bag.0.iter().map(|&(term, count)| value(term, count).powi(2)).sum::<f64>().sqrt();
        let product: f64 = shared(a, b).map(|(term, x, y)| value(term, x) * value(term, y)).sum();
        let norms = norm(a) * norm(b);
        if norms > 0.0 { product / norms } else { 0.0 }
    }

    /// How much of `part` is in `whole` and not in `rest`, from 0 to 1, by weight.
    pub fn contained(&self, part: &Bag, whole: &Bag, rest: Option<&Bag>) -> f64 {
        let weight = |terms: &[(Term, u32)]| terms.iter().map(|&(term, _)| self.weight(term)).sum::<f64>();
        let all = weight(&part.0);
        let inside: f64 = shared(part, whole)
            .filter(|(term, ..)| rest.is_none_or(|rest| rest.0.binary_search_by_key(term, |&(t, _)| t).is_err()))
            .map(|(term, ..)| self.weight(term))
            .sum();
        if all > 0.0 { inside / all } else { 0.0 }
    }
}

/// The terms that two bags share, with their counts in each.
fn shared<'b>(a: &'b Bag, b: &'b Bag) -> impl Iterator<Item = (Term, u32, u32)> + 'b {
    let (mut left, mut right) = (a.0.as_slice(), b.0.as_slice());
    std::iter::from_fn(move || {
        while let (Some(&(x, x_count)), Some(&(y, y_count))) = (left.first(), right.first()) {
            match x.cmp(&y) {
                std::cmp::Ordering::Less => left = &left[1..],
                std::cmp::Ordering::Greater => right = &right[1..],
                std::cmp::Ordering::Equal => {
                    (left, right) = (&left[1..], &right[1..]);
                    return Some((x, x_count, y_count));
                }
            }
        }
        None
    })
}

struct UnitTerms {
    all: Bag,
    words: Bag,
    pairs: Bag,
}

struct Reader {
    stemmer: Stemmer,
    stems: HashMap<String, Term>,
    terms: HashMap<(Term, Term), Term>,
}

impl Reader {
    fn unit(&mut self, unit: &Unit) -> UnitTerms {
        let stems: Vec<Term> =
            unit.tokens.iter().filter(|token| token.is_word()).map(|token| self.stem(&token.key)).collect();
        let pairs = stems.windows(2).map(|pair| self.term(pair[0], pair[1])).collect();
        let words = bag(stems);
        let pairs = bag(pairs);
        let all = merge(&words, &pairs);
        UnitTerms { all, words, pairs }
    }

    fn stem(&mut self, word: &str) -> Term {
        if let Some(&known) = self.stems.get(word) {
            return known;
        }
        let lower = word.to_lowercase();
        let stem = self.stemmer.stem(&lower).into_owned();
        // A stem is the pair of itself with nothing; pairs of stems share the numbering.
        let next = u32::try_from(self.stems.len()).unwrap_or(u32::MAX - 1);
        let stem = *self.stems.entry(format!("\u{0}{stem}")).or_insert(next);
        let term = self.term(stem, Term::MAX);
        self.stems.insert(word.to_owned(), term);
        term
    }

    fn term(&mut self, first: Term, second: Term) -> Term {
        let next = u32::try_from(self.terms.len()).unwrap_or(u32::MAX - 1);
        *self.terms.entry((first, second)).or_insert(next)
    }
}

fn bag(mut terms: Vec<Term>) -> Bag {
    terms.sort_unstable();
    let mut counted: Vec<(Term, u32)> = Vec::new();
    for term in terms {
        match counted.last_mut() {
            Some((last, count)) if *last == term => *count += 1,
            _ => counted.push((term, 1)),
        }
    }
    Bag(counted)
}

fn merge(a: &Bag, b: &Bag) -> Bag {
    let mut all: Vec<(Term, u32)> = a.0.iter().chain(&b.0).copied().collect();
    all.sort_unstable();
    Bag(all)
}

fn weights<'u>(terms: usize, units: impl Iterator<Item = &'u UnitTerms>) -> Vec<f64> {
    let mut frequency = vec![0_u32; terms];
    let mut count = 0_u32;
    for unit in units {
        count += 1;
        for &(term, _) in &unit.all.0 {
            frequency[term as usize] += 1;
        }
    }
    frequency.into_iter().map(|with| ((f64::from(count) + 1.0) / (f64::from(with) + 0.5)).ln()).collect()
}

/// FNV-1a over kinds and keys of a unit's tokens, marks left out.
fn fingerprint(unit: &Unit) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    for token in unit.tokens.iter().filter(|token| token.kind != TokenKind::Mark) {
        token.key.bytes().for_each(&mut add);
        add(0xff);
    }
    hash
}
