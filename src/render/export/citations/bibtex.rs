//! Citations for BibTeX and biber.

use super::{Author, Kind, Work, one_line};

/// Months as every style of BibTeX knows them.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The works as a file.
pub(super) fn text(works: &[Work]) -> String {
    works.iter().map(entry).collect::<Vec<_>>().join("\n")
}

fn entry(work: &Work) -> String {
    let kind = match work.kind {
        Kind::Release => "book",
        Kind::Chapter => "incollection",
        Kind::Talk => "misc",
    };
    let fields: String = fields(work).into_iter().map(|(name, value)| format!("  {name} = {value},\n")).collect();
    format!("@{kind}{{{},\n{fields}}}\n", work.id)
}

/// The fields that a work has, with their values as they are written.
fn fields(work: &Work) -> Vec<(&'static str, String)> {
    let authors: Vec<String> = work.authors.iter().map(author).collect();
    let note: Vec<&str> = work.section.iter().chain(&work.rights).map(String::as_str).collect();
    let event = work.event.as_ref();
    let text = |text: Option<&String>| text.map(|text| format!("{{{}}}", escaped(text)));
    let day = work.issued;
    let names = language_names(&work.language);
    let fields = [
        ("author", (!authors.is_empty()).then(|| format!("{{{}}}", authors.join(" and ")))),
        // A second pair of braces keeps capitals as they are.
        ("title", Some(format!("{{{{{}}}}}", escaped(&work.title)))),
        ("booktitle", text(work.container.as_ref())),
        ("edition", text(work.edition.as_ref())),
        ("version", text(work.version.as_ref())),
        ("howpublished", text(event.map(|event| format!("{}, {}", event.genre, event.title)).as_ref())),
        ("eventtitle", text(event.map(|event| &event.title))),
        ("venue", text(event.and_then(|event| event.place.as_ref()))),
        ("publisher", text(work.publisher.as_ref())),
        // biber reads the date, BibTeX year and month.
        ("date", day.map(|day| format!("{{{day}}}"))),
        ("year", day.map(|day| format!("{{{}}}", day.year()))),
        (
            "month",
            day.and_then(|day| MONTHS.get(usize::from(day.month().unsigned_abs()).wrapping_sub(1)))
                .map(|month| (*month).to_owned()),
        ),
        ("pubstate", text(work.status.as_ref())),
        ("language", names.map(|(name, _)| format!("{{{name}}}"))),
        ("langid", names.map(|(_, id)| format!("{{{id}}}"))),
        ("url", Some(format!("{{{}}}", address(&work.url)))),
        ("note", (!note.is_empty()).then(|| format!("{{{}}}", escaped(&note.join(". "))))),
    ];
    fields.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// A person's name is taken apart by programs, unless it would be taken for several or turned around; a body's is not.
fn author(author: &Author) -> String {
    let name = escaped(author.name());
    let is_plain = !name.contains(',') && !name.to_lowercase().split(' ').any(|word| word == "and" || word == "others");
    match author {
        Author::Person(_) if is_plain => name,
        _ => format!("{{{name}}}"),
    }
}

/// A text on one line, in which no sign is a command. Braces have names: `\{` would count as an open one.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in one_line(text).chars() {
        match c {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '{' => escaped.push_str("\\textbraceleft{}"),
            '}' => escaped.push_str("\\textbraceright{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '%' | '&' | '$' | '#' | '_' => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
    escaped
}

/// An address is read as it stands; only what would end it is encoded.
fn address(url: &str) -> String {
    one_line(url).replace('\\', "%5C").replace('{', "%7B").replace('}', "%7D").replace(' ', "%20")
}

/// What a language is called by biblatex and by babel.
fn language_names(tag: &str) -> Option<(&'static str, &'static str)> {
    match tag.split('-').next()? {
        "de" => Some(("german", "ngerman")),
        "en" => Some(("english", "english")),
        "fr" => Some(("french", "french")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use biblatex::{Bibliography, ChunksExt};

    use super::super::tests::hostile;
    use super::*;

    #[test]
    fn no_sign_is_a_command() {
        let text = text(&[hostile(), Work { id: "b".into(), ..hostile() }]);
        let read = Bibliography::parse(&text).unwrap();
        assert_eq!(read.keys().collect::<Vec<_>>(), ["leitlinien-1.1-rn-12a", "b"]);
        let entry = read.get("b").unwrap();
        let title = entry.title().unwrap().format_verbatim();
        for part in ["5 % & $d #e _f", "textbackslash", "textasciicircum", "textasciitilde", " TY - i"] {
            assert!(title.contains(part) || !part.starts_with(' '), "{part} in {title}");
        }
        assert!(title.contains("5 % & $d #e _f"), "{title}");
        assert_eq!(entry.author().unwrap().len(), 2);
        let url = entry.get("url").unwrap().format_verbatim();
        assert_eq!(url, "https://example.org/%7Ba%7D%5C%20_b/#rn-12a");
        // BibTeX counts every brace, also one behind a backslash.
        let depth = text.chars().map(|c| i32::from(c == '{') - i32::from(c == '}')).sum::<i32>();
        assert_eq!(depth, 0);
        assert!(!text.contains("\\{") && !text.contains("\\}"));
    }

    #[test]
    fn names_are_taken_apart_only_where_that_is_right() {
        let person = |name: &str| author(&Author::Person(name.into()));
        assert_eq!(person("Dr. Ada Bär"), "Dr. Ada Bär");
        assert_eq!(person("Bär and Söhne"), "{Bär and Söhne}");
        assert_eq!(person("Bär, Ada"), "{Bär, Ada}");
        assert_eq!(author(&Author::Body("Amt".into())), "{Amt}");
    }
}
