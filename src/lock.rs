//! `release.lock`: what a sealed release is. [`Lock`] is read from TOML ([`read`](Lock::read)) and written as such
//! ([`text`](Lock::text)); it names things as readers do and knows nothing of how a site is read.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::checksum::sha256;
use crate::margin_number::Number;

mod read;
mod text;

pub use text::quoted;

/// Name of the file in a release's folder.
pub const NAME: &str = "release.lock";

/// Number of the format that this Leitwerk writes, and the highest it reads.
pub const FORMAT: u32 = 1;

/// Version of the rule by which the checksum of a block's text is made.
pub const TEXT_VERSION: u32 = 1;

/// A sealed release: the bytes of its files, its numbers, where its text came from, and what its references mean.
///
/// Integrity is the checksums of the files alone. The rest is what was decided when the release was cut and is never
/// decided again: a better comparison does not rewrite history.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    /// The version.
    pub version: String,
    /// The release it follows, as it was when this one was sealed; `None` for a first one.
    pub predecessor: Option<Predecessor>,
    /// Which series its numbers belong to, from 0.
    pub series: u32,
    /// SHA-256 of each file of the folder but the lock, by its path in the folder, with `/`.
    pub files: BTreeMap<String, String>,
    /// The chapters in order.
    pub chapters: Vec<LockedChapter>,
    /// The blocks in reading order.
    pub blocks: Vec<LockedBlock>,
    /// How units came from the predecessor's, in reading order.
    pub links: Vec<LockedLink>,
    /// What references mean and show, by place.
    pub references: Vec<LockedReference>,
    /// The work as it was then; `None` in locks of an older Leitwerk.
    pub work: Option<Work>,
}

/// What was said of the work when a release was sealed: an archive that is made years later says the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Work {
    /// Title of the work.
    pub title: Option<String>,
    /// Its short title.
    pub short_title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// SPDX name of the licence.
    pub licence: Option<String>,
    /// Where to write to.
    pub contact: Option<String>,
    /// First day of the release.
    pub valid_from: Option<Date>,
    /// Name of the release's archive: `leitlinien-1.0.zip`.
    pub archive: String,
}

/// The release that a sealed one follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Predecessor {
    /// Its version.
    pub version: String,
    /// Its seal: who changes it breaks the chain of all that follow.
    pub seal: String,
}

/// A chapter of a sealed release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockedChapter {
    /// Its file in the folder.
    pub file: String,
    /// Segment of its address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Slug of the predecessor's chapter that it continues.
    pub from: Option<String>,
}

/// A block of a sealed release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockedBlock {
    /// Its margin number.
    pub number: Number,
    /// Slug of its chapter.
    pub chapter: String,
    /// The predecessor's number that it goes on from; in one series the same.
    pub from: Option<Number>,
    /// Whether it stands at another place.
    pub moved: bool,
    /// Checksum of its text after normalising: the rule's version, a colon, 32 hexadecimal digits.
    pub text: String,
}

/// A unit that came from one of the predecessor's. Units are named `chapter`, `chapter#anchor` (a heading), `12` (a
/// block), `12/3` (an item or row) or `12/0` (a table's header).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockedLink {
    /// The unit.
    pub to: String,
    /// The predecessor's unit.
    pub from: String,
    /// Number of words that both have.
    pub kept: u32,
    /// Whether it is only a part of what was split or merged.
    pub part: bool,
    /// Whether it stands at another place.
    pub moved: bool,
}

/// What a reference, link or image of a sealed release means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockedReference {
    /// Where it stands: `02-einfuehrung.md:12:5`, file, line and column, both from 1, the column in characters.
    pub at: String,
    /// What it leads to: `value:fairness`, `chapter:1.0/ziele#nutzen`.
    pub target: String,
    /// What it shows where the author wrote no text.
    pub title: String,
}

impl Lock {
    /// The seal of a lock's text: the SHA-256 of all its lines but the one that holds the seal.
    pub fn seal_of(text: &str) -> String {
        let rest: Vec<&str> = text.split_inclusive('\n').filter(|line| !line.starts_with(SEAL_LINE)).collect();
        sha256(rest.concat().as_bytes())
    }

    /// The seal that a lock's text has written in it.
    pub fn written_seal(text: &str) -> Option<&str> {
        let line = text.lines().find_map(|line| line.strip_prefix(SEAL_LINE))?;
        line.strip_suffix('"')
    }
}

/// How the line with the seal begins.
const SEAL_LINE: &str = "seal = \"sha256:";
