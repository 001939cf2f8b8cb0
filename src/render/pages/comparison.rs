//! The changes between two editions, three ways: list, side by side, inline.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::json;

use super::super::comparison::{Comparison, Entry, ReasonView, summary};
use super::super::export::relations;
use super::super::view::Link;
use super::super::{PageJob, Stage};
use crate::changes::{ChapterOf, ChapterSummary};
use crate::resolve;
use crate::target::Target;

mod filters;
mod folds;
mod redline;
mod signs;
mod synopsis;

#[derive(Serialize)]
struct View {
    name: &'static str,
    title: String,
    path: String,
    current: bool,
}

/// The pages of all comparisons: list, synopsis and redline of each.
pub(super) fn pages<'s>(stage: &'s Stage<'_>) -> Vec<PageJob<'s>> {
    let pairs = stage.changes.iter();
    let comparisons = pairs.map(|(&(from, to), changes)| move || Comparison::new(stage, from, to, changes));
    comparisons.flat_map(|new| [list(new()), synopsis(new()), redline(new())]).collect()
}

fn list<'s>(comparison: Comparison<'s>) -> PageJob<'s> {
    comparison.page("changes.html", "changes").later(move |page| {
        let chapters = comparison.chapters(|chapter| {
            let mut told = BTreeMap::new();
            let entries: Vec<Entry> = chapter.entries.iter().map(|&at| comparison.entry(at, &mut told)).collect();
            (!entries.is_empty()).then(|| json!({"entries": entries}))
        });
        page.context.insert("signs", &comparison.signs(&chapters));
        page.context.insert("filters", &comparison.filters());
        page.context.insert("count", &comparison.changes.entries.len());
        page.context.insert("chapters", &chapters);
    })
}

fn synopsis<'s>(comparison: Comparison<'s>) -> PageJob<'s> {
    comparison.page("synopsis.html", "synopsis").later(move |page| {
        let chapters = comparison.chapters(|chapter| {
            let rows = comparison.rows(chapter);
            rows.iter().any(synopsis::Group::tells).then(|| json!({"groups": rows}))
        });
        page.context.insert("signs", &comparison.signs(&chapters));
        page.context.insert("chapters", &chapters);
    })
}

fn redline<'s>(comparison: Comparison<'s>) -> PageJob<'s> {
    comparison.page("redline.html", "redline").later(move |page| {
        let chapters = comparison.chapters(|chapter| {
            let lines = comparison.lines(chapter);
            lines.iter().any(redline::Group::tells).then(|| json!({"groups": lines}))
        });
        page.context.insert("signs", &comparison.signs(&chapters));
        page.context.insert("chapters", &chapters);
    })
}

impl<'a> Comparison<'a> {
    fn views(&self, current: &'static str) -> Vec<View> {
        let (base, addresses) = (self.path(), &self.stage.project.sources.config.addresses);
        let views = [
            ("changes", base.clone()),
            ("synopsis", format!("{base}{}/", addresses.synopsis)),
            ("redline", format!("{base}{}/", addresses.redline)),
        ];
        let view = |(name, path): (&'static str, String)| View {
            name,
            title: self.stage.locale.text(&format!("view-{name}")),
            path,
            current: name == current,
        };
        views.into_iter().map(view).collect()
    }

    /// The older editions with which the new one is compared.
    fn bases(&self) -> Vec<serde_json::Value> {
        let stage = self.stage;
        let all = stage.changes.keys().filter(|&&(_, edition)| edition == self.to);
        let bases = all.map(|&(from, to)| {
            let path = stage.changes_path(from, to);
            json!({"label": stage.edition_label(from), "path": path, "current": from == self.from})
        });
        bases.collect()
    }

    /// A page with what the three have in common.
    fn page(&self, template: &'static str, name: &'static str) -> PageJob<'a> {
        let stage = self.stage;
        let views = self.views(name);
        let view = views.iter().find(|view| view.current);
        let (path, title) = view.map(|view| (view.path.clone(), view.title.clone())).unwrap_or_default();
        let title = format!("{title}: {} → {}", stage.edition_label(self.from), stage.edition_label(self.to));
        let mut above = stage.above_edition(self.to);
        if name != "changes" {
            above.push(Link::new(&views[0].title, &views[0].path));
        }
        let own = Comparison::new(stage, self.from, self.to, self.changes);
        stage.page(template, &path, &title, above).later(move |page| {
            page.head.relations = relations::changes(stage, own.from, own.to);
            page.context.insert("release", &stage.release(own.to));
            page.context.insert("base", &stage.release(own.from));
            page.context.insert("views", &views);
            page.context.insert("bases", &own.bases());
            page.context.insert("concordance", &stage.concordance_between(own.from, own.to));
            page.context.insert("summary", &summary(&own.changes.summary));
            let whole = own.changes.whole_reasons().map(|reason| own.reason(reason));
            page.context.insert("release_reasons", &whole.collect::<Vec<ReasonView>>());
        })
    }

    /// The chapters for which `content` has something to show, each with what that adds.
    fn chapters(&self, content: impl Fn(&ChapterSummary) -> Option<serde_json::Value>) -> Vec<serde_json::Value> {
        let project = self.stage.project;
        let chapters = self.changes.chapters.iter().filter_map(|chapter| {
            let mut value = content(chapter)?;
            let (path, old_chapter) = match chapter.chapter {
                ChapterOf::New(at) => {
                    let old = project.history.counterpart(self.to, at, self.from);
                    (Some(resolve::address(project, &Target::Chapter(self.to, at))), old)
                }
                ChapterOf::Old(at) => (None, Some(at)),
            };
            let old_path = old_chapter.map(|at| resolve::address(project, &Target::Chapter(self.from, at)));
            let fields = value.as_object_mut()?;
            fields.insert("title".into(), self.chapter_title(chapter.chapter).into());
            fields.insert("anchor".into(), self.chapter_anchor(chapter.chapter).into());
            fields.insert("gone".into(), path.is_none().into());
            fields.insert("new".into(), (path.is_some() && old_path.is_none()).into());
            fields.insert("path".into(), path.into());
            fields.insert("old_path".into(), old_path.into());
            fields.insert("summary".into(), summary(&chapter.summary));
            Some(value)
        });
        chapters.collect()
    }
}
