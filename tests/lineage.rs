//! What the editors' `[[lineage]]` does to pairs and numbers: it goes before ids, texts and weights.

use leitwerk::changes;
use leitwerk::diagnostic::{Code, Diagnostics, catalogue::Catalogue, render_short};
use leitwerk::history::History;
use leitwerk::source::Files;
use leitwerk::world::MemoryWorld;
use leitwerk::{BuildOptions, Project};

const PURPOSE: &str =
    "Die Behörde prüft vor jedem Einsatz, ob das Vorhaben den Menschen nützt, die Leistungen beantragen.";
const PLAIN: &str = "Wer betroffen ist, erfährt in einfacher Sprache, wofür ein System verwendet wird.";
const END: &str = "Ein Versuch endet spätestens nach sechs Monaten.";

/// The paragraphs of 1.1 with their numbers, and what changed against 1.0.
struct Outcome {
    numbers: Vec<String>,
    changes: Vec<String>,
}

/// A site of releases 1.0 and 1.1 with one chapter; `more` stands in the second's `release.toml`.
fn site(old: &[&str], new: &[&str], more: &str) -> MemoryWorld {
    let world = MemoryWorld::new("2026-01-01".parse().unwrap());
    world.add("site.toml", "title = \"L\"\nbase_url = \"https://example.org\"\nlanguage = \"de\"\n");
    for (version, day, more, text) in [("1.0", "2025-01-01", "", old), ("1.1", "2025-06-01", more, new)] {
        let folder = format!("content/guidelines/{version}");
        let release = format!("version = \"{version}\"\nreleased = {day}\n{more}");
        world.add(format!("{folder}/release.toml"), release);
        let text = format!("+++\ntitle = \"Ziele\"\n+++\n\n{}\n", text.join("\n\n"));
        world.add(format!("{folder}/01-ziele.md"), text);
    }
    world
}

fn read(world: &MemoryWorld) -> Project {
    let (mut files, mut found) = (Files::default(), Diagnostics::new());
    let project = leitwerk::read(world, "".as_ref(), &mut files, &mut found).unwrap();
    found.retain(|found| found.code != Code::Unsealed);
    assert_eq!(render_short(&found, &files, &Catalogue::english()), "");
    project
}

/// What becomes of the paragraphs of 1.0 in 1.1 with these entries.
fn outcome(old: &[&str], new: &[&str], lineage: &str) -> Outcome {
    let project = read(&site(old, new, lineage));
    let changes = changes::between(&project.history, &project.sources, 0, 1);
    let told = changes.entries.iter().map(|entry| told(entry, &project.history)).collect();
    let numbers = project.history.editions[1].numbering.blocks.iter().map(ToString::to_string).collect();
    Outcome { numbers, changes: told }
}

/// `1 + 2 → 1 merged`.
fn told(change: &changes::Change, history: &History) -> String {
    let side = |edition: usize, units: &[usize]| {
        let numbers = units.iter().filter_map(|&unit| history.side(edition).number(unit));
        numbers.map(|number| number.to_string()).collect::<Vec<_>>().join(" + ")
    };
    let kinds: Vec<&str> = change.kinds.iter().map(|kind| kind.name()).collect();
    format!("{} → {} {}", side(0, &change.from), side(1, &change.to), kinds.join(" "))
}

/// An entry for a block of the chapter.
fn entry(id: &str, from: &str, kind: &str) -> String {
    let kind = if kind.is_empty() { String::new() } else { format!("kind = \"{kind}\"\n") };
    format!("\n[[lineage]]\nblock = \"ziele#{id}\"\nfrom = [{from}]\n{kind}")
}

#[test]
fn lineage_goes_before_an_id() {
    let old = [&format!("{PURPOSE} {{#x}}"), PLAIN, END];
    let new = ["Wer betroffen ist, erfährt in einfacher Sprache alles. {#x}", END];
    let said = outcome(&old, &new, &entry("x", "\"Rn. 2\"", ""));
    assert_eq!(said.numbers, ["2", "3"]);
    assert_eq!(said.changes, ["1 →  deleted", "2 → 2 amended"]);
}

#[test]
fn lineage_goes_before_an_id_with_nearly_its_old_text() {
    let old = [&format!("{PURPOSE} {{#x}}"), PLAIN, END];
    let new = [&format!("{PURPOSE} Wer betroffen ist, erfährt es. {{#x}}"), END];
    let found = outcome(&old, &new, "");
    assert_eq!(found.numbers, ["1", "3"]);
    let said = outcome(&old, &new, &entry("x", "\"Rn. 2\"", "amended"));
    assert_eq!(said.numbers, ["2", "3"]);
}

