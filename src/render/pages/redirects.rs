//! Pages at former addresses that lead to the new ones: of `aliases` in front matter and of `[redirects]`.

use super::super::{PageJob, Stage, relative};
use crate::history;
use crate::load::Page;
use crate::resolve;
use crate::source::Spanned;
use crate::target::Target;

pub(super) fn pages(stage: &Stage<'_>) -> Vec<PageJob> {
    let aliases = aliased(stage).into_iter().flat_map(|(target, page, aliases)| {
        let path = resolve::address(stage.project, &target);
        let folder = path.strip_suffix(&format!("{}/", page.slug)).unwrap_or("/").to_owned();
        aliases.iter().map(move |alias| (format!("{folder}{}/", alias.value), path.clone())).collect::<Vec<_>>()
    });
    let own = stage.project.sources.config.redirects.iter().map(|(from, to)| (from.value.clone(), to.value.clone()));
    aliases.chain(own).map(|(from, to)| redirect(stage, &from, &to)).collect()
}

/// Everything with former slugs.
fn aliased<'a>(stage: &Stage<'a>) -> Vec<(Target, &'a Page, &'a [Spanned<String>])> {
    let sources = &stage.project.sources;
    let mut all: Vec<(Target, &Page, &[Spanned<String>])> = Vec::new();
    for edition in stage.editions() {
        let chapters = history::source(sources, edition).chapters.iter().enumerate();
        all.extend(chapters.map(|(at, c)| (Target::Chapter(edition, at), &c.page, c.aliases.as_slice())));
    }
    for (lab_at, lab) in sources.labs.iter().enumerate() {
        let talks = lab.talks.iter().enumerate();
        all.extend(talks.map(|(at, t)| (Target::Talk(lab_at, at), &t.page, t.aliases.as_slice())));
    }
    let values = sources.values.iter().enumerate();
    all.extend(values.map(|(at, v)| (Target::Value(at), &v.page, v.aliases.as_slice())));
    let experiences = sources.experiences.iter().enumerate();
    all.extend(experiences.map(|(at, e)| (Target::Experience(at), &e.page, e.aliases.as_slice())));
    let authorities = sources.authorities.iter().enumerate();
    all.extend(authorities.map(|(at, a)| (Target::Authority(at), &a.page, a.aliases.as_slice())));
    let people = sources.people.iter().enumerate();
    all.extend(people.map(|(at, p)| (Target::Person(at), &p.page, p.aliases.as_slice())));
    let terms = sources.terms.iter().enumerate();
    all.extend(terms.map(|(at, t)| (Target::Term(at), &t.page, t.aliases.as_slice())));
    let pages = sources.pages.iter().enumerate();
    all.extend(pages.map(|(at, p)| (Target::Page(at), &p.page, p.aliases.as_slice())));
    all
}

fn redirect(stage: &Stage<'_>, from: &str, to: &str) -> PageJob {
    // A file's name has a suffix; everything else is a folder's.
    let is_file = from.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let from = if from.ends_with('/') || is_file { from.to_owned() } else { format!("{from}/") };
    let mut page = stage.page("redirect.html", &from, &stage.locale.text("redirect-title"), Vec::new());
    let (base, inside) = (&stage.project.sources.config.base_url, to.starts_with('/'));
    let canonical = if inside { format!("{base}{to}") } else { to.to_owned() };
    let way = if inside { relative::relative(&from, to) } else { to.to_owned() };
    page.context.insert("to", to);
    page.context.insert("canonical", &canonical);
    page.context.insert("refresh", &format!("0; url={way}"));
    page
}
