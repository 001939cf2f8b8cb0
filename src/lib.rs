//! Leitwerk.
pub mod config;
pub mod diagnostic;
pub mod load;
pub mod markdown;
pub mod slug;
pub mod source;
pub mod toml_fields;
pub mod version;
pub mod world;
