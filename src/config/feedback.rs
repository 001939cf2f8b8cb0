//! [`Feedback`]: the address to which readers send feedback, with places for what it is about.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::diagnostic::suggest;
use crate::source::{Span, Spanned};
use crate::toml_fields::Fields;

/// What may be filled in.
const NAMES: &[&str] = &["number", "release", "address"];

/// Characters of the address's own text that RFC 3986 allows nowhere.
const UNSAFE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'|');

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
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let close = rest[open..].find('}').map(|close| open + close);
            let name = close.map_or(&rest[open + 1..], |close| &rest[open + 1..close]);
            let Some(known) = NAMES.iter().find(|known| **known == name && close.is_some()) else {
                report_unknown(name, written.span, fields);
                return None;
            };
            parts.push(Part::Text(utf8_percent_encode(&rest[..open], UNSAFE).to_string()));
            parts.push(Part::Name(known));
            rest = close.map_or("", |close| &rest[close + 1..]);
        }
        parts.push(Part::Text(utf8_percent_encode(rest, UNSAFE).to_string()));
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
    fn values_are_encoded_and_the_text_keeps_its_signs() {
        let parts =
            vec![Part::Text("mailto:a@b.de?subject=Rn.%20".into()), Part::Name("number"), Part::Text("&x=".into())];
        let feedback = Feedback { parts };
        assert_eq!(feedback.filled(&[("number", "12a & ä")]), "mailto:a@b.de?subject=Rn.%2012a%20%26%20%C3%A4&x=");
    }
}
