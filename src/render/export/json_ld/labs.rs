//! Labs and talks as events, slides and recordings as works.

use jiff::civil::{Date, Time};
use serde_json::{Value, json};

use super::super::super::Stage;
use super::super::super::speakers::Speaker;
use super::super::times;
use super::{address, list, node, reference, text};
use crate::load::{self, LabFormat, LabSource, MediaKind, MediaSource, TalkSource};
use crate::source::Spanned;
use crate::target::Target;

/// Of a lab's page.
pub(in super::super::super) fn lab(stage: &Stage<'_>, at: usize) -> Vec<Value> {
    let source = &stage.project.sources.labs[at];
    let talks = (0..source.talks.len()).map(|talk| reference(stage, "Event", &Target::Talk(at, talk)));
    let properties = [
        ("name", text(Some(&source.title))),
        ("description", text(source.summary.as_ref())),
        ("startDate", Some(begin(stage, source.date, source.start))),
        ("endDate", source.end.map(|end| end.to_string().into())),
        ("eventAttendanceMode", attendance(source)),
        ("location", location(stage, source)),
        ("subEvent", list(talks.collect())),
    ];
    vec![node("Event", &address(stage, &Target::Lab(at)), properties)]
}

/// Of a talk's page: the talk as a part of the lab, then what was shown and recorded there.
pub(in super::super::super) fn talk(stage: &Stage<'_>, lab: usize, at: usize) -> Vec<Value> {
    let source_lab = &stage.project.sources.labs[lab];
    let source = &source_lab.talks[at];
    let own = address(stage, &Target::Talk(lab, at));
    let works: Vec<(MediaKind, Value)> =
        source.media.iter().filter_map(|medium| Some((medium.kind, work(stage, source, medium, &own)?))).collect();
    let of = |kinds: &[MediaKind]| {
        let found = works.iter().filter(|(kind, _)| kinds.contains(kind));
        list(found.map(|(_, work)| json!({"@id": work["@id"]})).collect())
    };
    let performers = stage.speakers(source).filter_map(|speaker| performer(stage, &speaker));
    let about = source.values.iter().filter_map(|name| target_of(stage, name));
    let about = about.map(|target| reference(stage, "DefinedTerm", &target));
    let language = source.language.as_ref().unwrap_or(&stage.project.sources.config.language);
    let properties = [
        ("name", text(Some(&source.title))),
        ("description", text(source.subtitle.as_ref())),
        ("startDate", Some(begin(stage, source.day(source_lab), source.start))),
        (
            "duration",
            source
                .length
                .filter(|length| *length > Time::midnight())
                .map(|length| times::span(length).to_string().into()),
        ),
        ("eventAttendanceMode", attendance(source_lab)),
        ("location", location(stage, source_lab)),
        ("inLanguage", text(Some(language))),
        ("keywords", list(source.topics.iter().map(|topic| topic.as_str().into()).collect())),
        ("performer", list(performers.collect())),
        ("about", list(about.collect())),
        ("superEvent", Some(reference(stage, "Event", &Target::Lab(lab)))),
        ("workFeatured", of(&[MediaKind::Slides])),
        ("recordedIn", of(&[MediaKind::Audio, MediaKind::Video])),
        ("subjectOf", of(&[MediaKind::Transcript])),
    ];
    std::iter::once(node("Event", &own, properties)).chain(works.iter().map(|(_, work)| work.clone())).collect()
}

/// A day, with the time and its distance from UTC where the time is known (ISO 8601).
fn begin(stage: &Stage<'_>, day: Date, start: Option<Time>) -> Value {
    let moment = start.and_then(|start| times::at(stage, day, start));
    moment.map_or_else(|| day.to_string(), |moment| moment.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()).into()
}

fn attendance(lab: &LabSource) -> Option<Value> {
    let mode = match lab.format? {
        LabFormat::Online => "Online",
        LabFormat::OnSite => "Offline",
        LabFormat::Hybrid => "Mixed",
    };
    Some(format!("https://schema.org/{mode}EventAttendanceMode").into())
}

fn location(stage: &Stage<'_>, lab: &LabSource) -> Option<Value> {
    let online = matches!(lab.format, Some(LabFormat::Online | LabFormat::Hybrid));
    let online = online.then(|| json!({"@type": "VirtualLocation", "name": stage.locale.text("lab-format-online")}));
    let place = lab.place.as_ref().filter(|_| lab.format != Some(LabFormat::Online));
    let place = place.map(|place| json!({"@type": "Place", "name": place}));
    let mut locations: Vec<Value> = place.into_iter().chain(online).collect();
    if locations.len() > 1 { list(locations) } else { locations.pop() }
}

/// Who spoke, as far as it is known whether that is a person: a free name may be a group's.
fn performer(stage: &Stage<'_>, speaker: &Speaker<'_>) -> Option<Value> {
    let person = speaker.person.map(|person| reference(stage, "Person", &person.target));
    person.or_else(|| Some(reference(stage, "Organization", &speaker.authority?.target)))
}

fn target_of(stage: &Stage<'_>, name: &Spanned<String>) -> Option<Target> {
    stage.site.resolved(name.span).map(|resolved| resolved.target.clone())
}

/// A medium of a talk as a work; captions are a property of the video, and what a link leads to is not known.
fn work(stage: &Stage<'_>, talk: &TalkSource, medium: &MediaSource, event: &str) -> Option<Value> {
    let kind = match medium.kind {
        MediaKind::Slides => "PresentationDigitalDocument",
        MediaKind::Audio => "AudioObject",
        MediaKind::Video => "VideoObject",
        MediaKind::Transcript => "DigitalDocument",
        MediaKind::Captions | MediaKind::Link => return None,
    };
    let recorded = matches!(medium.kind, MediaKind::Audio | MediaKind::Video);
    let (own, file) = (location_of(stage, medium)?, medium.file.is_some());
    let captions = talk.media.iter().filter(|other| other.kind == MediaKind::Captions);
    let captions = captions.filter(|_| medium.kind == MediaKind::Video).filter_map(|other| captions_of(stage, other));
    let properties = [
        ("name", text(Some(medium.title.as_ref().unwrap_or(&talk.title)))),
        ("inLanguage", text(medium.language.as_ref().or(talk.language.as_ref()))),
        ("encodingFormat", load::media_type(&own).filter(|_| file).map(Value::from)),
        ("contentUrl", (recorded && file).then(|| own.as_str().into())),
        ("copyrightNotice", text(talk.rights.as_ref())),
        ("recordedAt", recorded.then(|| json!({"@id": event}))),
        ("caption", list(captions.collect())),
    ];
    Some(node(kind, &own, properties))
}

fn captions_of(stage: &Stage<'_>, medium: &MediaSource) -> Option<Value> {
    let own = location_of(stage, medium)?;
    let properties = [
        ("contentUrl", Some(own.as_str().into())),
        ("encodingFormat", load::media_type(&own).map(Value::from)),
        ("inLanguage", text(medium.language.as_ref())),
    ];
    Some(node("MediaObject", &own, properties))
}

/// Where a medium is.
fn location_of(stage: &Stage<'_>, medium: &MediaSource) -> Option<String> {
    let file = medium.file.as_ref().and_then(|file| stage.site.resolved(file.span));
    let file = file.map(|resolved| stage.absolute(&resolved.path));
    file.or_else(|| medium.url.as_ref().map(|url| url.value.clone()))
}
