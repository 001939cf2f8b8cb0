//! Facts of German: affixes, linking elements, and words that are never parts.

/// Prefixes that part from their verb; of those that fit a word the longest is taken.
pub(super) const SEPARABLE: &[&str] = &[
    "ab",
    "an",
    "auf",
    "aus",
    "auseinander",
    "bei",
    "durch",
    "ein",
    "einher",
    "entgegen",
    "fest",
    "fort",
    "gegenüber",
    "her",
    "heraus",
    "herunter",
    "hervor",
    "hin",
    "hinaus",
    "hinter",
    "hinzu",
    "mit",
    "nach",
    "nieder",
    "rück",
    "statt",
    "über",
    "um",
    "unter",
    "vor",
    "voran",
    "voraus",
    "vorher",
    "weg",
    "weiter",
    "wieder",
    "zu",
    "zurück",
    "zusammen",
];

/// Those of them that mostly stay at their verb and change what it means: „Unternehmen“ is no „Nehmen“.
pub(super) const FIRM: &[&str] = &["durch", "hinter", "um", "unter", "wieder", "über"];

/// What stands in front of nouns and leaves their meaning: „Nichtdiskriminierung“, „Zwischenschritt“.
pub(super) const NOUN_PREFIXES: &[&str] =
    &["außen", "gegen", "innen", "mit", "neben", "nicht", "selbst", "zusammen", "zwischen"];

/// Other prefixes. With these and the separable ones no part is learned from compounds: „Ver-handlung“.
pub(super) const OTHER_PREFIXES: &[&str] = &[
    "anti", "be", "dar", "dis", "emp", "ent", "er", "erz", "ge", "gegen", "in", "inter", "ko", "kom", "kon", "miss",
    "per", "prä", "pro", "re", "sub", "un", "unbe", "uner", "unge", "unver", "ur", "ver", "wider", "zer",
];

/// Prefixes that no first part ends with by chance: „Rentenver-sicherung“.
pub(super) const INNER_PREFIXES: &[&str] = &[
    "ab", "auf", "aus", "be", "bei", "durch", "ein", "ent", "ge", "miss", "mit", "nach", "über", "un", "unter", "ur",
    "ver", "vor", "zer", "zu",
];

/// What derivation and inflection put behind a stem. Nothing that is made of these alone is a part.
pub(super) const SUFFIXES: &[&str] = &[
    "abel", "age", "al", "ant", "anz", "artig", "ation", "atisch", "atur", "bar", "chen", "ei", "ell", "end", "ens",
    "ent", "enz", "er", "erei", "erin", "ette", "eur", "falls", "ful", "haft", "halb", "heit", "hin", "ial", "ich",
    "ie", "iell", "ien", "ier", "iert", "ierung", "ig", "igung", "ik", "iker", "in", "ing", "innen", "ion", "isch",
    "isierung", "ismus", "ist", "istik", "ität", "itur", "iv", "keit", "lei", "lein", "ler", "less", "lich", "ling",
    "los", "ly", "mal", "mäßig", "ment", "ner", "ness", "nis", "nisse", "or", "oren", "orisch", "rich", "sal", "sam",
    "schaft", "seits", "sel", "ship", "sion", "stens", "tät", "tion", "tum", "tümer", "ung", "ur", "wärts", "weise",
];

/// Ends of nouns that are none behind mere consonants („Prof-soren“).
pub(super) const WORN_SUFFIXES: &[&str] = &["ing", "ion", "or"];

/// Adjectives that are hardly more than suffixes: „bundesweit“, „humorvoll“.
pub(super) const SUFFIX_LIKE: &[&str] = &["arm", "fach", "lang", "nah", "reich", "ständig", "voll", "weit", "wert"];

/// What foreign words end with that are none themselves: „technologisch“.
pub(super) const CONFIXES: &[&str] = &["graf", "grafie", "graph", "graphie", "log", "logie"];

/// Suffixes of adjectives.
pub(super) const ADJECTIVE_SUFFIXES: &[&str] = &["bar", "haft", "ig", "isch", "lich", "sam"];

