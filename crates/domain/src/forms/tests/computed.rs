//! What is worked out of other answers.

use super::{field, form, key, post, today};
use crate::{
    Currency, Money,
    forms::{
        Answer, Bound, Change, Condition, Decimal, DefinitionFault, ExpressionProblem, Fault,
        Field, FieldKind, FormDefinition, Limits, Operator, RawAnswers, ResultKind, answer_text,
        check_expression, check_publishable, diff, states, validate, validate_only,
    },
};

fn number(name: &str) -> Field {
    let kind = FieldKind::Number {
        decimals: 2,
        unit: String::new(),
    };
    field(name, kind)
}

fn computed(expression: &str, gives: ResultKind) -> Field {
    let kind = FieldKind::Computed {
        expression: expression.to_owned(),
        gives,
        decimals: 2,
    };
    field("total", kind)
}

fn with(total: Field) -> FormDefinition {
    let kind = FieldKind::Money {
        currencies: vec![Currency::EUR, Currency::USD],
    };
    form(vec![
        number("seats"),
        number("months"),
        field("discount", FieldKind::Percent { decimals: 1 }),
        field("price", kind),
        total,
    ])
}

fn said(pairs: &[(&str, &str)]) -> RawAnswers {
    post(pairs)
}

fn total(expression: &str, gives: ResultKind, pairs: &[(&str, &str)]) -> Option<Answer> {
    let form = with(computed(expression, gives));
    let valid = validate(&form, &said(pairs), &today()).unwrap();
    valid.answers().get(&key("total")).cloned()
}

fn eur(minor: i64) -> Answer {
    Answer::Money(Money::new(minor, Currency::EUR))
}

const SAID: [(&str, &str); 5] = [
    ("seats", "40"),
    ("months", "12"),
    ("discount", "12.5"),
    ("price", "9.99"),
    ("price.currency", "EUR"),
];

#[test]
fn numbers_are_worked_out_exactly_and_rounded_once() {
    for (expression, want) in [
        ("seats + months * 2", "64"),
        ("(seats + months) * 2", "104"),
        ("seats - months - 3", "25"),
        ("seats / months / 2", "1.67"),
        ("seats / 3 * 3", "40"),
        ("--seats", "40"),
        ("-seats * -months", "480"),
        ("2 * -(seats - 1)", "-78"),
        ("min(seats, months, 7.5)", "7.5"),
        ("max(seats, months)", "40"),
        ("round(seats / 3, 0)", "13"),
        ("round(0 - 2.5, 0)", "-3"),
        ("seats * (1 - discount)", "35"),
        ("price / price", "1"),
        ("0.005", "0.01"),
        ("0.1 + 0.2", "0.3"),
    ] {
        let want = Decimal::read(want, 9).map(Answer::Number);
        let found = total(expression, ResultKind::Number, &SAID);
        assert_eq!(found, want, "{expression}");
    }
}

#[test]
fn amounts_keep_their_currency() {
    for (expression, minor) in [
        ("price * seats", 39_960),
        ("seats * price * (1 - discount)", 34_965),
        ("price / 3", 333),
        ("price + price", 1_998),
        ("price - price * 2", -999),
        ("max(price, price * 2)", 1_998),
        ("round(price, 0)", 1_000),
    ] {
        let found = total(expression, ResultKind::Money, &SAID);
        assert_eq!(found, Some(eur(minor)), "{expression}");
    }
    let field = computed("price", ResultKind::Money);
    assert_eq!(answer_text(&field, &eur(39_960)), "EUR 399.60");
}

