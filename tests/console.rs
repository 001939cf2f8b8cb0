//! Sessions on the command line: `tests/console/*.trycmd` hold commands with what they print and how they end.
//!
//! A session runs in the repository's folder, or in a copy of the folder of its name that ends in `.in`.
//! The day is 15 January 2026. `TRYCMD=overwrite` rewrites what is expected; then read what changed.

#[test]
fn sessions_go_as_written() {
    trycmd::TestCases::new().case("tests/console/*.trycmd").env("COLUMNS", "80").env("SOURCE_DATE_EPOCH", "1768435200");
}
