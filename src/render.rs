//! Stage 7: makes the files of the site from what is known: typed contexts, templates, finished HTML.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::Project;
use crate::changes::Comparisons;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::resolve::Site;
use crate::source::Files;
use crate::world::World;
use crate::write::OutputFile;

mod backlinks;
mod citation;
mod comparison;
pub mod escape;
mod export;
pub mod highlight;
pub mod html;
mod licence;
pub mod locale;
mod menu;
mod page;
mod pages;
mod passages;
mod reading;
mod redirects;
mod relative;
mod stage;
pub mod theme;
pub mod typography;
mod view;

use highlight::Highlighter;
use page::PageJob;
use stage::Stage;
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
}

/// The finished site.
pub struct Rendered {
    /// Every file, sorted by path.
    pub files: Vec<OutputFile>,
    /// How many of them are pages.
    pub pages: usize,
}

/// Renders the whole site.
pub fn render(
    world: &dyn World,
    root: &Path,
    mut theme: Theme,
    known: &Known<'_>,
    diagnostics: &mut Diagnostics,
) -> Rendered {
    let locale = std::sync::Arc::clone(&theme.locale);
    let highlighter = Highlighter::default();
    let stage = Stage::new(known, &locale, &highlighter);
    stage.set_shared(&mut theme);
    let mut pages = pages::all(&stage);
    let redirects = redirects::all(&stage);
    let exported = export::files(&stage, &pages, &redirects);
    pages.extend(redirects.iter().map(|redirect| redirect.page(&stage)));
    let count = pages.len();
    pages.extend(exported.templated);
    let rendered: Vec<Result<OutputFile, Diagnostic>> =
        pages.into_par_iter().map(|page| stage.file(&theme, page)).collect();
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for file in rendered {
        match file {
            Ok(file) => add(&mut files, file.path, file.bytes, diagnostics),
            Err(found) => diagnostics.push(found),
        }
    }
    for file in exported.finished {
        add(&mut files, file.path, file.bytes, diagnostics);
    }
    for (path, bytes) in &theme.files {
        add(&mut files, format!("assets/{path}"), bytes.clone(), diagnostics);
    }
    add_content_assets(world, root, &stage, &mut files, diagnostics);
    check_written_addresses(known, &files, diagnostics);
    let files = files.into_iter().map(|(path, bytes)| OutputFile { path, bytes }).collect();
    Rendered { files, pages: count }
}

fn add(files: &mut BTreeMap<String, Vec<u8>>, path: String, bytes: Vec<u8>, diagnostics: &mut Diagnostics) {
    if files.contains_key(&path) {
        diagnostics.push(
            Diagnostic::bare(Code::DuplicateAddress)
                .arg("address", format!("/{}", path.trim_end_matches("index.html"))),
        );
    }
    files.insert(path, bytes);
}

/// Reports links to addresses of the site, `/werte/`, where nothing stands.
fn check_written_addresses(known: &Known<'_>, files: &BTreeMap<String, Vec<u8>>, diagnostics: &mut Diagnostics) {
    let mut broken = Diagnostics::new();
    let redirects = known.project.sources.config.redirects.iter();
    let redirects = redirects.filter(|(_, to)| to.value.starts_with('/')).map(|(_, to)| (to.span, to.value.as_str()));
    for (span, address) in known.site.written_addresses().chain(redirects) {
        let path = address.split(['#', '?']).next().unwrap_or_default().trim_start_matches('/');
        let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        if !files.contains_key(&file) {
            broken.push(Diagnostic::at(Code::BrokenLink, span).arg("url", address));
        }
    }
    known.project.sources.config.checks.apply(&mut broken);
    diagnostics.append(&mut broken);
}

fn add_content_assets(
    world: &dyn World,
    root: &Path,
    stage: &Stage<'_>,
    files: &mut BTreeMap<String, Vec<u8>>,
    diagnostics: &mut Diagnostics,
) {
    let sources = &stage.project.sources;
    let draft = sources.draft.as_ref().filter(|_| !stage.shows_draft()).map(|draft| format!("{}/", draft.folder));
    let hidden = |asset: &&String| draft.as_ref().is_some_and(|folder| asset.starts_with(folder));
    for asset in sources.assets.iter().filter(|asset| !hidden(asset)) {
        match world.read(&root.join("content").join(asset)) {
            Ok(bytes) => {
                let path = crate::target::asset_path(asset, sources);
                add(files, path.trim_start_matches('/').to_owned(), bytes, diagnostics);
            }
            Err(error) => {
                let found = Diagnostic::about(Code::Unreadable, format!("content/{asset}"));
                diagnostics.push(found.arg("error", error));
            }
        }
    }
}
