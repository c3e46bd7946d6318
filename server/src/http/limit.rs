//! How often one address may post without being signed in: signing in, links, resets. Accounts have their own count in
//! the database; this one is cheap and comes before any work.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use services::accounts::subscriber;

/// One post per this long on average: 120 a minute. An office behind one address signs in at nine o'clock.
const PACE: Duration = Duration::from_millis(500);
/// So many at once.
const BURST: u32 = 120;
/// Addresses kept; beyond it those that are free again are forgotten.
const KEPT: usize = 20_000;

/// Counts by address. Clones share the counts.
#[derive(Debug, Clone, Default)]
pub struct Limiter {
    /// When the address will have worked off what it sent.
    free_at: Arc<Mutex<HashMap<IpAddr, Instant>>>,
}

impl Limiter {
    /// Whether one more is allowed now; counts it if so.
    pub fn allow(&self, address: IpAddr, now: Instant) -> bool {
        let mut free_at = self.free_at.lock().unwrap_or_else(PoisonError::into_inner);
        if free_at.len() >= KEPT {
            free_at.retain(|_, free| *free > now);
        }
        let free = free_at.entry(subscriber(address)).or_insert(now);
        let next = (*free).max(now) + PACE;
        if next > now + PACE * BURST {
            return false;
        }
        *free = next;
        true
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv6Addr;

    use super::*;

    #[test]
    fn a_burst_then_the_pace() {
        let limiter = Limiter::default();
        let (one, other) = ("1.2.3.4".parse().unwrap(), "1.2.3.5".parse().unwrap());
        let now = Instant::now();
        for _ in 0..BURST {
            assert!(limiter.allow(one, now));
        }
        assert!(!limiter.allow(one, now));
        assert!(limiter.allow(other, now));
        assert!(limiter.allow(one, now + PACE));
        assert!(!limiter.allow(one, now + PACE));
    }

    #[test]
    fn an_ipv6_network_is_one_subscriber() {
        let limiter = Limiter::default();
        let now = Instant::now();
        for host in 0..u128::from(BURST) {
            let address = Ipv6Addr::from((0x2001_0db8_u128 << 96) | host);
            assert!(limiter.allow(address.into(), now));
        }
        assert!(!limiter.allow("2001:db8::ffff".parse().unwrap(), now));
    }
}
