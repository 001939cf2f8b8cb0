//! The changes between two editions, three ways: list, side by side, inline.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::super::comparison::{Comparison, Entry, ReasonView, summary};
use super::super::export::relations;
use super::super::view::Link;
use super::super::{PageJob, Stage};
use crate::changes::{Changes, ChapterOf, ChapterSummary};
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

/// The pages of all comparisons.
pub(super) fn pages(stage: &Stage<'_>) -> Vec<PageJob> {
    let pairs: Vec<(&(usize, usize), &Arc<Changes>)> = stage.changes.iter().collect();
    pairs
        .into_par_iter()
        .flat_map_iter(|(&(from, to), changes)| Comparison::new(stage, from, to, changes).pages())
        .collect()
}

impl Comparison<'_> {
    fn pages(&self) -> Vec<PageJob> {
        vec![self.list(), self.synopsis(), self.redline()]
    }

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

    fn page(&self, template: &'static str, name: &'static str) -> PageJob {
        let stage = self.stage;
        let views = self.views(name);
        let view = views.iter().find(|view| view.current);
        let (path, title) = view.map(|view| (view.path.clone(), view.title.clone())).unwrap_or_default();
        let title = format!("{title}: {} → {}", stage.edition_label(self.from), stage.edition_label(self.to));
        let mut above = stage.above_edition(self.to);
        if name != "changes" {
            above.push(Link::new(&views[0].title, &views[0].path));
        }
        let mut page = stage.page(template, &path, &title, above);
        page.head.relations = relations::changes(stage, self.from, self.to);
        page.context.insert("release", &stage.release(self.to));
        page.context.insert("base", &stage.release(self.from));
        page.context.insert("views", &views);
        page.context.insert("bases", &self.bases());
        page.context.insert("concordance", &stage.concordance_between(self.from, self.to));
        page.context.insert("summary", &summary(&self.changes.summary));
        let whole = self.changes.whole_reasons();
        page.context.insert("release_reasons", &whole.map(|reason| self.reason(reason)).collect::<Vec<ReasonView>>());
        page
    }

    fn list(&self) -> PageJob {
        let mut page = self.page("changes.html", "changes");
        let chapters = self.chapters(|chapter| {
            let mut told = BTreeMap::new();
            let entries: Vec<Entry> = chapter.entries.iter().map(|&at| self.entry(at, &mut told)).collect();
            (!entries.is_empty()).then(|| json!({"entries": entries}))
        });
        page.context.insert("signs", &self.signs(&chapters));
        page.context.insert("filters", &self.filters());
        page.context.insert("count", &self.changes.entries.len());
        page.context.insert("chapters", &chapters);
        page
    }

    fn synopsis(&self) -> PageJob {
        let mut page = self.page("synopsis.html", "synopsis");
        let chapters = self.chapters(|chapter| {
            let rows = self.rows(chapter);
            rows.iter().any(synopsis::Group::tells).then(|| json!({"groups": rows}))
        });
        page.context.insert("signs", &self.signs(&chapters));
        page.context.insert("chapters", &chapters);
        page
    }

    fn redline(&self) -> PageJob {
        let mut page = self.page("redline.html", "redline");
        let chapters = self.chapters(|chapter| {
            let lines = self.lines(chapter);
            lines.iter().any(redline::Group::tells).then(|| json!({"groups": lines}))
        });
        page.context.insert("signs", &self.signs(&chapters));
        page.context.insert("chapters", &chapters);
        page
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
