//! Value pairs and the glossary as sets of terms.

use serde_json::Value;

use super::super::super::Stage;
use super::{address, language, list, node, reference, text};
use crate::target::Target;

/// A set of terms: the page of all of them.
struct Set {
    /// Key of its title.
    title: &'static str,
    /// Its address.
    address: String,
}

/// Of the page of all value pairs.
pub(in super::super::super) fn values(stage: &Stage<'_>) -> Vec<Value> {
    let targets = (0..stage.project.sources.values.len()).map(Target::Value);
    vec![value_pairs(stage).node(stage, targets)]
}

/// Of a value pair's page.
pub(in super::super::super) fn value(stage: &Stage<'_>, at: usize) -> Vec<Value> {
    let source = &stage.project.sources.values[at];
    vec![value_pairs(stage).term(stage, &Target::Value(at), &source.synonyms, source.summary.as_ref())]
}

/// Of the glossary's page, and then of each term's.
pub(in super::super::super) fn glossary(stage: &Stage<'_>, term: Option<usize>) -> Vec<Value> {
    let sources = &stage.project.sources;
    let set =
        Set { title: "nav-glossary", address: stage.absolute(&format!("/{}/", sources.config.addresses.glossary)) };
    vec![match term {
        Some(at) => set.term(stage, &Target::Term(at), &sources.terms[at].synonyms, None),
        None => set.node(stage, (0..sources.terms.len()).map(Target::Term)),
    }]
}

fn value_pairs(stage: &Stage<'_>) -> Set {
    let segment = &stage.project.sources.config.addresses.values;
    Set { title: "nav-values", address: stage.absolute(&format!("/{segment}/")) }
}

impl Set {
    fn node(&self, stage: &Stage<'_>, targets: impl Iterator<Item = Target>) -> Value {
        let terms = targets.map(|target| reference(stage, "DefinedTerm", &target));
        let properties = [
            ("name", Some(stage.locale.text(self.title).into())),
            ("inLanguage", language(stage)),
            ("hasDefinedTerm", list(terms.collect())),
        ];
        node("DefinedTermSet", &self.address, properties)
    }

    fn term(&self, stage: &Stage<'_>, target: &Target, synonyms: &[String], summary: Option<&String>) -> Value {
        let name = crate::resolve::title(stage.project, target);
        let set = serde_json::json!({
            "@type": "DefinedTermSet",
            "@id": self.address,
            "name": stage.locale.text(self.title),
        });
        let properties = [
            ("name", Some(name.into())),
            ("alternateName", list(synonyms.iter().map(|synonym| synonym.as_str().into()).collect())),
            ("description", text(summary)),
            ("inDefinedTermSet", Some(set)),
        ];
        node("DefinedTerm", &address(stage, target), properties)
    }
}
