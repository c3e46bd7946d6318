//! Conditions refer to earlier fields, in ways that those fields can answer.

use super::{
    Bound, Condition, Decimal, Fault, Field, FieldKind, FormDefinition, Operator, OperatorKind,
    Requirement, Subject, check::Faults, country_name, decimal::MAX_SCALE,
};
use crate::TierId;

pub(super) fn check(field: &Field, form: &FormDefinition, position: usize, faults: &mut Faults) {
    if let Some(condition) = &field.visible_when {
        check_one(condition, field, form, position, faults);
    }
    if let Requirement::When(condition) = &field.required {
        check_one(condition, field, form, position, faults);
    }
}

fn check_one(
    condition: &Condition,
    field: &Field,
    form: &FormDefinition,
    position: usize,
    faults: &mut Faults,
) {
    let fault = match &condition.subject {
        Subject::Tier => tier_fault(&condition.operator),
        Subject::PartnerCountry => {
            outside_fault(&condition.operator, "the partner's country", |o| {
                country_name(o).is_some()
            })
        }
        Subject::Field(key) => match form.fields.iter().position(|f| f.key == *key) {
            None => Some(Fault::ConditionUnknownField { key: key.clone() }),
            Some(at) if at == position => Some(Fault::ConditionOnItself),
            Some(at) => form.fields.get(at).and_then(|other| {
                if at > position {
                    Some(Fault::ConditionOnLater {
                        label: other.label.clone(),
                    })
                } else {
                    field_fault(&condition.operator, other)
                }
            }),
        },
    };
    if let Some(fault) = fault {
        faults.at(field, fault);
    }
}

fn tier_fault(operator: &Operator) -> Option<Fault> {
    outside_fault(operator, "the partner's tier", |o| {
        o.parse::<TierId>().is_ok()
    })
}

fn outside_fault(operator: &Operator, label: &str, known: impl Fn(&str) -> bool) -> Option<Fault> {
    let label = label.to_owned();
    if matches!(
        operator.kind(),
        OperatorKind::AtLeast | OperatorKind::AtMost
    ) {
        return Some(Fault::ConditionOperator { label });
    }
    operand_fault(operator, label, known)
}

fn field_fault(operator: &Operator, other: &Field) -> Option<Fault> {
    let label = other.label.clone();
    if !other.kind.has_answer() {
        return Some(Fault::ConditionOnHeading { label });
    }
    if !OperatorKind::fitting(&other.kind).contains(&operator.kind()) {
        return Some(Fault::ConditionOperator { label });
    }
    operand_fault(operator, label, |operand| {
        answerable(operand, operator, other)
    })
}

fn operand_fault(
    operator: &Operator,
    label: String,
    known: impl Fn(&str) -> bool,
) -> Option<Fault> {
    let operands = operator.operands();
    let needs_one = !matches!(operator.kind(), OperatorKind::Filled | OperatorKind::Empty);
    if needs_one && (operands.is_empty() || operands.iter().any(|o| o.trim().is_empty())) {
        return Some(Fault::ConditionOperandMissing { label });
    }
    let unknown = operands.into_iter().find(|o| !known(o))?;
    Some(Fault::ConditionOperandUnknown {
        label,
        operand: unknown,
    })
}

fn answerable(operand: &str, operator: &Operator, other: &Field) -> bool {
    match &other.kind {
        FieldKind::Select { options }
        | FieldKind::Radio { options }
        | FieldKind::MultiSelect { options } => options.iter().any(|o| o.value == operand),
        FieldKind::Country => country_name(operand).is_some(),
        FieldKind::Checkbox | FieldKind::YesNo => matches!(operand, "yes" | "no"),
        FieldKind::Number { .. } | FieldKind::Money { .. } | FieldKind::Percent { .. } => {
            match operator {
                Operator::AtLeast(bound) | Operator::AtMost(bound) => bound.number().is_some(),
                _ => Decimal::read(operand, MAX_SCALE).is_some(),
            }
        }
        FieldKind::Date => Bound::parse(operand).is_some_and(|b| b.number().is_none()),
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::Url
        | FieldKind::DateRange
        | FieldKind::File { .. }
        | FieldKind::Heading
        | FieldKind::PageBreak => true,
    }
}
