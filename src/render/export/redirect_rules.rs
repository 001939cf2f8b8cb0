//! The site's redirects as rules of servers: `_redirects` for hosts that read it, maps for nginx. Where neither is used
//! the pages at the old addresses lead on.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::super::Stage;
use super::super::queue::FileJob;
use super::super::redirects::Redirect;

/// What cannot stand in an address (RFC 3986).
const UNSAFE: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// The same for a path that is not encoded yet.
const UNENCODED: &AsciiSet = &UNSAFE.add(b'%');

/// What means something in an expression of nginx.
const MARKS: &[char] = &['\\', '^', '$', '.', '|', '?', '*', '+', '(', ')', '[', ']', '{', '}'];

/// The files; none without redirects.
pub(super) fn files<'s>(stage: &'s Stage<'_>, redirects: &'s [Redirect]) -> Vec<FileJob<'s>> {
    if redirects.is_empty() {
        return Vec::new();
    }
    let base = stage.base_path();
    vec![
        FileJob::text("_redirects", move || rules(base, &sorted(redirects))),
        FileJob::text("nginx/redirects.map", move || maps(base, &sorted(redirects))),
    ]
}

fn sorted(redirects: &[Redirect]) -> Vec<&Redirect> {
    let mut redirects: Vec<&Redirect> = redirects.iter().collect();
    redirects.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
    redirects
}

fn rules(base: &str, redirects: &[&Redirect]) -> String {
    let rule = |redirect: &&Redirect| {
        let status = if redirect.permanent { 301 } else { 302 };
        let from = utf8_percent_encode(&redirect.from, UNENCODED);
        format!("{}{from} {} {status}\n", encoded(base), destination(base, redirect))
    };
    redirects.iter().map(rule).collect()
}

/// Where a redirect leads, as a header can say it.
fn destination(base: &str, redirect: &Redirect) -> String {
    let inside = redirect.to.starts_with('/');
    encoded(&if inside { format!("{base}{}", redirect.to) } else { redirect.to.clone() })
}

fn maps(base: &str, redirects: &[&Redirect]) -> String {
    let folder = percent_decode_str(base).decode_utf8_lossy();
    let entries = |permanent: bool| -> String {
        let of_kind = redirects.iter().filter(|redirect| redirect.permanent == permanent);
        of_kind
            .map(|redirect| {
                let from = quoted(&exactly(&format!("{folder}{}", redirect.from)));
                format!("    {from} {};\n", quoted(&destination(base, redirect).replace('$', "%24")))
            })
            .collect()
    };
    format!(
        "# Redirects of the site for nginx. Beside the server:\n\
         #\n\
         #     include /path/to/the/site/nginx/redirects.map;\n\
         #\n\
         # and in it:\n\
         #\n\
         #     absolute_redirect off;\n\
         #     if ($leitwerk_redirect) {{ return 301 $leitwerk_redirect; }}\n\
         #     if ($leitwerk_temporary_redirect) {{ return 302 $leitwerk_temporary_redirect; }}\n\n\
         map $uri $leitwerk_redirect {{\n{}}}\n\n\
         map $uri $leitwerk_temporary_redirect {{\n{}}}\n",
        entries(true),
        entries(false)
    )
}

/// A string of nginx's configuration.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// An address in ASCII without blanks; what is encoded already stays.
fn encoded(address: &str) -> String {
    utf8_percent_encode(address, UNSAFE).to_string()
}

/// An expression for one path as nginx knows it, with percent encoding undone: a plain string would match without regard
/// to case, and lead `/leitlinien/` to itself where `/Leitlinien/` is an old address of it.
fn exactly(path: &str) -> String {
    let mut expression = String::from("~^");
    for c in path.chars() {
        if MARKS.contains(&c) {
            expression.push('\\');
        }
        expression.push(c);
    }
    expression + "$"
}

#[cfg(test)]
mod tests {
    use super::super::super::taken::Owner;
    use super::*;

    fn redirect(from: &str, to: &str, permanent: bool) -> Redirect {
        Redirect { from: from.into(), to: to.into(), permanent, owner: Owner::InForce }
    }

    #[test]
    fn addresses_are_encoded_once() {
        assert_eq!(encoded("/größe%20x y/"), "/gr%C3%B6%C3%9Fe%20x%20y/");
    }

    #[test]
    fn maps_quote_what_nginx_would_read() {
        let (a, b) = (redirect("/a\"b.c/", "https://x/$y", true), redirect("/Jetzt/", "/2.0/#rn-1", false));
        let maps = maps("/%75nter", &[&a, &b]);
        let permanent = r#"map $uri $leitwerk_redirect {
    "~^/unter/a\"b\\.c/$" "https://x/%24y";
}"#;
        assert!(maps.contains(permanent), "{maps}");
        let temporary = "_temporary_redirect {\n    \"~^/unter/Jetzt/$\" \"/%75nter/2.0/#rn-1\";\n}";
        assert!(maps.contains(temporary), "{maps}");
    }
}
