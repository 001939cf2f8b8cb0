//! What one can choose in the archive, each with a page of its own: a year, a format, a topic.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::super::super::Stage;
use super::super::super::view::Link;
use crate::load::{LabSource, TALK_FORMATS, TalkFormat, TalkSource};
use crate::slug::slugify;

/// One thing that can be chosen.
#[derive(Clone, PartialEq)]
pub(super) enum Choice {
    Year(i16),
    Format(TalkFormat),
    /// By its slug; the title is how it is written first.
    Topic {
        slug: String,
        title: String,
    },
}

impl Choice {
    /// Its page.
    pub fn path(&self, stage: &Stage<'_>) -> String {
        let addresses = &stage.project.sources.config.addresses;
        let (segment, slug) = match self {
            Choice::Year(year) => (&addresses.year, year.to_string()),
            Choice::Format(format) => (&addresses.format, format_slug(*format).to_owned()),
            Choice::Topic { slug, .. } => (&addresses.topic, slug.clone()),
        };
        format!("/{}/{segment}/{slug}/", addresses.labs)
    }

    /// What its page is called.
    pub fn title(&self, stage: &Stage<'_>) -> String {
        match self {
            Choice::Year(year) => stage.locale.text_of("labs-of-year", "year", &year.to_string()),
            Choice::Format(_) => stage.locale.text_of("labs-of-format", "format", &self.label(stage)),
            Choice::Topic { title, .. } => stage.locale.text_of("labs-of-topic", "topic", title),
        }
    }

    /// What it is called among the others.
    fn label(&self, stage: &Stage<'_>) -> String {
        match self {
            Choice::Year(year) => year.to_string(),
            Choice::Format(format) => stage.locale.text(format_key(*format)),
            Choice::Topic { title, .. } => title.clone(),
        }
    }

    /// Whether a talk is one of those.
    pub fn has(&self, lab: &LabSource, talk: &TalkSource) -> bool {
        match self {
            Choice::Year(year) => lab.date.year() == *year,
            Choice::Format(format) => talk.format == Some(*format),
            Choice::Topic { slug, .. } => talk.topics.iter().any(|topic| slugify(topic) == *slug),
        }
    }

    /// Of talks on several days of one lab those count that were in the lab's year.
    fn count(&self, labs: &[LabSource]) -> usize {
        match self {
            Choice::Year(year) => labs.iter().filter(|lab| lab.date.year() == *year).count(),
            _ => labs.iter().map(|lab| lab.talks.iter().filter(|talk| self.has(lab, talk)).count()).sum(),
        }
    }
}

/// Everything that can be chosen.
pub(super) struct Choices {
    /// The newest first.
    years: Vec<Choice>,
    formats: Vec<Choice>,
    /// In the order of the language.
    topics: Vec<Choice>,
}

impl Choices {
    pub fn new(stage: &Stage<'_>) -> Self {
        let labs = &stage.project.sources.labs;
        let years: BTreeSet<i16> = labs.iter().map(|lab| lab.date.year()).collect();
        let talks = || labs.iter().flat_map(|lab| &lab.talks);
        let formats: BTreeSet<TalkFormat> = talks().filter_map(|talk| talk.format).collect();
        let mut topics: BTreeMap<String, &str> = BTreeMap::new();
        for topic in talks().flat_map(|talk| &talk.topics) {
            topics.entry(slugify(topic)).or_insert(topic);
        }
        topics.remove("");
        let mut topics: Vec<(String, String)> =
            topics.into_iter().map(|(slug, title)| (slug, title.to_owned())).collect();
        topics.sort_by(|(_, a), (_, b)| stage.locale.compare(a, b));
        Self {
            years: years.into_iter().rev().map(Choice::Year).collect(),
            formats: formats.into_iter().map(Choice::Format).collect(),
            topics: topics.into_iter().map(|(slug, title)| Choice::Topic { slug, title }).collect(),
        }
    }

    pub fn all(&self) -> impl Iterator<Item = &Choice> {
        self.years.iter().chain(&self.formats).chain(&self.topics)
    }

    /// The lists of what can be chosen, by the names that templates know; `current` is what was.
    pub fn views(&self, stage: &Stage<'_>, current: Option<&Choice>) -> [(&'static str, Vec<Value>); 3] {
        let labs = &stage.project.sources.labs;
        let view = |choice: &Choice| {
            let (title, path) = (choice.label(stage), choice.path(stage));
            json!({"title": title, "path": path, "count": choice.count(labs), "current": current == Some(choice)})
        };
        [("years", &self.years), ("formats", &self.formats), ("topics", &self.topics)]
            .map(|(name, choices)| (name, choices.iter().map(view).collect()))
    }
}

/// A topic with the page of its talks.
pub(in super::super) fn topic_link(stage: &Stage<'_>, topic: &str) -> Link {
    let choice = Choice::Topic { slug: slugify(topic), title: topic.to_owned() };
    Link::new(topic, choice.path(stage))
}

/// The segment of a format's address: its name in front matter.
pub(super) fn format_slug(format: TalkFormat) -> &'static str {
    TALK_FORMATS.iter().find(|(_, known)| *known == format).map_or("", |(name, _)| name)
}

/// The key of a format's name.
pub(in super::super) fn format_key(format: TalkFormat) -> &'static str {
    match format {
        TalkFormat::Talk => "format-talk",
        TalkFormat::Practice => "format-practice",
        TalkFormat::Workshop => "format-workshop",
        TalkFormat::Interview => "format-interview",
        TalkFormat::Discussion => "format-discussion",
    }
}
