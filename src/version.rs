//! [`Version`]: the label of a release and its order.

use std::cmp::Ordering;
use std::fmt;

/// The label of a release, such as `1.0.10`. Ordered part by part, numbers as numbers: 1.0.9 < 1.0.10.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Version(String);

impl Version {
    /// The version of this label, or `None` if it cannot be one: letters, digits, `.`, `-` and `_` are
    /// allowed, and it begins with a digit.
    pub fn parse(label: &str) -> Option<Self> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        let valid = label.starts_with(|c: char| c.is_ascii_digit())
            && label.chars().all(allowed)
            && !label.ends_with('.')
            && !label.contains("..");
        valid.then(|| Self(label.to_owned()))
    }

    /// The label.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        let parts = |version: &Self| -> Vec<Part> { version.0.split(['.', '-', '_']).map(Part::new).collect() };
        parts(self).cmp(&parts(other)).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A part of a version; words (`rc1`) come before numbers, so that 1.0-rc1 is no later than 1.0-1.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Word(String),
    Number(u64),
}

impl Part {
    fn new(text: &str) -> Self {
        text.parse().map_or_else(|_| Self::Word(text.to_owned()), Self::Number)
    }
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn numbers_are_compared_as_numbers() {
        let sorted = ["1.0", "1.0.1", "1.0.9", "1.0.10", "1.1", "2.0", "10.0"];
        let mut versions: Vec<_> = sorted.iter().rev().filter_map(|label| Version::parse(label)).collect();
        versions.sort();
        assert_eq!(versions.iter().map(Version::as_str).collect::<Vec<_>>(), sorted);
    }

    #[test]
    fn labels_that_could_be_paths_are_refused() {
        for label in ["", "..", "1..0", "1/0", "draft", "1.0.", "1 0"] {
            assert_eq!(Version::parse(label), None, "{label}");
        }
    }
}
