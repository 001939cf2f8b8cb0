//! Changes as HTML for a mail: one document without style sheet, script or picture. Mail programs keep nothing but
//! attributes, so that its look stands there; on the site no page has any.

use std::fmt::Write;

use super::reasons::{Said, Teller};
use super::{Report, without_edges};
use crate::changes::{Change, ChapterSummary, Part};
use crate::render::escape::escape;
use crate::render::places::Titles;
use crate::words::Op;

const BODY: &str = "font-family:Georgia,serif;font-size:16px;line-height:1.5;color:#1a1a1a;background:#ffffff;\
                    max-width:44em;margin:0 auto;padding:16px";
const TITLE: &str = "font-size:24px;line-height:1.25;margin:0 0 8px";
const CHAPTER: &str = "font-size:20px;line-height:1.25;margin:32px 0 4px;padding-top:8px;border-top:2px solid #1a1a1a";
const SECTION: &str = "font-size:16px;line-height:1.3;margin:24px 0 4px";
const ENTRY: &str = "margin:16px 0 0";
const WHERE: &str = "margin:0;font-family:Helvetica,Arial,sans-serif;font-size:14px;color:#4a4a4a";
const WORDS: &str = "margin:2px 0 0";
const REASON: &str = "margin:4px 0 0;padding-left:12px;border-left:3px solid #b0b0b0;color:#4a4a4a;font-style:italic";
const DELETED: &str = "color:#8c1d18;background:#fbe9e7;text-decoration:line-through";
const INSERTED: &str = "color:#0b4f1f;background:#e4f3e6;text-decoration:underline";

/// The report as an HTML document. `language` is the content's (BCP 47).
pub fn render(report: &Report<'_>, language: &str) -> String {
    let title = escape(&report.title());
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n</head>\n\
         <body style=\"{BODY}\">\n<h1 style=\"{TITLE}\">{title}</h1>\n<p>{}</p>\n",
        escape(language),
        escape(&report.summary())
    );
    for reason in report.changes.whole_reasons() {
        let _ = writeln!(out, "<p style=\"{REASON}\">{}</p>", escape(&reason.text));
    }
    let mut writer = Writer { report, titles: report.titles(), teller: Teller::new(report), out };
    for chapter in report.chapters() {
        writer.chapter(chapter);
    }
    writer.out + "</body>\n</html>\n"
}

struct Writer<'a> {
    report: &'a Report<'a>,
    /// For each old title and heading the new one.
    titles: Titles,
    teller: Teller<'a>,
    out: String,
}

impl Writer<'_> {
    fn push(&mut self, element: &str, style: &str, content: &str) {
        let _ = writeln!(self.out, "<{element} style=\"{style}\">{content}</{element}>");
    }

    fn chapter(&mut self, chapter: &ChapterSummary) {
        let (title, counts) = (self.report.chapter_title(chapter), self.report.counts(&chapter.summary));
        self.push("h2", CHAPTER, &escape(&title));
        self.push("p", WHERE, &escape(&counts));
        let reasons = self.teller.chapter(chapter);
        self.reasons(&reasons);
        for section in self.report.sections(chapter, &self.titles) {
            if let Some(title) = &section.title {
                self.push("h3", SECTION, &escape(title));
            }
            let reasons = self.teller.section(&section);
            self.reasons(&reasons);
            for entry in section.groups.iter().flatten().map(|&at| &self.report.changes.entries[at]) {
                self.entry(entry);
            }
        }
    }

    fn reasons(&mut self, reasons: &[Said<'_>]) {
        for said in reasons {
            self.push("p", REASON, &escape(said.text()));
        }
    }

    fn entry(&mut self, entry: &Change) {
        let report = self.report;
        let _ = writeln!(self.out, "<div style=\"{ENTRY}\">");
        let more = report.details(entry, &self.titles);
        let more: String = more.iter().map(|detail| format!(" · {}", escape(detail))).collect();
        let place = format!("<strong>{}</strong> {}{more}", escape(&report.place(entry)), escape(&report.kinds(entry)));
        self.push("p", WHERE, &place);
        for part in report.parts(entry) {
            let content = match part {
                Part::Gap => "…".to_owned(),
                Part::Sentence(runs) => runs.iter().map(|(op, text)| run(*op, text)).collect(),
            };
            self.push("p", WORDS, &content);
        }
        let reason = self.teller.entry(entry);
        self.reasons(reason.as_slice());
        self.out.push_str("</div>\n");
    }
}

fn run(op: Op, text: &str) -> String {
    let (before, inner, after) = without_edges(text);
    let shown = |text: &str| escape(text).replace('\n', "<br>\n");
    let (tag, style) = match op {
        Op::Delete if !inner.is_empty() => ("del", DELETED),
        Op::Insert if !inner.is_empty() => ("ins", INSERTED),
        _ => return shown(text),
    };
    format!("{}<{tag} style=\"{style}\">{}</{tag}>{}", shown(before), shown(inner), shown(after))
}
