//! TOML as values with their places.

use std::collections::BTreeSet;

use ::toml::Spanned;
use ::toml::de::{DeInteger, DeTable, DeValue};

use super::ImportErrorKind;
use super::node::{Node, Value};
use super::report::Report;

/// The table in the text; reports the first thing of each line that breaks the rules of TOML.
pub(super) fn parse(report: &mut Report<'_>) -> Option<Node> {
    let text = report.text;
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut lines = BTreeSet::new();
    for error in &errors {
        let at = text.floor_char_boundary(error.span().unwrap_or(0..0).start);
        let line = report.line_of(at);
        // The others of a line mostly follow from its first.
        if lines.insert(line.as_ptr()) {
            let message = error.message().lines().next().unwrap_or_default().to_owned();
            report.error_at(at, None, line, ImportErrorKind::Syntax(message));
        }
    }
    errors.is_empty().then(|| Node::new(0, of_table(table.get_ref())))
}

fn of_table(table: &DeTable<'_>) -> Value {
    let mut entries: Vec<(usize, String, Node)> = table
        .iter()
        .map(|(key, value)| (key.span().start, key.get_ref().clone().into_owned(), of_value(value)))
        .collect();
    // The parser's table is sorted by names.
    entries.sort_by_key(|(at, ..)| *at);
    Value::Table(entries.into_iter().map(|(_, key, node)| (key, node)).collect())
}

fn of_value(value: &Spanned<DeValue<'_>>) -> Node {
    let read = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.clone().into_owned()),
        DeValue::Integer(number) => Value::Number(integer(number)),
        DeValue::Float(number) => Value::Number(number.as_str().to_owned()),
        DeValue::Boolean(flag) => Value::Bool(*flag),
        DeValue::Datetime(moment) => Value::Text(moment.to_string()),
        DeValue::Array(items) => Value::List(items.iter().map(of_value).collect()),
        DeValue::Table(table) => of_table(table),
    };
    Node::new(value.span().start, read)
}

fn integer(number: &DeInteger<'_>) -> String {
    match number.radix() {
        10 => number.as_str().to_owned(),
        radix => u128::from_str_radix(number.as_str(), radix).map_or(number.as_str().to_owned(), |it| it.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_keep_the_order_of_the_text() {
        let text = "title = 'b'\ndate = 2024-05-06\na = 0x10\n[talk]\nlist = [1, 'x']\n";
        let node = parse(&mut Report::new("a.toml", text)).unwrap();
        let Value::Table(entries) = &node.value else { panic!("{node:?}") };
        let keys: Vec<&str> = entries.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, ["title", "date", "a", "talk"]);
        assert_eq!(node.get("date").unwrap().value, Value::Text("2024-05-06".into()));
        assert_eq!(node.get("a").unwrap().value, Value::Number("16".into()));
        assert_eq!(node.get("date").unwrap().spot.at, text.find("2024").unwrap());
    }

    #[test]
    fn all_broken_lines_are_reported() {
        let mut report = Report::new("a.toml", "title = \n date = 2024-13-01\nok = 1\n");
        assert_eq!(parse(&mut report), None);
        let lines: Vec<_> = report.errors().into_iter().map(|error| error.line.unwrap()).collect();
        assert_eq!(lines, [1, 2]);
    }
}
