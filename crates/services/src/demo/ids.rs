//! Ids that are the same in every load.

use std::sync::atomic::{AtomicU64, Ordering};

use domain::IdSource;
use uuid::Uuid;

use super::random::Random;

/// 2026-01-01T00:00:00Z in milliseconds: before every real id of an installation, so that lists end with made-up things.
const START_MS: u64 = 1_767_225_600_000;

/// `UUIDv7` by number: each a millisecond after the one before.
#[derive(Debug)]
pub struct Ids {
    seed: u64,
    taken: AtomicU64,
}

impl Ids {
    pub fn seeded(seed: u64) -> Self {
        Self {
            seed,
            taken: AtomicU64::new(0),
        }
    }

    /// A new id of the wanted kind.
    pub fn id<T: From<Uuid>>(&self) -> T {
        T::from(self.next())
    }
}

impl IdSource for Ids {
    fn next(&self) -> Uuid {
        let number = self.taken.fetch_add(1, Ordering::SeqCst);
        let mut random = Random::seeded(self.seed).branch(number);
        let time = u128::from(START_MS + number) << 80;
        let version = 0x7_u128 << 76;
        let first = u128::from(random.next() >> 52) << 64;
        let variant = 0b10_u128 << 62;
        let second = u128::from(random.next() >> 2);
        Uuid::from_u128(time | version | first | variant | second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_and_are_well_formed() {
        let ids = Ids::seeded(5);
        let (one, two) = (ids.next(), ids.next());
        assert!(one < two);
        assert_eq!(one.get_version_num(), 7);
        assert_eq!(Ids::seeded(5).next(), one);
    }
}
