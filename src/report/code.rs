//! Changed program text line by line, as `diff` shows it.

use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};

use super::Report;
use crate::changes::{Change, Side};

/// Lines that did not change shown on each side of those that did.
const CONTEXT: usize = 3;

/// The lines of program text in which an entry changed something, each behind `-`, `+` or a blank; a `…` stands for lines
/// left out. `None` where it is of anything else, or no line changed.
pub(super) fn lines(report: &Report<'_>, entry: &Change) -> Option<Vec<String>> {
    let is_code =
        |side: Side<'_>, units: &[usize]| units.iter().all(|&unit| side.text.units[unit].shape.starts_with("code-"));
    if !is_code(report.old, &entry.from) || !is_code(report.new, &entry.to) {
        return None;
    }
    let (old, new) = (text(report.old, &entry.from), text(report.new, &entry.to));
    let groups = group_diff_ops(capture_diff_slices(Algorithm::Myers, &old, &new), CONTEXT);
    let mut lines = Vec::new();
    let mut end = 0;
    for group in groups {
        let start = group.first().map_or(0, |op| op.old_range().start);
        lines.extend((start > end).then(|| "…".to_owned()));
        end = group.last().map_or(end, |op| op.old_range().end);
        for op in group {
            let signed = |sign: char, lines: &[String]| -> Vec<String> {
                lines.iter().map(|line| format!("{sign}{line}")).collect()
            };
            match op {
                DiffOp::Equal { .. } => lines.extend(signed(' ', &new[op.new_range()])),
                _ => {
                    lines.extend(signed('-', &old[op.old_range()]));
                    lines.extend(signed('+', &new[op.new_range()]));
                }
            }
        }
    }
    lines.extend((end < old.len()).then(|| "…".to_owned()));
    lines.iter().any(|line| line.starts_with(['-', '+'])).then_some(lines)
}

/// The lines of several units.
fn text(side: Side<'_>, units: &[usize]) -> Vec<String> {
    let lines = |&unit: &usize| side.text.units[unit].text().split('\n').map(str::to_owned).collect::<Vec<_>>();
    units.iter().flat_map(lines).collect()
}
