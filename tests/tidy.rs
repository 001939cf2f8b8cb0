//! What must hold of the source itself: each file says its job, modules use only what stands before them, nothing
//! panics, functions stay short, and no dependency's licence forbids giving Leitwerk away under the EUPL.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The modules of the crate in the order of the pipeline; each may use those before it.
const ORDER: &[&str] = &[
    // What everything stands on.
    "checksum",
    "memo",
    "source",
    "diagnostic",
    "world",
    "laps",
    "webvtt",
    "slug",
    "sentences",
    "version",
    "reference",
    "margin_number",
    "toml_fields",
    "lock",
    "permalinks",
    "pending",
    "config",
    // 1 and 2: read and parse.
    "load",
    "markdown",
    // 3 and 4: a release as it is compared; align, number, release by release.
    "tokens",
    "release_text",
    "align",
    "number",
    "history",
    // 5: resolve.
    "target",
    "resolve",
    // 6: changes.
    "words",
    "changes",
    // 8 and 7: rendering makes the files that writing takes.
    "write",
    "render",
    // Changes as one text.
    "report",
    // Releases that stay.
    "release",
    "archive",
    // Talks from other programs.
    "import",
    // The preview.
    "serve",
    // The command line.
    "cli",
];

/// What calls a panic, at a place that a file of a user could reach.
const PANICS: &[&str] = &[".unwrap()", ".expect(", "panic!(", "todo!(", "unimplemented!(", "unreachable!("];

/// Longest function, in lines from its head to its closing brace.
const LONGEST: usize = 60;

/// Licences whose terms a program under the EUPL-1.2 can keep when it is given away with such a dependency.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "BlueOak-1.0.0",
    "CC0-1.0",
    "EUPL-1.2",
    "ISC",
    "LGPL-2.1-or-later",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// A file of `src/`: its path there, and its text without tests.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The top-level module it belongs to.
    fn module(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// Its lines of code, with their numbers.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(at, line)| (at + 1, line));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

#[test]
fn every_file_says_its_job_in_its_first_line() {
    let silent: Vec<String> = rust_files(&["src", "tests"])
        .into_iter()
        .filter(|path| !fs::read_to_string(path).unwrap().starts_with("//! "))
        .map(|path| path.display().to_string())
        .collect();
    assert_eq!(silent, Vec::<String>::new());
}

#[test]
fn modules_use_only_what_stands_before_them() {
    let sources = sources();
    let modules: BTreeSet<&str> =
        sources.iter().map(Source::module).filter(|m| !matches!(*m, "lib" | "main")).collect();
    assert_eq!(modules, ORDER.iter().copied().collect(), "the modules and their order");
    let place = |module: &str| ORDER.iter().position(|known| *known == module);
    let uses = sources.iter().flat_map(|source| used(source).into_iter().map(move |used| (source, used)));
    let backwards: Vec<String> = uses
        .filter(|(source, used)| source.module() != *used && place(source.module()) < place(used))
        .map(|(source, used)| format!("{} uses {used}", source.path))
        .filter(|found| !found.starts_with("lib.rs "))
        .collect();
    assert_eq!(backwards, Vec::<String>::new());
}

#[test]
fn the_documentation_of_the_crate_names_the_stages_in_order() {
    let text = fs::read_to_string("src/lib.rs").unwrap();
    let stages = text.lines().filter_map(|line| line.strip_prefix("//! ")?.split_once(". [`")).map(|(_, rest)| rest);
    let stages: Vec<&str> = stages.filter_map(|rest| rest.split(['`', ']']).next()).collect();
    assert_eq!(stages, ["load", "markdown", "align", "number", "resolve", "changes", "render", "write"]);
}

#[test]
fn messages_stand_in_the_order_of_their_codes() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diagnostic/en.ftl")).unwrap();
    let codes: Vec<&str> = text.lines().filter(|line| line.starts_with("LW")).map(|line| &line[..6]).collect();
    assert!(codes.is_sorted(), "{codes:?}");
}

