//! Walks every text, resolves what refers, and notes who refers to what.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::backlinks::{Backlink, BacklinkKind};
use super::context::{Around, Context};
use super::found::Found;
use super::index::Index;
use super::links::From;
use super::lookup::Lookup;
use super::norms::{self, Norm};
use super::{Resolved, Site, Validity};
use crate::Project;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, suggest};
use crate::history;
use crate::load::Page;
use crate::markdown::Document;
use crate::source::{Files, Span};
use crate::target::{self, Target};

pub(super) struct Resolver<'a> {
    pub project: &'a Project,
    files: &'a Files,
    index: &'a Index<'a>,
    validity: Validity,
    diagnostics: &'a mut Diagnostics,
    resolved: BTreeMap<(crate::source::FileId, usize), (usize, Resolved)>,
    /// By target, what refers to it.
    backlinks: BTreeMap<Target, IndexMap<(BacklinkKind, Target), Context>>,
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
    pub context: Context,
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
        for at in 0..document.blocks.len() {
            let (kind, number) = match numbered.get(&at) {
                Some(&block) => (BacklinkKind::Number, Some(Target::Block(edition, block))),
                None => (BacklinkKind::Chapter, None),
            };
            self.block(at, document, from, kind, number);
        }
    }

    fn page(&mut self, page: &Page, target: &Target, kind: BacklinkKind) {
        let document = self.project.documents.of(page.body);
        for at in 0..document.blocks.len() {
            self.block(at, document, From { page, target, edition: None }, kind, None);
        }
    }

    /// Resolves the top-level block at a place with the footnotes it refers to.
    fn block(&mut self, at: usize, document: &Document, from: From<'_>, kind: BacklinkKind, number: Option<Target>) {
        let Some(found) = document.blocks.get(at).map(|block| Found::of(block, document)) else { return };
        let (body, edition) = (from.page.body, from.edition);
        let around = |span| Context::Around(Around { body, edition, block: at, span });
        let origin = |context| Origin { from, kind, block: number.clone(), context };
        for reference in found.references {
            let looked = self.sealed(reference.span, edition).unwrap_or_else(|| {
                let (kind, target) = (&reference.kind, &reference.target);
                self.lookup().reference(kind, target, reference.span, edition).map(Some)
            });
            self.note(looked, reference.span, &origin(around(reference.span)));
        }
        for (url, span, _) in found.links {
            let looked = self.sealed(span, edition).unwrap_or_else(|| self.lookup().link(url, span, from));
            self.note(looked, span, &origin(around(span)));
        }
        for image in found.images {
            let looked = self.sealed(image.span, edition);
            let looked = looked.unwrap_or_else(|| self.lookup().image(&image.url, image.span, from));
            if let Ok(Some(resolved)) = &looked {
                let outside = self.lookup().outside(resolved, &image.url, image.span, edition);
                self.diagnostics.extend(outside);
            }
            self.note(looked, image.span, &origin(Context::None));
        }
    }

    /// What the lock of a sealed edition says of a place in it; `None` where the edition is not sealed.
    pub fn sealed(&self, span: Span, edition: Option<usize>) -> Option<Result<Option<Resolved>, Box<Diagnostic>>> {
        let seal = history::source(&self.project.sources, edition?).seal.as_ref()?;
        Some(self.lookup().sealed(seal, span))
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
        let key = (origin.kind, from);
        let known = self.backlinks.entry(target.clone()).or_default();
        match known.get_mut(&key) {
            // A line of the text says more than the front matter, which has none.
            Some(other) if *other == Context::None => *other = origin.context.clone(),
            Some(_) => {}
            None => {
                known.insert(key, origin.context.clone());
            }
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
                let context = Context::Said(reason.text.clone());
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
        let (resolved, vanished) = (self.resolved, self.vanished);
        let backlink = |((kind, origin), context)| Backlink { kind, origin, context };
        let backlinks = self.backlinks.into_iter();
        let backlinks = backlinks.map(|(target, links)| (target, links.into_iter().map(backlink).collect())).collect();
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
