//! Conditions refer to earlier fields, in ways that those fields can answer.

use super::{
    Bound, Condition, Decimal, Fault, Field, FieldKind, FormDefinition, MAX_CONDITIONS, MAX_LEVELS,
    MAX_OPTION_CONDITIONS, Operator, OperatorKind, Rule, RulePart, RulePlace, Subject,
    check::Faults, country_name, decimal::MAX_SCALE,
};
use crate::TierId;

pub(super) fn check(field: &Field, form: &FormDefinition, position: usize, faults: &mut Faults) {
    // Whatever is too large has one fault, not thousands.
    if !sizes_fit(field, faults) {
        return;
    }
    for part in field.rule_parts() {
        if let Some(rule) = field.rule(part) {
            check_rule(part, rule, form, position, faults);
        }
    }
}

/// Says whether the field's rules are as small as even a draft's must be.
pub(super) fn sizes_fit(field: &Field, faults: &mut Faults) -> bool {
    let deep = field.rules().any(|rule| rule.levels() > MAX_LEVELS);
    let ends = |of_many: bool| -> usize {
        let parts = field.rule_parts();
        let rules = parts.filter(|part| part.is_one_of_many() == of_many);
        rules
            .filter_map(|part| field.rule(part))
            .map(Rule::ends)
            .sum()
    };
    let many = ends(false) > MAX_CONDITIONS;
    let many_more = ends(true) > MAX_OPTION_CONDITIONS;
    if deep {
        faults.at(field, Fault::GroupsTooDeep { max: MAX_LEVELS });
    }
    if many {
        let max = MAX_CONDITIONS;
        faults.at(field, Fault::TooManyConditions { max });
    }
    if many_more {
        let max = MAX_OPTION_CONDITIONS;
        faults.at(field, Fault::TooManyOptionConditions { max });
    }
    !deep && !many && !many_more
}

fn check_rule(
    part: RulePart,
    rule: &Rule,
    form: &FormDefinition,
    position: usize,
    faults: &mut Faults,
) {
    let Some(field) = form.fields.get(position) else {
        return;
    };
    let of = rule.conditions().count();
    for (number, condition) in (1..).zip(rule.conditions()) {
        if let Some(fault) = fault_of(condition, form, position) {
            let named = of > 1 || part.is_one_of_many();
            let place = named.then_some(RulePlace { part, number, of });
            faults.at_place(field, fault, place);
        }
    }
    let groups: Vec<&Rule> = rule
        .parts()
        .filter(|part| matches!(part, Rule::Group(..)))
        .collect();
    let of = groups.len().saturating_sub(1);
    for (number, group) in groups.into_iter().enumerate() {
        if matches!(group, Rule::Group(_, inner) if inner.is_empty()) {
            let named = number > 0 || part.is_one_of_many();
            let place = named.then_some(RulePlace { part, number, of });
            faults.at_place(field, Fault::GroupEmpty, place);
        }
    }
}

fn fault_of(condition: &Condition, form: &FormDefinition, position: usize) -> Option<Fault> {
    match &condition.subject {
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
                let label = || other.label.clone();
                let own = form
                    .fields
                    .get(position)
                    .is_some_and(Field::is_company_only);
                if at > position {
                    Some(Fault::ConditionOnLater { label: label() })
                } else if other.is_company_only() && !own {
                    Some(Fault::ConditionOnCompanyField { label: label() })
                } else {
                    field_fault(&condition.operator, other)
                }
            }),
        },
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
        FieldKind::Number { .. }
        | FieldKind::Money { .. }
        | FieldKind::Percent { .. }
        | FieldKind::Computed { .. }
        | FieldKind::Rows(_) => match operator {
            Operator::AtLeast(bound) | Operator::AtMost(bound) => bound.number().is_some(),
            _ => Decimal::read(operand, MAX_SCALE).is_some(),
        },
        FieldKind::Date => Bound::parse(operand).is_some_and(|b| b.number().is_none()),
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::Url
        | FieldKind::DateRange
        | FieldKind::File { .. }
        | FieldKind::Heading
        | FieldKind::PageBreak
        | FieldKind::Group
        | FieldKind::GroupEnd
        | FieldKind::Customer
        | FieldKind::Address
        | FieldKind::TextBlock { .. }
        // A country whose regions are not listed has any.
        | FieldKind::Region { .. } => true,
    }
}
