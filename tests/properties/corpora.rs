//! Real texts with several releases, where `LEITWERK_TEXTS` names a folder of them: `<text>/releases.tsv` (release, date)
//! and `<text>/<release>/<NN-slug>.md`. Without it these tests do nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use leitwerk::diagnostic::{self, Code, Diagnostics, Severity};
use leitwerk::release_text::ReleaseText;
use leitwerk::source::Files;
use leitwerk::world::OsWorld;
use leitwerk::{BuildOptions, build};

use super::generate::{compare, release_text};
use super::mirror;

/// A text with its releases in order, each with its date.
struct Corpus {
    name: String,
    folder: PathBuf,
    releases: Vec<(String, String)>,
}

fn corpora() -> Vec<Corpus> {
    let Some(folder) = std::env::var_os("LEITWERK_TEXTS") else { return Vec::new() };
    let mut folders: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let corpus = |folder: PathBuf| {
        let list = fs::read_to_string(folder.join("releases.tsv")).ok()?;
        let line =
            |line: &str| line.split_once('\t').map(|(release, date)| (release.to_owned(), date.trim().to_owned()));
        let releases = list.lines().filter_map(line).filter(|(release, _)| folder.join(release).is_dir()).collect();
        Some(Corpus { name: folder.file_name()?.to_string_lossy().into_owned(), folder, releases })
    };
    folders.into_iter().filter_map(corpus).collect()
}

/// The Markdown files of a release: name, title, text after the front matter.
fn chapters(folder: &Path) -> Vec<(String, String, String)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    let chapter = |path: &PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        let (front, body) = text.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n")).unwrap();
        let title = front.lines().find_map(|line| line.strip_prefix("title = ")).unwrap().trim_matches('"');
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, title.to_owned(), body.to_owned())
    };
    paths.iter().map(chapter).collect()
}

fn text(folder: &Path) -> ReleaseText {
    // The number before a file's name is no part of its slug.
    let slug = |name: &str| name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-').to_owned();
    let named: Vec<_> = chapters(folder).into_iter().map(|(name, title, text)| (slug(&name), title, text)).collect();
    release_text(&named)
}

#[test]
fn real_releases_are_compared_completely_and_alike_in_both_directions() {
    let mut faults = Vec::new();
    for corpus in corpora() {
        let texts: Vec<ReleaseText> = corpus.releases.iter().map(|(name, _)| text(&corpus.folder.join(name))).collect();
        for (at, pair) in texts.windows(2).enumerate() {
            let name = format!("{} {} → {}", corpus.name, corpus.releases[at].0, corpus.releases[at + 1].0);
            let start = Instant::now();
            let changes = compare(&pair[0], &pair[1]);
            println!(
                "{name}: {} units, {} entries, {} ms",
                pair[1].units.len(),
                changes.entries.len(),
                start.elapsed().as_millis()
            );
            let checked = mirror::check(&pair[0], &pair[1]).and_then(|()| mirror::check_same(&pair[1]));
            faults.extend(checked.err().map(|fault| format!("{name}: {fault}")));
        }
    }
    assert_eq!(faults, [] as [String; 0]);
}

/// Writes the smallest site with all releases of a text.
fn write_site(corpus: &Corpus, root: &Path) {
    let language = if corpus.name == "asvs" { "en" } else { "de" };
    let mut site =
        format!("title = \"{}\"\nbase_url = \"https://example.org\"\nlanguage = \"{language}\"\n", corpus.name);
    site += "\n[checks]\n";
    // What is not about structure shall not keep a site of these texts from being built.
    let checks: BTreeSet<&str> = Code::ALL.iter().filter_map(|code| code.check()).collect();
    checks.iter().for_each(|check| writeln!(site, "{check} = \"warning\"").unwrap());
    fs::write(root.join("site.toml"), site).unwrap();
    for (release, date) in &corpus.releases {
        let folder = root.join("content/guidelines").join(release);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("release.toml"), format!("version = \"{release}\"\nreleased = {date}\n")).unwrap();
        for (name, title, text) in chapters(&corpus.folder.join(release)) {
            let mut page = String::new();
            write!(page, "+++\ntitle = \"{title}\"\n+++\n{text}").unwrap();
            fs::write(folder.join(name).with_extension("md"), page).unwrap();
        }
    }
}

#[test]
fn sites_of_real_texts_are_built() {
    let mut failed = Vec::new();
    for corpus in corpora() {
        let root = tempfile::tempdir().unwrap();
        write_site(&corpus, root.path());
        // For measuring the program on the same site: LEITWERK_KEEP=folder keeps it there.
        if let Some(kept) = std::env::var_os("LEITWERK_KEEP") {
            let kept = Path::new(&kept).join(&corpus.name);
            fs::create_dir_all(&kept).unwrap();
            write_site(&corpus, &kept);
        }
        let (mut files, mut diagnostics) = (Files::default(), Diagnostics::new());
        let start = Instant::now();
        let built = build(&OsWorld::new(None), root.path(), &BuildOptions::default(), &mut files, &mut diagnostics);
        diagnostic::sort(&mut diagnostics, &files);
        let pages = built.as_ref().map_or(0, |built| built.rendered.pages);
        println!(
            "{}: {pages} pages in {} ms, {} findings",
            corpus.name,
            start.elapsed().as_millis(),
            diagnostics.len()
        );
        for finding in diagnostics.iter().filter(|finding| finding.severity == Severity::Error) {
            let place = finding.span.map(|span| files.location(span)).unwrap_or_default();
            println!("  {} {:?} {place} {:?}", finding.code.name(), finding.code, finding.args);
        }
        let mut counts = BTreeMap::new();
        diagnostics.iter().for_each(|finding| *counts.entry((finding.severity, finding.code)).or_insert(0) += 1);
        println!("  {counts:?}");
        if built.is_none() {
            failed.push(corpus.name);
        }
    }
    assert_eq!(failed, [] as [String; 0]);
}
