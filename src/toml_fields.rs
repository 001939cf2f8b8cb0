//! Reads a TOML table field by field into typed values, with spans, and reports every mistake in it at once.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::{Date, Time};
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, suggest};
use crate::source::{FileId, Span, Spanned};

type Value<'i> = toml::Spanned<DeValue<'i>>;

/// Where mistakes go while tables are read.
pub type Sink = RefCell<Diagnostics>;

/// A table whose fields are taken one by one; what is left at [`Fields::finish`] is unknown.
pub struct Fields<'i, 's> {
    what: &'static str,
    source: Source<'s>,
    span: Span,
    entries: BTreeMap<String, (Span, Value<'i>)>,
    asked: Vec<&'static str>,
}

/// The text a table stands in, and where in its file that text begins.
#[derive(Clone, Copy)]
struct Source<'s> {
    file: FileId,
    offset: usize,
    sink: &'s Sink,
}

impl Source<'_> {
    fn span(self, range: Range<usize>) -> Span {
        Span::new(self.file, self.offset + range.start..self.offset + range.end)
    }

    fn report(self, diagnostic: Diagnostic) {
        self.sink.borrow_mut().push(diagnostic);
    }
}

/// Reads the TOML in `text`, which begins at byte `offset` of `file`. `what` names the kind of table in messages,
/// `anchor` is where a missing key is reported. Syntax errors are reported, and what could be read is given.
pub fn parse<'i, 's>(
    what: &'static str,
    text: &'i str,
    file: FileId,
    offset: usize,
    anchor: Span,
    sink: &'s Sink,
) -> Fields<'i, 's> {
    let source = Source { file, offset, sink };
    let (table, errors) = DeTable::parse_recoverable(text);
    let errors: Vec<(Range<usize>, &str)> = errors
        .iter()
        .map(|error| {
            let range = error.span().unwrap_or(0..0);
            let range = text.floor_char_boundary(range.start)..text.ceil_char_boundary(range.end);
            (range, error.message().lines().next().unwrap_or_default())
        })
        .collect();
    report_syntax(text, &errors, source);
    let table = table.into_inner();
    let mut fields = Fields::new(what, source, anchor, table);
    if !errors.is_empty() {
        // What was guessed from broken text would only bring findings about the guess.
        let broken = |span: &Span| errors.iter().any(|(range, _)| touches(*span, source.span(range.clone())));
        fields.entries.retain(|_, (_, value)| !broken(&source.span(value.span())));
        // After a syntax error half the keys may be missing; saying so would only hide the cause.
        fields.asked.push("");
    }
    fields
}

/// Reports the first syntax error of each line: the others mostly follow from it.
fn report_syntax(text: &str, errors: &[(Range<usize>, &str)], source: Source<'_>) {
    let mut lines = std::collections::BTreeSet::new();
    for (range, message) in errors {
        if lines.insert(text[..range.start].matches('\n').count()) {
            source.report(Diagnostic::at(Code::TomlSyntax, source.span(range.clone())).arg("error", message));
        }
    }
}

fn touches(a: Span, b: Span) -> bool {
    a.start <= b.end && b.start <= a.end
}

impl<'i, 's> Fields<'i, 's> {
    fn new(what: &'static str, source: Source<'s>, span: Span, table: DeTable<'i>) -> Self {
        let entries = table
            .into_iter()
            .map(|(key, value)| {
                let span = source.span(key.span());
                (key.into_inner().into_owned(), (span, value))
            })
            .collect();
        Self { what, source, span, entries, asked: Vec::new() }
    }

    /// Where the table stands.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Takes a field that may be missing.
    pub fn optional<T: FromToml>(&mut self, key: &'static str) -> Option<T> {
        self.asked.push(key);
        let (_, value) = self.entries.remove(key)?;
        read(key, value, self.source)
    }

    /// Takes a field that must be there; `None` after reporting what is wrong.
    pub fn required<T: FromToml>(&mut self, key: &'static str) -> Option<T> {
        if !self.entries.contains_key(key) && !self.asked.contains(&"") {
            let missing = Diagnostic::at(Code::MissingKey, self.span).arg("key", key).arg("what", self.what);
            self.source.report(missing);
        }
        self.optional(key)
    }

