//! Backlinks: who refers to a thing, with a line of context.

use super::Context;
use crate::target::Target;

/// What kind of thing refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BacklinkKind {
    /// A paragraph of a chapter.
    Number,
    /// A chapter's front matter.
    Chapter,
    /// A reason for a change.
    Reason,
    /// A talk.
    Talk,
    /// A value pair.
    Value,
    /// A lesson from practice.
    Experience,
    /// An authority.
    Authority,
    /// A person.
    Person,
    /// A term.
    Term,
    /// A page.
    Page,
}

impl BacklinkKind {
    /// Name in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            BacklinkKind::Number => "number",
            BacklinkKind::Chapter => "chapter",
            BacklinkKind::Reason => "reason",
            BacklinkKind::Talk => "talk",
            BacklinkKind::Value => "value",
            BacklinkKind::Experience => "experience",
            BacklinkKind::Authority => "authority",
            BacklinkKind::Person => "person",
            BacklinkKind::Term => "term",
            BacklinkKind::Page => "page",
        }
    }
}

/// A thing that refers to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backlink {
    /// What kind of thing it is.
    pub kind: BacklinkKind,
    /// The thing; of a paragraph its block.
    pub origin: Target,
    /// What stands around the reference; see [`Site::context`](super::Site::context).
    pub context: Context,
}
