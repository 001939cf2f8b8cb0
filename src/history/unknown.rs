//! Says of a block or number that `[[lineage]]` names and that is not there what it is instead, as far as that is known.

use super::{Edition, History, label, parse_number};
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::load::Sources;
use crate::number::{Fate, Found, Number};
use crate::release_text::ReleaseText;
use crate::source::Spanned;

/// The finding about a `block` that this release does not have.
pub(super) fn block(text: &ReleaseText, place: &Spanned<String>) -> Diagnostic {
    let found = Diagnostic::at(Code::UnknownBlock, place.span).arg("target", &place.value);
    if is_heading(text, &place.value) {
        return found.arg("reason", "heading");
    }
    let known: Vec<String> = text
        .blocks
        .iter()
        .filter_map(|block| Some(format!("\"{}#{}\"", text.chapters[block.chapter].slug, block.id.as_ref()?)))
        .collect();
    let near = suggest::nearest(&format!("\"{}\"", place.value), known.iter().map(String::as_str));
    found.arg("reason", "block").suggest(near)
}

fn is_heading(text: &ReleaseText, place: &str) -> bool {
    let Some((slug, id)) = place.split_once('#') else { return false };
    let mut chapters = text.chapters.iter().filter(|chapter| chapter.slug == slug);
    chapters.any(|chapter| text.units[chapter.units.clone()].iter().any(|unit| unit.anchor.as_deref() == Some(id)))
}

/// The finding about a number in `from` that the predecessor of edition `at` does not have.
pub(super) fn number(history: &History, sources: &Sources, at: usize, named: &Spanned<String>) -> Diagnostic {
    let found = Diagnostic::at(Code::UnknownBlock, named.span).arg("target", &named.value);
    let Some(before) = history.editions[at].predecessor else { return found.arg("reason", "first") };
    let edition = &history.editions[before];
    let found = found.arg("before", label(sources, before));
    let Some(number) = parse_number(&named.value) else {
        return found.arg("reason", "text").suggest(meant(edition, &named.value).map(quoted));
    };
    if edition.numbering.gone(number).is_some() {
        return gone(history, sources, before, number, found);
    }
    match owner(history, sources, at, number) {
        Some((owner, block)) => {
            let there = history.follow(owner, block, before).and_then(|there| match there {
                Found::Block(block) => Some(edition.numbering.blocks[block]),
                Found::Gone(_) => None,
            });
            let reason = if owner == at { "here" } else { "elsewhere" };
            found.arg("reason", reason).arg("release", label(sources, owner)).suggest(there.map(quoted))
        }
        None => {
            let last = edition.numbering.blocks.iter().max().map_or("none".into(), ToString::to_string);
            found.arg("reason", "never").arg("last", last)
        }
    }
}

/// What became of a number that is gone in edition `before`, and since which release.
fn gone(history: &History, sources: &Sources, before: usize, number: Number, found: Diagnostic) -> Diagnostic {
    let numbering = &history.editions[before].numbering;
    let is_gone = |&edition: &usize| {
        let older = &history.editions[edition].numbering;
        older.series == numbering.series && older.block(number).is_none() && older.gone(number).is_some()
    };
    let since = history.line(before).into_iter().take_while(is_gone).last().unwrap_or(before);
    let found = found.arg("since", label(sources, since));
    let heir = match numbering.find(number) {
        Some(Found::Block(block)) => Some(numbering.blocks[block]),
        Some(Found::Gone(_)) | None => None,
    };
    match numbering.gone(number).map(|gone| gone.fate) {
        Some(Fate::MergedInto(into)) => found.arg("reason", "merged").arg("into", into).suggest(heir.map(quoted)),
        _ => found.arg("reason", "gone"),
    }
}

/// The edition that has a number, with its block there: this one, or a release, the newest of those before it first.
/// The draft's numbers can still change.
fn owner(history: &History, sources: &Sources, at: usize, number: Number) -> Option<(usize, usize)> {
    let releases = sources.releases.len();
    let mut editions = std::iter::once(at).chain((0..at.min(releases)).rev()).chain(at + 1..releases);
    editions.find_map(|edition| Some((edition, history.editions[edition].numbering.block(number)?)))
}

/// The number that is meant by `7`, `Randnummer 7` or `datenqualitaet#bias`, if the edition has it.
fn meant(edition: &Edition, text: &str) -> Option<Number> {
    let block = super::lineage::block_at(&edition.text, text).or_else(|| {
        let last = text.rsplit(|c: char| c.is_whitespace() || c == '.').next()?;
        edition.numbering.block(Number::parse(last)?)
    });
    block.map(|block| edition.numbering.blocks[block])
}

fn quoted(number: Number) -> String {
    format!("\"Rn. {number}\"")
}