    /// Takes a text that must be there and say something; `None` after reporting what is wrong.
    pub fn required_text(&mut self, key: &'static str) -> Option<String> {
        let text = self.required::<Spanned<String>>(key)?;
        self.said(text)
    }

    /// Takes a list of names, which may be missing. A blank one is reported and left out.
    pub fn names(&mut self, key: &'static str) -> Vec<String> {
        let names: Vec<Spanned<String>> = self.list(key);
        names.into_iter().filter_map(|name| self.said(name)).collect()
    }

    /// The text if it is more than blanks; reports one that is not.
    pub fn said(&self, text: Spanned<String>) -> Option<String> {
        if text.value.trim().is_empty() {
            self.bad_value(text.span, "a text that is not empty", None);
            return None;
        }
        Some(text.value)
    }

    /// Takes the tag of a language, which may be missing.
    pub fn optional_language(&mut self, key: &'static str) -> Option<String> {
        let tag = self.optional(key)?;
        self.language(&tag)
    }

    /// The tag of a language as BCP 47 writes it, `de-AT` for `de_at`; reports what is none.
    pub fn language(&self, tag: &Spanned<String>) -> Option<String> {
        let parsed = tag.value.parse::<unic_langid::LanguageIdentifier>().ok();
        // Longer names are allowed by the syntax and given to no language.
        let known = parsed.filter(|tag| !tag.language.is_empty() && tag.language.as_str().len() <= 3);
        if known.is_none() {
            self.bad_value(tag.span, "a language tag like de or en", None);
        }
        known.map(|tag| tag.to_string())
    }

    /// Takes a list that may be missing.
    pub fn list<T: FromToml>(&mut self, key: &'static str) -> Vec<T> {
        self.optional(key).unwrap_or_default()
    }

