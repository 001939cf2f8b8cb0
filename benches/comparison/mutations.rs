//! Real text changed at random with known truth: how many of the true links are found, edit by edit.

use leitwerk::align::Thresholds;

use crate::properties::generate::Random;
use crate::properties::mutations::{Edit, Score, Text, judge};
use crate::properties::texts::Chapter;

/// Times each text is changed anew.
const ROUNDS: u64 = 20;
/// Edits a round.
const EDITS: usize = 12;

/// Prints precision and recall for each kind of edit alone, and for all together.
pub fn report(chapters: &[Chapter], language: &str) {
    let text = Text::new(chapters);
    for edit in Edit::ALL {
        let score = score(&text, language, Thresholds::default(), |_| vec![edit; EDITS]);
        println!("  {:<8} {}", format!("{edit:?}").to_lowercase(), Line(score));
    }
    println!("  {:<8} {}", "all", Line(all(&text, language, Thresholds::default())));
}

/// The score of edits of all kinds together.
pub fn all(text: &Text, language: &str, thresholds: Thresholds) -> Score {
    let edits = |random: &mut Random| (0..3 * EDITS).map(|_| *random.one(&Edit::ALL)).collect();
    score(text, language, thresholds, edits)
}

fn score(text: &Text, language: &str, thresholds: Thresholds, edits: impl Fn(&mut Random) -> Vec<Edit>) -> Score {
    let mut score = Score::default();
    for seed in 0..ROUNDS {
        let mut random = Random(seed);
        let edits = edits(&mut random);
        score.add(judge(text, &text.edited(&edits, &mut random), language, thresholds));
    }
    score
}

/// A score as it is printed.
pub struct Line(pub Score);

impl std::fmt::Display for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Score { right, found, owed } = self.0;
        write!(f, "{owed:>4} links, {right:>4} found, {:>3} wrong", found - right)?;
        if owed > 0 {
            write!(f, ": precision {:.3}, recall {:.3}", self.0.precision(), self.0.recall())?;
        }
        Ok(())
    }
}
