//! Tells an editorial change from a substantive one. When in doubt it is substantive.

use unicode_normalization::UnicodeNormalization;

use crate::tokens::{Token, TokenKind};
use crate::words::{Op, Run};

/// What changed words amount to, from nothing to substance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    /// Nothing.
    Equal,
    /// Punctuation, spelling, emphasis, white space.
    Editorial,
    /// Meaning may have changed.
    Substantive,
}

/// Signs that part and point and mean little themselves; all others (§, %, €, =) count as words.
const TYPOGRAPHIC: &[char] = &[
    '.', ',', ';', ':', '!', '?', '-', '‐', '‑', '–', '—', '…', '·', '•', '"', '\'', '„', '“', '”', '‚', '‘', '’', '«',
    '»', '‹', '›', '(', ')', '/', '*', '_',
];

/// Judges the changes in `runs`. In a heading its numeral counts for nothing; where texts were `joined`, neither do
/// the marks between them.
pub(super) fn judge(runs: &[Run], old: &[Token], new: &[Token], heading: bool, joined: bool) -> Verdict {
    let mut verdict = Verdict::Equal;
    let mut at = 0;
    while at < runs.len() {
        let place = Place::at(runs, at, old, new);
        verdict = verdict.max(place.judge(heading, joined));
        at += place.runs;
    }
    verdict
}

/// What was deleted and inserted at one place.
struct Place<'t> {
    deleted: &'t [Token],
    inserted: &'t [Token],
    /// What is kept before and behind it.
    before: Option<&'t Token>,
    behind: Option<&'t Token>,
    /// Whether white space parts it from what is behind, in both texts.
    parted: bool,
    /// Runs that it is made of.
    runs: usize,
}

impl<'t> Place<'t> {
    fn at(runs: &[Run], at: usize, old: &'t [Token], new: &'t [Token]) -> Self {
        let run = &runs[at];
        let (from, to, count) = match (run.op, runs.get(at + 1)) {
            (Op::Equal, _) => (run.old.end..run.old.end, run.new.end..run.new.end, 1),
            (Op::Delete, Some(next)) if next.op == Op::Insert => (run.old.clone(), next.new.clone(), 2),
            (Op::Delete | Op::Insert, _) => (run.old.clone(), run.new.clone(), 1),
        };
        let before = from.start.checked_sub(1).map(|before| &old[before]);
        let is_spaced = |token: Option<&Token>| token.is_some_and(|token| token.spaced);
        let parted = is_spaced(old.get(from.end)) && is_spaced(new.get(to.end));
        Self { before, behind: old.get(from.end), parted, deleted: &old[from], inserted: &new[to], runs: count }
    }

    fn judge(&self, heading: bool, joined: bool) -> Verdict {
        let counts = |token: &&Token| !(joined && token.kind == TokenKind::Break);
        let deleted: Vec<&Token> = self.deleted.iter().filter(counts).collect();
        let inserted: Vec<&Token> = self.inserted.iter().filter(counts).collect();
        if deleted.is_empty() && inserted.is_empty() {
            return Verdict::Equal;
        }
        let at_start = heading && self.before.is_none();
        let rest = |tokens: &'_ [&'t Token]| {
            let numeral = if at_start { self.numeral(tokens) } else { 0 };
            tokens[numeral..].to_vec()
        };
        let (deleted, inserted) = (rest(&deleted), rest(&inserted));
        if self.changes_figures(&deleted, &inserted) {
            return Verdict::Substantive;
        }
        let spelling = |tokens: &[&Token]| tokens.iter().map(|token| folded(token)).collect::<Option<String>>();
        match (spelling(&deleted), spelling(&inserted)) {
            (Some(a), Some(b)) if a == b => Verdict::Editorial,
            _ => Verdict::Substantive,
        }
    }

    /// Tokens of a leading numeral such as `2.1`, `IV.` or `2)`; the mark behind it may be kept. `30 Tage` begins with no
    /// numeral.
    fn numeral(&self, tokens: &[&Token]) -> usize {
        let is_mark = |key: &str| matches!(key, "." | ")");
        let is_part = |token: &&&Token| {
            token.key.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ')' | 'I' | 'V' | 'X' | 'L'))
        };
        let length = tokens.iter().take_while(is_part).count();
        let marked = tokens[..length].iter().any(|token| token.key.contains(['.', ')']));
        let mark_kept = length == tokens.len() && self.behind.is_some_and(|token| is_mark(&token.key));
        if marked || mark_kept { length } else { 0 }
    }

    /// Whether figures changed, or the marks between them: `5–8` is not `5, 8`, and `-5` is not `5`.
    fn changes_figures(&self, deleted: &[&Token], inserted: &[&Token]) -> bool {
        let has_digit = |token: &Token| token.key.chars().any(|c| c.is_ascii_digit());
        let signs = |tokens: &[&Token]| {
            tokens
                .iter()
                .filter(|token| token.kind != TokenKind::Mark)
                .map(|token| token.key.clone())
                .collect::<Vec<_>>()
        };
        let inside = deleted.iter().chain(inserted).any(|token| has_digit(token));
        let behind = !self.parted && self.behind.is_some_and(has_digit);
        let between = self.before.is_some_and(has_digit) && self.behind.is_some_and(has_digit);
        (inside || behind || between) && signs(deleted) != signs(inserted)
    }
}

/// The letters of a token as far as a different spelling does not change them; `None` for what is never editorial.
fn folded(token: &Token) -> Option<String> {
    match token.kind {
        TokenKind::Mark => Some(String::new()),
        TokenKind::Break => matches!(token.key.as_str(), "¶" | "⏎").then(String::new),
        TokenKind::Punctuation => token.key.chars().all(|c| TYPOGRAPHIC.contains(&c)).then(String::new),
        TokenKind::Word => {
            let letters = token.key.nfkc().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
            let mut folded = String::new();
            for letter in letters {
                match letter {
                    'ß' => folded.push_str("ss"),
                    'ä' => folded.push_str("ae"),
                    'ö' => folded.push_str("oe"),
                    'ü' => folded.push_str("ue"),
                    _ => folded.push(letter),
                }
            }
            Some(folded)
        }
        TokenKind::Code | TokenKind::Reference | TokenKind::Target => None,
    }
}
