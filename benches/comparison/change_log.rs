//! The change list against the change log that the editors of a text kept: each thing their log names must have an entry
//! in the chapter where it is. `odh-berlin.tsv` was derived by reading: release, line of the log, chapter, what.

use std::collections::BTreeSet;

use leitwerk::align;
use leitwerk::changes::{self, Changes};
use leitwerk::release_text::ReleaseText;

use crate::properties::generate::side;
use crate::properties::texts::Corpus;

const LOG: &str = include_str!("odh-berlin.tsv");

/// Prints for each pair of neighbouring releases the number of entries, the chapters that have some, and what of the
/// log has none.
pub fn report(corpus: &Corpus, language: &str) {
    let (mut found, mut all) = (0, 0);
    for releases in corpus.releases.windows(2) {
        let (old, new) = (corpus.text(&releases[0]), corpus.text(&releases[1]));
        let pairing = align::align(&old, &new, &[], language);
        let changes = changes::compare(side(&old), side(&new), &pairing, &[]);
        let touched = touched(&changes, &old, &new);
        let named: Vec<Vec<&str>> = LOG.lines().map(|line| line.split('\t').collect()).collect();
        let named: Vec<&Vec<&str>> = named.iter().filter(|row| row[0] == releases[1]).collect();
        let missed: Vec<&&Vec<&str>> = named.iter().filter(|row| !touched.contains(row[2])).collect();
        let chapters: Vec<&str> = touched.iter().map(String::as_str).collect();
        println!(
            "  {:<6} → {:<6} {:>4} entries; of the log {} of {}; in {}",
            releases[0],
            releases[1],
            changes.entries.len(),
            named.len() - missed.len(),
            named.len(),
            chapters.join(", ")
        );
        for row in &missed {
            println!("    no entry: {}", row[1..].join(" "));
        }
        found += named.len() - missed.len();
        all += named.len();
    }
    println!("  {found} of {all} things that the log names");
}

/// The chapters in which something changed, by slug.
fn touched(changes: &Changes, old: &ReleaseText, new: &ReleaseText) -> BTreeSet<String> {
    let slug = |text: &ReleaseText, unit: usize| text.chapters[text.units[unit].chapter].slug.clone();
    let entries = changes.entries.iter();
    let of_old = entries.clone().flat_map(|entry| entry.from.iter().map(|&unit| slug(old, unit)));
    of_old.chain(entries.flat_map(|entry| entry.to.iter().map(|&unit| slug(new, unit)))).collect()
}
