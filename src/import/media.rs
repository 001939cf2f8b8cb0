//! Tells by an address what it leads to.

use super::report::{Report, Said};
use super::{ImportedMedium, ImportedTalk};
use crate::load::MediaKind;

const VIDEO: &[&str] = &["mp4", "webm", "mkv", "mov", "m4v", "ogv", "avi"];
const AUDIO: &[&str] = &["mp3", "m4a", "ogg", "oga", "opus", "wav", "flac", "aac"];
const SLIDES: &[&str] = &["pdf", "ppt", "pptx", "odp", "key"];
const VIDEO_HOSTS: &[&str] =
    &["youtube.com", "youtu.be", "youtube-nocookie.com", "vimeo.com", "media.ccc.de", "dailymotion.com"];

/// Adds a medium to a talk once. An address without a scheme continues `base`; what cannot be one has no place.
pub(super) fn add(
    talk: &mut ImportedTalk,
    kind: Option<MediaKind>,
    url: Said,
    title: Option<String>,
    base: Option<&str>,
    report: &mut Report<'_>,
) {
    let Some(address) = absolute(&url.text, base) else {
        report.unmapped_said(&url);
        report.unmapped_text(&format!("{}.title", url.key), title.as_deref().unwrap_or_default(), &url.spot);
        return;
    };
    let title = title.filter(|title| *title != url.text && *title != address);
    let kind = kind.unwrap_or_else(|| guess(&address));
    match talk.media.iter_mut().find(|medium| medium.url == address) {
        // A list that knows more than that it is an address.
        Some(known) => {
            if known.kind == MediaKind::Link {
                known.kind = kind;
            }
            match (&known.title, title) {
                (None, title) => known.title = title,
                (Some(known), Some(other)) if *known != other => report.unmapped_text(&url.key, &other, &url.spot),
                _ => {}
            }
        }
        None => talk.media.push(ImportedMedium { kind, url: address, title }),
    }
}

fn absolute(url: &str, base: Option<&str>) -> Option<String> {
    if url.contains(char::is_whitespace) {
        return None;
    }
    if let Some((_, rest)) = scheme(url) {
        return (!rest.is_empty() && !rest.starts_with('/')).then(|| url.to_owned());
    }
    let (scheme, rest) = scheme(base?)?;
    let host = rest.split('/').next().filter(|host| !host.is_empty())?;
    let is_path = url.starts_with('/') && !url.starts_with("//");
    is_path.then(|| format!("{scheme}://{host}{url}"))
}

fn scheme(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    (scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")).then_some((scheme, rest))
}

fn guess(url: &str) -> MediaKind {
    let rest = scheme(url).map_or(url, |(_, rest)| rest).to_lowercase();
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    let host = path.split(['/', ':']).next().unwrap_or_default();
    let file = path.rsplit('/').next().filter(|_| path.contains('/')).unwrap_or_default();
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_host = |known: &str| host.strip_suffix(known).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    if VIDEO.contains(&ending) || VIDEO_HOSTS.iter().any(|known| is_host(known)) {
        MediaKind::Video
    } else if AUDIO.contains(&ending) {
        MediaKind::Audio
    } else if SLIDES.contains(&ending) {
        MediaKind::Slides
    } else {
        MediaKind::Link
    }
}

/// What a word says about a medium; `None` where it says nothing.
pub(super) fn kind_of(word: &str) -> Option<MediaKind> {
    let word = word.to_lowercase();
    let start = word.split('/').next().unwrap_or_default();
    match start {
        "slides" | "folien" | "presentation" => Some(MediaKind::Slides),
        "video" | "youtube" | "vimeo" | "recording" => Some(MediaKind::Video),
        "audio" | "podcast" => Some(MediaKind::Audio),
        _ if VIDEO.contains(&start) => Some(MediaKind::Video),
        _ if AUDIO.contains(&start) => Some(MediaKind::Audio),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_tell_what_they_are() {
        let known = [
            ("https://www.youtube.com/watch?v=1", MediaKind::Video),
            ("https://notyoutube.com/watch", MediaKind::Link),
            ("http://a.example/a.b/Vortrag.MP4?x=.pdf", MediaKind::Video),
            ("http://a.example/a.opus", MediaKind::Audio),
            ("http://a.example/f.pdf#page=2", MediaKind::Slides),
            ("http://a.key", MediaKind::Link),
        ];
        for (url, kind) in known {
            assert_eq!(guess(url), kind, "{url}");
        }
    }

    #[test]
    fn paths_continue_the_address_of_the_schedule() {
        let base = Some("https://a.example/2024/");
        assert_eq!(absolute("/f.pdf?1", base).as_deref(), Some("https://a.example/f.pdf?1"));
        assert_eq!(absolute("HTTPS://b.example", base).as_deref(), Some("HTTPS://b.example"));
        for url in ["f.pdf", "//b.example/f", "javascript:x", "https://", "https:///x", "a b", "mailto:a@b.example"] {
            assert_eq!(absolute(url, base), None, "{url}");
        }
        assert_eq!(absolute("/f.pdf", None), None);
    }
}
