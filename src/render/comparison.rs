//! [`Comparison`]: two editions and what changed between them, as templates see it: entries with their places, words,
//! facets and reasons.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Stage;
use super::frames::FrameKind;
use super::places::{self, Move, Titles};
use super::view::{Link, Named};
use crate::changes::{self, Change, ChangeKind, Changes, ChapterOf, Facet, Side, Summary};
use crate::load::{Cause, ReasonSource};
use crate::release_text::Unit;
use crate::resolve;
use crate::target::Target;
use crate::words::Op;

/// A place of an entry.
#[derive(Serialize)]
pub(super) struct Place {
    pub label: String,
    pub section: String,
    pub chapter: String,
    pub path: Option<String>,
    /// The paragraph through all releases.
    pub history: Option<String>,
}

/// The editors' word on why something changed.
#[derive(Serialize)]
pub(super) struct ReasonView {
    pub text: String,
    pub cause: Option<&'static str>,
    pub cause_label: Option<String>,
    pub refs: Vec<Link>,
}

/// A run of words: `=`, `-` or `+`.
#[derive(Serialize)]
pub(super) struct Word {
    pub op: &'static str,
    pub text: String,
}

/// One change.
#[derive(Serialize)]
pub(super) struct Entry {
    pub anchor: String,
    pub unit_label: String,
    pub kinds: Vec<Named>,
    pub from: Vec<Place>,
    pub to: Vec<Place>,
    pub facets: Vec<Named>,
    pub words: Vec<Word>,
    /// The frame of an item or a row; empty for what stands in none.
    pub frame: &'static str,
    /// In place of `words`, rows in their table.
    pub html: Option<String>,
    pub reason: Option<ReasonView>,
    /// What drove the change, by its reason.
    pub cause: Option<&'static str>,
    pub cause_label: Option<String>,
    /// Where the reason stands if it was told before.
    pub told: Option<Link>,
    /// Whether it stays where it was, under the number it had.
    pub stayed: bool,
}

/// The way between the old place of what moved and the new one, on the page that shows both.
#[derive(Serialize)]
pub(super) struct MovedLink {
    /// Id of this end.
    pub anchor: String,
    /// The other end.
    pub path: String,
    /// Where that is.
    pub text: String,
}

/// Counts as templates see them.
pub(super) fn summary(summary: &Summary) -> serde_json::Value {
    let mut value = serde_json::Map::new();
    value.insert("unchanged".into(), summary.unchanged.into());
    for kind in ChangeKind::ALL {
        value.insert(kind.name().into(), summary.count(kind).into());
    }
    value.insert("words_kept_percent".into(), changes::percent(summary.words_kept).into());
    value.into()
}

/// Two editions that are compared.
pub(super) struct Comparison<'a> {
    pub stage: &'a Stage<'a>,
    pub from: usize,
    pub to: usize,
    pub changes: &'a Changes,
    /// What became of titles and headings, found when it is asked for first.
    titles: OnceCell<Titles>,
}

impl<'a> Comparison<'a> {
    /// The comparison of one edition with another, and what changed.
    pub fn new(stage: &'a Stage<'a>, from: usize, to: usize, changes: &'a Changes) -> Self {
        Self { stage, from, to, changes, titles: OnceCell::new() }
    }

