//! Where a report tells each reason: at the head of what it is for as a whole, else at its first entry. Later it only says
//! where that was.

use std::collections::BTreeMap;

use super::Report;
use super::groups::Section;
use crate::changes::{Change, ChapterOf, ChapterSummary, Scope};

/// What is said of a reason at one place.
pub(super) enum Said<'a> {
    /// The reason.
    Reason(&'a str),
    /// Where it was told: `Grund wie bei Rn. 12`.
    Before(String),
}

impl Said<'_> {
    /// What is said, where its look tells that it is a reason.
    pub(super) fn text(&self) -> &str {
        match self {
            Said::Reason(text) => text,
            Said::Before(text) => text,
        }
    }
}

/// Tells reasons in the order of the report, each once.
pub(super) struct Teller<'a> {
    report: &'a Report<'a>,
    /// For each reason that was told what is said of it later.
    told: BTreeMap<usize, String>,
}

impl<'a> Teller<'a> {
    pub(super) fn new(report: &'a Report<'a>) -> Self {
        Self { report, told: BTreeMap::new() }
    }

    /// The reasons for a chapter as a whole.
    pub(super) fn chapter(&mut self, chapter: &ChapterSummary) -> Vec<Said<'a>> {
        let title = match chapter.chapter {
            ChapterOf::Old(at) => &self.report.old.text.chapters[at].title,
            ChapterOf::New(at) => &self.report.new.text.chapters[at].title,
        };
        let entries = chapter.entries.iter().filter_map(|&at| self.report.changes.entries[at].reason);
        let whole: Vec<usize> = entries.filter(|&reason| self.scope(reason) == Scope::Chapter).collect();
        whole.into_iter().filter_map(|reason| self.tell(reason, "report-reason-as-part", title)).collect()
    }

    /// The reasons for a section as a whole.
    pub(super) fn section(&mut self, section: &Section) -> Vec<Said<'a>> {
        let whole = section.reasons.iter().filter(|&&reason| self.scope(reason) == Scope::Section);
        let whole: Vec<usize> = whole.copied().collect();
        whole.into_iter().filter_map(|reason| self.tell(reason, "report-reason-as-part", &section.name)).collect()
    }

    /// The reason of an entry, unless the head of its chapter or section tells it.
    pub(super) fn entry(&mut self, entry: &Change) -> Option<Said<'a>> {
        let reason = entry.reason.filter(|&reason| self.scope(reason) == Scope::Block)?;
        self.tell(reason, "report-reason-as", &self.report.shown_label(entry))
    }

    fn scope(&self, reason: usize) -> Scope {
        self.report.changes.scopes[reason]
    }

    /// Tells a reason at a place, or where it was told; nothing where that was the same place.
    fn tell(&mut self, reason: usize, key: &str, place: &str) -> Option<Said<'a>> {
        let here = self.report.locale.text_of(key, "place", place);
        match self.told.get(&reason) {
            Some(there) if *there == here => None,
            Some(there) => Some(Said::Before(there.clone())),
            None => {
                self.told.insert(reason, here);
                Some(Said::Reason(&self.report.changes.reasons[reason].text))
            }
        }
    }
}
