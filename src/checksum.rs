//! Checksums as `sha256sum` and `sha512sum` write them.

use std::borrow::Cow;

use sha2::{Digest, Sha256, Sha512};

/// The SHA-256 of bytes, in 64 small hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The SHA-256 of several texts. Each counts with its length before it, so that none can go over into the next.
pub fn sha256_of_all<'t>(texts: impl Iterator<Item = Cow<'t, str>>) -> String {
    let mut hasher = Sha256::new();
    for text in texts {
        hasher.update((text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    hex(&hasher.finalize())
}

/// The SHA-512 of bytes, in 128 small hexadecimal digits.
pub fn sha512(bytes: &[u8]) -> String {
    hex(&Sha512::digest(bytes))
}

/// Bytes in small hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a text can be a SHA-256 as [`sha256`] writes it.
pub fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}
