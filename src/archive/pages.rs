//! Which files of a rendered site go into an archive, and how their links lead on from the disk.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;

use super::snapshot::Snapshot;
use crate::render::relative;

/// Attributes that hold an address.
const ATTRIBUTES: &[&str] = &[" href=\"", " src=\"", " srcset=\"", " poster=\""];

/// What only leads on does not go into an archive.
const LEADS_ON: &str = "http-equiv=\"refresh\"";

/// The files of the archive by their paths: all of the release, the pages of other kinds that its pages lead to, and what
/// all of them need to be seen. Links to the rest of the site lead to its public address.
pub(super) fn choose(snapshot: &Snapshot) -> BTreeMap<String, Vec<u8>> {
    let files: BTreeMap<&str, &[u8]> =
        snapshot.files.iter().map(|file| (file.path.as_str(), file.bytes.as_ref())).collect();
    let chosen = chosen(snapshot, &files);
    let file = |path: &str| {
        let bytes = files.get(path).copied().unwrap_or_default();
        match text_of(path, bytes) {
            Some(html) => rewritten(html, path, &chosen, snapshot).into_bytes(),
            None => bytes.to_vec(),
        }
    };
    chosen.iter().map(|path| ((*path).to_owned(), file(path))).collect()
}

fn chosen<'f>(snapshot: &Snapshot, files: &BTreeMap<&'f str, &'f [u8]>) -> BTreeSet<&'f str> {
    let (folder, guideline) = (snapshot.folder(), &snapshot.project.sources.config.addresses.guideline);
    let folder = folder.trim_start_matches('/');
    let leads_on = |path: &str| text_of(path, files[path]).is_some_and(|html| html.contains(LEADS_ON));
    let own = files.keys().copied().filter(|path| path.starts_with(folder) && !leads_on(path));
    let mut chosen: BTreeSet<&str> = own.collect();
    let mut led_to: BTreeSet<&str> = BTreeSet::new();
    for path in &chosen {
        led_to.extend(targets(path, files).filter(|to| {
            let is_page = to.ends_with(".html");
            is_page && !to.starts_with(&format!("{guideline}/")) && *to != "index.html" && !leads_on(to)
        }));
    }
    chosen.extend(led_to);
    // Pictures, styles and fonts.
    let needed: Vec<&str> = chosen.iter().flat_map(|path| targets(path, files)).collect();
    let is_seen = |path: &&str| {
        let ending = path.rsplit('.').next().unwrap_or_default();
        matches!(ending, "svg" | "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif")
    };
    chosen.extend(needed.into_iter().filter(is_seen));
    chosen.extend(files.keys().copied().filter(|path| path.starts_with("assets/")));
    chosen
}

/// A page's text.
fn text_of<'f>(path: &str, bytes: &'f [u8]) -> Option<&'f str> {
    std::str::from_utf8(bytes).ok().filter(|_| path.ends_with(".html"))
}

/// The files to which a page leads.
fn targets<'f>(page: &str, files: &BTreeMap<&'f str, &'f [u8]>) -> impl Iterator<Item = &'f str> {
    let html = files.get(page).and_then(|bytes| text_of(page, bytes)).unwrap_or_default();
    let page = page.to_owned();
    let file = move |address: &str| resolved(&page, address).map(|to| file_at(&to.path));
    let found: Vec<String> = addresses(html).into_iter().filter_map(|range| file(&html[range])).collect();
    let known: Vec<&'f str> =
        found.iter().filter_map(|path| files.get_key_value(path.as_str()).map(|(&path, _)| path)).collect();
    known.into_iter()
}

/// The places of all addresses in a page.
fn addresses(html: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    for attribute in ATTRIBUTES {
        for (at, _) in html.match_indices(attribute) {
            let start = at + attribute.len();
            let end = html[start..].find('"').map_or(html.len(), |end| start + end);
            found.push(start..end);
        }
    }
    found.sort_by_key(|range| range.start);
    found
}

/// An address inside the site: its path from the root without percent encoding, and what follows it.
struct Inside<'a> {
    path: String,
    behind: &'a str,
}

/// Where an address leads that stands on the page with this file; `None` for one elsewhere, and for one on the same page.
fn resolved<'a>(file: &str, address: &'a str) -> Option<Inside<'a>> {
    let has_scheme = address.split(['/', '#', '?']).next().is_some_and(|start| start.contains(':'));
    if has_scheme || address.starts_with(['#', '/']) || address.is_empty() {
        return None;
    }
    let (path, behind) = address.find(['#', '?']).map_or((address, ""), |at| address.split_at(at));
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    let decoded = percent_decode_str(path).decode_utf8_lossy();
    for segment in decoded.split('/') {
        match segment {
            ".." => drop(parts.pop()),
            "." | "" => {}
            name => parts.push(name),
        }
    }
    let is_folder = path.ends_with('/') || path.ends_with("..") || path.ends_with("./");
    let joined = parts.join("/");
    let slash = if is_folder && !joined.is_empty() { "/" } else { "" };
    Some(Inside { path: format!("/{joined}{slash}"), behind })
}

/// The file of an address: a folder's page is its `index.html`.
fn file_at(path: &str) -> String {
    let file = path.trim_start_matches('/');
    if file.is_empty() || file.ends_with('/') { format!("{file}index.html") } else { file.to_owned() }
}

/// A page whose links to chosen files name these, as a disk needs it, and whose other links lead to the public address.
fn rewritten(html: &str, page: &str, chosen: &BTreeSet<&str>, snapshot: &Snapshot) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut done = 0;
    for range in addresses(html) {
        out.push_str(&html[done..range.start]);
        let address = &html[range.clone()];
        match resolved(page, address) {
            Some(inside) => {
                let file = file_at(&inside.path);
                let encoded = |path: &str| crate::target::encoded(path);
                if chosen.contains(file.as_str()) {
                    let to = encoded(&format!("/{file}"));
                    out.push_str(&relative::relative(&encoded(&format!("/{page}")), &to));
                } else {
                    out.push_str(&snapshot.live(&encoded(&inside.path)));
                }
                out.push_str(inside.behind);
            }
            None => out.push_str(address),
        }
        done = range.end;
    }
    out.push_str(&html[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::{file_at, resolved};

    #[test]
    fn addresses_are_resolved_as_a_browser_does() {
        let page = "leitlinien/1.0/ziele/index.html";
        let path = |address: &str| resolved(page, address).map(|inside| (inside.path, inside.behind.to_owned()));
        let is = |path: &str, behind: &str| Some((path.to_owned(), behind.to_owned()));
        assert_eq!(path("../"), is("/leitlinien/1.0/", ""));
        assert_eq!(path("../../../"), is("/", ""));
        assert_eq!(path("./"), is("/leitlinien/1.0/ziele/", ""));
        assert_eq!(path("../b%C3%A4/#rn-1"), is("/leitlinien/1.0/bä/", "#rn-1"));
        assert_eq!(path("index.md"), is("/leitlinien/1.0/ziele/index.md", ""));
        for elsewhere in ["#rn-1", "https://example.org/", "mailto:a@example.org", "data:image/png;base64,AA", ""] {
            assert_eq!(path(elsewhere), None, "{elsewhere}");
        }
        assert_eq!(file_at("/"), "index.html");
    }
}
