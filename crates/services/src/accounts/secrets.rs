//! Tokens of sessions and links: 256 random bits, of which only the hash is kept, so that a leaked table opens nothing.

use sha2::{Digest, Sha256};

use crate::ServiceError;

/// Bytes that nobody can guess.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], ServiceError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|error| ServiceError::Internal(format!("no randomness: {error}")))?;
    Ok(bytes)
}

/// Bytes as they stand in cookies and links.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// A new token.
pub(crate) fn new_token() -> Result<String, ServiceError> {
    Ok(hex(&random::<32>()?))
}

/// What is kept of a token.
pub(crate) fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_differ_and_are_256_bits() {
        let (one, two) = (new_token().unwrap(), new_token().unwrap());
        assert_ne!(one, two);
        assert_eq!(one.len(), 64);
        assert_eq!(token_hash(&one).len(), 32);
    }
}
