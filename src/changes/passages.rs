//! The words of a change as text: all of them, or the passages around what changed.

use super::{Change, Side};
use crate::words::{self, Op};
use crate::{sentences, tokens};

/// Words shown on each side of a change; what is kept beyond them is left out.
const CONTEXT_WORDS: usize = 12;

/// The words of a change as text. Where a unit came or went as a whole no link changed, so its targets are not shown.
pub fn passages(change: &Change, old: Side<'_>, new: Side<'_>) -> Vec<(Op, String)> {
    let (from, to) = (old.joined_tokens(&change.from), new.joined_tokens(&change.to));
    match (change.from.is_empty(), change.to.is_empty()) {
        (true, _) => vec![(Op::Insert, tokens::text(&to))],
        (_, true) => vec![(Op::Delete, tokens::text(&from))],
        _ => words::texts(&change.words, &from, &to),
    }
}

/// Whether nothing that is seen changed in the words, as where only emphasis did, or only the place.
pub fn looks_unchanged(words: &[(Op, String)]) -> bool {
    words.iter().all(|(op, text)| *op == Op::Equal || text.trim().is_empty())
}

/// Whether a blank that neither text has must part what was deleted from what replaced it: words that would run into one,
/// and lines' beginnings, where no blank stands before what is shown second. In a word, as in „Bürger*innen“ →
/// „Bürger/innen“, a blank would part what is one.
pub fn needs_blank(deleted: &str, inserted: &str, begins_line: bool) -> bool {
    let words = deleted.ends_with(char::is_alphanumeric) && inserted.starts_with(char::is_alphanumeric);
    let parted = deleted.ends_with(char::is_whitespace) || inserted.starts_with(char::is_whitespace);
    words || begins_line && !parted
}

/// The runs with long kept passages cut to the words around the changes.
pub fn excerpt(words: Vec<(Op, String)>) -> Vec<(Op, String)> {
    let last = words.len().saturating_sub(1);
    if looks_unchanged(&words) {
        let text: String = words.into_iter().map(|(_, text)| text).collect();
        return vec![(Op::Equal, shorten(&text, true, false))];
    }
    words
        .into_iter()
        .enumerate()
        .map(|(at, (op, text))| {
            let text = if op == Op::Equal { shorten(&text, at > 0, at < last) } else { text };
            (op, text)
        })
        .collect()
}

/// Keeps the first words of a passage if something changed `before` it, the last if something changed `after` it.
fn shorten(text: &str, before: bool, after: bool) -> String {
    let pieces: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
    let keep = CONTEXT_WORDS * (usize::from(before) + usize::from(after));
    if pieces.len() <= keep + CONTEXT_WORDS / 2 {
        return text.to_owned();
    }
    let start = if before { pieces[..CONTEXT_WORDS].concat() } else { String::new() };
    let end = if after { pieces[pieces.len() - CONTEXT_WORDS..].concat() } else { String::new() };
    let gap = if after { "… " } else { "…" };
    format!("{start}{gap}{end}")
}

/// A part of a change as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A sentence or line in which something changed, long kept passages cut.
    Sentence(Vec<(Op, String)>),
    /// Sentences left out, in which nothing did.
    Gap,
}

/// The sentences in which something changed, in order; where nothing is seen to have changed, the beginning. Where the end
/// of a line came or went, as in a paragraph that was split, a `¶` shows it.
pub fn sentences(words: Vec<(Op, String)>) -> Vec<Part> {
    let shown = |(op, text): (Op, String)| (op, if op == Op::Equal { text } else { text.replace('\n', "¶\n") });
    let words: Vec<(Op, String)> = words.into_iter().map(shown).collect();
    if looks_unchanged(&words) {
        return vec![Part::Sentence(trimmed(excerpt(words)))];
    }
    let mut parts: Vec<Part> = Vec::new();
    for sentence in parted(&words) {
        let changed = !looks_unchanged(&sentence);
        if changed {
            parts.push(Part::Sentence(trimmed(excerpt(sentence))));
        } else if parts.last() != Some(&Part::Gap) && sentence.iter().any(|(_, text)| !text.trim().is_empty()) {
            parts.push(Part::Gap);
        }
    }
    parts
}

/// The runs of each sentence or line. What replaced something else is not torn apart, wherever sentences end in it.
fn parted(words: &[(Op, String)]) -> Vec<Vec<(Op, String)>> {
    let text: String = words.iter().map(|(_, text)| text.as_str()).collect();
    let replaced = replaced(words);
    let lines = text.match_indices('\n').map(|(at, _)| at + 1);
    let starts = sentences::starts(&text).chain(lines);
    let mut starts: Vec<usize> =
        starts.filter(|&start| !replaced.iter().any(|place| place.start < start && start < place.end)).collect();
    starts.push(text.len());
    starts.sort_unstable();
    starts.dedup();
    let mut parted = vec![Vec::new()];
    let (mut at, mut next) = (0, 0);
    for (op, run) in words {
        let mut rest = run.as_str();
        while !rest.is_empty() {
            while starts.get(next).is_some_and(|&start| start <= at) {
                next += 1;
                parted.push(Vec::new());
            }
            let end = starts.get(next).map_or(rest.len(), |start| (start - at).min(rest.len()));
            let (piece, behind) = rest.split_at(end);
            if let Some(sentence) = parted.last_mut() {
                sentence.push((*op, piece.to_owned()));
            }
            (at, rest) = (at + end, behind);
        }
    }
    parted.retain(|sentence| !sentence.is_empty());
    parted
}

/// The bytes of each deletion with the insertion that took its place.
fn replaced(words: &[(Op, String)]) -> Vec<std::ops::Range<usize>> {
    let mut places = Vec::new();
    let mut at = 0;
    for pair in words.windows(2) {
        let (before, after) = (&pair[0], &pair[1]);
        if (before.0, after.0) == (Op::Delete, Op::Insert) {
            // The blank before it parts it from the sentence before.
            let blank = before.1.len() - before.1.trim_start().len();
            places.push(at + blank..at + before.1.len() + after.1.len());
        }
        at += before.1.len();
    }
    places
}

/// Runs without the white space around them all.
fn trimmed(mut words: Vec<(Op, String)>) -> Vec<(Op, String)> {
    if let Some((_, first)) = words.first_mut() {
        *first = first.trim_start().to_owned();
    }
    if let Some((_, last)) = words.last_mut() {
        *last = last.trim_end().to_owned();
    }
    words.retain(|(_, text)| !text.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_parts_words_and_beginnings_but_stands_in_no_word() {
        assert!(needs_blank("soll", "muss", false));
        assert!(!needs_blank("*", "/", false));
        assert!(!needs_blank(".", "!", false));
        assert!(!needs_blank("5", ",", false));
        assert!(needs_blank("Er prüft.", "„Sie prüft.“", true));
        assert!(!needs_blank("Er prüft", " Sie", true));
    }
}
