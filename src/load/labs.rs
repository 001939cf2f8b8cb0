//! Loads `talks/`: the labs and their talks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::{LabFormat, LabSource, Loader, MediaKind, MediaSource, SpeakerSource, TalkFormat, TalkSource};
use super::{folders_in, markdown_in};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Span, Spanned};
use crate::toml_fields::Fields;

const FOLDER: &str = "talks";

impl Loader<'_> {
    pub(super) fn labs(&mut self, paths: &BTreeSet<String>) -> Vec<LabSource> {
        let names = folders_in(paths, FOLDER);
        let mut labs: Vec<LabSource> = names.iter().filter_map(|name| self.lab(paths, name)).collect();
        labs.sort_by_key(|lab| lab.number);
        for pair in labs.windows(2) {
            if pair[0].number == pair[1].number {
                let found = Diagnostic::at(Code::DuplicateLab, pair[1].head).label(pair[0].head, "first");
                self.report(found.arg("number", pair[1].number));
            }
        }
        self.check_ids(&labs);
        labs
    }

    fn lab(&mut self, paths: &BTreeSet<String>, name: &str) -> Option<LabSource> {
        let folder = format!("{FOLDER}/{name}");
        let path = format!("{folder}/lab.toml");
        if !paths.contains(&path) {
            self.report(Diagnostic::about(Code::MissingFile, format!("content/{path}")));
            return None;
        }
        let lab = self.toml("lab.toml", &path, |_, fields| read_lab(fields));
        let talks = markdown_in(paths, &folder);
        let talks = talks.into_iter().filter_map(|path| self.markdown("talk front matter", path, read_talk));
        let talks = talks.collect::<Vec<_>>().into_iter().map(|talk| self.as_agreed(talk)).collect();
        let lab = LabSource { folder, talks, ..lab? };
        self.check_days(&lab);
        Some(lab)
    }

    /// The talk as it may be shown: of one whose consent was withdrawn nothing is left that somebody said or that tells who.
    fn as_agreed(&self, talk: Arc<TalkSource>) -> Arc<TalkSource> {
        if talk.withdrawn.is_none() {
            return talk;
        }
        let end = self.files.get(talk.page.body.file).text().len();
        let mut left = TalkSource::clone(&talk);
        left.page.body.start = end;
        (left.subtitle, left.rights, left.speakers) = (None, None, Vec::new());
        Arc::new(left)
    }

    /// Reports talks on days on which their lab was not.
    fn check_days(&self, lab: &LabSource) {
        let days = lab.date..=lab.last_day();
        let dates = lab.talks.iter().filter_map(|talk| talk.date.as_ref());
        for date in dates.filter(|date| !days.contains(&date.value)) {
            let found = Diagnostic::at(Code::DateOutsideLab, date.span).label(lab.date_at, "lab");
            let days = [lab.date.to_string()].into_iter().chain(lab.end.map(|end| end.to_string()));
            self.report(found.arg("date", date.value).arg("days", days.collect::<Vec<_>>().join(" – ")));
        }
    }

    /// Reports ids that two talks have.
    fn check_ids(&self, labs: &[LabSource]) {
        let mut known: BTreeMap<&str, Span> = BTreeMap::new();
        for id in labs.iter().flat_map(|lab| &lab.talks).filter_map(|talk| talk.id.as_ref()) {
            if let Some(&first) = known.get(id.value.as_str()) {
                self.report(Diagnostic::at(Code::DuplicateTalk, id.span).label(first, "first").arg("id", &id.value));
            } else {
                known.insert(&id.value, id.span);
            }
        }
    }
}

fn read_lab(fields: &mut Fields<'_, '_>) -> Option<LabSource> {
    let number = fields.required::<Spanned<u32>>("number");
    let (title, date) = (fields.required_text("title"), fields.required::<Spanned<Date>>("date"));
    let end = fields.optional::<Spanned<Date>>("end");
    let formats = [("online", LabFormat::Online), ("vor-ort", LabFormat::OnSite), ("hybrid", LabFormat::Hybrid)];
    let (start, format) = (fields.optional("start"), fields.choice("format", &formats));
    let (place, summary) = (fields.optional("place"), fields.optional("summary"));
    let (number, date) = (number?, date?);
    if let Some(end) = end.as_ref().filter(|end| end.value < date.value) {
        fields.bad_value(end.span, format!("a day not before {}", date.value), None);
    }
    Some(LabSource {
        folder: String::new(),
        head: number.span,
        number: number.value,
        title: title?,
        date: date.value,
        end: end.map(|end| end.value).filter(|&end| end > date.value),
        date_at: date.span,
        start,
        format,
        place,
        summary,
        talks: Vec::new(),
    })
}

