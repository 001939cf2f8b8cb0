//! The site as it is shown: files in memory, what is wrong, and who looks at which page.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use serde::Serialize;
use tokio::sync::broadcast;

use super::editor::Editor;
use crate::render::{Audience, Notes};
use crate::write::OutputFile;

/// Events that a slow browser may lag behind before it is told everything anew.
const LAG: usize = 4096;

/// Shared by the thread that builds and the one that answers.
pub struct Shown {
    state: Mutex<State>,
    events: broadcast::Sender<Event>,
    pub editor: Editor,
    pub root: PathBuf,
}

#[derive(Default)]
struct State {
    files: BTreeMap<String, Served>,
    /// The indexes of the search, which are made later than the rest.
    indexes: BTreeMap<String, Served>,
    /// What was made in the build that is going on.
    made: BTreeSet<String>,
    is_building: bool,
    /// Whether a build has ended.
    has_built: bool,
    /// The files that were replaced in it, with what stood there.
    replaced: BTreeMap<String, Option<Served>>,
    wanted: VecDeque<String>,
    /// How many browsers show a page, by its file.
    watched: BTreeMap<String, usize>,
    problems: Arc<Problems>,
    notes: Arc<BTreeMap<String, Notes>>,
    base_path: Arc<String>,
}

/// A file as it is served.
#[derive(Clone)]
pub struct Served {
    pub bytes: Bytes,
    /// Stands for the bytes.
    pub tag: String,
}

/// Something that browsers are told.
#[derive(Debug, Clone)]
pub enum Event {
    /// A file has other bytes, is new, or is gone; its tag now.
    File(String, Option<String>),
    /// What is wrong is another than before.
    Problems,
    /// A build has ended.
    Settled,
}

/// What is wrong with the site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Problems {
    pub errors: usize,
    pub warnings: usize,
    pub list: Vec<Problem>,
}

/// A finding as browsers show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// `error` or `warning`.
    pub severity: &'static str,
    pub code: String,
    pub message: String,
    /// Path in the site's folder.
    pub file: Option<String>,
    pub line: Option<usize>,
    /// What opens the file there.
    pub address: Option<String>,
    /// The frame, as on a terminal.
    pub frame: String,
}

impl Shown {
    pub fn new(editor: Editor, root: PathBuf) -> Self {
        Self { state: Mutex::default(), events: broadcast::channel(LAG).0, editor, root }
    }

