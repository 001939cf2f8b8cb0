//! Words as numbers: stems, pairs of stems and four letters at a time, and how much each says, for measuring how similar
//! two units are.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use rust_stemmers::{Algorithm, Stemmer};

use crate::release_text::{ReleaseText, Unit};
use crate::tokens::TokenKind;

/// A stem, a pair of neighbouring stems, or four letters of a word.
pub(super) type Term = u32;

/// The terms of one unit, sorted by term, with how often each occurs.
#[derive(Debug, Default, Clone)]
pub(super) struct Bag(pub Vec<(Term, u32)>);

/// Which of the two releases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Old,
    New,
}

impl Side {
    pub fn other(self) -> Self {
        match self {
            Side::Old => Side::New,
            Side::New => Side::Old,
        }
    }
}

/// The terms of all units of two releases. Whatever is computed from them is the same, to the last bit, when the two
/// releases change places: terms are numbered by their spelling.
pub(super) struct Terms {
    old: Bags,
    new: Bags,
    weights: Weights,
    /// For each stem its letters, four at a time.
    grams: Vec<Vec<Term>>,
}

/// How much each term says.
struct Weights {
    /// Of stems and pairs of stems.
    words: Vec<f64>,
    /// Of four letters.
    grams: Vec<f64>,
}

/// The terms of the units of one release, by unit.
struct Bags {
    words: Vec<Bag>,
    pairs: Vec<Bag>,
    /// Lengths of the units' vectors of stems and of pairs, for the cosine.
    norms: Vec<(f64, f64)>,
    /// Four letters at a time, with the vector's length; of few units it is asked.
    grams: Vec<OnceLock<(Bag, f64)>>,
    fingerprints: Vec<u64>,
    /// The same, to look one up.
    texts: HashSet<u64>,
    /// The figures of the units, as they stand, sorted.
    figures: Vec<Vec<String>>,
}

/// A term that occurs in one release alone says that the texts differ, but less than its rarity would have it: every
/// rewording brings new words.
const ONE_SIDED: f64 = 0.5;
/// Letters of a gram. Four find the parts of German compounds.
const GRAM: usize = 4;
/// What all figures count as: a requirement does not become another when its number does.
const FIGURE: &str = "#";

/// How long the vector of a unit is in the direction of a term.
fn value(weights: &[f64], term: Term, count: u32) -> f64 {
    // libm's logarithm is the same on every machine. Most terms occur once in a unit.
    let times = if count == 1 { 1.0 } else { 1.0 + libm::log(f64::from(count)) };
    times * weights[term as usize]
}

/// The length of a vector.
fn norm(weights: &[f64], bag: &Bag) -> f64 {
    bag.0.iter().map(|&(term, count)| value(weights, term, count).powi(2)).sum::<f64>().sqrt()
}

/// The cosine of two vectors, from 0 to 1.
fn cosine(weights: &[f64], (a, a_norm): (&Bag, f64), (b, b_norm): (&Bag, f64)) -> f64 {
    let product: f64 = shared(a, b).map(|(term, x, y)| value(weights, term, x) * value(weights, term, y)).sum();
    if a_norm * b_norm > 0.0 { product / (a_norm * b_norm) } else { 0.0 }
}

impl Bags {
    fn new(text: &ReleaseText, units: Vec<(Bag, Bag)>, weights: &[f64]) -> Self {
        let norms = units.iter().map(|(words, pairs)| (norm(weights, words), norm(weights, pairs))).collect();
        let grams = vec![OnceLock::new(); units.len()];
        let (words, pairs) = units.into_iter().unzip();
        let fingerprints: Vec<u64> = text.units.iter().map(fingerprint).collect();
        let texts = fingerprints.iter().copied().collect();
        Self { words, pairs, norms, grams, fingerprints, texts, figures: text.units.iter().map(figures).collect() }
    }
}

