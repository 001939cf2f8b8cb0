//! Real texts with several releases, read from a folder: `<text>/releases.tsv` (release, date) and
//! `<text>/<release>/<NN-slug>.md` with a title in its front matter.

use std::fs;
use std::path::{Path, PathBuf};

use leitwerk::load::Body;
use leitwerk::markdown::{self, Document};
use leitwerk::release_text::ReleaseText;
use leitwerk::source::Files;

/// A text with its releases in order.
pub struct Corpus {
    /// Where it is.
    pub folder: PathBuf,
    /// Names of its releases, oldest first.
    pub releases: Vec<String>,
}

/// A chapter: slug, title, Markdown.
pub type Chapter = (String, String, String);

impl Corpus {
    /// The text in a folder; `None` if there is no list of releases.
    pub fn read(folder: &Path) -> Option<Self> {
        let list = fs::read_to_string(folder.join("releases.tsv")).ok()?;
        let releases = list.lines().filter_map(|line| line.split('\t').next()).map(ToOwned::to_owned);
        let releases = releases.filter(|release| folder.join(release).is_dir()).collect();
        Some(Self { folder: folder.to_owned(), releases })
    }

    /// The folder's name.
    pub fn name(&self) -> String {
        self.folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// The chapters of a release in the order of their files.
    pub fn chapters(&self, release: &str) -> Vec<Chapter> {
        let entries = fs::read_dir(self.folder.join(release)).expect("a folder for each release");
        let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
        paths.sort();
        paths.iter().map(|path| chapter(path)).collect()
    }

    /// A release as it is compared.
    pub fn text(&self, release: &str) -> ReleaseText {
        release_text(&self.chapters(release))
    }
}

/// The number before a file's name is no part of its slug.
fn chapter(path: &Path) -> Chapter {
    let text = fs::read_to_string(path).expect("a readable chapter");
    let parts = text.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n"));
    let (front, body) = parts.expect("front matter");
    let title = front.lines().find_map(|line| line.strip_prefix("title = ")).unwrap_or_default().trim_matches('"');
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let slug = name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-').to_owned();
    (slug, title.to_owned(), body.to_owned())
}

/// Chapters as they are compared.
pub fn release_text(chapters: &[Chapter]) -> ReleaseText {
    let documents: Vec<Document> = chapters.iter().map(|(_, _, text)| document(text)).collect();
    let named = chapters.iter().zip(&documents);
    ReleaseText::of_documents(named.map(|((slug, title, _), document)| (slug.as_str(), title.as_str(), document)))
}

fn document(text: &str) -> Document {
    let file = Files::default().add("chapter.md", text);
    markdown::parse_text(text, Body { file, start: 0 }).0
}
