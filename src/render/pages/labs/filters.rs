//! The filters of the archive, which a script combines: for each talk its keys, and which keys there are. Without a script
//! the pages by year, format, topic and speaker do the same one at a time.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::super::Stage;
use super::choices::{format_key, format_slug};
use crate::load::TalkSource;
use crate::resolve::Resolved;
use crate::slug::slugify;

/// What talks are filtered by, in the order in which it is shown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum By {
    Year,
    Format,
    Value,
    Chapter,
    Authority,
    Speaker,
    Topic,
}

/// One thing by which a talk is found.
struct Key {
    by: By,
    /// How it stands in an address.
    value: String,
    /// How it is shown.
    title: String,
}

impl By {
    /// The name of the filter in addresses.
    fn name<'s>(self, stage: &'s Stage<'_>) -> &'s str {
        let addresses = &stage.project.sources.config.addresses;
        match self {
            By::Year => &addresses.year,
            By::Format => &addresses.format,
            By::Value => &addresses.values,
            By::Chapter => &addresses.chapter,
            By::Authority => &addresses.authorities,
            By::Speaker => &addresses.speaker,
            By::Topic => &addresses.topic,
        }
    }

    /// The key of what it is called.
    fn label(self) -> &'static str {
        match self {
            By::Year => "filter-year",
            By::Format => "filter-format",
            By::Value => "filter-value",
            By::Chapter => "filter-chapter",
            By::Authority => "filter-authority",
            By::Speaker => "filter-speaker",
            By::Topic => "filter-topic",
        }
    }
}

/// The keys of a talk as one attribute: `jahr=2021 format=impulsvortrag`.
pub(super) fn keys(stage: &Stage<'_>, lab: usize, talk: &TalkSource) -> String {
    let keys = of_talk(stage, lab, talk).into_iter().map(|key| format!("{}={}", key.by.name(stage), key.value));
    keys.collect::<Vec<_>>().join(" ")
}

/// How a value is shown, and how many talks have it.
type Choice = (String, usize);

/// Every filter that parts the talks, with its values.
pub(super) fn filters(stage: &Stage<'_>) -> Vec<Value> {
    let mut filters: BTreeMap<By, BTreeMap<String, Choice>> = BTreeMap::new();
    for (lab, _, _, talk) in stage.project.sources.talks() {
        for key in of_talk(stage, lab, talk) {
            filters.entry(key.by).or_default().entry(key.value).or_insert((key.title, 0)).1 += 1;
        }
    }
    let parting = filters.into_iter().filter(|(_, options)| options.len() > 1);
    parting.map(|(by, options)| filter(stage, by, options)).collect()
}

fn filter(stage: &Stage<'_>, by: By, options: BTreeMap<String, Choice>) -> Value {
    let mut options: Vec<(String, Choice)> = options.into_iter().collect();
    match by {
        By::Year => options.reverse(),
        _ => options.sort_by(|(_, (a, _)), (_, (b, _))| stage.locale.compare(a, b)),
    }
    let option = |(value, (title, count))| json!({"value": value, "title": title, "count": count});
    json!({
        "name": by.name(stage),
        "label": stage.locale.text(by.label()),
        "options": options.into_iter().map(option).collect::<Vec<_>>(),
    })
}

/// What a talk is found by, each once.
fn of_talk(stage: &Stage<'_>, lab: usize, talk: &TalkSource) -> Vec<Key> {
    let of_page = |by: By, page: &Resolved| Key { by, value: last_segment(&page.path), title: page.title.clone() };
    let year = stage.project.sources.labs[lab].date.year().to_string();
    let mut keys = vec![Key { by: By::Year, value: year.clone(), title: year }];
    keys.extend(talk.format.map(|format| Key {
        by: By::Format,
        value: format_slug(format).to_owned(),
        title: stage.locale.text(format_key(format)),
    }));
    for (by, names) in [(By::Value, &talk.values), (By::Chapter, &talk.chapters)] {
        keys.extend(names.iter().filter_map(|name| stage.site.resolved(name.span)).map(|page| of_page(by, page)));
    }
    for speaker in stage.speakers(talk) {
        keys.extend(speaker.authority.map(|authority| of_page(By::Authority, authority)));
        keys.extend(speaker.name.map(|name| Key {
            by: By::Speaker,
            value: speaker.person.map_or_else(|| slugify(name), |person| last_segment(&person.path)),
            title: name.to_owned(),
        }));
    }
    keys.extend(talk.topics.iter().map(|topic| Key { by: By::Topic, value: slugify(topic), title: topic.clone() }));
    keys.retain(|key| !key.value.is_empty());
    keys.sort_by(|a, b| (a.by, &a.value).cmp(&(b.by, &b.value)));
    keys.dedup_by(|a, b| a.by == b.by && a.value == b.value);
    keys
}

/// `musteramt` of `/behoerden/musteramt/`.
fn last_segment(path: &str) -> String {
    let page = path.split('#').next().unwrap_or_default();
    page.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned()
}
