//! Normative force: how strictly the modal verbs of a text bind, and which of them changed.

use super::Facet;
use crate::tokens::{Token, TokenKind};
use crate::words::{Op, Run};

/// A modal verb: how strictly it binds (3 must, 2 is to, 1 should, 0 may), and how strictly it forbids when it is denied.
/// `muss nicht` forbids nothing: `None`. German and English forms, after the usage of German legal drafting (muss, soll
/// and kann provisions) and RFC 2119.
type Verb = (&'static str, i8, Option<i8>);

const VERBS: &[Verb] = &[
    ("muss", 3, None),
    ("muß", 3, None),
    ("müssen", 3, None),
    ("müsse", 3, None),
    ("musste", 3, None),
    ("mussten", 3, None),
    ("verpflichtet", 3, None),
    ("soll", 2, Some(2)),
    ("sollen", 2, Some(2)),
    ("sollte", 1, Some(1)),
    ("sollten", 1, Some(1)),
    ("kann", 0, Some(3)),
    ("können", 0, Some(3)),
    ("könne", 0, Some(3)),
    ("könnte", 0, Some(3)),
    ("könnten", 0, Some(3)),
    ("darf", 0, Some(3)),
    ("dürfen", 0, Some(3)),
    ("dürfe", 0, Some(3)),
    ("dürfte", 0, Some(3)),
    ("dürften", 0, Some(3)),
    ("must", 3, Some(3)),
    ("shall", 3, Some(3)),
    ("required", 3, None),
    ("should", 1, Some(1)),
    ("may", 0, Some(3)),
    ("can", 0, Some(3)),
    ("could", 0, Some(3)),
    ("might", 0, Some(3)),
];

/// Words that turn a verb around when they stand behind it in the same clause.
const BEHIND: &[&str] =
    &["nicht", "kein", "keine", "keinen", "keinem", "keiner", "keines", "nie", "niemals", "not", "never", "no"];
/// Words that turn a verb around when they stand before it in the same clause: „kein System darf“.
const BEFORE: &[&str] =
    &["kein", "keine", "keinem", "keinen", "keiner", "keines", "niemand", "nie", "niemals", "nobody", "never", "no"];
/// Words that do so before a verb at the end of its clause: „dass Daten nicht gespeichert werden dürfen“.
const BEFORE_LAST: &[&str] = &["nicht", "not"];

/// Verbs that a negation stands before: „nicht verpflichtet“, "not required".
const PARTICIPLES: &[&str] = &["verpflichtet", "required"];
/// Words behind a negation with which it denies nothing: „nicht nur“, "not only".
const NOT_ONLY: &[&str] = &["nur", "only", "allein"];
/// Verbs that bind to do something with an infinitive behind „zu“: „ist zu prüfen“, „hat sicherzustellen“.
const WITH_ZU: &[&str] = &["hat", "haben", "habe", "ist", "sind", "sei", "seien"];
/// Words before „zu“ with which it binds to nothing: „ist leicht zu finden“, „hat das Recht zu widersprechen“.
const FREE: &[&str] = &[
    "leicht",
    "leichter",
    "schwer",
    "schwerer",
    "einfach",
    "einfacher",
    "gut",
    "besser",
    "kaum",
    "recht",
    "anspruch",
    "möglichkeit",
    "gelegenheit",
    "grund",
    "anlass",
    "ziel",
    "zweck",
    "begonnen",
    "versucht",
    "möglich",
    "geeignet",
    "bereit",
    "imstande",
    "fähig",
];
/// Beginnings of verbs that take „zu“ into their midst: „sicherzustellen“.
const SEPARABLE: &[&str] = &[
    "ab", "an", "auf", "aus", "bei", "bekannt", "bereit", "dar", "durch", "ein", "fest", "fort", "frei", "her", "hin",
    "mit", "nach", "offen", "sicher", "um", "vor", "voraus", "weg", "weiter", "wieder", "zurück", "zusammen",
];
/// Verbs that permit, and permit less with one of [`ONLY`].
const PERMISSIONS: &[&str] = &["darf", "dürfen", "dürfe", "may"];
/// Words that leave of a permission only what follows them: „darf nur“, „darf erst“.
const ONLY: &[&str] = &["nur", "erst", "ausschließlich", "lediglich", "only"];
/// Words that begin a clause of their own in English.
const CLAUSES: &[&str] = &["that", "which", "who", "if", "unless", "whether", "because"];

/// Words a negation may stand from its verb.
const REACH: usize = 12;

/// Kept words between two changes that still count as one place: a verb is often replaced together with its infinitive.
const SAME_PLACE: usize = 6;

/// A modal verb in a text.
#[derive(Debug, Clone)]
struct Modal {
    /// Index of its token.
    at: usize,
    /// As shown, with its negation: `darf nicht`.
    text: String,
    /// What it means, whatever its form: `muss` and `müssen` are one.
    meaning: Meaning,
}

/// What a modal verb says, and from 0 to 3 how strictly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// Something is to be done; with 0, it may be.
    Duty(i8),
    /// Something may be done, and nothing beyond it: „darf nur“.
    Restriction,
    /// Something is not to be done.
    Prohibition(i8),
}

