//! The manifest of an output folder: which files Leitwerk wrote there, with the SHA-256 of each.
//!
//! After its first line it has the format of `sha256sum`, so `sha256sum --check` can read it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};

use crate::checksum::is_sha256;

/// Name of the manifest in its folder.
pub(super) const NAME: &str = ".leitwerk-manifest";
/// Name of the manifest in a folder that is still being filled: files it names may be incomplete.
pub(super) const UNFINISHED: &str = ".leitwerk-unfinished";
/// Name under which a file is written before it is renamed into its place.
pub(super) const PART: &str = ".leitwerk-part";

const HEADER: &str = "leitwerk 1\n";

/// Paths with the hashes that a file there may have: one, or two while a folder is updated in place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Manifest(BTreeMap<String, BTreeSet<String>>);

impl Manifest {
    /// Reads a manifest; `None` if it is none. A last line without its line feed is left out, and a text that
    /// ends within the first line is an empty manifest: writing it was interrupted.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        if HEADER.as_bytes().starts_with(bytes) {
            return Some(Self::default());
        }
        let complete = bytes.iter().rposition(|&byte| byte == b'\n')?;
        let text = std::str::from_utf8(bytes.get(..=complete)?).ok()?;
        let mut manifest = Self::default();
        for line in text.strip_prefix(HEADER)?.split_terminator('\n') {
            let (hash, path) = line.split_once("  ")?;
            if !is_sha256(hash) || !is_site_path(path) {
                return None;
            }
            manifest.insert(path, hash);
        }
        Some(manifest)
    }

    /// The text of the manifest, sorted by path.
    pub(super) fn to_text(&self) -> String {
        let lines = self.0.iter().flat_map(|(path, hashes)| hashes.iter().map(move |hash| format!("{hash}  {path}\n")));
        std::iter::once(HEADER.to_owned()).chain(lines).collect()
    }

    pub(super) fn insert(&mut self, path: &str, hash: &str) {
        self.0.entry(path.to_owned()).or_default().insert(hash.to_owned());
    }

    /// All that either of the two names.
    pub(super) fn union(mut self, other: &Manifest) -> Self {
        for (path, hashes) in &other.0 {
            self.0.entry(path.clone()).or_default().extend(hashes.iter().cloned());
        }
        self
    }

    pub(super) fn names(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// Whether a file at `path` with this hash is one that Leitwerk wrote.
    pub(super) fn holds(&self, path: &str, hash: &str) -> bool {
        self.0.get(path).is_some_and(|hashes| hashes.contains(hash))
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// Whether a file of the site can have this path: it stays in the folder, fits on a line of the manifest, and is
/// none of Leitwerk's own names.
pub(super) fn is_site_path(path: &str) -> bool {
    ![NAME, UNFINISHED, PART].contains(&path)
        && path.split('/').all(|segment| !matches!(segment, "" | "." | ".."))
        && !path.contains(|character: char| character == '\\' || character.is_control())
        // On Windows also no `C:`.
        && Path::new(path).components().all(|component| matches!(component, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checksum::sha256;

    #[test]
    fn text_leads_back_and_is_what_sha256sum_writes() {
        let mut manifest = Manifest::default();
        manifest.insert("b  c/ü.html", &sha256(b"abc"));
        manifest.insert("a.html", &sha256(b""));
        let text = manifest.to_text();
        assert_eq!(
            text,
            "leitwerk 1\n\
             e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a.html\n\
             ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  b  c/ü.html\n"
        );
        assert_eq!(Manifest::parse(text.as_bytes()), Some(manifest));
    }

    #[test]
    fn a_torn_text_is_read_as_far_as_it_goes() {
        let mut manifest = Manifest::default();
        manifest.insert("a.html", &sha256(b""));
        let text = manifest.to_text();
        for end in 0..text.len() {
            assert_eq!(Manifest::parse(&text.as_bytes()[..end]), Some(Manifest::default()), "cut at {end}");
        }
    }

    #[test]
    fn other_texts_and_paths_that_leave_the_folder_are_refused() {
        let line = |path| format!("leitwerk 1\n{}  {path}\n", sha256(b""));
        assert!(Manifest::parse(line("a/b.html").as_bytes()).is_some());
        for path in ["../a", "/etc/passwd", "a/../../b", "a//b", "", "./a", "a\\b", NAME, PART, UNFINISHED] {
            assert_eq!(Manifest::parse(line(path).as_bytes()), None, "{path}");
        }
        assert_eq!(Manifest::parse(b"leitwerk 2\n"), None);
        assert_eq!(Manifest::parse(b"leitwerk 1\nabc  a\n"), None);
        assert_eq!(Manifest::parse(b"hello"), None);
    }
}
