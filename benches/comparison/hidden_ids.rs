//! Pairing numbered requirements whose numbers are hidden: rows of one number in neighbouring releases belong together,
//! and their text alone must say so.

use std::collections::{BTreeMap, HashMap};

use leitwerk::align;
use leitwerk::release_text::{ReleaseText, UnitKind};
use leitwerk::tokens::{self, Token};

use crate::properties::texts::Corpus;

/// Prints for each pair of neighbouring releases that share numbered rows how many are paired right.
pub fn report(corpus: &Corpus, language: &str) {
    let (mut right, mut all) = (0, 0);
    for releases in corpus.releases.windows(2) {
        let (old_rows, old) = hidden(corpus.text(&releases[0]));
        let (new_rows, new) = hidden(corpus.text(&releases[1]));
        let pairing = align::align(&old, &new, &[], language).main_by_new();
        let from: HashMap<usize, usize> = pairing.into_values().map(|link| (link.from, link.to)).collect();
        // A row that says only that its requirement was deleted is not the requirement.
        let is_note = |unit: &usize| tokens::text(&new.units[*unit].tokens).starts_with("[DELETED");
        let there = |id: &String| new_rows.get(id).copied().filter(|unit| !is_note(unit));
        let common: Vec<(&String, usize, usize)> =
            old_rows.iter().filter_map(|(id, &from)| Some((id, from, there(id)?))).collect();
        // From a renumbering on numbers say nothing of what belongs together.
        if common.is_empty() || common.len() * 2 < old_rows.len() {
            continue;
        }
        let is_right = |&(_, old, new): &(&String, usize, usize)| from.get(&old) == Some(&new);
        let (found, missed): (Vec<_>, Vec<_>) = common.into_iter().partition(is_right);
        println!("  {} → {}: {} of {} rows", releases[0], releases[1], found.len(), found.len() + missed.len());
        for (id, ..) in &missed {
            println!("    not paired: {id}");
        }
        right += found.len();
        all += found.len() + missed.len();
    }
    if all > 0 {
        println!("  {right} of {all}: {:.2} %", 100.0 * right as f64 / all as f64);
    }
}

/// Whether the newest release has rows that begin with a number.
pub fn has_numbers(corpus: &Corpus) -> bool {
    corpus.releases.last().is_some_and(|newest| !hidden(corpus.text(newest)).0.is_empty())
}

/// The rows that begin with a number, by that number, and the text without their first cells.
fn hidden(mut text: ReleaseText) -> (BTreeMap<String, usize>, ReleaseText) {
    let mut rows = BTreeMap::new();
    for (at, unit) in text.units.iter_mut().enumerate().filter(|(_, unit)| unit.kind == UnitKind::Row) {
        let Some(end) = unit.tokens.iter().position(Token::parts_cells) else { continue };
        let cell = tokens::text(&unit.tokens[..end]).replace('\u{2011}', "-");
        let numbered = cell.contains(['.', '-']) && cell.chars().any(|c| c.is_ascii_digit()) && !cell.contains(' ');
        if numbered {
            rows.entry(cell).or_insert(at);
        }
        if numbered || unit.shape == "header" {
            unit.tokens.drain(..=end);
            unit.words = unit.tokens.iter().filter(|token| token.is_word()).count();
        }
    }
    (rows, text)
}
