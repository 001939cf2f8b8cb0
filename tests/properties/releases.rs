//! What must hold over the years: random edits, renamings and releases, one after the other. No number is given twice in a
//! series, none changes its paragraph, every published address stays, and no sealed text ever changes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use leitwerk::diagnostic::{Diagnostics, catalogue::Catalogue, has_errors, render_short};
use leitwerk::number::Number;
use leitwerk::release::{self, Request};
use leitwerk::source::Files;
use leitwerk::world::{MemoryWorld, World};
use leitwerk::{BuildOptions, Project, history, pending};
use proptest::collection::vec;
use proptest::prelude::*;

use super::edits::{Edit, edited, edits};
use super::generate::{Release, Vocabulary, release};

const ROOT: &str = "";
const DRAFT: &str = "content/guidelines/draft";

/// What happens between two releases.
#[derive(Debug, Clone)]
enum Turn {
    /// The draft is edited.
    Edit(Vec<Edit>),
    /// The value pair gets another slug, with an alias, or only another title.
    RenameValue { slug: bool },
    /// The talk gets another slug, with an alias, or only another title.
    RenameTalk { slug: bool },
    /// A release is cut, in a new series of numbers or not.
    Cut { renumber: bool },
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let turn = prop_oneof![
        4 => edits(5).prop_map(Turn::Edit),
        1 => any::<bool>().prop_map(|slug| Turn::RenameValue { slug }),
        1 => any::<bool>().prop_map(|slug| Turn::RenameTalk { slug }),
        3 => prop::bool::weighted(0.2).prop_map(|renumber| Turn::Cut { renumber }),
    ];
    vec(turn, 1..12)
}

/// The names that a thing has had; the last is today's.
#[derive(Debug, Clone)]
struct Named {
    slugs: Vec<String>,
    title: String,
}

impl Named {
    fn new(name: &str) -> Self {
        Self { slugs: vec![name.to_owned()], title: name.to_owned() }
    }

    fn rename(&mut self, slug: bool, turn: usize) {
        self.title = format!("{} {turn}", self.slugs[0]);
        if slug {
            self.slugs.push(format!("{}-{turn}", self.slugs[0]));
        }
    }

    fn slug(&self) -> &str {
        self.slugs.last().unwrap()
    }

    /// The line of the front matter with the former names.
    fn aliases(&self) -> String {
        format!("aliases = {:?}\n", &self.slugs[..self.slugs.len() - 1])
    }
}

/// A site with all that was ever published of it.
struct Site {
    world: MemoryWorld,
    draft: Release,
    value: Named,
    talk: Named,
    renumber: bool,
    /// The paragraphs of each release as they were when it was cut: number and text.
    sealed: BTreeMap<String, Vec<(Number, String)>>,
    /// The numbers that were given, with their series.
    given: BTreeSet<(usize, Number)>,
    published: BTreeSet<String>,
}

impl Site {
    fn new(draft: Release) -> Self {
        let world = MemoryWorld::new("2026-01-01".parse().unwrap());
        let settings =
            "title = \"L\"\nbase_url = \"https://example.org\"\nlanguage = \"de\"\n[checks]\nraw-html = \"off\"\n";
        world.add("site.toml", settings);
        world.add("content/talks/1/lab.toml", "number = 1\ntitle = \"Lab\"\ndate = 2025-01-01\n");
        let (value, talk) = (Named::new("fairness"), Named::new("pruefung"));
        let (sealed, given, published) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
        Self { world, draft, value, talk, renumber: false, sealed, given, published }
    }

    /// Writes what editors write.
    fn write(&self) {
        let folders = ["content/values", DRAFT, "content/talks/1"];
        let old = self.world.files().into_keys();
        let old = old.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
        for path in old.filter(|path| folders.iter().any(|folder| path.parent() == Some(Path::new(folder)))) {
            self.world.remove_file(&path).unwrap();
        }
        let (value, talk) = (&self.value, &self.talk);
        let pair =
            format!("+++\norder = 1\nvalues = [\"{}\", \"Vielfalt\"]\n{}+++\n\nText.\n", value.title, value.aliases());
        self.world.add(format!("content/values/{}.md", value.slug()), pair);
        let talk_text = format!("+++\ntitle = \"{}\"\n{}+++\n\nText.\n", talk.title, talk.aliases());
        self.world.add(format!("content/talks/1/{}.md", talk.slug()), talk_text);
        for (at, chapter) in self.draft.0.iter().enumerate() {
            let blocks: Vec<String> = chapter.pieces.iter().map(super::generate::Piece::markdown).collect();
            let text = format!(
                "+++\ntitle = {:?}\nslug = \"{}\"\nvalues = [\"{}\"]\n+++\n\nSiehe [[wert:{2}]] und [[vortrag:1/{}|den Vortrag]] \
                 oder [[vortrag:1/{3}]] zu {1}.\n\n{}\n",
                chapter.title,
                chapter.slug,
                value.slug(),
                talk.slug(),
                blocks.join("\n")
            );
            self.world.add(format!("{DRAFT}/{at:02}-{}.md", chapter.slug), text);
        }
        self.world.add(format!("{DRAFT}/release.toml"), if self.renumber { "renumber = true\n" } else { "" });
    }

