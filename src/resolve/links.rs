//! Links and images as Markdown writes them: relative paths to files, addresses of the site, addresses elsewhere.

use super::Resolved;
use super::lookup::Lookup;
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::history;
use crate::load::Page;
use crate::source::{Span, Spanned};
use crate::target::Target;

/// Schemes that a link may have.
const SCHEMES: &[&str] = &["https", "http", "mailto", "tel"];

/// Whether an address leaves the site.
pub fn is_elsewhere(url: &str) -> bool {
    scheme(url).is_some() || url.starts_with("//")
}

/// Whether a link may lead there: a path, or an address with one of the schemes that are no danger to readers.
pub fn is_allowed(url: &str) -> bool {
    scheme(url).is_none_or(|scheme| SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()))
}

/// Where a link stands.
#[derive(Clone, Copy)]
pub(super) struct From<'a> {
    /// The page of the text.
    pub page: &'a Page,
    /// What the page is.
    pub target: &'a Target,
    /// The edition it belongs to.
    pub edition: Option<usize>,
}

impl Lookup<'_> {
    /// What a link leads to; `None` for what need not be checked.
    pub fn link(&self, url: &str, span: Span, from: From<'_>) -> Result<Option<Resolved>, Box<Diagnostic>> {
        if !is_allowed(url) {
            return Err(Box::new(Diagnostic::at(Code::BadScheme, span).arg("url", url)));
        }
        if scheme(url).is_some() {
            return Ok(None);
        }
        let written = Spanned { value: url.to_owned(), span };
        let (path, fragment) = url.split_once('#').map_or((url, None), |(path, fragment)| (path, Some(fragment)));
        let fragment = fragment.map(decoded);
        if path.is_empty() {
            return self.with_fragment(from.target.clone(), fragment.as_deref(), &written).map(Some);
        }
        if path.starts_with('/') {
            let target = Target::Address(url.to_owned());
            return Ok(Some(Resolved { title: url.to_owned(), path: url.to_owned(), target }));
        }
        let Some(file) = joined(&from.page.path, &decoded(path)) else {
            return Err(broken(url, span, None));
        };
        if let Some(target) = self.index.file(&file) {
            check_crossing(target, from, url, span, self.project.sources.releases.len())?;
            return self.with_fragment(target.clone(), fragment.as_deref(), &written).map(Some);
        }
        if self.project.sources.assets.contains(&file) {
            self.check_asset_crossing(&file, from, url, span)?;
            return Ok(Some(self.resolved(Target::Asset(file), fragment)));
        }
        if let Some(found) = self.withheld(&file, &written) {
            return Err(Box::new(found));
        }
        let folder = from.page.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let near = self.near(&decoded(path), &file, folder);
        Err(broken(url, span, near.map(|near| with_fragment(near, fragment.as_deref()))))
    }

    /// That a file is there and may not be published.
    pub fn withheld(&self, file: &str, written: &Spanned<String>) -> Option<Diagnostic> {
        let consent = *self.project.sources.withheld.get(file)?;
        Some(Diagnostic::at(Code::WithheldFile, written.span).label(consent, "consent").arg("path", &written.value))
    }

    /// Files of the draft are published with the draft; a release or page that used one would show a gap without it.
    fn check_asset_crossing(&self, file: &str, from: From<'_>, url: &str, span: Span) -> Result<(), Box<Diagnostic>> {
        let sources = &self.project.sources;
        let releases = sources.releases.iter().chain(&sources.draft).enumerate();
        let inside = |folder: &str| file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let owner = releases.into_iter().find(|(_, release)| inside(&release.folder)).map(|(edition, _)| edition);
        let Some(edition) = owner else { return Ok(()) };
        check_crossing(&Target::Chapter(edition, 0), from, url, span, sources.releases.len())
    }

    /// The file that a broken path most likely means, as seen from `folder`: the only one of the same name, or the one
    /// whose path is nearest to what was written.
    fn near(&self, written: &str, file: &str, folder: &str) -> Option<String> {
        let files = || self.index.file_names().chain(self.project.sources.assets.iter().map(String::as_str));
        let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        let mut same = files().filter(|known| name(known) == name(file));
        if let (Some(only), None) = (same.next(), same.next()) {
            return relative(folder, only);
        }
        let known: Vec<String> = files().filter_map(|known| relative(folder, known)).collect();
        suggest::nearest(written, known.iter().map(String::as_str)).map(str::to_owned)
    }

    /// The file of an image; `None` for one elsewhere.
    pub fn image(&self, url: &str, span: Span, from: From<'_>) -> Result<Option<Resolved>, Box<Diagnostic>> {
        if scheme(url).is_some() && is_allowed(url) {
            return Err(Box::new(Diagnostic::at(Code::ExternalImage, span).arg("url", url)));
        }
        match self.link(url, span, from) {
            Err(found) if found.code == Code::BrokenLink => {
                Err(Box::new(Diagnostic { code: Code::MissingImage, ..*found }))
            }
            Ok(Some(resolved)) if !matches!(resolved.target, Target::Asset(_) | Target::Address(_)) => {
                Err(Box::new(Diagnostic::at(Code::MissingImage, span).arg("url", url)))
            }
            other => other,
        }
    }

    /// That a picture of an edition lies outside its folder, where no seal would keep it as it is.
    pub fn outside(&self, resolved: &Resolved, url: &str, span: Span, edition: Option<usize>) -> Option<Diagnostic> {
        let folder = &history::source(&self.project.sources, edition?).folder;
        let is_inside = match &resolved.target {
            Target::Asset(path) => path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/')),
            _ => false,
        };
        (!is_inside).then(|| Diagnostic::at(Code::OutsidePicture, span).arg("url", url).arg("folder", folder))
    }
}

