//! The times of the releases as a drawing: a bar for each from the first day to the last, on an axis of years. The list
//! beside it says the same in words.

use jiff::civil::Date;
use serde::Serialize;

use super::super::super::Stage;

/// Ticks that have room beside each other.
const TICKS: usize = 10;

/// A drawing without a width of its own: every place is a share of it in percent.
#[derive(Serialize)]
pub(super) struct Timeline {
    years: Vec<Tick>,
    bars: Vec<Bar>,
    today: String,
}

/// The first day of a year.
#[derive(Serialize)]
struct Tick {
    year: i16,
    at: String,
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
    let first = begins.iter().min()?.year();
    let last = begins.iter().copied().chain([stage.today]).max()?.year();
    let new_year = |year: i16| Date::new(year, 1, 1).ok();
    let axis = Axis { start: new_year(first)?, end: new_year(last.checked_add(1)?)? };
    let bars = releases.iter().enumerate().filter_map(|(at, release)| {
        let begin = release.valid_from.filter(|_| stage.site.validity.comes_into_force(at))?;
        // The last day belongs to the time; what has no end yet goes on to the end of the drawing.
        let end = stage.site.validity.valid_until(at).and_then(|until| until.tomorrow().ok()).unwrap_or(axis.end);
        let (start, end) = (axis.share(begin), axis.share(end.max(begin)));
        Some(Bar {
            version: release.version.as_ref()?.to_string(),
            status: stage.site.validity.status(at).name(),
            start: percent(start),
            width: percent(end - start),
        })
    });
    let apart = usize::try_from(last - first).unwrap_or_default() / TICKS + 1;
    let years =
        (first..=last).step_by(apart).filter_map(|year| Some(Tick { year, at: percent(axis.share(new_year(year)?)) }));
    Some(Timeline { years: years.collect(), bars: bars.collect(), today: percent(axis.share(stage.today)) })
}

struct Axis {
    start: Date,
    end: Date,
}

impl Axis {
    /// Where a day stands on the axis, in percent of its length.
    fn share(&self, day: Date) -> f64 {
        let days = |from: Date, to: Date| from.until(to).map_or(0, |span| span.get_days());
        let share = f64::from(days(self.start, day)) / f64::from(days(self.start, self.end).max(1));
        (share * 100.0).clamp(0.0, 100.0)
    }
}

fn percent(share: f64) -> String {
    format!("{share:.2}%")
}
