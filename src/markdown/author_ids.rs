//! Ids that authors give: `{#id}` at the end of a text, or on a line of its own after a block.

use std::ops::Range;

use super::{Document, Inline};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::load::Body;
use crate::source::{Span, Spanned};

/// Takes `{#id}` off the end of a text. `range` is where the text stands in `source`.
pub(super) fn take_trailing(
    inlines: &mut Vec<Inline>,
    source: &str,
    range: Range<usize>,
    body: Body,
) -> Option<Spanned<String>> {
    let Some(Inline::Text(text)) = inlines.last_mut() else { return None };
    let trimmed = text.trim_end();
    let start = trimmed.strip_suffix('}')?.rfind("{#")?;
    let id = trimmed[start + 2..trimmed.len() - 1].to_owned();
    if id.contains(['{', '}']) || !(start == 0 || trimmed[..start].ends_with(char::is_whitespace)) {
        return None;
    }
    let written = format!("{{#{id}}}");
    // What was escaped with a backslash is text; then the source differs.
    let place = range.start + source[range].rfind(&written)?;
    if source[..place].ends_with('\\') {
        return None;
    }
    text.truncate(text[..start].trim_end().len());
    if text.is_empty() {
        inlines.pop();
        while matches!(inlines.last(), Some(Inline::SoftBreak)) {
            inlines.pop();
        }
    }
    let span = Span::new(body.file, body.start + place..body.start + place + written.len());
    Some(Spanned { value: id, span })
}

/// Gives ids on lines of their own to the top-level block before each.
pub(super) fn assign_own_lines(document: &mut Document, ids: Vec<Spanned<String>>, diagnostics: &mut Diagnostics) {
    for id in ids {
        let after = document.blocks.partition_point(|block| block.span.start < id.span.start);
        match after.checked_sub(1).map(|before| &mut document.blocks[before]) {
            Some(block) if block.id.is_none() => block.id = Some(id),
            _ => diagnostics.push(Diagnostic::at(Code::StrayId, id.span).arg("id", &id.value)),
        }
    }
}
