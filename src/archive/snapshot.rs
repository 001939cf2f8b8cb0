//! The site as of the day of a release: the sealed releases up to it, and of the rest what was there by then.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostics, has_errors};
use crate::history;
use crate::load::{GuidelineSource, ReleaseSource, Sources};
use crate::markdown;
use crate::render::{self, theme};
use crate::resolve;
use crate::source::Files;
use crate::target::edition_path;
use crate::world::World;
use crate::write::OutputFile;
use crate::{Project, known};

/// A release's site as of its day.
pub(super) struct Snapshot {
    /// The site.
    pub project: Project,
    /// The release in it: its last edition.
    pub edition: usize,
    /// The day.
    pub day: Date,
    /// Its files, sorted by path.
    pub files: Vec<OutputFile>,
}

impl Snapshot {
    /// The release.
    pub fn release(&self) -> &ReleaseSource {
        history::source(&self.project.sources, self.edition)
    }

    /// The folder of the release's pages, with slashes around it.
    pub fn folder(&self) -> String {
        edition_path(&self.project.sources, self.edition)
    }

    /// The public address of a path.
    pub fn live(&self, path: &str) -> String {
        format!("{}{path}", self.project.sources.config.base_url)
    }
}

/// Renders the site of a release. What later pages refer to and is not there yet is no finding.
pub(super) fn render(
    world: &dyn World,
    root: &Path,
    project: &Project,
    edition: usize,
    files: &mut Files,
    diagnostics: &mut Diagnostics,
) -> Option<Snapshot> {
    let day = history::source(&project.sources, edition).released?;
    let sources = sources_of(&project.sources, edition, day);
    let mut unheard = Diagnostics::new();
    let theme = theme::load(world, root, &sources.config, files, diagnostics)?;
    let documents = markdown::parse(&sources, files, &markdown::Cache::default(), &mut unheard);
    let history = history::trace(&sources, &documents, &history::Cache::default(), &mut unheard);
    let edition = sources.releases.len().checked_sub(1)?;
    let project = Project { sources, documents, history };
    let site = resolve::resolve(&project, files, day, &mut unheard);
    let changes = crate::compare(&project, &site, false, day, &crate::Cache::default());
    let rendered = {
        let known = known(&project, &site, &changes, files, false, day);
        render::render(world, root, theme, &known, (None, &render::Nobody), diagnostics)
    };
    (!has_errors(diagnostics)).then_some(Snapshot { project, edition, day, files: rendered.files })
}

/// Takes what was said of the work, and when releases came into force, from the locks.
fn as_sealed(sources: &mut Sources) {
    for release in &mut sources.releases {
        let Some(work) = release.seal.as_ref().and_then(|seal| seal.lock.work.clone()) else { continue };
        release.valid_from = work.valid_from;
        let valid_from = std::mem::take(&mut sources.guideline.valid_from);
        sources.guideline = GuidelineSource {
            title: work.title,
            short_title: work.short_title,
            publisher: work.publisher,
            licence: work.licence,
            contact: work.contact,
            valid_from,
        };
    }
}

/// What the site was made of on the day of a release.
fn sources_of(all: &Sources, edition: usize, day: Date) -> Sources {
    let mut sources = all.clone();
    sources.archived = true;
    sources.draft = None;
    sources.permalinks = crate::permalinks::Permalinks::default();
    sources.config.redirects.clear();
    sources.config.menu.clear();
    sources.releases.truncate(edition + 1);
    sources.releases.retain(|release| release.seal.is_some());
    as_sealed(&mut sources);
    sources.labs.retain(|lab| lab.date <= day);
    sources.experiences.retain(|experience| experience.date.is_some_and(|date| date <= day));
    // Who works by the release changes over the years.
    sources.authorities.iter_mut().for_each(|authority| Arc::make_mut(authority).implements = None);
    sources
}
