//! Time and identity as parameters: the server hands in the real ones, tests hand in fixed ones.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use uuid::Uuid;

use crate::Timestamp;

/// Tells the time.
pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;
}

/// Makes identifiers that grow with time (`UUIDv7` or alike).
pub trait IdSource: Send + Sync {
    fn next(&self) -> Uuid;
}

/// A clock that stands still until it is told to move.
#[derive(Debug)]
pub struct FixedClock(AtomicI64);

impl FixedClock {
    pub fn at(now: Timestamp) -> Self {
        Self(AtomicI64::new(now.0))
    }

    pub fn set(&self, now: Timestamp) {
        self.0.store(now.0, Ordering::SeqCst);
    }

    pub fn advance_seconds(&self, seconds: i64) {
        let now = self.now().plus_seconds(seconds);
        self.set(now);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

/// Identifiers 1, 2, 3, ...: same run, same ids.
#[derive(Debug, Default)]
pub struct SequentialIds(AtomicU64);

impl IdSource for SequentialIds {
    fn next(&self) -> Uuid {
        let number = self.0.fetch_add(1, Ordering::SeqCst) + 1;
        // Version and variant bits of a UUIDv7, so that databases and libraries accept it.
        Uuid::from_u128(u128::from(number) | (0x7 << 76) | (0b10 << 62))
    }
}