    /// Takes a field whose text must be one of `choices`.
    pub fn choice<T: Clone>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        self.spanned_choice(key, choices).map(|found| found.value)
    }

    /// Takes a field whose text must be one of `choices`, with its place.
    pub fn spanned_choice<T: Clone>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Option<Spanned<T>> {
        let text: Spanned<String> = self.optional(key)?;
        let found = choices.iter().find(|(name, _)| *name == text.value).map(|(_, value)| value.clone());
        if found.is_none() {
            let names = || choices.iter().map(|(name, _)| *name);
            let near = suggest::nearest(&text.value, names()).map(|near| format!("\"{near}\""));
            let known = names().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
            let expected = if choices.len() == 1 { known } else { format!("one of {known}") };
            self.bad_value(text.span, expected, near.as_deref());
        }
        found.map(|value| Spanned { value, span: text.span })
    }

    /// Takes a field that must be there and whose text must be one of `choices`.
    pub fn required_choice<T: Clone>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        if !self.entries.contains_key(key) {
            return self.required::<String>(key).and(None);
        }
        self.choice(key, choices)
    }

    /// Takes a field of any type that should not be there, with the place of its key.
    pub fn present(&mut self, key: &'static str) -> Option<Spanned<()>> {
        let (span, _) = self.entries.remove(key)?;
        Some(Spanned { value: (), span })
    }

    /// Takes an array as it is; empty where there is none or the value is `expected` and no array.
    fn array(&mut self, key: &'static str, expected: &str) -> Vec<Value<'i>> {
        self.asked.push(key);
        let Some((_, value)) = self.entries.remove(key) else { return Vec::new() };
        let span = self.source.span(value.span());
        let DeValue::Array(items) = value.into_inner() else {
            self.source.report(wrong_type(key, expected, span));
            return Vec::new();
        };
        items.into_iter().collect()
    }

    /// Takes an array of tables (`[[key]]`) and reads each with `read_one`.
    pub fn tables<T>(
        &mut self,
        key: &'static str,
        what: &'static str,
        mut read_one: impl FnMut(&mut Fields<'i, 's>) -> Option<T>,
    ) -> Vec<T> {
        let items = self.array(key, "an array of tables");
        items.into_iter().filter_map(|item| self.one_table(key, what, item, &mut read_one)).collect()
    }

    /// Takes a table (`[key]`) and reads it with `read_one`.
    pub fn table<T>(
        &mut self,
        key: &'static str,
        what: &'static str,
        mut read_one: impl FnMut(&mut Fields<'i, 's>) -> Option<T>,
    ) -> Option<T> {
        self.asked.push(key);
        let (_, value) = self.entries.remove(key)?;
        self.one_table(key, what, value, &mut read_one)
    }

    fn one_table<T>(
        &self,
        key: &str,
        what: &'static str,
        value: Value<'i>,
        read_one: &mut impl FnMut(&mut Fields<'i, 's>) -> Option<T>,
    ) -> Option<T> {
        let span = self.source.span(value.span());
        let DeValue::Table(table) = value.into_inner() else {
            self.source.report(wrong_type(key, "a table", span));
            return None;
        };
        let mut fields = Fields::new(what, self.source, span, table);
        let read = read_one(&mut fields);
        fields.finish();
        read
    }

    /// Takes a field whose value is a text or a table: the text by `Ok`, the table read by `read_one` by `Err`.
    pub fn texts_or_tables<T>(
        &mut self,
        key: &'static str,
        what: &'static str,
        of_text: impl Fn(Spanned<String>) -> T,
        mut read_one: impl FnMut(&mut Fields<'i, 's>) -> Option<T>,
    ) -> Vec<T> {
        let items = self.array(key, "a list");
        let read = |item: Value<'i>| match item.get_ref() {
            DeValue::String(_) => {
                let text: Spanned<String> = read(key, item, self.source)?;
                let span = text.span;
                self.said(text).map(|value| of_text(Spanned { value, span }))
            }
            _ => self.one_table(key, what, item, &mut read_one),
        };
        items.into_iter().filter_map(read).collect()
    }

    /// Takes all fields that are left, as a map with the place of each key.
    pub fn rest<T: FromToml>(&mut self) -> Vec<(Spanned<String>, T)> {
        let source = self.source;
        std::mem::take(&mut self.entries)
            .into_iter()
            .filter_map(|(key, (span, value))| {
                let value = read(&key, value, source)?;
                Some((Spanned { value: key, span }, value))
            })
            .collect()
    }

    /// Takes all fields that are left, each a table.
    pub fn rest_tables<T>(
        &mut self,
        what: &'static str,
        mut read_one: impl FnMut(Spanned<String>, &mut Fields<'i, 's>) -> Option<T>,
    ) -> Vec<T> {
        let entries = std::mem::take(&mut self.entries);
        let mut read = Vec::new();
        for (key, (span, value)) in entries {
            let name = Spanned { value: key.clone(), span };
            read.extend(
                self.one_table(&key, what, value, &mut |fields: &mut Fields<'i, 's>| read_one(name.clone(), fields)),
            );
        }
        read
    }

    /// Reports a value that is of the right type and still wrong.
    pub fn bad_value(&self, span: Span, expected: impl ToString, suggestion: Option<&str>) {
        self.source.report(Diagnostic::at(Code::BadValue, span).arg("expected", expected).suggest(suggestion));
    }

    /// An address elsewhere with its scheme; reports one without.
    pub fn web_address(&self, url: Spanned<String>) -> Option<Spanned<String>> {
        if url.value.starts_with("https://") || url.value.starts_with("http://") {
            return Some(url);
        }
        self.bad_value(url.span, "an address that begins with https://", None);
        None
    }

    /// How many findings there are so far; where there are more after reading, something could not be read.
    pub fn findings(&self) -> usize {
        self.source.sink.borrow().len()
    }

    /// Reports a finding about this table.
    pub fn report(&self, diagnostic: Diagnostic) {
        self.source.report(diagnostic);
    }

    /// Reports every field that nobody asked for.
    pub fn finish(self) {
        for (key, (span, _)) in &self.entries {
            let near = suggest::nearest(key, self.asked.iter().copied().filter(|known| !known.is_empty()));
            let known: Vec<&str> = self.asked.iter().copied().filter(|known| !known.is_empty()).collect();
            let unknown = Diagnostic::at(Code::UnknownKey, *span)
                .arg("key", key)
                .arg("what", self.what)
                .arg("known", known.join(", "))
                .suggest(near);
            self.source.report(unknown);
        }
    }
}

