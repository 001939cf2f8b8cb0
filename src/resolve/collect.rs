//! Walks every text, resolves what refers, and notes who refers to what.

use std::collections::{BTreeMap, BTreeSet};

use super::backlinks::{Backlink, BacklinkKind};
use super::index::Index;
use super::links::From;
use super::lookup::Lookup;
use super::norms::{self, Norm};
use super::{Resolved, Site, Validity};
use crate::Project;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, suggest};
use crate::history;
use crate::load::Page;
use crate::markdown::{Block, BlockKind, Document, Image, Inline, Reference};
use crate::release_text;
use crate::sentences;
use crate::source::{Files, Span};
use crate::target::{self, Target};
use crate::tokens::{self, Token, Tokenizer};

/// Longest line of context, in characters.
const CONTEXT: usize = 160;

pub(super) struct Resolver<'a> {
    pub project: &'a Project,
    files: &'a Files,
    index: &'a Index<'a>,
    validity: Validity,
    diagnostics: &'a mut Diagnostics,
    resolved: BTreeMap<(crate::source::FileId, usize), (usize, Resolved)>,
    backlinks: BTreeMap<Target, Vec<Backlink>>,
    norms: BTreeSet<String>,
    vanished: BTreeMap<(crate::source::FileId, usize), String>,
    lost_acts: BTreeSet<String>,
}

/// Something that refers: a page, or a block of it.
pub(super) struct Origin<'a> {
    pub from: From<'a>,
    pub kind: BacklinkKind,
    /// The block, if it has a margin number.
    pub block: Option<Target>,
    pub context: String,
}

impl<'a> Resolver<'a> {
    pub fn new(
        project: &'a Project,
        files: &'a Files,
        index: &'a Index<'a>,
        validity: Validity,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        let (resolved, backlinks, norms) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
        let (vanished, lost_acts) = (BTreeMap::new(), BTreeSet::new());
        Self { project, files, index, validity, diagnostics, resolved, backlinks, norms, vanished, lost_acts }
    }

