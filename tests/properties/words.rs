//! `words::diff`: nothing is lost, nothing is said twice, and it is told alike in both directions.

use std::time::{Duration, Instant};

use leitwerk::markdown::Inline;
use leitwerk::tokens::{Token, Tokenizer};
use leitwerk::words::{self, Op};
use proptest::prelude::*;

use super::generate::{Random, Vocabulary, word};
use super::mirror::{once_in_order, undone};

fn tokens(text: &str) -> Vec<Token> {
    Tokenizer::new(&[], &|reference| reference.target.value.clone()).inlines(&[Inline::Text(text.to_owned())])
}

/// Texts of few words and signs, so that they have much in common.
fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "b",
        "die",
        "der",
        "und",
        "Verwaltung",
        "Entscheidung",
        "Datenschutz",
        ".",
        ",",
        "(",
        "–",
        "5",
        "muss",
    ]);
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn every_token_stands_in_one_run_and_the_runs_lead_there_and_back(a in text(), b in text()) {
        let (a, b) = (tokens(&a), tokens(&b));
        let runs = words::diff(&a, &b);
        prop_assert_eq!(once_in_order(&runs, &a, &b), Ok(()));
        prop_assert_eq!(undone(&runs, &a, &b), a.as_slice());
        prop_assert_eq!(words::apply(&runs, &a, &b), b.as_slice());
    }

    #[test]
    fn the_opposite_comparison_tells_of_the_same_tokens(a in text(), b in text()) {
        let (a, b) = (tokens(&a), tokens(&b));
        let kept = |runs: &[words::Run]| {
            runs.iter().filter(|run| run.op == Op::Equal).map(|run| (run.old.clone(), run.new.clone())).collect::<Vec<_>>()
        };
        let back: Vec<_> = kept(&words::diff(&b, &a)).into_iter().map(|(b, a)| (a, b)).collect();
        prop_assert_eq!(kept(&words::diff(&a, &b)), back);
    }

    #[test]
    fn a_text_is_equal_to_itself(a in text()) {
        let a = tokens(&a);
        let runs = words::diff(&a, &a);
        prop_assert!(runs.iter().all(|run| run.op == Op::Equal) && runs.len() <= 1);
        prop_assert_eq!(words::kept_words(&runs, &a), a.iter().filter(|token| token.is_word()).count());
    }
}

/// Lists of 200,000 tokens, of a few words and of many: what would be quadratic takes minutes here.
#[test]
fn two_long_different_texts_are_compared_in_seconds() {
    for vocabulary in [Vocabulary::Poor, Vocabulary::Rich] {
        let text = |seed: u64| {
            let mut random = Random(seed);
            (0..200_000).map(|_| word(&mut random, vocabulary)).collect::<Vec<_>>().join(" ")
        };
        let (a, b) = (tokens(&text(1)), tokens(&text(2)));
        let start = Instant::now();
        let runs = words::diff(&a, &b);
        let took = start.elapsed();
        println!("200,000 tokens against 200,000, {vocabulary:?} vocabulary: {} ms", took.as_millis());
        assert_eq!(once_in_order(&runs, &a, &b), Ok(()));
        assert!(took < Duration::from_secs(if cfg!(debug_assertions) { 40 } else { 8 }), "{took:?}");
    }
}
