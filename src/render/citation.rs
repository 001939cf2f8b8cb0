//! [`Citation`]: how a paragraph is cited, linked to and answered.

use serde::Serialize;

use super::Stage;
use crate::history;
use crate::resolve;
use crate::target::Target;

/// What stands in the card of a margin number.
#[derive(Serialize)]
pub(super) struct Citation {
    /// The number.
    pub number: String,
    /// The suggested citation, without the pinned address that ends it.
    pub text: String,
    /// The pinned address with the site's public base.
    pub address: String,
    /// The address in this release, from the site's root.
    pub pinned: String,
    /// The address that follows the text; `None` for a provisional number.
    pub following: Option<String>,
    /// The page that offers the number in each series, if it is in several.
    pub all_series: Option<String>,
    /// Where to send feedback; `None` if the site names no such place.
    pub feedback: Option<String>,
}

impl Citation {
    /// The citation of a block of an edition.
    pub fn of_block(stage: &Stage<'_>, edition: usize, block: usize) -> Self {
        let target = Target::Block(edition, block);
        let number = stage.project.history.editions[edition].numbering.blocks[block];
        let pinned = resolve::address(stage.project, &target);
        let address = stage.absolute(&pinned);
        let text = stage.citation_text(edition, &target);
        let feedback = stage.feedback(edition, &number.to_string(), &address);
        let following = stage.following_path(edition, block);
        let all_series = stage.all_series_path(number);
        Self { number: number.to_string(), text, address, following, all_series, feedback, pinned }
    }
}

impl Stage<'_> {
    /// „Herausgeber: Kurztitel, Fassung 2.0 vom 16. Juni 2025, Kapitel, Rn. 60,“ as far as it is known; the address follows.
    pub fn citation_text(&self, edition: usize, target: &Target) -> String {
        let sources = &self.project.sources;
        let guideline = &sources.guideline;
        let work = guideline.short_title.clone().unwrap_or_else(|| resolve::title(self.project, &Target::Guideline));
        let publisher = guideline.publisher.as_ref().or(sources.config.publisher.as_ref());
        let author = publisher.map(|publisher| format!("{publisher}: ")).unwrap_or_default();
        let label = self.edition_label(edition);
        let release = match history::source(sources, edition).released {
            Some(date) => {
                let mut args = fluent_bundle::FluentArgs::new();
                args.set("release", label);
                args.set("date", self.locale.date(date).text);
                self.locale.text_with("citation-release", &args)
            }
            None => label,
        };
        let place = match *target {
            Target::Block(edition, block) => {
                let chapter = self.project.history.editions[edition].text.blocks[block].chapter;
                let chapter = resolve::title(self.project, &Target::Chapter(edition, chapter));
                let number = self.project.history.editions[edition].numbering.blocks[block];
                Some(format!("{chapter}, {}", self.locale.text_of("number-label", "number", &number.to_string())))
            }
            Target::Chapter(..) => Some(resolve::title(self.project, target)),
            _ => None,
        };
        let parts = [Some(work), Some(release), place];
        author + &parts.into_iter().flatten().collect::<Vec<_>>().join(", ") + ","
    }

    /// Where feedback on a paragraph goes: the site's address with what it is about filled in.
    pub fn feedback(&self, edition: usize, number: &str, address: &str) -> Option<String> {
        let template = self.project.sources.config.feedback.as_ref()?;
        Some(template.filled(&[("number", number), ("release", &self.edition_label(edition)), ("address", address)]))
    }
}
