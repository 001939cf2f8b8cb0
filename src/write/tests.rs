//! What a build may do to an output folder, and what it leaves when it is interrupted.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::civil::{Date, date};

use super::manifest::{Manifest, NAME, PART, UNFINISHED};
use super::*;
use crate::checksum::sha256;
use crate::diagnostic::catalogue::Catalogue;
use crate::world::{Entry, MemoryWorld, OsWorld, Stamp};

const ROOT: &str = "/srv/site";
const OUT: &str = "/srv/site/public";
const STAGING: &str = "/srv/site/.public.leitwerk-1";
const ASIDE: &str = "/srv/site/.public.leitwerk-2";

type Tree = BTreeMap<String, Vec<u8>>;

/// A disk on which folders cannot be exchanged, or some folders not be renamed either.
struct Stubborn {
    disk: MemoryWorld,
    exchange: Option<io::ErrorKind>,
    fixed: &'static [&'static str],
    fixed_because: io::ErrorKind,
}

impl Stubborn {
    fn new(exchange: Option<io::ErrorKind>) -> Self {
        let disk = MemoryWorld::new(date(2026, 3, 1));
        disk.add("/srv/site/content/index.md", "# Site");
        disk.add("/home/user/letter.txt", "Dear");
        Self { disk, exchange, fixed: &[], fixed_because: io::ErrorKind::ResourceBusy }
    }

    fn plain() -> Self {
        Self::new(None)
    }

    fn without_exchange() -> Self {
        Self::new(Some(io::ErrorKind::Unsupported))
    }

    fn mount_point() -> Self {
        Self { fixed: &[OUT, STAGING], ..Self::new(Some(io::ErrorKind::ResourceBusy)) }
    }

    fn build(&self, files: &[OutputFile]) -> Result<Written, Diagnostic> {
        write(self, Path::new(ROOT), Path::new(OUT), files)
    }

    /// The files in the output folder without Leitwerk's own.
    fn published(&self) -> Tree {
        self.tree(OUT)
    }

    fn tree(&self, folder: &str) -> Tree {
        let own = [NAME, PART, UNFINISHED];
        let inside = |path: PathBuf| Some(path.strip_prefix(folder).ok()?.to_str()?.to_owned());
        let files = self.disk.files().into_iter().filter_map(|(path, bytes)| Some((inside(path)?, bytes)));
        files.filter(|(path, _)| !own.contains(&path.as_str())).collect()
    }

    /// Everything at and beside the output folder, for "untouched".
    fn everything(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        self.disk.files()
    }

    fn manifest(&self) -> Option<Vec<u8>> {
        self.disk.files().remove(&Path::new(OUT).join(NAME))
    }

    fn assert_is_just(&self, files: &[OutputFile], context: &str) {
        assert_eq!(self.published(), tree(files), "{context}");
        let manifest = Site::new(files).expect("files fit").manifest().to_text();
        assert_eq!(self.manifest(), Some(manifest.into_bytes()), "{context}");
        for litter in [STAGING, ASIDE, &format!("{OUT}/{PART}"), &format!("{OUT}/{UNFINISHED}")] {
            assert_eq!(self.disk.kind(Path::new(litter)), None, "{context}: {litter}");
        }
    }
}

impl World for Stubborn {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.disk.read(path)
    }
    fn walk(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        self.disk.walk(folder)
    }
    fn kind(&self, path: &Path) -> Option<EntryKind> {
        self.disk.kind(path)
    }
    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        self.disk.canonical(path)
    }
    fn stamp(&self, path: &Path) -> Option<Stamp> {
        self.disk.stamp(path)
    }

    fn today(&self) -> Date {
        self.disk.today()
    }
    fn clock(&self) -> Duration {
        self.disk.clock()
    }
    fn variable(&self, name: &str) -> Option<String> {
        self.disk.variable(name)
    }
    fn home(&self) -> Option<PathBuf> {
        self.disk.home()
    }
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.disk.create_folder(path)
    }
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.disk.write(path, bytes)
    }
    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.disk.link(from, to)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        if self.fixed.iter().any(|path| from == Path::new(path)) {
            return Err(self.fixed_because.into());
        }
        self.disk.rename(from, to)
    }
    fn exchange(&self, a: &Path, b: &Path) -> io::Result<()> {
        match self.exchange {
            Some(kind) => Err(kind.into()),
            None => self.disk.exchange(a, b),
        }
    }
    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.disk.remove_file(path)
    }
    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.disk.remove_folder(path)
    }
    fn lock(&self, folder: &Path) -> io::Result<Box<dyn Send>> {
        self.disk.lock(folder)
    }
}

