//! Reads talks from what other programs export: schedules, lists of recordings, TOML and CSV.
//!
//! [`read`] recognises a file by its content and gives every talk of it as an [`ImportedTalk`]. What has no place in a
//! talk is given as [`Unmapped`], so that nothing gets lost unseen; what cannot be read is an [`ImportError`], and all
//! of a file are given at once.
//!
//! | content | what is known of it |
//! |---|---|
//! | `{"schedule": …}` | schedule JSON of frab and pretalx; also the later form with one list of `events` |
//! | `<schedule>` | schedule XML of pentabarf, frab and pretalx |
//! | an object with a title and `videos`, `speakers` or `recorded` | a pyvideo record; also a list of them |
//! | `key = …`, `[talk]`, `[[talk]]` | TOML: one talk a file, or tables `talk` or `talks` |
//! | anything else with a line of names | CSV, separated by `;`, `,` or tabs |
//!
//! [`plan()`] makes new files of them, and [`try_out`] says what would be wrong with the site that has these.
//!
//! # The mapping
//!
//! A TOML file that says how a source is to be read. Each part may be missing; unknown keys are errors.
//!
//! ```toml
//! dates = "%d.%m.%Y"           # how dates and times are written (TOML and CSV)
//! times = "%H.%M"
//! encoding = "windows-1252"    # of files that are not UTF-8
//!
//! [fields]                     # names of fields in TOML and CSV; they replace the usual ones of that field
//! title = "Titel"
//! summary = ["Kurztext", "Langtext"]
//! speakers = { from = "Referenten", separator = ";" }
//! organisation = "Behörde"
//!
//! [formats]                    # words for formats, also among the topics where a talk has no other format
//! "Vortrag" = "impulsvortrag"
//!
//! [languages]                  # words for languages
//! "Deutsch" = "de"
//!
//! [topics]
//! drop = ["Beginner"]          # topics that nobody needs
//! ```
//!
//! Fields are `id`, `title`, `subtitle`, `date`, `start`, `duration`, `format`, `language`, `speakers`, `role`,
//! `organisation`, `summary`, `topics`, `event`, `place`, `video`, `audio`, `slides`, `link`, `rights` and
//! `no_recording`. Without a mapping their usual English and German names are known, in any case and with `_`, `-` or
//! blanks.

mod findings;
mod from_csv;
mod from_json;
mod from_toml;
mod from_xml;
mod harmless;
mod language;
mod mapping;
mod markup;
mod media;
mod node;
mod plan;
mod pyvideo;
mod recognise;
mod report;
mod schedule;
mod table;
mod talk_file;
mod values;

use jiff::civil::{Date, Time};

use crate::load::{MediaKind, TalkFormat};

pub use findings::{finding, shown};
pub use mapping::Mapping;
pub use plan::{Destination, Input, Plan, Skipped, Why, plan, try_out};

/// A talk as another program told it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedTalk {
    /// What the other program calls it; stays the same in its later exports.
    pub id: Option<String>,
    /// Title.
    pub title: String,
    /// Subtitle.
    pub subtitle: Option<String>,
    /// Day, where the talk was held.
    pub date: Option<Date>,
    /// Beginning, by the clock of that place.
    pub start: Option<Time>,
    /// Length.
    pub minutes: Option<u32>,
    /// What kind of talk.
    pub format: Option<TalkFormat>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// Who spoke.
    pub speakers: Vec<ImportedSpeaker>,
    /// What it was about, as Markdown.
    pub summary: String,
    /// Free words.
    pub topics: Vec<String>,
    /// The conference it was part of.
    pub event: Option<String>,
    /// Room or place.
    pub place: Option<String>,
    /// Recordings, slides, addresses.
    pub media: Vec<ImportedMedium>,
    /// Whether it was not to be recorded.
    pub no_recording: bool,
    /// Rights.
    pub rights: Option<String>,
    /// Where the talk stands in the source.
    pub place_in_source: Place,
}

impl ImportedTalk {
    /// A talk of which nothing is known but its place.
    fn at(place: Place) -> Self {
        Self {
            id: None,
            title: String::new(),
            subtitle: None,
            date: None,
            start: None,
            minutes: None,
            format: None,
            language: None,
            speakers: Vec::new(),
            summary: String::new(),
            topics: Vec::new(),
            event: None,
            place: None,
            media: Vec::new(),
            no_recording: false,
            rights: None,
            place_in_source: place,
        }
    }

