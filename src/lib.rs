//! Leitwerk turns versioned guidelines, talks and value pairs in `content/` into a static site in which every release
//! stays, every difference between two releases is computed, and every paragraph can be cited.
//!
//! The way the data takes, each stage a function from an immutable value to the next:
//!
//! 1. [`load`] reads `site.toml` and `content/` into typed [`load::Sources`];
//! 2. [`markdown`] parses every text into a tree of blocks ([`markdown::Documents`]);
//! 3. [`align`] finds which block of a release came from which block of the one before ([`align::Pairing`]);
//! 4. [`number`] gives margin numbers that stay ([`number::Numbering`]); [`history`] runs 3 and 4 in turn;
//! 5. [`resolve`] checks every reference and collects backlinks ([`resolve::Site`]);
//! 6. [`changes`] tells what changed between two editions ([`changes::Changes`]);
//! 7. [`render`] makes the files of the site;
//! 8. [`write`](mod@write) puts them on the disk, all or none.
//!
//! [`serve`] runs them again and again, with a [`Cache`] of what was made before.
//!
//! Disk and clock are behind [`world::World`]; whatever is wrong becomes a [`diagnostic::Diagnostic`].

pub mod align;
pub mod archive;
pub mod changes;
pub mod checksum;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod history;
pub mod import;
pub mod laps;
pub mod load;
pub mod lock;
pub mod margin_number;
pub mod markdown;
pub mod memo;
pub mod number;
pub mod pending;
pub mod permalinks;
pub mod reference;
pub mod release;
pub mod release_text;
pub mod render;
pub mod report;
pub mod resolve;
pub mod sentences;
pub mod serve;
pub mod slug;
pub mod source;
pub mod target;
pub mod tokens;
pub mod toml_fields;
pub mod version;
pub mod webvtt;
pub mod words;
pub mod world;
pub mod write;

use std::path::Path;

use changes::Comparisons;
use diagnostic::{Code, Diagnostic, Diagnostics};
use history::History;
use jiff::civil::Date;
use laps::Laps;
use load::Sources;
use markdown::Documents;
use render::{Audience, Rendered, theme};
use resolve::Site;
use source::Files;
use world::World;

/// What was made before, stage by stage, for runs in which most of the site is what it was. What comes out is the same.
/// The default is for one run.
#[derive(Default)]
pub struct Cache {
    load: load::Cache,
    markdown: markdown::Cache,
    history: history::Cache,
    changes: changes::Cache,
    archives: archive::Cache,
    /// Finished pages are kept only for further runs: they are large.
    render: Option<render::Cache>,
}

impl Cache {
    /// For several runs.
    pub fn for_runs() -> Self {
        Self { render: Some(render::Cache::default()), ..Self::default() }
    }

    /// Ends a run that came to nothing: forgets what the stages before the mistake did not ask for.
    pub fn break_off(&self) {
        self.load.end_run();
        self.markdown.end_run();
        self.history.end_run();
    }

    /// Ends a run: forgets what it did not ask for.
    pub fn end_run(&self) {
        self.break_off();
        self.changes.end_run();
        self.archives.end_run();
        self.render.iter().for_each(render::Cache::end_run);
    }
}

/// A site that was read: stages 1 to 4.
pub struct Project {
    /// What was read.
    pub sources: Sources,
    /// The parsed texts.
    pub documents: Documents,
    /// The releases, aligned and numbered.
    pub history: History,
}

impl Project {
    /// Gives findings the levels that the site sets, and drops those about sealed texts: they had none that mattered when
    /// they were sealed, and nobody can mend them any more.
    pub fn settle(&self, diagnostics: &mut Diagnostics) {
        self.sources.config.checks.apply(diagnostics);
        let seals: Vec<_> = self.sources.releases.iter().filter_map(|release| release.seal.as_ref()).collect();
        let about_seals = |code: Code| code as u16 >= Code::AlteredSealedFile as u16;
        diagnostics.retain(|found| {
            let in_sealed = found.span.is_some_and(|span| seals.iter().any(|seal| seal.covers(span)));
            !in_sealed || about_seals(found.code)
        });
    }
}

