//! Leitwerk.
pub mod align;
pub mod config;
pub mod diagnostic;
pub mod history;
pub mod load;
pub mod markdown;
pub mod number;
pub mod reference;
pub mod release_text;
pub mod slug;
pub mod source;
pub mod tokens;
pub mod toml_fields;
pub mod version;
pub mod words;
pub mod world;
