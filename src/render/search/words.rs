//! The words of a site, for „Meinten Sie …?“.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// Shorter words are typed rightly, or mean too much.
const SHORTEST: usize = 4;

/// The different words of texts in small letters, the most frequent first, then by spelling.
pub(super) fn words<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for text in texts {
        let text: String = text.nfc().filter(|&c| c != '\u{ad}').collect();
        for word in text.unicode_words().filter(|word| word.chars().count() >= SHORTEST) {
            if word.chars().all(char::is_alphabetic) {
                *counts.entry(word.to_lowercase()).or_default() += 1;
            }
        }
    }
    let mut words: Vec<(String, usize)> = counts.into_iter().collect();
    words.sort_by(|(a, a_count), (b, b_count)| b_count.cmp(a_count).then_with(|| a.cmp(b)));
    words.into_iter().map(|(word, _)| word).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn frequent_words_come_first() {
        let words = super::words(["Die Daten prüfen.", "Daten\u{ad}schutz und Daten 2024"].into_iter());
        assert_eq!(words, ["daten", "datenschutz", "prüfen"]);
    }
}
