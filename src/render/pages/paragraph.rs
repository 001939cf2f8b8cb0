//! The page of a number through all releases: what its paragraph says now, what it said before, why it was changed, and
//! what refers to it. Its address follows the text and never changes; where the number is in several series, it offers the
//! paragraph of each.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use serde::Serialize;
use serde_json::json;

use super::super::citation::Citation;
use super::super::comparison::{Comparison, ReasonView};
use super::super::export::citations::Cited;
use super::super::stage::life_anchor;
use super::super::view::{Link, Named, ReleaseInfo};
use super::super::{PageJob, Stage};
use crate::history;
use crate::number::{Fate, Found, Number, Side};
use crate::resolve::{self, Status};
use crate::target::Target;

/// A paragraph that has the number, through all releases of one series.
#[derive(Serialize)]
struct Life {
    anchor: String,
    /// Label of the release that begins it.
    since: Option<String>,
    /// The releases in which it has a text, with its place there.
    releases: Vec<Link>,
    now: Option<Wording>,
    gone: Option<serde_json::Value>,
    citation: Option<Citation>,
    stations: Vec<Station>,
}

/// A text with its place.
#[derive(Serialize)]
struct Wording {
    release: ReleaseInfo,
    chapter: String,
    section: Option<String>,
    path: String,
    html: String,
}

/// What happened to the paragraph in one release.
#[derive(Serialize)]
struct Station {
    release: ReleaseInfo,
    /// Where it stands there, or is said to be gone.
    path: String,
    chapter: Option<String>,
    section: Option<String>,
    /// What became of it if it is gone: „Rn. 49 (weggefallen)“.
    gone: Option<String>,
    /// Whether nothing came before.
    first: bool,
    changes: Vec<StationChange>,
    /// The wording, where it is the first.
    html: Option<String>,
}

#[derive(Serialize)]
struct StationChange {
    kinds: Vec<Named>,
    facets: Vec<Named>,
    /// Its place in the change list.
    path: String,
    /// The item it is about, if the paragraph has several.
    item: Option<String>,
    html: String,
    reason: Option<ReasonView>,
}

/// For each edition the entries of its changes that concern a number.
type Concerned = BTreeMap<usize, BTreeMap<Number, Vec<usize>>>;

pub(super) fn pages<'s>(stage: &'s Stage<'_>) -> Vec<PageJob<'s>> {
    if stage.numbers.is_empty() {
        return Vec::new();
    }
    // All pages need it; the first whose turn comes finds it.
    let concerned = Arc::new(OnceLock::new());
    let order = Arc::new(reading_order(stage));
    let page =
        |&number: &Number| Paragraph { stage, number, concerned: Arc::clone(&concerned) }.page(Arc::clone(&order));
    let mut pages: Vec<PageJob<'s>> = stage.numbers.keys().map(page).collect();
    pages.push(index(stage));
    pages
}

fn concerned(stage: &Stage<'_>) -> Concerned {
    let editions = stage.editions();
    editions.filter_map(|edition| Some((edition, entries_by_number(&stage.comparison(edition)?)))).collect()
}

fn entries_by_number(comparison: &Comparison<'_>) -> BTreeMap<Number, Vec<usize>> {
    let mut by_number: BTreeMap<Number, Vec<usize>> = BTreeMap::new();
    let editions = &comparison.stage.project.history.editions;
    let series = |edition: usize| editions[edition].numbering.series;
    // Where the numbering begins anew, a number of the old text is another paragraph's in the new one.
    let one_series = series(comparison.from) == series(comparison.to);
    for (at, entry) in comparison.changes.entries.iter().enumerate() {
        let of =
            |side: Side<'_>, units: &[usize]| units.iter().filter_map(|&unit| side.number(unit)).collect::<Vec<_>>();
        let from = if one_series { of(comparison.old(), &entry.from) } else { Vec::new() };
        let numbers = from.into_iter().chain(of(comparison.new_side(), &entry.to));
        for number in numbers.collect::<BTreeSet<_>>() {
            by_number.entry(number).or_default().push(at);
        }
    }
    by_number
}

