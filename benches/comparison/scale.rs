//! Time and memory of comparing generated texts in which a tenth changed, from 300 kB to 30 MB a side. Each size runs in
//! a process of its own, on one thread, so that its memory is its own.

use std::process::Command;
use std::time::Instant;

use crate::properties::edits::a_tenth_changed;
use crate::properties::generate::{compare, release_text};
use crate::properties::texts::Chapter;

/// Paragraphs in 300 kB.
const PARAGRAPHS: usize = 960;
/// Times each size is measured; the least counts.
const ROUNDS: usize = 5;

/// Prints time and memory for each size, and how time grows.
pub fn report() {
    let mut all: Vec<(f64, f64)> = Vec::new();
    for factor in [1, 3, 10, 30, 100] {
        let Some((size, milliseconds, memory)) = measured(factor) else { continue };
        println!("  {:>6.0} kB a side: {milliseconds:>8.0} ms, {memory:>5.0} MB", size / 1000.0);
        all.push((size, milliseconds));
    }
    if let ([first, ..], [.., last]) = (all.as_slice(), all.as_slice()) {
        let exponent = (last.1 / first.1).ln() / (last.0 / first.0).ln();
        println!("  from the first to the last time grows with the size to the power of {exponent:.2}");
    }
}

/// Bytes a side, milliseconds and megabytes, from a process of its own.
fn measured(factor: usize) -> Option<(f64, f64, f64)> {
    let program = std::env::current_exe().ok()?;
    let output = Command::new(program).args(["scale-one", &factor.to_string()]).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let mut numbers = text.split_whitespace().map(str::parse::<f64>);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?.ok()?))
}

/// Compares two texts of a size and prints bytes a side, milliseconds and megabytes.
pub fn one(factor: usize) {
    let (old, new) = texts(PARAGRAPHS * factor);
    let rounds = if factor > 10 { 1 } else { ROUNDS };
    let mut best = f64::MAX;
    for _ in 0..rounds {
        let start = Instant::now();
        let (from, to) = (release_text(&old), release_text(&new));
        let changes = compare(&from, &to);
        best = best.min(start.elapsed().as_secs_f64() * 1000.0);
        assert!(!changes.entries.is_empty());
    }
    let bytes: usize = old.iter().map(|(_, _, markdown)| markdown.len()).sum();
    println!("{bytes} {best} {}", peak_memory());
}

/// A text in chapters of a hundred paragraphs, and the same with a tenth changed.
fn texts(paragraphs: usize) -> (Vec<Chapter>, Vec<Chapter>) {
    let (old, new) = a_tenth_changed(paragraphs);
    let chapters = |texts: &[String]| {
        let chapter =
            |(at, texts): (usize, &[String])| (format!("kapitel-{at}"), format!("Kapitel {at}"), texts.join("\n\n"));
        texts.chunks(100).enumerate().map(chapter).collect()
    };
    (chapters(&old), chapters(&new))
}

/// The most memory that this process had, in megabytes; 0 where that is not to be known.
fn peak_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1000.0
}
