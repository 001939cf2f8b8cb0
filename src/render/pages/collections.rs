//! The indexes and pages of experiences, authorities, people and terms, and the free pages.

use serde_json::json;
use unicode_normalization::UnicodeNormalization;

use super::super::export::{feeds, json_ld};
use super::super::view::{Fact, Link};
use super::super::{PageJob, Stage};
use crate::load::{Body, Page};
use crate::markdown::BlockKind;
use crate::resolve;
use crate::sentences;
use crate::source::Spanned;
use crate::target::Target;

/// From so many things on an index has letters.
const MANY: usize = 16;

pub(super) fn pages<'s>(stage: &'s Stage<'_>) -> Vec<PageJob<'s>> {
    let mut pages = experiences(stage);
    pages.extend(authorities(stage));
    pages.extend(people(stage));
    pages.extend(terms(stage));
    pages.extend(free_pages(stage));
    pages
}

/// A thing with a page of its own.
struct Thing<'a> {
    target: Target,
    page: &'a Page,
    title: &'a str,
    subtitle: Option<String>,
    facts: Vec<Fact>,
    related: Vec<Link>,
    language: Option<&'a str>,
    summary: Option<&'a str>,
    /// Edition that an authority works by.
    works_by: Option<usize>,
    /// A word more about it in the index.
    detail: Option<String>,
    /// The text whose first sentence is the word more.
    introduced_by: Option<Body>,
}

impl<'a> Thing<'a> {
    fn new(target: Target, page: &'a Page, title: &'a str) -> Self {
        let (facts, related) = (Vec::new(), Vec::new());
        Self {
            target,
            page,
            title,
            subtitle: None,
            facts,
            related,
            language: None,
            summary: None,
            works_by: None,
            detail: None,
            introduced_by: None,
        }
    }
}

fn thing_page<'s>(stage: &'s Stage<'_>, thing: Thing<'s>, above: Vec<Link>) -> PageJob<'s> {
    let path = resolve::address(stage.project, &thing.target);
    let page = stage.described_page("thing.html", &path, thing.title, thing.summary, above);
    page.later(move |page| {
        let (body, footnotes) = stage.text(thing.page.body, thing.language);
        page.context.insert("heading", thing.title);
        page.context.insert("subtitle", &thing.subtitle);
        page.context.insert("summary", &thing.summary);
        page.context.insert("language", &thing.language);
        page.context.insert("facts", &thing.facts);
        page.context.insert("body_html", &body);
        page.context.insert("footnotes_html", &footnotes);
        page.context.insert("related", &thing.related);
        page.context.insert("since", &thing.works_by.and_then(|edition| stage.since_edition(edition)));
        let feed =
            matches!(thing.target, Target::Authority(_)).then(|| feeds::of_thing(stage, &thing.target)).flatten();
        page.head.relations.extend(feed.iter().flat_map(feeds::Feed::relations));
        page.context.insert("feed", &feed);
        page.context.insert("backlinks", &stage.backlinks(&[thing.target]));
    })
}

/// The index of a collection: its things in the language's order, under their first letters if they are `many`.
fn index_page<'s>(stage: &'s Stage<'_>, key: &str, segment: &str, things: &[Thing<'_>]) -> (Link, PageJob<'s>) {
    let link = Link::new(stage.locale.text(key), format!("/{segment}/"));
    let page = stage.page("collection.html", &link.path, &link.title, Vec::new());
    let item = |thing: &Thing<'_>| {
        let path = resolve::address(stage.project, &thing.target);
        let item = Link::new(thing.title, path).with_detail(thing.detail.clone().or_else(|| thing.subtitle.clone()));
        (item, thing.introduced_by)
    };
    let items: Vec<(Link, Option<Body>)> = things.iter().map(item).collect();
    let heading = link.title.clone();
    let page = page.later(move |page| {
        let introduced = |(item, by): (Link, Option<Body>)| match by {
            Some(body) => item.with_detail(first_sentence(stage, body)),
            None => item,
        };
        let mut items: Vec<Link> = items.into_iter().map(introduced).collect();
        items.sort_by(|a, b| stage.locale.compare(&a.title, &b.title));
        page.context.insert("heading", &heading);
        page.context.insert("groups", &groups(&items));
    });
    (link, page)
}

/// Sorted things, under their first letters if they are many.
pub(super) fn groups(items: &[Link]) -> Vec<serde_json::Value> {
    if items.len() < MANY { vec![json!({"title": null, "items": items})] } else { by_letter(items) }
}

/// Sorted things under their first letters: `Ä` under A, what begins with no letter under `#`.
pub(super) fn by_letter(items: &[Link]) -> Vec<serde_json::Value> {
    let letter = |item: &Link| {
        let first = item.title.nfd().find(|c| c.is_alphanumeric()).filter(|c| c.is_alphabetic());
        first.map_or("#".to_owned(), |c| c.to_uppercase().collect())
    };
    let groups = items.chunk_by(|a, b| letter(a) == letter(b));
    groups.map(|group| json!({"title": letter(&group[0]), "items": group})).collect()
}

fn collection<'s>(stage: &'s Stage<'_>, key: &str, segment: &str, things: Vec<Thing<'s>>) -> Vec<PageJob<'s>> {
    if things.is_empty() {
        return Vec::new();
    }
    let (link, index) = index_page(stage, key, segment, &things);
    let pages = things.into_iter().map(|thing| thing_page(stage, thing, vec![link.clone()]));
    std::iter::once(index).chain(pages).collect()
}

