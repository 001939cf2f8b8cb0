//! Talks in TOML tables and rows of CSV, whose fields a mapping or their usual names tell.

use super::mapping::{Field, Mapping};
use super::node::{Node, Record, Value};
use super::report::{Report, Said};
use super::{ImportErrorKind, ImportedSpeaker, ImportedTalk, markup, media, values};
use crate::load::MediaKind;

/// The talks of a TOML file: its tables `talk` or `talks`, or the file itself.
pub(super) fn talks(root: Node, mapping: &Mapping, report: &mut Report<'_>) -> Vec<ImportedTalk> {
    let Some(mut root) = Record::of("", root, report) else { return Vec::new() };
    let mut tables = Vec::new();
    for (key, node) in root.take_all(|key| key == "talk" || key == "talks") {
        match node.value {
            Value::List(items) => tables.extend(items.into_iter().filter_map(|item| Record::of(&key, item, report))),
            _ => tables.extend(Record::of(&key, node, report)),
        }
    }
    if tables.is_empty() {
        return talk(root, mapping, report).into_iter().collect();
    }
    root.finish(report);
    rows(tables, mapping, report)
}

/// The talks of some tables.
pub(super) fn rows(rows: Vec<Record>, mapping: &Mapping, report: &mut Report<'_>) -> Vec<ImportedTalk> {
    rows.into_iter().filter_map(|row| talk(row, mapping, report)).collect()
}

/// A table while its fields are taken.
struct Taker<'a, 'r, 't> {
    record: Record,
    mapping: &'a Mapping,
    report: &'r mut Report<'t>,
}

fn talk(record: Record, mapping: &Mapping, report: &mut Report<'_>) -> Option<ImportedTalk> {
    let spot = record.spot.clone();
    let mut talk = ImportedTalk::at(report.place(&spot));
    let mut taker = Taker { record, mapping, report };
    match taker.one(Field::Title) {
        Some(title) => talk.title = title.text,
        None => taker.report.error_at(spot.at, Some("title"), "", ImportErrorKind::Missing("title")),
    }
    talk.id = taker.text(Field::Id);
    talk.subtitle = taker.text(Field::Subtitle);
    taker.when(&mut talk);
    if let Some(said) = taker.one(Field::Format) {
        values::set_format(&mut talk, &said, mapping, taker.report);
    }
    if let Some(said) = taker.one(Field::Language) {
        values::set_language(&mut talk, &said, mapping, taker.report);
    }
    taker.speakers(&mut talk);
    let texts = taker.texts(Field::Summary);
    talk.summary = values::joined(&texts.iter().map(|said| markup::markdown(&said.text)).collect::<Vec<_>>());
    talk.topics = taker.list(Field::Topics, &[";", ","]).into_iter().map(|said| said.text).collect();
    talk.event = taker.text(Field::Event);
    talk.place = taker.text(Field::Place);
    taker.media(&mut talk);
    talk.rights = taker.text(Field::Rights);
    talk.no_recording = taker.one(Field::NoRecording).is_some_and(|said| values::flag(&said, taker.report));
    let Taker { record, report, .. } = taker;
    record.finish(report);
    mapping.settle(&mut talk);
    Some(talk)
}

