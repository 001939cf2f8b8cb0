//! The mapping: which fields a source has, and what its words mean.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, Time};

use super::node::{Node, Record, Value};
use super::report::{Report, Said};
use super::{ImportError, ImportErrorKind, ImportedTalk, from_toml, language};
use crate::load::{TALK_FORMATS, TalkFormat};

/// How a source is to be read; see the documentation of the module for its TOML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    fields: BTreeMap<Field, Rule>,
    formats: Vec<(String, TalkFormat)>,
    languages: Vec<(String, String)>,
    dropped: Vec<String>,
    pub(super) dates: Option<String>,
    pub(super) times: Option<String>,
    /// Whether files that are not UTF-8 are in this encoding.
    pub(super) is_windows_1252: bool,
}

/// Where a field comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    from: Vec<String>,
    separator: Option<String>,
}

/// A field of a talk, as a mapping names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    Id,
    Title,
    Subtitle,
    Date,
    Start,
    Duration,
    Format,
    Language,
    Speakers,
    Role,
    Organisation,
    Summary,
    Topics,
    Event,
    Place,
    Video,
    Audio,
    Slides,
    Link,
    Rights,
    NoRecording,
}

/// The fields with their usual names in sources, as [`plain`] writes them.
const FIELDS: &[(&str, Field, &[&str])] = &[
    ("id", Field::Id, &["id", "guid", "code", "kennung"]),
    ("title", Field::Title, &["title", "titel", "proposal title"]),
    ("subtitle", Field::Subtitle, &["subtitle", "untertitel"]),
    ("date", Field::Date, &["date", "datum", "recorded", "day"]),
    ("start", Field::Start, &["start", "beginn", "startzeit", "start time", "uhrzeit", "time"]),
    ("duration", Field::Duration, &["duration", "dauer", "length", "länge", "minutes", "minuten"]),
    ("format", Field::Format, &["format", "type", "typ", "art", "session type"]),
    ("language", Field::Language, &["language", "sprache", "lang"]),
    (
        "speakers",
        Field::Speakers,
        &[
            "speakers",
            "speaker",
            "speaker names",
            "referenten",
            "referentinnen",
            "referent",
            "referentin",
            "referent in",
            "referent innen",
            "referenten innen",
            "vortragende",
            "vortragender",
            "vortragende r",
            "persons",
            "personen",
        ],
    ),
    ("role", Field::Role, &["role", "rolle", "funktion"]),
    (
        "organisation",
        Field::Organisation,
        &["organisation", "organization", "behörde", "einrichtung", "institution", "authority", "affiliation"],
    ),
    (
        "summary",
        Field::Summary,
        &["abstract", "summary", "zusammenfassung", "kurzbeschreibung", "description", "beschreibung"],
    ),
    (
        "topics",
        Field::Topics,
        &["topics", "tags", "themen", "schlagworte", "schlagwörter", "keywords", "stichworte", "track"],
    ),
    ("event", Field::Event, &["event", "veranstaltung", "conference", "konferenz"]),
    ("place", Field::Place, &["room", "raum", "place", "ort", "venue"]),
    ("video", Field::Video, &["video", "video url", "recording url"]),
    ("audio", Field::Audio, &["audio", "audio url", "podcast"]),
    ("slides", Field::Slides, &["slides", "folien", "slides url"]),
    ("link", Field::Link, &["url", "link", "links"]),
    ("rights", Field::Rights, &["rights", "rechte", "license", "licence", "lizenz", "recording license", "copyright"]),
    ("no_recording", Field::NoRecording, &["no recording", "do not record", "keine aufzeichnung", "keine aufnahme"]),
];

