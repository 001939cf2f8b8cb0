//! Real texts with several releases, read from a folder: `<text>/releases.tsv` (release, date) and
//! `<text>/<release>/<NN-slug>.md` with a title in its front matter.

use std::fs;
use std::path::{Path, PathBuf};

use leitwerk::release_text::ReleaseText;

use super::generate::release_text;

/// A text with its releases in order.
pub struct Corpus {
    /// Where it is.
    pub folder: PathBuf,
    /// Names of its releases, oldest first.
    pub releases: Vec<String>,
    /// Their dates.
    pub dates: Vec<String>,
}

/// A chapter: slug, title, Markdown.
pub type Chapter = (String, String, String);

/// The texts in a folder, by name.
pub fn corpora(folder: &Path) -> Vec<Corpus> {
    let mut folders: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders.into_iter().filter_map(Corpus::read).collect()
}

impl Corpus {
    /// The text in a folder; `None` if there is no list of releases.
    fn read(folder: PathBuf) -> Option<Self> {
        let list = fs::read_to_string(folder.join("releases.tsv")).ok()?;
        let line =
            |line: &str| line.split_once('\t').map(|(release, date)| (release.to_owned(), date.trim().to_owned()));
        let listed = list.lines().filter_map(line).filter(|(release, _)| folder.join(release).is_dir());
        let (releases, dates) = listed.unzip();
        Some(Self { folder, releases, dates })
    }

    /// The folder's name.
    pub fn name(&self) -> String {
        self.folder.file_name().unwrap().to_string_lossy().into_owned()
    }

    /// The chapters of a release in the order of their files.
    pub fn chapters(&self, release: &str) -> Vec<Chapter> {
        chapters(&self.folder.join(release))
    }

    /// A release as it is compared.
    pub fn text(&self, release: &str) -> ReleaseText {
        release_text(&self.chapters(release))
    }
}

/// The chapters in a folder. The number before a file's name is no part of its slug.
pub fn chapters(folder: &Path) -> Vec<Chapter> {
    let slug = |name: &str| name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-').to_owned();
    files(folder).into_iter().map(|(name, title, markdown)| (slug(&name), title, markdown)).collect()
}

/// The Markdown files in a folder: name, title, text after the front matter.
pub fn files(folder: &Path) -> Vec<(String, String, String)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    let file = |path: &PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        let (front, body) = text.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n")).unwrap();
        let title = front.lines().find_map(|line| line.strip_prefix("title = ")).unwrap().trim_matches('"');
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, title.to_owned(), body.to_owned())
    };
    paths.iter().map(file).collect()
}
