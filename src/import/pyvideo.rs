//! Talks as pyvideo keeps them: one record a recording.

use jiff::civil::Time;

use super::mapping::Mapping;
use super::node::{Node, Record, Value};
use super::report::Report;
use super::{ImportErrorKind, ImportedSpeaker, ImportedTalk, markup, media, values};
use crate::load::MediaKind;

/// Keys that only a recording has; a title alone has also a conference.
const OWN: &[&str] = &["videos", "speakers", "recorded"];

/// The talk of a record, or those of a list of records.
pub(super) fn talks(root: Node, mapping: &Mapping, report: &mut Report<'_>) -> Vec<ImportedTalk> {
    let is_one = |node: &Node| OWN.iter().any(|key| node.get(key).is_some());
    let at = root.spot.at;
    let nodes = match root.value {
        Value::List(items) => items,
        Value::Table(_) => vec![root],
        _ => Vec::new(),
    };
    if nodes.is_empty() || !nodes.iter().all(is_one) {
        let strange = nodes.iter().find(|node| !is_one(node)).map_or(at, |node| node.spot.at);
        report.error_at(strange, None, report.line_of(strange), ImportErrorKind::UnknownFormat);
        return Vec::new();
    }
    nodes.into_iter().filter_map(|node| talk(node, mapping, report)).collect()
}

fn talk(node: Node, mapping: &Mapping, report: &mut Report<'_>) -> Option<ImportedTalk> {
    let mut record = Record::of("", node, report)?;
    let mut talk = ImportedTalk::at(report.place(&record.spot));
    match record.text("title", report) {
        Some(title) => talk.title = title,
        None => report.error_at(record.spot.at, Some("title"), "", ImportErrorKind::Missing("title")),
    }
    talk.id = ["id", "slug"].iter().find_map(|key| record.text(key, report));
    talk.subtitle = record.text("subtitle", report);
    if let Some(said) = record.said("recorded", report) {
        match values::moment(&said.text, None) {
            Some(moment) => {
                talk.date = Some(moment.date);
                // Midnight stands for no time at all, and one in UTC is no time of the place.
                let time = moment.time.filter(|time| *time != Time::midnight());
                talk.start = time.filter(|_| !moment.is_utc);
                if time.is_some() && moment.is_utc {
                    report.unmapped_said(&said);
                }
            }
            None => report.error(&said, ImportErrorKind::BadDate),
        }
    }
    if let Some(said) = record.said("duration", report) {
        values::set_minutes(&mut talk, &said, values::minutes_of_seconds(&said.text), report);
    }
    if let Some(said) = record.said("language", report) {
        values::set_language(&mut talk, &said, mapping, report);
    }
    let texts = ["summary", "description"].map(|key| record.text(key, report).unwrap_or_default());
    talk.summary = values::joined(&texts.map(|text| markup::markdown(&text)));
    let speakers = record.list("speakers", report).into_iter().filter_map(|node| report.said("speakers", node));
    talk.speakers = speakers.map(|said| ImportedSpeaker { name: said.text, role: None, organisation: None }).collect();
    let topics = record.list("tags", report).into_iter().filter_map(|node| report.said("tags", node));
    talk.topics = topics.map(|said| said.text).collect();
    talk.event = record.text("category", report);
    talk.rights = record.text("copyright_text", report);
    add_media(&mut talk, &mut record, report);
    record.finish(report);
    mapping.settle(&mut talk);
    Some(talk)
}

fn add_media(talk: &mut ImportedTalk, record: &mut Record, report: &mut Report<'_>) {
    for node in record.list("videos", report) {
        video(node, talk, report);
    }
    if let Some(url) = record.said("source_url", report) {
        media::add(talk, Some(MediaKind::Link), url, None, None, report);
    }
    for node in record.list("related_urls", report) {
        if node.is_scalar() {
            if let Some(url) = report.said("related_urls", node) {
                media::add(talk, None, url, None, None, report);
            }
            continue;
        }
        let Some(mut related) = Record::of("related_urls", node, report) else { continue };
        let title = related.text("label", report).or_else(|| related.text("title", report));
        let kind = title.as_deref().and_then(media::kind_of);
        match related.said("url", report) {
            Some(url) => media::add(talk, kind, url, title, None, report),
            None => report.unmapped_text("related_urls.label", &title.unwrap_or_default(), &related.spot),
        }
        related.finish_as("related_urls.", report);
    }
}

fn video(node: Node, talk: &mut ImportedTalk, report: &mut Report<'_>) {
    let Some(mut record) = Record::of("videos", node, report) else { return };
    let kind = record.said("type", report);
    if let Some(said) = record.said("length", report) {
        let length = values::minutes_of_seconds(&said.text);
        match (talk.minutes, length) {
            (None, length) => values::set_minutes(talk, &said, length, report),
            (Some(known), Some(length)) if length == known || length == 0 => {}
            _ => report.unmapped_text("videos.length", &said.text, &said.spot),
        }
    }
    let known = kind.as_ref().and_then(|said| media::kind_of(&said.text));
    let url = record.said("url", report);
    // `archive.org` says no more than the address does.
    let is_in = |kind: &str| url.as_ref().is_some_and(|url| url.text.contains(kind));
    if let Some(kind) = kind.filter(|kind| url.is_none() || (known.is_none() && !is_in(&kind.text))) {
        report.unmapped_text("videos.type", &kind.text, &kind.spot);
    }
    if let Some(url) = url {
        media::add(talk, Some(known.unwrap_or(MediaKind::Video)), url, None, None, report);
    }
    record.finish_as("videos.", report);
}