#[test]
fn nothing_panics() {
    let found: Vec<String> = sources()
        .iter()
        .flat_map(|source| {
            let bad = source.code().filter(|(_, line)| PANICS.iter().any(|panic| line.contains(panic)));
            bad.map(|(at, line)| format!("{}:{at}: {}", source.path, line.trim())).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn functions_stay_short() {
    let sources = sources();
    let lengths: Vec<(String, usize)> = sources.iter().flat_map(functions).collect();
    assert!(lengths.len() > 500, "only {} functions found", lengths.len());
    let long: Vec<_> = lengths.into_iter().filter(|&(_, length)| length > LONGEST).collect();
    assert_eq!(long, []);
}

#[test]
fn licences_allow_giving_it_away() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let arguments = ["metadata", "--locked", "--format-version", "1"];
    let output = Command::new(cargo).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 50, "only {} packages", packages.len());
    let refused: BTreeMap<&str, &str> = packages
        .iter()
        .map(|package| (package["name"].as_str().unwrap(), package["license"].as_str().unwrap_or("no licence")))
        .filter(|(_, licence)| !is_allowed(licence))
        .collect();
    assert_eq!(refused, BTreeMap::new());
}

#[test]
fn licences_are_read_as_they_are_written() {
    assert!(is_allowed("(MIT OR Apache-2.0) AND Unicode-3.0"));
    assert!(is_allowed("MIT/Apache-2.0"));
    assert!(is_allowed("Apache-2.0 OR GPL-2.0-only"));
    assert!(is_allowed("Apache-2.0 WITH LLVM-exception"));
    assert!(!is_allowed("GPL-2.0-only"));
    assert!(!is_allowed("MIT AND GPL-3.0-only"));
    assert!(!is_allowed("no licence"));
}

/// Whether every part joined by AND offers a licence of the list. Brackets stand only around alternatives.
fn is_allowed(expression: &str) -> bool {
    let alternatives = expression.replace('/', " OR ");
    let mut parts = alternatives.split(" AND ").map(|part| part.trim_matches(['(', ')', ' ']));
    parts.all(|part| {
        let names = part.split(" OR ").map(|name| name.split(" WITH ").next().unwrap_or_default().trim());
        names.into_iter().any(|name| LICENCES.contains(&name))
    })
}

/// All Rust files below some folders of the repository.
fn rust_files(folders: &[&str]) -> Vec<PathBuf> {
    let entries = folders.iter().flat_map(walkdir::WalkDir::new).filter_map(Result::ok);
    let mut files: Vec<PathBuf> = entries.map(walkdir::DirEntry::into_path).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "rs"));
    assert!(files.len() > 3);
    files.sort();
    files
}

fn sources() -> Vec<Source> {
    let files = rust_files(&["src"]).into_iter().filter(|path| !path.ends_with("tests.rs"));
    files.map(|path| source(&path)).collect()
}

fn source(path: &Path) -> Source {
    let text = fs::read_to_string(path).unwrap();
    // By convention the tests are the last thing in a file.
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
    Source { path: path.strip_prefix("src").unwrap().to_string_lossy().into_owned(), text }
}

/// The modules that a file names after `crate::`.
fn used(source: &Source) -> BTreeSet<&'static str> {
    let code: String = source.code().flat_map(|(_, line)| [line, "\n"]).collect();
    let paths = code.split("crate::").skip(1);
    let names = paths.flat_map(|rest| match rest.strip_prefix('{') {
        // `use crate::{Project, diagnostic};`
        Some(group) => group.split(['}', ';']).next().unwrap_or_default().split([',', ' ', '\n']).collect::<Vec<_>>(),
        None => vec![rest],
    });
    let modules = names.filter_map(|name| {
        let name = name.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
        ORDER.iter().find(|known| **known == name).copied()
    });
    modules.collect()
}

/// The functions of a file with their lengths; rustfmt puts the closing brace under the head.
fn functions(source: &Source) -> Vec<(String, usize)> {
    let lines: Vec<&str> = source.text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let Some(name) = function_name(line.trim_start()) else { continue };
        let end = format!("{}}}", " ".repeat(indent));
        let length = lines[at..].iter().position(|line| **line == end).map_or(1, |length| length + 1);
        let one_line = line.ends_with('}') || line.ends_with(';');
        found.push((format!("{} in {}", name, source.path), if one_line { 1 } else { length }));
    }
    found
}

fn function_name(line: &str) -> Option<&str> {
    let words = ["pub ", "pub(super) ", "pub(crate) ", "const ", "fn "];
    let rest = words.iter().fold(line, |line, word| line.strip_prefix(word).unwrap_or(line));
    let is_function = rest.len() < line.len() && line.contains("fn ");
    is_function.then(|| rest.split(['(', '<']).next().unwrap_or_default())
}