#[test]
fn lineage_goes_before_the_id_of_a_list() {
    let old = [&format!("{PURPOSE} {{#x}}"), "- Ein Plan nennt die Ziele.\n- Ein Protokoll nennt Namen.", END];
    let list = "- Ein Plan nennt die Ziele.\n- Ein Protokoll nennt Namen.\n- Hunde bellen laut.\n\n{#x}";
    let moved = format!("{PURPOSE} {{#y}}");
    let said = outcome(&old, &[list, END, &moved], &entry("x", "\"Rn. 2\"", ""));
    assert_eq!(said.numbers, ["2", "3", "1"]);
    assert_eq!(said.changes, [" → 2 inserted", "1 → 1 moved"]);
}

#[test]
fn the_paragraph_that_is_said_to_go_on_keeps_the_number_and_not_the_largest_part() {
    let (old, short) = (format!("{PURPOSE} {PLAIN}"), "Wer betroffen ist, erfährt in einfacher Sprache alles. {#a}");
    let new = [short, &format!("{PURPOSE} {{#b}}"), END];
    assert_eq!(outcome(&[&old, END], &new, "").numbers, ["0a", "1", "2"]);
    let lineage = entry("a", "\"Rn. 1\"", "") + &entry("b", "\"Rn. 1\"", "split");
    let said = outcome(&[&old, END], &new, &lineage);
    assert_eq!(said.numbers, ["1", "1a", "2"]);
    assert_eq!(said.changes, ["1 → 1 + 1a split amended"]);
}

#[test]
fn of_parts_alone_the_largest_keeps_the_number() {
    let old = format!("{PURPOSE} {PLAIN}");
    let new = [&format!("{PLAIN} {{#a}}"), &format!("{PURPOSE} {{#b}}"), END];
    let lineage = entry("a", "\"Rn. 1\"", "split") + &entry("b", "\"Rn. 1\"", "split");
    assert_eq!(outcome(&[&old, END], &new.map(|text| text as &str), &lineage).numbers, ["0a", "1", "2"]);
}

#[test]
fn a_paragraph_goes_on_from_one_and_has_a_part_of_another() {
    let old = [PURPOSE, PLAIN, END];
    let new =
        ["Das Vorhaben nützt den Menschen. Die Sprache ist einfach. {#a}", "Ein System hat einen Zweck. {#b}", END];
    let lineage = entry("a", "\"Rn. 1\"", "") + &entry("a", "\"Rn. 2\"", "split") + &entry("b", "\"Rn. 2\"", "");
    let said = outcome(&old, &new, &lineage);
    assert_eq!(said.numbers, ["1", "2", "3"]);
    assert_eq!(said.changes, ["1 + 2 → 1 + 2 split merged amended"]);
}

#[test]
fn one_that_is_merged_alone_comes_beside_what_the_comparison_finds() {
    let old = [&format!("{PURPOSE} {{#x}}"), "Den Zweck nennt ein Aushang.", END];
    let new = ["Die Behörde prüft vor jedem Einsatz, ob das Vorhaben nützt, und hängt das aus. {#x}", END];
    let said = outcome(&old, &new, &entry("x", "\"Rn. 2\"", "merged"));
    assert_eq!(said.numbers, ["1", "3"]);
    assert_eq!(said.changes, ["1 + 2 → 1 merged amended"]);
}

#[test]
fn what_is_said_to_be_inserted_came_from_nothing() {
    let old = [PURPOSE, PLAIN, END];
    let new = [PURPOSE, "Wer betroffen ist, erfährt in einfacher Sprache, wer ein System verwendet. {#x}", END];
    assert_eq!(outcome(&old, &new, "").numbers, ["1", "2", "3"]);
    let said = outcome(&old, &new, &entry("x", "", "inserted"));
    assert_eq!(said.numbers, ["1", "1a", "3"]);
    assert_eq!(said.changes, ["2 →  deleted", " → 1a inserted"]);
}

#[test]
fn a_site_with_a_reason_that_is_shown_nowhere_is_not_built() {
    let reason = "\n[[reason]]\nat = \"ziele#x\"\ntext = \"Aus der Praxis.\"\n";
    let (old, new) = ([&format!("{PURPOSE} {{#x}}"), END], [&format!("{PURPOSE} {PLAIN} {{#x}}"), END]);
    let findings = |text: &[&str], reasons: &str| {
        let (mut files, mut found) = (Files::default(), Diagnostics::new());
        let world = site(&old.map(|text| text as &str), text, reasons);
        let built = leitwerk::build(&world, "".as_ref(), &BuildOptions::default(), &mut files, &mut found);
        found.retain(|found| found.code != Code::Unsealed);
        let codes: Vec<String> = found.iter().map(|found| found.code.name()).collect();
        assert_eq!(built.is_some(), codes.is_empty());
        codes
    };
    let new = new.map(|text| text as &str);
    assert_eq!(findings(&new, reason), Vec::<String>::new());
    assert_eq!(findings(&new, &reason.repeat(2)), ["LW0606"]);
    assert_eq!(findings(&old.map(|text| text as &str), reason), ["LW0602"]);
}