fn files(files: &[(&str, &str)]) -> Vec<OutputFile> {
    files
        .iter()
        .map(|(path, text)| OutputFile { path: (*path).to_owned(), bytes: text.as_bytes().to_vec().into() })
        .collect()
}

fn tree(files: &[OutputFile]) -> Tree {
    files.iter().map(|file| (file.path.clone(), file.bytes.to_vec())).collect()
}

/// Two sites that differ in every way: kept, changed, new and removed files, a file that becomes a folder and
/// a folder that becomes a file.
fn old_and_new() -> (Vec<OutputFile>, Vec<OutputFile>) {
    let old = files(&[
        ("index.html", "old"),
        ("werte/index.html", "same"),
        ("gone/deep/a.html", "gone"),
        ("turns", "file"),
        ("other/a", "1"),
        ("other/b", "2"),
    ]);
    let new = files(&[
        ("index.html", "new"),
        ("werte/index.html", "same"),
        ("labs/1/index.html", "lab"),
        ("turns/index.html", "folder"),
        ("other", "file"),
    ]);
    (old, new)
}

/// What makes a text of a finding: its code, and the values.
fn refusal(result: Result<impl std::fmt::Debug, Diagnostic>) -> (Code, BTreeMap<&'static str, String>) {
    let diagnostic = result.expect_err("refused");
    (diagnostic.code, diagnostic.args)
}

fn foreign(result: Result<impl std::fmt::Debug, Diagnostic>) -> String {
    let (code, mut args) = refusal(result);
    assert_eq!(code, Code::ForeignFiles);
    args.remove("files").unwrap_or_default()
}

#[test]
fn a_first_build_writes_all_and_a_second_nothing() {
    let world = Stubborn::plain();
    let (site, _) = old_and_new();
    assert_eq!(world.build(&site), Ok(Written { written: 6, unchanged: 0, removed: 0 }));
    world.assert_is_just(&site, "first");
    world.disk.fail_after(0);
    assert_eq!(world.build(&site), Ok(Written { written: 0, unchanged: 6, removed: 0 }));
}

#[test]
fn the_order_of_the_files_does_not_matter() {
    let (world, other) = (Stubborn::plain(), Stubborn::plain());
    let (mut site, _) = old_and_new();
    assert!(world.build(&site).is_ok());
    site.reverse();
    assert!(other.build(&site).is_ok());
    assert_eq!(world.everything(), other.everything());
}

#[test]
fn an_update_changes_what_differs_on_any_disk() {
    let (old, new) = old_and_new();
    for (name, world) in disks() {
        world.disk.add(format!("{OUT}/.keep-me-empty"), "");
        assert!(world.disk.remove_file(&Path::new(OUT).join(".keep-me-empty")).is_ok());
        assert!(world.build(&old).is_ok(), "{name}: an empty folder is filled");
        world.assert_is_just(&old, name);
        assert_eq!(world.build(&new), Ok(Written { written: 4, unchanged: 1, removed: 4 }), "{name}");
        world.assert_is_just(&new, name);
        assert_eq!(world.disk.kind(&Path::new(OUT).join("gone")), None, "{name}: empty folders go");
    }
}

#[test]
fn a_deleted_file_is_written_again() {
    let world = Stubborn::plain();
    let (site, _) = old_and_new();
    assert!(world.build(&site).is_ok());
    assert!(world.disk.remove_file(&Path::new(OUT).join("index.html")).is_ok());
    assert_eq!(world.build(&site), Ok(Written { written: 1, unchanged: 5, removed: 0 }));
    world.assert_is_just(&site, "again");
}

#[test]
fn files_of_others_are_named_and_stay() {
    let (old, new) = old_and_new();
    for (name, world) in disks() {
        world.disk.add(format!("{OUT}/thesis.doc"), "years");
        let before = world.everything();
        assert_eq!(foreign(world.build(&old)), "thesis.doc", "{name}: a folder without manifest");
        assert_eq!(foreign(check_target(&world, Path::new(ROOT), Path::new(OUT))), "thesis.doc");
        assert_eq!(world.everything(), before, "{name}");

        assert!(world.disk.remove_file(&Path::new(OUT).join("thesis.doc")).is_ok());
        assert!(world.build(&old).is_ok());
        world.disk.add(format!("{OUT}/labs/notes.txt"), "mine");
        world.disk.add(format!("{OUT}/index.html"), "edited");
        let before = world.everything();
        assert_eq!(foreign(world.build(&new)), "index.html, labs/notes.txt", "{name}");
        assert_eq!(foreign(check_target(&world, Path::new(ROOT), Path::new(OUT))), "labs/notes.txt");
        assert_eq!(world.everything(), before, "{name}");
    }
}

