//! Which release is in force on which day.

use jiff::civil::Date;

use crate::load::Sources;

mod check;

pub(super) use check::check;

/// Where a release stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// In force.
    Current,
    /// In force earlier.
    Superseded,
    /// Not yet in force.
    Upcoming,
    /// The draft.
    Draft,
    /// In its archive: which release is in force then is not known.
    Archived,
}

impl Status {
    /// Name in class names and locale keys.
    pub fn name(self) -> &'static str {
        match self {
            Status::Current => "current",
            Status::Superseded => "superseded",
            Status::Upcoming => "upcoming",
            Status::Draft => "draft",
            Status::Archived => "archived",
        }
    }
}

/// The validity of all releases on one day.
#[derive(Debug, Clone, Default)]
pub struct Validity {
    /// For each release the first day and the first day that is no longer in its time.
    spans: Vec<(Option<Date>, Option<Date>)>,
    statuses: Vec<Status>,
    current: Option<usize>,
}

impl Validity {
    /// The validity of `sources`' releases on `today`.
    ///
    /// The release in force is the one with the latest first day that has come; of several with one first day the last
    /// in order. A correction of a release that a successor has replaced never comes into force: its first day lies
    /// before the successor's, or it names a predecessor that is no longer the newest.
    pub fn new(sources: &Sources, today: Date) -> Self {
        let begins: Vec<Option<Date>> = sources.releases.iter().map(|release| release.valid_from).collect();
        if sources.archived {
            let statuses = vec![Status::Archived; begins.len()];
            return Self { spans: begins.into_iter().map(|begin| (begin, None)).collect(), statuses, current: None };
        }
        let superseded_on_arrival: Vec<bool> = (0..begins.len()).map(|at| corrects_superseded(sources, at)).collect();
        let mut order: Vec<usize> = (0..begins.len()).filter(|&at| !superseded_on_arrival[at]).collect();
        order.sort_by_key(|&at| (begins[at], at));
        let mut spans: Vec<(Option<Date>, Option<Date>)> = begins.iter().map(|&begin| (begin, begin)).collect();
        for (place, &at) in order.iter().enumerate() {
            spans[at].1 = order.get(place + 1).and_then(|&next| begins[next]);
        }
        let current = order.iter().copied().rfind(|&at| begins[at].is_some_and(|begin| begin <= today));
        let status = |at: usize| match begins[at] {
            _ if Some(at) == current => Status::Current,
            Some(begin) if begin > today => Status::Upcoming,
            _ => Status::Superseded,
        };
        Self { statuses: (0..begins.len()).map(status).collect(), spans, current }
    }

    /// The release in force; `None` before the first.
    pub fn current(&self) -> Option<usize> {
        self.current
    }

    /// The release that is shown where one is needed: the one in force, or the newest before the first is.
    pub fn shown(&self) -> Option<usize> {
        self.current.or_else(|| self.statuses.len().checked_sub(1))
    }

    /// Status of an edition; everything that is no release is the draft.
    pub fn status(&self, edition: usize) -> Status {
        self.statuses.get(edition).copied().unwrap_or(Status::Draft)
    }

    /// The last day of a release's time; `None` while no successor is known, and for one that never comes into force.
    pub fn valid_until(&self, release: usize) -> Option<Date> {
        let (_, end) = *self.spans.get(release)?;
        end.filter(|_| self.comes_into_force(release))?.yesterday().ok()
    }

    /// Whether a release has a time of its own. A correction of a release that a successor has replaced has none, nor has
    /// one that another follows on the same day.
    pub fn comes_into_force(&self, release: usize) -> bool {
        self.spans.get(release).is_some_and(|&(begin, end)| begin.is_some() && begin != end)
    }

    /// The release in force on a day.
    pub fn on(&self, day: Date) -> Option<usize> {
        (0..self.spans.len()).rfind(|&at| {
            let (begin, end) = self.spans[at];
            begin.is_some_and(|begin| begin <= day) && end.is_none_or(|end| day < end)
        })
    }

    /// The times of all releases that have one, in order: the release, its first day and its last, if one is known.
    pub fn times(&self) -> Vec<(usize, Date, Option<Date>)> {
        let all = (0..self.spans.len()).filter(|&at| self.comes_into_force(at));
        let mut times: Vec<_> = all.filter_map(|at| Some((at, self.spans[at].0?, self.valid_until(at)))).collect();
        times.sort_by_key(|&(at, first, _)| (first, at));
        times
    }

    /// The next day after `today` on which another release comes into force.
    pub fn next_change(&self, today: Date) -> Option<Date> {
        self.spans.iter().filter_map(|&(begin, _)| begin).filter(|&begin| begin > today).min()
    }
}

/// Whether a release corrects one that had a successor in force when the correction arrived.
///
/// A release that names a predecessor belongs to the predecessor's line. It arrives superseded if another release that
/// is not of its line follows the line and was in force on the correction's first day.
fn corrects_superseded(sources: &Sources, at: usize) -> bool {
    let Some(begin) = sources.releases[at].valid_from else { return false };
    let line = line(sources, at);
    let Some(&first) = line.last().filter(|_| line.len() > 1) else { return false };
    (first + 1..at).any(|other| {
        let in_force = sources.releases[other].valid_from.is_some_and(|from| from <= begin);
        !line.contains(&other) && in_force && follows(sources, other, &line)
    })
}

/// Whether a release comes after some release of a line: by naming it, or by order where it names none.
fn follows(sources: &Sources, other: usize, line: &[usize]) -> bool {
    match named_predecessor(sources, other) {
        Some(before) => line.contains(&before),
        None => line.iter().any(|&of_line| of_line < other),
    }
}

/// A release and those it corrects, as far as they name their predecessors; the last is the first of the line.
fn line(sources: &Sources, at: usize) -> Vec<usize> {
    std::iter::successors(Some(at), |&at| named_predecessor(sources, at)).collect()
}

fn named_predecessor(sources: &Sources, at: usize) -> Option<usize> {
    let named = sources.releases[at].predecessor.as_ref()?;
    let label = |index: usize| sources.releases[index].version.as_ref().map(crate::version::Version::as_str);
    (0..at).find(|&index| label(index) == Some(named.value.as_str()))
}
