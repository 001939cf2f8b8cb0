//! All pages of the site, each kind in a file of its own.

use super::{PageJob, Stage};

mod chapter;
mod collections;
mod comparison;
mod concordance;
mod gone;
mod guideline;
mod labs;
mod norms;
mod paragraph;
mod start;
mod values;

pub(super) use gone::{fate as gone_fate, text as gone_text};

/// Every page of the site but the redirects.
pub(super) fn all<'s>(stage: &'s Stage<'_>) -> Vec<PageJob<'s>> {
    let mut pages = vec![start::start(stage), start::not_found(stage)];
    pages.extend(guideline::pages(stage));
    pages.extend(chapter::pages(stage));
    pages.extend(stage.editions().flat_map(|edition| gone::pages(stage, edition)));
    pages.extend(paragraph::pages(stage));
    pages.extend(comparison::pages(stage));
    pages.extend(concordance::pages(stage));
    pages.extend(labs::pages(stage));
    pages.extend(values::pages(stage));
    pages.extend(collections::pages(stage));
    pages.extend(norms::pages(stage));
    pages
}
