//! All integration tests in one binary.

// A test that cannot go on should say so and stop.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod properties;