impl Terms {
    pub fn new(old: &ReleaseText, new: &ReleaseText, algorithm: Algorithm) -> Self {
        let (stems, [old_units, new_units]) = read(old, new, algorithm);
        let (grams, gram_count) = grams(&stems);
        let words = weights([&old_units, &new_units]);
        let frequencies = [&old_units, &new_units].map(|units| gram_frequencies(units, &grams, gram_count));
        let count = old_units.len() + new_units.len();
        let weights = Weights { words, grams: weigh(&frequencies, count) };
        let bags = |text, units| Bags::new(text, units, &weights.words);
        let (old, new) = rayon::join(|| bags(old, old_units), || bags(new, new_units));
        Self { old, new, weights, grams }
    }

    fn bags(&self, side: Side) -> &Bags {
        match side {
            Side::Old => &self.old,
            Side::New => &self.new,
        }
    }

    /// How much a stem or a pair of stems says.
    pub fn weight(&self, term: Term) -> f64 {
        self.weights.words[term as usize]
    }

    /// The number of stems and pairs of stems.
    pub fn count(&self) -> usize {
        self.weights.words.len()
    }

    /// The stems of a unit.
    pub fn words(&self, side: Side, unit: usize) -> &Bag {
        &self.bags(side).words[unit]
    }

    /// The number of words of a unit, those of program text included.
    pub fn length(&self, side: Side, unit: usize) -> usize {
        self.words(side, unit).0.iter().map(|&(_, count)| count as usize).sum()
    }

    /// The stems of a unit, then its pairs of stems.
    pub fn all(&self, side: Side, unit: usize) -> impl Iterator<Item = Term> {
        let bags = self.bags(side);
        bags.words[unit].0.iter().chain(&bags.pairs[unit].0).map(|&(term, _)| term)
    }

    /// A number that is equal for units of equal text.
    pub fn fingerprint(&self, side: Side, unit: usize) -> u64 {
        self.bags(side).fingerprints[unit]
    }

    /// Whether two units have the same text, marks left out.
    pub fn equal(&self, old: usize, new: usize) -> bool {
        self.old.fingerprints[old] == self.new.fingerprints[new]
    }

    /// Whether the very text of either unit stands somewhere in the other release.
    pub fn stands_elsewhere(&self, old: usize, new: usize) -> bool {
        self.new.texts.contains(&self.old.fingerprints[old]) || self.old.texts.contains(&self.new.fingerprints[new])
    }

    /// Words that both units have, repeated ones as often as both have them, all figures counted as one; at least one.
    pub fn shared_words(&self, old: usize, new: usize) -> usize {
        let shared = shared(&self.old.words[old], &self.new.words[new]);
        shared.map(|(_, a, b)| a.min(b) as usize).sum::<usize>().max(1)
    }

    /// The share of the figures of both units that are the same, from 0 to 1; 0 without figures.
    pub fn shared_figures(&self, old: usize, new: usize) -> f64 {
        let (old, new) = (&self.old.figures[old], &self.new.figures[new]);
        let same = old.iter().filter(|figure| new.binary_search(figure).is_ok()).count();
        let all = old.len() + new.len() - same;
        if all == 0 { 0.0 } else { same as f64 / all as f64 }
    }

    /// From 0 to 1: the mean of the cosines over stems, over pairs of stems and over four letters at a time, rare ones
    /// weighing more.
    pub fn similarity(&self, old: usize, new: usize) -> f64 {
        let ((old_words, old_pairs), (new_words, new_pairs)) = (self.old.norms[old], self.new.norms[new]);
        let weights = &self.weights.words;
        let words = cosine(weights, (&self.old.words[old], old_words), (&self.new.words[new], new_words));
        let ((old_bag, old_norm), (new_bag, new_norm)) = (self.grams(Side::Old, old), self.grams(Side::New, new));
        let grams = cosine(&self.weights.grams, (old_bag, *old_norm), (new_bag, *new_norm));
        if self.old.pairs[old].0.is_empty() || self.new.pairs[new].0.is_empty() {
            return f64::midpoint(words, grams);
        }
        let pairs = cosine(weights, (&self.old.pairs[old], old_pairs), (&self.new.pairs[new], new_pairs));
        (words + pairs + grams) / 3.0
    }

