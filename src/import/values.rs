//! Dates, times, lengths, formats and languages in the ways in which people and programs write them.

use jiff::civil::{Date, Time};
use jiff::fmt::temporal::Pieces;

use super::mapping::Mapping;
use super::report::{Report, Said};
use super::{ImportErrorKind, ImportedTalk, language};
use crate::load::TalkFormat;

/// A day, perhaps with a time and what it is told in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    pub date: Date,
    pub time: Option<Time>,
    /// Whether it is told in UTC, which mostly is not the time of the place.
    pub is_utc: bool,
}

/// Longest talk that is believed: a week, in minutes.
const LONGEST: f64 = 7.0 * 24.0 * 60.0;

/// Years in which a talk is believed to be; databases write `0000-01-01` or `9999-12-31` where they know none.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2200;

/// A date or a date with a time, as ISO 8601 or German custom writes it, or as `format` says.
pub(super) fn moment(text: &str, format: Option<&str>) -> Option<Moment> {
    written_moment(text, format).filter(|moment| YEARS.contains(&moment.date.year()))
}

fn written_moment(text: &str, format: Option<&str>) -> Option<Moment> {
    let text = text.trim();
    if let Some(date) = format.and_then(|format| Date::strptime(format, text).ok()) {
        return Some(Moment { date, time: None, is_utc: false });
    }
    if let Ok(pieces) = Pieces::parse(text) {
        let is_utc = pieces.to_numeric_offset().is_some_and(|offset| offset.seconds() == 0);
        return Some(Moment { date: pieces.date(), time: pieces.time(), is_utc });
    }
    let (day, rest) = text.split_once([' ', ',']).unwrap_or((text, ""));
    let date = Date::strptime("%d.%m.%Y", day).ok()?;
    let rest = rest.trim();
    let time = if rest.is_empty() { None } else { Some(time(rest, None)?) };
    Some(Moment { date, time, is_utc: false })
}

/// A time of day, as `10:30`, `10.30 Uhr`, or as `format` says.
pub(super) fn time(text: &str, format: Option<&str>) -> Option<Time> {
    let text = text.trim();
    if let Some(time) = format.and_then(|format| Time::strptime(format, text).ok()) {
        return Some(time);
    }
    let text = text.strip_suffix("Uhr").or(text.strip_suffix("uhr")).unwrap_or(text).trim_end();
    let ways = ["%H:%M:%S", "%H:%M", "%H.%M"];
    ways.iter().find_map(|way| Time::strptime(way, text).ok()).or_else(|| text.parse().ok())
}

/// A length in minutes, as `45`, `0:45`, `1:30:00`, `45 min`, `1,5 Stunden` or `1 h 30`.
pub(super) fn minutes(text: &str) -> Option<u32> {
    let text = text.trim().to_lowercase();
    let total = if text.contains(':') { clock(&text)? } else { units(&text)? };
    whole(total)
}

/// Seconds as minutes.
pub(super) fn minutes_of_seconds(text: &str) -> Option<u32> {
    whole(text.trim().parse::<f64>().ok()? / 60.0)
}

fn whole(minutes: f64) -> Option<u32> {
    let is_length = minutes.is_finite() && (0.0..=LONGEST).contains(&minutes);
    // The range is known, so that nothing is cut off but the fraction.
    is_length.then(|| if minutes > 0.0 { minutes.round().max(1.0) as u32 } else { 0 })
}

