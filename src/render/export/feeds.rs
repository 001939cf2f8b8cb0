//! Feeds of the releases, of the talks, and of what there is on a value pair or from an authority: each as Atom (RFC 4287)
//! and as a JSON Feed (1.1).

use jiff::civil::Date;
use serde::Serialize;

use super::super::page::Relation;
use super::super::queue::{FileJob, Job};
use super::super::{PageJob, Stage};
use super::json_text;
use crate::changes::ChangeKind;
use crate::history;
use crate::load::{ExperienceSource, LabSource, TalkSource};
use crate::resolve;
use crate::source::Spanned;
use crate::target::Target;

mod forms;

/// Media types of both forms.
const ATOM: &str = "application/atom+xml";
const JSON_FEED: &str = "application/feed+json";

/// A feed of the site, as templates link to it.
#[derive(Clone, Serialize)]
pub(in super::super) struct Feed {
    /// What it is called.
    pub title: String,
    /// What it is called where the site links to it.
    pub label: String,
    /// Where it is, as Atom.
    pub path: String,
    /// Where it is, as JSON.
    pub json_path: String,
    #[serde(skip)]
    subject: Subject,
}

/// What a feed tells of.
#[derive(Clone)]
enum Subject {
    Releases,
    Talks,
    /// A value pair or an authority.
    Thing(Target),
}

/// An entry; `day` is when it came about, and no entry changes later.
struct Entry {
    day: Date,
    title: String,
    link: String,
    /// Language of the title, if it is another than the site's.
    language: Option<String>,
    summary: Option<String>,
    related: Option<(String, String)>,
    categories: Vec<String>,
}

/// The feeds of the site as a whole that have entries; an archive has none.
pub(in super::super) fn all(stage: &Stage<'_>) -> Vec<Feed> {
    let sources = &stage.project.sources;
    let addresses = &sources.config.addresses;
    let feed = |name: &str, title: &str, label: &str, subject: Subject| {
        Feed::new(stage, name, &stage.locale.text(title), stage.locale.text(label), subject)
    };
    let feeds = [
        (!sources.releases.is_empty(), feed(&addresses.feed_releases, "releases", "feed-releases", Subject::Releases)),
        (has_talks(stage, &|_| true), feed(&addresses.feed_talks, "chapter-talks", "feed-talks", Subject::Talks)),
    ];
    feeds.into_iter().filter(|&(has_entries, _)| has_entries && !sources.archived).map(|(_, feed)| feed).collect()
}

/// The feed of a value pair or an authority; `None` for one that has no entries, and in an archive.
pub(in super::super) fn of_thing(stage: &Stage<'_>, target: &Target) -> Option<Feed> {
    let sources = &stage.project.sources;
    let has_lessons = || sources.experiences.iter().any(|lesson| is_lesson_of(stage, lesson, target));
    if sources.archived || !(has_talks(stage, &|talk| is_talk_of(stage, talk, target)) || has_lessons()) {
        return None;
    }
    let path = resolve::address(stage.project, target);
    let title = resolve::title(stage.project, target);
    let label = stage.locale.text_of("feed-thing", "title", &title);
    Some(Feed::new(stage, path.trim_matches('/'), &title, label, Subject::Thing(target.clone())))
}

