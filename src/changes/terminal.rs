//! Changes for the terminal: grouped by chapter, wrapped, coloured or with marks that need no colour.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};

use super::{Change, Changes, Side, wording};
use crate::words::Op;

/// How the text is to look.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Columns of the window.
    pub width: usize,
    /// Whether ANSI colours may be used; without them `[-…-]` and `{+…+}` mark what changed.
    pub colour: bool,
}

const INDENT: &str = "    ";

/// The changes from `from` to `to` as text.
pub fn render(changes: &Changes, from: &str, to: &str, old: Side<'_>, new: Side<'_>, look: Look) -> String {
    let mut out = String::new();
    let bold = style(look, Style::new().bold());
    let _ = writeln!(out, "{bold}{from} → {to}{bold:#}: {}", wording::summary(&changes.summary));
    if changes.entries.is_empty() {
        out.push_str("nothing changed\n");
    }
    for chapter in changes.chapters.iter().filter(|chapter| !chapter.entries.is_empty()) {
        let title = wording::chapter_title(chapter.chapter, old, new, changes);
        let _ = writeln!(out, "\n{bold}{title}{bold:#}");
        let mut told = None;
        for entry in chapter.entries.iter().map(|&at| &changes.entries[at]) {
            push_entry(&mut out, entry, told, changes, (old, new), look);
            told = entry.reason;
        }
    }
    if !changes.entries.is_empty() {
        push_release_reasons(&mut out, changes, look);
    }
    out
}

/// One entry. Its reason is left out where it was `told` just before, as for all paragraphs of a new section.
fn push_entry(
    out: &mut String,
    entry: &Change,
    told: Option<usize>,
    changes: &Changes,
    (old, new): (Side<'_>, Side<'_>),
    look: Look,
) {
    let yellow = style(look, Style::new().fg_color(Some(AnsiColor::Yellow.into())));
    let facets = wording::facets(entry);
    let facets = if facets.is_empty() { String::new() } else { format!(" ({facets})") };
    let place = wording::place(entry, old, new);
    let _ = writeln!(out, "\n  {yellow}{place}{yellow:#}  {}{facets}", wording::kinds(entry));
    push_runs(out, &wording::excerpt(wording::passages(entry, old, new)), look);
    if let Some(reason) = entry.reason.filter(|&reason| told != Some(reason)) {
        push_reason(out, &changes.reasons[reason].text, look);
    }
}

/// Wraps the runs as one text. Marks are put around every piece of a line, so that colours end where lines do.
fn push_runs(out: &mut String, runs: &[(Op, String)], look: Look) {
    let mut ops: Vec<Op> = Vec::new();
    let mut text = String::new();
    for (op, run) in runs {
        let run = if look.colour { run.clone() } else { marked(*op, run) };
        ops.extend(std::iter::repeat_n(*op, run.len()));
        text.push_str(&run);
    }
    let width = look.width.saturating_sub(INDENT.len()).max(20);
    let options = textwrap::Options::new(width).break_words(false);
    for line in text.split('\n').flat_map(|line| textwrap::wrap(line, &options)) {
        out.push_str(INDENT);
        match line {
            // Wrapped lines without hyphens are slices of `text`; their place says what happened to them.
            std::borrow::Cow::Borrowed(line) if look.colour => {
                let start = line.as_ptr() as usize - text.as_ptr() as usize;
                push_coloured(out, line, &ops[start..start + line.len()]);
            }
            line => out.push_str(&line),
        }
        out.push('\n');
    }
}

fn marked(op: Op, text: &str) -> String {
    // Blanks at the edges stay outside the marks, where they separate words.
    let inner = text.trim();
    if op == Op::Equal || inner.is_empty() {
        return text.to_owned();
    }
    let start = text.len() - text.trim_start().len();
    let (before, after) = (&text[..start], &text[start + inner.len()..]);
    match op {
        Op::Delete => format!("{before}[-{inner}-]{after}"),
        _ => format!("{before}{{+{inner}+}}{after}"),
    }
}

fn push_coloured(out: &mut String, line: &str, ops: &[Op]) {
    let mut at = 0;
    while at < line.len() {
        let op = ops[at];
        let end = (at..line.len()).find(|&byte| ops[byte] != op).unwrap_or(line.len());
        let piece = &line[at..end];
        let style = match op {
            Op::Equal => Style::new(),
            Op::Delete => Style::new().fg_color(Some(AnsiColor::Red.into())).strikethrough(),
            Op::Insert => Style::new().fg_color(Some(AnsiColor::Green.into())).underline(),
        };
        let _ = write!(out, "{style}{piece}{style:#}");
        at = end;
    }
}

fn push_reason(out: &mut String, text: &str, look: Look) {
    let dim = style(look, Style::new().dimmed());
    let options = textwrap::Options::new(look.width.max(30)).initial_indent("    why: ").subsequent_indent("         ");
    for line in textwrap::wrap(text, options) {
        let _ = writeln!(out, "{dim}{line}{dim:#}");
    }
}

fn push_release_reasons(out: &mut String, changes: &Changes, look: Look) {
    let whole: Vec<&str> = changes.reasons.iter().filter(|r| r.at.is_none()).map(|r| r.text.as_str()).collect();
    if !whole.is_empty() {
        out.push_str("\nThe release as a whole\n");
        whole.into_iter().for_each(|text| push_reason(out, text, look));
    }
}

fn style(look: Look, style: Style) -> Style {
    if look.colour { style } else { Style::new() }
}
