//! „Wird genannt in“: backlinks as templates see them, one entry a paragraph for all releases in which it refers.

use std::collections::{BTreeMap, BTreeSet};

use super::Stage;
use super::escape::escape;
use super::view::{BacklinkGroup, BacklinkView, Link};
use crate::history;
use crate::resolve::{self, Backlink, BacklinkKind};
use crate::target::Target;

/// What makes two backlinks one entry: the paragraph or chapter through its releases, or the thing itself.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Identity {
    Number(usize, crate::number::Number),
    Chapter(String),
    Other(Target),
}

impl Stage<'_> {
    /// The groups of what refers to any of `targets`.
    pub fn backlinks(&self, targets: &[Target]) -> Vec<BacklinkGroup> {
        let mut merged: BTreeMap<(BacklinkKind, Identity), Vec<&Backlink>> = BTreeMap::new();
        for backlink in targets.iter().flat_map(|target| self.site.backlinks(target)) {
            if self.is_shown(&backlink.origin) {
                merged.entry((backlink.kind, self.identity(&backlink.origin))).or_default().push(backlink);
            }
        }
        let mut groups: Vec<BacklinkGroup> = Vec::new();
        for ((kind, _), backlinks) in merged {
            let Some(view) = self.backlink(&backlinks) else { continue };
            match groups.last_mut().filter(|group| group.kind == kind.name()) {
                Some(group) => group.items.push(view),
                None => {
                    let label = self.locale.text(&format!("backlink-{}", kind.name()));
                    groups.push(BacklinkGroup { kind: kind.name(), label, items: vec![view] });
                }
            }
        }
        groups
    }

    /// Whether any text that is part of the site cites a norm.
    pub fn cites_norms(&self) -> bool {
        self.site.norms.iter().any(|norm| !self.backlinks(&[Target::Norm(norm.text.clone())]).is_empty())
    }

    fn is_shown(&self, origin: &Target) -> bool {
        origin.edition().is_none_or(|edition| self.editions().contains(&edition))
    }

    fn identity(&self, origin: &Target) -> Identity {
        let editions = &self.project.history.editions;
        match origin {
            Target::Block(edition, block) => {
                let numbering = &editions[*edition].numbering;
                Identity::Number(numbering.series, numbering.blocks[*block])
            }
            Target::Chapter(edition, chapter) => {
                Identity::Chapter(history::source(&self.project.sources, *edition).chapters[*chapter].page.slug.clone())
            }
            other => Identity::Other(other.clone()),
        }
    }

    /// One entry, leading to the newest of the releases.
    fn backlink(&self, backlinks: &[&Backlink]) -> Option<BacklinkView> {
        let newest = backlinks.iter().max_by_key(|backlink| self.freshness(&backlink.origin))?;
        let releases: BTreeSet<usize> = backlinks.iter().filter_map(|backlink| backlink.origin.edition()).collect();
        let title = match &newest.origin {
            Target::Reason(edition, _) => self.locale.text_of("changes-of", "release", &self.edition_label(*edition)),
            Target::Block(edition, block) => {
                let chapter = self.project.history.editions[*edition].text.blocks[*block].chapter;
                let chapter = resolve::title(self.project, &Target::Chapter(*edition, chapter));
                format!("{}, {chapter}", resolve::title(self.project, &newest.origin))
            }
            origin => resolve::title(self.project, origin),
        };
        Some(BacklinkView {
            title,
            path: resolve::address(self.project, &newest.origin),
            changed: self.changed(&newest.origin),
            language: self.language_of(&newest.origin),
            kind: newest.kind.name(),
            context_html: escape(&self.site.context(self.project, newest)),
            release: (!releases.is_empty()).then(|| self.release_list(&releases)),
        })
    }

    /// What changed for a reason: its paragraphs, each with its place in the change list.
    fn changed(&self, origin: &Target) -> Vec<Link> {
        let &Target::Reason(edition, reason) = origin else { return Vec::new() };
        let Some(comparison) = self.comparison(edition) else { return Vec::new() };
        let mut changed: Vec<Link> = Vec::new();
        for (at, entry) in comparison.changes.entries.iter().enumerate() {
            let (_, side, units) = comparison.shown_side(entry);
            let numbers = comparison.numbers(side, units).filter(|_| entry.reason == Some(reason));
            let Some(numbers) = numbers else { continue };
            let title = self.locale.text_of("number-label", "number", &numbers);
            if changed.last().is_none_or(|last| last.title != title) {
                changed.push(Link::new(title, format!("{}#{}", comparison.path(), comparison.anchor(at))));
            }
        }
        changed
    }

    /// The release in force comes first, then the newest; a link leads to where a reader wants to go.
    fn freshness(&self, origin: &Target) -> (bool, bool, usize) {
        let edition = origin.edition().unwrap_or(0);
        (Some(edition) == self.site.validity.current(), !self.is_draft(edition), edition)
    }

    fn release_list(&self, releases: &BTreeSet<usize>) -> String {
        releases.iter().map(|&edition| self.edition_label(edition)).collect::<Vec<_>>().join(", ")
    }
}
