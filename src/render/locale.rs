//! The interface's texts, dates and order of words in one language.

use std::cmp::Ordering;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_datetime::DateTimeFormatter;
use icu_datetime::fieldsets::YMD;
use jiff::civil::Date;
use serde::Serialize;
use unic_langid::LanguageIdentifier;

/// A date for people and for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateView {
    /// `2026-03-01`.
    pub iso: String,
    /// `1. März 2026`.
    pub text: String,
}

/// What depends on the interface's language.
pub struct Locale {
    texts: FluentBundle<FluentResource>,
    dates: Option<DateTimeFormatter<YMD>>,
    collator: Option<CollatorBorrowed<'static>>,
}

impl Locale {
    /// The locale of a language (BCP 47), with its texts in Fluent's syntax, the most general first. Words are in the order
    /// of the language of the content, `content`, which may be another one.
    pub fn new(language: &str, content: &str, texts: &[&str]) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![language.parse::<LanguageIdentifier>().unwrap_or_default()]);
        bundle.set_use_isolating(false);
        for text in texts {
            let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
        let locale = |tag: &str| tag.parse().unwrap_or(icu_locale_core::Locale::UNKNOWN);
        Self {
            texts: bundle,
            dates: DateTimeFormatter::try_new((&locale(language)).into(), YMD::long()).ok(),
            collator: Collator::try_new((&locale(content)).into(), CollatorOptions::default()).ok(),
        }
    }

    /// The text of a key with values filled in; the key itself where the catalogue has none.
    pub fn text_with(&self, key: &str, args: &FluentArgs<'_>) -> String {
        let pattern = self.texts.get_message(key).and_then(|message| message.value());
        let Some(pattern) = pattern else { return key.to_owned() };
        self.texts.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned()
    }

    /// Whether the catalogue has a key.
    pub fn has(&self, key: &str) -> bool {
        self.texts.has_message(key)
    }

    /// The text of a key.
    pub fn text(&self, key: &str) -> String {
        self.text_with(key, &FluentArgs::new())
    }

    /// The text of a key with one value.
    pub fn text_of(&self, key: &str, name: &'static str, value: &str) -> String {
        let mut args = FluentArgs::new();
        args.set(name, value.to_owned());
        self.text_with(key, &args)
    }

    /// A date as people write it.
    pub fn date(&self, date: Date) -> DateView {
        let iso = date.to_string();
        let parts = (i32::from(date.year()), date.month().unsigned_abs(), date.day().unsigned_abs());
        let shown = icu_calendar::Date::try_new_iso(parts.0, parts.1, parts.2).ok();
        let text = shown.zip(self.dates.as_ref()).map(|(date, formatter)| formatter.format(&date).to_string());
        DateView { text: text.unwrap_or_else(|| iso.clone()), iso }
    }

    /// The order of two words in a dictionary of the language.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.collator.as_ref().map_or_else(|| a.cmp(b), |collator| collator.compare(a, b)).then_with(|| a.cmp(b))
    }
}

/// `de_DE`: a language with its region, the most likely one (CLDR) where the tag names none.
pub fn with_region(language: &str) -> Option<String> {
    let mut tag: LanguageIdentifier = language.parse().ok()?;
    tag.maximize();
    Some(format!("{}_{}", tag.language, tag.region?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_has_its_likely_region() {
        assert_eq!(with_region("de").as_deref(), Some("de_DE"));
        assert_eq!(with_region("de-AT").as_deref(), Some("de_AT"));
        assert_eq!(with_region("xx"), None);
    }

    #[test]
    fn german_dates_and_order() {
        let locale = Locale::new("de", "de", &["a = Text\n"]);
        assert_eq!(locale.date(jiff::civil::date(2026, 3, 1)).text, "1. März 2026");
        let mut words = ["Zug", "Äpfel", "Apfel", "Österreich", "Ofen"];
        words.sort_by(|a, b| locale.compare(a, b));
        assert_eq!(words, ["Apfel", "Äpfel", "Ofen", "Österreich", "Zug"]);
        assert_eq!((locale.text("a"), locale.text("b")), ("Text".into(), "b".into()));
    }
}
