//! Archives that still hold a talk whose consent was withdrawn after they were made.
//!
//! An archive says in its `bag-info.txt` of which talks the consent had been withdrawn when it was made; one that holds or
//! names a talk and does not say so was made before.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{FOLDER, zip};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::load::Sources;
use crate::memo::Memo;
use crate::source::Span;
use crate::target::{self, Target, archive_name};
use crate::world::World;

/// The label in `bag-info.txt`, followed by the path of a talk.
pub(super) const LABEL: &str = "Withdrawn-Consent";

/// By path, version and the paths of talks: which of the talks an archive holds.
pub(super) type Cache = Memo<(PathBuf, u64, Vec<Vec<String>>), Vec<usize>>;

/// A talk whose consent was withdrawn.
struct Withdrawn<'s> {
    title: &'s str,
    /// Where it says so.
    at: Span,
    /// Its paths, the present one first.
    paths: Vec<String>,
}

/// The present paths of all talks whose consent was withdrawn.
pub(super) fn paths(sources: &Sources) -> Vec<String> {
    withdrawn(sources).into_iter().filter_map(|talk| talk.paths.into_iter().next()).collect()
}

fn withdrawn(sources: &Sources) -> Vec<Withdrawn<'_>> {
    let told = sources.talks().filter_map(|(lab, at, _, talk)| Some((lab, at, talk, talk.withdrawn?)));
    told.map(|(lab, at, talk, span)| {
        let folder = target::path(&Target::Lab(lab), sources, |_, _| 0);
        let present = target::path(&Target::Talk(lab, at), sources, |_, _| 0);
        let aliases = talk.aliases.iter().map(|alias| format!("{folder}{}/", alias.value));
        let redirects = sources.config.redirects.iter().filter(|(_, to)| to.value == present);
        let former: Vec<String> = aliases.chain(redirects.map(|(from, _)| from.value.clone())).collect();
        let paths = std::iter::once(present).chain(former).collect();
        Withdrawn { title: &talk.title, at: span, paths }
    })
    .collect()
}

/// Reports each talk whose consent was withdrawn and that an archive of the site still holds.
pub fn check_consent(
    world: &dyn World,
    root: &Path,
    sources: &Sources,
    cache: &super::Cache,
    diagnostics: &mut Diagnostics,
) {
    let talks = withdrawn(sources);
    let paths: Vec<Vec<String>> = talks.iter().map(|talk| talk.paths.clone()).collect();
    for release in sources.releases.iter().filter(|release| release.seal.is_some() && !talks.is_empty()) {
        let file = Path::new(FOLDER).join(archive_name(sources, release));
        let at = root.join(&file);
        let read = || world.read(&at).map(|bytes| held(&bytes, &paths)).unwrap_or_default();
        let held = match world.version(&at) {
            Some(version) => cache.consent.get((file.clone(), version, paths.clone()), read),
            None => read(),
        };
        diagnostics.extend(held.into_iter().map(|talk| {
            let found = Diagnostic::at(Code::ArchiveHolds, talks[talk].at).arg("archive", file.display());
            found.arg("version", release.label()).arg("title", talks[talk].title)
        }));
    }
}

/// The talks that an archive holds or names and does not tell to be withdrawn.
fn held(archive: &[u8], talks: &[Vec<String>]) -> Vec<usize> {
    let (mut told, mut named) = (BTreeSet::new(), BTreeSet::new());
    // A file that cannot be read to its end tells what it holds as far as it can.
    let _ = zip::read(archive, |name, bytes| {
        let text = String::from_utf8_lossy(&bytes);
        if name.ends_with("/bag-info.txt") {
            let lines = text.lines().filter_map(|line| line.strip_prefix(LABEL)?.strip_prefix(": "));
            told.extend(lines.map(str::to_owned));
        } else if name.ends_with(".html") {
            let is_in = |path: &String| name.ends_with(&format!("{path}index.html")) || text.contains(path.as_str());
            named.extend((0..talks.len()).filter(|&talk| talks[talk].iter().any(is_in)));
        }
    });
    named.retain(|&talk| !talks[talk].iter().any(|path| told.contains(path)));
    named.into_iter().collect()
}