impl Meaning {
    fn strictness(self) -> i8 {
        match self {
            Meaning::Duty(strict) | Meaning::Prohibition(strict) => strict,
            Meaning::Restriction => 2,
        }
    }

    /// Whether two can be called stricter and less strict: two duties, or two words about what may be done.
    fn compares_with(self, other: Self) -> bool {
        use Meaning::{Duty, Prohibition, Restriction};
        match (self, other) {
            (Restriction, Duty(strict)) | (Duty(strict), Restriction) => strict == 0,
            (Restriction, _) | (_, Restriction) => true,
            _ => matches!((self, other), (Duty(_), Duty(_)) | (Prohibition(_), Prohibition(_))),
        }
    }
}

impl Modal {
    /// Whether that it came or went is worth telling: `können` is in every other sentence.
    fn binds(&self) -> bool {
        self.meaning.strictness() > 0
    }
}

/// The changes of force, place by place: verbs that were kept are compared with themselves, all others with those at
/// the same place of the other text.
pub(super) fn of(runs: &[Run], old: &[Token], new: &[Token]) -> Vec<Facet> {
    let (before, after) = (modals(old), modals(new));
    let (mut facets, mut gone, mut come) = (Vec::new(), Vec::new(), Vec::new());
    for place in places(runs, old) {
        let inside = |modals: &[Modal], side: fn(&Run) -> &std::ops::Range<usize>| {
            let range = place.first().map_or(0, |run| side(run).start)..place.last().map_or(0, |run| side(run).end);
            modals.iter().filter(|modal| range.contains(&modal.at)).cloned().collect::<Vec<_>>()
        };
        let (from, to) = (inside(&before, |run| &run.old), inside(&after, |run| &run.new));
        for pair in matched(from, to) {
            match pair {
                (Some(from), Some(to)) if from.meaning == to.meaning => {}
                (Some(from), Some(to)) => facets.push(compare(&from, &to)),
                (from, to) => {
                    gone.extend(from);
                    come.extend(to);
                }
            }
        }
    }
    facets.extend(came_and_went(gone, come));
    facets
}

/// The runs by place: changes with few kept words between them are one, and a longer kept run is a place of its own.
fn places<'r>(runs: &'r [Run], old: &[Token]) -> Vec<&'r [Run]> {
    let joins = |run: &Run| {
        let kept = &old[run.old.clone()];
        let ends =
            kept.iter().any(|token| matches!(token.key.as_str(), "." | "!" | "?") || token.kind == TokenKind::Break);
        run.op != Op::Equal || (!ends && kept.iter().filter(|token| token.is_word()).count() <= SAME_PLACE)
    };
    runs.chunk_by(|a, b| joins(a) && joins(b)).collect()
}

/// Pairs the verbs of one place: equal ones in order, then what is left between them in order.
fn matched(from: Vec<Modal>, to: Vec<Modal>) -> Vec<(Option<Modal>, Option<Modal>)> {
    let key = |meaning: Meaning| (std::mem::discriminant(&meaning), meaning.strictness());
    let keys = |modals: &[Modal]| modals.iter().map(|modal| key(modal.meaning)).collect::<Vec<_>>();
    let ops = similar::capture_diff_slices(similar::Algorithm::Myers, &keys(&from), &keys(&to));
    let mut pairs = Vec::new();
    for op in ops {
        let (old, new) = (&from[op.old_range()], &to[op.new_range()]);
        pairs.extend((0..old.len().max(new.len())).map(|at| (old.get(at).cloned(), new.get(at).cloned())));
    }
    pairs
}

