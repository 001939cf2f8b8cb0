//! The archive of the KI-Labs as a whole, by year, format, topic and speaker, and each lab.

use std::sync::Arc;

use serde_json::{Value, json};

use super::super::export::{calendar, json_ld};
use super::super::view::Link;
use super::super::{PageJob, Stage};
use crate::load::LabFormat;
use crate::resolve;
use crate::target::Target;

mod choices;
mod filters;
mod speakers;
mod timeline;

use choices::{Choice, Choices};
pub(super) use choices::{format_key, speaker_path, topic_link};

pub(super) fn pages<'s>(stage: &'s Stage<'_>) -> Vec<PageJob<'s>> {
    let labs = &stage.project.sources.labs;
    if labs.is_empty() {
        return Vec::new();
    }
    let choices = Arc::new(Choices::new(stage));
    let mut pages = vec![archive(stage, &choices, None)];
    pages.extend(choices.all().map(|choice| archive(stage, &choices, Some(choice.clone()))));
    pages.extend(speakers::page(stage, &choices));
    pages.extend((0..labs.len()).map(|at| lab_page(stage, at)));
    pages
}

pub(super) fn archive_link(stage: &Stage<'_>) -> Link {
    Link::new(stage.locale.text("nav-labs"), format!("/{}/", stage.project.sources.config.addresses.labs))
}

/// All labs, or those talks that one can choose, the newest first.
fn archive<'s>(stage: &'s Stage<'_>, choices: &Arc<Choices>, choice: Option<Choice>) -> PageJob<'s> {
    let choices = Arc::clone(choices);
    let link = archive_link(stage);
    let page = match &choice {
        None => stage.page("labs.html", &link.path, &link.title, Vec::new()),
        Some(choice) => stage.page("labs.html", &choice.path(stage), &choice.title(stage), vec![link.clone()]),
    };
    page.later(move |page| {
        let order = stage.project.sources.labs_newest_first().into_iter();
        let labs: Vec<Value> = match &choice {
            None => order.map(|at| whole_lab(stage, at)).collect(),
            Some(choice) => order
                .map(|at| (at, choice.in_lab(at)))
                .filter(|(_, talks)| !talks.is_empty())
                .map(|(at, talks)| lab(stage, at, talks))
                .collect(),
        };
        page.context.insert("labs", &labs);
        for (name, views) in choices.views(stage, choice.as_ref()) {
            page.context.insert(name, &views);
        }
        page.context.insert("speakers", &speakers::link(stage, &choices));
        page.context.insert("all_path", &link.path);
        let whole = choice.is_none();
        page.head.relations.extend(calendar::relation(stage, None).filter(|_| whole));
        page.context.insert("calendar_path", &calendar::path(stage, None).filter(|_| whole));
        page.context.insert("timeline", &whole.then(|| timeline::timeline(stage)).flatten());
        page.context.insert("filters", &whole.then(|| filters::filters(stage)));
    })
}

fn lab_page<'s>(stage: &'s Stage<'_>, at: usize) -> PageJob<'s> {
    let source = &stage.project.sources.labs[at];
    let path = resolve::address(stage.project, &Target::Lab(at));
    let page =
        stage.described_page("lab.html", &path, &source.title, source.summary.as_deref(), vec![archive_link(stage)]);
    page.later(move |page| {
        page.head.data = json_ld::lab(stage, at);
        page.head.relations.extend(calendar::relation(stage, Some(at)));
        page.context.insert("calendar_path", &calendar::path(stage, Some(at)));
        let lab = whole_lab(stage, at);
        page.context.insert("talks", &lab["talks"]);
        page.context.insert("lab", &lab);
        page.context.insert("backlinks", &stage.backlinks(&[Target::Lab(at)]));
    })
}

fn whole_lab(stage: &Stage<'_>, at: usize) -> Value {
    lab(stage, at, 0..stage.project.sources.labs[at].talks.len())
}

/// A lab with those of its talks that are chosen.
fn lab(stage: &Stage<'_>, at: usize, talks: impl IntoIterator<Item = usize>) -> Value {
    let source = &stage.project.sources.labs[at];
    let talks: Vec<_> = talks.into_iter().map(|talk| talk_line(stage, at, talk)).collect();
    json!({
        "number": source.number,
        "title": source.title,
        "path": resolve::address(stage.project, &Target::Lab(at)),
        "date": stage.locale.date(source.date),
        "end": source.end.map(|end| stage.locale.date(end)),
        "start": source.start.map(|start| start.strftime("%H:%M").to_string()),
        "format_label": source.format.map(|format| stage.locale.text(lab_format(format))),
        "place": source.place,
        "summary": source.summary,
        "talks": talks,
    })
}

/// A talk in a list.
fn talk_line(stage: &Stage<'_>, lab: usize, at: usize) -> Value {
    let source = &stage.project.sources.labs[lab].talks[at];
    json!({
        "title": source.title,
        "language": stage.foreign(source.language.as_deref()),
        "path": resolve::address(stage.project, &Target::Talk(lab, at)),
        "format_label": source.format.map(|format| stage.locale.text(format_key(format))),
        "speakers": stage.speakers(source).map(|speaker| speaker.line()).collect::<Vec<_>>().join("; "),
        "withdrawn": source.withdrawn.is_some(),
        "keys": filters::keys(stage, lab, source),
    })
}

pub(super) fn lab_format(format: LabFormat) -> &'static str {
    match format {
        LabFormat::Online => "lab-format-online",
        LabFormat::OnSite => "lab-format-on-site",
        LabFormat::Hybrid => "lab-format-hybrid",
    }
}
