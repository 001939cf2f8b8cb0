//! The page of a chapter: its text with margin numbers, contents, versions, and what refers to it.

use std::sync::{Arc, OnceLock};

use super::super::export::citations::Cited;
use super::super::export::{json_ld, relations};
use super::super::view::Link;
use super::super::{PageJob, Stage};
use crate::history;
use crate::resolve;
use crate::target::{Target, edition_path};

mod lines;

use lines::{End, Marks, Since};

pub(super) fn pages<'s>(stage: &'s Stage<'_>) -> Vec<PageJob<'s>> {
    stage.editions().flat_map(|edition| edition_pages(stage, edition)).collect()
}

fn edition_pages<'s>(stage: &'s Stage<'_>, edition: usize) -> Vec<PageJob<'s>> {
    let text = &stage.project.history.editions[edition].text;
    // All chapters of the edition need these; the first whose turn comes finds them.
    let whole = Arc::new(OnceLock::new());
    let page = |chapter| Chapter { stage, edition, chapter, whole: Arc::clone(&whole) }.page();
    (0..text.chapters.len()).map(page).collect()
}

/// What is known of the text of an edition as a whole.
struct Whole {
    /// What the edition changed, by block.
    marks: Marks,
    /// What the release in force changed since; `None` where the two are not compared.
    since: Option<Since>,
}

impl Whole {
    fn new(stage: &Stage<'_>, edition: usize) -> Self {
        let text = &stage.project.history.editions[edition].text;
        let marks = stage.changes_of(edition).map(|changes| lines::marks(text, changes, End::New)).unwrap_or_default();
        let since = stage.site.validity.current().and_then(|current| {
            let changes = stage.changes.get(&(edition, current))?;
            Some(Since::new(stage.project.history.side(edition), stage.project.history.side(current), changes))
        });
        Self { marks, since }
    }
}

struct Chapter<'a> {
    stage: &'a Stage<'a>,
    edition: usize,
    chapter: usize,
    whole: Arc<OnceLock<Whole>>,
}

impl<'a> Chapter<'a> {
    fn whole(&self) -> &Whole {
        self.whole.get_or_init(|| Whole::new(self.stage, self.edition))
    }

    fn page(self) -> PageJob<'a> {
        let (stage, edition) = (self.stage, self.edition);
        let source = &history::source(&stage.project.sources, edition).chapters[self.chapter];
        let target = Target::Chapter(edition, self.chapter);
        let path = resolve::address(stage.project, &target);
        let page = stage.described_page(
            "chapter.html",
            &path,
            &source.title,
            source.summary.as_deref(),
            stage.above_edition(edition),
        );
        page.later(move |page| {
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
            page.context.insert("notice", &stage.notice(edition, |other| Some(self.in_edition(other))));
            page.context.insert("citation_files", &Cited::Chapter(edition, self.chapter).links(stage));
            page.context.insert("citation", &stage.citation_text(edition, &target));
            let writer = stage.writer(source.page.body, None);
            page.context.insert("toc", &self.contents());
            page.context.insert("lines", &self.lines(&writer));
            page.context.insert("footnotes_html", &writer.footnotes());
            page.context.insert("backlinks", &stage.backlinks(&[target]));
            page.context.insert("previous", &self.neighbour(self.chapter.checked_sub(1)));
            page.context.insert("next", &self.neighbour(Some(self.chapter + 1)));
            page.context.insert("versions", &self.versions());
        })
    }

    /// The headings, with the titles of what they refer to.
    fn contents(&self) -> Vec<serde_json::Value> {
        let text = &self.stage.project.history.editions[self.edition].text;
        let units = text.units[text.chapters[self.chapter].units.clone()].iter();
        let headings = units.filter_map(|unit| {
            let level: u8 = unit.shape.strip_prefix("heading-")?.parse().ok()?;
            Some(serde_json::json!({"title": unit.text(), "anchor": unit.anchor.as_ref()?, "level": level}))
        });
        headings.collect()
    }

    fn document(&self) -> &crate::markdown::Document {
        let source = &history::source(&self.stage.project.sources, self.edition).chapters[self.chapter];
        self.stage.project.documents.of(source.page.body)
    }

    /// The same chapter in another edition, or the edition where it has none.
    fn in_edition(&self, edition: usize) -> String {
        match self.counterpart(edition) {
            Some(chapter) => resolve::address(self.stage.project, &Target::Chapter(edition, chapter)),
            None => edition_path(&self.stage.project.sources, edition),
        }
    }

    /// The chapter of another edition that is this one, followed through renames.
    fn counterpart(&self, edition: usize) -> Option<usize> {
        if edition == self.edition {
            return Some(self.chapter);
        }
        self.stage.project.history.counterpart(self.edition, self.chapter, edition)
    }

    /// The page of an edition that says that the chapter is gone.
    fn gone_in(&self, edition: usize) -> Option<Target> {
        self.stage.gone_chapter(self.edition, self.chapter, edition)
    }

    /// The same chapter in each edition, the newest first.
    fn versions(&self) -> Vec<serde_json::Value> {
        let editions = self.stage.editions().rev();
        let versions = editions.map(|edition| {
            let there = self.counterpart(edition).map(|chapter| Target::Chapter(edition, chapter));
            let gone = there.is_none().then(|| self.gone_in(edition)).flatten();
            let path = there.as_ref().or(gone.as_ref()).map(|target| resolve::address(self.stage.project, target));
            serde_json::json!({
                "label": self.stage.edition_label(edition),
                "path": path,
                "gone": gone.is_some(),
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