fn broken(url: &str, span: Span, near: Option<String>) -> Box<Diagnostic> {
    Box::new(Diagnostic::at(Code::BrokenLink, span).arg("url", url).suggest(near))
}

/// A released text may not lead into the draft, nor the draft into a release's folder: both would break or mislead
/// when the draft is released.
fn check_crossing(
    target: &Target,
    from: From<'_>,
    url: &str,
    span: Span,
    releases: usize,
) -> Result<(), Box<Diagnostic>> {
    let Target::Chapter(to, _) = *target else { return Ok(()) };
    let reason = match from.edition {
        Some(edition) if edition >= releases && to < releases => "from-draft",
        Some(edition) if edition < releases && to >= releases => "to-draft",
        None if to >= releases => "page-to-draft",
        _ => return Ok(()),
    };
    Err(Box::new(Diagnostic::at(Code::CrossesReleases, span).arg("url", url).arg("reason", reason)))
}

fn scheme(url: &str) -> Option<&str> {
    let (scheme, _) = url.split_once(':')?;
    let valid = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    // `02-ziele.md#a:b` has no scheme; a one-letter scheme is a drive of Windows.
    (valid && scheme.len() > 1).then_some(scheme)
}

/// Percent-encoding undone; what is no valid encoding stays.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// A relative path seen from a file, both below `content/`; `None` where it leaves it.
fn joined(file: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The relative path from a folder to a file.
fn relative(folder: &str, file: &str) -> Option<String> {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = file.split('/').collect();
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - common);
    Some(up.chain(to[common..].iter().copied()).collect::<Vec<_>>().join("/"))
}

fn with_fragment(path: String, fragment: Option<&str>) -> String {
    fragment.map_or(path.clone(), |fragment| format!("{path}#{fragment}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_below_content() {
        assert_eq!(joined("guidelines/1.0/01-a.md", "../../values/x.md").as_deref(), Some("values/x.md"));
        assert_eq!(joined("index.md", "../etc/passwd"), None);
        assert_eq!(relative("guidelines/1.0", "values/x.md").as_deref(), Some("../../values/x.md"));
    }

    #[test]
    fn schemes_are_told_from_paths() {
        assert_eq!(scheme("javascript:alert(1)"), Some("javascript"));
        assert_eq!(scheme("02-ziele.md#a:b"), None);
        assert_eq!(decoded("gr%C3%B6%C3%9Fe%"), "größe%");
    }
}
