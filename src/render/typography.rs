//! Quotation marks and spaces as the language wants them: „…“ and ‚…‘, no break in `z. B.`, `§ 5`, `Art. 14`.

use super::escape::escape;

const NO_BREAK: char = '\u{a0}';

/// Sets the characters of one block. It remembers what stood before, so that a quotation may go over emphasis.
#[derive(Debug, Clone)]
pub struct Typographer {
    marks: Marks,
    german: bool,
    previous: Option<char>,
    open_single: bool,
}

#[derive(Debug, Clone, Copy)]
struct Marks {
    double: (char, char),
    single: (char, char),
}

impl Typographer {
    /// A typographer for text of a language (a BCP 47 tag).
    pub fn new(language: &str) -> Self {
        let german = language.split('-').next() == Some("de");
        let marks = if german {
            Marks { double: ('„', '“'), single: ('‚', '‘') }
        } else {
            Marks { double: ('“', '”'), single: ('‘', '’') }
        };
        Self { marks, german, previous: None, open_single: false }
    }

    /// Sets a piece of text that follows what was set before.
    pub fn set(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 8);
        let mut rest = text.char_indices().peekable();
        while let Some((at, c)) = rest.next() {
            let next = rest.peek().map(|&(_, next)| next);
            let set = match c {
                '"' => self.double(),
                '\'' => self.single(next),
                ' ' if binds(&text[..at], &text[at + 1..], self.german) => NO_BREAK,
                '.' if text[at..].starts_with("...")
                    && self.previous != Some('.')
                    && !text[at + 3..].starts_with('.') =>
                {
                    rest.next();
                    rest.next();
                    '…'
                }
                other => other,
            };
            out.push(set);
            self.previous = Some(set);
        }
        out
    }

    /// Notes that something other than text, such as code, stands here.
    pub fn pass(&mut self, c: char) {
        self.previous = Some(c);
    }

    fn opens(&self) -> bool {
        self.previous.is_none_or(|before| {
            before.is_whitespace()
                || matches!(before, '(' | '[' | '{' | '–' | '—' | '-' | '/')
                || before == self.marks.double.0
                || before == self.marks.single.0
        })
    }

    fn double(&mut self) -> char {
        if self.opens() { self.marks.double.0 } else { self.marks.double.1 }
    }

    fn single(&mut self, next: Option<char>) -> char {
        if self.opens() && next.is_some_and(char::is_alphanumeric) {
            self.open_single = true;
            return self.marks.single.0;
        }
        let inside_word = self.previous.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric);
        if self.open_single && !inside_word {
            self.open_single = false;
            return self.marks.single.1;
        }
        '’'
    }
}

/// Words after which a number must not go to the next line.
const BEFORE_NUMBERS: &[&str] = &[
    "§", "§§", "Art.", "Artt.", "Abs.", "Nr.", "Nrn.", "Rn.", "S.", "Satz", "Kap.", "Kapitel", "Ziff.", "Buchst.",
    "Bd.", "Anhang", "Anlage", "Artikel", "Absatz", "Nummer", "Seite", "Halbs.", "Art", "Section", "SGB",
];

const MONTHS: &[&str] = &[
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

/// Whether a space between two texts must not become a line end.
fn binds(before: &str, after: &str, german: bool) -> bool {
    let word = before.rsplit([' ', '\n', '(', NO_BREAK]).next().unwrap_or_default();
    let next = after.split([' ', '\n', NO_BREAK]).next().unwrap_or_default();
    if BEFORE_NUMBERS.contains(&word) {
        return next.starts_with(|c: char| c.is_ascii_digit()) || is_roman(next);
    }
    if !german {
        return false;
    }
    let day = word
        .strip_suffix('.')
        .is_some_and(|day| !day.is_empty() && day.len() <= 2 && day.bytes().all(|b| b.is_ascii_digit()));
    let next_word = next.trim_end_matches([',', '.', ';', ':', ')', '?', '!']);
    (is_initial(word) && is_initial(next))
        || (day && MONTHS.contains(&next_word))
        || (word.ends_with(|c: char| c.is_ascii_digit()) && matches!(next_word, "%" | "€" | "‰"))
}

/// One letter and a full stop, as in `z. B.`; what follows the stop is of no account.
fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next() == Some('.')
}

fn is_roman(word: &str) -> bool {
    let digits = word.trim_end_matches([',', '.', ';', ':', ')']);
    !digits.is_empty() && digits.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L'))
}

/// Letters before a hyphen from which on a line may end at it.
const SHORT: usize = 4;

/// A title as HTML in which no line ends behind a short part of a word: `KI-Einsatz` stays together. The signs stay as
/// they are, so that the title can be searched for and copied.
pub fn heading(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    for word in text.split_inclusive(' ') {
        let (bare, blank) = word.strip_suffix(' ').map_or((word, ""), |bare| (bare, " "));
        let short = bare.split_once('-').is_some_and(|(first, rest)| first.chars().count() < SHORT && !rest.is_empty());
        let bare = escape(bare);
        out.push_str(&if short { format!("<span class=\"together\">{bare}</span>") } else { bare });
        out.push_str(blank);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn german(text: &str) -> String {
        Typographer::new("de").set(text)
    }

    #[test]
    fn quotes_are_german() {
        assert_eq!(german("Sie sagt \"ja\" und ('nein')."), "Sie sagt „ja“ und (‚nein‘).");
        assert_eq!(german("\"Ein 'innen' Wort\""), "„Ein ‚innen‘ Wort“");
        assert_eq!(german("Rock 'n' Roll, geht's"), "Rock ‚n‘ Roll, geht’s");
        assert_eq!(Typographer::new("en").set("\"a\" it's"), "“a” it’s");
    }

    #[test]
    fn quotes_go_over_pieces() {
        let mut typographer = Typographer::new("de");
        assert_eq!(typographer.set("das \""), "das „");
        assert_eq!(typographer.set("Wort"), "Wort");
        assert_eq!(typographer.set("\" ist"), "“ ist");
    }

    #[test]
    fn spaces_do_not_break_where_they_must_not() {
        assert_eq!(
            german("z. B. nach § 5 und Art. 14 Abs. 1"),
            "z.\u{a0}B. nach §\u{a0}5 und Art.\u{a0}14 Abs.\u{a0}1"
        );
        assert_eq!(german("am 30. November, 10 % i. d. R."), "am 30.\u{a0}November, 10\u{a0}% i.\u{a0}d.\u{a0}R.");
        assert_eq!(german("Das war 5. Dann"), "Das war 5. Dann");
        assert_eq!(german("nach SGB X und..."), "nach SGB\u{a0}X und…");
    }

    #[test]
    fn short_parts_of_words_stay_with_the_rest() {
        let set = heading("Leitlinien für den KI-Einsatz & Betriebs-Ende");
        assert_eq!(set, "Leitlinien für den <span class=\"together\">KI-Einsatz</span> &amp; Betriebs-Ende");
    }
}
