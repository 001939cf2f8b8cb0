//! Colours of program text as class names, from syntect's grammars; loaded only when a page has program text.

use std::sync::OnceLock;

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

/// Prefix of all class names.
const CLASSES: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "hl-" };

/// Longest text that is highlighted, in bytes: syntect reads 0.3 MB a second, and its output is many times longer.
const LONGEST: usize = 50_000;

/// Highlights program text. The grammars are loaded at the first use.
#[derive(Default)]
pub struct Highlighter {
    grammars: OnceLock<SyntaxSet>,
}

impl Highlighter {
    /// The text as HTML with classes; `None` if there is no grammar for the language or the text is too long.
    pub fn highlight(&self, language: &str, text: &str) -> Option<String> {
        if text.len() > LONGEST {
            return None;
        }
        let grammars = self.grammars.get_or_init(two_face::syntax::extra_newlines);
        let grammar = grammars.find_syntax_by_token(language)?;
        let mut generator = ClassedHTMLGenerator::new_with_class_style(grammar, grammars, CLASSES);
        for line in LinesWithEndings::from(text) {
            generator.parse_html_for_line_which_includes_newline(line).ok()?;
        }
        Some(generator.finalize())
    }
}
