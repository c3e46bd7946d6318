//! Conditions of which all must hold and that exclude each other.

use std::{cmp::Ordering, collections::BTreeSet};

use super::{Condition, Decimal, Operator, decimal::MAX_SCALE, lint_condition::order};

/// Whether two of them can never hold at once. `single`: whether what a condition looks at has one answer at a time.
pub(super) fn clash(conditions: &[&Condition], single: impl Fn(&Condition) -> bool) -> bool {
    conditions.iter().enumerate().any(|(at, one)| {
        let mut later = conditions.iter().skip(at + 1);
        later.any(|other| {
            one.subject == other.subject && exclude(&one.operator, &other.operator, single(one))
        })
    })
}

fn exclude(one: &Operator, other: &Operator, single: bool) -> bool {
    // Every operator but this one wants an answer.
    if (*one == Operator::Empty) != (*other == Operator::Empty) {
        return true;
    }
    match (one, other) {
        (Operator::AtLeast(low), Operator::AtMost(high))
        | (Operator::AtMost(high), Operator::AtLeast(low)) => {
            order(*low, *high).is_some_and(Ordering::is_gt)
        }
        _ if !single => false,
        (Operator::IsNot(no), wanted) | (wanted, Operator::IsNot(no)) => {
            let no = normal(no);
            wants(wanted).is_some_and(|values| values.iter().all(|value| *value == no))
        }
        _ => match (wants(one), wants(other)) {
            (Some(some), Some(others)) => some.is_disjoint(&others),
            _ => false,
        },
    }
}

/// The answers of which one must be given.
fn wants(operator: &Operator) -> Option<BTreeSet<String>> {
    let values = match operator {
        Operator::Is(_) | Operator::OneOf(_) => operator.operands(),
        Operator::IsNot(_)
        | Operator::Filled
        | Operator::Empty
        | Operator::AtLeast(_)
        | Operator::AtMost(_) => Vec::new(),
    };
    let values: BTreeSet<String> = values.iter().map(|value| normal(value)).collect();
    (!values.is_empty()).then_some(values)
}

/// Two options that differ in their capital letters alone are taken for one: rather no hint than a wrong one.
fn normal(text: &str) -> String {
    Decimal::read(text, MAX_SCALE)
        .map_or_else(|| text.trim().to_lowercase(), |number| number.to_string())
}
