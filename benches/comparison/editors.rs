//! The computed lineage against the list that editors of a text wrote themselves: `human-changes.tsv` (requirement of
//! the older release, its fate) for the last two releases of a text of numbered requirements in tables.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use leitwerk::align::{self, Pairing, Thresholds};
use leitwerk::changes::{self, Change};
use leitwerk::release_text::{ReleaseText, UnitKind};

use crate::properties::generate::side;
use crate::properties::texts::Corpus;

/// What the editors say became of a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    Moved,
    Modified,
    Split,
    Merged,
    /// Covered by others or deprecated: no link is owed.
    Covered,
    Gone,
}

impl Fate {
    const ALL: [Fate; 6] = [Fate::Moved, Fate::Modified, Fate::Split, Fate::Merged, Fate::Covered, Fate::Gone];

    fn of(line: &str) -> Self {
        match line {
            _ if line.starts_with("DELETED") && line.contains("MERGED TO") => Fate::Merged,
            _ if line.contains("COVERED BY") || line.contains("DEPRECATED BY") => Fate::Covered,
            _ if line.starts_with("DELETED") => Fate::Gone,
            _ if line.contains("SPLIT TO") => Fate::Split,
            _ if line.starts_with("MODIFIED") => Fate::Modified,
            _ => Fate::Moved,
        }
    }

    /// Whether the editors name where the requirement went.
    fn goes_on(self) -> bool {
        !matches!(self, Fate::Covered | Fate::Gone)
    }
}

/// A requirement of the older release.
struct Row {
    unit: usize,
    fate: Fate,
    /// Units of the newer release that the editors name.
    targets: BTreeSet<usize>,
}

/// Two releases and what their editors say of them.
pub struct Truth {
    pub old: ReleaseText,
    pub new: ReleaseText,
    rows: Vec<Row>,
    /// Units of the newer release that are requirements.
    requirements: BTreeSet<usize>,
}

/// How many of the editors' links were found.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    found: BTreeMap<Fate, usize>,
    all: BTreeMap<Fate, usize>,
    wrong: usize,
    wrong_gone: usize,
    right: usize,
    links: usize,
    owed: usize,
}

impl Truth {
    /// The last two releases of a text; `None` without a list by requirement.
    pub fn read(corpus: &Corpus) -> Option<Self> {
        let list = fs::read_to_string(corpus.folder.join("human-changes.tsv")).ok()?;
        let [.., from, to] = corpus.releases.as_slice() else { return None };
        let (old, new) = (corpus.text(from), corpus.text(to));
        let (old_rows, new_rows) = (requirements(&old), requirements(&new));
        let row = |line: &str| {
            let (id, fate) = line.split_once('\t')?;
            let named = fate.split(|c: char| c != '.' && c != '-' && !c.is_ascii_alphanumeric());
            let ids = named.filter_map(|word| word.rsplit_once('-').map(|(_, id)| id));
            let targets = ids.filter_map(|id| new_rows.get(id).copied()).collect();
            Some(Row { unit: *old_rows.get(id)?, fate: Fate::of(fate), targets })
        };
        let rows: Vec<Row> = list.lines().filter_map(row).collect();
        let requirements = new_rows.into_values().collect();
        rows.iter().any(|row| !row.targets.is_empty()).then_some(Self { old, new, rows, requirements })
    }

    /// Pairs the two releases.
    pub fn pair(&self, thresholds: Thresholds) -> Pairing {
        align::align_by(&self.old, &self.new, &[], "en", thresholds)
    }

    /// Counts what a pairing found.
    pub fn figures(&self, pairing: &Pairing) -> Figures {
        let mut links: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for link in pairing.links.iter().filter(|link| self.requirements.contains(&link.to)) {
            links.entry(link.from).or_default().insert(link.to);
        }
        let mut figures = Figures::default();
        for row in &self.rows {
            let linked = links.remove(&row.unit).unwrap_or_default();
            let right = linked.intersection(&row.targets).count();
            *figures.all.entry(row.fate).or_default() += 1;
            if row.fate.goes_on() {
                *figures.found.entry(row.fate).or_default() += usize::from(right > 0);
                figures.right += right;
                figures.owed += row.targets.len();
            } else if !linked.is_empty() && right == 0 {
                figures.wrong += 1;
                figures.wrong_gone += usize::from(row.fate == Fate::Gone);
            }
            // Requirements that others cover stay out of precision: both answers are right.
            figures.links += if row.fate == Fate::Covered { 0 } else { linked.len() };
        }
        figures
    }

    /// The kinds that the comparison tells of the requirements, by the editors' fates.
    fn kinds(&self, pairing: &Pairing) -> BTreeMap<(Fate, String), usize> {
        let changes = changes::compare(side(&self.old), side(&self.new), pairing, &[]);
        let told: BTreeMap<usize, &Change> =
            changes.entries.iter().flat_map(|entry| entry.from.iter().map(move |&unit| (unit, entry))).collect();
        let mut counts = BTreeMap::new();
        for row in &self.rows {
            let kinds = told.get(&row.unit).map(|entry| {
                entry.kinds.iter().map(|kind| kind.name()).filter(|name| *name != "editorial").collect::<Vec<_>>()
            });
            let kinds = kinds.map_or_else(|| "unchanged".into(), |kinds| kinds.join(" + "));
            *counts.entry((row.fate, kinds)).or_insert(0) += 1;
        }
        counts
    }

    /// Prints the figures and the kinds.
    pub fn report(&self) {
        let pairing = self.pair(Thresholds::default());
        println!("{}", self.figures(&pairing));
        println!("\nkinds told, by what the editors say:");
        for ((fate, kinds), count) in self.kinds(&pairing) {
            println!("  {:<9} {kinds:<28} {count:>4}", format!("{fate:?}").to_lowercase());
        }
    }
}

/// The rows of tables that begin with a number of several parts, by that number; of repeated ones the first.
fn requirements(text: &ReleaseText) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for (at, unit) in text.units.iter().enumerate().filter(|(_, unit)| unit.kind == UnitKind::Row) {
        let id = unit.tokens.iter().find(|token| token.is_word()).map(|token| token.key.clone());
        let is_id = |id: &String| id.contains('.') && id.chars().all(|c| c == '.' || c.is_ascii_digit());
        if let Some(id) = id.filter(is_id) {
            found.entry(id).or_insert(at);
        }
    }
    found
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let count = |counts: &BTreeMap<Fate, usize>, fate| counts.get(&fate).copied().unwrap_or(0);
        for fate in Fate::ALL.into_iter().filter(|fate| fate.goes_on()) {
            let name = format!("{fate:?}").to_lowercase();
            write!(f, "{name} {} of {}, ", count(&self.found, fate), count(&self.all, fate))?;
        }
        let none_owed = count(&self.all, Fate::Covered) + count(&self.all, Fate::Gone);
        let gone = count(&self.all, Fate::Gone);
        write!(f, "wrong {} of {none_owed} ({} of the {gone}), ", self.wrong, self.wrong_gone)?;
        let share = |of: usize| self.right as f64 / of.max(1) as f64;
        write!(f, "precision {:.3}, recall {:.3}", share(self.links), share(self.owed))
    }
}
