//! For crawlers: the sitemap and robots.txt.

use std::collections::BTreeMap;

use serde_json::json;

use super::super::{PageJob, Stage};
use crate::resolve;
use crate::target::Target;

/// Both files; `pages` are those of the site.
pub(super) fn files<'s>(stage: &'s Stage<'_>, pages: &[PageJob<'_>]) -> [PageJob<'s>; 2] {
    [sitemap(stage, pages), robots(stage)]
}

fn sitemap<'s>(stage: &'s Stage<'_>, pages: &[PageJob<'_>]) -> PageJob<'s> {
    let listed = pages.iter().filter(|page| page.path().ends_with('/') && !page.head.noindex);
    let mut paths: Vec<String> = listed.map(|page| page.path().to_owned()).collect();
    stage.page("sitemap.xml", "/sitemap.xml", "", Vec::new()).later(move |page| {
        let dates = dates(stage);
        paths.sort();
        let url = |path: &String| json!({"loc": stage.absolute(path), "lastmod": dates.get(path)});
        page.context.insert("urls", &paths.iter().map(url).collect::<Vec<_>>());
    })
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

fn robots<'s>(stage: &'s Stage<'_>) -> PageJob<'s> {
    let page = stage.page("robots.txt", "/robots.txt", "", Vec::new());
    page.later(|page| page.context.insert("sitemap_url", &stage.absolute("/sitemap.xml")))
}
