//! Real texts with several releases, where `LEITWERK_TEXTS` names a folder of them. Without it these tests do nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Instant;

use leitwerk::diagnostic::{self, Code, Diagnostics, Severity};
use leitwerk::release_text::ReleaseText;
use leitwerk::source::Files;
use leitwerk::world::OsWorld;
use leitwerk::{BuildOptions, build};

use super::generate::compare;
use super::mirror;
use super::texts::{self, Corpus};

fn corpora() -> Vec<Corpus> {
    std::env::var_os("LEITWERK_TEXTS").map(|folder| texts::corpora(Path::new(&folder))).unwrap_or_default()
}

#[test]
fn real_releases_are_compared_completely_and_alike_in_both_directions() {
    let mut faults = Vec::new();
    for corpus in corpora() {
        let texts: Vec<ReleaseText> = corpus.releases.iter().map(|name| corpus.text(name)).collect();
        for (at, pair) in texts.windows(2).enumerate() {
            let name = format!("{} {} → {}", corpus.name(), corpus.releases[at], corpus.releases[at + 1]);
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
    let language = if corpus.name() == "asvs" { "en" } else { "de" };
    let mut site =
        format!("title = \"{}\"\nbase_url = \"https://example.org\"\nlanguage = \"{language}\"\n", corpus.name());
    site += "\n[checks]\n";
    // What is not about structure shall not keep a site of these texts from being built.
    let checks: BTreeSet<&str> = Code::ALL.iter().filter_map(|code| code.check()).collect();
    checks.iter().for_each(|check| writeln!(site, "{check} = \"warning\"").unwrap());
    fs::write(root.join("site.toml"), site).unwrap();
    for (release, date) in corpus.releases.iter().zip(&corpus.dates) {
        let folder = root.join("content/guidelines").join(release);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("release.toml"), format!("version = \"{release}\"\nreleased = {date}\n")).unwrap();
        for (name, title, text) in texts::files(&corpus.folder.join(release)) {
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
            let kept = Path::new(&kept).join(corpus.name());
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
            corpus.name(),
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
            failed.push(corpus.name());
        }
    }
    assert_eq!(failed, [] as [String; 0]);
}
