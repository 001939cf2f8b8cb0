//! [`Coverage`]: how far the chapters of an edition cover each value pair: whether a chapter names the pair as its own,
//! and how many of its paragraphs refer to it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::super::super::Stage;
use super::super::super::view::Link;
use crate::history;
use crate::resolve;
use crate::target::Target;

/// References from which a cell has each of the shades; a chapter that names the pair as its own counts as one more.
const SHADES: [usize; 3] = [1, 2, 4];

/// The coverage of all value pairs in one edition.
pub(super) struct Coverage {
    pub edition: usize,
    /// For each value pair, for each chapter.
    cells: Vec<Vec<Covered>>,
}

/// What one chapter has of one value pair.
#[derive(Debug, Clone, Default)]
struct Covered {
    named: bool,
    /// Blocks that refer to the pair, in reading order.
    blocks: BTreeSet<usize>,
}

#[derive(Serialize)]
struct Cell {
    named: bool,
    count: usize,
    /// From 0, nothing, to 3.
    shade: usize,
    /// The first paragraph that refers to the pair, or the chapter that names it.
    path: Option<String>,
}

/// What the chapters of one release have of a value pair, and how much more than those of its predecessor.
#[derive(Serialize)]
pub(super) struct Total {
    release: String,
    path: String,
    chapters: usize,
    paragraphs: usize,
    /// `+2`, `−1` or nothing.
    more_chapters: Option<String>,
    more_paragraphs: Option<String>,
}

impl Coverage {
    pub fn of(stage: &Stage<'_>, edition: usize) -> Self {
        let values = 0..stage.project.sources.values.len();
        Self { edition, cells: values.map(|value| covered(stage, edition, value)).collect() }
    }

    /// Id of the edition's matrix on the page of all.
    pub fn anchor(&self, stage: &Stage<'_>) -> String {
        format!("lw-coverage-{}", crate::slug::slugify(&history::label(&stage.project.sources, self.edition)))
    }

    /// The matrix as templates see it.
    pub fn matrix(&self, stage: &Stage<'_>) -> serde_json::Value {
        let chapters = 0..stage.project.history.editions[self.edition].text.chapters.len();
        let columns: Vec<Link> = chapters.map(|at| stage.link(&Target::Chapter(self.edition, at))).collect();
        let rows: Vec<_> = self
            .cells
            .iter()
            .enumerate()
            .map(|(value, cells)| {
                let cells: Vec<Cell> = cells.iter().enumerate().map(|(at, cell)| self.cell(stage, at, cell)).collect();
                serde_json::json!({"value": stage.link(&Target::Value(value)), "cells": cells})
            })
            .collect();
        serde_json::json!({
            "release": stage.release(self.edition),
            "anchor": self.anchor(stage),
            "chapters": columns,
            "rows": rows,
        })
    }

    fn cell(&self, stage: &Stage<'_>, chapter: usize, covered: &Covered) -> Cell {
        let weight = covered.blocks.len() + usize::from(covered.named);
        let first = covered.blocks.first().map(|&block| Target::Block(self.edition, block));
        let target = first.or_else(|| covered.named.then_some(Target::Chapter(self.edition, chapter)));
        Cell {
            named: covered.named,
            count: covered.blocks.len(),
            shade: SHADES.iter().filter(|&&least| weight >= least).count(),
            path: target.map(|target| resolve::address(stage.project, &target)),
        }
    }

    fn totals(&self, value: usize) -> (usize, usize) {
        let cells = &self.cells[value];
        let chapters = cells.iter().filter(|cell| cell.named || !cell.blocks.is_empty()).count();
        (chapters, cells.iter().map(|cell| cell.blocks.len()).sum())
    }
}

/// What each chapter of an edition has of a value pair.
fn covered(stage: &Stage<'_>, edition: usize, value: usize) -> Vec<Covered> {
    let text = &stage.project.history.editions[edition].text;
    let chapters = &history::source(&stage.project.sources, edition).chapters;
    let named = |at: usize| {
        let mut resolved = chapters[at].values.iter().filter_map(|name| stage.site.resolved(name.span));
        resolved.any(|resolved| resolved.target == Target::Value(value))
    };
    let mut covered: Vec<Covered> =
        (0..text.chapters.len()).map(|at| Covered { named: named(at), blocks: BTreeSet::new() }).collect();
    for backlink in stage.site.backlinks(&Target::Value(value)) {
        if let Target::Block(of, block) = backlink.origin
            && of == edition
        {
            covered[text.blocks[block].chapter].blocks.insert(block);
        }
    }
    covered
}

/// A value pair through all editions, the oldest first.
pub(super) fn row(stage: &Stage<'_>, coverage: &[Coverage], value: usize) -> Vec<Total> {
    let total = |of: &Coverage| {
        let (chapters, paragraphs) = of.totals(value);
        let predecessor = stage.project.history.editions[of.edition].predecessor;
        let before = coverage.iter().find(|other| Some(other.edition) == predecessor).map(|other| other.totals(value));
        Total {
            release: stage.edition_label(of.edition),
            path: stage.edition_path(of.edition),
            chapters,
            paragraphs,
            more_chapters: before.and_then(|(before, _)| difference(before, chapters)),
            more_paragraphs: before.and_then(|(_, before)| difference(before, paragraphs)),
        }
    };
    coverage.iter().map(total).collect()
}

/// `+2` or `−1`; `None` for what stayed.
fn difference(before: usize, after: usize) -> Option<String> {
    match after.cmp(&before) {
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(format!("+{}", after - before)),
        std::cmp::Ordering::Less => Some(format!("−{}", before - after)),
    }
}
