//! How a line of a source file is opened in an editor: by an address of a scheme that the editor registered.

use std::path::Path;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What cannot stand in the path of an address (RFC 3986).
const UNSAFE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'&');

/// An editor by the pattern of its addresses, with `{path}` and `{line}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor(String);

/// Editors that are known by name.
const KNOWN: &[(&str, &str)] = &[
    ("vscode", "vscode://file{path}:{line}"),
    ("vscodium", "vscodium://file{path}:{line}"),
    ("cursor", "cursor://file{path}:{line}"),
    ("zed", "zed://file{path}:{line}"),
    ("idea", "idea://open?file={path}&line={line}"),
    ("sublime", "subl://open?url=file://{path}&line={line}"),
    ("textmate", "txmt://open?url=file://{path}&line={line}"),
    ("macvim", "mvim://open?url=file://{path}&line={line}"),
    ("emacs", "emacs://open?url=file://{path}&line={line}"),
];

impl Default for Editor {
    fn default() -> Self {
        Self(KNOWN[0].1.to_owned())
    }
}

impl std::str::FromStr for Editor {
    type Err = String;

    /// A known name, or a pattern of one's own such as `myeditor://open?file={path}&line={line}`.
    fn from_str(text: &str) -> Result<Self, String> {
        if let Some((_, pattern)) = KNOWN.iter().find(|(name, _)| *name == text) {
            return Ok(Self((*pattern).to_owned()));
        }
        let scheme = text.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
        let is_scheme = |scheme: &str| {
            scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        };
        if scheme.is_some_and(|scheme| is_scheme(&scheme)) && text.contains("{path}") {
            return Ok(Self(text.to_owned()));
        }
        let names: Vec<&str> = KNOWN.iter().map(|(name, _)| *name).collect();
        Err(format!("expected {} or an address like myeditor://open?file={{path}}&line={{line}}", names.join(", ")))
    }
}

impl Editor {
    /// The address that opens a line, counted from 1, of a file.
    pub fn address(&self, file: &Path, line: usize) -> String {
        let path = utf8_percent_encode(&file.to_string_lossy(), UNSAFE).to_string();
        self.0.replace("{path}", &path).replace("{line}", &line.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::Editor;

    #[test]
    fn addresses_are_encoded() {
        let editor: Editor = "vscode".parse().unwrap();
        assert_eq!(editor.address("/a b/ä.md".as_ref(), 3), "vscode://file/a%20b/%C3%A4.md:3");
        let own: Editor = "x-ed://open?file={path}&line={line}".parse().unwrap();
        assert_eq!(own.address("/a&b.md".as_ref(), 1), "x-ed://open?file=/a%26b.md&line=1");
    }

    #[test]
    fn what_is_no_editor_is_refused() {
        for wrong in ["", "ed", "javascript:alert(1)", "://{path}", "x://"] {
            assert!(wrong.parse::<Editor>().is_err(), "{wrong}");
        }
    }
}
