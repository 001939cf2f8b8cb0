//! The taxonomy of value pairs and each pair.

use serde_json::json;

use super::super::export::json_ld;
use super::super::view::Link;
use super::super::{PageJob, Stage};
use crate::resolve;
use crate::target::Target;

pub(super) fn pages(stage: &Stage<'_>) -> Vec<PageJob> {
    let sources = &stage.project.sources;
    if sources.values.is_empty() {
        return Vec::new();
    }
    let link = Link::new(stage.locale.text("nav-values"), format!("/{}/", sources.config.addresses.values));
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
    let pairs = (0..sources.values.len()).map(|at| value_page(stage, at, &link));
    std::iter::once(index).chain(pairs).collect()
}

fn value_page(stage: &Stage<'_>, at: usize, above: &Link) -> PageJob {
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
    page.context.insert("backlinks", &stage.backlinks(&[target]));
    page
}
