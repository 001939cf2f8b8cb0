//! `index.bib`, `index.ris` and `index.csl.json` beside the pages of releases, chapters, numbers and talks: how they are
//! cited, for programs that keep references. [`Work`] is what all three formats are written from.

use fluent_bundle::FluentArgs;
use jiff::civil::Date;
use serde::Serialize;

use super::super::Stage;
use super::super::page::Relation;
use super::super::queue::FileJob;
use super::super::speakers::Speaker;
use crate::history;
use crate::load::TalkSource;
use crate::number::Number;
use crate::resolve;
use crate::target::Target;

mod bibtex;
mod csl;
mod ris;

/// A page that has citations.
#[derive(Clone, Copy)]
pub(in super::super) enum Cited {
    /// A release or the draft.
    Edition(usize),
    /// A chapter of one.
    Chapter(usize, usize),
    /// A number through all releases.
    Number(Number),
    /// A talk of a lab.
    Talk(usize, usize),
}

/// A file of citations, as templates link to it.
#[derive(Serialize)]
pub(in super::super) struct CitationFile {
    /// Name of the format.
    label: &'static str,
    /// Where it is.
    path: String,
    /// What a browser calls it when it is kept.
    name: String,
    media_type: &'static str,
}

struct Format {
    label: &'static str,
    ending: &'static str,
    media_type: &'static str,
    write: fn(&[Work]) -> String,
}

const FORMATS: [Format; 3] = [
    Format { label: "BibTeX", ending: "bib", media_type: "application/x-bibtex", write: bibtex::text },
    Format { label: "RIS", ending: "ris", media_type: "application/x-research-info-systems", write: ris::text },
    Format {
        label: "CSL-JSON",
        ending: "csl.json",
        media_type: "application/vnd.citationstyles.csl+json",
        write: csl::text,
    },
];

/// Something that is cited.
struct Work {
    /// Stays, in ASCII: `leitlinien-1.1-rn-12a`.
    id: String,
    kind: Kind,
    title: String,
    /// Title of the work that it is a part of.
    container: Option<String>,
    /// Its place in that part: „Rn. 12a“.
    section: Option<String>,
    authors: Vec<Author>,
    version: Option<String>,
    /// „Fassung 1.1“.
    edition: Option<String>,
    /// What a text that is no release is: „Entwurf“. It has no day.
    status: Option<String>,
    issued: Option<Date>,
    publisher: Option<String>,
    event: Option<Event>,
    /// BCP 47 tag.
    language: String,
    url: String,
    rights: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Release,
    /// A chapter, or a paragraph of it.
    Chapter,
    Talk,
}

enum Author {
    Person(String),
    Body(String),
}

impl Author {
    fn name(&self) -> &str {
        match self {
            Author::Person(name) | Author::Body(name) => name,
        }
    }
}

/// Where a talk was given.
struct Event {
    title: String,
    place: Option<String>,
    /// „Vortrag“.
    genre: String,
}

/// The files of all pages that have citations.
pub(super) fn files<'s>(stage: &'s Stage<'_>) -> Vec<FileJob<'s>> {
    if stage.project.sources.archived {
        return Vec::new();
    }
    let editions = &stage.project.history.editions;
    let of_edition = |edition: usize| {
        let chapters = (0..editions[edition].text.chapters.len()).map(move |at| Cited::Chapter(edition, at));
        std::iter::once(Cited::Edition(edition)).chain(chapters)
    };
    let numbers = stage.numbers.keys().map(|&number| Cited::Number(number));
    let talks = stage.project.sources.talks().filter(|(.., talk)| talk.withdrawn.is_none());
    let talks = talks.map(|(lab, at, ..)| Cited::Talk(lab, at));
    let cited = stage.editions().flat_map(of_edition).chain(numbers).chain(talks);
    let files = |cited: Cited| {
        let path = cited.path(stage);
        FORMATS.map(|format| {
            FileJob::text(&format!("{path}index.{}", format.ending), move || (format.write)(&cited.works(stage)))
        })
    };
    cited.flat_map(files).collect()
}

