//! Margin numbers over random histories: names that are given once, stay, and are accounted for ever after.

use std::collections::{BTreeMap, BTreeSet};

use leitwerk::align::Pairing;
use leitwerk::number::{self, Fate, Gone, Ledger, Number, Numbered, Numbering, Origin, Place};
use leitwerk::release_text::ReleaseText;
use proptest::prelude::*;

use super::edits::{Edit, edited, edits};
use super::generate::{Chapter, Piece, Release, Vocabulary, pair, release};

struct Edition {
    text: ReleaseText,
    numbering: Numbering,
    pairing: Pairing,
}

/// Numbers a release and all that follow it.
fn history(first: &Release, later: &[Vec<Edit>], vocabulary: Vocabulary) -> Vec<Edition> {
    let mut release = first.clone();
    let mut releases = vec![release.clone()];
    for edits in later {
        release = edited(&release, edits, vocabulary);
        releases.push(release.clone());
    }
    numbered(&releases)
}

fn numbered(releases: &[Release]) -> Vec<Edition> {
    let mut ledger = Ledger::default();
    let mut editions: Vec<Edition> = Vec::new();
    for release in releases {
        let text = release.text();
        let edition = match editions.last() {
            None => {
                let numbering = number::begin_series(&text, 0, &mut ledger);
                Edition { text, numbering, pairing: Pairing::default() }
            }
            Some(before) => {
                let pairing = pair(&before.text, &text);
                let old = Numbered { text: &before.text, numbering: &before.numbering };
                let numbering = number::continue_series(old, &text, &pairing, &[], &mut ledger);
                Edition { text, numbering, pairing }
            }
        };
        editions.push(edition);
    }
    editions
}

