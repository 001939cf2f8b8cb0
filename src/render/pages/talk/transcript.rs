//! What was said, from the captions: cues joined to passages, each with the time at which it begins.

use serde::Serialize;

use super::super::super::Stage;
use super::media::{clock, iso};
use crate::load::{MediaKind, MediaSource, TalkSource};
use crate::webvtt::Cue;

/// Silence after which a new passage begins, in milliseconds.
const PAUSE: u64 = 2500;
/// A passage of so many characters ends with its sentence.
const LONG: usize = 240;

/// A transcript in one language.
#[derive(Serialize)]
pub(super) struct Transcript {
    /// BCP 47 tag, if it is another than the site's.
    language: Option<String>,
    passages: Vec<Passage>,
}

#[derive(Serialize)]
struct Passage {
    /// Its fragment: `t-83`, the seconds from the beginning.
    id: String,
    seconds: u64,
    /// `1:23`.
    time: String,
    /// The same by ISO 8601.
    iso: String,
    /// Who speaks, where that changes.
    voice: Option<String>,
    text: String,
}

/// The transcript from the captions in the language of the talk, or else from the first.
pub(super) fn transcript(stage: &Stage<'_>, talk: &TalkSource) -> Option<Transcript> {
    let captions = || talk.media.iter().filter(|medium| medium.kind == MediaKind::Captions && medium.file.is_some());
    let language = |medium: &MediaSource| medium.language.clone().or_else(|| talk.language.clone());
    let own = captions().find(|medium| language(medium) == talk.language);
    let medium = own.or_else(|| captions().next())?;
    let known = stage.project.sources.media.get(&talk.media_path(&medium.file.as_ref()?.value))?;
    let language = language(medium).filter(|language| stage.foreign(Some(language)).is_some());
    let passages = passages(&known.cues);
    (!passages.is_empty()).then_some(Transcript { language, passages })
}

fn passages(cues: &[Cue]) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    let (mut end, mut voice) = (0, None);
    for cue in cues {
        let speaks_on = cue.voice.is_none() || cue.voice == voice;
        match passages.last_mut() {
            Some(last) if speaks_on && cue.start.saturating_sub(end) < PAUSE && !is_full(&last.text) => {
                last.text.push(' ');
                last.text.push_str(&cue.text);
            }
            _ => passages.push(begin(cue, !speaks_on, &passages)),
        }
        end = cue.end;
        voice = cue.voice.clone().or(voice);
    }
    passages
}

/// Whether a passage is long enough and its sentence ends.
fn is_full(text: &str) -> bool {
    text.len() >= LONG && text.ends_with(['.', '?', '!', '…', '“', '"'])
}

fn begin(cue: &Cue, is_other: bool, before: &[Passage]) -> Passage {
    let seconds = cue.start / 1000;
    let id = format!("t-{seconds}");
    let same = before.iter().filter(|passage| passage.seconds == seconds).count();
    Passage {
        id: if same == 0 { id } else { format!("{id}-{}", same + 1) },
        seconds,
        time: clock(seconds),
        iso: iso(seconds),
        voice: cue.voice.clone().filter(|_| is_other),
        text: cue.text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_join_until_somebody_pauses_or_another_speaks() {
        let cue = |start, end, voice: Option<&str>, text: &str| Cue {
            start,
            end,
            voice: voice.map(str::to_owned),
            text: text.to_owned(),
        };
        let cues = [
            cue(0, 1000, Some("A"), "Eins,"),
            cue(1000, 2000, None, "zwei."),
            cue(2000, 3000, Some("B"), "Drei."),
            cue(9000, 9500, Some("B"), "Vier."),
        ];
        let shown = passages(&cues);
        let shown: Vec<_> = shown.iter().map(|p| (p.id.as_str(), p.voice.as_deref(), p.text.as_str())).collect();
        assert_eq!(shown, [("t-0", Some("A"), "Eins, zwei."), ("t-2", Some("B"), "Drei."), ("t-9", None, "Vier.")]);
    }
}
