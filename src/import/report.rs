//! Collects what is wrong and what has no place while a file is read, with lines and columns.

use super::node::{Node, Value};
use super::{ImportError, ImportErrorKind, Imported, ImportedTalk, Place, Unmapped};

/// Characters are counted ahead in steps of so many bytes, as an export may be one long line.
const STEP: usize = 1024;

/// Longest value or offending text that is shown, in characters.
const LONGEST: usize = 100;

/// Where a value stands: its first byte, and its JSON pointer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Spot {
    pub at: usize,
    pub pointer: Option<String>,
}

/// A text of the source with its key and place.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub key: String,
    pub text: String,
    pub spot: Spot,
}

/// What was found so far in a file, with the byte where it was found.
pub(super) struct Report<'t> {
    file: &'t str,
    pub text: &'t str,
    line_starts: Vec<usize>,
    /// How many characters begin before each step.
    counts: Vec<usize>,
    /// Of CSV only the line of a row is known.
    pub has_columns: bool,
    unmapped: Vec<(usize, Unmapped)>,
    errors: Vec<(usize, ImportError)>,
}

impl<'t> Report<'t> {
    pub fn new(file: &'t str, text: &'t str) -> Self {
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let counts = text.as_bytes().chunks(STEP).scan(0, |sum, bytes| {
            let before = *sum;
            *sum += characters(bytes);
            Some(before)
        });
        let counts = counts.collect();
        Self { file, text, line_starts, counts, has_columns: true, unmapped: Vec::new(), errors: Vec::new() }
    }

    fn position(&self, at: usize) -> (usize, Option<usize>) {
        let line = self.line_starts.partition_point(|&start| start <= at);
        let start = self.line_starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let column = self.characters_before(at).saturating_sub(self.characters_before(start)) + 1;
        (line, self.has_columns.then_some(column))
    }

    fn characters_before(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let step = (at / STEP).min(self.counts.len().saturating_sub(1));
        let rest = self.text.as_bytes().get(step * STEP..at).unwrap_or_default();
        self.counts.get(step).copied().unwrap_or_default() + characters(rest)
    }

