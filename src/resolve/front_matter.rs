//! Resolves what front matter names: value pairs, talks, chapters, authorities, numbers, media.

use std::collections::BTreeMap;

use super::backlinks::BacklinkKind;
use super::collect::{Origin, Resolver};
use super::links::From;
use super::{Context, Resolved};
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::history;
use crate::load::{Page, TalkSource};
use crate::reference::Kind;
use crate::slug::slugify;
use crate::source::Spanned;
use crate::target::Target;

/// `kind:target` without brackets, split at its colon.
pub(super) fn split_kind(written: &Spanned<String>) -> (Spanned<String>, Spanned<String>) {
    let (kind, target) = written.value.split_once(':').unwrap_or(("", &written.value));
    let spanned = |value: &str| Spanned { value: value.trim().to_owned(), span: written.span };
    (spanned(kind), spanned(target))
}

/// The finding with its suggestion as it is to be written in TOML: in quotes, with the kind or the target that was
/// right. Both have the place of the whole text.
pub(super) fn quoted(mut found: Box<Diagnostic>, written: &(Spanned<String>, Spanned<String>)) -> Box<Diagnostic> {
    let (kind, target) = (&written.0.value, &written.1.value);
    if let Some(suggestion) = &mut found.suggestion {
        suggestion.replacement = match found.code {
            Code::UnknownKind => format!("\"{}:{target}\"", suggestion.replacement),
            _ => format!("\"{kind}:{}\"", suggestion.replacement),
        };
    }
    found
}