    /// The older text.
    pub fn old(&self) -> Side<'a> {
        self.stage.project.history.side(self.from)
    }

    /// The newer text.
    pub fn new_side(&self) -> Side<'a> {
        self.stage.project.history.side(self.to)
    }

    /// The text of one of the two editions.
    pub fn side(&self, edition: usize) -> Side<'a> {
        self.stage.project.history.side(edition)
    }

    /// Where an entry is shown: the edition, its text and the units there. That is the newer one, unless nothing of the
    /// entry is left in it.
    pub fn shown_side<'e>(&self, entry: &'e Change) -> (usize, Side<'a>, &'e [usize]) {
        match entry.to.is_empty() {
            false => (self.to, self.new_side(), &entry.to),
            true => (self.from, self.old(), &entry.from),
        }
    }

    /// The folder of the comparison's pages.
    pub fn path(&self) -> String {
        self.stage.changes_path(self.from, self.to)
    }

    /// Id of an entry on the comparison's pages.
    pub fn anchor(&self, entry: usize) -> String {
        format!("lw-c{}", entry + 1)
    }

    /// Id of the old place of an entry that moved.
    pub fn left_anchor(&self, entry: usize) -> String {
        format!("lw-v{}", entry + 1)
    }

    /// Title of a chapter of either text.
    pub fn chapter_title(&self, chapter: ChapterOf) -> String {
        match chapter {
            ChapterOf::New(at) => self.new_side().text.chapters[at].title.clone(),
            ChapterOf::Old(at) => self.old().text.chapters[at].title.clone(),
        }
    }

    /// Id of a chapter's part of a page. A chapter that is gone may share its slug with another.
    pub fn chapter_anchor(&self, chapter: ChapterOf) -> String {
        match chapter {
            ChapterOf::New(at) => format!("lw-chapter-{}", self.new_side().text.chapters[at].slug),
            ChapterOf::Old(at) => format!("lw-chapter-gone-{}", self.old().text.chapters[at].slug),
        }
    }

    /// The kinds of an entry with their names for people.
    pub fn kinds(&self, entry: &Change) -> Vec<Named> {
        self.stage.kinds(&entry.kinds)
    }

    /// An entry as the change list shows it, its words cut to the passages around the changes. A reason that was `told`
    /// at another entry is not told again.
    pub fn entry(&self, at: usize, told: &mut BTreeMap<usize, usize>) -> Entry {
        let entry = &self.changes.entries[at];
        let passages = changes::passages(entry, self.old(), self.new_side());
        let mut facets = self.facets(entry);
        if changes::looks_unchanged(&passages) && entry.kinds.contains(&ChangeKind::Editorial) {
            let label = self.stage.locale.text("editorial-marks");
            facets.push(Named { name: "marks", label, detail: None });
        }
        let first = entry.reason.map_or(at, |reason| *told.entry(reason).or_insert(at));
        let (from, to) =
            (self.places(self.from, self.old(), &entry.from), self.places(self.to, self.new_side(), &entry.to));
        let moved = entry.kinds.contains(&ChangeKind::Moved);
        let frame = self.frame_of(entry).kind;
        let cause = entry.reason.and_then(|at| self.changes.reasons[at].cause);
        Entry {
            stayed: !moved && from.iter().map(|place| &place.label).eq(to.iter().map(|place| &place.label)),
            cause_label: cause.map(|cause| self.cause_label(cause)),
            cause: cause.map(Cause::name),
            told: (first != at).then(|| self.told_at(first)),
            anchor: self.anchor(at),
            unit_label: self.stage.locale.text(&format!("unit-{}", changes::json::unit_name(entry.unit))),
            kinds: self.kinds(entry),
            from,
            to,
            facets,
            words: spaced(changes::excerpt(passages)),
            frame: frame.name(),
            html: (frame == FrameKind::Table).then(|| self.inline(entry)),
            reason: self.reason_of(entry).filter(|_| first == at),
        }
    }

    /// The entry at which a reason is told.
    fn told_at(&self, at: usize) -> Link {
        let (_, side, units) = self.shown_side(&self.changes.entries[at]);
        let label = units.first().map(|&unit| self.label(side, unit)).unwrap_or_default();
        Link::new(label, format!("#{}", self.anchor(at)))
    }

    /// What of weight changed in an entry.
    pub fn facets(&self, entry: &Change) -> Vec<Named> {
        entry.facets.iter().map(|facet| self.facet(facet)).collect()
    }

    fn facet(&self, facet: &Facet) -> Named {
        let locale = self.stage.locale;
        let label = locale.text(&format!("facet-{}", facet.name()));
        let detail = facet.detail().map(|words| match words {
            ("", to) => locale.text_of("facet-force-came", "word", to),
            (from, "") => locale.text_of("facet-force-went", "word", from),
            (from, to) => format!("{from} → {to}"),
        });
        Named { name: facet.name(), label, detail }
    }

    /// Why an entry was changed, as far as the editors said.
    pub fn reason_of(&self, entry: &Change) -> Option<ReasonView> {
        entry.reason.map(|reason| self.reason(&self.changes.reasons[reason]))
    }

    /// The reason of an entry, unless it was `told` before, as for all paragraphs of a new section.
    pub fn untold_reason(&self, entry: &Change, told: &mut BTreeSet<usize>) -> Option<ReasonView> {
        if told.insert(entry.reason?) { self.reason_of(entry) } else { None }
    }

    /// A reason with links to what it rests on.
    pub fn reason(&self, reason: &ReasonSource) -> ReasonView {
        ReasonView {
            text: reason.text.clone(),
            cause: reason.cause.map(Cause::name),
            cause_label: reason.cause.map(|cause| self.cause_label(cause)),
            refs: self.stage.links(&reason.refs),
        }
    }

    fn cause_label(&self, cause: Cause) -> String {
        self.stage.locale.text(&format!("cause-{}", cause.name()))
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
        Place {
            label: self.label(side, unit),
            section: side.text.section_title(unit),
            chapter: side.text.chapters[found.chapter].title.clone(),
            path: Some(self.unit_path(edition, side, unit)),
            history: side.number(unit).and_then(|number| self.stage.life_path(edition, number)),
        }
    }

    /// „Rn. 12 Nr. 3“, or what it is.
    fn label(&self, side: Side<'_>, unit: usize) -> String {
        places::label(self.stage.locale, side, unit)
    }

    /// „Nr. 3“ for an item, „Zeile 3“ for a row.
    pub fn item_label(&self, unit: &Unit) -> Option<String> {
        places::inside(self.stage.locale, unit)
    }

    /// The address of a unit in its edition.
    pub fn unit_path(&self, edition: usize, side: Side<'_>, unit: usize) -> String {
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

    /// The numbers of several units, each once: `21, 21a`.
    pub fn numbers(&self, side: Side<'_>, units: &[usize]) -> Option<String> {
        let mut numbers: Vec<String> =
            units.iter().filter_map(|&unit| side.number(unit)).map(|number| number.to_string()).collect();
        numbers.dedup();
        (!numbers.is_empty()).then(|| numbers.join(", "))
    }

    /// The numbers of several units as readers write them, with the item where there is one unit.
    pub fn number_label(&self, side: Side<'_>, units: &[usize]) -> Option<String> {
        let label = self.stage.locale.text_of("number-label", "number", &self.numbers(side, units)?);
        let item = units.first().filter(|_| units.len() == 1).and_then(|&unit| self.item_label(&side.text.units[unit]));
        Some(item.map_or(label.clone(), |item| format!("{label} {item}")))
    }

    /// For something that moved, the way to its old place. A chapter that moved left none.
    pub fn came_from(&self, at: usize) -> Option<MovedLink> {
        let text = self.stage.locale.text_of("moved-from", "place", &self.moved(at)?.from());
        Some(MovedLink { anchor: self.anchor(at), path: format!("#{}", self.left_anchor(at)), text })
    }

    /// From the old place of something that moved the way to the new one.
    pub fn went_to(&self, at: usize) -> MovedLink {
        let what = self.changes.entries[at].from.first().map(|&from| self.label(self.old(), from));
        let mut args = fluent_bundle::FluentArgs::new();
        args.set("what", what.unwrap_or_default());
        args.set("place", self.moved(at).map(|moved| moved.to()).unwrap_or_default());
        let text = self.stage.locale.text_with("moved-to", &args);
        MovedLink { anchor: self.left_anchor(at), path: format!("#{}", self.anchor(at)), text }
    }

    fn moved(&self, at: usize) -> Option<Move<'a>> {
        let titles = self.titles.get_or_init(|| Titles::new(self.changes, self.old()));
        Move::of(&self.changes.entries[at], self.old(), self.new_side(), titles)
    }
}

