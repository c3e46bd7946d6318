//! Order within a column: fractional index strings, so that a move writes one row.
//!
//! Letters compare by byte (`COLLATE "C"` on Postgres); ties are broken by the deal's id.

use serde::{Deserialize, Serialize};

const FIRST: u8 = b'0';
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// A place in an order. Never ends in the lowest digit, so that there is always room before it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "sql", derive(sqlx::Type))]
#[cfg_attr(feature = "sql", sqlx(transparent))]
pub struct Rank(pub String);

fn digit(place: u8) -> usize {
    DIGITS.iter().position(|known| *known == place).unwrap_or(0)
}

fn letter(value: usize) -> char {
    char::from(DIGITS.get(value).copied().unwrap_or(FIRST))
}

impl Rank {
    /// Where the first card of an empty column lies.
    pub fn middle() -> Self {
        Self("V".to_owned())
    }

    /// A place strictly between two places; `None` is the start or the end of the column.
    ///
    /// When the two are equal or in the wrong order (two browsers inserted at once) the place is after `before`.
    pub fn between(before: Option<&Self>, after: Option<&Self>) -> Self {
        match (before, after) {
            (None, None) => Self::middle(),
            (None, Some(high)) => Self(step(&high.0, Way::Down)),
            (Some(low), Some(high)) if low < high => {
                Self(midpoint(low.0.as_bytes(), Some(high.0.as_bytes())))
            }
            (Some(low), _) => Self(step(&low.0, Way::Up)),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

impl Way {
    /// The outermost digit in that direction.
    fn end(self) -> usize {
        match self {
            Way::Up => DIGITS.len() - 1,
            Way::Down => 0,
        }
    }
}

/// The next place above or below, counted: `n` outermost digits lead a number of `n + 1` digits, so that a column that
/// only ever grows at one end has places of 1, 3, 5... letters: 31, then 3,700, then 230,000 of them.
fn step(from: &str, way: Way) -> String {
    let digits: Vec<usize> = from.bytes().map(digit).collect();
    let leading = digits
        .iter()
        .take_while(|place| **place == way.end())
        .count();
    let mut number: Vec<usize> = digits
        .iter()
        .copied()
        .skip(leading)
        .take(leading + 1)
        .collect();
    number.resize(leading + 1, 0);
    // Cut off below what was given: that is a place below already.
    let cut = way == Way::Down && digits.len() > 2 * leading + 1;
    if !cut || number.last() == Some(&0) {
        count(&mut number, way);
    }
    let ends = number.first() == Some(&way.end());
    if !ends && number.last() == Some(&0) {
        // Nothing could lie between this and the next longer one.
        return step(&text(leading, way, &number), way);
    }
    let leading = leading + usize::from(ends);
    if ends {
        number = match way {
            Way::Up => vec![0; leading + 1],
            Way::Down => vec![DIGITS.len() - 1; leading + 1],
        };
        if let (Way::Up, Some(last)) = (way, number.last_mut()) {
            *last = 1;
        }
    }
    text(leading, way, &number)
}

fn text(leading: usize, way: Way, number: &[usize]) -> String {
    let lead = std::iter::repeat_n(way.end(), leading);
    lead.chain(number.iter().copied()).map(letter).collect()
}

/// One up or down; the first digit stops at its end.
fn count(number: &mut [usize], way: Way) {
    let last = DIGITS.len() - 1;
    for place in number.iter_mut().rev() {
        match (way, *place) {
            (Way::Up, value) if value < last => {
                *place = value + 1;
                return;
            }
            (Way::Down, value) if value > 0 => {
                *place = value - 1;
                return;
            }
            (Way::Up, _) => *place = 0,
            (Way::Down, _) => *place = last,
        }
    }
}

/// A text strictly between `low` and `high` (`None`: no upper end), not ending in the lowest digit.
fn midpoint(low: &[u8], high: Option<&[u8]>) -> String {
    let mut out = String::new();
    let mut bounded = high;
    let mut index = 0;
    loop {
        let a = low.get(index).map_or(0, |place| digit(*place));
        let b = match bounded {
            Some(high) => high.get(index).map_or(0, |place| digit(*place)),
            None => DIGITS.len(),
        };
        if b > a + 1 {
            out.push(letter(usize::midpoint(a, b)));
            return out;
        }
        out.push(letter(a));
        if b == a + 1 {
            // One digit below the upper end: from here on only the lower end bounds.
            bounded = None;
        }
        index += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Any history of insertions keeps every neighbouring pair in strict order.
        #[test]
        fn ranks_stay_ordered(places in proptest::collection::vec(0usize..1_000, 1..300)) {
            let mut ranks: Vec<Rank> = Vec::new();
            for place in places {
                let at = place % (ranks.len() + 1);
                let before = at.checked_sub(1).and_then(|index| ranks.get(index));
                let rank = Rank::between(before, ranks.get(at));
                ranks.insert(at, rank);
            }
            for pair in ranks.windows(2) {
                prop_assert!(pair[0] < pair[1], "{:?}", pair);
                prop_assert!(!pair[0].0.ends_with('0'));
            }
        }
    }

    #[test]
    fn either_end_stays_short_and_in_order() {
        let (mut last, mut first) = (Rank::middle(), Rank::middle());
        for _ in 0..10_000 {
            let after = Rank::between(Some(&last), None);
            let before = Rank::between(None, Some(&first));
            assert!(after > last && before < first, "{after:?} {before:?}");
            (last, first) = (after, before);
        }
        assert_eq!((last.0.len(), first.0.len()), (5, 5), "{last:?} {first:?}");
    }

    #[test]
    fn the_ends_of_each_width_lead_on() {
        let above = |low: &str| Rank::between(Some(&Rank(low.into())), None).0;
        let below = |high: &str| Rank::between(None, Some(&Rank(high.into()))).0;
        assert_eq!(
            (above("V"), above("y"), above("z")),
            ("W".into(), "z01".into(), "z01".into())
        );
        assert_eq!(
            (above("z0z"), above("zyz"), above("zz")),
            ("z11".into(), "zz001".into(), "zz001".into())
        );
        assert_eq!(
            (below("V"), below("1"), below("01")),
            ("U".into(), "0zz".into(), "00zzz".into())
        );
        assert_eq!(
            (below("011"), below("V5x"), below("0V")),
            ("00zzz".into(), "V".into(), "0Uz".into())
        );
    }

    #[test]
    fn a_wrong_order_still_gives_a_place_after() {
        let (low, high) = (Rank("b".into()), Rank("a".into()));
        assert!(Rank::between(Some(&low), Some(&high)) > low);
        assert!(Rank::between(Some(&low), Some(&low)) > low);
    }
}
