//! [`Feedback`]: the address to which readers send feedback, with places for what it is about.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::diagnostic::suggest;
use crate::source::{Span, Spanned};
use crate::toml_fields::Fields;

/// What may be filled in.
const NAMES: &[&str] = &["number", "release", "address"];

/// Characters of the address's own text that RFC 3986 allows nowhere.
const UNSAFE: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'|').add(b'{').add(b'}');

/// Signs of a value that may stand in a query as they are.
const QUERY: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/').remove(b':');

/// A `mailto:` or web address with `{number}`, `{release}` and `{address}` in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feedback {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Name(&'static str),
}

impl Feedback {
    /// Reads the address; reports a scheme that is none of the two and names that cannot be filled in.
    pub(super) fn read(written: Spanned<String>, fields: &Fields<'_, '_>) -> Option<Self> {
        let text = written.value.as_str();
        if !["mailto:", "https://", "http://"].iter().any(|scheme| text.starts_with(scheme)) {
            fields.bad_value(written.span, "an address that begins with mailto: or https://", None);
            return None;
        }
        if !says_where(text) {
            let expected = "an address behind mailto: or https://, like mailto:redaktion@example.org";
            fields.bad_value(written.span, expected, None);
            return None;
        }
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let Some(close) = rest[open..].find('}').map(|close| open + close) else {
                let expected = format!("a }} behind {}", rest[open..].split(['&', ' ']).next().unwrap_or_default());
                fields.bad_value(written.span, expected, None);
                return None;
            };
            let name = &rest[open + 1..close];
            let Some(known) = NAMES.iter().find(|known| **known == name) else {
                report_unknown(name, written.span, fields);
                return None;
            };
            parts.push(Part::Text(encoded(&rest[..open])));
            parts.push(Part::Name(known));
            rest = &rest[close + 1..];
        }
        parts.push(Part::Text(encoded(rest)));
        Some(Self { parts })
    }

    /// The address with the values of the names filled in, percent-encoded (RFC 3986).
    pub fn filled(&self, values: &[(&str, &str)]) -> String {
        let part = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Name(name) => {
                let value = values.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value);
                utf8_percent_encode(value, QUERY).to_string()
            }
        };
        self.parts.iter().map(part).collect()
    }
}

/// Whether something stands behind the scheme: a recipient or a host.
fn says_where(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.or_else(|| text.strip_prefix("mailto:"))
        .is_some_and(|rest| !rest.trim().is_empty() && !rest.starts_with(['/', '?', '#', '&', ' ']))
}

/// The address's own text as it may stand in an address; what is encoded already stays.
fn encoded(text: &str) -> String {
    let mut pieces = text.split('%');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let is_byte = piece.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
        out.push_str(if is_byte { "%" } else { "%25" });
        out.push_str(piece);
    }
    utf8_percent_encode(&out, UNSAFE).to_string()
}

fn report_unknown(name: &str, span: Span, fields: &Fields<'_, '_>) {
    let near = suggest::nearest(name, NAMES.iter().copied()).map(|near| format!("{{{near}}}"));
    let near = near.map(|near| format!(", did you mean {near}?")).unwrap_or_default();
    let expected = format!("only {{number}}, {{release}} and {{address}} in braces, not {{{name}}}{near}");
    fields.bad_value(span, expected, None);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_percent_sign_is_encoded() {
        assert_eq!(encoded("a=100% b%20c%C3%A4%zz%"), "a=100%25%20b%20c%C3%A4%25zz%25");
    }

    #[test]
    fn something_stands_behind_the_scheme() {
        assert!(says_where("mailto:a@b.de?subject=x") && says_where("https://b.de/x"));
        for bare in ["mailto:", "mailto: ", "mailto:?subject=x", "https://", "http:///x", "https://?x"] {
            assert!(!says_where(bare), "{bare}");
        }
    }

    #[test]
    fn values_are_encoded_and_the_text_keeps_its_signs() {
        let parts =
            vec![Part::Text("mailto:a@b.de?subject=Rn.%20".into()), Part::Name("number"), Part::Text("&x=".into())];
        let feedback = Feedback { parts };
        assert_eq!(feedback.filled(&[("number", "12a & ä")]), "mailto:a@b.de?subject=Rn.%2012a%20%26%20%C3%A4&x=");
    }
}
