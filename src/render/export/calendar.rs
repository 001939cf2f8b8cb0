//! `index.ics` beside the archive of the labs and beside each lab (RFC 5545).
//!
//! Written by hand: lines that the crate `ics` 0.5 folds have 76 octets, one more than the format allows.

use jiff::Zoned;
use jiff::civil::{Date, Time};

use super::super::Stage;
use super::super::page::Relation;
use super::super::queue::FileJob;
use super::citations::{lab_id, talk_id};
use super::times;
use crate::load::{LabFormat, LabSource};
use crate::resolve;
use crate::target::Target;

const MEDIA_TYPE: &str = "text/calendar";

/// Longest line in octets, without its end.
const LONGEST: usize = 75;

/// The calendars of all labs and of each; none in an archive.
pub(super) fn files<'s>(stage: &'s Stage<'_>) -> Vec<FileJob<'s>> {
    let labs = 0..stage.project.sources.labs.len();
    let of_each = labs
        .clone()
        .filter_map(|lab| Some(FileJob::text(&path(stage, Some(lab))?, move || calendar(stage, lab..lab + 1))));
    let of_all = path(stage, None).map(|path| FileJob::text(&path, move || calendar(stage, labs)));
    of_all.into_iter().chain(of_each).collect()
}

/// The calendar of a lab, or of all; `None` where there is none.
pub(in super::super) fn path(stage: &Stage<'_>, lab: Option<usize>) -> Option<String> {
    let sources = &stage.project.sources;
    if sources.archived || sources.labs.is_empty() {
        return None;
    }
    let folder = match lab {
        Some(lab) => resolve::address(stage.project, &Target::Lab(lab)),
        None => format!("/{}/", sources.config.addresses.labs),
    };
    Some(format!("{folder}index.ics"))
}

/// The same as a relation in the head of the page.
pub(in super::super) fn relation(stage: &Stage<'_>, lab: Option<usize>) -> Option<Relation> {
    Some(Relation { media_type: Some(MEDIA_TYPE), ..Relation::new("alternate", path(stage, lab)?) })
}

fn calendar(stage: &Stage<'_>, labs: std::ops::Range<usize>) -> String {
    let name = format!("{}: {}", stage.project.sources.config.title, stage.locale.text("nav-labs"));
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Leitwerk//Leitwerk//EN".to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        text("NAME", &name),
        text("X-WR-CALNAME", &name),
    ];
    for lab in labs {
        lines.extend(of_lab(stage, lab));
        let talks = 0..stage.project.sources.labs[lab].talks.len();
        lines.extend(talks.filter_map(|at| of_talk(stage, lab, at)).flatten());
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

/// What every event has.
struct Event<'a> {
    id: String,
    /// Its day, which also stands for when the entry was made: no clock may.
    day: Date,
    times: Vec<String>,
    summary: String,
    place: Option<String>,
    about: Option<&'a String>,
    target: Target,
}

impl Event<'_> {
    fn lines(self, stage: &Stage<'_>) -> Vec<String> {
        let base = &stage.project.sources.config.base_url;
        let host = base.split_once("://").map_or(base.as_str(), |(_, host)| host);
        let mut lines = vec![
            "BEGIN:VEVENT".to_owned(),
            text("UID", &format!("{}@{host}", self.id)),
            format!("DTSTAMP:{}T000000Z", self.day.strftime("%Y%m%d")),
        ];
        lines.extend(self.times);
        lines.push(text("SUMMARY", &self.summary));
        lines.extend(self.place.map(|place| text("LOCATION", &place)));
        lines.extend(self.about.map(|about| text("DESCRIPTION", about)));
        lines.push(format!("URL:{}", stage.absolute(&resolve::address(stage.project, &self.target))));
        lines.push("END:VEVENT".to_owned());
        lines
    }
}

