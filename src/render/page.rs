//! A page on its way to its template: what every page has, and what its own template needs.

use serde::Serialize;

use super::view::Link;

/// A page that waits to be rendered.
pub(super) struct PageJob {
    /// File in the theme's `templates/`.
    pub template: &'static str,
    /// What every page has.
    pub head: Head,
    /// What this kind of page has.
    pub context: tera::Context,
}

impl PageJob {
    /// Address from the site's root; a folder's ends with a slash.
    pub fn path(&self) -> &str {
        &self.head.path
    }
}

/// What every page has; templates see it as `page`.
#[derive(Serialize)]
pub(super) struct Head {
    /// Title of the page without the site's.
    pub title: String,
    /// Address from the site's root.
    pub path: String,
    /// Address with the site's public base.
    pub canonical: Option<String>,
    /// One sentence for search engines.
    pub description: Option<String>,
    /// Whether search engines are asked to pass it by.
    pub noindex: bool,
    /// The way down to the page.
    pub breadcrumbs: Vec<Link>,
    /// Relations to other addresses, as `<link rel>`.
    pub relations: Vec<Relation>,
    /// What it says to search engines: nodes of a JSON-LD graph.
    #[serde(skip)]
    pub data: Vec<serde_json::Value>,
}

/// A relation of a page to another address (RFC 8288; names from RFC 5829 and the IANA registry).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Relation {
    /// Name of the relation.
    pub rel: &'static str,
    /// Where it leads, from the site's root or elsewhere.
    pub path: String,
    /// Media type of what is there, if it is no page.
    pub media_type: Option<&'static str>,
}

impl Relation {
    /// A relation to a page.
    pub fn new(rel: &'static str, path: impl Into<String>) -> Self {
        Self { rel, path: path.into(), media_type: None }
    }
}
