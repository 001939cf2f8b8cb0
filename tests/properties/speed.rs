//! Texts made to be slow: what takes quadratic time anywhere on the way from Markdown to changes shows here.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use leitwerk::changes::Changes;
use leitwerk::release_text::ReleaseText;

use super::edits::a_tenth_changed;
use super::generate::{Random, Vocabulary, compare, paragraph, release_text};

/// How long each may take: far more than it does, far less than quadratic time would.
const MOST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 10 });

fn chapter(markdown: &str) -> ReleaseText {
    release_text(&[("kapitel".into(), "Kapitel".into(), markdown.into())])
}

/// Compares two chapters given as Markdown, and says and limits how long it takes.
fn timed(name: &str, old: &str, new: &str) -> Changes {
    let start = Instant::now();
    let (from, to) = (chapter(old), chapter(new));
    let parsed = start.elapsed();
    let changes = compare(&from, &to);
    let took = start.elapsed();
    let kib = (old.len() + new.len()) / 1024;
    println!("{name}: {} ms, of these parsing {kib} KiB {} ms", took.as_millis(), parsed.as_millis());
    assert!(took < MOST, "{name}: {took:?}");
    changes
}

fn paragraphs(count: usize, seed: u64) -> Vec<String> {
    let mut random = Random(seed);
    (0..count).map(|_| paragraph(&mut random, Vocabulary::Rich, 25)).collect()
}

#[test]
fn ten_thousand_equal_paragraphs() {
    let line = "Die Behörde prüft die Angaben und legt das Ergebnis dem Fachbereich vor.\n\n";
    let changes = timed("10,000 equal paragraphs and one more", &line.repeat(10_000), &line.repeat(10_001));
    assert_eq!(changes.entries.len(), 1);
}

#[test]
fn ten_thousand_paragraphs_that_all_changed_a_little() {
    let text = |last: &str| {
        (0..10_000).fold(String::new(), |mut text, at| {
            writeln!(text, "Die Behörde prüft die Angaben zu Fall {at} und legt sie dem Fachbereich {last}.\n")
                .unwrap();
            text
        })
    };
    let changes = timed("10,000 alike paragraphs, all amended", &text("vor"), &text("offen"));
    assert_eq!(changes.unchanged.len(), 1);
}

#[test]
fn all_blocks_in_the_opposite_order() {
    let mut lines = paragraphs(5_000, 1);
    let old = lines.join("\n\n");
    lines.reverse();
    let changes = timed("5,000 paragraphs in the opposite order", &old, &lines.join("\n\n"));
    assert_eq!(changes.entries.len(), 4_999);
}

#[test]
fn every_two_blocks_changed_places() {
    let mut lines = paragraphs(5_000, 2);
    let old = lines.join("\n\n");
    lines.chunks_exact_mut(2).for_each(|pair| pair.swap(0, 1));
    let changes = timed("5,000 paragraphs, every two swapped", &old, &lines.join("\n\n"));
    assert_eq!(changes.entries.len(), 2_500);
}

#[test]
fn one_paragraph_of_a_megabyte_changed_in_the_middle() {
    let mut random = Random(3);
    let mut words: Vec<String> = (0..110_000).map(|_| super::generate::word(&mut random, Vocabulary::Rich)).collect();
    let old = words.join(" ");
    words[55_000] = "mittendrin".into();
    let changes = timed("one paragraph of a megabyte, one word changed", &old, &words.join(" "));
    assert_eq!(changes.entries.len(), 1);
}

#[test]
fn one_paragraph_of_a_megabyte_replaced() {
    let text = |seed: u64| {
        let mut random = Random(seed);
        (0..110_000).map(|_| super::generate::word(&mut random, Vocabulary::Rich)).collect::<Vec<_>>().join(" ")
    };
    let changes = timed("one paragraph of a megabyte, every word drawn anew", &text(4), &text(5));
    assert!(!changes.entries.is_empty());
}

#[test]
fn lists_two_hundred_deep() {
    let list = |word: &str| {
        (0..200).fold(String::new(), |mut text, depth| {
            writeln!(text, "{}- Punkt {depth} {word}", "  ".repeat(depth)).unwrap();
            text
        })
    };
    timed("a list 200 deep", &list("gilt"), &list("galt"));
    timed("200 quotations in each other", &format!("{}a\n", "> ".repeat(200)), &format!("{}b\n", "> ".repeat(200)));
    timed("20,000 quotation marks", &">".repeat(20_000), &">".repeat(20_001));
}

#[test]
fn three_hundred_kilobytes_with_a_tenth_changed() {
    let (old, new) = a_tenth_changed(1_000);
    let changes = timed("300 kB with a tenth changed", &old.join("\n\n"), &new.join("\n\n"));
    assert!(changes.summary.words_kept > 0.9, "{}", changes.summary.words_kept);
}

#[test]
fn a_paragraph_cut_into_thousands_of_items() {
    let lines = paragraphs(3_000, 8);
    let whole = lines.join(" ");
    let items = format!("- {}", lines.join("\n- "));
    timed("one paragraph cut into 3,000 items", &whole, &items);
}

#[test]
fn tables_of_thousands_of_rows() {
    let table = |from: usize| {
        (from..from + 5_000).fold("| Nr. | Vorgabe |\n|---|---|\n".to_owned(), |mut text, at| {
            writeln!(text, "| {at} | Zugänge der Stufe {} werden einzeln vergeben |", at % 7).unwrap();
            text
        })
    };
    timed("a table of 5,000 rows, renumbered by one", &table(0), &table(1));
}

#[test]
fn marks_that_never_close() {
    for (name, mark) in [("[[", "[["), ("{#", "{#"), ("[^", "[^"), ("[[a:b", "[[a:b"), ("<b>", "<b>"), ("**", "**a ")] {
        timed(&format!("30,000 times {name}"), &mark.repeat(30_000), &format!("{}x", mark.repeat(30_000)));
    }
    timed("30,000 references", &"[[wert:fairness]] ".repeat(30_000), &"[[wert:fairness]] ".repeat(29_999));
    timed("30,000 ids on lines", &"Wort\n\n{#a}\n\n".repeat(30_000), "");
    timed("30,000 footnotes", &"Wort[^x] ".repeat(30_000), "");
}
