//! The page of the guideline with all its releases, and the page of each release.

use super::super::view::{Link, Notice};
use super::super::{PageJob, Stage};
use crate::history;
use crate::number::Number;
use crate::resolve::{self, Status};
use crate::target::{Target, edition_path};

pub(super) fn pages(stage: &Stage<'_>) -> Vec<PageJob> {
    if stage.editions().is_empty() {
        return Vec::new();
    }
    let releases = stage.editions().map(|edition| release(stage, edition));
    std::iter::once(guideline(stage)).chain(releases).collect()
}

fn guideline(stage: &Stage<'_>) -> PageJob {
    let sources = &stage.project.sources;
    let source = &sources.guideline;
    let path = resolve::address(stage.project, &Target::Guideline);
    let title = resolve::title(stage.project, &Target::Guideline);
    let mut page = stage.page("guideline.html", &path, &title, Vec::new());
    page.context.insert(
        "guideline",
        &serde_json::json!({
            "title": title,
            "short_title": source.short_title,
            "publisher": source.publisher,
            "licence": source.licence,
            "contact": source.contact,
        }),
    );
    let releases: Vec<_> = stage.editions().rev().map(|edition| stage.release(edition)).collect();
    page.context.insert("releases", &releases);
    page.context.insert("current", &stage.site.validity.current().map(|edition| stage.release(edition)));
    let by_release: Vec<_> = (0..sources.releases.len())
        .rev()
        .filter_map(|edition| {
            let version = history::label(sources, edition);
            let works_by =
                |at: &usize| sources.authorities[*at].implements.as_ref().is_some_and(|v| v.value == version);
            let items: Vec<Link> =
                (0..sources.authorities.len()).filter(works_by).map(|at| stage.link(&Target::Authority(at))).collect();
            let release = stage.edition_label(edition);
            (!items.is_empty()).then(|| serde_json::json!({"release": release, "items": items}))
        })
        .collect();
    page.context.insert("authorities_by_release", &by_release);
    page
}

fn release(stage: &Stage<'_>, edition: usize) -> PageJob {
    let (project, sources) = (stage.project, &stage.project.sources);
    let path = edition_path(sources, edition);
    let label = stage.edition_label(edition);
    let summary = history::source(sources, edition).summary.as_deref();
    let mut page = stage.described_page("release.html", &path, &label, summary, stage.above_guideline());
    let history = &project.history;
    let changes = stage.changes_of(edition);
    let numbering = &history.editions[edition].numbering;
    let chapters: Vec<_> = history::source(sources, edition)
        .chapters
        .iter()
        .enumerate()
        .map(|(at, chapter)| {
            let blocks = history.editions[edition].text.chapters[at].blocks.clone();
            let is_new = changes.is_some() && history.editions[edition].pairing.old_chapter(at).is_none();
            let changed = changes.is_some_and(|changes| !changes.chapters[at].entries.is_empty());
            serde_json::json!({
                "title": chapter.title,
                "path": resolve::address(project, &Target::Chapter(edition, at)),
                "summary": chapter.summary,
                "changed": changed,
                "new": is_new,
                "numbers": number_ranges(&numbering.blocks, blocks),
            })
        })
        .collect();
    page.context.insert("release", &stage.release(edition));
    page.context.insert("chapters", &chapters);
    let gone: Vec<Link> = numbering
        .gone_chapters
        .iter()
        .filter(|gone| !stage.slug_taken(edition, &gone.slug))
        .map(|gone| Link::new(&gone.title, format!("{path}{}/", gone.slug)))
        .collect();
    page.context.insert("gone_chapters", &gone);
    let current = stage.site.validity.current().map(|current| edition_path(sources, current));
    page.context.insert("notice", &stage.notice(edition, current));
    page.context.insert("summary", &changes.map(|changes| super::super::comparison::summary(&changes.summary)));
    page
}

/// The numbers of a chapter as readers write them: `20–39, 103`. A run ends where the next number is smaller, or where
/// numbers between the two stand in another chapter.
fn number_ranges(numbers: &[Number], chapter: std::ops::Range<usize>) -> String {
    let elsewhere = |from: Number, to: Number| {
        let between = |&(at, number): &(usize, &Number)| !chapter.contains(&at) && from < *number && *number < to;
        numbers.iter().enumerate().any(|entry| between(&entry))
    };
    let own = &numbers[chapter.clone()];
    let runs = own.chunk_by(|&a, &b| a < b && !elsewhere(a, b));
    let shown = runs.filter_map(|run| match run {
        [] => None,
        [only] => Some(only.to_string()),
        [first, .., last] => Some(format!("{first}–{last}")),
    });
    shown.collect::<Vec<_>>().join(", ")
}

impl Stage<'_> {
    /// What is said above the pages of an edition that is not in force; `path` is the same text in the one that is.
    pub(super) fn notice(&self, edition: usize, path: Option<String>) -> Option<Notice> {
        let status = self.site.validity.status(edition);
        let label = self.site.validity.current().map(|current| self.edition_label(current));
        (status != Status::Current).then(|| Notice { kind: status.name(), path, label })
    }

    /// Whether a chapter of an edition has a slug, or had it.
    pub(in super::super) fn slug_taken(&self, edition: usize, slug: &str) -> bool {
        let chapters = &history::source(&self.project.sources, edition).chapters;
        chapters.iter().any(|chapter| chapter.has_name(slug))
    }
}
