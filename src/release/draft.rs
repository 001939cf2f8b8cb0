//! What the draft gives to a release that is cut from it: its texts, its `release.toml`, and what stays behind.

use std::collections::BTreeMap;
use std::path::Path;

use toml_edit::{DocumentMut, Item, Table, value};

use super::{Request, folder_of};
use crate::checksum::sha256;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::load;
use crate::pending::{Content, Step};
use crate::version::Version;
use crate::world::World;

/// The draft's folder, relative to the site's.
pub(super) const FOLDER: &str = "content/guidelines/draft";
/// The file about the work.
const GUIDELINE: &str = "content/guidelines/guideline.toml";
/// What stands in the `release.toml` of a draft from which a release was cut.
const EMPTIED: &str = "\
# The next release: reasons for its changes, corrections to where its paragraphs came from, a summary.
# `leitwerk release VERSION` moves all of it into the release that it cuts.
";

/// What a cut writes.
pub(super) struct Parts {
    /// The files of the release by their paths in its folder, without the lock.
    pub release: BTreeMap<String, Vec<u8>>,
    /// Files that change, as steps.
    pub changed: Vec<Step>,
}

/// What the cut of a release writes. `None` after reporting why there can be none.
pub(super) fn parts(world: &dyn World, root: &Path, request: &Request, diagnostics: &mut Diagnostics) -> Option<Parts> {
    check_version(world, root, &request.version, diagnostics)?;
    let folder = root.join(FOLDER);
    let settings = format!("{FOLDER}/release.toml");
    if world.kind(&root.join(&settings)).is_none() {
        diagnostics.push(Diagnostic::bare(Code::NoDraft));
        return None;
    }
    let unreadable = |error: std::io::Error| Diagnostic::about(Code::Unreadable, FOLDER).arg("error", error);
    let read = |path: String| Ok((path.clone(), world.read(&folder.join(path))?));
    let files = load::files_in(world, root, FOLDER.trim_start_matches("content/"))
        .and_then(|paths| paths.into_iter().map(read).collect());
    let mut release: BTreeMap<String, Vec<u8>> = files.map_err(|error| diagnostics.push(unreadable(error))).ok()?;
    let own = release.get("release.toml").cloned().unwrap_or_default();
    let replaces = Some(sha256(&own));
    let own = document(&own, &settings, diagnostics)?;
    release.insert("release.toml".into(), release_toml(own, request, world).into_bytes());
    let mut changed = vec![Step { to: settings, content: Content::File(EMPTIED.into()), replaces }];
    if let Some(day) = request.valid_from {
        changed.push(guideline_toml(world, root, &request.version, day, diagnostics)?);
    }
    Some(Parts { release, changed })
}

fn check_version(world: &dyn World, root: &Path, version: &str, diagnostics: &mut Diagnostics) -> Option<()> {
    let reason = if Version::parse(version).is_none() {
        "form"
    } else if world.kind(&root.join(folder_of(version)).join("release.toml")).is_some() {
        "taken"
    } else if world.kind(&root.join(folder_of(version))).is_some() {
        "folder"
    } else if differs_by_case(world, root, version) {
        "case"
    } else {
        return Some(());
    };
    diagnostics.push(Diagnostic::bare(Code::BadNewVersion).arg("version", version).arg("reason", reason));
    None
}

/// Whether there is a folder of the same name in other letters: on some systems both would be one.
fn differs_by_case(world: &dyn World, root: &Path, version: &str) -> bool {
    let entries = world.walk(&root.join("content/guidelines")).unwrap_or_default();
    let mut names = entries.iter().filter_map(|entry| entry.path.iter().next()?.to_str());
    names.any(|name| name.to_lowercase() == version.to_lowercase())
}

/// A TOML text with its comments.
fn document(bytes: &[u8], path: &str, diagnostics: &mut Diagnostics) -> Option<DocumentMut> {
    let text = load::utf8(path, bytes.to_vec()).map_err(|found| diagnostics.push(found)).ok()?;
    let parsed = text.trim_start_matches('\u{feff}').parse::<DocumentMut>();
    // What does not parse was reported when the site was read, with its place.
    parsed
        .map_err(|error| diagnostics.push(Diagnostic::about(Code::Unreadable, path).arg("error", error.message())))
        .ok()
}

/// The draft's `release.toml` as that of the release: with version and day, without the consultation.
fn release_toml(mut own: DocumentMut, request: &Request, world: &dyn World) -> String {
    own.remove("consultation");
    let head = format!("version = \"{}\"\nreleased = {}\n", request.version, world.today());
    head + &own.to_string()
}

/// `guideline.toml` with the first day of the release.
fn guideline_toml(
    world: &dyn World,
    root: &Path,
    version: &str,
    day: jiff::civil::Date,
    diagnostics: &mut Diagnostics,
) -> Option<Step> {
    let bytes = world.read(&root.join(GUIDELINE)).ok();
    let replaces = bytes.as_deref().map(sha256);
    let mut guideline = document(&bytes.unwrap_or_default(), GUIDELINE, diagnostics)?;
    let table = guideline.entry("valid_from").or_insert_with(|| Item::Table(Table::new()));
    let day = day.to_string().parse::<toml_edit::Datetime>().ok()?;
    table.as_table_like_mut()?.insert(version, value(day));
    Some(Step { to: GUIDELINE.into(), content: Content::File(guideline.to_string().into_bytes()), replaces })
}
