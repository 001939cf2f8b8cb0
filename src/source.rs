//! The texts that were read, and places in them: [`Files`], [`FileId`], [`Span`].

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Names one text in [`Files`]. Ordered by the order in which the texts were added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A range of bytes in one text. `start <= end`, both on character boundaries of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The text.
    pub file: FileId,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span of `range` in `file`.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        Self { file, start: range.start, end: range.end }
    }

    /// The bytes as a range.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// A value together with the place where it was written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// A line and a column, both counted from 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// One text with its path, relative to the site's folder.
#[derive(Debug, Clone)]
pub struct SourceText {
    path: PathBuf,
    text: Arc<str>,
    line_starts: Vec<usize>,
}

impl SourceText {
    fn new(path: PathBuf, text: Arc<str>) -> Self {
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { path, text, line_starts }
    }

    /// Path, relative to the site's folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The whole text, for keeping.
    pub fn shared(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The byte at a line and column; `None` where the text has no such place.
    pub fn byte(&self, position: Position) -> Option<usize> {
        let start = *self.line_starts.get(position.line.checked_sub(1)?)?;
        let end = self.line_starts.get(position.line).copied().unwrap_or(self.text.len());
        let column = position.column.checked_sub(1)?;
        let line = self.text.get(start..end)?;
        line.char_indices().map(|(at, _)| at).chain([line.len()]).nth(column).map(|at| start + at)
    }

    /// Line and column of a byte; bytes past the end count as the end.
    pub fn position(&self, byte: usize) -> Position {
        let byte = byte.min(self.text.len());
        let line = self.line_starts.partition_point(|&start| start <= byte);
        let start = self.line_starts[line - 1];
        let column = self.text.get(start..byte).map_or(1, |before| before.chars().count() + 1);
        Position { line, column }
    }
}

/// All texts of a run, by [`FileId`]. In further runs a text of the same path has the same name.
#[derive(Debug, Clone, Default)]
pub struct Files {
    files: Vec<SourceText>,
    by_path: HashMap<PathBuf, FileId>,
    /// Those of this run, in the order in which they were added.
    run: Vec<FileId>,
    in_run: HashSet<FileId>,
}

impl Files {
    /// Adds a text under its path (relative to the site's folder) and names it.
    pub fn add(&mut self, path: impl Into<PathBuf>, text: impl Into<Arc<str>>) -> FileId {
        let (path, text) = (path.into(), text.into());
        if let Some(&id) = self.by_path.get(&path) {
            let is_same = is_same_text(&self.get(id).text, &text);
            if is_same || !self.in_run.contains(&id) {
                if !is_same {
                    self.files[id.0 as usize] = SourceText::new(path, text);
                }
                self.note(id);
                return id;
            }
        }
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.by_path.insert(path.clone(), id);
        self.files.push(SourceText::new(path, text));
        self.note(id);
        id
    }

    fn note(&mut self, id: FileId) {
        if self.in_run.insert(id) {
            self.run.push(id);
        }
    }

    /// Begins another run: no text is part of it yet.
    pub fn begin_run(&mut self) {
        self.run.clear();
        self.in_run.clear();
    }

    /// The text that was added last under a path, if it is part of this run.
    pub fn at(&self, path: &Path) -> Option<FileId> {
        self.by_path.get(path).copied().filter(|id| self.in_run.contains(id))
    }

    /// Shows the texts of one folder as if they stood in another.
    pub fn show_as(&mut self, folder: &Path, other: &Path, is_shown: impl Fn(&Path) -> bool) {
        for file in &mut self.files {
            if let Ok(rest) = file.path.strip_prefix(folder)
                && is_shown(rest)
            {
                file.path = other.join(rest);
            }
        }
    }

    /// The text named `id`.
    pub fn get(&self, id: FileId) -> &SourceText {
        &self.files[id.0 as usize]
    }

    /// The names of all texts, in the order in which they were added.
    pub fn ids(&self) -> impl Iterator<Item = FileId> {
        self.run.iter().copied()
    }

    /// The paths of all texts, in the order in which they were added.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.ids().map(|id| self.get(id).path())
    }

    /// The characters of `span`.
    pub fn snippet(&self, span: Span) -> &str {
        self.get(span.file).text().get(span.range()).unwrap_or_default()
    }

    /// `path:line:column` of a span's beginning.
    pub fn location(&self, span: Span) -> String {
        let file = self.get(span.file);
        let Position { line, column } = file.position(span.start);
        format!("{}:{line}:{column}", file.path().display())
    }
}

/// Whether two texts are equal; of the same one in memory nothing is compared.
pub fn is_same_text(a: &Arc<str>, b: &Arc<str>) -> bool {
    Arc::ptr_eq(a, b) || a == b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn position_counts_characters_not_bytes() {
        let mut files = Files::default();
        let id = files.add("a.md", "äö\nüß x");
        let at = |byte| files.get(id).position(byte);
        assert_eq!(at(0), Position { line: 1, column: 1 });
        assert_eq!(at(4), Position { line: 1, column: 3 });
        assert_eq!(at(5), Position { line: 2, column: 1 });
        assert_eq!(at(10), Position { line: 2, column: 4 });
        assert_eq!(at(999), Position { line: 2, column: 5 });
    }
}
