//! Runs `check` over the small sites in `tests/diagnostics/`, one text file each, and compares what it says.
//!
//! A case is what stands before its first `==` (a remark), then sections: `== path` with a file's text, `== -path` to
//! leave a file or folder of the smallest site out, `== path -> target` for a symbolic link, and `== output` with what is said.
//! `\x{ff}` is the byte FF, in texts and paths. `UPDATE=1` rewrites the outputs.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use leitwerk::diagnostic::catalogue::Catalogue;
use leitwerk::diagnostic::{self, Code};
use leitwerk::source::Files;
use leitwerk::world::OsWorld;

mod big;

/// The site that every case begins with.
const SMALLEST: &[(&str, &str)] = &[
    ("site.toml", "title = \"Leitlinien\"\nbase_url = \"https://example.org\"\nlanguage = \"de\"\n"),
    ("content/guidelines/1.0/release.toml", "version = \"1.0\"\nreleased = 2025-01-01\n"),
    ("content/guidelines/1.0/01-ziele.md", "+++\ntitle = \"Ziele\"\n+++\n\n## Nutzen {#nutzen}\n\nKI soll nützen.\n"),
];

/// Codes without a case, because only other commands raise them.
const ELSEWHERE: &[(Code, &str)] = &[
    (Code::ForeignFiles, "build: tests/console, src/write/tests.rs"),
    (Code::DangerousOutput, "build: tests/console, src/write/tests.rs"),
    (Code::WriteFailed, "build: tests/console, src/write/tests.rs"),
    (Code::NoSuchVersion, "diff: tests/console"),
    (Code::NoSuchCode, "explain: tests/console"),
    (Code::BadNewVersion, "release: tests/sealing.rs"),
    (Code::NoDraft, "release: tests/sealing.rs"),
    (Code::SealedAlready, "seal: tests/sealing.rs"),
    (Code::NotConfirmed, "release: tests/console"),
    (Code::Search, "only a lack of memory brings it about"),
    (Code::NoPort, "serve: tests/site/preview.test.mjs"),
    (Code::Unwatched, "serve: only a system that cannot watch brings it about"),
    (Code::ReadOtherwise, "only another Leitwerk brings it about"),
    (Code::UnsealedPredecessor, "seal: tests/sealing.rs"),
    (Code::Unwritable, "release: tests/console, src/pending.rs"),
    (Code::BadArchive, "verify: tests/archives.rs"),
    (Code::ArchiveExists, "archive: tests/archives.rs"),
    (Code::NotSealed, "archive: tests/archives.rs"),
    (Code::AlteredOutput, "verify: tests/archives.rs"),
    (Code::ArchiveHolds, "check: tests/archives.rs"),
    (Code::UnknownImport, "import: tests/console"),
    (Code::ImportSyntax, "import: tests/console"),
    (Code::MissingInImport, "import: tests/console"),
    (Code::BadImportValue, "import: tests/console"),
    (Code::UnknownMappingKey, "import: tests/console"),
    (Code::NoTalkDate, "import: tests/console"),
    (Code::NoSuchLab, "import: tests/console"),
    (Code::TalkOutsideLab, "import: tests/console"),
];

#[test]
fn every_case_says_what_it_should() {
    let wrong: Vec<String> = cases().iter().filter_map(|case| run(case).err()).collect();
    assert!(wrong.is_empty(), "{}\nUPDATE=1 rewrites them; then read what changed", wrong.join("\n"));
}

#[test]
fn every_code_of_check_has_a_case() {
    let names: Vec<String> = cases().iter().map(|case| stem(case)).collect();
    let covered = |code: Code| names.iter().any(|name| name.starts_with(&code.name()));
    let elsewhere: BTreeSet<Code> = ELSEWHERE.iter().map(|&(code, _)| code).collect();
    let wrong: Vec<String> =
        Code::ALL.iter().filter(|&&code| covered(code) == elsewhere.contains(&code)).map(|code| code.name()).collect();
    assert_eq!(wrong, Vec::<String>::new(), "neither a case nor a reason in ELSEWHERE, or both");
}

#[test]
fn every_underlined_second_place_says_what_it_is() {
    let is_mute = |line: &str| {
        let underline = line.trim_start().strip_prefix("| ").unwrap_or_default().trim();
        !underline.is_empty() && underline.chars().all(|c| c == '-')
    };
    let of = |case: &PathBuf| fs::read_to_string(case).unwrap().lines().any(is_mute).then(|| stem(case));
    assert_eq!(
        cases().iter().filter_map(of).collect::<Vec<_>>(),
        Vec::<String>::new(),
        "no text for a label in en.ftl"
    );
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    cases.sort();
    cases
}

fn stem(case: &Path) -> String {
    case.file_stem().unwrap().to_string_lossy().into_owned()
}

/// Checks one case; what is wrong with it, if anything.
fn run(case: &Path) -> Result<(), String> {
    let text = fs::read_to_string(case).unwrap();
    let (input, expected) = text.split_once("== output\n").unwrap_or((&text, ""));
    let site = tempfile::tempdir().unwrap();
    SMALLEST.iter().for_each(|(path, text)| put(site.path(), path, text));
    format!("\n{input}").split("\n== ").skip(1).for_each(|section| lay(site.path(), section));
    let name = stem(case);
    let said = check(site.path(), name.starts_with(&Code::Unsealed.name()));
    let code = name.split('-').next().filter(|code| code.starts_with("LW"));
    if code.is_some_and(|code| !said.contains(&format!("[{code}]"))) {
        return Err(format!("{name} is not what it raises:\n{said}"));
    }
    if said == expected {
        return Ok(());
    }
    if std::env::var_os("UPDATE").is_some() {
        fs::write(case, format!("{input}== output\n{said}")).unwrap();
        return Ok(());
    }
    Err(format!("{name}: expected\n{expected}\nbut found\n{said}"))
}

fn lay(site: &Path, section: &str) {
    let (head, text) = section.split_once('\n').unwrap_or((section, ""));
    if let Some(path) = head.strip_prefix('-') {
        let path = site.join(path);
        if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.unwrap();
    } else if let Some((path, target)) = head.split_once(" -> ") {
        fs::create_dir_all(site.join(path).parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(target, site.join(path)).unwrap();
    } else {
        // The line end before the next section is that section's.
        put(site, head, &format!("{}\n", text.trim_end_matches('\n')));
    }
}

fn put(site: &Path, path: &str, text: &str) {
    use std::os::unix::ffi::OsStringExt;
    let path = site.join(std::ffi::OsString::from_vec(bytes(path)));
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes(text)).unwrap();
}

/// A text with its escapes undone.
fn bytes(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x{");
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (hex, rest) = part.split_once('}').unwrap();
        bytes.push(u8::from_str_radix(hex, 16).unwrap());
        bytes.extend_from_slice(rest.as_bytes());
    }
    bytes
}

/// What `check` says. That the release of nearly every case is not sealed is only told where the case is about that.
fn check(site: &Path, tells_unsealed: bool) -> String {
    let (mut files, mut found) = (Files::default(), Vec::new());
    leitwerk::check(&OsWorld::new(Some("2026-01-01".parse().unwrap())), site, &mut files, &mut found);
    found.retain(|found| tells_unsealed || found.code != Code::Unsealed);
    diagnostic::sort(&mut found, &files);
    let said = diagnostic::render_human(&found, &files, &Catalogue::english(), false);
    said.replace(&site.display().to_string(), "SITE")
}
