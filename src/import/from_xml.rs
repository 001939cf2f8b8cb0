//! A schedule in XML as the values that the same schedule has in JSON.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::ImportErrorKind;
use super::node::{Node, Value};
use super::report::Report;

/// Deepest nesting; texts with HTML in them need some more than the eight of a schedule.
const DEEPEST: usize = 64;

/// An element with all that stands in it.
struct Element {
    name: String,
    at: usize,
    attributes: Vec<(String, Node)>,
    children: Vec<Element>,
    text: String,
    /// What stands between its tags.
    inner: Range<usize>,
}

/// The schedule in the text, as a table with the key `schedule`; reports what breaks the rules of XML.
pub(super) fn parse(report: &mut Report<'_>) -> Option<Node> {
    let root = tree(report)?;
    if root.name != "schedule" {
        report.error_at(root.at, None, report.line_of(root.at), ImportErrorKind::UnknownFormat);
        return None;
    }
    let at = root.at;
    let schedule = schedule(root, report.text);
    Some(Node::new(at, Value::Table(vec![("schedule".to_owned(), schedule)])))
}

fn tree(report: &mut Report<'_>) -> Option<Element> {
    let mut reader = Reader::from_str(report.text);
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    loop {
        let at = position(reader.buffer_position());
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                let at = report.text.floor_char_boundary(position(reader.error_position()));
                report.error_at(at, None, report.line_of(at), ImportErrorKind::Syntax(error.to_string()));
                return None;
            }
        };
        let end = position(reader.buffer_position());
        let closes = matches!(event, Event::Empty(_) | Event::End(_));
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                if open.len() == DEEPEST {
                    report.error_at(at, None, report.line_of(at), ImportErrorKind::TooDeep);
                    return None;
                }
                if let Some(Err(error)) = tag.attributes().find(Result::is_err) {
                    report.error_at(at, None, report.line_of(at), ImportErrorKind::Syntax(error.to_string()));
                }
                open.push(element(&tag, at, end));
            }
            Event::Eof => break,
            event => add_text(open.last_mut(), &event),
        }
        if closes && let Some(mut closed) = open.pop() {
            closed.inner.end = at.max(closed.inner.start);
            match open.last_mut() {
                Some(parent) => parent.children.push(closed),
                None => root = root.or(Some(closed)),
            }
        }
    }
    whole(open.pop(), root, report)
}

/// The root of a tree that was read to its end; reports an element that is still open, and a text without any.
fn whole(open: Option<Element>, root: Option<Element>, report: &mut Report<'_>) -> Option<Element> {
    if let Some(unclosed) = open {
        let text = format!("<{}>", unclosed.name);
        report.error_at(unclosed.at, None, &text, ImportErrorKind::Syntax("element is never closed".to_owned()));
        return None;
    }
    if root.is_none() {
        report.error_at(0, None, report.line_of(0), ImportErrorKind::UnknownFormat);
    }
    root
}

fn position(byte: u64) -> usize {
    usize::try_from(byte).unwrap_or(usize::MAX)
}

fn element(tag: &BytesStart<'_>, at: usize, end: usize) -> Element {
    let attributes = tag.attributes().filter_map(Result::ok).map(|attribute| {
        let name = attribute.key.local_name().as_ref().to_owned();
        let value =
            quick_xml::escape::unescape(&attribute.value).map_or(attribute.value.to_string(), |it| it.to_string());
        (name, Node::new(at, Value::Text(value)))
    });
    Element {
        name: tag.local_name().as_ref().to_owned(),
        at,
        attributes: attributes.collect(),
        children: Vec::new(),
        text: String::new(),
        inner: end..end,
    }
}

fn add_text(element: Option<&mut Element>, event: &Event<'_>) {
    let Some(element) = element else { return };
    match event {
        Event::Text(text) => element.text.push_str(text),
        Event::CData(text) => element.text.push_str(text),
        Event::GeneralRef(name) => add_reference(&mut element.text, name),
        _ => {}
    }
}

