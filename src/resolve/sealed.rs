//! References of sealed texts: what they meant when they were sealed, found again by the names of today.

use super::lookup::Lookup;
use super::norms;
use super::{Resolved, Site};
use crate::Project;
use crate::diagnostic::{Code, Diagnostic};
use crate::history;
use crate::load::{Seal, Sources};
use crate::lock::LockedReference;
use crate::reference::{Kind, split_fragment};
use crate::source::{Files, Span, Spanned};
use crate::target::{Target, encoded};

/// What leads to the start page, a file of `content/`, and an address of the site as it was written; all other targets are
/// named as in a reference.
const START: &str = "start";
const FILE: &str = "file";
const ADDRESS: &str = "address";

impl Lookup<'_> {
    /// What the reference, link or image of a sealed text at a place leads to today. `None` where it led nowhere when
    /// the text was sealed.
    ///
    /// # Errors
    /// Where what it led to is gone, and nothing leads on from there.
    pub fn sealed(&self, seal: &Seal, span: Span) -> Result<Option<Resolved>, Box<Diagnostic>> {
        let Some(locked) = seal.reference(span) else { return Ok(None) };
        let found = self.target_named(&locked.target, span).or_else(|| self.led_on(&locked.target));
        match found {
            Some(found) => Ok(Some(Resolved { title: locked.title.clone(), ..found })),
            None => Err(Box::new(vanished(locked, span))),
        }
    }

    /// What has this name today, also as a former one.
    fn target_named(&self, name: &str, span: Span) -> Option<Resolved> {
        let (kind, rest) = name.split_once(':')?;
        let (path, fragment) = split_fragment(rest);
        match kind {
            START => Some(self.resolved(Target::Start, fragment.map(str::to_owned))),
            ADDRESS => {
                let (title, path) = (rest.to_owned(), rest.to_owned());
                Some(Resolved { target: Target::Address(rest.to_owned()), path, title })
            }
            FILE => {
                let is_there = self.project.sources.assets.contains(path);
                is_there.then(|| self.resolved(Target::Asset(path.to_owned()), fragment.map(str::to_owned)))
            }
            _ => {
                let known = Kind::from_name(kind)?;
                let look =
                    |target: &str| self.target(known, kind, &Spanned { value: target.to_owned(), span }, None).ok();
                // A page that lost the heading is still the page.
                look(rest).or_else(|| look(path))
            }
        }
    }

    /// Where the site's redirects lead from the address that the thing of this name had.
    fn led_on(&self, name: &str) -> Option<Resolved> {
        let path = former_path(name, &self.project.sources)?;
        let redirects = &self.project.sources.config.redirects;
        redirects.iter().any(|(from, _)| from.value == path).then(|| {
            let target = Target::Address(path.clone());
            Resolved { target, path: encoded(&path), title: String::new() }
        })
    }
}

fn vanished(locked: &LockedReference, span: Span) -> Diagnostic {
    let found = Diagnostic::at(Code::VanishedTarget, span).arg("target", &locked.target).arg("title", &locked.title);
    match locked.target.split_once(':').and_then(|(kind, text)| Some((Kind::from_name(kind)?, text))) {
        Some((Kind::Norm, text)) => found.arg("kind", "norm").arg("act", norms::act_name(text)),
        _ => found.arg("kind", "other"),
    }
}

/// The address that a thing of this name has or had.
fn former_path(name: &str, sources: &Sources) -> Option<String> {
    let (kind, rest) = name.split_once(':')?;
    let slug = split_fragment(rest).0;
    let addresses = &sources.config.addresses;
    let folder = match Kind::from_name(kind)? {
        Kind::Value => &addresses.values,
        Kind::Talk | Kind::Lab => &addresses.labs,
        Kind::Authority => &addresses.authorities,
        Kind::Experience => &addresses.experiences,
        Kind::Person => &addresses.people,
        Kind::Term => &addresses.glossary,
        Kind::Page => return Some(format!("/{slug}/")),
        Kind::Chapter | Kind::Number | Kind::Release | Kind::Norm => return None,
    };
    Some(format!("/{folder}/{slug}/"))
}

/// The references in the folder of a release, as its lock is to have them.
pub fn references(project: &Project, site: &Site, files: &Files, edition: usize) -> Vec<LockedReference> {
    let folder = format!("content/{}/", history::source(&project.sources, edition).folder);
    let reference = |(span, resolved): (Span, &Resolved)| {
        let at = files.location(span);
        let at = at.strip_prefix(&folder)?.to_owned();
        Some(LockedReference { at, target: name(project, resolved)?, title: resolved.title.clone() })
    };
    site.all().filter_map(reference).collect()
}

/// The name of what a reference leads to, with the fragment.
fn name(project: &Project, resolved: &Resolved) -> Option<String> {
    let sources = &project.sources;
    let label = |edition: usize| history::label(sources, edition);
    let kind = |kind: Kind, rest: String| format!("{}:{rest}", kind.name());
    let fragment = resolved.path.split_once('#').map(|(_, fragment)| format!("#{fragment}")).unwrap_or_default();
    let named = match &resolved.target {
        Target::Start => format!("{START}:"),
        Target::Address(address) => return Some(format!("{ADDRESS}:{address}")),
        Target::Asset(path) => format!("{FILE}:{path}"),
        Target::Norm(text) => return Some(kind(Kind::Norm, text.clone())),
        Target::Edition(edition) => kind(Kind::Release, label(*edition)),
        Target::Chapter(edition, chapter) => {
            let slug = &history::source(sources, *edition).chapters[*chapter].page.slug;
            kind(Kind::Chapter, format!("{}/{slug}", label(*edition)))
        }
        Target::Block(edition, block) => {
            let number = project.history.editions[*edition].numbering.blocks[*block];
            return Some(kind(Kind::Number, format!("{}/{number}", label(*edition))));
        }
        Target::GoneNumber(edition, number) => {
            return Some(kind(Kind::Number, format!("{}/{number}", label(*edition))));
        }
        Target::Lab(lab) => kind(Kind::Lab, sources.labs[*lab].number.to_string()),
        Target::Talk(lab, talk) => {
            let lab = &sources.labs[*lab];
            kind(Kind::Talk, format!("{}/{}", lab.number, lab.talks[*talk].page.slug))
        }
        Target::Value(at) => kind(Kind::Value, sources.values[*at].page.slug.clone()),
        Target::Experience(at) => kind(Kind::Experience, sources.experiences[*at].page.slug.clone()),
        Target::Authority(at) => kind(Kind::Authority, sources.authorities[*at].page.slug.clone()),
        Target::Person(at) => kind(Kind::Person, sources.people[*at].page.slug.clone()),
        Target::Term(at) => kind(Kind::Term, sources.terms[*at].page.slug.clone()),
        Target::Page(at) => kind(Kind::Page, sources.pages[*at].page.slug.clone()),
        // No author can refer to these.
        Target::Guideline | Target::GoneChapter(..) | Target::Changes(_) | Target::Reason(..) => return None,
    };
    Some(named + &fragment)
}
