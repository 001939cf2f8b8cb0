//! Archives: made once and alike, refused where they were altered or are malicious; built sites that were altered.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use leitwerk::archive::{self, Archive};
use leitwerk::diagnostic::{Code, Diagnostics};
use leitwerk::source::Files;
use leitwerk::world::{MemoryWorld, World};
use leitwerk::write::{self, OutputFile};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::sealing::{seal, site};

fn make(world: &MemoryWorld) -> Result<Archive, Vec<Code>> {
    let (mut files, mut found) = (Files::default(), Diagnostics::new());
    let project = leitwerk::read(world, "".as_ref(), &mut files, &mut found).unwrap();
    found.clear();
    let made = archive::make(world, "".as_ref(), &project, 0, &mut files, &mut found);
    made.ok_or_else(|| found.iter().map(|found| found.code).collect())
}

fn sealed() -> MemoryWorld {
    let world = site(&[]);
    seal(&world, &["1.0"]).unwrap();
    world
}

/// Why an archive is refused, with the file that is named.
fn faults(bytes: &[u8]) -> Vec<(String, String)> {
    let (mut files, mut found) = (Files::default(), Diagnostics::new());
    let verified = archive::verify(Path::new("a.zip"), bytes, &mut files, &mut found);
    assert_eq!(verified.is_some(), found.is_empty());
    found
        .into_iter()
        .map(|mut found| (found.args.remove("reason").unwrap(), found.args.remove("name").unwrap()))
        .collect()
}

fn contents(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut read = |index| {
        let mut entry = zip.by_index(index).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        (entry.name().unwrap().into_owned(), bytes)
    };
    let count = ZipArchive::new(Cursor::new(bytes)).unwrap().len();
    (0..count).map(&mut read).collect()
}

fn packed<'f>(files: impl IntoIterator<Item = (&'f str, &'f [u8])>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn repacked(files: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    packed(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())))
}

#[test]
fn an_archive_is_the_same_each_time_and_never_overwritten() {
    let world = sealed();
    let (one, two) = (make(&world).unwrap(), make(&world).unwrap());
    assert_eq!((one.name.as_str(), &one.bytes), ("l-1.0.zip", &two.bytes));
    assert_eq!(faults(&one.bytes), []);
    let path = archive::keep(&world, "archives".as_ref(), &one).unwrap();
    assert_eq!(archive::keep(&world, "archives".as_ref(), &one), Ok(path.clone()));
    assert_eq!(kept(&world, &path), (Some(true), vec![]));
    world.add(&path, "anderes");
    assert_eq!(kept(&world, &path), (Some(false), vec![Code::BadArchive]));
    let refused = archive::keep(&world, "archives".as_ref(), &one).unwrap_err();
    assert_eq!((refused.code, &world.files()[&path]), (Code::ArchiveExists, &b"anderes".to_vec()));
}

/// Whether the archive of release 1.0 is at a path, and what is wrong with it.
fn kept(world: &MemoryWorld, path: &Path) -> (Option<bool>, Vec<Code>) {
    let (mut files, mut found) = (Files::default(), Diagnostics::new());
    let project = leitwerk::read(world, "".as_ref(), &mut files, &mut found).unwrap();
    found.clear();
    let kept = archive::is_kept(world, path, &project.sources.releases[0], &mut files, &mut found);
    (kept, found.iter().map(|found| found.code).collect())
}

