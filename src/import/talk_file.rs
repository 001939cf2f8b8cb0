//! The text of a talk's file and of a lab's: front matter by hand, in the order in which people write it.

use jiff::civil::Date;

use super::{ImportedSpeaker, ImportedTalk, harmless};
use crate::load::{AuthoritySource, TALK_FORMATS};
use crate::source::FileId;

/// What a talk's file must know of its site.
pub(super) struct Site<'a> {
    /// The site's language.
    pub language: &'a str,
    /// The authorities that speakers may belong to.
    pub authorities: &'a [std::sync::Arc<AuthoritySource>],
    /// For places in texts while they are looked at.
    pub file: FileId,
}

/// A lab's file.
pub(super) fn lab(number: u32, title: &str, date: Date) -> String {
    format!("number = {number}\ntitle = {}\ndate = {date}\n", quoted(title))
}

/// A talk's file. `day` is told where the lab has several.
pub(super) fn talk(talk: &ImportedTalk, day: Option<Date>, site: &Site<'_>) -> String {
    let mut lines = vec![format!("title = {}", quoted(&talk.title))];
    let mut text = |key: &str, value: Option<&String>| lines.extend(value.map(|it| format!("{key} = {}", quoted(it))));
    text("subtitle", talk.subtitle.as_ref());
    text("id", talk.id.as_ref());
    lines.extend(day.map(|day| format!("date = {day}")));
    lines.extend(talk.start.map(|start| format!("start = {}", start.strftime("%H:%M:%S"))));
    lines.extend(length(talk).map(|length| format!("length = {length}")));
    let format = TALK_FORMATS.iter().find(|(_, format)| Some(*format) == talk.format);
    lines.extend(format.map(|(word, _)| format!("format = \"{word}\"")));
    let language = talk.language.as_deref().unwrap_or(site.language);
    if language != site.language {
        lines.push(format!("language = {}", quoted(language)));
    }
    let speakers: Vec<String> = talk.speakers.iter().filter_map(|it| speaker(it, site.authorities)).collect();
    lines.extend(list("speakers", &speakers));
    let topics: Vec<String> = talk.topics.iter().map(|topic| quoted(topic)).collect();
    lines.extend(list("topics", &topics));
    if talk.no_recording && is_silent(talk) {
        lines.push("recording = \"none\"".to_owned());
    }
    lines.extend(talk.rights.as_ref().map(|rights| format!("rights = {}", quoted(rights))));
    for medium in &talk.media {
        let (kind, url) = (medium.kind.name(), quoted(&medium.url));
        lines.push(format!("\n[[media]]\nkind = \"{kind}\"\nurl = {url}"));
        lines.extend(medium.title.as_ref().map(|title| format!("title = {}", quoted(title))));
    }
    let front = lines.join("\n");
    let summary = harmless::markdown(&talk.summary, site.file);
    let heading = if language.split('-').next() == Some("en") { "Summary" } else { "Zusammenfassung" };
    match summary.trim() {
        "" => format!("+++\n{front}\n+++\n"),
        _ => format!("+++\n{front}\n+++\n\n## {heading}\n\n{}\n", summary.trim_matches('\n').trim_end()),
    }
}

/// Whether no recording is there; where one is, it was made.
pub(super) fn is_silent(talk: &ImportedTalk) -> bool {
    use crate::load::MediaKind::{Audio, Video};
    !talk.media.iter().any(|medium| matches!(medium.kind, Audio | Video))
}

/// The length as a time, which has less than a day.
pub(super) fn length(talk: &ImportedTalk) -> Option<String> {
    let minutes = talk.minutes.filter(|minutes| *minutes < 24 * 60)?;
    Some(format!("{:02}:{:02}:00", minutes / 60, minutes % 60))
}

/// `key = ["a", "b"]`; of long lists each item has a line of its own.
fn list(key: &str, items: &[String]) -> Option<String> {
    const WIDEST: usize = 110;
    let line = format!("{key} = [{}]", items.join(", "));
    let is_short = line.chars().count() <= WIDEST || items.len() < 2;
    match items {
        [] => None,
        _ if is_short => Some(line),
        _ => Some(format!("{key} = [\n{}]", items.iter().map(|item| format!("    {item},\n")).collect::<String>())),
    }
}

/// A name, or a table where more is known. An organisation of which the site has a page is an authority.
fn speaker(speaker: &ImportedSpeaker, authorities: &[std::sync::Arc<AuthoritySource>]) -> Option<String> {
    let organisation = speaker.organisation.as_deref().filter(|it| !it.trim().is_empty());
    let names = |it: &AuthoritySource, name: &str| {
        it.page.slug == name || it.title == name || it.short.as_deref() == Some(name)
    };
    let authority = organisation.and_then(|name| authorities.iter().find(|it| names(it, name)));
    let role = speaker.role.as_deref().filter(|role| !role.trim().is_empty());
    let beside = organisation.filter(|_| authority.is_none());
    let role = role.into_iter().chain(beside).collect::<Vec<_>>().join(", ");
    let name = speaker.name.trim();
    let parts = [
        (!name.is_empty()).then(|| format!("name = {}", quoted(name))),
        (!role.is_empty()).then(|| format!("role = {}", quoted(&role))),
        authority.map(|authority| format!("authority = {}", quoted(&authority.page.slug))),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    match (parts.len(), name.is_empty()) {
        (0, _) => None,
        (1, false) => Some(quoted(name)),
        _ => Some(format!("{{ {} }}", parts.join(", "))),
    }
}

/// A string in TOML, on one line.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in harmless::visible(text).chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            _ => out.push(letter),
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn strings_read_back(text in "(\\PC|[\"\\\\\n\t\u{0}\u{7f}\u{85}\u{2028}'+]){0,40}") {
            let table: toml::Table = format!("a = {}\n", quoted(&text)).parse().unwrap();
            let seen = harmless::visible(&text);
            proptest::prop_assert_eq!(table["a"].as_str(), Some(seen.as_str()));
            proptest::prop_assert!(!quoted(&text).contains('\n'));
        }
    }
}
