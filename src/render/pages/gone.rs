//! What is said of numbers and chapters that are gone.

use super::super::{PageJob, Stage};
use crate::history;
use crate::number::{Fate, Gone, GoneChapter, Place};
use crate::resolve;
use crate::target::{Target, edition_path};

/// The pages of an edition's chapters that are gone.
pub(super) fn pages<'s>(stage: &'s Stage<'_>, edition: usize) -> Vec<PageJob<'s>> {
    chapters(stage, edition).into_iter().map(|gone| page(stage, edition, gone)).collect()
}

/// The chapters of an edition that are gone and have an address of their own; those of one address are one.
fn chapters(stage: &Stage<'_>, edition: usize) -> Vec<GoneChapter> {
    let mut chapters: Vec<GoneChapter> = Vec::new();
    let gone = stage.project.history.editions[edition].numbering.gone_chapters.iter();
    for chapter in gone.filter(|gone| !stage.slug_taken(edition, &gone.slug)) {
        match chapters.iter_mut().find(|known| known.slug == chapter.slug) {
            Some(known) => known.gone.extend(chapter.gone.iter().cloned()),
            None => chapters.push(chapter.clone()),
        }
    }
    chapters
}

/// „Rn. 49 (weggefallen)“, „Rn. 31–55 (weggefallen)“, „Rn. 48 (aufgegangen in Rn. 47)“, or where it stands now.
pub(in super::super) fn text(stage: &Stage<'_>, edition: usize, first: &Gone, last: &Gone) -> String {
    let label = stage.locale.text_of("number-label", "number", &numbers(first, last));
    format!("{label} {}", fate(stage, edition, first))
}

/// „49“, or „31–55“ for a run.
pub(super) fn numbers(first: &Gone, last: &Gone) -> String {
    if first.number == last.number { first.number.to_string() } else { format!("{}–{}", first.number, last.number) }
}

/// „(weggefallen)“, „(aufgegangen in Rn. 47)“, „(jetzt in „Aufsicht“)“.
pub(in super::super) fn fate(stage: &Stage<'_>, edition: usize, gone: &Gone) -> String {
    match gone.fate {
        Fate::Deleted => stage.locale.text("gone-deleted"),
        Fate::MergedInto(into) => stage.locale.text_of("gone-merged", "into", &into.to_string()),
        Fate::Moved => stage.locale.text_of("gone-moved", "place", &new_place(stage, edition, gone)),
    }
}

/// Where the text of a gone number went, or the paragraph through all releases.
pub(super) fn way(stage: &Stage<'_>, edition: usize, gone: &Gone) -> Option<String> {
    let into = match gone.fate {
        Fate::Deleted => None,
        Fate::MergedInto(into) => Some(into),
        Fate::Moved => Some(gone.number),
    };
    let block = into.and_then(|number| stage.project.history.editions[edition].numbering.block(number));
    let there = block.map(|block| resolve::address(stage.project, &Target::Block(edition, block)));
    there.or_else(|| stage.life_path(edition, gone.number))
}

/// The chapter in which a moved block stands now, or the section where it stayed in its chapter.
fn new_place(stage: &Stage<'_>, edition: usize, gone: &Gone) -> String {
    let edition = &stage.project.history.editions[edition];
    let Some(block) = edition.numbering.block(gone.number) else { return String::new() };
    let chapter = edition.text.blocks[block].chapter;
    let told_here = edition.numbering.places[chapter].iter().any(|place| *place == Place::Gone(gone.clone()));
    if told_here {
        return edition.text.section_title(edition.text.blocks[block].units.start);
    }
    edition.text.chapters[chapter].title.clone()
}

fn page<'s>(stage: &'s Stage<'_>, edition: usize, gone: GoneChapter) -> PageJob<'s> {
    let path = format!("{}{}/", edition_path(&stage.project.sources, edition), gone.slug);
    let page = stage.page("gone_chapter.html", &path, &gone.title, stage.above_edition(edition));
    page.later(move |page| {
        page.context.insert("release", &stage.release(edition));
        page.context
            .insert("notice", &stage.notice(edition, |other| Some(edition_path(&stage.project.sources, other))));
        page.context.insert("chapter", &serde_json::json!({"title": gone.title}));
        let all: Vec<&Gone> = gone.gone.iter().collect();
        let runs = all.chunk_by(|a, b| a.fate == Fate::Deleted && b.fate == Fate::Deleted);
        let texts: Vec<serde_json::Value> = runs
            .filter_map(|run| {
                let anchors: Vec<String> = run.iter().map(|gone| format!("rn-{}", gone.number)).collect();
                let (first, last) = (run.first()?, run.last()?);
                let way = way(stage, edition, first).filter(|_| run.len() == 1);
                let number = numbers(first, last);
                let text = fate(stage, edition, first);
                Some(serde_json::json!({"number": number, "text": text, "path": way, "anchors": anchors}))
            })
            .collect();
        page.context.insert("gone", &texts);
        let last = (0..edition).rev().find_map(|earlier| {
            let chapters = &history::source(&stage.project.sources, earlier).chapters;
            let chapter = chapters.iter().position(|chapter| chapter.page.slug == gone.slug)?;
            let path = resolve::address(stage.project, &Target::Chapter(earlier, chapter));
            Some(serde_json::json!({"release": stage.release(earlier), "path": path}))
        });
        page.context.insert("last", &last);
    })
}
