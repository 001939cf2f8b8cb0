//! The page of the guideline with all its releases, and the page of each release.

use super::super::comparison::summary;
use super::super::export::citations::Cited;
use super::super::export::{json_ld, relations};
use super::super::view::{Link, Notice};
use super::super::{PageJob, Stage};
use crate::history;
use crate::number::Numbering;
use crate::resolve::{self, Status};
use crate::target::{Target, edition_path};

mod timeline;

pub(super) fn pages<'s>(stage: &'s Stage<'_>) -> Vec<PageJob<'s>> {
    if stage.editions().is_empty() {
        return Vec::new();
    }
    let releases = stage.editions().map(|edition| release(stage, edition));
    std::iter::once(guideline(stage)).chain(releases).collect()
}

fn guideline<'s>(stage: &'s Stage<'_>) -> PageJob<'s> {
    let sources = &stage.project.sources;
    let source = &sources.guideline;
    let path = resolve::address(stage.project, &Target::Guideline);
    let title = resolve::title(stage.project, &Target::Guideline);
    let page = stage.page("guideline.html", &path, &title, Vec::new());
    page.later(move |page| {
        page.head.relations = relations::guideline(stage);
        page.head.data = json_ld::guideline(stage);
        page.context.insert(
            "guideline",
            &serde_json::json!({
                "title": title,
                "short_title": source.short_title,
                "publisher": source.publisher,
                "licence": source.licence,
                "contact": source.contact,
                "numbers_path": (!stage.numbers.is_empty()).then(|| stage.numbers_path()),
            }),
        );
        let releases: Vec<_> = stage
            .editions()
            .rev()
            .map(|edition| serde_json::json!({"release": stage.release(edition), "authorities": authorities(stage, edition)}))
            .collect();
        page.context.insert("releases", &releases);
        page.context.insert("current", &stage.site.validity.current().map(|edition| stage.release(edition)));
        page.context.insert("timeline", &timeline::timeline(stage));
        page.context.insert("since", &stage.since());
        page.context.insert("notice", &stage.announcement(|edition| Some(stage.edition_path(edition))));
        page.context.insert("times", &times(stage));
    })
}

/// Which release is in force when, the newest first; those that never are stand last. Nothing where there is but one.
fn times(stage: &Stage<'_>) -> Vec<serde_json::Value> {
    let all = 0..stage.project.sources.releases.len();
    let validity = &stage.site.validity;
    let in_force = validity.times().into_iter().rev().map(|(at, ..)| at);
    let never = all.clone().rev().filter(|&at| !validity.comes_into_force(at));
    let rows = in_force
        .chain(never)
        .map(|at| serde_json::json!({"release": stage.release(at), "never": !validity.comes_into_force(at)}));
    if all.len() > 1 { rows.collect() } else { Vec::new() }
}

/// The authorities that work by a release.
fn authorities(stage: &Stage<'_>, edition: usize) -> Vec<Link> {
    let sources = &stage.project.sources;
    let version = history::label(sources, edition);
    let works_by = |at: &usize| sources.authorities[*at].implements.as_ref().is_some_and(|v| v.value == version);
    let link = |at: usize| Link { title: sources.authorities[at].title.clone(), ..stage.link(&Target::Authority(at)) };
    (0..sources.authorities.len()).filter(works_by).map(link).collect()
}

fn release<'s>(stage: &'s Stage<'_>, edition: usize) -> PageJob<'s> {
    let (project, sources) = (stage.project, &stage.project.sources);
    let target = Target::Edition(edition);
    let path = resolve::address(project, &target);
    let label = stage.edition_label(edition);
    let source = history::source(sources, edition);
    let page = stage.described_page("release.html", &path, &label, source.summary.as_deref(), stage.above_guideline());
    page.later(move |page| {
        page.head.relations = relations::release(stage, edition);
        page.head.data = json_ld::release(stage, edition);
        let history = &project.history;
        let changes = stage.changes_of(edition);
        let numbering = &history.editions[edition].numbering;
        let chapters = source.chapters.iter().enumerate().map(|(at, chapter)| {
            let blocks = history.editions[edition].text.chapters[at].blocks.clone();
            let is_new = changes.is_some() && history.editions[edition].pairing.old_chapter(at).is_none();
            let changed = changes.is_some_and(|changes| !changes.chapters[at].entries.is_empty());
            serde_json::json!({
                "title": chapter.title,
                "path": resolve::address(project, &Target::Chapter(edition, at)),
                "summary": chapter.summary,
                "changed": changed,
                "new": is_new,
                "numbers": number_ranges(numbering, blocks),
            })
        });
        page.context.insert("chapters", &chapters.collect::<Vec<_>>());
        page.context.insert("release", &stage.release(edition));
        let gone: Vec<Link> = numbering
            .gone_chapters
            .iter()
            .filter(|gone| !stage.slug_taken(edition, &gone.slug))
            .map(|gone| Link::new(&gone.title, format!("{path}{}/", gone.slug)))
            .collect();
        page.context.insert("gone_chapters", &gone);
        page.context.insert("notice", &stage.notice(edition, |other| Some(edition_path(sources, other))));
        page.context.insert("summary", &changes.map(|changes| summary(&changes.summary)));
        page.context.insert("since", &stage.since_edition(edition));
        page.context.insert("authorities", &authorities(stage, edition));
        page.context.insert("citation", &stage.citation_text(edition, &target));
        page.context.insert("citation_files", &Cited::Edition(edition).links(stage));
        page.context.insert("contact", &sources.guideline.contact);
        page.context.insert("archive", &stage.downloads.get(&edition));
    })
}

