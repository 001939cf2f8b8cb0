//! `index.json` beside each list of changes: what `leitwerk diff` prints as JSON. Where a list is made no longer, it is the
//! one that the address leads to: no program is led on by a page.

use std::collections::BTreeMap;

use std::sync::Arc;

use rayon::prelude::*;

use super::super::Stage;
use super::text_file;
use crate::changes::{Changes, json};
use crate::history;
use crate::write::OutputFile;

/// The changes of every pair that the site shows.
pub(super) fn files(stage: &Stage<'_>) -> Vec<OutputFile> {
    let pairs: Vec<(&(usize, usize), &Arc<Changes>)> = stage.changes.iter().collect();
    let mut files: Vec<OutputFile> =
        pairs.into_par_iter().map(|(&(from, to), changes)| file(stage, from, to, changes)).collect();
    let by_path: BTreeMap<&str, &[u8]> = files.iter().map(|file| (file.path.as_str(), file.bytes.as_slice())).collect();
    let former = stage.former_comparisons().into_iter().filter_map(|(folder, own)| {
        let name = |folder: &str| format!("{}index.json", folder.trim_start_matches('/'));
        let bytes = by_path.get(name(&own).as_str())?.to_vec();
        Some(OutputFile { path: name(&folder), bytes })
    });
    let former: Vec<OutputFile> = former.collect();
    files.extend(former);
    files
}

fn file(stage: &Stage<'_>, from: usize, to: usize, changes: &Changes) -> OutputFile {
    let (history, sources) = (&stage.project.history, &stage.project.sources);
    let (old, new) = (history::label(sources, from), history::label(sources, to));
    let text = json::render(changes, &old, &new, history.side(from), history.side(to));
    text_file(&format!("{}index.json", stage.changes_path(from, to)), text)
}
