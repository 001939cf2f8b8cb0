//! Passages of compared texts as HTML: words with `ins` and `del` that can be heard as well as seen, cut where units
//! and the cells of rows end.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;

use super::Stage;
use super::escape::escape;
use super::typography::Typographer;
use crate::changes::{self, Side};
use crate::release_text::UnitKind;
use crate::tokens::{Token, TokenKind};
use crate::words::{self, Op, Run};

/// Which side of a comparison a passage shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// The old text, what was deleted marked.
    Old,
    /// The new text, what was inserted marked.
    New,
    /// Both, one after the other, in the units of the new text.
    Both,
}

/// What ends at a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    Unit,
    Cell,
}

/// The units of one side of an event as one text.
pub(super) struct Text {
    tokens: Vec<Token>,
    /// The tokens that only part units and cells.
    cuts: BTreeMap<usize, Cut>,
}

impl Text {
    /// The text of several units.
    pub fn new(side: Side<'_>, units: &[usize]) -> Self {
        let mut cuts = BTreeMap::new();
        let mut at = 0;
        for &unit in units {
            if at > 0 {
                cuts.insert(at, Cut::Unit);
                at += 1;
            }
            let unit = &side.text.units[unit];
            let ends = unit.tokens.iter().enumerate().filter(|(_, token)| token.parts_cells());
            if unit.kind == UnitKind::Row {
                cuts.extend(ends.map(|(place, _)| (at + place, Cut::Cell)));
            }
            at += unit.tokens.len();
        }
        Self { tokens: side.joined_tokens(units), cuts }
    }
}

/// A passage: of each unit its cells as HTML; what is no row is one cell.
pub(super) type Pieces = Vec<Vec<String>>;

impl Stage<'_> {
    /// The words of a change as HTML.
    pub(super) fn passage(&self, runs: &[Run], old: &Text, new: &Text, shown: Shown) -> Pieces {
        let mut pen = Pen::new(self, shown);
        // Where both are shown, the rows are those of the new text, if there is one.
        let rows = |text: &Text| text.cuts.values().any(|cut| *cut == Cut::Cell);
        let gone = new.tokens.is_empty();
        let cut_by_deleted = |cut: Cut| match cut {
            _ if shown == Shown::Old || gone => true,
            Cut::Unit => false,
            Cut::Cell => rows(new) && !old.cuts.values().any(|cut| *cut == Cut::Unit),
        };
        for run in runs {
            match run.op {
                Op::Equal if shown == Shown::Old => pen.run(old, run.old.clone(), None, &|_| true),
                Op::Equal => pen.run(new, run.new.clone(), None, &|_| true),
                Op::Delete if shown != Shown::New => {
                    let before = pen.typographer.clone();
                    pen.run(old, run.old.clone(), Some("del"), &cut_by_deleted);
                    if shown == Shown::Both {
                        pen.typographer = before;
                    }
                }
                Op::Insert if shown != Shown::Old => pen.run(new, run.new.clone(), Some("ins"), &|_| true),
                Op::Delete | Op::Insert => {}
            }
        }
        pen.pieces
    }

    /// The cells of a unit as HTML, unmarked.
    pub(super) fn plain_cells(&self, side: Side<'_>, unit: usize) -> Vec<String> {
        let text = Text::new(side, &[unit]);
        let mut pen = Pen::new(self, Shown::New);
        pen.run(&text, 0..text.tokens.len(), None, &|_| true);
        pen.pieces.into_iter().flatten().collect()
    }
}

/// Writes a passage piece by piece.
struct Pen<'s> {
    stage: &'s Stage<'s>,
    shown: Shown,
    typographer: Typographer,
    pieces: Pieces,
    /// What was deleted just before, and whether it begins its line.
    deleted: Option<(String, bool)>,
}

impl<'s> Pen<'s> {
    fn new(stage: &'s Stage<'s>, shown: Shown) -> Self {
        let typographer = Typographer::new(&stage.project.sources.config.language);
        Self { stage, shown, typographer, pieces: vec![vec![String::new()]], deleted: None }
    }

    /// Writes a run, inside `tag` where one is given; it is cut at those ends of units and cells that `cuts` names.
    fn run(&mut self, text: &Text, range: Range<usize>, tag: Option<&str>, cuts: &dyn Fn(Cut) -> bool) {
        // What came or went as a whole changed no link and no end of a line; to show them would only be in the way.
        let signs = tag.is_some() && range.len() < text.tokens.len();
        let mut start = range.start;
        for (&end, &cut) in text.cuts.range(range.clone()).filter(|&(_, &cut)| cuts(cut)) {
            self.stretch(text, start..end, tag, signs);
            if let Some(tag) = tag.filter(|_| cut == Cut::Unit && signs && self.shown == Shown::Both) {
                self.marked(tag, SIGN);
            }
            match (cut, self.pieces.last_mut()) {
                (Cut::Cell, Some(cells)) => cells.push(String::new()),
                _ => self.pieces.push(vec![String::new()]),
            }
            self.typographer = Typographer::new(&self.stage.project.sources.config.language);
            start = end + 1;
        }
        self.stretch(text, start..range.end, tag, signs);
    }

