//! Loads `talks/`: the labs and their talks.

use std::collections::BTreeSet;

use super::{LabFormat, LabSource, Loader, MediaKind, MediaSource, SpeakerSource, TalkFormat, TalkSource};
use super::{folders_in, markdown_in};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Spanned;
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
        let talks = talks.into_iter().filter_map(|path| self.markdown("talk front matter", path, read_talk)).collect();
        Some(LabSource { folder, talks, ..lab? })
    }
}

fn read_lab(fields: &mut Fields<'_, '_>) -> Option<LabSource> {
    let number = fields.required::<Spanned<u32>>("number");
    let (title, date) = (fields.required_text("title"), fields.required("date"));
    let formats = [("online", LabFormat::Online), ("vor-ort", LabFormat::OnSite), ("hybrid", LabFormat::Hybrid)];
    let (format, place, summary) =
        (fields.choice("format", &formats), fields.optional("place"), fields.optional("summary"));
    Some(LabSource {
        folder: String::new(),
        head: number.as_ref().map_or(fields.span(), |number| number.span),
        number: number?.value,
        title: title?,
        date: date?,
        format,
        place,
        summary,
        talks: Vec::new(),
    })
}

fn read_talk(page: super::Page, fields: &mut Fields<'_, '_>) -> Option<TalkSource> {
    let title = fields.required_text("title").unwrap_or_default();
    let formats = [
        ("impulsvortrag", TalkFormat::Talk),
        ("praxisbeispiel", TalkFormat::Practice),
        ("workshop", TalkFormat::Workshop),
        ("interview", TalkFormat::Interview),
        ("diskussion", TalkFormat::Discussion),
    ];
    let talk = TalkSource {
        page,
        title,
        subtitle: fields.optional("subtitle"),
        format: fields.choice("format", &formats),
        language: fields.optional_language("language"),
        speakers: fields.texts_or_tables("speakers", "speaker", named_speaker, |fields| Some(speaker(fields))),
        values: fields.list("values"),
        chapters: fields.list("chapters"),
        numbers: fields.list("numbers"),
        topics: fields.names("topics"),
        talks: fields.list("talks"),
        media: fields.tables("media", "[[media]]", medium),
        no_recording: fields.choice("recording", &[("none", ())]).is_some(),
        rights: fields.optional("rights"),
        aliases: fields.list("aliases"),
    };
    Some(talk)
}

fn named_speaker(name: Spanned<String>) -> SpeakerSource {
    SpeakerSource { name: Some(name.value), person: None, role: None, authority: None }
}

fn speaker(fields: &mut Fields<'_, '_>) -> SpeakerSource {
    let speaker = SpeakerSource {
        name: fields.optional("name").and_then(|name| fields.said(name)),
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
    let kinds = [
        ("slides", MediaKind::Slides),
        ("audio", MediaKind::Audio),
        ("video", MediaKind::Video),
        ("captions", MediaKind::Captions),
        ("transcript", MediaKind::Transcript),
        ("link", MediaKind::Link),
    ];
    let kind = fields.required_choice("kind", &kinds);
    let medium = MediaSource {
        kind: MediaKind::Link,
        file: fields.optional("file"),
        url: fields.optional("url").and_then(|url| fields.web_address(url)),
        title: fields.optional("title"),
        language: fields.optional_language("language"),
    };
    if medium.file.is_some() == medium.url.is_some() {
        fields.bad_value(fields.span(), "either file or url", None);
        return None;
    }
    Some(MediaSource { kind: kind?, ..medium })
}