#[test]
fn an_archive_that_holds_a_talk_is_told_when_the_consent_is_withdrawn() {
    let talk = |consent: &str| {
        format!(
            "+++\ntitle = \"Nutzen\"\nspeakers = [\"Fachverfahren\"]\nchapters = [\"ziele\"]\n{consent}+++\n\nText.\n"
        )
    };
    let lab = "number = 1\ntitle = \"Werte\"\ndate = 2024-11-05\n";
    let path = "content/talks/lab-1/nutzen.md";
    let world = site(&[("content/talks/lab-1/lab.toml", lab), (path, &talk(""))]);
    seal(&world, &["1.0"]).unwrap();
    let before = make(&world).unwrap();
    assert!(contents(&before.bytes).contains_key("l-1.0/data/pages/ki-lab/1/nutzen/index.html"));
    archive::keep(&world, "archives".as_ref(), &before).unwrap();
    assert_eq!(checked(&world), []);
    world.add(path, talk("consent = \"withdrawn\"\n"));
    assert_eq!(checked(&world), [Code::ArchiveHolds]);
    // Under its former name too.
    let moved = "content/talks/lab-1/werte.md";
    world.remove_file(path.as_ref()).unwrap();
    world.add(moved, talk("aliases = [\"nutzen\"]\nconsent = \"withdrawn\"\n"));
    assert_eq!(checked(&world), [Code::ArchiveHolds]);
    world.remove_file(Path::new("archives/l-1.0.zip")).unwrap();
    let after = make(&world).unwrap();
    assert_eq!(faults(&after.bytes), []);
    let told = String::from_utf8(contents(&after.bytes)["l-1.0/bag-info.txt"].clone()).unwrap();
    assert!(told.contains("\nWithdrawn-Consent: /ki-lab/1/werte/\n"), "{told}");
    archive::keep(&world, "archives".as_ref(), &after).unwrap();
    assert_eq!(checked(&world), []);
}

/// What `check` finds, but that the draft's changes have no reasons.
fn checked(world: &MemoryWorld) -> Vec<Code> {
    let (mut files, mut found) = (Files::default(), Diagnostics::new());
    leitwerk::check(world, "".as_ref(), &mut files, &mut found);
    found.iter().map(|found| found.code).collect()
}

#[test]
fn a_site_does_not_offer_an_archive_that_is_damaged_or_anothers() {
    let world = sealed();
    world.add("site.toml", format!("{}publish_archives = true\n", leitwerk_text(&world, "site.toml")));
    let whole = make(&world).unwrap();
    let built = |bytes: &[u8]| {
        world.add(format!("archives/{}", whole.name), bytes);
        let (mut files, mut found) = (Files::default(), Diagnostics::new());
        let options = leitwerk::BuildOptions::default();
        let built = leitwerk::build(&world, "".as_ref(), &options, &mut files, &mut found);
        (built.is_some(), found.iter().map(|found| found.code).collect::<Vec<_>>())
    };
    assert_eq!(built(&whole.bytes), (true, vec![]));
    let padded = [&whole.bytes[..], b" "].concat();
    assert_eq!(built(&padded), (false, vec![Code::BadArchive]));
    let other = site(&[("content/guidelines/guideline.toml", "contact = \"a@example.org\"\n")]);
    seal(&other, &["1.0"]).unwrap();
    assert_eq!(built(&make(&other).unwrap().bytes), (false, vec![Code::ArchiveExists]));
}

fn leitwerk_text(world: &MemoryWorld, path: &str) -> String {
    String::from_utf8(world.files()[Path::new(path)].clone()).unwrap()
}

#[test]
fn an_archive_made_late_says_what_was_said_when_the_release_was_sealed() {
    let guideline =
        "title = \"Werk\"\nshort_title = \"Alt\"\npublisher = \"Erste\"\n\n[valid_from]\n\"1.0\" = 2025-02-01\n";
    let world = site(&[("content/guidelines/guideline.toml", guideline)]);
    seal(&world, &["1.0"]).unwrap();
    let early = make(&world).unwrap();
    let later =
        guideline.replace("Werk", "Neues").replace("Alt", "Neu").replace("Erste", "Zweite").replace("02-01", "03-01");
    world.add("content/guidelines/guideline.toml", later);
    let late = make(&world).unwrap();
    assert_eq!((late.name.as_str(), &late.bytes), ("alt-1.0.zip", &early.bytes));
    assert_eq!(contents(&early.bytes)["alt-1.0/data/source/guidelines/guideline.toml"], guideline.as_bytes());
}

