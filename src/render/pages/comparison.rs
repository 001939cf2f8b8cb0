//! The changes between two editions, three ways: list, side by side, inline.

use rayon::prelude::*;
use serde::Serialize;

use super::super::export::relations;
use super::super::view::{Link, Named};
use super::super::{PageJob, Stage};
use super::passages::{Shown, wrapped};
use crate::changes::{self, Change, ChangeKind, Changes, ChapterOf, ChapterSummary, Side, Step, Summary};
use crate::load::ReasonSource;
use crate::release_text::UnitKind;
use crate::resolve;
use crate::target::{Target, edition_path};
use crate::words::Op;

/// Unchanged passages in a row that are shown around a change; longer runs fold.
const CONTEXT: usize = 1;

#[derive(Serialize)]
struct View {
    name: &'static str,
    title: String,
    path: String,
    current: bool,
}

#[derive(Serialize)]
struct Place {
    label: String,
    section: String,
    chapter: String,
    path: Option<String>,
}

#[derive(Serialize)]
struct ReasonView {
    text: String,
    cause: Option<&'static str>,
    cause_label: Option<String>,
    refs: Vec<Link>,
}

#[derive(Serialize)]
struct Word {
    op: &'static str,
    text: String,
}

#[derive(Serialize)]
struct Entry {
    anchor: String,
    unit_label: String,
    kinds: Vec<Named>,
    from: Vec<Place>,
    to: Vec<Place>,
    facets: Vec<Named>,
    words: Vec<Word>,
    reason: Option<ReasonView>,
}

#[derive(Serialize)]
struct Cell {
    number: Option<String>,
    path: Option<String>,
    html: String,
}

#[derive(Serialize, Default)]
struct Row {
    fold: usize,
    kinds: Vec<Named>,
    old: Option<Cell>,
    new: Option<Cell>,
}

#[derive(Serialize)]
struct Line {
    kind: &'static str,
    number: Option<String>,
    path: Option<String>,
    kinds: Vec<Named>,
    html: String,
    fold: usize,
}

/// Counts as templates see them.
pub(super) fn summary(summary: &Summary) -> serde_json::Value {
    let mut value = serde_json::Map::new();
    value.insert("unchanged".into(), summary.unchanged.into());
    for kind in ChangeKind::ALL {
        value.insert(kind.name().into(), summary.count(kind).into());
    }
    // Rounded down: 100 % is said only where nothing is lost.
    value.insert("words_kept_percent".into(), ((summary.words_kept * 100.0).floor() as i64).into());
    value.into()
}

/// The pages of all comparisons.
pub(super) fn pages(stage: &Stage<'_>) -> Vec<PageJob> {
    let pairs: Vec<(&(usize, usize), &Changes)> = stage.changes.iter().collect();
    pairs
        .into_par_iter()
        .flat_map_iter(|(&(from, to), changes)| Comparison { stage, from, to, changes }.pages())
        .collect()
}

struct Comparison<'a> {
    stage: &'a Stage<'a>,
    from: usize,
    to: usize,
    changes: &'a Changes,
}

