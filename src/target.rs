//! [`Target`]: everything a reference can lead to, and the address of each.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::history;
use crate::load::{Page, ReleaseSource, Sources};
use crate::number::Number;
use crate::slug::slugify;
use crate::source::Spanned;

/// Signs of a path that need no encoding in a link (RFC 3986, unreserved, and the slash).
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Something with an address. Indices are into [`Sources`] and [`crate::history::History`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// The start page.
    Start,
    /// The page of all releases.
    Guideline,
    /// A release.
    Edition(usize),
    /// A chapter of an edition.
    Chapter(usize, usize),
    /// A chapter that is gone in an edition, by its slug.
    GoneChapter(usize, String),
    /// A block of an edition.
    Block(usize, usize),
    /// A number of an edition that no block has any more.
    GoneNumber(usize, Number),
    /// What an edition changed.
    Changes(usize),
    /// Why an edition changed something, by the place in its reasons.
    Reason(usize, usize),
    /// A lab.
    Lab(usize),
    /// A talk of a lab.
    Talk(usize, usize),
    /// A value pair.
    Value(usize),
    /// A lesson from practice.
    Experience(usize),
    /// An authority.
    Authority(usize),
    /// A person.
    Person(usize),
    /// A term.
    Term(usize),
    /// A free page.
    Page(usize),
    /// A legal norm, as cited.
    Norm(String),
    /// A file that no rule claims, relative to `content/`.
    Asset(String),
    /// Something outside the site, or an address of the site as written.
    Address(String),
}

impl Target {
    /// The edition that the target belongs to.
    pub fn edition(&self) -> Option<usize> {
        match self {
            Target::Edition(edition)
            | Target::Chapter(edition, _)
            | Target::GoneChapter(edition, _)
            | Target::Block(edition, _)
            | Target::GoneNumber(edition, _)
            | Target::Changes(edition)
            | Target::Reason(edition, _) => Some(*edition),
            _ => None,
        }
    }
}

/// A Markdown file of the site with what it is and its former slugs.
pub struct TargetPage<'a> {
    /// What it is.
    pub target: Target,
    /// File, slug, body.
    pub page: &'a Page,
    /// Former slugs.
    pub aliases: &'a [Spanned<String>],
}

/// Every page that has a Markdown file: chapters of all editions, talks, then the other folders and the start page.
pub fn pages(sources: &Sources) -> Vec<TargetPage<'_>> {
    let mut pages = Vec::new();
    let mut add = |target, page, aliases| pages.push(TargetPage { target, page, aliases });
    for (edition, release) in sources.releases.iter().chain(&sources.draft).enumerate() {
        let chapters = release.chapters.iter().enumerate();
        chapters.for_each(|(at, chapter)| add(Target::Chapter(edition, at), &chapter.page, &chapter.aliases));
    }
    for (lab_at, lab) in sources.labs.iter().enumerate() {
        lab.talks.iter().enumerate().for_each(|(at, t)| add(Target::Talk(lab_at, at), &t.page, &t.aliases));
    }
    sources.values.iter().enumerate().for_each(|(at, v)| add(Target::Value(at), &v.page, &v.aliases));
    sources.experiences.iter().enumerate().for_each(|(at, e)| add(Target::Experience(at), &e.page, &e.aliases));
    sources.authorities.iter().enumerate().for_each(|(at, a)| add(Target::Authority(at), &a.page, &a.aliases));
    sources.people.iter().enumerate().for_each(|(at, p)| add(Target::Person(at), &p.page, &p.aliases));
    sources.terms.iter().enumerate().for_each(|(at, t)| add(Target::Term(at), &t.page, &t.aliases));
    sources.pages.iter().enumerate().for_each(|(at, p)| add(Target::Page(at), &p.page, &p.aliases));
    sources.start.iter().for_each(|s| add(Target::Start, &s.page, &s.aliases));
    pages
}

/// Address of an edition's folder, with a slash at its end.
pub fn edition_path(sources: &Sources, edition: usize) -> String {
    let addresses = &sources.config.addresses;
    let segment = match sources.releases.get(edition) {
        Some(_) => history::label(sources, edition),
        None => addresses.draft.clone(),
    };
    format!("/{}/{segment}/", addresses.guideline)
}

