//! Whether a theme's colours can be read: the contrasts that WCAG 2.2 asks for.

use super::settings::{Settings, Values};
use super::values::Colour;
use crate::diagnostic::{Code, Diagnostic};
use crate::toml_fields::Sink;

/// Least contrast of text: WCAG 2.2, success criterion 1.4.3 (level AA).
const TEXT: f64 = 4.5;

/// Least contrast of what is operated and is no text: criterion 1.4.11.
const CONTROL: f64 = 3.0;

/// Each colour with those that it stands on in `style.css`, and the contrast it needs there.
const PAIRS: &[(&str, &[&str], f64)] = &[
    ("ink", &["paper", "tint", "deletion_tint"], TEXT),
    ("quiet", &["paper", "tint"], TEXT),
    ("link", &["paper", "tint"], TEXT),
    ("visited", &["paper", "tint"], TEXT),
    ("accent", &["paper"], TEXT),
    ("insertion", &["insertion_tint", "paper", "tint"], TEXT),
    ("deletion", &["deletion_tint", "paper", "tint"], TEXT),
    ("edge", &["paper"], CONTROL),
];

/// Reports colours that are too alike, on the light ground and on the dark one.
pub fn check(settings: &Settings, sink: &Sink) {
    for (ground, colours) in [("light", &settings.light), ("dark", &settings.dark)] {
        let found = PAIRS.iter().filter_map(|(front, backs, needed)| too_alike(colours, front, backs, *needed));
        sink.borrow_mut().extend(found.map(|found| found.arg("ground", ground)));
    }
}

/// A finding if a colour has too little contrast with one of `backs`: the least, for who cures that cures the others.
fn too_alike(colours: &Values<Colour>, front: &str, backs: &[&str], needed: f64) -> Option<Diagnostic> {
    let above = colours.get(front)?;
    let pairs = backs.iter().filter_map(|&name| colours.get(name).map(|below| (name, below)));
    let pairs = pairs.map(|(name, below)| (ratio(above.value, below.value), name, below));
    let (ratio, back, below) = pairs.min_by(|a, b| a.0.total_cmp(&b.0)).filter(|(ratio, ..)| *ratio < needed)?;
    // Of two files the later one is the site's own; what stands in the other cannot be changed.
    let own = above.span.file.max(below.span.file);
    let (place, other) = if above.span.file == own { (above.span, below.span) } else { (below.span, above.span) };
    let found = Diagnostic::at(Code::LowContrast, place);
    let found = if other.file == own { found.label(other, "other") } else { found };
    Some(
        found
            .arg("front", front)
            .arg("front-colour", above.value)
            .arg("back", back)
            .arg("back-colour", below.value)
            .arg("ratio", shown(ratio))
            .arg("needed", needed),
    )
}

/// A ratio with two digits, rounded down: 4.499 is not 4.5.
fn shown(ratio: f64) -> String {
    format!("{:.2}", (ratio * 100.0).floor() / 100.0)
}

/// Contrast ratio of two colours, 1 to 21: WCAG 2.2, definition of “contrast ratio”,
/// <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>.
pub fn ratio(a: Colour, b: Colour) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance of a colour in sRGB, 0 (black) to 1 (white): WCAG 2.2, definition of “relative luminance”,
/// <https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>.
fn luminance(colour: Colour) -> f64 {
    let [r, g, b] = colour.0.map(|channel| {
        let channel = f64::from(channel) / 255.0;
        if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(a: &str, b: &str) -> String {
        shown(ratio(Colour::parse(a).unwrap(), Colour::parse(b).unwrap()))
    }

    #[test]
    fn ratios_are_those_of_wcag() {
        assert_eq!(between("#000", "#fff"), "21.00");
        assert_eq!(between("#fff", "#000"), "21.00");
        assert_eq!(between("#1d4e80", "#1d4e80"), "1.00");
        assert_eq!(between("#767676", "#ffffff"), "4.54");
        assert_eq!(between("#777777", "#ffffff"), "4.47");
        assert_eq!(between("#949494", "#ffffff"), "3.03");
    }

    /// The number behind each colour of the built-in `theme.toml` is the least contrast that it reaches.
    #[test]
    fn comments_of_the_built_in_theme_tell_the_truth() {
        let settings = super::super::tests::built_in();
        let text = include_str!("../../../themes/leitwerk/theme.toml");
        for (ground, colours) in [("light", &settings.light), ("dark", &settings.dark)] {
            let section = text.split(&format!("\n[{ground}]\n")).nth(1).unwrap().split("\n[").next().unwrap();
            for (front, backs, _) in PAIRS {
                let ratios = backs.iter().map(|back| ratio(colours[front].value, colours[back].value));
                let least = (ratios.fold(21.0, f64::min) * 10.0).floor() / 10.0;
                let line = section.lines().find(|line| line.starts_with(&format!("{front} = "))).unwrap();
                let told = line.split("# ").nth(1).and_then(|comment| comment.split([' ', ',']).next());
                assert_eq!(told, Some(format!("{least:.1}").as_str()), "[{ground}] {line}");
            }
        }
    }
}
