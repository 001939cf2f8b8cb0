//! Checks that each `predecessor` names an earlier release; circles are told with every place in them.

use super::ReleaseSource;
use super::guideline::version_label;
use crate::diagnostic::{Code, Diagnostic};
use crate::toml_fields::Sink;

/// Reports each release, and the draft, whose `predecessor` is not one of the releases before it.
pub(super) fn check(releases: &[ReleaseSource], draft: Option<&ReleaseSource>, sink: &Sink) {
    for (at, release) in releases.iter().chain(draft).enumerate() {
        let Some(named) = &release.predecessor else { continue };
        let found = Diagnostic::at(Code::BadPredecessor, named.span).arg("version", &named.value);
        let found = match position(releases, release) {
            Some(before) if before < at => continue,
            Some(before) if before == at => found.arg("reason", "self").label(release.head, "self"),
            Some(later) => match circle(releases, at) {
                Some(others) => {
                    let places = others.iter().filter_map(|&other| releases[other].predecessor.as_ref());
                    places.fold(found.arg("reason", "circle"), |found, named| found.label(named.span, "circle"))
                }
                None => found.arg("reason", "later").label(releases[later].head, "later"),
            },
            None if at == 0 => found.arg("reason", "first"),
            None => {
                let known: Vec<String> = releases[..at].iter().filter_map(version_label).collect();
                found.arg("known", known.join(", "))
            }
        };
        sink.borrow_mut().push(found);
    }
}

/// The release that another names as its predecessor.
fn position(releases: &[ReleaseSource], of: &ReleaseSource) -> Option<usize> {
    let named = of.predecessor.as_ref()?;
    releases.iter().position(|other| version_label(other).as_ref() == Some(&named.value))
}

/// The others of the circle in which the named predecessors lead from a release back to it.
fn circle(releases: &[ReleaseSource], start: usize) -> Option<Vec<usize>> {
    let way = std::iter::successors(position(releases, &releases[start]), |&at| position(releases, &releases[at]));
    // A way through more releases than there are goes round in a circle that the first is not in.
    let others: Vec<usize> = way.take(releases.len()).take_while(|&at| at != start).collect();
    let end = others.last().and_then(|&last| position(releases, &releases[last]));
    (end == Some(start)).then_some(others)
}
