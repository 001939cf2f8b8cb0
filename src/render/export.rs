//! What the site gives to programs: feeds, sitemap, robots.txt.

use super::{PageJob, Stage};

mod feeds;

/// The files for programs; `pages` are those of the site.
pub(super) fn files(stage: &Stage<'_>, pages: &[PageJob]) -> Vec<PageJob> {
    feeds::files(stage, pages)
}