    pub fn lookup(&self) -> Lookup<'_> {
        Lookup { project: self.project, index: self.index, validity: &self.validity }
    }

    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Resolves what the texts of all pages refer to.
    pub fn documents(&mut self) {
        let project = self.project;
        for of in target::pages(&project.sources) {
            match of.target {
                Target::Chapter(edition, at) => self.chapter(edition, at, of.page),
                target => self.page(of.page, &target, kind_of(&target)),
            }
        }
    }

    fn chapter(&mut self, edition: usize, chapter: usize, page: &Page) {
        let document = self.project.documents.of(page.body);
        let target = Target::Chapter(edition, chapter);
        let numbered: BTreeMap<usize, usize> = {
            let text = &self.project.history.editions[edition].text;
            text.chapters[chapter].blocks.clone().map(|block| (text.blocks[block].index, block)).collect()
        };
        let from = From { page, target: &target, edition: Some(edition) };
        for (at, block) in document.blocks.iter().enumerate() {
            let (kind, number) = match numbered.get(&at) {
                Some(&block) => (BacklinkKind::Number, Some(Target::Block(edition, block))),
                None => (BacklinkKind::Chapter, None),
            };
            self.block(block, document, from, kind, number);
        }
    }

    fn page(&mut self, page: &Page, target: &Target, kind: BacklinkKind) {
        let document = self.project.documents.of(page.body);
        for block in &document.blocks {
            self.block(block, document, From { page, target, edition: None }, kind, None);
        }
    }

    /// Resolves a top-level block with the footnotes it refers to.
    fn block(
        &mut self,
        block: &Block,
        document: &Document,
        from: From<'_>,
        kind: BacklinkKind,
        number: Option<Target>,
    ) {
        let mut found = Found::default();
        found.block(block, document);
        if found.is_empty() {
            return;
        }
        let text = self.shown(document, from.edition, |tokenizer| tokenizer.block(block));
        let origin = |around: &str| Origin { from, kind, block: number.clone(), context: context(&text, around) };
        for reference in found.references {
            let around = reference.text.clone().unwrap_or_else(|| self.shown_title(reference, from.edition));
            let looked = self.sealed(reference.span, from.edition).unwrap_or_else(|| {
                let (kind, target) = (&reference.kind, &reference.target);
                self.lookup().reference(kind, target, reference.span, from.edition).map(Some)
            });
            self.note(looked, reference.span, &origin(&around));
        }
        for (url, span, content) in found.links {
            let around = self.shown(document, from.edition, |tokenizer| tokenizer.inlines(content));
            let looked = self.sealed(span, from.edition).unwrap_or_else(|| self.lookup().link(url, span, from));
            self.note(looked, span, &origin(&around));
        }
        for image in found.images {
            let looked = self.sealed(image.span, from.edition);
            let looked = looked.unwrap_or_else(|| self.lookup().image(&image.url, image.span, from));
            if let Ok(Some(resolved)) = &looked {
                let outside = self.lookup().outside(resolved, &image.url, image.span, from.edition);
                self.diagnostics.extend(outside);
            }
            self.note(looked, image.span, &origin(""));
        }
    }

    /// What the lock of a sealed edition says of a place in it; `None` where the edition is not sealed.
    pub fn sealed(&self, span: Span, edition: Option<usize>) -> Option<Result<Option<Resolved>, Box<Diagnostic>>> {
        let seal = history::source(&self.project.sources, edition?).seal.as_ref()?;
        Some(self.lookup().sealed(seal, span))
    }

    /// A piece of the document as it is read, with the titles of what it refers to.
    fn shown(
        &self,
        document: &Document,
        edition: Option<usize>,
        piece: impl Fn(Tokenizer<'_>) -> Vec<Token>,
    ) -> String {
        let titles = |reference: &Reference| self.shown_title(reference, edition);
        tokens::text(&piece(Tokenizer::new(&document.footnotes, &titles)))
    }

    fn shown_title(&self, reference: &Reference, edition: Option<usize>) -> String {
        let release = edition.or_else(|| self.validity.shown());
        let release = release.map(|edition| history::source(&self.project.sources, edition));
        release_text::shown_title(reference, release, &self.project.sources)
    }

    /// Keeps what was found, or reports that nothing was.
    pub fn note(&mut self, looked: Result<Option<Resolved>, Box<Diagnostic>>, span: Span, origin: &Origin<'_>) {
        match looked {
            Err(mut found) => {
                if found.code == Code::VanishedTarget {
                    let title = found.args.get("title").cloned().unwrap_or_default();
                    self.vanished.insert((span.file, span.start), title);
                    // An act that is gone is cited in many places; one line of `site.toml` mends them all.
                    if found.args.get("act").is_some_and(|act| !self.lost_acts.insert(act.clone())) {
                        return;
                    }
                }
                self.point_into_link(&mut found, span);
                self.diagnostics.push(*found);
            }
            Ok(None) => {}
            Ok(Some(resolved)) => {
                self.link_back(&resolved.target, origin);
                self.keep(span, resolved);
            }
        }
    }

    /// A finding about a whole Markdown link points at its address, if the address is written there as it is.
    fn point_into_link(&self, found: &mut Diagnostic, span: Span) {
        let Some(url) = found.args.get("url").or_else(|| found.args.get("fragment")) else { return };
        if found.span != Some(span) {
            return;
        }
        let written = self.files.snippet(span);
        let link = written.rfind("](");
        if link.is_none() && written.starts_with(['[', '!']) {
            // A link by reference: its address stands elsewhere, so nothing here can be replaced.
            found.suggestion = None;
        }
        if let Some(at) = link.and_then(|link| written[link..].find(url.as_str()).map(|at| link + at)) {
            let start = span.start + at;
            let whole_url = &written[written.rfind("](").unwrap_or(0) + 2..];
            let end_of_url = whole_url.find([')', ' ', '>']).map_or(whole_url.len(), |end| end);
            let url_start = span.end - whole_url.len();
            found.span = Some(Span::new(span.file, start..start + url.len()));
            if let Some(suggestion) = &mut found.suggestion {
                suggestion.span = Span::new(span.file, url_start..url_start + end_of_url);
            }
        }
    }

    /// Keeps what was found without a backlink.
    pub fn keep(&mut self, span: Span, resolved: Resolved) {
        self.resolved.insert((span.file, span.start), (span.end, resolved));
    }

    fn link_back(&mut self, target: &Target, origin: &Origin<'_>) {
        if let Target::Norm(text) = target {
            self.norms.insert(text.clone());
        }
        let from = origin.block.clone().unwrap_or_else(|| origin.from.target.clone());
        if from == *target {
            return;
        }
        let backlink = Backlink { kind: origin.kind, origin: from, context: origin.context.clone() };
        let known = self.backlinks.entry(target.clone()).or_default();
        let same = |other: &Backlink| other.kind == backlink.kind && other.origin == backlink.origin;
        match known.iter_mut().find(|other| same(other)) {
            // A line of the text says more than the front matter, which has none.
            Some(other) if other.context.is_empty() => other.context = backlink.context,
            Some(_) => {}
            None => known.push(backlink),
        }
    }

    /// Resolves the references of `[[reason]]` entries and links back from them to the changes.
    pub fn reasons(&mut self) {
        let project = self.project;
        for (edition, release) in project.sources.releases.iter().chain(&project.sources.draft).enumerate() {
            let Some(page) = release.chapters.first().map(|chapter| &chapter.page) else { continue };
            for (at, reason) in release.reasons.iter().enumerate() {
                let target = Target::Reason(edition, at);
                let from = From { page, target: &target, edition: Some(edition) };
                let context = reason.text.clone();
                let origin = Origin { from, kind: BacklinkKind::Reason, block: None, context };
                for written in &reason.refs {
                    let reference = super::front_matter::split_kind(written);
                    let looked = self.sealed(written.span, Some(edition)).unwrap_or_else(|| {
                        let (kind, target) = &reference;
                        let looked = self.lookup().reference(kind, target, written.span, Some(edition)).map(Some);
                        looked.map_err(|found| super::front_matter::quoted(found, &reference))
                    });
                    match looked {
                        // A first release changed nothing; there is no page to link back from.
                        Ok(Some(resolved)) if project.history.editions[edition].predecessor.is_none() => {
                            self.keep(written.span, resolved);
                        }
                        looked => self.note(looked, written.span, &origin),
                    }
                }
            }
        }
    }

    pub fn finish(self) -> Site {
        let acts = &self.project.sources.config.acts;
        let mut norms: Vec<Norm> = self.norms.iter().filter_map(|text| norms::parse(text, acts)).collect();
        norms.sort_by_key(Norm::order);
        let (resolved, backlinks, vanished) = (self.resolved, self.backlinks, self.vanished);
        Site { resolved, backlinks, vanished, validity: self.validity, norms }
    }

    /// Reports a slug that names nothing, with the nearest one that does.
    pub fn report_unknown(
        &mut self,
        code: Code,
        name: &'static str,
        written: &crate::source::Spanned<String>,
        known: &[String],
    ) {
        let near = suggest::nearest(&written.value, known.iter().map(String::as_str)).map(|near| format!("\"{near}\""));
        let found = Diagnostic::at(code, written.span).arg(name, &written.value).arg("known", known.join(", "));
        self.report(found.suggest(near));
    }
}

