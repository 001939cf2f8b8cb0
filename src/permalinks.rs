//! `permalinks.lock`: every address and fragment that was ever released, one a line, sorted. None of them may be lost.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Files, Span};
use crate::toml_fields::Sink;

/// Name of the file in the site's folder.
pub const NAME: &str = "permalinks.lock";

/// What stands above the addresses.
const HEAD: &str = "\
# Addresses that must always lead somewhere, written by Leitwerk. A build that would lose one fails.
# Lines are only ever added: `leitwerk permalinks --accept`.
";

/// The addresses, each from the site's root and without percent encoding, with the line that records it.
#[derive(Debug, Clone, Default)]
pub struct Permalinks {
    /// By address, with fragment.
    pub recorded: BTreeMap<String, Span>,
}

impl Permalinks {
    /// Reads the file; lines that are no address are reported. Lines may come in any order and twice, as a merge of two
    /// branches leaves them.
    pub fn read(file: FileId, files: &Files, sink: &Sink) -> Self {
        let text = files.get(file).text();
        let mut recorded = BTreeMap::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let address = line.trim();
            let at = start + line.find(address).unwrap_or(0);
            let span = Span::new(file, at..at + address.len());
            start += line.len();
            if address.is_empty() || address.starts_with('#') {
                continue;
            }
            if is_address(address) {
                recorded.entry(address.to_owned()).or_insert(span);
            } else {
                sink.borrow_mut().push(Diagnostic::at(Code::BadPermalink, span).arg("line", address));
            }
        }
        Self { recorded }
    }

    /// The file with these addresses beside those that are recorded.
    pub fn text_with(&self, addresses: &BTreeSet<String>) -> String {
        let all: BTreeSet<&str> = self.recorded.keys().chain(addresses).map(String::as_str).collect();
        let lines = all.into_iter().flat_map(|address| [address, "\n"]);
        std::iter::once(HEAD).chain(lines).collect()
    }
}

/// Whether a line can be an address of the site.
fn is_address(line: &str) -> bool {
    line.starts_with('/') && !line.contains(|c: char| c.is_control()) && !line.contains("//")
}
