//! The references, dates and numbers in a text.

use std::collections::BTreeMap;

use crate::tokens::{Token, TokenKind};

/// How often each thing of a kind occurs.
type Counts = BTreeMap<String, usize>;

/// What a text refers to and which figures stand in it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Figures {
    /// Link targets, cross-references, and norms as written: `§ 35 Abs. 1`.
    pub references: Counts,
    /// Dates, months and years beside them.
    pub dates: Counts,
    /// All other figures, number words up to twelve included.
    pub numbers: Counts,
}

/// Words that begin a norm.
const SIGNS: &[&str] = &["§", "§§", "Art", "Artikel", "Article", "Section"];

/// Words that go on with it, besides figures and single letters.
const PARTS: &[&str] = &[
    "Abs",
    "Absatz",
    "UAbs",
    "Unterabsatz",
    "Satz",
    "Halbsatz",
    "Nr",
    "Nummer",
    "Buchst",
    "Buchstabe",
    "lit",
    "bis",
    "und",
    "Paragraph",
    "Point",
    "Para",
];

/// Marks that stand between the parts of a norm or a date.
const BETWEEN: &[&str] = &[".", ",", "/", "–", "-", "(", ")"];

const MONTHS: &[&str] = &[
    "januar",
    "jänner",
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

/// German and English number words: `zwölf Monate` and `12 Monate` are one figure.
const WORDS: &[(&str, u8)] = &[
    ("zwei", 2),
    ("drei", 3),
    ("vier", 4),
    ("fünf", 5),
    ("sechs", 6),
    ("sieben", 7),
    ("acht", 8),
    ("neun", 9),
    ("zehn", 10),
    ("elf", 11),
    ("zwölf", 12),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
];

/// Collects what a text refers to and its figures. What belongs to a norm or a date is no number besides.
pub(super) fn of(tokens: &[Token]) -> Figures {
    let mut figures = Figures::default();
    let targets = tokens.iter().filter(|token| matches!(token.kind, TokenKind::Target | TokenKind::Reference));
    targets.for_each(|token| count(&mut figures.references, token.key.clone()));
    let seen: Vec<&Token> = tokens.iter().filter(|token| !token.text.is_empty()).collect();
    let mut at = 0;
    while at < seen.len() {
        if let Some(end) = norm_end(&seen, at) {
            count(&mut figures.references, spelt(&seen[at..end]));
            at = end;
        } else if let Some(end) = date_end(&seen, at) {
            count(&mut figures.dates, spelt(&seen[at..end]));
            at = end;
        } else {
            if let Some(number) = number(seen[at]) {
                count(&mut figures.numbers, number);
            }
            at += 1;
        }
    }
    figures
}

fn count(counts: &mut Counts, key: String) {
    *counts.entry(key).or_default() += 1;
}

/// The words and figures of some tokens, without the marks between them.
fn spelt(tokens: &[&Token]) -> String {
    let words: Vec<&str> = tokens.iter().map(|token| token.key.as_str()).filter(|key| !BETWEEN.contains(key)).collect();
    words.join(" ")
}

/// The end of the norm that begins at `at`.
fn norm_end(seen: &[&Token], at: usize) -> Option<usize> {
    if !SIGNS.contains(&seen[at].key.as_str()) {
        return None;
    }
    let goes_on = |token: &Token| {
        let key = token.key.as_str();
        let is_letter = key.chars().count() <= 2 && key.chars().all(char::is_alphabetic);
        PARTS.contains(&key) || BETWEEN.contains(&key) || is_figure(key) || (is_letter && token.kind == TokenKind::Word)
    };
    let mut end = at + 1 + seen[at + 1..].iter().take_while(|token| goes_on(token)).count();
    // A norm ends with a figure or a letter, not with the full stop behind it.
    while end > at + 1 && !is_last(&seen[end - 1].key) {
        end -= 1;
    }
    (end > at + 1).then_some(end)
}

fn is_last(key: &str) -> bool {
    is_figure(key) || (key.chars().count() == 1 && key.chars().all(char::is_alphabetic))
}

/// The end of the date that begins at `at`: `1. März 2026`, `March 1, 2026`, `2026-03-01`, `01.03.2026`, `März 2026`.
fn date_end(seen: &[&Token], at: usize) -> Option<usize> {
    if is_numeric_date(&seen[at].key) {
        return Some(at + 1);
    }
    let is_part =
        |token: &&&Token| is_month(&token.key) || is_figure(&token.key) || BETWEEN.contains(&token.key.as_str());
    let length = seen[at..].iter().take(5).take_while(is_part).count();
    let month = seen[at..at + length].iter().position(|token| is_month(&token.key))?;
    let starts = is_month(&seen[at].key) || (is_figure(&seen[at].key) && month <= 2);
    let figures = seen[at..at + length].iter().rposition(|token| is_figure(&token.key) || is_month(&token.key))?;
    starts.then_some(at + figures + 1)
}

fn is_month(key: &str) -> bool {
    // English "may" is a verb far more often than a month; only its capital tells.
    key.starts_with(char::is_uppercase) && MONTHS.contains(&key.to_lowercase().as_str())
}

fn is_numeric_date(key: &str) -> bool {
    let parts = key.split(['.', '-']).filter(|part| !part.is_empty()).count();
    parts == 3 && key.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'))
}

fn is_figure(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_digit())
}

/// A figure, or a number word as one.
fn number(token: &Token) -> Option<String> {
    let word = token.key.to_lowercase();
    let spelt = || WORDS.iter().find(|(known, _)| *known == word).map(|(_, value)| value.to_string());
    let is_number = token.kind == TokenKind::Word && word.chars().any(|c| c.is_ascii_digit());
    if is_number { Some(word) } else { spelt() }
}
