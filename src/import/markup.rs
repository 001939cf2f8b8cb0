//! Turns HTML in texts into plain Markdown paragraphs and leaves Markdown as it is.

/// Elements that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "aside",
    "header",
    "footer",
    "main",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "thead",
    "tbody",
    "tr",
    "blockquote",
    "figure",
    "figcaption",
    "pre",
    "dl",
    "dt",
    "dd",
    "hr",
    "ul",
    "ol",
    "li",
    "address",
    "html",
    "head",
    "body",
    "center",
];

/// Elements within lines.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "del", "dfn", "em", "font", "i", "iframe", "img",
    "ins", "kbd", "label", "mark", "o", "q", "s", "samp", "script", "small", "span", "strike", "strong", "style",
    "sub", "sup", "td", "th", "time", "title", "tt", "u", "var", "wbr",
];

/// A piece of a text.
enum Piece<'t> {
    Text(&'t str),
    Tag(Tag<'t>),
    /// A `<` that would begin HTML that nobody knows.
    Bracket,
}

/// A tag of an element that is known.
struct Tag<'t> {
    name: String,
    closes: bool,
    attributes: &'t str,
}

/// The text as Markdown without HTML.
pub(super) fn markdown(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let pieces = pieces(&text);
    let has_blocks = pieces.iter().any(|piece| matches!(piece, Piece::Tag(tag) if BLOCKS.contains(&tag.name.as_str())));
    let mut page = Page { out: String::new(), has_blocks, lists: Vec::new(), link: None };
    for piece in pieces {
        match piece {
            Piece::Text(text) => page.text(text),
            Piece::Tag(tag) => page.tag(&tag),
            Piece::Bracket => page.out.push_str("\\<"),
        }
    }
    page.end_link();
    let lines = page.out.lines().map(|line| if has_blocks { line.trim_end() } else { line });
    let mut tidy = lines.collect::<Vec<_>>().join("\n");
    while has_blocks && tidy.contains("\n\n\n") {
        tidy = tidy.replace("\n\n\n", "\n\n");
    }
    // The first line may begin with blanks that mean code; those of the last mean nothing.
    tidy.trim_start_matches('\n').trim_end().to_owned()
}

/// Entities that programs leave in texts which are no HTML.
const ENTITIES: &[(&str, &str)] = &[
    ("&amp;", "&"),
    ("&quot;", "\""),
    ("&apos;", "'"),
    ("&#39;", "'"),
    ("&#039;", "'"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&nbsp;", " "),
];

/// A title or name in one line, without entities: nothing there reads them as HTML.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let known = ENTITIES.iter().find_map(|(entity, letter)| Some((*letter, after.strip_prefix(entity)?)));
        let (letter, left) = known.unwrap_or_else(|| after.split_at(1));
        out.push_str(letter);
        rest = left;
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut start, mut at) = (0, 0);
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        let rest = text.get(at..).unwrap_or_default();
        let length = match byte {
            // What is escaped or code stays as it is.
            b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => 2,
            b'`' => code(rest),
            b'<' => {
                let Some((length, piece)) = bracket(rest) else {
                    at += 1;
                    continue;
                };
                pieces.push(Piece::Text(text.get(start..at).unwrap_or_default()));
                pieces.extend(piece);
                start = at + length;
                length
            }
            _ => 1,
        };
        at += length;
    }
    pieces.push(Piece::Text(text.get(start..).unwrap_or_default()));
    pieces
}

/// The length of the code that begins with these backticks, or of the backticks alone.
fn code(rest: &str) -> usize {
    let run = rest.len() - rest.trim_start_matches('`').len();
    let mut from = run;
    while let Some(found) = rest.get(from..).and_then(|rest| rest.find('`')) {
        let after = rest.get(from + found..).unwrap_or_default();
        let length = after.len() - after.trim_start_matches('`').len();
        from += found + length;
        if length == run {
            return from;
        }
    }
    run
}

