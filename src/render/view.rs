//! What templates see: small typed values that several pages share.

use serde::Serialize;

use super::locale::DateView;

/// A link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// What it says.
    pub title: String,
    /// Where it leads, from the site's root.
    pub path: String,
    /// A word more about it.
    pub detail: Option<String>,
    /// Language of what it says (BCP 47), if it is another than the site's.
    pub language: Option<String>,
}

impl Link {
    /// A link that needs no more words.
    pub fn new(title: impl Into<String>, path: impl Into<String>) -> Self {
        Self { title: title.into(), path: path.into(), detail: None, language: None }
    }

    /// The link with a word more about it.
    pub fn with_detail(self, detail: Option<String>) -> Self {
        Self { detail, ..self }
    }
}

/// An entry of the menu.
#[derive(Debug, Clone, Serialize)]
pub struct MenuLink {
    /// What it says.
    pub title: String,
    /// Where it leads.
    pub path: String,
    /// Whether the page belongs there.
    pub current: bool,
}

/// A release or the draft.
#[derive(Debug, Clone, Serialize)]
pub struct ReleaseInfo {
    /// Version; `None` for the draft.
    pub version: Option<String>,
    /// „Fassung 2.0“.
    pub label: String,
    /// Its page.
    pub path: String,
    /// Day of publication.
    pub released: Option<DateView>,
    /// First day in force.
    pub valid_from: Option<DateView>,
    /// Last day in force, if a successor is known.
    pub valid_until: Option<DateView>,
    /// `current`, `superseded`, `upcoming` or `draft`.
    pub status: &'static str,
    /// One or two sentences.
    pub summary: Option<String>,
    /// Its changes against its predecessor.
    pub changes_path: Option<String>,
    /// Old and new numbers, if it begins a new series.
    pub concordance_path: Option<String>,
    /// Label of the predecessor.
    pub predecessor: Option<String>,
    /// Last day of a consultation.
    pub consultation_until: Option<DateView>,
}

/// Something that refers to a thing.
#[derive(Debug, Clone, Serialize)]
pub struct BacklinkView {
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub path: String,
    /// The paragraphs that it is about, of a reason: what its subject led to.
    pub changed: Vec<Link>,
    /// Language of the title (BCP 47), if it is another than the site's.
    pub language: Option<String>,
    /// What kind of thing it is.
    pub kind: &'static str,
    /// The sentence around the reference, escaped.
    pub context_html: String,
    /// The releases in which it refers.
    pub release: Option<String>,
}

/// Backlinks of one kind.
#[derive(Debug, Clone, Serialize)]
pub struct BacklinkGroup {
    /// The kind.
    pub kind: &'static str,
    /// Its name in the interface.
    pub label: String,
    /// The backlinks.
    pub items: Vec<BacklinkView>,
}

/// A name for programs and its text for people.
#[derive(Debug, Clone, Serialize)]
pub struct Named {
    /// For class names.
    pub name: &'static str,
    /// For people.
    pub label: String,
    /// More about it.
    pub detail: Option<String>,
}

/// A notice above a text: that it is not the one in force, or that another will be.
#[derive(Debug, Clone, Serialize)]
pub struct Notice {
    /// `superseded`, `upcoming`, `draft`, `consultation`, or `announced` in the release in force.
    pub kind: &'static str,
    /// The same text in the release in force; of an announcement the release to come.
    pub path: Option<String>,
    /// That release's label.
    pub label: Option<String>,
    /// Old and new numbers, where the two texts belong to different series.
    pub concordance: Option<String>,
    /// The last day of a consultation, or the first day of the release to come.
    pub date: Option<DateView>,
}

/// A fact about a thing.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// What the fact is about.
    pub label: String,
    /// The fact.
    pub text: String,
    /// Where it leads.
    pub path: Option<String>,
}
