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

/// The built-in style sheet without comments and blanks. Only that one: it is known to mean the same afterwards; a theme's
/// own is published as it was written.
pub(super) fn minified(style: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(style);
    minifier::css::minify(&text).map_or_else(|_| style.to_vec(), |minified| minified.to_string().into_bytes())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::render::theme::settings;
    use crate::source::Files;
    use crate::toml_fields::Sink;

    #[test]
    fn what_is_set_is_written_and_nothing_else() {
        let text = "[fonts]\ncode = 'Haus Mono,monospace'\n[light]\nink = '#123'\n[dark]\ninsertion = '#FFEEDD'\n\
                    [[font]]\nfamily = 'Haus'\nfile = 'ä b.woff2'\nweight = '200 900'\nstyle = 'italic'\n\
                    [[font]]\nfamily = 'Haus Mono'\nfile = 'fonts/m.OTF'\n";
        let parts =
            BTreeMap::from(["static/ä b.woff2", "static/fonts/m.OTF"].map(|path| (path.to_owned(), Vec::new())));
        let (mut files, sink) = (Files::default(), Sink::default());
        let file = files.add("theme.toml", text);
        let css = variables(&settings::read(file, &files, &parts, &sink));
        assert_eq!(sink.into_inner(), []);
        let expected = "/* The values of theme.toml. */

@font-face {
  font-family: \"Haus\";
  src: url(\"%C3%A4%20b.woff2\") format(\"woff2\");
  font-weight: 200 900;
  font-style: italic;
  font-display: swap;
}

@font-face {
  font-family: \"Haus Mono\";
  src: url(\"fonts/m.OTF\") format(\"opentype\");
  font-weight: 400;
  font-style: normal;
  font-display: swap;
}

:root {
  --mono: Haus Mono, monospace;
  --ink: #112233;
}

@media (prefers-color-scheme: dark) {
  :root {
    --ins: #ffeedd;
  }
}

";
        assert_eq!(css, expected);
    }
}
