//! Changes to the site's own files that happen all or not at all: what was interrupted, the next command completes.
//!
//! What is to be put in place is written to `.leitwerk-pending` first; the plan beside it, renamed into place, is the
//! moment from which the change holds. Before that it is tried whether files can be put where they belong. Without a plan
//! the folder is what an interruption left, and is removed with what such a trial left.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::checksum::sha256;
use crate::diagnostic::{Code, Diagnostic};
use crate::world::{EntryKind, World};

/// The folder in the site's.
pub const FOLDER: &str = ".leitwerk-pending";
/// The plan in it, and its name while it is being written.
const PLAN: (&str, &str) = ("plan.toml", "plan.part");
/// What is put in a folder to see whether it takes files.
const PROBE: &str = ".leitwerk-probe";

/// Something that is to be put in place.
#[derive(Debug, Clone)]
pub struct Step {
    /// Where, relative to the site's folder, with `/`.
    pub to: String,
    /// What.
    pub content: Content,
    /// SHA-256 of the file that it takes the place of, as it was read; `None` where nothing is to stand there.
    pub replaces: Option<String>,
}

/// What a step puts in place.
#[derive(Debug, Clone)]
pub enum Content {
    /// A file, new or in place of one.
    File(Vec<u8>),
    /// A new folder with files, by their paths in it.
    Folder(BTreeMap<String, Vec<u8>>),
}

/// The steps as they are kept.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Plan {
    #[serde(default)]
    step: Vec<PlannedStep>,
}

#[derive(Debug, Serialize, Deserialize)]
struct PlannedStep {
    to: String,
    /// SHA-256 of the file that is replaced; none where nothing stands there.
    replaces: Option<String>,
}

/// Carries out all steps, or none where this fails before the plan stands.
///
/// # Errors
/// [`Code::Unwritable`] when the system fails: nothing is written, or, after the plan stands, the next command goes on.
/// [`Code::PendingConflict`] where somebody changed a place in between.
pub fn apply(world: &dyn World, root: &Path, steps: &[Step]) -> Result<(), Diagnostic> {
    let _lock = world.lock(root).map_err(|error| failed(root, &error))?;
    finish(world, root)?;
    let before = |(path, error): (PathBuf, io::Error)| failed(&path, &error).arg("reason", "before");
    for step in steps {
        let is_as_read = fits(world, &root.join(&step.to), step.replaces.as_ref())?;
        if !is_as_read {
            return Err(Diagnostic::about(Code::PendingConflict, &step.to).arg("reason", "before"));
        }
    }
    let folder = root.join(FOLDER);
    let plan = prepare(world, root, steps).map_err(before);
    let (part, name) = (folder.join(PLAN.1), folder.join(PLAN.0));
    let decided = plan.and_then(|()| world.rename(&part, &name).map_err(|error| before((name, error))));
    if let Err(found) = decided {
        // What is left is removed now or by the next command.
        let _ = finish(world, root);
        return Err(found);
    }
    finish(world, root)
}

/// Completes what was interrupted, or removes what is left of it.
///
/// # Errors
/// As [`apply`].
pub fn complete(world: &dyn World, root: &Path) -> Result<(), Diagnostic> {
    if world.kind(&root.join(FOLDER)).is_none() {
        return Ok(());
    }
    let _lock = world.lock(root).map_err(|error| failed(root, &error))?;
    finish(world, root)
}

fn failed(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::about(Code::Unwritable, path).arg("error", error)
}

/// Writes what is to be put in place and the plan under the name that does not hold yet, and tries the folders.
fn prepare(world: &dyn World, root: &Path, steps: &[Step]) -> Result<(), (PathBuf, io::Error)> {
    let folder = &root.join(FOLDER);
    let at = |path: &Path| {
        let path = path.to_path_buf();
        move |error| (path, error)
    };
    let put = |path: &Path, bytes: &[u8]| {
        let parent = path.parent().unwrap_or(folder);
        world.create_folder(parent).map_err(at(parent))?;
        world.write(path, bytes).map_err(at(path))
    };
    let mut plan = Plan::default();
    for (number, step) in steps.iter().enumerate() {
        let staged = folder.join(number.to_string());
        match &step.content {
            Content::File(bytes) => put(&staged, bytes)?,
            Content::Folder(files) => files.iter().try_for_each(|(path, bytes)| put(&staged.join(path), bytes))?,
        }
        plan.step.push(PlannedStep { to: step.to.clone(), replaces: step.replaces.clone() });
    }
    let text = toml::to_string(&plan).map_err(|error| (folder.to_path_buf(), io::Error::other(error)))?;
    put(&folder.join(PLAN.1), text.as_bytes())?;
    for there in plan.step.iter().map(|step| target_folder(world, root, step)).collect::<BTreeSet<_>>() {
        put(&folder.join(PROBE), b"")?;
        let probe = there.join(PROBE);
        world.rename(&folder.join(PROBE), &probe).map_err(at(&there))?;
        world.remove_file(&probe).map_err(at(&probe))?;
    }
    Ok(())
}

