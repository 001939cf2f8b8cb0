//! `[redirects]`: old addresses of the site, each in the one form in which it is compared and written.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Span, Spanned};
use crate::toml_fields::Fields;

/// Endings of names of files; what ends otherwise, like `0.9`, is a folder.
#[rustfmt::skip]
const SUFFIXES: &[&str] = &[
    "asp", "aspx", "atom", "avif", "bib", "css", "csv", "doc", "docx", "eot", "epub", "gif", "htm", "html", "ico", "ics",
    "jpeg", "jpg", "js", "json", "jsonld", "jsp", "map", "md", "mjs", "mp3", "mp4", "odp", "ods", "odt", "ogg", "otf",
    "pdf", "php", "png", "pptx", "ppt", "rdf", "rss", "rtf", "shtml", "svg", "tar", "gz", "tex", "ttf", "ttl", "txt",
    "vtt", "wav", "webm", "webmanifest", "webp", "woff", "woff2", "xhtml", "xls", "xlsx", "xml", "xsl", "yaml", "yml",
    "zip",
];

/// Endings of files at whose place a page that leads on can stand; in a PDF's place it would be a broken PDF.
const PAGES: &[&str] = &["asp", "aspx", "htm", "html", "jsp", "php", "shtml", "xhtml"];

/// Old addresses of the site, from its root, with where each leads: another address of the site or one elsewhere.
pub(super) fn read(fields: &mut Fields<'_, '_>) -> Vec<(Spanned<String>, Spanned<String>)> {
    let (mut redirects, mut known): (Vec<_>, BTreeMap<String, Span>) = (Vec::new(), BTreeMap::new());
    for (from, to) in fields.rest::<Spanned<String>>() {
        let old = match old_address(&from.value) {
            Ok(old) => old,
            Err(expected) => {
                fields.bad_value(from.span, expected, None);
                continue;
            }
        };
        if !(to.value.starts_with('/') || to.value.starts_with("https://") || to.value.starts_with("http://")) {
            fields.bad_value(to.span, "an address of the site like /neu/, or one elsewhere with https://", None);
        } else if let Some(&first) = known.get(&old) {
            let found = Diagnostic::at(Code::DuplicateAddress, from.span).label(first, "first");
            fields.report(found.arg("address", old).arg("owner", "redirect").arg("other", "redirect"));
        } else {
            known.insert(old.clone(), from.span);
            redirects.push((Spanned { value: old, span: from.span }, to));
        }
    }
    redirects
}

/// An address without percent encoding, as servers compare it; a folder's ends with a slash. Otherwise what was expected.
fn old_address(written: &str) -> Result<String, &'static str> {
    const EXPECTED: &str = "an old address of the site like /alt/";
    let decoded = percent_decode_str(written).decode_utf8().map_err(|_| EXPECTED)?;
    let leads_on = decoded.starts_with('/') && !decoded.contains("//") && !decoded.contains("..");
    if !leads_on || decoded.contains(|c: char| c.is_control() || "#?\\".contains(c)) {
        return Err(EXPECTED);
    }
    // Hosts that read `_redirects` would lead more addresses on than the site has pages for.
    if decoded.contains('*') || decoded.contains("/:") {
        return Err("one old address like /alt/: without `*`, and no part of it begins with `:`");
    }
    let address = as_file_or_folder(&decoded);
    if suffix(&address).is_some_and(|suffix| !address.ends_with('/') && !PAGES.contains(&suffix.as_str())) {
        return Err("the old address of a page; a file such as a PDF stays where it was");
    }
    Ok(address)
}

/// What stands behind the last point of an address, in small letters.
fn suffix(address: &str) -> Option<String> {
    let name = address.rsplit('/').next()?;
    name.rsplit_once('.').map(|(_, suffix)| suffix.to_ascii_lowercase())
}

/// A file's name has a suffix that files have; everything else is a folder's address and ends with a slash.
pub fn as_file_or_folder(address: &str) -> String {
    let is_file = suffix(address).is_some_and(|suffix| SUFFIXES.contains(&suffix.as_str()));
    if address.ends_with('/') || is_file { address.to_owned() } else { format!("{address}/") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_address_has_one_form() {
        for written in ["/ä", "/ä/", "/%C3%A4/", "/%c3%a4"] {
            assert_eq!(old_address(written).as_deref(), Ok("/ä/"), "{written}");
        }
        assert_eq!(old_address("/alt.html").as_deref(), Ok("/alt.html"));
        assert_eq!(old_address("/100%25/").as_deref(), Ok("/100%/"));
    }

    #[test]
    fn what_no_page_can_have_is_refused() {
        for written in
            ["alt", "/a//b/", "/%2e%2e/a/", "/a%23b/", "/a%00/", "/%FF/", "/a/*", "/%2A/", "/:a/b/", "/a.pdf"]
        {
            assert!(old_address(written).is_err(), "{written}");
        }
    }
}