#[test]
fn without_every_answer_and_without_a_result_there_is_none() {
    let number = |expression, pairs: &[(&str, &str)]| total(expression, ResultKind::Number, pairs);
    assert_eq!(number("seats + months", &[("seats", "1")]), None);
    assert_eq!(
        number("seats / months", &[("seats", "1"), ("months", "0")]),
        None
    );
    let large = [("seats", "9999999999999999")];
    assert_eq!(number("seats * seats", &large), None);
    assert_eq!(
        number("seats * seats * seats * seats * seats", &large),
        None
    );
    // The deal's value is in dollars, the price in euros.
    assert_eq!(total("price + value", ResultKind::Money, &SAID), None);
    // The field says that it is a number.
    assert_eq!(number("price", &SAID), None);
    assert_eq!(number("seats +", &SAID), None);
}

#[test]
fn what_is_posted_for_it_is_not_looked_at() {
    let form = with(computed("seats * 2", ResultKind::Number));
    let posted = said(&[("seats", "4"), ("total", "1000000")]);
    let valid = validate(&form, &posted, &today()).unwrap();
    let eight = Answer::Number(Decimal::new(8, 0));
    assert_eq!(valid.answers().get(&key("total")), Some(&eight));
    // A field that was opened again takes it along, though it is closed itself.
    let open = [key("seats")].into();
    let again = [("seats", "5"), ("total", "8")].into_iter().collect();
    let valid = validate_only(&form, &open, valid.answers(), &again, &today()).unwrap();
    let ten = Answer::Number(Decimal::new(10, 0));
    assert_eq!(valid.answers().get(&key("total")), Some(&ten));
    // An amount is sent back with its currency, as it was read.
    let form = with(computed("price * 2", ResultKind::Money));
    let valid = validate(&form, &said(&SAID), &today()).unwrap();
    assert!(valid.answers().get(&key("total")).is_some());
    let again = validate(&form, &valid.answers().to_raw(), &today());
    assert_eq!(again, Ok(valid));
}

#[test]
fn a_hidden_operand_is_no_operand_and_conditions_compare_the_result() {
    let at_least = Operator::AtLeast(Bound::Number(Decimal::new(100, 0)));
    let mut form = with(computed("seats * months", ResultKind::Number));
    let more = field("more", FieldKind::Text).shown_when(Condition::on(&key("total"), at_least));
    form.fields.push(more);
    assert_eq!(check_publishable(&form), Ok(()));
    let shows = |form: &FormDefinition, pairs: &[(&str, &str)]| {
        let states = states(form, &said(pairs), &today());
        states.last().unwrap().visible
    };
    assert!(shows(&form, &[("seats", "10"), ("months", "10")]));
    assert!(!shows(&form, &[("seats", "10"), ("months", "9")]));
    let hidden = Condition::on(&key("country"), Operator::Is("US".to_owned()));
    form.fields[8].visible_when = Some(hidden.into());
    assert!(!shows(&form, &[("seats", "10"), ("months", "10")]));
}

