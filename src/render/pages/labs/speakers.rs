//! Who has spoken in the labs, by name: people with pages of their own, and all others.

use std::sync::Arc;

use fluent_bundle::FluentArgs;

use super::super::super::view::Link;
use super::super::super::{PageJob, Stage};
use super::super::collections;
use super::archive_link;
use super::choices::Choices;
use crate::target::Target;

/// The index of the speakers, if any is named.
pub(super) fn link(stage: &Stage<'_>, choices: &Choices) -> Option<Link> {
    let addresses = &stage.project.sources.config.addresses;
    let link = Link::new(stage.locale.text("labs-speakers"), format!("/{}/{}/", addresses.labs, addresses.speaker));
    let count = choices.speakers.len() + choices.people.len();
    (count > 0).then(|| link.with_detail(Some(count.to_string())))
}

/// Its page.
pub(super) fn page<'s>(stage: &'s Stage<'_>, choices: &Arc<Choices>) -> Option<PageJob<'s>> {
    let link = link(stage, choices)?;
    let page = stage.page("collection.html", &link.path, &link.title, vec![archive_link(stage)]);
    let choices = Arc::clone(choices);
    Some(page.later(move |page| {
        let talks = |count: usize| {
            let args = FluentArgs::from_iter([("count", count)]);
            Some(stage.locale.text_with("labs-talks", &args))
        };
        let named = choices.speakers.iter();
        let named = named.map(|of| Link::new(of.label(stage), of.path(stage)).with_detail(talks(of.count)));
        let people = choices.people.iter().map(|&at| stage.link(&Target::Person(at)));
        let mut items: Vec<Link> = named.chain(people).collect();
        items.sort_by(|a, b| stage.locale.compare(&a.title, &b.title));
        page.context.insert("heading", &link.title);
        page.context.insert("groups", &collections::groups(&items));
    }))
}
