//! Gives every heading its anchor and checks that ids are valid, free and not reserved.

use std::collections::BTreeMap;

use super::{Block, BlockKind, Document, plain};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::slug::slugify;
use crate::source::{Span, Spanned};

/// Beginnings of ids that pages use themselves.
const RESERVED_PREFIXES: &[&str] = &["rn-", "fn-", "fnref-", "lw-"];
/// Ids that would read like addresses of the site.
const RESERVED: &[&str] = &["aenderungen", "konkordanz", "aktuell", "entwurf", "rn", "jahr", "format", "thema"];

/// Checks author ids and gives headings without one an anchor from their text; a repeated one gets `-2`.
pub(super) fn assign(document: &mut Document, diagnostics: &mut Diagnostics) {
    let mut taken: BTreeMap<String, Span> = BTreeMap::new();
    visit_all(document, &mut |block| {
        if let Some(id) = &block.id
            && !accept(id, &mut taken, diagnostics)
        {
            block.id = None;
        }
    });
    let mut repeated = BTreeMap::new();
    visit_all(document, &mut |block| {
        let span = block.span;
        if let BlockKind::Heading { anchor, content, .. } = &mut block.kind {
            *anchor = match &block.id {
                Some(id) => id.value.clone(),
                None => free_anchor(&plain::text(content, &[]), &taken, &mut repeated),
            };
            taken.entry(anchor.clone()).or_insert(span);
        }
    });
    lower_top_headings(document, diagnostics);
}

/// Whether an author's id can stand; reports it if not.
fn accept(id: &Spanned<String>, taken: &mut BTreeMap<String, Span>, diagnostics: &mut Diagnostics) -> bool {
    let name = id.value.as_str();
    let valid = name.starts_with(char::is_alphabetic)
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if !valid {
        let slug = slugify(name);
        let near = slug.starts_with(char::is_alphabetic).then(|| format!("{{#{slug}}}"));
        diagnostics.push(Diagnostic::at(Code::BadId, id.span).arg("id", name).suggest(near));
        return false;
    }
    if is_reserved(name) {
        diagnostics.push(Diagnostic::at(Code::ReservedId, id.span).arg("id", name));
        return false;
    }
    if let Some(&first) = taken.get(name) {
        diagnostics.push(Diagnostic::at(Code::DuplicateId, id.span).label(first, "first").arg("id", name));
        return false;
    }
    taken.insert(name.to_owned(), id.span);
    true
}

fn is_reserved(id: &str) -> bool {
    RESERVED.contains(&id) || RESERVED_PREFIXES.iter().any(|prefix| id.starts_with(prefix))
}

/// An anchor for a heading's text that nothing has. `repeated` holds the last number given behind each text, so that
/// ten thousand equal headings are not tried one by one.
fn free_anchor(text: &str, taken: &BTreeMap<String, Span>, repeated: &mut BTreeMap<String, u64>) -> String {
    let slug = slugify(text);
    let base = if slug.is_empty() {
        "abschnitt".to_owned()
    } else if is_reserved(&slug) || !slug.starts_with(char::is_alphabetic) {
        format!("abschnitt-{slug}")
    } else {
        slug
    };
    if !taken.contains_key(&base) {
        return base;
    }
    let number = repeated.entry(base.clone()).or_insert(1);
    loop {
        *number += 1;
        let anchor = format!("{base}-{number}");
        if !taken.contains_key(&anchor) {
            return anchor;
        }
    }
}

/// The title of a page is its only top heading; in a text that has others, all headings go one level down.
fn lower_top_headings(document: &mut Document, diagnostics: &mut Diagnostics) {
    let first = document.blocks.iter().find(|block| matches!(block.kind, BlockKind::Heading { level: 1, .. }));
    let Some(first) = first else { return };
    diagnostics.push(Diagnostic::at(Code::TopHeading, first.span));
    visit(&mut document.blocks, &mut |block| {
        if let BlockKind::Heading { level, .. } = &mut block.kind {
            *level = (*level + 1).min(6);
        }
    });
}

/// Every block of a document, those in its footnotes last.
fn visit_all(document: &mut Document, action: &mut impl FnMut(&mut Block)) {
    visit(&mut document.blocks, action);
    document.footnotes.iter_mut().for_each(|footnote| visit(&mut footnote.content, action));
}

fn visit(blocks: &mut [Block], action: &mut impl FnMut(&mut Block)) {
    for block in blocks {
        action(block);
        match &mut block.kind {
            BlockKind::List(list) => list.items.iter_mut().for_each(|item| visit(&mut item.content, action)),
            BlockKind::DefinitionList(definitions) => {
                definitions.iter_mut().flat_map(|definition| &mut definition.details).for_each(|d| visit(d, action));
            }
            BlockKind::Quote(content) | BlockKind::Callout { content, .. } => visit(content, action),
            _ => {}
        }
    }
}
