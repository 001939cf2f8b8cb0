//! The page of a chapter: its lines with margin numbers, backlinks and marks of change; and of one that is gone.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use super::super::export::{json_ld, relations};
use super::super::html::Writer;
use super::super::reading::Passage;
use super::super::view::{BacklinkGroup, Link, Named};
use super::super::{PageJob, Stage};
use crate::changes::{ChangeKind, Changes};
use crate::history;
use crate::markdown::{BlockKind, plain};
use crate::number::{Fate, Gone, GoneChapter, Number};
use crate::resolve;
use crate::target::{Target, edition_path};

/// One line of a chapter.
#[derive(Serialize, Default)]
struct Line {
    kind: &'static str,
    html: String,
    number: Option<String>,
    anchor: Option<String>,
    provisional: bool,
    number_path: Option<String>,
    backlinks: Vec<BacklinkGroup>,
    change: Option<ChangeMark>,
    gone: Option<GoneText>,
}

#[derive(Serialize)]
struct ChangeMark {
    kinds: Vec<Named>,
    path: String,
}

#[derive(Serialize)]
struct GoneText {
    text: String,
}

pub(super) fn pages(stage: &Stage<'_>) -> Vec<PageJob> {
    let editions: Vec<usize> = stage.editions().collect();
    editions.into_par_iter().flat_map_iter(|edition| edition_pages(stage, edition)).collect()
}

fn edition_pages(stage: &Stage<'_>, edition: usize) -> Vec<PageJob> {
    let history = &stage.project.history;
    let marks = stage.changes_of(edition).map(|changes| marks(stage, edition, changes)).unwrap_or_default();
    let chapters = 0..history.editions[edition].text.chapters.len();
    let mut pages: Vec<PageJob> =
        chapters.map(|chapter| Chapter { stage, edition, chapter, marks: &marks }.page()).collect();
    pages.extend(gone_chapters(stage, edition).iter().map(|gone| gone_chapter(stage, edition, gone)));
    pages
}

/// The chapters of an edition that are gone and have an address of their own; those of one address are one.
fn gone_chapters(stage: &Stage<'_>, edition: usize) -> Vec<GoneChapter> {
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

/// For each block that changed its kinds and the first entry about it.
fn marks(stage: &Stage<'_>, edition: usize, changes: &Changes) -> BTreeMap<usize, (Vec<ChangeKind>, usize)> {
    let text = &stage.project.history.editions[edition].text;
    let mut marks: BTreeMap<usize, (Vec<ChangeKind>, usize)> = BTreeMap::new();
    for (at, entry) in changes.entries.iter().enumerate() {
        for block in entry.to.iter().filter_map(|&unit| text.units[unit].block) {
            let (kinds, _) = marks.entry(block).or_insert((Vec::new(), at));
            kinds.extend(entry.kinds.iter().filter(|kind| !kinds.contains(kind)).copied().collect::<Vec<_>>());
        }
    }
    marks
}

struct Chapter<'a> {
    stage: &'a Stage<'a>,
    edition: usize,
    chapter: usize,
    marks: &'a BTreeMap<usize, (Vec<ChangeKind>, usize)>,
}

