//! Which folder the site goes into, and whether it is one that may be replaced.

use std::io;
use std::path::{Component, Path, PathBuf};

use super::{Failure, at};
use crate::diagnostic::{Code, Diagnostic};
use crate::world::{EntryKind, World};

/// Folders of a site whose content cannot be had again.
const SOURCES: [&str; 4] = ["content", "themes", "src", ".git"];

/// The canonical path of `out`, which need not exist, if it may be replaced.
pub(super) fn accepted(world: &dyn World, root: &Path, out: &Path) -> Result<PathBuf, Diagnostic> {
    let root = world.canonical(root).map_err(at(root))?;
    let target = resolve(world, out)?;
    match danger(world, &root, &target) {
        Some(reason) => Err(Diagnostic::about(Code::DangerousOutput, out).arg("reason", reason)),
        None => Ok(target),
    }
}

/// Walks along the path, so that `..` after a link means the folder above the link's target. What does not exist
/// is taken as it is written.
fn resolve(world: &dyn World, path: &Path) -> Result<PathBuf, Failure> {
    let here = Path::new(".");
    let mut resolved = if path.is_absolute() { PathBuf::new() } else { world.canonical(here).map_err(at(path))? };
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => drop(resolved.pop()),
            Component::Prefix(_) | Component::RootDir => resolved.push(component),
            Component::Normal(name) => {
                resolved.push(name);
                match world.canonical(&resolved) {
                    Ok(canonical) => resolved = canonical,
                    Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                    Err(error) => return Err(Failure::new(path, error)),
                }
            }
        }
    }
    Ok(resolved)
}

/// Why the folder must not be replaced: the name of a variant in the catalogue.
fn danger(world: &dyn World, root: &Path, target: &Path) -> Option<&'static str> {
    let holds = |folder: &Path| folder.starts_with(target);
    let home = world.home().map(|home| world.canonical(&home).unwrap_or(home));
    let sources = SOURCES.map(|name| root.join(name));
    // A source folder may be a link to somewhere else.
    let linked = sources.iter().filter_map(|folder| world.canonical(folder).ok());
    if world.kind(target).is_some_and(|kind| kind != EntryKind::Folder) {
        Some("file")
    } else if target.parent().is_none() {
        Some("top")
    } else if holds(root) {
        Some("site")
    } else if sources.iter().any(|folder| target.starts_with(folder))
        || linked.into_iter().any(|folder| target.starts_with(&folder) || holds(&folder))
    {
        Some("sources")
    } else {
        home.is_some_and(|home| holds(&home)).then_some("home")
    }
}
