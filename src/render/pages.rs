//! All pages of the site, each kind in a file of its own.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::html::Writer;
use super::view::{Link, ReleaseInfo};
use super::{PageJob, Stage};
use crate::history;
use crate::load::Body;
use crate::resolve;
use crate::target::{Target, edition_path};

mod backlinks;
mod chapter;
mod collections;
mod comparison;
mod feeds;
mod guideline;
mod labs;
mod norms;
mod passages;
mod redirects;
mod start;
mod values;

pub(super) use norms::cites as cites_norms;

/// Every page of the site.
pub(super) fn all(stage: &Stage<'_>) -> Vec<PageJob> {
    let mut pages = vec![start::start(stage), start::not_found(stage)];
    pages.extend(guideline::pages(stage));
    pages.extend(chapter::pages(stage));
    pages.extend(comparison::pages(stage));
    pages.extend(labs::pages(stage));
    pages.extend(values::pages(stage));
    pages.extend(collections::pages(stage));
    pages.extend(norms::pages(stage));
    let feeds = feeds::files(stage, &pages);
    pages.extend(feeds);
    pages.extend(redirects::pages(stage));
    pages
}

impl Stage<'_> {
    /// A writer for the text of a body; `language` is its own if it is not the site's.
    fn writer<'s>(&'s self, body: Body, language: Option<&'s str>) -> Writer<'s> {
        Writer {
            site: self.site,
            document: self.project.documents.of(body),
            language: language.unwrap_or(&self.project.sources.config.language),
            locale: self.locale,
            highlighter: self.highlighter,
            referred: RefCell::new(BTreeSet::new()),
        }
    }

    /// The text of a body and its footnotes; `language` is its own if it is not the site's.
    fn text(&self, body: Body, language: Option<&str>) -> (String, Option<String>) {
        let writer = self.writer(body, language);
        (writer.document(), writer.footnotes())
    }

    /// The text of a body with its footnotes below it.
    fn whole_text(&self, body: Body) -> String {
        let (text, footnotes) = self.text(body, None);
        text + footnotes.as_deref().unwrap_or_default()
    }

    /// A link to a target.
    fn link(&self, target: &Target) -> Link {
        Link::new(resolve::title(self.project, target), resolve::address(self.project, target))
    }

    /// Links to what front matter names.
    fn links(&self, names: &[crate::source::Spanned<String>]) -> Vec<Link> {
        let resolved = names.iter().filter_map(|name| self.site.resolved(name.span));
        resolved.map(|resolved| Link::new(&resolved.title, &resolved.path)).collect()
    }

    /// „Fassung 2.0“ or „Entwurf“.
    fn edition_label(&self, edition: usize) -> String {
        if self.is_draft(edition) {
            return self.locale.text("draft");
        }
        self.locale.text_of("release-label", "version", &history::label(&self.project.sources, edition))
    }

    /// What templates see of an edition.
    fn release(&self, edition: usize) -> ReleaseInfo {
        let source = history::source(&self.project.sources, edition);
        let date = |date: Option<jiff::civil::Date>| date.map(|date| self.locale.date(date));
        let predecessor = self.project.history.editions[edition].predecessor;
        ReleaseInfo {
            version: source.version.as_ref().map(ToString::to_string),
            label: self.edition_label(edition),
            path: edition_path(&self.project.sources, edition),
            released: date(source.released),
            valid_from: date(source.valid_from),
            valid_until: date(self.site.validity.valid_until(edition)),
            status: self.site.validity.status(edition).name(),
            summary: source.summary.clone(),
            changes_path: predecessor.map(|_| resolve::address(self.project, &Target::Changes(edition))),
            predecessor: predecessor.map(|before| self.edition_label(before)),
            consultation_until: date(source.consultation_until),
        }
    }

    /// The way to the guideline's pages, for breadcrumbs.
    fn above_guideline(&self) -> Vec<Link> {
        let path = resolve::address(self.project, &Target::Guideline);
        vec![Link::new(self.locale.text("nav-guideline"), path)]
    }

    /// The way to an edition's pages.
    fn above_edition(&self, edition: usize) -> Vec<Link> {
        let mut above = self.above_guideline();
        above.push(Link::new(self.edition_label(edition), edition_path(&self.project.sources, edition)));
        above
    }
}
