//! Big and deep inputs: no panic, no frame that fills the terminal, done in reasonable time.

use std::path::Path;
use std::time::{Duration, Instant};

use leitwerk::diagnostic::catalogue::Catalogue;
use leitwerk::diagnostic::{self, Code, Diagnostics};
use leitwerk::source::Files;
use leitwerk::world::OsWorld;

/// More than enough for an unoptimised program on a busy machine; what is quadratic takes hours.
const REASONABLE: Duration = Duration::from_secs(120);

/// Longest frame of a finding, in bytes.
const FRAME: usize = 3_000;

/// Builds a site of one chapter with this body; what is said and how often each code.
fn build(body: &str) -> (String, Vec<Code>) {
    let site = tempfile::tempdir().unwrap();
    super::SMALLEST.iter().for_each(|(path, text)| super::put(site.path(), path, text));
    let chapter = site.path().join("content/guidelines/1.0/01-ziele.md");
    std::fs::write(chapter, format!("+++\ntitle = \"Ziele\"\n+++\n\n{body}\n")).unwrap();
    let (mut files, mut found) = (Files::default(), Diagnostics::new());
    let started = Instant::now();
    build_quietly(site.path(), &mut files, &mut found);
    assert!(started.elapsed() < REASONABLE, "took {:?}", started.elapsed());
    let said = diagnostic::render_human(&found, &files, &Catalogue::english(), false);
    (said, found.iter().map(|finding| finding.code).collect())
}

fn build_quietly(site: &Path, files: &mut Files, found: &mut Diagnostics) {
    let world = OsWorld::new(Some("2026-01-01".parse().unwrap()));
    leitwerk::build(&world, site, &leitwerk::BuildOptions::default(), files, found);
    found.retain(|found| found.code != Code::Unsealed);
    diagnostic::sort(found, files);
}

#[test]
fn a_paragraph_of_five_megabytes() {
    let (said, _) = build(&"Die Behörde prüft jeden Fall. ".repeat(5_000_000 / 31));
    assert_eq!(said, "");
}

#[test]
fn ten_thousand_paragraphs() {
    let body: String = (0..10_000).map(|at| format!("Absatz {at} nennt seine eigene Nummer.\n\n")).collect();
    assert_eq!(build(&body).0, "");
}

#[test]
fn ten_thousand_nested_quotations() {
    let (said, codes) = build(&format!("{} tief", ">".repeat(10_000)));
    assert_eq!(codes, [Code::TooDeep]);
    assert!(said.len() < FRAME, "{said}");
}

#[test]
fn ten_thousand_nested_lists() {
    let (said, codes) = build(&format!("{}tief", "- ".repeat(10_000)));
    assert_eq!(codes, [Code::TooDeep]);
    assert!(said.len() < FRAME, "{said}");
}

#[test]
fn lists_nested_by_indentation() {
    let body: String = (0..1_000).map(|depth| format!("{}- tief\n", "  ".repeat(depth))).collect();
    assert_eq!(build(&body).1, [Code::TooDeep]);
}

#[test]
fn a_hundred_thousand_brackets() {
    for brackets in ["[", "[[", "![", "[^", "](", "<", "{#", "**_", "|"] {
        let (said, codes) = build(&brackets.repeat(100_000 / brackets.len()));
        assert!(codes.len() < 100, "{brackets}: {} findings", codes.len());
        assert!(said.len() < 100 * FRAME, "{brackets}: {} bytes", said.len());
    }
}

#[test]
fn a_mistake_in_a_line_of_a_megabyte() {
    let words = "Die Behörde prüft jeden Fall. ".repeat(17_000);
    let (said, codes) = build(&format!("{words}Siehe [[wert:fairness]]. {words}"));
    assert_eq!(codes, [Code::UnknownTarget]);
    assert!(said.len() < FRAME, "{} bytes", said.len());
    assert!(said.contains("wert:fairness") && said.contains("^^^"), "{said}");
}

#[test]
fn ten_thousand_mistakes() {
    let (_, codes) = build(&"Siehe [[wert:fairness]].\n\n".repeat(10_000));
    assert_eq!(codes.len(), 10_000);
}
