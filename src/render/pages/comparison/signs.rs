//! The key of a page of changes: the signs that occur on it, and no others.

use serde_json::Value;

use super::super::super::comparison::Comparison;
use super::super::super::frames::FrameKind;
use crate::changes::Change;
use crate::tokens::Token;

/// A sign, and what gives it away in the values of a page.
struct Sign {
    name: &'static str,
    /// In a text.
    text: Option<&'static str>,
    /// As the value of a field.
    field: Option<(&'static str, &'static str)>,
}

const SIGNS: [Sign; 7] = [
    Sign { name: "inserted", text: Some("<ins>"), field: Some(("op", "+")) },
    Sign { name: "deleted", text: Some("<del>"), field: Some(("op", "-")) },
    Sign { name: "moved", text: None, field: Some(("name", "moved")) },
    Sign { name: "target", text: Some("‹→ "), field: None },
    Sign { name: "break", text: Some("¶"), field: None },
    Sign { name: "cell", text: Some("\"cell\""), field: None },
    Sign { name: "footnote", text: Some("\"note-bound\""), field: None },
];

impl Comparison<'_> {
    /// Names of the signs in the values of a page's chapters, in the order of the key.
    pub(super) fn signs(&self, chapters: &[Value]) -> Vec<&'static str> {
        let listed = chapters.iter().any(|chapter| chapter.get("entries").is_some());
        let occurs = |sign: &&Sign| {
            chapters.iter().any(|value| occurs(value, sign))
                || listed && self.changes.entries.iter().any(|entry| self.in_words(entry, sign.name))
        };
        SIGNS.iter().filter(occurs).map(|sign| sign.name).collect()
    }

    /// The words of a list are plain text, in which a footnote's brackets and the ends of cells look like any others.
    fn in_words(&self, entry: &Change, sign: &str) -> bool {
        let in_table = self.frame_of(entry).kind == FrameKind::Table;
        let found = |token: &Token| match sign {
            "footnote" => token.bounds_footnote(),
            "cell" => !in_table && token.parts_cells(),
            _ => false,
        };
        let tokens = [self.old().joined_tokens(&entry.from), self.new_side().joined_tokens(&entry.to)];
        tokens.iter().flatten().any(found)
    }
}

fn occurs(value: &Value, sign: &Sign) -> bool {
    match value {
        Value::String(text) => sign.text.is_some_and(|part| text.contains(part)),
        Value::Array(values) => values.iter().any(|value| occurs(value, sign)),
        Value::Object(fields) => fields.iter().any(|(name, value)| {
            sign.field.is_some_and(|(field, content)| name == field && value == content) || occurs(value, sign)
        }),
        _ => false,
    }
}
