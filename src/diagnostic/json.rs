//! One JSON object with all findings, for editors and other programs.

use serde::Serialize;

use super::catalogue::Catalogue;
use super::{Diagnostic, Severity};
use crate::source::{Files, Span};

#[derive(Serialize)]
struct Report {
    format: u32,
    errors: usize,
    warnings: usize,
    diagnostics: Vec<Finding>,
}

#[derive(Serialize)]
struct Finding {
    code: String,
    severity: &'static str,
    message: String,
    help: Option<String>,
    path: Option<String>,
    span: Option<Place>,
    labels: Vec<Labelled>,
    suggestion: Option<Replacement>,
}

/// Lines and columns from 1, columns in characters; bytes from 0, the end excluded.
#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    start_byte: usize,
    end_byte: usize,
}

#[derive(Serialize)]
struct Labelled {
    path: String,
    span: Place,
    text: String,
}

#[derive(Serialize)]
struct Replacement {
    span: Place,
    replacement: String,
}

/// Renders findings as one JSON document.
pub fn render(diagnostics: &[Diagnostic], files: &Files, catalogue: &Catalogue) -> String {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    let report = Report {
        format: 1,
        errors,
        warnings: diagnostics.len() - errors,
        diagnostics: diagnostics.iter().map(|diagnostic| finding(diagnostic, files, catalogue)).collect(),
    };
    serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
}

fn finding(diagnostic: &Diagnostic, files: &Files, catalogue: &Catalogue) -> Finding {
    let path = |span: Span| files.get(span.file).path().display().to_string();
    Finding {
        code: diagnostic.code.name(),
        severity: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        message: catalogue.message(diagnostic),
        help: catalogue.help(diagnostic),
        path: diagnostic.span.map(path).or_else(|| diagnostic.args.get("path").cloned()),
        span: diagnostic.span.map(|span| place(span, files)),
        labels: diagnostic
            .labels
            .iter()
            .map(|label| Labelled {
                path: path(label.span),
                span: place(label.span, files),
                text: catalogue.attribute(diagnostic, label.text).unwrap_or_default(),
            })
            .collect(),
        suggestion: diagnostic.suggestion.as_ref().map(|suggestion| Replacement {
            span: place(suggestion.span, files),
            replacement: suggestion.replacement.clone(),
        }),
    }
}

fn place(span: Span, files: &Files) -> Place {
    let file = files.get(span.file);
    let (start, end) = (file.position(span.start), file.position(span.end));
    Place {
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        start_byte: span.start,
        end_byte: span.end,
    }
}