/// A name in lower case, with single blanks for all that is no letter or digit.
pub(super) fn plain(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

impl Mapping {
    /// Reads a mapping; `file` is how places name it. All mistakes are given at once.
    pub fn read(file: &str, text: &str) -> Result<Self, Vec<ImportError>> {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let mut report = Report::new(file, text);
        let mut mapping = Self::default();
        if let Some(root) = from_toml::parse(&mut report).and_then(|node| Record::of("", node, &mut report)) {
            mapping.fill(root, &mut report);
        }
        let errors = report.errors();
        if errors.is_empty() { Ok(mapping) } else { Err(errors) }
    }

    fn fill(&mut self, mut root: Record, report: &mut Report<'_>) {
        self.dates = root.said("dates", report).and_then(|said| checked(said, report, "a date format", writes_dates));
        self.times = root.said("times", report).and_then(|said| checked(said, report, "a time format", writes_times));
        let encoding = root.said("encoding", report);
        let is_windows = |text: &str| matches!(text.to_lowercase().as_str(), "windows-1252" | "utf-8");
        let encoding = encoding.and_then(|said| checked(said, report, "windows-1252 or utf-8", is_windows));
        self.is_windows_1252 = encoding.is_some_and(|name| name.to_lowercase() != "utf-8");
        if let Some(fields) = root.table("fields", report) {
            self.fill_fields(fields, report);
        }
        for (word, said) in words(root.table("formats", report), report) {
            let known = TALK_FORMATS.iter().find(|(name, _)| *name == said.text);
            match known {
                Some((_, format)) => self.formats.push((plain(&word), *format)),
                None => {
                    let expected = "impulsvortrag, praxisbeispiel, workshop, interview or diskussion";
                    report.error(&said, ImportErrorKind::BadValue { expected });
                }
            }
        }
        for (word, said) in words(root.table("languages", report), report) {
            match language::tag(&said.text) {
                Some(tag) => self.languages.push((word.trim().to_lowercase(), tag)),
                None => report.error(&said, ImportErrorKind::BadLanguage),
            }
        }
        if let Some(mut topics) = root.table("topics", report) {
            let drop = topics.list("drop", report);
            let drop = drop.into_iter().filter_map(|node| report.said("drop", node));
            self.dropped = drop.map(|said| said.text.to_lowercase()).collect();
            unknown(topics, &["drop"], report);
        }
        unknown(root, &["dates", "times", "encoding", "fields", "formats", "languages", "topics"], report);
    }

    fn fill_fields(&mut self, mut fields: Record, report: &mut Report<'_>) {
        for (name, field, _) in FIELDS {
            if let Some(rule) = fields.take(name).and_then(|node| rule(name, node, report)) {
                self.fields.insert(*field, rule);
            }
        }
        unknown(fields, &FIELDS.iter().map(|(name, ..)| *name).collect::<Vec<_>>(), report);
    }

    /// The columns that the mapping names.
    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        self.fields.values().flat_map(|rule| &rule.from).map(String::as_str)
    }

    /// Whether a key gives the title.
    pub(super) fn is_title(&self, key: &str) -> bool {
        match self.fields.get(&Field::Title) {
            Some(rule) => rule.from.iter().any(|name| name == key),
            None => names(Field::Title).contains(&plain(key).as_str()) && !self.columns().any(|column| column == key),
        }
    }

    /// Whether the mapping itself says where a field comes from.
    pub(super) fn names(&self, field: Field) -> bool {
        self.fields.contains_key(&field)
    }

    /// What separates the values of a field in one text.
    pub(super) fn separator(&self, field: Field) -> Option<&str> {
        self.fields.get(&field)?.separator.as_deref()
    }

    /// Takes the values of a field, in the order of its names.
    pub(super) fn take(&self, field: Field, record: &mut Record) -> Vec<(String, Node)> {
        match self.fields.get(&field) {
            Some(rule) => rule.from.iter().flat_map(|name| record.take_all(|key| key == name)).collect(),
            None => {
                let is_free = |key: &str| !self.columns().any(|column| column == key);
                let names = names(field).iter();
                names.flat_map(|name| record.take_all(|key| plain(key) == *name && is_free(key))).collect()
            }
        }
    }

    /// The format that a word means by the mapping.
    pub(super) fn format(&self, word: &str) -> Option<TalkFormat> {
        let word = plain(word);
        self.formats.iter().find(|(known, _)| *known == word).map(|(_, format)| *format)
    }

    /// The language that a word means by the mapping.
    pub(super) fn language(&self, word: &str) -> Option<String> {
        let word = word.trim().to_lowercase();
        self.languages.iter().find(|(known, _)| *known == word).map(|(_, tag)| tag.clone())
    }

    /// Finishes a talk: takes those topics from it that are none, namely doubles, dropped ones, and its format if nothing else told it.
    pub(super) fn settle(&self, talk: &mut ImportedTalk) {
        talk.tidy();
        let mut kept: Vec<String> = Vec::new();
        for topic in std::mem::take(&mut talk.topics) {
            let is_format = talk.format.is_none();
            if let Some(format) = self.format(&topic).filter(|_| is_format) {
                talk.format = Some(format);
            } else if !kept.contains(&topic) && !self.dropped.contains(&topic.to_lowercase()) {
                kept.push(topic);
            }
        }
        talk.topics = kept;
    }
}

fn names(field: Field) -> &'static [&'static str] {
    FIELDS.iter().find(|(_, known, _)| *known == field).map_or(&[], |(_, _, names)| names)
}

fn checked(
    said: Said,
    report: &mut Report<'_>,
    expected: &'static str,
    is_good: impl Fn(&str) -> bool,
) -> Option<String> {
    if is_good(&said.text) {
        return Some(said.text);
    }
    report.error(&said, ImportErrorKind::BadValue { expected });
    None
}

