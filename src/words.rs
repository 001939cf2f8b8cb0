//! The words inside a pair of texts: which were kept, deleted and inserted, as a reader would tell it.

use std::collections::HashMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::reference::Kind;
use crate::tokens::{Token, TokenKind};

mod clean;
mod large;

/// What happened to a run of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// In both texts.
    Equal,
    /// Only in the old one.
    Delete,
    /// Only in the new one.
    Insert,
}

/// A run of tokens with one fate. `old` and `new` are ranges of the two token lists; a deleted run has an empty `new`
/// range at its place, an inserted one an empty `old`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its fate.
    pub op: Op,
    /// Tokens of the old text.
    pub old: Range<usize>,
    /// Tokens of the new text.
    pub new: Range<usize>,
}

/// Compares two token lists. Every token of both stands in exactly one run, in order. `diff(b, a)` tells of the same
/// tokens as `diff(a, b)`: the lists are always compared in one order, and the outcome turned round where needed.
pub fn diff(old: &[Token], new: &[Token]) -> Vec<Run> {
    if old.iter().map(order).le(new.iter().map(order)) { compare(old, new) } else { turned(compare(new, old)) }
}

fn order(token: &Token) -> (TokenKind, &str) {
    (token.kind, &token.key)
}

/// The runs of the opposite comparison.
fn turned(runs: Vec<Run>) -> Vec<Run> {
    let mut turned = Vec::with_capacity(runs.len());
    for Run { op, old, new } in runs {
        match op {
            Op::Equal => turned.push(Run { op, old: new, new: old }),
            Op::Delete | Op::Insert => push_change(&mut turned, new, old),
        }
    }
    turned
}

fn compare(old: &[Token], new: &[Token]) -> Vec<Run> {
    let mut ids: HashMap<&Token, u32> = HashMap::new();
    let old_ids = number_tokens(old, &mut ids);
    let new_ids = number_tokens(new, &mut ids);
    let runs = if large::is_large(old.len(), new.len()) {
        runs_between(&large::matches(&old_ids, &new_ids), old.len(), new.len())
    } else {
        runs(capture_diff_slices(Algorithm::Myers, &old_ids, &new_ids))
    };
    clean::clean(runs, old, new)
}

fn number_tokens<'t>(tokens: &'t [Token], ids: &mut HashMap<&'t Token, u32>) -> Vec<u32> {
    tokens
        .iter()
        .map(|token| {
            let next = u32::try_from(ids.len()).unwrap_or(u32::MAX);
            *ids.entry(token).or_insert(next)
        })
        .collect()
}

fn runs(ops: Vec<DiffOp>) -> Vec<Run> {
    let mut runs = Vec::new();
    for op in ops {
        let (old, new) = (op.old_range(), op.new_range());
        match op {
            DiffOp::Equal { .. } => runs.push(Run { op: Op::Equal, old, new }),
            _ => push_change(&mut runs, old, new),
        }
    }
    runs
}

/// The runs of equal tokens and what lies between them.
fn runs_between(matches: &[large::Match], old_len: usize, new_len: usize) -> Vec<Run> {
    let mut runs = Vec::new();
    let (mut old, mut new) = (0, 0);
    for found in matches {
        push_change(&mut runs, old..found.old, new..found.new);
        (old, new) = (found.old + found.len, found.new + found.len);
        runs.push(Run { op: Op::Equal, old: found.old..old, new: found.new..new });
    }
    push_change(&mut runs, old..old_len, new..new_len);
    runs
}

/// Adds a deletion and an insertion at one place; the deletion stands first, and neighbours are joined.
fn push_change(runs: &mut Vec<Run>, mut old: Range<usize>, mut new: Range<usize>) {
    while runs.last().is_some_and(|last| last.op != Op::Equal) {
        if let Some(last) = runs.pop() {
            old.start = old.start.min(last.old.start);
            new.start = new.start.min(last.new.start);
        }
    }
    if !old.is_empty() {
        runs.push(Run { op: Op::Delete, new: new.start..new.start, old: old.clone() });
    }
    if !new.is_empty() {
        runs.push(Run { op: Op::Insert, old: old.end..old.end, new });
    }
}

/// The number of words that stand in kept runs.
pub fn kept_words(runs: &[Run], old: &[Token]) -> usize {
    let kept = runs.iter().filter(|run| run.op == Op::Equal).flat_map(|run| &old[run.old.clone()]);
    kept.filter(|token| token.is_word()).count()
}

/// The runs as text: each with the characters it shows. Deleted and inserted link targets are shown as `‹→ target›`.
/// Kept runs are shown as in the new text.
pub fn texts(runs: &[Run], old: &[Token], new: &[Token]) -> Vec<(Op, String)> {
    let mut shown: Vec<(Op, String)> = Vec::new();
    for run in runs {
        let (tokens, range) = if run.op == Op::Delete { (old, &run.old) } else { (new, &run.new) };
        let text = run_text(tokens, range.clone(), run.op != Op::Equal);
        if !text.is_empty() {
            shown.push((run.op, text));
        }
    }
    shown
}

fn run_text(tokens: &[Token], range: Range<usize>, with_targets: bool) -> String {
    let mut out = String::new();
    for at in range {
        let token = &tokens[at];
        match token.kind {
            TokenKind::Break => out.push_str(token.shown_break()),
            TokenKind::Target if with_targets => out.push_str(&format!(" ‹→ {}›", shown_target(&token.key))),
            _ if token.text.is_empty() => {}
            _ => {
                let first = at == 0 || tokens[at - 1].kind == TokenKind::Break;
                if token.spaced && !first {
                    out.push(' ');
                }
                out.push_str(&token.text);
            }
        }
    }
    out
}

/// A link's target as readers see it: of a cross-reference without its kind.
pub fn shown_target(key: &str) -> &str {
    match key.split_once(':') {
        Some((kind, target)) if Kind::from_name(kind).is_some() => target,
        _ => key,
    }
}

/// Applies runs to the old tokens, taking inserted ones from `new`: gives the new tokens.
pub fn apply(runs: &[Run], old: &[Token], new: &[Token]) -> Vec<Token> {
    runs.iter()
        .flat_map(|run| match run.op {
            Op::Equal => &old[run.old.clone()],
            Op::Delete => &[],
            Op::Insert => &new[run.new.clone()],
        })
        .cloned()
        .collect()
}
