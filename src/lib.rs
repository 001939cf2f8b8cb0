//! Leitwerk.
pub mod diagnostic;
pub mod source;
pub mod world;
pub mod write;
