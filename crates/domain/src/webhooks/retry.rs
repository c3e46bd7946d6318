//! When a delivery that failed is tried again, and when its endpoint is given up.

use crate::Timestamp;

/// Seconds from the first, second, ... failed try to the next: the steps that Standard Webhooks advises. Without jitter:
/// deliveries of one endpoint are few at a time anyway.
const PAUSES: [i64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

/// After this many tries nobody tries again by themselves.
pub const LAST_TRY: i32 = 10;

/// An endpoint that only failed for three days, and so often, is switched off. The steps of one delivery last about as long
/// (75 hours) and are as many tries, so that an endpoint with a single delivery gets there with it or with the next one.
pub const STOP_AFTER_SECONDS: i64 = 3 * 86_400;
/// Fewer are no proof: of a delivery that was sent again there is one try, and the next may be days later.
pub const STOP_AFTER_TRIES: i32 = 10;

/// For so long after a rotation the old secret signs as well.
pub const SECRET_OVERLAP_SECONDS: i64 = 86_400;

/// Seconds until the next try, after that many failed ones (counted from 1); `None`: it was the last.
pub fn next_try_after(tries: i32) -> Option<i64> {
    let place = usize::try_from(tries.checked_sub(1)?).ok()?;
    PAUSES.get(place).copied()
}

/// Whether an endpoint is given up that has failed since then, so many times, with no success between.
pub fn is_given_up(failing_since: Timestamp, failures: i32, now: Timestamp) -> bool {
    failures >= STOP_AFTER_TRIES && now >= failing_since.plus_seconds(STOP_AFTER_SECONDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end_after_an_endpoint_would_be_given_up() {
        let pauses: Vec<i64> = (1..).map_while(next_try_after).collect();
        assert_eq!(pauses.len(), usize::try_from(LAST_TRY).unwrap() - 1);
        assert!(pauses.windows(2).all(|pair| pair[0] < pair[1]));
        let whole: i64 = pauses.iter().sum();
        assert!(whole > STOP_AFTER_SECONDS);
        assert!(whole - pauses[pauses.len() - 1] < STOP_AFTER_SECONDS);
        assert_eq!(next_try_after(LAST_TRY), None);
        assert_eq!(next_try_after(0), None);
        assert_eq!(next_try_after(i32::MIN), None);
    }

    #[test]
    fn an_endpoint_is_given_up_after_long_and_after_many_tries() {
        let since = Timestamp::from_seconds(1_000);
        let long = since.plus_seconds(STOP_AFTER_SECONDS);
        assert!(is_given_up(since, STOP_AFTER_TRIES, long));
        assert!(!is_given_up(since, STOP_AFTER_TRIES - 1, long));
        assert!(!is_given_up(since, 1_000, long.plus_seconds(-1)));
    }
}
