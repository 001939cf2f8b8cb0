//! Looks at the files that talks name as their media: whether each is what its name says and what it is named as, how large
//! it is, and what captions say.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Loader, MediaFile, MediaKind, MediaSource, Sources, TalkSource};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Span, Spanned};
use crate::webvtt::{self, Cue};

/// A type of file.
struct Type {
    ending: &'static str,
    media_type: &'static str,
    /// What such a file can be.
    kinds: &'static [MediaKind],
    /// What its first bytes tell; nothing of a text.
    signatures: &'static [&'static str],
}

const fn of(
    ending: &'static str,
    media_type: &'static str,
    kinds: &'static [MediaKind],
    signatures: &'static [&'static str],
) -> Type {
    Type { ending, media_type, kinds, signatures }
}

const PRESENTATION: &str = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
const OPEN_PRESENTATION: &str = "application/vnd.oasis.opendocument.presentation";

/// The types that media can have.
const TYPES: &[Type] = {
    use MediaKind::{Audio, Captions, Slides, Transcript, Video};
    &[
        of("pdf", "application/pdf", &[Slides, Transcript], &["application/pdf"]),
        of("odp", OPEN_PRESENTATION, &[Slides], &[OPEN_PRESENTATION, "application/zip"]),
        of("pptx", PRESENTATION, &[Slides], &[PRESENTATION, "application/zip"]),
        of("mp3", "audio/mpeg", &[Audio], &["audio/mpeg"]),
        of("m4a", "audio/mp4", &[Audio], &["audio/m4a", "video/mp4"]),
        of("ogg", "audio/ogg", &[Audio], &["audio/ogg", "audio/opus"]),
        of("opus", "audio/ogg", &[Audio], &["audio/opus", "audio/ogg"]),
        of("flac", "audio/flac", &[Audio], &["audio/x-flac"]),
        of("wav", "audio/wav", &[Audio], &["audio/x-wav"]),
        of("mp4", "video/mp4", &[Video], &["video/mp4", "video/x-m4v"]),
        of("webm", "video/webm", &[Video, Audio], &["video/webm", "video/x-matroska"]),
        of("vtt", "text/vtt", &[Captions, Transcript], &[]),
        of("txt", "text/plain", &[Transcript], &[]),
    ]
};

/// The type of a file, by the end of its name.
fn type_of(file: &str) -> Option<&'static Type> {
    let (_, ending) = file.rsplit_once('.')?;
    TYPES.iter().find(|known| known.ending.eq_ignore_ascii_case(ending))
}

/// The media type of a file that a talk may have, by the end of its name.
pub fn media_type(file: &str) -> Option<&'static str> {
    type_of(file).map(|known| known.media_type)
}

/// Whether a file is one of captions, by its name.
pub(super) fn are_captions(path: &str) -> bool {
    type_of(path).is_some_and(|known| known.ending == "vtt")
}

impl Loader<'_> {
    /// Looks at all media of the site. Those of talks whose consent was withdrawn are no part of it any more.
    pub(super) fn media(&mut self, sources: &mut Sources) {
        for talk in sources.labs.iter().flat_map(|lab| lab.talks.clone()).collect::<Vec<_>>() {
            for (medium, file) in talk.media.iter().filter_map(|medium| Some((medium, medium.file.as_ref()?))) {
                let path = talk.media_path(&file.value);
                if !sources.assets.contains(&path) && talk.withdrawn.is_some() {
                    // Nobody looks for it later, and a file that is not found could not be withheld.
                    self.report(Diagnostic::at(Code::MissingMedia, file.span).arg("path", &file.value));
                } else if sources.assets.contains(&path) && talk.withdrawn.is_none() {
                    let known = self.medium(&path, medium, file);
                    sources.media.extend(known.map(|known| (path, known)));
                }
            }
        }
        for talk in sources.labs.iter_mut().flat_map(|lab| &mut lab.talks) {
            let Some(withdrawn) = talk.withdrawn else { continue };
            for asset in files_of(talk, self.files.get(talk.page.body.file).text(), &sources.assets) {
                sources.assets.remove(&asset);
                sources.withheld.insert(asset, withdrawn);
            }
            Arc::make_mut(talk).media = Vec::new();
        }
    }

    fn medium(&mut self, path: &str, medium: &MediaSource, file: &Spanned<String>) -> Option<MediaFile> {
        let known = type_of(path).filter(|known| known.kinds.contains(&medium.kind));
        let Some(known) = known else {
            if medium.kind != MediaKind::Link {
                self.report(unfit(medium.kind, file));
            }
            return None;
        };
        let shown = format!("content/{path}");
        let cues = match known.ending {
            "vtt" => self.captions(&shown)?,
            "txt" => Arc::default(),
            _ => self.looks_like(known, &shown, file).then(Arc::default)?,
        };
        let size = self.world.stamp(&self.root.join(&shown))?.size;
        Some(MediaFile { size, media_type: known.media_type, cues })
    }

    /// Whether a file begins as its type does; reports one that does not.
    fn looks_like(&mut self, known: &'static Type, path: &str, file: &Spanned<String>) -> bool {
        let found = self.remembered_signature(path, || self.signature(path));
        let Some(found) = found else { return false };
        let fits = known.signatures.contains(&found);
        if !fits {
            let about = Diagnostic::at(Code::BadMedium, file.span).arg("path", &file.value);
            let found = if found.is_empty() { "unknown" } else { found };
            self.report(about.arg("expected", known.media_type).arg("found", found));
        }
        fits
    }

    /// What the first bytes of a file tell; empty where they tell nothing.
    fn signature(&self, path: &str) -> Option<&'static str> {
        match self.world.read(&self.root.join(path)) {
            Ok(bytes) => Some(infer::get(&bytes).map_or("", |found| found.mime_type())),
            Err(error) => {
                self.report(Diagnostic::about(Code::Unreadable, path).arg("error", error));
                None
            }
        }
    }

    /// What captions say; reports each mistake at its place.
    fn captions(&mut self, path: &str) -> Option<Arc<Vec<Cue>>> {
        self.remembered(path, |loader| {
            let file = loader.read_text(path)?;
            let (cues, mistakes) = webvtt::parse(loader.files.get(file).text());
            for mistake in mistakes {
                let place = Span::new(file, mistake.place);
                loader.report(Diagnostic::at(Code::BadCaptions, place).arg("mistake", mistake.kind.name()));
            }
            Some(Arc::new(cues))
        })
    }
}

