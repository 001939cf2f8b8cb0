//! Words as they stand in a text, and whether it is their kind that makes them capital.

use unicode_normalization::UnicodeNormalization;

use super::facts::{ENGLISH, GERMAN, has};

/// A word of letters, maybe with hyphens between or around them.
pub(super) struct Token<'a> {
    pub text: &'a str,
    /// Whether it stands inside a sentence, where only nouns and names are capital.
    pub inside: bool,
}

/// What may be a hyphen.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// A text in NFC and without places where a word may be broken.
pub(super) fn cleaned(text: &str) -> String {
    text.nfc().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')).collect()
}

/// Hands over the words of a cleaned text, those of English lines left out.
pub(super) fn each_token(text: &str, mut take: impl FnMut(Token)) {
    for line in text.lines().filter(|line| !is_english(line)) {
        let mut inside = false;
        for chunk in line.split_whitespace() {
            if !is_program(chunk) {
                tokens(chunk, inside, &mut take);
            }
            inside = goes_on(chunk, inside);
        }
    }
}

/// Whether a line has more English words than German ones.
fn is_english(line: &str) -> bool {
    let words = || line.split(|c: char| !c.is_alphabetic()).filter(|word| (2..=6).contains(&word.len()));
    let count = |list: &[&str]| words().filter(|word| has(list, &word.to_lowercase())).count();
    let english = count(ENGLISH);
    english > 0 && english > count(GERMAN)
}

/// Whether a piece between blanks is an address, a path or a name in a program.
fn is_program(chunk: &str) -> bool {
    let inner = chunk.trim_matches(|c: char| !c.is_alphanumeric());
    inner.contains(['/', '@', '_', '=', '\\', '<', '#', '{', '.'])
}

/// Whether a sentence goes on behind a piece between blanks.
fn goes_on(chunk: &str, inside: bool) -> bool {
    match chunk.trim_end_matches(['*', '_']).chars().next_back() {
        Some(last) => last.is_alphanumeric() || matches!(last, ',' | ';' | ')' | '“'),
        None => inside,
    }
}

/// The words of a piece between blanks.
fn tokens(chunk: &str, inside: bool, take: &mut impl FnMut(Token)) {
    let is_part = |c: char| c.is_alphanumeric() || is_hyphen(c);
    let mut inside = inside && chunk.trim_start_matches(['*', '_']).starts_with(char::is_alphabetic);
    for text in chunk.split(|c| !is_part(c)).filter(|text| !text.is_empty()) {
        if text.chars().all(|c| c.is_alphabetic() || is_hyphen(c)) {
            take(Token { text, inside });
        }
        inside = false;
    }
}
