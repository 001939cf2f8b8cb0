//! A page on its way to its template: what every page has, and what its own template needs.

use serde::Serialize;

use super::view::Link;

/// A page that waits to be made. Where it is and what it is called is known; the rest is found when its turn comes.
pub(super) struct PageJob<'s> {
    /// File in the theme's `templates/`.
    pub template: &'static str,
    /// What every page has.
    pub head: Head,
    rest: Vec<Rest<'s>>,
}

/// What a page still lacks.
type Rest<'s> = Box<dyn FnOnce(&mut Page) + Send + 's>;

/// A page with all that its template needs.
pub(super) struct Page {
    /// File in the theme's `templates/`.
    pub template: &'static str,
    /// What every page has.
    pub head: Head,
    /// What this kind of page has.
    pub context: tera::Context,
}

impl<'s> PageJob<'s> {
    pub fn new(template: &'static str, head: Head) -> Self {
        Self { template, head, rest: Vec::new() }
    }

    /// Adds what is to be found when the page's turn comes.
    pub fn later(mut self, rest: impl FnOnce(&mut Page) + Send + 's) -> Self {
        self.rest.push(Box::new(rest));
        self
    }

    /// Address from the site's root; a folder's ends with a slash.
    pub fn path(&self) -> &str {
        &self.head.path
    }

    /// The page with all that it needs.
    pub fn make(self) -> Page {
        let mut page = Page { template: self.template, head: self.head, context: tera::Context::new() };
        self.rest.into_iter().for_each(|rest| rest(&mut page));
        page
    }
}

/// The path of the file in which the page of an address is kept.
pub fn file_name(address: &str) -> String {
    let path = address.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
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
