//! A site that is built again and again with what was made before has the files and findings of one that is built anew,
//! whatever was changed in between.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use leitwerk::diagnostic::{self, Diagnostics, catalogue::Catalogue, render_short};
use leitwerk::render::Nobody;
use leitwerk::source::Files;
use leitwerk::world::{CachedWorld, MemoryWorld, World};
use leitwerk::{BuildOptions, Cache};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

/// What somebody does with a file; which one is drawn from those that are there.
#[derive(Debug, Clone)]
enum Change {
    /// Puts a word or a reference into a line.
    Word(Index, Index, &'static str),
    /// Removes a line.
    Cut(Index, Index),
    /// Adds a paragraph.
    Paragraph(Index),
    /// Gives a text another title.
    Title(Index),
    Delete(Index),
    Rename(Index),
    Copy(Index),
    /// Takes the whole site back to what it was.
    TakeBack,
}

const WORDS: &[&str] = &[
    "neu",
    "muss",
    "soll",
    "**fett**",
    "[[wert:fairness]]",
    "[[rn:1]]",
    "[[wert:fehlt]]",
    "[x](fehlt.md)",
    "+++",
    "Art. 5",
];

fn changes() -> impl Strategy<Value = Vec<Vec<Change>>> {
    let index = any::<Index>;
    let change = prop_oneof![
        6 => (index(), index(), prop::sample::select(WORDS)).prop_map(|(file, line, word)| Change::Word(file, line, word)),
        2 => (index(), index()).prop_map(|(file, line)| Change::Cut(file, line)),
        3 => index().prop_map(Change::Paragraph),
        2 => index().prop_map(Change::Title),
        1 => index().prop_map(Change::Delete),
        1 => index().prop_map(Change::Rename),
        1 => index().prop_map(Change::Copy),
        2 => Just(Change::TakeBack),
    ];
    vec(vec(change, 1..3), 1..10)
}

type Disk = BTreeMap<PathBuf, Vec<u8>>;

fn site(folder: &Path) -> Disk {
    let files = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap());
    let files = files.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
    let inside = files.map(|path| (path.strip_prefix(folder).unwrap().to_path_buf(), fs::read(&path).unwrap()));
    let inside = inside
        .filter(|(path, _)| path.starts_with("content") || path.starts_with("themes") || path.iter().count() == 1);
    inside
        .map(
            |(path, bytes)| if path == Path::new("site.toml") { (path, built_in_theme(&bytes)) } else { (path, bytes) },
        )
        .collect()
}

/// The settings of a site with the built-in theme.
fn built_in_theme(settings: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(settings);
    text.lines()
        .filter(|line| !line.starts_with("theme ="))
        .flat_map(|line| [line, "\n"])
        .collect::<String>()
        .into_bytes()
}

/// The files of a disk as they are after a change.
fn changed(disk: &mut Disk, first: &Disk, change: &Change) {
    let texts: Vec<PathBuf> =
        disk.keys().filter(|path| path.extension().is_some_and(|e| e == "md" || e == "toml")).cloned().collect();
    if texts.is_empty() {
        disk.clone_from(first);
        return;
    }
    let pick = |index: &Index| texts[index.index(texts.len())].clone();
    let edit = |disk: &mut Disk, path: &PathBuf, edit: &dyn Fn(&mut Vec<String>)| {
        let mut lines: Vec<String> = String::from_utf8_lossy(&disk[path]).lines().map(str::to_owned).collect();
        edit(&mut lines);
        disk.insert(
            path.clone(),
            lines.into_iter().flat_map(|line| [line, "\n".into()]).collect::<String>().into_bytes(),
        );
    };
    match change {
        Change::Word(file, at, word) => edit(disk, &pick(file), &|lines| {
            if !lines.is_empty() {
                let at = at.index(lines.len());
                lines[at] = format!("{} {word}", lines[at]);
            }
        }),
        Change::Cut(file, at) => edit(disk, &pick(file), &|lines| {
            if !lines.is_empty() {
                lines.remove(at.index(lines.len()));
            }
        }),
        Change::Paragraph(file) => {
            edit(disk, &pick(file), &|lines| {
                lines.extend(["".into(), "Ein neuer Absatz.".into()]);
            });
        }
        Change::Title(file) => edit(disk, &pick(file), &|lines| {
            lines
                .iter_mut()
                .filter(|line| line.starts_with("title ="))
                .for_each(|line| *line = "title = \"Anders\"".into());
        }),
        Change::Delete(file) => drop(disk.remove(&pick(file))),
        Change::Rename(file) => {
            let path = pick(file);
            let bytes = disk.remove(&path).unwrap();
            disk.insert(path.with_file_name(format!("09-neu-{}", path.file_name().unwrap().to_string_lossy())), bytes);
        }
        Change::Copy(file) => {
            let path = pick(file);
            let bytes = disk[&path].clone();
            disk.insert(path.with_file_name(format!("08-auch-{}", path.file_name().unwrap().to_string_lossy())), bytes);
        }
        Change::TakeBack => disk.clone_from(first),
    }
}

