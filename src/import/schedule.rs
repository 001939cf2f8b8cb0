//! Talks of a conference schedule, as frab, pretalx and pentabarf export it.

use jiff::SignedDuration;
use jiff::civil::{Date, Time};

use super::mapping::Mapping;
use super::node::{Node, Record, Value};
use super::report::{Report, Said};
use super::values::{self, Moment};
use super::{ImportErrorKind, ImportedSpeaker, ImportedTalk, markup, media};
use crate::load::MediaKind;

/// What surrounds a talk in its schedule.
struct Frame<'a> {
    mapping: &'a Mapping,
    event: Option<&'a str>,
    base: Option<&'a str>,
    day: Option<Date>,
    /// When the next day of the conference begins; what starts before is held on the date after.
    dawn: Option<Time>,
    room: Option<&'a str>,
}

/// The talks of `{"schedule": …}`.
pub(super) fn talks(root: Node, mapping: &Mapping, report: &mut Report<'_>) -> Vec<ImportedTalk> {
    let Some(mut root) = Record::of("", root, report) else { return Vec::new() };
    let Some(mut schedule) = root.table("schedule", report) else {
        report.error_at(root.spot.at, None, "", ImportErrorKind::Missing("schedule"));
        return Vec::new();
    };
    root.finish(report);
    let spot = schedule.spot.clone();
    let conference = schedule.table("conference", report);
    let events = schedule.take("events");
    if conference.is_none() && events.is_none() {
        report.error_at(spot.at, None, "schedule", ImportErrorKind::Missing("conference"));
    }
    let mut conference = conference.unwrap_or_else(|| Record::new(spot, Vec::new()));
    let own_base = conference.text("base_url", report);
    let base = schedule.text("base_url", report).or(own_base);
    let event = conference.text("title", report);
    let dawn = conference.peek("day_change").and_then(|node| values::time(&node.to_string(), None));
    let days = conference.list("days", report);
    let frame = Frame { mapping, event: event.as_deref(), base: base.as_deref(), day: None, dawn, room: None };
    let mut talks = Vec::new();
    for node in days {
        day(node, &frame, &mut talks, report);
    }
    if let Some(node) = events {
        all("events", node, &frame, &mut talks, report);
    }
    conference.finish_as("conference.", report);
    schedule.finish_as("schedule.", report);
    talks
}

fn day(node: Node, frame: &Frame<'_>, talks: &mut Vec<ImportedTalk>, report: &mut Report<'_>) {
    let Some(mut record) = Record::of("days", node, report) else { return };
    // Days stand in their order.
    record.take("index");
    let date = record.said("date", report).and_then(|said| moment(&said, report)).map(|moment| moment.date);
    let starts = ["start", "day_start"].into_iter().filter_map(|key| record.peek(key));
    let mut starts = starts.filter_map(|node| values::moment(&node.to_string(), None));
    let dawn = starts.find_map(|start| start.time.filter(|_| !start.is_utc)).or(frame.dawn);
    let rooms = record.take("rooms");
    match rooms {
        Some(Node { value: Value::Table(rooms), .. }) => {
            for (name, node) in rooms {
                let name = name.trim();
                let room = Some(name).filter(|name| !name.is_empty());
                room_of(name, node, &Frame { day: date, dawn, room, ..*frame }, talks, report);
            }
        }
        Some(node) => report.wrong_type("rooms", &node, "a table"),
        None => {}
    }
    record.finish_as("day.", report);
}

fn room_of(name: &str, node: Node, frame: &Frame<'_>, talks: &mut Vec<ImportedTalk>, report: &mut Report<'_>) {
    if let Value::Table(_) = node.value {
        // In XML a room has keys of its own.
        let Some(mut record) = Record::of(name, node, report) else { return };
        if let Some(events) = record.take("events") {
            all("events", events, frame, talks, report);
        }
        record.finish_as("room.", report);
    } else if !node.is_empty() {
        all(name, node, frame, talks, report);
    }
}

fn all(key: &str, node: Node, frame: &Frame<'_>, talks: &mut Vec<ImportedTalk>, report: &mut Report<'_>) {
    match node.value {
        Value::List(events) => talks.extend(events.into_iter().filter_map(|node| talk(node, frame, report))),
        _ => report.wrong_type(key, &node, "a list"),
    }
}