fn shown(numbers: &[Number]) -> String {
    numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// Checks every rule for every release of a history.
fn check(editions: &[Edition]) -> Result<(), TestCaseError> {
    let mut ever: BTreeSet<Number> = BTreeSet::new();
    for (at, edition) in editions.iter().enumerate() {
        let numbers = &edition.numbering.blocks;
        let distinct: BTreeSet<Number> = numbers.iter().copied().collect();
        prop_assert_eq!(distinct.len(), numbers.len(), "given twice in release {}: {}", at, shown(numbers));
        if let Some(before) = at.checked_sub(1).map(|before| &editions[before]) {
            new_numbers_are_new(before, edition, &ever)?;
            single_blocks_keep_theirs(before, edition)?;
        }
        ever.extend(numbers);
        places_are_complete(edition)?;
        all_are_accounted_for(edition, &ever)?;
    }
    Ok(())
}

/// The new numbers follow the rules, and none was ever given before.
fn new_numbers_are_new(before: &Edition, edition: &Edition, ever: &BTreeSet<Number>) -> Result<(), TestCaseError> {
    let numbering = &edition.numbering;
    let mut highest = ever.iter().map(|number| number.whole).max().unwrap_or(0);
    let mut letters: BTreeMap<u32, u32> = BTreeMap::new();
    for number in ever {
        let last = letters.entry(number.whole).or_default();
        *last = (*last).max(number.letter);
    }
    let mut nearest = 0;
    for (at, origin) in numbering.origins.iter().enumerate() {
        let number = numbering.blocks[at];
        match *origin {
            Origin::Kept { from, moved } => {
                prop_assert_eq!(number, before.numbering.blocks[from]);
                if !moved {
                    nearest = number.whole;
                }
            }
            Origin::New if number.letter == 0 => {
                highest += 1;
                prop_assert_eq!(number.whole, highest);
                prop_assert!(may_be_whole(edition, at), "{} of {}", number, shown(&numbering.blocks));
            }
            Origin::New => {
                let letter = letters.entry(nearest).or_default();
                *letter += 1;
                prop_assert_eq!(number, Number { whole: nearest, letter: *letter });
                prop_assert!(!must_be_whole(before, edition, at), "{} of {}", number, shown(&numbering.blocks));
            }
        }
    }
    Ok(())
}

fn stayed(edition: &Edition, block: usize) -> bool {
    matches!(edition.numbering.origins[block], Origin::Kept { moved: false, .. })
}

/// Only a block in a new chapter, or one with nothing behind it in its chapter that stayed, can be appended; or one in
/// a chapter that was moved behind the one in which the old text ended.
fn may_be_whole(edition: &Edition, block: usize) -> bool {
    let chapter = edition.text.blocks[block].chapter;
    let mut behind = block..edition.text.chapters[chapter].blocks.end;
    let has_moved_back = || title_moved(edition, chapter) && chapter > 0;
    edition.pairing.old_chapter(chapter).is_none() || behind.all(|block| !stayed(edition, block)) || has_moved_back()
}

fn title_moved(edition: &Edition, chapter: usize) -> bool {
    edition.pairing.main_by_new()[&edition.text.chapters[chapter].units.start].moved
}

/// A block in a new chapter, or in the chapter of the last old block behind that block if it stayed. (Of two lists whose
/// items changed places by halves neither moved as a whole; then nothing that stayed may stand behind.)
fn must_be_whole(before: &Edition, edition: &Edition, block: usize) -> bool {
    let chapter = edition.text.blocks[block].chapter;
    let Some(old_chapter) = edition.pairing.old_chapter(chapter) else { return true };
    let Some(last) = before.text.blocks.len().checked_sub(1) else { return false };
    let kept = edition.numbering.origins.iter().position(|origin| *origin == Origin::Kept { from: last, moved: false });
    let ended_here = before.text.blocks[last].chapter == old_chapter && !title_moved(edition, chapter);
    let mut behind = block..edition.text.chapters[chapter].blocks.end;
    ended_here && kept.is_some_and(|kept| kept < block) && behind.all(|block| !stayed(edition, block))
}

/// A block of one unit that is the only one to go on in another such block keeps its number.
fn single_blocks_keep_theirs(before: &Edition, edition: &Edition) -> Result<(), TestCaseError> {
    let (old, new) = (&before.text, &edition.text);
    let links = &edition.pairing.links;
    let single = |text: &ReleaseText, unit: usize| text.units[unit].block.filter(|&b| text.blocks[b].units.len() == 1);
    for link in links.iter().filter(|link| link.main) {
        let alone = links.iter().filter(|other| other.from == link.from || other.to == link.to).count() == 1;
        if let (true, Some(from), Some(to)) = (alone, single(old, link.from), single(new, link.to)) {
            prop_assert_eq!(edition.numbering.blocks[to], before.numbering.blocks[from]);
            let elsewhere = matches!(edition.numbering.origins[to], Origin::Kept { moved, .. } if moved);
            prop_assert_eq!(elsewhere, link.moved);
        }
    }
    Ok(())
}

fn gone(edition: &Edition) -> Vec<&Gone> {
    let places = edition.numbering.places.iter().flatten().filter_map(|place| match place {
        Place::Gone(gone) => Some(gone),
        Place::Block(_) => None,
    });
    places.chain(edition.numbering.gone_chapters.iter().flat_map(|chapter| &chapter.gone)).collect()
}

/// Each chapter's lines hold its blocks in order; no number is gone twice; no page of a gone chapter hides a chapter.
fn places_are_complete(edition: &Edition) -> Result<(), TestCaseError> {
    for (chapter, places) in edition.text.chapters.iter().zip(&edition.numbering.places) {
        let block = |place: &Place| if let Place::Block(block) = place { Some(*block) } else { None };
        let blocks: Vec<usize> = places.iter().filter_map(block).collect();
        prop_assert_eq!(blocks, chapter.blocks.clone().collect::<Vec<_>>());
    }
    let numbers: Vec<Number> = gone(edition).iter().map(|gone| gone.number).collect();
    let distinct: BTreeSet<Number> = numbers.iter().copied().collect();
    prop_assert_eq!(distinct.len(), numbers.len(), "gone twice: {}", shown(&numbers));
    let slugs: Vec<&String> = edition.numbering.gone_chapters.iter().map(|chapter| &chapter.slug).collect();
    let live = edition.text.chapters.iter().map(|chapter| &chapter.slug);
    let addresses: Vec<&String> = slugs.into_iter().chain(live).collect();
    let distinct: BTreeSet<&String> = addresses.iter().copied().collect();
    prop_assert_eq!(distinct.len(), addresses.len(), "one address twice: {:?}", addresses);
    Ok(())
}

/// Every number ever given is a block's or is told to be gone, and what is told of it is true.
fn all_are_accounted_for(edition: &Edition, ever: &BTreeSet<Number>) -> Result<(), TestCaseError> {
    let numbers: BTreeSet<Number> = edition.numbering.blocks.iter().copied().collect();
    let gone: BTreeMap<Number, Fate> = gone(edition).into_iter().map(|gone| (gone.number, gone.fate)).collect();
    for number in ever {
        prop_assert!(numbers.contains(number) || gone.contains_key(number), "{number} is nowhere");
    }
    for (number, fate) in &gone {
        prop_assert!(ever.contains(number), "{number} was never given");
        prop_assert_eq!(*fate == Fate::Moved, numbers.contains(number), "{} {:?}", number, fate);
        if let Fate::MergedInto(other) = fate {
            prop_assert!(ever.contains(other) && other != number, "{number} went into {other}");
        }
    }
    Ok(())
}

/// One to four further releases.
fn later() -> impl Strategy<Value = Vec<Vec<Edit>>> {
    proptest::collection::vec(edits(8), 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn numbers_are_names(first in release(Vocabulary::Rich), later in later()) {
        check(&history(&first, &later, Vocabulary::Rich))?;
    }

    #[test]
    fn numbers_are_names_where_texts_repeat(first in release(Vocabulary::Poor), later in later()) {
        check(&history(&first, &later, Vocabulary::Poor))?;
    }
}

/// The paragraphs of the worked example of the content model, by name.
fn example(name: &str) -> Piece {
    let text = match name {
        "eins" => "Die Leitlinien gelten für alle Behörden, die Verfahren der künstlichen Intelligenz einsetzen.",
        "zwei" => "Jede Behörde benennt vor dem Einsatz eine Person, die das Verfahren fachlich verantwortet.",
        "drei" => "Ein Verzeichnis der eingesetzten Systeme wird gepflegt und jährlich veröffentlicht.",
        "vier" => "Trainingsdaten stammen aus Beständen, deren Herkunft lückenlos belegt ist.",
        "fuenf" => FIVE,
        "sechs" => {
            "Abweichungen zwischen Gruppen von Betroffenen sind zu messen, zu bewerten und dem Fachbereich vorzulegen, bevor ein Modell freigegeben wird."
        }
        "vor eins" => "Vorangestellt ist ein Überblick über Begriffe und Abkürzungen.",
        "nach zwei" => "Vertretungen sind schriftlich zu regeln.",
        "nach zwei vorn" => "Wechselt die Zuständigkeit, wird der Bestand förmlich übergeben.",
        "nach sechs" => "Ergebnisse solcher Messungen gehören in den Jahresbericht.",
        other => {
            return Piece::Paragraph(format!("Absatz {other} des neuen Kapitels behandelt das Thema {other}{other}."));
        }
    };
    Piece::Paragraph(text.into())
}

const FIVE: &str = "Löschfristen werden vor der ersten Verarbeitung festgelegt und technisch durchgesetzt, ohne dass es \
    eines Antrags bedarf. Sicherungskopien sind davon nicht ausgenommen.";

fn example_chapter(slug: &str, pieces: Vec<Piece>) -> Chapter {
    Chapter { slug: slug.into(), title: format!("Kapitel {slug}"), pieces }
}

#[test]
fn the_worked_example_of_the_content_model() {
    let named = |names: &[&str]| names.iter().map(|name| example(name)).collect::<Vec<_>>();
    let a = example_chapter("a", named(&["eins", "zwei", "drei"]));
    let b = example_chapter("b", named(&["vier", "fuenf", "sechs"]));
    let first = Release(vec![a, b]);
    let a = example_chapter("a", named(&["vor eins", "eins", "zwei", "nach zwei", "drei"]));
    let between = example_chapter("neu", named(&["P", "Q", "R", "S"]));
    let b = example_chapter("b", named(&["vier", "fuenf", "sechs", "nach sechs"]));
    let second = Release(vec![a, between.clone(), b]);
    let a = example_chapter("a", named(&["vor eins", "eins", "zwei", "nach zwei vorn", "nach zwei", "drei"]));
    let (Piece::Paragraph(four), Piece::Paragraph(six)) = (example("vier"), example("sechs")) else { unreachable!() };
    let (five, rest) = FIVE.split_once(". ").unwrap();
    let b = vec![
        Piece::Paragraph(format!("{five}.")),
        Piece::Paragraph(rest.into()),
        Piece::Paragraph(format!("{four} {six}")),
        example("nach sechs"),
    ];
    let third = Release(vec![a, between, example_chapter("b", b)]);
    let editions = numbered(&[first, second, third]);
    let numbers: Vec<String> = editions.iter().map(|edition| shown(&edition.numbering.blocks)).collect();
    assert_eq!(numbers[0], "1 2 3 4 5 6");
    assert_eq!(numbers[1], "0a 1 2 2a 3 7 8 9 10 4 5 6 11");
    assert_eq!(numbers[2], "0a 1 2 2b 2a 3 7 8 9 10 5 5a 6 11");
    let four = editions[2].numbering.gone(Number::whole(4)).unwrap();
    assert_eq!(four.fate, Fate::MergedInto(Number::whole(6)));
}

#[test]
fn a_restored_text_gets_a_new_number_and_a_restored_chapter_its_old_page() {
    let named = |names: &[&str]| names.iter().map(|name| example(name)).collect::<Vec<_>>();
    let a = example_chapter("a", named(&["eins", "zwei"]));
    let b = example_chapter("b", named(&["vier", "sechs"]));
    let both = Release(vec![b, a.clone()]);
    let editions = numbered(&[both.clone(), Release(vec![a]), both]);
    let last = &editions[2].numbering;
    assert_eq!(shown(&editions[1].numbering.blocks), "3 4");
    assert_eq!(shown(&last.blocks), "5 6 3 4");
    assert_eq!(last.gone_chapters, []);
    let gone = |number| Place::Gone(Gone { number: Number::whole(number), fate: Fate::Deleted });
    assert_eq!(last.places[0], [gone(1), gone(2), Place::Block(0), Place::Block(1)]);
}

#[test]
fn a_new_series_counts_from_one_and_gives_nothing_twice() {
    let named = |names: &[&str]| names.iter().map(|name| example(name)).collect::<Vec<_>>();
    let first = Release(vec![example_chapter("a", named(&["eins", "zwei"]))]).text();
    let second = Release(vec![example_chapter("a", named(&["vor eins", "eins", "zwei"]))]).text();
    let mut ledgers = [Ledger::default(), Ledger::default()];
    let old = number::begin_series(&first, 0, &mut ledgers[0]);
    let renumbered = number::begin_series(&second, 1, &mut ledgers[1]);
    assert_eq!((shown(&old.blocks), old.series), ("1 2".into(), 0));
    assert_eq!((shown(&renumbered.blocks), renumbered.series), ("1 2 3".into(), 1));
    let third = Release(vec![example_chapter("a", named(&["vor eins", "eins", "zwei", "drei"]))]).text();
    let before = Numbered { text: &second, numbering: &renumbered };
    let after = number::continue_series(before, &third, &pair(&second, &third), &[], &mut ledgers[1]);
    assert_eq!((shown(&after.blocks), after.series), ("1 2 3 4".into(), 1));
}
