//! The time zone of the site, in which the times of labs and talks are written.

use jiff::tz::{TimeZone, TimeZoneDatabase};

use crate::diagnostic::suggest;
use crate::source::Spanned;
use crate::toml_fields::Fields;

/// Where nothing else is said.
const DEFAULT: &str = "Europe/Berlin";

/// The time zone in `site.toml`. It is looked up in the program's own database: the system's may be another one, and the
/// same site would have other bytes.
pub(super) fn read(fields: &mut Fields<'_, '_>) -> TimeZone {
    let database = TimeZoneDatabase::bundled();
    let written: Option<Spanned<String>> = fields.optional("timezone");
    let found = written.and_then(|name| {
        let found = database.get(&name.value).ok();
        if found.is_none() {
            let known: Vec<String> = database.available().map(|name| name.to_string()).collect();
            let near = suggest::nearest(&name.value, known.iter().map(String::as_str));
            let near = near.map(|near| format!("\"{near}\""));
            fields.bad_value(name.span, format!("a time zone like \"{DEFAULT}\""), near.as_deref());
        }
        found
    });
    found.or_else(|| database.get(DEFAULT).ok()).unwrap_or(TimeZone::UTC)
}
