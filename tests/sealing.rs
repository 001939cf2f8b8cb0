//! What `release` and `seal` do with a site, and what they refuse.

use std::collections::BTreeMap;

use leitwerk::diagnostic::{Code, Diagnostics, catalogue::Catalogue, render_short};
use leitwerk::pending;
use leitwerk::release::{self, Prepared, Request};
use leitwerk::source::Files;
use leitwerk::world::{MemoryWorld, World};

const CHAPTER: &str = "+++\ntitle = \"Ziele\"\n+++\n\nKI soll nützen. {#zweck}\n";

/// A site with release 1.0 and a draft that changes its only paragraph, with these further files.
pub(crate) fn site(more: &[(&str, &str)]) -> MemoryWorld {
    let world = MemoryWorld::new("2026-01-01".parse().unwrap());
    let files = [
        ("site.toml", "title = \"L\"\nbase_url = \"https://example.org\"\nlanguage = \"de\"\n"),
        ("content/guidelines/1.0/release.toml", "version = \"1.0\"\nreleased = 2025-01-01\n"),
        ("content/guidelines/1.0/01-ziele.md", CHAPTER),
        ("content/guidelines/draft/01-ziele.md", &CHAPTER.replace("soll", "muss")),
        ("content/guidelines/draft/release.toml", DRAFT),
    ];
    files.iter().chain(more).for_each(|(path, text)| world.add(path, text));
    world
}

const DRAFT: &str = "\
# Anmerkung der Redaktion.
summary = \"Strenger.\"

[consultation]
until = 2025-12-01

[[reason]]
at = \"ziele#zweck\" # der einzige Absatz
text = \"Aus der Praxis.\"
cause = \"practice\"
";

type Outcome = Result<Prepared, (Vec<Code>, String)>;

fn outcome(prepared: Option<Prepared>, files: &Files, found: &Diagnostics) -> Outcome {
    let said = render_short(found, files, &Catalogue::english());
    prepared.ok_or_else(|| (found.iter().map(|found| found.code).collect(), said))
}

/// Seals these releases.
pub(crate) fn seal(world: &MemoryWorld, versions: &[&str]) -> Outcome {
    let (mut files, mut found) = (Files::default(), Diagnostics::new());
    let versions: Vec<String> = versions.iter().map(|&version| version.to_owned()).collect();
    let prepared = release::seal(world, "".as_ref(), &versions, &mut files, &mut found);
    carried_out(world, outcome(prepared, &files, &found))
}

fn cut(world: &MemoryWorld, version: &str, valid_from: Option<&str>) -> Outcome {
    let (mut files, mut found) = (Files::default(), Diagnostics::new());
    let request = Request { version: version.into(), valid_from: valid_from.map(|day| day.parse().unwrap()) };
    let prepared = release::cut(world, "".as_ref(), &request, &mut files, &mut found);
    carried_out(world, outcome(prepared, &files, &found))
}

fn carried_out(world: &MemoryWorld, outcome: Outcome) -> Outcome {
    let prepared = outcome?;
    pending::apply(world, "".as_ref(), &prepared.steps).unwrap();
    Ok(prepared)
}

fn refused(outcome: Outcome) -> Vec<Code> {
    outcome.err().map(|(codes, _)| codes).unwrap_or_default()
}

fn text(world: &MemoryWorld, path: &str) -> String {
    String::from_utf8(world.read(path.as_ref()).unwrap()).unwrap()
}

#[test]
fn a_release_takes_what_the_draft_says_and_leaves_its_text() {
    let world =
        site(&[("content/guidelines/draft/bild.svg", "<svg/>"), ("content/guidelines/draft/01-ziele.md~", "alt")]);
    seal(&world, &["1.0"]).unwrap();
    let prepared = cut(&world, "1.1", Some("2026-07-01")).unwrap();
    assert_eq!(prepared.sealed, [1]);
    let release = text(&world, "content/guidelines/1.1/release.toml");
    assert!(release.starts_with("version = \"1.1\"\nreleased = 2026-01-01\n"), "{release}");
    for kept in
        ["# Anmerkung der Redaktion.", "summary = \"Strenger.\"", "# der einzige Absatz", "cause = \"practice\""]
    {
        assert!(release.contains(kept), "{kept} in {release}");
    }
    assert!(!release.contains("consultation"), "{release}");
    let draft = text(&world, "content/guidelines/draft/release.toml");
    assert!(draft.lines().all(|line| line.starts_with('#')), "{draft}");
    assert_eq!(
        text(&world, "content/guidelines/draft/01-ziele.md"),
        text(&world, "content/guidelines/1.1/01-ziele.md")
    );
    assert_eq!(text(&world, "content/guidelines/1.1/bild.svg"), "<svg/>");
    assert!(world.kind("content/guidelines/1.1/01-ziele.md~".as_ref()).is_none());
    assert_eq!(text(&world, "content/guidelines/guideline.toml").trim(), "[valid_from]\n\"1.1\" = 2026-07-01");
    let permalinks = text(&world, "permalinks.lock");
    for address in ["/leitlinien/1.0/ziele/#rn-1", "/leitlinien/1.1/ziele/#zweck", "/leitlinien/rn/1/"] {
        assert!(permalinks.lines().any(|line| line == address), "{address} in {permalinks}");
    }
}