    /// The first byte of a line, counted from 1.
    pub fn line_start(&self, line: usize) -> usize {
        self.line_starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len())
    }

    /// What stands in the line of a byte; of a long line what stands around the byte.
    pub fn line_of(&self, at: usize) -> &'t str {
        let line = self.line_starts.partition_point(|&start| start <= at);
        let (start, end) = (self.line_start(line), self.line_start(line + 1));
        let start = if end - start > LONGEST { start.max(at.saturating_sub(LONGEST / 2)) } else { start };
        self.text.get(self.text.floor_char_boundary(start)..end).unwrap_or_default()
    }

    pub fn place(&self, spot: &Spot) -> Place {
        let (line, column) = self.position(spot.at);
        Place { file: self.file.to_owned(), line: Some(line), column, pointer: spot.pointer.clone() }
    }

    /// Notes a value that has no place; an empty one says nothing.
    pub fn unmapped(&mut self, key: &str, node: &Node) {
        if !node.is_empty() {
            self.unmapped_text(key, &node.to_string(), &node.spot);
        }
    }

    pub fn unmapped_text(&mut self, key: &str, text: &str, spot: &Spot) {
        let value = one_line(text);
        if !value.is_empty() {
            let unmapped = Unmapped { place: self.place(spot), key: key.to_owned(), value };
            self.unmapped.push((spot.at, unmapped));
        }
    }

    pub fn unmapped_said(&mut self, said: &Said) {
        self.unmapped_text(&said.key, &said.text, &said.spot);
    }

    pub fn error(&mut self, said: &Said, kind: ImportErrorKind) {
        self.error_at(said.spot.at, Some(&said.key), &said.text, kind);
    }

    pub fn error_at(&mut self, at: usize, key: Option<&str>, text: &str, kind: ImportErrorKind) {
        let (line, column) = self.position(at);
        let error = ImportError {
            file: self.file.to_owned(),
            line: Some(line),
            column,
            key: key.map(str::to_owned),
            text: one_line(text),
            kind,
        };
        self.errors.push((at, error));
    }

    pub fn wrong_type(&mut self, key: &str, node: &Node, expected: &'static str) {
        self.error_at(node.spot.at, Some(key), &node.to_string(), ImportErrorKind::WrongType { expected });
    }

    /// A text, number or flag as a text. Of a text in several languages it is the first that says something.
    pub fn said(&mut self, key: &str, node: Node) -> Option<Said> {
        let (spot, key) = (node.spot.clone(), key.to_owned());
        let text = match node.value {
            Value::Null => return None,
            Value::Bool(flag) => flag.to_string(),
            Value::Number(text) => text,
            Value::Text(text) => text.trim().to_owned(),
            Value::Table(entries) if entries.iter().all(|(_, node)| node.is_text_or_null()) => {
                return self.first_language(&key, entries);
            }
            Value::List(_) | Value::Table(_) => {
                self.wrong_type(&key, &node, "a text");
                return None;
            }
        };
        (!text.is_empty()).then_some(Said { key, text, spot })
    }

    fn first_language(&mut self, key: &str, entries: Vec<(String, Node)>) -> Option<Said> {
        let mut first = None;
        for (language, node) in entries.into_iter().filter(|(_, node)| !node.is_empty()) {
            let key = if first.is_some() { format!("{key} ({language})") } else { key.to_owned() };
            let said = self.said(&key, node);
            match (&first, said) {
                (None, said) => first = said,
                (Some(_), Some(said)) => self.unmapped_said(&said),
                (Some(_), None) => {}
            }
        }
        first
    }

    /// The result: the errors if there are any, all in the order of the source.
    pub fn finish(mut self, talks: Vec<ImportedTalk>) -> Result<Imported, Vec<ImportError>> {
        // Keys are taken in the order of a talk's fields; places bring back that of the source.
        self.errors.sort_by_key(|(at, _)| *at);
        self.unmapped.sort_by_key(|(at, _)| *at);
        if !self.errors.is_empty() {
            return Err(self.errors());
        }
        Ok(Imported { talks, unmapped: self.unmapped.into_iter().map(|(_, unmapped)| unmapped).collect() })
    }

    /// The errors in the order of the source.
    pub fn errors(mut self) -> Vec<ImportError> {
        self.errors.sort_by_key(|(at, _)| *at);
        self.errors.into_iter().map(|(_, error)| error).collect()
    }
}

fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| !(0x80..0xC0).contains(*byte)).count()
}

/// A text in one line of bearable length.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::new();
    let mut length = 0;
    for word in text.split(|letter: char| letter.is_whitespace() || letter.is_control()).filter(|word| !word.is_empty())
    {
        let blank = usize::from(length > 0);
        let letters = word.chars().count();
        if length + blank + letters > LONGEST {
            let room = LONGEST.saturating_sub(length + blank);
            if blank > 0 && room > 0 {
                line.push(' ');
            }
            line.extend(word.chars().take(room));
            return line.trim_end().to_owned() + "…";
        }
        if blank > 0 {
            line.push(' ');
        }
        line.push_str(word);
        length += blank + letters;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters() {
        let report = Report::new("a.toml", "äö\nüß x");
        let place = report.place(&Spot { at: 10, pointer: None });
        assert_eq!((place.line, place.column), (Some(2), Some(4)));
        assert_eq!(report.line_of(6), "üß x");
        assert_eq!(report.place(&Spot { at: 99, pointer: None }).line, Some(2));
    }

    #[test]
    fn columns_of_long_lines_are_right() {
        let text = "x\n".to_owned() + &"äb€".repeat(2000);
        let report = Report::new("a.json", &text);
        for (at, _) in text.char_indices().skip(2) {
            let column = text[2..at].chars().count() + 1;
            assert_eq!(report.place(&Spot { at, pointer: None }).column, Some(column));
        }
        assert_eq!(report.line_of(text.len()).chars().count(), 25);
    }

    #[test]
    fn long_values_are_shortened_to_a_line() {
        assert_eq!(one_line(" ein\n\n  Wort\u{0} "), "ein Wort");
        let long = one_line(&"wort ".repeat(60));
        assert!(long.chars().count() <= LONGEST + 1 && long.ends_with("wort…"));
        assert_eq!(one_line(&"ä".repeat(200)).chars().count(), LONGEST + 1);
    }
}
