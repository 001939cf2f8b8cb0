//! A frame of the source a finding, with what is wrong underlined and what to do below.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};

use super::catalogue::Catalogue;
use super::{Diagnostic, Severity};
use crate::source::{Files, SourceText, Span};

/// Longest piece of a text handed to the frame renderer on each side of a finding, in bytes.
/// A paragraph of a megabyte on one line must not fill the terminal.
const CONTEXT: usize = 400;

/// Renders findings as frames, parted by blank lines; `colour` adds ANSI styles.
pub fn render(diagnostics: &[Diagnostic], files: &Files, catalogue: &Catalogue, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    diagnostics.iter().map(|diagnostic| frame(diagnostic, files, catalogue, &renderer) + "\n\n").collect()
}

fn frame(diagnostic: &Diagnostic, files: &Files, catalogue: &Catalogue, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(catalogue.message(diagnostic)).id(diagnostic.code.name());
    let mut group: Group<'_> = match diagnostic.span {
        Some(span) => title.elements(snippets(diagnostic, span, files, catalogue)),
        None => match diagnostic.args.get("path") {
            Some(path) => title.element(Origin::path(path.as_str())),
            None => Group::with_title(title),
        },
    };
    let help = catalogue.help(diagnostic).unwrap_or_default();
    let mut groups = Vec::new();
    match &diagnostic.suggestion {
        Some(suggestion) => {
            groups.push(group);
            let window = Window::around(files.get(suggestion.span.file), suggestion.span);
            let patch = Patch::new(window.range(suggestion.span), suggestion.replacement.as_str());
            groups.push(Level::HELP.secondary_title(help).element(window.snippet().patch(patch)));
        }
        None => {
            if !help.is_empty() {
                group = group.element(Level::HELP.message(help));
            }
            groups.push(group);
        }
    }
    renderer.render(&groups)
}

fn snippets<'a>(
    diagnostic: &Diagnostic,
    span: Span,
    files: &'a Files,
    catalogue: &Catalogue,
) -> Vec<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let window = Window::around(files.get(span.file), span);
    let mut first = AnnotationKind::Primary.span(window.range(span));
    if let Some(text) = catalogue.attribute(diagnostic, "label") {
        first = first.label(text);
    }
    let mut snippets = vec![window.snippet().annotation(first)];
    for label in &diagnostic.labels {
        let window = Window::around(files.get(label.span.file), label.span);
        let mut annotation = AnnotationKind::Context.span(window.range(label.span));
        if let Some(text) = catalogue.attribute(diagnostic, label.text) {
            annotation = annotation.label(text);
        }
        snippets.push(window.snippet().annotation(annotation));
    }
    snippets
}

/// A place that ends inside of a character, as the first byte of a text with a byte order mark, with all of it.
fn on_characters(text: &str, span: Span) -> Span {
    Span { start: text.floor_char_boundary(span.start), end: text.ceil_char_boundary(span.end), ..span }
}

/// The lines around a place, cut where they are very long.
struct Window<'a> {
    file: &'a SourceText,
    start: usize,
    end: usize,
}

impl<'a> Window<'a> {
    fn around(file: &'a SourceText, span: Span) -> Self {
        let text = file.text();
        let span = on_characters(text, span);
        let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        let start = text.floor_char_boundary(start.max(span.start.saturating_sub(CONTEXT)));
        let shown = span.end.min(span.start + CONTEXT);
        let shown = text.floor_char_boundary(shown);
        let end = text[shown..].find('\n').map_or(text.len(), |at| shown + at);
        let end = text.floor_char_boundary(end.min(shown + CONTEXT));
        // A line end of Windows is nothing to see.
        let end = start + text[start..end].trim_end_matches('\r').len();
        Self { file, start, end }
    }

    fn range(&self, span: Span) -> std::ops::Range<usize> {
        let span = on_characters(self.file.text(), span);
        let start = span.start - self.start;
        start..span.end.min(self.end).saturating_sub(self.start).max(start)
    }

    fn snippet<T: Clone>(&self) -> Snippet<'a, T> {
        Snippet::source(&self.file.text()[self.start..self.end])
            .path(self.file.path().to_string_lossy())
            .line_start(self.file.position(self.start).line)
    }
}