fn compare(from: &Modal, to: &Modal) -> Facet {
    let words = (from.text.clone(), to.text.clone());
    let same_sense = from.meaning.compares_with(to.meaning);
    match to.meaning.strictness().cmp(&from.meaning.strictness()) {
        std::cmp::Ordering::Greater if same_sense => Facet::ForceStrengthened(words.0, words.1),
        std::cmp::Ordering::Less if same_sense => Facet::ForceWeakened(words.0, words.1),
        _ => Facet::ForceChanged(words.0, words.1),
    }
}

/// Verbs without a counterpart at their place. One that went here and came there only moved.
fn came_and_went(mut gone: Vec<Modal>, come: Vec<Modal>) -> Vec<Facet> {
    let mut facets = Vec::new();
    for modal in come {
        match gone.iter().position(|other| other.meaning == modal.meaning) {
            Some(at) => drop(gone.remove(at)),
            None if modal.binds() => facets.push(Facet::ForceChanged(String::new(), modal.text)),
            None => {}
        }
    }
    facets.extend(gone.into_iter().filter(Modal::binds).map(|modal| Facet::ForceChanged(modal.text, String::new())));
    facets
}

fn modals(tokens: &[Token]) -> Vec<Modal> {
    (0..tokens.len()).filter_map(|at| modal(tokens, at).or_else(|| bound_by_zu(tokens, at))).collect()
}

/// The modal verb at `at`.
fn modal(tokens: &[Token], at: usize) -> Option<Modal> {
    let (&(word, force, denied), contracted) = verb(&tokens[at])?;
    let negation = Negation::of(tokens, at, word);
    let only = negation.is_none().then(|| Limit::of(tokens, at, word)).flatten();
    let text = match (&negation, &only) {
        _ if contracted => tokens[at].key.to_lowercase(),
        (Some(Negation::Behind(negation)), _) => format!("{word} {negation}"),
        (Some(Negation::Before(negation)), _) => format!("{negation} … {word}"),
        (None, Some(Limit::Behind(only))) => format!("{word} {only}"),
        (None, Some(Limit::Before(only))) => format!("{only} … {word}"),
        (None, None) => word.to_owned(),
    };
    let meaning = match (negation.is_some() || contracted, denied) {
        (false, _) if only.is_some() => Meaning::Restriction,
        (false, _) => Meaning::Duty(force),
        (true, Some(strict)) => Meaning::Prohibition(strict),
        (true, None) => Meaning::Duty(0),
    };
    Some(Modal { at, text, meaning })
}

/// A duty said with „zu“: „ist … zu prüfen“, „hat … sicherzustellen“, and at the end of a clause „zu prüfen ist“.
fn bound_by_zu(tokens: &[Token], at: usize) -> Option<Modal> {
    let word = tokens[at].key.to_lowercase();
    if tokens[at].kind != TokenKind::Word || !WITH_ZU.contains(&word.as_str()) {
        return None;
    }
    let mut clause_of = clause(&mut tokens[at + 1..].iter());
    if clause_of.is_empty() {
        clause_of = clause(&mut tokens[..at].iter().rev());
        clause_of.reverse();
    }
    let zu = infinitive_with_zu(&clause_of)?;
    let before = &clause_of[..zu];
    if before.last().is_some_and(|word| FREE.contains(&word.as_str())) {
        return None;
    }
    let denied = denied(before, BEHIND);
    let text = match &denied {
        Some(negation) => format!("{word} {negation} … zu"),
        None => format!("{word} … zu"),
    };
    let meaning = if denied.is_some() { Meaning::Prohibition(3) } else { Meaning::Duty(3) };
    Some(Modal { at, text, meaning })
}

