//! The beginning of the style sheet: a theme's fonts, colours and measures as variables of CSS.

use std::fmt::{Display, Write};

use super::settings::{COLOURS, FONTS, Face, MEASURES, Settings, Values, Weight};

/// What stands before the theme's `style.css`. The dark colours follow the reader's system.
pub fn variables(settings: &Settings) -> String {
    let mut out = "/* The values of theme.toml. */\n\n".to_owned();
    settings.faces.iter().for_each(|face| push_face(&mut out, face));
    out.push_str(":root {\n");
    push_values(&mut out, "  ", FONTS, &settings.fonts);
    push_values(&mut out, "  ", COLOURS, &settings.light);
    push_values(&mut out, "  ", MEASURES, &settings.measures);
    out.push_str("}\n\n@media (prefers-color-scheme: dark) {\n  :root {\n");
    push_values(&mut out, "    ", COLOURS, &settings.dark);
    out.push_str("  }\n}\n\n");
    out
}

fn push_values<T: Display>(out: &mut String, indent: &str, keys: &[(&str, &str)], values: &Values<T>) {
    for (key, variable) in keys {
        if let Some(value) = values.get(key) {
            let _ = writeln!(out, "{indent}{variable}: {};", value.value);
        }
    }
}

/// Text is shown in the next font of its stack until the file has come.
fn push_face(out: &mut String, face: &Face) {
    let Face { family, url, format, weight, italic } = face;
    let style = if *italic { "italic" } else { "normal" };
    let weight = match weight {
        Weight(from, to) if from == to => from.to_string(),
        Weight(from, to) => format!("{from} {to}"),
    };
    let _ = writeln!(
        out,
        "@font-face {{\n  font-family: \"{family}\";\n  src: url(\"{url}\") format(\"{format}\");\n  \
         font-weight: {weight};\n  font-style: {style};\n  font-display: swap;\n}}\n"
    );
}
