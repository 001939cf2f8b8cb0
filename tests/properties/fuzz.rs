//! Texts that nobody would write: whatever they are, they are compared completely, alike in both directions, and told of
//! in every form without a panic and without a word lost.

use leitwerk::changes::{self, Changes};
use leitwerk::release_text::ReleaseText;
use leitwerk::render::theme;
use leitwerk::report::{Report, mail, markdown, terminal};
use proptest::prelude::*;

use super::generate::{pair, release_text, side};
use super::mirror;

/// Any Unicode, mostly short, with marks of Markdown thrown in.
fn markdown_like() -> impl Strategy<Value = String> {
    let mark = prop::sample::select(vec![
        "\n\n",
        "\n",
        "# ",
        "- ",
        "1. ",
        "> ",
        "| a | b |\n|---|---|\n| ",
        " | ",
        "```\n",
        "**",
        "_",
        "[^1]",
        "[^1]: ",
        "[[rn:1]]",
        "](x)",
        "[",
        "{#a}",
        "\u{a0}",
        "\u{ad}",
        "\u{200b}",
        "\u{301}",
        "ß",
        "muss",
        "nicht ",
        "1. März 2026",
        "§ 5 Abs. 1",
        ".",
        " ",
    ]);
    let piece = prop_oneof![4 => mark.prop_map(str::to_owned), 1 => "\\PC{0,6}", 1 => any::<String>()];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn chapters(texts: &[String]) -> ReleaseText {
    let chapter = |(at, text): (usize, &String)| (format!("kapitel-{at}"), format!("Kapitel {at}"), text.clone());
    release_text(&texts.iter().enumerate().map(chapter).collect::<Vec<_>>())
}

/// Every word of an entry that is not in the text around it is in each report, and no line is wider than the window.
fn check_reports(old: &ReleaseText, new: &ReleaseText, changes: &Changes) -> Result<(), TestCaseError> {
    let locale = theme::built_in_locale("de");
    let report = Report { changes, from: "1.0", to: "1.1", old: side(old), new: side(new), locale: &locale };
    for look in [terminal::Look { width: 80, colour: false }, terminal::Look { width: 40, colour: true }] {
        let told = terminal::render(&report, look);
        let wide = told.lines().find(|line| textwrap::core::display_width(line) > look.width);
        prop_assert!(wide.is_none(), "wider than the window: {:?}", wide);
    }
    // What is longer than a line is broken: in one wide enough every word is whole.
    let [plain, coloured] =
        [false, true].map(|colour| terminal::render(&report, terminal::Look { width: 100_000, colour }));
    let forms = [plain, coloured, markdown::render(&report), mail::render(&report, "de")];
    for entry in changes.entries.iter().filter(|entry| entry.from.is_empty() || entry.to.is_empty()) {
        let tokens = side(old).joined_tokens(&entry.from).into_iter().chain(side(new).joined_tokens(&entry.to));
        let is_plain = |word: &String| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric());
        for word in tokens.map(|token| token.text).filter(is_plain) {
            prop_assert!(forms.iter().all(|form| form.contains(&word)), "{:?} is told nowhere", word);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_two_texts_are_compared_and_told(
        old in proptest::collection::vec(markdown_like(), 0..4), new in proptest::collection::vec(markdown_like(), 0..4)
    ) {
        let (old, new) = (chapters(&old), chapters(&new));
        prop_assert_eq!(mirror::check(&old, &new), Ok(()));
        prop_assert_eq!(mirror::check_same(&old), Ok(()));
        let changes = changes::compare(side(&old), side(&new), &pair(&old, &new), &[]);
        check_reports(&old, &new, &changes)?;
    }

    #[test]
    fn a_text_and_one_like_it_too(
        old in proptest::collection::vec(markdown_like(), 1..4), at in any::<prop::sample::Index>(), with in markdown_like()
    ) {
        let mut new = old.clone();
        let chapter = at.index(new.len());
        let text = &mut new[chapter];
        let place = (0..=text.len() / 2).rev().find(|&place| text.is_char_boundary(place)).unwrap_or(0);
        text.insert_str(place, &with);
        let (old, new) = (chapters(&old), chapters(&new));
        prop_assert_eq!(mirror::check(&old, &new), Ok(()));
        let changes = changes::compare(side(&old), side(&new), &pair(&old, &new), &[]);
        check_reports(&old, &new, &changes)?;
    }
}
