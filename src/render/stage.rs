//! [`Stage`]: what the making of every page needs, and what pages of all kinds ask of it.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use jiff::civil::Date;

use super::cache::Cache;
use super::comparison::Comparison;
use super::downloads::Download;
use super::export::{feeds, headers, json_ld};
use super::highlight::Highlighter;
use super::html::Writer;
use super::locale::{self, Locale};
use super::page::{Head, PageJob, file_name};
use super::theme::{self, Theme};
use super::view::{Link, Named, ReleaseInfo};
use super::{Known, menu, relative};
use crate::Project;
use crate::changes::{ChangeKind, Changes, Comparisons};
use crate::diagnostic::{Code, Diagnostic};
use crate::history;
use crate::load::Body;
use crate::markdown::Reference;
use crate::number::{Found, Number};
use crate::release_text;
use crate::resolve::{self, Site};
use crate::source::Files;
use crate::target::{Target, edition_path};
use crate::tokens::{self, Token, Tokenizer};
use crate::write::OutputFile;

/// The page that a server shows for addresses that do not exist.
const NOT_FOUND: &str = "/404.html";

/// What the making of every page needs.
pub(super) struct Stage<'a> {
    pub project: &'a Project,
    pub site: &'a Site,
    pub changes: &'a Comparisons,
    pub files: &'a Files,
    pub editions: Range<usize>,
    pub today: Date,
    pub locale: &'a Locale,
    pub highlighter: &'a Highlighter,
    pub menu: Vec<Link>,
    /// Every number of the releases with the series that have it: each number has a page of its own.
    pub numbers: BTreeMap<Number, BTreeSet<usize>>,
    /// The archives that are offered, by edition.
    pub downloads: BTreeMap<usize, Download>,
    /// The pages that were made before.
    pub cache: Option<&'a Cache>,
}

impl<'a> Stage<'a> {
    pub fn new(known: &Known<'a>, locale: &'a Locale, highlighter: &'a Highlighter) -> Self {
        let Known { project, site, changes, files, editions, today, .. } = known.clone();
        let numbers = released_numbers(project);
        let menu = Vec::new();
        let downloads = BTreeMap::new();
        let mut stage = Self {
            project,
            site,
            changes,
            files,
            editions,
            today,
            locale,
            highlighter,
            menu,
            numbers,
            downloads,
            cache: None,
        };
        stage.menu = menu::menu(&stage);
        stage
    }

    /// The editions that are part of the site.
    pub fn editions(&self) -> Range<usize> {
        self.editions.clone()
    }

    /// Whether the draft is part of the site.
    pub fn shows_draft(&self) -> bool {
        self.editions.end > self.project.sources.releases.len()
    }

