//! One side of a comparison: a release's text with its numbers.

use super::Number;
use crate::release_text::ReleaseText;
use crate::tokens::{Token, TokenKind};

/// One side of a comparison.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The text.
    pub text: &'a ReleaseText,
    /// The margin numbers of its blocks.
    pub numbers: &'a [Number],
}

impl Side<'_> {
    /// The unit's number; `None` for titles and headings.
    pub fn number(&self, unit: usize) -> Option<Number> {
        self.text.units[unit].block.and_then(|block| self.numbers.get(block)).copied()
    }

    /// The tokens of several units, parted by ¶.
    pub fn joined_tokens(&self, units: &[usize]) -> Vec<Token> {
        let mut tokens: Vec<Token> = Vec::new();
        for &unit in units {
            if !tokens.is_empty() {
                tokens.push(paragraph_mark());
            }
            tokens.extend(self.text.units[unit].tokens.iter().cloned());
        }
        tokens
    }
}

fn paragraph_mark() -> Token {
    Token { kind: TokenKind::Break, text: String::new(), key: "¶".into(), spaced: false }
}
