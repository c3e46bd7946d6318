//! How often one key may call, and which of its requests are running.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use domain::ApiKeyId;

/// A key may save up this much of its minute and spend it at once.
const BURST: Duration = Duration::from_secs(10);
/// Keys kept; beyond it those that are free again are forgotten.
const KEPT: usize = 20_000;

/// Counts by key, within this process. Clones share the counts.
#[derive(Debug, Clone)]
pub struct Pace {
    /// Between two requests on average.
    pause: Duration,
    /// When the key will have worked off what it sent.
    free_at: Arc<Mutex<HashMap<ApiKeyId, Instant>>>,
}

impl Pace {
    pub fn new(per_minute: u32) -> Self {
        Self {
            pause: Duration::from_mins(1) / per_minute.max(1),
            free_at: Arc::default(),
        }
    }

    /// Counts one more; else the time after which there is room for it.
    pub fn take(&self, key: ApiKeyId, now: Instant) -> Result<(), Duration> {
        let mut free_at = self.free_at.lock().unwrap_or_else(PoisonError::into_inner);
        if free_at.len() >= KEPT {
            free_at.retain(|_, free| *free > now);
        }
        let free = free_at.entry(key).or_insert(now);
        let next = (*free).max(now) + self.pause;
        let latest = now + BURST.max(self.pause);
        if next > latest {
            return Err(next - latest);
        }
        *free = next;
        Ok(())
    }
}

/// The requests that are being carried out, by key and Idempotency-Key.
#[derive(Debug, Clone, Default)]
pub struct Running {
    held: Arc<Mutex<HashSet<(ApiKeyId, String)>>>,
}

/// A request is running for as long as this lives.
#[derive(Debug)]
pub struct Held {
    running: Running,
    request: (ApiKeyId, String),
}

impl Running {
    /// `None`: the same request is running already.
    pub fn hold(&self, key: ApiKeyId, idempotency_key: &str) -> Option<Held> {
        let request = (key, idempotency_key.to_owned());
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.insert(request.clone()).then(|| Held {
            running: self.clone(),
            request,
        })
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let held = &self.running.held;
        let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
        held.remove(&self.request);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(number: u64) -> ApiKeyId {
        let ids = domain::SequentialIds::default();
        (0..number).fold(ApiKeyId::from(domain::IdSource::next(&ids)), |_, _| {
            ApiKeyId::from(domain::IdSource::next(&ids))
        })
    }

    #[test]
    fn ten_seconds_worth_at_once_then_the_pace() {
        let pace = Pace::new(60);
        let now = Instant::now();
        for _ in 0..10 {
            assert_eq!(pace.take(key(1), now), Ok(()));
        }
        let wait = pace.take(key(1), now).unwrap_err();
        assert_eq!(wait, Duration::from_secs(1));
        assert_eq!(pace.take(key(2), now), Ok(()));
        assert_eq!(pace.take(key(1), now + wait), Ok(()));
        assert!(pace.take(key(1), now + wait).is_err());
    }

    #[test]
    fn a_request_runs_once_at_a_time_and_can_be_sent_again() {
        let running = Running::default();
        let held = running.hold(key(1), "a").unwrap();
        assert!(running.hold(key(1), "a").is_none());
        assert!(running.hold(key(1), "b").is_some());
        assert!(running.hold(key(2), "a").is_some());
        drop(held);
        assert!(running.hold(key(1), "a").is_some());
    }
}
