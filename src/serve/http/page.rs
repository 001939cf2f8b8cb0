//! What the preview adds to a page, and what it knows of it.

use std::path::Path;

use axum::body::Body;
use axum::http::Response;
use bytes::Bytes;
use serde_json::json;

use super::json_answer;
use crate::render::escape::escape;
use crate::serve::shown::Shown;

/// The page that stands where the site could not be built yet.
pub(super) const UNBUILT: &str = "<!DOCTYPE html>\n<html lang=\"de\">\n<head>\n<meta charset=\"utf-8\">\n\
     <title>Vorschau</title>\n</head>\n<body>\n<p>Die Seite konnte noch nicht gebaut werden.</p>\n</body>\n</html>\n";

/// A page with the script of the preview in its head.
pub(super) fn with_preview(page: &Bytes, file: &str, tag: &str) -> Bytes {
    let script = format!(
        "<script src=\"/__leitwerk/preview.js\" defer data-page=\"{}\" data-tag=\"{}\"></script>\n",
        escape(file),
        escape(tag)
    );
    let end = b"</head>";
    let at = page.windows(end.len()).position(|window| window == end).unwrap_or(page.len());
    [&page[..at], script.as_bytes(), &page[at..]].concat().into()
}

/// What is known of a page, as its bar shows it.
pub(super) fn notes(shown: &Shown, file: &str) -> Response<Body> {
    let problems = shown.problems();
    let Some(notes) = shown.notes(file) else { return json_answer(&json!({"source": null})) };
    let address =
        |path: &str, line: usize| shown.editor.address(&shown.root.join("content").join(Path::new(path)), line);
    let lines = notes.lines.iter().map(|line| {
        json!({"id": line.id, "place": format!("{}:{}", notes.source, line.line), "address": address(&notes.source, line.line)})
    });
    let own = format!("content/{}", notes.source);
    let warnings = problems.list.iter().filter(|problem| problem.file.as_deref() == Some(own.as_str()));
    json_answer(&json!({
        "source": notes.source,
        "address": address(&notes.source, 1),
        "label": notes.label,
        "draft": notes.is_draft,
        "redline": notes.redline,
        "against": notes.against,
        "changes": notes.changes,
        "lines": lines.collect::<Vec<_>>(),
        "warnings": warnings.collect::<Vec<_>>(),
    }))
}
