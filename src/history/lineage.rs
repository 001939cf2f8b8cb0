//! What editors say in `[[lineage]]`, for aligning and numbering; claims that name nothing or exclude each other are
//! findings.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::unknown;
use super::{Edition, History, parse_number, source};
use crate::align::{Hint, Pairing};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::load::{LineageKind, LineageSource, Sources};
use crate::release_text::ReleaseText;
use crate::source::{Span, Spanned};

/// What the entries of a release say, as far as they name blocks that are there.
#[derive(Default)]
pub(super) struct Said {
    /// Where blocks came from.
    pub hints: Vec<Hint>,
    /// Blocks of the predecessor with the blocks in which they go on: these keep the number.
    pub same: Vec<(usize, usize)>,
    /// Blocks that came from nothing.
    inserted: Vec<usize>,
}

impl Said {
    /// Of the release with this text, which follows `before`.
    pub fn new(entries: &[LineageSource], before: &Edition, text: &ReleaseText) -> Self {
        let mut said = Self::default();
        for entry in entries.iter().filter_map(|source| Entry::new(source, Some(before), text)) {
            let from = || entry.from.iter().map(|&(from, _)| from);
            let whole = entry.is_whole();
            said.hints.extend(from().map(|from| Hint { from, to: entry.to, part: !whole }));
            said.same.extend(from().filter(|_| whole).map(|from| (from, entry.to)));
            said.inserted.extend(entry.is_inserted().then_some(entry.to));
        }
        said
    }

    /// Takes out of a pairing what leads to blocks that came from nothing.
    pub fn part_inserted(&self, pairing: &mut Pairing, text: &ReleaseText) {
        let inserted = |unit: usize| text.units[unit].block.is_some_and(|block| self.inserted.contains(&block));
        pairing.links.retain(|link| !inserted(link.to));
        pairing.suggestions.retain(|suggestion| !inserted(suggestion.to));
    }
}

/// An entry whose block is there.
struct Entry<'a> {
    source: &'a LineageSource,
    to: usize,
    /// The numbers that are there, with their blocks.
    from: Vec<(usize, &'a Spanned<String>)>,
}

impl<'a> Entry<'a> {
    fn new(source: &'a LineageSource, before: Option<&Edition>, text: &ReleaseText) -> Option<Self> {
        let to = block_at(text, &source.block.value)?;
        let from = source.from.iter().filter_map(|number| Some((numbered_block(before?, &number.value)?, number)));
        Some(Self { source, to, from: from.collect() })
    }

    fn is_part(&self) -> bool {
        self.source.kind == Some(LineageKind::Split)
    }

    fn is_inserted(&self) -> bool {
        self.source.kind == Some(LineageKind::Inserted)
    }

    /// Whether the block is all that it is said to come from. Where one number alone is merged into it, it is also what
    /// the comparison finds.
    fn is_whole(&self) -> bool {
        match self.source.kind {
            Some(LineageKind::Split | LineageKind::Inserted) => false,
            Some(LineageKind::Merged) => self.source.from.len() > 1,
            Some(LineageKind::Moved | LineageKind::Amended) | None => true,
        }
    }

    /// Whether both can be said of one block: what it is, and of what else it has a part.
    fn goes_with(&self, other: &Entry<'_>) -> bool {
        self.is_part() != other.is_part() && !self.is_inserted() && !other.is_inserted()
    }
}

/// The block that `chapter#id` names.
pub(super) fn block_at(text: &ReleaseText, place: &str) -> Option<usize> {
    let (slug, id) = place.split_once('#')?;
    text.blocks.iter().position(|block| block.id.as_deref() == Some(id) && text.chapters[block.chapter].slug == slug)
}

/// The block that `Rn. 7` names.
fn numbered_block(edition: &Edition, number: &str) -> Option<usize> {
    parse_number(number).and_then(|number| edition.numbering.block(number))
}

/// Reports what entries of all editions name and is not there, and where they contradict each other.
pub(super) fn check(history: &History, sources: &Sources, diagnostics: &mut Diagnostics) {
    for (at, edition) in history.editions.iter().enumerate() {
        let before = edition.predecessor.map(|before| &history.editions[before]);
        let lineage = &source(sources, at).lineage;
        for entry in lineage {
            if block_at(&edition.text, &entry.block.value).is_none() {
                diagnostics.push(unknown::block(&edition.text, &entry.block));
            }
            let missing = |number: &&Spanned<String>| before.is_none_or(|b| numbered_block(b, &number.value).is_none());
            let missing = entry.from.iter().filter(missing);
            diagnostics.extend(missing.map(|number| unknown::number(history, sources, at, number)));
        }
        let entries: Vec<_> =
            lineage.iter().filter_map(|source| Entry::new(source, before.map(Arc::as_ref), &edition.text)).collect();
        diagnostics.extend(contradictions(&entries));
    }
}

/// Each claim that one before it excludes, with the places of both.
fn contradictions(entries: &[Entry<'_>]) -> Diagnostics {
    let mut blocks: BTreeMap<usize, Vec<&Entry<'_>>> = BTreeMap::new();
    let mut claims = Claims::default();
    let mut found = Diagnostics::new();
    for entry in entries {
        let others = blocks.entry(entry.to).or_default();
        match others.iter().find(|other| !other.goes_with(entry)) {
            Some(other) => found.push(contradiction("block", &entry.source.block, other.source.block.span)),
            None => {
                others.push(entry);
                found.extend(entry.from.iter().filter_map(|&(from, number)| claims.claim(entry, from, number)));
            }
        }
    }
    found
}

/// What was said of the blocks of the predecessor.
#[derive(Default)]
struct Claims {
    /// The place at which a pair of blocks was named.
    pairs: BTreeMap<(usize, usize), Span>,
    /// The place at which a block was said to go on in another.
    going_on: BTreeMap<usize, Span>,
}

impl Claims {
    fn claim(&mut self, entry: &Entry<'_>, from: usize, number: &Spanned<String>) -> Option<Diagnostic> {
        if let Some(&first) = self.pairs.get(&(from, entry.to)) {
            return Some(contradiction("repeated", number, first));
        }
        self.pairs.insert((from, entry.to), number.span);
        if entry.is_part() {
            return None;
        }
        if let Some(&first) = self.going_on.get(&from) {
            return Some(contradiction("number", number, first));
        }
        self.going_on.insert(from, number.span);
        None
    }
}

fn contradiction(reason: &str, claim: &Spanned<String>, first: Span) -> Diagnostic {
    let found = Diagnostic::at(Code::ContradictoryLineage, claim.span).label(first, "first");
    found.arg("reason", reason).arg("target", &claim.value)
}