/// The numbers of the release in force in reading order, for the ways to the neighbours.
fn reading_order(stage: &Stage<'_>) -> Vec<Number> {
    let shown = stage.site.validity.shown();
    shown.map(|edition| stage.project.history.editions[edition].numbering.blocks.clone()).unwrap_or_default()
}

struct Paragraph<'a> {
    stage: &'a Stage<'a>,
    number: Number,
    concerned: Arc<OnceLock<Concerned>>,
}

impl<'a> Paragraph<'a> {
    fn page(self, order: Arc<Vec<Number>>) -> PageJob<'a> {
        let (stage, number) = (self.stage, self.number);
        let path = stage.number_path(number);
        let mut above = stage.above_guideline();
        above.push(Link::new(stage.locale.text("numbers"), stage.numbers_path()));
        stage.page("number.html", &path, &self.title(), above).later(move |page| {
            page.head.relations.extend(Cited::Number(number).relations(stage));
            page.context.insert("citation_files", &Cited::Number(number).links(stage));
            page.context.insert("number", &number.to_string());
            page.context.insert("series", &self.lives());
            let targets: Vec<Target> = stage.editions().map(|edition| self.target(edition)).collect();
            page.context.insert("backlinks", &stage.backlinks(&targets));
            let at = order.iter().position(|&other| other == number);
            let neighbour = |at: Option<usize>| at.and_then(|at| order.get(at)).map(|&number| self.neighbour(number));
            page.context.insert("previous", &neighbour(at.and_then(|at| at.checked_sub(1))));
            page.context.insert("next", &neighbour(at.map(|at| at + 1)));
        })
    }

    /// „Rn. 12, Ziele“. Where the number means several paragraphs, the page has the name of none.
    fn title(&self) -> String {
        let label = self.stage.locale.text_of("number-label", "number", &self.number.to_string());
        let series = self.series();
        let only = if let [(_, editions)] = series.as_slice() { self.now(editions) } else { None };
        only.map_or(label.clone(), |(edition, block)| format!("{label}, {}", self.chapter_title(edition, block)))
    }

    /// The page of a number of the release in force.
    fn neighbour(&self, number: Number) -> Link {
        let label = self.stage.locale.text_of("number-label", "number", &number.to_string());
        let shown = self.stage.site.validity.shown();
        let life = shown.and_then(|shown| self.stage.life_path(shown, number));
        Link::new(label, life.unwrap_or_else(|| self.stage.number_path(number)))
    }

    /// What a reference to the number names in an edition.
    fn target(&self, edition: usize) -> Target {
        match self.stage.project.history.editions[edition].numbering.block(self.number) {
            Some(block) => Target::Block(edition, block),
            None => Target::GoneNumber(edition, self.number),
        }
    }

    /// The block of one series that is shown as the text of today: that of the release in force, else of the last that
    /// had it.
    fn now(&self, editions: &[usize]) -> Option<(usize, usize)> {
        let has = |edition: usize| {
            let block = self.stage.project.history.editions[edition].numbering.block(self.number)?;
            Some((edition, block))
        };
        let shown = self.stage.site.validity.shown().filter(|shown| editions.contains(shown));
        let releases = editions.iter().rev().copied().filter(|&edition| !self.stage.is_draft(edition));
        shown.and_then(has).or_else(|| releases.into_iter().find_map(has))
    }

    /// What is to be said if the release in force has the paragraph no more, or has it under another number.
    fn gone_now(&self, editions: &[usize], now: Option<(usize, usize)>) -> Option<serde_json::Value> {
        let history = &self.stage.project.history;
        let shown = self.stage.site.validity.shown()?;
        let release = self.stage.edition_label(shown);
        if !editions.contains(&shown) {
            let (last, block) = now?;
            // Its series has ended; what goes on from it has another number.
            let begun = history.renumbered_between(last, shown)?;
            let ended = history.editions[last].numbering.series < history.editions[shown].numbering.series;
            let into = history.follow(last, block, shown).and_then(|found| self.found(shown, found));
            let concordance = self.stage.concordance_path(begun);
            let renumbered = into.is_some();
            return (ended && last < shown).then(
                || json!({"release": release, "into": into, "renumbered": renumbered, "concordance": concordance}),
            );
        }
        let numbering = &history.editions[shown].numbering;
        let gone = numbering.gone(self.number).filter(|_| numbering.block(self.number).is_none())?;
        let into = match gone.fate {
            Fate::MergedInto(into) => Some(self.neighbour(into)),
            Fate::Deleted | Fate::Moved => None,
        };
        Some(json!({"release": release, "into": into, "renumbered": false}))
    }

    /// The page of the number that a block has.
    fn found(&self, edition: usize, found: Found) -> Option<Link> {
        match found {
            Found::Block(block) => {
                Some(self.neighbour(self.stage.project.history.editions[edition].numbering.blocks[block]))
            }
            Found::Gone(_) => None,
        }
    }

    fn chapter_title(&self, edition: usize, block: usize) -> String {
        let text = &self.stage.project.history.editions[edition].text;
        text.chapters[text.blocks[block].chapter].title.clone()
    }

    /// Title of the section a block stands in; `None` where that is the chapter.
    fn section_title(&self, edition: usize, block: usize) -> Option<String> {
        let text = &self.stage.project.history.editions[edition].text;
        let section = text.section_title(text.blocks[block].units.start);
        (section != self.chapter_title(edition, block)).then_some(section)
    }

    /// A block as it is read, with its place.
    fn text(&self, edition: usize, block: usize) -> Wording {
        Wording {
            release: self.stage.release(edition),
            chapter: self.chapter_title(edition, block),
            section: self.section_title(edition, block),
            path: resolve::address(self.stage.project, &Target::Block(edition, block)),
            html: self.html(edition, block),
        }
    }

    /// A block as its chapter shows it.
    fn html(&self, edition: usize, block: usize) -> String {
        let project = self.stage.project;
        let found = &project.history.editions[edition].text.blocks[block];
        let body = history::source(&project.sources, edition).chapters[found.chapter].page.body;
        self.stage.writer(body, None).lone_block(&project.documents.of(body).blocks[found.index])
    }

    /// The paragraphs that have the number, one in each series.
    fn lives(&self) -> Vec<Life> {
        self.series().into_iter().map(|(series, editions)| self.life(series, &editions)).collect()
    }

    /// The series that have the number with their editions: that of the release in force first, then the newest.
    fn series(&self) -> Vec<(usize, Vec<usize>)> {
        let history = &self.stage.project.history;
        let mut series: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for edition in self.stage.editions() {
            let numbering = &history.editions[edition].numbering;
            let known = numbering.block(self.number).is_some() || numbering.gone(self.number).is_some();
            // A series that only the draft has is provisional.
            let released =
                self.stage.numbers.get(&self.number).is_some_and(|series| series.contains(&numbering.series));
            if known && released {
                series.entry(numbering.series).or_default().push(edition);
            }
        }
        let in_force = self.stage.site.validity.shown().map(|shown| history.editions[shown].numbering.series);
        let mut series: Vec<(usize, Vec<usize>)> = series.into_iter().rev().collect();
        series.sort_by_key(|&(series, _)| Some(series) != in_force);
        series
    }

    fn life(&self, series: usize, editions: &[usize]) -> Life {
        let stage = self.stage;
        let now = self.now(editions);
        let with_text =
            |edition: &&usize| stage.project.history.editions[**edition].numbering.block(self.number).is_some();
        let holds = editions.iter().filter(with_text);
        Life {
            anchor: life_anchor(series),
            since: editions.first().map(|&edition| stage.edition_label(edition)),
            releases: holds.map(|&edition| Link::new(stage.edition_label(edition), self.address(edition))).collect(),
            now: now.map(|(edition, block)| self.text(edition, block)),
            gone: self.gone_now(editions, now),
            // The page of all series is this one.
            citation: now
                .map(|(edition, block)| Citation { all_series: None, ..Citation::of_block(stage, edition, block) }),
            stations: editions.iter().rev().map(|&edition| self.station(edition, editions[0] == edition)).collect(),
        }
    }

    fn address(&self, edition: usize) -> String {
        resolve::address(self.stage.project, &self.target(edition))
    }

    fn station(&self, edition: usize, first: bool) -> Station {
        let stage = self.stage;
        let numbering = &stage.project.history.editions[edition].numbering;
        let block = numbering.block(self.number);
        let gone = numbering.gone(self.number).filter(|_| block.is_none());
        let changes = self.changes(edition);
        let html = block.filter(|_| first && changes.is_empty()).map(|block| self.html(edition, block));
        Station {
            release: stage.release(edition),
            path: self.address(edition),
            chapter: block.map(|block| self.chapter_title(edition, block)),
            section: block.and_then(|block| self.section_title(edition, block)),
            gone: gone.map(|gone| super::gone::text(stage, edition, gone, gone)),
            first,
            changes,
            html,
        }
    }

    /// What an edition changed in the paragraph, against its predecessor.
    fn changes(&self, edition: usize) -> Vec<StationChange> {
        let Some(comparison) = self.stage.comparison(edition) else { return Vec::new() };
        let concerned = self.concerned.get_or_init(|| concerned(self.stage));
        let entries = concerned.get(&edition).and_then(|numbers| numbers.get(&self.number));
        let mut told = BTreeSet::new();
        entries.into_iter().flatten().map(|&at| self.change(&comparison, at, &mut told)).collect()
    }

    fn change(&self, comparison: &Comparison<'_>, at: usize, told: &mut BTreeSet<usize>) -> StationChange {
        let entry = &comparison.changes.entries[at];
        let (_, side, units) = comparison.shown_side(entry);
        let unit = units.first().map(|&unit| &side.text.units[unit]);
        StationChange {
            kinds: comparison.kinds(entry),
            facets: comparison.facets(entry),
            path: format!("{}#{}", comparison.path(), comparison.anchor(at)),
            item: unit.and_then(|unit| comparison.item_label(unit)),
            html: comparison.inline(entry),
            reason: comparison.untold_reason(entry, told),
        }
    }
}