/// Stems of verbs that mean so little that each prefix makes another verb of them: „Herstellung“ is no „Stellung“.
pub(super) const LIGHT_VERBS: &[&str] = &[
    "biet", "brech", "bring", "dreh", "drück", "fahr", "fall", "fang", "fass", "führ", "geb", "geh", "greif", "halt",
    "hang", "häng", "heb", "hol", "hör", "kenn", "komm", "lad", "lass", "lauf", "leg", "lehn", "leit", "lenk", "lieg",
    "lös", "mach", "nehm", "räum", "reg", "reich", "richt", "ruf", "schau", "schein", "schlag", "schließ", "schneid",
    "seh", "setz", "sprech", "steck", "steh", "steig", "stell", "stimm", "such", "trag", "treff", "treib", "tret",
    "weis", "wend", "werf", "zeichn", "zieh",
];

/// Endings of inflected words.
pub(super) const INFLECTIONS: &[&str] = &["e", "em", "en", "ens", "er", "ern", "es", "n", "s", "se", "sen"];

/// Linking elements.
pub(super) const LINKS: &[&str] = &["e", "en", "er", "es", "n", "s"];

/// Endings of nouns that always take an `s` before the next part.
pub(super) const S_TAKERS: &[&str] = &["heit", "ion", "keit", "ling", "schaft", "tum", "tät", "ung"];

/// Endings of nouns that never take one.
pub(super) const S_REFUSERS: &[&str] = &["e", "s", "sch", "x", "z", "ß"];

/// With what a German word or syllable may begin, if with more than one consonant.
pub(super) const ONSETS: &[&str] = &[
    "bl", "br", "ch", "chr", "dr", "fl", "fr", "gl", "gn", "gr", "kl", "kn", "kr", "pf", "pfl", "pfr", "ph", "pl",
    "pr", "ps", "qu", "sch", "schl", "schm", "schn", "schr", "schw", "sp", "spl", "spr", "st", "str", "th", "tr", "zw",
];

/// Words that are never parts: what binds a sentence together, and what is capital only out of politeness.
pub(super) const FUNCTION_WORDS: &[&str] = &[
    "aber", "alle", "allem", "allen", "aller", "alles", "als", "also", "am", "an", "ander", "andere", "anderem",
    "anderen", "anderer", "anderes", "auch", "auf", "aus", "außer", "bei", "beim", "bin", "bis", "bist", "bzw", "da",
    "dabei", "dadurch", "dafür", "dagegen", "daher", "damit", "danach", "daneben", "dann", "daran", "darauf", "daraus",
    "darin", "darüber", "darum", "darunter", "das", "dass", "davon", "davor", "dazu", "dein", "dem", "den", "denen",
    "denn", "dennoch", "der", "deren", "des", "dessen", "dich", "die", "dies", "diese", "diesem", "diesen", "dieser",
    "dieses", "dir", "doch", "dort", "du", "durch", "ebenso", "ein", "eine", "einem", "einen", "einer", "eines",
    "einige", "einigen", "er", "es", "etwa", "etwas", "euch", "euer", "falls", "für", "gar", "gegen", "gemäß", "genau",
    "gerade", "gern", "hat", "hatte", "hatten", "her", "hier", "hin", "hinter", "ich", "ihm", "ihn", "ihnen", "ihr",
    "ihre", "ihrem", "ihren", "ihrer", "ihres", "im", "immer", "in", "innen", "ins", "ist", "ja", "je", "jede",
    "jedem", "jeden", "jeder", "jedes", "jedoch", "jene", "jenem", "jenen", "jener", "jenes", "kann", "kein", "keine",
    "keinem", "keinen", "keiner", "man", "manche", "mehr", "mein", "meine", "meist", "mich", "mir", "mit", "muss",
    "nach", "neben", "nicht", "nichts", "noch", "nun", "nur", "ob", "oben", "oder", "ohne", "per", "pro", "samt",
    "schon", "sehr", "sei", "seien", "sein", "seine", "seinem", "seinen", "seiner", "seines", "seit", "sich", "sie",
    "siehe", "sind", "so", "solch", "soll", "sonst", "statt", "trotz", "über", "um", "und", "uns", "unser", "unsere",
    "unter", "viel", "viele", "vom", "von", "vor", "während", "wann", "war", "wäre", "waren", "warum", "was", "weg",
    "weil", "welch", "wem", "wen", "wenn", "wer", "werden", "wie", "wieder", "will", "wir", "wird", "wo", "woran",
    "wurde", "wurden", "zu", "zum", "zur", "zwar",
];

