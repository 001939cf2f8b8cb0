//! Makes a text of a file's bytes and tells its format by its content.

use std::borrow::Cow;

use super::mapping::Mapping;
use super::report::Report;
use super::{ImportError, ImportErrorKind};

/// The formats of texts; which JSON it is, its keys tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Xml,
    Toml,
    Csv,
}

/// The text without its byte order mark.
pub(super) fn decode<'b>(file: &str, bytes: &'b [u8], mapping: &Mapping) -> Result<Cow<'b, str>, Vec<ImportError>> {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).filter_map(|pair| pair.try_into().ok()).map(unit);
        let odd = bytes.len() % 2 == 1;
        (!odd).then(|| char::decode_utf16(units).collect::<Result<String, _>>().ok()).flatten()
    };
    // Spreadsheets write "Unicode text" as UTF-16.
    let text = match bytes {
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes).map(Cow::Owned),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes).map(Cow::Owned),
        [0xEF, 0xBB, 0xBF, rest @ ..] => str::from_utf8(rest).ok().map(Cow::Borrowed),
        _ => str::from_utf8(bytes).ok().map(Cow::Borrowed),
    };
    match text {
        Some(text) => Ok(text),
        None if mapping.is_windows_1252 => Ok(Cow::Owned(bytes.iter().map(|&byte| windows_1252(byte)).collect())),
        None => {
            let text = String::from_utf8_lossy(bytes);
            let at = text.find('\u{FFFD}').unwrap_or_default();
            let mut report = Report::new(file, &text);
            report.error_at(at, None, report.line_of(at), ImportErrorKind::NotUtf8);
            Err(report.errors())
        }
    }
}

/// The letter of a byte; only those from 0x80 to 0x9F are other ones than in Unicode.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
    ];
    byte.checked_sub(0x80).and_then(|at| HIGH.get(usize::from(at)).copied()).unwrap_or(char::from(byte))
}

/// The format of a text; `None` where it says nothing.
pub(super) fn format(text: &str) -> Option<Format> {
    let text = text.trim_start();
    let mut letters = text.chars().filter(|letter| !letter.is_whitespace());
    match (letters.next()?, letters.next()) {
        ('<', _) => return Some(Format::Xml),
        // `[{` is a list in JSON, `[[` and `[name]` are tables in TOML.
        ('{', _) | ('[', Some('{' | ']')) => return Some(Format::Json),
        ('[', _) => return Some(Format::Toml),
        _ => {}
    }
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let Some(first) = lines.next() else { return Some(Format::Toml) };
    let is_table = first.starts_with('[');
    // A spreadsheet names its separator so, which would be a key in TOML.
    let names_separator = first.len() == 5 && first.to_ascii_lowercase().starts_with("sep=");
    let is_key = first.split_once('=').is_some_and(|(key, _)| !key.contains([';', ',', '\t']));
    Some(if is_table || (is_key && !names_separator) { Format::Toml } else { Format::Csv })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_content() {
        assert_eq!(format(" \n"), None);
        assert_eq!(format("\n<schedule/>"), Some(Format::Xml));
        assert_eq!(format("{"), Some(Format::Json));
        assert_eq!(format("[ {"), Some(Format::Json));
        assert_eq!(format("[[talk]]\ntitle = 'a'"), Some(Format::Toml));
        assert_eq!(format("# Vorträge\n\ntitle = 'a; b'"), Some(Format::Toml));
        assert_eq!(format("Titel;Datum\n"), Some(Format::Csv));
        assert_eq!(format("sep=;\nTitel;Datum\n"), Some(Format::Csv));
    }

    #[test]
    fn encodings_are_told_by_marks() {
        let decode = |bytes: &[u8], mapping: &Mapping| decode("a.csv", bytes, mapping).map(Cow::into_owned);
        let mapping = Mapping::default();
        assert_eq!(decode(b"\xEF\xBB\xBFTitel", &mapping).unwrap(), "Titel");
        assert_eq!(decode(b"\xFF\xFET\0\xFC\0", &mapping).unwrap(), "Tü");
        assert_eq!(decode(b"\xFF\xFET", &mapping).unwrap_err()[0].kind, ImportErrorKind::NotUtf8);
        let errors = decode(b"Titel\nB\xFCro", &mapping).unwrap_err();
        assert_eq!((errors[0].line, errors[0].column, errors[0].text.as_str()), (Some(2), Some(2), "B\u{FFFD}ro"));
        let mapping = Mapping::read("m.toml", "encoding = 'windows-1252'").unwrap();
        assert_eq!(decode(b"B\xFCro \x96", &mapping).unwrap(), "Büro –");
    }
}
