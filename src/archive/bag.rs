//! An archive as a BagIt package (RFC 8493, version 1.0) with SHA-512.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::consent;
use super::readme::About;
use crate::checksum::sha512;

/// Name of the list of the payload's checksums.
pub(super) const MANIFEST: &str = "manifest-sha512.txt";
/// Name of the list of the checksums of all other files.
pub(super) const TAG_MANIFEST: &str = "tagmanifest-sha512.txt";
/// The declaration that a folder is a bag.
pub(super) const DECLARATION: (&str, &str) = ("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");

/// The files of the bag: the payload below `data/`, its description, and the checksums of both.
pub(super) fn pack(about: &About, payload: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let (count, size) = (payload.len(), payload.values().map(Vec::len).sum::<usize>());
    let mut bag: BTreeMap<String, Vec<u8>> =
        payload.into_iter().map(|(path, bytes)| (format!("data/{path}"), bytes)).collect();
    let manifest = manifest(&bag);
    let mut tags: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    tags.insert(DECLARATION.0.into(), DECLARATION.1.as_bytes().to_vec());
    tags.insert("bag-info.txt".into(), info(about, size, count).into_bytes());
    tags.insert(MANIFEST.into(), manifest.into_bytes());
    let tag_manifest = self::manifest(&tags);
    bag.extend(tags);
    bag.insert(TAG_MANIFEST.into(), tag_manifest.into_bytes());
    bag
}

/// A line for each file: SHA-512, two blanks, path; `sha512sum --check` reads it.
fn manifest(files: &BTreeMap<String, Vec<u8>>) -> String {
    files.iter().fold(String::new(), |mut out, (path, bytes)| {
        // Writing to a text never fails.
        let _ = writeln!(out, "{}  {}", sha512(bytes), path.replace('%', "%25"));
        out
    })
}

/// `bag-info.txt`: what is in the bag, for people and for those who keep it.
fn info(about: &About, size: usize, count: usize) -> String {
    let lines = [
        ("Source-Organization", about.publisher.as_deref()),
        ("Contact-Email", about.contact.as_deref().filter(|contact| contact.contains('@'))),
        ("External-Description", Some(about.title.as_str())),
        ("External-Identifier", Some(about.address.as_str())),
        ("Bagging-Date", Some(about.day.as_str())),
        ("Bag-Software-Agent", Some(concat!("Leitwerk ", env!("CARGO_PKG_VERSION")))),
        ("Release-Version", Some(about.version.as_str())),
        ("Release-Seal", Some(about.seal.as_str())),
    ];
    let withdrawn = about.withdrawn.iter().map(|path| (consent::LABEL, Some(path.as_str())));
    let mut out = format!("Payload-Oxum: {size}.{count}\n");
    for (label, value) in lines.into_iter().chain(withdrawn) {
        if let Some(value) = value {
            let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            let _ = writeln!(out, "{label}: {value}");
        }
    }
    out
}
