//! One condition as the three inputs that make it.

use domain::forms::{
    Bound, COUNTRIES, Condition, Decimal, Field, FieldKey, FieldKind, FormDefinition, Operator,
    OperatorKind, Subject, all_regions,
};
use domain::program::Tier;

/// What can be typed for an operand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OperandInput {
    None,
    Text,
    /// Value and label; several may be chosen when the operator takes several.
    List(Vec<(String, String)>),
    /// `today`, `today+30` or a day.
    Day,
    Number,
}

/// The subjects that a field's conditions may look at: the answered fields above it, and the partner.
pub fn subjects(form: &FormDefinition, key: &FieldKey) -> Vec<(String, String)> {
    // What only the company sees decides nothing for partners.
    let own = form.field(key).is_some_and(Field::is_company_only);
    let above = form
        .fields
        .iter()
        .take_while(|f| f.key != *key)
        .filter(|f| f.kind.has_answer() && (own || !f.is_company_only()));
    let above = above.map(|f| (f.key.to_string(), f.label.clone()));
    let partner = [
        (Subject::Tier, "The partner's tier"),
        (Subject::PartnerCountry, "The partner's country"),
    ];
    above
        .chain(partner.map(|(subject, label)| (subject.to_string(), label.to_owned())))
        .collect()
}

fn subject_field<'a>(form: &'a FormDefinition, subject: &Subject) -> Option<&'a Field> {
    match subject {
        Subject::Field(key) => form.field(key),
        Subject::Tier | Subject::PartnerCountry => None,
    }
}

pub fn operators(form: &FormDefinition, subject: &Subject) -> &'static [OperatorKind] {
    match (subject, subject_field(form, subject)) {
        (_, Some(field)) => OperatorKind::fitting(&field.kind),
        (Subject::Field(_), None) => &[],
        (Subject::Tier | Subject::PartnerCountry, None) => &[
            OperatorKind::Is,
            OperatorKind::IsNot,
            OperatorKind::OneOf,
            OperatorKind::Filled,
            OperatorKind::Empty,
        ],
    }
}

pub fn operand_input(form: &FormDefinition, condition: &Condition, tiers: &[Tier]) -> OperandInput {
    if matches!(
        condition.operator.kind(),
        OperatorKind::Filled | OperatorKind::Empty
    ) {
        return OperandInput::None;
    }
    let countries = || {
        COUNTRIES
            .iter()
            .map(|(code, name)| ((*code).to_owned(), (*name).to_owned()))
            .collect()
    };
    match (
        &condition.subject,
        subject_field(form, &condition.subject).map(|f| &f.kind),
    ) {
        (Subject::Tier, _) => OperandInput::List(
            tiers
                .iter()
                .map(|t| (t.id.to_string(), t.name.clone()))
                .collect(),
        ),
        (Subject::PartnerCountry, _) | (_, Some(FieldKind::Country)) => {
            OperandInput::List(countries())
        }
        (
            _,
            Some(
                FieldKind::Select { options }
                | FieldKind::Radio { options }
                | FieldKind::MultiSelect { options },
            ),
        ) => OperandInput::List(
            options
                .iter()
                .map(|o| (o.value.clone(), o.label.clone()))
                .collect(),
        ),
        (_, Some(FieldKind::Checkbox)) => OperandInput::List(vec![
            ("yes".to_owned(), "ticked".to_owned()),
            ("no".to_owned(), "not ticked".to_owned()),
        ]),
        (_, Some(FieldKind::YesNo)) => OperandInput::List(vec![
            ("yes".to_owned(), "Yes".to_owned()),
            ("no".to_owned(), "No".to_owned()),
        ]),
        (_, Some(FieldKind::Region { .. })) => OperandInput::List(all_regions()),
        (_, Some(FieldKind::Computed { .. } | FieldKind::Rows(_))) => OperandInput::Number,
        (_, Some(kind)) if kind.is_number() => OperandInput::Number,
        (_, Some(FieldKind::Date)) => OperandInput::Day,
        _ => OperandInput::Text,
    }
}

/// The first thing to be said about a subject: its first operator, with an operand that can be answered where there is a list.
pub fn start(form: &FormDefinition, subject: Subject, tiers: &[Tier]) -> Condition {
    let kind = operators(form, &subject)
        .first()
        .copied()
        .unwrap_or(OperatorKind::Filled);
    with_operator(
        form,
        &Condition {
            subject,
            operator: Operator::Filled,
        },
        kind,
        tiers,
    )
}

