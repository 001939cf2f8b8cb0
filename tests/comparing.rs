//! Compares the two texts of each case in `tests/comparing/`, one text file each, and compares what `diff` says of them.
//!
//! A case is what stands before its first `==` (a remark), then `== old` and `== new` with the Markdown of one chapter each,
//! where it needs them `== reasons` with lines `PLACE: TEXT` (`*` for the whole release), then `== output` with the report
//! for the terminal, in plain German at 80 columns. `UPDATE=1` rewrites the outputs.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use leitwerk::align;
use leitwerk::changes;
use leitwerk::load::ReasonSource;
use leitwerk::number::{self, Ledger, Numbered, Side};
use leitwerk::release_text::ReleaseText;
use leitwerk::render::theme;
use leitwerk::report::{Report, mail, markdown, terminal};
use leitwerk::source::{Files, Span, Spanned};

use crate::properties::generate::release_text;

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/comparing");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|end| end == "txt")).collect();
    cases.sort();
    cases
}

#[test]
fn every_comparison_is_told_as_it_should_be() {
    let wrong: Vec<String> = cases().iter().filter_map(|case| run(case).err()).collect();
    assert!(wrong.is_empty(), "{}\nUPDATE=1 rewrites them; then read what changed", wrong.join("\n"));
}

#[test]
fn every_reason_is_told_once_in_every_format_and_none_where_nothing_changed() {
    let case = Case::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/comparing/reasons.txt"));
    let formats = |report: &Report<'_>| {
        let look = terminal::Look { width: 2000, colour: false };
        [terminal::render(report, look), markdown::render(report), mail::render(report, "de")]
    };
    for said in case.report(formats) {
        let told: Vec<usize> = case.reasons.iter().map(|(_, text)| said.matches(text.as_str()).count()).collect();
        assert_eq!(told, vec![1; case.reasons.len()], "{said}");
        assert_eq!(said.matches("Grund wie bei ").count(), 1, "{said}");
    }
    let same = Case { new: case.old.clone(), ..case };
    for said in same.report(formats) {
        assert!(same.reasons.iter().all(|(_, text)| !said.contains(text.as_str())), "{said}");
    }
}

#[test]
fn no_line_is_wider_than_the_window() {
    let mut wide = Vec::new();
    for path in cases() {
        let case = Case::read(&path);
        for look in
            [80, 47, 24].into_iter().flat_map(|width| [true, false].map(|colour| terminal::Look { width, colour }))
        {
            let said = case.report(|report| terminal::render(report, look));
            let lines = said.lines().filter(|line| textwrap::core::display_width(line) > look.width);
            wide.extend(lines.map(|line| format!("{} at {}: {line}", path.display(), look.width)));
        }
    }
    assert!(wide.is_empty(), "{}", wide.join("\n"));
}

#[test]
fn changed_program_text_stands_in_a_fence_for_markdown() {
    let lines =
        ["[release]", "version = \"1.0\"", "", "a = 1", "b = 2", "c = 3", "d = 4", "e = 5", "text = \"```\"", "f = 6"];
    let code = |lines: &[&str]| format!("````toml\n{}\n````\n", lines.join("\n"));
    let mut changed = lines;
    changed[0] = "[[release]]";
    changed[8] = "text = \"``\"";
    let case = Case { old: code(&lines), new: code(&changed), reasons: Vec::new() };
    let said = case.report(markdown::render);
    let expected = "** geändert

  ````diff
  -[release]
  +[[release]]
   version = \"1.0\"

   a = 1
  …
   c = 3
   d = 4
   e = 5
  -text = \"```\"
  +text = \"``\"
   f = 6
  ````
";
    assert!(said.contains(expected), "{said}");
}

/// Two texts, and the reasons that editors gave: where and why.
struct Case {
    old: String,
    new: String,
    reasons: Vec<(String, String)>,
}

impl Case {
    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap();
        let input = text.split("== output\n").next().unwrap_or_default();
        let mut sections: BTreeMap<&str, &str> =
            input.split("== ").skip(1).filter_map(|section| section.split_once('\n')).collect();
        let reasons = sections.remove("reasons").unwrap_or_default();
        let reasons = reasons.lines().filter_map(|line| line.split_once(": "));
        let reasons = reasons.map(|(at, text)| (at.to_owned(), text.to_owned())).collect();
        Self { old: sections["old"].to_owned(), new: sections["new"].to_owned(), reasons }
    }

    /// What a report says of it.
    fn report<T>(&self, render: impl Fn(&Report<'_>) -> T) -> T {
        let (old, new) = (text(&self.old), text(&self.new));
        let pairing = align::align(&old, &new, &[], "de");
        let mut ledger = Ledger::default();
        let before = number::begin_series(&old, 0, &mut ledger);
        let numbered = Numbered { text: &old, numbering: &before };
        let after = number::continue_series(numbered, &new, &pairing, &[], &mut ledger);
        let (old, new) = (Side { text: &old, numbers: &before.blocks }, Side { text: &new, numbers: &after.blocks });
        let reasons: Vec<ReasonSource> = self.reasons.iter().map(|(at, text)| reason(at, text)).collect();
        let changes = changes::compare(old, new, &pairing, &reasons);
        let locale = &theme::built_in_locale("de");
        render(&Report { changes: &changes, from: "1.0", to: "1.1", old, new, locale })
    }
}

fn reason(at: &str, text: &str) -> ReasonSource {
    let span = Span { file: Files::default().add(PathBuf::new(), String::new()), start: 0, end: 0 };
    let at = (at != "*").then(|| Spanned { value: at.to_owned(), span });
    ReasonSource { at, text: text.to_owned(), cause: None, refs: Vec::new(), span }
}

fn run(path: &Path) -> Result<(), String> {
    let text = fs::read_to_string(path).unwrap();
    let (input, expected) = text.split_once("== output\n").unwrap_or((&text, ""));
    let look = terminal::Look { width: 80, colour: false };
    let said = Case::read(path).report(|report| terminal::render(report, look));
    // The head is the same everywhere: what is compared, and the chapter's title.
    let said: String = said.lines().skip(1).map(|line| format!("{line}\n")).collect();
    if said == expected {
        return Ok(());
    }
    if std::env::var_os("UPDATE").is_some() {
        // In one step: other tests read the case meanwhile.
        let written = path.with_extension("new");
        fs::write(&written, format!("{input}== output\n{said}")).unwrap();
        fs::rename(written, path).unwrap();
        return Ok(());
    }
    Err(format!("{}: expected\n{expected}\nbut found\n{said}", path.display()))
}

fn text(markdown: &str) -> ReleaseText {
    release_text(&[("kapitel".into(), "Kapitel".into(), markdown.into())])
}
