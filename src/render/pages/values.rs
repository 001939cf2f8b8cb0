//! The taxonomy of value pairs, each pair, and how far the chapters of each release cover them.

use std::sync::Arc;

use serde_json::json;

use super::super::export::{feeds, json_ld, skos};
use super::super::view::Link;
use super::super::{PageJob, Stage};
use crate::resolve;
use crate::target::Target;

mod coverage;

use coverage::Coverage;

pub(super) fn pages<'s>(stage: &'s Stage<'_>) -> Vec<PageJob<'s>> {
    let sources = &stage.project.sources;
    if sources.values.is_empty() {
        return Vec::new();
    }
    let addresses = &sources.config.addresses;
    let link = Link::new(stage.locale.text("nav-values"), format!("/{}/", addresses.values));
    let coverage: Vec<Coverage> = stage.editions().map(|edition| Coverage::of(stage, edition)).collect();
    let coverage = Arc::new(coverage);
    let all = (!coverage.is_empty()).then(|| format!("{}{}/", link.path, addresses.coverage));
    let mut pages = vec![index(stage, &link, all.clone(), Arc::clone(&coverage))];
    pages.extend(all.map(|path| coverage_page(stage, &path, Arc::clone(&coverage), &link)));
    pages.extend((0..sources.values.len()).map(|at| value_page(stage, at, Arc::clone(&coverage), &link)));
    pages
}

/// All value pairs in their order, and how far the release in force covers them; `all` is the page about every release.
fn index<'s>(stage: &'s Stage<'_>, link: &Link, all: Option<String>, coverage: Arc<Vec<Coverage>>) -> PageJob<'s> {
    let page = stage.page("values.html", &link.path, &link.title, Vec::new());
    page.later(move |page| {
        page.head.data = json_ld::values(stage);
        page.head.relations.extend(skos::relations(stage));
        let forms = skos::links(stage).into_iter();
        let forms =
            forms.map(|(path, media_type, name)| json!({"path": path, "media_type": media_type, "label": name}));
        page.context.insert("skos_files", &forms.collect::<Vec<_>>());
        let values = stage.project.sources.values.iter().enumerate().map(|(at, value)| {
            let link = stage.link(&Target::Value(at));
            json!({"title": link.title, "path": link.path, "summary": value.summary, "order": value.order})
        });
        page.context.insert("values", &values.collect::<Vec<_>>());
        let shown = stage.site.validity.shown().and_then(|shown| coverage.iter().find(|of| of.edition == shown));
        page.context.insert("matrix", &shown.map(|coverage| coverage.matrix(stage)));
        page.context.insert("coverage_path", &all);
    })
}

fn value_page<'s>(stage: &'s Stage<'_>, at: usize, coverage: Arc<Vec<Coverage>>, above: &Link) -> PageJob<'s> {
    let source = &stage.project.sources.values[at];
    let target = Target::Value(at);
    let title = resolve::title(stage.project, &target);
    let path = resolve::address(stage.project, &target);
    let page = stage.described_page("value.html", &path, &title, source.summary.as_deref(), vec![above.clone()]);
    page.later(move |page| {
        page.head.data = json_ld::value(stage, at);
        let feed = feeds::of_thing(stage, &target);
        page.head.relations.extend(feed.iter().flat_map(feeds::Feed::relations));
        page.context.insert("feed", &feed);
        page.context.insert(
            "value",
            &json!({
                "title": title,
                "values": source.values,
                "synonyms": source.synonyms,
                "summary": source.summary,
            }),
        );
        page.context.insert("body_html", &stage.whole_text(source.page.body));
        page.context.insert("coverage", &coverage::row(stage, &coverage, at));
        page.context.insert("backlinks", &stage.backlinks(&[target]));
    })
}

/// How the coverage changed from release to release, and the matrix of each.
fn coverage_page<'s>(stage: &'s Stage<'_>, path: &str, coverage: Arc<Vec<Coverage>>, above: &Link) -> PageJob<'s> {
    let title = stage.locale.text("coverage");
    let page = stage.page("coverage.html", path, &title, vec![above.clone()]);
    page.later(move |page| {
        let releases: Vec<Link> = coverage
            .iter()
            .map(|of| Link::new(stage.edition_label(of.edition), format!("#{}", of.anchor(stage))))
            .collect();
        let rows: Vec<_> = (0..stage.project.sources.values.len())
            .map(|at| json!({"value": stage.link(&Target::Value(at)), "cells": coverage::row(stage, &coverage, at)}))
            .collect();
        page.context.insert("releases", &releases);
        page.context.insert("rows", &rows);
        let matrices: Vec<_> = coverage.iter().rev().map(|coverage| coverage.matrix(stage)).collect();
        page.context.insert("matrices", &matrices);
    })
}
