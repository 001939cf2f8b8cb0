//! The files of a site that wait to be made, and those who wait for them.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use rayon::prelude::*;

use super::page::PageJob;
use super::stage::Stage;
use super::theme::Theme;
use crate::diagnostic::Diagnostic;
use crate::write::OutputFile;

/// Someone who waits for the files of a site.
pub trait Audience: Sync {
    /// The path of a file that is wanted before all others; none is given twice. Asked before each file is made.
    fn wants(&self) -> Option<String>;
    /// Gets a file as soon as it is made. Whether it can stay is known only when all are made.
    fn takes(&self, file: &OutputFile);
    /// Whether it shows what stands beside pages.
    fn wants_notes(&self) -> bool {
        false
    }
}

/// Nobody waits: the site is wanted as a whole.
pub struct Nobody;

impl Audience for Nobody {
    fn wants(&self) -> Option<String> {
        None
    }

    fn takes(&self, _: &OutputFile) {}
}

/// A file that is to be made.
pub(super) enum Job<'s> {
    /// By a template.
    Page(PageJob<'s>),
    /// By a function of its own.
    File(FileJob<'s>),
}

/// A file without a template.
pub(super) struct FileJob<'s> {
    path: String,
    make: Box<dyn FnOnce() -> Bytes + Send + 's>,
}

impl<'s> FileJob<'s> {
    /// A text file at a path from the site's root.
    pub fn text(path: &str, make: impl FnOnce() -> String + Send + 's) -> Self {
        Self { path: path.trim_start_matches('/').to_owned(), make: Box::new(|| make().into()) }
    }

    /// A file that is made already.
    pub fn finished(file: OutputFile) -> Self {
        Self { path: file.path, make: Box::new(|| file.bytes) }
    }
}

impl Job<'_> {
    /// Path in the output folder.
    fn path(&self) -> String {
        match self {
            Job::Page(page) => super::page::file_name(page.path()),
            Job::File(file) => file.path.clone(),
        }
    }

    fn make(self, stage: &Stage<'_>, theme: &Theme) -> Result<OutputFile, Diagnostic> {
        match self {
            Job::Page(page) => stage.file(theme, page),
            Job::File(file) => Ok(OutputFile { path: file.path, bytes: (file.make)() }),
        }
    }
}

/// Makes all files, in parallel, those first that the audience wants. What came of each, in the order of `jobs`.
pub(super) fn make_all(
    jobs: Vec<Job<'_>>,
    stage: &Stage<'_>,
    theme: &Theme,
    audience: &dyn Audience,
) -> Vec<Result<OutputFile, Diagnostic>> {
    let queue = Queue::new(jobs);
    let worker = |_| {
        let mut made = Vec::new();
        while let Some((at, job)) = queue.next(audience) {
            let result = job.make(stage, theme);
            result.iter().for_each(|file| audience.takes(file));
            made.push((at, result));
        }
        made
    };
    let workers = 0..rayon::current_num_threads();
    let mut made: Vec<_> = workers.into_par_iter().flat_map_iter(worker).collect();
    made.sort_by_key(|&(at, _)| at);
    made.into_iter().map(|(_, result)| result).collect()
}

/// Jobs, each of which one thread takes.
struct Queue<'s> {
    jobs: Vec<Mutex<Option<Job<'s>>>>,
    by_path: HashMap<String, usize>,
    next: AtomicUsize,
}

impl<'s> Queue<'s> {
    fn new(jobs: Vec<Job<'s>>) -> Self {
        let by_path = jobs.iter().enumerate().map(|(at, job)| (job.path(), at)).collect();
        Self { jobs: jobs.into_iter().map(|job| Mutex::new(Some(job))).collect(), by_path, next: AtomicUsize::new(0) }
    }

    fn next(&self, audience: &dyn Audience) -> Option<(usize, Job<'s>)> {
        let mut wanted = std::iter::from_fn(|| audience.wants());
        // What is made already, or is no file of the site, is passed over.
        wanted.find_map(|path| self.take(*self.by_path.get(&path)?)).or_else(|| self.in_order())
    }

    fn in_order(&self) -> Option<(usize, Job<'s>)> {
        loop {
            let at = self.next.fetch_add(1, Ordering::Relaxed);
            if at >= self.jobs.len() {
                return None;
            }
            if let Some(job) = self.take(at) {
                return Some(job);
            }
        }
    }

    fn take(&self, at: usize) -> Option<(usize, Job<'s>)> {
        self.jobs[at].lock().unwrap_or_else(PoisonError::into_inner).take().map(|job| (at, job))
    }
}
