//! Citations as RIS.

use super::{Author, Kind, Work, one_line};

/// The works as a file.
pub(super) fn text(works: &[Work]) -> String {
    works.iter().map(entry).collect()
}

fn entry(work: &Work) -> String {
    let kind = match work.kind {
        Kind::Release => "BOOK",
        Kind::Chapter => "CHAP",
        Kind::Talk => "SLIDE",
    };
    let event = work.event.as_ref();
    let within = work.container.as_ref().or(event.map(|event| &event.title));
    let mut lines = vec![line("TY", kind), line("ID", &work.id)];
    lines.extend(work.authors.iter().map(|author: &Author| line("AU", author.name())));
    lines.push(line("TI", &work.title));
    let text = |tag, text: Option<&String>| text.map(|text| line(tag, text));
    let others = [
        text("T2", within),
        text("SE", work.section.as_ref()),
        text("ET", work.edition.as_ref()),
        work.issued.map(|day| line("PY", &format!("{:04}", day.year()))),
        work.issued.map(|day| line("DA", &day.strftime("%Y/%m/%d").to_string())),
        text("CY", event.and_then(|event| event.place.as_ref())),
        text("PB", work.publisher.as_ref()),
        text("M3", event.map(|event| &event.genre)),
        text("LA", Some(&work.language)),
        text("UR", Some(&work.url)),
        text("N1", work.status.as_ref()),
        text("N1", work.rights.as_ref()),
    ];
    lines.extend(others.into_iter().flatten());
    lines.push("ER  - \r\n".to_owned());
    lines.concat()
}

fn line(tag: &str, value: &str) -> String {
    format!("{tag}  - {}\r\n", one_line(value))
}

#[cfg(test)]
mod tests {
    use super::super::tests::hostile;
    use super::*;

    /// A strict reader: every line is a tag and its value.
    fn read(text: &str) -> Vec<(&str, &str)> {
        let lines = text.strip_suffix("\r\n").unwrap().split("\r\n");
        lines.map(|line| line.split_once("  - ").filter(|(tag, _)| tag.len() == 2).unwrap()).collect()
    }

    #[test]
    fn every_value_is_one_line() {
        let text = text(&[hostile(), hostile()]);
        let lines = read(&text);
        assert_eq!(lines.iter().filter(|(tag, _)| *tag == "TY").count(), 2);
        assert_eq!(lines.iter().filter(|line| **line == ("ER", "")).count(), 2);
        assert_eq!(lines.iter().filter(|(tag, _)| *tag == "AU").count(), 4);
        assert!(lines.contains(&("TI", "A\\b {c} 5 % & $d #e _f ^g ~h TY - i")), "{text}");
        assert!(lines.contains(&("DA", "2025/06/01")) && lines.contains(&("SE", "Rn. 12a")));
        assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
    }
}
