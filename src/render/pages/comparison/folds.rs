//! Folds of unchanged passages: closed they say how many and which, open they show the text, or where it is long its
//! beginnings with links to the chapter.

use serde::Serialize;

use super::super::super::comparison::Comparison;
use super::super::super::frames::FrameKind;
use super::redline::Group;
use crate::changes::Step;
use crate::release_text::UnitKind;
use crate::tokens;

/// Unchanged passages in a row that are shown around a change; longer runs fold.
const CONTEXT: usize = 1;
/// A fold of more words holds no more than the beginnings. A page of a large comparison would else more than double for
/// what the chapter shows better; up to here a fold is a look at what stands between two changes.
const MOST_WORDS: usize = 250;
/// Words of a beginning.
const BEGINNING: usize = 9;

/// A fold.
#[derive(Serialize)]
pub(super) struct Fold {
    /// „12 unveränderte Absätze (Rn. 20–31)“.
    summary: String,
    /// The text.
    groups: Vec<Group>,
    /// In place of it, the beginnings.
    beginnings: Vec<Beginning>,
}

#[derive(Serialize)]
struct Beginning {
    number: Option<String>,
    /// The number in the older text, where it had another.
    was: Option<String>,
    text: String,
    path: String,
}

/// A piece of a chapter: a step, or unchanged passages that fold: indices into `Changes::unchanged`.
pub(super) enum Part {
    Step(Step),
    Fold(Vec<usize>),
}

impl Comparison<'_> {
    /// The fold of unchanged passages; `None` if nothing in it has a text of its own.
    pub(super) fn fold(&self, unchanged: &[usize]) -> Option<Fold> {
        let side = self.new_side();
        let unit_of = |at: usize| self.changes.unchanged[at].1;
        let unchanged: Vec<usize> =
            unchanged.iter().copied().filter(|&at| side.text.units[unit_of(at)].kind != UnitKind::Chapter).collect();
        let units: Vec<usize> = unchanged.iter().map(|&at| unit_of(at)).collect();
        if units.is_empty() {
            return None;
        }
        let words: usize = units.iter().map(|&unit| side.text.units[unit].words).sum();
        let (groups, beginnings) = match words <= MOST_WORDS {
            true => (self.framed(unchanged.iter().filter_map(|&at| self.unchanged_line(at)).collect()), Vec::new()),
            false => (Vec::new(), self.beginnings(&unchanged)),
        };
        Some(Fold { summary: self.fold_summary(&units), groups, beginnings })
    }

    /// How many passages of which sort, and their numbers.
    fn fold_summary(&self, units: &[usize]) -> String {
        let side = self.new_side();
        let mut blocks: Vec<usize> = units.iter().filter_map(|&unit| side.text.units[unit].block).collect();
        blocks.dedup();
        let kind = self.frame(&[], units).kind;
        let (key, count) = match (blocks.len(), kind) {
            (0, _) => ("fold-headings", units.len()),
            (1, FrameKind::Table) => ("fold-rows", units.len()),
            (1, FrameKind::Bullets | FrameKind::Numbers | FrameKind::Terms) => ("fold-items", units.len()),
            (count, _) => ("fold", count),
        };
        let mut args = fluent_bundle::FluentArgs::new();
        args.set("count", count);
        let text = self.stage.locale.text_with(key, &args);
        let number = |unit: &&usize| side.number(**unit);
        let ends =
            units.iter().find(|unit| number(unit).is_some()).zip(units.iter().rfind(|unit| number(unit).is_some()));
        let ends =
            ends.and_then(|(first, last)| Some((side.number(*first)?.to_string(), side.number(*last)?.to_string())));
        let Some((first, last)) = ends else { return text };
        let range = if first == last { first } else { format!("{first}–{last}") };
        format!("{text} ({})", self.stage.locale.text_of("number-label", "number", &range))
    }

    /// One line for each heading and each numbered block.
    fn beginnings(&self, unchanged: &[usize]) -> Vec<Beginning> {
        let (old, new) = (self.old(), self.new_side());
        let mut beginnings = Vec::new();
        let mut last = None;
        for &at in unchanged {
            let (from, to) = self.changes.unchanged[at];
            let unit = &new.text.units[to];
            if unit.block.is_some() && unit.block == last {
                continue;
            }
            last = unit.block;
            let (number, was) = (new.number(to), old.number(from));
            beginnings.push(Beginning {
                number: number.map(|number| number.to_string()),
                was: was.filter(|_| was != number).map(|was| was.to_string()),
                text: beginning(&tokens::text(&unit.tokens).replace(" | ", " · ")),
                path: self.unit_path(self.to, new, to),
            });
        }
        beginnings
    }
}

fn beginning(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.len() > BEGINNING + 2 {
        true => format!("{} …", words[..BEGINNING].join(" ")),
        false => words.join(" "),
    }
}

/// The steps with unchanged runs folded to the passages next to a change.
pub(super) fn folded(steps: &[Step]) -> Vec<Part> {
    let is_change = |step: &Step| !matches!(step, Step::Unchanged(_));
    let near = |at: usize| {
        let from = at.saturating_sub(CONTEXT);
        let to = (at + CONTEXT).min(steps.len() - 1);
        steps[from..=to].iter().any(is_change)
    };
    let mut parts: Vec<Part> = Vec::new();
    for (at, &step) in steps.iter().enumerate() {
        match (step, parts.last_mut()) {
            (Step::Unchanged(unchanged), Some(Part::Fold(run))) if !near(at) => run.push(unchanged),
            (Step::Unchanged(unchanged), _) if !near(at) => parts.push(Part::Fold(vec![unchanged])),
            _ => parts.push(Part::Step(step)),
        }
    }
    parts
}