#[test]
fn what_cannot_be_published_is_named_with_its_place() {
    let faults = |total: Field| {
        let faults = check_publishable(&with(total)).err().unwrap_or_default();
        let texts = faults.iter().map(DefinitionFault::text);
        texts.collect::<Vec<_>>().join("\n")
    };
    let text = |expression: &str| faults(computed(expression, ResultKind::Number));
    let deep = format!("{}1{}", "(".repeat(33), ")".repeat(33));
    for (expression, at, part) in [
        ("", 0, "The expression is missing"),
        ("seats +", 8, "something is missing"),
        (
            "seats months",
            7,
            "\u{201c}months\u{201d} cannot stand there",
        ),
        ("(seats", 7, "something is missing"),
        ("seats)", 6, "\u{201c})\u{201d} cannot stand there"),
        ("seats # 2", 7, "\u{201c}#\u{201d} cannot stand there"),
        ("seats * 1.2.3", 9, "is not a number"),
        ("seats + sum(months)", 9, "no function \u{201c}sum\u{201d}"),
        ("round(seats)", 1, "places"),
        ("round(seats, 1.5)", 14, "places"),
        ("round(seats, 10)", 14, "places"),
        (
            "seats + seat",
            9,
            "no field has the key \u{201c}seat\u{201d}",
        ),
        ("1 + total", 5, "looks at itself"),
        (
            "seats * customer",
            9,
            "\u{201c}Customer name\u{201d} is not a number",
        ),
        ("price + 1", 7, "an amount of money meets a number"),
        ("min(1, price)", 1, "an amount of money meets a number"),
        ("price * price", 7, "multiplied by an amount"),
        ("1 / price", 3, "divided by an amount"),
        ("price * 2", 0, "gives an amount of money"),
        (deep.as_str(), 34, "more than 32"),
    ] {
        let text = text(expression);
        assert!(text.contains(part), "{expression}: {text}");
        let place = format!("At character {at} of");
        assert_eq!(
            text.contains("At character"),
            at > 0,
            "{expression}: {text}"
        );
        assert!(at == 0 || text.contains(&place), "{expression}: {text}");
        assert!(!text.contains('\n'), "{expression}: {text}");
    }
    let long = computed(&"seats+".repeat(100), ResultKind::Number);
    assert!(faults(long).contains("500 characters"));
    let asked = computed("seats", ResultKind::Number).required();
    assert!(faults(asked).contains("Nobody answers a computed field"));
    let limited = computed("seats", ResultKind::Number).limits(Limits {
        min: Some(Bound::Number(Decimal::ZERO)),
        ..Limits::default()
    });
    assert!(faults(limited).contains("range"));
}

#[test]
fn a_later_field_is_named() {
    let mut form = with(computed("seats", ResultKind::Number));
    let total = form.fields.pop().unwrap();
    form.fields.insert(0, total);
    let faults = check_publishable(&form).unwrap_err();
    let later = |fault: &Fault| matches!(fault, Fault::Expression { fault } if matches!(fault.problem, ExpressionProblem::LaterField { .. }));
    assert!(faults.iter().any(|fault| later(&fault.fault)), "{faults:?}");
}

#[test]
fn computed_fields_build_on_one_another_and_follow_new_keys() {
    let mut form = with(computed("seats * price", ResultKind::Money));
    let kind = FieldKind::Computed {
        expression: "total / months".to_owned(),
        gives: ResultKind::Money,
        decimals: 0,
    };
    form.fields.push(field("monthly", kind));
    assert_eq!(check_publishable(&form), Ok(()));
    let valid = validate(&form, &said(&SAID), &today()).unwrap();
    assert_eq!(valid.answers().get(&key("monthly")), Some(&eur(3_330)));

    let mut kind = computed("min(seat, seats) + min", ResultKind::Number).kind;
    assert_eq!(kind.looks_at(), [key("seat"), key("seats"), key("min")]);
    kind.rename_field(&key("seat"), &key("desk"));
    kind.rename_field(&key("min"), &key("least"));
    assert_eq!(kind.looks_at(), [key("desk"), key("seats"), key("least")]);
    assert!(
        matches!(kind, FieldKind::Computed { expression, .. } if expression == "min(desk, seats) + least")
    );
}

#[test]
fn a_new_expression_is_a_change_with_both_of_them() {
    let before = with(computed("seats * price", ResultKind::Money));
    let after = with(computed("seats * price * months", ResultKind::Money));
    let changes: Vec<String> = diff(&before, &after)
        .iter()
        .flat_map(Change::texts)
        .collect();
    assert_eq!(
        changes,
        ["“total”: expression changes from “seats * price” to “seats * price * months”"]
    );
}

#[test]
fn any_text_is_answered_in_time() {
    let form = with(computed("", ResultKind::Number));
    for text in [
        "(".repeat(500),
        "-".repeat(499) + "1",
        "1+".repeat(249) + "1",
        "min(".repeat(125),
        "\u{1f600}".repeat(500),
    ] {
        let _ = check_expression(&text, &form, 12);
        assert_eq!(total(&text, ResultKind::Money, &SAID), None);
    }
}