/// Adds what a reference stands for; one that XML does not know is left as it is, as HTML may know it.
fn add_reference(text: &mut String, name: &BytesRef<'_>) {
    match (name.resolve_char_ref(), quick_xml::escape::resolve_xml_entity(name)) {
        (Ok(Some(letter)), _) => text.push(letter),
        (_, Some(known)) => text.push_str(known),
        _ => {
            text.push('&');
            text.push_str(name);
            text.push(';');
        }
    }
}

/// An element that says no more than its names do.
fn plain(element: Element) -> Node {
    let is_text = element.attributes.is_empty() && element.children.is_empty();
    if is_text {
        return Node::new(element.at, Value::Text(element.text.trim().to_owned()));
    }
    named(element, "text", plain)
}

/// An element as a table of its attributes, its children and its own text under the key `text`.
fn named(element: Element, text: &str, child: impl Fn(Element) -> Node) -> Node {
    let mut entries = element.attributes;
    entries.extend(element.children.into_iter().map(|element| (element.name.clone(), child(element))));
    if !element.text.trim().is_empty() {
        entries.push((text.to_owned(), Node::new(element.at, Value::Text(element.text.trim().to_owned()))));
    }
    Node::new(element.at, Value::Table(entries))
}

/// The children of an element as a list, its attributes and text beside them.
fn listed(mut element: Element, key: &str, name: &str, item: impl Fn(Element) -> Node) -> Vec<(String, Node)> {
    let at = element.at;
    let children = std::mem::take(&mut element.children);
    let (items, others): (Vec<_>, Vec<_>) = children.into_iter().partition(|child| child.name == name);
    element.children = others;
    let mut entries = vec![(key.to_owned(), Node::new(at, Value::List(items.into_iter().map(item).collect())))];
    if let Value::Table(rest) = named(element, "text", plain).value {
        entries.extend(rest);
    }
    entries
}

fn schedule(mut root: Element, text: &str) -> Node {
    let at = root.at;
    let (days, others): (Vec<_>, Vec<_>) =
        std::mem::take(&mut root.children).into_iter().partition(|child| child.name == "day");
    let days: Vec<Node> = days.into_iter().map(|element| day(element, text)).collect();
    root.children = others;
    let mut entries = match named(root, "text", plain).value {
        Value::Table(entries) => entries,
        _ => Vec::new(),
    };
    let days = ("days".to_owned(), Node::new(at, Value::List(days)));
    match entries.iter_mut().find(|(name, _)| name == "conference") {
        Some((_, Node { value: Value::Table(conference), .. })) => {
            // In XML it is their number.
            conference.retain(|(name, _)| name != "days");
            conference.push(days);
        }
        _ => entries.push(("conference".to_owned(), Node::new(at, Value::Table(vec![days])))),
    }
    Node::new(at, Value::Table(entries))
}

fn day(mut element: Element, text: &str) -> Node {
    let at = element.at;
    let (rooms, others): (Vec<_>, Vec<_>) =
        std::mem::take(&mut element.children).into_iter().partition(|child| child.name == "room");
    let rooms = rooms.into_iter().map(|mut room| {
        let at = room.at;
        let named = room.attributes.iter().position(|(name, _)| name == "name");
        let name = named.map(|at| room.attributes.remove(at).1.to_string()).unwrap_or_default();
        (name, Node::new(at, Value::Table(listed(room, "events", "event", |element| event(element, text)))))
    });
    let rooms = Node::new(at, Value::Table(rooms.collect()));
    element.children = others;
    match named(element, "text", plain).value {
        Value::Table(mut entries) => {
            entries.push(("rooms".to_owned(), rooms));
            Node::new(at, Value::Table(entries))
        }
        _ => rooms,
    }
}

