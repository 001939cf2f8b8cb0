//! Turns what an algorithm found into what a reader would tell: no confetti of single common words, whole sentences
//! replaced where little of them is left, and edges at the limits of words and sentences.

use std::ops::Range;

use super::{Op, Run, push_change};
use crate::tokens::{Token, TokenKind};

/// Kept runs of at most this many words between two changes are no help to a reader: `die`, `und der`.
const CONFETTI_WORDS: usize = 2;
/// Letters of a word that is as likely to stand anywhere: articles, conjunctions, prepositions.
const SHORT_WORD: usize = 4;
/// Two sentences of which less than this share of the shorter one's words is kept are shown as one replaced by the other.
/// Of the shorter one, so that a sentence which only grew keeps all it had.
const REPLACED: f64 = 0.2;
/// The same where the words kept stand in several pieces.
const IN_PIECES: f64 = 0.4;
/// The same where the pieces are as short as [`CONFETTI_WORDS`] in the mean.
const SCATTERED: f64 = 0.6;

/// The runs as a reader would tell them.
pub(super) fn clean(runs: Vec<Run>, old: &[Token], new: &[Token]) -> Vec<Run> {
    let runs = without_confetti(runs, old);
    let runs = slid_to_words(runs, old, new);
    with_whole_sentences(runs, old, new)
}

fn words(tokens: &[Token]) -> usize {
    tokens.iter().filter(|token| token.is_word()).count()
}

/// Turns short kept runs between two changes into changes.
fn without_confetti(runs: Vec<Run>, old: &[Token]) -> Vec<Run> {
    let mut clean: Vec<Run> = Vec::with_capacity(runs.len());
    let last = runs.len().saturating_sub(1);
    for (at, run) in runs.iter().enumerate() {
        let between = at > 0 && at < last && run.op == Op::Equal;
        if run.op == Op::Equal && !(between && is_confetti(&runs, at, old)) {
            clean.push(run.clone());
        } else {
            push_change(&mut clean, run.old.clone(), run.new.clone());
        }
    }
    clean
}

/// Whether a kept run says less than the changes around it: few words, of which none is long.
fn is_confetti(runs: &[Run], at: usize, old: &[Token]) -> bool {
    let kept = &old[runs[at].old.clone()];
    if kept.iter().any(|token| matches!(token.kind, TokenKind::Break | TokenKind::Code)) {
        return false;
    }
    let words: Vec<&Token> = kept.iter().filter(|token| token.is_word()).collect();
    let changed = |run: &Run| run.old.len().max(run.new.len());
    let around = changed(&runs[at - 1]).min(changed(&runs[at + 1]));
    let short = words.iter().all(|word| word.key.chars().count() <= SHORT_WORD);
    words.len() <= CONFETTI_WORDS && short && kept.len() <= around.max(1) + 1 && (around > 1 || words.is_empty())
}

/// Slides a lone insertion or deletion to where it begins after a sentence or clause, if its tokens allow that.
fn slid_to_words(mut runs: Vec<Run>, old: &[Token], new: &[Token]) -> Vec<Run> {
    for at in 1..runs.len().saturating_sub(1) {
        let lone = runs[at - 1].op == Op::Equal && runs[at + 1].op == Op::Equal;
        match runs[at].op {
            Op::Insert if lone => slide(&mut runs, at, new, |run| &mut run.new),
            Op::Delete if lone => slide(&mut runs, at, old, |run| &mut run.old),
            _ => {}
        }
    }
    // Where a kept run was slid over entirely, two changes touch now.
    let mut clean = Vec::with_capacity(runs.len());
    for run in runs {
        match run.op {
            Op::Equal if run.old.is_empty() => {}
            Op::Equal => clean.push(run),
            Op::Delete | Op::Insert => push_change(&mut clean, run.old, run.new),
        }
    }
    clean
}

/// Moves run `at` over equal tokens of the runs before and behind it to the best beginning in reach, the nearest of
/// equally good ones.
fn slide(runs: &mut [Run], at: usize, tokens: &[Token], side: fn(&mut Run) -> &mut Range<usize>) {
    let range = side(&mut runs[at]).clone();
    let (before, behind) = (side(&mut runs[at - 1]).len(), side(&mut runs[at + 1]).len());
    let back = (0..before).take_while(|step| tokens[range.start - 1 - step] == tokens[range.end - 1 - step]).count();
    let forth = (0..behind).take_while(|step| tokens[range.start + step] == tokens[range.end + step]).count();
    let quality = |start: usize| begins_well(tokens, start);
    let nearness = |start: usize| std::cmp::Reverse((start.abs_diff(range.start), start));
    let starts = range.start - back..=range.start + forth;
    let Some(best) = starts.max_by_key(|&start| (quality(start), nearness(start))) else { return };
    if quality(best) == quality(range.start) {
        return;
    }
    let moved = |place: usize| (place + best) - range.start;
    for range in [&mut runs[at - 1].old, &mut runs[at - 1].new] {
        range.end = moved(range.end);
    }
    for range in [&mut runs[at].old, &mut runs[at].new] {
        *range = moved(range.start)..moved(range.end);
    }
    for range in [&mut runs[at + 1].old, &mut runs[at + 1].new] {
        range.start = moved(range.start);
    }
}

