//! The kinds of cross-references `[[kind:target]]`, with their German and English names.

use crate::version::Version;

/// What a cross-reference names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A value pair.
    Value,
    /// A talk: `lab/slug`.
    Talk,
    /// A lab, by its number.
    Lab,
    /// A chapter: `slug`, `slug#fragment`, `version/slug#fragment`.
    Chapter,
    /// A margin number: `12a`, `version/12a`.
    Number,
    /// A release, by its version.
    Release,
    /// An authority.
    Authority,
    /// A lesson from practice.
    Experience,
    /// A person.
    Person,
    /// A term of the glossary.
    Term,
    /// A free page.
    Page,
    /// A legal norm, as cited.
    Norm,
}

const NAMES: &[(&str, Kind)] = &[
    ("wert", Kind::Value),
    ("value", Kind::Value),
    ("vortrag", Kind::Talk),
    ("talk", Kind::Talk),
    ("lab", Kind::Lab),
    ("kapitel", Kind::Chapter),
    ("chapter", Kind::Chapter),
    ("rn", Kind::Number),
    ("fassung", Kind::Release),
    ("release", Kind::Release),
    ("behoerde", Kind::Authority),
    ("authority", Kind::Authority),
    ("erfahrung", Kind::Experience),
    ("experience", Kind::Experience),
    ("person", Kind::Person),
    ("glossar", Kind::Term),
    ("term", Kind::Term),
    ("seite", Kind::Page),
    ("page", Kind::Page),
    ("norm", Kind::Norm),
];

impl Kind {
    /// The kind of this name, German or English, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        NAMES.iter().find(|(known, _)| *known == name).map(|&(_, kind)| kind)
    }

    /// All names.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|&(name, _)| name)
    }

    /// The first name of the kind in the list of names.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(_, kind)| *kind == self).map_or("", |&(name, _)| name)
    }
}

/// A target with the version before its first slash split off, if there is one: `1.0/datenqualitaet#bias`.
pub fn split_version(target: &str) -> (Option<Version>, &str) {
    let split = target.split_once('/').and_then(|(label, rest)| Some((Version::parse(label)?, rest)));
    split.map_or((None, target), |(version, rest)| (Some(version), rest))
}

/// A target with the fragment behind its first `#` split off.
pub fn split_fragment(target: &str) -> (&str, Option<&str>) {
    target.split_once('#').map_or((target, None), |(path, fragment)| (path, Some(fragment)))
}
