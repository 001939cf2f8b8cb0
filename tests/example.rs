//! The example site of this repository: builds without a finding that is not expected, keeps its addresses, and has the
//! outline that was read and found right. `UPDATE=1` rewrites `tests/example/`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use leitwerk::changes::{self, ChangeKind, Changes};
use leitwerk::diagnostic::{self, Diagnostics, catalogue::Catalogue};
use leitwerk::markdown::{Block, BlockKind, plain};
use leitwerk::number::{Fate, Place};
use leitwerk::source::Files;
use leitwerk::world::{MemoryWorld, OsWorld, World};
use leitwerk::{BuildOptions, Project, history};

/// The files of a built site, by path.
type Tree = BTreeMap<String, Vec<u8>>;

#[test]
fn the_example_has_only_the_known_findings() {
    let (mut files, mut found) = (Files::default(), Diagnostics::new());
    leitwerk::check(&world(), &root(), &mut files, &mut found);
    diagnostic::sort(&mut found, &files);
    let said = diagnostic::render_short(&found, &files, &Catalogue::english());
    expect("findings.txt", &said);
}

#[test]
fn addresses_stay() {
    let addresses: String = build(true).keys().fold(String::new(), |list, path| list + path + "\n");
    expect("addresses.txt", &addresses);
}

#[test]
fn the_outline_is_the_one_that_was_read() {
    let (mut files, mut found) = (Files::default(), Diagnostics::new());
    let project = leitwerk::read(&world(), &root(), &mut files, &mut found).unwrap();
    let editions = 0..project.history.editions.len();
    let outlines: Vec<String> = editions.map(|edition| outline(&project, edition)).collect();
    expect("outline.txt", &outlines.join("\n"));
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let with = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(|| build(true));
    let (one, two) = (with(1), with(2));
    assert!(one.len() > 50, "{} files", one.len());
    let differ: Vec<&String> = one.keys().chain(two.keys()).filter(|path| one.get(*path) != two.get(*path)).collect();
    assert_eq!(differ, Vec::<&String>::new());
}

#[test]
fn after_the_consultation_nothing_of_the_draft_is_published() {
    let built = build_on("2027-02-01", false);
    let of_draft: Vec<&String> = built.keys().filter(|path| path.contains("entwurf/")).collect();
    assert_eq!(of_draft, Vec::<&String>::new());
    let linked: Vec<&String> = built
        .iter()
        .filter(|(path, bytes)| path.ends_with(".html") && String::from_utf8_lossy(bytes).contains("/entwurf/"))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(linked, Vec::<&String>::new());
}

/// `themes/denkfabrik/` is the theme that README.md shows.
#[test]
fn a_theme_of_ten_lines_changes_what_it_says_and_no_more() {
    let plain = build(false);
    let themed = build_in(&themed("denkfabrik"), &PathBuf::from("/site"), false);
    let text = |tree: &Tree, path: &str| String::from_utf8(tree[path].clone()).unwrap();
    let (before, after) = (text(&plain, "assets/style.css"), text(&themed, "assets/style.css"));
    let lines = |a: &str, b: &str| a.lines().filter(|line| !b.lines().any(|other| other == *line)).count();
    assert!(after.contains("\n  --link: #0b5965;\n") && after.contains("\n    --link: #7fd0d9;\n"), "{after}");
    assert!(after.contains("\n  --serif: \"Source Sans 3\", "), "{after}");
    assert_eq!((lines(&before, &after), lines(&after, &before)), (5, 5), "one font and four colours");
    let logo = "<img class=\"logo\" src=\"../../../assets/logo.svg\" alt=\"Beispiel\">";
    let page = text(&themed, "leitlinien/2.0/datenqualitaet/index.html");
    assert_eq!(page.matches(logo).count(), 1);
    assert_eq!(page.replace(&format!("{logo} "), ""), text(&plain, "leitlinien/2.0/datenqualitaet/index.html"));
    let (settings, readme) = ("themes/denkfabrik/theme.toml", fs::read_to_string(root().join("README.md")).unwrap());
    let settings = fs::read_to_string(root().join(settings)).unwrap();
    assert!(readme.contains(settings.split_once('\n').unwrap().1), "README.md shows another one");
    let more: Vec<&String> = themed.keys().filter(|path| !plain.contains_key(*path)).collect();
    assert_eq!(more, ["assets/logo.svg"]);
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn world() -> OsWorld {
    OsWorld::new(Some("2026-01-01".parse().unwrap()))
}

fn build(drafts: bool) -> Tree {
    build_on("2026-01-01", drafts)
}

fn build_on(day: &str, drafts: bool) -> Tree {
    build_in(&OsWorld::new(Some(day.parse().unwrap())), &root(), drafts)
}

/// The example in `/site` of a disk in memory, with a theme.
fn themed(theme: &str) -> MemoryWorld {
    let world = MemoryWorld::new("2026-01-01".parse().unwrap());
    let folders = ["archives", "content", "themes"].map(|folder| walkdir::WalkDir::new(root().join(folder)));
    let files = folders.into_iter().flatten().map(|entry| entry.unwrap()).filter(|entry| entry.file_type().is_file());
    for file in files.map(walkdir::DirEntry::into_path) {
        world.add(Path::new("/site").join(file.strip_prefix(root()).unwrap()), fs::read(&file).unwrap());
    }
    world.add("/site/permalinks.lock", fs::read(root().join("permalinks.lock")).unwrap());
    let settings = fs::read_to_string(root().join("site.toml")).unwrap();
    world.add("/site/site.toml", format!("theme = \"{theme}\"\n{settings}"));
    world
}

fn build_in(world: &dyn World, root: &Path, drafts: bool) -> Tree {
    let (mut files, mut found) = (Files::default(), Diagnostics::new());
    let options = BuildOptions { drafts, ..BuildOptions::default() };
    let built = leitwerk::build(world, root, &options, &mut files, &mut found);
    let said = diagnostic::render_short(&found, &files, &Catalogue::english());
    assert_eq!(said, "", "a build has no findings");
    built.unwrap().rendered.files.into_iter().map(|file| (file.path, file.bytes.to_vec())).collect()
}

fn expect(name: &str, found: &str) {
    let path: &Path = &root().join("tests/example").join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, found).unwrap();
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    let line = expected.lines().zip(found.lines()).position(|(a, b)| a != b);
    let line = line.unwrap_or(expected.lines().count().min(found.lines().count()));
    let at = |text: &str| text.lines().nth(line).unwrap_or("(end)").to_owned();
    let told = format!("{name}:{}: expected\n{}\nbut found\n{}", line + 1, at(&expected), at(found));
    assert!(expected == found, "{told}\nUPDATE=1 rewrites it; then read what changed");
}

