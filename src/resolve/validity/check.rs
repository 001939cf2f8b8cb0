//! Warns of first days that the editors cannot have meant: they leave a release no time, or a time without a release.

use jiff::civil::Date;

use super::{Validity, corrects_superseded, line, named_predecessor};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::load::{ReleaseSource, Sources};
use crate::source::Span;

/// Reports what is odd about the times of the releases. A correction of a release that a successor has replaced has no
/// time and is left out.
pub fn check(sources: &Sources, validity: &Validity, diagnostics: &mut Diagnostics) {
    let mut order: Vec<Dated<'_>> = (0..sources.releases.len()).filter_map(|at| Dated::new(sources, at)).collect();
    diagnostics.extend(order.iter().filter_map(Dated::retroactive));
    diagnostics.extend(order.iter().filter_map(|dated| dated.before_predecessor(sources)));
    order.sort_by_key(|dated| (dated.begin, dated.at));
    diagnostics.extend(order.windows(2).filter_map(|pair| never_in_force(sources, &pair[0], &pair[1])));
    diagnostics.extend(none_in_force(sources, validity, &order));
}

/// A release that has a first day of its own.
struct Dated<'a> {
    at: usize,
    source: &'a ReleaseSource,
    begin: Date,
    /// The line of `[valid_from]`, or where `release.toml` has the day of release.
    place: Span,
}

impl<'a> Dated<'a> {
    fn new(sources: &'a Sources, at: usize) -> Option<Self> {
        let source = sources.releases.get(at).filter(|_| !corrects_superseded(sources, at))?;
        let label = source.label();
        let said = sources.guideline.valid_from.iter().find(|(version, _)| version.value == label);
        let place = said.map(|(version, _)| version.span).or(source.released_at).unwrap_or(source.head);
        Some(Self { at, source, begin: source.valid_from?, place })
    }

    fn finding(&self, code: Code) -> Diagnostic {
        Diagnostic::at(code, self.place).arg("version", self.source.label()).arg("first", self.begin)
    }

    /// That it held before anybody could read it.
    fn retroactive(&self) -> Option<Diagnostic> {
        let released = self.source.released.filter(|&released| self.begin < released)?;
        let found = self.finding(Code::Retroactive).arg("released", released);
        Some(found.label(self.source.released_at?, "released"))
    }

    /// That the release which it follows takes its place, and not the other way round.
    fn before_predecessor(&self, sources: &Sources) -> Option<Diagnostic> {
        let named = self.source.predecessor.as_ref();
        let before = named_predecessor(sources, self.at).or(self.at.checked_sub(1).filter(|_| named.is_none()))?;
        let before = Dated::new(sources, before).filter(|before| self.begin < before.begin)?;
        let found = self.finding(Code::ForceOutOfOrder).arg("before", before.source.label());
        let found = found.arg("before_day", before.begin).arg("named", if named.is_some() { "yes" } else { "no" });
        Some(found.label(before.place, "before"))
    }
}

/// That a release is never in force, as the next one comes on the same day. A correction that names it is meant to.
fn never_in_force(sources: &Sources, dated: &Dated<'_>, next: &Dated<'_>) -> Option<Diagnostic> {
    let corrected = line(sources, next.at).contains(&dated.at);
    (dated.begin == next.begin && !corrected).then(|| {
        let sealed = if next.source.seal.is_some() { "yes" } else { "no" };
        let found = dated.finding(Code::NeverInForce).arg("next", next.source.label()).arg("sealed", sealed);
        found.label(next.place, "next")
    })
}

/// That there is a time in which releases were out and none in force.
fn none_in_force(sources: &Sources, validity: &Validity, order: &[Dated<'_>]) -> Option<Diagnostic> {
    let (first, begin, _) = validity.times().into_iter().next()?;
    let out = sources.releases.iter().filter(|release| release.released.is_some_and(|day| day < begin));
    // A first release that is announced ahead leaves no gap: nothing was in force before.
    let earliest = out
        .min_by_key(|release| release.released)
        .filter(|earliest| earliest.folder != sources.releases[first].folder)?;
    let found = order.iter().find(|dated| dated.at == first)?.finding(Code::NoneInForce);
    let found = found.arg("from", earliest.released?).arg("until", begin.yesterday().ok()?);
    Some(found.arg("out", earliest.label()).label(earliest.released_at?, "out"))
}