/// Name of the archive of a release: `leitlinien-1.0.zip`. A sealed one keeps the name that it was sealed with.
pub fn archive_name(sources: &Sources, release: &ReleaseSource) -> String {
    if let Some(work) = release.seal.as_ref().and_then(|seal| seal.lock.work.as_ref()) {
        return work.archive.clone();
    }
    let guideline = &sources.guideline;
    let title = guideline.short_title.as_ref().or(guideline.title.as_ref()).unwrap_or(&sources.config.title);
    let slug = slugify(title);
    format!("{}-{}.zip", if slug.is_empty() { "release" } else { &slug }, release.label())
}

/// The address of a target, from the site's root; for a block that of its chapter, without the fragment.
pub fn path(target: &Target, sources: &Sources, chapter_of_block: impl Fn(usize, usize) -> usize) -> String {
    let addresses = &sources.config.addresses;
    let below = |segment: &str, page: &Page| format!("/{segment}/{}/", page.slug);
    match target {
        Target::Start => "/".into(),
        Target::Guideline => format!("/{}/", addresses.guideline),
        // Of a number that is gone only `resolve::address` knows the page that says so.
        Target::Edition(edition) | Target::GoneNumber(edition, _) => edition_path(sources, *edition),
        Target::Chapter(edition, chapter) => {
            let page = &history::source(sources, *edition).chapters[*chapter].page;
            format!("{}{}/", edition_path(sources, *edition), page.slug)
        }
        Target::GoneChapter(edition, slug) => format!("{}{slug}/", edition_path(sources, *edition)),
        Target::Block(edition, block) => {
            path(&Target::Chapter(*edition, chapter_of_block(*edition, *block)), sources, chapter_of_block)
        }
        Target::Changes(edition) | Target::Reason(edition, _) => {
            format!("{}{}/", edition_path(sources, *edition), addresses.changes)
        }
        Target::Lab(lab) => format!("/{}/{}/", addresses.labs, sources.labs[*lab].number),
        Target::Talk(lab, talk) => {
            let lab = &sources.labs[*lab];
            format!("/{}/{}/{}/", addresses.labs, lab.number, lab.talks[*talk].page.slug)
        }
        Target::Value(at) => below(&addresses.values, &sources.values[*at].page),
        Target::Experience(at) => below(&addresses.experiences, &sources.experiences[*at].page),
        Target::Authority(at) => below(&addresses.authorities, &sources.authorities[*at].page),
        Target::Person(at) => below(&addresses.people, &sources.people[*at].page),
        Target::Term(at) => below(&addresses.glossary, &sources.terms[*at].page),
        Target::Page(at) => format!("/{}/", sources.pages[*at].page.slug),
        Target::Norm(_) => format!("/{}/", addresses.norms),
        Target::Asset(asset) => encoded(&asset_path(asset, sources)),
        Target::Address(address) => address.clone(),
    }
}

/// A path as it is written in a link.
pub fn encoded(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// Where a file of `content/` that no rule claims is put: beside the pages of its folder.
pub fn asset_path(asset: &str, sources: &Sources) -> String {
    let addresses = &sources.config.addresses;
    let releases = sources.releases.iter().chain(&sources.draft).enumerate();
    for (edition, release) in releases {
        if let Some(rest) = asset.strip_prefix(&format!("{}/", release.folder)) {
            return format!("{}{rest}", edition_path(sources, edition));
        }
    }
    for lab in &sources.labs {
        if let Some(rest) = asset.strip_prefix(&format!("{}/", lab.folder)) {
            return format!("/{}/{}/{rest}", addresses.labs, lab.number);
        }
    }
    let folders = [
        ("guidelines/", addresses.guideline.as_str()),
        ("talks/", &addresses.labs),
        ("values/", &addresses.values),
        ("experiences/", &addresses.experiences),
        ("authorities/", &addresses.authorities),
        ("people/", &addresses.people),
        ("glossary/", &addresses.glossary),
    ];
    for (folder, segment) in folders {
        if let Some(rest) = asset.strip_prefix(folder) {
            return format!("/{segment}/{rest}");
        }
    }
    format!("/{}", asset.strip_prefix("pages/").unwrap_or(asset))
}
