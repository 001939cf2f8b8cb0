//! Compares the two texts of each case in `tests/comparing/`, one text file each, and compares what `diff` says of them.
//!
//! A case is what stands before its first `==` (a remark), then `== old` and `== new` with the Markdown of one chapter each,
//! then `== output` with the report for the terminal, in plain German at 80 columns. `UPDATE=1` rewrites the outputs.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use leitwerk::align;
use leitwerk::changes;
use leitwerk::number::{self, Ledger, Numbered, Side};
use leitwerk::release_text::ReleaseText;
use leitwerk::render::theme;
use leitwerk::report::{Report, terminal};

use crate::properties::generate::release_text;

#[test]
fn every_comparison_is_told_as_it_should_be() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/comparing");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    let wrong: Vec<String> = cases.iter().filter_map(|case| run(case).err()).collect();
    assert!(wrong.is_empty(), "{}\nUPDATE=1 rewrites them; then read what changed", wrong.join("\n"));
}

fn run(case: &Path) -> Result<(), String> {
    let text = fs::read_to_string(case).unwrap();
    let (input, expected) = text.split_once("== output\n").unwrap_or((&text, ""));
    let sections: BTreeMap<&str, &str> =
        input.split("== ").skip(1).filter_map(|section| section.split_once('\n')).collect();
    let said = compared(sections["old"], sections["new"]);
    if said == expected {
        return Ok(());
    }
    if std::env::var_os("UPDATE").is_some() {
        fs::write(case, format!("{input}== output\n{said}")).unwrap();
        return Ok(());
    }
    Err(format!("{}: expected\n{expected}\nbut found\n{said}", case.display()))
}

fn compared(old: &str, new: &str) -> String {
    let (old, new) = (text(old), text(new));
    let pairing = align::align(&old, &new, &[], "de");
    let mut ledger = Ledger::default();
    let before = number::begin_series(&old, 0, &mut ledger);
    let numbered = Numbered { text: &old, numbering: &before };
    let after = number::continue_series(numbered, &new, &pairing, &[], &mut ledger);
    let (old, new) = (Side { text: &old, numbers: &before.blocks }, Side { text: &new, numbers: &after.blocks });
    let changes = changes::compare(old, new, &pairing, &[]);
    let report = Report { changes: &changes, from: "1.0", to: "1.1", old, new, locale: &theme::built_in_locale("de") };
    let text = terminal::render(&report, terminal::Look { width: 80, colour: false });
    // The head is the same everywhere: what is compared, and the chapter's title.
    text.lines().skip(1).map(|line| format!("{line}\n")).collect()
}

fn text(markdown: &str) -> ReleaseText {
    release_text(&[("kapitel".into(), "Kapitel".into(), markdown.into())])
}
