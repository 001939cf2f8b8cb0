//! What `import` writes: files that read back whole, in a site without findings, once.

use std::path::Path;

use leitwerk::diagnostic::{Code, Diagnostics, catalogue::Catalogue, render_short};
use leitwerk::import::{self, Input, Mapping, Plan, Why};
use leitwerk::load::{TalkFormat, TalkSource};
use leitwerk::source::Files;
use leitwerk::world::{MemoryWorld, World};
use leitwerk::{BuildOptions, pending};

use crate::sealing;

const HARD: &str = r##"[[talk]]
id = "x\u0000-1"
title = "Quote \" and \\ and\tTab"
date = 2025-03-04
start = "09:05"
duration = 90
format = "Workshop"
language = "en"
speakers = ["O'Test, \"Q\""]
organisation = "Amt \\ Test"
rights = "CC \"BY\""
tags = ["A \"b\"", "[[x]]"]
abstract = """
# Top [[wert:nirgends|x]] {#id}

+++
<script>x</script> <x-tag> ![Bild](fehlt.png) [Datei](fehlt.md) [^9]

> [!WARNUNG]
> x

| a | b |
|---|---|
| 1 | 2 | 3 |

{#rn-1}
"""

[[talk]]
title = "Dasselbe"
date = 2025-03-04

[[talk]]
title = "Dasselbe!"
date = 2025-03-04

[[talk]]
title = "…"
date = 2025-03-05
"##;

fn planned(world: &MemoryWorld, text: &str, lab: Option<u32>) -> Result<Plan, Vec<Code>> {
    let (mut files, mut found) = (Files::default(), Diagnostics::new());
    let project = leitwerk::read(world, Path::new(""), &mut files, &mut found).unwrap();
    found.clear();
    let imported = import::read("in.toml", text.as_bytes(), &Mapping::default()).unwrap();
    let inputs = vec![Input { file: files.add("in.toml", text), imported }];
    let codes = |found: &Diagnostics| found.iter().map(|found| found.code).collect();
    let Some(plan) = import::plan(&project, inputs, lab, &files, &mut found) else { return Err(codes(&found)) };
    import::try_out(world, Path::new(""), &plan, &mut files, &mut found);
    assert_eq!(render_short(&found, &files, &Catalogue::english()), "");
    Ok(plan)
}

fn imported(world: &MemoryWorld) -> Vec<TalkSource> {
    let plan = planned(world, HARD, None).unwrap();
    pending::apply(world, Path::new(""), &plan.steps).unwrap();
    let project = leitwerk::read(world, Path::new(""), &mut Files::default(), &mut Diagnostics::new()).unwrap();
    project.sources.labs.iter().flat_map(|lab| &lab.talks).map(|talk| TalkSource::clone(talk)).collect()
}

#[test]
fn the_hardest_texts_read_back_and_build_without_findings() {
    let world = sealing::site(&[]);
    let talks = imported(&world);
    let names: Vec<&str> = talks.iter().map(|talk| talk.page.path.as_str()).collect();
    let first = "talks/2025-03-04-ki-lab-1";
    let expected = ["dasselbe-2.md", "dasselbe.md", "quote-and-and-tab.md"].map(|name| format!("{first}/{name}"));
    assert_eq!(names[..3], expected.each_ref().map(String::as_str));
    assert_eq!(names[3], "talks/2025-03-05-ki-lab-2/vortrag.md");
    let hard = &talks[2];
    assert_eq!(hard.title, "Quote \" and \\ and Tab");
    assert_eq!((hard.format, hard.language.as_deref()), (Some(TalkFormat::Workshop), Some("en")));
    assert_eq!(
        (hard.start.unwrap().to_string(), hard.length.unwrap().to_string()),
        ("09:05:00".into(), "01:30:00".into())
    );
    assert_eq!(hard.speakers[0].role.as_deref(), Some("Amt \\ Test"));
    assert_eq!(hard.topics, ["A \"b\"", "[[x]]"]);
    let text = String::from_utf8(world.files()[Path::new(&format!("content/{}", hard.page.path))].clone()).unwrap();
    assert!(text.contains("title = \"Quote \\\" and \\\\ and Tab\"\nid = \"x -1\"\n"), "{text}");
    assert!(text.contains("+++\n\n## Summary\n\n### Top \\[[wert:nirgends|x]] \\{#id}\n\n\\+++\n"), "{text}");
    let (mut files, mut found) = (Files::default(), Diagnostics::new());
    let built = leitwerk::build(&world, Path::new(""), &BuildOptions::default(), &mut files, &mut found);
    found.retain(|found| !matches!(found.code, Code::Unsealed));
    assert_eq!(render_short(&found, &files, &Catalogue::english()), "");
    assert!(built.is_some());
}

