//! Comparing generated releases: what holds of any two, and what each single edit must be told as.

use leitwerk::changes::{Change, ChangeKind, Changes};
use leitwerk::release_text::UnitKind;
use proptest::prelude::*;

use super::edits::{edited, edits, halves, reworded};
use super::generate::{Chapter, Piece, Random, Release, Vocabulary, compare, paragraph, release, release_text};
use super::mirror;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_two_releases_are_compared_completely_and_alike_in_both_directions(
        old in release(Vocabulary::Rich), edits in edits(12)
    ) {
        let new = edited(&old, &edits, Vocabulary::Rich).text();
        let old = old.text();
        prop_assert_eq!(mirror::check(&old, &new), Ok(()));
    }

    #[test]
    fn releases_that_repeat_themselves_too(old in release(Vocabulary::Poor), edits in edits(12)) {
        let new = edited(&old, &edits, Vocabulary::Poor).text();
        let old = old.text();
        prop_assert_eq!(mirror::check(&old, &new), Ok(()));
    }

    #[test]
    fn releases_that_have_nothing_to_do_with_each_other_too(a in release(Vocabulary::Poor), b in release(Vocabulary::Poor)) {
        prop_assert_eq!(mirror::check(&a.text(), &b.text()), Ok(()));
    }

    #[test]
    fn a_release_does_not_differ_from_itself(a in release(Vocabulary::Rich), b in release(Vocabulary::Poor)) {
        prop_assert_eq!(mirror::check_same(&a.text()), Ok(()));
        prop_assert_eq!(mirror::check_same(&b.text()), Ok(()));
    }
}

/// A chapter of long paragraphs, lists and quotations that have nothing in common.
fn plain_release(seed: u64, paragraphs: usize) -> Release {
    let mut random = Random(seed);
    let mut pieces = vec![Piece::Heading("Grundsätze der Anwendung".into())];
    for at in 0..paragraphs {
        let least = 20 + random.below(40);
        let text = paragraph(&mut random, Vocabulary::Rich, least);
        pieces.push(if at % 5 == 4 { Piece::Quote(text) } else { Piece::Paragraph(text) });
    }
    Release(vec![Chapter { slug: "kapitel".into(), title: "Das Kapitel".into(), pieces }])
}

fn told(changes: &Changes) -> Vec<(UnitKind, &[ChangeKind], usize, usize)> {
    let entry = |entry: &'_ Change| (entry.unit, entry.from.len(), entry.to.len());
    let kinds = changes.entries.iter().map(|entry| entry.kinds.as_slice());
    let shapes = changes.entries.iter().map(entry);
    shapes.zip(kinds).map(|((unit, from, to), kinds)| (unit, kinds, from, to)).collect()
}

