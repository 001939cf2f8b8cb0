//! New files for talks that were read: which lab each goes to, which are there already, what each file says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::civil::{Date, Time};

use super::findings::span;
use super::harmless::visible;
use super::{Imported, ImportedTalk, Place, Unmapped, talk_file};
use crate::Project;
use crate::diagnostic::{self, Code, Diagnostic, Diagnostics};
use crate::load::LabSource;
use crate::pending::{Content, Step};
use crate::resolve;
use crate::slug::slugify;
use crate::source::{FileId, Files};
use crate::world::{Overlay, World};

/// Longest name of a talk's file in characters, without its ending.
const LONGEST_NAME: usize = 80;

/// The talks of one file.
#[derive(Debug, Clone)]
pub struct Input {
    /// The file.
    pub file: FileId,
    /// What was read of it.
    pub imported: Imported,
}

/// A lab that gets talks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// Its folder, relative to the site's.
    pub folder: String,
    /// Its number.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// Its first day.
    pub date: Date,
    /// Whether it is new too.
    pub is_new: bool,
    /// How many talks.
    pub talks: usize,
}

/// A talk that has a file: one that was there already, or one of this import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Its title.
    pub title: String,
    /// Where the source has it.
    pub place: Place,
    /// The file that it is in, relative to the site's folder.
    pub path: String,
    /// Why it needs no other.
    pub why: Why,
}

/// Why a talk gets no file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It was there already.
    There,
    /// The sources say the same of it twice.
    Repeated,
    /// The sources give its id to another talk too, which has the file.
    SameId,
}

/// What an import would write.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The new files.
    pub steps: Vec<Step>,
    /// The labs that get talks, by number.
    pub labs: Vec<Destination>,
    /// The talks that have files already, in the order of the sources.
    pub skipped: Vec<Skipped>,
    /// What has no place in the files, in the order of the sources.
    pub unmapped: Vec<Unmapped>,
}

/// A lab that talks may go to, with those it has and gets.
struct Lab {
    at: Destination,
    /// First and last day.
    days: (Date, Date),
    /// Names of files and segments of addresses that are taken.
    names: BTreeSet<String>,
    talks: Vec<Known>,
    /// New files by their path in the folder.
    files: BTreeMap<String, Vec<u8>>,
}

/// What tells a talk of a lab from the others.
struct Known {
    id: Option<String>,
    title: String,
    day: Date,
    start: Option<Time>,
    path: String,
    /// Whether its file is of this import.
    is_new: bool,
    /// The talk of the sources that it is, once that is known.
    source: Option<ImportedTalk>,
}

/// Plans new files for all talks of some inputs; with `lab` all go to the lab of this number. `None` after reporting what
/// stands in the way.
pub fn plan(
    project: &Project,
    inputs: Vec<Input>,
    lab: Option<u32>,
    files: &Files,
    diagnostics: &mut Diagnostics,
) -> Option<Plan> {
    let before = diagnostics.len();
    let labs = project.sources.labs.iter().map(there).collect();
    let mut planner = Planner { project, labs, plan: Plan::default() };
    if let Some(number) = lab.filter(|number| !planner.labs.iter().any(|lab| lab.at.number == *number)) {
        let known: Vec<String> = planner.labs.iter().map(|lab| lab.at.number.to_string()).collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        diagnostics.push(Diagnostic::bare(Code::NoSuchLab).arg("lab", number).arg("known", known));
        return None;
    }
    let mut talks = Vec::new();
    for input in inputs {
        planner.plan.unmapped.extend(input.imported.unmapped);
        talks.extend(input.imported.talks.into_iter().map(|talk| (input.file, seen(talk))));
    }
    talks.retain(|(_, talk)| !planner.skips_by_id(talk));
    diagnostics.extend(talks.iter().filter_map(|(file, talk)| planner.misfit(*file, talk, lab, files)));
    if diagnostics.len() > before {
        return None;
    }
    if lab.is_none() {
        planner.add_labs(talks.iter().map(|(_, talk)| talk));
    }
    for (file, talk) in talks {
        planner.add(file, talk, lab);
    }
    Some(planner.finish())
}

/// The talk with title and id as they will be read again.
fn seen(talk: ImportedTalk) -> ImportedTalk {
    let (title, id) = (visible(&talk.title), talk.id.as_deref().map(visible));
    ImportedTalk { title, id, ..talk }
}

/// A lab of the site.
fn there(lab: &LabSource) -> Lab {
    let talk = |talk: &crate::load::TalkSource| Known {
        id: talk.id.as_ref().map(|id| id.value.clone()),
        title: talk.title.clone(),
        day: talk.day(lab),
        start: talk.start,
        path: format!("content/{}", talk.page.path),
        is_new: false,
        source: None,
    };
    let names = lab.talks.iter().flat_map(|talk| {
        let file = talk.page.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".md");
        let aliases = talk.aliases.iter().map(|alias| alias.value.clone());
        [talk.page.slug.clone(), file.to_owned()].into_iter().chain(aliases).collect::<Vec<_>>()
    });
    let folder = format!("content/{}", lab.folder);
    Lab {
        at: Destination {
            folder,
            number: lab.number,
            title: lab.title.clone(),
            date: lab.date,
            is_new: false,
            talks: 0,
        },
        days: (lab.date, lab.last_day()),
        names: names.collect(),
        talks: lab.talks.iter().map(|it| talk(it)).collect(),
        files: BTreeMap::new(),
    }
}

