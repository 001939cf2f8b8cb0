//! The index of all legal norms that the site cites, with the places of each.

use serde_json::json;

use super::super::{PageJob, Stage};
use crate::resolve;
use crate::target::Target;

pub(super) fn pages<'s>(stage: &'s Stage<'_>) -> Vec<PageJob<'s>> {
    let config = &stage.project.sources.config;
    if !stage.cites_norms() {
        return Vec::new();
    }
    let path = format!("/{}/", config.addresses.norms);
    let page = stage.page("norms.html", &path, &stage.locale.text("nav-norms"), Vec::new());
    vec![page.later(|page| page.context.insert("acts", &acts(stage)))]
}

/// The acts that are cited, each with its norms.
fn acts(stage: &Stage<'_>) -> Vec<serde_json::Value> {
    let config = &stage.project.sources.config;
    config
        .acts
        .iter()
        .enumerate()
        .filter_map(|(at, act)| {
            let of_act = stage.site.norms.iter().filter(|norm| norm.act == at);
            let norms: Vec<_> = of_act.filter_map(|norm| norm_view(stage, norm)).collect();
            (!norms.is_empty()).then(|| json!({"name": act.name, "title": act.title, "url": act.url, "norms": norms}))
        })
        .collect()
}

/// A norm with its places; `None` if only texts that are not part of the site cite it.
fn norm_view(stage: &Stage<'_>, norm: &resolve::Norm) -> Option<serde_json::Value> {
    let groups = stage.backlinks(&[Target::Norm(norm.text.clone())]);
    let places: Vec<_> = groups.into_iter().flat_map(|group| group.items).collect();
    (!places.is_empty()).then(|| {
        json!({
            "label": norm.text,
            "anchor": norm.anchor(),
            "url": resolve::norm_url(norm, &stage.project.sources.config.acts),
            "places": places,
        })
    })
}