impl Cited {
    /// The files beside the page; none in an archive, nor of a talk that is shown no longer.
    pub fn links(self, stage: &Stage<'_>) -> Vec<CitationFile> {
        let sources = &stage.project.sources;
        let withdrawn = matches!(self, Cited::Talk(lab, at) if sources.labs[lab].talks[at].withdrawn.is_some());
        if sources.archived || withdrawn {
            return Vec::new();
        }
        let (path, name) = (self.path(stage), self.name(stage));
        let link = |format: Format| CitationFile {
            label: format.label,
            path: format!("{path}index.{}", format.ending),
            name: format!("{name}.{}", format.ending),
            media_type: format.media_type,
        };
        FORMATS.map(link).into()
    }

    /// The same as relations in the head of the page.
    pub fn relations(self, stage: &Stage<'_>) -> impl Iterator<Item = Relation> {
        let relation = |file: CitationFile| Relation {
            media_type: Some(file.media_type),
            ..Relation::new("describedby", file.path)
        };
        self.links(stage).into_iter().map(relation)
    }

    fn path(self, stage: &Stage<'_>) -> String {
        let target = match self {
            Cited::Edition(edition) => Target::Edition(edition),
            Cited::Chapter(edition, chapter) => Target::Chapter(edition, chapter),
            Cited::Talk(lab, at) => Target::Talk(lab, at),
            Cited::Number(number) => return stage.number_path(number),
        };
        resolve::address(stage.project, &target)
    }

    /// Name of the file without its ending, which is the id of its only work.
    fn name(self, stage: &Stage<'_>) -> String {
        let sources = &stage.project.sources;
        let addresses = &sources.config.addresses;
        match self {
            Cited::Edition(edition) => edition_id(stage, edition),
            Cited::Chapter(edition, at) => {
                let slug = &history::source(sources, edition).chapters[at].page.slug;
                format!("{}-{}", edition_id(stage, edition), ascii(slug))
            }
            Cited::Number(number) => format!("{}-rn-{number}", ascii(&addresses.guideline)),
            Cited::Talk(lab, at) => talk_id(stage, lab, at),
        }
    }

    fn works(self, stage: &Stage<'_>) -> Vec<Work> {
        match self {
            Cited::Edition(edition) => vec![of_edition(stage, edition)],
            Cited::Chapter(edition, at) => vec![of_chapter(stage, edition, at, self.name(stage))],
            Cited::Number(number) => {
                let releases = (0..stage.project.sources.releases.len()).filter(|at| stage.editions().contains(at));
                releases.filter_map(|edition| of_paragraph(stage, edition, number)).collect()
            }
            Cited::Talk(lab, at) => vec![of_talk(stage, lab, at)],
        }
    }
}

fn of_edition(stage: &Stage<'_>, edition: usize) -> Work {
    let sources = &stage.project.sources;
    let (guideline, source) = (&sources.guideline, history::source(sources, edition));
    let publisher = guideline.publisher.as_ref().or(sources.config.publisher.as_ref());
    let label = stage.edition_label(edition);
    let rights = guideline.licence.as_ref();
    Work {
        id: edition_id(stage, edition),
        kind: Kind::Release,
        title: resolve::title(stage.project, &Target::Guideline),
        container: None,
        section: None,
        authors: publisher.cloned().map(Author::Body).into_iter().collect(),
        version: source.version.as_ref().map(ToString::to_string),
        status: stage.is_draft(edition).then(|| label.clone()),
        edition: Some(label),
        issued: source.released,
        publisher: publisher.cloned(),
        event: None,
        language: sources.config.language.clone(),
        url: stage.absolute(&resolve::address(stage.project, &Target::Edition(edition))),
        rights: rights.map(|licence| format!("{}: {licence}", stage.locale.text("guideline-licence"))),
    }
}

fn of_chapter(stage: &Stage<'_>, edition: usize, chapter: usize, id: String) -> Work {
    let release = of_edition(stage, edition);
    let target = Target::Chapter(edition, chapter);
    Work {
        id,
        kind: Kind::Chapter,
        container: Some(release.title),
        title: resolve::title(stage.project, &target),
        url: stage.absolute(&resolve::address(stage.project, &target)),
        ..release
    }
}

