//! The times of the releases as a drawing: a bar for each from the first day to the last, on an axis of years. The list
//! beside it says the same in words.

use jiff::civil::Date;
use serde::Serialize;

use super::super::super::Stage;
use super::super::super::axis::{Axis, Tick, percent};

/// A drawing without a width of its own: every place is a share of it in percent.
#[derive(Serialize)]
pub(super) struct Timeline {
    years: Vec<Tick>,
    bars: Vec<Bar>,
    today: String,
}

/// The time of one release.
#[derive(Serialize)]
struct Bar {
    version: String,
    status: &'static str,
    start: String,
    width: String,
}

/// The drawing; `None` without a release that has a first day.
pub(super) fn timeline(stage: &Stage<'_>) -> Option<Timeline> {
    let releases = &stage.project.sources.releases;
    let begins: Vec<Date> = releases.iter().filter_map(|release| release.valid_from).collect();
    let axis = Axis::over(*begins.iter().min()?, begins.iter().copied().chain([stage.today]).max()?)?;
    let bars = releases.iter().enumerate().filter_map(|(at, release)| {
        let begin = release.valid_from.filter(|_| stage.site.validity.comes_into_force(at))?;
        // The last day belongs to the time; what has no end yet goes on to the end of the drawing.
        let end = stage.site.validity.valid_until(at).and_then(|until| until.tomorrow().ok()).unwrap_or(axis.end());
        let (start, end) = (axis.share(begin), axis.share(end.max(begin)));
        Some(Bar {
            version: release.version.as_ref()?.to_string(),
            status: stage.site.validity.status(at).name(),
            start: percent(start),
            width: percent(end - start),
        })
    });
    Some(Timeline { years: axis.years(), bars: bars.collect(), today: percent(axis.share(stage.today)) })
}
