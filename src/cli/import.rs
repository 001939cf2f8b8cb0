//! `leitwerk import`: what other programs know becomes files of the site.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Ending, Session, counted, world};
use crate::diagnostic::{self, Code, Diagnostic, Diagnostics};
use crate::import::{self, Destination, Input, Mapping, Place, Plan, Skipped, Unmapped, Why};
use crate::pending;
use crate::source::Files;
use crate::world::World;

/// Most talks that are listed as skipped.
const MOST_SKIPPED: usize = 10;

/// Make files of what other programs export
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Talks(TalkArguments),
}

/// Make new talk files of schedules (frab, pretalx), pyvideo records, TOML or CSV; nothing is overwritten
#[derive(Debug, Args)]
struct TalkArguments {
    /// Files to read; what each is, its content tells
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// TOML file that says which fields they have and what their words mean
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Number of the lab that all talks go to [default: the lab of their day, or a new one]
    #[arg(long, value_name = "NUMBER")]
    lab: Option<u32>,
    /// Show what would be written; write nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(session: &Session, arguments: &Arguments) -> Ending {
    match &arguments.what {
        What::Talks(arguments) => talks(session, arguments),
    }
}

fn talks(session: &Session, arguments: &TalkArguments) -> Ending {
    let world = world(None);
    let root = session.root();
    let (mut files, mut diagnostics) = (Files::default(), Diagnostics::new());
    let Some(project) = crate::read(&world, &root, &mut files, &mut diagnostics) else {
        return session.report(&mut diagnostics, &files);
    };
    project.settle(&mut diagnostics);
    // What is wrong with the site as it is, `check` tells; without all its talks none can be added.
    diagnostics.retain(|found| found.severity == diagnostic::Severity::Error);
    let inputs = read(&world, arguments, &mut files, &mut diagnostics);
    if diagnostic::has_errors(&diagnostics) {
        return session.report(&mut diagnostics, &files);
    }
    let plan = import::plan(&project, inputs, arguments.lab, &files, &mut diagnostics);
    let Some(plan) = plan else { return session.report(&mut diagnostics, &files) };
    let is_good = import::try_out(&world, &root, &plan, &mut files, &mut diagnostics);
    let ending = session.report(&mut diagnostics, &files);
    if !is_good {
        return ending;
    }
    session.say(&summary(&plan, arguments.dry_run));
    if arguments.dry_run || plan.steps.is_empty() {
        session.say("nothing was written\n");
        return Ending::Fine;
    }
    match pending::apply(&world, &root, &plan.steps) {
        Ok(()) => Ending::Fine,
        Err(found) => session.report(&mut vec![found], &files),
    }
}

/// Reads all files; what is wrong with any of them is reported.
fn read(world: &dyn World, arguments: &TalkArguments, files: &mut Files, diagnostics: &mut Diagnostics) -> Vec<Input> {
    let mapping = match &arguments.mapping {
        Some(path) => mapping(world, path, files, diagnostics),
        None => Some(Mapping::default()),
    };
    // Without what it says, most of what would be found wrong is right.
    let Some(mapping) = mapping else { return Vec::new() };
    let mut inputs = Vec::new();
    for path in &arguments.files {
        let Some(bytes) = bytes(world, path, diagnostics) else { continue };
        let name = path.display().to_string();
        let file = files.add(path, import::shown(&name, &bytes, &mapping));
        match import::read(&name, &bytes, &mapping) {
            Ok(imported) => inputs.push(Input { file, imported }),
            Err(errors) => diagnostics.extend(errors.iter().map(|error| import::finding(error, file, files))),
        }
    }
    inputs
}

fn mapping(world: &dyn World, path: &PathBuf, files: &mut Files, diagnostics: &mut Diagnostics) -> Option<Mapping> {
    let bytes = bytes(world, path, diagnostics)?;
    let name = path.display().to_string();
    let text = import::shown(&name, &bytes, &Mapping::default());
    let file = files.add(path, text.as_str());
    let read = Mapping::read(&name, &text);
    read.map_err(|errors| diagnostics.extend(errors.iter().map(|error| import::finding(error, file, files)))).ok()
}

fn bytes(world: &dyn World, path: &PathBuf, diagnostics: &mut Diagnostics) -> Option<Vec<u8>> {
    let read = world.read(path);
    read.map_err(|error| diagnostics.push(Diagnostic::about(Code::Unreadable, path).arg("error", error))).ok()
}

/// What is written, what was there already, and what has no place.
fn summary(plan: &Plan, dry_run: bool) -> String {
    let labs: String = plan.labs.iter().map(destination).collect();
    let (talks, new) = (plan.labs.iter().map(|lab| lab.talks).sum(), plan.labs.iter().filter(|lab| lab.is_new).count());
    let verb = if dry_run { "would import" } else { "imported" };
    let new = if new > 0 { format!(", {}", counted(new, "new lab")) } else { String::new() };
    let total = format!("{verb} {}{new}\n", counted(talks, "talk"));
    let skipped = [Why::There, Why::Repeated, Why::SameId].map(|why| skipped(plan, why)).concat();
    [skipped, left_out(&plan.unmapped), labs, total].concat()
}

fn destination(lab: &Destination) -> String {
    let new = if lab.is_new { format!(", new: {} of {}", lab.title, lab.date) } else { String::new() };
    format!("{}: {}{new}\n", lab.folder, counted(lab.talks, "talk"))
}

fn skipped(plan: &Plan, why: Why) -> String {
    let talks: Vec<&Skipped> = plan.skipped.iter().filter(|it| it.why == why).collect();
    let reason = match why {
        Why::There if talks.len() == 1 => "that is there already",
        Why::There => "that are there already",
        Why::Repeated => "that the sources repeat",
        Why::SameId => "whose id the sources give to another talk too",
    };
    let lines = talks.iter().take(MOST_SKIPPED);
    let lines = lines.map(|it| format!("  {}  {}: {}\n", place(&it.place), it.title, it.path));
    let rest = match talks.len().saturating_sub(MOST_SKIPPED) {
        0 => String::new(),
        rest => format!("  and {rest} more\n"),
    };
    match talks.len() {
        0 => String::new(),
        count => format!("skipped {} {reason}:\n{}{rest}", counted(count, "talk"), lines.collect::<String>()),
    }
}

/// The values without a place, by their keys: how many, and the first one of each.
fn left_out(unmapped: &[Unmapped]) -> String {
    let mut groups: Vec<(&str, Vec<&Unmapped>)> = Vec::new();
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for value in unmapped {
        let at = *known.entry(&value.key).or_insert(groups.len());
        match groups.get_mut(at) {
            Some((_, values)) => values.push(value),
            None => groups.push((&value.key, vec![value])),
        }
    }
    let line = |(key, values): &(&str, Vec<&Unmapped>)| {
        let first = values.first().map(|it| format!("{}  {}", place(&it.place), it.value)).unwrap_or_default();
        format!("  {key} ({})  {first}\n", values.len())
    };
    let lines: String = groups.iter().map(line).collect();
    if groups.is_empty() { lines } else { format!("left out, as talk files have no place for it:\n{lines}") }
}

fn place(place: &Place) -> String {
    let number = |number: Option<usize>| number.map(|number| format!(":{number}")).unwrap_or_default();
    format!("{}{}{}", place.file, number(place.line), number(place.column))
}
