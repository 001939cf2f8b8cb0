//! The taxonomy of value pairs, each pair, and how far the chapters of each release cover them.

use serde_json::json;

use super::super::export::json_ld;
use super::super::view::Link;
use super::super::{PageJob, Stage};
use crate::resolve;
use crate::target::Target;

mod coverage;

use coverage::Coverage;

pub(super) fn pages(stage: &Stage<'_>) -> Vec<PageJob> {
    let sources = &stage.project.sources;
    if sources.values.is_empty() {
        return Vec::new();
    }
    let addresses = &sources.config.addresses;
    let link = Link::new(stage.locale.text("nav-values"), format!("/{}/", addresses.values));
    let coverage: Vec<Coverage> = stage.editions().map(|edition| Coverage::of(stage, edition)).collect();
    let mut index = stage.page("values.html", &link.path, &link.title, Vec::new());
    index.head.data = json_ld::values(stage);
    let values: Vec<_> = sources
        .values
        .iter()
        .enumerate()
        .map(|(at, value)| {
            let link = stage.link(&Target::Value(at));
            json!({"title": link.title, "path": link.path, "summary": value.summary, "order": value.order})
        })
        .collect();
    index.context.insert("values", &values);
    let shown = stage.site.validity.shown().and_then(|shown| coverage.iter().find(|of| of.edition == shown));
    index.context.insert("matrix", &shown.map(|coverage| coverage.matrix(stage)));
    let all = (!coverage.is_empty()).then(|| format!("{}{}/", link.path, addresses.coverage));
    index.context.insert("coverage_path", &all);
    let mut pages = vec![index];
    pages.extend(all.map(|path| coverage_page(stage, &path, &coverage, &link)));
    pages.extend((0..sources.values.len()).map(|at| value_page(stage, at, &coverage, &link)));
    pages
}

fn value_page(stage: &Stage<'_>, at: usize, coverage: &[Coverage], above: &Link) -> PageJob {
    let source = &stage.project.sources.values[at];
    let target = Target::Value(at);
    let title = resolve::title(stage.project, &target);
    let path = resolve::address(stage.project, &target);
    let mut page = stage.described_page("value.html", &path, &title, source.summary.as_deref(), vec![above.clone()]);
    page.head.data = json_ld::value(stage, at);
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
    page.context.insert("coverage", &coverage::row(stage, coverage, at));
    page.context.insert("backlinks", &stage.backlinks(&[target]));
    page
}

/// How the coverage changed from release to release, and the matrix of each.
fn coverage_page(stage: &Stage<'_>, path: &str, coverage: &[Coverage], above: &Link) -> PageJob {
    let title = stage.locale.text("coverage");
    let mut page = stage.page("coverage.html", path, &title, vec![above.clone()]);
    let releases: Vec<Link> = coverage
        .iter()
        .map(|of| Link::new(stage.edition_label(of.edition), format!("#{}", of.anchor(stage))))
        .collect();
    let rows: Vec<_> = (0..stage.project.sources.values.len())
        .map(|at| json!({"value": stage.link(&Target::Value(at)), "cells": coverage::row(stage, coverage, at)}))
        .collect();
    page.context.insert("releases", &releases);
    page.context.insert("rows", &rows);
    let matrices: Vec<_> = coverage.iter().rev().map(|coverage| coverage.matrix(stage)).collect();
    page.context.insert("matrices", &matrices);
    page
}
