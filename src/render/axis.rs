//! An axis of years for drawings without a width of their own: every place is a share of it in percent.

use jiff::civil::Date;
use serde::Serialize;

/// Ticks that have room beside each other.
const TICKS: usize = 10;

/// From the first day of a year to the first day of another.
pub(super) struct Axis {
    start: Date,
    end: Date,
}

/// The first day of a year.
#[derive(Serialize)]
pub(super) struct Tick {
    year: i16,
    at: String,
}

impl Axis {
    /// The whole years from that of one day to that of another; `None` at the end of the calendar.
    pub fn over(first: Date, last: Date) -> Option<Self> {
        Some(Self { start: new_year(first.year())?, end: new_year(last.year().checked_add(1)?)? })
    }

    /// The end of the last year.
    pub fn end(&self) -> Date {
        self.end
    }

    /// Where a day stands on the axis, in percent of its length.
    pub fn share(&self, day: Date) -> f64 {
        let days = |from: Date, to: Date| from.until(to).map_or(0, |span| span.get_days());
        let share = f64::from(days(self.start, day)) / f64::from(days(self.start, self.end).max(1));
        (share * 100.0).clamp(0.0, 100.0)
    }

    /// The years, or of many every second, third …
    pub fn years(&self) -> Vec<Tick> {
        let (first, last) = (self.start.year(), self.end.year() - 1);
        let apart = usize::try_from(last - first).unwrap_or_default() / TICKS + 1;
        let years = (first..=last).step_by(apart);
        years.filter_map(|year| Some(Tick { year, at: percent(self.share(new_year(year)?)) })).collect()
    }
}

fn new_year(year: i16) -> Option<Date> {
    Date::new(year, 1, 1).ok()
}

/// A share as CSS and SVG write it.
pub(super) fn percent(share: f64) -> String {
    format!("{share:.2}%")
}
