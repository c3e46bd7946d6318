//! How long something lasted, in words.

/// `3 days`, `1 day`.
pub fn count(number: i64, one: &str, several: &str) -> String {
    if number == 1 {
        format!("1 {one}")
    } else {
        format!("{number} {several}")
    }
}

/// How long something lasted, in its largest unit: `3 days`, `5 hours`, `less than a minute`.
pub fn duration(seconds: i64) -> String {
    const MINUTE: i64 = 60;
    const HOUR: i64 = 60 * MINUTE;
    const DAY: i64 = 24 * HOUR;
    match seconds {
        s if s >= DAY => count(s / DAY, "day", "days"),
        s if s >= HOUR => count(s / HOUR, "hour", "hours"),
        s if s >= MINUTE => count(s / MINUTE, "minute", "minutes"),
        _ => "less than a minute".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn times_are_said_in_their_largest_unit() {
        assert_eq!(duration(30), "less than a minute");
        assert_eq!(duration(60), "1 minute");
        assert_eq!(duration(7_300), "2 hours");
        assert_eq!(duration(86_400 * 3 + 5), "3 days");
    }
}
