//! For crawlers: the sitemap and robots.txt.

use std::collections::BTreeMap;

use serde_json::json;

use super::super::{PageJob, Stage};
use crate::resolve;
use crate::target::Target;

/// Both files; `pages` are those of the site.
pub(super) fn files(stage: &Stage<'_>, pages: &[PageJob]) -> [PageJob; 2] {
    [sitemap(stage, pages), robots(stage)]
}

fn sitemap(stage: &Stage<'_>, pages: &[PageJob]) -> PageJob {
    let dates = dates(stage);
    let listed = pages.iter().filter(|page| page.path().ends_with('/') && !page.head.noindex);
    let mut urls: Vec<(String, Option<&String>)> =
        listed.map(|page| (stage.absolute(page.path()), dates.get(page.path()))).collect();
    urls.sort();
    let urls: Vec<_> = urls.into_iter().map(|(loc, date)| json!({"loc": loc, "lastmod": date})).collect();
    let mut file = stage.page("sitemap.xml", "/sitemap.xml", "", Vec::new());
    file.context.insert("urls", &urls);
    file
}

/// The day on which the text of a page came about, by path: of those pages whose text then stays. What is announced for
/// a day to come may still change.
fn dates(stage: &Stage<'_>) -> BTreeMap<String, String> {
    let sources = &stage.project.sources;
    let releases =
        sources.releases.iter().enumerate().filter_map(|(edition, source)| Some((edition, source, source.released?)));
    let releases = releases.flat_map(|(edition, source, day)| {
        let chapters = (0..source.chapters.len()).map(move |at| Target::Chapter(edition, at));
        chapters.chain([Target::Edition(edition)]).map(move |target| (target, day))
    });
    let labs = sources.labs.iter().enumerate().flat_map(|(lab, source)| {
        let talks = (0..source.talks.len()).map(move |at| Target::Talk(lab, at));
        talks.chain([Target::Lab(lab)]).map(|target| (target, source.date))
    });
    let past = releases.chain(labs).filter(|&(_, day)| day <= stage.today);
    past.map(|(target, day)| (resolve::address(stage.project, &target), day.to_string())).collect()
}

fn robots(stage: &Stage<'_>) -> PageJob {
    let mut file = stage.page("robots.txt", "/robots.txt", "", Vec::new());
    file.context.insert("sitemap_url", &stage.absolute("/sitemap.xml"));
    file
}
