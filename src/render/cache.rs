//! The pages that were made before, for runs in which most pages are what they were.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

use super::page::Page;
use super::theme::Theme;
use crate::memo::Memo;

/// Pages by their files, each with what it was made from.
#[derive(Default)]
pub struct Cache {
    pages: Memo<String, Arc<Made>>,
    /// What all pages were made with: the theme and the global context.
    shared: Mutex<Option<(u64, tera::Context)>>,
}

struct Made {
    template: &'static str,
    context: tera::Context,
    bytes: Bytes,
}

impl Cache {
    /// Begins a run with this theme: where it is another than before, or what all pages share is, no page is known.
    pub(super) fn begin_run(&self, theme: &mut Theme) {
        let now = (theme.fingerprint, theme.templates.global_context().clone());
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        if shared.as_ref() != Some(&now) {
            self.pages.clear();
            *shared = Some(now);
        }
    }

    /// The file of a page that was made from the same.
    pub(super) fn known(&self, path: &str, page: &Page) -> Option<Bytes> {
        let made = self.pages.known(path)?;
        (made.template == page.template && made.context == page.context).then(|| made.bytes.clone())
    }

    pub(super) fn note(&self, path: &str, page: &Page, bytes: &Bytes) {
        let (template, context) = (page.template, page.context.clone());
        self.pages.note(path.to_owned(), Arc::new(Made { template, context, bytes: bytes.clone() }));
    }

    /// Ends a run: forgets what it did not ask for.
    pub fn end_run(&self) {
        self.pages.end_run();
    }
}