impl<'a> Comparison<'a> {
    fn old(&self) -> Side<'a> {
        self.stage.project.history.side(self.from)
    }

    fn new_side(&self) -> Side<'a> {
        self.stage.project.history.side(self.to)
    }

    fn pages(&self) -> Vec<PageJob> {
        vec![self.list(), self.synopsis(), self.redline()]
    }

    /// The folder of this comparison's pages.
    fn base_path(&self, from: usize) -> String {
        self.stage.changes_path(from, self.to)
    }

    fn views(&self, current: &'static str) -> Vec<View> {
        let (base, addresses) = (self.base_path(self.from), &self.stage.project.sources.config.addresses);
        let views = [
            ("changes", base.clone()),
            ("synopsis", format!("{base}{}/", addresses.synopsis)),
            ("redline", format!("{base}{}/", addresses.redline)),
        ];
        let view = |(name, path): (&'static str, String)| View {
            name,
            title: self.stage.locale.text(&format!("view-{name}")),
            path,
            current: name == current,
        };
        views.into_iter().map(view).collect()
    }

    fn bases(&self) -> Vec<serde_json::Value> {
        let to = self.to;
        let all = self.stage.changes.keys().filter(|&&(_, edition)| edition == to);
        let bases = all.map(|&(from, _)| {
            serde_json::json!({
                "label": self.stage.edition_label(from),
                "path": self.base_path(from),
                "current": from == self.from,
            })
        });
        bases.collect()
    }

    fn page(&self, template: &'static str, name: &'static str) -> PageJob {
        let stage = self.stage;
        let views = self.views(name);
        let path = views.iter().find(|view| view.current).map(|view| view.path.clone()).unwrap_or_default();
        let title = views.iter().find(|view| view.current).map(|view| view.title.clone()).unwrap_or_default();
        let title = format!("{title}: {} → {}", stage.edition_label(self.from), stage.edition_label(self.to));
        let mut above = stage.above_edition(self.to);
        if name != "changes" {
            above.push(Link::new(&views[0].title, &views[0].path));
        }
        let mut page = stage.page(template, &path, &title, above);
        page.head.relations = relations::changes(stage, self.from, self.to);
        page.context.insert("release", &stage.release(self.to));
        page.context.insert("base", &stage.release(self.from));
        page.context.insert("views", &views);
        page.context.insert("bases", &self.bases());
        page.context.insert("summary", &summary(&self.changes.summary));
        let whole: Vec<ReasonView> = self
            .changes
            .reasons
            .iter()
            .filter(|reason| reason.at.is_none())
            .map(|reason| self.reason(reason))
            .collect();
        page.context.insert("release_reasons", &whole);
        page
    }

    fn list(&self) -> PageJob {
        let mut page = self.page("changes.html", "changes");
        let chapters = self.chapters(|chapter| {
            let entries: Vec<Entry> = chapter.entries.iter().map(|&at| self.entry(at)).collect();
            serde_json::json!({"entries": entries})
        });
        page.context.insert("chapters", &chapters);
        page
    }

    fn synopsis(&self) -> PageJob {
        let mut page = self.page("synopsis.html", "synopsis");
        let chapters = self.chapters(|chapter| serde_json::json!({"rows": self.rows(chapter)}));
        page.context.insert("chapters", &chapters);
        page
    }

    fn redline(&self) -> PageJob {
        let mut page = self.page("redline.html", "redline");
        let chapters = self.chapters(|chapter| serde_json::json!({"lines": self.lines(chapter)}));
        page.context.insert("chapters", &chapters);
        page
    }

    /// The chapters in which something changed, each with what `content` adds.
    fn chapters(&self, content: impl Fn(&ChapterSummary) -> serde_json::Value) -> Vec<serde_json::Value> {
        let project = self.stage.project;
        let touched = self.changes.chapters.iter().filter(|chapter| !chapter.entries.is_empty());
        let chapters = touched.map(|chapter| {
            let (title, path, old_chapter) = match chapter.chapter {
                ChapterOf::New(at) => {
                    let old = project.history.counterpart(self.to, at, self.from);
                    (
                        self.new_side().text.chapters[at].title.clone(),
                        Some(resolve::address(project, &Target::Chapter(self.to, at))),
                        old,
                    )
                }
                ChapterOf::Old(at) => (self.old().text.chapters[at].title.clone(), None, Some(at)),
            };
            let old_path = old_chapter.map(|at| resolve::address(project, &Target::Chapter(self.from, at)));
            let mut value = content(chapter);
            if let Some(fields) = value.as_object_mut() {
                fields.insert("title".into(), title.into());
                fields.insert("gone".into(), path.is_none().into());
                fields.insert("new".into(), (path.is_some() && old_path.is_none()).into());
                fields.insert("path".into(), path.into());
                fields.insert("old_path".into(), old_path.into());
                fields.insert("summary".into(), summary(&chapter.summary));
            }
            value
        });
        chapters.collect()
    }

    fn kinds(&self, entry: &Change) -> Vec<Named> {
        let named = |kind: &ChangeKind| Named {
            name: kind.name(),
            label: self.stage.locale.text(&format!("kind-{}", kind.name())),
            detail: None,
        };
        entry.kinds.iter().map(named).collect()
    }

    fn entry(&self, at: usize) -> Entry {
        let entry = &self.changes.entries[at];
        let facets = entry.facets.iter().map(|facet| Named {
            name: facet.name(),
            label: self.stage.locale.text(&format!("facet-{}", facet.name())),
            detail: facet.detail(),
        });
        let passages = changes::passages(entry, self.old(), self.new_side());
        let mut facets: Vec<Named> = facets.collect();
        if changes::looks_unchanged(&passages) && entry.kinds.contains(&ChangeKind::Editorial) {
            let label = self.stage.locale.text("editorial-marks");
            facets.push(Named { name: "marks", label, detail: None });
        }
        let words = spaced(changes::excerpt(passages));
        Entry {
            anchor: format!("lw-c{}", at + 1),
            unit_label: self.stage.locale.text(&format!("unit-{}", changes::json::unit_name(entry.unit))),
            kinds: self.kinds(entry),
            from: self.places(self.from, self.old(), &entry.from),
            to: self.places(self.to, self.new_side(), &entry.to),
            facets,
            words,
            reason: entry.reason.map(|reason| self.reason(&self.changes.reasons[reason])),
        }
    }

    fn reason(&self, reason: &ReasonSource) -> ReasonView {
        ReasonView {
            text: reason.text.clone(),
            cause: reason.cause.map(crate::load::Cause::name),
            cause_label: reason.cause.map(|cause| self.stage.locale.text(&format!("cause-{}", cause.name()))),
            refs: self.stage.links(&reason.refs),
        }
    }

    fn places(&self, edition: usize, side: Side<'_>, units: &[usize]) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::new();
        for &unit in units {
            let place = self.place(edition, side, unit);
            if places.last().is_none_or(|last| last.label != place.label) {
                places.push(place);
            }
        }
        places
    }

    fn place(&self, edition: usize, side: Side<'_>, unit: usize) -> Place {
        let found = &side.text.units[unit];
        let locale = self.stage.locale;
        let mut label = match (found.kind, side.number(unit)) {
            (UnitKind::Chapter, _) => locale.text("unit-chapter"),
            (_, Some(number)) => locale.text_of("number-label", "number", &number.to_string()),
            (_, None) => locale.text("unit-heading"),
        };
        if let Some(item) = found.item {
            let key = if found.kind == UnitKind::Row { "unit-row-of" } else { "unit-item-of" };
            label = format!("{label} {}", locale.text_of(key, "item", &item.to_string()));
        }
        Place {
            label,
            section: side.text.section_title(unit),
            chapter: side.text.chapters[found.chapter].title.clone(),
            path: Some(self.unit_path(edition, side, unit)),
        }
    }

    /// The address of a unit in its edition.
    fn unit_path(&self, edition: usize, side: Side<'_>, unit: usize) -> String {
        let found = &side.text.units[unit];
        let project = self.stage.project;
        match (found.block, &found.anchor) {
            (Some(block), _) => resolve::address(project, &Target::Block(edition, block)),
            (None, Some(anchor)) => {
                format!("{}#{anchor}", resolve::address(project, &Target::Chapter(edition, found.chapter)))
            }
            (None, None) => resolve::address(project, &Target::Chapter(edition, found.chapter)),
        }
    }

    /// The rows of a chapter side by side; long unchanged runs fold.
    fn rows(&self, chapter: &ChapterSummary) -> Vec<Row> {
        let mut rows = Vec::new();
        for (fold, step) in folded(&chapter.steps) {
            match step {
                Some(Step::Unchanged(at)) => {
                    let (from, to) = self.changes.unchanged[at];
                    rows.push(Row {
                        old: Some(self.cell(self.from, self.old(), from)),
                        new: Some(self.cell(self.to, self.new_side(), to)),
                        ..Row::default()
                    });
                }
                Some(Step::Changed(at)) => rows.push(self.changed_row(&self.changes.entries[at])),
                None => rows.push(Row { fold, ..Row::default() }),
            }
        }
        rows
    }

    /// The numbers of several units, each once: `21, 21a`.
    fn numbers(&self, side: Side<'_>, units: &[usize]) -> Option<String> {
        let mut numbers: Vec<String> =
            units.iter().filter_map(|&unit| side.number(unit)).map(|number| number.to_string()).collect();
        numbers.dedup();
        (!numbers.is_empty()).then(|| numbers.join(", "))
    }

    fn cell(&self, edition: usize, side: Side<'_>, unit: usize) -> Cell {
        let html = wrapped(&side.text.units[unit], &self.stage.plain_passage(&side.text.units[unit].tokens));
        Cell {
            number: side.number(unit).map(|number| number.to_string()),
            path: Some(self.unit_path(edition, side, unit)),
            html,
        }
    }

    fn changed_row(&self, entry: &Change) -> Row {
        let (old, new) = (self.old().joined_tokens(&entry.from), self.new_side().joined_tokens(&entry.to));
        let cell = |edition: usize, side: Side<'_>, units: &[usize], shown: Shown| {
            let &first = units.first()?;
            let passage = self.stage.passage(&entry.words, &old, &new, shown);
            Some(Cell {
                number: self.numbers(side, units),
                path: Some(self.unit_path(edition, side, first)),
                html: wrapped(&side.text.units[first], &passage),
            })
        };
        Row {
            fold: 0,
            kinds: self.kinds(entry),
            old: cell(self.from, self.old(), &entry.from, Shown::Old),
            new: cell(self.to, self.new_side(), &entry.to, Shown::New),
        }
    }

    /// The lines of a chapter with all changes inline, in the new text's order.
    fn lines(&self, chapter: &ChapterSummary) -> Vec<Line> {
        let mut lines = Vec::new();
        for &step in &chapter.steps {
            let (side, edition, unit, kinds, html) = match step {
                Step::Unchanged(at) => {
                    let (_, to) = self.changes.unchanged[at];
                    let html = self.stage.plain_passage(&self.new_side().text.units[to].tokens);
                    (self.new_side(), self.to, to, Vec::new(), html)
                }
                Step::Changed(at) => {
                    let entry = &self.changes.entries[at];
                    let (old, new) = (self.old().joined_tokens(&entry.from), self.new_side().joined_tokens(&entry.to));
                    let html = self.stage.passage(&entry.words, &old, &new, Shown::Both);
                    let (side, edition, unit) = match (entry.to.first(), entry.from.first()) {
                        (Some(&to), _) => (self.new_side(), self.to, to),
                        (None, Some(&from)) => (self.old(), self.from, from),
                        (None, None) => continue,
                    };
                    (side, edition, unit, self.kinds(entry), html)
                }
            };
            let found = &side.text.units[unit];
            if found.kind == UnitKind::Chapter && kinds.is_empty() {
                continue;
            }
            let kind = if found.kind == UnitKind::Heading { "heading" } else { "block" };
            let number = match step {
                Step::Changed(at) if !self.changes.entries[at].to.is_empty() => {
                    self.numbers(self.new_side(), &self.changes.entries[at].to)
                }
                _ => side.number(unit).map(|number| number.to_string()),
            };
            let path = Some(self.unit_path(edition, side, unit));
            lines.push(Line { kind, number, path, kinds, html: wrapped(found, &html), fold: 0 });
        }
        lines
    }
}

