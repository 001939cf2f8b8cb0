//! Changes for the terminal: by chapter and section, the sentences in which something changed, in colour or plain.

use std::borrow::Cow;

use anstyle::{AnsiColor, Style};
use textwrap::WordSeparator;
use textwrap::core::Word;
use unicode_segmentation::UnicodeSegmentation;

use super::reasons::{Said, Teller};
use super::{Report, without_edges};
use crate::align::Suggestion;
use crate::changes::{self, Change, ChapterSummary, Part};
use crate::render::places::Titles;
use crate::words::Op;

/// How the text is to look.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Columns of the window. No line is longer, unless the window is narrower than any text can be.
    pub width: usize,
    /// Whether ANSI colours may be used; without them `[-…-]` and `{+…+}` mark what changed.
    pub colour: bool,
}

const INDENT: &str = "    ";
/// Least columns of a line, however narrow the window.
const NARROWEST: usize = 24;
/// Longer addresses may be parted behind their slashes, so that they begin where their sentence is.
const LONG_ADDRESS: usize = 40;

/// The report as text.
pub fn render(report: &Report<'_>, look: Look) -> String {
    let look = Look { width: look.width.max(NARROWEST), ..look };
    let mut writer = Writer { report, look, titles: report.titles(), teller: Teller::new(report), out: String::new() };
    writer.head();
    for chapter in report.chapters() {
        writer.chapter(chapter);
    }
    writer.suggestions();
    writer.out
}

struct Writer<'a> {
    report: &'a Report<'a>,
    look: Look,
    /// For each old title and heading the new one.
    titles: Titles,
    teller: Teller<'a>,
    out: String,
}