    /// What an edition changed against its predecessor.
    pub fn changes_of(&self, edition: usize) -> Option<&'a Changes> {
        let before = self.project.history.editions[edition].predecessor?;
        self.changes.get(&(before, edition)).map(Arc::as_ref)
    }

    pub fn is_draft(&self, edition: usize) -> bool {
        edition >= self.project.sources.releases.len()
    }

    /// Puts what all pages share into the templates' global context, once.
    pub fn set_shared(&self, theme: &mut Theme) {
        let config = &self.project.sources.config;
        let shared = theme.templates.global_context();
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
                "search_path": self.search_path(),
                "feeds": feeds::all(self),
                "og_locale": locale::with_region(&config.language),
                "guideline_path": format!("/{}/", config.addresses.guideline),
            }),
        );
        shared.insert("logo", &theme.logo);
        shared.insert("footer", &menu::footer(self.project));
        shared.insert(
            "assets",
            &serde_json::json!({
                "style": "/assets/style.css",
                "script": "/assets/leitwerk.js",
                "icon": "/assets/favicon.svg",
            }),
        );
        shared.insert("build", &serde_json::json!({"date": self.locale.date(self.today)}));
    }

    /// Whether search engines are asked to pass a page by: the draft's, and the one for what does not exist.
    pub fn is_hidden(&self, path: &str) -> bool {
        let draft = edition_path(&self.project.sources, self.project.sources.releases.len());
        path == NOT_FOUND || path.starts_with(&draft)
    }

    /// A page with what every page has; the caller adds what it needs itself.
    pub fn page<'s>(&'s self, template: &'static str, path: &str, title: &str, above: Vec<Link>) -> PageJob<'s> {
        self.described_page(template, path, title, None, above)
    }

    /// A page with a sentence about it for search engines; the site's where there is none.
    pub fn described_page<'s>(
        &'s self,
        template: &'static str,
        path: &str,
        title: &str,
        description: Option<&str>,
        above: Vec<Link>,
    ) -> PageJob<'s> {
        let config = &self.project.sources.config;
        let head = Head {
            title: title.to_owned(),
            path: path.to_owned(),
            canonical: (path != NOT_FOUND).then(|| self.absolute(path)),
            description: description.map(str::to_owned).or_else(|| config.description.clone()),
            noindex: self.is_hidden(path),
            breadcrumbs: above,
            relations: Vec::new(),
            data: Vec::new(),
        };
        PageJob::new(template, head)
    }

    /// Renders one page to its file.
    pub fn file(&self, theme: &Theme, page: PageJob<'_>) -> Result<OutputFile, Diagnostic> {
        let mut page = page.make();
        page.context.insert("page", &page.head);
        // In JSON `<` may be written as an escape; then no text of the data can end its element.
        let data = json_ld::document(self, &page.head).map(|data| data.to_string().replace('<', "\\u003c"));
        page.context.insert(
            "csp",
            &headers::policy(data.as_deref(), self.search_path().is_some_and(|search| search == page.head.path)),
        );
        page.context.insert("data_json", &data);
        page.context.insert("menu", &menu::marked(&self.menu, &page.head.path));
        let path = file_name(&page.head.path);
        if let Some(bytes) = self.cache.and_then(|cache| cache.known(&path, &page)) {
            return Ok(OutputFile { path, bytes });
        }
        let text = theme.templates.render(page.template, &page.context).map_err(|error| {
            Diagnostic::bare(Code::Template).arg("template", page.template).arg("error", theme::full(&error))
        })?;
        let is_html = page.template.ends_with(".html");
        let text = match page.head.path.as_str() {
            NOT_FOUND => relative::prefixed_links(&text, self.base_path()),
            path if is_html => relative::relative_links(&text, path),
            _ => text,
        };
        let bytes = Bytes::from(text);
        self.cache.into_iter().for_each(|cache| cache.note(&path, &page, &bytes));
        Ok(OutputFile { path, bytes })
    }

    /// The address of a path of the site with its public base; an address elsewhere stays.
    pub fn absolute(&self, path: &str) -> String {
        let inside = path.starts_with('/') && !path.starts_with("//");
        if inside { format!("{}{path}", self.project.sources.config.base_url) } else { path.to_owned() }
    }

    /// See [`Config::base_path`](crate::config::Config::base_path).
    pub fn base_path(&self) -> &str {
        self.project.sources.config.base_path()
    }
}

