//! How long something has waited, in words and in a tone that repeats them.

use domain::Timestamp;

use crate::ui::Tone;

/// Hours before the due time at which it becomes pressing.
const PRESSING_HOURS: i64 = 12;

/// The words and their tone: `due in 30 h`, `3 days late`.
pub fn due_words(due_at: Timestamp, now: Timestamp) -> (String, Tone) {
    let hours = due_at.hours_since(now);
    if hours < 0 {
        let late = now.hours_since(due_at);
        return (format!("{} late", span(late)), Tone::Bad);
    }
    let tone = if hours < PRESSING_HOURS {
        Tone::Warn
    } else {
        Tone::Plain
    };
    (format!("due in {}", span(hours)), tone)
}

/// Hours below two days, then days.
fn span(hours: i64) -> String {
    match hours {
        0 => "less than 1 h".to_owned(),
        1..48 => format!("{hours} h"),
        _ => format!("{} days", hours / 24),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_tone_agree() {
        let now = Timestamp::from_seconds(1_000_000);
        assert_eq!(
            due_words(now.plus_hours(30), now),
            ("due in 30 h".into(), Tone::Plain)
        );
        assert_eq!(
            due_words(now.plus_hours(2), now),
            ("due in 2 h".into(), Tone::Warn)
        );
        assert_eq!(
            due_words(now.plus_hours(-72), now),
            ("3 days late".into(), Tone::Bad)
        );
        assert_eq!(
            due_words(now.plus_seconds(-60), now),
            ("less than 1 h late".into(), Tone::Bad)
        );
    }
}