    fn turn(&mut self, at: usize, turn: &Turn) -> Result<(), TestCaseError> {
        match turn {
            Turn::Edit(edits) => {
                let edited = edited(&self.draft, edits, Vocabulary::Rich);
                // A draft without chapters is a mistake of its own.
                self.draft = if edited.0.is_empty() { self.draft.clone() } else { edited };
            }
            Turn::RenameValue { slug } => self.value.rename(*slug, at),
            Turn::RenameTalk { slug } => self.talk.rename(*slug, at),
            Turn::Cut { renumber } => {
                self.renumber = *renumber && !self.sealed.is_empty();
                self.write();
                self.cut()?;
                self.renumber = false;
            }
        }
        self.write();
        self.check()
    }

    fn cut(&mut self) -> Result<(), TestCaseError> {
        let version = format!("1.{}", self.sealed.len());
        let (mut files, mut found) = (Files::default(), Diagnostics::new());
        let request = Request { version: version.clone(), valid_from: None };
        let prepared = release::cut(&self.world, ROOT.as_ref(), &request, &mut files, &mut found);
        let said = render_short(&found, &files, &Catalogue::english());
        prop_assert!(prepared.is_some(), "{version}: {said}");
        let Some(prepared) = prepared else { return Ok(()) };
        prop_assert_eq!(pending::apply(&self.world, ROOT.as_ref(), &prepared.steps), Ok(()));
        let edition = prepared.sealed[0];
        let numbering = &prepared.project.history.editions[edition].numbering;
        let before = prepared.project.history.editions[edition].predecessor;
        let before = before.map(|before| &prepared.project.history.editions[before].numbering);
        for (block, &number) in numbering.blocks.iter().enumerate() {
            let from = numbering.origin(block).zip(before.filter(|before| before.series == numbering.series));
            match from {
                Some((from, before)) => prop_assert_eq!(before.blocks[from], number, "a number changed its paragraph"),
                None => {
                    let new = self.given.insert((numbering.series, number));
                    prop_assert!(new, "{} of series {} was given twice", number, numbering.series);
                }
            }
        }
        self.sealed.insert(version, paragraphs(&prepared.project, edition));
        Ok(())
    }

    /// The site is built, says of every release what it said, and has every address that it ever had.
    fn check(&mut self) -> Result<(), TestCaseError> {
        let (mut files, mut found) = (Files::default(), Diagnostics::new());
        let project = leitwerk::read(&self.world, ROOT.as_ref(), &mut files, &mut found).unwrap();
        let said = render_short(&found, &files, &Catalogue::english());
        prop_assert!(!has_errors(&found), "{said}");
        for edition in 0..project.sources.releases.len() {
            let label = history::label(&project.sources, edition);
            prop_assert_eq!(&paragraphs(&project, edition), &self.sealed[&label], "{} changed", label);
        }
        let built = leitwerk::build(&self.world, ROOT.as_ref(), &BuildOptions::default(), &mut files, &mut found);
        let said = render_short(&found, &files, &Catalogue::english());
        prop_assert!(built.is_some() || self.sealed.is_empty(), "{said}");
        let Some(built) = built else { return Ok(()) };
        let there: BTreeSet<String> = built.rendered.files.into_iter().map(|file| file.path).collect();
        let lost: Vec<&String> = self.published.difference(&there).collect();
        prop_assert!(lost.is_empty(), "lost {lost:?}");
        let stays = |path: &&String| {
            let kept = ["leitlinien/1.", "leitlinien/rn/", "leitlinien/aktuell/", "ki-lab/1/", "werte/"];
            // Of a talk the page stays; its citations are beside the page that it has now.
            let cites_talk =
                path.starts_with("ki-lab/") && [".bib", ".ris", ".csl.json"].iter().any(|end| path.ends_with(end));
            // What changed since older releases is told of the release in force.
            kept.iter().any(|start| path.starts_with(start)) && !path.contains("/seit-") && !cites_talk
        };
        if !self.sealed.is_empty() {
            self.published.extend(there.iter().filter(stays).cloned());
        }
        Ok(())
    }
}

/// Number and text of each paragraph.
fn paragraphs(project: &Project, edition: usize) -> Vec<(Number, String)> {
    let edition = &project.history.editions[edition];
    let text = |block: usize| {
        let units = &edition.text.units[edition.text.blocks[block].units.clone()];
        units.iter().map(leitwerk::release_text::Unit::text).collect::<Vec<_>>().join("\n")
    };
    edition.numbering.blocks.iter().enumerate().map(|(block, &number)| (number, text(block))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn what_was_released_stays(draft in release(Vocabulary::Rich), turns in turns()) {
        let mut site = Site::new(draft);
        site.write();
        for (at, turn) in turns.iter().enumerate() {
            site.turn(at, turn)?;
        }
    }
}
