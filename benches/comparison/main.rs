//! How good the comparison is, and how fast: measured on real texts, given as a folder.
//!
//! `cargo bench --bench comparison -- FOLDER [MEASUREMENT…]`

use std::path::Path;

mod corpus;
mod editors;

use corpus::Corpus;
use editors::Truth;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let Some((folder, wanted)) = arguments.split_first() else {
        println!("usage: cargo bench --bench comparison -- FOLDER [editors|thresholds]");
        return;
    };
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name);
    let Some(truth) = Corpus::read(&Path::new(folder).join("asvs")).and_then(|corpus| Truth::read(&corpus)) else {
        return;
    };
    if is_wanted("editors") {
        truth.report();
    }
    if is_wanted("thresholds") {
        editors::sweep(&truth);
    }
}