/// Words that stand in English texts and hardly in German ones.
pub(super) const ENGLISH: &[&str] = &[
    "and", "are", "as", "at", "be", "by", "can", "for", "from", "how", "is", "it", "its", "not", "of", "on", "or",
    "our", "that", "the", "their", "they", "this", "to", "we", "what", "which", "who", "with", "you", "your",
];

/// Words that stand in German texts and hardly in English ones.
pub(super) const GERMAN: &[&str] = &[
    "als", "auch", "auf", "aus", "bei", "das", "dem", "den", "der", "des", "ein", "eine", "einen", "einer", "für",
    "im", "ist", "mit", "nicht", "oder", "sich", "sie", "sind", "und", "von", "werden", "wie", "wir", "wird", "zu",
    "zum", "zur",
];

/// Whether a list has a word.
pub(super) fn has(list: &[&str], word: &str) -> bool {
    list.contains(&word)
}

/// A word's longest separable prefix, and the rest: „zusammen-“ is not „zu-“.
pub(super) fn parted_prefix(word: &str) -> Option<(&'static str, &str)> {
    let fitting = SEPARABLE.iter().filter_map(|&prefix| Some((prefix, word.strip_prefix(prefix)?)));
    fitting.max_by_key(|(prefix, _)| prefix.len())
}

/// Suffixes behind each other are no longer than this, in bytes; it bounds the ways in which a string is read as such.
const LONGEST_AFFIX: usize = 24;

/// Whether a word is made of suffixes and endings alone, as `lichkeiten` is.
pub(super) fn is_affix(word: &str) -> bool {
    if word.len() > LONGEST_AFFIX {
        return false;
    }
    let bases = INFLECTIONS.iter().filter_map(|ending| word.strip_suffix(ending));
    bases.chain([word]).any(is_derivation)
}

/// Whether a word is made of suffixes alone.
fn is_derivation(word: &str) -> bool {
    word.is_empty() || SUFFIXES.iter().filter_map(|suffix| word.strip_suffix(suffix)).any(is_derivation)
}

/// Whether a string is what a linking element leaves of a suffix: `chaft` of „Wissen-s-chaft“.
pub(super) fn is_torn_affix(word: &str) -> bool {
    LINKS.iter().any(|link| {
        SUFFIXES.iter().any(|suffix| {
            suffix
                .strip_prefix(link)
                .is_some_and(|rest| rest.len() > 2 && word.strip_prefix(rest).is_some_and(is_affix))
        })
    })
}

/// Whether a word is hardly more than a suffix: „ständigen“, „logisch“.
pub(super) fn is_suffix_like(word: &str) -> bool {
    SUFFIX_LIKE.iter().any(|suffix| word.strip_prefix(suffix).is_some_and(is_affix))
}

/// Whether a word is the end of a foreign one.
pub(super) fn is_confix(word: &str) -> bool {
    CONFIXES.iter().any(|confix| word.strip_prefix(confix).is_some_and(is_affix))
}

/// Whether a string is no more than consonants and suffixes, as `nischen` of „technischen“.
pub(super) fn is_worn(word: &str, suffixes: &[&str]) -> bool {
    suffixes.iter().any(|suffix| {
        let starts = word.match_indices(suffix).map(|(at, _)| word.split_at(at));
        starts.into_iter().any(|(first, rest)| is_affix(rest) && !first.contains(|c| "aeiouyäöü".contains(c)))
    })
}

/// Whether no German word may begin like this one.
pub(super) fn is_unspeakable(word: &str) -> bool {
    let is_vowel = |c: char| "aeiouyäöü".contains(c);
    let onset = &word[..word.find(is_vowel).unwrap_or(word.len())];
    onset.len() == word.len() || (onset.chars().count() > 1 && !has(ONSETS, onset))
}
