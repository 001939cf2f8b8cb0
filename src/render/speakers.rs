//! Who speaks in a talk, as every page and export tells it.

use super::stage::Stage;
use super::view::Link;
use crate::load::{SpeakerSource, TalkSource};
use crate::resolve::Resolved;
use crate::source::Spanned;

/// Somebody who speaks, or a body of which no person is named.
pub(super) struct Speaker<'s> {
    /// The name of a person that has a page, else the name that is given.
    pub name: Option<&'s str>,
    /// The page of the person.
    pub person: Option<&'s Resolved>,
    /// Role at that time.
    pub role: Option<&'s str>,
    /// The authority at that time.
    pub authority: Option<&'s Resolved>,
}

impl Stage<'_> {
    /// Who speaks in a talk, in the order in which it names them.
    pub fn speakers<'s>(&'s self, talk: &'s TalkSource) -> impl Iterator<Item = Speaker<'s>> {
        talk.speakers.iter().map(|speaker| self.speaker(speaker))
    }

    fn speaker<'s>(&'s self, source: &'s SpeakerSource) -> Speaker<'s> {
        let resolved = |name: &Option<Spanned<String>>| name.as_ref().and_then(|name| self.site.resolved(name.span));
        let person = resolved(&source.person);
        Speaker {
            name: person.map(|person| person.title.as_str()).or(source.name.as_ref().map(|name| name.value.as_str())),
            person,
            role: source.role.as_deref(),
            authority: resolved(&source.authority),
        }
    }
}

impl Speaker<'_> {
    /// Name, role and authority with commas between them.
    pub fn line(&self) -> String {
        let parts = [self.name, self.role, self.authority.map(|authority| authority.title.as_str())];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// The page of the authority.
    pub fn authority_link(&self, stage: &Stage<'_>) -> Option<Link> {
        self.authority.map(|authority| stage.link(&authority.target))
    }
}
