//! A condition as a rule of JSON Forms, where it has words for it: it knows nothing of tiers, of the partner's country, of
//! days counted from today, and compares text letter by letter.

use serde_json::{Number, Value, json};

use super::ui::scope;
use crate::forms::{
    Bound, Combine, Condition, Decimal, FieldKind, FormDefinition, Operator, Rule,
    decimal::MAX_SCALE,
};

pub(super) fn show(rule: &Rule, form: &FormDefinition) -> Option<Value> {
    let said = rule.fold(|condition| compared(condition, form), grouped);
    said.map(|condition| json!({"effect": "SHOW", "condition": condition}))
}

/// "None of these" has no word there, and half a group would say something else.
fn grouped(combine: Combine, rules: Vec<Option<Value>>) -> Option<Value> {
    let word = match combine {
        Combine::All => "AND",
        Combine::Any => "OR",
        Combine::None => return None,
    };
    let conditions: Option<Vec<Value>> = rules.into_iter().collect();
    Some(json!({"type": word, "conditions": conditions?}))
}

fn compared(condition: &Condition, form: &FormDefinition) -> Option<Value> {
    let key = condition.field()?;
    let kind = &form.field(key)?.kind;
    let schema = schema(&condition.operator, kind)?;
    Some(json!({
        "scope": scope(key),
        "schema": schema,
        "failWhenUndefined": !holds_unanswered(&condition.operator, kind),
    }))
}

/// A checkbox that nobody touched has no answer in JSON Forms.
fn holds_unanswered(operator: &Operator, kind: &FieldKind) -> bool {
    match operator {
        Operator::Empty => true,
        Operator::Is(value) => *kind == FieldKind::Checkbox && value == "no",
        _ => false,
    }
}

/// What the other field's answer must fit.
fn schema(operator: &Operator, kind: &FieldKind) -> Option<Value> {
    match operator {
        Operator::Is(value) => one_of(std::slice::from_ref(value), kind),
        Operator::IsNot(value) => {
            let is = one_of(std::slice::from_ref(value), kind)?;
            Some(json!({"not": is}))
        }
        Operator::OneOf(values) => one_of(values, kind),
        Operator::Filled => Some(json!({"not": empty(kind)})),
        Operator::Empty => Some(empty(kind)),
        Operator::AtLeast(bound) => range("minimum", *bound, kind),
        Operator::AtMost(bound) => range("maximum", *bound, kind),
    }
}

fn one_of(values: &[String], kind: &FieldKind) -> Option<Value> {
    match kind {
        FieldKind::Select { .. }
        | FieldKind::Radio { .. }
        | FieldKind::YesNo
        | FieldKind::Country
        | FieldKind::Region { .. } => Some(json!({"enum": values})),
        FieldKind::MultiSelect { .. } => Some(json!({"contains": {"enum": values}})),
        FieldKind::Checkbox => {
            let ticked = values.iter().any(|value| value == "yes");
            Some(if ticked {
                json!({"const": true})
            } else {
                json!({"not": {"const": true}})
            })
        }
        FieldKind::Number { .. } => {
            let read = |value: &String| number(Decimal::read(value, MAX_SCALE)?);
            let numbers: Option<Vec<Number>> = values.iter().map(read).collect();
            numbers.map(|numbers| json!({"enum": numbers}))
        }
        _ => None,
    }
}

fn range(word: &str, bound: Bound, kind: &FieldKind) -> Option<Value> {
    if !matches!(kind, FieldKind::Number { .. }) {
        return None;
    }
    let number = number(bound.number()?)?;
    Some(json!({"type": "number", word: number}))
}

fn number(decimal: Decimal) -> Option<Number> {
    serde_json::from_str(&decimal.to_string()).ok()
}

fn empty(kind: &FieldKind) -> Value {
    match kind {
        FieldKind::MultiSelect { .. } | FieldKind::File { .. } | FieldKind::Rows(_) => {
            json!({"type": "array", "maxItems": 0})
        }
        FieldKind::Address => json!({"type": "object", "maxProperties": 0}),
        FieldKind::Customer => json!({"not": {"type": "object"}, "maxLength": 0}),
        _ => json!({"enum": ["", null]}),
    }
}