struct Planner<'a> {
    project: &'a Project,
    labs: Vec<Lab>,
    plan: Plan,
}

impl Planner<'_> {
    fn lab_of(&self, day: Date) -> Option<&Lab> {
        self.labs.iter().find(|lab| (lab.days.0..=lab.days.1).contains(&day))
    }

    fn skip(&mut self, talk: &ImportedTalk, path: String, why: Why) {
        let skipped = Skipped { title: talk.title.clone(), place: talk.place_in_source.clone(), path, why };
        self.plan.skipped.push(skipped);
    }

    /// Whether a talk of this id is there, whatever became of it; notes that.
    fn skips_by_id(&mut self, talk: &ImportedTalk) -> bool {
        let mut known = self.labs.iter().flat_map(|lab| &lab.talks);
        let path = known.find(|it| it.id.is_some() && it.id == talk.id).map(|it| it.path.clone());
        let is_there = path.is_some();
        path.into_iter().for_each(|path| self.skip(talk, path, Why::There));
        is_there
    }

    /// Why a talk can go to no lab.
    fn misfit(&self, file: FileId, talk: &ImportedTalk, lab: Option<u32>, files: &Files) -> Option<Diagnostic> {
        let place = &talk.place_in_source;
        let at = |code: Code| {
            let span = span(file, place.line, place.column, &talk.title, files);
            Diagnostic::at(code, span).arg("title", &talk.title)
        };
        let Some(number) = lab else {
            return talk.date.is_none().then(|| at(Code::NoTalkDate));
        };
        let (lab, date) = (self.labs.iter().find(|lab| lab.at.number == number)?, talk.date?);
        let (first, last) = lab.days;
        let days = if first == last { first.to_string() } else { format!("{first} – {last}") };
        let found = || at(Code::TalkOutsideLab).arg("date", date).arg("lab", number).arg("days", &days);
        (!(first..=last).contains(&date)).then(found)
    }

    /// A new lab for each day that has none.
    fn add_labs<'t>(&mut self, talks: impl Iterator<Item = &'t ImportedTalk>) {
        let mut days: BTreeMap<Date, Option<&str>> = BTreeMap::new();
        for talk in talks {
            if let Some(day) = talk.date.filter(|day| self.lab_of(*day).is_none()) {
                let event = days.entry(day).or_default();
                *event = event.or(talk.event.as_deref());
            }
        }
        let mut number = self.labs.iter().map(|lab| lab.at.number).max().unwrap_or_default();
        for (date, event) in days {
            number = number.saturating_add(1);
            let title = event.map_or_else(|| format!("KI-Lab {number}"), str::to_owned);
            let folder = format!("content/talks/{date}-ki-lab-{number}");
            let files = BTreeMap::from([("lab.toml".to_owned(), talk_file::lab(number, &title, date).into_bytes())]);
            let at = Destination { folder, number, title, date, is_new: true, talks: 0 };
            let (names, talks) = (BTreeSet::new(), Vec::new());
            self.labs.push(Lab { at, days: (date, date), names, talks, files });
        }
    }

    /// Adds the talk to its lab, if it is not there yet.
    fn add(&mut self, file: FileId, talk: ImportedTalk, number: Option<u32>) {
        let is_lab = |lab: &&mut Lab| match (number, talk.date) {
            (Some(number), _) => lab.at.number == number,
            (None, Some(day)) => (lab.days.0..=lab.days.1).contains(&day),
            (None, None) => false,
        };
        if let Some((path, why)) = self.new_by_id(&talk) {
            return self.skip(&talk, path, why);
        }
        let Some(lab) = self.labs.iter_mut().find(is_lab) else { return };
        let day = talk.date.unwrap_or(lab.days.0);
        if let Some(known) = lab.known(&talk, day) {
            let why = if known.is_new { Why::Repeated } else { Why::There };
            let path = known.path.clone();
            known.source.get_or_insert_with(|| talk.clone());
            return self.skip(&talk, path, why);
        }
        let site = talk_file::Site {
            language: &self.project.sources.config.language,
            authorities: &self.project.sources.authorities,
            file,
        };
        let shown = talk.date.filter(|_| lab.days.0 != lab.days.1);
        let name = free_name(&talk.title, &mut lab.names) + ".md";
        let path = format!("{}/{name}", lab.at.folder);
        lab.files.insert(name, talk_file::talk(&talk, shown, &site).into_bytes());
        lab.at.talks += 1;
        let event = talk.event.clone().filter(|event| *event != lab.at.title);
        self.plan.unmapped.extend(left_out(&talk, event));
        let (id, title, start) = (talk.id.clone(), talk.title.clone(), talk.start);
        lab.talks.push(Known { id, title, day, start, path, is_new: true, source: Some(talk) });
    }

    /// The new file of a talk that has the same id, and whether it is the same.
    fn new_by_id(&self, talk: &ImportedTalk) -> Option<(String, Why)> {
        let mut known = self.labs.iter().flat_map(|lab| &lab.talks);
        let known = known.find(|it| it.id.is_some() && it.id == talk.id)?;
        Some((known.path.clone(), if known.differs(talk) { Why::SameId } else { Why::Repeated }))
    }

    fn finish(mut self) -> Plan {
        for lab in self.labs.into_iter().filter(|lab| lab.at.talks > 0) {
            let folder = lab.at.folder.clone();
            if lab.at.is_new {
                self.plan.steps.push(Step { to: folder, content: Content::Folder(lab.files), replaces: None });
            } else {
                let files = lab.files.into_iter().map(|(name, text)| Step {
                    to: format!("{folder}/{name}"),
                    content: Content::File(text),
                    replaces: None,
                });
                self.plan.steps.extend(files);
            }
            self.plan.labs.push(lab.at);
        }
        self.plan
    }
}

