//! `index.json` beside each list of changes: what `leitwerk diff` prints as JSON. Where a list is made no longer, it is the
//! one that the address leads to: no program is led on by a page.

use std::collections::BTreeMap;

use super::super::Stage;
use super::super::queue::FileJob;
use crate::changes::json;
use crate::history;

/// The changes of every pair that the site shows.
pub(super) fn files<'s>(stage: &'s Stage<'_>) -> Vec<FileJob<'s>> {
    let pairs = stage.changes.keys().copied();
    let by_folder: BTreeMap<String, (usize, usize)> =
        pairs.map(|(from, to)| (stage.changes_path(from, to), (from, to))).collect();
    let former = stage.former_comparisons().into_iter();
    let former = former.filter_map(|(folder, own)| Some((folder, *by_folder.get(&own)?))).collect::<Vec<_>>();
    by_folder.into_iter().chain(former).map(|(folder, (from, to))| file(stage, &folder, from, to)).collect()
}

fn file<'s>(stage: &'s Stage<'_>, folder: &str, from: usize, to: usize) -> FileJob<'s> {
    let make = move || {
        let (history, sources) = (&stage.project.history, &stage.project.sources);
        let (old, new) = (history::label(sources, from), history::label(sources, to));
        let Some(changes) = stage.changes.get(&(from, to)) else { return String::new() };
        json::render(changes, &old, &new, history.side(from), history.side(to))
    };
    FileJob::text(&format!("{folder}index.json"), make)
}
