//! All integration tests as one binary; each module below is one kind of test.

// A test that cannot go on should say so and stop.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod archives;
mod comparing;
mod console;
mod diagnostics;
mod example;
mod exports;
mod golden;
mod imports;
mod lineage;
mod properties;
mod schema;
mod sealing;
mod tidy;
