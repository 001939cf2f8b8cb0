//! Stage 7: makes the files of the site from what is known: typed contexts, templates, finished HTML.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::Project;
use crate::changes::Comparisons;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::resolve::Site;
use crate::source::Files;
use crate::world::World;
use crate::write::OutputFile;

mod axis;
mod backlinks;
mod cache;
mod citation;
mod comparison;
mod concordance;
mod downloads;
pub mod escape;
mod export;
mod frames;
pub mod highlight;
pub mod html;
mod licence;
pub mod locale;
mod menu;
mod notes;
mod page;
mod pages;
mod passages;
mod permanent;
pub mod places;
mod queue;
mod reading;
mod redirects;
pub mod relative;
mod search;
mod speakers;
mod stage;
mod taken;
pub mod theme;
pub mod typography;
mod view;
mod written;

pub use cache::Cache;
pub use downloads::FOLDER as ARCHIVES;
use highlight::Highlighter;
pub use notes::{ChangeNote, Notes, SourceLine};
use page::PageJob;
pub use page::file_name;
pub use permanent::addresses;
use queue::Job;
pub use queue::{Audience, Nobody};
use redirects::Redirect;
pub use search::{Earlier, Indexes};
use stage::Stage;
use taken::{Owner, Taken};
use theme::Theme;

/// What is known of the site when it is rendered.
#[derive(Clone)]
pub struct Known<'a> {
    /// The sources, the texts, the releases.
    pub project: &'a Project,
    /// References and backlinks.
    pub site: &'a Site,
    /// The changes of all pairs in [`crate::changes::shown_pairs`].
    pub changes: &'a Comparisons,
    /// The texts as they were written.
    pub files: &'a Files,
    /// The editions that are part of the site.
    pub editions: Range<usize>,
    /// The day as of which it is built.
    pub today: Date,
    /// Whether the indexes of the search are made.
    pub indexing: &'a Indexing,
}

/// Whether the indexes of the search are made, which takes longer than all the rest.
#[derive(Debug, Clone, Default)]
pub enum Indexing {
    /// They are not.
    #[default]
    No,
    /// They will be: [`Rendered::indexes`] has what they are made of.
    Later,
    /// They are; what is unchanged is taken from the output of an earlier build, if there is one in this folder.
    Reusing(PathBuf),
}

/// The finished site.
pub struct Rendered {
    /// Every file, sorted by path.
    pub files: Vec<OutputFile>,
    /// How many of them are pages.
    pub pages: usize,
    /// What a preview shows beside pages, by their files; empty where nobody wants them.
    pub notes: BTreeMap<String, Notes>,
    /// What the indexes of the search are made of, where they are made later.
    pub indexes: Option<Indexes>,
}

/// Renders the whole site. Files are made in an order that `audience` may say, and given to it one by one; of pages that are
/// in `cache` only those are made anew that are made from something else.
pub fn render(
    world: &dyn World,
    root: &Path,
    mut theme: Theme,
    known: &Known<'_>,
    (cache, audience): (Option<&Cache>, &dyn Audience),
    diagnostics: &mut Diagnostics,
) -> Rendered {
    let locale = std::sync::Arc::clone(&theme.locale);
    let highlighter = Highlighter::default();
    let downloads = downloads::read(world, root, &known.project.sources, diagnostics);
    let stage = Stage { downloads, cache, ..Stage::new(known, &locale, &highlighter) };
    stage.set_shared(&mut theme);
    cache.into_iter().for_each(|cache| cache.begin_run(&mut theme));
    let redirects = redirects::all(&stage);
    let (jobs, owners, pages) = jobs(&stage, &redirects);
    let made = queue::make_all(jobs, &stage, &theme, audience);
    let mut files = Taken::default();
    for (file, owner) in made.into_iter().zip(owners) {
        match file {
            Ok(file) => files.add(file, owner, diagnostics),
            Err(found) => diagnostics.push(found),
        }
    }
    for (path, bytes) in &theme.files {
        let file = OutputFile { path: format!("assets/{path}"), bytes: bytes.clone().into() };
        files.add(file, Owner::Program, diagnostics);
    }
    add_content_assets(world, root, &stage, &mut files, diagnostics);
    downloads::add(&stage.downloads, &mut files, diagnostics);
    written::check(known, &files, &redirects, diagnostics);
    permanent::check(known, &files, &redirects, diagnostics);
    let indexes = if matches!(known.indexing, Indexing::No) { None } else { Indexes::new(&stage) };
    match (known.indexing, &indexes) {
        (Indexing::Reusing(output), Some(indexes)) => match indexes.make(Earlier::Output(world, output)) {
            Ok(made) => made.into_iter().for_each(|file| files.add(file, Owner::Program, diagnostics)),
            Err(found) => diagnostics.push(found),
        },
        // What comes later must find its place free.
        _ => stage.search_files().iter().for_each(|path| files.reserve(path, &Owner::Program, diagnostics)),
    }
    let notes = if audience.wants_notes() { notes::all(&stage) } else { BTreeMap::new() };
    Rendered { files: files.finish(diagnostics), pages, notes, indexes }
}

/// All files that are to be made, whom each belongs to, and how many of them are pages.
fn jobs<'s>(stage: &'s Stage<'_>, redirects: &'s [Redirect]) -> (Vec<Job<'s>>, Vec<Owner>, usize) {
    let mut pages = pages::all(stage);
    let exported = export::files(stage, &pages, redirects);
    let mut owners: Vec<Owner> = pages.iter().map(|page| Owner::Page(page.head.title.clone())).collect();
    pages.extend(redirects.iter().map(|redirect| redirect.page(stage)));
    owners.extend(redirects.iter().map(|redirect| redirect.owner.clone()));
    let count = pages.len();
    let jobs: Vec<Job<'s>> = pages.into_iter().map(Job::Page).chain(exported).collect();
    owners.resize(jobs.len(), Owner::Program);
    (jobs, owners, count)
}

fn add_content_assets(
    world: &dyn World,
    root: &Path,
    stage: &Stage<'_>,
    files: &mut Taken,
    diagnostics: &mut Diagnostics,
) {
    let sources = &stage.project.sources;
    let draft = sources.draft.as_ref().filter(|_| !stage.shows_draft()).map(|draft| format!("{}/", draft.folder));
    let hidden = |asset: &&String| draft.as_ref().is_some_and(|folder| asset.starts_with(folder));
    for asset in sources.assets.iter().filter(|asset| !hidden(asset)) {
        match world.read(&root.join("content").join(asset)) {
            Ok(bytes) => {
                let path = crate::target::asset_path(asset, sources).trim_start_matches('/').to_owned();
                files.add(OutputFile { path, bytes: bytes.into() }, Owner::File(asset.clone()), diagnostics);
            }
            Err(error) => {
                let found = Diagnostic::about(Code::Unreadable, format!("content/{asset}"));
                diagnostics.push(found.arg("error", error));
            }
        }
    }
}
