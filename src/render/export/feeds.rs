//! For programs: sitemap, robots.txt, the Atom feed of the releases (RFC 4287).

use serde_json::json;

use super::super::{PageJob, Stage};
use crate::history;
use crate::target::edition_path;

/// The files for programs; `pages` are those of the site.
pub(super) fn files(stage: &Stage<'_>, pages: &[PageJob]) -> Vec<PageJob> {
    let mut files = vec![sitemap(stage, pages), robots(stage)];
    files.extend(releases(stage));
    files
}

fn sitemap(stage: &Stage<'_>, pages: &[PageJob]) -> PageJob {
    let draft = edition_path(&stage.project.sources, stage.project.sources.releases.len());
    let listed = pages.iter().filter(|page| page.path().ends_with('/') && !page.path().starts_with(&draft));
    let mut urls: Vec<String> =
        listed.map(|page| format!("{}{}", stage.project.sources.config.base_url, page.path())).collect();
    urls.sort();
    let urls: Vec<_> = urls.into_iter().map(|loc| json!({"loc": loc, "lastmod": null})).collect();
    let mut file = stage.page("sitemap.xml", "/sitemap.xml", "", Vec::new());
    file.context.insert("urls", &urls);
    file
}

fn robots(stage: &Stage<'_>) -> PageJob {
    let mut file = stage.page("robots.txt", "/robots.txt", "", Vec::new());
    file.context.insert("sitemap_url", &format!("{}/sitemap.xml", stage.project.sources.config.base_url));
    file
}

/// One entry a release, newest first.
fn releases(stage: &Stage<'_>) -> Option<PageJob> {
    let sources = &stage.project.sources;
    let newest = sources.releases.iter().filter_map(|release| release.released).max()?;
    let path = "/feeds/fassungen.xml";
    let base = &sources.config.base_url;
    let time = |date: jiff::civil::Date| format!("{date}T00:00:00Z");
    let entries: Vec<_> = (0..sources.releases.len())
        .rev()
        .filter_map(|edition| {
            let release = history::source(sources, edition);
            let address = format!("{base}{}", edition_path(sources, edition));
            Some(json!({
                "title": stage.edition_label(edition),
                "id": address,
                "updated": time(release.released?),
                "link": address,
                "summary": release.summary,
            }))
        })
        .collect();
    let mut file = stage.page("feed.xml", path, "", Vec::new());
    let feed = json!({
        "title": sources.config.title,
        "id": format!("{base}{path}"),
        "updated": time(newest),
        "self": format!("{base}{path}"),
        "link": format!("{base}/"),
        "author": sources.config.publisher.as_ref().unwrap_or(&sources.config.title),
    });
    file.context.insert("feed", &feed);
    file.context.insert("entries", &entries);
    Some(file)
}