impl Chapter<'_> {
    fn page(&self) -> PageJob {
        let (stage, edition) = (self.stage, self.edition);
        let source = &history::source(&stage.project.sources, edition).chapters[self.chapter];
        let target = Target::Chapter(edition, self.chapter);
        let path = resolve::address(stage.project, &target);
        let mut page = stage.described_page(
            "chapter.html",
            &path,
            &source.title,
            source.summary.as_deref(),
            stage.above_edition(edition),
        );
        page.head.relations = relations::chapter(stage, edition, self.chapter);
        page.head.data = json_ld::chapter(stage, edition, self.chapter);
        page.context.insert("release", &stage.release(edition));
        page.context.insert(
            "chapter",
            &serde_json::json!({
                "title": source.title,
                "path": path,
                "summary": source.summary,
                "position": self.chapter + 1,
                "values": stage.links(&source.values),
                "talks": stage.links(&source.talks),
                "chapters": stage.links(&source.chapters),
            }),
        );
        page.context.insert("notice", &stage.notice(edition, self.in_force()));
        let writer = stage.writer(source.page.body, None);
        page.context.insert("toc", &self.contents());
        page.context.insert("lines", &self.lines(&writer));
        page.context.insert("footnotes_html", &writer.footnotes());
        page.context.insert("backlinks", &stage.backlinks(&[target]));
        page.context.insert("previous", &self.neighbour(self.chapter.checked_sub(1)));
        page.context.insert("next", &self.neighbour(Some(self.chapter + 1)));
        page.context.insert("versions", &self.versions());
        page
    }

    fn contents(&self) -> Vec<serde_json::Value> {
        let document = self.document();
        let headings = document.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Heading { level, anchor, content } => {
                Some(serde_json::json!({"title": plain::text(content, &[]), "anchor": anchor, "level": level}))
            }
            _ => None,
        });
        headings.collect()
    }

    fn document(&self) -> &crate::markdown::Document {
        let source = &history::source(&self.stage.project.sources, self.edition).chapters[self.chapter];
        self.stage.project.documents.of(source.page.body)
    }

    /// The lines in reading order: what the text has, and what is gone between its blocks.
    fn lines(&self, writer: &Writer<'_>) -> Vec<Line> {
        let text = &self.stage.project.history.editions[self.edition].text;
        let blocks = &self.document().blocks;
        let mut lines = Vec::new();
        for passage in self.stage.reading(self.edition, self.chapter) {
            match passage {
                Passage::Plain(index) => {
                    let kind = match blocks[index].kind {
                        BlockKind::Heading { .. } => "heading",
                        BlockKind::Rule => "rule",
                        _ => "plain",
                    };
                    lines.push(Line { kind, html: writer.block(&blocks[index]), ..Line::default() });
                }
                Passage::Block(block) => {
                    let html = writer.block(&blocks[text.blocks[block].index]);
                    lines.push(self.block_line(block, html));
                }
                Passage::Gone(run) => self.push_gone(&run, &mut lines),
            }
        }
        lines
    }

    fn block_line(&self, block: usize, html: String) -> Line {
        let numbering = &self.stage.project.history.editions[self.edition].numbering;
        let number = numbering.blocks[block];
        Line {
            kind: "block",
            html,
            number: Some(number.to_string()),
            anchor: Some(format!("rn-{number}")),
            provisional: self.stage.is_draft(self.edition),
            backlinks: self.stage.backlinks(&[Target::Block(self.edition, block)]),
            change: self.marks.get(&block).map(|(kinds, entry)| self.mark(kinds, *entry)),
            ..Line::default()
        }
    }

    fn mark(&self, kinds: &[ChangeKind], entry: usize) -> ChangeMark {
        let named = kinds.iter().map(|kind| Named {
            name: kind.name(),
            label: self.stage.locale.text(&format!("kind-{}", kind.name())),
            detail: None,
        });
        let changes = resolve::address(self.stage.project, &Target::Changes(self.edition));
        ChangeMark { kinds: named.collect(), path: format!("{changes}#lw-c{}", entry + 1) }
    }

    /// Adds the lines for numbers that are gone and fold into one.
    fn push_gone(&self, run: &[&Gone], lines: &mut Vec<Line>) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
        let text = gone_text(self.stage, self.edition, first, last);
        // Every number of a folded run can be linked to.
        for skipped in &run[..run.len() - 1] {
            lines.push(Line { kind: "anchor", anchor: Some(format!("rn-{}", skipped.number)), ..Line::default() });
        }
        let anchor =
            (first.fate != Fate::Moved || self.is_elsewhere(first.number)).then(|| format!("rn-{}", last.number));
        lines.push(Line { kind: "gone", anchor, gone: Some(GoneText { text }), ..Line::default() });
    }

    /// Whether a moved number stands on another page; on this one its anchor belongs to the block.
    fn is_elsewhere(&self, number: Number) -> bool {
        let edition = &self.stage.project.history.editions[self.edition];
        edition.numbering.block(number).is_none_or(|block| edition.text.blocks[block].chapter != self.chapter)
    }

    /// The same chapter in the release in force.
    fn in_force(&self) -> Option<String> {
        let current = self.stage.site.validity.current()?;
        let path = match self.counterpart(current) {
            Some(chapter) => resolve::address(self.stage.project, &Target::Chapter(current, chapter)),
            None => edition_path(&self.stage.project.sources, current),
        };
        Some(path)
    }

    /// The chapter of another edition that is this one, followed through renames.
    fn counterpart(&self, edition: usize) -> Option<usize> {
        if edition == self.edition {
            return Some(self.chapter);
        }
        self.stage.project.history.counterpart(self.edition, self.chapter, edition)
    }

    fn versions(&self) -> Vec<serde_json::Value> {
        let editions = self.stage.editions().rev();
        let versions = editions.map(|edition| {
            let chapter = self.counterpart(edition);
            let path = chapter.map(|chapter| resolve::address(self.stage.project, &Target::Chapter(edition, chapter)));
            serde_json::json!({
                "label": self.stage.edition_label(edition),
                "path": path,
                "status": self.stage.site.validity.status(edition).name(),
                "current": edition == self.edition,
            })
        });
        versions.collect()
    }

    fn neighbour(&self, chapter: Option<usize>) -> Option<Link> {
        let chapters = history::source(&self.stage.project.sources, self.edition).chapters.len();
        let chapter = chapter.filter(|&chapter| chapter < chapters)?;
        Some(self.stage.link(&Target::Chapter(self.edition, chapter)))
    }
}

/// „Rn. 49 (weggefallen)“, „31–55 weggefallen“, „aufgegangen in Rn. 47“, or where it stands now.
pub(in super::super) fn gone_text(stage: &Stage<'_>, edition: usize, first: &Gone, last: &Gone) -> String {
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

fn gone_chapter(stage: &Stage<'_>, edition: usize, gone: &GoneChapter) -> PageJob {
    let path = format!("{}{}/", edition_path(&stage.project.sources, edition), gone.slug);
    let mut page = stage.page("gone_chapter.html", &path, &gone.title, stage.above_edition(edition));
    page.context.insert("release", &stage.release(edition));
    page.context.insert("chapter", &serde_json::json!({"title": gone.title}));
    let numbers: Vec<&Gone> = gone.gone.iter().collect();
    let runs = numbers.chunk_by(|a, b| a.fate == Fate::Deleted && b.fate == Fate::Deleted);
    let texts: Vec<serde_json::Value> = runs
        .filter_map(|run| {
            let anchors: Vec<String> = run.iter().map(|gone| format!("rn-{}", gone.number)).collect();
            Some(serde_json::json!({"text": gone_text(stage, edition, run.first()?, run.last()?), "anchors": anchors}))
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
