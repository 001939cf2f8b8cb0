//! Facets: what of weight changed in the words of a unit: normative force, references, numbers, dates.

use std::collections::BTreeSet;

use crate::tokens::{Token, TokenKind};
use crate::words::{Op, Run};

/// Something of weight that changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// A duty became stricter: from → to.
    ForceStrengthened(String, String),
    /// A duty became weaker: from → to.
    ForceWeakened(String, String),
    /// A duty changed in another way, such as from a permission to a prohibition, or came or went.
    ForceChanged(String, String),
    /// A cited norm, chapter or link target changed.
    Reference,
    /// A figure changed.
    Number,
    /// A date changed.
    Date,
}

impl Facet {
    /// The names of all facets.
    pub const NAMES: [&'static str; 6] =
        ["force-strengthened", "force-weakened", "force-changed", "reference", "number", "date"];

    /// Name in JSON and locale keys.
    pub fn name(&self) -> &'static str {
        match self {
            Facet::ForceStrengthened(..) => "force-strengthened",
            Facet::ForceWeakened(..) => "force-weakened",
            Facet::ForceChanged(..) => "force-changed",
            Facet::Reference => "reference",
            Facet::Number => "number",
            Facet::Date => "date",
        }
    }

    /// The words it is about: `soll → muss`.
    pub fn detail(&self) -> Option<String> {
        match self {
            Facet::ForceStrengthened(from, to) | Facet::ForceWeakened(from, to) | Facet::ForceChanged(from, to) => {
                let shown = |word: &str| if word.is_empty() { "–".to_owned() } else { word.to_owned() };
                Some(format!("{} → {}", shown(from), shown(to)))
            }
            Facet::Reference | Facet::Number | Facet::Date => None,
        }
    }
}

/// How strictly a modal verb binds: 3 must, 2 is to (soll), 1 should, 0 may. German and English forms. Based on the
/// usage of German legal drafting (muss/soll/kann provisions) and of RFC 2119.
const MODALS: &[(&str, i8)] = &[
    ("muss", 3),
    ("müssen", 3),
    ("musste", 3),
    ("mussten", 3),
    ("soll", 2),
    ("sollen", 2),
    ("sollte", 1),
    ("sollten", 1),
    ("kann", 0),
    ("können", 0),
    ("könnte", 0),
    ("könnten", 0),
    ("darf", 0),
    ("dürfen", 0),
    ("must", 3),
    ("shall", 3),
    ("should", 1),
    ("may", 0),
    ("can", 0),
];

/// Words that turn a modal verb around when they follow in the same clause.
const NEGATIONS: &[&str] =
    &["nicht", "kein", "keine", "keinen", "keinem", "keiner", "keines", "nie", "niemals", "not", "never", "no"];

/// Words a negation may stand behind its verb.
const NEGATION_REACH: usize = 12;

/// A modal verb in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Modal {
    /// As shown, with its negation: `darf nicht`.
    text: String,
    force: i8,
    negated: bool,
}

/// The facets of the changes in `runs`.
pub fn of(runs: &[Run], old: &[Token], new: &[Token]) -> Vec<Facet> {
    let mut facets: BTreeSet<Facet> = force(old, new).into_iter().collect();
    let deleted: Vec<&Token> = changed(runs, Op::Delete, old);
    let inserted: Vec<&Token> = changed(runs, Op::Insert, new);
    let both = || deleted.iter().chain(&inserted);
    if both().any(|token| matches!(token.kind, TokenKind::Target | TokenKind::Reference)) || norms(old) != norms(new) {
        facets.insert(Facet::Reference);
    }
    let dates = both().any(|token| is_date_word(token));
    if dates {
        facets.insert(Facet::Date);
    } else if both().any(|token| is_number_word(token)) {
        facets.insert(Facet::Number);
    }
    facets.into_iter().collect()
}

fn changed<'t>(runs: &[Run], op: Op, tokens: &'t [Token]) -> Vec<&'t Token> {
    let of_op = runs.iter().filter(|run| run.op == op);
    of_op.flat_map(|run| &tokens[if op == Op::Delete { run.old.clone() } else { run.new.clone() }]).collect()
}

