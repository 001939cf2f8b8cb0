//! What must hold of every comparison: it can be applied and undone, leaves nothing out, and mirrors the opposite one.

use std::collections::BTreeSet;

use leitwerk::align::{Link, Pairing};
use leitwerk::changes::{self, ChangeKind, Changes, Step};
use leitwerk::release_text::{ReleaseText, UnitKind};
use leitwerk::tokens::Token;
use leitwerk::words::{self, Op};

use super::generate::{pair, side};

/// Why a comparison is wrong.
pub type Fault = String;

/// Checks everything for a pair of texts, in both directions.
pub fn check(old: &ReleaseText, new: &ReleaseText) -> Result<(), Fault> {
    check_pairings(old, new, &pair(old, new), &pair(new, old))
}

/// Checks everything for a pair of texts that were paired in both directions.
pub fn check_pairings(old: &ReleaseText, new: &ReleaseText, there: &Pairing, back: &Pairing) -> Result<(), Fault> {
    let forth = changes::compare(side(old), side(new), there, &[]);
    let reverse = changes::compare(side(new), side(old), back, &[]);
    complete(&forth, old, new)?;
    applies(&forth, old, new)?;
    complete(&reverse, new, old)?;
    applies(&reverse, new, old)?;
    pairings_mirror(there, back)?;
    changes_mirror(&forth, &reverse)
}

/// Checks that nothing changed between a text and itself.
pub fn check_same(text: &ReleaseText) -> Result<(), Fault> {
    let changes = changes::compare(side(text), side(text), &pair(text, text), &[]);
    if changes.entries.is_empty() && changes.summary.words_kept >= 1.0 && changes.summary.is_empty() {
        return Ok(());
    }
    Err(format!("a text differs from itself: {:?}, kept {}", changes.entries, changes.summary.words_kept))
}

/// Every unit of both texts stands in exactly one step, and the steps in exactly one chapter.
fn complete(changes: &Changes, old: &ReleaseText, new: &ReleaseText) -> Result<(), Fault> {
    let (mut from, mut to, mut left) = (Vec::new(), Vec::new(), Vec::new());
    for step in &changes.steps {
        match *step {
            Step::Unchanged(at) => {
                from.push(changes.unchanged[at].0);
                to.push(changes.unchanged[at].1);
            }
            Step::Changed(at) => {
                from.extend(&changes.entries[at].from);
                to.extend(&changes.entries[at].to);
            }
            Step::Left(at) => left.push(at),
        }
    }
    // What moved is told at its old place too, once; a chapter only at its new one.
    let moved = |at: &usize| {
        let entry = &changes.entries[*at];
        let is_title = entry.from.first().is_some_and(|&unit| old.units[unit].kind == UnitKind::Chapter);
        entry.kinds.contains(&ChangeKind::Moved) && !is_title
    };
    left.sort_unstable();
    let expected: Vec<usize> = (0..changes.entries.len()).filter(moved).collect();
    if left != expected {
        return Err(format!("old places of {left:?}, moved {expected:?}"));
    }
    from.sort_unstable();
    to.sort_unstable();
    let all = |text: &ReleaseText| (0..text.units.len()).collect::<Vec<_>>();
    let by_chapter: usize = changes.chapters.iter().map(|chapter| chapter.steps.len()).sum();
    if from != all(old) || to != all(new) {
        return Err(format!("units {from:?} of {} and {to:?} of {}", old.units.len(), new.units.len()));
    }
    (by_chapter == changes.steps.len()).then_some(()).ok_or_else(|| "steps without a chapter".to_owned())
}

/// Applying the words of every step to the old text gives the new text, and undoing them the old one.
fn applies(changes: &Changes, old: &ReleaseText, new: &ReleaseText) -> Result<(), Fault> {
    for &(from, to) in &changes.unchanged {
        let (from, to) = (&old.units[from], &new.units[to]);
        if from.tokens != to.tokens || from.shape != to.shape {
            return Err(format!("told to be unchanged: {:?} → {:?}", from.text(), to.text()));
        }
    }
    for entry in &changes.entries {
        let (from, to) = (side(old).joined_tokens(&entry.from), side(new).joined_tokens(&entry.to));
        once_in_order(&entry.words, &from, &to)?;
        if words::apply(&entry.words, &from, &to) != to || undone(&entry.words, &from, &to) != from {
            return Err(format!("{:?} does not lead from {from:?} to {to:?}", entry.words));
        }
    }
    Ok(())
}