/// A fact that is a link to what a slug names.
fn linked_fact(stage: &Stage<'_>, label: &str, name: Option<&Spanned<String>>) -> Option<Fact> {
    let resolved = stage.site.resolved(name?.span)?;
    Some(Fact { label: stage.locale.text(label), text: resolved.title.clone(), path: Some(resolved.path.clone()) })
}

fn experiences<'s>(stage: &'s Stage<'_>) -> Vec<PageJob<'s>> {
    let sources = &stage.project.sources;
    let things = sources.experiences.iter().enumerate().map(|(at, source)| {
        let mut thing = Thing::new(Target::Experience(at), &source.page, &source.title);
        let date = source.date.map(|date| stage.locale.date(date).text);
        thing.facts.extend(linked_fact(stage, "fact-authority", source.authority.as_ref()));
        thing.facts.extend(date.map(|text| Fact { label: stage.locale.text("fact-date"), text, path: None }));
        thing.detail = Some(thing.facts.iter().map(|fact| fact.text.as_str()).collect::<Vec<_>>().join(", "));
        thing.related = stage.links(&source.chapters);
        thing.related.extend(stage.links(&source.numbers));
        thing.related.extend(stage.links(&source.values));
        thing
    });
    collection(stage, "nav-experiences", &sources.config.addresses.experiences, things.collect())
}

fn authorities<'s>(stage: &'s Stage<'_>) -> Vec<PageJob<'s>> {
    let sources = &stage.project.sources;
    let versions: Vec<String> = (0..sources.releases.len()).map(|at| crate::history::label(sources, at)).collect();
    let things = sources.authorities.iter().enumerate().map(|(at, source)| {
        let mut thing = Thing::new(Target::Authority(at), &source.page, &source.title);
        thing.subtitle.clone_from(&source.short);
        let works_by =
            source.implements.as_ref().and_then(|version| versions.iter().position(|known| *known == version.value));
        if let Some(edition) = works_by {
            let text = stage.edition_label(edition);
            let label = stage.locale.text("fact-works-by");
            thing.facts.push(Fact { label, text, path: Some(stage.edition_path(edition)) });
            thing.works_by = Some(edition);
            let works_by = format!("{} {}", stage.locale.text("fact-works-by"), stage.edition_label(edition));
            thing.detail = Some(source.short.iter().cloned().chain([works_by]).collect::<Vec<_>>().join(" · "));
        }
        let url = source.url.as_ref();
        thing.facts.extend(url.map(|url| Fact {
            label: stage.locale.text("fact-website"),
            text: url.trim_start_matches("https://").trim_end_matches('/').to_owned(),
            path: Some(url.clone()),
        }));
        thing
    });
    collection(stage, "nav-authorities", &sources.config.addresses.authorities, things.collect())
}

fn people<'s>(stage: &'s Stage<'_>) -> Vec<PageJob<'s>> {
    let sources = &stage.project.sources;
    let things = sources.people.iter().enumerate().map(|(at, source)| {
        let mut thing = Thing::new(Target::Person(at), &source.page, &source.title);
        thing.subtitle.clone_from(&source.role);
        thing.facts.extend(linked_fact(stage, "fact-authority", source.authority.as_ref()));
        thing
    });
    collection(stage, "nav-people", &sources.config.addresses.people, things.collect())
}

fn terms<'s>(stage: &'s Stage<'_>) -> Vec<PageJob<'s>> {
    let sources = &stage.project.sources;
    let things = sources.terms.iter().enumerate().map(|(at, source)| {
        let mut thing = Thing::new(Target::Term(at), &source.page, &source.title);
        if !source.synonyms.is_empty() {
            let label = stage.locale.text("fact-synonyms");
            thing.facts.push(Fact { label, text: source.synonyms.join(", "), path: None });
        }
        thing.introduced_by = Some(source.page.body);
        thing.related = stage.links(&source.see);
        thing
    });
    let pages = collection(stage, "nav-glossary", &sources.config.addresses.glossary, things.collect());
    let terms = std::iter::once(None).chain((0..sources.terms.len()).map(Some));
    let pages = pages.into_iter().zip(terms);
    pages.map(|(page, term)| page.later(move |page| page.head.data = json_ld::glossary(stage, term))).collect()
}

fn free_pages<'s>(stage: &'s Stage<'_>) -> Vec<PageJob<'s>> {
    let pages = stage.project.sources.pages.iter().enumerate().map(|(at, source)| {
        let mut thing = Thing::new(Target::Page(at), &source.page, &source.title);
        thing.language = source.language.as_deref();
        thing.summary = source.summary.as_deref();
        thing_page(stage, thing, Vec::new())
    });
    pages.collect()
}

/// The first sentence of a text, for the index.
fn first_sentence(stage: &Stage<'_>, body: Body) -> Option<String> {
    let document = stage.project.documents.of(body);
    let first = document.blocks.iter().find(|block| matches!(block.kind, BlockKind::Paragraph(_)))?;
    let text = stage.shown(None, |tokenizer| tokenizer.block(first));
    let end = sentences::starts(&text).next().unwrap_or(text.len());
    Some(text[..end].trim_end().to_owned())
}
