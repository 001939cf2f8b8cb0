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
    /// Dates by what they say.
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

/// The months in German and English.
const MONTHS: [&[&str]; 12] = [
    &["januar", "jänner", "january"],
    &["februar", "february"],
    &["märz", "march"],
    &["april"],
    &["mai", "may"],
    &["juni", "june"],
    &["juli", "july"],
    &["august"],
    &["september"],
    &["oktober", "october"],
    &["november"],
    &["dezember", "december"],
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
        } else if let Some((end, date)) = date(&seen, at) {
            count(&mut figures.dates, date);
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

/// The words, figures and marks of a norm, but for full stops.
fn spelt(tokens: &[&Token]) -> String {
    let words: Vec<&str> = tokens.iter().map(|token| token.key.as_str()).filter(|key| *key != ".").collect();
    words.join(" ")
}

/// The end of the norm that begins at `at`.
fn norm_end(seen: &[&Token], at: usize) -> Option<usize> {
    if !SIGNS.contains(&seen[at].key.as_str()) {
        return None;
    }
    let goes_on = |token: &&&Token| {
        let key = token.key.as_str();
        PARTS.contains(&key) || BETWEEN.contains(&key) || is_figure(key) || is_letter(key)
    };
    let mut end = at + 1 + seen[at + 1..].iter().take_while(goes_on).count();
    // A norm ends with a figure or a letter, not with the full stop behind it.
    while end > at + 1 && !(is_figure(&seen[end - 1].key) || is_letter(&seen[end - 1].key)) {
        end -= 1;
    }
    (end > at + 1).then(|| end + seen[end..].iter().take(ACT_TOKENS).take_while(|token| is_of_act(&token.key)).count())
}

/// Tokens of the name of an act: `KI`, `-`, `VO`; `SGB`, `X`.
const ACT_TOKENS: usize = 4;

/// Whether a token belongs to the name of an act behind a norm: capitals (`DSGVO`, `SGB X`, `BDSG`, `VwVfG`), and the
/// hyphen in `KI-VO`.
fn is_of_act(key: &str) -> bool {
    let capitals = key.chars().filter(|c| c.is_uppercase()).count();
    key == "-" || (key.chars().all(char::is_alphabetic) && (capitals >= 2 || matches!(key, "I" | "V" | "X" | "L")))
}

/// Whether a token is a letter of a norm: `a`, `35a` being one token itself.
fn is_letter(key: &str) -> bool {
    key.chars().count() == 1 && key.chars().all(char::is_alphabetic)
}

/// The end of the date that begins at `at` and what it says, day, month and year: `1. März 2026`, `March 1, 2026`,
/// `2026-03-01`, `01.03.2026`, `März 2026`. A month without a figure is none.
fn date(seen: &[&Token], at: usize) -> Option<(usize, String)> {
    if let Some(date) = numeric_date(&seen[at].key) {
        return Some((at + 1, date));
    }
    let month_at = (at..seen.len().min(at + 3)).find(|&place| month(&seen[place].key).is_some())?;
    let month = month(&seen[month_at].key)?;
    let is_between = |place: &usize| BETWEEN.contains(&seen[*place].key.as_str());
    let figure = |place: usize| seen.get(place).filter(|token| is_figure(&token.key)).map(|token| token.key.as_str());
    // Before the month stands its day alone.
    let day = figure(at).filter(|_| month_at > at && (at + 1..month_at).all(|place| is_between(&place)));
    if month_at > at && day.is_none() {
        return None;
    }
    let next = |place: usize| (place..seen.len().min(place + 2)).find(|place| !is_between(place));
    let first = next(month_at + 1).filter(|&place| figure(place).is_some());
    let is_year = |place: &usize| figure(*place).is_some_and(|figure| figure.len() == 4);
    let (day, year) = match (day, first.filter(is_year)) {
        (None, None) => {
            let year = first.and_then(|place| next(place + 1)).filter(is_year);
            (first.and_then(figure), year)
        }
        known => known,
    };
    day.or(year.and_then(figure))?;
    let end = year.or(first.filter(|_| day.is_some() && month_at == at)).unwrap_or(month_at) + 1;
    let number = |figure: Option<&str>| figure.and_then(|figure| figure.trim_end_matches('.').parse::<u32>().ok());
    Some((end, format!("{:?}-{month}-{:?}", number(year.and_then(figure)), number(day))))
}

/// The month that a word names, from 1.
fn month(key: &str) -> Option<usize> {
    // English "may" is a verb far more often than a month; only its capital tells.
    let names = |month: &[&str]| month.contains(&key.to_lowercase().as_str());
    key.starts_with(char::is_uppercase).then(|| MONTHS.iter().position(|month| names(month)))?.map(|at| at + 1)
}

/// A date in figures: day, month and year.
fn numeric_date(key: &str) -> Option<String> {
    let parts: Vec<Option<u32>> =
        key.split(['.', '-']).filter(|part| !part.is_empty()).map(|part| part.parse().ok()).collect();
    let &[Some(first), Some(month), Some(last)] = parts.as_slice() else { return None };
    let (year, day) = if first > 31 { (first, last) } else { (last, first) };
    Some(format!("{:?}-{month}-{:?}", Some(year), Some(day)))
}

fn is_figure(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_digit())
}

/// A figure by its value, or a number word as one. The full stops and commas of thousands do not count.
fn number(token: &Token) -> Option<String> {
    let word = token.key.to_lowercase();
    let spelt = || WORDS.iter().find(|(known, _)| *known == word).map(|(_, value)| value.to_string());
    let is_number = token.kind == TokenKind::Word && word.chars().any(|c| c.is_ascii_digit());
    let thousands = |mark: char| {
        let mut parts = word.split(mark);
        let first = parts.next().unwrap_or_default();
        let is_digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
        let rest: Vec<&str> = parts.collect();
        let grouped = !rest.is_empty() && rest.iter().all(|part| part.len() == 3 && is_digits(part));
        (grouped && (1..=3).contains(&first.len()) && is_digits(first)).then(|| word.replace(mark, ""))
    };
    let value = || thousands('.').or_else(|| thousands(',')).unwrap_or_else(|| word.clone());
    if is_number { Some(value()) } else { spelt() }
}