impl Taker<'_, '_, '_> {
    fn texts(&mut self, field: Field) -> Vec<Said> {
        let found = self.mapping.take(field, &mut self.record);
        found.into_iter().filter_map(|(key, node)| self.report.said(&key, node)).collect()
    }

    /// The first value of a field; others that say something else have no place.
    fn one(&mut self, field: Field) -> Option<Said> {
        let mut texts = self.texts(field).into_iter();
        let first = texts.next()?;
        for other in texts.filter(|other| other.text != first.text) {
            self.report.unmapped_said(&other);
        }
        Some(first)
    }

    fn text(&mut self, field: Field) -> Option<String> {
        self.one(field).map(|said| said.text)
    }

    /// The values of a field: lists, and texts parted by the mapping's separator or the first of these that is there.
    fn list(&mut self, field: Field, separators: &[&str]) -> Vec<Said> {
        let found = self.mapping.take(field, &mut self.record);
        found.into_iter().flat_map(|(key, node)| self.parts(field, &key, node, separators)).collect()
    }

    fn parts(&mut self, field: Field, key: &str, node: Node, separators: &[&str]) -> Vec<Said> {
        if let Value::List(items) = node.value {
            return items.into_iter().filter_map(|item| self.report.said(key, item)).collect();
        }
        let Some(said) = self.report.said(key, node) else { return Vec::new() };
        let separator = match self.mapping.separator(field) {
            Some(separator) => Some(separator),
            None => separators.iter().copied().find(|separator| said.text.contains(separator)),
        };
        split(&said, separator)
    }

    fn when(&mut self, talk: &mut ImportedTalk) {
        let (date, start) = (self.one(Field::Date), self.one(Field::Start));
        let dates = self.mapping.dates.as_deref();
        let moment = date.as_ref().and_then(|said| values::moment(&said.text, dates));
        if let (Some(said), None) = (&date, moment) {
            self.report.error(said, ImportErrorKind::BadDate);
        }
        talk.date = moment.map(|moment| moment.date);
        talk.start = moment.and_then(|moment| moment.time);
        if let Some(said) = start {
            self.start(talk, &said, date);
        }
        if let Some(said) = self.one(Field::Duration) {
            values::set_minutes(talk, &said, values::minutes(&said.text), self.report);
        }
    }

    /// A beginning, which may also tell the day. What differs from the date has no place.
    fn start(&mut self, talk: &mut ImportedTalk, said: &Said, date: Option<Said>) {
        let moment = values::moment(&said.text, None).filter(|moment| moment.time.is_some());
        let time = moment.and_then(|moment| moment.time);
        let Some(time) = time.or_else(|| values::time(&said.text, self.mapping.times.as_deref())) else {
            self.report.error(said, ImportErrorKind::BadTime);
            return;
        };
        if let Some(date) = date.filter(|_| talk.start.is_some_and(|known| known != time)) {
            self.report.unmapped_said(&date);
        }
        talk.start = Some(time);
        match (talk.date, moment) {
            (None, Some(moment)) => talk.date = Some(moment.date),
            (Some(known), Some(moment)) if known != moment.date => self.report.unmapped_said(said),
            _ => {}
        }
    }

    fn speakers(&mut self, talk: &mut ImportedTalk) {
        for (key, node) in self.mapping.take(Field::Speakers, &mut self.record) {
            match node.value {
                Value::List(items) => {
                    talk.speakers.extend(items.into_iter().filter_map(|item| speaker(&key, item, self.report)));
                }
                Value::Table(_) => talk.speakers.extend(speaker(&key, node, self.report)),
                _ => {
                    let parts = self.parts(Field::Speakers, &key, node, &[";", "\n", "|"]);
                    talk.speakers.extend(parts.into_iter().map(|said| named(said.text)));
                }
            }
        }
        for field in [Field::Role, Field::Organisation] {
            for (key, node) in self.mapping.take(field, &mut self.record) {
                self.assign(field, &key, node, talk);
            }
        }
    }

    /// Gives what is told of all speakers in one field to those whose it certainly is.
    fn assign(&mut self, field: Field, key: &str, node: Node, talk: &mut ImportedTalk) {
        let is_parted = matches!(node.value, Value::List(_)) || self.mapping.separator(field).is_some();
        let shown = node.clone();
        let parts = self.parts(field, key, node, &[]);
        let count = talk.speakers.len();
        // One for all is certain only if the mapping says that the field is theirs.
        let is_certain = match parts.len() {
            0 => return,
            1 => count == 1 || (count > 1 && self.mapping.names(field)),
            parts => is_parted && parts == count,
        };
        let is_free = |speaker: &ImportedSpeaker| match field {
            Field::Role => speaker.role.is_none(),
            _ => speaker.organisation.is_none(),
        };
        if !is_certain || !talk.speakers.iter().all(is_free) {
            self.report.unmapped(key, &shown);
            return;
        }
        for (speaker, part) in talk.speakers.iter_mut().zip(parts.iter().cycle()) {
            let place = if field == Field::Role { &mut speaker.role } else { &mut speaker.organisation };
            *place = Some(part.text.clone());
        }
    }

    fn media(&mut self, talk: &mut ImportedTalk) {
        let kinds = [
            (Field::Video, Some(MediaKind::Video)),
            (Field::Audio, Some(MediaKind::Audio)),
            (Field::Slides, Some(MediaKind::Slides)),
            (Field::Link, None),
        ];
        for (field, kind) in kinds {
            for (key, node) in self.mapping.take(field, &mut self.record) {
                for said in self.parts(field, &key, node, &["\n", ";", " "]) {
                    media::add(talk, kind, said, None, None, self.report);
                }
            }
        }
    }
}

fn split(said: &Said, separator: Option<&str>) -> Vec<Said> {
    let Some(separator) = separator.filter(|separator| !separator.is_empty()) else { return vec![said.clone()] };
    let parts = said.text.split(separator).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| Said { text: part.to_owned(), ..said.clone() }).collect()
}

fn named(name: String) -> ImportedSpeaker {
    ImportedSpeaker { name, role: None, organisation: None }
}

/// A name, or a table with name, role and organisation.
fn speaker(key: &str, node: Node, report: &mut Report<'_>) -> Option<ImportedSpeaker> {
    if !matches!(node.value, Value::Table(_)) {
        return report.said(key, node).map(|said| named(said.text));
    }
    let mut record = Record::of(key, node, report)?;
    let Some(name) = record.text("name", report) else {
        report.error_at(record.spot.at, Some(key), "", ImportErrorKind::Missing("name"));
        return None;
    };
    let (role, organisation) = (record.text("role", report), record.text("organisation", report));
    record.finish_as(&format!("{key}."), report);
    Some(ImportedSpeaker { name, role, organisation })
}