#[test]
fn what_is_found_in_captions_is_found_once_and_only_where_they_are_broken() {
    // A release is tried before it is made: the site is read a second time.
    let captions = |cue: &str| format!("WEBVTT\n\n{cue}\nKI soll nützen.\n");
    let talk = "+++\ntitle = \"Nutzen\"\n\n[[media]]\nkind = \"captions\"\nfile = \"nutzen.vtt\"\n+++\n\nText.\n";
    let world = site(&[
        ("content/talks/lab-1/lab.toml", "number = 1\ntitle = \"Werte\"\ndate = 2024-11-05\n"),
        ("content/talks/lab-1/nutzen.md", talk),
        ("content/talks/lab-1/nutzen.vtt", &captions("00:01.000 -> 00:02.000")),
    ]);
    assert_eq!(refused(seal(&world, &["1.0"])), [Code::BadCaptions]);
    world.add("content/talks/lab-1/nutzen.vtt", captions("00:01.000 --> 00:02.000"));
    seal(&world, &["1.0"]).unwrap();
    assert_eq!(cut(&world, "1.1", None).unwrap().sealed, [1]);
}

#[test]
fn a_version_is_given_once_and_is_one() {
    let world = site(&[]);
    seal(&world, &["1.0"]).unwrap();
    world.add("content/guidelines/1.2/notiz.txt", "x");
    world.add("content/guidelines/1.3-A/notiz.txt", "x");
    for version in ["1.0", "1.2", "1.3-a", "neu", "../1.3", "1 3"] {
        assert_eq!(refused(cut(&world, version, None)), [Code::BadNewVersion], "{version}");
    }
}

#[test]
fn without_a_draft_there_is_no_release() {
    let world = site(&[]);
    seal(&world, &["1.0"]).unwrap();
    for path in ["content/guidelines/draft/release.toml", "content/guidelines/draft/01-ziele.md"] {
        world.remove_file(path.as_ref()).unwrap();
    }
    assert_eq!(refused(cut(&world, "1.1", None)), [Code::NoDraft]);
}

#[test]
fn releases_are_sealed_in_order_and_once() {
    let second = CHAPTER.replace("soll", "darf");
    let more = [
        ("content/guidelines/1.1/release.toml", "version = \"1.1\"\nreleased = 2025-06-01\n"),
        ("content/guidelines/1.1/01-ziele.md", second.as_str()),
    ];
    let world = site(&more);
    assert!(refused(seal(&world, &["1.1"])).contains(&Code::UnsealedPredecessor));
    assert!(refused(cut(&world, "1.2", None)).contains(&Code::UnsealedPredecessor));
    assert_eq!(seal(&world, &["1.1", "1.0"]).unwrap().sealed, [0, 1]);
    assert!(refused(seal(&world, &["1.1"])).contains(&Code::SealedAlready));
    assert!(refused(seal(&world, &["1.3"])).contains(&Code::NoSuchVersion));
}

#[test]
fn what_has_errors_is_not_released_and_nothing_is_written() {
    let world =
        site(&[("content/guidelines/draft/02-mehr.md", "+++\ntitle = \"Mehr\"\n+++\n\nSiehe [[wert:fehlt]].\n")]);
    seal(&world, &["1.0"]).unwrap();
    let before = world.files();
    assert!(refused(cut(&world, "1.1", None)).contains(&Code::UnknownTarget));
    assert_eq!(world.files(), before);
}

#[test]
fn a_picture_that_no_seal_would_cover_keeps_a_release_from_being_made() {
    let outside = CHAPTER.to_owned() + "\n![Ablauf](../../pages/ablauf.svg)\n";
    let picture = ("content/pages/ablauf.svg", "<svg/>");
    let world = site(&[picture]);
    seal(&world, &["1.0"]).unwrap();
    world.add("content/guidelines/draft/01-ziele.md", &outside);
    world.add("site.toml", format!("{}[checks]\noutside-picture = \"off\"\n", text(&world, "site.toml")));
    let (codes, said) = cut(&world, "1.1", None).err().unwrap();
    assert_eq!(codes, [Code::OutsidePicture]);
    assert!(said.starts_with("content/guidelines/draft/01-ziele.md:7:1: error"), "{said}");
}

