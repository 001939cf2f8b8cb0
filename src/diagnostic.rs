//! What Leitwerk has to say about its input: [`Diagnostic`] values, rendered apart from where they arise.

use std::collections::BTreeMap;

use crate::source::{Files, Span};

pub mod catalogue;
mod code;
mod human;
mod json;
mod short;
pub mod suggest;

pub use code::Code;
pub use human::render as render_human;
pub use json::render as render_json;
pub use short::render as render_short;

/// How bad it is. Ordered from harmless to bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site is built; somebody should look.
    Warning,
    /// The site is not built.
    Error,
}

/// A second place that explains the first one, with the catalogue's text for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// Attribute of the code's catalogue message, e.g. `first` for `.first`.
    pub text: &'static str,
}

/// A replacement that would cure it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub replacement: String,
}

/// One finding: a code, where it is, and the values its texts in the catalogue need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which finding.
    pub code: Code,
    /// How bad it is here; the site's `[checks]` can change it.
    pub severity: Severity,
    /// Where. `None` where no text has the mistake (a missing file); then `path` in `args` names the file.
    pub span: Option<Span>,
    /// Other places that belong to it.
    pub labels: Vec<Label>,
    /// Values for the catalogue's texts, by name.
    pub args: BTreeMap<&'static str, String>,
    /// The cure, if one is known for sure enough to show.
    pub suggestion: Option<Suggestion>,
}

impl Diagnostic {
    /// A finding at a place.
    pub fn at(code: Code, span: Span) -> Self {
        Self { span: Some(span), ..Self::bare(code) }
    }

    /// A finding about a path (relative to the site's folder), where there is no text to point into.
    pub fn about(code: Code, path: impl AsRef<std::path::Path>) -> Self {
        Self::bare(code).arg("path", path.as_ref().display())
    }

    /// A finding without a place.
    pub fn bare(code: Code) -> Self {
        Self {
            code,
            severity: code.severity(),
            span: None,
            labels: Vec::new(),
            args: BTreeMap::new(),
            suggestion: None,
        }
    }

    /// Adds a value for the catalogue's texts.
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.insert(name, value.to_string());
        self
    }

    /// Adds a second place, explained by the attribute `text` of the message.
    pub fn label(mut self, span: Span, text: &'static str) -> Self {
        self.labels.push(Label { span, text });
        self
    }

    /// Adds the cure: `replacement` in place of the text at the finding's own place.
    pub fn suggest(mut self, replacement: Option<impl Into<String>>) -> Self {
        if let (Some(span), Some(replacement)) = (self.span, replacement) {
            self.suggestion = Some(Suggestion { span, replacement: replacement.into() });
        }
        self
    }

    fn sort_key<'a>(&self, files: &'a Files) -> (&'a std::path::Path, usize, Code, &BTreeMap<&'static str, String>) {
        let path = self.span.map_or(std::path::Path::new(""), |span| files.get(span.file).path());
        (path, self.span.map_or(0, |span| span.start), self.code, &self.args)
    }
}

/// All findings of a run.
pub type Diagnostics = Vec<Diagnostic>;

/// Sorts findings by file, place and code, and drops those said twice.
pub fn sort(diagnostics: &mut Diagnostics, files: &Files) {
    diagnostics.sort_by(|a, b| a.sort_key(files).cmp(&b.sort_key(files)));
    diagnostics.dedup();
}

/// Whether any of them is an error.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