/// The folder that a step will write to, or the nearest above it that is there.
fn target_folder(world: &dyn World, root: &Path, step: &PlannedStep) -> PathBuf {
    let there = root.join(&step.to);
    let is_folder = |path: &&Path| world.kind(path) == Some(EntryKind::Folder);
    there.ancestors().skip(1).find(is_folder).unwrap_or(root).to_path_buf()
}

/// The plan in a file, if it is one that may be carried out.
fn plan_in(world: &dyn World, name: &Path) -> io::Result<Option<Plan>> {
    let bytes = world.read(name)?;
    let plan = std::str::from_utf8(&bytes).ok().and_then(|text| toml::from_str::<Plan>(text).ok());
    Ok(plan.filter(|plan| plan.step.iter().all(|step| may_be_written(&step.to))))
}

/// Carries out what is left of the plan, if there is one, and removes the folder.
fn finish(world: &dyn World, root: &Path) -> Result<(), Diagnostic> {
    let folder = root.join(FOLDER);
    if world.kind(&folder).is_none() {
        return Ok(());
    }
    let name = folder.join(PLAN.0);
    if world.kind(&name).is_some() {
        let Some(plan) = plan_in(world, &name).map_err(|error| failed(&name, &error))? else {
            return Err(Diagnostic::about(Code::PendingConflict, &name).arg("reason", "interrupted"));
        };
        // Whether all can be done is known before anything is.
        for (number, step) in plan.step.iter().enumerate() {
            check(world, root, &folder.join(number.to_string()), step)?;
        }
        for (number, step) in plan.step.iter().enumerate() {
            carry_out(world, root, &folder.join(number.to_string()), step)?;
        }
        world.remove_file(&name).map_err(|error| failed(&name, &error))?;
    } else if let Ok(Some(plan)) = plan_in(world, &folder.join(PLAN.1)) {
        let probes = plan.step.iter().map(|step| target_folder(world, root, step).join(PROBE));
        for probe in probes.filter(|probe| world.kind(probe).is_some()) {
            world.remove_file(&probe).map_err(|error| failed(&probe, &error))?;
        }
    }
    clear(world, &folder).map_err(|error| failed(&folder, &error))
}

/// Whether a plan may write here: no file that comes with a site can make Leitwerk write elsewhere.
fn may_be_written(path: &str) -> bool {
    let plain = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    let folders = ["content/guidelines/", "content/talks/"];
    plain && (folders.iter().any(|folder| path.starts_with(folder)) || path == crate::permalinks::NAME)
}

/// Whether a step is done already or can be done.
fn check(world: &dyn World, root: &Path, staged: &Path, step: &PlannedStep) -> Result<(), Diagnostic> {
    let there = root.join(&step.to);
    if world.kind(staged).is_none() {
        return Ok(());
    }
    if fits(world, &there, step.replaces.as_ref())? {
        return Ok(());
    }
    Err(Diagnostic::about(Code::PendingConflict, &step.to).arg("reason", "interrupted"))
}

/// Whether a place is as it was when a change was decided: the file with this SHA-256, or nothing.
fn fits(world: &dyn World, there: &Path, replaces: Option<&String>) -> Result<bool, Diagnostic> {
    Ok(match (world.kind(there), replaces) {
        (None, None) => true,
        (Some(EntryKind::File), Some(hash)) => {
            sha256(&world.read(there).map_err(|error| failed(there, &error))?) == *hash
        }
        _ => false,
    })
}

