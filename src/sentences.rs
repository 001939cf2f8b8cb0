//! Where sentences of running text end: at full stops, but not at that of `Rn. 2`, `Dr. Muster` or `z. B.`

/// Abbreviations that have a vowel; single letters and words without one (`z`, `Nr`, `bzw`) are taken for some anyway.
const ABBREVIATIONS: &[&str] = &[
    "Abb", "Abs", "Abschn", "Anh", "Anm", "Art", "Aufl", "Buchst", "Chap", "Eq", "Fig", "Inc", "Kap", "Mio", "Prof",
    "Sec", "Sect", "Tab", "Tel", "UAbs", "Ziff", "al", "bspw", "ca", "ebd", "etc", "evtl", "ggf", "inkl", "lit",
    "resp", "sog", "usf", "usw", "zul",
];

/// Byte offsets in `text` at which a sentence begins, the first left out: behind the blank that parts it from the one
/// before.
pub fn starts(text: &str) -> impl Iterator<Item = usize> {
    let stops = text.char_indices().filter(|&(_, c)| matches!(c, '.' | '!' | '?' | '…'));
    stops.filter_map(move |(at, stop)| next_start(text, at, stop))
}

/// Where the next sentence begins if the mark at byte `at` ends one.
fn next_start(text: &str, at: usize, stop: char) -> Option<usize> {
    let behind = &text[at + stop.len_utf8()..];
    let closed = behind.trim_start_matches(['“', '”', '"', '’', '‘', '«', '»', ')', ']']);
    let next = closed.trim_start_matches([' ', '\u{a0}']);
    if next.len() == closed.len() || next.is_empty() {
        return None;
    }
    let first = next.chars().next()?;
    let goes_on = first.is_lowercase() || first.is_ascii_digit() || first == '|';
    let ends = stop != '.' || !is_abbreviated(&text[..at]);
    (ends && !goes_on).then_some(text.len() - next.len())
}

/// Whether a full stop behind this text belongs to its last word.
fn is_abbreviated(before: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let is_number = !word.is_empty() && word.chars().all(|c| c.is_ascii_digit());
    // „2. August“, but „im Jahr 2030. Danach“.
    let is_ordinal = is_number && word.len() < 4;
    let is_letter = word.chars().count() == 1 && !is_number;
    let has_vowel = || word.chars().any(|c| "aeiouyäöüAEIOUYÄÖÜ".contains(c));
    is_ordinal || is_letter || (!word.is_empty() && !is_number && !has_vowel()) || ABBREVIATIONS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::starts;

    fn parted(text: &str) -> Vec<&str> {
        let ends: Vec<usize> = starts(text).chain([text.len()]).collect();
        let begins = std::iter::once(0).chain(ends.iter().copied());
        begins.zip(&ends).map(|(begin, &end)| text[begin..end].trim()).collect()
    }

    #[test]
    fn sentences_end_at_marks_and_not_at_abbreviations() {
        let cases: &[&[&str]] = &[
            &["Das gilt.", "Jenes nicht!", "Warum?", "Darum."],
            &["Das steht in Art. 14 Abs. 1 Nr. 2 Buchst. a KI-VO.", "Mehr nicht."],
            &["Bis zum 2. August 2030.", "Danach nicht."],
            &["Er sagt: „Das gilt.“", "Dann geht er z. B. nach Hause."],
            &["Die Frist läuft ab.", "Sie wird nicht verlängert.", "Das gilt auch für Dr. Muster."],
            &["Ein Satz ohne Ende"],
            &[""],
        ];
        for case in cases {
            assert_eq!(parted(&case.join(" ")), *case);
        }
    }

    proptest::proptest! {
        #[test]
        fn starts_are_in_order_and_between_characters(text in ".{0,80}") {
            let starts: Vec<usize> = starts(&text).collect();
            proptest::prop_assert!(starts.windows(2).all(|pair| pair[0] <= pair[1]));
            proptest::prop_assert!(starts.iter().all(|&at| text.is_char_boundary(at) && at > 0));
        }
    }
}
