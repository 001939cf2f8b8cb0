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
        let (deleted, inserted, next) = change_at(runs, at, old, new);
        let at_start = runs[at].old.start == 0 && runs[at].new.start == 0;
        verdict = verdict.max(judge_change(deleted, inserted, heading && at_start, joined));
        at = next;
    }
    verdict
}

/// The tokens deleted and inserted at run `at`, and the run after them.
fn change_at<'t>(runs: &[Run], at: usize, old: &'t [Token], new: &'t [Token]) -> (&'t [Token], &'t [Token], usize) {
    let run = &runs[at];
    match (run.op, runs.get(at + 1)) {
        (Op::Equal, _) => (&[], &[], at + 1),
        (Op::Delete, Some(next)) if next.op == Op::Insert => (&old[run.old.clone()], &new[next.new.clone()], at + 2),
        (Op::Delete, _) => (&old[run.old.clone()], &[], at + 1),
        (Op::Insert, _) => (&[], &new[run.new.clone()], at + 1),
    }
}

fn judge_change(deleted: &[Token], inserted: &[Token], numeral: bool, joined: bool) -> Verdict {
    let counts = |token: &&Token| !(joined && token.kind == TokenKind::Break);
    let deleted: Vec<&Token> = deleted.iter().filter(counts).collect();
    let inserted: Vec<&Token> = inserted.iter().filter(counts).collect();
    if deleted.is_empty() && inserted.is_empty() {
        return Verdict::Equal;
    }
    let spelling = |tokens: &[&Token]| -> Option<String> {
        let tokens = if numeral { without_numeral(tokens) } else { tokens };
        tokens.iter().map(|token| folded(token)).collect()
    };
    match (spelling(&deleted), spelling(&inserted)) {
        (Some(a), Some(b)) if a == b => Verdict::Editorial,
        _ => Verdict::Substantive,
    }
}

/// Tokens behind a leading numeral such as `2.1` or `IV.`.
fn without_numeral<'t, 'a>(tokens: &'t [&'a Token]) -> &'t [&'a Token] {
    let numeral =
        |token: &&&Token| token.key.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ')' | 'I' | 'V' | 'X'));
    &tokens[tokens.iter().take_while(numeral).count()..]
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
            // 1.5 and 15 are two numbers, not two spellings.
            let is_number = token.key.chars().any(|c| c.is_ascii_digit());
            Some(if is_number { token.key.clone() } else { folded })
        }
        TokenKind::Code | TokenKind::Reference | TokenKind::Target => None,
    }
}
