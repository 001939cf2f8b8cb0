//! What could not be read, as findings with their places.

use super::mapping::Mapping;
use super::{ImportError, ImportErrorKind, recognise};
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::source::{FileId, Files, Position, Span};

/// The text of a file as places in it are counted. What is not UTF-8 is shown as well as it can be.
pub fn shown(file: &str, bytes: &[u8], mapping: &Mapping) -> String {
    match recognise::decode(file, bytes, mapping) {
        Ok(text) => text.into_owned(),
        Err(_) => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// The finding about a mistake in `file`.
pub fn finding(error: &ImportError, file: FileId, files: &Files) -> Diagnostic {
    let span = span(file, error.line, error.column, &error.text, files);
    let at = |code: Code| Diagnostic::at(code, span).arg("key", error.key.as_deref().unwrap_or_default());
    let unknown = |reason: &str| at(Code::UnknownImport).arg("reason", reason).arg("path", &error.file);
    let syntax = |reason: &str| at(Code::ImportSyntax).arg("reason", reason).arg("message", "");
    let missing = |reason: &str, key: &str| at(Code::MissingInImport).arg("reason", reason).arg("key", key);
    let text = if error.text.is_empty() { "blank" } else { &error.text };
    let bad = |expected: &str| at(Code::BadImportValue).arg("text", text).arg("expected", expected);
    match &error.kind {
        ImportErrorKind::Empty => unknown("empty"),
        ImportErrorKind::NotUtf8 => unknown("encoding"),
        ImportErrorKind::UnknownFormat => unknown("format"),
        ImportErrorKind::Syntax(message) => syntax("syntax").arg("message", message),
        ImportErrorKind::TooDeep => syntax("deep"),
        ImportErrorKind::OpenQuote => syntax("quote"),
        ImportErrorKind::FieldCount { expected, found } => {
            syntax("fields").arg("expected", expected).arg("found", found)
        }
        ImportErrorKind::Missing(key) => missing("key", key),
        ImportErrorKind::MissingColumn => missing("column", &error.text),
        ImportErrorKind::WrongType { expected } | ImportErrorKind::BadValue { expected } => bad(expected),
        ImportErrorKind::BadDate => bad("a day like 2026-03-04 or 4.3.2026"),
        ImportErrorKind::BadTime => bad("a time of day like 14:30"),
        ImportErrorKind::BadLength => bad("a length like 45 or 01:30"),
        ImportErrorKind::BadLanguage => bad("a language like de, deu or Deutsch"),
        ImportErrorKind::BadFlag => bad("yes or no, ja or nein, true or false"),
        ImportErrorKind::UnknownKey { known } => {
            let near = suggest::nearest(&error.text, known.iter().copied());
            at(Code::UnknownMappingKey).arg("known", known.join(", ")).suggest(near)
        }
    }
}

/// Where a text stands: at its line and column, or in that line; else the line.
pub(super) fn span(file: FileId, line: Option<usize>, column: Option<usize>, text: &str, files: &Files) -> Span {
    let source = files.get(file);
    let position = |column| Position { line: line.unwrap_or(1), column };
    let start = source.byte(position(1)).unwrap_or_default();
    let rest = source.text().get(start..).unwrap_or_default();
    let end = start + rest.find('\n').unwrap_or(rest.len());
    let line = source.text().get(start..end).unwrap_or_default().trim_end();
    let at = column.and_then(|column| source.byte(position(column))).unwrap_or(start).min(start + line.len());
    let text = text.trim_end_matches('…');
    let behind = source.text().get(at..start + line.len()).unwrap_or_default();
    let found = |within: &str| (!text.is_empty()).then(|| within.find(text)).flatten();
    // A mapping's keys stand before the place of their values.
    let place = found(behind).map(|found| at + found).or_else(|| found(line).map(|found| start + found));
    match place {
        Some(place) => Span::new(file, place..place + text.len()),
        None if column.is_some() => Span::new(file, at..at + behind.chars().next().map_or(0, char::len_utf8)),
        None => Span::new(file, start..start + line.len()),
    }
}