impl Stage<'_> {
    /// A writer for the text of a body; `language` is its own if it is not the site's.
    pub fn writer<'s>(&'s self, body: Body, language: Option<&'s str>) -> Writer<'s> {
        Writer {
            site: self.site,
            document: self.project.documents.of(body),
            language: language.unwrap_or(&self.project.sources.config.language),
            locale: self.locale,
            highlighter: self.highlighter,
            referred: RefCell::new(BTreeSet::new()),
        }
    }

    /// A piece of an edition's text, or of another page's, as it is read, with the titles of what it refers to;
    /// footnotes are left out.
    pub fn shown(&self, edition: Option<usize>, piece: impl Fn(Tokenizer<'_>) -> Vec<Token>) -> String {
        let sources = &self.project.sources;
        let release = edition.or_else(|| self.site.validity.shown()).map(|edition| history::source(sources, edition));
        let titles = |reference: &Reference| release_text::shown_title(reference, release, sources);
        tokens::text(&piece(Tokenizer::new(&[], &titles)))
    }

    /// The text of a body and its footnotes; `language` is its own if it is not the site's.
    pub fn text(&self, body: Body, language: Option<&str>) -> (String, Option<String>) {
        let writer = self.writer(body, language);
        (writer.document(), writer.footnotes())
    }

    /// The text of a body with its footnotes below it.
    pub fn whole_text(&self, body: Body) -> String {
        let (text, footnotes) = self.text(body, None);
        text + footnotes.as_deref().unwrap_or_default()
    }

    /// A language if it is another than the site's.
    pub fn foreign<'l>(&self, language: Option<&'l str>) -> Option<&'l str> {
        language.filter(|language| *language != self.project.sources.config.language)
    }

    /// The language of a target's title if it is another than the site's.
    pub fn language_of(&self, target: &Target) -> Option<String> {
        let sources = &self.project.sources;
        let language = match target {
            Target::Talk(lab, talk) => sources.labs[*lab].talks[*talk].language.as_deref(),
            Target::Page(at) => sources.pages[*at].language.as_deref(),
            _ => None,
        };
        self.foreign(language).map(str::to_owned)
    }

    /// A link to a target.
    pub fn link(&self, target: &Target) -> Link {
        let link = Link::new(resolve::title(self.project, target), resolve::address(self.project, target));
        Link { language: self.language_of(target), ..link }
    }

    /// Links to what front matter names.
    pub fn links(&self, names: &[crate::source::Spanned<String>]) -> Vec<Link> {
        let resolved = names.iter().filter_map(|name| self.site.resolved(name.span));
        let link = |resolved: &resolve::Resolved| Link {
            language: self.language_of(&resolved.target),
            ..Link::new(&resolved.title, &resolved.path)
        };
        resolved.map(link).collect()
    }

    /// The folder of an edition.
    pub fn edition_path(&self, edition: usize) -> String {
        edition_path(&self.project.sources, edition)
    }

    /// The folder of the pages that compare two editions.
    pub fn changes_path(&self, from: usize, to: usize) -> String {
        let path = resolve::address(self.project, &Target::Changes(to));
        if self.project.history.editions[to].predecessor == Some(from) {
            return path;
        }
        let since = &self.project.sources.config.addresses.since;
        format!("{path}{since}-{}/", history::label(&self.project.sources, from))
    }

    /// The page of a number.
    pub fn number_path(&self, number: Number) -> String {
        format!("{}{number}/", self.numbers_path())
    }

    /// The life of a number of an edition, on the number's page. The draft's own numbers are provisional and have none.
    pub fn life_path(&self, edition: usize, number: Number) -> Option<String> {
        let series = self.project.history.editions[edition].numbering.series;
        let known = self.numbers.get(&number).filter(|known| known.contains(&series))?;
        let path = self.number_path(number);
        // Where the number is in several series, the page alone would not say which is meant.
        Some(if known.len() == 1 { path } else { format!("{path}#{}", life_anchor(series)) })
    }

    /// The page of a number that is in several series: it offers the paragraph of each.
    pub fn all_series_path(&self, number: Number) -> Option<String> {
        let several = self.numbers.get(&number).is_some_and(|series| series.len() > 1);
        several.then(|| self.number_path(number))
    }

    /// The page that follows a block: that of its number, or, if its series has ended, of the number that it has now.
    pub fn following_path(&self, edition: usize, block: usize) -> Option<String> {
        let editions = &self.project.history.editions;
        let shown = self.site.validity.shown()?;
        if editions[edition].numbering.series < editions[shown].numbering.series
            && let Some(Found::Block(there)) = self.project.history.follow(edition, block, shown)
        {
            return self.life_path(shown, editions[shown].numbering.blocks[there]);
        }
        self.life_path(edition, editions[edition].numbering.blocks[block])
    }

    /// The folder of all paragraphs' pages.
    pub fn numbers_path(&self) -> String {
        let addresses = &self.project.sources.config.addresses;
        format!("/{}/{}/", addresses.guideline, addresses.numbers)
    }

    /// What an edition changed against its predecessor, with both texts.
    pub fn comparison(&self, edition: usize) -> Option<Comparison<'_>> {
        let from = self.project.history.editions[edition].predecessor?;
        let changes = self.changes_of(edition)?;
        Some(Comparison::new(self, from, edition, changes))
    }

    /// Kinds of change with their names for people.
    pub fn kinds(&self, kinds: &[ChangeKind]) -> Vec<Named> {
        let named = |kind: &ChangeKind| Named {
            name: kind.name(),
            label: self.locale.text(&format!("kind-{}", kind.name())),
            detail: None,
        };
        kinds.iter().map(named).collect()
    }

    /// The last day of the consultation on the draft, while it is open.
    pub fn consultation_until(&self, edition: usize) -> Option<Date> {
        let until = history::source(&self.project.sources, edition).consultation_until?;
        (self.is_draft(edition) && self.today <= until).then_some(until)
    }

    /// „Fassung 2.0“, „Entwurf“, or „Konsultationsfassung“ while a consultation is open.
    pub fn edition_label(&self, edition: usize) -> String {
        if self.is_draft(edition) {
            let open = self.consultation_until(edition).is_some();
            return self.locale.text(if open { "consultation" } else { "draft" });
        }
        self.locale.text_of("release-label", "version", &history::label(&self.project.sources, edition))
    }

    /// What templates see of an edition.
    pub fn release(&self, edition: usize) -> ReleaseInfo {
        let source = history::source(&self.project.sources, edition);
        let date = |date: Option<Date>| date.map(|date| self.locale.date(date));
        let predecessor = self.project.history.editions[edition].predecessor;
        ReleaseInfo {
            version: source.version.as_ref().map(ToString::to_string),
            label: self.edition_label(edition),
            path: edition_path(&self.project.sources, edition),
            released: date(source.released),
            valid_from: date(source.valid_from.filter(|_| self.site.validity.comes_into_force(edition))),
            valid_until: date(self.site.validity.valid_until(edition)),
            status: self.site.validity.status(edition).name(),
            summary: source.summary.clone(),
            changes_path: predecessor.map(|_| resolve::address(self.project, &Target::Changes(edition))),
            concordance_path: self.concordance_path(edition),
            predecessor: predecessor.map(|before| self.edition_label(before)),
            consultation_until: date(self.consultation_until(edition)),
        }
    }

    /// The way to the guideline's pages, for breadcrumbs.
    pub fn above_guideline(&self) -> Vec<Link> {
        let path = resolve::address(self.project, &Target::Guideline);
        vec![Link::new(self.locale.text("nav-guideline"), path)]
    }

    /// The way to an edition's pages.
    pub fn above_edition(&self, edition: usize) -> Vec<Link> {
        let mut above = self.above_guideline();
        above.push(Link::new(self.edition_label(edition), edition_path(&self.project.sources, edition)));
        above
    }
}

/// Id of the part of a number's page that is about one series.
pub(super) fn life_anchor(series: usize) -> String {
    format!("lw-series-{}", series + 1)
}

/// The numbers of all releases. What is gone was a block in a release before.
fn released_numbers(project: &Project) -> BTreeMap<Number, BTreeSet<usize>> {
    let mut numbers: BTreeMap<Number, BTreeSet<usize>> = BTreeMap::new();
    for edition in &project.history.editions[..project.sources.releases.len()] {
        for &number in &edition.numbering.blocks {
            numbers.entry(number).or_default().insert(edition.numbering.series);
        }
    }
    numbers
}
