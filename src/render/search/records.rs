//! What is found: chapters, talks, terms and all other pages, each as a small page that the index is fed. Blocks have the
//! fragments under which they can be reached, so that a hit leads to its paragraph.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;

use super::super::Stage;
use super::super::escape::escape;
use crate::history;
use crate::load::Body;
use crate::markdown::BlockKind;
use crate::resolve;
use crate::source::Spanned;
use crate::target::{self, Target};

/// How much a part of a compound counts, against 1 of a word that stands there.
const PART: &str = "0.2";
/// The same in a title, whose words count 7.
const TITLE_PART: &str = "1.5";

/// Gives the parts of a word.
type Parts<'p> = &'p dyn Fn(&str) -> Vec<String>;

/// A page of the index.
pub(super) struct Record {
    pub url: String,
    pub html: String,
}

/// What is found, with its text.
pub(super) struct Source {
    url: String,
    title: String,
    language: String,
    /// What is told with a hit.
    meta: Vec<(&'static str, String)>,
    /// What hits are filtered by.
    filters: Vec<(&'static str, String)>,
    blocks: Vec<Block>,
}

struct Block {
    /// The fragment of its own, or a number that none is.
    id: String,
    is_heading: bool,
    text: String,
}

/// The chapters of an edition.
pub(super) fn of_release(stage: &Stage<'_>, edition: usize) -> Vec<Source> {
    let chapters = &history::source(&stage.project.sources, edition).chapters;
    (0..chapters.len()).map(|at| chapter(stage, edition, at)).collect()
}

/// Everything that belongs to no release.
pub(super) fn of_the_rest(stage: &Stage<'_>) -> Vec<Source> {
    let pages = target::pages(&stage.project.sources).into_iter();
    let pages = pages.filter(|of| !matches!(of.target, Target::Chapter(..) | Target::Start));
    pages.map(|of| page(stage, &of.target, of.page.body)).collect()
}

fn chapter(stage: &Stage<'_>, edition: usize, at: usize) -> Source {
    let release = history::source(&stage.project.sources, edition);
    let source = &release.chapters[at];
    let target = Target::Chapter(edition, at);
    let text = &stage.project.history.editions[edition].text;
    let numbers = &stage.project.history.editions[edition].numbering.blocks;
    let numbered: BTreeMap<usize, String> = text.chapters[at]
        .blocks
        .clone()
        .map(|block| (text.blocks[block].index, format!("rn-{}", numbers[block])))
        .collect();
    let mut found = Source::new(stage, &target, "chapter");
    found.blocks = blocks(stage, Some(edition), source.page.body, &|at| numbered.get(&at).cloned());
    found.meta.push(("release", stage.edition_label(edition)));
    found.filters.extend(titles(stage, &source.values).map(|title| ("value", title)));
    found.filters.extend(release.released.map(|day| ("year", day.year().to_string())));
    found
}

fn page(stage: &Stage<'_>, target: &Target, body: Body) -> Source {
    let sources = &stage.project.sources;
    let kind = match target {
        Target::Talk(..) => "talk",
        Target::Value(_) => "value",
        Target::Experience(_) => "experience",
        Target::Authority(_) => "authority",
        Target::Person(_) => "person",
        Target::Term(_) => "term",
        _ => "page",
    };
    let mut found = Source::new(stage, target, kind);
    found.blocks = blocks(stage, None, body, &|_| None);
    match target {
        Target::Talk(lab, at) => talk(stage, *lab, *at, &mut found),
        Target::Experience(at) => {
            let source = &sources.experiences[*at];
            found.filters.extend(titles(stage, &source.values).map(|title| ("value", title)));
            found.filters.extend(titles(stage, source.authority.as_slice()).map(|title| ("authority", title)));
            found.filters.extend(source.date.map(|date| ("year", date.year().to_string())));
        }
        Target::Value(at) => found.lead(sources.values[*at].synonyms.join(", ")),
        Target::Term(at) => found.lead(sources.terms[*at].synonyms.join(", ")),
        _ => {}
    }
    found
}

fn talk(stage: &Stage<'_>, lab_at: usize, at: usize, found: &mut Source) {
    let lab = &stage.project.sources.labs[lab_at];
    let source = &lab.talks[at];
    found.language = source.language.clone().unwrap_or_else(|| found.language.clone());
    found.meta.push(("date", stage.locale.date(source.day(lab)).text));
    found.filters.push(("year", source.day(lab).year().to_string()));
    found.filters.extend(titles(stage, &source.values).map(|title| ("value", title)));
    let speakers = || stage.speakers(source);
    let authorities: BTreeSet<&str> = speakers().filter_map(|of| Some(of.authority?.title.as_str())).collect();
    let who = speakers().map(|speaker| speaker.line()).collect::<Vec<_>>().join("; ");
    found.filters.extend(authorities.into_iter().map(|title| ("authority", title.to_owned())));
    found.lead(source.topics.join(", "));
    found.lead(who);
    found.lead(source.subtitle.clone().unwrap_or_default());
    for medium in &source.media {
        let file =
            medium.file.as_ref().and_then(|file| stage.project.sources.media.get(&source.media_path(&file.value)));
        let said: Vec<&str> = file.iter().flat_map(|file| file.cues.iter()).map(|cue| cue.text.as_str()).collect();
        found.add(said.join(" "));
    }
}

/// The titles of what front matter names.
fn titles<'s>(stage: &'s Stage<'_>, names: &'s [Spanned<String>]) -> impl Iterator<Item = String> + 's {
    names.iter().filter_map(|name| stage.site.resolved(name.span)).map(|resolved| resolved.title.clone())
}

