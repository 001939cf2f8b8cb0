//! Loads `guidelines/`: the work, its releases and the draft with their chapters.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{
    Cause, ChapterSource, GuidelineSource, LineageKind, LineageSource, Loader, ReasonSource, ReleaseSource, folders_in,
    markdown_in, predecessors,
};
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::slug;
use crate::source::Spanned;
use crate::toml_fields::Fields;
use crate::version::Version;

const FOLDER: &str = "guidelines";
const DRAFT: &str = "draft";

impl Loader<'_> {
    pub(super) fn guideline(&mut self, paths: &BTreeSet<String>) -> GuidelineSource {
        let path = format!("{FOLDER}/guideline.toml");
        if !paths.contains(&path) {
            return GuidelineSource::default();
        }
        let read = self.toml("guideline.toml", &path, |_, fields| {
            Some(GuidelineSource {
                title: fields.optional("title"),
                short_title: fields.optional("short_title"),
                publisher: fields.optional("publisher"),
                licence: fields.optional("licence"),
                contact: fields.optional("contact"),
                valid_from: fields
                    .table("valid_from", "[valid_from]", |fields| Some(fields.rest()))
                    .unwrap_or_default(),
            })
        });
        read.unwrap_or_default()
    }

    /// The releases in order, and the draft.
    pub(super) fn releases(
        &mut self,
        paths: &BTreeSet<String>,
        guideline: &GuidelineSource,
    ) -> (Vec<ReleaseSource>, Option<ReleaseSource>) {
        let mut releases = Vec::new();
        let mut draft = None;
        for name in folders_in(paths, FOLDER) {
            let Some(release) = self.release(paths, &name) else { continue };
            if name == DRAFT {
                draft = Some(release);
            } else {
                releases.push(release);
            }
        }
        for release in &mut releases {
            let named = |(version, _): &&(Spanned<String>, _)| Some(&version.value) == version_label(release).as_ref();
            let in_force = guideline.valid_from.iter().find(named).map(|&(_, date)| date);
            release.valid_from = in_force.or(release.released);
        }
        releases.sort_by(|a, b| (a.released, &a.version).cmp(&(b.released, &b.version)));
        if releases.is_empty() && draft.is_none() && self.sink.borrow().is_empty() {
            self.report(Diagnostic::about(Code::NoReleases, format!("content/{FOLDER}")));
        }
        self.check_versions(&releases, draft.as_ref(), guideline);
        self.check_seals(paths, &releases);
        (releases, draft)
    }

    fn release(&mut self, paths: &BTreeSet<String>, name: &str) -> Option<ReleaseSource> {
        let folder = format!("{FOLDER}/{name}");
        let path = format!("{folder}/release.toml");
        if !paths.contains(&path) {
            self.report(Diagnostic::about(Code::NoReleaseToml, format!("content/{folder}")));
            return None;
        }
        let release = self.toml("release.toml", &path, |_, fields| read_release(fields, name));
        let chapters = self.chapters(paths, &folder);
        let seal = self.seal(paths, &folder);
        let release = ReleaseSource { folder, chapters, seal, ..release? };
        if release.chapters.is_empty() && markdown_in(paths, &release.folder).is_empty() {
            self.report(
                Diagnostic::at(Code::NoChapters, release.head).arg("folder", format!("content/{}", release.folder)),
            );
        }
        Some(release)
    }

    fn chapters(&mut self, paths: &BTreeSet<String>, folder: &str) -> Vec<Arc<ChapterSource>> {
        let mut chapters: Vec<Arc<ChapterSource>> = markdown_in(paths, folder)
            .into_iter()
            .filter_map(|path| {
                let name = path.rsplit('/').next().unwrap_or(path);
                let (number, _) = slug::split_number(name.trim_end_matches(".md"));
                self.markdown("chapter front matter", path, |page, fields| {
                    let title = fields.required_text("title").unwrap_or_default();
                    let chapter = ChapterSource {
                        page,
                        number,
                        title,
                        summary: fields.optional("summary"),
                        values: fields.list("values"),
                        talks: fields.list("talks"),
                        chapters: fields.list("chapters"),
                        aliases: fields.list("aliases"),
                    };
                    Some(chapter)
                })
            })
            .collect();
        let order = |chapter: &Arc<ChapterSource>| (chapter.number.unwrap_or(u32::MAX), chapter.page.path.clone());
        chapters.sort_by_key(order);
        chapters
    }

    fn check_versions(&self, releases: &[ReleaseSource], draft: Option<&ReleaseSource>, guideline: &GuidelineSource) {
        predecessors::check(releases, draft, self.sink);
        let labels: Vec<String> = releases.iter().filter_map(version_label).collect();
        for (version, _) in &guideline.valid_from {
            if !labels.contains(&version.value) {
                let near = suggest::nearest(&version.value, labels.iter().map(String::as_str));
                let near = near.map(|near| format!("\"{near}\""));
                let found = Diagnostic::at(Code::UnknownVersion, version.span).arg("version", &version.value);
                self.report(found.arg("known", labels.join(", ")).suggest(near));
            }
        }
    }
}

