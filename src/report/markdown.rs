//! Changes as Markdown, for merge requests: a heading a chapter, an item a change.

use std::fmt::Write;

use super::reasons::{Said, Teller};
use super::{Report, code, without_edges};
use crate::changes::{Change, Part};
use crate::words::Op;

/// The report as a Markdown document.
pub fn render(report: &Report<'_>) -> String {
    let mut out = format!("# {}\n\n{}\n", report.title(), escaped(&report.summary()));
    for reason in report.changes.whole_reasons() {
        let _ = write!(out, "\n> {}\n", escaped(&reason.text));
    }
    let (titles, mut teller) = (report.titles(), Teller::new(report));
    for chapter in report.chapters() {
        let (title, counts) = (report.chapter_title(chapter), report.counts(&chapter.summary));
        let _ = write!(out, "\n## {}\n\n{}\n", escaped(&title), escaped(&counts));
        push_reasons(&mut out, &teller.chapter(chapter));
        for section in report.sections(chapter, &titles) {
            if let Some(title) = &section.title {
                let _ = write!(out, "\n### {}\n", escaped(title));
            }
            push_reasons(&mut out, &teller.section(&section));
            out.push('\n');
            for entry in section.groups.iter().flatten().map(|&at| &report.changes.entries[at]) {
                push_entry(&mut out, report, entry, &report.details(entry, &titles));
                if let Some(said) = teller.entry(entry) {
                    let _ = writeln!(out, "\n  *{}*", escaped(said.text()));
                }
            }
        }
    }
    out
}

/// The reasons for what a heading is of.
fn push_reasons(out: &mut String, reasons: &[Said<'_>]) {
    for said in reasons {
        let _ = write!(out, "\n*{}*\n", escaped(said.text()));
    }
}

/// One entry: where and what in the first line, then the sentences in which something changed.
fn push_entry(out: &mut String, report: &Report<'_>, entry: &Change, details: &[String]) {
    let more: String = details.iter().map(|detail| format!(" · {}", escaped(detail))).collect();
    let _ = writeln!(out, "- **{}** {}{more}", escaped(&report.place(entry)), escaped(&report.kinds(entry)));
    if let Some(lines) = code::lines(report, entry) {
        return push_code(out, &lines);
    }
    let lines: Vec<String> = report
        .parts(entry)
        .into_iter()
        .map(|part| match part {
            Part::Gap => "…".to_owned(),
            Part::Sentence(runs) => as_text(runs.iter().map(|(op, text)| run(*op, text)).collect()),
        })
        .collect();
    // An empty line makes a paragraph of its own inside the item; a backslash parts lines in it.
    let _ = writeln!(out, "\n  {}", lines.join("\\\n  "));
}

/// Lines of program text in a fence that none of them ends, inside an item.
fn push_code(out: &mut String, lines: &[String]) {
    let longest = lines.iter().flat_map(|line| line.split(|c| c != '`')).map(str::len).max().unwrap_or(0);
    let fence = "`".repeat((longest + 1).max(3));
    let _ = writeln!(out, "\n  {fence}diff");
    for line in lines {
        let _ = writeln!(out, "{}", format!("  {line}").trim_end());
    }
    let _ = writeln!(out, "  {fence}");
}

/// A line that begins no list, heading or rule.
fn as_text(line: String) -> String {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let is_mark = |at: usize, marks: &[char]| line[at..].starts_with(marks);
    match digits {
        0 if is_mark(0, &['-', '+', '=']) => format!("\\{line}"),
        1..10 if is_mark(digits, &['.', ')']) => format!("{}\\{}", &line[..digits], &line[digits..]),
        _ => line,
    }
}

/// A run with `<del>` and `<ins>`, which forges show, blanks outside; line feeds become ` ¶ `.
fn run(op: Op, text: &str) -> String {
    let (before, inner, after) = without_edges(text);
    let shown = |text: &str| escaped(text).replace("¶\n", "¶ ").replace('\n', " ¶ ");
    let tag = match op {
        Op::Delete if !inner.is_empty() => "del",
        Op::Insert if !inner.is_empty() => "ins",
        _ => return shown(text),
    };
    format!("{}<{tag}>{}</{tag}>{}", shown(before), shown(inner), shown(after))
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
            // Forges make links of what follows it.
            '@' => out.push_str("&#64;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            _ => out.push(c),
        }
    }
    out
}