    /// Writes a stretch that nothing cuts.
    fn stretch(&mut self, text: &Text, range: Range<usize>, tag: Option<&str>, signs: bool) {
        let Some(tag) = tag else {
            let inner = self.tokens(text, range, false);
            self.deleted = self.deleted.take().filter(|_| inner.is_empty());
            return self.push(&inner);
        };
        let mut inner = self.tokens(text, range.clone(), signs);
        let targets = text.tokens[range].iter().filter(|token| token.kind == TokenKind::Target);
        for token in targets.filter(|_| signs) {
            let _ = write!(inner, " <span class=\"target\">‹→ {}›</span>", escape(words::shown_target(&token.key)));
        }
        if inner.trim().is_empty() {
            return self.push(&inner);
        }
        self.part(tag, seen(&inner));
        self.marked(tag, &inner);
    }

    fn push(&mut self, html: &str) {
        if let Some(cell) = self.pieces.last_mut().and_then(|cells| cells.last_mut()) {
            cell.push_str(html);
        }
    }

    /// Parts what was inserted from what it replaced.
    fn part(&mut self, tag: &str, seen: String) {
        let cell = self.pieces.last().and_then(|cells| cells.last()).map_or("", String::as_str);
        let begins_line = cell.is_empty() || cell.ends_with("<br>");
        let after = cell.ends_with("</del>");
        match self.deleted.take().filter(|_| after) {
            Some((deleted, begins_line)) if changes::needs_blank(&deleted, &seen, begins_line) => self.push(" "),
            _ => {}
        }
        self.deleted = (tag == "del").then_some((seen, begins_line));
    }

    fn marked(&mut self, tag: &str, inner: &str) {
        // The blanks that part them from the text stand inside what only is heard.
        let spoken = |text: String| format!("<span class=\"visually-hidden\">{text}</span>");
        let text = |key: &str| escape(&self.stage.locale.text(key));
        let start = spoken(format!("{} ", text(&format!("{tag}-start"))));
        let end = spoken(format!(" {}", text(&format!("{tag}-end"))));
        let blank = if inner.starts_with(' ') { " " } else { "" };
        self.push(&format!("{blank}<{tag}>{start}{}{end}</{tag}>", inner.trim_start()));
    }

    /// Tokens as HTML. With `signs` the end of a line, which may be all that changed, can be seen.
    fn tokens(&mut self, text: &Text, range: Range<usize>, signs: bool) -> String {
        let mut out = String::new();
        for at in range {
            let token = &text.tokens[at];
            let first = at == 0 || text.tokens[at - 1].kind == TokenKind::Break;
            if token.spaced && !first && !token.text.is_empty() {
                out.push(' ');
                self.typographer.pass(' ');
            }
            match token.kind {
                TokenKind::Break => {
                    // Paragraphs that were joined are one now: where the first ended, no line ends.
                    let joined = self.shown == Shown::Both && text.cuts.get(&at) == Some(&Cut::Unit);
                    out.push_str(if signs && !token.parts_cells() { SIGN } else { "" });
                    out.push_str(match token.parts_cells() {
                        true => " <span class=\"cell\">|</span> ",
                        false if joined && signs => " ",
                        false => "<br>",
                    });
                    self.typographer.pass(' ');
                }
                TokenKind::Code => {
                    let _ = write!(out, "<code>{}</code>", escape(&token.text));
                    self.typographer.pass('x');
                }
                _ if token.bounds_footnote() => {
                    let bound = escape(&self.typographer.set(&token.text));
                    let _ = write!(out, "<span class=\"note-bound\">{bound}</span>");
                }
                _ => out.push_str(&escape(&self.typographer.set(&token.text))),
            }
        }
        out
    }
}

/// The sign for the end of a paragraph or line.
const SIGN: &str = "<span class=\"sign\">¶</span>";

/// HTML without its tags: enough to know with what a text begins and ends.
fn seen(html: &str) -> String {
    let texts = html.split('<').enumerate().map(|(at, piece)| match at {
        0 => piece,
        _ => piece.split_once('>').map_or("", |(_, text)| text),
    });
    texts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_of_html_is_what_stands_between_its_tags() {
        assert_eq!(seen("a <code>b</code> &lt;<span class=\"x\">c</span>"), "a b &lt;c");
    }
}
