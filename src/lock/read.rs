//! Reading a lock: its seal first, then its fields, strictly.

use super::{FORMAT, Lock, LockedBlock, LockedChapter, LockedLink, LockedReference, Predecessor, Work};
use crate::checksum::is_sha256;
use crate::diagnostic::{Code, Diagnostic};
use crate::margin_number::Number;
use crate::source::{FileId, Files, Span, Spanned};
use crate::toml_fields::{self, Fields, Sink};

/// How a seal is written.
const SEAL: &str = "sha256:";

impl Lock {
    /// Reads the lock in `file`. `None` after reporting where it was altered or is of a newer format; then nothing of it
    /// is believed.
    pub fn read(file: FileId, files: &Files, sink: &Sink) -> Option<Self> {
        let text = files.get(file).text();
        let whole = Span::new(file, 0..text.lines().next().map_or(0, str::len));
        let is_sealed = Self::written_seal(text).is_some_and(|seal| seal == Self::seal_of(text));
        let broken = |code: Code| sink.borrow_mut().push(Diagnostic::at(code, whole));
        if format_of(text).is_some_and(|format| format > FORMAT) {
            broken(Code::NewerLock);
            return None;
        }
        if !is_sealed {
            let reason = if text.contains('\r') { "line-ends" } else { "content" };
            sink.borrow_mut().push(Diagnostic::at(Code::AlteredLock, whole).arg("reason", reason));
            return None;
        }
        let mut fields = toml_fields::parse("release.lock", text, file, 0, whole, sink);
        let before = fields.findings();
        let lock = lock(&mut fields);
        let readable = fields.findings() == before;
        fields.finish();
        lock.filter(|_| readable)
    }
}

/// The number of the format, read before all else: a newer lock may look different.
fn format_of(text: &str) -> Option<u32> {
    text.lines().find_map(|line| line.strip_prefix("format = ")?.trim().parse().ok())
}

fn lock(fields: &mut Fields<'_, '_>) -> Option<Lock> {
    let _: Option<u32> = fields.required("format");
    let _: Option<String> = fields.required("seal");
    let version = fields.required("version");
    let series = fields.required("series");
    let predecessor = fields.table("predecessor", "predecessor", |fields| {
        let (version, seal) = (fields.required("version"), fields.required::<Spanned<String>>("seal"));
        Some(Predecessor { version: version?, seal: hash(fields, seal?, SEAL)? })
    });
    let file = |fields: &mut Fields<'_, '_>| {
        let (path, sum) = (fields.required::<String>("path"), fields.required::<Spanned<String>>("sha256"));
        Some((path?, hash(fields, sum?, "")?))
    };
    Some(Lock {
        files: fields.tables("files", "files", file).into_iter().collect(),
        chapters: fields.tables("chapters", "chapters", chapter),
        blocks: fields.tables("blocks", "blocks", block),
        links: fields.tables("links", "links", link),
        references: fields.tables("references", "references", reference),
        work: fields.table("work", "[work]", work),
        version: version?,
        series: series?,
        predecessor,
    })
}

/// A checksum behind `prefix`.
fn hash(fields: &Fields<'_, '_>, written: Spanned<String>, prefix: &str) -> Option<String> {
    let hash = written.value.strip_prefix(prefix).filter(|hash| is_sha256(hash)).map(str::to_owned);
    if hash.is_none() {
        fields.bad_value(written.span, "a SHA-256 in 64 hexadecimal digits", None);
    }
    hash
}

fn work(fields: &mut Fields<'_, '_>) -> Option<Work> {
    let archive = fields.required::<Spanned<String>>("archive")?;
    // It becomes the name of a file that is written.
    let is_name = archive.value.ends_with(".zip")
        && archive.value.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '+'))
        && !archive.value.starts_with('.');
    if !is_name {
        fields.bad_value(archive.span, "the name of a ZIP file", None);
        return None;
    }
    Some(Work {
        title: fields.optional("title"),
        short_title: fields.optional("short_title"),
        publisher: fields.optional("publisher"),
        licence: fields.optional("licence"),
        contact: fields.optional("contact"),
        valid_from: fields.optional("valid_from"),
        archive: archive.value,
    })
}

fn chapter(fields: &mut Fields<'_, '_>) -> Option<LockedChapter> {
    let (file, slug, title) = (fields.required("file"), fields.required("slug"), fields.required("title"));
    Some(LockedChapter { file: file?, slug: slug?, title: title?, from: fields.optional("from") })
}

fn block(fields: &mut Fields<'_, '_>) -> Option<LockedBlock> {
    let number = fields.required::<Spanned<String>>("number");
    let from = fields.optional::<Spanned<String>>("from");
    let (chapter, text) = (fields.required("chapter"), fields.required("text"));
    let moved = fields.optional("moved").unwrap_or(false);
    let from = match from {
        Some(from) => Some(number_of(fields, &from)?),
        None => None,
    };
    Some(LockedBlock { number: number_of(fields, &number?)?, chapter: chapter?, from, moved, text: text? })
}

fn number_of(fields: &Fields<'_, '_>, written: &Spanned<String>) -> Option<Number> {
    let number = Number::parse(&written.value);
    if number.is_none() {
        fields.bad_value(written.span, "a margin number such as 12 or 12a", None);
    }
    number
}

fn link(fields: &mut Fields<'_, '_>) -> Option<LockedLink> {
    let (to, from, kept) = (fields.required("to"), fields.required("from"), fields.required("kept"));
    let (part, moved) = (fields.optional("part").unwrap_or(false), fields.optional("moved").unwrap_or(false));
    Some(LockedLink { to: to?, from: from?, kept: kept?, part, moved })
}

fn reference(fields: &mut Fields<'_, '_>) -> Option<LockedReference> {
    let (at, target, title) = (fields.required("at"), fields.required("target"), fields.required("title"));
    Some(LockedReference { at: at?, target: target?, title: title? })
}
