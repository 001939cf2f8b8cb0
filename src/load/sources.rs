//! The typed values that files of `content/` are read into, one a kind of file, and [`Sources`], all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::{Date, Time};

use crate::config::Config;
use crate::lock::{Lock, LockedReference};
use crate::permalinks::Permalinks;
use crate::source::{FileId, Span, Spanned};
use crate::version::Version;
use crate::webvtt::Cue;

/// A Markdown text after its front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Body {
    /// The file.
    pub file: FileId,
    /// First byte after the front matter.
    pub start: usize,
}

/// What every Markdown file has: where it is, its slug, where its front matter stands and its body.
#[derive(Debug, Clone)]
pub struct Page {
    /// Path relative to `content/`, with `/`.
    pub path: String,
    /// Segment of its address.
    pub slug: String,
    /// Where the slug is written, or [`Page::head`] where it comes from the file's name.
    pub slug_span: Span,
    /// The front matter's opening line, for findings about the whole file.
    pub head: Span,
    /// The text.
    pub body: Body,
}

/// `guideline.toml`.
#[derive(Debug, Clone, Default)]
pub struct GuidelineSource {
    /// Title of the work.
    pub title: Option<String>,
    /// Short title, as used in citations.
    pub short_title: Option<String>,
    /// Who publishes the guidelines.
    pub publisher: Option<String>,
    /// SPDX name of the licence.
    pub licence: Option<String>,
    /// Where to write to.
    pub contact: Option<String>,
    /// First day of each version named here.
    pub valid_from: Vec<(Spanned<String>, Date)>,
}

/// Why something was changed, from `[[reason]]`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ReasonSource {
    /// Chapter, `chapter#id` or `Rn. n`; `None` for the whole release.
    pub at: Option<Spanned<String>>,
    /// The reason.
    pub text: String,
    /// What drove it.
    pub cause: Option<Cause>,
    /// References without brackets, such as `norm:KI-VO Art. 14`.
    pub refs: Vec<Spanned<String>>,
    /// Where the reason stands.
    pub span: Span,
}

/// The drivers of revision that the network names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// New technology.
    Technology,
    /// What society demands.
    Society,
    /// New law.
    Law,
    /// Lessons from practice.
    Practice,
}

impl Cause {
    /// Every cause.
    pub const ALL: [Cause; 4] = [Cause::Technology, Cause::Society, Cause::Law, Cause::Practice];

    /// Name in `release.toml` and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Cause::Technology => "technology",
            Cause::Society => "society",
            Cause::Law => "law",
            Cause::Practice => "practice",
        }
    }
}

/// The editors' word on where a block came from, from `[[lineage]]`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LineageSource {
    /// `chapter#id` of the block in this release.
    pub block: Spanned<String>,
    /// `Rn. n` of the blocks in the predecessor; none where the block was inserted.
    pub from: Vec<Spanned<String>>,
    /// What happened to it.
    pub kind: Option<LineageKind>,
}

/// What editors say happened to a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineageKind {
    /// It is a part of each block it came from; those may go on elsewhere.
    Split,
    /// It took in the blocks it came from. One alone is taken in beside what the comparison finds.
    Merged,
    /// It stands elsewhere.
    Moved,
    /// It has other words.
    Amended,
    /// It came from nothing.
    Inserted,
}

impl LineageKind {
    /// Every kind with its name in `release.toml`.
    pub const NAMES: [(&str, LineageKind); 5] = [
        ("split", LineageKind::Split),
        ("merged", LineageKind::Merged),
        ("moved", LineageKind::Moved),
        ("amended", LineageKind::Amended),
        ("inserted", LineageKind::Inserted),
    ];
}

/// What a release is sealed by: its lock, of which it is known that no file was altered since.
#[derive(Debug, Clone)]
pub struct Seal {
    /// The lock.
    pub lock: Lock,
    /// The seal written in it, 64 hexadecimal digits.
    pub seal: String,
    /// The texts of the release's folder.
    pub texts: BTreeSet<FileId>,
    /// Its references by file and first byte.
    pub references: BTreeMap<(FileId, usize), LockedReference>,
}

impl Seal {
    /// Whether a place is in the release.
    pub fn covers(&self, span: Span) -> bool {
        self.texts.contains(&span.file)
    }

    /// What the reference, link or image at a place meant when the release was sealed; `None` where it was broken.
    pub fn reference(&self, span: Span) -> Option<&LockedReference> {
        self.references.get(&(span.file, span.start))
    }
}