/// The media of a talk, and the files beside it that its text names as pictures or the ends of links. `text` is the whole
/// file, so that a name which is only told counts too.
fn files_of(talk: &TalkSource, text: &str, assets: &BTreeSet<String>) -> BTreeSet<String> {
    let media = talk.media.iter().filter_map(|medium| medium.file.as_ref()).map(|file| talk.media_path(&file.value));
    let folder = talk.page.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let beside = assets.iter().filter_map(|asset| asset.strip_prefix(folder)?.strip_prefix('/'));
    let mut names: Vec<&str> = beside.collect();
    // A name that is part of a longer one does not stand where that does.
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    // As links write them: with blanks and letters encoded, or with signs that Markdown would take.
    let decoded = percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
    let plain = text.replace('\\', "").replace("&amp;", "&");
    let named = [text.to_owned(), decoded, plain].into_iter().flat_map(|text| named(text, &names));
    let named: BTreeSet<String> = named.map(|name| format!("{folder}/{name}")).collect();
    media.filter(|path| assets.contains(path)).chain(named).collect()
}

/// Those of some names, the longest first, that a text has as no part of longer ones.
fn named<'n>(mut text: String, names: &[&'n str]) -> Vec<&'n str> {
    let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let mut found = Vec::new();
    for name in names {
        let is_whole = |at: &usize| {
            let (before, after) = (text[..*at].chars().next_back(), text[at + name.len()..].chars().next());
            !before.is_some_and(|c| goes_on(c) || c == '.') && !after.is_some_and(goes_on)
        };
        let places: Vec<usize> = text.match_indices(name).map(|(at, _)| at).filter(is_whole).collect();
        for at in &places {
            text.replace_range(*at..at + name.len(), &"\n".repeat(name.len()));
        }
        found.extend((!places.is_empty()).then_some(*name));
    }
    found
}

/// That a file is named as something that it cannot be.
fn unfit(kind: MediaKind, file: &Spanned<String>) -> Diagnostic {
    let fitting = TYPES.iter().filter(|known| known.kinds.contains(&kind)).map(|known| known.ending);
    let fitting: Vec<String> = fitting.map(|ending| format!(".{ending}")).collect();
    let found = Diagnostic::at(Code::UnfitMedium, file.span).arg("path", &file.value).arg("kind", kind.name());
    found.arg("fitting", fitting.join(", "))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_is_no_part_of_a_longer_one() {
        let named = |text: &str| super::named(text.into(), &["alte folien.pdf", "folien.pdf"]);
        for text in ["(folien.pdf)", "\"folien.pdf\"", "siehe folien.pdf.", "./folien.pdf", "folien.pdf"] {
            assert_eq!(named(text), ["folien.pdf"], "{text}");
        }
        for text in ["daten-folien.pdf", "folien.pdf2", "alte.folien.pdf", "folien.pdfx"] {
            assert!(named(text).is_empty(), "{text}");
        }
        assert_eq!(named("(<alte folien.pdf>)"), ["alte folien.pdf"]);
        assert_eq!(named("alte folien.pdf, folien.pdf"), ["alte folien.pdf", "folien.pdf"]);
    }
}
