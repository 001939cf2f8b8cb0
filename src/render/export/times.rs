//! When talks begin and end, in the time zone of the site.

use jiff::civil::{Date, Time};
use jiff::{Span, ToSpan, Zoned};

use super::super::Stage;
use crate::load::{LabSource, TalkSource};

/// When a talk begins and ends, as far as that is known.
pub(super) fn of_talk(stage: &Stage<'_>, lab: &LabSource, talk: &TalkSource) -> Option<(Zoned, Option<Zoned>)> {
    let begin = at(stage, talk.day(lab), talk.start?)?;
    let end = talk.length.and_then(|length| begin.checked_add(span(length)).ok()).filter(|end| *end > begin);
    Some((begin, end))
}

/// A time of a day.
pub(super) fn at(stage: &Stage<'_>, day: Date, time: Time) -> Option<Zoned> {
    stage.project.sources.config.timezone.to_zoned(day.to_datetime(time)).ok()
}

/// A length, which is written as a time.
pub(super) fn span(length: Time) -> Span {
    i64::from(length.hour()).hours().minutes(i64::from(length.minute())).seconds(i64::from(length.second()))
}