fn of_lab(stage: &Stage<'_>, lab: usize) -> Vec<String> {
    let source = &stage.project.sources.labs[lab];
    let label = stage.locale.text_of("lab-label", "number", &source.number.to_string());
    let event = Event {
        id: lab_id(stage, lab),
        day: source.date,
        times: lab_times(stage, source),
        summary: format!("{label}: {}", source.title),
        place: place(stage, source),
        about: source.summary.as_ref(),
        target: Target::Lab(lab),
    };
    event.lines(stage)
}

/// Whole days where it is not said when the lab begins. Else it ends with its last talk that has an end; of several days
/// without one the last counts whole.
fn lab_times(stage: &Stage<'_>, lab: &LabSource) -> Vec<String> {
    let after = next_day(lab.last_day());
    let Some(start) = lab.start else {
        return vec![day("DTSTART", lab.date), day("DTEND", after)];
    };
    let ends =
        lab.talks.iter().filter(|talk| talk.withdrawn.is_none()).filter_map(|talk| times::of_talk(stage, lab, talk)?.1);
    let midnight = times::at(stage, after, Time::midnight()).filter(|_| lab.end.is_some());
    let begin = times::at(stage, lab.date, start);
    let end = ends.max().or(midnight).filter(|end| Some(end) > begin.as_ref());
    moments(begin, end)
}

/// A talk that has a time of its own; none that is shown no longer.
fn of_talk(stage: &Stage<'_>, lab: usize, at: usize) -> Option<Vec<String>> {
    let source_lab = &stage.project.sources.labs[lab];
    let source = &source_lab.talks[at];
    let (begin, end) = times::of_talk(stage, source_lab, source).filter(|_| source.withdrawn.is_none())?;
    let event = Event {
        id: talk_id(stage, lab, at),
        day: source.day(source_lab),
        times: moments(Some(begin), end),
        summary: source.title.clone(),
        place: place(stage, source_lab),
        about: source.subtitle.as_ref(),
        target: Target::Talk(lab, at),
    };
    Some(event.lines(stage))
}

/// Moments of UTC.
fn moments(begin: Option<Zoned>, end: Option<Zoned>) -> Vec<String> {
    let line = |name: &str, at: Zoned| format!("{name}:{}", at.timestamp().strftime("%Y%m%dT%H%M%SZ"));
    let begin = begin.map(|begin| line("DTSTART", begin));
    begin.into_iter().chain(end.map(|end| line("DTEND", end))).collect()
}

fn day(name: &str, day: Date) -> String {
    format!("{name};VALUE=DATE:{}", day.strftime("%Y%m%d"))
}

fn next_day(day: Date) -> Date {
    day.tomorrow().unwrap_or(day)
}

/// Where a lab was; of one at screens that.
fn place(stage: &Stage<'_>, lab: &LabSource) -> Option<String> {
    let online = || (lab.format == Some(LabFormat::Online)).then(|| stage.locale.text("lab-format-online"));
    lab.place.clone().or_else(online)
}

/// A property whose value is a text.
fn text(name: &str, value: &str) -> String {
    let mut line = format!("{name}:");
    for c in value.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => line.extend(['\\', c]),
            '\n' => line.push_str("\\n"),
            c if c.is_control() => line.push(' '),
            c => line.push(c),
        }
    }
    line
}

/// A line with its end; a long one goes on in lines that begin with a blank.
fn folded(line: &str) -> String {
    let mut folded = String::new();
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > LONGEST {
            folded.push_str("\r\n ");
            length = 1;
        }
        folded.push(c);
        length += c.len_utf8();
    }
    folded + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_and_lines_folded() {
        assert_eq!(text("SUMMARY", "a, b; c\\d\r\ne\u{7}"), "SUMMARY:a\\, b\\; c\\\\d\\ne ");
        let long = "Ä".repeat(200);
        let lines = folded(&long);
        assert!(lines.lines().all(|line| line.len() <= LONGEST), "{lines}");
        assert_eq!(lines.replace("\r\n ", "").trim_end(), long);
    }
}
