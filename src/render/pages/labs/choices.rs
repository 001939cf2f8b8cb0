//! What one can choose in the archive, each with a page of its own: a year, a format, a topic, a speaker.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::super::super::Stage;
use super::super::super::speakers::Speaker;
use super::super::super::view::Link;
use crate::load::{TALK_FORMATS, TalkFormat, TalkSource};
use crate::slug::slugify;
use crate::target::Target;

/// One thing that can be chosen.
#[derive(Clone)]
pub(super) struct Choice {
    kind: Kind,
    /// Its talks, by the places of their labs and their own there.
    talks: BTreeSet<(usize, usize)>,
    /// How many there are of it: of a year labs, else talks.
    pub count: usize,
}

#[derive(Clone, PartialEq)]
enum Kind {
    Year(i16),
    Format(TalkFormat),
    Topic(Name),
    /// Whoever has no page as a person.
    Speaker(Name),
}

/// A free name; what gives the same slug is the same.
#[derive(Clone, PartialEq)]
struct Name {
    slug: String,
    /// How it is written first.
    title: String,
}

impl Kind {
    fn path(&self, stage: &Stage<'_>) -> String {
        let addresses = &stage.project.sources.config.addresses;
        let (segment, slug) = match self {
            Kind::Year(year) => (&addresses.year, year.to_string()),
            Kind::Format(format) => (&addresses.format, format_slug(*format).to_owned()),
            Kind::Topic(name) => (&addresses.topic, name.slug.clone()),
            Kind::Speaker(name) => (&addresses.speaker, name.slug.clone()),
        };
        format!("/{}/{segment}/{slug}/", addresses.labs)
    }
}

impl Choice {
    /// Its page.
    pub fn path(&self, stage: &Stage<'_>) -> String {
        self.kind.path(stage)
    }

    /// What its page is called.
    pub fn title(&self, stage: &Stage<'_>) -> String {
        let (key, name) = match self.kind {
            Kind::Year(_) => ("labs-of-year", "year"),
            Kind::Format(_) => ("labs-of-format", "format"),
            Kind::Topic(_) => ("labs-of-topic", "topic"),
            Kind::Speaker(_) => ("labs-of-speaker", "speaker"),
        };
        stage.locale.text_of(key, name, &self.label(stage))
    }

    /// What it is called among the others.
    pub fn label(&self, stage: &Stage<'_>) -> String {
        match &self.kind {
            Kind::Year(year) => year.to_string(),
            Kind::Format(format) => stage.locale.text(format_key(*format)),
            Kind::Topic(name) | Kind::Speaker(name) => name.title.clone(),
        }
    }

    /// Its talks in a lab, by their places there.
    pub fn in_lab(&self, lab: usize) -> Vec<usize> {
        self.talks.range((lab, 0)..(lab + 1, 0)).map(|&(_, talk)| talk).collect()
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
    /// The people who have pages and have spoken.
    pub people: BTreeSet<usize>,
}

/// Free names with their talks, by slug.
type Named = BTreeMap<String, (String, BTreeSet<(usize, usize)>)>;

impl Choices {
    pub fn new(stage: &Stage<'_>) -> Self {
        let labs = &stage.project.sources.labs;
        let mut years: BTreeMap<i16, (usize, BTreeSet<(usize, usize)>)> = BTreeMap::new();
        let mut formats: BTreeMap<TalkFormat, BTreeSet<(usize, usize)>> = BTreeMap::new();
        let (mut topics, mut speakers, mut people) = (Named::new(), Named::new(), BTreeSet::new());
        labs.iter().for_each(|lab| years.entry(lab.date.year()).or_default().0 += 1);
        for (lab, at, source_lab, talk) in stage.project.sources.talks() {
            let place = (lab, at);
            // Talks on several days of one lab are of the lab's year.
            years.entry(source_lab.date.year()).or_default().1.insert(place);
            talk.format.map(|format| formats.entry(format).or_default().insert(place));
            talk.topics.iter().for_each(|topic| note(&mut topics, topic, place));
            free_names(talk).for_each(|name| note(&mut speakers, name, place));
            people.extend(stage.speakers(talk).filter_map(|speaker| match speaker.person?.target {
                Target::Person(at) => Some(at),
                _ => None,
            }));
        }
        let year = |(year, (count, talks))| Choice { kind: Kind::Year(year), talks, count };
        let format =
            |(format, talks): (_, BTreeSet<_>)| Choice { kind: Kind::Format(format), count: talks.len(), talks };
        Self {
            years: years.into_iter().rev().map(year).collect(),
            formats: formats.into_iter().map(format).collect(),
            topics: named(stage, topics, Kind::Topic),
            speakers: named(stage, speakers, Kind::Speaker),
            people,
        }
    }

    pub fn all(&self) -> impl Iterator<Item = &Choice> {
        self.years.iter().chain(&self.formats).chain(&self.topics).chain(&self.speakers)
    }

    /// The lists of what can be chosen, by the names that templates know; `current` is what was.
    pub fn views(&self, stage: &Stage<'_>, current: Option<&Choice>) -> [(&'static str, Vec<Value>); 3] {
        let view = |choice: &Choice| {
            let is_current = current.is_some_and(|current| current.kind == choice.kind);
            let (title, path) = (choice.label(stage), choice.path(stage));
            json!({"title": title, "path": path, "count": choice.count, "current": is_current})
        };
        [("years", &self.years), ("formats", &self.formats), ("topics", &self.topics)]
            .map(|(name, choices)| (name, choices.iter().map(view).collect()))
    }
}

/// Notes a talk under a free name; one of which nothing could be an address is left out.
fn note(names: &mut Named, title: &str, place: (usize, usize)) {
    let slug = slugify(title);
    if !slug.is_empty() {
        names.entry(slug).or_insert_with(|| (title.to_owned(), BTreeSet::new())).1.insert(place);
    }
}

/// Free names that can be chosen, in the order of the language.
fn named(stage: &Stage<'_>, names: Named, kind: fn(Name) -> Kind) -> Vec<Choice> {
    let mut names: Vec<_> = names.into_iter().collect();
    names.sort_by(|(_, (a, _)), (_, (b, _))| stage.locale.compare(a, b));
    let choice = |(slug, (title, talks)): (String, (String, BTreeSet<_>))| Choice {
        kind: kind(Name { slug, title }),
        count: talks.len(),
        talks,
    };
    names.into_iter().map(choice).collect()
}

/// The names of those who speak and have no page as a person.
fn free_names(talk: &TalkSource) -> impl Iterator<Item = &str> {
    let free = talk.speakers.iter().filter(|speaker| speaker.person.is_none());
    free.filter_map(|speaker| speaker.name.as_ref()).map(|name| name.value.as_str())
}

impl Name {
    fn new(title: &str) -> Self {
        Self { slug: slugify(title), title: title.to_owned() }
    }
}

/// A topic with the page of its talks.
pub(in super::super) fn topic_link(stage: &Stage<'_>, topic: &str) -> Link {
    Link::new(topic, Kind::Topic(Name::new(topic)).path(stage))
}

/// The page of somebody who speaks: as a person, else with all talks under that name.
pub(in super::super) fn speaker_path(stage: &Stage<'_>, speaker: &Speaker<'_>) -> Option<String> {
    if let Some(person) = speaker.person {
        return Some(person.path.clone());
    }
    let name = Name::new(speaker.name?);
    (!name.slug.is_empty()).then(|| Kind::Speaker(name).path(stage))
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