/// Writes what differs; the paths that were touched.
fn write(world: &MemoryWorld, before: &Disk, after: &Disk) -> BTreeSet<PathBuf> {
    let mut touched = BTreeSet::new();
    for path in before.keys().filter(|path| !after.contains_key(*path)) {
        world.remove_file(path).unwrap();
        touched.insert(path.clone());
    }
    for (path, bytes) in after.iter().filter(|(path, bytes)| before.get(*path) != Some(bytes)) {
        world.add(path, bytes);
        touched.insert(path.clone());
    }
    touched
}

/// The files of a build and what it says; no files where it has errors.
fn build(world: &dyn World, cache: &Cache, files: &mut Files) -> (Option<BTreeMap<String, bytes::Bytes>>, String) {
    let mut found = Diagnostics::new();
    let options = BuildOptions { drafts: true, ..BuildOptions::default() };
    files.begin_run();
    let built = leitwerk::build_again(world, "".as_ref(), &options, (cache, &Nobody), files, &mut found);
    cache.end_run();
    diagnostic::sort(&mut found, files);
    let said = render_short(&found, files, &Catalogue::english());
    (built.map(|built| built.rendered.files.into_iter().map(|file| (file.path, file.bytes)).collect()), said)
}

fn check(first: &Disk, turns: &[Vec<Change>]) -> Result<(), TestCaseError> {
    let disk = MemoryWorld::new("2026-01-01".parse().unwrap());
    write(&disk, &Disk::new(), first);
    let world = CachedWorld::new(&disk, "pending".into());
    let (cache, mut files) = (Cache::for_runs(), Files::default());
    build(&world, &cache, &mut files);
    let mut now = first.clone();
    for turn in turns {
        let before = now.clone();
        turn.iter().for_each(|change| changed(&mut now, first, change));
        let touched = write(&disk, &before, &now);
        world.refresh(&touched);
        let again = build(&world, &cache, &mut files);
        let anew = build(&disk, &Cache::default(), &mut Files::default());
        prop_assert_eq!(&again.1, &anew.1);
        prop_assert_eq!(again.0.is_some(), anew.0.is_some());
        let (again, anew) = (again.0.unwrap_or_default(), anew.0.unwrap_or_default());
        let differing: Vec<&String> =
            anew.iter().filter(|(path, bytes)| again.get(*path) != Some(bytes)).map(|(path, _)| path).collect();
        prop_assert_eq!(differing, Vec::<&String>::new());
        prop_assert_eq!(again.len(), anew.len());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_rebuilt_site_is_the_one_built_anew(case in 0usize..64, turns in changes()) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
        let mut sites: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        sites.retain(|site| site.join("site.toml").is_file());
        sites.sort();
        check(&site(&sites[case % sites.len()]), &turns)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, max_shrink_iters: 20, ..ProptestConfig::default() })]

    #[test]
    fn the_example_rebuilt_is_the_one_built_anew(turns in changes()) {
        let mut example = site(Path::new(env!("CARGO_MANIFEST_DIR")));
        // Most changes of the texts would lose one of the addresses that stay.
        example.remove(Path::new("permalinks.lock"));
        example.retain(|path, _| path.file_name().is_none_or(|name| name != "release.lock"));
        check(&example, &turns)?;
    }
}
