//! Passages of compared texts as HTML: words with `ins` and `del` that can be heard as well as seen.

use std::fmt::Write;
use std::ops::Range;

use super::Stage;
use super::escape::escape;
use super::typography::Typographer;
use crate::release_text::{Unit, UnitKind};
use crate::tokens::{Token, TokenKind};
use crate::words::{self, Op, Run};

/// Which side of a comparison a passage shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// The old text, what was deleted marked.
    Old,
    /// The new text, what was inserted marked.
    New,
    /// Both, one after the other.
    Both,
}

impl Stage<'_> {
    /// The words of a change as HTML.
    pub(super) fn passage(&self, runs: &[Run], old: &[Token], new: &[Token], shown: Shown) -> String {
        let mut out = String::new();
        let mut typographer = Typographer::new(&self.project.sources.config.language);
        for run in runs {
            match run.op {
                Op::Equal if shown == Shown::Old => push_tokens(&mut out, old, run.old.clone(), &mut typographer),
                Op::Equal => push_tokens(&mut out, new, run.new.clone(), &mut typographer),
                Op::Delete if shown != Shown::New => {
                    let mut marked = typographer.clone();
                    self.push_marked(&mut out, "del", old, run.old.clone(), &mut marked);
                    if shown == Shown::Old {
                        typographer = marked;
                    }
                }
                Op::Insert if shown != Shown::Old => {
                    self.push_marked(&mut out, "ins", new, run.new.clone(), &mut typographer);
                }
                Op::Delete | Op::Insert => {}
            }
        }
        out
    }

    /// A unit's text as HTML, unmarked.
    pub(super) fn plain_passage(&self, tokens: &[Token]) -> String {
        let mut out = String::new();
        push_tokens(&mut out, tokens, 0..tokens.len(), &mut Typographer::new(&self.project.sources.config.language));
        out
    }

    fn push_marked(
        &self,
        out: &mut String,
        tag: &str,
        tokens: &[Token],
        range: Range<usize>,
        typographer: &mut Typographer,
    ) {
        let mut inner = String::new();
        push_tokens(&mut inner, tokens, range.clone(), typographer);
        // What came or went as a whole changed no link and no end of a line; to show them would only be in the way.
        let whole = range.len() == tokens.len();
        if !whole {
            // Where a paragraph was split or joined, the end of a line is all that changed, and must be seen.
            inner = inner.replace("<br>", "¶<br>");
        }
        let targets = tokens[range].iter().filter(|token| token.kind == TokenKind::Target);
        for token in targets.filter(|_| !whole) {
            let _ = write!(inner, " <span class=\"target\">‹→ {}›</span>", escape(words::shown_target(&token.key)));
        }
        if inner.trim().is_empty() {
            out.push_str(&inner);
            return;
        }
        // The blanks that part them from the text stand inside what only is heard.
        let spoken = |text: String| format!("<span class=\"visually-hidden\">{text}</span>");
        let text = |key: &str| escape(&self.locale.text(key));
        let start = spoken(format!("{} ", text(&format!("{tag}-start"))));
        let end = spoken(format!(" {}", text(&format!("{tag}-end"))));
        // What replaces a word stands beside it, not in it.
        let blank = if inner.starts_with(' ') || out.ends_with("</del>") { " " } else { "" };
        let _ = write!(out, "{blank}<{tag}>{start}{}{end}</{tag}>", inner.trim_start());
    }
}

/// A unit's own HTML around its text.
pub(super) fn wrapped(unit: &Unit, html: &str) -> String {
    let class = match unit.kind {
        UnitKind::Chapter => "unit-chapter",
        UnitKind::Heading => "unit-heading",
        UnitKind::Item => "unit-item",
        UnitKind::Row => "unit-row",
        UnitKind::Block => "unit-block",
    };
    format!("<p class=\"{class}\">{html}</p>")
}

fn push_tokens(out: &mut String, tokens: &[Token], range: Range<usize>, typographer: &mut Typographer) {
    for at in range {
        let token = &tokens[at];
        let first = at == 0 || tokens[at - 1].kind == TokenKind::Break;
        if token.spaced && !first && !token.text.is_empty() {
            out.push(' ');
            typographer.pass(' ');
        }
        match token.kind {
            TokenKind::Break if token.parts_cells() => out.push_str(" <span class=\"cell\">|</span> "),
            TokenKind::Break => {
                out.push_str("<br>");
                typographer.pass(' ');
            }
            TokenKind::Code => {
                let _ = write!(out, "<code>{}</code>", escape(&token.text));
                typographer.pass('x');
            }
            _ => out.push_str(&escape(&typographer.set(&token.text))),
        }
    }
}
