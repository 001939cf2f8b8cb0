//! What is said of numbers and chapters that are gone.

use super::super::{PageJob, Stage};
use crate::history;
use crate::number::{Fate, Gone, GoneChapter};
use crate::resolve;
use crate::target::{Target, edition_path};

/// The pages of an edition's chapters that are gone.
pub(super) fn pages(stage: &Stage<'_>, edition: usize) -> Vec<PageJob> {
    chapters(stage, edition).iter().map(|gone| page(stage, edition, gone)).collect()
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

/// „Rn. 49 (weggefallen)“, „31–55 weggefallen“, „aufgegangen in Rn. 47“, or where it stands now.
pub(in super::super) fn text(stage: &Stage<'_>, edition: usize, first: &Gone, last: &Gone) -> String {
    let locale = stage.locale;
    match first.fate {
        Fate::Deleted if first.number == last.number => {
            locale.text_of("gone-deleted", "number", &first.number.to_string())
        }
        Fate::Deleted => {
            let mut args = fluent_bundle::FluentArgs::new();
            args.set("from", first.number.to_string());
            args.set("to", last.number.to_string());
            locale.text_with("gone-range", &args)
        }
        Fate::MergedInto(number) => {
            let mut args = fluent_bundle::FluentArgs::new();
            args.set("number", first.number.to_string());
            args.set("into", number.to_string());
            locale.text_with("gone-merged", &args)
        }
        Fate::Moved => {
            let edition_text = &stage.project.history.editions[edition];
            let block = edition_text.numbering.block(first.number);
            let chapter = block.map(|block| &edition_text.text.chapters[edition_text.text.blocks[block].chapter].title);
            let mut args = fluent_bundle::FluentArgs::new();
            args.set("number", first.number.to_string());
            args.set("chapter", chapter.cloned().unwrap_or_default());
            locale.text_with("gone-moved", &args)
        }
    }
}

fn page(stage: &Stage<'_>, edition: usize, gone: &GoneChapter) -> PageJob {
    let path = format!("{}{}/", edition_path(&stage.project.sources, edition), gone.slug);
    let mut page = stage.page("gone_chapter.html", &path, &gone.title, stage.above_edition(edition));
    page.context.insert("release", &stage.release(edition));
    page.context.insert("chapter", &serde_json::json!({"title": gone.title}));
    let numbers: Vec<&Gone> = gone.gone.iter().collect();
    let runs = numbers.chunk_by(|a, b| a.fate == Fate::Deleted && b.fate == Fate::Deleted);
    let texts: Vec<serde_json::Value> = runs
        .filter_map(|run| {
            let anchors: Vec<String> = run.iter().map(|gone| format!("rn-{}", gone.number)).collect();
            Some(serde_json::json!({"text": text(stage, edition, run.first()?, run.last()?), "anchors": anchors}))
        })
        .collect();
    page.context.insert("gone", &texts);
    let last = (0..edition).rev().find_map(|earlier| {
        let chapters = &history::source(&stage.project.sources, earlier).chapters;
        let chapter = chapters.iter().position(|chapter| chapter.page.slug == gone.slug)?;
        let path = resolve::address(stage.project, &Target::Chapter(earlier, chapter));
        Some(serde_json::json!({"label": stage.edition_label(earlier), "path": path}))
    });
    page.context.insert("last", &last);
    page
}