pub(super) fn version_label(release: &ReleaseSource) -> Option<String> {
    release.version.as_ref().map(ToString::to_string)
}

/// Reads the fields of `release.toml`; folder and chapters are filled in by the caller.
fn read_release(fields: &mut Fields<'_, '_>, name: &str) -> Option<ReleaseSource> {
    let is_draft = name == DRAFT;
    let mut head = fields.span();
    let (version, released) = if is_draft {
        for key in ["version", "released"] {
            if let Some(Spanned { span, .. }) = fields.present(key) {
                fields.report(Diagnostic::at(Code::ReleasedDraft, span).arg("key", key));
            }
        }
        (None, None)
    } else {
        let label = fields.required::<Spanned<String>>("version");
        head = label.as_ref().map_or(head, |label| label.span);
        let version = label.and_then(|label| version(fields, &label, name));
        (version, fields.required::<Spanned<_>>("released"))
    };
    let release = ReleaseSource {
        folder: String::new(),
        head,
        valid_from: None,
        summary: fields.optional("summary"),
        predecessor: fields.optional("predecessor"),
        renumber: fields.optional("renumber").unwrap_or(false),
        consultation_until: fields.table("consultation", "[consultation]", |fields| fields.required("until")),
        reasons: fields.tables("reason", "[[reason]]", reason),
        lineage: fields.tables("lineage", "[[lineage]]", lineage),
        chapters: Vec::new(),
        seal: None,
        version,
        released_at: released.as_ref().map(|released| released.span),
        released: released.map(|released| released.value),
    };
    let complete = is_draft || (release.version.is_some() && release.released.is_some());
    complete.then_some(release)
}

fn version(fields: &Fields<'_, '_>, label: &Spanned<String>, folder: &str) -> Option<Version> {
    let version = Version::parse(&label.value);
    if version.is_none() {
        fields.bad_value(label.span, "a version like 1.0 or 2.1.3", None);
    } else if label.value != folder {
        let near = Version::parse(folder).map(|_| format!("\"{folder}\""));
        fields.bad_value(label.span, "the version that the folder is named after", near.as_deref());
    }
    version
}

fn reason(fields: &mut Fields<'_, '_>) -> Option<ReasonSource> {
    let (at, text) = (fields.optional("at"), fields.required_text("text"));
    let cause = fields.choice(
        "cause",
        &[
            ("technology", Cause::Technology),
            ("society", Cause::Society),
            ("law", Cause::Law),
            ("practice", Cause::Practice),
        ],
    );
    let refs = fields.list("refs");
    Some(ReasonSource { at, text: text?, cause, refs, span: fields.span() })
}

fn lineage(fields: &mut Fields<'_, '_>) -> Option<LineageSource> {
    let findings = fields.findings();
    let (block, from) = (fields.required::<Spanned<String>>("block"), fields.required::<Spanned<Vec<_>>>("from"));
    let kind = fields.spanned_choice("kind", &LineageKind::NAMES);
    if fields.findings() > findings {
        // What is left of an entry could contradict what was meant.
        return None;
    }
    let (block, from) = (block?, from?);
    let inserted = kind.as_ref().filter(|kind| kind.value == LineageKind::Inserted);
    let contradiction = match (inserted, from.value.is_empty()) {
        (Some(kind), false) => Diagnostic::at(Code::UnfitLineageKind, kind.span).label(from.span, "from"),
        (None, true) => {
            let found = Diagnostic::at(Code::UnfitLineageKind, from.span).arg("reason", "empty");
            kind.iter().fold(found, |found, kind| found.label(kind.span, "kind"))
        }
        _ => return Some(LineageSource { block, from: from.value, kind: kind.map(|kind| kind.value) }),
    };
    fields.report(contradiction.arg("target", &block.value));
    None
}