/// The numbers of a chapter as readers write them: `20–39, 103`. A run ends where the next number is smaller, or where a
/// number between the two stands at another place of the release.
fn number_ranges(numbering: &Numbering, chapter: std::ops::Range<usize>) -> String {
    let runs = numbering.blocks[chapter].chunk_by(|&a, &b| numbering.are_neighbours(a, b));
    let shown = runs.filter_map(|run| match run {
        [] => None,
        [only] => Some(only.to_string()),
        [first, .., last] => Some(format!("{first}–{last}")),
    });
    shown.collect::<Vec<_>>().join(", ")
}

impl Stage<'_> {
    /// What is said above the pages of an edition: that it is not in force, or will be followed. `there` is where the same
    /// text stands in another edition.
    pub(super) fn notice(&self, edition: usize, there: impl Fn(usize) -> Option<String>) -> Option<Notice> {
        let status = self.site.validity.status(edition);
        if status == Status::Current {
            return self.announcement(there);
        }
        if status == Status::Archived {
            let path = there(edition).and_then(|path| self.path_in_force(edition, &path));
            let released = history::source(&self.project.sources, edition).released;
            let date = released.map(|date| self.locale.date(date));
            return Some(Notice { kind: status.name(), path, label: None, concordance: None, date });
        }
        let path = self.site.validity.current().and_then(there);
        let until = self.consultation_until(edition);
        Some(Notice {
            kind: if until.is_some() { "consultation" } else { status.name() },
            path,
            concordance: self.site.validity.current().and_then(|current| self.concordance_between(edition, current)),
            label: self.site.validity.current().map(|current| self.edition_label(current)),
            date: until.map(|until| self.locale.date(until)),
        })
    }

    /// The address that follows the release in force, for a page of an edition.
    fn path_in_force(&self, edition: usize, path: &str) -> Option<String> {
        let addresses = &self.project.sources.config.addresses;
        let below = path.strip_prefix(&self.edition_path(edition))?;
        Some(format!("/{}/{}/{below}", addresses.guideline, addresses.current))
    }

    /// That another release will be in force, and from when.
    fn announcement(&self, there: impl Fn(usize) -> Option<String>) -> Option<Notice> {
        let sources = &self.project.sources;
        let validity = &self.site.validity;
        let is_coming = |&at: &usize| validity.status(at) == Status::Upcoming && validity.comes_into_force(at);
        let upcoming = (0..sources.releases.len()).filter(is_coming);
        let (date, next) = upcoming.filter_map(|at| Some((sources.releases[at].valid_from?, at))).min()?;
        let (path, label) = (there(next), Some(self.edition_label(next)));
        let concordance = self.site.validity.current().and_then(|current| self.concordance_between(current, next));
        Some(Notice { kind: "announced", path, label, concordance, date: Some(self.locale.date(date)) })
    }

    /// What the release in force changed since each earlier one, the newest first.
    pub(super) fn since(&self) -> Vec<serde_json::Value> {
        self.editions().rev().filter_map(|edition| self.since_edition(edition)).collect()
    }

    /// What the release in force changed since an edition.
    pub(super) fn since_edition(&self, edition: usize) -> Option<serde_json::Value> {
        let current = self.site.validity.current()?;
        let changes = self.changes.get(&(edition, current))?;
        Some(serde_json::json!({
            "release": self.edition_label(edition),
            "current": self.edition_label(current),
            "path": self.changes_path(edition, current),
            "summary": summary(&changes.summary),
        }))
    }

    /// The newest edition up to `there` that has a chapter of an edition, with the chapter.
    pub(in super::super) fn last_chapter(
        &self,
        edition: usize,
        chapter: usize,
        there: usize,
    ) -> Option<(usize, usize)> {
        let history = &self.project.history;
        history.line(there).into_iter().find_map(|at| Some((at, history.counterpart(edition, chapter, at)?)))
    }

    /// The page on which an edition says that a chapter of another one is gone: under the last name it had.
    pub(in super::super) fn gone_chapter(&self, edition: usize, chapter: usize, there: usize) -> Option<Target> {
        let (last, chapter) = self.last_chapter(edition, chapter, there).filter(|&(last, _)| last != there)?;
        let editions = &self.project.history.editions;
        let slug = &editions[last].text.chapters[chapter].slug;
        let told = editions[there].numbering.gone_chapters.iter().any(|gone| gone.slug == *slug);
        (told && !self.slug_taken(there, slug)).then(|| Target::GoneChapter(there, slug.clone()))
    }

    /// Whether a chapter of an edition has a slug, or had it.
    pub(in super::super) fn slug_taken(&self, edition: usize, slug: &str) -> bool {
        let chapters = &history::source(&self.project.sources, edition).chapters;
        chapters.iter().any(|chapter| chapter.has_name(slug))
    }
}