impl Writer<'_> {
    fn style(&self, style: Style) -> Style {
        if self.look.colour { style } else { Style::new() }
    }

    /// A line in a style, without blanks at its end.
    fn line(&mut self, style: Style, text: &str) {
        let style = self.style(style);
        self.out.push_str(&format!("{style}{}{style:#}\n", text.trim_end()));
    }

    /// A text wrapped in a style, each line behind an indent.
    fn wrapped(&mut self, style: Style, text: &str, first: &str, rest: &str) {
        let options = options(self.look.width).initial_indent(first).subsequent_indent(rest);
        for (at, line) in textwrap::wrap(&without_tabs(text), options).iter().enumerate() {
            // The style is the words', not the indent's.
            let indent = if at == 0 { first } else { rest };
            let words = line.strip_prefix(indent).unwrap_or(line).trim_end();
            let style = self.style(style);
            self.out.push_str(&format!("{}{style}{words}{style:#}\n", if words.is_empty() { "" } else { indent }));
        }
    }

    /// What is compared, the counts, and how they are spread over the chapters.
    fn head(&mut self) {
        let bold = Style::new().bold();
        self.wrapped(bold, &self.report.title(), "", "");
        self.wrapped(Style::new(), &self.report.summary(), "", "");
        for (at, reason) in self.report.changes.whole_reasons().enumerate() {
            self.out.push_str(if at == 0 { "\n" } else { "" });
            self.reasons(&[Said::Reason(&reason.text)], "");
        }
        if self.report.chapters().nth(1).is_some() {
            self.out.push('\n');
            let rows: Vec<(String, String)> = self
                .report
                .chapters()
                .map(|chapter| (self.report.chapter_title(chapter), self.report.counts(&chapter.summary)))
                .collect();
            for (title, counts) in rows {
                self.wrapped(Style::new(), &format!("{title}: {counts}"), "  ", "      ");
            }
        }
    }

    fn chapter(&mut self, chapter: &ChapterSummary) {
        let title = self.report.chapter_title(chapter);
        let rule = "═".repeat(textwrap::core::display_width(&title).min(self.look.width));
        self.out.push('\n');
        self.wrapped(Style::new().bold(), &title, "", "");
        self.line(Style::new().bold(), &rule);
        let reasons = self.teller.chapter(chapter);
        self.reasons(&reasons, "");
        for section in self.report.sections(chapter, &self.titles) {
            if let Some(title) = &section.title {
                self.out.push('\n');
                self.wrapped(Style::new().bold(), title, "── ", "   ");
            }
            let reasons = self.teller.section(&section);
            self.reasons(&reasons, "   ");
            for group in &section.groups {
                self.group(group);
            }
        }
    }

    /// Entries that are told as one.
    fn group(&mut self, group: &[usize]) {
        let entries: Vec<&Change> = group.iter().map(|&at| &self.report.changes.entries[at]).collect();
        let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return };
        self.out.push('\n');
        self.entry_head(first, last);
        for entry in &entries {
            self.words(entry, if entries.len() > 1 { "• " } else { "" });
        }
        let reason = self.teller.entry(first);
        self.reasons(reason.as_slice(), INDENT);
    }

    fn reasons(&mut self, reasons: &[Said<'_>], indent: &str) {
        for said in reasons {
            let text = match said {
                Said::Reason(text) => format!("{} {text}", self.report.text("report-reason")),
                Said::Before(text) => text.clone(),
            };
            self.wrapped(Style::new().dimmed(), &text, indent, &format!("{indent}  "));
        }
    }

    /// Where and what: `Rn. 12 Nr. 3  geändert · soll → muss: verschärft`.
    fn entry_head(&mut self, first: &Change, last: &Change) {
        let mut place = self.report.place(first);
        if first != last {
            place = format!("{place} – {}", self.report.place_inside(last));
        }
        let kinds = self.report.kinds(first);
        let more = self.report.details(first, &self.titles);
        let more: String = more.iter().map(|more| format!(" · {more}")).collect();
        self.wrapped(
            Style::new().fg_color(Some(AnsiColor::Yellow.into())),
            &format!("{place}  {kinds}{more}"),
            "  ",
            INDENT,
        );
    }

    /// The sentences in which something changed. What came or went as a whole has its sign before every line, and a
    /// bullet where it is one of several.
    fn words(&mut self, entry: &Change, bullet: &str) {
        let passages = changes::passages(entry, self.report.old, self.report.new);
        if let [(op @ (Op::Insert | Op::Delete), text)] = passages.as_slice() {
            let sign = if *op == Op::Insert { "  + " } else { "  - " };
            let (first, rest) = (format!("{sign}{bullet}"), format!("{sign}{}", " ".repeat(bullet.chars().count())));
            for (at, line) in text.split('\n').filter(|line| !line.trim().is_empty()).enumerate() {
                self.wrapped(op_style(*op), line, if at == 0 { &first } else { &rest }, &rest);
            }
            return;
        }
        let parts = changes::sentences(passages);
        let alone = parts.len() == 1;
        for part in parts {
            match part {
                Part::Gap => self.line(Style::new().dimmed(), &format!("{INDENT}…")),
                Part::Sentence(runs) => self.sentence(&runs, if alone { INDENT } else { "      " }),
            }
        }
    }

    /// Wraps runs as one text, or as two where one sentence replaced another. Colours end where lines do.
    fn sentence(&mut self, runs: &[(Op, String)], rest: &str) {
        if let [(Op::Delete, before), (Op::Insert, after)] = runs {
            self.sentence(&[(Op::Delete, before.trim().to_owned())], rest);
            self.sentence(&[(Op::Insert, after.trim().to_owned())], rest);
            return;
        }
        let mut ops: Vec<Op> = Vec::new();
        let mut text = String::new();
        for (op, run) in runs {
            let run = without_tabs(run);
            let run = if self.look.colour { run } else { marked(*op, &run) };
            // Nothing but colour would part a word from the one that took its place.
            if *op == Op::Insert && ends_in_word(&text) && run.starts_with(char::is_alphanumeric) {
                ops.push(Op::Equal);
                text.push(' ');
            }
            ops.extend(std::iter::repeat_n(*op, run.len()));
            text.push_str(&run);
        }
        for (at, line) in textwrap::wrap(&text, options(self.look.width - rest.len())).iter().enumerate() {
            self.out.push_str(if at == 0 { INDENT } else { rest });
            match line {
                // Wrapped lines without hyphens are slices of `text`; their place says what happened to them.
                Cow::Borrowed(line) if self.look.colour => {
                    let start = line.as_ptr() as usize - text.as_ptr() as usize;
                    self.coloured(line, &ops[start..start + line.len()]);
                }
                line => self.out.push_str(line),
            }
            self.out.push('\n');
        }
    }

    fn coloured(&mut self, line: &str, ops: &[Op]) {
        let mut pieces: Vec<(Op, String)> = Vec::new();
        for (at, cluster) in line.grapheme_indices(true) {
            match pieces.last_mut().filter(|(op, _)| *op == ops[at]) {
                Some((_, piece)) => piece.push_str(cluster),
                None => pieces.push((ops[at], cluster.to_owned())),
            }
        }
        for (op, piece) in pieces {
            let style = op_style(op);
            let (before, words, after) = without_edges(&piece);
            self.out.push_str(&format!("{before}{style}{words}{style:#}{after}"));
        }
    }

    /// Pairs that were not believed, for an editor who knows better.
    fn suggestions(&mut self) {
        let suggestions = self.report.suggestions();
        if suggestions.is_empty() {
            return;
        }
        self.out.push('\n');
        self.wrapped(Style::new().bold(), &self.report.text("report-suggestions"), "", "");
        for Suggestion { from, to, similarity } in suggestions {
            let (old, new) = (self.report.old, self.report.new);
            let places = format!("{} → {}", self.report.label(old, from), self.report.label(new, to));
            self.out.push('\n');
            let shared =
                self.report.locale.text_of("report-similar", "percent", &changes::percent(similarity).to_string());
            self.wrapped(
                Style::new().fg_color(Some(AnsiColor::Yellow.into())),
                &format!("{places}  {shared}"),
                "  ",
                INDENT,
            );
            for (op, sign, text) in
                [(Op::Delete, "  - ", old.text.units[from].text()), (Op::Insert, "  + ", new.text.units[to].text())]
            {
                let text = without_tabs(&text);
                let line = text.lines().next().unwrap_or_default();
                let options = options(self.look.width - INDENT.len() - " …".chars().count());
                let first = textwrap::wrap(line, options).into_iter().next().unwrap_or_default();
                let more = if first.len() < text.len() { " …" } else { "" };
                self.line(op_style(op), &format!("{sign}{first}{more}"));
            }
        }
    }
}