fn paragraphs(release: &Release) -> Vec<usize> {
    let is_paragraph = |piece: &Piece| matches!(piece, Piece::Paragraph(_));
    let pieces = &release.0[0].pieces;
    (0..pieces.len()).filter(|&at| is_paragraph(&pieces[at])).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn two_blocks_that_changed_places_are_one_move(seed in any::<u64>(), at in 1_usize..9) {
        let old = plain_release(seed, 10);
        let mut new = old.clone();
        new.0[0].pieces.swap(at, at + 1);
        let changes = compare(&old.text(), &new.text());
        prop_assert_eq!(told(&changes), [(UnitKind::Block, &[ChangeKind::Moved][..], 1, 1)]);
    }

    #[test]
    fn the_block_that_moved_is_the_shorter_one(seed in any::<u64>(), at in 1_usize..9) {
        let old = plain_release(seed, 10);
        let mut new = old.clone();
        new.0[0].pieces.swap(at, at + 1);
        let (old, new) = (old.text(), new.text());
        let changes = compare(&old, &new);
        let moved = changes.entries[0].from[0];
        // Units: the title, the heading, the paragraphs; so block `at` is unit `at + 1`.
        let other = if moved == at + 1 { at + 2 } else { at + 1 };
        prop_assert!(old.units[moved].words <= old.units[other].words);
    }

    #[test]
    fn a_block_in_another_chapter_is_one_move(seed in any::<u64>(), at in 1_usize..10, to in 0_usize..5) {
        let mut old = plain_release(seed, 10);
        let second = plain_release(seed ^ 1, 5).0.remove(0);
        old.0.push(Chapter { slug: "zweites".into(), title: "Das zweite".into(), ..second });
        let mut new = old.clone();
        let piece = new.0[0].pieces.remove(at);
        new.0[1].pieces.insert(to, piece);
        let changes = compare(&old.text(), &new.text());
        prop_assert_eq!(told(&changes), [(UnitKind::Block, &[ChangeKind::Moved][..], 1, 1)]);
    }

    #[test]
    fn two_joined_paragraphs_are_one_merge(seed in any::<u64>(), at in any::<u8>()) {
        let mut release = plain_release(seed, 10);
        let places = paragraphs(&release);
        let at = places[usize::from(at) % places.len()];
        let Piece::Paragraph(text) = release.0[0].pieces[at].clone() else { unreachable!() };
        let Some((first, second)) = halves(&text) else { return Ok(()) };
        let joined = release.clone();
        release.0[0].pieces.splice(at..=at, [Piece::Paragraph(first), Piece::Paragraph(second)]);
        let (parted, joined) = (release.text(), joined.text());
        let merged = compare(&parted, &joined);
        prop_assert_eq!(told(&merged), [(UnitKind::Block, &[ChangeKind::Merged][..], 2, 1)]);
        let split = compare(&joined, &parted);
        prop_assert_eq!(told(&split), [(UnitKind::Block, &[ChangeKind::Split][..], 1, 2)]);
    }

    #[test]
    fn one_other_word_is_one_amendment(seed in any::<u64>(), at in any::<u8>()) {
        let old = plain_release(seed, 10);
        let places = paragraphs(&old);
        let at = places[usize::from(at) % places.len()];
        let mut new = old.clone();
        let Piece::Paragraph(text) = &mut new.0[0].pieces[at] else { unreachable!() };
        let changed = reworded(text, &mut Random(seed), Vocabulary::Rich);
        prop_assume!(changed.to_lowercase() != text.to_lowercase());
        *text = changed;
        let changes = compare(&old.text(), &new.text());
        prop_assert_eq!(told(&changes), [(UnitKind::Block, &[ChangeKind::Amended][..], 1, 1)]);
    }

    #[test]
    fn white_space_is_no_change(seed in any::<u64>(), places in proptest::collection::vec((any::<u16>(), 0_u8..4), 1..30)) {
        let old = plain_release(seed, 6).text();
        let release = plain_release(seed, 6);
        let spaced = |text: &str| {
            let mut words: Vec<String> = text.split(' ').map(ToOwned::to_owned).collect();
            for (place, kind) in &places {
                let at = usize::from(*place) % words.len();
                if !words[at].ends_with(char::is_whitespace) {
                    words[at] += ["\n", "\u{a0}", "  ", "\u{202f}"][usize::from(*kind)];
                }
            }
            words.join(" ").replace("\n ", "\n").replace("\u{a0} ", "\u{a0}").replace("\u{202f} ", "\u{202f}")
        };
        let mut new = release;
        for piece in &mut new.0[0].pieces {
            if let Piece::Paragraph(text) = piece {
                *text = spaced(text).trim().to_owned();
            }
        }
        let changes = compare(&old, &new.text());
        prop_assert_eq!(told(&changes), []);
    }

    #[test]
    fn a_chapter_with_another_name_is_one_renaming(seed in any::<u64>(), both in any::<bool>()) {
        let old = plain_release(seed, 6);
        let mut new = old.clone();
        new.0[0].slug = "anders".into();
        if both {
            new.0[0].title = "Neuer Name".into();
        }
        let changes = compare(&old.text(), &new.text());
        prop_assert_eq!(told(&changes), [(UnitKind::Chapter, &[ChangeKind::Renamed][..], 1, 1)]);
    }

    #[test]
    fn a_chapter_at_another_place_is_one_move(seed in any::<u64>(), to in 0_usize..3) {
        let mut old = Release::default();
        for (name, count) in [("eins", 6), ("zwei", 4), ("drei", 5), ("vier", 7)] {
            let chapter = plain_release(seed ^ count as u64, count).0.remove(0);
            old.0.push(Chapter { slug: name.into(), title: format!("Kapitel {name}"), ..chapter });
        }
        let mut new = old.clone();
        let chapter = new.0.pop().unwrap();
        new.0.insert(to, chapter);
        let changes = compare(&old.text(), &new.text());
        let moved = (UnitKind::Chapter, &[ChangeKind::Moved][..], 1, 1);
        // Before the last of three the chapters before it may be what moved; told as few words as can be.
        prop_assert!(told(&changes).iter().all(|entry| *entry == moved) && !changes.entries.is_empty());
        prop_assert!(changes.entries.len() <= 2, "{:?}", told(&changes));
    }
}

/// One release of one chapter.
fn chapter(markdown: &str) -> leitwerk::release_text::ReleaseText {
    release_text(&[("kapitel".into(), "Kapitel".into(), markdown.into())])
}

#[test]
fn a_bullet_that_becomes_a_paragraph_keeps_its_lineage() {
    let old = chapter(
        "- Die Stelle benennt eine verantwortliche Person für jedes Verfahren.\n- Sie führt darüber ein Verzeichnis.\n",
    );
    let new = chapter(
        "Die Stelle benennt eine verantwortliche Person für jedes Verfahren.\n\n- Sie führt darüber ein Verzeichnis.\n",
    );
    let changes = compare(&old, &new);
    assert_eq!(told(&changes), [(UnitKind::Block, &[ChangeKind::Amended][..], 1, 1)]);
}

#[test]
fn an_item_more_does_not_shift_the_others() {
    let old = chapter("1. Daten erheben\n2. Daten prüfen\n3. Daten löschen\n");
    let new = chapter("1. Zweck festlegen und begründen\n2. Daten erheben\n3. Daten prüfen\n4. Daten löschen\n");
    assert_eq!(told(&compare(&old, &new)), [(UnitKind::Item, &[ChangeKind::Inserted][..], 0, 1)]);
}

#[test]
fn a_row_in_another_table_is_a_move() {
    let table = |rows: &[&str]| format!("| Nr. | Vorgabe |\n| --- | --- |\n{}\n", rows.concat());
    let (a, b) = ("| 1.1 | Zugänge werden einzeln vergeben. |\n", "| 1.2 | Zugriffe werden aufgezeichnet. |\n");
    let (c, d) = ("| 2.1 | Sicherungen werden getrennt verwahrt. |\n", "| 2.2 | Rückspielen wird jährlich geübt. |\n");
    let old = chapter(&format!("## Zugang\n\n{}\n## Sicherung\n\n{}", table(&[a, b]), table(&[c, d])));
    let new = chapter(&format!("## Zugang\n\n{}\n## Sicherung\n\n{}", table(&[a]), table(&[c, b, d])));
    assert_eq!(told(&compare(&old, &new)), [(UnitKind::Row, &[ChangeKind::Moved][..], 1, 1)]);
}
