//! How many rows, and a checksum that does not depend on their order: the engines sort text differently.

use std::fmt;

use sha2::{Digest as _, Sha256};

use super::Cell;

/// The rows' SHA-256 digests, added up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    pub rows: i64,
    parts: [u64; 4],
}

impl Sum {
    pub fn add(&mut self, row: &[Cell]) {
        let mut hash = Sha256::new();
        for cell in row {
            // Every part is preceded by its kind and length: no two rows read as the same bytes.
            let mut part = |kind: u8, bytes: &[u8]| {
                hash.update([kind]);
                hash.update((bytes.len() as u64).to_be_bytes());
                hash.update(bytes);
            };
            match cell {
                Cell::Null => part(0, &[]),
                Cell::Id(id) => part(1, id.as_bytes()),
                Cell::Bytes(bytes) => part(2, bytes),
                Cell::Int(number) => part(3, &number.to_be_bytes()),
                Cell::Bool(flag) => part(4, &[u8::from(*flag)]),
                Cell::Text(text) => part(5, text.as_bytes()),
            }
        }
        let digest = hash.finalize();
        for (sum, bytes) in self.parts.iter_mut().zip(digest.chunks_exact(8)) {
            let part = bytes
                .iter()
                .fold(0_u64, |part, byte| (part << 8) | u64::from(*byte));
            *sum = sum.wrapping_add(part);
        }
        self.rows += 1;
    }
}

impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts
            .iter()
            .try_for_each(|part| write!(f, "{part:016x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_does_not_count_and_everything_else_does() {
        let one = [Cell::Text("ab".into()), Cell::Text(String::new())];
        let two = [Cell::Text("a".into()), Cell::Text("b".into())];
        let sum = |rows: &[&[Cell]]| {
            let mut sum = Sum::default();
            for row in rows {
                sum.add(row);
            }
            sum
        };
        assert_eq!(sum(&[&one, &two]), sum(&[&two, &one]));
        assert_ne!(sum(&[&one]), sum(&[&two]));
        assert_ne!(sum(&[&one]), sum(&[&one, &one]));
        assert_eq!(sum(&[&one]).to_string().len(), 64);
    }
}