/// A release's folder, or the draft's.
#[derive(Debug, Clone)]
pub struct ReleaseSource {
    /// The version; `None` for the draft.
    pub version: Option<Version>,
    /// Folder relative to `content/`.
    pub folder: String,
    /// The version in `release.toml`, or the file's first line.
    pub head: Span,
    /// Day of publication; `None` for the draft.
    pub released: Option<Date>,
    /// Where that day stands.
    pub released_at: Option<Span>,
    /// First day in force; `None` for the draft.
    pub valid_from: Option<Date>,
    /// One or two sentences about the release.
    pub summary: Option<String>,
    /// Version it follows, where the order by date would mislead.
    pub predecessor: Option<Spanned<String>>,
    /// Whether it begins a new series of margin numbers.
    pub renumber: bool,
    /// Last day of the consultation on a draft.
    pub consultation_until: Option<Date>,
    /// The editors' reasons.
    pub reasons: Vec<ReasonSource>,
    /// The editors' corrections to lineage.
    pub lineage: Vec<LineageSource>,
    /// Chapters in order.
    pub chapters: Vec<Arc<ChapterSource>>,
    /// What it is sealed by; `None` while it is not sealed, and where its seal is broken.
    pub seal: Option<Arc<Seal>>,
}

impl ReleaseSource {
    /// The version, or `draft`.
    pub fn label(&self) -> String {
        self.version.as_ref().map_or("draft".into(), ToString::to_string)
    }
}

/// A chapter's front matter.
#[derive(Debug, Clone)]
pub struct ChapterSource {
    /// File, slug, body.
    pub page: Page,
    /// Order number of the file name.
    pub number: Option<u32>,
    /// Title.
    pub title: String,
    /// One or two sentences.
    pub summary: Option<String>,
    /// Slugs of value pairs.
    pub values: Vec<Spanned<String>>,
    /// `lab/slug` of talks.
    pub talks: Vec<Spanned<String>>,
    /// Slugs of related chapters.
    pub chapters: Vec<Spanned<String>>,
    /// Former slugs.
    pub aliases: Vec<Spanned<String>>,
}

impl ChapterSource {
    /// Whether a slug is the chapter's, or was.
    pub fn has_name(&self, slug: &str) -> bool {
        self.page.slug == slug || self.aliases.iter().any(|alias| alias.value == slug)
    }
}

/// `lab.toml` and the talks beside it.
#[derive(Debug, Clone)]
pub struct LabSource {
    /// Number; its segment of addresses.
    pub number: u32,
    /// Folder relative to `content/`.
    pub folder: String,
    /// The number in `lab.toml`.
    pub head: Span,
    /// Title.
    pub title: String,
    /// Day, or the first of several.
    pub date: Date,
    /// The last of several days.
    pub end: Option<Date>,
    /// Where the days are written.
    pub date_at: Span,
    /// When it begins, on the first day.
    pub start: Option<Time>,
    /// How people met.
    pub format: Option<LabFormat>,
    /// Where.
    pub place: Option<String>,
    /// One or two sentences.
    pub summary: Option<String>,
    /// Talks, sorted by slug.
    pub talks: Vec<Arc<TalkSource>>,
}

impl LabSource {
    /// The last day.
    pub fn last_day(&self) -> Date {
        self.end.unwrap_or(self.date)
    }
}

/// How a lab was held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabFormat {
    /// Everybody at a screen.
    Online,
    /// Everybody in one room.
    OnSite,
    /// Both.
    Hybrid,
}

/// What kind of talk it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TalkFormat {
    /// Impulsvortrag.
    Talk,
    /// Praxisbeispiel.
    Practice,
    /// Workshop.
    Workshop,
    /// Interview.
    Interview,
    /// Diskussion.
    Discussion,
}

/// Who spoke.
#[derive(Debug, Clone)]
pub struct SpeakerSource {
    /// Name as it is to be shown.
    pub name: Option<Spanned<String>>,
    /// Slug in `people/`.
    pub person: Option<Spanned<String>>,
    /// Role at that time.
    pub role: Option<String>,
    /// Slug in `authorities/`.
    pub authority: Option<Spanned<String>>,
}

/// What kind of file or address a medium is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaKind {
    /// Slides.
    Slides,
    /// Sound.
    Audio,
    /// Moving pictures.
    Video,
    /// WebVTT captions.
    Captions,
    /// What was said, as text.
    Transcript,
    /// Something elsewhere.
    Link,
}

impl MediaKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [Self::Slides, Self::Audio, Self::Video, Self::Captions, Self::Transcript, Self::Link];

    /// Name in front matter and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            MediaKind::Slides => "slides",
            MediaKind::Audio => "audio",
            MediaKind::Video => "video",
            MediaKind::Captions => "captions",
            MediaKind::Transcript => "transcript",
            MediaKind::Link => "link",
        }
    }
}

