//! Stage 7: makes the files of the site from what is known: typed contexts, templates, finished HTML.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;

use crate::Project;
use crate::changes::{Changes, Comparisons};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::resolve::Site;
use crate::world::World;
use crate::write::OutputFile;

pub mod escape;
pub mod highlight;
pub mod html;
pub mod locale;
mod menu;
mod pages;
mod relative;
pub mod theme;
pub mod typography;
mod view;

use highlight::Highlighter;
use locale::Locale;
use theme::Theme;
use view::Link;

/// What is known of the site when it is rendered.
#[derive(Clone)]
pub struct Known<'a> {
    /// The sources, the texts, the releases.
    pub project: &'a Project,
    /// References and backlinks.
    pub site: &'a Site,
    /// The changes of all pairs in [`crate::changes::shown_pairs`].
    pub changes: &'a Comparisons,
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
pub fn render(world: &dyn World, root: &Path, known: &Known<'_>, diagnostics: &mut Diagnostics) -> Option<Rendered> {
    let mut theme = match theme::load(world, root, &known.project.sources.config) {
        Ok(theme) => theme,
        Err(found) => {
            diagnostics.push(*found);
            return None;
        }
    };
    let locale = std::sync::Arc::clone(&theme.locale);
    let highlighter = Highlighter::default();
    let stage = Stage::new(known, &locale, &highlighter);
    stage.set_shared(&mut theme);
    let pages = pages::all(&stage);
    let count = pages.iter().filter(|page| page.path.ends_with('/') || page.path.ends_with(".html")).count();
    let rendered: Vec<Result<OutputFile, Diagnostic>> =
        pages.into_par_iter().map(|page| stage.file(&theme, page)).collect();
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for file in rendered {
        match file {
            Ok(file) => add(&mut files, file.path, file.bytes, diagnostics),
            Err(found) => diagnostics.push(found),
        }
    }
    for (path, bytes) in &theme.files {
        add(&mut files, format!("assets/{path}"), bytes.clone(), diagnostics);
    }
    add_content_assets(world, root, &stage, &mut files, diagnostics);
    check_written_addresses(known, &files, diagnostics);
    let files = files.into_iter().map(|(path, bytes)| OutputFile { path, bytes }).collect();
    Some(Rendered { files, pages: count })
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

/// A page that waits to be rendered.
struct PageJob {
    template: &'static str,
    /// Address from the site's root; a folder's ends with a slash.
    path: String,
    context: tera::Context,
}

/// What every page has.
#[derive(Serialize)]
struct PageInfo {
    template: &'static str,
    title: String,
    path: String,
    canonical: Option<String>,
    description: Option<String>,
    noindex: bool,
    breadcrumbs: Vec<Link>,
}

/// The page that a server shows for addresses that do not exist.
const NOT_FOUND: &str = "/404.html";

/// What the making of every page needs.
struct Stage<'a> {
    project: &'a Project,
    site: &'a Site,
    changes: &'a Comparisons,
    editions: Range<usize>,
    today: Date,
    locale: &'a Locale,
    highlighter: &'a Highlighter,
    menu: Vec<Link>,
}

impl<'a> Stage<'a> {
    fn new(known: &Known<'a>, locale: &'a Locale, highlighter: &'a Highlighter) -> Self {
        let Known { project, site, changes, editions, today } = known.clone();
        let mut stage = Self { project, site, changes, editions, today, locale, highlighter, menu: Vec::new() };
        stage.menu = menu::menu(&stage);
        stage
    }

    /// The editions that are part of the site.
    fn editions(&self) -> Range<usize> {
        self.editions.clone()
    }

    /// Whether the draft is part of the site.
    fn shows_draft(&self) -> bool {
        self.editions.end > self.project.sources.releases.len()
    }

    /// What an edition changed against its predecessor.
    fn changes_of(&self, edition: usize) -> Option<&'a Changes> {
        let before = self.project.history.editions[edition].predecessor?;
        self.changes.get(&(before, edition))
    }

    fn is_draft(&self, edition: usize) -> bool {
        edition >= self.project.sources.releases.len()
    }

    /// Puts what all pages share into the templates' global context, once.
    fn set_shared(&self, theme: &mut Theme) {
        let config = &self.project.sources.config;
        let shared = theme.templates.global_context();
        let feed = (!self.project.sources.releases.is_empty()).then_some("/feeds/fassungen.xml");
        shared.insert(
            "site",
            &serde_json::json!({
                "title": config.title,
                "description": config.description,
                "publisher": config.publisher,
                "notice": config.notice,
                "language": config.language,
                "base_url": config.base_url,
                "start_path": "/",
                "feed_path": feed,
                "guideline_path": format!("/{}/", config.addresses.guideline),
            }),
        );
        shared.insert("footer", &menu::footer(self.project));
        shared.insert("assets", &serde_json::json!({"style": "/assets/style.css", "icon": "/assets/favicon.svg"}));
        shared.insert("build", &serde_json::json!({"date": self.locale.date(self.today)}));
    }

    /// Whether search engines are asked to pass a page by: the draft's, and the one for what does not exist.
    fn is_hidden(&self, path: &str) -> bool {
        let draft = crate::target::edition_path(&self.project.sources, self.project.sources.releases.len());
        path == NOT_FOUND || path.starts_with(&draft)
    }

    /// A page with what every page has; the caller adds what it needs itself.
    fn page(&self, template: &'static str, path: &str, title: &str, above: Vec<Link>) -> PageJob {
        self.described_page(template, path, title, None, above)
    }

    /// A page with a sentence about it for search engines; the site's where there is none.
    fn described_page(
        &self,
        template: &'static str,
        path: &str,
        title: &str,
        description: Option<&str>,
        above: Vec<Link>,
    ) -> PageJob {
        let config = &self.project.sources.config;
        let info = PageInfo {
            template,
            title: title.to_owned(),
            path: path.to_owned(),
            canonical: (path != NOT_FOUND).then(|| format!("{}{path}", config.base_url)),
            description: description.map(str::to_owned).or_else(|| config.description.clone()),
            noindex: self.is_hidden(path),
            breadcrumbs: above,
        };
        let mut context = tera::Context::new();
        context.insert("page", &info);
        context.insert("menu", &menu::marked(&self.menu, path));
        PageJob { template, path: path.to_owned(), context }
    }

    /// Renders one page to its file.
    fn file(&self, theme: &Theme, page: PageJob) -> Result<OutputFile, Diagnostic> {
        let text = theme.templates.render(page.template, &page.context).map_err(|error| {
            Diagnostic::bare(Code::Template).arg("template", page.template).arg("error", theme::full(&error))
        })?;
        let is_html = page.template.ends_with(".html");
        let text = match page.path.as_str() {
            NOT_FOUND => relative::prefixed_links(&text, self.base_path()),
            path if is_html => relative::relative_links(&text, path),
            _ => text,
        };
        let path = page.path.trim_start_matches('/');
        let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        Ok(OutputFile { path, bytes: text.into_bytes() })
    }

    /// The path of the base address: empty, or `/leitlinien` for a site in a folder of its host.
    fn base_path(&self) -> &str {
        let url = &self.project.sources.config.base_url;
        let host = url.find("://").map_or(0, |at| at + 3);
        url[host..].find('/').map_or("", |at| &url[host + at..])
    }
}