/// A type that a TOML value can be read into.
pub trait FromToml: Sized {
    /// What the value must be, for messages.
    const EXPECTED: &'static str;

    /// The value, or `None` if it is of another type.
    fn from_value(value: DeValue<'_>) -> Option<Self>;

    /// The value with its place; types that need places override this.
    fn from_spanned(key: &str, value: Value<'_>, source: SourceAt<'_>) -> Option<Self> {
        let span = source.0.span(value.span());
        let read = Self::from_value(value.into_inner());
        if read.is_none() {
            source.0.report(wrong_type(key, Self::EXPECTED, span));
        }
        read
    }
}

/// Opaque handle that lets nested values report their own places.
#[derive(Clone, Copy)]
pub struct SourceAt<'s>(Source<'s>);

fn read<T: FromToml>(key: &str, value: Value<'_>, source: Source<'_>) -> Option<T> {
    T::from_spanned(key, value, SourceAt(source))
}

fn wrong_type(key: &str, expected: &str, span: Span) -> Diagnostic {
    Diagnostic::at(Code::WrongType, span).arg("key", key).arg("expected", expected)
}

impl FromToml for String {
    const EXPECTED: &'static str = "a text in quotes";
    fn from_value(value: DeValue<'_>) -> Option<Self> {
        match value {
            DeValue::String(text) => Some(text.into_owned()),
            _ => None,
        }
    }
}

impl FromToml for bool {
    const EXPECTED: &'static str = "true or false";
    fn from_value(value: DeValue<'_>) -> Option<Self> {
        value.as_bool()
    }
}

impl FromToml for u32 {
    const EXPECTED: &'static str = "a whole number";
    fn from_value(value: DeValue<'_>) -> Option<Self> {
        let integer = value.as_integer()?;
        u32::from_str_radix(&integer.as_str().replace('_', ""), integer.radix()).ok()
    }
}

impl FromToml for Date {
    const EXPECTED: &'static str = "a date like 2026-03-01, without quotes";
    fn from_value(value: DeValue<'_>) -> Option<Self> {
        let date = value.as_datetime()?;
        if date.time.is_some() {
            return None;
        }
        let date = date.date?;
        Date::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok()
    }
}

impl FromToml for Time {
    const EXPECTED: &'static str = "a time like 10:30:00, without quotes";
    fn from_value(value: DeValue<'_>) -> Option<Self> {
        let time = value.as_datetime().filter(|time| time.date.is_none() && time.offset.is_none())?.time?;
        let (hour, minute) = (i8::try_from(time.hour).ok()?, i8::try_from(time.minute).ok()?);
        Time::new(hour, minute, i8::try_from(time.second.unwrap_or(0)).ok()?, 0).ok()
    }
}

impl<T: FromToml> FromToml for Spanned<T> {
    const EXPECTED: &'static str = T::EXPECTED;
    fn from_value(_: DeValue<'_>) -> Option<Self> {
        None
    }
    fn from_spanned(key: &str, value: Value<'_>, source: SourceAt<'_>) -> Option<Self> {
        let span = source.0.span(value.span());
        T::from_spanned(key, value, source).map(|value| Spanned { value, span })
    }
}

impl<T: FromToml> FromToml for Vec<T> {
    const EXPECTED: &'static str = "a list in [ ]";
    fn from_value(_: DeValue<'_>) -> Option<Self> {
        None
    }
    fn from_spanned(key: &str, value: Value<'_>, source: SourceAt<'_>) -> Option<Self> {
        let span = source.0.span(value.span());
        let DeValue::Array(items) = value.into_inner() else {
            source.0.report(wrong_type(key, Self::EXPECTED, span));
            return None;
        };
        Some(items.into_iter().filter_map(|item| T::from_spanned(key, item, source)).collect())
    }
}