/// What kinds of talks are called in front matter.
pub const TALK_FORMATS: [(&str, TalkFormat); 5] = [
    ("impulsvortrag", TalkFormat::Talk),
    ("praxisbeispiel", TalkFormat::Practice),
    ("workshop", TalkFormat::Workshop),
    ("interview", TalkFormat::Interview),
    ("diskussion", TalkFormat::Discussion),
];

fn read_talk(page: super::Page, fields: &mut Fields<'_, '_>) -> Option<TalkSource> {
    let title = fields.required_text("title").unwrap_or_default();
    let no_recording = fields.spanned_choice("recording", &[("none", ())]);
    let consent = fields.spanned_choice("consent", &[("given", false), ("withdrawn", true)]);
    let talk = TalkSource {
        page,
        id: fields.optional("id"),
        title,
        subtitle: fields.optional("subtitle"),
        date: fields.optional("date"),
        start: fields.optional("start"),
        length: fields.optional("length"),
        format: fields.choice("format", &TALK_FORMATS),
        language: fields.optional_language("language"),
        speakers: fields.texts_or_tables("speakers", "speaker", named_speaker, |fields| Some(speaker(fields))),
        values: fields.list("values"),
        chapters: fields.list("chapters"),
        numbers: fields.list("numbers"),
        topics: fields.names("topics"),
        talks: fields.list("talks"),
        media: fields.tables("media", "[[media]]", medium),
        no_recording: no_recording.is_some(),
        rights: fields.optional("rights"),
        withdrawn: consent.filter(|consent| consent.value).map(|consent| consent.span),
        aliases: fields.list("aliases"),
    };
    let recorded = talk.media.iter().any(|medium| matches!(medium.kind, MediaKind::Audio | MediaKind::Video));
    if let Some(said) = no_recording.filter(|_| recorded) {
        fields.bad_value(said.span, "no `recording` where `[[media]]` has a recording", None);
    }
    Some(talk)
}

fn trimmed(Spanned { value, span }: Spanned<String>) -> Spanned<String> {
    Spanned { value: value.trim().to_owned(), span }
}

fn named_speaker(name: Spanned<String>) -> SpeakerSource {
    SpeakerSource { name: Some(trimmed(name)), person: None, role: None, authority: None }
}

fn speaker(fields: &mut Fields<'_, '_>) -> SpeakerSource {
    let name: Option<Spanned<String>> = fields.optional("name");
    let said = |name: Spanned<String>| fields.said(name.clone()).map(|_| trimmed(name));
    let speaker = SpeakerSource {
        name: name.and_then(said),
        person: fields.optional("person"),
        role: fields.optional("role"),
        authority: fields.optional("authority"),
    };
    if speaker.name.is_none() && speaker.person.is_none() && speaker.role.is_none() && speaker.authority.is_none() {
        fields.bad_value(fields.span(), "a name, a person, a role or an authority", None);
    }
    speaker
}

fn medium(fields: &mut Fields<'_, '_>) -> Option<MediaSource> {
    let kinds = MediaKind::ALL.map(|kind| (kind.name(), kind));
    let kind = fields.required_choice("kind", &kinds);
    let medium = MediaSource {
        kind: MediaKind::Link,
        file: fields.optional("file"),
        url: fields.optional("url").and_then(|url| fields.web_address(url)),
        title: fields.optional("title"),
        language: fields.optional_language("language"),
        length: fields.optional("length"),
    };
    if medium.file.is_some() == medium.url.is_some() {
        fields.bad_value(fields.span(), "either file or url", None);
        return None;
    }
    Some(MediaSource { kind: kind?, ..medium })
}