/// Shows sentences as replaced of which little is kept.
fn with_whole_sentences(runs: Vec<Run>, old: &[Token], new: &[Token]) -> Vec<Run> {
    let pieces = parted_at_sentences(runs, old);
    let mut clean = Vec::with_capacity(pieces.len());
    for sentence in pieces.chunk_by(|before, next| !ends_sentence(before, old) && !is_break(next, old)) {
        match is_sentence_replaced(sentence, old, new) {
            true => push_change(&mut clean, whole(sentence, |run| &run.old), whole(sentence, |run| &run.new)),
            false => sentence.iter().for_each(|run| push(&mut clean, run.clone())),
        }
    }
    clean
}

/// The runs with kept ones parted behind every end of a sentence in them, and ends of lines and cells alone.
fn parted_at_sentences(runs: Vec<Run>, old: &[Token]) -> Vec<Run> {
    let mut pieces = Vec::with_capacity(runs.len());
    for run in runs {
        if run.op != Op::Equal {
            pieces.push(run);
            continue;
        }
        let (mut from, mut to) = (run.old.start, run.new.start);
        for sentence in old[run.old].chunk_by(|token, next| !is_sentence_end(token) && next.kind != TokenKind::Break) {
            let (old, new) = (from..from + sentence.len(), to..to + sentence.len());
            (from, to) = (old.end, new.end);
            pieces.push(Run { op: Op::Equal, old, new });
        }
    }
    pieces
}

fn is_sentence_end(token: &Token) -> bool {
    token.kind == TokenKind::Break || matches!(token.key.as_str(), "." | "!" | "?")
}

fn ends_sentence(run: &Run, old: &[Token]) -> bool {
    run.op == Op::Equal && old[run.old.clone()].last().is_some_and(is_sentence_end)
}

fn is_break(run: &Run, old: &[Token]) -> bool {
    run.op == Op::Equal && old[run.old.clone()].first().is_some_and(|token| token.kind == TokenKind::Break)
}

/// Whether too little of a sentence is kept, or in too many pieces, to be told word by word.
fn is_sentence_replaced(sentence: &[Run], old: &[Token], new: &[Token]) -> bool {
    let kept = sentence.iter().filter(|run| run.op == Op::Equal).map(|run| words(&old[run.old.clone()]));
    let kept: Vec<usize> = kept.filter(|&words| words > 0).collect();
    let shorter = words(&old[whole(sentence, |run| &run.old)]).min(words(&new[whole(sentence, |run| &run.new)]));
    let (pieces, kept) = (kept.len(), kept.iter().sum::<usize>());
    let share = kept as f64 / shorter.max(1) as f64;
    let scattered = kept <= CONFETTI_WORDS * pieces;
    shorter > 0 && (share < REPLACED || (pieces > 1 && (share < IN_PIECES || (scattered && share < SCATTERED))))
}

/// From the beginning of the first run to the end of the last.
fn whole(runs: &[Run], side: fn(&Run) -> &Range<usize>) -> Range<usize> {
    runs.first().map_or(0, |run| side(run).start)..runs.last().map_or(0, |run| side(run).end)
}

/// Adds a run, joined with the one before it where both are kept or both are changes.
fn push(runs: &mut Vec<Run>, run: Run) {
    match runs.last_mut() {
        Some(last) if last.op == Op::Equal && run.op == Op::Equal => {
            last.old.end = run.old.end;
            last.new.end = run.new.end;
        }
        _ if run.op == Op::Equal => runs.push(run),
        _ => push_change(runs, run.old, run.new),
    }
}

/// How good a place a token is for a change to begin: 2 after a sentence, 1 after a clause or at a line, else 0.
fn begins_well(tokens: &[Token], at: usize) -> u8 {
    match at.checked_sub(1).map(|before| &tokens[before]) {
        None => 2,
        Some(token) if token.kind == TokenKind::Break => 2,
        Some(token) => match token.key.as_str() {
            "." | "!" | "?" | ":" => 2,
            "," | ";" | "–" | "(" => 1,
            _ => 0,
        },
    }
}