/// Where in a clause an infinitive with „zu“ stands that the clause ends with: its index, or that of its „zu“.
fn infinitive_with_zu(clause: &[String]) -> Option<usize> {
    let is_infinitive =
        |word: &str| word.len() > 3 && (word.ends_with("en") || word.ends_with("ern") || word.ends_with("eln"));
    let last = clause.last().filter(|word| is_infinitive(word))?;
    let at = clause.len() - 1;
    if at > 0 && clause[at - 1] == "zu" {
        return Some(at - 1);
    }
    SEPARABLE.iter().any(|prefix| last.strip_prefix(prefix).is_some_and(|rest| rest.starts_with("zu"))).then_some(at)
}

/// The verb that a token is, and whether its denial is in it: `can't`, `cannot`.
fn verb(token: &Token) -> Option<(&'static Verb, bool)> {
    if token.kind != TokenKind::Word {
        return None;
    }
    let word = token.key.to_lowercase().replace('’', "'");
    let (stem, contracted) = match word.as_str() {
        "cannot" | "can't" => ("can", true),
        other => other.strip_suffix("n't").map_or((other, false), |stem| (stem, true)),
    };
    VERBS.iter().find(|(known, ..)| *known == stem).map(|verb| (verb, contracted))
}

/// The word that leaves of a permission only a part, and where it stands.
enum Limit {
    Behind(String),
    Before(String),
}

impl Limit {
    /// The limit of the permission at `at`, in its clause.
    fn of(tokens: &[Token], at: usize, verb: &str) -> Option<Self> {
        if !PERMISSIONS.contains(&verb) {
            return None;
        }
        let behind = clause(&mut tokens[at + 1..].iter());
        let mut before = clause(&mut tokens[..at].iter().rev());
        before.reverse();
        limits(&behind)
            .next()
            .cloned()
            .map(Limit::Behind)
            .or_else(|| limits(&before).last().cloned().map(Limit::Before))
    }
}

/// The words of a clause that limit; „nicht nur“ does not.
fn limits(clause: &[String]) -> impl Iterator<Item = &String> {
    let limits = move |&(at, word): &(usize, &String)| {
        let denied = at.checked_sub(1).is_some_and(|before| BEFORE_LAST.contains(&clause[before].as_str()));
        ONLY.contains(&word.as_str()) && !denied
    };
    clause.iter().enumerate().filter(limits).map(|(_, word)| word)
}

/// The word that negates a verb, in small letters, and where it stands.
enum Negation {
    Behind(String),
    Before(String),
}

impl Negation {
    /// The negation of the verb at `at`: in its clause, behind it or before it, and no other verb's.
    fn of(tokens: &[Token], at: usize, verb: &str) -> Option<Self> {
        let behind = clause(&mut tokens[at + 1..].iter());
        let before = clause(&mut tokens[..at].iter().rev());
        let found = denied(&behind, BEHIND).map(Negation::Behind);
        let ends_clause = behind.is_empty() || PARTICIPLES.contains(&verb);
        let last = || if ends_clause { denied(&before, BEFORE_LAST) } else { None };
        found.or_else(|| denied(&before, BEFORE).or_else(last).map(Negation::Before))
    }
}

/// The words of a clause, in small letters: up to a mark, to the next modal verb, or to a word that begins another.
fn clause(tokens: &mut dyn Iterator<Item = &Token>) -> Vec<String> {
    let ends = |token: &&Token| {
        token.kind == TokenKind::Break
            || matches!(token.key.as_str(), "." | ";" | ":" | "," | "!" | "?" | "(" | ")")
            || CLAUSES.contains(&token.key.as_str())
            || verb(token).is_some()
    };
    let words = tokens.take_while(|token| !ends(token)).filter(|token| token.is_word());
    words.map(|token| token.key.to_lowercase()).collect()
}

/// The first of the `known` negations in reach that denies something.
fn denied(words: &[String], known: &[&str]) -> Option<String> {
    let near = &words[..words.len().min(REACH)];
    let is_denial = |&(at, word): &(usize, &String)| {
        known.contains(&word.as_str()) && !near.get(at + 1).is_some_and(|next| NOT_ONLY.contains(&next.as_str()))
    };
    near.iter().enumerate().find(is_denial).map(|(_, word)| word.clone())
}
