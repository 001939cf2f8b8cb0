//! The address of a licence that is named by its SPDX identifier.

/// Identifiers of licences that public bodies give texts under; each has a page at spdx.org.
const KNOWN: &[&str] = &[
    "Apache-2.0",
    "CC-BY-3.0",
    "CC-BY-3.0-DE",
    "CC-BY-4.0",
    "CC-BY-NC-4.0",
    "CC-BY-NC-ND-4.0",
    "CC-BY-NC-SA-4.0",
    "CC-BY-ND-4.0",
    "CC-BY-SA-3.0",
    "CC-BY-SA-3.0-DE",
    "CC-BY-SA-4.0",
    "CC0-1.0",
    "DL-DE-BY-2.0",
    "DL-DE-ZERO-2.0",
    "EUPL-1.0",
    "EUPL-1.1",
    "EUPL-1.2",
    "GFDL-1.3-only",
    "GFDL-1.3-or-later",
    "MIT",
    "OGL-UK-3.0",
];

/// The address of a licence, if it is one or if the name is known.
pub(super) fn url(licence: &str) -> Option<String> {
    if licence.starts_with("https://") || licence.starts_with("http://") {
        return Some(licence.to_owned());
    }
    let known = KNOWN.iter().find(|known| known.eq_ignore_ascii_case(licence))?;
    Some(format!("https://spdx.org/licenses/{known}.html"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_known_has_an_address() {
        assert_eq!(url("eupl-1.2").as_deref(), Some("https://spdx.org/licenses/EUPL-1.2.html"));
        assert_eq!(url("https://example.org/lizenz").as_deref(), Some("https://example.org/lizenz"));
        assert_eq!(url("Alle Rechte vorbehalten"), None);
    }
}
