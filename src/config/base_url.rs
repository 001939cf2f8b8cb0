//! [`BaseUrl`]: the address of the site's start page, from `site.toml`, the environment or the command line.

use std::fmt;
use std::str::FromStr;

use crate::source::Spanned;
use crate::toml_fields::Fields;

/// What an address must be like.
const EXPECTED: &str = "an address like https://example.org/leitlinien";

/// An address with its scheme and without a slash at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(String);

/// A text that is no address of a start page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadBaseUrl;

impl fmt::Display for BadBaseUrl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "expected {EXPECTED}")
    }
}

impl std::error::Error for BadBaseUrl {}

impl FromStr for BaseUrl {
    type Err = BadBaseUrl;

    fn from_str(text: &str) -> Result<Self, BadBaseUrl> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let valid = rest.is_some_and(|rest| {
            !rest.is_empty()
                && !rest.starts_with('/')
                && !rest.contains(|c: char| c.is_whitespace() || "?#\"<>".contains(c))
        });
        if valid { Ok(Self(text.trim_end_matches('/').to_owned())) } else { Err(BadBaseUrl) }
    }
}

impl AsRef<str> for BaseUrl {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// The address in `site.toml`, or the one of the environment in its place; a mistake in that is reported here too.
pub(super) fn read(fields: &mut Fields<'_, '_>, variable: Option<String>) -> Option<String> {
    let written: Spanned<String> = fields.required("base_url")?;
    let url = variable.as_deref().unwrap_or(&written.value).parse::<BaseUrl>();
    if url.is_err() {
        let instead = variable.map(|value| format!(" in LEITWERK_BASE_URL, not `{value}`")).unwrap_or_default();
        fields.bad_value(written.span, format!("{EXPECTED}{instead}"), None);
    }
    url.ok().map(|url| url.0)
}

#[cfg(test)]
mod tests {
    use super::BaseUrl;

    #[test]
    fn an_address_has_a_scheme_and_a_host() {
        let read = |text: &str| text.parse::<BaseUrl>().ok().map(|url| url.0);
        assert_eq!(read("https://a.de/b/").as_deref(), Some("https://a.de/b"));
        for wrong in ["", " ", "a.de", "https://", "https:///a", "https://a b", "https://a?b", "ftp://a", "/a"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
