//! Tells languages by codes and names, as BCP 47 tags.

/// Codes of three letters with the shorter one that BCP 47 prefers.
const LONG: &[(&str, &str)] = &[
    ("deu", "de"),
    ("ger", "de"),
    ("eng", "en"),
    ("fra", "fr"),
    ("fre", "fr"),
    ("spa", "es"),
    ("ita", "it"),
    ("por", "pt"),
    ("nld", "nl"),
    ("dut", "nl"),
    ("pol", "pl"),
    ("ces", "cs"),
    ("cze", "cs"),
    ("slk", "sk"),
    ("slo", "sk"),
    ("slv", "sl"),
    ("hun", "hu"),
    ("ron", "ro"),
    ("rum", "ro"),
    ("bul", "bg"),
    ("hrv", "hr"),
    ("srp", "sr"),
    ("bos", "bs"),
    ("mkd", "mk"),
    ("mac", "mk"),
    ("sqi", "sq"),
    ("alb", "sq"),
    ("ell", "el"),
    ("gre", "el"),
    ("tur", "tr"),
    ("rus", "ru"),
    ("ukr", "uk"),
    ("bel", "be"),
    ("lit", "lt"),
    ("lav", "lv"),
    ("est", "et"),
    ("fin", "fi"),
    ("swe", "sv"),
    ("nor", "no"),
    ("nob", "nb"),
    ("nno", "nn"),
    ("dan", "da"),
    ("isl", "is"),
    ("ice", "is"),
    ("gle", "ga"),
    ("cym", "cy"),
    ("wel", "cy"),
    ("cat", "ca"),
    ("eus", "eu"),
    ("baq", "eu"),
    ("glg", "gl"),
    ("mlt", "mt"),
    ("ltz", "lb"),
    ("heb", "he"),
    ("ara", "ar"),
    ("fas", "fa"),
    ("per", "fa"),
    ("kur", "ku"),
    ("hye", "hy"),
    ("arm", "hy"),
    ("kat", "ka"),
    ("geo", "ka"),
    ("aze", "az"),
    ("kaz", "kk"),
    ("hin", "hi"),
    ("urd", "ur"),
    ("ben", "bn"),
    ("tam", "ta"),
    ("tel", "te"),
    ("zho", "zh"),
    ("chi", "zh"),
    ("jpn", "ja"),
    ("kor", "ko"),
    ("vie", "vi"),
    ("tha", "th"),
    ("ind", "id"),
    ("msa", "ms"),
    ("may", "ms"),
    ("swa", "sw"),
    ("amh", "am"),
    ("afr", "af"),
    ("epo", "eo"),
    ("lat", "la"),
    ("gsw", "gsw"),
    ("nds", "nds"),
    ("hsb", "hsb"),
    ("dsb", "dsb"),
];

/// Names, in lower case.
const NAMES: &[(&str, &str)] = &[
    ("deutsch", "de"),
    ("german", "de"),
    ("englisch", "en"),
    ("english", "en"),
    ("französisch", "fr"),
    ("french", "fr"),
    ("français", "fr"),
    ("spanisch", "es"),
    ("spanish", "es"),
    ("español", "es"),
    ("italienisch", "it"),
    ("italian", "it"),
    ("italiano", "it"),
    ("portugiesisch", "pt"),
    ("portuguese", "pt"),
    ("niederländisch", "nl"),
    ("dutch", "nl"),
    ("polnisch", "pl"),
    ("polish", "pl"),
    ("tschechisch", "cs"),
    ("czech", "cs"),
    ("dänisch", "da"),
    ("danish", "da"),
    ("schwedisch", "sv"),
    ("swedish", "sv"),
    ("russisch", "ru"),
    ("russian", "ru"),
    ("ukrainisch", "uk"),
    ("ukrainian", "uk"),
    ("türkisch", "tr"),
    ("turkish", "tr"),
    ("arabisch", "ar"),
    ("arabic", "ar"),
    ("chinesisch", "zh"),
    ("chinese", "zh"),
    ("japanisch", "ja"),
    ("japanese", "ja"),
    ("gebärdensprache", "gsg"),
    ("deutsche gebärdensprache", "gsg"),
    ("dgs", "gsg"),
];

/// All codes of two letters.
const SHORT: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv \
    dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu \
    ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne \
    ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su \
    sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// The BCP 47 tag for a code, a tag or a name; `None` for what is none.
pub(super) fn tag(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    if let Some((_, tag)) = NAMES.iter().chain(LONG).find(|(name, _)| *name == lower) {
        return Some((*tag).to_owned());
    }
    let mut parts = lower.split(['-', '_']);
    let first = parts.next()?;
    let mut tag = match LONG.iter().find(|(long, _)| *long == first) {
        Some((_, short)) => (*short).to_owned(),
        None if SHORT.split_whitespace().any(|short| short == first) => first.to_owned(),
        None if first.len() == 3 && first.bytes().all(|byte| byte.is_ascii_lowercase()) => first.to_owned(),
        None => return None,
    };
    for part in parts {
        if part.is_empty() || part.len() > 8 || !part.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        // Pretalx names the form of address so, which is no language of its own.
        if matches!(part, "formal" | "informal") {
            continue;
        }
        tag.push('-');
        tag.push_str(&cased(part));
    }
    Some(tag)
}

/// `AT` for a region, `Latn` for a script.
fn cased(part: &str) -> String {
    let is_word = part.bytes().all(|byte| byte.is_ascii_alphabetic());
    match (part.len(), is_word) {
        (2, true) => part.to_ascii_uppercase(),
        (4, true) => part.get(..1).unwrap_or_default().to_ascii_uppercase() + part.get(1..).unwrap_or_default(),
        _ => part.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_become_tags() {
        let known = [
            ("deu", "de"),
            ("ENG", "en"),
            ("Deutsch", "de"),
            ("de_at", "de-AT"),
            ("de-formal", "de"),
            ("zh-hant-tw", "zh-Hant-TW"),
            ("fil", "fil"),
            (" en ", "en"),
            ("ger-CH", "de-CH"),
        ];
        for (text, expected) in known {
            assert_eq!(tag(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "xx", "Klingonisch", "de/en", "deutsch, englisch", "de-", "ä", "de-äö"] {
            assert_eq!(tag(text), None, "{text}");
        }
    }

    #[test]
    fn every_short_code_of_the_tables_is_one() {
        for (name, short) in LONG.iter().chain(NAMES) {
            assert!(short.len() == 3 || SHORT.split_whitespace().any(|known| known == *short), "{name}");
        }
    }
}
