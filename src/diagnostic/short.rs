//! One line a finding: `path:line:column: error[LW0203]: message`.

use super::catalogue::Catalogue;
use super::{Diagnostic, Severity};
use crate::source::Files;

/// Renders findings as lines, each ended by a line feed.
pub fn render(diagnostics: &[Diagnostic], files: &Files, catalogue: &Catalogue) -> String {
    diagnostics.iter().map(|diagnostic| line(diagnostic, files, catalogue)).collect()
}

fn line(diagnostic: &Diagnostic, files: &Files, catalogue: &Catalogue) -> String {
    let place = match (diagnostic.span, diagnostic.args.get("path")) {
        (Some(span), _) => format!("{}: ", files.location(span)),
        (None, Some(path)) => format!("{path}: "),
        (None, None) => String::new(),
    };
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let help = catalogue.help(diagnostic).map(|help| format!(" ({help})")).unwrap_or_default();
    format!("{place}{level}[{}]: {}{help}\n", diagnostic.code.name(), catalogue.message(diagnostic))
}
