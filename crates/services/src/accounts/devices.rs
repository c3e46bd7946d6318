//! A browser that an account has signed in from before. It holds a random name and a mark that only this server can make
//! of it. The mark is made with the hash of the account's password: so no further secret is kept, no row is written, and
//! a new password makes every old mark void.

use sha2::{Digest, Sha256};

use super::secrets::{hex, random};
use crate::ServiceError;

/// Hex digits of the name, and of the mark.
const NAME: usize = 32;
const MARK: usize = 64;
/// Bytes that SHA-256 takes at a time: to these HMAC fills its key up.
const BLOCK: usize = 64;

/// A known browser, as its cookie says and the mark proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Device(String);

impl Device {
    pub(crate) fn new(account: &str, password_hash: &str) -> Result<Self, ServiceError> {
        let name = hex(&random::<{ NAME / 2 }>()?);
        let mark = mark(&name, account, password_hash);
        Ok(Self(name + &mark))
    }

    /// The browser that this text names, if the mark is of this account.
    pub(crate) fn read(text: &str, account: &str, password_hash: &str) -> Option<Self> {
        let whole = text.len() == NAME + MARK && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let (name, given) = text.split_at_checked(NAME).filter(|_| whole)?;
        let right = mark(name, account, password_hash);
        // Every digit is looked at, so that the time taken tells nothing of how many were right.
        let differing = given.bytes().zip(right.bytes());
        let differing = differing.fold(0, |sum, (one, other)| sum | (one ^ other));
        (differing == 0).then(|| Self(text.to_owned()))
    }

    /// Under which it is counted.
    pub(crate) fn name(&self) -> &str {
        self.0.get(..NAME).unwrap_or_default()
    }

    /// As the cookie holds it.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}

/// HMAC-SHA-256 (RFC 2104) of name and account.
fn mark(name: &str, account: &str, password_hash: &str) -> String {
    // A password's hash is longer than a block, and such keys are hashed first.
    let key = Sha256::digest(password_hash.as_bytes());
    let padded = |with: u8| {
        let mut block = [with; BLOCK];
        for (place, byte) in block.iter_mut().zip(key) {
            *place ^= byte;
        }
        block
    };
    let mut inner = Sha256::new();
    inner.update(padded(0x36));
    inner.update(b"device:");
    inner.update(name.as_bytes());
    inner.update(account.as_bytes());
    let mut outer = Sha256::new();
    outer.update(padded(0x5c));
    outer.update(inner.finalize());
    hex(&outer.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA";

    #[test]
    fn a_device_is_known_to_its_account_and_password_only() {
        let device = Device::new("ada@alta.test", HASH).unwrap();
        let read = |text: &str, account: &str, hash: &str| Device::read(text, account, hash);
        assert_eq!(
            read(device.text(), "ada@alta.test", HASH),
            Some(device.clone())
        );
        assert_eq!(read(device.text(), "olga@alta.test", HASH), None);
        assert_eq!(read(device.text(), "ada@alta.test", "another"), None);
        assert_ne!(device, Device::new("ada@alta.test", HASH).unwrap());
    }

    #[test]
    fn a_made_up_device_is_nobodys() {
        let device = Device::new("ada@alta.test", HASH).unwrap();
        let renamed = format!("{}{}", "0".repeat(NAME), &device.text()[NAME..]);
        for text in [
            "",
            "x",
            &"0".repeat(96),
            &"\u{e9}".repeat(48),
            &renamed,
            &device.text()[1..],
        ] {
            assert_eq!(Device::read(text, "ada@alta.test", HASH), None, "{text}");
        }
    }
}