fn clock(text: &str) -> Option<f64> {
    let parts = text.split(':').map(|part| part.parse::<u32>().ok().filter(|_| is_digits(part)));
    match parts.collect::<Option<Vec<u32>>>()?.as_slice() {
        [hours, minutes] if *minutes < 60 => Some(f64::from(*hours) * 60.0 + f64::from(*minutes)),
        [hours, minutes, seconds] if *minutes < 60 && *seconds < 60 => {
            Some(f64::from(*hours) * 60.0 + f64::from(*minutes) + f64::from(*seconds) / 60.0)
        }
        _ => None,
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Numbers with their units; the last may have none: minutes.
fn units(text: &str) -> Option<f64> {
    // `PT1H30M`, as ISO 8601 has it.
    let mut rest = text.strip_prefix("pt").unwrap_or(text).trim();
    let mut total = 0.0;
    let mut found = false;
    while !rest.is_empty() {
        let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.' && letter != ',');
        let (number, after) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
        let number: f64 = number.replace(',', ".").parse().ok()?;
        let after = after.trim_start();
        let end = after.find(|letter: char| letter.is_ascii_digit()).unwrap_or(after.len());
        let (unit, after) = after.split_at_checked(end)?;
        total += number
            * match unit.trim().trim_end_matches('.') {
                "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" => 60.0,
                "m" | "min" | "mins" | "minute" | "minutes" | "minuten" | "'" | "′" => 1.0,
                "s" | "sec" | "second" | "seconds" | "sek" | "sekunden" => 1.0 / 60.0,
                "" if after.is_empty() => 1.0,
                _ => return None,
            };
        (rest, found) = (after, true);
    }
    found.then_some(total)
}

/// Words for formats, in lower case.
const FORMATS: &[(TalkFormat, &[&str])] = &[
    (
        TalkFormat::Talk,
        &[
            "lecture",
            "talk",
            "vortrag",
            "keynote",
            "impuls",
            "impulsvortrag",
            "kurzvortrag",
            "fachvortrag",
            "presentation",
            "präsentation",
            "lightning talk",
            "short talk",
            "long talk",
            "session",
        ],
    ),
    (
        TalkFormat::Practice,
        &["praxisbeispiel", "praxisbericht", "praxis", "erfahrungsbericht", "case study", "fallbeispiel", "use case"],
    ),
    (TalkFormat::Workshop, &["workshop", "hands on", "tutorial", "training", "schulung"]),
    (TalkFormat::Interview, &["interview", "fireside chat"]),
    (
        TalkFormat::Discussion,
        &[
            "diskussion",
            "discussion",
            "panel",
            "panel discussion",
            "podium",
            "podiumsdiskussion",
            "podiumsgespräch",
            "debatte",
            "debate",
            "round table",
            "roundtable",
            "fishbowl",
        ],
    ),
];

/// The format that a word means, and whether it says nothing more: `Talk (30 min)` also says a length.
pub(super) fn format(word: &str) -> Option<(TalkFormat, bool)> {
    let plain = super::mapping::plain(word);
    let short = super::mapping::plain(word.split(|letter: char| letter == '(' || letter.is_ascii_digit()).next()?);
    let known = |word: &str| FORMATS.iter().find(|(_, words)| words.contains(&word)).map(|(format, _)| *format);
    known(&plain).map(|format| (format, true)).or_else(|| known(&short).map(|format| (format, false)))
}

/// Gives a talk its format; a word that means none, or more, has no place.
pub(super) fn set_format(talk: &mut ImportedTalk, said: &Said, mapping: &Mapping, report: &mut Report<'_>) {
    let found = mapping.format(&said.text).map(|format| (format, true)).or_else(|| format(&said.text));
    talk.format = found.map(|(format, _)| format);
    if !found.is_some_and(|(_, is_all)| is_all) {
        report.unmapped_said(said);
    }
}

/// Gives a talk its language.
pub(super) fn set_language(talk: &mut ImportedTalk, said: &Said, mapping: &Mapping, report: &mut Report<'_>) {
    talk.language = mapping.language(&said.text).or_else(|| language::tag(&said.text));
    if talk.language.is_none() {
        report.error(said, ImportErrorKind::BadLanguage);
    }
}

/// Gives a talk its length; of length 0 it has none.
pub(super) fn set_minutes(talk: &mut ImportedTalk, said: &Said, minutes: Option<u32>, report: &mut Report<'_>) {
    match minutes {
        Some(minutes) => talk.minutes = Some(minutes).filter(|&minutes| minutes > 0),
        None => report.error(said, ImportErrorKind::BadLength),
    }
}

/// Whether a text says yes; reports what is neither yes nor no.
pub(super) fn flag(said: &Said, report: &mut Report<'_>) -> bool {
    match said.text.to_lowercase().as_str() {
        "true" | "yes" | "ja" | "1" | "x" | "wahr" => true,
        "false" | "no" | "nein" | "0" | "falsch" => false,
        _ => {
            report.error(said, ImportErrorKind::BadFlag);
            false
        }
    }
}

/// Texts one after another; what stands in another one is not said twice.
pub(super) fn joined(texts: &[String]) -> String {
    let said = |at: usize, text: &String| {
        let others = texts.iter().enumerate().filter(|(other, _)| *other != at);
        let mut others = others.filter(|(other, longer)| longer.len() > text.len() || *other < at);
        others.any(|(_, longer)| longer.contains(text.as_str()))
    };
    let kept = texts.iter().enumerate().filter(|(at, text)| !text.is_empty() && !said(*at, text));
    kept.map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_they_are_written() {
        let read =
            |text| moment(text, None).map(|it| (it.date.to_string(), it.time.map(|time| time.to_string()), it.is_utc));
        assert_eq!(read("2024-05-06"), Some(("2024-05-06".into(), None, false)));
        assert_eq!(read("2024-05-06T10:30:00+02:00"), Some(("2024-05-06".into(), Some("10:30:00".into()), false)));
        assert_eq!(read("2024-05-06T08:30Z"), Some(("2024-05-06".into(), Some("08:30:00".into()), true)));
        assert_eq!(read("6.5.2024"), Some(("2024-05-06".into(), None, false)));
        assert_eq!(read("06.05.2024, 10.30 Uhr"), Some(("2024-05-06".into(), Some("10:30:00".into()), false)));
        for text in ["", "05/06/2024", "31.02.2024", "2024-13-01", "06.05.2024 abends", "morgen"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(moment("05/06/2024", Some("%m/%d/%Y")).unwrap().date, jiff::civil::date(2024, 5, 6));
    }

    #[test]
    fn times_are_read_as_they_are_written() {
        for text in ["9:05", "09:05", "09:05:00", "9.05 Uhr", "9:05Uhr"] {
            assert_eq!(time(text, None), Some(jiff::civil::time(9, 5, 0, 0)), "{text}");
        }
        for text in ["", "25:00", "halb neun", "9:60"] {
            assert_eq!(time(text, None), None, "{text}");
        }
        assert_eq!(time("9h05", Some("%Hh%M")), Some(jiff::civil::time(9, 5, 0, 0)));
    }

    #[test]
    fn lengths_are_read_as_they_are_written() {
        let known = [
            ("45", 45),
            ("00:45", 45),
            ("1:30", 90),
            ("01:30:29", 90),
            ("45 min", 45),
            ("45 Minuten", 45),
            ("1,5 Stunden", 90),
            ("1 h 30", 90),
            ("1h30m", 90),
            ("PT1H5M", 65),
            ("20 Min.", 20),
            ("90s", 2),
            ("0", 0),
            ("45'", 45),
            ("10 s", 1),
        ];
        for (text, expected) in known {
            assert_eq!(minutes(text), Some(expected), "{text}");
        }
        for text in
            ["", "lang", "1:75", "-5", "45 Äpfel", "4..5", "99999999999", "10:00 h", "1:2:3:4", "1e3", "NaN", "+1:30"]
        {
            assert_eq!(minutes(text), None, "{text}");
        }
        assert_eq!(minutes_of_seconds("1322"), Some(22));
        assert_eq!(minutes_of_seconds("NaN"), None);
    }

    #[test]
    fn words_tell_formats() {
        assert_eq!(format("Lecture"), Some((TalkFormat::Talk, true)));
        assert_eq!(format("hands-on"), Some((TalkFormat::Workshop, true)));
        assert_eq!(format("Talk (30 Minuten)"), Some((TalkFormat::Talk, false)));
        assert_eq!(format("Podiumsdiskussion"), Some((TalkFormat::Discussion, true)));
        assert_eq!(format("Film"), None);
        assert_eq!(format("(Talk)"), Some((TalkFormat::Talk, true)));
    }

    #[test]
    fn texts_are_not_said_twice() {
        let join = |texts: &[&str]| joined(&texts.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(join(&["Kurz.", "Lang.", "Kurz."]), "Kurz.\n\nLang.");
        assert_eq!(join(&["Kurz.", "Kurz. Und mehr."]), "Kurz. Und mehr.");
        assert_eq!(join(&["", ""]), "");
    }
}
