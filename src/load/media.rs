//! Looks at the files that talks name as their media: whether each is what its name says and what it is named as, how large
//! it is, and what captions say.

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
            let text = self.files.get(talk.page.body.file).text();
            let named = sources.assets.extract_if(.., |asset| is_of(asset, talk, text));
            sources.withheld.extend(named.map(|asset| (asset, withdrawn)));
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

/// Whether a file lies beside a talk whose text names it, as a medium, a picture or the end of a link.
fn is_of(asset: &str, talk: &TalkSource, text: &str) -> bool {
    let folder = talk.page.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let name = asset.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
    name.is_some_and(|name| {
        text.contains(name)
            || text
                .contains(&percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC).to_string())
    })
}

/// That a file is named as something that it cannot be.
fn unfit(kind: MediaKind, file: &Spanned<String>) -> Diagnostic {
    let fitting = TYPES.iter().filter(|known| known.kinds.contains(&kind)).map(|known| known.ending);
    let fitting: Vec<String> = fitting.map(|ending| format!(".{ending}")).collect();
    let found = Diagnostic::at(Code::UnfitMedium, file.span).arg("path", &file.value).arg("kind", kind.name());
    found.arg("fitting", fitting.join(", "))
}
