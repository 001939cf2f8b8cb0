//! The site's redirects as rules of servers: `_redirects` for hosts that read it, maps for nginx. Where neither is used
//! the pages at the old addresses lead on.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::super::Stage;
use super::super::redirects::Redirect;
use super::text_file;
use crate::write::OutputFile;

/// What cannot stand in an address (RFC 3986).
const UNSAFE: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// The files; none without redirects.
pub(super) fn files(stage: &Stage<'_>, redirects: &[Redirect]) -> Vec<OutputFile> {
    if redirects.is_empty() {
        return Vec::new();
    }
    let base = stage.base_path();
    let mut redirects: Vec<&Redirect> = redirects.iter().collect();
    redirects.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
    let rules = redirects.iter().map(|redirect| {
        let status = if redirect.permanent { 301 } else { 302 };
        format!("{} {} {status}\n", encoded(&format!("{base}{}", redirect.from)), destination(base, redirect))
    });
    vec![text_file("_redirects", rules.collect()), text_file("nginx/redirects.map", maps(base, &redirects))]
}

/// Where a redirect leads, as a header can say it.
fn destination(base: &str, redirect: &Redirect) -> String {
    let inside = redirect.to.starts_with('/');
    encoded(&if inside { format!("{base}{}", redirect.to) } else { redirect.to.clone() })
}

fn maps(base: &str, redirects: &[&Redirect]) -> String {
    let entries = |permanent: bool| -> String {
        let of_kind = redirects.iter().filter(|redirect| redirect.permanent == permanent);
        of_kind
            .map(|redirect| {
                let from = quoted(&decoded(&format!("{base}{}", redirect.from)));
                format!("    {from} {};\n", quoted(&destination(base, redirect).replace('$', "%24")))
            })
            .collect()
    };
    format!(
        "# Redirects of the site for nginx. Beside the server:\n\
         #\n\
         #     map_hash_bucket_size 512;\n\
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

/// A path as nginx knows it: percent-encoding undone.
fn decoded(path: &str) -> String {
    percent_decode_str(path).decode_utf8_lossy().into_owned()
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
        assert_eq!(decoded("/gr%C3%B6%C3%9Fe%/"), "/größe%/");
    }

    #[test]
    fn maps_quote_what_nginx_would_read() {
        let (a, b) = (redirect("/a\"b/", "https://x/$y", true), redirect("/jetzt/", "/2.0/#rn-1", false));
        let maps = maps("/unter", &[&a, &b]);
        assert!(
            maps.contains("map $uri $leitwerk_redirect {\n    \"/unter/a\\\"b/\" \"https://x/%24y\";\n}"),
            "{maps}"
        );
        assert!(maps.contains("_temporary_redirect {\n    \"/unter/jetzt/\" \"/unter/2.0/#rn-1\";\n}"), "{maps}");
    }
}
