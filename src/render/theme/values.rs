//! Values that `theme.toml` gives to the style sheet, each read so strictly that it can be nothing else there.

use std::fmt;

/// A colour without transparency: red, green, blue, 0 to 255 each, in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

impl Colour {
    /// Reads `#rgb` or `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix('#')?;
        let digits: Option<Vec<u8>> =
            hex.chars().map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
        match digits?[..] {
            [r, g, b] => Some(Self([r * 17, g * 17, b * 17])),
            [r1, r0, g1, g0, b1, b0] => Some(Self([r1 * 16 + r0, g1 * 16 + g0, b1 * 16 + b0])),
            _ => None,
        }
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(out, "#{r:02x}{g:02x}{b:02x}")
    }
}

/// A list of font families, parted by commas: names in quotes, or words that need none.
pub fn font_stack(text: &str) -> Option<String> {
    let families: Option<Vec<&str>> = text.split(',').map(|family| is_family(family.trim())).collect();
    families.map(|families| families.join(", "))
}

fn is_family(family: &str) -> Option<&str> {
    let quoted = ['"', '\''].iter().find_map(|&quote| family.strip_prefix(quote)?.strip_suffix(quote));
    let valid = match quoted {
        Some(name) => is_name(name),
        None => !family.is_empty() && family.split(' ').all(|word| word.is_empty() || is_word(word)),
    };
    valid.then_some(family)
}

/// Whether a text can stand in quotes of both kinds as the name of a font.
pub fn is_name(text: &str) -> bool {
    !text.trim().is_empty() && !text.contains(|c: char| c.is_control() || "\"'\\;{}<>,".contains(c))
}

/// Whether a word is an identifier of CSS (Syntax 3, 4.3.9) without escapes.
fn is_word(word: &str) -> bool {
    let mut rest = word.strip_prefix('-').unwrap_or(word).chars();
    let first = |c: char| c.is_alphabetic() || c == '_';
    rest.next().is_some_and(first) && rest.all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// A length of CSS that is not negative: a number with one of the units rem, em, ch, px.
pub fn length(text: &str) -> Option<String> {
    let number = ["rem", "em", "ch", "px"].iter().find_map(|unit| text.strip_suffix(unit))?;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let valid = match number.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(number),
    };
    valid.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_hexadecimal() {
        assert_eq!(Colour::parse("#1aF").map(|colour| colour.to_string()).as_deref(), Some("#11aaff"));
        assert_eq!(Colour::parse("#1d4e80"), Some(Colour([0x1d, 0x4e, 0x80])));
        for wrong in ["", "#", "1d4e80", "#1d4e8", "#1d4e8080", "#12", "red", "#ggg", "#+1f", "# 12", "#１２３"] {
            assert_eq!(Colour::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn font_stacks_end_where_they_should() {
        let stack = "-apple-system, \"Segoe UI\" ,'Bundes Sans', Noto Sans,Größe, sans-serif";
        let read = "-apple-system, \"Segoe UI\", 'Bundes Sans', Noto Sans, Größe, sans-serif";
        assert_eq!(font_stack(stack).as_deref(), Some(read));
        for wrong in [
            "",
            "Arial,",
            ",",
            "\"Arial",
            "\"",
            "\"\"",
            "Arial; color: red",
            "\"a;b\"",
            "\"a\\\"",
            "serif } a {",
            "</style>",
            "url(x)",
            "var(--x)",
            "serif /* */",
            "3 Fonts",
            "--x",
            "a\nb",
            "\"a\nb\"",
            "serif !important",
        ] {
            assert_eq!(font_stack(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn lengths_have_a_unit() {
        for right in ["35rem", "1.8em", "0px", "66ch"] {
            assert_eq!(length(right).as_deref(), Some(right));
        }
        for wrong in
            ["", "35", "rem", "35 rem", "-1rem", ".5rem", "1.rem", "1e3px", "50%", "10pt", "calc(1px)", "1,5rem"]
        {
            assert_eq!(length(wrong), None, "{wrong}");
        }
    }
}
