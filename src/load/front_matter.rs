//! Front matter: the TOML between two `+++` lines at the top of a Markdown file.

use std::sync::Arc;

use super::{Body, Loader, Page};
use crate::diagnostic::{Code, Diagnostic};
use crate::slug::{self, slugify};
use crate::source::{FileId, Span, Spanned};
use crate::toml_fields::{self, Fields};

/// Where the parts of a Markdown file are, in bytes.
struct Parts {
    toml: std::ops::Range<usize>,
    body: usize,
    head: std::ops::Range<usize>,
}

/// Finds the front matter; `None` where the file has none or it does not end.
fn split(text: &str) -> Option<Parts> {
    let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = text[bom..].split_inclusive('\n');
    let first = lines.next()?;
    if first.trim_end() != "+++" {
        return None;
    }
    let head = bom..bom + 3;
    let start = bom + first.len();
    let mut at = start;
    for line in lines {
        if line.trim_end() == "+++" {
            return Some(Parts { toml: start..at, body: at + line.len(), head });
        }
        at += line.len();
    }
    None
}

impl Loader<'_> {
    /// Reads a Markdown file: its front matter by `read`, which takes the fields and the page. The page's
    /// slug comes from the file's name unless the front matter says another.
    pub(super) fn markdown<T: Clone + Send + Sync + 'static>(
        &mut self,
        what: &'static str,
        path: &str,
        read: impl FnOnce(Page, &mut Fields<'_, '_>) -> Option<T>,
    ) -> Option<Arc<T>> {
        self.remembered(&format!("content/{path}"), |loader| loader.read_markdown(what, path, read).map(Arc::new))
    }

    fn read_markdown<T>(
        &mut self,
        what: &'static str,
        path: &str,
        read: impl FnOnce(Page, &mut Fields<'_, '_>) -> Option<T>,
    ) -> Option<T> {
        let file = self.read_text(&format!("content/{path}"))?;
        let text = self.files.get(file).text();
        let Some(parts) = split(text) else {
            let end = text.lines().next().map_or(0, str::len);
            self.report(Diagnostic::at(Code::NoFrontMatter, Span::new(file, 0..end)).arg("what", what));
            return None;
        };
        let head = Span::new(file, parts.head.clone());
        let toml = &text[parts.toml.clone()];
        let mut fields = toml_fields::parse(what, toml, file, parts.toml.start, head, self.sink);
        let Spanned { value: slug, span: slug_span } = self.page_slug(path, &mut fields, head);
        let page = Page { path: path.to_owned(), slug, slug_span, head, body: Body { file, start: parts.body } };
        let read = read(page, &mut fields);
        fields.finish();
        read
    }

    fn page_slug(&self, path: &str, fields: &mut Fields<'_, '_>, head: Span) -> Spanned<String> {
        let name = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".md");
        // Only chapters have a place in an order; `3d-druck` of the glossary is a word.
        let name = if path.starts_with("guidelines/") { slug::split_number(name).1 } else { name };
        if let Some(Spanned { value, span }) = fields.optional::<Spanned<String>>("slug") {
            let slug = slugify(&value);
            if slug == value && !slug.is_empty() {
                return Spanned { value, span };
            }
            self.report(Diagnostic::at(Code::BadSlug, span).arg("slug", &value).suggest(slug::quoted_slug(&value)));
        }
        let slug = slugify(name);
        if slug.is_empty() {
            self.report(Diagnostic::at(Code::BadSlug, head).arg("slug", name));
        }
        Spanned { value: slug, span: head }
    }

    /// Reads a TOML file by `read`, which takes the fields and the place of the file's first line.
    pub(super) fn toml<T: Clone + Send + Sync + 'static>(
        &mut self,
        what: &'static str,
        path: &str,
        read: impl FnOnce(FileId, &mut Fields<'_, '_>) -> Option<T>,
    ) -> Option<T> {
        self.remembered(&format!("content/{path}"), |loader| loader.read_toml(what, path, read))
    }

    fn read_toml<T>(
        &mut self,
        what: &'static str,
        path: &str,
        read: impl FnOnce(FileId, &mut Fields<'_, '_>) -> Option<T>,
    ) -> Option<T> {
        let file = self.read_text(&format!("content/{path}"))?;
        let text = self.files.get(file).text();
        let anchor = Span::new(file, 0..text.lines().next().map_or(0, str::len));
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let offset = self.files.get(file).text().len() - text.len();
        let mut fields = toml_fields::parse(what, text, file, offset, anchor, self.sink);
        let read = read(file, &mut fields);
        fields.finish();
        read
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn front_matter_is_found_after_a_bom_and_with_any_line_end() {
        let text = "\u{feff}+++\r\ntitle = \"A\"\r\n+++\r\nText";
        let parts = split(text).map(|parts| (&text[parts.toml], &text[parts.body..]));
        assert_eq!(parts, Some(("title = \"A\"\r\n", "Text")));
        assert!(split("title = 1").is_none());
        assert!(split("+++\nnever ends").is_none());
        assert!(split("").is_none());
    }
}
