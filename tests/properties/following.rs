//! What must hold of a paragraph that is followed to another edition, also where the numbering begins anew between them.

use leitwerk::align::Pairing;
use leitwerk::changes;
use leitwerk::history::{Edition, History};
use leitwerk::number::{self, Found, Ledger, Numbered};
use leitwerk::tokens::Token;
use proptest::collection::vec;
use proptest::prelude::*;

use super::edits::{Edit, edited, edits};
use super::generate::{Release, Vocabulary, pair, release};
use super::mirror;

/// A history of releases, each made from the one before by edits; `true` begins a new series of numbers.
fn history(first: &Release, later: &[(bool, Vec<Edit>)], vocabulary: Vocabulary) -> History {
    let mut ledgers = vec![Ledger::default()];
    let mut release = first.clone();
    let text = release.text();
    let numbering = number::begin_series(&text, 0, &mut ledgers[0]);
    let mut editions =
        vec![Edition { text: text.into(), numbering, predecessor: None, pairing: Pairing::default(), sealed: false }];
    for (at, (renumber, edits)) in later.iter().enumerate() {
        release = edited(&release, edits, vocabulary);
        let (text, before) = (release.text(), &editions[at]);
        let pairing = pair(&before.text, &text);
        let numbering = if *renumber {
            ledgers.push(Ledger::default());
            let series = ledgers.len() - 1;
            let origins = number::origins(&before.text, &text, &pairing, &[]);
            number::begin_series(&text, series, &mut ledgers[series]).going_on(origins)
        } else {
            let old = Numbered { text: &before.text, numbering: &before.numbering };
            number::continue_series(old, &text, &pairing, &[], &mut ledgers[before.numbering.series])
        };
        editions.push(Edition { text: text.into(), numbering, predecessor: Some(at), pairing, sealed: false });
    }
    History { editions: editions.into_iter().map(Into::into).collect() }
}

/// What a paragraph says, unit by unit.
fn words(history: &History, edition: usize, block: usize) -> Vec<&[Token]> {
    let text = &history.editions[edition].text;
    text.units[text.blocks[block].units.clone()].iter().map(|unit| unit.tokens.as_slice()).collect()
}

/// A paragraph of which the changes between two editions tell nothing is the same in both: where it stands unchanged, or
/// where its number leads.
fn check(history: &History, from: usize, to: usize) -> Result<(), TestCaseError> {
    let (old, new) = (history.side(from), history.side(to));
    let changes = changes::compare(old, new, &history.pairing(from, to, "de"), &[]);
    let unchanged = changes.unchanged_blocks(old, new);
    for block in 0..old.text.blocks.len() {
        let Some(Found::Block(there)) = history.follow(from, block, to) else { continue };
        let touched = changes.entries.iter().any(|entry| {
            let of_old = entry.from.iter().any(|&unit| old.text.units[unit].block == Some(block));
            of_old || entry.to.iter().any(|&unit| new.text.units[unit].block == Some(there))
        });
        if !touched {
            let there = unchanged.get(&block).copied().unwrap_or(there);
            let (was, is) = (words(history, from, block), words(history, to, there));
            prop_assert_eq!(was, is, "Rn. {} of {} in {}", old.numbers[block], from, to);
        }
    }
    Ok(())
}

/// One to three further releases.
fn later() -> impl Strategy<Value = Vec<(bool, Vec<Edit>)>> {
    vec((prop::bool::weighted(0.3), edits(6)), 1..4)
}

/// The comparison of two releases, neighbours or not, is complete and mirrors the opposite one.
fn mirrors(history: &History, from: usize, to: usize) -> Result<(), TestCaseError> {
    let (there, back) = (history.pairing(from, to, "de"), history.pairing(to, from, "de"));
    let text = |edition: usize| &history.editions[edition].text;
    prop_assert_eq!(mirror::check_pairings(text(from), text(to), &there, &back), Ok(()), "{} and {}", from, to);
    Ok(())
}

/// Every pair of releases.
fn check_all(history: &History) -> Result<(), TestCaseError> {
    let mut pairs = (1..history.editions.len()).flat_map(|to| (0..to).map(move |from| (from, to)));
    pairs.try_for_each(|(from, to)| check(history, from, to).and_then(|()| mirrors(history, from, to)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn what_is_unchanged_says_the_same(first in release(Vocabulary::Rich), later in later()) {
        check_all(&history(&first, &later, Vocabulary::Rich))?;
    }

    #[test]
    fn what_is_unchanged_says_the_same_where_texts_repeat(first in release(Vocabulary::Poor), later in later()) {
        check_all(&history(&first, &later, Vocabulary::Poor))?;
    }
}