impl Resolver<'_> {
    pub fn front_matter(&mut self) {
        self.chapters_front_matter();
        self.talks_front_matter();
        self.experiences_front_matter();
        self.collections_front_matter();
        self.menu();
    }

    fn chapters_front_matter(&mut self) {
        let sources = &self.project.sources;
        for (edition, release) in sources.releases.iter().chain(&sources.draft).enumerate() {
            for (at, chapter) in release.chapters.iter().enumerate() {
                let target = Target::Chapter(edition, at);
                let from = From { page: &chapter.page, target: &target, edition: Some(edition) };
                self.list(&chapter.values, Kind::Value, from, BacklinkKind::Chapter);
                self.list(&chapter.talks, Kind::Talk, from, BacklinkKind::Chapter);
                self.list(&chapter.chapters, Kind::Chapter, from, BacklinkKind::Chapter);
            }
        }
    }

    fn talks_front_matter(&mut self) {
        let sources = &self.project.sources;
        let by_title = sources.people.iter().rev();
        let by_title = by_title.map(|person| (slugify(&person.title), person.page.slug.as_str())).collect();
        for (lab_at, lab) in sources.labs.iter().enumerate() {
            for (at, talk) in lab.talks.iter().enumerate() {
                let target = Target::Talk(lab_at, at);
                let from = From { page: &talk.page, target: &target, edition: None };
                self.list(&talk.values, Kind::Value, from, BacklinkKind::Talk);
                self.list(&talk.chapters, Kind::Chapter, from, BacklinkKind::Talk);
                self.list(&talk.numbers, Kind::Number, from, BacklinkKind::Talk);
                self.list(&talk.talks, Kind::Talk, from, BacklinkKind::Talk);
                let authorities = talk.speakers.iter().filter_map(|speaker| speaker.authority.clone());
                self.list(&authorities.collect::<Vec<_>>(), Kind::Authority, from, BacklinkKind::Talk);
                let people = talk.speakers.iter().filter_map(|speaker| speaker.person.clone());
                self.list(&people.collect::<Vec<_>>(), Kind::Person, from, BacklinkKind::Talk);
                self.check_names(talk, &by_title);
                self.media(talk);
            }
        }
    }

    /// Reports free names that are those of people with pages, whose slugs are given by the slugs of their names: what they
    /// said would stand in two places.
    fn check_names(&mut self, talk: &TalkSource, people: &BTreeMap<String, &str>) {
        let named = talk.speakers.iter().filter(|speaker| speaker.person.is_none());
        for name in named.filter_map(|speaker| speaker.name.as_ref()) {
            if let Some(person) = people.get(&slugify(&name.value)) {
                let found = Diagnostic::at(Code::NamedPerson, name.span).arg("name", &name.value);
                self.report(found.arg("slug", person));
            }
        }
    }

    fn experiences_front_matter(&mut self) {
        for (at, experience) in self.project.sources.experiences.iter().enumerate() {
            let target = Target::Experience(at);
            let from = From { page: &experience.page, target: &target, edition: None };
            self.list(&experience.values, Kind::Value, from, BacklinkKind::Experience);
            self.list(&experience.chapters, Kind::Chapter, from, BacklinkKind::Experience);
            self.list(&experience.numbers, Kind::Number, from, BacklinkKind::Experience);
            let authority: Vec<_> = experience.authority.iter().cloned().collect();
            self.list(&authority, Kind::Authority, from, BacklinkKind::Experience);
        }
    }

    fn collections_front_matter(&mut self) {
        let sources = &self.project.sources;
        for (at, person) in sources.people.iter().enumerate() {
            let target = Target::Person(at);
            let from = From { page: &person.page, target: &target, edition: None };
            let authority: Vec<_> = person.authority.iter().cloned().collect();
            self.list(&authority, Kind::Authority, from, BacklinkKind::Person);
        }
        for (at, term) in sources.terms.iter().enumerate() {
            let target = Target::Term(at);
            let from = From { page: &term.page, target: &target, edition: None };
            self.list(&term.see, Kind::Term, from, BacklinkKind::Term);
        }
        let versions: Vec<String> = (0..sources.releases.len()).map(|at| history::label(sources, at)).collect();
        for authority in &sources.authorities {
            if let Some(version) = authority.implements.as_ref().filter(|version| !versions.contains(&version.value)) {
                self.report_unknown(Code::UnknownVersion, "version", version, &versions);
            }
        }
    }

    /// Menu entries lead to addresses of the site, elsewhere, or to what a reference names.
    fn menu(&mut self) {
        for entry in &self.project.sources.config.menu {
            let address = &entry.target.value;
            if address.starts_with('/') {
                let (path, title) = (address.clone(), entry.title.clone());
                self.keep(entry.target.span, Resolved { target: Target::Address(path.clone()), path, title });
                continue;
            }
            if address.contains("://") {
                continue;
            }
            let (kind, target) = split_kind(&entry.target);
            let page = Page {
                path: String::new(),
                slug: String::new(),
                slug_span: entry.target.span,
                head: entry.target.span,
                body: crate::load::Body { file: entry.target.span.file, start: 0 },
            };
            let from = From { page: &page, target: &Target::Start, edition: None };
            let origin = Origin { from, kind: BacklinkKind::Page, block: None, context: Context::None };
            let looked = self.lookup().reference(&kind, &target, entry.target.span, None);
            // The menu is on every page; saying so on the target's would tell nothing.
            if let Ok(resolved) = looked {
                self.keep(entry.target.span, resolved);
            } else {
                self.note(looked.map(Some), entry.target.span, &origin);
            }
        }
    }

    fn list(&mut self, names: &[Spanned<String>], kind: Kind, from: From<'_>, by: BacklinkKind) {
        for name in names {
            let looked = self.sealed(name.span, from.edition).unwrap_or_else(|| {
                // The place of a TOML text includes its quotes; so must what replaces it.
                self.lookup().target(kind, kind.name(), name, from.edition).map(Some).map_err(|mut found| {
                    if let Some(suggestion) = &mut found.suggestion {
                        suggestion.replacement = format!("\"{}\"", suggestion.replacement);
                    }
                    found
                })
            });
            let origin = Origin { from, kind: by, block: None, context: Context::None };
            self.note(looked, name.span, &origin);
        }
    }

    fn media(&mut self, talk: &TalkSource) {
        let folder = talk.page.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for file in talk.media.iter().filter_map(|medium| medium.file.as_ref()) {
            let path = talk.media_path(&file.value);
            if self.project.sources.assets.contains(&path) {
                let resolved = self.lookup().resolved(Target::Asset(path), None);
                self.keep(file.span, resolved);
            } else if let Some(found) = self.lookup().withheld(&path, file) {
                self.report(found);
            } else {
                let beside = self
                    .project
                    .sources
                    .assets
                    .iter()
                    .filter_map(|asset| asset.strip_prefix(folder)?.strip_prefix('/'));
                let near = suggest::nearest(&file.value, beside).map(|near| format!("\"{near}\""));
                self.report(Diagnostic::at(Code::MissingMedia, file.span).arg("path", &file.value).suggest(near));
            }
        }
    }
}