/// The files of all feeds.
pub(super) fn files<'s>(stage: &'s Stage<'_>) -> Vec<Job<'s>> {
    let sources = &stage.project.sources;
    let things =
        (0..sources.values.len()).map(Target::Value).chain((0..sources.authorities.len()).map(Target::Authority));
    let of_things = things.filter_map(|target| of_thing(stage, &target));
    all(stage).into_iter().chain(of_things).flat_map(|feed| feed.files(stage)).collect()
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
            language: None,
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

/// Whether a talk of this kind is told of; one that is shown no longer is not.
fn has_talks(stage: &Stage<'_>, of: &dyn Fn(&TalkSource) -> bool) -> bool {
    stage.project.sources.talks().any(|(.., talk)| talk.withdrawn.is_none() && of(talk))
}

/// One entry a talk of this kind.
fn talks(stage: &Stage<'_>, of: &dyn Fn(&TalkSource) -> bool) -> Vec<Entry> {
    let labs = &stage.project.sources.labs;
    let order = stage.project.sources.labs_newest_first().into_iter();
    let order = order.flat_map(|lab| (0..labs[lab].talks.len()).map(move |at| (lab, at)));
    let told = order.filter(|&(lab, at)| labs[lab].talks[at].withdrawn.is_none() && of(&labs[lab].talks[at]));
    told.map(|(lab, at)| talk(stage, &labs[lab], lab, at)).collect()
}

fn talk(stage: &Stage<'_>, source_lab: &LabSource, lab: usize, at: usize) -> Entry {
    let (source, target) = (&source_lab.talks[at], Target::Talk(lab, at));
    Entry {
        day: source.day(source_lab),
        title: source.title.clone(),
        link: stage.absolute(&resolve::address(stage.project, &target)),
        language: stage.language_of(&target),
        summary: source.subtitle.clone(),
        related: Some((
            stage.absolute(&resolve::address(stage.project, &Target::Lab(lab))),
            resolve::title(stage.project, &Target::Lab(lab)),
        )),
        categories: source.topics.clone(),
    }
}

/// One entry a lesson from practice that has a day.
fn lessons(stage: &Stage<'_>, of: &Target) -> Vec<Entry> {
    let lessons = stage.project.sources.experiences.iter().enumerate();
    let entries = lessons.filter(|(_, source)| is_lesson_of(stage, source, of)).filter_map(|(at, source)| {
        let authority = source.authority.as_ref().and_then(|name| stage.site.resolved(name.span));
        Some(Entry {
            day: source.date?,
            title: source.title.clone(),
            link: stage.absolute(&resolve::address(stage.project, &Target::Experience(at))),
            language: None,
            summary: Some(stage.locale.text("experience")),
            related: authority.map(|authority| (stage.absolute(&authority.path), authority.title.clone())),
            categories: Vec::new(),
        })
    });
    entries.collect()
}

fn is_talk_of(stage: &Stage<'_>, talk: &TalkSource, target: &Target) -> bool {
    let authorities = talk.speakers.iter().filter_map(|speaker| speaker.authority.as_ref());
    talk.values.iter().chain(authorities).any(|name| names(stage, name, target))
}

fn is_lesson_of(stage: &Stage<'_>, lesson: &ExperienceSource, target: &Target) -> bool {
    lesson.date.is_some() && lesson.values.iter().chain(&lesson.authority).any(|name| names(stage, name, target))
}

fn names(stage: &Stage<'_>, name: &Spanned<String>, target: &Target) -> bool {
    stage.site.resolved(name.span).is_some_and(|resolved| resolved.target == *target)
}

impl Feed {
    fn new(stage: &Stage<'_>, name: &str, title: &str, label: String, subject: Subject) -> Self {
        let title = format!("{}: {title}", stage.project.sources.config.title);
        Self { title, label, path: format!("/feeds/{name}.xml"), json_path: format!("/feeds/{name}.json"), subject }
    }

    /// Both forms as relations in the head of a page.
    pub fn relations(&self) -> [Relation; 2] {
        [(ATOM, &self.path), (JSON_FEED, &self.json_path)]
            .map(|(media_type, path)| Relation { media_type: Some(media_type), ..Relation::new("alternate", path) })
    }

    /// The newest first.
    fn entries(&self, stage: &Stage<'_>) -> Vec<Entry> {
        let mut entries = match &self.subject {
            Subject::Releases => return releases(stage),
            Subject::Talks => talks(stage, &|_| true),
            Subject::Thing(target) => {
                let mut entries = talks(stage, &|talk| is_talk_of(stage, talk, target));
                entries.extend(lessons(stage, target));
                entries
            }
        };
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.day));
        entries
    }

    /// The page that the feed is about.
    fn about(&self, stage: &Stage<'_>) -> String {
        stage.absolute(&match &self.subject {
            Subject::Thing(target) => resolve::address(stage.project, target),
            Subject::Releases | Subject::Talks => "/".to_owned(),
        })
    }

    fn files<'s>(self, stage: &'s Stage<'_>) -> [Job<'s>; 2] {
        let page: PageJob<'s> = stage.page("feed.xml", &self.path, "", Vec::new());
        let json = self.clone();
        let atom = page.later(move |page| forms::atom(stage, &self, &mut page.context));
        let path = json.json_path.clone();
        [Job::Page(atom), Job::File(FileJob::text(&path, move || json_text(&forms::json(stage, &json))))]
    }
}
