//! When a mail that could not be delivered is tried again.

/// Seconds from the first, second, ... failed try to the next. A server that is down for a night loses nothing, and one
/// that is down for two days is known to be.
const PAUSES: [i64; 7] = [60, 300, 900, 3_600, 14_400, 43_200, 86_400];

/// After this many tries nobody tries again by themselves.
pub const LAST_TRY: i32 = 8;

/// Seconds until the next try, after that many failed ones (counted from 1); `None`: it was the last.
pub fn next_try_after(tries: i32) -> Option<i64> {
    let place = usize::try_from(tries.checked_sub(1)?).ok()?;
    PAUSES.get(place).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        let pauses: Vec<i64> = (1..).map_while(next_try_after).collect();
        assert_eq!(pauses.len(), usize::try_from(LAST_TRY).unwrap() - 1);
        assert_eq!(pauses[..4], [60, 300, 900, 3_600]);
        assert!(pauses.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(next_try_after(LAST_TRY), None);
        assert_eq!(next_try_after(0), None);
        assert_eq!(next_try_after(i32::MIN), None);
    }
}
