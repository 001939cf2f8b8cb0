//! `site.toml`: read strictly into [`Config`], with the place of whatever can be wrong later.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use crate::diagnostic::{Code, Diagnostic, Severity, suggest};
use crate::source::{FileId, Files, Span, Spanned};
use crate::toml_fields::{self, Fields, Sink};

mod base_url;
mod feedback;
mod redirects;
mod timezone;

pub use base_url::{BadBaseUrl, BaseUrl};
pub use feedback::Feedback;
pub use redirects::as_file_or_folder;

/// The site's settings.
#[derive(Debug, Clone)]
pub struct Config {
    /// The file they were read from.
    pub file: FileId,
    /// Title of the site.
    pub title: String,
    /// Address of the start page at its public place, without a slash at the end.
    pub base_url: String,
    /// BCP 47 tag of the content's language; also chooses the interface's.
    pub language: String,
    /// Where the language is given.
    pub language_at: Span,
    /// Who publishes the site.
    pub publisher: Option<String>,
    /// One sentence about the site, for search engines and feeds.
    pub description: Option<String>,
    /// A sentence shown on every page, such as that the content is an example.
    pub notice: Option<String>,
    /// Folder below `themes/` whose files go before those of the built-in theme.
    pub theme: Option<Spanned<String>>,
    /// Menu entries in order; empty for the menu of all that exists.
    pub menu: Vec<MenuEntry>,
    /// Segments of addresses.
    pub addresses: Addresses,
    /// Levels of checks that the site sets itself.
    pub checks: Checks,
    /// Acts of law that `norm:` references may name.
    pub acts: Vec<Act>,
    /// Where readers send feedback on a paragraph.
    pub feedback: Option<Feedback>,
    /// Where the times of labs and talks are those of the day.
    pub timezone: TimeZone,
    /// Whether the archives of sealed releases are offered for download.
    pub publish_archives: bool,
    /// Old path, without percent encoding, → new address.
    pub redirects: Vec<(Spanned<String>, Spanned<String>)>,
}

impl Config {
    /// The path of the base address: empty, or `/leitlinien` for a site in a folder of its host.
    pub fn base_path(&self) -> &str {
        let host = self.base_url.find("://").map_or(0, |at| at + 3);
        self.base_url[host..].find('/').map_or("", |at| &self.base_url[host + at..])
    }
}

/// One entry of the menu.
#[derive(Debug, Clone)]
pub struct MenuEntry {
    /// What it says.
    pub title: String,
    /// Where it leads: an address of the site (`/werte/`) or a reference (`seite:netzwerk`).
    pub target: Spanned<String>,
}

/// An act of law and where its official text is found.
#[derive(Debug, Clone)]
pub struct Act {
    /// Short name as cited, e.g. `SGB X`.
    pub name: String,
    /// Full title.
    pub title: Option<String>,
    /// Address of the whole act.
    pub url: String,
    /// Address of one section or article, with `{n}` for its number; `url` where there is none.
    pub unit_url: Option<String>,
}