fn talk(node: Node, frame: &Frame<'_>, report: &mut Report<'_>) -> Option<ImportedTalk> {
    let mut record = Record::of("event", node, report)?;
    let mut talk = ImportedTalk::at(report.place(&record.spot));
    match record.text("title", report) {
        Some(title) => talk.title = title,
        None => report.error_at(record.spot.at, Some("title"), "", ImportErrorKind::Missing("title")),
    }
    // The id that is the same everywhere.
    talk.id = ["guid", "id", "code"].iter().find_map(|key| record.text(key, report));
    talk.subtitle = record.text("subtitle", report);
    talk.event = frame.event.map(str::to_owned);
    when(&mut talk, &mut record, frame, report);
    if let Some(said) = record.said("type", report) {
        values::set_format(&mut talk, &said, frame.mapping, report);
    }
    if let Some(said) = record.said("language", report) {
        values::set_language(&mut talk, &said, frame.mapping, report);
    }
    let texts = ["abstract", "description"].map(|key| record.text(key, report).unwrap_or_default());
    talk.summary = values::joined(&texts.map(|text| markup::markdown(&text)));
    talk.topics.extend(name_of("track", &mut record, report).map(|said| said.text));
    talk.place = frame.room.map(str::to_owned);
    if let Some(said) = name_of("room", &mut record, report) {
        match &talk.place {
            None => talk.place = Some(said.text),
            Some(room) if *room == said.text => {}
            Some(_) => report.unmapped_said(&said),
        }
    }
    for key in ["persons", "participants"] {
        let persons = record.list(key, report);
        talk.speakers.extend(persons.into_iter().filter_map(|node| person(node, report)));
    }
    add_media(&mut talk, &mut record, frame, report);
    talk.rights = record.text("recording_license", report);
    talk.no_recording = record.said("do_not_record", report).is_some_and(|said| values::flag(&said, report));
    record.finish(report);
    frame.mapping.settle(&mut talk);
    Some(talk)
}

fn moment(said: &Said, report: &mut Report<'_>) -> Option<Moment> {
    let moment = values::moment(&said.text, None);
    if moment.is_none() {
        report.error(said, ImportErrorKind::BadDate);
    }
    moment
}

fn clock(said: &Said, report: &mut Report<'_>) -> Option<Time> {
    let time = values::time(&said.text, None);
    if time.is_none() {
        report.error(said, ImportErrorKind::BadTime);
    }
    time
}

/// Day, beginning and length: told by `date` and `start`, or by `start` and `end` as moments.
fn when(talk: &mut ImportedTalk, record: &mut Record, frame: &Frame<'_>, report: &mut Report<'_>) {
    let date = record.said("date", report);
    let start = record.said("start", report);
    let length = record.said("duration", report);
    let is_moment = start.as_ref().is_some_and(|said| values::moment(&said.text, None).is_some());
    if let Some(said) = &length {
        values::set_minutes(talk, said, values::minutes(&said.text), report);
    }
    if is_moment {
        let start = start.and_then(|said| moment(&said, report));
        let end = record.said("end", report).and_then(|said| moment(&said, report).map(|moment| (said, moment)));
        talk.date = start.map(|start| start.date).or(frame.day);
        talk.start = start.and_then(|start| start.time);
        if let (Some(start), Some((said, end))) = (start, end) {
            until(talk, start, end, &said, report);
        }
        if let Some(said) = date {
            report.unmapped_said(&said);
        }
        return;
    }
    let moment = date.as_ref().and_then(|said| moment(said, report));
    let start = start.and_then(|said| clock(&said, report));
    talk.start = start.or(moment.and_then(|moment| moment.time));
    talk.date = moment.map(|moment| moment.date);
    match (moment, start, date) {
        (Some(Moment { date, time: Some(time), is_utc }), Some(start), Some(said)) if time != start => {
            if is_utc {
                talk.date = local_date(date, time, start);
            } else {
                // Two clocks; the one that is shown to visitors holds.
                report.unmapped_said(&said);
            }
        }
        (None, Some(start), None) => {
            let is_after_midnight = frame.dawn.is_some_and(|dawn| start < dawn);
            let next = |day: Date| if is_after_midnight { day.tomorrow().unwrap_or(day) } else { day };
            talk.date = frame.day.map(next);
        }
        (None, None, None) => talk.date = frame.day,
        _ => {}
    }
}

/// Gives a talk the length between two moments, if nothing else told it.
fn until(talk: &mut ImportedTalk, start: Moment, end: Moment, said: &Said, report: &mut Report<'_>) {
    let (Some(from), Some(to)) = (start.time, end.time) else {
        report.unmapped_said(said);
        return;
    };
    let (from, to) = (start.date.to_datetime(from), end.date.to_datetime(to));
    let minutes = u32::try_from(to.duration_since(from).as_mins()).ok();
    // Moments of two time zones cannot be compared by their clocks.
    if start.is_utc != end.is_utc || talk.minutes.is_some_and(|known| Some(known) != minutes) {
        report.unmapped_said(said);
    } else if talk.minutes.is_none() {
        values::set_minutes(talk, said, minutes, report);
    }
}

