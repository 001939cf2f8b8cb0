//! For crawlers: the sitemap and robots.txt.

use serde_json::json;

use super::super::{PageJob, Stage};
use crate::target::edition_path;

/// Both files; `pages` are those of the site.
pub(super) fn files(stage: &Stage<'_>, pages: &[PageJob]) -> [PageJob; 2] {
    [sitemap(stage, pages), robots(stage)]
}

fn sitemap(stage: &Stage<'_>, pages: &[PageJob]) -> PageJob {
    let draft = edition_path(&stage.project.sources, stage.project.sources.releases.len());
    let listed = pages.iter().filter(|page| page.path().ends_with('/') && !page.path().starts_with(&draft));
    let mut urls: Vec<String> = listed.map(|page| stage.absolute(page.path())).collect();
    urls.sort();
    let urls: Vec<_> = urls.into_iter().map(|loc| json!({"loc": loc, "lastmod": null})).collect();
    let mut file = stage.page("sitemap.xml", "/sitemap.xml", "", Vec::new());
    file.context.insert("urls", &urls);
    file
}

fn robots(stage: &Stage<'_>) -> PageJob {
    let mut file = stage.page("robots.txt", "/robots.txt", "", Vec::new());
    file.context.insert("sitemap_url", &stage.absolute("/sitemap.xml"));
    file
}
