//! What one can choose in the archive, each with a page of its own: a year, a format, a topic, a speaker.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::super::super::Stage;
use super::super::super::speakers::Speaker;
use super::super::super::view::Link;
use crate::load::{LabSource, TALK_FORMATS, TalkFormat, TalkSource};
use crate::slug::slugify;

/// One thing that can be chosen.
#[derive(Clone, PartialEq)]
pub(super) enum Choice {
    Year(i16),
    Format(TalkFormat),
    Topic(Name),
    /// Whoever has no page as a person.
    Speaker(Name),
}

/// A free name; what gives the same slug is the same.
#[derive(Clone, PartialEq)]
pub(super) struct Name {
    slug: String,
    /// How it is written first.
    title: String,
}

impl Choice {
    /// Its page.
    pub fn path(&self, stage: &Stage<'_>) -> String {
        let addresses = &stage.project.sources.config.addresses;
        let (segment, slug) = match self {
            Choice::Year(year) => (&addresses.year, year.to_string()),
            Choice::Format(format) => (&addresses.format, format_slug(*format).to_owned()),
            Choice::Topic(name) => (&addresses.topic, name.slug.clone()),
            Choice::Speaker(name) => (&addresses.speaker, name.slug.clone()),
        };
        format!("/{}/{segment}/{slug}/", addresses.labs)
    }

    /// What its page is called.
    pub fn title(&self, stage: &Stage<'_>) -> String {
        match self {
            Choice::Year(year) => stage.locale.text_of("labs-of-year", "year", &year.to_string()),
            Choice::Format(_) => stage.locale.text_of("labs-of-format", "format", &self.label(stage)),
            Choice::Topic(name) => stage.locale.text_of("labs-of-topic", "topic", &name.title),
            Choice::Speaker(name) => stage.locale.text_of("labs-of-speaker", "speaker", &name.title),
        }
    }

    /// What it is called among the others.
    pub fn label(&self, stage: &Stage<'_>) -> String {
        match self {
            Choice::Year(year) => year.to_string(),
            Choice::Format(format) => stage.locale.text(format_key(*format)),
            Choice::Topic(name) | Choice::Speaker(name) => name.title.clone(),
        }
    }

    /// Whether a talk is one of those.
    pub fn has(&self, lab: &LabSource, talk: &TalkSource) -> bool {
        match self {
            Choice::Year(year) => lab.date.year() == *year,
            Choice::Format(format) => talk.format == Some(*format),
            Choice::Topic(name) => talk.topics.iter().any(|topic| slugify(topic) == name.slug),
            Choice::Speaker(name) => free_names(talk).any(|free| slugify(free) == name.slug),
        }
    }

    /// Of talks on several days of one lab those count that were in the lab's year.
    pub fn count(&self, labs: &[LabSource]) -> usize {
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
    /// In the order of the language.
    pub speakers: Vec<Choice>,
}

impl Choices {
    pub fn new(stage: &Stage<'_>) -> Self {
        let labs = &stage.project.sources.labs;
        let years: BTreeSet<i16> = labs.iter().map(|lab| lab.date.year()).collect();
        let talks = || labs.iter().flat_map(|lab| &lab.talks);
        let formats: BTreeSet<TalkFormat> = talks().filter_map(|talk| talk.format).collect();
        Self {
            years: years.into_iter().rev().map(Choice::Year).collect(),
            formats: formats.into_iter().map(Choice::Format).collect(),
            topics: names(stage, talks().flat_map(|talk| &talk.topics).map(String::as_str), Choice::Topic),
            speakers: names(stage, talks().flat_map(|talk| free_names(talk)), Choice::Speaker),
        }
    }

    pub fn all(&self) -> impl Iterator<Item = &Choice> {
        self.years.iter().chain(&self.formats).chain(&self.topics).chain(&self.speakers)
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

/// Free names that can be chosen, each once.
fn names<'s>(stage: &Stage<'_>, all: impl Iterator<Item = &'s str>, choice: fn(Name) -> Choice) -> Vec<Choice> {
    let mut first: BTreeMap<String, &str> = BTreeMap::new();
    for title in all {
        first.entry(slugify(title)).or_insert(title);
    }
    first.remove("");
    let mut names: Vec<Name> = first.into_iter().map(|(slug, title)| Name { slug, title: title.to_owned() }).collect();
    names.sort_by(|a, b| stage.locale.compare(&a.title, &b.title));
    names.into_iter().map(choice).collect()
}

/// The names of those who speak and have no page as a person.
fn free_names(talk: &TalkSource) -> impl Iterator<Item = &str> {
    talk.speakers
        .iter()
        .filter(|speaker| speaker.person.is_none())
        .filter_map(|speaker| speaker.name.as_ref().map(|name| name.value.as_str()))
}

impl Name {
    fn new(title: &str) -> Self {
        Self { slug: slugify(title), title: title.to_owned() }
    }
}

/// A topic with the page of its talks.
pub(in super::super) fn topic_link(stage: &Stage<'_>, topic: &str) -> Link {
    Link::new(topic, Choice::Topic(Name::new(topic)).path(stage))
}

/// The page of somebody who speaks: as a person, else with all talks under that name.
pub(in super::super) fn speaker_path(stage: &Stage<'_>, speaker: &Speaker<'_>) -> Option<String> {
    if let Some(person) = speaker.person {
        return Some(person.path.clone());
    }
    let name = Name::new(speaker.name?);
    (!name.slug.is_empty()).then(|| Choice::Speaker(name).path(stage))
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
