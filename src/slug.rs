//! Slugs: the one way from a title or file name to a segment of an address.

use unicode_normalization::UnicodeNormalization;

/// The slug of a text: lower case, ä → ae, ö → oe, ü → ue, ß → ss, other letters without their marks
/// (Unicode NFKD), everything else one hyphen. Empty for a text without letters and digits.
pub fn slugify(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for letter in text.nfc().flat_map(char::to_lowercase) {
        match letter {
            'ä' => slug.push_str("ae"),
            'ö' => slug.push_str("oe"),
            'ü' => slug.push_str("ue"),
            'ß' => slug.push_str("ss"),
            _ => push_plain(&mut slug, letter),
        }
    }
    slug.trim_end_matches('-').to_owned()
}

fn push_plain(slug: &mut String, letter: char) {
    for part in std::iter::once(letter).nfkd() {
        if part.is_alphanumeric() {
            slug.extend(part.to_lowercase());
        } else if !unicode_normalization::char::is_combining_mark(part) && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
}

/// The slug of a text in quotes, as it is to be written in TOML; `None` where the text has none.
pub fn quoted_slug(text: &str) -> Option<String> {
    Some(slugify(text)).filter(|slug| !slug.is_empty()).map(|slug| format!("\"{slug}\""))
}

/// Splits the leading order number off a file or folder name: `02-einfuehrung` is (2, `einfuehrung`).
pub fn split_number(name: &str) -> (Option<u32>, &str) {
    let digits = name.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(name.len());
    let rest = name[digits..].trim_start_matches(['-', '_', ' ']);
    // `5g` and `2fa` are words; a number of order has a hyphen behind it.
    let parted = rest.len() < name.len() - digits;
    match name[..digits].parse() {
        Ok(number) if parted && !rest.is_empty() => (Some(number), rest),
        _ => (None, name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_follow_the_german_rules() {
        assert_eq!(slugify("Größe & Maß: Überblick"), "groesse-mass-ueberblick");
        assert_eq!(slugify("Café – Ÿ"), "cafe-y");
        assert_eq!(slugify("  …  "), "");
        assert_eq!(slugify("Ä"), "ae");
        assert_eq!(slugify("A\u{308}ra"), "aera");
    }

    #[test]
    fn numbers_are_no_part_of_slugs() {
        assert_eq!(split_number("02-einfuehrung"), (Some(2), "einfuehrung"));
        assert_eq!(split_number("2024"), (None, "2024"));
        assert_eq!(split_number("5g"), (None, "5g"));
        assert_eq!(split_number("ziele"), (None, "ziele"));
    }

    proptest::proptest! {
        #[test]
        fn slugifying_twice_changes_nothing(text in "\\PC*") {
            let once = slugify(&text);
            proptest::prop_assert_eq!(slugify(&once), once);
        }
    }
}