/// Compares the modal verbs of two texts in order.
fn force(old: &[Token], new: &[Token]) -> Vec<Facet> {
    let (old, new) = (modals(old), modals(new));
    let key = |modal: &Modal| (modal.force, modal.negated);
    let keys = |modals: &[Modal]| modals.iter().map(key).collect::<Vec<_>>();
    let ops = similar::capture_diff_slices(similar::Algorithm::Myers, &keys(&old), &keys(&new));
    let mut facets = Vec::new();
    for op in ops.iter().filter(|op| !matches!(op, similar::DiffOp::Equal { .. })) {
        let (from, to) = (&old[op.old_range()], &new[op.new_range()]);
        for at in 0..from.len().max(to.len()) {
            facets.push(compare_force(from.get(at), to.get(at)));
        }
    }
    facets
}

fn compare_force(from: Option<&Modal>, to: Option<&Modal>) -> Facet {
    let text = |modal: Option<&Modal>| modal.map(|modal| modal.text.clone()).unwrap_or_default();
    let words = (text(from), text(to));
    let (Some(from), Some(to)) = (from, to) else { return Facet::ForceChanged(words.0, words.1) };
    // A permission that is denied (darf nicht) is a prohibition and binds like a duty; a duty denied is none.
    let binding = |modal: &Modal| if modal.negated { 3 - modal.force } else { modal.force };
    match binding(to).cmp(&binding(from)) {
        _ if from.negated != to.negated => Facet::ForceChanged(words.0, words.1),
        std::cmp::Ordering::Greater => Facet::ForceStrengthened(words.0, words.1),
        std::cmp::Ordering::Less => Facet::ForceWeakened(words.0, words.1),
        std::cmp::Ordering::Equal => Facet::ForceChanged(words.0, words.1),
    }
}

fn modals(tokens: &[Token]) -> Vec<Modal> {
    let mut modals = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let word = token.key.to_lowercase();
        let Some(&(_, force)) = MODALS.iter().find(|(known, _)| *known == word) else { continue };
        if token.kind != TokenKind::Word {
            continue;
        }
        let clause = tokens[at + 1..]
            .iter()
            .take_while(|token| !matches!(token.key.as_str(), "." | ";" | ":" | "," | "!" | "?"))
            .filter(|token| token.is_word());
        let negation = clause.take(NEGATION_REACH).find(|token| NEGATIONS.contains(&token.key.to_lowercase().as_str()));
        let text = negation.map_or_else(|| word.clone(), |negation| format!("{word} {}", negation.key));
        modals.push(Modal { text, force, negated: negation.is_some() });
    }
    modals
}

/// Norms as written: `§ 35`, `Art. 14`, with the number that follows.
fn norms(tokens: &[Token]) -> BTreeSet<(String, String)> {
    let words: Vec<&Token> = tokens.iter().filter(|token| !token.text.is_empty() && token.key != ".").collect();
    let is_sign = |token: &Token| matches!(token.key.as_str(), "§" | "§§" | "Art" | "Artikel" | "Article" | "Section");
    let found = words.windows(2).filter(|pair| is_sign(pair[0]));
    found.map(|pair| (pair[0].key.clone(), pair[1].key.clone())).collect()
}

const MONTHS: &[&str] = &[
    "januar",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
    "january",
    "february",
    "march",
    "may",
    "june",
    "july",
    "october",
    "december",
];

fn is_date_word(token: &Token) -> bool {
    let word = token.key.to_lowercase();
    let numeric = word.split(['.', '-']).filter(|part| !part.is_empty()).count() == 3
        && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    // English "may" is a verb far more often than a month; only its capital tells.
    (MONTHS.contains(&word.as_str()) && token.key.starts_with(char::is_uppercase)) || numeric
}

/// German and English number words up to twelve count as figures: `zwölf Monate`, `sechs Monate`.
const NUMBER_WORDS: &[&str] = &[
    "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf", "two", "three", "four",
    "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
];

fn is_number_word(token: &Token) -> bool {
    let has_digit = token.key.chars().any(|c| c.is_ascii_digit());
    token.kind == TokenKind::Word && (has_digit || NUMBER_WORDS.contains(&token.key.to_lowercase().as_str()))
}