/// What a `<` begins and how long it is; `None` where it is an address or a sign.
fn bracket(rest: &str) -> Option<(usize, Option<Piece<'_>>)> {
    if rest.starts_with("<!--") {
        return Some(rest.find("-->").map_or((1, Some(Piece::Bracket)), |end| (end + 3, None)));
    }
    let inner = rest.get(1..)?;
    let closes = inner.starts_with('/');
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let name_end = inner.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').unwrap_or(inner.len());
    let (name, after) = inner.split_at_checked(name_end)?;
    if !name.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
        return inner.starts_with(['!', '?']).then_some((1, Some(Piece::Bracket)));
    }
    // `<https://…>` and `<name@…>` are addresses in Markdown.
    if after.starts_with([':', '@', '.', '+', '_']) {
        return None;
    }
    let name = name.to_ascii_lowercase();
    let is_known = BLOCKS.contains(&name.as_str()) || INLINE.contains(&name.as_str());
    let Some(end) = tag_end(after).filter(|_| is_known) else { return Some((1, Some(Piece::Bracket))) };
    let length = rest.len() - after.len() + end + 1;
    if !closes && (name == "script" || name == "style") {
        let close = rest.get(length..)?.to_ascii_lowercase().find(&format!("</{name}"));
        return Some((length + close.unwrap_or_default(), None));
    }
    Some((length, Some(Piece::Tag(Tag { name, closes, attributes: after.get(..end)? }))))
}

/// Where the `>` of a tag stands: outside of quotes.
fn tag_end(after: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in after.bytes().enumerate() {
        match (byte, quote) {
            (b'"' | b'\'', None) => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            (b'>', None) => return Some(at),
            (b'<', None) => return None,
            _ => {}
        }
    }
    // A quote that never closes belongs to the words of a broken tag.
    quote.and_then(|_| after.find('>'))
}

fn attribute<'t>(attributes: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = attributes;
    while let Some((key, after)) = rest.split_once('=') {
        let key = key.split_whitespace().last().unwrap_or_default();
        let after = after.trim_start();
        let quote = after.chars().next().filter(|letter| matches!(letter, '"' | '\''));
        let (value, left) = match quote {
            Some(quote) => after.get(1..)?.split_once(quote)?,
            None => after.split_once(char::is_whitespace).unwrap_or((after, "")),
        };
        if key.eq_ignore_ascii_case(name) {
            return Some(value.trim());
        }
        rest = left;
    }
    None
}

/// The Markdown so far.
struct Page<'t> {
    out: String,
    has_blocks: bool,
    /// The lists that are open, with the marks of their items.
    lists: Vec<&'static str>,
    /// Where the text of an open link begins, and its address.
    link: Option<(usize, &'t str)>,
}

impl<'t> Page<'t> {
    fn text(&mut self, text: &str) {
        if !self.has_blocks {
            self.out.push_str(text);
            return;
        }
        // Indents of HTML mean nothing; in Markdown they would be code.
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.out.push('\n');
            }
            let is_start = self.out.is_empty() || self.out.ends_with('\n');
            self.out.push_str(if is_start { line.trim_start() } else { line });
        }
    }

    fn tag(&mut self, tag: &Tag<'t>) {
        match tag.name.as_str() {
            "br" => self.out.push('\n'),
            "ul" | "ol" => self.list(tag),
            "li" if !tag.closes => self.item(),
            "li" => {}
            "a" => {
                self.end_link();
                let address = attribute(tag.attributes, "href").filter(|address| !tag.closes && !address.is_empty());
                self.link = address.map(|address| (self.out.len(), address));
            }
            "img" | "iframe" => {
                let text = attribute(tag.attributes, "alt").unwrap_or_default();
                let address = attribute(tag.attributes, "src").unwrap_or_default();
                self.out.push_str(&link(text, address));
            }
            "td" | "th" if !self.out.ends_with(char::is_whitespace) => self.out.push(' '),
            name if BLOCKS.contains(&name) => self.paragraph(),
            _ => {}
        }
    }

    fn paragraph(&mut self) {
        let is_item = self.out.ends_with("- ") || self.out.ends_with("1. ");
        if !self.lists.is_empty() && is_item {
            return;
        }
        self.out.push_str(if self.lists.is_empty() { "\n\n" } else { "\n" });
    }

    fn list(&mut self, tag: &Tag<'_>) {
        if tag.closes {
            self.lists.pop();
        } else {
            self.lists.push(if tag.name == "ol" { "1. " } else { "- " });
        }
        if self.lists.len() <= 1 {
            self.out.push_str(if tag.closes != self.lists.is_empty() { "\n" } else { "\n\n" });
        }
    }

    fn item(&mut self) {
        let depth = self.lists.len().saturating_sub(1).min(6);
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        // Items follow each other without blank lines, however the HTML is laid out.
        while self.out.ends_with("\n\n") && self.out.trim_end().rsplit('\n').next().is_some_and(is_item) {
            self.out.pop();
        }
        self.out.push_str(&"    ".repeat(depth));
        self.out.push_str(self.lists.last().copied().unwrap_or("- "));
    }

    fn end_link(&mut self) {
        let Some((start, address)) = self.link.take() else { return };
        let text = self.out.get(start..).unwrap_or_default().to_owned();
        self.out.truncate(start);
        self.out.push_str(&link(&text, address));
    }
}

fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("- ") || line.starts_with("1. ")
}

/// A link in Markdown; an address that cannot be one stands beside the text.
fn link(text: &str, address: &str) -> String {
    let lower = address.to_ascii_lowercase();
    let is_web = ["http://", "https://", "mailto:"].iter().any(|start| lower.starts_with(start));
    let is_plain =
        !address.contains(|letter: char| letter.is_whitespace() || letter.is_control() || "<>()\\".contains(letter));
    let label = text.trim();
    if lower.is_empty() || lower.starts_with('#') || lower.starts_with("javascript:") || lower.starts_with("data:") {
        return text.to_owned();
    }
    let space = |side: bool| if side { " " } else { "" };
    let (before, after) = (text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace));
    let (before, after) = (space(before && !label.is_empty()), space(after && !label.is_empty()));
    let is_label = !label.contains(['[', ']', '\n', '\\']);
    let core = match (is_web && is_plain, label.is_empty() || label == address) {
        (true, true) => format!("<{address}>"),
        (true, false) if is_label => format!("[{label}]({address})"),
        (true, false) => format!("{label} (<{address}>)"),
        (false, true) => address.replace('<', "\\<"),
        (false, false) => format!("{label} ({})", address.replace('<', "\\<")),
    };
    format!("{before}{core}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_stays_as_it_is() {
        for text in [
            "# Eins\n\n- a\n  - b\n\n*x* `<b>` 1 < 2  \nnoch <https://a.example> &amp; \\<b>",
            "```\n<p>\n\n\nx\n```",
            "a ``<i>`` b",
            "`offen <",
            "    code",
        ] {
            assert_eq!(markdown(text), text);
        }
        assert_eq!(markdown("a\r\nb\r\n\r\n"), "a\nb");
    }

    #[test]
    fn html_becomes_paragraphs() {
        let known = [
            ("<p>Eins <b>zwei</b></p>\n<p>drei<br/>vier</p>", "Eins zwei\n\ndrei\nvier"),
            ("Eins<br><br>zwei", "Eins\n\nzwei"),
            ("<div>\n    <p>\n      Eins\n    </p>\n</div>", "Eins"),
            ("<a href=\"https://a.example/?a=1&amp;b\">Seite</a>", "[Seite](https://a.example/?a=1&amp;b)"),
            ("<a href='https://a.example'>https://a.example</a>", "<https://a.example>"),
            ("<a href=\"/rel\">Seite </a>x", "Seite (/rel) x"),
            ("<a href=\"javascript:x()\">Seite</a>", "Seite"),
            ("<img src=https://a.example/b.png alt=\"Ein Bild\">", "[Ein Bild](https://a.example/b.png)"),
            ("<!-- weg -->Eins<script>alert('<p>')</script> zwei", "Eins zwei"),
            ("Sagt <name> und </x> und <?php <b", "Sagt \\<name> und \\</x> und \\<?php \\<b"),
            ("<p>1 < 2 &lt;b&gt;</p>", "1 < 2 &lt;b&gt;"),
            ("<a title=\"a>b\" href=\"https://a.example\">x", "[x](https://a.example)"),
        ];
        for (html, expected) in known {
            assert_eq!(markdown(html), expected, "{html}");
        }
    }

    #[test]
    fn names_have_no_entities() {
        assert_eq!(
            plain("Daten &amp; Recht &amp;amp;\n&#039;A&#039; & b &uuml; &"),
            "Daten & Recht &amp; 'A' & b &uuml; &"
        );
    }

    #[test]
    fn lists_stay_lists() {
        let html = "<p>Drei:</p><ul>\n  <li>eins</li>\n  <li><p>zwei</p><ol><li>innen</li></ol></li>\n</ul><p>Ende</p>";
        assert_eq!(markdown(html), "Drei:\n\n- eins\n- zwei\n    1. innen\n\nEnde");
    }
}