/// The paragraph that has a number in a release, at its pinned address; `None` where none has it.
fn of_paragraph(stage: &Stage<'_>, edition: usize, number: Number) -> Option<Work> {
    let found = &stage.project.history.editions[edition];
    let block = found.numbering.block(number)?;
    let id = format!("{}-rn-{number}", edition_id(stage, edition));
    Some(Work {
        section: Some(stage.locale.text_of("number-label", "number", &number.to_string())),
        url: stage.absolute(&resolve::address(stage.project, &Target::Block(edition, block))),
        ..of_chapter(stage, edition, found.text.blocks[block].chapter, id)
    })
}

fn of_talk(stage: &Stage<'_>, lab: usize, at: usize) -> Work {
    let sources = &stage.project.sources;
    let source_lab = &sources.labs[lab];
    let source: &TalkSource = &source_lab.talks[at];
    let mut args = FluentArgs::new();
    args.set("number", source_lab.number.to_string());
    args.set("title", source_lab.title.clone());
    Work {
        id: talk_id(stage, lab, at),
        kind: Kind::Talk,
        title: source.title.clone(),
        container: None,
        section: None,
        authors: stage.speakers(source).filter_map(|speaker| author(&speaker)).collect(),
        version: None,
        edition: None,
        status: None,
        issued: Some(source.day(source_lab)),
        publisher: sources.config.publisher.clone(),
        event: Some(Event {
            title: stage.locale.text_with("citation-lab", &args),
            place: source_lab.place.clone(),
            genre: stage.locale.text("citation-talk"),
        }),
        language: source.language.as_ref().unwrap_or(&sources.config.language).clone(),
        url: stage.absolute(&resolve::address(stage.project, &Target::Talk(lab, at))),
        rights: source.rights.as_ref().map(|rights| format!("{}: {rights}", stage.locale.text("talk-rights"))),
    }
}

/// A person by name; where none is named, whoever spoke by role and authority.
fn author(speaker: &Speaker<'_>) -> Option<Author> {
    let body = || Some(speaker.line()).filter(|line| !line.is_empty()).map(Author::Body);
    speaker.name.map(|name| Author::Person(name.to_owned())).or_else(body)
}

/// `leitlinien-1.1`.
fn edition_id(stage: &Stage<'_>, edition: usize) -> String {
    ascii(stage.edition_path(edition).trim_matches('/'))
}

/// The talk's own id, or its address: `ki-lab-6-ki-verordnung-ueberblick`.
pub(super) fn talk_id(stage: &Stage<'_>, lab: usize, at: usize) -> String {
    let talk = &stage.project.sources.labs[lab].talks[at];
    let own = talk.id.as_ref().map(|id| ascii(&id.value)).filter(|id| !id.is_empty());
    own.unwrap_or_else(|| format!("{}-{}", lab_id(stage, lab), ascii(&talk.page.slug)))
}

/// `ki-lab-6`.
pub(super) fn lab_id(stage: &Stage<'_>, lab: usize) -> String {
    let sources = &stage.project.sources;
    format!("{}-{}", ascii(&sources.config.addresses.labs), sources.labs[lab].number)
}

/// A name as keys of references may be: letters, digits, dots, underscores and hyphens of ASCII.
fn ascii(text: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '-' };
    text.chars().map(plain).collect()
}

/// A text on one line: in these formats a break ends a value.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A work whose texts hold all that the formats could take for their own.
    pub(super) fn hostile() -> Work {
        let text = "A\\b {c} 5 % & $d #e _f ^g ~h\r\nTY  - i";
        Work {
            id: "leitlinien-1.1-rn-12a".into(),
            kind: Kind::Chapter,
            title: text.into(),
            container: Some(text.into()),
            section: Some("Rn. 12a".into()),
            authors: vec![Author::Person("Ada Bär".into()), Author::Body("Amt and Söhne, {Mitte}".into())],
            version: Some("1.1".into()),
            edition: Some("Fassung 1.1".into()),
            status: None,
            issued: Some(jiff::civil::date(2025, 6, 1)),
            publisher: Some(text.into()),
            event: None,
            language: "de".into(),
            url: "https://example.org/{a}\\%20_b/#rn-12a".into(),
            rights: Some("Lizenz: CC-BY-4.0".into()),
        }
    }

    #[test]
    fn names_are_ascii() {
        assert_eq!(ascii("leitlinien/1.1"), "leitlinien-1.1");
        assert_eq!(ascii("größe"), "gr--e");
    }
}
