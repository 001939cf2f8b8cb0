//! What a preview shows beside a page: where its text stands, and what its edition changes in it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::page::file_name;
use super::places;
use super::stage::Stage;
use crate::changes::{ChangeKind, ChapterOf};
use crate::history;
use crate::resolve;
use crate::target::{self, Target};

/// What there is to say of a page.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Notes {
    /// The file of its text, relative to `content/`.
    pub source: String,
    /// „Entwurf“ or „Fassung 2.0“; `None` for what belongs to no edition.
    pub label: Option<String>,
    /// Whether it belongs to the draft.
    pub is_draft: bool,
    /// Where the paragraphs stand in the file.
    pub lines: Vec<SourceLine>,
    /// The page on which the changes of the edition are marked, with the id of this chapter's part.
    pub redline: Option<(String, String)>,
    /// The edition against which.
    pub against: Option<String>,
    /// What was changed in the chapter.
    pub changes: Vec<ChangeNote>,
}

/// A place of the page and the line of the file that it comes from.
#[derive(Debug, Clone, Serialize)]
pub struct SourceLine {
    /// Id on the page.
    pub id: String,
    /// Line in the file, from 1.
    pub line: usize,
}

/// A change.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeNote {
    /// „Rn. 12“.
    pub place: String,
    /// „geändert“, „verschoben“.
    pub kinds: Vec<String>,
    /// Where it is told, from the site's root.
    pub path: String,
    /// Whether it changes what the text says, and the editors gave no reason.
    pub lacks_reason: bool,
}

/// The notes of all pages that have a text of their own, by their files.
pub(super) fn all(stage: &Stage<'_>) -> BTreeMap<String, Notes> {
    let pages = target::pages(&stage.project.sources).into_iter();
    let shown = pages.filter(|of| of.target.edition().is_none_or(|edition| stage.editions().contains(&edition)));
    let notes = shown.map(|of| {
        let file = file_name(&resolve::address(stage.project, &of.target));
        let notes = Notes { source: of.page.path.clone(), ..Notes::default() };
        let notes = match of.target {
            Target::Chapter(edition, chapter) => of_chapter(stage, edition, chapter, notes),
            _ => notes,
        };
        (file, notes)
    });
    notes.collect()
}

fn of_chapter(stage: &Stage<'_>, edition: usize, chapter: usize, notes: Notes) -> Notes {
    let of = &stage.project.history.editions[edition];
    let blocks = of.text.chapters[chapter].blocks.clone();
    let lines = blocks.map(|block| {
        let span = of.text.blocks[block].span;
        let line = stage.files.get(span.file).position(span.start).line;
        SourceLine { id: format!("rn-{}", of.numbering.blocks[block]), line }
    });
    let notes = Notes {
        label: Some(stage.edition_label(edition)),
        is_draft: stage.is_draft(edition),
        lines: lines.collect(),
        ..notes
    };
    changes_of(stage, edition, chapter, notes)
}

/// The notes with what the edition changed in the chapter.
fn changes_of(stage: &Stage<'_>, edition: usize, chapter: usize, notes: Notes) -> Notes {
    let Some(comparison) = stage.comparison(edition) else { return notes };
    let of_chapter = ChapterOf::New(chapter);
    let told = comparison.changes.chapters.iter().find(|told| told.chapter == of_chapter);
    let change = |&at: &usize| {
        let entry = &comparison.changes.entries[at];
        let (_, side, units) = comparison.shown_side(entry);
        ChangeNote {
            place: units.first().map(|&unit| places::label(stage.locale, side, unit)).unwrap_or_default(),
            kinds: comparison.kinds(entry).into_iter().map(|kind| kind.label).collect(),
            path: format!("{}#{}", comparison.path(), comparison.anchor(at)),
            lacks_reason: entry.reason.is_none() && entry.kinds != [ChangeKind::Editorial],
        }
    };
    let redline = format!("{}{}/", comparison.path(), stage.project.sources.config.addresses.redline);
    let before = history::label(&stage.project.sources, comparison.from);
    Notes {
        redline: Some((redline, comparison.chapter_anchor(of_chapter))),
        against: Some(before),
        changes: told.map(|told| told.entries.iter().map(change).collect()).unwrap_or_default(),
        ..notes
    }
}
