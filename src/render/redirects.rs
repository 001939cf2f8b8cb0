//! Addresses that only lead on; each becomes a page. Former ones of `aliases` in front matter and of `[redirects]`, those
//! that follow the release in force, and those of comparisons that are made for it alone.

use std::collections::{BTreeMap, BTreeSet};

use super::taken::Owner;
use super::{PageJob, Stage, relative};
use crate::history;
use crate::resolve;
use crate::source::Spanned;
use crate::target::{self, Target};

/// An address at which a page only leads on.
pub(super) struct Redirect {
    /// The address, from the site's root, without percent encoding.
    pub from: String,
    /// Where it leads: from the site's root, or elsewhere.
    pub to: String,
    /// Whether it will never lead anywhere else.
    pub permanent: bool,
    /// Whom the address belongs to.
    pub owner: Owner,
}

/// Every redirect of the site.
pub(super) fn all(stage: &Stage<'_>) -> Vec<Redirect> {
    let sources = &stage.project.sources;
    let shown = |page: &target::TargetPage<'_>| page.target.edition().is_none_or(|at| stage.editions().contains(&at));
    let aliases = target::pages(sources).into_iter().filter(shown).flat_map(|of| {
        let to = resolve::address(stage.project, &of.target);
        let folder = to.strip_suffix(&format!("{}/", of.page.slug)).unwrap_or("/").to_owned();
        let redirect = move |alias: &Spanned<String>| Redirect {
            from: format!("{folder}{}/", alias.value),
            to: to.clone(),
            permanent: true,
            owner: Owner::Alias(alias.span),
        };
        of.aliases.iter().map(redirect).collect::<Vec<_>>()
    });
    let own = sources.config.redirects.iter();
    let written: Vec<Redirect> = aliases
        .chain(own.map(|(from, to)| Redirect {
            from: from.value.clone(),
            to: to.value.clone(),
            permanent: true,
            owner: Owner::Redirect(from.span),
        }))
        .collect();
    // What an editor says of such an address goes first.
    let taken: BTreeSet<String> = written.iter().map(|redirect| redirect.from.clone()).collect();
    let former = former_comparisons(stage).into_iter().filter(|redirect| !taken.contains(&redirect.from));
    let former: Vec<Redirect> = former.collect();
    written.into_iter().chain(following(stage)).chain(former).collect()
}

/// The addresses at which releases that are not in force were compared, or will be, with older ones than the one before:
/// each leads to the same view of what the release itself changed.
fn former_comparisons(stage: &Stage<'_>) -> Vec<Redirect> {
    let addresses = &stage.project.sources.config.addresses;
    let views = ["".to_owned(), format!("{}/", addresses.synopsis), format!("{}/", addresses.redline)];
    let leads = |(folder, own): (String, String)| {
        // Not for good: on another day the release may be the one in force.
        let redirect = |view: &String| Redirect {
            from: format!("{folder}{view}"),
            to: format!("{own}{view}"),
            permanent: false,
            owner: Owner::Program,
        };
        views.iter().map(redirect).collect::<Vec<_>>()
    };
    stage.former_comparisons().into_iter().flat_map(leads).collect()
}

impl Stage<'_> {
    /// The folders of comparisons with older releases that are made only while a release is in force, for all that are
    /// not, each with the folder of what the release itself changed.
    pub fn former_comparisons(&self) -> Vec<(String, String)> {
        let releases = 0..self.project.sources.releases.len();
        let with_changes = releases.filter(|&to| self.changes_of(to).is_some());
        let pairs = with_changes.flat_map(|to| (0..to).map(move |from| (from, to)));
        let not_compared = pairs.filter(|pair| !self.changes.contains_key(pair));
        let folders = |(from, to)| (self.changes_path(from, to), resolve::address(self.project, &Target::Changes(to)));
        not_compared.map(folders).collect()
    }
}

/// The addresses that follow the release in force: of the release, of what it changed, and of every chapter that any
/// release has had, under each of its names.
fn following(stage: &Stage<'_>) -> Vec<Redirect> {
    let sources = &stage.project.sources;
    let Some(shown) = stage.site.validity.shown() else { return Vec::new() };
    let addresses = &sources.config.addresses;
    let folder = format!("/{}/{}/", addresses.guideline, addresses.current);
    let mut following: BTreeMap<String, String> = BTreeMap::new();
    following.insert(folder.clone(), stage.edition_path(shown));
    if stage.changes_of(shown).is_some() {
        let to = resolve::address(stage.project, &Target::Changes(shown));
        following.insert(format!("{folder}{}/", addresses.changes), to);
    }
    // A name means the chapter that had it last.
    let newest_first = std::iter::once(shown).chain((0..sources.releases.len()).rev());
    for (edition, (at, chapter)) in newest_first.flat_map(|edition| {
        history::source(sources, edition).chapters.iter().enumerate().map(move |chapter| (edition, chapter))
    }) {
        let to = resolve::address(stage.project, &chapter_in(stage, edition, at, shown));
        let names = std::iter::once(&chapter.page.slug).chain(chapter.aliases.iter().map(|alias| &alias.value));
        for name in names {
            following.entry(format!("{folder}{name}/")).or_insert_with(|| to.clone());
        }
    }
    let redirect = |(from, to)| Redirect { from, to, permanent: false, owner: Owner::InForce };
    following.into_iter().map(redirect).collect()
}

/// What a chapter of an edition has become in the release that is shown: a chapter, one that is said to be gone, or, where
/// nothing there tells of it, its last text.
fn chapter_in(stage: &Stage<'_>, edition: usize, chapter: usize, shown: usize) -> Target {
    let history = &stage.project.history;
    if let Some(chapter) = history.counterpart(edition, chapter, shown) {
        return Target::Chapter(shown, chapter);
    }
    if let Some(gone) = stage.gone_chapter(edition, chapter, shown) {
        return gone;
    }
    let (last, chapter) = stage.last_chapter(edition, chapter, shown).unwrap_or((edition, chapter));
    Target::Chapter(last, chapter)
}

impl Redirect {
    /// The page that leads on where the server does not.
    pub fn page<'s>(&self, stage: &'s Stage<'_>) -> PageJob<'s> {
        let (from, to) = (self.from.clone(), self.to.clone());
        let page = stage.page("redirect.html", &self.from, &stage.locale.text("redirect-title"), Vec::new());
        page.later(move |page| {
            let inside = to.starts_with('/');
            let way = if inside { relative::relative(&from, &to) } else { to.clone() };
            page.context.insert("to", &to);
            page.context.insert("canonical", &stage.absolute(&to));
            page.context.insert("refresh", &format!("0; url={way}"));
        })
    }
}
