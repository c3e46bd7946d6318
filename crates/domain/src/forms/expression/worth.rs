//! What an expression comes to with the answers above it.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use super::{
    ResultKind,
    parse::{Step, steps},
    ratio::Ratio,
};
use crate::{
    Currency, Money,
    forms::{
        Answer, FieldKey,
        decimal::{Decimal, MAX_SCALE},
    },
};

/// In major units, where it is an amount.
#[derive(Clone, Copy, Debug)]
struct Worth {
    value: Ratio,
    currency: Option<Currency>,
}

/// The answers that an expression may look at, and which of them are percentages.
#[derive(Clone, Copy)]
pub(in crate::forms) struct Above<'a> {
    pub(in crate::forms) answers: &'a BTreeMap<FieldKey, Answer>,
    pub(in crate::forms) percents: &'a BTreeSet<FieldKey>,
}

/// Nothing where an answer is missing, where the calculation has no result, and where the expression makes no sense.
pub(in crate::forms) fn worked_out(
    expression: &str,
    gives: ResultKind,
    decimals: u8,
    above: Above<'_>,
) -> Option<Answer> {
    let mut stack = Vec::new();
    for placed in steps(expression).ok()? {
        let worth = of_step(&placed.what, &mut stack, above)?;
        stack.push(worth);
    }
    let Worth { value, currency } = stack.pop()?;
    match (gives, currency) {
        (ResultKind::Number, None) => {
            let decimals = decimals.min(MAX_SCALE);
            let units = i64::try_from(value.units(decimals)?).ok()?;
            // Its text would be one that no number is read from.
            (units != i64::MIN).then(|| Answer::Number(Decimal::new(units, decimals)))
        }
        (ResultKind::Money, Some(currency)) => {
            let minor = i64::try_from(value.units(digits(currency)?)?).ok()?;
            let fits = minor.unsigned_abs() <= Money::largest(currency).minor.unsigned_abs();
            fits.then(|| Answer::Money(Money::new(minor, currency)))
        }
        _ => None,
    }
}

fn digits(currency: Currency) -> Option<u8> {
    u8::try_from(currency.exponent()).ok()
}

type Stack = Vec<Worth>;

fn of_step(step: &Step, stack: &mut Stack, above: Above<'_>) -> Option<Worth> {
    match step {
        Step::Number(number) => Ratio::of(*number).map(Worth::number),
        Step::Field(key) => of_field(key, above),
        Step::Negate => stack.pop().map(|worth| worth.with(worth.value.negated())),
        Step::Round(places) => {
            let worth = stack.pop()?;
            worth.value.rounded(*places).map(|value| worth.with(value))
        }
        Step::Add => two(stack, Worth::plus),
        Step::Subtract => two(stack, |left, right| {
            left.plus(right.with(right.value.negated()))
        }),
        Step::Multiply => two(stack, Worth::times),
        Step::Divide => two(stack, Worth::by),
        Step::Smallest(count) => extreme(stack, *count, Ordering::Less),
        Step::Largest(count) => extreme(stack, *count, Ordering::Greater),
    }
}

fn of_field(key: &FieldKey, above: Above<'_>) -> Option<Worth> {
    match above.answers.get(key)? {
        Answer::Number(number) if above.percents.contains(key) => {
            let hundredth = Ratio::new(1, 100)?;
            Ratio::of(*number)?.times(hundredth).map(Worth::number)
        }
        Answer::Number(number) => Ratio::of(*number).map(Worth::number),
        Answer::Money(money) => {
            let value = Ratio::scaled(money.minor, digits(money.currency)?)?;
            Some(Worth {
                value,
                currency: Some(money.currency),
            })
        }
        _ => None,
    }
}

/// The last two values, in the order in which they stand in the expression.
fn two(stack: &mut Stack, join: impl FnOnce(Worth, Worth) -> Option<Worth>) -> Option<Worth> {
    let (right, left) = (stack.pop()?, stack.pop()?);
    join(left, right)
}

fn extreme(stack: &mut Stack, count: usize, wanted: Ordering) -> Option<Worth> {
    let mut best = stack.pop()?;
    for _ in 1..count {
        let other = stack.pop()?;
        if other.currency != best.currency {
            return None;
        }
        if other.value.compare(best.value)? == wanted {
            best = other;
        }
    }
    Some(best)
}

impl Worth {
    fn number(value: Ratio) -> Self {
        Self {
            value,
            currency: None,
        }
    }

    fn with(self, value: Ratio) -> Self {
        Self { value, ..self }
    }

    fn plus(self, other: Self) -> Option<Self> {
        let value = self.value.plus(other.value)?;
        (self.currency == other.currency).then(|| self.with(value))
    }

    fn times(self, other: Self) -> Option<Self> {
        let value = self.value.times(other.value)?;
        match (self.currency, other.currency) {
            (Some(_), Some(_)) => None,
            (one, another) => Some(Self {
                value,
                currency: one.or(another),
            }),
        }
    }

    fn by(self, other: Self) -> Option<Self> {
        let value = self.value.by(other.value)?;
        let currency = match (self.currency, other.currency) {
            (own, None) => own,
            (Some(one), Some(another)) if one == another => None,
            _ => return None,
        };
        Some(Self { value, currency })
    }
}