/// The runs with the blanks at their beginnings outside the marks, where a line under them would look torn.
fn spaced(runs: Vec<(Op, String)>) -> Vec<Word> {
    let whole = runs.len() == 1;
    let mut words = Vec::new();
    for (op, text) in runs {
        // What replaces a word stands beside it, not in it.
        if op == Op::Insert && words.last().is_some_and(|last: &Word| last.op == "-") && !text.starts_with(' ') {
            words.push(Word { op: "=", text: " ".to_owned() });
        }
        // Where a paragraph was split or joined, the end of a line is all that changed, and must be seen.
        let text = if op == Op::Equal || whole { text } else { text.replace('\n', "¶\n") };
        let inner = text.trim_start();
        if op != Op::Equal && inner.len() < text.len() {
            words.push(Word { op: "=", text: text[..text.len() - inner.len()].to_owned() });
            words.push(Word { op: changes::json::op_name(op), text: inner.to_owned() });
        } else {
            words.push(Word { op: changes::json::op_name(op), text });
        }
    }
    words.retain(|word| !word.text.is_empty());
    words
}

/// The steps with unchanged runs folded to the passages next to a change; a fold is its length and no step.
fn folded(steps: &[Step]) -> Vec<(usize, Option<Step>)> {
    let is_change = |step: &Step| matches!(step, Step::Changed(_));
    let near = |at: usize| {
        let from = at.saturating_sub(CONTEXT);
        let to = (at + CONTEXT).min(steps.len() - 1);
        steps[from..=to].iter().any(is_change)
    };
    let mut folded: Vec<(usize, Option<Step>)> = Vec::new();
    for (at, &step) in steps.iter().enumerate() {
        if near(at) {
            folded.push((0, Some(step)));
        } else if let Some((count, None)) = folded.last_mut() {
            *count += 1;
        } else {
            folded.push((1, None));
        }
    }
    folded
}

impl Stage<'_> {
    /// The folder of an edition.
    pub(super) fn edition_path(&self, edition: usize) -> String {
        edition_path(&self.project.sources, edition)
    }
}