/// The date of a beginning by the clock of the place, which is less than half a day from UTC.
fn local_date(date: Date, utc: Time, local: Time) -> Option<Date> {
    let minutes = utc.duration_until(local).as_mins().rem_euclid(24 * 60);
    let minutes = if minutes > 12 * 60 { minutes - 24 * 60 } else { minutes };
    date.to_datetime(utc).checked_add(SignedDuration::from_mins(minutes)).ok().map(jiff::civil::DateTime::date)
}

/// A text, or the name in a table that refers to something.
fn name_of(key: &str, record: &mut Record, report: &mut Report<'_>) -> Option<Said> {
    let node = record.take(key)?;
    if node.get("name").is_none() && node.get("slug").is_none() {
        return report.said(key, node);
    }
    let mut table = Record::of(key, node, report)?;
    let said = table.said("name", report).or_else(|| table.said("slug", report));
    table.finish_as(&format!("{key}."), report);
    said.map(|said| Said { key: key.to_owned(), ..said })
}

fn person(node: Node, report: &mut Report<'_>) -> Option<ImportedSpeaker> {
    if node.is_scalar() {
        let name = report.said("person", node)?.text;
        return Some(ImportedSpeaker { name, role: None, organisation: None });
    }
    let mut record = Record::of("person", node, report)?;
    let names = ["public_name", "full_public_name", "display_name", "name"];
    let names: Vec<Said> = names.iter().filter_map(|key| record.said(key, report)).collect();
    let name = names.first().map(|said| said.text.clone());
    for other in names.iter().filter(|said| Some(&said.text) != name.as_ref()) {
        report.unmapped_text(&format!("person.{}", other.key), &other.text, &other.spot);
    }
    // Everybody in a schedule speaks.
    let role = record.text("role", report).filter(|role| !role.eq_ignore_ascii_case("speaker"));
    let organisations = ["organization", "organisation", "affiliation"];
    let organisation = organisations.iter().find_map(|key| record.text(key, report));
    if name.is_none() {
        for (key, text) in [("role", &role), ("organisation", &organisation)] {
            report.unmapped_text(&format!("person.{key}"), text.as_deref().unwrap_or_default(), &record.spot);
        }
    }
    record.finish_as("person.", report);
    name.map(|name| ImportedSpeaker { name, role, organisation })
}

fn add_media(talk: &mut ImportedTalk, record: &mut Record, frame: &Frame<'_>, report: &mut Report<'_>) {
    if let Some(url) = record.said("video_download_url", report) {
        media::add(talk, Some(MediaKind::Video), url, None, frame.base, report);
    }
    for node in record.list("attachments", report) {
        address("attachment", node, talk, None, frame.base, report);
    }
    // What a talk links to is not the talk, even if it is a film.
    for node in record.list("links", report) {
        address("link", node, talk, Some(MediaKind::Link), frame.base, report);
    }
    for key in ["url", "origin_url"] {
        if let Some(url) = record.said(key, report) {
            media::add(talk, Some(MediaKind::Link), url, None, frame.base, report);
        }
    }
}

fn address(
    key: &str,
    node: Node,
    talk: &mut ImportedTalk,
    kind: Option<MediaKind>,
    base: Option<&str>,
    report: &mut Report<'_>,
) {
    if node.is_scalar() {
        if let Some(url) = report.said(key, node) {
            media::add(talk, kind, url, None, base, report);
        }
        return;
    }
    let Some(mut record) = Record::of(key, node, report) else { return };
    let word = record.said("type", report);
    let told = word.as_ref().and_then(|said| media::kind_of(&said.text));
    if let Some(said) = word.filter(|said| told.is_none() && !matches!(said.text.as_str(), "related" | "web")) {
        report.unmapped_text(&format!("{key}.type"), &said.text, &said.spot);
    }
    let title = record.said("title", report);
    let named = title.as_ref().and_then(|title| media::kind_of(&title.text));
    match (record.said("url", report), title) {
        (Some(url), title) => media::add(talk, told.or(kind).or(named), url, title.map(|it| it.text), base, report),
        (None, Some(title)) => report.unmapped_text(&format!("{key}.title"), &title.text, &title.spot),
        (None, None) => {}
    }
    record.finish_as(&format!("{key}."), report);
}
