//! Every number that decides whether two units belong together, in one place, with its reason.

/// The numbers by which units are paired. One set serves all texts; only the stemmer follows the language.
///
/// They were fixed on OWASP ASVS 4.0.3 → 5.0.0, whose editors published where each of 278 requirements went, and
/// checked on texts that had no part in it; `docs/comparison.md` has the figures, and shows how they move when one of
/// these numbers does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// Least score of a pair: twice the similarity, less what both units have in common with any other text, and what
    /// their places say. Above it nine of ten pairs of the ASVS are right; below it, less than half.
    pub score: f64,
    /// Least similarity of a pair, whatever its score: two paragraphs of one section that share only the subject have
    /// less than this.
    pub similarity: f64,
    /// Least similarity of a text of less than [`Thresholds::short_words`] words to one of another section: „OWASP
    /// Cheat Sheet“ is a part of many others.
    pub short_similarity: f64,
    /// The same within one section, where short items are reworded: „Alter der Angaben“ is not „Zweck der Erhebung“.
    pub short_beside: f64,
    /// Words of a text that is not short.
    pub short_words: usize,
    /// What the likeness of their sections (from 0 to 1) speaks for a pair. Requirements move together with their
    /// neighbours, so that this finds what was reworded most.
    pub section: f64,
    /// What the same kind (item, row, block) speaks for a pair: rows seldom become paragraphs.
    pub kind: f64,
    /// What the same figures speak for a pair: enough to tell the rows of a table apart that differ in nothing else.
    pub figures: f64,
    /// The nearest other texts by which „in common with any other text“ is measured. With fewer a single twin spoils
    /// a pair; with more the measure says nothing in short texts.
    pub neighbours: usize,
    /// Least similarity of two units that are left alone between two pairs: their place says the rest.
    pub gap: f64,
    /// Least score of a unit with the whole that it is to be a part of. Lower than for a pair, since a part is always
    /// less like the whole than the main part.
    pub part_score: f64,
    /// Share of the whole's words, by weight, that the part must have and the whole's pair must not.
    pub part_new: f64,
    /// Share of the part's words, by weight, that may lie in the whole instead; then less of them must be new.
    pub part_inside: f64,
    /// Share of the part's words that must be new in that case: else it repeats the whole and does not continue it.
    pub part_own: f64,
    /// Parts of fewer words are too small to be told from chance.
    pub part_words: usize,
    /// Least similarity of what is offered to the editors as a weak match.
    pub weak: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            score: 0.26,
            similarity: 0.15,
            short_similarity: 0.55,
            short_beside: 0.3,
            short_words: 6,
            section: 0.2,
            kind: 0.05,
            figures: 0.05,
            neighbours: 4,
            gap: 0.15,
            part_score: 0.18,
            part_new: 0.06,
            part_inside: 0.6,
            part_own: 0.2,
            part_words: 5,
            weak: 0.15,
        }
    }
}