/// Whether what a format writes can be read by it again.
fn writes_dates(format: &str) -> bool {
    let day = jiff::civil::date(2031, 12, 30);
    let text = jiff::fmt::strtime::format(format, DateTime::from_parts(day, Time::midnight()));
    text.is_ok_and(|text| Date::strptime(format, text).is_ok_and(|read| read == day))
}

fn writes_times(format: &str) -> bool {
    let time = jiff::civil::time(14, 25, 0, 0);
    let text = jiff::fmt::strtime::format(format, DateTime::from_parts(Date::MIN, time));
    text.is_ok_and(|text| Time::strptime(format, text).is_ok_and(|read| read == time))
}

/// `"Titel"`, `["Kurztext", "Langtext"]` or `{ from = …, separator = ";" }`.
fn rule(name: &str, node: Node, report: &mut Report<'_>) -> Option<Rule> {
    let (from, separator) = match node.value {
        Value::Table(_) => {
            let mut table = Record::of(name, node, report)?;
            let from = table.take("from");
            if from.is_none() {
                report.error_at(table.spot.at, Some(name), "", ImportErrorKind::Missing("from"));
            }
            // A separator may be a blank or a tab, which texts are trimmed of elsewhere.
            let separator = match table.take_all(|key| key == "separator").into_iter().next() {
                Some((_, Node { value: Value::Text(text), .. })) => Some(text),
                Some((key, node)) => {
                    report.wrong_type(&key, &node, "a text");
                    None
                }
                None => None,
            };
            unknown(table, &["from", "separator"], report);
            (from?, separator)
        }
        _ => (node, None),
    };
    let items = match from.value {
        Value::List(items) => items,
        _ => vec![from],
    };
    let mut names = Vec::new();
    for item in items {
        match item.value {
            Value::Text(text) => names.push(text),
            _ => report.wrong_type(name, &item, "a name or a list of names"),
        }
    }
    Some(Rule { from: names, separator })
}

fn words(table: Option<Record>, report: &mut Report<'_>) -> Vec<(String, Said)> {
    let entries = table.map(Record::rest).unwrap_or_default();
    entries.into_iter().filter_map(|(word, node)| report.said(&word, node).map(|said| (word, said))).collect()
}

fn unknown(table: Record, known: &[&'static str], report: &mut Report<'_>) {
    for (key, node) in
        table.rest().into_iter().filter(|(key, node)| !(known.contains(&key.as_str()) && node.is_empty()))
    {
        let kind = ImportErrorKind::UnknownKey { known: known.to_vec() };
        report.error_at(node.spot.at, Some(&key), &key, kind);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_is_read() {
        let text = "dates = '%d/%m/%Y'\ntimes = '%H.%M'\n[fields]\ntitle = 'Name'\nsummary = ['Kurz', 'Lang']\n\
            speakers = { from = 'Wer', separator = \" / \" }\n[formats]\n'Großer Vortrag' = 'impulsvortrag'\n[languages]\nDt = 'deu'\n[topics]\ndrop = ['Neu']\n";
        let mapping = Mapping::read("m.toml", text).unwrap();
        assert!(mapping.is_title("Name") && !mapping.is_title("title"));
        assert_eq!(mapping.separator(Field::Speakers), Some(" / "));
        assert_eq!(mapping.format("großer  vortrag"), Some(TalkFormat::Talk));
        assert_eq!(mapping.language("dt"), Some("de".into()));
        assert_eq!(mapping.columns().count(), 4);
    }

    #[test]
    fn all_mistakes_of_a_mapping_are_told() {
        let text = "dates = '%d.%m'\ntimes = 'heute'\nencoding = 'ebcdic'\nfoo = 1\n[fields]\ntitel = 'a'\ndate = 3\nid = { separator = ',' }\n\
            [formats]\na = 'rede'\n[languages]\nb = 'xx'\n[topics]\ndrop = 'x'\nkeep = []\n";
        let errors = Mapping::read("m.toml", text).unwrap_err();
        let lines: Vec<usize> = errors.iter().map(|error| error.line.unwrap()).collect();
        assert_eq!(lines, [1, 2, 3, 4, 6, 7, 8, 10, 12, 14, 15]);
        assert!(matches!(errors[3].kind, ImportErrorKind::UnknownKey { .. }));
        assert!(Mapping::read("m.toml", "x").is_err());
    }

    #[test]
    fn names_are_unique() {
        let mut all: Vec<&str> = FIELDS.iter().flat_map(|(_, _, names)| names.iter().copied()).collect();
        assert!(all.iter().all(|name| plain(name) == *name));
        all.sort_unstable();
        let count = all.len();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