/// Reads the site in `root`; `None` where there is none to go on with. Whatever is wrong goes to `diagnostics`. What an
/// interrupted command left half done is completed first.
pub fn read(world: &dyn World, root: &Path, files: &mut Files, diagnostics: &mut Diagnostics) -> Option<Project> {
    let laps = &mut Laps::begin(world);
    read_again(world, root, (&Cache::default(), laps), files, diagnostics)
}

/// Reads a site again of which `cache` knows what was read before.
fn read_again(
    world: &dyn World,
    root: &Path,
    (cache, laps): (&Cache, &mut Laps),
    files: &mut Files,
    diagnostics: &mut Diagnostics,
) -> Option<Project> {
    if let Err(found) = pending::complete(world, root) {
        diagnostics.push(found);
        return None;
    }
    // No other command changes the sources while they are read.
    let reading = world.lock(root);
    let sources = load::load(world, root, &cache.load, files, diagnostics)?;
    drop(reading);
    laps.end("load", world);
    let documents = markdown::parse(&sources, files, &cache.markdown, diagnostics);
    laps.end("parse", world);
    let history = history::trace(&sources, &documents, &cache.history, diagnostics);
    laps.end("align, number", world);
    Some(Project { sources, documents, history })
}

/// Finds everything that is wrong with the site in `root`, the draft included.
pub fn check(world: &dyn World, root: &Path, files: &mut Files, diagnostics: &mut Diagnostics) {
    let Some(project) = read(world, root, files, diagnostics) else { return };
    let theme = theme::load(world, root, &project.sources.config, files, diagnostics);
    let site = resolve::resolve(&project, files, world.today(), diagnostics);
    if let Some(day) = site.validity.next_change(world.today()) {
        check_from(day, &project, files, diagnostics);
    }
    let changes = compare(&project, &site, true, world.today(), &Cache::default());
    changes::check_unused(&project.history, &project.sources, &changes, diagnostics);
    changes::check_missing(&project.history, &project.sources, &changes, diagnostics);
    archive::check_consent(world, root, &project.sources, &archive::Cache::default(), diagnostics);
    project.settle(diagnostics);
    if let Some(theme) = theme.filter(|_| !diagnostic::has_errors(diagnostics)) {
        // What only shows when pages are made: templates, addresses taken twice or written by hand.
        let known = known(&project, &site, &changes, files, true, world.today());
        let rendered = render::render(world, root, theme, &known, (None, &render::Nobody), diagnostics);
        let cache = archive::Cache::default();
        archive::check_offered(world, root, &project.sources, &rendered.files, (&cache, files), diagnostics);
    }
}

/// Finds what will be wrong when the next release comes into force: references that follow it.
fn check_from(day: Date, project: &Project, files: &Files, diagnostics: &mut Diagnostics) {
    let mut coming = Diagnostics::new();
    resolve::resolve(project, files, day, &mut coming);
    coming.retain(|found| !diagnostics.iter().any(|known| known.code == found.code && known.span == found.span));
    // What would be meant on that day is for the editors to say; the nearest name is no help.
    diagnostics.extend(coming.into_iter().map(|found| Diagnostic { suggestion: None, ..found.arg("day", day) }));
}

/// Builds the site in `root`: stages 1 to 7. `None` if it has errors; they are in `diagnostics`.
pub fn build(
    world: &dyn World,
    root: &Path,
    options: &BuildOptions,
    files: &mut Files,
    diagnostics: &mut Diagnostics,
) -> Option<Built> {
    build_again(world, root, options, (&Cache::default(), &render::Nobody), files, diagnostics)
}