impl Lab {
    /// The talk of the lab that was read: one that begins at the same time before one of which that is not known.
    fn known(&mut self, talk: &ImportedTalk, day: Date) -> Option<&mut Known> {
        let places = || self.talks.iter().enumerate().filter(|(_, it)| it.is(talk, day));
        let exact = places().find(|(_, it)| it.start == talk.start);
        let (at, _) = exact.or_else(|| places().next())?;
        self.talks.get_mut(at)
    }
}

impl Known {
    /// Whether it is the talk that was read: of one title and day, unless both have ids, begin at different times, or it is
    /// another talk of the sources already.
    fn is(&self, talk: &ImportedTalk, day: Date) -> bool {
        let both = self.id.is_some() && talk.id.is_some();
        let apart = self.start.zip(talk.start).is_some_and(|(one, other)| one != other);
        let is_named_so = self.title == talk.title && (self.day == day || talk.date.is_none());
        is_named_so && !both && !apart && !self.differs(talk)
    }

    /// Whether it is a talk of the sources of which they say something else.
    fn differs(&self, talk: &ImportedTalk) -> bool {
        let place = |it: &ImportedTalk| ImportedTalk { place_in_source: talk.place_in_source.clone(), ..it.clone() };
        self.source.as_ref().is_some_and(|source| place(source) != *talk)
    }
}

/// A name for a talk's file that none has yet.
fn free_name(title: &str, names: &mut BTreeSet<String>) -> String {
    let slug = slugify(title);
    let mut name = slug.chars().take(LONGEST_NAME).collect::<String>();
    if name.len() < slug.len()
        && let Some(word) = name.rfind('-').filter(|at| *at > 0)
    {
        name.truncate(word);
    }
    let base = if name.is_empty() { "vortrag".to_owned() } else { name };
    let mut free = base.clone();
    let mut number = 1;
    while !names.insert(free.clone()) {
        number += 1;
        free = format!("{base}-{number}");
    }
    free
}

/// What was read of a talk and has no place in its file.
fn left_out(talk: &ImportedTalk, event: Option<String>) -> impl Iterator<Item = Unmapped> {
    let length = talk.minutes.filter(|_| talk_file::length(talk).is_none()).map(|minutes| format!("{minutes} min"));
    let silent = (talk.no_recording && !talk_file::is_silent(talk)).then(|| "true".to_owned());
    let values = [("event", event), ("place", talk.place.clone()), ("duration", length), ("no_recording", silent)];
    let place = talk.place_in_source.clone();
    values
        .into_iter()
        .filter_map(move |(key, value)| Some(Unmapped { place: place.clone(), key: key.to_owned(), value: value? }))
}

/// Reads the site as it would be and reports what is wrong with the new files. `false` where they cannot be written.
pub fn try_out(world: &dyn World, root: &Path, plan: &Plan, files: &mut Files, diagnostics: &mut Diagnostics) -> bool {
    let mut overlay = Overlay::new(world);
    let mut new = BTreeSet::new();
    let mut add = |path: String, bytes: &[u8]| {
        overlay.add(root.join(&path), bytes.to_vec());
        new.insert(PathBuf::from(path));
    };
    for step in &plan.steps {
        match &step.content {
            Content::File(bytes) => add(step.to.clone(), bytes),
            Content::Folder(all) => all.iter().for_each(|(name, bytes)| add(format!("{}/{name}", step.to), bytes)),
        }
    }
    let mut found = Diagnostics::new();
    files.begin_run();
    if let Some(project) = crate::read(&overlay, root, files, &mut found) {
        resolve::resolve(&project, files, overlay.today(), &mut found);
        project.settle(&mut found);
    }
    found.retain(|found| {
        let in_text = found.span.is_some_and(|span| new.contains(files.get(span.file).path()));
        in_text || found.args.get("path").is_some_and(|path| new.contains(Path::new(path)))
    });
    let is_good = !diagnostic::has_errors(&found);
    diagnostics.append(&mut found);
    is_good
}
