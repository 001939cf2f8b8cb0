//! Gathers the files of the site, each with whom its address belongs to, and reports those that cannot stand beside each
//! other.

use std::collections::BTreeMap;

use bytes::Bytes;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;
use crate::write::{self, OutputFile};

/// Whom an address belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Owner {
    /// A page of this title.
    Page(String),
    /// A former name of a page, given here.
    Alias(Span),
    /// A redirect of `site.toml`, given here.
    Redirect(Span),
    /// What leads to the release in force.
    InForce,
    /// A file of `content/`.
    File(String),
    /// What Leitwerk or the theme adds.
    Program,
}

impl Owner {
    fn kind(&self) -> &'static str {
        match self {
            Owner::Page(_) => "page",
            Owner::Alias(_) => "alias",
            Owner::Redirect(_) => "redirect",
            Owner::InForce => "in-force",
            Owner::File(_) => "file",
            Owner::Program => "program",
        }
    }

    fn name(&self) -> &str {
        match self {
            Owner::Page(name) | Owner::File(name) => name,
            _ => "",
        }
    }

    fn span(&self) -> Option<Span> {
        match self {
            Owner::Alias(span) | Owner::Redirect(span) => Some(*span),
            _ => None,
        }
    }
}

/// The files so far, by path.
#[derive(Default)]
pub(super) struct Taken {
    files: BTreeMap<String, (Bytes, Owner)>,
}

impl Taken {
    /// Reports a path that is taken and would be needed; it stays free.
    pub fn reserve(&self, path: &str, owner: &Owner, diagnostics: &mut Diagnostics) {
        if let Some((_, first)) = self.files.get(path) {
            diagnostics.push(finding(owner, Some(first)).arg("problem", "same").arg("address", address(path)));
        }
    }

    /// Adds a file; reports a path that is taken and one that the output folder cannot hold.
    pub fn add(&mut self, file: OutputFile, owner: Owner, diagnostics: &mut Diagnostics) {
        let OutputFile { path, bytes } = file;
        if !write::can_hold(&path) {
            diagnostics.push(finding(&owner, None).arg("problem", "name").arg("address", address(&path)));
        } else if let Some((_, first)) = self.files.get(&path) {
            diagnostics.push(finding(&owner, Some(first)).arg("problem", "same").arg("address", address(&path)));
        } else {
            self.files.insert(path, (bytes, owner));
        }
    }

    /// What the file at a path holds.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(|(bytes, _)| bytes.as_ref())
    }

    /// All files, sorted by path; reports those that stand where others need a folder.
    pub fn finish(self, diagnostics: &mut Diagnostics) -> Vec<OutputFile> {
        for (path, (_, owner)) in &self.files {
            for (slash, _) in path.match_indices('/') {
                let above = &path[..slash];
                if let Some((_, other)) = self.files.get(above) {
                    let found = finding(owner, Some(other)).arg("problem", "folder");
                    diagnostics.push(found.arg("address", address(path)).arg("file", address(above)));
                }
            }
        }
        self.files.into_iter().map(|(path, (bytes, _))| OutputFile { path, bytes }).collect()
    }
}

/// The finding that what belongs to `owner` cannot stand there, at the place of whichever of the two was written by hand.
fn finding(owner: &Owner, other: Option<&Owner>) -> Diagnostic {
    let (span, second) = (owner.span(), other.and_then(Owner::span));
    let mut found = match (span.or(second), [Some(owner), other]) {
        (Some(span), _) => Diagnostic::at(Code::DuplicateAddress, span),
        (None, [Some(Owner::File(path)), _] | [_, Some(Owner::File(path))]) => {
            Diagnostic::about(Code::DuplicateAddress, format!("content/{path}"))
        }
        _ => Diagnostic::bare(Code::DuplicateAddress),
    };
    if let (Some(_), Some(second)) = (span, second) {
        found = found.label(second, "first");
    }
    let other = other.unwrap_or(&Owner::Program);
    let found = found.arg("owner", owner.kind()).arg("owner_name", owner.name());
    found.arg("other", other.kind()).arg("other_name", other.name())
}

fn address(path: &str) -> String {
    format!("/{}", path.strip_suffix("index.html").unwrap_or(path))
}