/// Builds a site again of which `cache` knows what was made before: [`build`], with less work. `audience` gets each file as
/// soon as it is made.
pub fn build_again(
    world: &dyn World,
    root: &Path,
    options: &BuildOptions,
    (cache, audience): (&Cache, &dyn Audience),
    files: &mut Files,
    diagnostics: &mut Diagnostics,
) -> Option<Built> {
    let mut laps = Laps::begin(world);
    let mut project = read_again(world, root, (cache, &mut laps), files, diagnostics)?;
    let theme = theme::load(world, root, &project.sources.config, files, diagnostics);
    laps.end("theme", world);
    if let Some(base_url) = &options.base_url {
        base_url.as_ref().clone_into(&mut project.sources.config.base_url);
    }
    let site = resolve::resolve(&project, files, world.today(), diagnostics);
    project.settle(diagnostics);
    forget_draft(&project.sources, options.drafts, world.today(), files, diagnostics);
    if diagnostic::has_errors(diagnostics) {
        return None;
    }
    laps.end("resolve", world);
    let changes = compare(&project, &site, options.drafts, world.today(), cache);
    changes::check_unused(&project.history, &project.sources, &changes, diagnostics);
    archive::check_consent(world, root, &project.sources, &cache.archives, diagnostics);
    project.settle(diagnostics);
    laps.end("changes", world);
    let known = known(&project, &site, &changes, files, options.drafts, world.today());
    let known = render::Known { indexing: &options.indexing, ..known };
    let rendered = render::render(world, root, theme?, &known, (cache.render.as_ref(), audience), diagnostics);
    let site_files = &rendered.files;
    archive::check_offered(world, root, &project.sources, site_files, (&cache.archives, files), diagnostics);
    forget_draft(&project.sources, options.drafts, world.today(), files, diagnostics);
    laps.end("render", world);
    (!diagnostic::has_errors(diagnostics)).then_some(Built {
        rendered,
        laps,
        next_change: next_change(&project.sources, &site, world.today()),
        base_path: project.sources.config.base_path().to_owned(),
    })
}

/// The next day on which the site changes by itself: a release comes into force, or the consultation is over.
fn next_change(sources: &Sources, site: &Site, today: Date) -> Option<Date> {
    let until = sources.draft.as_ref().and_then(|draft| draft.consultation_until).filter(|until| today <= *until);
    // Where the draft was asked for, it stays, but is no consultation any more.
    let over = until.and_then(|until| until.tomorrow().ok());
    site.validity.next_change(today).into_iter().chain(over).min()
}

/// Drops findings about the draft if it is not part of the site: a half-written one must not keep a correction of a
/// release from being published. `check` still tells them.
pub(crate) fn forget_draft(sources: &Sources, drafts: bool, today: Date, files: &Files, diagnostics: &mut Diagnostics) {
    let shown = sources.shown_editions(drafts, today).end > sources.releases.len();
    let Some(draft) = sources.draft.as_ref().filter(|_| !shown) else { return };
    let folder = format!("content/{}/", draft.folder);
    diagnostics.retain(|diagnostic| {
        let in_text = diagnostic.span.is_some_and(|span| files.get(span.file).path().starts_with(&folder));
        let about = diagnostic.args.get("path").is_some_and(|path| Path::new(path).starts_with(&folder));
        !in_text && !about
    });
}

pub(crate) fn compare(project: &Project, site: &Site, drafts: bool, today: Date, cache: &Cache) -> Comparisons {
    let editions = project.sources.shown_editions(drafts, today);
    let pairs = changes::shown_pairs(&project.history, editions, site.validity.current());
    changes::compare_all(&project.history, &project.sources, &pairs, &cache.changes)
}

/// What rendering must know.
pub(crate) fn known<'a>(
    project: &'a Project,
    site: &'a Site,
    changes: &'a Comparisons,
    files: &'a Files,
    drafts: bool,
    today: Date,
) -> render::Known<'a> {
    let editions = project.sources.shown_editions(drafts, today);
    render::Known { project, site, changes, files, editions, today, indexing: &render::Indexing::No }
}

/// A site that was built and not yet written.
pub struct Built {
    /// Its files.
    pub rendered: Rendered,
    /// How long each stage took.
    pub laps: Laps,
    /// The next day on which the site changes by itself: another release comes into force, or a consultation ends.
    pub next_change: Option<Date>,
    /// The path of its public base, without a slash at its end; empty at the top of a host.
    pub base_path: String,
}

/// What a build is asked for.
#[derive(Debug, Clone, Default)]
pub struct BuildOptions {
    /// Whether the draft is published too.
    pub drafts: bool,
    /// Address of the start page in place of the one in `site.toml`.
    pub base_url: Option<config::BaseUrl>,
    /// Whether the indexes of the search are made.
    pub indexing: render::Indexing,
}