fn event(mut element: Element, text: &str) -> Node {
    let at = element.at;
    let children = std::mem::take(&mut element.children);
    let mut entries = match named(element, "text", plain).value {
        Value::Table(entries) => entries,
        _ => Vec::new(),
    };
    for child in children {
        let child_at = child.at;
        match child.name.as_str() {
            "recording" => entries.extend(recording(child)),
            "persons" => entries.extend(listed(child, "persons", "person", |it| named(it, "name", plain))),
            "links" => entries.extend(listed(child, "links", "link", address)),
            "attachments" => entries.extend(listed(child, "attachments", "attachment", address)),
            // HTML that nobody escaped.
            "abstract" | "description" if !child.children.is_empty() => {
                let inner = text.get(child.inner.clone()).unwrap_or_default().trim().to_owned();
                entries.extend(child.attributes);
                entries.push((child.name, Node::new(child_at, Value::Text(inner))));
            }
            _ => entries.push((child.name.clone(), plain(child))),
        }
    }
    Node::new(at, Value::Table(entries))
}

fn recording(element: Element) -> Vec<(String, Node)> {
    let Value::Table(entries) = named(element, "text", plain).value else { return Vec::new() };
    let names = entries.into_iter().map(|(name, node)| match name.as_str() {
        "license" => ("recording_license".to_owned(), node),
        "optout" => ("do_not_record".to_owned(), node),
        _ => (format!("recording.{name}"), node),
    });
    names.collect()
}

fn address(mut element: Element) -> Node {
    for (name, _) in element.attributes.iter_mut().filter(|(name, _)| name == "href") {
        "url".clone_into(name);
    }
    named(element, "title", plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xml_becomes_what_json_is() {
        let text = "<?xml version='1.0'?><schedule><version>1</version><conference><title>A &amp; &#66;</title><days>1</days></conference>\n\
            <day date='2024-05-06'><room name='Saal' guid='r'><event id='1'><title><![CDATA[<T>]]></title>\
            <recording><license>CC0</license><optout>true</optout></recording>\
            <persons><person id='7'>Externer Impuls</person></persons><abstract>Ein <b>Wort</b> &uuml;</abstract>\
            <links><link href='https://a.example/'>Seite</link></links></event></room></day></schedule>";
        let node = parse(&mut Report::new("a.xml", text)).unwrap();
        let conference = node.get("schedule").and_then(|it| it.get("conference")).unwrap();
        assert_eq!(conference.get("title").unwrap().to_string(), "A & B");
        let Value::List(days) = &conference.get("days").unwrap().value else { panic!() };
        assert_eq!(days[0].spot.at, text.find("<day ").unwrap());
        let room = days[0].get("rooms").and_then(|rooms| rooms.get("Saal")).unwrap();
        assert_eq!(room.get("guid").unwrap().to_string(), "r");
        let Value::List(events) = &room.get("events").unwrap().value else { panic!() };
        let shown = events[0].to_string();
        assert_eq!(
            shown,
            "id: 1, title: <T>, recording_license: CC0, do_not_record: true, persons: id: 7, name: Externer Impuls, \
             abstract: Ein <b>Wort</b> &uuml;, links: url: https://a.example/, title: Seite"
        );
    }

    #[test]
    fn broken_xml_is_an_error_with_its_line() {
        let errors = |text: &str| {
            let mut report = Report::new("a.xml", text);
            assert_eq!(parse(&mut report), None);
            report.errors()
        };
        let mismatched = errors("<schedule>\n<day></room></schedule>");
        assert_eq!(mismatched[0].line, Some(2));
        assert!(matches!(mismatched[0].kind, ImportErrorKind::Syntax(_)));
        assert!(matches!(errors("<schedule>\n<day>")[0].kind, ImportErrorKind::Syntax(_)));
        assert_eq!(errors("<html></html>")[0].kind, ImportErrorKind::UnknownFormat);
        assert_eq!(errors("<!-- nichts -->")[0].kind, ImportErrorKind::UnknownFormat);
        assert_eq!(errors(&"<schedule>".repeat(100_000))[0].kind, ImportErrorKind::TooDeep);
    }
}