    fn grams(&self, side: Side, unit: usize) -> &(Bag, f64) {
        let bags = self.bags(side);
        bags.grams[unit].get_or_init(|| {
            let mut all: Vec<(Term, u32)> = Vec::new();
            for &(stem, count) in &bags.words[unit].0 {
                all.extend(self.grams[stem as usize].iter().map(|&gram| (gram, count)));
            }
            let bag = counted(all);
            let norm = norm(&self.weights.grams, &bag);
            (bag, norm)
        })
    }

    /// The cosine over stems of two texts that consist of several units, as sections do.
    pub fn likeness(&self, (old, old_norm): &(Bag, f64), (new, new_norm): &(Bag, f64)) -> f64 {
        cosine(&self.weights.words, (old, *old_norm), (new, *new_norm))
    }

    /// The stems of several units, with the length of their vector.
    pub fn joined(&self, side: Side, units: impl Iterator<Item = usize>) -> (Bag, f64) {
        let bag = counted(units.flat_map(|unit| self.bags(side).words[unit].0.iter().copied()).collect());
        let norm = norm(&self.weights.words, &bag);
        (bag, norm)
    }

    /// How much the stems of a unit weigh together.
    pub fn mass(&self, bag: &Bag) -> f64 {
        bag.0.iter().map(|&(term, _)| self.weight(term)).sum()
    }