#[test]
fn a_long_list_of_foreign_files_is_cut() {
    let world = Stubborn::plain();
    for number in 10..30 {
        world.disk.add(format!("{OUT}/{number}"), "");
    }
    assert_eq!(foreign(world.build(&[])), "10, 11, 12, 13, 14, 15, 16, 17, 18, 19, …");
}

#[test]
fn a_manifest_that_leads_out_of_the_folder_is_none() {
    let world = Stubborn::plain();
    world.disk.add(format!("{OUT}/{NAME}"), format!("leitwerk 1\n{}  ../content/index.md\n", sha256(b"# Site")));
    assert_eq!(foreign(world.build(&[])), NAME);
    assert_eq!(world.tree("/srv/site/content").len(), 1);
}

#[test]
fn dangerous_folders_are_refused() {
    let world = Stubborn::plain();
    world.disk.add("/srv/site/page.html", "a file");
    let before = world.everything();
    for (out, reason) in [
        ("/", "top"),
        ("/srv", "site"),
        ("/srv/site", "site"),
        ("/srv/site/.", "site"),
        ("/srv/site/new/..", "site"),
        ("/srv/site/content", "sources"),
        ("/srv/site/content/a/b", "sources"),
        ("/srv/site/new/../content/a", "sources"),
        ("/srv/site/themes", "sources"),
        ("/srv/site/src/x", "sources"),
        ("/srv/site/.git/x", "sources"),
        ("/home", "home"),
        ("/home/user", "home"),
        ("/srv/site/page.html", "file"),
    ] {
        for result in [
            check_target(&world, Path::new(ROOT), Path::new(out)),
            write(&world, Path::new(ROOT), Path::new(out), &files(&[("a", "a")])).map(drop),
        ] {
            let (code, args) = refusal(result);
            assert_eq!((code, args["reason"].as_str()), (Code::DangerousOutput, reason), "{out}");
        }
    }
    assert_eq!(world.everything(), before);
    for out in ["/srv/site/public", "/srv/site/contents", "/srv/www", "/home/user/www", "/home/other"] {
        assert_eq!(check_target(&world, Path::new(ROOT), Path::new(out)), Ok(()), "{out}");
    }
}

#[test]
fn every_reason_has_a_text() {
    let catalogue = Catalogue::english();
    let text = |reason| catalogue.message(&Diagnostic::bare(Code::DangerousOutput).arg("reason", reason));
    let other = text("");
    for reason in ["file", "top", "site", "sources", "home"] {
        assert!(text(reason).starts_with(&other) && text(reason) != other, "{reason}: {}", text(reason));
    }
}

#[test]
fn files_that_cannot_lie_beside_each_other_are_refused() {
    for paths in [["a", "a"], ["a", "a/b"], ["a", "../b"], ["a", "/b"], ["a", NAME], ["a", "b//c"], ["a", ""]] {
        let world = Stubborn::plain();
        let (code, _) = refusal(world.build(&files(&paths.map(|path| (path, "text")))));
        assert_eq!(code, Code::WriteFailed, "{paths:?}");
        assert_eq!(world.disk.kind(Path::new(OUT)), None);
    }
}

