//! The start page and the page for addresses that do not exist.

use super::super::export::json_ld;
use super::super::view::Link;
use super::super::{PageJob, Stage};
use crate::resolve;
use crate::target::Target;

/// Labs shown on the start page.
const NEWEST_LABS: usize = 3;

pub(super) fn start<'s>(stage: &'s Stage<'_>) -> PageJob<'s> {
    let sources = &stage.project.sources;
    let start = sources.start.as_ref();
    let title = start.map_or(&sources.config.title, |start| &start.title);
    let page =
        stage.described_page("start.html", "/", title, start.and_then(|start| start.summary.as_deref()), Vec::new());
    page.later(move |page| {
        page.head.data = json_ld::site(stage);
        let body = start.map(|start| stage.whole_text(start.page.body)).unwrap_or_default();
        page.context.insert("body_html", &body);
        page.context.insert("summary", &start.and_then(|start| start.summary.clone()));
        page.context.insert("current", &stage.site.validity.current().map(|edition| stage.release(edition)));
        let chapters = stage.site.validity.shown().map(|edition| {
            let chapters = 0..crate::history::source(sources, edition).chapters.len();
            chapters.map(|at| stage.link(&Target::Chapter(edition, at))).collect::<Vec<_>>()
        });
        page.context.insert("chapters", &chapters);
        let releases: Vec<_> = stage.editions().rev().map(|edition| stage.release(edition)).collect();
        page.context.insert("releases", &releases);
        let draft = stage.shows_draft().then(|| stage.release(sources.releases.len()));
        page.context.insert("consultation", &draft.filter(|draft| draft.consultation_until.is_some()));
        page.context.insert("since", &stage.since());
        let newest = sources.labs_newest_first().into_iter().take(NEWEST_LABS);
        let labs: Vec<_> = newest
            .map(|at| {
                let lab = &sources.labs[at];
                serde_json::json!({
                    "number": lab.number,
                    "title": lab.title,
                    "path": resolve::address(stage.project, &Target::Lab(at)),
                    "date": stage.locale.date(lab.date),
                })
            })
            .collect();
        page.context.insert("labs", &labs);
        let values: Vec<Link> = (0..sources.values.len()).map(|at| stage.link(&Target::Value(at))).collect();
        page.context.insert("values", &values);
    })
}

pub(super) fn not_found<'s>(stage: &'s Stage<'_>) -> PageJob<'s> {
    stage.page("404.html", "/404.html", &stage.locale.text("not-found-title"), Vec::new())
}