#[test]
fn without_its_addresses_a_release_is_not_built_until_they_are_recorded() {
    let world = site(&[]);
    seal(&world, &["1.0"]).unwrap();
    world.remove_file("permalinks.lock".as_ref()).unwrap();
    let built = || {
        let (mut files, mut found) = (Files::default(), Diagnostics::new());
        leitwerk::build(&world, "".as_ref(), &leitwerk::BuildOptions::default(), &mut files, &mut found);
        found.iter().map(|found| found.code).collect::<Vec<_>>()
    };
    assert_eq!(built(), [Code::UnrecordedRelease]);
    assert!(refused(cut(&world, "1.1", None)).contains(&Code::UnrecordedRelease));
    let (mut files, mut found) = (Files::default(), Diagnostics::new());
    let step = release::permanent(&world, "".as_ref(), &mut files, &mut found).unwrap().step;
    pending::apply(&world, "".as_ref(), &[step]).unwrap();
    assert_eq!(built(), []);
}

#[test]
fn one_byte_more_in_any_sealed_file_is_told_by_its_name() {
    let world = site(&[]);
    seal(&world, &["1.0"]).unwrap();
    cut(&world, "1.1", None).unwrap();
    let sealed: BTreeMap<_, _> = world.files().into_iter().filter(|(path, _)| is_sealed(path)).collect();
    assert_eq!(sealed.len(), 6);
    for (path, bytes) in &sealed {
        for at in [0, bytes.len() / 2, bytes.len() - 1] {
            let mut altered = bytes.clone();
            altered[at] ^= 1;
            world.add(path, &altered);
            let (mut files, mut found) = (Files::default(), Diagnostics::new());
            let built =
                leitwerk::build(&world, "".as_ref(), &leitwerk::BuildOptions::default(), &mut files, &mut found);
            let said = render_short(&found, &files, &Catalogue::english());
            assert!(built.is_none() && said.contains(&path.display().to_string()), "{}: {said}", path.display());
        }
        world.add(path, bytes);
    }
}

fn is_sealed(path: &std::path::Path) -> bool {
    path.starts_with("content/guidelines/1.0") || path.starts_with("content/guidelines/1.1")
}

#[test]
fn a_correction_of_an_older_release_is_not_what_the_next_one_follows() {
    let world = site(&[]);
    seal(&world, &["1.0"]).unwrap();
    cut(&world, "1.1", None).unwrap();
    let newest = text(&world, "content/guidelines/draft/01-ziele.md");
    world.add("content/guidelines/draft/release.toml", "predecessor = \"1.0\"\n");
    world.add("content/guidelines/draft/01-ziele.md", CHAPTER.replace("nützen", "dienen") + "\nErgänzt.\n");
    let correction = cut(&world, "1.0.1", None).unwrap();
    let numbers = &correction.project.history.editions[correction.sealed[0]].numbering.blocks;
    assert_eq!(numbers.iter().map(ToString::to_string).collect::<Vec<_>>(), ["1", "2"]);
    world.add("content/guidelines/draft/01-ziele.md", newest + "\nNeu.\n");
    let next = cut(&world, "1.2", None).unwrap();
    let edition = &next.project.history.editions[next.sealed[0]];
    let before = edition.predecessor.map(|before| leitwerk::history::label(&next.project.sources, before));
    assert_eq!(before.as_deref(), Some("1.1"));
    let numbers = edition.numbering.blocks.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(numbers, ["1", "3"], "the correction gave 2");
}

#[test]
fn what_was_edited_while_the_question_was_asked_stays() {
    let world = site(&[]);
    seal(&world, &["1.0"]).unwrap();
    let (mut files, mut found) = (Files::default(), Diagnostics::new());
    let request = Request { version: "1.1".into(), valid_from: None };
    let prepared = release::cut(&world, "".as_ref(), &request, &mut files, &mut found).unwrap();
    world.add("content/guidelines/draft/release.toml", format!("{DRAFT}\n# noch ein Gedanke\n"));
    let before = world.files();
    let refused = pending::apply(&world, "".as_ref(), &prepared.steps).unwrap_err();
    assert_eq!((refused.code, world.files()), (Code::PendingConflict, before));
}
