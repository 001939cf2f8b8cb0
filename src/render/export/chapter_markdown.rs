//! `index.md` beside each chapter: its text as Markdown that stands alone, every paragraph under its number.

use super::super::queue::FileJob;
use super::super::reading::Passage;
use super::super::{Stage, pages};
use super::portable::{self, Portable};
use crate::history;
use crate::resolve;
use crate::target::Target;

/// The Markdown of a chapter.
pub(super) fn file<'s>(stage: &'s Stage<'_>, edition: usize, chapter: usize) -> FileJob<'s> {
    let path = resolve::address(stage.project, &Target::Chapter(edition, chapter));
    FileJob::text(&format!("{path}index.md"), move || text(stage, edition, chapter, &path))
}

fn text(stage: &Stage<'_>, edition: usize, chapter: usize, path: &str) -> String {
    let title = &history::source(&stage.project.sources, edition).chapters[chapter].title;
    let mut parts = vec![front_matter(stage, edition, chapter), format!("# {}", portable::escaped(title))];
    parts.extend(body(stage, edition, chapter, &stage.absolute(path)));
    parts.join("\n\n") + "\n"
}

/// YAML, the front matter that most programs read; what may become false, such as a status, is not in it. A JSON string
/// is a YAML string.
fn front_matter(stage: &Stage<'_>, edition: usize, chapter: usize) -> String {
    let sources = &stage.project.sources;
    let (release, guideline) = (history::source(sources, edition), &sources.guideline);
    let text = |text: &str| serde_json::Value::from(text).to_string();
    let source = &release.chapters[chapter];
    let version = release.version.as_ref().map(ToString::to_string);
    let address = stage.absolute(&resolve::address(stage.project, &Target::Chapter(edition, chapter)));
    let fields = [
        ("title", Some(text(&source.title))),
        ("description", source.summary.as_deref().map(text)),
        ("guideline", Some(text(&resolve::title(stage.project, &Target::Guideline)))),
        ("chapter", Some((chapter + 1).to_string())),
        ("version", version.as_deref().map(text)),
        ("draft", stage.is_draft(edition).then(|| "true".to_owned())),
        ("released", release.released.map(|date| text(&date.to_string()))),
        ("valid_from", release.valid_from.map(|date| text(&date.to_string()))),
        ("language", Some(text(&sources.config.language))),
        ("publisher", guideline.publisher.as_ref().or(sources.config.publisher.as_ref()).map(|name| text(name))),
        ("licence", guideline.licence.as_deref().map(text)),
        ("address", Some(text(&address))),
    ];
    let lines = fields.into_iter().filter_map(|(key, value)| Some(format!("{key}: {}\n", value?)));
    format!("---\n{}---", lines.collect::<String>())
}

fn body(stage: &Stage<'_>, edition: usize, chapter: usize, address: &str) -> Vec<String> {
    let source = &history::source(&stage.project.sources, edition).chapters[chapter];
    let document = stage.project.documents.of(source.page.body);
    let portable = Portable::new(stage, source.page.body.file);
    let known = &stage.project.history.editions[edition];
    let mut parts = Vec::new();
    for passage in stage.reading(edition, chapter) {
        match passage {
            Passage::Plain(index) => parts.push(portable.block(&document.blocks[index])),
            Passage::Block(block) => {
                let number = known.numbering.blocks[block].to_string();
                let label = plain_blanks(&stage.locale.text_of("number-label", "number", &number));
                parts.push(portable::link(&label, &format!("{address}#rn-{number}")));
                parts.push(portable.block(&document.blocks[known.text.blocks[block].index]));
            }
            Passage::Gone(run) => {
                let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
                let label = plain_blanks(&pages::gone_text(stage, edition, first, last));
                parts.push(portable::link(&label, &format!("{address}#rn-{}", last.number)));
            }
        }
    }
    parts.extend(document.footnotes.iter().map(|footnote| portable.footnote(footnote)));
    parts.retain(|part| !part.is_empty());
    parts
}

/// Text with ordinary blanks: in a source nothing breaks lines, and `Rn. 12` should be found.
fn plain_blanks(text: &str) -> String {
    text.replace('\u{a0}', " ")
}