/// A recording, slides or another thing that belongs to a talk.
#[derive(Debug, Clone)]
pub struct MediaSource {
    /// What it is.
    pub kind: MediaKind,
    /// File beside the talk.
    pub file: Option<Spanned<String>>,
    /// Address elsewhere.
    pub url: Option<Spanned<String>>,
    /// What it is called.
    pub title: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// How long a recording is.
    pub length: Option<Time>,
}

/// What is known of the file of a medium.
#[derive(Debug, Clone)]
pub struct MediaFile {
    /// Size in bytes.
    pub size: u64,
    /// Its media type.
    pub media_type: &'static str,
    /// What captions say.
    pub cues: Arc<Vec<Cue>>,
}

/// A talk's front matter.
#[derive(Debug, Clone)]
pub struct TalkSource {
    /// File, slug, body.
    pub page: Page,
    /// A name that stays whatever becomes of title and address; unique in the site.
    pub id: Option<Spanned<String>>,
    /// Title.
    pub title: String,
    /// Subtitle.
    pub subtitle: Option<String>,
    /// Its day, where the lab has several.
    pub date: Option<Spanned<Date>>,
    /// When it begins.
    pub start: Option<Time>,
    /// How long it is.
    pub length: Option<Time>,
    /// What kind of talk.
    pub format: Option<TalkFormat>,
    /// BCP 47 tag; the site's where it is missing.
    pub language: Option<String>,
    /// Who spoke.
    pub speakers: Vec<SpeakerSource>,
    /// Slugs of value pairs.
    pub values: Vec<Spanned<String>>,
    /// Chapters, with or without a version.
    pub chapters: Vec<Spanned<String>>,
    /// Margin numbers, with or without a version.
    pub numbers: Vec<Spanned<String>>,
    /// Free words.
    pub topics: Vec<String>,
    /// Related talks.
    pub talks: Vec<Spanned<String>>,
    /// Recordings, slides.
    pub media: Vec<MediaSource>,
    /// Whether it is said that no recording was made.
    pub no_recording: bool,
    /// Rights.
    pub rights: Option<String>,
    /// Where it says that those who spoke agree no longer that it is published: then only its title is left, and that it is so.
    pub withdrawn: Option<Span>,
    /// Former slugs.
    pub aliases: Vec<Spanned<String>>,
}

impl TalkSource {
    /// Its day.
    pub fn day(&self, lab: &LabSource) -> Date {
        self.date.as_ref().map_or(lab.date, |date| date.value)
    }

    /// Path of a medium's file, relative to `content/`.
    pub fn media_path(&self, file: &str) -> String {
        let folder = self.page.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        format!("{folder}/{file}")
    }
}

/// A value pair.
#[derive(Debug, Clone)]
pub struct ValueSource {
    /// File, slug, body.
    pub page: Page,
    /// Place in the order of the network.
    pub order: u32,
    /// The two values, e.g. `Fairness` and `Nichtdiskriminierung`.
    pub values: Vec<String>,
    /// Other words for them.
    pub synonyms: Vec<String>,
    /// One or two sentences.
    pub summary: Option<String>,
    /// Former slugs.
    pub aliases: Vec<Spanned<String>>,
}

/// A lesson from practice.
#[derive(Debug, Clone)]
pub struct ExperienceSource {
    /// File, slug, body.
    pub page: Page,
    /// Title.
    pub title: String,
    /// Slug of the authority.
    pub authority: Option<Spanned<String>>,
    /// Day.
    pub date: Option<Date>,
    /// Chapters it concerns.
    pub chapters: Vec<Spanned<String>>,
    /// Margin numbers it concerns.
    pub numbers: Vec<Spanned<String>>,
    /// Slugs of value pairs.
    pub values: Vec<Spanned<String>>,
    /// Former slugs.
    pub aliases: Vec<Spanned<String>>,
}

/// An authority.
#[derive(Debug, Clone)]
pub struct AuthoritySource {
    /// File, slug, body.
    pub page: Page,
    /// Name.
    pub title: String,
    /// Abbreviation.
    pub short: Option<String>,
    /// Home page.
    pub url: Option<String>,
    /// Version of the release it works by.
    pub implements: Option<Spanned<String>>,
    /// Former slugs.
    pub aliases: Vec<Spanned<String>>,
}

/// A person.
#[derive(Debug, Clone)]
pub struct PersonSource {
    /// File, slug, body.
    pub page: Page,
    /// Name.
    pub title: String,
    /// Role.
    pub role: Option<String>,
    /// Slug of the authority.
    pub authority: Option<Spanned<String>>,
    /// Former slugs.
    pub aliases: Vec<Spanned<String>>,
}

