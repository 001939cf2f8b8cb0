//! Finds what a cross-reference `kind:target` means, seen from the text it stands in.

use super::index::{self, Index};
use super::norms;
use super::{Resolved, Validity, address};
use crate::Project;
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::history;
use crate::load::{Body, Page, Sources};
use crate::number::Number;
use crate::reference::{Kind, split_fragment, split_version};
use crate::source::{Span, Spanned};
use crate::target::Target;

/// Looks references up.
#[derive(Clone, Copy)]
pub(super) struct Lookup<'a> {
    pub project: &'a Project,
    pub index: &'a Index<'a>,
    pub validity: &'a Validity,
}

/// Why a reference leads nowhere; the place is that of the target.
type Broken = Box<Diagnostic>;

impl Lookup<'_> {
    fn sources(&self) -> &Sources {
        &self.project.sources
    }

    /// What `kind:target` means in an edition's text (`None`: outside the guideline).
    pub fn reference(
        &self,
        kind: &Spanned<String>,
        target: &Spanned<String>,
        whole: Span,
        edition: Option<usize>,
    ) -> Result<Resolved, Broken> {
        if kind.value.is_empty() {
            let found = Diagnostic::at(Code::UnknownKind, whole).arg("kind", "").arg("target", &target.value);
            return Err(Box::new(found.arg("reason", "bare").arg("known", known_kinds())));
        }
        let Some(known) = Kind::from_name(&kind.value) else {
            let near = suggest::nearest(&kind.value, Kind::names());
            let found = Diagnostic::at(Code::UnknownKind, kind.span).arg("kind", &kind.value);
            return Err(Box::new(found.arg("target", &target.value).arg("known", known_kinds()).suggest(near)));
        };
        self.target(known, &kind.value, target, edition)
    }

    /// What a target of a known kind means; `name` is the kind as written.
    pub fn target(
        &self,
        kind: Kind,
        name: &str,
        target: &Spanned<String>,
        edition: Option<usize>,
    ) -> Result<Resolved, Broken> {
        match kind {
            Kind::Chapter => self.chapter(name, target, edition),
            Kind::Number => self.number(name, target, edition),
            Kind::Release => self.release(target),
            Kind::Norm => self.norm(target),
            _ => {
                let (slug, fragment) = split_fragment(&target.value);
                let found = self.thing(kind, slug).ok_or_else(|| self.unknown(kind, name, target))?;
                self.with_fragment(found, fragment, target)
            }
        }
    }

    fn thing(&self, kind: Kind, slug: &str) -> Option<Target> {
        let sources = self.sources();
        match kind {
            Kind::Value => {
                Index::slug(sources.values.iter().map(|v| (&v.page, v.aliases.as_slice())), slug).map(Target::Value)
            }
            Kind::Talk => {
                let (number, slug) = slug.split_once('/')?;
                let lab = sources.labs.iter().position(|lab| lab.number.to_string() == number)?;
                let talks = sources.labs[lab].talks.iter().map(|talk| (&talk.page, talk.aliases.as_slice()));
                Index::slug(talks, slug).map(|talk| Target::Talk(lab, talk))
            }
            Kind::Lab => sources.labs.iter().position(|lab| lab.number.to_string() == slug).map(Target::Lab),
            Kind::Authority => {
                let pages = sources.authorities.iter().map(|a| (&a.page, a.aliases.as_slice()));
                Index::slug(pages, slug).map(Target::Authority)
            }
            Kind::Experience => {
                let pages = sources.experiences.iter().map(|e| (&e.page, e.aliases.as_slice()));
                Index::slug(pages, slug).map(Target::Experience)
            }
            Kind::Person => {
                Index::slug(sources.people.iter().map(|p| (&p.page, p.aliases.as_slice())), slug).map(Target::Person)
            }
            Kind::Term => {
                Index::slug(sources.terms.iter().map(|t| (&t.page, t.aliases.as_slice())), slug).map(Target::Term)
            }
            Kind::Page => {
                Index::slug(sources.pages.iter().map(|p| (&p.page, p.aliases.as_slice())), slug).map(Target::Page)
            }
            Kind::Chapter | Kind::Number | Kind::Release | Kind::Norm => None,
        }
    }

    fn unknown(&self, kind: Kind, name: &str, target: &Spanned<String>) -> Broken {
        let known = self.names(kind);
        let near = suggest::nearest(&target.value, known.iter().map(String::as_str));
        let found = Diagnostic::at(Code::UnknownTarget, target.span).arg("kind", name).arg("target", &target.value);
        Box::new(found.suggest(near))
    }

    fn names(&self, kind: Kind) -> Vec<String> {
        let sources = self.sources();
        match kind {
            Kind::Value => sources.values.iter().map(|v| v.page.slug.clone()).collect(),
            Kind::Talk => {
                let talks = sources
                    .labs
                    .iter()
                    .flat_map(|lab| lab.talks.iter().map(|talk| format!("{}/{}", lab.number, talk.page.slug)));
                talks.collect()
            }
            Kind::Lab => sources.labs.iter().map(|lab| lab.number.to_string()).collect(),
            Kind::Authority => sources.authorities.iter().map(|a| a.page.slug.clone()).collect(),
            Kind::Experience => sources.experiences.iter().map(|e| e.page.slug.clone()).collect(),
            Kind::Person => sources.people.iter().map(|p| p.page.slug.clone()).collect(),
            Kind::Term => sources.terms.iter().map(|t| t.page.slug.clone()).collect(),
            Kind::Page => sources.pages.iter().map(|p| p.page.slug.clone()).collect(),
            Kind::Chapter | Kind::Number | Kind::Release | Kind::Norm => Vec::new(),
        }
    }

    /// The edition that a target names by its version, or that is meant without one.
    fn edition_of(&self, name: &str, target: &Spanned<String>, here: Option<usize>) -> Result<(usize, bool), Broken> {
        let (version, _) = split_version(&target.value);
        match version {
            Some(version) => self.edition(version.as_str(), target.span).map(|edition| (edition, true)),
            // Without any release there is nothing that a reference without a version could mean.
            None => here.or_else(|| self.validity.shown()).map(|edition| (edition, false)).ok_or_else(|| {
                let found = Diagnostic::at(Code::UnknownTarget, target.span).arg("kind", name);
                Box::new(found.arg("target", &target.value))
            }),
        }
    }

    fn edition(&self, version: &str, span: Span) -> Result<usize, Broken> {
        let labels: Vec<String> =
            (0..self.sources().releases.len()).map(|at| history::label(self.sources(), at)).collect();
        labels.iter().position(|label| label == version).ok_or_else(|| {
            let near = suggest::nearest(version, labels.iter().map(String::as_str));
            let found =
                Diagnostic::at(Code::UnknownVersion, span).arg("version", version).arg("known", labels.join(", "));
            // The place may cover more than the version; then its replacement cannot be shown.
            let exact = span.end - span.start == version.len();
            Box::new(found.suggest(near.filter(|_| exact)))
        })
    }

    fn release(&self, target: &Spanned<String>) -> Result<Resolved, Broken> {
        self.edition(&target.value, target.span).map(|edition| self.resolved(Target::Edition(edition), None))
    }

    fn chapter(&self, name: &str, target: &Spanned<String>, here: Option<usize>) -> Result<Resolved, Broken> {
        let (edition, pinned) = self.edition_of(name, target, here)?;
        let (_, rest) = split_version(&target.value);
        let (slug, fragment) = split_fragment(rest);
        let own = self.index.chapter(edition, slug);
        // Outside the guideline a slug of an earlier release leads to what the chapter has become.
        let follows = !pinned && here.is_none();
        let found = own.or_else(|| follows.then(|| self.index.chapter_by_lineage(edition, slug)).flatten());
        let Some(chapter) = found else {
            let chapters = &history::source(self.sources(), edition).chapters;
            let near = suggest::nearest(slug, chapters.iter().map(|chapter| chapter.page.slug.as_str()));
            let near = near.map(|near| target.value.replacen(slug, near, 1));
            let found = Diagnostic::at(Code::UnknownTarget, target.span).arg("kind", name);
            return Err(Box::new(found.arg("target", &target.value).suggest(near)));
        };
        self.with_fragment(Target::Chapter(edition, chapter), fragment, target)
    }

    fn number(&self, name: &str, target: &Spanned<String>, here: Option<usize>) -> Result<Resolved, Broken> {
        let (edition, pinned) = self.edition_of(name, target, here)?;
        let (_, rest) = split_version(&target.value);
        let unknown = || {
            let found = Diagnostic::at(Code::UnknownTarget, target.span).arg("kind", name);
            Box::new(found.arg("target", &target.value).suggest(self.bare_number(edition, target)))
        };
        let number = Number::parse(rest).ok_or_else(unknown)?;
        if !pinned && here.is_none() {
            self.check_unambiguous(number, target)?;
        }
        let found = index::number(self.project, edition, number).ok_or_else(unknown)?;
        let target = match found {
            Target::Block(..) => found,
            _ => Target::GoneNumber(edition, number),
        };
        Ok(self.resolved(target, None))
    }

    /// `2` for `Rn. 2`: a number without the words before it, if there is one.
    fn bare_number(&self, edition: usize, target: &Spanned<String>) -> Option<String> {
        let (_, rest) = split_version(&target.value);
        let bare = rest.trim_start_matches(|c: char| !c.is_ascii_digit());
        let number = Number::parse(bare).filter(|_| bare.len() < rest.len())?;
        index::number(self.project, edition, number)?;
        let before = target.value.len() - rest.len();
        Some(format!("{}{bare}", target.value.get(..before)?))
    }

    fn check_unambiguous(&self, number: Number, target: &Spanned<String>) -> Result<(), Broken> {
        let editions = self.project.history.editions.iter().enumerate().take(self.sources().releases.len());
        let with = editions.filter(|(_, edition)| edition.numbering.block(number).is_some());
        let mut series: Vec<(usize, usize)> = with.map(|(at, edition)| (edition.numbering.series, at)).collect();
        series.dedup_by_key(|&mut (series, _)| series);
        if series.len() < 2 {
            return Ok(());
        }
        let known: Vec<String> =
            series.iter().map(|&(_, at)| format!("{}/{number}", history::label(self.sources(), at))).collect();
        let found = Diagnostic::at(Code::AmbiguousNumber, target.span).arg("number", number);
        Err(Box::new(found.arg("known", known.join(", "))))
    }

    fn norm(&self, target: &Spanned<String>) -> Result<Resolved, Broken> {
        let acts = &self.sources().config.acts;
        let Some(norm) = norms::parse(&target.value, acts) else {
            let act = norms::act_name(&target.value);
            let near = suggest::nearest(&act, acts.iter().map(|act| act.name.as_str()));
            let near = near.filter(|_| !act.is_empty()).map(|near| target.value.replacen(&act, near, 1));
            return Err(Box::new(Diagnostic::at(Code::UnknownAct, target.span).arg("act", act).suggest(near)));
        };
        let path = norms::norm_url(&norm, acts);
        Ok(Resolved { title: norm.text.clone(), path, target: Target::Norm(norm.text) })
    }

    /// Adds a fragment that must exist on the target's page.
    pub fn with_fragment(
        &self,
        target: Target,
        fragment: Option<&str>,
        written: &Spanned<String>,
    ) -> Result<Resolved, Broken> {
        let Some(fragment) = fragment.filter(|fragment| !fragment.is_empty()) else {
            return Ok(self.resolved(target, None));
        };
        let known = self.known_fragment(&target, fragment);
        if known.is_none() {
            let ids = self.body(&target).map(|body| self.index.ids(body)).unwrap_or_default();
            let near = suggest::nearest(fragment, ids.iter().map(String::as_str));
            let near = near.map(|near| written.value.replacen(&format!("#{fragment}"), &format!("#{near}"), 1));
            let page = written.value.split('#').next().unwrap_or_default();
            let own = || self.page(&target).map(|page| page.path.rsplit('/').next().unwrap_or_default().to_owned());
            let page = if page.is_empty() { own().unwrap_or_default() } else { page.to_owned() };
            let mut found = Diagnostic::at(Code::MissingFragment, written.span).arg("fragment", fragment);
            if let Target::Talk(lab, at) = target
                && let Some(consent) = self.project.sources.labs[lab].talks[at].withdrawn
            {
                found = found.label(consent, "consent");
            }
            return Err(Box::new(found.arg("target", page).suggest(near)));
        }
        Ok(self.resolved(target, known))
    }

    fn known_fragment(&self, target: &Target, fragment: &str) -> Option<String> {
        if let (Target::Chapter(edition, _), Some(number)) = (target, fragment.strip_prefix("rn-")) {
            let number = Number::parse(number)?;
            let there = index::number(self.project, *edition, number)?;
            return (self.page_of(&there) == *target).then(|| fragment.to_owned());
        }
        index::fragment(self.index.ids(self.body(target)?), fragment)
    }

    /// The page that a target stands on.
    fn page_of(&self, target: &Target) -> Target {
        match target {
            Target::Block(edition, block) => {
                Target::Chapter(*edition, self.project.history.editions[*edition].text.blocks[*block].chapter)
            }
            other => other.clone(),
        }
    }

    /// The text of a target.
    fn body(&self, target: &Target) -> Option<Body> {
        self.page(target).map(|page| page.body)
    }

    /// The Markdown file of a target that has one.
    fn page(&self, target: &Target) -> Option<&Page> {
        let sources = self.sources();
        let page = match target {
            Target::Chapter(edition, chapter) => &history::source(sources, *edition).chapters[*chapter].page,
            Target::Talk(lab, talk) => &sources.labs[*lab].talks[*talk].page,
            Target::Value(at) => &sources.values[*at].page,
            Target::Experience(at) => &sources.experiences[*at].page,
            Target::Authority(at) => &sources.authorities[*at].page,
            Target::Person(at) => &sources.people[*at].page,
            Target::Term(at) => &sources.terms[*at].page,
            Target::Page(at) => &sources.pages[*at].page,
            Target::Start => &sources.start.as_ref()?.page,
            _ => return None,
        };
        Some(page)
    }

    /// A target with its address and title.
    pub fn resolved(&self, target: Target, fragment: Option<String>) -> Resolved {
        let mut path = address(self.project, &target);
        if let Some(fragment) = fragment {
            path.push('#');
            path.push_str(&fragment);
        }
        let title = super::title(self.project, &target);
        Resolved { target, path, title }
    }
}

fn known_kinds() -> String {
    Kind::names().collect::<Vec<_>>().join(", ")
}
