//! The allow-list for raw HTML: which tags and attributes pass, and that every tag is closed where it must be.

use std::ops::Range;

/// Tags that may stand in running text.
const PHRASING: &[&str] = &[
    "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp",
    "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
];
/// Tags that may stand only where a block can.
const FLOW: &[&str] = &["details", "div", "hr", "summary"];
/// Tags without an end.
const VOID: &[&str] = &["br", "hr", "wbr"];
/// Attributes that may stand on any of them.
const ATTRIBUTES: &[&str] = &["cite", "datetime", "dir", "lang", "open", "title"];

/// A piece of HTML text.
enum Piece<'h> {
    Text(&'h str),
    Comment,
    /// The beginning of a comment that never ends.
    OpenComment(Range<usize>),
    Tag(Tag<'h>),
}

/// Names of attributes with their values.
type Attributes<'h> = Vec<(&'h str, Option<&'h str>)>;

/// A tag whose end has not come yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OpenTag {
    /// Its name in lower case.
    pub name: String,
    /// Where it stands.
    pub range: Range<usize>,
    /// Whether it passed; of one that did not, the end is dropped without another word.
    pub passed: bool,
}

struct Tag<'h> {
    range: Range<usize>,
    name: String,
    closing: bool,
    attributes: Attributes<'h>,
}