/// An edition: its chapters, headings and numbers with the kinds of change against its predecessor.
fn outline(project: &Project, edition: usize) -> String {
    let mut out = format!("{}\n", history::label(&project.sources, edition));
    let before = project.history.editions[edition].predecessor;
    let changes = before.map(|before| changes::between(&project.history, &project.sources, before, edition));
    let outline = Outline { project, edition, kinds: changes.as_ref().map(|c| kinds(project, edition, c)) };
    let chapters = history::source(&project.sources, edition).chapters.len();
    (0..chapters).for_each(|chapter| outline.chapter(chapter, &mut out));
    for gone in &project.history.editions[edition].numbering.gone_chapters {
        let numbers: Vec<String> = gone.gone.iter().map(|gone| gone.number.to_string()).collect();
        let _ = writeln!(out, "  gone: {} ({})", gone.title, numbers.join(" "));
    }
    out
}

/// For each block the kinds of its changes.
fn kinds(project: &Project, edition: usize, changes: &Changes) -> BTreeMap<usize, Vec<ChangeKind>> {
    let text = &project.history.editions[edition].text;
    let mut kinds: BTreeMap<usize, Vec<ChangeKind>> = BTreeMap::new();
    for entry in &changes.entries {
        for block in entry.to.iter().filter_map(|&unit| text.units[unit].block) {
            kinds.entry(block).or_default().extend(&entry.kinds);
        }
    }
    for kinds in kinds.values_mut() {
        kinds.sort_unstable();
        kinds.dedup();
    }
    kinds
}

struct Outline<'a> {
    project: &'a Project,
    edition: usize,
    kinds: Option<BTreeMap<usize, Vec<ChangeKind>>>,
}

impl Outline<'_> {
    fn chapter(&self, chapter: usize, out: &mut String) {
        let source = &history::source(&self.project.sources, self.edition).chapters[chapter];
        let blocks = &self.project.documents.of(source.page.body).blocks;
        let edition = &self.project.history.editions[self.edition];
        let _ = writeln!(out, "  {} ({})", source.title, source.page.slug);
        let mut shown = 0;
        for place in &edition.numbering.places[chapter] {
            match place {
                Place::Gone(gone) => {
                    let _ = writeln!(out, "    {} {}", gone.number, fate(gone.fate));
                }
                Place::Block(block) => {
                    let index = edition.text.blocks[*block].index;
                    blocks[shown..index].iter().for_each(|block| heading(block, out));
                    shown = index + 1;
                    self.block(*block, &blocks[index], out);
                }
            }
        }
        blocks[shown..].iter().for_each(|block| heading(block, out));
    }

    fn block(&self, number: usize, block: &Block, out: &mut String) {
        let kinds = self.kinds.as_ref().and_then(|kinds| kinds.get(&number)).cloned().unwrap_or_default();
        let kinds: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
        let words: Vec<String> = plain::block(block, &[]).split_whitespace().take(6).map(str::to_owned).collect();
        let number = self.project.history.editions[self.edition].numbering.blocks[number];
        let kinds = if kinds.is_empty() { String::new() } else { format!("[{}] ", kinds.join("+")) };
        let _ = writeln!(out, "    {number} {kinds}{}", words.join(" "));
    }
}

fn fate(fate: Fate) -> String {
    match fate {
        Fate::Deleted => "gone".into(),
        Fate::Moved => "moved".into(),
        Fate::MergedInto(number) => format!("merged into {number}"),
    }
}

fn heading(block: &Block, out: &mut String) {
    if let BlockKind::Heading { level, anchor, content } = &block.kind {
        let marks = "#".repeat(usize::from(*level));
        let _ = writeln!(out, "    {marks} {} ({anchor})", plain::text(content, &[]));
    }
}
