//! Facets: what of weight changed in the words of a unit: normative force, references, numbers, dates.

use std::collections::BTreeSet;

use crate::tokens::Token;
use crate::words::Run;

mod figures;
mod force;

/// Something of weight that changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// A duty became stricter: from → to.
    ForceStrengthened(String, String),
    /// A duty became weaker: from → to.
    ForceWeakened(String, String),
    /// A duty changed in another way, such as from a permission to a prohibition, or came (from is empty) or went.
    ForceChanged(String, String),
    /// A cited norm, chapter or link target changed.
    Reference,
    /// A figure changed.
    Number,
    /// A date changed.
    Date,
}

impl Facet {
    /// The names of all facets.
    pub const NAMES: [&'static str; 6] =
        ["force-strengthened", "force-weakened", "force-changed", "reference", "number", "date"];

    /// Name in JSON and locale keys.
    pub fn name(&self) -> &'static str {
        match self {
            Facet::ForceStrengthened(..) => "force-strengthened",
            Facet::ForceWeakened(..) => "force-weakened",
            Facet::ForceChanged(..) => "force-changed",
            Facet::Reference => "reference",
            Facet::Number => "number",
            Facet::Date => "date",
        }
    }

    /// The verbs it is about, before and after; one is empty where a duty came or went.
    pub fn detail(&self) -> Option<(&str, &str)> {
        match self {
            Facet::ForceStrengthened(from, to) | Facet::ForceWeakened(from, to) | Facet::ForceChanged(from, to) => {
                Some((from, to))
            }
            Facet::Reference | Facet::Number | Facet::Date => None,
        }
    }
}

/// The facets of the changes in `runs`.
pub fn of(runs: &[Run], old: &[Token], new: &[Token]) -> Vec<Facet> {
    let mut facets: BTreeSet<Facet> = force::of(runs, old, new).into_iter().collect();
    let (before, after) = (figures::of(old), figures::of(new));
    let changed = [
        (Facet::Reference, before.references != after.references),
        (Facet::Date, before.dates != after.dates),
        (Facet::Number, before.numbers != after.numbers),
    ];
    facets.extend(changed.into_iter().filter_map(|(facet, differs)| differs.then_some(facet)));
    facets.into_iter().collect()
}
