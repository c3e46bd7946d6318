//! The kinds whose answers have a shape of their own.

use super::{field, form, is, key, post, today};
use crate::forms::interchange::{json_schema, write_file};
use crate::forms::{
    Answer, Answers, Bound, Choice, Condition, Context, Decimal, Fault, Field, FieldKind,
    FieldProblem, Limits, Operator, answer_text, check_publishable, sentence, validate, visible,
};
use crate::imports::Mapping;

fn read(field: Field, pairs: &[(&str, &str)], context: &Context) -> Result<Answers, FieldProblem> {
    let name = field.key.clone();
    match validate(&form(vec![field]), &post(pairs), context) {
        Ok(valid) => Ok(valid.into_answers()),
        Err(errors) => Err(errors.of(&name).cloned().unwrap()),
    }
}

fn answer(field: Field, pairs: &[(&str, &str)]) -> Option<Answer> {
    let name = field.key.clone();
    read(field, pairs, &today()).unwrap().get(&name).cloned()
}

fn problem(field: Field, pairs: &[(&str, &str)]) -> FieldProblem {
    read(field, pairs, &today()).unwrap_err()
}

fn share() -> Field {
    field("share", FieldKind::Percent { decimals: 1 })
}

fn term() -> Field {
    field("term", FieldKind::DateRange)
}

#[test]
fn a_percentage_lies_between_nothing_and_all_unless_the_company_says_else() {
    let read = answer(share(), &[("share", "12.5 %")]).unwrap();
    assert_eq!(read, Answer::Number(Decimal::new(125, 1)));
    assert_eq!(answer_text(&share(), &read), "12.5 %");
    assert_eq!(
        problem(share(), &[("share", "100.1")]),
        FieldProblem::TooLarge {
            max: Decimal::new(100, 0)
        }
    );
    assert_eq!(
        problem(share(), &[("share", "-1")]),
        FieldProblem::TooSmall { min: Decimal::ZERO }
    );
    let growth = share().limits(Limits {
        max: Some(Bound::Number(Decimal::new(500, 0))),
        ..Limits::default()
    });
    assert!(answer(growth, &[("share", "250")]).is_some());
}

#[test]
fn a_range_of_days_needs_both_in_their_order() {
    let days = Answer::Days {
        from: "2026-12-01".parse().unwrap(),
        until: "2027-03-31".parse().unwrap(),
    };
    let inputs = [("term", "2026-12-01"), ("term.until", "2027-03-31")];
    assert_eq!(answer(term(), &inputs), Some(days.clone()));
    let interval = [("term", "2026-12-01/2027-03-31")];
    assert_eq!(answer(term(), &interval), Some(days.clone()));
    let european = [("term", "1.12.2026"), ("term.until", "31/3/2027")];
    assert_eq!(answer(term(), &european), Some(days.clone()));
    assert_eq!(answer_text(&term(), &days), "1 Dec 2026 to 31 Mar 2027");
    assert_eq!(
        problem(term(), &[("term", "2026-12-01")]),
        FieldProblem::HalfARange
    );
    assert_eq!(
        problem(term(), &[("term.until", "2026-12-01")]),
        FieldProblem::HalfARange
    );
    assert_eq!(
        problem(term(), &[("term", "2026-12-02/2026-12-01")]),
        FieldProblem::EndsBeforeItBegins
    );
    assert_eq!(
        problem(term(), &[("term", "2026-02-30/2026-12-01")]),
        FieldProblem::NotADate
    );
    assert_eq!(answer(term(), &[("term", ""), ("term.until", " ")]), None);
}

#[test]
fn both_days_of_a_range_keep_its_limits() {
    let soon = term().limits(Limits {
        min: Some(Bound::Today(0)),
        max: Some(Bound::Today(30)),
        ..Limits::default()
    });
    assert!(matches!(
        problem(soon.clone(), &[("term", "2026-11-21/2026-11-30")]),
        FieldProblem::TooEarly { .. }
    ));
    assert!(matches!(
        problem(soon.clone(), &[("term", "2026-11-22/2027-11-30")]),
        FieldProblem::TooLate { .. }
    ));
    assert!(answer(soon, &[("term", "2026-11-22/2026-11-30")]).is_some());
}

#[test]
fn no_is_an_answer_and_silence_is_none() {
    let renewal = || field("renewal", FieldKind::YesNo).required();
    assert_eq!(
        answer(renewal(), &[("renewal", "no")]),
        Some(Answer::Choice("no".to_owned()))
    );
    assert_eq!(
        answer_text(&renewal(), &Answer::Choice("no".to_owned())),
        "No"
    );
    assert_eq!(problem(renewal(), &[]), FieldProblem::Missing);
    assert_eq!(
        problem(renewal(), &[("renewal", "maybe")]),
        FieldProblem::UnknownChoice
    );
}