    /// Makes titles and names fit into a line.
    fn tidy(&mut self) {
        let speakers = self.speakers.iter_mut();
        let names = speakers.flat_map(|it| [Some(&mut it.name), it.role.as_mut(), it.organisation.as_mut()]);
        let texts = [Some(&mut self.title), self.subtitle.as_mut(), self.event.as_mut(), self.place.as_mut()];
        let titles = self.media.iter_mut().map(|medium| medium.title.as_mut());
        let topics = self.topics.iter_mut().map(Some);
        for text in names.chain(texts).chain(titles).chain(topics).flatten() {
            *text = markup::plain(text);
        }
    }
}

/// Who spoke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedSpeaker {
    /// Name.
    pub name: String,
    /// Role.
    pub role: Option<String>,
    /// Authority, company or other body.
    pub organisation: Option<String>,
}

/// A recording, slides or another address that belongs to a talk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedMedium {
    /// What it is.
    pub kind: MediaKind,
    /// Address, with `http://` or `https://`.
    pub url: String,
    /// What it is called.
    pub title: Option<String>,
}

/// Where something stands in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file, as it was named to [`read`].
    pub file: String,
    /// Line, from 1. Of a row in CSV it is the first.
    pub line: Option<usize>,
    /// Column in characters, from 1; not known in CSV.
    pub column: Option<usize>,
    /// JSON pointer, in JSON only.
    pub pointer: Option<String>,
}

/// Something of the source that has no place in a talk file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmapped {
    /// Where.
    pub place: Place,
    /// Its key, element or column.
    pub key: String,
    /// Its value, shortened to a line.
    pub value: String,
}

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportError {
    /// The file.
    pub file: String,
    /// Line, from 1.
    pub line: Option<usize>,
    /// Column in characters, from 1.
    pub column: Option<usize>,
    /// The key, element or column whose value it is.
    pub key: Option<String>,
    /// The offending text, shortened to a line.
    pub text: String,
    /// What is wrong.
    pub kind: ImportErrorKind,
}

/// What is wrong with something that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportErrorKind {
    /// The file has no content.
    Empty,
    /// The file is not UTF-8, and no mapping says what it is.
    NotUtf8,
    /// The content is of no format that is known.
    UnknownFormat,
    /// The content breaks the rules of its format; with what its parser says, in English.
    Syntax(String),
    /// Elements are nested deeper than in any schedule.
    TooDeep,
    /// A quote in CSV is never closed.
    OpenQuote,
    /// A row of CSV has more or fewer fields than the line of names.
    FieldCount {
        /// Number of names.
        expected: usize,
        /// Number of fields.
        found: usize,
    },
    /// A key or column that must be there is missing.
    Missing(&'static str),
    /// A column that the mapping names is missing.
    MissingColumn,
    /// A value of the wrong type.
    WrongType {
        /// What it must be, in English.
        expected: &'static str,
    },
    /// No date.
    BadDate,
    /// No time of day.
    BadTime,
    /// No length.
    BadLength,
    /// No language.
    BadLanguage,
    /// Neither yes nor no.
    BadFlag,
    /// A key that a mapping does not have; with those it has.
    UnknownKey {
        /// The keys that are known.
        known: Vec<&'static str>,
    },
    /// A value that a mapping cannot have.
    BadValue {
        /// What it must be, in English.
        expected: &'static str,
    },
}

/// What was read of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Its talks, in the order of the source.
    pub talks: Vec<ImportedTalk>,
    /// What has no place in them, in the order of the source.
    pub unmapped: Vec<Unmapped>,
}

/// Reads the talks in `bytes`; `file` is how places name it.
pub fn read(file: &str, bytes: &[u8], mapping: &Mapping) -> Result<Imported, Vec<ImportError>> {
    let text = recognise::decode(file, bytes, mapping)?;
    let mut report = report::Report::new(file, &text);
    let talks = match recognise::format(&text) {
        Some(recognise::Format::Json) => from_json::parse(&mut report).map(|node| json(node, mapping, &mut report)),
        Some(recognise::Format::Xml) => {
            from_xml::parse(&mut report).map(|it| schedule::talks(it, mapping, &mut report))
        }
        Some(recognise::Format::Toml) => from_toml::parse(&mut report).map(|it| table::talks(it, mapping, &mut report)),
        Some(recognise::Format::Csv) => {
            from_csv::rows(mapping, &mut report).map(|it| table::rows(it, mapping, &mut report))
        }
        None => {
            report.error_at(0, None, "", ImportErrorKind::Empty);
            None
        }
    };
    report.finish(talks.unwrap_or_default())
}

/// Which JSON it is shows its first keys.
fn json(node: node::Node, mapping: &Mapping, report: &mut report::Report<'_>) -> Vec<ImportedTalk> {
    if let Some(schedule) = node.get("schedule") {
        let known = matches!(schedule.value, node::Value::Table(_));
        if known {
            return schedule::talks(node, mapping, report);
        }
    }
    pyvideo::talks(node, mapping, report)
}

#[cfg(test)]
mod tests;