macro_rules! addresses {
    ($($(#[doc = $doc:literal])* $key:ident: $de:literal, $en:literal;)*) => {
        /// Segments that addresses are built from.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Addresses { $($(#[doc = $doc])* pub $key: String,)* }

        impl Addresses {
            /// The segments a site of this language has unless it says otherwise.
            pub fn default_for(language: &str) -> Self {
                let german = language.split('-').next() == Some("de");
                Self { $($key: if german { $de } else { $en }.to_owned(),)* }
            }

            fn read(mut self, fields: &mut Fields<'_, '_>) -> Self {
                $(if let Some(segment) = segment(fields, stringify!($key)) { self.$key = segment; })*
                self
            }
        }
    };
}

addresses! {
    /// The guideline and its releases.
    guideline: "leitlinien", "guideline";
    /// Changes of a release against another.
    changes: "aenderungen", "changes";
    /// Changes side by side.
    synopsis: "synopse", "side-by-side";
    /// Changes inline.
    redline: "aenderungsmodus", "redline";
    /// Old and new numbers, where a release begins a new series.
    concordance: "konkordanz", "concordance";
    /// Prefix of the older version, as in `seit-1.0`.
    since: "seit", "since";
    /// The current release, whichever it is.
    current: "aktuell", "current";
    /// The draft.
    draft: "entwurf", "draft";
    /// Paragraphs through all releases.
    numbers: "rn", "para";
    /// The search.
    search: "suche", "search";
    /// Labs and talks.
    labs: "ki-lab", "labs";
    /// Value pairs.
    values: "werte", "values";
    /// How far the releases cover the value pairs.
    coverage: "abdeckung", "coverage";
    /// Labs of one year.
    year: "jahr", "year";
    /// Talks of one format.
    format: "format", "format";
    /// Talks on one topic.
    topic: "thema", "topic";
    /// Talks on one chapter; only a filter, as the chapter's page names them.
    chapter: "kapitel", "chapter";
    /// Talks of one speaker.
    speaker: "vortragende", "speakers";
    /// Lessons from practice.
    experiences: "erfahrungen", "experiences";
    /// Authorities.
    authorities: "behoerden", "authorities";
    /// People.
    people: "personen", "people";
    /// Glossary.
    glossary: "glossar", "glossary";
    /// Legal norms.
    norms: "normen", "norms";
    /// Feed of the releases.
    feed_releases: "fassungen", "releases";
    /// Feed of the talks.
    feed_talks: "vortraege", "talks";
}

/// Levels that a site gives to checks, by the check's name; `None` is off.
#[derive(Debug, Clone, Default)]
pub struct Checks(BTreeMap<String, Option<Severity>>);

impl Checks {
    /// Sets each finding's severity as the site wants it and drops those that are off.
    pub fn apply(&self, diagnostics: &mut Vec<Diagnostic>) {
        diagnostics.retain_mut(|diagnostic| match diagnostic.code.check().and_then(|name| self.0.get(name)) {
            Some(Some(severity)) => {
                diagnostic.severity = *severity;
                true
            }
            Some(None) => false,
            None => true,
        });
    }
}

/// Gives the value of a setting from the environment, if it is set there.
pub type Variables<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Reads `site.toml`. Texts that `variables` has go before those of the file. What is missing or wrong is reported, and
/// something harmless stands in its place, so that the rest of the site can be checked in the same run.
pub fn read(file: FileId, files: &Files, variables: Variables<'_>, sink: &Sink) -> Config {
    let text = files.get(file).text();
    let anchor = Span::new(file, 0..text.lines().next().map_or(0, str::len));
    let mut fields = toml_fields::parse("site.toml", text, file, 0, anchor, sink);
    let config = read_fields(file, &mut fields, variables);
    fields.finish();
    config
}

fn read_fields(file: FileId, fields: &mut Fields<'_, '_>, variables: Variables<'_>) -> Config {
    let title = overridden(fields.required("title"), variables("title")).and_then(|title| fields.said(title));
    let base_url = base_url::read(fields, variables("base_url"));
    let tag = overridden(fields.required::<Spanned<String>>("language"), variables("language"));
    let language_at = tag.as_ref().map_or(fields.span(), |tag| tag.span);
    let language = tag.and_then(|tag| fields.language(&tag)).unwrap_or_else(|| "de".to_owned());
    let addresses = Addresses::default_for(&language);
    Config {
        file,
        title: title.unwrap_or_default(),
        base_url: base_url.unwrap_or_default(),
        language,
        language_at,
        publisher: variables("publisher").or(fields.optional("publisher")),
        description: variables("description").or(fields.optional("description")),
        notice: variables("notice").or(fields.optional("notice")),
        theme: theme(fields, variables("theme")),
        menu: fields.tables("menu", "[[menu]]", |entry| {
            let (title, target) = (entry.required_text("title"), entry.required::<Spanned<String>>("target"));
            let elsewhere = target.as_ref().filter(|target| target.value.contains("://"));
            elsewhere.and_then(|target| entry.web_address(target.clone()));
            Some(MenuEntry { title: title?, target: target? })
        }),
        addresses: fields
            .table("addresses", "[addresses]", |fields| Some(addresses.clone().read(fields)))
            .unwrap_or_else(|| addresses.clone()),
        checks: fields.table("checks", "[checks]", |fields| Some(checks(fields))).unwrap_or_default(),
        acts: fields.table("norms", "[norms]", |fields| Some(acts(fields))).unwrap_or_default(),
        timezone: timezone::read(fields),
        publish_archives: fields.optional("publish_archives").unwrap_or(false),
        feedback: fields.optional("feedback").and_then(|written| Feedback::read(written, fields)),
        redirects: fields.table("redirects", "[redirects]", |fields| Some(redirects::read(fields))).unwrap_or_default(),
    }
}

/// The value from the environment in place of the file's; a mistake in it is reported at the file's.
fn overridden(written: Option<Spanned<String>>, variable: Option<String>) -> Option<Spanned<String>> {
    let written = written?;
    Some(Spanned { value: variable.unwrap_or(written.value), span: written.span })
}

/// The theme's name; from the environment also where the file has none.
fn theme(fields: &mut Fields<'_, '_>, variable: Option<String>) -> Option<Spanned<String>> {
    let span = fields.span();
    let written = fields.optional("theme");
    overridden(written, variable.clone()).or(variable.map(|value| Spanned { value, span }))
}

fn segment(fields: &mut Fields<'_, '_>, key: &'static str) -> Option<String> {
    let segment: Spanned<String> = fields.optional(key)?;
    let slug = crate::slug::slugify(&segment.value);
    if slug.is_empty() || slug != segment.value {
        let near = crate::slug::quoted_slug(&segment.value);
        let expected = "a segment of an address: lower case letters, digits and hyphens";
        fields.bad_value(segment.span, expected, near.as_deref());
        return None;
    }
    Some(segment.value)
}

fn checks(fields: &mut Fields<'_, '_>) -> Checks {
    let names: std::collections::BTreeSet<&str> = Code::ALL.iter().filter_map(|code| code.check()).collect();
    let mut checks = BTreeMap::new();
    for (name, level) in fields.rest::<Spanned<String>>() {
        if !names.contains(name.value.as_str()) {
            let near = suggest::nearest(&name.value, names.iter().copied());
            let known = names.iter().copied().collect::<Vec<_>>().join(", ");
            let unknown = Diagnostic::at(Code::UnknownKey, name.span).arg("key", &name.value);
            fields.report(unknown.arg("what", "[checks]").arg("known", known).suggest(near));
        }
        let severity = match level.value.as_str() {
            "error" => Some(Severity::Error),
            "warning" => Some(Severity::Warning),
            "off" => None,
            other => {
                let near = suggest::nearest(other, ["error", "warning", "off"]).map(|near| format!("\"{near}\""));
                fields.bad_value(level.span, "\"error\", \"warning\" or \"off\"", near.as_deref());
                continue;
            }
        };
        checks.insert(name.value, severity);
    }
    Checks(checks)
}

fn acts(fields: &mut Fields<'_, '_>) -> Vec<Act> {
    fields.rest_tables("[norms.…]", |name, act| {
        let (title, url) = (act.optional("title"), act.required::<Spanned<String>>("url"));
        let unit_url = act.optional::<Spanned<String>>("unit_url");
        let (url, unit_url) = (url.and_then(|url| act.web_address(url)), unit_url.and_then(|url| act.web_address(url)));
        if let Some(url) = unit_url.as_ref().filter(|url| !url.value.contains("{n}")) {
            act.bad_value(url.span, "an address with {n} in place of the number", None);
        }
        Some(Act { name: name.value, title, url: url?.value, unit_url: unit_url.map(|url| url.value) })
    })
}