/// Keeps what is allowed of `html` and gives the rest to `refuse`, with its bytes and the reason: `tag`, `attribute`,
/// `block` (a block's tag in running text), `stray` (an end without a beginning) or `unclosed` (a comment without an
/// end). `open` holds the tags that are open, innermost last, across calls, with the places that `place` gives their
/// bytes. Comments are dropped.
pub(super) fn clean(
    html: &str,
    in_block: bool,
    place: impl Fn(Range<usize>) -> Range<usize>,
    open: &mut Vec<OpenTag>,
    mut refuse: impl FnMut(Range<usize>, &'static str),
) -> String {
    let mut out = String::new();
    for piece in pieces(html) {
        match piece {
            Piece::Comment => {}
            Piece::OpenComment(range) => refuse(range, "unclosed"),
            Piece::Text(text) => push_text(&mut out, text),
            Piece::Tag(tag) if tag.closing && ends_refused(&tag, open) => {}
            Piece::Tag(tag) => {
                let reason = refusal(&tag, in_block, open);
                match reason {
                    Some(reason) => refuse(tag.range.clone(), reason),
                    None => push_tag(&mut out, &tag),
                }
                note_open(&tag, &place, reason.is_none(), open);
            }
        }
    }
    out
}

/// The text between the tags, with the commonest entities resolved.
pub(super) fn text(html: &str) -> String {
    let mut out = String::new();
    for piece in pieces(html) {
        if let Piece::Text(text) = piece {
            out.push_str(text);
        }
    }
    [("&nbsp;", "\u{a0}"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")]
        .iter()
        .fold(out, |text, (entity, character)| text.replace(entity, character))
}

fn push_text(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
}

/// The open tag that the end of a tag of this name ends: tags that were refused do not stand in its way.
fn opened_by(name: &str, open: &[OpenTag]) -> Option<usize> {
    let at = open.iter().rposition(|tag| tag.name == name)?;
    open[at + 1..].iter().all(|tag| !tag.passed).then_some(at)
}

/// Whether this is the end of a tag that was refused; forgets that tag.
fn ends_refused(end: &Tag<'_>, open: &mut Vec<OpenTag>) -> bool {
    let Some(at) = opened_by(&end.name, open).filter(|&at| !open[at].passed) else { return false };
    open.truncate(at);
    true
}

/// Keeps the list of open tags.
fn note_open(tag: &Tag<'_>, place: impl Fn(Range<usize>) -> Range<usize>, passed: bool, open: &mut Vec<OpenTag>) {
    if tag.closing {
        if let Some(at) = opened_by(&tag.name, open).filter(|_| passed) {
            open.truncate(at);
        }
    } else if !VOID.contains(&tag.name.as_str()) {
        open.push(OpenTag { name: tag.name.clone(), range: place(tag.range.clone()), passed });
    }
}

fn push_tag(out: &mut String, tag: &Tag<'_>) {
    if tag.closing {
        out.push_str(&format!("</{}>", tag.name));
        return;
    }
    out.push('<');
    out.push_str(&tag.name);
    for (name, value) in &tag.attributes {
        out.push(' ');
        out.push_str(&name.to_ascii_lowercase());
        if let Some(value) = value {
            out.push_str(&format!("=\"{}\"", value.replace('"', "&quot;").replace('<', "&lt;")));
        }
    }
    out.push('>');
}

fn refusal(tag: &Tag<'_>, in_block: bool, open: &[OpenTag]) -> Option<&'static str> {
    let name = tag.name.as_str();
    let (phrasing, flow) = (PHRASING.contains(&name), FLOW.contains(&name));
    if !phrasing && !flow {
        return Some("tag");
    }
    if flow && !in_block {
        return Some("block");
    }
    if tag.closing {
        return opened_by(name, open).is_none().then_some("stray");
    }
    let around = open.iter().rfind(|tag| tag.passed).map(|tag| tag.name.as_str());
    if name == "summary" && around != Some("details") {
        return Some("stray");
    }
    let allowed = |attribute: &str| ATTRIBUTES.iter().any(|known| known.eq_ignore_ascii_case(attribute));
    tag.attributes.iter().any(|(attribute, _)| !allowed(attribute)).then_some("attribute")
}

fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let Some((piece, end)) = markup(html, start) else {
            // A bare `<` is text.
            pieces.push(Piece::Text(&html[at..=start]));
            at = start + 1;
            continue;
        };
        if start > at {
            pieces.push(Piece::Text(&html[at..start]));
        }
        pieces.push(piece);
        at = end;
    }
    if at < html.len() {
        pieces.push(Piece::Text(&html[at..]));
    }
    pieces
}

fn markup(html: &str, start: usize) -> Option<(Piece<'_>, usize)> {
    if html[start..].starts_with("<!--") {
        // `<!-->` and `<!--->` are comments too: the end may share the hyphens of the beginning.
        let end = html[start + 2..].find("-->").map(|at| start + 2 + at + 3);
        return Some(match end {
            Some(end) => (Piece::Comment, end),
            None => (Piece::OpenComment(start..start + 4), html.len()),
        });
    }
    let closing = html[start..].starts_with("</");
    let name_start = start + 1 + usize::from(closing);
    let name_len = html[name_start..].find(|c: char| !c.is_ascii_alphanumeric() && c != '-')?;
    if !html[name_start..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let (attributes, end) = attributes(html, name_start + name_len)?;
    let name = html[name_start..name_start + name_len].to_ascii_lowercase();
    Some((Piece::Tag(Tag { range: start..end, name, closing, attributes }), end))
}

/// The attributes from byte `at` on and one past the tag's `>`.
fn attributes(html: &str, mut at: usize) -> Option<(Attributes<'_>, usize)> {
    let mut attributes = Vec::new();
    loop {
        at += html[at..].len() - html[at..].trim_start_matches(|c: char| c.is_whitespace() || c == '/').len();
        if html[at..].starts_with('>') {
            return Some((attributes, at + 1));
        }
        let name_len = html[at..].find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/'))?;
        let name = &html[at..at + name_len];
        // No name has a `<`; going on behind one would read the whole text anew for each.
        if name.is_empty() || name.contains('<') {
            return None;
        }
        at += name_len;
        let Some(rest) = html[at..].trim_start().strip_prefix('=') else {
            attributes.push((name, None));
            continue;
        };
        let rest = rest.trim_start();
        let start = html.len() - rest.len();
        let (value, end) = match rest.chars().next()? {
            quote @ ('"' | '\'') => {
                let len = rest[1..].find(quote)?;
                (&html[start + 1..start + 1 + len], start + len + 2)
            }
            _ => {
                let len = rest.find(|c: char| c.is_whitespace() || c == '>')?;
                (&html[start..start + len], start + len)
            }
        };
        attributes.push((name, Some(value)));
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(html: &str, in_block: bool) -> (String, Vec<&'static str>) {
        let (mut open, mut refused) = (Vec::new(), Vec::new());
        let out = clean(html, in_block, |range| range, &mut open, |_, reason| refused.push(reason));
        (out, refused)
    }

    #[test]
    fn allowed_tags_pass_and_others_leave_their_text() {
        assert_eq!(cleaned("<abbr title='a \"b\"'>x</abbr>", false).0, "<abbr title=\"a &quot;b&quot;\">x</abbr>");
        assert_eq!(cleaned("<script>alert(1)</script>", true), ("alert(1)".into(), vec!["tag"]));
        assert_eq!(cleaned("<b onclick=x>y</b>", false), ("y".into(), vec!["attribute"]));
        assert_eq!(cleaned("<b><img src=x>y</b></i>", false), ("<b>y</b>".into(), vec!["tag", "stray"]));
        assert_eq!(cleaned("<div>", false), (String::new(), vec!["block"]));
        assert_eq!(cleaned("<br/><hr>", true).0, "<br><hr>");
        assert_eq!(cleaned("a < b <!-- c --> d", true).0, "a &lt; b  d");
        assert_eq!(cleaned("<!-- a\nb --> c", true).0, " c");
        assert_eq!(cleaned("<!--> a <!---> b", true).0, " a  b");
        assert_eq!(cleaned("a <!-- b", true), ("a ".into(), vec!["unclosed"]));
        assert_eq!(cleaned("<b\nlang=de\n>a</b>", true).0, "<b lang=\"de\">a</b>");
    }

    proptest::proptest! {
        #[test]
        fn nothing_but_allowed_tags_ever_passes(html in "[<>/a-z\"'= -]{0,60}") {
            let (out, _) = cleaned(&html, true);
            let (again, refused) = cleaned(&out, true);
            proptest::prop_assert_eq!(again, out);
            proptest::prop_assert!(refused.is_empty());
        }
    }
}
