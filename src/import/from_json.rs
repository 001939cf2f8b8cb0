//! JSON as values with their places.

use super::ImportErrorKind;
use super::node::{Node, Value};
use super::report::{Report, Spot};

/// The value in the text; reports what breaks the rules of JSON.
pub(super) fn parse(report: &mut Report<'_>) -> Option<Node> {
    // The parser says whether all is well and nowhere too deep; after that places are found by walking along.
    if let Err(error) = serde_json::from_str::<serde_json::Value>(report.text) {
        let before = error.column().saturating_sub(1);
        let at = report.text.floor_char_boundary(report.line_start(error.line()).saturating_add(before));
        let line = report.line_of(at);
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        report.error_at(at, None, line, ImportErrorKind::Syntax(message));
        return None;
    }
    let mut walk = Walk { text: report.text, at: 0 };
    walk.value(String::new())
}

/// Walks along a text that is known to be JSON.
struct Walk<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Walk<'t> {
    fn peek(&mut self) -> Option<u8> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let blanks = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        self.at += blanks;
        rest.get(blanks).copied()
    }

    fn skip(&mut self, byte: u8) -> bool {
        let is_there = self.peek() == Some(byte);
        self.at += usize::from(is_there);
        is_there
    }

    fn value(&mut self, pointer: String) -> Option<Node> {
        let first = self.peek()?;
        let at = self.at;
        let value = match first {
            b'{' => self.table(&pointer)?,
            b'[' => self.list(&pointer)?,
            b'"' => Value::Text(self.string()?),
            _ => match self.word() {
                "null" => Value::Null,
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                number => Value::Number(number.to_owned()),
            },
        };
        Some(Node { spot: Spot { at, pointer: Some(pointer) }, value })
    }

    fn table(&mut self, pointer: &str) -> Option<Value> {
        let mut entries = Vec::new();
        self.skip(b'{');
        while !self.skip(b'}') {
            self.peek()?;
            let key = self.string()?;
            self.skip(b':');
            let step = key.replace('~', "~0").replace('/', "~1");
            entries.push((key, self.value(format!("{pointer}/{step}"))?));
            self.skip(b',');
        }
        Some(Value::Table(entries))
    }

    fn list(&mut self, pointer: &str) -> Option<Value> {
        let mut items = Vec::new();
        self.skip(b'[');
        while !self.skip(b']') {
            self.peek()?;
            items.push(self.value(format!("{pointer}/{}", items.len()))?);
            self.skip(b',');
        }
        Some(Value::List(items))
    }

    fn string(&mut self) -> Option<String> {
        let rest = self.text.get(self.at..)?;
        let mut escaped = false;
        let inner = rest.bytes().skip(1).position(|byte| {
            let ends = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        })?;
        let literal = rest.get(..inner + 2)?;
        self.at += literal.len();
        serde_json::from_str(literal).ok()
    }

    fn word(&mut self) -> &'t str {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && !"+-.".contains(letter));
        let word = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        self.at += word.len();
        word
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_their_place() {
        let text = "{\n \"a/b\": [1, {\"c\": \"x\\\"\\\\\"}, -1.5e3],\n \"a/b\": null }";
        let node = parse(&mut Report::new("a.json", text)).unwrap();
        let Value::Table(entries) = &node.value else { panic!("{node:?}") };
        assert_eq!(entries.len(), 2);
        let Value::List(items) = &entries[0].1.value else { panic!("{node:?}") };
        let inner = items[1].get("c").unwrap();
        assert_eq!(inner.value, Value::Text("x\"\\".into()));
        assert_eq!(inner.spot.pointer.as_deref(), Some("/a~1b/1/c"));
        assert!(text[inner.spot.at..].starts_with("\"x"));
        assert_eq!(items[2].value, Value::Number("-1.5e3".into()));
    }

    #[test]
    fn broken_json_is_an_error_with_its_line() {
        let mut report = Report::new("a.json", "{\n \"ä\": oops\n}");
        assert_eq!(parse(&mut report), None);
        let errors = report.errors();
        assert_eq!((errors[0].line, errors[0].text.as_str()), (Some(2), "\"ä\": oops"));
        assert!(
            matches!(&errors[0].kind, ImportErrorKind::Syntax(text) if text == "expected value" || text == "expected ident"),
            "{errors:?}"
        );
        let deep = "[".repeat(100_000);
        assert_eq!(parse(&mut Report::new("a.json", &deep)), None);
    }
}
