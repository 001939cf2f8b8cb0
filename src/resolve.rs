//! Stage 5: checks every reference, finds what it leads to, and turns references around into backlinks.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::Project;
use crate::diagnostic::Diagnostics;
use crate::history;
use crate::markdown::Reference;
use crate::source::{FileId, Files, Span};
use crate::target::{self, Target};

mod backlinks;
mod collect;
mod context;
mod found;
mod front_matter;
mod index;
mod links;
mod lookup;
mod norms;
mod sealed;
mod validity;

pub use backlinks::{Backlink, BacklinkKind};
pub use context::Context;
pub use links::{is_allowed, is_elsewhere};
pub use norms::{Norm, norm_url, parse as parse_norm};
pub use sealed::references;
pub use validity::{Status, Validity};

/// A reference that was found good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// What it leads to.
    pub target: Target,
    /// Its address from the site's root, with fragment; or an address elsewhere.
    pub path: String,
    /// What it shows where the author wrote no text.
    pub title: String,
}

/// All references of a site, resolved.
#[derive(Debug, Default)]
pub struct Site {
    /// By file and first byte, with where each reference ends.
    resolved: BTreeMap<(FileId, usize), (usize, Resolved)>,
    backlinks: BTreeMap<Target, Vec<Backlink>>,
    /// What sealed texts show where what they referred to is gone, by place.
    vanished: BTreeMap<(FileId, usize), String>,
    /// Which release is in force when.
    pub validity: Validity,
    /// Norms that are cited, sorted by act and number.
    pub norms: Vec<Norm>,
}

impl Site {
    /// What the reference, link or image at a place leads to; `None` for one that was found broken.
    pub fn resolved(&self, span: Span) -> Option<&Resolved> {
        self.resolved.get(&(span.file, span.start)).map(|(_, resolved)| resolved)
    }

    /// Whether what a sealed text refers to at a place is gone.
    pub fn has_vanished(&self, span: Span) -> bool {
        self.vanished.contains_key(&(span.file, span.start))
    }

    /// What a page shows in the place of a reference.
    pub fn shown(&self, reference: &Reference) -> String {
        let place = (reference.span.file, reference.span.start);
        let resolved = || self.resolved(reference.span).map(|resolved| &resolved.title);
        let title = || resolved().or_else(|| self.vanished.get(&place)).cloned();
        reference.text.clone().or_else(title).unwrap_or_else(|| reference.target.value.clone())
    }

    /// Everything that was found good, with its place.
    pub fn all(&self) -> impl Iterator<Item = (Span, &Resolved)> {
        self.resolved.iter().map(|(&(file, start), (end, resolved))| (Span::new(file, start..*end), resolved))
    }

    /// Links to addresses of the site as their authors wrote them, `/werte/`. Whether there is a page is known only
    /// when all are made.
    pub fn written_addresses(&self) -> impl Iterator<Item = (Span, &str)> {
        self.all().filter_map(|(span, resolved)| match &resolved.target {
            Target::Address(address) => Some((span, address.as_str())),
            _ => None,
        })
    }

    /// What refers to a target, in the order of the site.
    pub fn backlinks(&self, target: &Target) -> &[Backlink] {
        self.backlinks.get(target).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Resolves every reference of `project` as of the day `today`.
pub fn resolve(project: &Project, files: &Files, today: Date, diagnostics: &mut Diagnostics) -> Site {
    let index = index::Index::new(project);
    let validity = Validity::new(&project.sources, today);
    validity::check(&project.sources, &validity, diagnostics);
    let mut resolver = collect::Resolver::new(project, files, &index, validity, diagnostics);
    resolver.documents();
    resolver.front_matter();
    resolver.reasons();
    resolver.finish()
}

/// The address of a target, with the fragment of a block.
pub fn address(project: &Project, target: &Target) -> String {
    let chapter = |edition: usize, block: usize| project.history.editions[edition].text.blocks[block].chapter;
    let path = target::path(target, &project.sources, chapter);
    match target {
        Target::Block(edition, block) => {
            format!("{path}#rn-{}", project.history.editions[*edition].numbering.blocks[*block])
        }
        Target::GoneNumber(edition, number) => match index::number(project, *edition, *number) {
            Some(told) => format!("{}#rn-{number}", address(project, &told)),
            None => path,
        },
        _ => path,
    }
}

/// What a target is called.
pub fn title(project: &Project, target: &Target) -> String {
    let sources = &project.sources;
    match target {
        Target::Start => sources.config.title.clone(),
        Target::Guideline => sources.guideline.title.clone().unwrap_or_else(|| sources.config.title.clone()),
        Target::Edition(edition) | Target::Changes(edition) | Target::Reason(edition, _) => {
            history::label(sources, *edition)
        }
        Target::Chapter(edition, chapter) => history::source(sources, *edition).chapters[*chapter].title.clone(),
        Target::GoneChapter(_, slug) => slug.clone(),
        Target::GoneNumber(_, number) => format!("Rn. {number}"),
        Target::Block(edition, block) => format!("Rn. {}", project.history.editions[*edition].numbering.blocks[*block]),
        Target::Lab(lab) => sources.labs[*lab].title.clone(),
        Target::Talk(lab, talk) => sources.labs[*lab].talks[*talk].title.clone(),
        Target::Value(at) => sources.values[*at].values.join(" & "),
        Target::Experience(at) => sources.experiences[*at].title.clone(),
        Target::Authority(at) => {
            let authority = &sources.authorities[*at];
            authority.short.clone().unwrap_or_else(|| authority.title.clone())
        }
        Target::Person(at) => sources.people[*at].title.clone(),
        Target::Term(at) => sources.terms[*at].title.clone(),
        Target::Page(at) => sources.pages[*at].title.clone(),
        Target::Norm(text) | Target::Asset(text) | Target::Address(text) => text.clone(),
    }
}
