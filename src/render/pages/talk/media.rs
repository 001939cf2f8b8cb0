//! The media of a talk: what each is, and the one that a player shows.

use jiff::civil::Time;
use serde_json::{Value, json};

use super::super::super::Stage;
use crate::load::{MediaFile, MediaKind, MediaSource, TalkSource};

/// A medium in the list.
pub(super) fn view(stage: &Stage<'_>, talk: &TalkSource, medium: &MediaSource) -> Value {
    let label = stage.locale.text(&format!("media-{}", medium.kind.name()));
    let url = medium.url.as_ref().map(|url| url.value.clone());
    let known = known(stage, talk, medium);
    json!({
        "kind": medium.kind.name(),
        "title": medium.title.clone().unwrap_or_else(|| label.clone()),
        "label": label,
        "path_or_url": path(stage, medium).or(url),
        "external": medium.url.is_some(),
        "host": medium.url.as_ref().map(|url| host(&url.value)),
        "language": medium.language,
        "type": known.map(|known| short_type(medium, known)),
        "size": known.map(|known| size(known.size)),
        "length": medium.length.map(|length| clock(seconds(length))),
        "length_iso": medium.length.map(|length| iso(seconds(length))),
    })
}

/// What a player shows: the first recording that is a file, with the captions.
pub(super) fn player(stage: &Stage<'_>, talk: &TalkSource) -> Option<Value> {
    let is_recording = |kind| matches!(kind, MediaKind::Video | MediaKind::Audio);
    let recordings = talk.media.iter().filter(|medium| is_recording(medium.kind));
    // A video shows more than its sound.
    let (medium, path) = recordings
        .filter_map(|medium| Some((medium, path(stage, medium)?)))
        .min_by_key(|(medium, _)| medium.kind != MediaKind::Video)?;
    let captions = talk.media.iter().filter(|other| other.kind == MediaKind::Captions);
    let track = |other: &MediaSource| {
        let language = other.language.as_ref().or(talk.language.as_ref());
        let language = language.unwrap_or(&stage.project.sources.config.language);
        let label = super::language_name(stage, language);
        Some(json!({"path": self::path(stage, other)?, "language": language, "label": label}))
    };
    Some(json!({
        "kind": medium.kind.name(),
        "title": medium.title.clone().unwrap_or_else(|| talk.title.clone()),
        "path": path,
        "type": known(stage, talk, medium).map(|known| known.media_type),
        "tracks": captions.filter_map(track).collect::<Vec<_>>(),
    }))
}

fn path(stage: &Stage<'_>, medium: &MediaSource) -> Option<String> {
    let resolved = medium.file.as_ref().and_then(|file| stage.site.resolved(file.span));
    resolved.map(|resolved| resolved.path.clone())
}

fn known<'s>(stage: &'s Stage<'_>, talk: &TalkSource, medium: &MediaSource) -> Option<&'s MediaFile> {
    let file = medium.file.as_ref()?;
    stage.project.sources.media.get(&talk.media_path(&file.value))
}

/// `PDF`: the end of the file's name, which people know.
fn short_type(medium: &MediaSource, known: &MediaFile) -> String {
    let ending = medium.file.as_ref().and_then(|file| file.value.rsplit_once('.')).map(|(_, ending)| ending);
    ending.unwrap_or(known.media_type).to_uppercase()
}

fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

/// `640 kB`, `12 MB`: whole numbers read alike in every language.
fn size(bytes: u64) -> String {
    match bytes {
        0..1000 => format!("{bytes} B"),
        1000..1_000_000 => format!("{} kB", (bytes + 500) / 1000),
        1_000_000..1_000_000_000 => format!("{} MB", (bytes + 500_000) / 1_000_000),
        _ => format!("{} GB", (bytes + 500_000_000) / 1_000_000_000),
    }
}

fn seconds(length: Time) -> u64 {
    let part = |part: i8| u64::from(part.unsigned_abs());
    part(length.hour()) * 3600 + part(length.minute()) * 60 + part(length.second())
}

/// `45 Minuten`.
pub(super) fn minutes(stage: &Stage<'_>, length: Time) -> Value {
    let seconds = seconds(length);
    let minutes = stage.locale.text_of("talk-minutes", "minutes", &seconds.div_ceil(60).to_string());
    json!({"text": minutes, "iso": iso(seconds)})
}

/// `1:23`, `1:02:03`.
pub(super) fn clock(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// A duration by ISO 8601: `PT1H2M3S`.
pub(super) fn iso(seconds: u64) -> String {
    format!("PT{}H{}M{}S", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_times_are_short() {
        assert_eq!(
            [999, 1499, 640_000, 12_400_000, 2_100_000_000].map(size),
            ["999 B", "1 kB", "640 kB", "12 MB", "2 GB"]
        );
        assert_eq!([83, 3723].map(clock), ["1:23", "1:02:03"]);
        assert_eq!(iso(3723), "PT1H2M3S");
        assert_eq!(host("https://example.org:8080/a?b"), "example.org:8080");
    }
}