fn disks() -> [(&'static str, Stubborn); 3] {
    // A mount point is there before the first build.
    let mount = Stubborn::mount_point();
    assert!(mount.disk.create_folder(Path::new(OUT)).is_ok());
    [("plain", Stubborn::plain()), ("without exchange", Stubborn::without_exchange()), ("mount point", mount)]
}

/// Interrupts an update after each of its steps; `check` looks at what is left.
fn interrupt_everywhere(disk: impl Fn() -> Stubborn, old: &[OutputFile], check: impl Fn(&Stubborn, &str)) {
    let (_, new) = old_and_new();
    for steps in 0.. {
        let context = format!("interrupted after {steps} steps");
        let world = disk();
        assert!(old.is_empty() || world.build(old).is_ok());
        world.disk.fail_after(steps);
        let result = world.build(&new);
        world.disk.fail_after(usize::MAX);
        check(&world, &context);
        if result.is_ok() {
            assert!(steps > 10, "an update takes more than {steps} steps");
            return;
        }
        assert_eq!(refusal(result).0, Code::WriteFailed);
        assert_eq!(check_target(&world, Path::new(ROOT), Path::new(OUT)), Ok(()), "{context}");
        assert!(world.build(&new).is_ok(), "{context}");
        world.assert_is_just(&new, &context);
    }
}

#[test]
fn an_interrupted_update_leaves_the_old_or_the_new_site() {
    let (old, new) = old_and_new();
    interrupt_everywhere(Stubborn::plain, &old, |world, context| {
        let site = if world.published() == tree(&old) { &old } else { &new };
        assert_eq!(world.published(), tree(site), "{context}");
        let manifest = Site::new(site).expect("files fit").manifest().to_text();
        assert_eq!(world.manifest(), Some(manifest.into_bytes()), "{context}");
    });
}

#[test]
fn an_interrupted_first_build_leaves_nothing_or_the_new_site() {
    let (_, new) = old_and_new();
    interrupt_everywhere(Stubborn::plain, &[], |world, context| {
        assert!(world.disk.kind(Path::new(OUT)).is_none() || world.published() == tree(&new), "{context}");
    });
}

#[test]
fn without_exchange_an_interruption_leaves_a_complete_site_in_place_or_beside() {
    let (old, new) = old_and_new();
    interrupt_everywhere(Stubborn::without_exchange, &old, |world, context| {
        let sites = [tree(&old), tree(&new)];
        if world.disk.kind(Path::new(OUT)).is_some() {
            assert!(sites.contains(&world.published()), "{context}");
        } else {
            assert_eq!(world.tree(ASIDE), tree(&old), "{context}");
        }
    });
}

#[test]
fn without_exchange_the_old_site_comes_back_if_the_new_one_cannot_take_its_place() {
    let (old, new) = old_and_new();
    let mut world = Stubborn::without_exchange();
    assert!(world.build(&old).is_ok());
    world.fixed = &[STAGING];
    world.fixed_because = io::ErrorKind::Other;
    assert_eq!(refusal(world.build(&new)).0, Code::WriteFailed);
    world.assert_is_just(&old, "renamed back");
    world.fixed_because = io::ErrorKind::CrossesDevices;
    assert!(world.build(&new).is_ok());
    world.assert_is_just(&new, "renamed back, then updated in place");
}

#[test]
fn a_site_that_was_renamed_away_is_put_back_even_if_the_build_fails() {
    let (old, _) = old_and_new();
    let world = Stubborn::without_exchange();
    assert!(world.build(&old).is_ok());
    assert!(world.disk.rename(Path::new(OUT), Path::new(ASIDE)).is_ok());
    world.disk.fail_after(3);
    assert!(world.build(&[]).is_err());
    assert_eq!(world.published(), tree(&old));
}

#[test]
fn an_update_in_place_can_be_interrupted_and_continued() {
    let (old, _) = old_and_new();
    let mount = || {
        let world = Stubborn::mount_point();
        assert!(world.disk.create_folder(Path::new(OUT)).is_ok());
        world
    };
    interrupt_everywhere(mount, &old, |_, _| {});
    interrupt_everywhere(mount, &[], |_, _| {});
}

#[test]
fn an_update_in_place_can_be_interrupted_and_another_site_built() {
    let (old, new) = old_and_new();
    let third = files(&[("index.html", "third")]);
    for steps in 0..60 {
        let world = Stubborn::mount_point();
        assert!(world.disk.create_folder(Path::new(OUT)).is_ok());
        assert!(world.build(&old).is_ok());
        world.disk.fail_after(steps);
        let _ = world.build(&new);
        world.disk.fail_after(usize::MAX);
        assert!(world.build(&third).is_ok(), "interrupted after {steps} steps");
        world.assert_is_just(&third, "third");
    }
}

#[test]
fn incomplete_leftovers_are_removed_and_those_of_others_are_not() {
    let (old, new) = old_and_new();
    let world = Stubborn::plain();
    assert!(world.build(&old).is_ok());
    let manifest = Site::new(&new).expect("files fit").manifest().to_text();
    // Killed while writing a file.
    world.disk.add(format!("{STAGING}/{UNFINISHED}"), &manifest);
    world.disk.add(format!("{STAGING}/labs/1/index.html"), "la");
    // Killed while writing the manifest.
    world.disk.add(format!("{ASIDE}/{UNFINISHED}"), &manifest[..30]);
    // Not from Leitwerk, or touched by somebody.
    let (others, edited) = ("/srv/site/.public.leitwerk-3", "/srv/site/.public.leitwerk-4");
    world.disk.add(format!("{others}/notes.txt"), "mine");
    world.disk.add(format!("{edited}/{NAME}"), &manifest);
    world.disk.add(format!("{edited}/index.html"), "edited");
    world.disk.add(format!("{edited}/other"), "file");
    assert!(world.build(&new).is_ok());
    world.assert_is_just(&new, "leftovers");
    assert_eq!(world.tree(others), tree(&files(&[("notes.txt", "mine")])));
    assert_eq!(world.tree(edited), tree(&files(&[("index.html", "edited")])));
}

#[test]
fn a_failed_build_on_a_disk_that_works_again_leaves_nothing_beside() {
    let (old, new) = old_and_new();
    let world = Stubborn::new(Some(io::ErrorKind::Other));
    assert!(world.build(&old).is_ok());
    assert_eq!(refusal(world.build(&new)).0, Code::WriteFailed);
    world.assert_is_just(&old, "the exchange failed");
}

#[test]
fn a_manifest_of_an_update_in_place_names_both_hashes() {
    let [mut old, mut new] = [Manifest::default(), Manifest::default()];
    old.insert("a", &sha256(b"1"));
    new.insert("a", &sha256(b"2"));
    let both = Manifest::parse(old.union(&new).to_text().as_bytes()).expect("a manifest");
    assert!(both.holds("a", &sha256(b"1")) && both.holds("a", &sha256(b"2")) && !both.holds("a", &sha256(b"3")));
}

#[test]
fn on_a_real_disk() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let world = OsWorld::new(None);
    let out = folder.path().join("deep/public");
    let (old, new) = old_and_new();
    let build = |files: &[OutputFile]| write(&world, folder.path(), &out, files);
    let listed = |folder: &Path| -> Vec<_> {
        let entries = world.walk(folder).expect("a folder");
        entries.into_iter().filter(|entry| entry.kind == EntryKind::File).map(|entry| entry.path).collect()
    };
    assert_eq!(build(&old).map(|counts| counts.written), Ok(6));
    let changed = || std::fs::metadata(&out).and_then(|found| found.modified()).expect("a time");
    let before = changed();
    assert_eq!(build(&old).map(|counts| counts.unchanged), Ok(6));
    assert_eq!(changed(), before);
    assert_eq!(build(&new), Ok(Written { written: 4, unchanged: 1, removed: 4 }));
    let expected = [NAME, "index.html", "labs/1/index.html", "other", "turns/index.html", "werte/index.html"];
    assert_eq!(listed(&out), expected.map(PathBuf::from));
    assert_eq!(listed(&folder.path().join("deep")).len(), expected.len(), "nothing beside it");
    std::fs::write(out.join("index.html"), "edited").expect("an edit");
    assert_eq!(foreign(build(&old)), "index.html");
}

#[cfg(unix)]
#[test]
fn links_are_followed_to_the_folder_and_refused_inside_it() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().expect("a folder for the test");
    let world = OsWorld::new(None);
    let (real, link) = (folder.path().join("www/real"), folder.path().join("site/public"));
    std::fs::create_dir_all(&real).expect("a folder");
    std::fs::create_dir_all(folder.path().join("site/content")).expect("a folder");
    symlink(&real, &link).expect("a link");
    let root = folder.path().join("site");
    let build = |out: &Path| write(&world, &root, out, &files(&[("a", "text"), ("b", "text")]));
    assert!(build(&link).is_ok());
    assert!(link.is_symlink() && real.join("a").is_file());
    std::fs::remove_file(real.join("b")).expect("a file less");
    symlink("a", real.join("b")).expect("a link");
    assert_eq!(foreign(build(&link)), "b");
    std::fs::remove_file(real.join("b")).expect("a link less");
    symlink(folder.path(), real.join("up")).expect("a link");
    assert_eq!(foreign(build(&link)), "up");
    symlink(root.join("content"), folder.path().join("innocent")).expect("a link");
    assert_eq!(refusal(build(&folder.path().join("innocent/new"))).0, Code::DangerousOutput);
}
