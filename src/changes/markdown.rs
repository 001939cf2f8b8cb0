//! Changes as Markdown, for merge requests.

use std::fmt::Write;

use super::{Changes, Side, wording};
use crate::words::Op;

/// The changes from `from` to `to` as a Markdown document: a heading a chapter, an item a change.
pub fn render(changes: &Changes, from: &str, to: &str, old: Side<'_>, new: Side<'_>) -> String {
    let mut out = format!("# {from} → {to}\n\n{}\n", wording::summary(&changes.summary));
    for reason in changes.reasons.iter().filter(|reason| reason.at.is_none()) {
        let _ = write!(out, "\n> {}\n", escaped(&reason.text));
    }
    for chapter in changes.chapters.iter().filter(|chapter| !chapter.entries.is_empty()) {
        let _ = write!(out, "\n## {}\n\n", escaped(&wording::chapter_title(chapter.chapter, old, new, changes)));
        for &at in &chapter.entries {
            let entry = &changes.entries[at];
            let facets = wording::facets(entry);
            let facets = if facets.is_empty() { String::new() } else { format!(" ({})", escaped(&facets)) };
            let place = escaped(&wording::place(entry, old, new));
            let _ = writeln!(out, "- **{place}** {}{facets}  ", wording::kinds(entry));
            let runs = wording::excerpt(wording::passages(entry, old, new));
            let _ = writeln!(out, "  {}", runs.iter().map(|(op, text)| run(*op, text)).collect::<String>());
            if let Some(reason) = entry.reason {
                let _ = writeln!(out, "  *{}*", escaped(&changes.reasons[reason].text));
            }
        }
    }
    out
}

/// A run with `<del>` and `<ins>`, which forges show; line feeds become ` ¶ `.
fn run(op: Op, text: &str) -> String {
    let text = escaped(text).replace('\n', " ¶ ");
    match op {
        Op::Equal => text,
        Op::Delete => format!("<del>{text}</del>"),
        Op::Insert => format!("<ins>{text}</ins>"),
    }
}

/// Text without the characters that Markdown would read as marks.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' => {
                out.push('\\');
                out.push(c);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            _ => out.push(c),
        }
    }
    out
}
