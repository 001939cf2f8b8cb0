//! What servers are to send with every page, for hosts that read `_headers` and for nginx; and the policy that pages
//! carry themselves.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::super::Stage;
use super::text_file;
use crate::write::OutputFile;

/// What a page may load and do: only what comes from the site itself.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src 'self'; manifest-src 'self'; \
     form-action 'self'; base-uri 'none'";

/// The directive on scripts in it.
const SCRIPTS: &str = "script-src 'self'";

/// Leave to run WebAssembly, which the search does.
const WASM: &str = " 'wasm-unsafe-eval'";

/// What a host says that joins the headers of all rules for a path: it could not be less strict for the search. Pages carry the
/// whole policy themselves.
const OF_HOSTS: &str = "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The policy that a page carries itself, in a `<meta>`; there the directive on frames would be ignored. A data block is
/// no script and needs no leave, but not every checker knows that: its hash (CSP level 3) names it and allows nothing else.
///
/// A page that searches runs the search's program, which is WebAssembly.
pub(in super::super) fn policy(data_block: Option<&str>, searches: bool) -> String {
    let hash =
        data_block.map(|data| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(data)))).unwrap_or_default();
    let wasm = if searches { WASM } else { "" };
    POLICY.replace(SCRIPTS, &format!("{SCRIPTS}{hash}{wasm}"))
}

/// Media types that nginx does not know, by the ends of files' names as it matches them.
const MEDIA_TYPES: [(&str, &str); 8] = [
    (r"\.md", "text/markdown"),
    (r"\.vtt", "text/vtt"),
    (r"\.bib", "application/x-bibtex"),
    (r"\.ris", "application/x-research-info-systems"),
    (r"\.csl\.json", "application/vnd.citationstyles.csl+json"),
    (r"\.ics", "text/calendar"),
    (r"\.ttl", "text/turtle"),
    (r"\.jsonld", "application/ld+json"),
];

/// The headers of every answer, with this policy.
fn headers(policy: String) -> [(&'static str, String); 3] {
    [
        ("Content-Security-Policy", policy),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Referrer-Policy", "strict-origin-when-cross-origin".to_owned()),
    ]
}

/// Both files.
pub(super) fn files(stage: &Stage<'_>) -> [OutputFile; 2] {
    let rows = headers(OF_HOSTS.to_owned()).map(|(name, value)| format!("  {name}: {value}\n")).concat();
    let hosted = format!("{}/*\n{rows}", stage.base_path());
    [text_file("_headers", hosted), text_file("nginx/headers.conf", nginx(stage))]
}

fn nginx(stage: &Stage<'_>) -> String {
    let search = stage.search_path().map(|path| format!("{}{path}", stage.base_path()));
    let scripts = if search.is_some() { format!("{SCRIPTS}$leitwerk_wasm") } else { SCRIPTS.to_owned() };
    let policy = format!("{}; frame-ancestors 'none'", POLICY.replace(SCRIPTS, &scripts));
    // Only the search runs WebAssembly.
    let wasm = search.map(|path| {
        format!("set $leitwerk_wasm \"\";\nif ($uri ~ \"^{path}\") {{\n    set $leitwerk_wasm \"{WASM}\";\n}}\n\n")
    });
    let lines = headers(policy).map(|(name, value)| format!("add_header {name} \"{value}\" always;\n")).concat();
    let types = MEDIA_TYPES.map(|(end, media_type)| {
        format!("\nlocation ~ {end}$ {{\n    types {{ }}\n    default_type {media_type};\n}}\n")
    });
    format!(
        "# Headers and media types of the site, for a server of nginx:\n\
         #\n\
         #     server {{\n\
         #         root /path/to/the/site;\n\
         #         include /path/to/the/site/nginx/headers.conf;\n\
         #     }}\n\
         #\n\
         # A location with an add_header of its own must include the file once more: nginx inherits all or none.\n\n\
         {}{lines}\n\
         charset utf-8;\n\
         charset_types text/calendar text/css text/javascript text/markdown text/plain text/turtle text/vtt text/xml\n    \
         application/x-bibtex application/x-research-info-systems;\n\
         {}",
        wasm.unwrap_or_default(),
        types.concat()
    )
}
