//! A lock as TOML: sorted, one thing a line, the same bytes for the same lock.

use std::fmt::Write;

use super::{FORMAT, Lock, SEAL_LINE, Work};

/// What stands above all else in a lock.
const HEAD: &str = "\
# Seal of this release, written by Leitwerk. Do not change it, nor any file beside it: a build refuses both.
# A correction is a new release. `leitwerk verify` checks the seal, `leitwerk explain LW1001` says more.
";

impl Lock {
    /// The lock as the text of its file, with its seal.
    pub fn text(&self) -> String {
        let mut out = HEAD.to_owned();
        // Writing to a text never fails.
        let _ = self.write_head(&mut out);
        let _ = self.write_files(&mut out);
        let _ = self.write_chapters(&mut out);
        let _ = self.write_blocks(&mut out);
        let _ = self.write_links(&mut out);
        let _ = self.write_references(&mut out);
        let _ = self.work.as_ref().map_or(Ok(()), |work| work.write(&mut out));
        let seal = format!("{SEAL_LINE}{}\"\n", Self::seal_of(&out));
        out.insert_str(HEAD.len(), &seal);
        out
    }

    fn write_head(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "format = {FORMAT}")?;
        writeln!(out, "version = {}", quoted(&self.version))?;
        writeln!(out, "series = {}", self.series)?;
        if let Some(before) = &self.predecessor {
            let (version, seal) = (quoted(&before.version), quoted(&format!("sha256:{}", before.seal)));
            writeln!(out, "predecessor = {{ version = {version}, seal = {seal} }}")?;
        }
        Ok(())
    }

    /// The arrays come before the table of the files: what follows a table's head belongs to it.
    fn write_files(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "\n# SHA-256 of each file; `sha256sum` gives the same.\nfiles = [")?;
        for (path, hash) in &self.files {
            writeln!(out, "  {{ sha256 = {}, path = {} }},", quoted(hash), quoted(path))?;
        }
        writeln!(out, "]")
    }

    fn write_chapters(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "\n# The chapters; `from` is the slug in the release before.\nchapters = [")?;
        for chapter in &self.chapters {
            let (file, slug, title) = (quoted(&chapter.file), quoted(&chapter.slug), quoted(&chapter.title));
            write!(out, "  {{ file = {file}, slug = {slug}, title = {title}")?;
            if let Some(from) = &chapter.from {
                write!(out, ", from = {}", quoted(from))?;
            }
            writeln!(out, " }},")?;
        }
        writeln!(out, "]")
    }

    fn write_blocks(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "\n# The margin numbers; `from` is the number in the release before.\nblocks = [")?;
        for block in &self.blocks {
            write!(out, "  {{ number = \"{}\", chapter = {}", block.number, quoted(&block.chapter))?;
            if let Some(from) = block.from {
                write!(out, ", from = \"{from}\"")?;
            }
            if block.moved {
                write!(out, ", moved = true")?;
            }
            writeln!(out, ", text = {} }},", quoted(&block.text))?;
        }
        writeln!(out, "]")
    }

    fn write_links(&self, out: &mut String) -> std::fmt::Result {
        writeln!(
            out,
            "\n# What came from what in the release before; `kept` counts the words that both have.\nlinks = ["
        )?;
        for link in &self.links {
            write!(out, "  {{ to = {}, from = {}, kept = {}", quoted(&link.to), quoted(&link.from), link.kept)?;
            for (name, is_set) in [("part", link.part), ("moved", link.moved)] {
                if is_set {
                    write!(out, ", {name} = true")?;
                }
            }
            writeln!(out, " }},")?;
        }
        writeln!(out, "]")
    }

    fn write_references(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "\n# What references meant and showed when the release was sealed.\nreferences = [")?;
        for reference in &self.references {
            let (at, target, title) = (&reference.at, &reference.target, &reference.title);
            writeln!(out, "  {{ at = {}, target = {}, title = {} }},", quoted(at), quoted(target), quoted(title))?;
        }
        writeln!(out, "]")
    }
}

impl Work {
    /// A table of its own, so that it comes last.
    fn write(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "\n# The work as it was then, and the name of the release's archive.\n[work]")?;
        let texts = [
            ("title", &self.title),
            ("short_title", &self.short_title),
            ("publisher", &self.publisher),
            ("licence", &self.licence),
            ("contact", &self.contact),
        ];
        for (key, text) in texts {
            text.iter().try_for_each(|text| writeln!(out, "{key} = {}", quoted(text)))?;
        }
        self.valid_from.iter().try_for_each(|day| writeln!(out, "valid_from = {day}"))?;
        writeln!(out, "archive = {}", quoted(&self.archive))
    }
}

/// A text as TOML writes it.
pub fn quoted(text: &str) -> String {
    // `toml` chooses single quotes where that saves escapes; a lock has one form for all.
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
