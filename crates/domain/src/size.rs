//! Sizes of files in words, in the units that people know from their own folders.

/// How large a file is, in bytes as they are kept: `1.4 MB`, `12 kB`. A started kilobyte counts.
pub fn file_size(bytes: i64) -> String {
    const KILO: i64 = 1_000;
    const MEGA: i64 = 1_000_000;
    if bytes >= MEGA {
        let tenths = bytes.saturating_add(MEGA / 20) / (MEGA / 10);
        format!("{}.{} MB", tenths / 10, tenths % 10)
    } else {
        format!("{} kB", (bytes + KILO - 1) / KILO)
    }
}

/// How large a file may be, in whole units: `5 MB`. Of megabytes a started one does not count, so that nobody is promised
/// more than is taken.
pub fn size_limit(bytes: u64) -> String {
    const KILO: u64 = 1_000;
    const MEGA: u64 = 1_000_000;
    if bytes >= MEGA {
        format!("{} MB", bytes / MEGA)
    } else {
        format!("{} kB", bytes.div_ceil(KILO))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded_for_people() {
        for (bytes, text) in [
            (0, "0 kB"),
            (1, "1 kB"),
            (12_000, "12 kB"),
            (1_250_000, "1.3 MB"),
            (1_449_999, "1.4 MB"),
        ] {
            assert_eq!(file_size(bytes), text);
        }
    }

    #[test]
    fn limits_are_whole() {
        for (bytes, text) in [
            (1_500, "2 kB"),
            (512 << 10, "525 kB"),
            (5 << 20, "5 MB"),
            (10_000_000, "10 MB"),
        ] {
            assert_eq!(size_limit(bytes), text);
        }
    }
}
