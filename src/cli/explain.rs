//! `leitwerk explain CODE`: why a finding arises and how it is cured.

use clap::Args;

use super::{Ending, Session, print, window_width};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Files;

/// Explain a finding: its cause and its cure
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The code of the finding, such as LW0203 [default: a list of all]
    code: Option<String>,
}

pub(super) fn run(session: &Session, arguments: &Arguments) -> Ending {
    let Some(name) = &arguments.code else {
        Code::ALL.iter().for_each(|code| print(&listed(session, *code)));
        return Ending::Fine;
    };
    let Some(code) = Code::from_name(name) else {
        let mut found = vec![Diagnostic::bare(Code::NoSuchCode).arg("code", name)];
        return session.report(&mut found, &Files::default());
    };
    let (cause, cure) = session.catalogue.explanation(code).unwrap_or_default();
    let level = match code.check() {
        Some(check) => format!("Its level can be set in `site.toml`: `[checks]` `{check} = \"warning\"`.\n"),
        None => String::new(),
    };
    print(&format!("{}\n\nCause\n{}\n\nCure\n{}\n{level}", code.name(), indented(&cause), indented(&cure)));
    Ending::Fine
}

fn listed(session: &Session, code: Code) -> String {
    let first = session.catalogue.explanation(code).map(|(cause, _)| cause).unwrap_or_default();
    let first = first.replace('\n', " ");
    let sentence = first.split_inclusive(". ").next().unwrap_or_default();
    format!("{}  {}\n", code.name(), sentence.trim())
}

/// Paragraphs wrapped to the window; lines that are indented already are code and stay as they are.
fn indented(text: &str) -> String {
    let options = textwrap::Options::new(window_width()).initial_indent("  ").subsequent_indent("  ");
    let mut out: Vec<String> = Vec::new();
    let mut paragraph: Vec<&str> = Vec::new();
    let flush = |paragraph: &mut Vec<&str>, out: &mut Vec<String>| {
        if !paragraph.is_empty() {
            out.push(textwrap::fill(&paragraph.join(" "), &options));
            paragraph.clear();
        }
    };
    for line in text.lines() {
        if line.trim().is_empty() || line.starts_with(' ') {
            flush(&mut paragraph, &mut out);
            out.push(if line.trim().is_empty() { String::new() } else { format!("  {line}") });
        } else {
            paragraph.push(line);
        }
    }
    flush(&mut paragraph, &mut out);
    out.join("\n")
}
