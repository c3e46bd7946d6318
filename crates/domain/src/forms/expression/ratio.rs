//! An exact fraction: a third of something, three times, is all of it.

use std::cmp::Ordering;

use crate::forms::Decimal;

/// In lowest terms; `under` is above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ratio {
    over: i128,
    under: i128,
}

impl Ratio {
    /// Nothing where there is no such fraction, or not in so many digits.
    pub(super) fn new(over: i128, under: i128) -> Option<Self> {
        if under == 0 {
            return None;
        }
        let (top, bottom) = (over.unsigned_abs(), under.unsigned_abs());
        let common = common(top, bottom);
        let top = i128::try_from(top / common).ok()?;
        let bottom = i128::try_from(bottom / common).ok()?;
        let negative = (over < 0) != (under < 0);
        Some(Self {
            over: if negative { -top } else { top },
            under: bottom,
        })
    }

    /// So many minor units, of which `scale` digits stand behind the point.
    pub(super) fn scaled(units: i64, scale: u8) -> Option<Self> {
        Self::new(i128::from(units), power(scale)?)
    }

    pub(super) fn of(number: Decimal) -> Option<Self> {
        Self::scaled(number.units(), number.scale())
    }

    pub(super) fn negated(self) -> Self {
        // The smallest i128 has no place here: what was made of unsigned digits is above it.
        Self {
            over: -self.over,
            ..self
        }
    }

    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let common = i128::try_from(common(
            self.under.unsigned_abs(),
            other.under.unsigned_abs(),
        ))
        .ok()?;
        let (own, others) = (other.under / common, self.under / common);
        let left = self.over.checked_mul(own)?;
        let right = other.over.checked_mul(others)?;
        Self::new(left.checked_add(right)?, self.under.checked_mul(own)?)
    }

    pub(super) fn times(self, other: Self) -> Option<Self> {
        // Crosswise in lowest terms, so that digits which go away are not multiplied first.
        let first = Self::new(self.over, other.under)?;
        let second = Self::new(other.over, self.under)?;
        Self::new(
            first.over.checked_mul(second.over)?,
            first.under.checked_mul(second.under)?,
        )
    }

    /// Nothing for a division by zero.
    pub(super) fn by(self, other: Self) -> Option<Self> {
        self.times(Self::new(other.under, other.over)?)
    }

    pub(super) fn compare(self, other: Self) -> Option<Ordering> {
        let left = self.over.checked_mul(other.under)?;
        let right = other.over.checked_mul(self.under)?;
        Some(left.cmp(&right))
    }

    /// In units of the last of `places` digits behind the point; half a unit is rounded away from zero.
    pub(super) fn units(self, places: u8) -> Option<i128> {
        let over = self.over.checked_mul(power(places)?)?;
        let (whole, rest) = (over / self.under, (over % self.under).abs());
        let up = if rest >= self.under - rest {
            over.signum()
        } else {
            0
        };
        whole.checked_add(up)
    }

    pub(super) fn rounded(self, places: u8) -> Option<Self> {
        Self::new(self.units(places)?, power(places)?)
    }
}

fn power(digits: u8) -> Option<i128> {
    10_i128.checked_pow(u32::from(digits))
}

/// The greatest common divisor; never zero, because no fraction stands over nothing.
fn common(mut one: u128, mut other: u128) -> u128 {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one.max(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ratio(over: i128, under: i128) -> Ratio {
        Ratio::new(over, under).unwrap()
    }

    #[test]
    fn half_a_unit_goes_away_from_zero() {
        for (over, under, places, want) in [
            (5, 10, 0, 1),
            (-5, 10, 0, -1),
            (49, 100, 0, 0),
            (1, 3, 2, 33),
            (2, 3, 2, 67),
            (-2, 3, 2, -67),
            (7, 1, 2, 700),
            (0, 1, 9, 0),
        ] {
            assert_eq!(
                ratio(over, under).units(places),
                Some(want),
                "{over}/{under}"
            );
        }
    }

    #[test]
    fn what_does_not_fit_has_no_value() {
        let large = ratio(i128::MAX, 1);
        assert_eq!(large.plus(large), None);
        assert_eq!(large.times(large), None);
        assert_eq!(large.units(1), None);
        assert_eq!(large.by(ratio(0, 1)), None);
        assert_eq!(Ratio::new(1, 0), None);
        assert_eq!(Ratio::new(i128::MIN, -1), None);
    }

    proptest! {
        #[test]
        fn what_is_divided_and_multiplied_again_is_as_it_was(one: i64, other: i64, third: i64) {
            let of = |number: i64| Ratio::scaled(number, 4).unwrap();
            let (one, other, third) = (of(one), of(other), of(third));
            if let Some(part) = one.by(other) {
                prop_assert_eq!(part.times(other), Some(one));
            }
            let sum = one.plus(other).unwrap();
            prop_assert_eq!(sum.plus(other.negated()), Some(one));
            prop_assert_eq!(one.compare(third), third.compare(one).map(Ordering::reverse));
        }
    }
}
