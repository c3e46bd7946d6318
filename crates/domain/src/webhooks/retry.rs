//! When a delivery that failed is tried again, and when its endpoint is given up.

use crate::{DeliveryId, Timestamp};

/// Seconds from the first, second, ... failed try to the next: the steps that Standard Webhooks advises.
const PAUSES: [i64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

/// Each step is longer or shorter by up to a fifth: what failed together does not come back together.
const SPREAD_PER_MILLE: u64 = 200;

/// The longest time that an endpoint can ask for: whoever says a year has made a mistake.
pub const LONGEST_ASKED_SECONDS: i64 = 86_400;

/// After this many tries nobody tries again by themselves.
pub const LAST_TRY: i32 = 10;

/// An endpoint that only failed for three days, and so often, is switched off. The steps of one delivery last about as long
/// (60 to 91 hours) and are as many tries, so that an endpoint with a single delivery gets there with it or with the next
/// one.
pub const STOP_AFTER_SECONDS: i64 = 3 * 86_400;
/// Fewer are no proof: of a delivery that was sent again there is one try, and the next may be days later.
pub const STOP_AFTER_TRIES: i32 = 10;

/// After so many failed tries people are told that an endpoint fails: fewer may be a hiccup.
pub const FAILS_AFTER_TRIES: i32 = 3;

/// For so long after a rotation the old secret signs as well.
pub const SECRET_OVERLAP_SECONDS: i64 = 86_400;

/// Seconds until that delivery's next try, after that many failed ones (counted from 1); `None`: it was the last.
pub fn next_try_after(delivery: DeliveryId, tries: i32) -> Option<i64> {
    let place = usize::try_from(tries.checked_sub(1)?).ok()?;
    let pause = PAUSES.get(place).copied()?;
    Some(pause + pause * spread(delivery, tries) / 1_000)
}

/// From -200 to 199, as if by chance, and always the same for the same try.
fn spread(delivery: DeliveryId, tries: i32) -> i64 {
    let (high, low) = delivery.uuid().as_u64_pair();
    let seed = high ^ low.rotate_left(32) ^ u64::from(tries.unsigned_abs()).rotate_left(48);
    // The finish of SplitMix64: ids that differ little give numbers that differ much.
    let mixed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    let drawn = (mixed ^ (mixed >> 31)) % (2 * SPREAD_PER_MILLE);
    i64::try_from(drawn).unwrap_or_default() - i64::try_from(SPREAD_PER_MILLE).unwrap_or_default()
}

/// Seconds from `now` for which an answer asks to be left alone: the header `Retry-After`, a number of seconds or a date as
/// HTTP writes it (RFC 9110, 10.2.3). At least nothing and at most a day; `None`: it is neither.
pub fn asked_pause(header: &str, now: Timestamp) -> Option<i64> {
    let text = header.trim();
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = if is_number {
        // More digits than a number has: long.
        text.parse().unwrap_or(i64::MAX)
    } else {
        let until = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text);
        until.ok()?.as_second().saturating_sub(now.seconds())
    };
    Some(seconds.clamp(0, LONGEST_ASKED_SECONDS))
}

/// Whether an endpoint is given up that has failed since then, so many times, with no success between.
pub fn is_given_up(failing_since: Timestamp, failures: i32, now: Timestamp) -> bool {
    failures >= STOP_AFTER_TRIES && now >= failing_since.plus_seconds(STOP_AFTER_SECONDS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn delivery(number: u128) -> DeliveryId {
        DeliveryId::from(Uuid::from_u128(number))
    }

    #[test]
    fn pauses_grow_and_end_about_when_an_endpoint_is_given_up() {
        for number in 0..1_000 {
            let next = |tries| next_try_after(delivery(number), tries);
            let pauses: Vec<i64> = (1..).map_while(next).collect();
            assert_eq!(pauses.len(), usize::try_from(LAST_TRY).unwrap() - 1);
            for (pause, usual) in pauses.iter().zip(PAUSES) {
                let apart = (pause - usual).abs();
                assert!(apart * 5 <= usual, "{number}: {pause} for {usual}");
            }
            assert_eq!(pauses, (1..).map_while(next).collect::<Vec<_>>());
            let whole: i64 = pauses.iter().sum();
            assert!(
                (60 * 3_600..92 * 3_600).contains(&whole),
                "{number}: {whole}"
            );
            assert_eq!(next(LAST_TRY), None);
            assert_eq!(next(0), None);
            assert_eq!(next(i32::MIN), None);
        }
    }

    #[test]
    fn what_failed_together_comes_back_spread_over_the_whole_of_a_step() {
        let pauses: Vec<i64> = (0..1_000)
            .filter_map(|number| next_try_after(delivery(number), 3))
            .collect();
        for fifth in 0..5 {
            let from = 1_440 + fifth * 144;
            let there = pauses
                .iter()
                .filter(|pause| (from..from + 144).contains(*pause));
            let there = there.count();
            assert!(
                (150..250).contains(&there),
                "{there} of a thousand from {from} on"
            );
        }
    }

    #[test]
    fn what_an_answer_asks_for_is_read_in_both_its_forms() {
        // Sun, 22 Nov 2026 10:00:00 GMT.
        let now = Timestamp::from_seconds(1_795_341_600);
        for (header, seconds) in [
            ("0", Some(0)),
            ("120", Some(120)),
            (" 120 ", Some(120)),
            ("86400", Some(86_400)),
            ("86401", Some(86_400)),
            ("99999999999999999999", Some(86_400)),
            ("Sun, 22 Nov 2026 10:05:00 GMT", Some(300)),
            ("Sun, 22 Nov 2026 09:00:00 GMT", Some(0)),
            ("Tue, 22 Dec 2026 10:05:00 GMT", Some(86_400)),
            ("", None),
            ("-5", None),
            ("1.5", None),
            ("soon", None),
            ("Sun, 31 Feb 2026 10:05:00 GMT", None),
        ] {
            assert_eq!(asked_pause(header, now), seconds, "{header:?}");
        }
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