/// A term of the glossary.
#[derive(Debug, Clone)]
pub struct TermSource {
    /// File, slug, body.
    pub page: Page,
    /// The term.
    pub title: String,
    /// Other words for it.
    pub synonyms: Vec<String>,
    /// Slugs of related terms.
    pub see: Vec<Spanned<String>>,
    /// Former slugs.
    pub aliases: Vec<Spanned<String>>,
}

/// A free page.
#[derive(Debug, Clone)]
pub struct PageSource {
    /// File, slug, body.
    pub page: Page,
    /// Title.
    pub title: String,
    /// One or two sentences.
    pub summary: Option<String>,
    /// BCP 47 tag; the site's where it is missing.
    pub language: Option<String>,
    /// Former slugs.
    pub aliases: Vec<Spanned<String>>,
}

/// Everything that was read. Ids and references are not yet checked against each other.
#[derive(Debug, Clone)]
pub struct Sources {
    /// The site's settings.
    pub config: Config,
    /// The work.
    pub guideline: GuidelineSource,
    /// Releases by date of publication, then by version.
    pub releases: Vec<ReleaseSource>,
    /// The working text.
    pub draft: Option<ReleaseSource>,
    /// Labs by number.
    pub labs: Vec<LabSource>,
    /// Value pairs by their order.
    pub values: Vec<Arc<ValueSource>>,
    /// Lessons from practice.
    pub experiences: Vec<Arc<ExperienceSource>>,
    /// Authorities.
    pub authorities: Vec<Arc<AuthoritySource>>,
    /// People.
    pub people: Vec<Arc<PersonSource>>,
    /// Terms.
    pub terms: Vec<Arc<TermSource>>,
    /// The start page's text.
    pub start: Option<Arc<PageSource>>,
    /// Free pages.
    pub pages: Vec<Arc<PageSource>>,
    /// Files that no rule claims, relative to `content/`, with `/`.
    pub assets: BTreeSet<String>,
    /// Files that are none of the site's any more since a talk that names them may not be published; where it says so.
    pub withheld: BTreeMap<String, Span>,
    /// What is known of assets that are media of talks.
    pub media: BTreeMap<String, MediaFile>,
    /// The addresses that must not be lost.
    pub permalinks: Permalinks,
    /// Whether this is the site of one release as of its day, for its archive: then nothing is said that can become false.
    pub archived: bool,
}

impl Sources {
    /// The editions that are part of the site on a day: all releases, and the draft if `drafts` are asked for or its
    /// consultation is open.
    pub fn shown_editions(&self, drafts: bool, today: Date) -> std::ops::Range<usize> {
        let shows_draft =
            |draft: &ReleaseSource| drafts || draft.consultation_until.is_some_and(|until| today <= until);
        let draft = self.draft.as_ref().is_some_and(shows_draft);
        0..self.releases.len() + usize::from(draft)
    }

    /// The labs, the newest first; of those on one day the one with the highest number.
    pub fn labs_newest_first(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.labs.len()).collect();
        order.sort_by_key(|&at| std::cmp::Reverse((self.labs[at].date, self.labs[at].number)));
        order
    }

    /// Every talk with the places of its lab and itself, in order.
    pub fn talks(&self) -> impl Iterator<Item = (usize, usize, &LabSource, &TalkSource)> {
        let labs = self.labs.iter().enumerate();
        labs.flat_map(|(at, lab)| lab.talks.iter().enumerate().map(move |(talk, source)| (at, talk, lab, &**source)))
    }

    /// The talk of this `lab/slug`.
    pub fn talk(&self, target: &str) -> Option<&TalkSource> {
        let (number, slug) = target.split_once('/')?;
        let lab = self.labs.iter().find(|lab| lab.number.to_string() == number)?;
        lab.talks.iter().find(|talk| talk.page.slug == slug).map(|talk| &**talk)
    }

    /// Every Markdown text of the site.
    pub fn bodies(&self) -> Vec<Body> {
        let releases = self.releases.iter().chain(&self.draft);
        let chapters = releases.flat_map(|release| release.chapters.iter().map(|chapter| &chapter.page));
        let talks = self.labs.iter().flat_map(|lab| lab.talks.iter().map(|talk| &talk.page));
        chapters
            .chain(talks)
            .chain(self.values.iter().map(|value| &value.page))
            .chain(self.experiences.iter().map(|experience| &experience.page))
            .chain(self.authorities.iter().map(|authority| &authority.page))
            .chain(self.people.iter().map(|person| &person.page))
            .chain(self.terms.iter().map(|term| &term.page))
            .chain(self.start.iter().chain(&self.pages).map(|page| &page.page))
            .map(|page| page.body)
            .collect()
    }
}
