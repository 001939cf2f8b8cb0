//! `theme.toml`: read strictly into [`Settings`]; what the site's theme leaves out the built-in one says.

use std::collections::BTreeMap;

use serde::Serialize;
use toml::de::DeValue;

use super::values::{self, Colour};
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::source::{FileId, Files, Span, Spanned};
use crate::target;
use crate::toml_fields::{self, Fields, FromToml, Sink};

/// Values by their keys in `theme.toml`, with their places.
pub type Values<T> = BTreeMap<&'static str, Spanned<T>>;

/// Keys of `[fonts]`, each with the variable of the style sheet that it sets.
pub const FONTS: &[(&str, &str)] = &[("text", "--serif"), ("interface", "--sans"), ("code", "--mono")];

/// Keys of `[light]` and `[dark]`, each with the variable that it sets.
pub const COLOURS: &[(&str, &str)] = &[
    ("paper", "--paper"),
    ("ink", "--ink"),
    ("quiet", "--quiet"),
    ("hairline", "--hairline"),
    ("edge", "--edge"),
    ("tint", "--tint"),
    ("link", "--link"),
    ("visited", "--visited"),
    ("accent", "--accent"),
    ("insertion", "--ins"),
    ("insertion_tint", "--ins-tint"),
    ("deletion", "--del"),
    ("deletion_tint", "--del-tint"),
];

/// Keys of `[measures]`, each with the variable that it sets.
pub const MEASURES: &[(&str, &str)] =
    &[("measure", "--measure"), ("rail", "--rail"), ("gutter", "--gutter"), ("step", "--step")];

/// Endings of font files, each with its name in `format()` of CSS.
const FORMATS: &[(&str, &str)] = &[("woff2", "woff2"), ("woff", "woff"), ("otf", "opentype"), ("ttf", "truetype")];

/// What a `theme.toml` sets.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The sign before the site's title.
    pub logo: Option<Logo>,
    /// Font stacks, by the keys of [`FONTS`].
    pub fonts: Values<String>,
    /// Fonts that the theme brings along.
    pub faces: Vec<Face>,
    /// Colours on a light ground, by the keys of [`COLOURS`].
    pub light: Values<Colour>,
    /// Colours on a dark ground.
    pub dark: Values<Colour>,
    /// Lengths, by the keys of [`MEASURES`].
    pub measures: Values<String>,
}

/// The sign before the site's title, as the templates see it.
#[derive(Debug, Clone, Serialize)]
pub struct Logo {
    /// Address of the picture from the site's root.
    path: String,
    /// Address of the one for a dark ground, if it is another.
    dark_path: Option<String>,
    /// What is said in its place; empty where the title beside it says it all.
    alt: String,
}

/// One font file.
#[derive(Debug, Clone)]
pub struct Face {
    /// Name of the family, as in font stacks.
    pub family: String,
    /// Address of the file from the style sheet, percent-encoded.
    pub url: String,
    /// What `format()` of CSS says of it.
    pub format: &'static str,
    /// Its weight, or the two ends of what a variable font can do.
    pub weight: Weight,
    /// Whether it is the italic.
    pub italic: bool,
}

/// The weights of a font file, from and to, 1 to 1000 each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weight(pub u16, pub u16);

impl Weight {
    /// What a font has that says nothing of its weight.
    const REGULAR: Self = Self(400, 400);
}

impl FromToml for Weight {
    const EXPECTED: &'static str = "a weight from 1 to 1000 like 400, or two like \"200 900\" for a variable font";

    fn from_value(value: DeValue<'_>) -> Option<Self> {
        let one = |text: &str| text.parse::<u16>().ok().filter(|weight| (1..=1000).contains(weight));
        match &value {
            DeValue::Integer(number) => one(number.as_str()).map(|weight| Self(weight, weight)),
            DeValue::String(text) => {
                let (from, to) = text.split_once(' ').unwrap_or((text, text));
                Some(Self(one(from)?, one(to)?)).filter(|weight| weight.0 <= weight.1)
            }
            _ => None,
        }
    }
}

impl Settings {
    /// These settings where they say something, else those of `base`.
    pub fn over(self, mut base: Self) -> Self {
        base.logo = self.logo.or(base.logo);
        base.faces.extend(self.faces);
        base.fonts.extend(self.fonts);
        base.light.extend(self.light);
        base.dark.extend(self.dark);
        base.measures.extend(self.measures);
        base
    }
}

