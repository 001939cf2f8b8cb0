//! Callouts: quotations whose first line is `[!HINWEIS] Title`, as forges write them, with German names too.

use super::{Block, BlockKind, Inline};
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::source::Span;

/// What a callout is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalloutKind {
    /// Hinweis.
    Note,
    /// Tipp.
    Tip,
    /// Wichtig.
    Important,
    /// Warnung.
    Warning,
    /// Vorsicht.
    Caution,
    /// Beispiel.
    Example,
}

const NAMES: &[(&str, CalloutKind)] = &[
    ("hinweis", CalloutKind::Note),
    ("note", CalloutKind::Note),
    ("tipp", CalloutKind::Tip),
    ("tip", CalloutKind::Tip),
    ("wichtig", CalloutKind::Important),
    ("important", CalloutKind::Important),
    ("warnung", CalloutKind::Warning),
    ("warning", CalloutKind::Warning),
    ("vorsicht", CalloutKind::Caution),
    ("caution", CalloutKind::Caution),
    ("beispiel", CalloutKind::Example),
    ("example", CalloutKind::Example),
];

impl CalloutKind {
    /// English name, as used in class names and locale keys.
    pub fn name(self) -> &'static str {
        match self {
            CalloutKind::Note => "note",
            CalloutKind::Tip => "tip",
            CalloutKind::Important => "important",
            CalloutKind::Warning => "warning",
            CalloutKind::Caution => "caution",
            CalloutKind::Example => "example",
        }
    }
}

/// What a quotation of these blocks is; a name that is no callout's goes to `unknown`.
pub(super) fn read(mut blocks: Vec<Block>, mut unknown: impl FnMut(String)) -> BlockKind {
    let Some(name) = marker(&blocks).map(str::to_owned) else { return BlockKind::Quote(blocks) };
    let Some(&(_, kind)) = NAMES.iter().find(|(known, _)| *known == name.to_lowercase()) else {
        unknown(name);
        return BlockKind::Quote(blocks);
    };
    let title = take_title(&mut blocks, name.len() + "[!]".len());
    BlockKind::Callout { kind, title, content: blocks }
}

/// The finding for a name that is no callout's.
pub(super) fn unknown(name: &str, span: Span) -> Diagnostic {
    let near = suggest::nearest(name, NAMES.iter().map(|(known, _)| *known)).map(str::to_uppercase);
    let known = NAMES.iter().map(|(known, _)| known.to_uppercase()).collect::<Vec<_>>().join(", ");
    Diagnostic::at(Code::UnknownCallout, span).arg("name", name).arg("known", known).suggest(near)
}

fn marker(blocks: &[Block]) -> Option<&str> {
    let BlockKind::Paragraph(inlines) = &blocks.first()?.kind else { return None };
    let Inline::Text(text) = inlines.first()? else { return None };
    let name = text.strip_prefix("[!")?.split(']').next()?;
    let closed = text[2 + name.len()..].starts_with(']');
    (closed && !name.is_empty() && name.chars().all(char::is_alphanumeric)).then_some(name)
}

/// Removes the first line, of which `marker` bytes are the callout's mark, and gives what stood behind the mark.
fn take_title(blocks: &mut Vec<Block>, marker: usize) -> Vec<Inline> {
    let Some(Block { kind: BlockKind::Paragraph(inlines), .. }) = blocks.first_mut() else { return Vec::new() };
    let is_break = |inline: &Inline| matches!(inline, Inline::SoftBreak | Inline::HardBreak);
    let line = inlines.iter().position(is_break).unwrap_or(inlines.len());
    let mut title: Vec<Inline> = inlines.drain(..line).collect();
    if !inlines.is_empty() {
        inlines.remove(0);
    }
    if inlines.is_empty() {
        blocks.remove(0);
    }
    if let Some(Inline::Text(text)) = title.first_mut() {
        *text = text[marker..].trim_start().to_owned();
        if text.is_empty() {
            title.remove(0);
        }
    }
    title
}
