//! The labs in time: a mark for each on an axis of years. The table beside it says the same in words.

use serde::Serialize;

use super::super::super::Stage;
use super::super::super::axis::{Axis, Tick, percent};
use super::super::super::view::Link;
use crate::target::Target;

/// Marks nearer than this, in percent, stand above each other.
const NEAR: f64 = 4.0;

/// A drawing without a width of its own: every place is a share of it in percent.
#[derive(Serialize)]
pub(super) struct Timeline {
    years: Vec<Tick>,
    /// In the order of time.
    labs: Vec<Mark>,
    /// How many rows the marks need.
    rows: usize,
}

#[derive(Serialize)]
struct Mark {
    number: u32,
    lab: Link,
    date: String,
    iso: String,
    talks: usize,
    at: String,
    row: usize,
}

/// The drawing; `None` of a single lab.
pub(super) fn timeline(stage: &Stage<'_>) -> Option<Timeline> {
    let labs = &stage.project.sources.labs;
    let mut order = stage.project.sources.labs_newest_first();
    order.reverse();
    let (first, last) = (labs[*order.first()?].date, labs[*order.last()?].date);
    let axis = Axis::over(first, last).filter(|_| labs.len() > 1)?;
    let (mut marks, mut ends): (Vec<Mark>, Vec<f64>) = (Vec::new(), Vec::new());
    for at in order {
        let share = axis.share(labs[at].date);
        let row = ends.iter().position(|end| share - end >= NEAR).unwrap_or(ends.len());
        if row == ends.len() {
            ends.push(share);
        }
        ends[row] = share;
        let date = stage.locale.date(labs[at].date);
        marks.push(Mark {
            number: labs[at].number,
            lab: stage.link(&Target::Lab(at)),
            date: date.text,
            iso: date.iso,
            talks: labs[at].talks.len(),
            at: percent(share),
            row,
        });
    }
    Some(Timeline { years: axis.years(), labs: marks, rows: ends.len() })
}
