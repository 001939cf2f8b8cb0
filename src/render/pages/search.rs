//! The page of the search: a form, and without a script an index of all that has a name, by the alphabet.

use serde_json::json;

use super::super::view::Link;
use super::super::{PageJob, Stage};
use crate::target::Target;

pub(super) fn pages<'s>(stage: &'s Stage<'_>) -> Vec<PageJob<'s>> {
    let Some(path) = stage.search_path() else { return Vec::new() };
    let page = stage.page("search.html", &path, &stage.locale.text("nav-search"), Vec::new());
    let page = page.later(move |page| {
        let indexes = stage.search_indexes().into_iter().map(|(folder, edition)| {
            let is_default = edition.is_none() || edition == stage.site.validity.shown();
            json!({"folder": folder, "isDefault": is_default, "release": edition.map(|at| stage.edition_label(at))})
        });
        page.context.insert("indexes_json", &json!(indexes.collect::<Vec<_>>()).to_string());
        page.context.insert("has_older", &(stage.editions().filter(|&at| !stage.is_draft(at)).count() > 1));
        page.context.insert("groups", &super::collections::by_letter(&names(stage)));
    });
    vec![page]
}

/// The chapters of the release that is shown, terms and talks, in the order of the language.
fn names(stage: &Stage<'_>) -> Vec<Link> {
    let sources = &stage.project.sources;
    let shown = stage.site.validity.shown();
    let chapters = shown.into_iter().flat_map(|edition| {
        let count = crate::history::source(sources, edition).chapters.len();
        (0..count).map(move |at| (Target::Chapter(edition, at), "search-kind-chapter"))
    });
    let terms = (0..sources.terms.len()).map(|at| (Target::Term(at), "search-kind-term"));
    let talks = sources.talks().map(|(lab, at, ..)| (Target::Talk(lab, at), "search-kind-talk"));
    let named = chapters.chain(terms).chain(talks);
    let mut links: Vec<Link> =
        named.map(|(target, kind)| stage.link(&target).with_detail(Some(stage.locale.text(kind)))).collect();
    links.sort_by(|a, b| stage.locale.compare(&a.title, &b.title));
    links
}
