//! How many tests passed and failed.

use std::fmt;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub passed: u64,
    pub failed: u64,
}

impl Count {
    pub fn failed(failed: u64) -> Self {
        Self { passed: 0, failed }
    }

    pub fn one(passed: bool) -> Self {
        Self {
            passed: u64::from(passed),
            failed: u64::from(!passed),
        }
    }

    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// Reads a line such as `test result: ok. 3 passed; 0 failed; 1 ignored; ...`.
    ///
    /// A test that was not run counts as failed; one that a filter left out was not asked for.
    pub fn from_cargo_line(line: &str) -> Option<Self> {
        let mut count = Self::default();
        for part in line.trim().strip_prefix("test result: ")?.split([';', '.']) {
            let mut words = part.split_whitespace();
            let (Some(number), Some(what)) = (words.next(), words.next()) else {
                continue;
            };
            match (number.parse::<u64>(), what) {
                (Ok(number), "passed") => count.passed += number,
                (Ok(number), "failed" | "ignored") => count.failed += number,
                _ => {}
            }
        }
        Some(count)
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ignored_tests_count_as_failed() {
        let line = "test result: ok. 7 passed; 1 failed; 2 ignored; 0 measured; 4 filtered out; finished in 0.00s";
        assert_eq!(
            Count::from_cargo_line(line),
            Some(Count {
                passed: 7,
                failed: 3
            })
        );
        assert_eq!(Count::from_cargo_line("running 3 tests"), None);
    }

    #[test]
    fn the_last_line_reads_as_promised() {
        assert_eq!(
            Count {
                passed: 12,
                failed: 0
            }
            .to_string(),
            "12 passed, 0 failed"
        );
    }
}
