//! The texts of all findings, from one Fluent catalogue a language (`en.ftl`).

use std::collections::BTreeMap;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::{Code, Diagnostic};

const ENGLISH: &str = include_str!("en.ftl");

/// A catalogue of texts in one language.
pub struct Catalogue(FluentBundle<FluentResource>);

impl Catalogue {
    /// The English texts.
    pub fn english() -> Self {
        // A mistake in the catalogue is found by the tests below; at run time what parses is used.
        let resource = FluentResource::try_new(ENGLISH.to_owned()).unwrap_or_else(|(resource, _)| resource);
        let mut bundle = FluentBundle::new_concurrent(vec!["en".parse::<LanguageIdentifier>().unwrap_or_default()]);
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
        Self(bundle)
    }

    /// The text `id` or its attribute, with `args` filled in; `None` where the catalogue has none.
    pub fn text(&self, id: &str, attribute: Option<&str>, args: &BTreeMap<&'static str, String>) -> Option<String> {
        let message = self.0.get_message(id)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        let args: FluentArgs = args.iter().map(|(&name, value)| (name, FluentValue::from(value.as_str()))).collect();
        let mut errors = Vec::new();
        Some(self.0.format_pattern(pattern, Some(&args), &mut errors).into_owned())
    }

    /// What a finding says.
    pub fn message(&self, diagnostic: &Diagnostic) -> String {
        let name = diagnostic.code.name();
        let message = self.text(&name, None, &diagnostic.args).unwrap_or(name);
        // What is right today and will not be after a day.
        let from = diagnostic.args.get("day").and_then(|_| self.text("from-day", None, &diagnostic.args));
        from.map_or(message.clone(), |from| format!("{from} {message}"))
    }

    /// What to do about it: the nearest right word if one is known, else the code's own advice.
    pub fn help(&self, diagnostic: &Diagnostic) -> Option<String> {
        if let Some(suggestion) = &diagnostic.suggestion {
            let args = BTreeMap::from([("suggestion", suggestion.replacement.clone())]);
            return self.text("did-you-mean", None, &args);
        }
        self.attribute(diagnostic, "help")
    }

    /// Another text of the finding, such as a label's.
    pub fn attribute(&self, diagnostic: &Diagnostic, name: &str) -> Option<String> {
        self.text(&diagnostic.code.name(), Some(name), &diagnostic.args)
    }

    /// Why a finding arises and how it is cured, for `explain`.
    pub fn explanation(&self, code: Code) -> Option<(String, String)> {
        let text = |attribute| self.text(&code.name(), Some(attribute), &BTreeMap::new());
        Some((text("cause")?, text("cure")?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_parses() {
        let errors = FluentResource::try_new(ENGLISH.to_owned()).err().map(|(_, errors)| errors);
        assert_eq!(errors, None);
    }

    #[test]
    fn every_code_has_a_message_a_cause_and_a_cure() {
        let catalogue = Catalogue::english();
        for &code in Code::ALL {
            assert!(catalogue.text(&code.name(), None, &BTreeMap::new()).is_some(), "{} has no message", code.name());
            assert!(catalogue.explanation(code).is_some(), "{} has no .cause and .cure", code.name());
        }
    }
}