fn carry_out(world: &dyn World, root: &Path, staged: &Path, step: &PlannedStep) -> Result<(), Diagnostic> {
    if world.kind(staged).is_none() {
        return Ok(());
    }
    let there = root.join(&step.to);
    let parent = there.parent().unwrap_or(root);
    if world.kind(parent).is_none() {
        world.create_folder(parent).map_err(|error| failed(parent, &error))?;
    }
    world.rename(staged, &there).map_err(|error| failed(&there, &error))
}

/// Removes the folder with all that is left in it.
fn clear(world: &dyn World, folder: &Path) -> io::Result<()> {
    let entries = world.walk(folder)?;
    for entry in entries.iter().filter(|entry| entry.kind != EntryKind::Folder) {
        world.remove_file(&folder.join(&entry.path))?;
    }
    for entry in entries.iter().rev().filter(|entry| entry.kind == EntryKind::Folder) {
        world.remove_folder(&folder.join(&entry.path))?;
    }
    world.remove_folder(folder)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::PathBuf;

    use super::{Content, FOLDER, Step, apply, complete};
    use crate::checksum::sha256;
    use crate::diagnostic::Code;
    use crate::world::{MemoryWorld, World};

    const OLD: &[(&str, &str)] = &[("content/guidelines/draft/release.toml", "alt"), ("permalinks.lock", "/a/")];

    fn world() -> MemoryWorld {
        let world = MemoryWorld::new(jiff::civil::date(2026, 1, 1));
        OLD.iter().for_each(|(path, text)| world.add(path, text));
        world
    }

    fn steps() -> Vec<Step> {
        let hash = |to: &str| OLD.iter().find(|(path, _)| *path == to).map(|(_, text)| sha256(text.as_bytes()));
        let file =
            |to: &str, text: &str| Step { to: to.into(), content: Content::File(text.into()), replaces: hash(to) };
        let files = [("01-a.md", "A"), ("release.lock", "L")];
        let files = files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect();
        vec![
            Step { to: "content/guidelines/1.0".into(), content: Content::Folder(files), replaces: None },
            file("content/guidelines/draft/release.toml", "neu"),
            file("permalinks.lock", "/a/\n/b/"),
        ]
    }

    fn outside(world: &MemoryWorld) -> BTreeMap<PathBuf, Vec<u8>> {
        world.files().into_iter().filter(|(path, _)| !path.starts_with(FOLDER)).collect()
    }

    /// The files outside the folder, without what the next command removes.
    fn outside_probes(world: &MemoryWorld) -> BTreeMap<PathBuf, Vec<u8>> {
        outside(world).into_iter().filter(|(path, _)| !path.ends_with(super::PROBE)).collect()
    }

    #[test]
    fn wherever_the_disk_fails_the_next_command_finds_all_or_nothing() {
        let before = outside(&world());
        let done = world();
        assert_eq!(apply(&done, "".as_ref(), &steps()), Ok(()));
        let after = done.files();
        assert_ne!(before, after);
        let mut seen = [0, 0];
        for steps_left in 0.. {
            let world = world();
            world.fail_after(steps_left);
            let ended = apply(&world, "".as_ref(), &steps());
            world.fail_after(usize::MAX);
            let told = ended.as_ref().err().and_then(|found| found.args.get("reason"));
            assert!(told.is_none_or(|reason| reason != "before") || outside_probes(&world) == before);
            assert_eq!(complete(&world, "".as_ref()), Ok(()));
            let now = world.files();
            assert!(now == before || now == after, "after {steps_left} steps: {:?}", now.keys());
            seen[usize::from(now == after)] += 1;
            if ended.is_ok() {
                break;
            }
        }
        assert!(seen[0] > 3 && seen[1] > 3, "{seen:?}");
    }

    #[test]
    fn what_somebody_changed_in_between_is_not_overwritten() {
        let mut conflicts = 0;
        for steps_left in 0..40 {
            let world = world();
            world.fail_after(steps_left);
            let ended = apply(&world, "".as_ref(), &steps());
            world.fail_after(usize::MAX);
            if ended.is_ok() || world.kind("permalinks.lock".as_ref()).is_none() {
                continue;
            }
            world.add("permalinks.lock", "/eigenes/");
            conflicts +=
                usize::from(complete(&world, "".as_ref()).is_err_and(|found| found.code == Code::PendingConflict));
            assert_eq!(world.files()[&PathBuf::from("permalinks.lock")], b"/eigenes/");
        }
        assert!(conflicts > 1);
    }
}
