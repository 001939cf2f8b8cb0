//! `index.json` beside each list of changes: what `leitwerk diff` prints as JSON.

use rayon::prelude::*;

use super::super::Stage;
use super::text_file;
use crate::changes::{Changes, json};
use crate::history;
use crate::write::OutputFile;

/// The changes of every pair that the site shows.
pub(super) fn files(stage: &Stage<'_>) -> Vec<OutputFile> {
    let pairs: Vec<(&(usize, usize), &Changes)> = stage.changes.iter().collect();
    pairs.into_par_iter().map(|(&(from, to), changes)| file(stage, from, to, changes)).collect()
}

fn file(stage: &Stage<'_>, from: usize, to: usize, changes: &Changes) -> OutputFile {
    let (history, sources) = (&stage.project.history, &stage.project.sources);
    let (old, new) = (history::label(sources, from), history::label(sources, to));
    let text = json::render(changes, &old, &new, history.side(from), history.side(to));
    text_file(&format!("{}index.json", stage.changes_path(from, to)), text)
}