/// What kind of thing a page with a Markdown file is, when it refers.
fn kind_of(target: &Target) -> BacklinkKind {
    match target {
        Target::Talk(..) => BacklinkKind::Talk,
        Target::Value(_) => BacklinkKind::Value,
        Target::Experience(_) => BacklinkKind::Experience,
        Target::Authority(_) => BacklinkKind::Authority,
        Target::Person(_) => BacklinkKind::Person,
        Target::Term(_) => BacklinkKind::Term,
        Target::Chapter(..) => BacklinkKind::Chapter,
        _ => BacklinkKind::Page,
    }
}

/// What a block refers to, with the text of each link.
#[derive(Default)]
struct Found<'d> {
    references: Vec<&'d Reference>,
    links: Vec<(&'d str, Span, &'d [Inline])>,
    images: Vec<&'d Image>,
    footnotes: BTreeSet<usize>,
}

impl<'d> Found<'d> {
    fn is_empty(&self) -> bool {
        self.references.is_empty() && self.links.is_empty() && self.images.is_empty()
    }

    fn block(&mut self, block: &'d Block, document: &'d Document) {
        match &block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => self.inlines(content, document),
            BlockKind::List(list) => {
                list.items.iter().flat_map(|item| &item.content).for_each(|block| self.block(block, document));
            }
            BlockKind::DefinitionList(definitions) => {
                for definition in definitions {
                    definition.terms.iter().for_each(|term| self.inlines(term, document));
                    definition.details.iter().flatten().for_each(|block| self.block(block, document));
                }
            }
            BlockKind::Table(table) => {
                let cells = table.header.iter().chain(table.rows.iter().flat_map(|row| &row.cells));
                cells.for_each(|cell| self.inlines(cell, document));
            }
            BlockKind::Quote(content) => content.iter().for_each(|block| self.block(block, document)),
            BlockKind::Callout { title, content, .. } => {
                self.inlines(title, document);
                content.iter().for_each(|block| self.block(block, document));
            }
            BlockKind::Figure(image) => self.images.push(image),
            BlockKind::Rule | BlockKind::Code { .. } | BlockKind::Html(_) => {}
        }
    }

    fn inlines(&mut self, inlines: &'d [Inline], document: &'d Document) {
        for inline in inlines {
            match inline {
                Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strike(inner) => {
                    self.inlines(inner, document);
                }
                Inline::Link { span, url, content, .. } => {
                    self.links.push((url, *span, content));
                    self.inlines(content, document);
                }
                Inline::Image(image) => self.images.push(image),
                Inline::Reference(reference) => self.references.push(reference),
                Inline::Footnote(index) => {
                    let footnote = document.footnotes.get(*index).filter(|_| self.footnotes.insert(*index));
                    footnote.iter().flat_map(|note| &note.content).for_each(|block| self.block(block, document));
                }
                Inline::Text(_) | Inline::Code(_) | Inline::SoftBreak | Inline::HardBreak | Inline::Html(_) => {}
            }
        }
    }
}

/// The sentence of `text` in which `around` stands, cut to a line.
fn context(text: &str, around: &str) -> String {
    let at = text.find(around).unwrap_or(0);
    let line = text[..at].rfind(['\n']).map_or(0, |end| end + 1);
    let start = sentences::starts(&text[line..]).map(|start| line + start).take_while(|&start| start <= at).last();
    let start = start.unwrap_or(line);
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    let sentence = &text[start..end];
    let shown: String = sentence.chars().take(CONTEXT).collect();
    if shown.len() == sentence.len() {
        return shown.trim().to_owned();
    }
    let cut = shown.rfind(' ').unwrap_or(shown.len());
    format!("{} …", shown[..cut].trim())
}