    /// Events from now on.
    pub fn listen(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    /// The file at a path. What is asked for while a build goes on is made next.
    pub fn file(&self, path: &str) -> Option<Served> {
        let mut state = self.state();
        if state.is_building && !state.made.contains(path) {
            state.wanted.push_back(path.to_owned());
        }
        state.files.get(path).or_else(|| state.indexes.get(path)).cloned()
    }

    /// Whether a build has ended: before that nobody can say what there is.
    pub fn has_built(&self) -> bool {
        self.state().has_built
    }

    pub fn problems(&self) -> Arc<Problems> {
        Arc::clone(&self.state().problems)
    }

    /// What the preview knows of a page, by its file.
    pub fn notes(&self, path: &str) -> Option<Notes> {
        self.state().notes.get(path).cloned()
    }

    /// The path of the site's public base, without a slash at its end.
    pub fn base_path(&self) -> Arc<String> {
        Arc::clone(&self.state().base_path)
    }

    /// Notes the path of the site's public base.
    pub fn set_base_path(&self, path: &str) {
        self.state().base_path = Arc::new(path.to_owned());
    }

    /// Notes that a browser shows a page, until what is returned is dropped.
    pub fn watch(self: &Arc<Self>, path: &str) -> Watching {
        *self.state().watched.entry(path.to_owned()).or_default() += 1;
        Watching { shown: Arc::clone(self), path: path.to_owned() }
    }

    /// Begins a build: pages that somebody looks at are wanted first.
    pub fn begin(&self) {
        let mut state = self.state();
        state.is_building = true;
        state.made.clear();
        state.wanted = state.watched.keys().cloned().collect();
    }

    /// Ends a build with these files, or without, where the site has errors: then what was shown stays.
    /// How many files are others than before.
    pub fn end(&self, files: Option<&[OutputFile]>, problems: Problems, notes: BTreeMap<String, Notes>) -> usize {
        let mut events = Vec::new();
        let rebuilt = {
            let mut state = self.state();
            state.is_building = false;
            state.has_built = true;
            if let Some(files) = files {
                let paths: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
                let gone: Vec<String> =
                    state.files.keys().filter(|path| !paths.contains(path.as_str())).cloned().collect();
                for path in gone {
                    state.files.remove(&path);
                    events.push(Event::File(path, None));
                }
                events.extend(files.iter().filter_map(|file| put(&mut state.files, file)));
                state.notes = Arc::new(notes);
            }
            let replaced = std::mem::take(&mut state.replaced);
            let made = if files.is_some() { replaced.len() } else { 0 };
            if files.is_none() {
                // What was shown before the mistake was found is taken back.
                events.extend(replaced.into_iter().map(|(path, before)| take_back(&mut state, path, before)));
            }
            if *state.problems != problems {
                state.problems = Arc::new(problems);
                events.push(Event::Problems);
            }
            let others = events.iter().filter(|event| matches!(event, Event::File(..))).count();
            made + if files.is_some() { others } else { 0 }
        };
        events.push(Event::Settled);
        self.send(events);
        rebuilt
    }

    /// Shows these indexes of the search in place of the last ones. Of their files, which can be thousands, browsers hear only
    /// about those that lead to the others.
    pub fn set_indexes(&self, files: &[OutputFile]) {
        let events: Vec<Event> = {
            let mut state = self.state();
            let paths: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
            state.indexes.retain(|path, _| paths.contains(path.as_str()));
            let put = |file: &OutputFile| put(&mut state.indexes, file);
            files.iter().filter_map(put).filter(leads_to_others).collect()
        };
        self.send(events);
    }

    fn send(&self, events: Vec<Event>) {
        // Nobody may be listening.
        events.into_iter().for_each(|event| drop(self.events.send(event)));
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Puts back what stood at a path.
fn take_back(state: &mut State, path: String, before: Option<Served>) -> Event {
    let tag = before.as_ref().map(|before| before.tag.clone());
    match before {
        Some(before) => drop(state.files.insert(path.clone(), before)),
        None => drop(state.files.remove(&path)),
    }
    Event::File(path, tag)
}

/// Puts a file in place; what is to be said if that changes what is shown.
fn put(files: &mut BTreeMap<String, Served>, file: &OutputFile) -> Option<Event> {
    let before = files.get(&file.path);
    if before.is_some_and(|before| before.bytes == file.bytes) {
        return None;
    }
    let tag = crate::checksum::sha256(&file.bytes)[..16].to_owned();
    files.insert(file.path.clone(), Served { bytes: file.bytes.clone(), tag: tag.clone() });
    Some(Event::File(file.path.clone(), Some(tag)))
}

/// Whether a file of an index is its program or its list of files.
fn leads_to_others(event: &Event) -> bool {
    matches!(event, Event::File(path, _) if path.ends_with(".js") || path.ends_with(".json"))
}

impl Audience for Shown {
    fn wants(&self) -> Option<String> {
        self.state().wanted.pop_front()
    }

    fn takes(&self, file: &OutputFile) {
        let event = {
            let mut state = self.state();
            state.made.insert(file.path.clone());
            let before = state.files.get(&file.path).cloned();
            let event = put(&mut state.files, file);
            if event.is_some() {
                state.replaced.insert(file.path.clone(), before);
            }
            event
        };
        self.send(event.into_iter().collect());
    }

    fn wants_notes(&self) -> bool {
        true
    }
}

/// A browser that shows a page.
pub struct Watching {
    shown: Arc<Shown>,
    path: String,
}

impl Drop for Watching {
    fn drop(&mut self) {
        let mut state = self.shown.state();
        if let Some(count) = state.watched.get_mut(&self.path) {
            *count -= 1;
            if *count == 0 {
                state.watched.remove(&self.path);
            }
        }
    }
}