/// Every number with the chapter it stands in, for those who have only the number.
fn index<'s>(stage: &'s Stage<'_>) -> PageJob<'s> {
    let path = stage.numbers_path();
    let page = stage.page("numbers.html", &path, &stage.locale.text("numbers"), stage.above_guideline());
    page.later(move |page| {
        let links = |numbers: &mut dyn Iterator<Item = Number>| -> Vec<Link> {
            numbers.map(|number| Link::new(number.to_string(), stage.number_path(number))).collect()
        };
        let editions = &stage.project.history.editions;
        let mut groups = Vec::new();
        let mut listed: BTreeSet<Number> = BTreeSet::new();
        if let Some(edition) = stage.site.validity.shown() {
            let numbers = &editions[edition].numbering.blocks;
            for chapter in &editions[edition].text.chapters {
                let own = &numbers[chapter.blocks.clone()];
                listed.extend(own);
                groups.push(json!({"title": chapter.title, "items": links(&mut own.iter().copied())}));
            }
            page.context.insert("release", &stage.release(edition));
        }
        let releases = 0..stage.project.sources.releases.len();
        let (upcoming, past): (Vec<usize>, Vec<usize>) =
            releases.partition(|&edition| stage.site.validity.status(edition) == Status::Upcoming);
        let mut others = |key: &str, of: Vec<usize>| {
            let numbers = of.into_iter().flat_map(|edition| editions[edition].numbering.blocks.iter().copied());
            let numbers: BTreeSet<Number> = numbers.filter(|number| !listed.contains(number)).collect();
            listed.extend(&numbers);
            if !numbers.is_empty() {
                let items = links(&mut numbers.into_iter());
                groups.push(json!({"title": stage.locale.text(key), "items": items}));
            }
        };
        others("numbers-others", past);
        others("numbers-upcoming", upcoming);
        page.context.insert("groups", &groups);
    })
}