/// The condition with another operator, keeping the operand where both have one.
pub fn with_operator(
    form: &FormDefinition,
    condition: &Condition,
    kind: OperatorKind,
    tiers: &[Tier],
) -> Condition {
    let operands = condition.operator.operands();
    let bare = Condition {
        subject: condition.subject.clone(),
        operator: operator(kind, operands),
    };
    match (
        operand_input(form, &bare, tiers),
        bare.operator.operands().first(),
    ) {
        (OperandInput::List(list), None) => {
            let first = list.into_iter().take(1).map(|(value, _)| value).collect();
            Condition {
                operator: operator(kind, first),
                ..bare
            }
        }
        (OperandInput::List(list), Some(text)) if text.is_empty() => {
            let first = list.into_iter().take(1).map(|(value, _)| value).collect();
            Condition {
                operator: operator(kind, first),
                ..bare
            }
        }
        (OperandInput::Day, Some(text))
            if Bound::parse(text).is_none_or(|b| b.number().is_some()) =>
        {
            Condition {
                operator: operator(kind, vec!["today".to_owned()]),
                ..bare
            }
        }
        _ => bare,
    }
}

pub fn operator(kind: OperatorKind, operands: Vec<String>) -> Operator {
    let first = || operands.first().cloned().unwrap_or_default();
    let bound = || read_bound(&first()).unwrap_or(Bound::Number(Decimal::ZERO));
    match kind {
        OperatorKind::Is => Operator::Is(first()),
        OperatorKind::IsNot => Operator::IsNot(first()),
        OperatorKind::OneOf => Operator::OneOf(operands),
        OperatorKind::Filled => Operator::Filled,
        OperatorKind::Empty => Operator::Empty,
        OperatorKind::AtLeast => Operator::AtLeast(bound()),
        OperatorKind::AtMost => Operator::AtMost(bound()),
    }
}

/// As people write numbers: `10,000` is ten thousand here, while a stored bound has a point only.
pub fn read_bound(text: &str) -> Option<Bound> {
    Decimal::read(text, 2)
        .map(Bound::Number)
        .or_else(|| Bound::parse(text))
}

/// The operator of that label.
pub fn operator_of(word: &str) -> Option<OperatorKind> {
    use OperatorKind::{AtLeast, AtMost, Empty, Filled, Is, IsNot, OneOf};
    [Is, IsNot, OneOf, Filled, Empty, AtLeast, AtMost]
        .into_iter()
        .find(|kind| kind.label() == word)
}

#[cfg(test)]
mod tests {
    use domain::Currency;
    use domain::forms::{Rule, check_publishable, sentence, starter_form};

    use super::*;

    fn key(text: &str) -> FieldKey {
        FieldKey::parse(text).unwrap()
    }

    #[test]
    fn only_fields_above_can_be_looked_at() {
        let form = starter_form(Currency::EUR);
        let subjects = subjects(&form, &key("country"));
        let values: Vec<&str> = subjects.iter().map(|(value, _)| value.as_str()).collect();
        assert_eq!(values, ["customer", "website", "@tier", "@partner_country"]);
    }

    #[test]
    fn every_start_can_be_published_but_for_texts_still_to_be_typed() {
        for subject in ["country", "value", "close_date", "@partner_country"] {
            let mut form = starter_form(Currency::EUR);
            let subject = Subject::try_from(subject.to_owned()).unwrap();
            let rule = Rule::from(start(&form, subject, &[]));
            assert!(!sentence(&rule, &form).is_empty());
            form.fields[7].visible_when = Some(rule);
            assert_eq!(check_publishable(&form), Ok(()));
        }
    }

    #[test]
    fn another_operator_keeps_the_operand() {
        let form = starter_form(Currency::EUR);
        let is = Condition::on(&key("country"), Operator::Is("DE".into()));
        let one_of = with_operator(&form, &is, OperatorKind::OneOf, &[]);
        assert_eq!(one_of.operator, Operator::OneOf(vec!["DE".into()]));
        assert_eq!(
            with_operator(&form, &one_of, OperatorKind::Empty, &[]).operator,
            Operator::Empty
        );
        assert_eq!(
            operand_input(&form, &is, &[]),
            operand_input(&form, &one_of, &[])
        );
        let date = Condition::on(&key("close_date"), Operator::Filled);
        assert_eq!(
            with_operator(&form, &date, OperatorKind::AtMost, &[]).operator,
            Operator::AtMost(Bound::Today(0))
        );
        assert_eq!(read_bound("10,000").unwrap().to_string(), "10000");
        assert_eq!(
            operator_of(OperatorKind::AtLeast.label()),
            Some(OperatorKind::AtLeast)
        );
    }
}