fn blocks(
    stage: &Stage<'_>,
    edition: Option<usize>,
    body: Body,
    numbered: &dyn Fn(usize) -> Option<String>,
) -> Vec<Block> {
    let document = stage.project.documents.of(body);
    let block = |(at, block): (usize, &crate::markdown::Block)| {
        let (id, is_heading, text) = match &block.kind {
            BlockKind::Heading { anchor, content, .. } => {
                (Some(anchor.clone()), true, stage.shown(edition, |tokenizer| tokenizer.inlines(content)))
            }
            _ => (numbered(at), false, stage.shown(edition, |tokenizer| tokenizer.block(block))),
        };
        Block { id: id.unwrap_or_else(|| format!("~{at}")), is_heading, text }
    };
    document.blocks.iter().enumerate().map(block).filter(|block| !block.text.is_empty()).collect()
}

impl Source {
    fn new(stage: &Stage<'_>, target: &Target, kind: &'static str) -> Self {
        let label = stage.locale.text(&format!("search-kind-{kind}"));
        Self {
            url: resolve::address(stage.project, target),
            title: resolve::title(stage.project, target),
            language: stage.project.sources.config.language.clone(),
            meta: vec![("kind", label.clone())],
            filters: vec![("kind", label)],
            blocks: Vec::new(),
        }
    }

    /// Puts words before the text.
    fn lead(&mut self, text: String) {
        if !text.is_empty() {
            self.blocks.insert(0, Block { id: format!("~l{}", self.blocks.len()), is_heading: false, text });
        }
    }

    /// Puts words behind the text.
    fn add(&mut self, text: String) {
        if !text.is_empty() {
            self.blocks.push(Block { id: format!("~a{}", self.blocks.len()), is_heading: false, text });
        }
    }

    /// All that can be read of it.
    pub fn text(&self) -> String {
        let texts = std::iter::once(self.title.as_str()).chain(self.blocks.iter().map(|block| block.text.as_str()));
        texts.collect::<Vec<_>>().join("\n")
    }

    /// The page for the index; `parts` gives the parts of a word by which it is found too. Without, no word is looked at.
    pub fn page(&self, parts: Option<Parts<'_>>) -> Record {
        let added = |text: &str, weight: &str| parts.map(|parts| added(text, weight, parts)).unwrap_or_default();
        let mut html = format!("<!DOCTYPE html><html lang=\"{}\"><body data-pagefind-body>", escape(&self.language));
        for (name, value) in &self.meta {
            let _ = write!(html, "<i data-pagefind-meta=\"{name}:{}\"></i>", escape(value));
        }
        for (name, value) in &self.filters {
            let _ = write!(html, "<i data-pagefind-filter=\"{name}:{}\"></i>", escape(value));
        }
        let _ = write!(html, "<h1>{}</h1>{}", escape(&self.title), added(&self.title, TITLE_PART));
        for block in &self.blocks {
            let name = if block.is_heading { "h2" } else { "p" };
            let (id, text) = (escape(&block.id), escape(&block.text));
            let _ = write!(html, "<{name} id=\"{id}\">{text}{}</{name}>", added(&block.text, PART));
        }
        html.push_str("</body></html>");
        Record { url: self.url.clone(), html }
    }
}

/// The parts of a text's compounds, hidden: they are found and not shown.
fn added(text: &str, weight: &str, parts: Parts<'_>) -> String {
    let words: BTreeSet<&str> = text.unicode_words().chain(text.split_whitespace()).map(trimmed).collect();
    let added: BTreeSet<String> = words.iter().flat_map(|word| parts(word)).collect();
    let added: Vec<&str> = added.iter().map(String::as_str).filter(|part| !words.contains(part)).collect();
    if added.is_empty() {
        return String::new();
    }
    let (index, added) = ("data-pagefind-index-attrs=\"data-k\"", escape(&added.join(" ")));
    format!("<span hidden data-pagefind-weight=\"{weight}\" {index} data-k=\"{added}\"></span>")
}

/// A word without the signs around it; hyphens inside stay.
fn trimmed(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}
