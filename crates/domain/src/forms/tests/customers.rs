//! A field that asks for a customer.

use super::{field, form, key, post, today};
use crate::{
    CustomerId,
    forms::{
        Answer, Condition, Context, Fault, Field, FieldErrors, FieldKind, FieldProblem,
        FormDefinition, KnownCustomer, Operator, SystemField, answer_text, check_publishable,
        converts, interchange::json_schema, problem_text, validate, visible,
    },
};

const ACME: &str = "cust_01hx0000000000000000000000";
const OTHER: &str = "cust_01hx0000000000000000000001";

fn acme() -> CustomerId {
    ACME.parse().unwrap()
}

fn buyer() -> FormDefinition {
    form(vec![field("buyer", FieldKind::Customer)])
}

/// Of somebody who knows Acme.
fn knowing() -> Context {
    let name = "Acme".to_owned();
    Context {
        customers: Some(vec![KnownCustomer { id: acme(), name }]),
        ..today()
    }
}

fn answered(pairs: &[(&str, &str)], context: &Context) -> Result<Option<Answer>, FieldErrors> {
    let valid = validate(&buyer(), &post(pairs), context)?;
    Ok(valid.answers().get(&key("buyer")).cloned())
}

fn chosen() -> Answer {
    Answer::Customer {
        id: acme(),
        name: "Acme".to_owned(),
    }
}

#[test]
fn one_is_chosen_or_typed() {
    let both = [("buyer", "Acme"), ("buyer.id", ACME)];
    assert_eq!(answered(&both, &knowing()), Ok(Some(chosen())));
    let typed = Answer::Text("Zenith Labs".to_owned());
    let given = answered(&[("buyer", " Zenith  Labs ")], &knowing());
    assert!(matches!(given, Ok(Some(Answer::Text(_)))), "{given:?}");
    let over = [("buyer", "Zenith Labs"), ("buyer.id", ACME)];
    assert_eq!(answered(&over, &knowing()), Ok(Some(typed)));
    assert_eq!(answered(&[], &knowing()), Ok(None));
}

#[test]
fn another_s_customer_is_refused_at_the_field() {
    for id in [OTHER, "cust_nothing", "deal_01hx0000000000000000000000"] {
        let errors = answered(&[("buyer", "Acme"), ("buyer.id", id)], &knowing()).unwrap_err();
        assert_eq!(
            errors.of(&key("buyer")),
            Some(&FieldProblem::UnknownCustomer),
            "{id}"
        );
    }
    let field = Field::new(key("buyer"), FieldKind::Customer, "Customer");
    assert_eq!(
        problem_text(Some(&field), &FieldProblem::UnknownCustomer),
        "Choose customer from the list again, or type its name"
    );
}

#[test]
fn what_was_stored_is_posted_again_as_it_was() {
    let both = [("buyer", "Acme"), ("buyer.id", ACME)];
    let first = validate(&buyer(), &post(&both), &knowing()).unwrap();
    let again = validate(&buyer(), &first.answers().to_raw(), &knowing()).unwrap();
    assert_eq!(again.answers(), first.answers());
    assert_eq!(answer_text(&buyer().fields[0], &chosen()), "Acme");
    let stored = serde_json::to_value(chosen()).unwrap();
    assert_eq!(
        stored,
        serde_json::json!({"customer": {"id": ACME, "name": "Acme"}})
    );
}

#[test]
fn conditions_look_at_its_name() {
    let is_acme = Condition::on(&key("buyer"), Operator::Is("acme".to_owned()));
    let form = form(vec![
        field("buyer", FieldKind::Customer),
        field("more", FieldKind::Text).shown_when(is_acme),
    ]);
    assert!(check_publishable(&form).is_ok());
    let seen =
        |pairs: &[(&str, &str)]| visible(&form, &post(pairs), &knowing()).contains(&key("more"));
    assert!(seen(&[("buyer", "Acme"), ("buyer.id", ACME)]));
    assert!(seen(&[("buyer", "ACME")]));
    assert!(!seen(&[("buyer", "Zenith")]));
}

#[test]
fn it_can_be_the_deal_s_own_customer() {
    let mut form = form(vec![]);
    let place = form
        .fields
        .iter()
        .position(|f| f.system == Some(SystemField::Customer))
        .unwrap();
    form.fields[place].kind = FieldKind::Customer;
    assert!(check_publishable(&form).is_ok());
    let raw = post(&[("customer", "Acme"), ("customer.id", ACME)]);
    let valid = validate(&form, &raw, &knowing()).unwrap();
    assert_eq!(valid.system().customer, "Acme");
    let typed = validate(&form, &post(&[("customer", "Zenith")]), &knowing()).unwrap();
    assert_eq!(typed.system().customer, "Zenith");
    // Whom to speak with is no business.
    let contact = form
        .fields
        .iter()
        .position(|f| f.system == Some(SystemField::ContactName))
        .unwrap();
    form.fields[contact].kind = FieldKind::Customer;
    let found = check_publishable(&form).unwrap_err();
    assert!(
        matches!(found[0].fault, Fault::SystemWrongKind { .. }),
        "{found:?}"
    );
}

#[test]
fn a_choice_becomes_no_other_kind() {
    let of = |kind| Field::new(key("buyer"), kind, "Buyer");
    assert!(converts(&chosen(), &of(FieldKind::Customer)));
    assert!(!converts(&chosen(), &of(FieldKind::Text)));
    assert!(converts(
        &Answer::Text("Acme".to_owned()),
        &of(FieldKind::Customer)
    ));
}

#[test]
fn its_schema_takes_both() {
    let schema = json_schema(&buyer());
    let validator = jsonschema::draft202012::new(&schema["properties"]["buyer"]).unwrap();
    for (answer, fits) in [
        (serde_json::json!("Zenith"), true),
        (serde_json::json!({"name": "Zenith"}), true),
        (serde_json::json!({"id": ACME, "name": "Acme"}), true),
        (serde_json::json!({"id": ACME}), false),
        (serde_json::json!({"name": "Acme", "more": 1}), false),
        (serde_json::json!(7), false),
    ] {
        assert_eq!(validator.is_valid(&answer), fits, "{answer}");
    }
}