/// Lines end at blanks: neither in `KI-VO` nor before the end of a mark. Only long addresses are parted behind their
/// slashes, and anywhere what is longer than a line: shortened, two addresses could look the same.
fn options(width: usize) -> textwrap::Options<'static> {
    textwrap::Options::new(width)
        .break_words(true)
        .word_separator(WordSeparator::Custom(separate))
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
}

fn separate(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    Box::new(WordSeparator::AsciiSpace.find_words(line).flat_map(parted))
}

/// A word, or the parts of a long address with their slashes.
fn parted(word: Word<'_>) -> Vec<Word<'_>> {
    let text = word.word;
    let Some(scheme) = text.find("://").filter(|_| text.chars().count() > LONG_ADDRESS) else { return vec![word] };
    let path = scheme + "://".len();
    let ends = text[path..].match_indices('/').map(|(at, _)| path + at + 1).filter(|&end| end < text.len());
    let mut parts = Vec::new();
    let mut start = 0;
    for end in ends.chain([text.len()]) {
        parts.push(Word::from(&text[start..end]));
        start = end;
    }
    if let Some(last) = parts.last_mut() {
        last.whitespace = word.whitespace;
    }
    parts
}

/// A tab is as wide as the terminal likes, four blanks are four columns.
fn without_tabs(text: &str) -> String {
    text.replace('\t', "    ")
}

fn op_style(op: Op) -> Style {
    match op {
        Op::Equal => Style::new(),
        Op::Delete => Style::new().fg_color(Some(AnsiColor::Red.into())).strikethrough(),
        Op::Insert => Style::new().fg_color(Some(AnsiColor::Green.into())).underline(),
    }
}

fn ends_in_word(text: &str) -> bool {
    text.ends_with(char::is_alphanumeric)
}

/// A run in its marks. Blanks at its edges stay outside, where they separate words.
fn marked(op: Op, text: &str) -> String {
    let (before, inner, after) = without_edges(text);
    if op == Op::Equal || inner.is_empty() {
        return text.to_owned();
    }
    match op {
        Op::Delete => format!("{before}[-{inner}-]{after}"),
        _ => format!("{before}{{+{inner}+}}{after}"),
    }
}
