//! "Did you mean": the nearest of the words that would have been right.

/// The candidate nearest to `typed`, if one is near enough to be meant.
///
/// Nearness is the Damerau–Levenshtein distance over characters, case ignored; a third of the
/// length of the word may differ, at least one character.
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    let length = typed.chars().count();
    let allowed = (length / 3).max(1);
    candidates
        .into_iter()
        // The distance is at least the difference in length; most candidates need not be compared.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed)
        .map(|candidate| (strsim::damerau_levenshtein(&typed, &candidate.to_lowercase()), candidate))
        .filter(|&(distance, _)| distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_typos_and_leaves_strangers() {
        let keys = ["title", "summary", "values", "talks"];
        assert_eq!(nearest("titel", keys), Some("title"));
        assert_eq!(nearest("Value", keys), Some("values"));
        assert_eq!(nearest("licence", keys), None);
    }
}