/// Reads one `theme.toml`. `parts` are the theme's files, by path; logo and fonts must be among those of `static/`.
pub fn read(file: FileId, files: &Files, parts: &BTreeMap<String, Vec<u8>>, sink: &Sink) -> Settings {
    let text = files.get(file).text();
    let anchor = Span::new(file, 0..text.lines().next().map_or(0, str::len));
    let mut fields = toml_fields::parse("theme.toml", text, file, 0, anchor, sink);
    // Both are for those who read the file.
    let _: [Option<String>; 2] = ["name", "description"].map(|key| fields.optional(key));
    let settings = Settings {
        logo: logo(&mut fields, parts),
        fonts: fields.table("fonts", "[fonts]", |fonts| Some(stacks(fonts))).unwrap_or_default(),
        faces: fields.tables("font", "[[font]]", |font| face(font, parts)),
        light: fields.table("light", "[light]", |light| Some(colours(light))).unwrap_or_default(),
        dark: fields.table("dark", "[dark]", |dark| Some(colours(dark))).unwrap_or_default(),
        measures: fields.table("measures", "[measures]", |lengths| Some(measures(lengths))).unwrap_or_default(),
    };
    fields.finish();
    settings
}

fn stacks(fields: &mut Fields<'_, '_>) -> Values<String> {
    let expected =
        "names of fonts parted by commas; in quotes if they hold more than letters, digits, hyphens and blanks";
    taken(fields, FONTS, values::font_stack, expected)
}

fn colours(fields: &mut Fields<'_, '_>) -> Values<Colour> {
    taken(fields, COLOURS, Colour::parse, "a colour like #1d4e80 or #fff")
}

fn measures(fields: &mut Fields<'_, '_>) -> Values<String> {
    taken(fields, MEASURES, values::length, "a length like 35rem: a number with rem, em, ch or px")
}

/// Takes all values of a table that are there and can be parsed; reports the others.
fn taken<T>(
    fields: &mut Fields<'_, '_>,
    keys: &[(&'static str, &str)],
    parse: fn(&str) -> Option<T>,
    expected: &str,
) -> Values<T> {
    let mut taken = Values::new();
    for &(key, _) in keys {
        let Some(written) = fields.optional::<Spanned<String>>(key) else { continue };
        match parse(&written.value) {
            Some(value) => drop(taken.insert(key, Spanned { value, span: written.span })),
            None => {
                // Forgotten most often: the sign before the digits.
                let signed = format!("#{}", written.value);
                let near = parse(&signed).map(|_| format!("\"{signed}\""));
                fields.bad_value(written.span, expected, near.as_deref());
            }
        }
    }
    taken
}

fn logo(fields: &mut Fields<'_, '_>, parts: &BTreeMap<String, Vec<u8>>) -> Option<Logo> {
    let dark: Option<Spanned<String>> = fields.optional("logo_dark");
    let alt: Option<String> = fields.optional("logo_alt");
    let logo = if dark.is_some() || alt.is_some() { fields.required("logo") } else { fields.optional("logo") };
    let dark_path = dark.and_then(|dark| published(fields, &dark, parts));
    let path = published(fields, &logo?, parts)?;
    let address = |file: String| format!("/assets/{file}");
    Some(Logo { path: address(path), dark_path: dark_path.map(address), alt: alt.unwrap_or_default() })
}

fn face(fields: &mut Fields<'_, '_>, parts: &BTreeMap<String, Vec<u8>>) -> Option<Face> {
    let family: Option<Spanned<String>> = fields.required("family");
    let file: Option<Spanned<String>> = fields.required("file");
    let weight = fields.optional("weight");
    let style = fields.choice("style", &[("normal", false), ("italic", true)]);
    let family = family.and_then(|family| {
        let valid = values::is_name(&family.value);
        if !valid {
            fields.bad_value(family.span, "the name of a font, without quotes, commas and signs of CSS", None);
        }
        valid.then_some(family.value)
    });
    let file = file?;
    let ending = file.value.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let format = FORMATS.iter().find(|(known, _)| Some(*known) == ending.as_deref()).map(|(_, format)| *format);
    if format.is_none() {
        fields.bad_value(file.span, "a font file that ends in .woff2, .woff, .otf or .ttf", None);
    }
    let url = format.and_then(|_| published(fields, &file, parts));
    let weight = weight.unwrap_or(Weight::REGULAR);
    Some(Face { family: family?, url: url?, format: format?, weight, italic: style.unwrap_or(false) })
}

/// The address of a file of `static/` as it is seen from the style sheet; reports one that does not exist.
fn published(fields: &Fields<'_, '_>, file: &Spanned<String>, parts: &BTreeMap<String, Vec<u8>>) -> Option<String> {
    let names = || parts.keys().filter_map(|path| path.strip_prefix("static/"));
    if names().any(|name| name == file.value) {
        return Some(target::encoded(&file.value));
    }
    let below = file.value.strip_prefix("static/").filter(|below| names().any(|name| name == *below));
    let near = below.or_else(|| suggest::nearest(&file.value, names())).map(|near| format!("\"{near}\""));
    fields.report(Diagnostic::at(Code::NoThemeFile, file.span).arg("file", &file.value).suggest(near));
    None
}
