//! CSV as one record a row.

use super::ImportErrorKind;
use super::mapping::{Field, Mapping};
use super::node::{Node, Record, Value};
use super::report::{Report, Spot};

/// The rows below the line of names; reports rows whose fields do not fit the names.
pub(super) fn rows(mapping: &Mapping, report: &mut Report<'_>) -> Option<Vec<Record>> {
    report.has_columns = false;
    let (start, separator) = separator(report.text);
    let text = report.text.get(start..).unwrap_or_default();
    if let Some(open) = open_quote(text, separator) {
        report.error_at(start + open, None, report.line_of(start + open), ImportErrorKind::OpenQuote);
        return None;
    }
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.delimiter(separator).flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut names: Option<Vec<String>> = None;
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let at = error.position().map_or(0, |position| place(start, text, position));
                report.error_at(at, None, report.line_of(at), ImportErrorKind::Syntax(error.to_string()));
                break;
            }
        };
        let at = record.position().map_or(start, |position| place(start, text, position));
        match &names {
            None => {
                let found: Vec<String> = record.iter().map(|name| name.trim().to_owned()).collect();
                if !check(&found, at, mapping, report) {
                    return None;
                }
                names = Some(found);
            }
            Some(names) => rows.extend(row(names, &record, at, report)),
        }
    }
    Some(rows)
}

/// The first byte of a record; the reader counts the line breaks before it to the record.
fn place(start: usize, text: &str, position: &csv::Position) -> usize {
    let at = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let breaks = text.as_bytes().iter().skip(at).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    start.saturating_add(at).saturating_add(breaks)
}

/// Where the line of names begins, and what separates the names. A first line `sep=;` says it.
fn separator(text: &str) -> (usize, u8) {
    let line = text.lines().next().unwrap_or_default();
    let named = line.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")).and(line.as_bytes().get(4));
    if let (Some(&named), 5) = (named, line.len()) {
        let start = text.find('\n').map_or(text.len(), |at| at + 1);
        return (start, named);
    }
    let names = text.trim_start().lines().next().unwrap_or_default();
    let mut counts = [(b';', 0), (b'\t', 0), (b',', 0)];
    let mut quoted = false;
    for byte in names.bytes() {
        quoted ^= byte == b'"';
        for (separator, count) in &mut counts {
            *count += usize::from(*separator == byte && !quoted);
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or_default();
    let found = counts.iter().find(|(_, count)| *count == most && most > 0);
    (0, found.map_or(b';', |(separator, _)| *separator))
}

/// Where a quote opens that is never closed: the reader would take all that follows as one field.
fn open_quote(text: &str, separator: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut open = None;
    let mut is_start = true;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match (byte, open) {
            (b'"', Some(_)) if bytes.get(at + 1) == Some(&b'"') => at += 1,
            (b'"', Some(_)) => open = None,
            (b'"', None) if is_start => open = Some(at),
            _ => {}
        }
        is_start = open.is_none() && (byte == separator || byte == b'\n' || byte == b'\r');
        at += 1;
    }
    open
}

/// Reports columns that are missing; whether there are titles, without which no row can be read.
fn check(names: &[String], at: usize, mapping: &Mapping, report: &mut Report<'_>) -> bool {
    for missing in mapping.columns().filter(|wanted| !names.iter().any(|name| name == wanted)) {
        report.error_at(at, Some(missing), missing, ImportErrorKind::MissingColumn);
    }
    let has_titles = names.iter().any(|name| mapping.is_title(name));
    // A column that the mapping names was reported above.
    if !has_titles && !mapping.names(Field::Title) {
        report.error_at(at, None, report.line_of(at), ImportErrorKind::Missing("title"));
    }
    has_titles
}

fn row(names: &[String], record: &csv::StringRecord, at: usize, report: &mut Report<'_>) -> Option<Record> {
    if record.iter().all(|field| field.trim().is_empty()) {
        return None;
    }
    let more = record.iter().skip(names.len()).any(|field| !field.trim().is_empty());
    if more || record.len() < names.len() {
        let kind = ImportErrorKind::FieldCount { expected: names.len(), found: record.len() };
        report.error_at(at, None, report.line_of(at), kind);
        return None;
    }
    let fields = names.iter().zip(record.iter()).enumerate().map(|(number, (name, field))| {
        let name = if name.is_empty() { format!("column {}", number + 1) } else { name.clone() };
        (name, Node::new(at, Value::Text(field.to_owned())))
    });
    Some(Record::new(Spot { at, pointer: None }, fields.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<String>, Vec<super::super::ImportError>) {
        let mut report = Report::new("a.csv", text);
        let rows = rows(&Mapping::default(), &mut report).unwrap_or_default();
        let shown =
            rows.into_iter().map(|row| Node { spot: row.spot.clone(), value: Value::Table(row.rest()) }.to_string());
        (shown.collect(), report.errors())
    }

    #[test]
    fn separators_are_found() {
        for text in [
            "Titel;Ort, Raum\nA;\"b\n;\"\n",
            "Titel\t\"Ort, Raum\"\nA\t\"b\n;\"\n",
            "sep=,\nTitel,\"Ort, Raum\"\nA,\"b\n;\"",
        ] {
            let (rows, errors) = read(text);
            assert_eq!((rows, errors), (vec!["Titel: A, Ort, Raum: b\n;".to_owned()], vec![]), "{text}");
        }
        assert_eq!(read("Titel\nA\n\nB\n").0, ["Titel: A", "Titel: B"]);
    }

    #[test]
    fn rows_must_fit_the_names() {
        let (rows, errors) = read("Titel;Ort\n\nA;b;c\n;;\nA;b;\nA\n");
        assert_eq!(rows, ["Titel: A, Ort: b"]);
        let found: Vec<_> = errors.iter().map(|error| (error.line, error.column, error.kind.clone())).collect();
        let count = |found| ImportErrorKind::FieldCount { expected: 2, found };
        assert_eq!(found, [(Some(3), None, count(3)), (Some(6), None, count(1))]);
    }

    #[test]
    fn an_open_quote_is_an_error() {
        let (_, errors) = read("Titel;Ort\n\"A \"\"x\"\"\";b\nC;\"d\nE;f\n");
        assert_eq!((errors[0].line, errors[0].kind.clone()), (Some(3), ImportErrorKind::OpenQuote));
        assert_eq!(read("Titel;Ort\nA 3\" x;b\n").1, []);
    }

    #[test]
    fn a_title_is_needed() {
        assert_eq!(read("Name;Ort\nA;b\n").1[0].kind, ImportErrorKind::Missing("title"));
    }
}