#[test]
fn a_radio_takes_one_of_its_options() {
    let options = vec![Choice::new("a", "First"), Choice::new("b", "Second")];
    let plan = || {
        field(
            "plan",
            FieldKind::Radio {
                options: options.clone(),
            },
        )
    };
    let second = answer(plan(), &[("plan", "b")]).unwrap();
    assert_eq!(answer_text(&plan(), &second), "Second");
    assert_eq!(
        problem(plan(), &[("plan", "c")]),
        FieldProblem::UnknownChoice
    );
}

#[test]
fn the_condition_of_a_page_holds_for_all_its_fields() {
    let page = field("more", FieldKind::PageBreak).shown_when(is("renewal", "yes"));
    let form = form(vec![
        field("renewal", FieldKind::YesNo),
        page,
        field("contract", FieldKind::Text).required(),
        field("last", FieldKind::PageBreak),
        field("notes", FieldKind::Text),
    ]);
    assert!(check_publishable(&form).is_ok());
    let seen = |said: &str| visible(&form, &post(&[("renewal", said)]), &today());
    assert!(seen("yes").contains(&key("contract")));
    assert!(!seen("no").contains(&key("contract")));
    assert!(seen("no").contains(&key("notes")));
    // Hidden with its page, it neither blocks nor stores.
    let valid = validate(
        &form,
        &post(&[("renewal", "no"), ("contract", "C-1")]),
        &today(),
    )
    .unwrap();
    assert_eq!(valid.answers().get(&key("contract")), None);
}

#[test]
fn nothing_on_a_page_that_may_be_hidden_counts_as_always_asked() {
    let form = form(vec![
        field("renewal", FieldKind::YesNo),
        field("more", FieldKind::PageBreak).shown_when(is("renewal", "yes")),
        field("contract", FieldKind::Text).required(),
        field("number", FieldKind::Text)
            .shown_when(Condition::on(&key("contract"), Operator::Filled)),
    ]);
    let of = |name: &str| form.field(&key(name)).unwrap();
    assert!(form.always_shows(of("renewal")) && !form.always_shows(of("contract")));
    assert_eq!(
        sentence(&form.shown_when(of("number")).unwrap(), &form),
        "renewal is yes and contract is answered"
    );
    // Neither the schema nor an import demands it.
    let schema = json_schema(&form);
    let needed = schema["required"].as_array().unwrap();
    assert!(!needed.iter().any(|name| name == "contract"));
    let unanswered = Mapping::default().unanswered(&form);
    assert!(!unanswered.contains(&"contract".to_owned()));
    let file = write_file(&form, "A form", &[]);
    assert!(file.contains("\"AND\""), "{file}");
}

#[test]
fn what_every_deal_needs_stands_on_no_page_that_may_be_hidden() {
    let mut form = form(vec![]);
    let page = field("more", FieldKind::PageBreak).shown_when(is("customer", "Acme"));
    form.fields.insert(1, page);
    let faults = check_publishable(&form).unwrap_err();
    assert!(
        faults
            .iter()
            .any(|fault| matches!(fault.fault, Fault::SystemConditional { .. }))
    );
}

#[test]
fn conditions_fit_the_new_kinds() {
    let after = |operator| {
        let watched = [share(), term(), field("renewal", FieldKind::YesNo)];
        let looks = |name: &str| {
            let condition = Condition::on(&key(name), operator);
            field("more", FieldKind::Text).shown_when(condition)
        };
        (watched.to_vec(), looks)
    };
    let publishable = |name: &str, operator: Operator| {
        let (mut fields, looks) = after(operator);
        fields.push(looks(name));
        check_publishable(&form(fields)).is_ok()
    };
    let half = Bound::Number(Decimal::new(50, 0));
    assert!(publishable("share", Operator::AtLeast(half)));
    assert!(publishable("term", Operator::Filled));
    assert!(!publishable("term", Operator::Is("2026-12-01".to_owned())));
    assert!(publishable("renewal", Operator::Is("no".to_owned())));
    assert!(!publishable("renewal", Operator::Is("maybe".to_owned())));
}

#[test]
fn what_is_stored_is_posted_again_as_it_was() {
    for (field, pairs) in [
        (share(), vec![("share", "7.5")]),
        (term(), vec![("term", "2026-12-01/2026-12-31")]),
        (field("renewal", FieldKind::YesNo), vec![("renewal", "no")]),
    ] {
        let form = form(vec![field]);
        let first = validate(&form, &post(&pairs), &today()).unwrap();
        let again = validate(&form, &first.answers().to_raw(), &today()).unwrap();
        assert_eq!(again.answers(), first.answers());
    }
}
