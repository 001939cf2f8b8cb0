//! The example site's chapters changed at random, with known truth: nearly all of it must be found, and little else; and
//! whatever was done, the comparison must be complete and mirror itself.

use std::path::Path;

use leitwerk::align::Thresholds;
use proptest::prelude::*;

use super::generate::Random;
use super::mirror;
use super::mutations::{Edit, Score, Text, judge};
use super::texts::{self, Chapter};

/// The chapters of a release of the example site.
fn chapters(release: &str) -> Vec<Chapter> {
    texts::chapters(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content/guidelines").join(release))
}

fn edits(random: &mut Random, count: usize) -> Vec<Edit> {
    (0..count).map(|_| *random.one(&Edit::ALL)).collect()
}

#[test]
fn nearly_all_of_what_was_done_is_found() {
    for (release, language) in [("1.0", "de"), ("2.0", "de")] {
        let text = Text::new(&chapters(release));
        let mut score = Score::default();
        for seed in 0..30 {
            let mut random = Random(seed);
            let edits = edits(&mut random, 20);
            score.add(judge(&text, &text.edited(&edits, &mut random), language, Thresholds::default()));
        }
        println!("{release}: {score:?}, precision {:.3}, recall {:.3}", score.precision(), score.recall());
        assert!(score.owed > 300, "{score:?}");
        assert!(score.precision() > 0.95 && score.recall() > 0.95, "{release}: {score:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn whatever_was_done_is_told_completely_and_alike_in_both_directions(seed in any::<u64>(), count in 1_usize..40) {
        let mut random = Random(seed);
        let text = Text::new(&chapters("2.0"));
        let edits = edits(&mut random, count);
        let (old, new) = (text.release(), text.edited(&edits, &mut random).release());
        prop_assert_eq!(mirror::check(&old, &new), Ok(()));
        prop_assert_eq!(mirror::check_same(&new), Ok(()));
    }
}