/// The runs with the blanks at their beginnings outside the marks, where a line under them would look torn.
fn spaced(runs: Vec<(Op, String)>) -> Vec<Word> {
    let whole = runs.len() == 1;
    let mut words: Vec<Word> = Vec::new();
    let mut begins_line = true;
    for (op, text) in runs {
        // What replaces a word stands beside it, not in it.
        let replaced = words.last().filter(|last| op == Op::Insert && last.op == "-");
        if replaced.is_some_and(|last| changes::needs_blank(&last.text, &text, begins_line)) {
            words.push(Word { op: "=", text: " ".to_owned() });
        }
        begins_line = match op {
            Op::Delete => words.last().is_none_or(|last| last.text.ends_with('\n')),
            Op::Equal | Op::Insert => false,
        };
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

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(runs: &[(Op, &str)]) -> String {
        let words = spaced(runs.iter().map(|(op, text)| (*op, (*text).to_owned())).collect());
        words.iter().map(|word| if word.op == "=" { word.text.clone() } else { format!("[{}]", word.text) }).collect()
    }

    #[test]
    fn what_replaces_a_word_stands_beside_it_and_what_replaces_a_sign_in_its_place() {
        use Op::{Delete, Equal, Insert};
        let sign = [(Equal, "Bürger"), (Delete, "*"), (Insert, "/"), (Equal, "innen")];
        assert_eq!(shown(&sign), "Bürger[*][/]innen");
        assert_eq!(shown(&[(Equal, "Sie"), (Delete, " soll"), (Insert, " muss"), (Equal, ".")]), "Sie [soll] [muss].");
        assert_eq!(shown(&[(Delete, "Alle"), (Insert, "Jede"), (Equal, " prüfen")]), "[Alle] [Jede] prüfen");
        let lines = [(Equal, "a = 1\n"), (Delete, "b = \"2\""), (Insert, "\"b\" = 3"), (Equal, "\nc = 4")];
        assert_eq!(shown(&lines), "a = 1\n[b = \"2\"] [\"b\" = 3]\nc = 4");
    }
}
