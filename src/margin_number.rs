//! [`Number`]: a margin number as it is written and ordered.

use std::fmt;

/// A margin number such as 12 or 12a. Ordered as read: 12, 12a, 12b, 13.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number {
    /// The whole number.
    pub whole: u32,
    /// 0 without a letter, 1 for a, 26 for z, 27 for aa.
    pub letter: u32,
}

impl Number {
    /// A number without a letter.
    pub fn whole(whole: u32) -> Self {
        Self { whole, letter: 0 }
    }

    /// The number written `12a`, `12aa` or `12`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (number, letters) = text.split_at(digits);
        let canonical = number == "0" || !number.starts_with('0');
        if letters.len() > 5 || !canonical || !letters.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return None;
        }
        let letter = letters.bytes().fold(0, |sum, byte| sum * 26 + u32::from(byte - b'a') + 1);
        Some(Self { whole: number.parse().ok()?, letter })
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.whole)?;
        let mut letters = Vec::new();
        let mut rest = self.letter;
        while rest > 0 {
            letters.push(b'a' + u8::try_from((rest - 1) % 26).unwrap_or(0));
            rest = (rest - 1) / 26;
        }
        letters.reverse();
        f.write_str(std::str::from_utf8(&letters).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::Number;

    #[test]
    fn numbers_are_written_and_read() {
        for text in ["0a", "1", "12", "12a", "12z", "12aa", "12az", "12ba", "7zz"] {
            assert_eq!(Number::parse(text).map(|number| number.to_string()).as_deref(), Some(text));
        }
        for text in ["", "a", "12A", "1-", "012", "12é", "99999999999", "1aaaaaa"] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
        assert!(Number::parse("12") < Number::parse("12a") && Number::parse("12z") < Number::parse("12aa"));
    }
}