#[test]
fn a_second_import_changes_nothing() {
    let world = sealing::site(&[]);
    imported(&world);
    let before = world.files();
    let plan = planned(&world, HARD, None).unwrap();
    assert_eq!((plan.steps.len(), plan.labs.len(), plan.skipped.len()), (0, 0, 4));
    assert_eq!(world.files(), before);
}

#[test]
fn a_talk_that_is_read_twice_is_written_once() {
    let world = sealing::site(&[]);
    let twice = "[[talk]]\ntitle = 'A'\ndate = 2025-03-04\n[[talk]]\ntitle = 'A'\ndate = 2025-03-04\n";
    let plan = planned(&world, twice, None).unwrap();
    assert_eq!((plan.labs[0].talks, plan.skipped.len()), (1, 1));
    let other =
        "[[talk]]\ntitle = 'A'\ndate = 2025-03-04\n[[talk]]\ntitle = 'A'\ndate = 2025-03-04\nspeakers = ['B']\n";
    assert_eq!(planned(&world, other, None).unwrap().labs[0].talks, 2);
}

#[test]
fn a_file_that_is_there_stands_for_one_talk() {
    let lab = "number = 3\ntitle = \"Drei\"\ndate = 2025-03-04\n";
    let there = "+++\ntitle = \"A\"\n+++\n\nText.\n";
    let world = sealing::site(&[("content/talks/drei/lab.toml", lab), ("content/talks/drei/a.md", there)]);
    let talk = |more: &str| format!("[[talk]]\ntitle = 'A'\ndate = 2025-03-04\n{more}");
    let text = [talk("start = '9:00'\n"), talk("start = '9:00'\n"), talk("start = '11:00'\n")].concat();
    let plan = planned(&world, &text, None).unwrap();
    assert_eq!(plan.labs[0].talks, 1);
    assert_eq!(plan.skipped.iter().map(|it| it.why).collect::<Vec<_>>(), [Why::There, Why::There]);
    // Where both begin at a time, it is that.
    world.add("content/talks/drei/a.md", there.replace("\n+++\n\n", "\nstart = 11:00:00\n+++\n\n"));
    let plan = planned(&world, &text, None).unwrap();
    let why: Vec<(Why, Option<usize>)> = plan.skipped.iter().map(|it| (it.why, it.place.line)).collect();
    assert_eq!((plan.labs[0].talks, why), (1, vec![(Why::Repeated, Some(5)), (Why::There, Some(9))]));
}

#[test]
fn of_two_talks_with_one_id_the_other_is_told() {
    let world = sealing::site(&[]);
    let talk = |title: &str| format!("[[talk]]\nid = 'x1'\ntitle = '{title}'\ndate = 2025-03-04\n");
    let plan = planned(&world, &[talk("Eins"), talk("Eins"), talk("Zwei")].concat(), None).unwrap();
    assert_eq!(plan.labs[0].talks, 1);
    assert_eq!(plan.skipped.iter().map(|it| it.why).collect::<Vec<_>>(), [Why::Repeated, Why::SameId]);
}

#[test]
fn what_fits_no_lab_is_refused() {
    let lab = "number = 3\ntitle = \"Drei\"\ndate = 2025-03-04\n";
    let world = sealing::site(&[("content/talks/drei/lab.toml", lab)]);
    assert_eq!(planned(&world, "title = 'A'\n", None).unwrap_err(), [Code::NoTalkDate]);
    assert_eq!(planned(&world, "title = 'A'\n", Some(4)).unwrap_err(), [Code::NoSuchLab]);
    assert_eq!(planned(&world, "title = 'A'\ndate = 2025-03-05\n", Some(3)).unwrap_err(), [Code::TalkOutsideLab]);
    let plan = planned(&world, "title = 'A'\n", Some(3)).unwrap();
    assert_eq!(plan.steps[0].to, "content/talks/drei/a.md");
    assert!(world.kind(Path::new("content/talks/drei/a.md")).is_none());
}