    /// How much the stems weigh that both bags have, and of these those that `rest` has not.
    pub fn shared_mass(&self, part: &Bag, whole: &Bag, rest: &Bag) -> (f64, f64) {
        let (mut all, mut new) = (0.0, 0.0);
        for (term, ..) in shared(part, whole) {
            all += self.weight(term);
            if rest.0.binary_search_by_key(&term, |&(known, _)| known).is_err() {
                new += self.weight(term);
            }
        }
        (all, new)
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

/// The stems of both releases, and for each unit its stems and its pairs of stems.
fn read(old: &ReleaseText, new: &ReleaseText, algorithm: Algorithm) -> (Vec<String>, [Vec<(Bag, Bag)>; 2]) {
    let mut reader = Reader { stemmer: Stemmer::create(algorithm), words: HashMap::new(), stems: Vec::new() };
    let mut units = [old, new].map(|text| text.units.iter().map(|unit| reader.stems_of(unit)).collect::<Vec<_>>());
    let mut stems = reader.stems.clone();
    stems.sort_unstable();
    stems.dedup();
    let ranks: Vec<Term> =
        reader.stems.iter().map(|stem| number(stems.partition_point(|other| other < stem))).collect();
    for stem in units.iter_mut().flatten().flatten() {
        *stem = ranks[*stem as usize];
    }
    let numbered = numbered_pairs(&units, stems.len());
    let bags = units.map(|units| {
        let bags = |stems: Vec<Term>| {
            let pairs = bag(stems.windows(2).map(|pair| numbered[&(pair[0], pair[1])]).collect());
            (bag(stems), pairs)
        };
        units.into_iter().map(bags).collect()
    });
    (stems, bags)
}

/// Numbers for the pairs of neighbouring stems, by spelling, above those of the stems.
fn numbered_pairs(units: &[Vec<Vec<Term>>; 2], stems: usize) -> HashMap<(Term, Term), Term> {
    let neighbours = |unit: &Vec<Term>| unit.windows(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>();
    let mut pairs: Vec<(Term, Term)> = units.iter().flatten().flat_map(neighbours).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs.into_iter().zip(number(stems)..).collect()
}

fn number(count: usize) -> Term {
    Term::try_from(count).unwrap_or(Term::MAX)
}

/// For each stem its letters, four at a time, and how many different ones there are.
fn grams(stems: &[String]) -> (Vec<Vec<Term>>, usize) {
    let mut numbers: HashMap<Vec<char>, Term> = HashMap::new();
    let mut spelt: Vec<Vec<char>> = Vec::new();
    let mut grams_of = |stem: &String| {
        let letters: Vec<char> = std::iter::once('_').chain(stem.chars()).chain(['_']).collect();
        let pieces = letters.windows(GRAM.min(letters.len()));
        let number = |gram: &[char]| {
            *numbers.entry(gram.to_vec()).or_insert_with(|| {
                spelt.push(gram.to_vec());
                number(spelt.len() - 1)
            })
        };
        pieces.map(number).collect()
    };
    // Stems come sorted, so that the numbers do not depend on which release is the old one.
    let grams = stems.iter().map(&mut grams_of).collect();
    (grams, spelt.len())
}

struct Reader {
    stemmer: Stemmer,
    /// Index into `stems`, by word.
    words: HashMap<String, Term>,
    stems: Vec<String>,
}

impl Reader {
    fn stems_of(&mut self, unit: &Unit) -> Vec<Term> {
        let mut stems = Vec::new();
        for token in unit.tokens.iter().filter(|token| token.is_word()) {
            match token.kind {
                // A line of program text is one token, but two lines of which one word differs are alike.
                TokenKind::Code => {
                    let words = token.key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
                    stems.extend(words.map(|word| self.stem(word)));
                }
                _ => stems.push(self.stem(&token.key)),
            }
        }
        stems
    }

    fn stem(&mut self, word: &str) -> Term {
        if let Some(&known) = self.words.get(word) {
            return known;
        }
        let next = number(self.stems.len());
        let stem = if is_figure(word) { FIGURE.into() } else { self.stemmer.stem(&word.to_lowercase()).into_owned() };
        self.stems.push(stem);
        self.words.insert(word.to_owned(), next);
        next
    }
}

fn is_figure(word: &str) -> bool {
    !word.chars().any(char::is_alphabetic)
}

/// The different figures of a unit, sorted.
fn figures(unit: &Unit) -> Vec<String> {
    let words = unit.tokens.iter().filter(|token| token.is_word() && is_figure(&token.key));
    let mut figures: Vec<String> = words.map(|token| token.key.clone()).collect();
    figures.sort_unstable();
    figures.dedup();
    figures
}

fn bag(terms: Vec<Term>) -> Bag {
    counted(terms.into_iter().map(|term| (term, 1)).collect())
}

/// Sorted, with the counts of equal terms summed.
fn counted(mut terms: Vec<(Term, u32)>) -> Bag {
    terms.sort_unstable_by_key(|&(term, _)| term);
    terms.dedup_by(|next, last| {
        let same = next.0 == last.0;
        if same {
            last.1 += next.1;
        }
        same
    });
    Bag(terms)
}

/// The weights of stems and pairs of stems.
fn weights(sides: [&Vec<(Bag, Bag)>; 2]) -> Vec<f64> {
    let frequencies = sides.map(|units| {
        let mut with: Vec<u32> = Vec::new();
        for &(term, _) in units.iter().flat_map(|(words, pairs)| words.0.iter().chain(&pairs.0)) {
            let term = term as usize;
            with.resize(with.len().max(term + 1), 0);
            with[term] += 1;
        }
        with
    });
    weigh(&frequencies, sides.iter().map(|units| units.len()).sum())
}

/// In how many units of a release four letters occur, from the words that have them: a unit with two such words counts
/// twice.
fn gram_frequencies(units: &[(Bag, Bag)], grams: &[Vec<Term>], count: usize) -> Vec<u32> {
    let mut with_stem = vec![0_u32; grams.len()];
    for &(stem, _) in units.iter().flat_map(|(words, _)| &words.0) {
        with_stem[stem as usize] += 1;
    }
    let mut with = vec![0_u32; count];
    for (grams, units) in grams.iter().zip(with_stem) {
        for &gram in grams {
            with[gram as usize] = with[gram as usize].saturating_add(units);
        }
    }
    with
}

/// How much terms say that occur in so many units of each release: ln((units + 1) / (units with it + 0.5)), the inverse
/// document frequency of Spärck Jones (1972), smoothed.
fn weigh(frequencies: &[Vec<u32>; 2], units: usize) -> Vec<f64> {
    let [old, new] = frequencies;
    let in_side = |side: &Vec<u32>, term: usize| side.get(term).copied().unwrap_or(0);
    let weight = |term: usize| {
        let (in_old, in_new) = (in_side(old, term), in_side(new, term));
        let with = f64::from(in_old) + f64::from(in_new);
        let rarity = libm::log((units as f64 + 1.0) / (with + 0.5)).max(0.0);
        if in_old == 0 || in_new == 0 { ONE_SIDED * rarity } else { rarity }
    };
    (0..old.len().max(new.len())).map(weight).collect()
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
