//! Atom feeds (RFC 4287): the releases with what each changed, and the talks.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::super::{PageJob, Stage};
use crate::changes::ChangeKind;
use crate::history;
use crate::resolve;
use crate::target::Target;

/// A feed of the site, as templates link to it.
#[derive(serde::Serialize)]
pub(in super::super) struct Feed {
    /// What it is called.
    pub title: String,
    /// What it is called where the site links to it.
    pub label: String,
    /// Where it is.
    pub path: String,
    #[serde(skip)]
    entries: fn(&Stage<'_>) -> Vec<Entry>,
}

/// An entry; `day` is when it came about, and no entry changes later.
struct Entry {
    day: Date,
    title: String,
    link: String,
    summary: Option<String>,
    related: Option<(String, String)>,
    categories: Vec<String>,
}

/// The feeds that have entries; an archive has none.
pub(in super::super) fn all(stage: &Stage<'_>) -> Vec<Feed> {
    let (config, locale) = (&stage.project.sources.config, stage.locale);
    let feed = |name: &str, title: &str, label: &str, entries: fn(&Stage<'_>) -> Vec<Entry>| {
        let title = format!("{}: {}", config.title, locale.text(title));
        Feed { title, label: locale.text(label), path: format!("/feeds/{name}.xml"), entries }
    };
    let addresses = &config.addresses;
    let sources = &stage.project.sources;
    let feeds = [
        (!sources.releases.is_empty(), feed(&addresses.feed_releases, "releases", "feed-releases", releases)),
        (
            sources.labs.iter().any(|lab| !lab.talks.is_empty()),
            feed(&addresses.feed_talks, "chapter-talks", "feed-talks", talks),
        ),
    ];
    feeds.into_iter().filter(|&(has_entries, _)| has_entries && !sources.archived).map(|(_, feed)| feed).collect()
}

/// Their files.
pub(super) fn files<'s>(stage: &'s Stage<'_>) -> Vec<PageJob<'s>> {
    all(stage).into_iter().map(|feed| feed.file(stage)).collect()
}

/// One entry a release, newest first.
fn releases(stage: &Stage<'_>) -> Vec<Entry> {
    let releases = (0..stage.project.sources.releases.len()).rev();
    let entries = releases.filter_map(|edition| {
        let source = history::source(&stage.project.sources, edition);
        let changes = resolve::address(stage.project, &Target::Changes(edition));
        let counts = counts(stage, edition);
        let related = counts.is_some().then(|| (stage.absolute(&changes), stage.locale.text("changes")));
        let summary: Vec<String> = source.summary.iter().cloned().chain(counts).collect();
        Some(Entry {
            day: source.released?,
            title: stage.edition_label(edition),
            link: stage.absolute(&resolve::address(stage.project, &Target::Edition(edition))),
            summary: (!summary.is_empty()).then(|| summary.join(" ")),
            related,
            categories: Vec::new(),
        })
    });
    entries.collect()
}

/// What a release changed against the one before, in numbers; `None` for the first.
pub(super) fn counts(stage: &Stage<'_>, edition: usize) -> Option<String> {
    let before = stage.project.history.editions[edition].predecessor?;
    let summary = &stage.changes_of(edition)?.summary;
    let counts = ChangeKind::ALL.into_iter().filter(|&kind| summary.count(kind) > 0).map(|kind| {
        let label = stage.locale.text(&format!("kind-{}", kind.name()));
        format!("{} {label}", summary.count(kind))
    });
    let counts: Vec<String> = counts.collect();
    let since = stage.locale.text_of("release-changes-since", "label", &stage.edition_label(before));
    Some(match counts.as_slice() {
        [] => format!("{since}: {}", stage.locale.text("changes-none")),
        counts => format!("{since}: {}.", counts.join(", ")),
    })
}

/// One entry a talk, newest first.
fn talks(stage: &Stage<'_>) -> Vec<Entry> {
    let labs = &stage.project.sources.labs;
    let order = stage.project.sources.labs_newest_first().into_iter();
    let order = order.flat_map(|lab| (0..labs[lab].talks.len()).map(move |at| (lab, at)));
    let entry = |(lab, at): (usize, usize)| {
        let source = &labs[lab].talks[at];
        Entry {
            day: labs[lab].date,
            title: source.title.clone(),
            link: stage.absolute(&resolve::address(stage.project, &Target::Talk(lab, at))),
            summary: source.subtitle.clone(),
            related: Some((
                stage.absolute(&resolve::address(stage.project, &Target::Lab(lab))),
                resolve::title(stage.project, &Target::Lab(lab)),
            )),
            categories: source.topics.clone(),
        }
    };
    order.map(entry).collect()
}

impl Feed {
    fn file<'s>(self, stage: &'s Stage<'_>) -> PageJob<'s> {
        let file = stage.page("feed.xml", &self.path, "", Vec::new());
        file.later(move |page| {
            let config = &stage.project.sources.config;
            let own = stage.absolute(&self.path);
            let entries = (self.entries)(stage);
            let feed = json!({
                "title": self.title,
                "id": own,
                "updated": entries.iter().map(|entry| entry.day).max().map(time),
                "self": own,
                "link": stage.absolute("/"),
                "author": config.publisher.as_ref().unwrap_or(&config.title),
            });
            page.context.insert("feed", &feed);
            page.context.insert("entries", &entries.iter().map(Entry::view).collect::<Vec<_>>());
        })
    }
}

impl Entry {
    fn view(&self) -> Value {
        json!({
            "title": self.title,
            "id": self.link,
            "updated": time(self.day),
            "link": self.link,
            "summary": self.summary,
            "related": self.related.as_ref().map(|(path, title)| json!({"path": path, "title": title})),
            "categories": self.categories,
        })
    }
}

/// The beginning of a day, as Atom wants a moment.
fn time(day: Date) -> String {
    format!("{day}T00:00:00Z")
}
