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

/// The terms of all units of two releases. Whatever is computed from them is the same, to the last bit, when the two
/// releases change places: terms are numbered by their spelling.
pub(super) struct Terms {
    pub old: Bags,
    pub new: Bags,
    /// How much a term says: ln((units + 1) / (units with it + 0.5)).
    weights: Vec<f64>,
    fingerprints_old: Vec<u64>,
    fingerprints_new: Vec<u64>,
}

/// The terms of the units of one release, by unit.
pub(super) struct Bags {
    /// Stems and pairs of stems.
    pub all: Vec<Bag>,
    words: Vec<Bag>,
    pairs: Vec<Bag>,
    /// Lengths of the units' vectors of stems and of pairs, for the cosine.
    norms: Vec<(f64, f64)>,
}

impl Bags {
    fn new(units: Vec<UnitTerms>, weights: &[f64]) -> Self {
        let norm =
            |bag: &Bag| bag.0.iter().map(|&(term, count)| value(weights, term, count).powi(2)).sum::<f64>().sqrt();
        let norms = units.iter().map(|unit| (norm(&unit.words), norm(&unit.pairs))).collect();
        let mut bags = Self { all: Vec::new(), words: Vec::new(), pairs: Vec::new(), norms };
        for unit in units {
            bags.all.push(unit.all);
            bags.words.push(unit.words);
            bags.pairs.push(unit.pairs);
        }
        bags
    }
}

/// How long the vector of a unit is in the direction of a term.
fn value(weights: &[f64], term: Term, count: u32) -> f64 {
    (1.0 + f64::from(count).ln()) * weights[term as usize]
}

