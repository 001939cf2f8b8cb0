//! Builds the sites in `tests/golden/` and compares every file with `expected/`, byte for byte.
//!
//! A case is a folder with `site.toml`, `content/` and `expected/`; it uses the theme `plain`, whose templates are short
//! and say only what Leitwerk computes. `UPDATE=1` rewrites `expected/`; then read what changed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use leitwerk::BuildOptions;
use leitwerk::diagnostic::{self, catalogue::Catalogue};
use leitwerk::source::Files;
use leitwerk::world::OsWorld;

/// The files of a folder, by path with `/`.
type Tree = BTreeMap<String, Vec<u8>>;

#[test]
fn every_site_is_built_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let entries = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let mut sites: Vec<PathBuf> = entries.filter(|path| path.join("site.toml").is_file()).collect();
    sites.sort();
    assert!(!sites.is_empty(), "no site in {}", folder.display());
    let mut theme = tree(&folder.join("themes/plain"));
    for locale in ["locales/de.ftl", "locales/en.ftl"] {
        theme.entry(locale.into()).or_default().splice(0..0, neutral(locale));
    }
    let wrong: Vec<String> = sites.iter().flat_map(|site| run(site, &theme)).collect();
    assert!(wrong.is_empty(), "{}\nUPDATE=1 rewrites them; then read what changed", wrong.join("\n"));
}

/// The texts of the built-in theme, each replaced by its key: their wording is none of this test's business.
fn neutral(locale: &str) -> Vec<u8> {
    let built_in = fs::read_to_string(Path::new("themes/leitwerk").join(locale)).unwrap();
    let keys = built_in.lines().filter_map(|line| line.split_once(" =")).map(|(key, _)| key);
    let keys = keys.filter(|key| key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
    keys.flat_map(|key| format!("{key} = {key}\n").into_bytes()).collect()
}

/// Builds one site; what differs from what is expected.
fn run(site: &Path, theme: &Tree) -> Vec<String> {
    let work = tempfile::tempdir().unwrap();
    let mut sources = tree(site);
    sources.retain(|path, _| !path.starts_with("expected/"));
    put(work.path(), &sources);
    put(&work.path().join("themes/plain"), theme);
    let mut built = build(work.path());
    // Before the theme's own style stand the values of the built-in theme, which are none of this test's business.
    let (style, own) = (built.get_mut("assets/style.css").unwrap(), &theme["static/style.css"]);
    assert!(style.ends_with(own));
    own.clone_into(style);
    if std::env::var_os("UPDATE").is_some() {
        let _ = fs::remove_dir_all(site.join("expected"));
        put(&site.join("expected"), &built);
        return Vec::new();
    }
    differences(&site.file_name().unwrap().to_string_lossy(), &tree(&site.join("expected")), &built)
}

/// The files of the site, and what was said while it was built.
fn build(root: &Path) -> Tree {
    let (mut files, mut found) = (Files::default(), Vec::new());
    let world = OsWorld::new(Some("2026-01-01".parse().unwrap()));
    let rendered = leitwerk::build(&world, root, &BuildOptions::default(), &mut files, &mut found);
    diagnostic::sort(&mut found, &files);
    let said = diagnostic::render_short(&found, &files, &Catalogue::english());
    let rendered = rendered.unwrap_or_else(|| panic!("not built:\n{said}"));
    let mut built: Tree = rendered.rendered.files.into_iter().map(|file| (file.path, file.bytes.to_vec())).collect();
    if !said.is_empty() {
        built.insert("said.txt".into(), said.into_bytes());
    }
    built
}

fn differences(site: &str, expected: &Tree, built: &Tree) -> Vec<String> {
    let paths = expected.keys().chain(built.keys().filter(|path| !expected.contains_key(*path)));
    let wrong = paths.filter(|path| expected.get(*path) != built.get(*path));
    wrong
        .map(|path| {
            let (old, new) = (text(expected.get(path)), text(built.get(path)));
            format!("{site}/expected/{path}: expected\n{old}\nbut found\n{new}")
        })
        .collect()
}

/// All files below a folder.
fn tree(folder: &Path) -> Tree {
    let files = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = files.filter(|entry| entry.file_type().is_file());
    let path = |entry: &walkdir::DirEntry| entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
    files.map(|entry| (path(&entry), fs::read(entry.path()).unwrap())).collect()
}

fn text(bytes: Option<&Vec<u8>>) -> String {
    bytes.map_or("(no file)".into(), |bytes| String::from_utf8_lossy(bytes).into_owned())
}

fn put(folder: &Path, files: &Tree) {
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}
