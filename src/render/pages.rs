//! All pages of the site, each kind in a file of its own.

use rayon::prelude::*;

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
mod search;
mod start;
mod talk;
mod values;

pub(super) use gone::{fate as gone_fate, text as gone_text};

/// Every page of the site but the redirects.
pub(super) fn all<'s>(stage: &'s Stage<'_>) -> Vec<PageJob<'s>> {
    let gone = || stage.editions().flat_map(|edition| gone::pages(stage, edition)).collect();
    let kinds: [&(dyn Fn() -> Vec<PageJob<'s>> + Sync); 13] = [
        &|| vec![start::start(stage), start::not_found(stage)],
        &|| guideline::pages(stage),
        &|| chapter::pages(stage),
        &gone,
        &|| paragraph::pages(stage),
        &|| comparison::pages(stage),
        &|| concordance::pages(stage),
        &|| labs::pages(stage),
        &|| talk::pages(stage),
        &|| values::pages(stage),
        &|| collections::pages(stage),
        &|| norms::pages(stage),
        &|| search::pages(stage),
    ];
    kinds.into_par_iter().flat_map_iter(|pages| pages()).collect()
}
