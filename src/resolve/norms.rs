//! Legal norms as cited: which act, which section, and where the official text is.

use crate::config::Act;
use crate::slug::slugify;

/// A norm that the site cites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Norm {
    /// Index of the act in the configuration.
    pub act: usize,
    /// As cited, the act's name left out: `Art. 14 Abs. 1`; empty for the whole act.
    pub unit: String,
    /// As cited.
    pub text: String,
}

impl Norm {
    /// The fragment of the norm on the page of norms.
    pub fn anchor(&self) -> String {
        format!("norm-{}", slugify(&self.text))
    }

    /// Order inside the act: by the numbers in the citation.
    pub fn order(&self) -> (usize, Vec<(u32, String)>, String) {
        let parts =
            self.unit.split(|c: char| !c.is_alphanumeric()).filter(|p| p.starts_with(|c: char| c.is_ascii_digit()));
        let numbers = parts.map(|part| {
            let digits = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
            (part[..digits].parse().unwrap_or(0), part[digits..].to_owned())
        });
        (self.act, numbers.collect(), self.unit.clone())
    }
}

/// Reads a citation: `KI-VO Art. 14 Abs. 1` or `§ 35 SGB X`. The longest act's name that fits is meant.
pub fn parse(text: &str, acts: &[Act]) -> Option<Norm> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let rest_of = |name: &str| {
        let (front, back) = (text.strip_prefix(name), text.strip_suffix(name));
        let unit = front.filter(|rest| rest.is_empty() || rest.starts_with(' '));
        unit.or_else(|| back.filter(|rest| rest.ends_with(' '))).map(|rest| rest.trim().to_owned())
    };
    let fits = acts.iter().enumerate().filter_map(|(at, act)| Some((act.name.len(), at, rest_of(&act.name)?)));
    let (_, act, unit) = fits.max_by_key(|&(length, ..)| length)?;
    Some(Norm { act, unit, text })
}

/// The act that a citation names, as far as it can be told without knowing its name: what is no section, paragraph or
/// number. `§ 35 Abs. 1 SGB X` names `SGB X`.
pub fn act_name(text: &str) -> String {
    let units =
        ["§", "§§", "Art.", "Artikel", "Abs.", "Absatz", "Satz", "S.", "Nr.", "Nummer", "Buchst.", "lit.", "UAbs."];
    let is_unit = |word: &&str| {
        units.contains(word)
            || word.starts_with(|c: char| c.is_ascii_digit())
            || (word.len() == 1 && word.to_lowercase() == **word)
    };
    text.split_whitespace().filter(|word| !is_unit(word)).collect::<Vec<_>>().join(" ")
}

/// Where the official text of a norm is.
pub fn norm_url(norm: &Norm, acts: &[Act]) -> String {
    let act = &acts[norm.act];
    // `Kapitel 3` is not § 3: only a section or an article has an address of its own.
    let unit = ["§§", "§", "Artikel", "Article", "Art."].iter().find_map(|sign| norm.unit.strip_prefix(sign));
    let number = unit.and_then(|unit| unit.trim_start().split(|c: char| !c.is_alphanumeric()).next());
    let number = number.filter(|number| number.starts_with(|c: char| c.is_ascii_digit()));
    match (&act.unit_url, number) {
        (Some(url), Some(number)) => url.replace("{n}", number),
        _ => act.url.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn acts() -> Vec<Act> {
        ["SGB I", "SGB X", "SGB XI", "KI-VO"]
            .map(|name| Act {
                name: name.into(),
                title: None,
                url: format!("https://example.org/{name}/"),
                unit_url: Some(format!("https://example.org/{name}/__{{n}}.html")),
            })
            .to_vec()
    }

    #[test]
    fn the_longest_name_is_meant_before_and_behind() {
        let name = |text: &str| parse(text, &acts()).map(|norm| (acts()[norm.act].name.clone(), norm.unit));
        assert_eq!(name("SGB XI § 7a"), Some(("SGB XI".into(), "§ 7a".into())));
        assert_eq!(name("§ 35 SGB X"), Some(("SGB X".into(), "§ 35".into())));
        assert_eq!(name("SGB I"), Some(("SGB I".into(), String::new())));
        assert_eq!(name("SGB XII § 1"), None);
    }

    #[test]
    fn addresses_name_the_section() {
        let url = |text: &str| parse(text, &acts()).map(|norm| norm_url(&norm, &acts())).unwrap_or_default();
        assert_eq!(url("KI-VO Art. 14 Abs. 1"), "https://example.org/KI-VO/__14.html");
        assert_eq!(url("SGB X § 35a Abs. 2"), "https://example.org/SGB X/__35a.html");
        assert_eq!(url("SGB X"), "https://example.org/SGB X/");
        assert_eq!(url("SGB X Kapitel 3"), "https://example.org/SGB X/");
    }
}
