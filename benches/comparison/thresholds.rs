//! How the figures move when one threshold does: of the editors' list, and of texts changed at random.

use leitwerk::align::Thresholds;

use crate::editors::Truth;
use crate::mutations::{Line, all};
use crate::properties::mutations::Text;

/// A threshold by name, and how to set it.
type Knob = (&'static str, fn(&mut Thresholds) -> &mut f64, &'static [f64]);

const KNOBS: &[Knob] = &[
    ("score", |t| &mut t.score, &[0.16, 0.2, 0.22, 0.24, 0.26, 0.3]),
    ("similarity", |t| &mut t.similarity, &[0.0, 0.15, 0.18, 0.2, 0.22, 0.25, 0.3]),
    ("short_similarity", |t| &mut t.short_similarity, &[0.35, 0.55, 0.75]),
    ("short_beside", |t| &mut t.short_beside, &[0.15, 0.3, 0.45]),
    ("section", |t| &mut t.section, &[0.0, 0.1, 0.2, 0.3, 0.4]),
    ("kind", |t| &mut t.kind, &[0.0, 0.05, 0.1]),
    ("figures", |t| &mut t.figures, &[0.0, 0.05, 0.1]),
    ("gap", |t| &mut t.gap, &[0.05, 0.1, 0.15, 1.0]),
    ("part_score", |t| &mut t.part_score, &[0.1, 0.14, 0.18, 0.22, 0.26]),
    ("part_new", |t| &mut t.part_new, &[0.04, 0.08, 0.12, 0.16, 1.0]),
    ("part_inside", |t| &mut t.part_inside, &[0.4, 0.5, 0.6, 0.7]),
    ("part_own", |t| &mut t.part_own, &[0.0, 0.1, 0.2, 0.3, 0.4]),
];

/// Texts to try the thresholds on: one with its editors' list, and others with their languages.
pub struct Texts {
    pub truth: Option<Truth>,
    pub changed: Vec<(Text, &'static str)>,
}

impl Texts {
    fn print(&self, name: &str, thresholds: Thresholds) {
        println!("{name}");
        if let Some(truth) = &self.truth {
            println!("    {}", truth.figures(&truth.pair(thresholds)));
        }
        let mut score = crate::properties::mutations::Score::default();
        for (text, language) in &self.changed {
            score.add(all(text, language, thresholds));
        }
        println!("    changed at random: {}", Line(score));
    }

    /// Prints the figures for each value of each threshold, all others as usual (the usual value is marked).
    pub fn sweep(&self) {
        for (name, knob, values) in KNOBS {
            let usual = *knob(&mut Thresholds::default());
            for value in *values {
                let mut thresholds = Thresholds::default();
                *knob(&mut thresholds) = *value;
                let mark = if *value == usual { " (usual)" } else { "" };
                self.print(&format!("{name} {value}{mark}"), thresholds);
            }
        }
        for neighbours in [2, 3, 4, 5, 6, 8] {
            let mark = if neighbours == Thresholds::default().neighbours { " (usual)" } else { "" };
            self.print(&format!("neighbours {neighbours}{mark}"), Thresholds { neighbours, ..Thresholds::default() });
        }
    }
}