#[test]
fn what_is_not_sealed_is_not_archived() {
    assert_eq!(make(&site(&[])).err(), Some(vec![Code::NotSealed]));
}

#[test]
fn every_altered_missing_and_added_file_is_told() {
    let whole = contents(&make(&sealed()).unwrap().bytes);
    for name in whole.keys() {
        let inside = name.split_once('/').unwrap().1.to_owned();
        let mut altered = whole.clone();
        altered.get_mut(name).unwrap().push(b' ');
        assert!(!faults(&repacked(&altered)).is_empty(), "{name} altered");
        let mut missing = whole.clone();
        missing.remove(name);
        let told = faults(&repacked(&missing));
        let named = told.iter().any(|(_, told)| inside.ends_with(told.as_str()));
        assert!(named || inside == "bagit.txt", "{name} missing: {told:?}");
    }
    let mut added = whole;
    added.insert("l-1.0/data/pages/neu.html".into(), b"neu".to_vec());
    assert_eq!(faults(&repacked(&added)), [("added".into(), "data/pages/neu.html".into())]);
}

#[test]
fn malicious_archives_are_refused() {
    let refused = |bytes: &[u8]| faults(bytes).into_iter().map(|(reason, _)| reason).collect::<Vec<_>>();
    for name in ["../etc/passwd", "/etc/passwd", "a/../../b", "a\\..\\b", "C:/x", "a//b", "a/./b"] {
        assert_eq!(refused(&packed([(name, b"x".as_slice())])), ["escapes"], "{name}");
    }
    let mut link = ZipWriter::new(Cursor::new(Vec::new()));
    link.add_symlink("a/link", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    assert_eq!(refused(&link.finish().unwrap().into_inner()), ["escapes"]);
    let zeros = vec![0; 100 << 20];
    let bomb = packed([("a/b", zeros.as_slice())]);
    assert!(bomb.len() < 200_000, "{} bytes", bomb.len());
    assert_eq!(refused(&bomb), ["too-big"]);
    let whole = make(&sealed()).unwrap().bytes;
    for junk in [[&whole[..], b"x"].concat(), [b"x", &whole[..]].concat()] {
        assert_eq!(refused(&junk), ["padded"]);
    }
    assert_eq!(refused(b"kein ZIP"), ["unreadable"]);
    assert_eq!(refused(&packed([("a/b.txt", b"x".as_slice())])), ["no-bag"]);
    for cut in [0, 10, whole.len() / 2, whole.len() - 1] {
        assert_eq!(refused(&whole[..cut]), ["unreadable"], "cut at {cut}");
    }
}

#[test]
fn an_altered_site_is_told_file_by_file() {
    let world = MemoryWorld::new("2026-01-01".parse().unwrap());
    world.add("/site/site.toml", "");
    let files = ["a.html", "b.html", "c.html"].map(|path| OutputFile { path: path.into(), bytes: path.into() });
    write::write(&world, "/site".as_ref(), "/site/public".as_ref(), &files).unwrap();
    let state = write::faults(&world, "/site/public".as_ref()).unwrap().unwrap();
    assert_eq!((state.files, state.faults), (3, vec![]));
    world.add("/site/public/a.html", "anders");
    world.add("/site/public/d.html", "neu");
    world.remove_file("/site/public/b.html".as_ref()).unwrap();
    let faults = write::faults(&world, "/site/public".as_ref()).unwrap().unwrap().faults;
    let is = [("missing", "b.html"), ("altered", "a.html"), ("added", "d.html")];
    assert_eq!(faults, is.map(|(reason, path)| (reason, path.to_owned())));
    assert_eq!(write::faults(&world, "/site".as_ref()).unwrap(), None);
}
