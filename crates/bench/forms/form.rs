//! Forms of any size, with conditions of every sort, and answers to them.

use domain::{
    Currency,
    forms::{
        Choice, Combine, Condition, Context, Field, FieldKey, FieldKind, FormDefinition, Operator,
        RawAnswers, Rule, starter_form,
    },
};

pub fn key(number: usize) -> FieldKey {
    FieldKey::parse(&format!("q{number}")).unwrap()
}

pub fn context() -> Context {
    Context::on("2030-01-31".parse().unwrap())
}

/// The starter form's eight, and questions behind them. The first one decides on every tenth; the second on nothing.
pub fn form(fields: usize) -> FormDefinition {
    let mut form = starter_form(Currency::EUR);
    let more = fields - form.fields.len();
    form.fields.extend((0..more).map(question));
    form
}

fn question(number: usize) -> Field {
    let kind = match number % 5 {
        0 | 1 => FieldKind::Text,
        2 => FieldKind::Number {
            decimals: 0,
            unit: "seats".to_owned(),
        },
        3 => FieldKind::YesNo,
        _ => FieldKind::Select {
            options: ["a", "b", "c", "d"].map(|v| Choice::new(v, v)).to_vec(),
        },
    };
    let field = Field::new(key(number), kind, format!("Question {number}"));
    if number > 0 && number.is_multiple_of(10) {
        return field.shown_when(Condition::on(&key(0), Operator::Filled));
    }
    if number % 10 == 6 {
        // On the yes or no, or the choice, above it.
        let yes = Condition::on(&key(number - 3), Operator::Is("yes".to_owned()));
        let chosen = Condition::on(&key(number - 2), Operator::Is("b".to_owned()));
        return field.shown_when(Rule::Group(Combine::Any, vec![yes.into(), chosen.into()]));
    }
    if number % 10 == 8 {
        let yes = Condition::on(&key(number - 5), Operator::Is("yes".to_owned()));
        return field.required_when(yes);
    }
    field
}

/// Every question answered.
pub fn answers(form: &FormDefinition) -> RawAnswers {
    let given = [
        ("customer", "Tern Labs"),
        ("country", "DE"),
        ("value", "12000"),
        ("value.currency", "EUR"),
        ("close_date", "2031-01-31"),
    ];
    let mut raw: RawAnswers = given.into_iter().collect();
    for field in form.fields.iter().filter(|field| field.system.is_none()) {
        let said = match &field.kind {
            FieldKind::Number { .. } => "12",
            FieldKind::YesNo => "yes",
            FieldKind::Select { .. } => "b",
            FieldKind::Text => "An answer of some words",
            _ => continue,
        };
        raw.set(&field.key, vec![said.to_owned()]);
    }
    raw
}
