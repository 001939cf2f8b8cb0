//! How good the comparison is, and how fast: measured on real texts, given as a folder.
//!
//! `cargo bench --bench comparison -- FOLDER [MEASUREMENT…]`

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a measurement that cannot be made ends")]

use std::path::Path;

mod change_log;
mod editors;
mod hidden_ids;
mod mutations;
mod scale;
mod thresholds;

/// What the property tests make and change texts with.
#[allow(dead_code, reason = "the tests use the rest of it")]
#[path = "../../tests/properties"]
mod properties {
    pub mod edits;
    pub mod generate;
    pub mod mutations;
    pub mod texts;
}

use editors::Truth;
use properties::mutations::Text;
use properties::texts::corpora;
use thresholds::Texts;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let Some((folder, wanted)) = arguments.split_first() else {
        println!("usage: cargo bench --bench comparison -- FOLDER [editors|ids|log|mutations|scale|thresholds]…");
        return;
    };
    if let ("scale-one", [factor]) = (folder.as_str(), wanted) {
        return scale::one(factor.parse().unwrap_or(1));
    }
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name);
    let mut texts = Texts { truth: None, changed: Vec::new() };
    for corpus in corpora(Path::new(folder)) {
        let language = if corpus.name() == "asvs" { "en" } else { "de" };
        let truth = Truth::read(&corpus);
        if let Some(truth) = truth.as_ref().filter(|_| is_wanted("editors")) {
            println!("\n{}: links that the editors name", corpus.name());
            truth.report();
        }
        if is_wanted("ids") && hidden_ids::has_numbers(&corpus) {
            println!("\n{}: rows of one number, numbers hidden", corpus.name());
            hidden_ids::report(&corpus, language);
        }
        if is_wanted("log") && corpus.name() == "odh-berlin" {
            println!("\n{}: what its editors' change log names", corpus.name());
            change_log::report(&corpus, language);
        }
        if is_wanted("mutations")
            && let Some(newest) = corpus.releases.last()
        {
            println!("\n{} {newest}: changed at random, with known truth", corpus.name());
            mutations::report(&corpus.chapters(newest), language);
        }
        if let Some(newest) = corpus.releases.last() {
            texts.changed.push((Text::new(&corpus.chapters(newest)), language));
        }
        texts.truth = texts.truth.or(truth);
    }
    if is_wanted("scale") {
        println!("\ngenerated texts with a tenth changed, parsed and compared");
        scale::report();
    }
    if is_wanted("thresholds") {
        println!("\nhow the figures move when one threshold does");
        texts.sweep();
    }
}