impl Terms {
    pub fn new(old: &ReleaseText, new: &ReleaseText, algorithm: Algorithm) -> Self {
        let [old_units, new_units] = read(old, new, algorithm);
        let weights = weights(old_units.iter().chain(&new_units));
        let fingerprints = |text: &ReleaseText| text.units.iter().map(fingerprint).collect();
        Self {
            old: Bags::new(old_units, &weights),
            new: Bags::new(new_units, &weights),
            weights,
            fingerprints_old: fingerprints(old),
            fingerprints_new: fingerprints(new),
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
        let shared = shared(&self.old.words[old], &self.new.words[new]);
        shared.map(|(_, a, b)| a.min(b) as usize).sum::<usize>().max(1)
    }

    /// From 0 to 1: the mean of the cosines over stems and over pairs of stems, rare ones weighing more.
    pub fn similarity(&self, old: usize, new: usize) -> f64 {
        let ((old_words, old_pairs), (new_words, new_pairs)) = (self.old.norms[old], self.new.norms[new]);
        let words = self.cosine(&self.old.words[old], &self.new.words[new], old_words * new_words);
        if self.old.pairs[old].0.is_empty() || self.new.pairs[new].0.is_empty() {
            return words;
        }
        f64::midpoint(words, self.cosine(&self.old.pairs[old], &self.new.pairs[new], old_pairs * new_pairs))
    }

    fn cosine(&self, a: &Bag, b: &Bag, norms: f64) -> f64 {
        let value = |term: Term, count: u32| value(&self.weights, term, count);
        let product: f64 = shared(a, b).map(|(term, x, y)| value(term, x) * value(term, y)).sum();
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

/// The terms that two bags share, with their counts in each. Where one bag is far larger, most of it is leapt over.
fn shared<'b>(a: &'b Bag, b: &'b Bag) -> impl Iterator<Item = (Term, u32, u32)> + 'b {
    let (mut left, mut right) = (a.0.as_slice(), b.0.as_slice());
    std::iter::from_fn(move || {
        while let (Some(&(x, x_count)), Some(&(y, y_count))) = (left.first(), right.first()) {
            match x.cmp(&y) {
                std::cmp::Ordering::Less => left = from_term(left, y),
                std::cmp::Ordering::Greater => right = from_term(right, x),
                std::cmp::Ordering::Equal => {
                    (left, right) = (&left[1..], &right[1..]);
                    return Some((x, x_count, y_count));
                }
            }
        }
        None
    })
}

/// What of a bag's terms is not below `term`, found in leaps that double (galloping search).
fn from_term(terms: &[(Term, u32)], term: Term) -> &[(Term, u32)] {
    let mut leap = 1;
    while leap < terms.len() && terms[leap].0 < term {
        leap *= 2;
    }
    let near = &terms[..terms.len().min(leap + 1)];
    &terms[near.partition_point(|&(other, _)| other < term)..]
}

struct UnitTerms {
    all: Bag,
    words: Bag,
    pairs: Bag,
}

/// The terms of both releases.
fn read(old: &ReleaseText, new: &ReleaseText, algorithm: Algorithm) -> [Vec<UnitTerms>; 2] {
    let mut reader = Reader { stemmer: Stemmer::create(algorithm), words: HashMap::new(), stems: Vec::new() };
    let mut stems = [old, new].map(|text| text.units.iter().map(|unit| reader.stems_of(unit)).collect::<Vec<_>>());
    let ranks = ranks(&reader.stems);
    for stem in stems.iter_mut().flatten().flatten() {
        *stem = ranks[*stem as usize];
    }
    let neighbours = |unit: &Vec<Term>| unit.windows(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>();
    let mut pairs: Vec<(Term, Term)> = stems.iter().flatten().flat_map(neighbours).collect();
    pairs.sort_unstable();
    pairs.dedup();
    let numbered = pairs.into_iter().zip(number(ranks.len())..).collect::<HashMap<_, _>>();
    stems.map(|units| {
        let terms = |stems: Vec<Term>| {
            let pairs = bag(neighbours(&stems).iter().map(|pair| numbered[pair]).collect());
            let words = bag(stems);
            // Pairs have higher numbers than words, so that this is sorted.
            let all = Bag(words.0.iter().chain(&pairs.0).copied().collect());
            UnitTerms { all, words, pairs }
        };
        units.into_iter().map(terms).collect()
    })
}

fn number(count: usize) -> Term {
    Term::try_from(count).unwrap_or(Term::MAX)
}

/// For each stem its place among the different stems, by spelling.
fn ranks(stems: &[String]) -> Vec<Term> {
    let mut sorted: Vec<&String> = stems.iter().collect();
    sorted.sort_unstable();
    sorted.dedup();
    stems.iter().map(|stem| number(sorted.partition_point(|other| *other < stem))).collect()
}

struct Reader {
    stemmer: Stemmer,
    /// Index into `stems`, by word.
    words: HashMap<String, Term>,
    stems: Vec<String>,
}

impl Reader {
    fn stems_of(&mut self, unit: &Unit) -> Vec<Term> {
        unit.tokens.iter().filter(|token| token.is_word()).map(|token| self.stem(&token.key)).collect()
    }

    fn stem(&mut self, word: &str) -> Term {
        if let Some(&known) = self.words.get(word) {
            return known;
        }
        let next = number(self.stems.len());
        self.stems.push(self.stemmer.stem(&word.to_lowercase()).into_owned());
        self.words.insert(word.to_owned(), next);
        next
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

fn weights<'u>(units: impl Iterator<Item = &'u UnitTerms>) -> Vec<f64> {
    let mut frequency: Vec<u32> = Vec::new();
    let mut count = 0_u32;
    for unit in units {
        count += 1;
        for &(term, _) in &unit.all.0 {
            let term = term as usize;
            frequency.resize(frequency.len().max(term + 1), 0);
            frequency[term] += 1;
        }
    }
    frequency.into_iter().map(|with| ((f64::from(count) + 1.0) / (f64::from(with) + 0.5)).ln()).collect()
}

/// FNV-1a over the keys of a unit's tokens, marks left out.
fn fingerprint(unit: &Unit) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    for token in unit.tokens.iter().filter(|token| token.kind != TokenKind::Mark) {
        token.key.bytes().for_each(&mut add);
        add(0xff);
    }
    hash
}