/// The old tokens from the new ones.
pub fn undone(runs: &[words::Run], old: &[Token], new: &[Token]) -> Vec<Token> {
    let part = |run: &words::Run| match run.op {
        Op::Equal => new[run.new.clone()].to_vec(),
        Op::Delete => old[run.old.clone()].to_vec(),
        Op::Insert => Vec::new(),
    };
    runs.iter().flat_map(part).collect()
}

/// Every token of both lists stands in exactly one run, in order; kept ones are equal; no run is empty.
pub fn once_in_order(runs: &[words::Run], old: &[Token], new: &[Token]) -> Result<(), Fault> {
    let (mut from, mut to) = (0, 0);
    for run in runs {
        let fits = match run.op {
            Op::Equal => !run.old.is_empty() && old.get(run.old.clone()) == new.get(run.new.clone()),
            Op::Delete => run.new.is_empty() && !run.old.is_empty(),
            Op::Insert => run.old.is_empty() && !run.new.is_empty(),
        };
        if !fits || run.old.start != from || run.new.start != to {
            return Err(format!("run {run:?} after {from} and {to} in {runs:?}"));
        }
        (from, to) = (run.old.end, run.new.end);
    }
    let changes =
        |pair: &[words::Run]| pair[0].op == pair[1].op || (pair[0].op, pair[1].op) == (Op::Insert, Op::Delete);
    if let Some(pair) = runs.windows(2).find(|pair| changes(pair)) {
        return Err(format!("neighbours {pair:?}"));
    }
    if (from, to) == (old.len(), new.len()) { Ok(()) } else { Err(format!("ends at {from} and {to}: {runs:?}")) }
}

fn pairings_mirror(there: &Pairing, back: &Pairing) -> Result<(), Fault> {
    let chapters: BTreeSet<(usize, usize)> = back.chapters.iter().map(|&(new, old)| (old, new)).collect();
    if there.chapters.iter().copied().collect::<BTreeSet<_>>() != chapters {
        return Err(format!("chapters {:?} mirrored by {:?}", there.chapters, back.chapters));
    }
    let forth: BTreeSet<_> = there.links.iter().map(|link| key(link, link.from, link.to)).collect();
    let reverse: BTreeSet<_> = back.links.iter().map(|link| key(link, link.to, link.from)).collect();
    if forth != reverse {
        let only: Vec<_> = forth.symmetric_difference(&reverse).collect();
        return Err(format!("links in one direction only: {only:?}"));
    }
    Ok(())
}

fn key(link: &Link, old: usize, new: usize) -> (usize, usize, bool, bool, usize) {
    (old, new, link.main, link.moved, link.kept)
}

fn changes_mirror(forth: &Changes, back: &Changes) -> Result<(), Fault> {
    let opposite = |kind: &ChangeKind| match kind {
        ChangeKind::Inserted => ChangeKind::Deleted,
        ChangeKind::Deleted => ChangeKind::Inserted,
        ChangeKind::Split => ChangeKind::Merged,
        ChangeKind::Merged => ChangeKind::Split,
        same => *same,
    };
    type Entry = (Vec<usize>, Vec<usize>, BTreeSet<ChangeKind>);
    let one: BTreeSet<Entry> = (forth.entries.iter())
        .map(|entry| (entry.from.clone(), entry.to.clone(), entry.kinds.iter().copied().collect()))
        .collect();
    let other: BTreeSet<Entry> = (back.entries.iter())
        .map(|entry| (entry.to.clone(), entry.from.clone(), entry.kinds.iter().map(opposite).collect()))
        .collect();
    if one != other {
        return Err(format!(
            "entries in one direction only: {:?}",
            one.symmetric_difference(&other).collect::<Vec<_>>()
        ));
    }
    let one: BTreeSet<_> = forth.unchanged.iter().copied().collect();
    let other: BTreeSet<_> = back.unchanged.iter().map(|&(new, old)| (old, new)).collect();
    if one == other { Ok(()) } else { Err("what is unchanged does not mirror".to_owned()) }
}
