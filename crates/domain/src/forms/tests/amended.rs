//! What a partner answers otherwise after the approval.

use super::{field, form, is, key, post, today};
use crate::forms::{
    Answers, Choice, Context, EditedBy, FieldErrors, FieldKind, FieldProblem, FormDefinition,
    OptionRule, RawAnswers, Traits, ValidAnswers, validate, validate_amended, validate_shared,
};

fn registered(form: &FormDefinition, pairs: &[(&str, &str)]) -> Answers {
    validate(form, &post(pairs), &today())
        .unwrap()
        .into_answers()
}

fn amended(
    form: &FormDefinition,
    given: &Answers,
    pairs: &[(&str, &str)],
) -> Result<ValidAnswers, FieldErrors> {
    // Years later, when the close date would be refused.
    let later = Context::on("2029-01-01".parse().unwrap());
    validate_amended(form, given, &post(pairs), &later)
}

#[test]
fn only_what_changes_is_judged() {
    let form = form(vec![]);
    let given = registered(&form, &[]);
    let same = amended(&form, &given, &[]).unwrap();
    assert_eq!(same.answers(), &given);
    let more = amended(&form, &given, &[("value", "15,000")]).unwrap();
    assert_eq!(more.changed_from(&given), [key("value")]);
    assert_eq!(more.system().value.minor, 1_500_000);
    let sooner = amended(&form, &given, &[("close_date", "2027-01-31")]).unwrap_err();
    assert_eq!(sooner.0.len(), 1);
    assert!(matches!(
        sooner.of(&key("close_date")),
        Some(FieldProblem::TooEarly { .. })
    ));
    let none = amended(&form, &given, &[("value", "")]).unwrap_err();
    assert_eq!(none.of(&key("value")), Some(&FieldProblem::Missing));
    let gone = amended(&form, &given, &[("need", "")]).unwrap();
    assert_eq!(gone.changed_from(&given), [key("need")]);
}

#[test]
fn whose_business_it_is_stays_and_so_do_files_and_what_the_company_answers() {
    let file = FieldKind::File {
        max_bytes: 1_000,
        accept: Vec::new(),
        most: 1,
    };
    let discount = field("discount", FieldKind::Text).traits(Traits {
        edited_by: EditedBy::Company,
        ..Traits::default()
    });
    let form = form(vec![field("plan", file), discount]);
    let given = registered(&form, &[]);
    let raw: RawAnswers = [("discount", "ten")].into_iter().collect();
    let given = validate_shared(&form, &given, &raw, &today()).unwrap();
    let given = given.answers();
    let pairs = [
        ("customer", "Another"),
        ("website", "another.example"),
        ("plan", "file_00000000000000000000000001"),
        ("discount", "fifty"),
    ];
    for pair in pairs {
        let refused = amended(&form, given, &[pair]).unwrap_err();
        assert_eq!(refused.0.len(), 1, "{pair:?}");
        assert_eq!(
            refused.of(&key(pair.0)),
            Some(&FieldProblem::NotOpen),
            "{pair:?}"
        );
    }
    let more = amended(&form, given, &[("value", "15,000")]).unwrap();
    assert_eq!(
        more.answers().get(&key("discount")),
        given.get(&key("discount"))
    );
    let unknown = amended(&form, given, &[("nothing", "x")]).unwrap_err();
    assert_eq!(unknown.0[0].problem, FieldProblem::UnknownField);
}

fn with_conditions() -> FormDefinition {
    let options = vec![Choice::new("small", "Small"), Choice::new("large", "Large")];
    let mut plan = field("plan", FieldKind::Select { options });
    plan.option_rules = vec![OptionRule {
        option: "large".to_owned(),
        when: is("segment", "north").into(),
    }];
    let reason = field("reason", FieldKind::Text)
        .required()
        .shown_when(is("segment", "south"));
    form(vec![field("segment", FieldKind::Text), plan, reason])
}

#[test]
fn what_stands_otherwise_by_the_change_is_judged_with_it() {
    let form = with_conditions();
    let given = registered(&form, &[("segment", "north"), ("plan", "large")]);
    let south = [("segment", "south"), ("plan", "large")];
    let refused = amended(&form, &given, &south).unwrap_err();
    assert_eq!(refused.of(&key("plan")), Some(&FieldProblem::NotOffered));
    assert_eq!(refused.of(&key("reason")), Some(&FieldProblem::Missing));
    assert_eq!(refused.0.len(), 2);
    let whole = [("segment", "south"), ("plan", "small"), ("reason", "Moved")];
    let moved = amended(&form, &given, &whole).unwrap();
    assert_eq!(
        moved.changed_from(&given),
        [key("plan"), key("reason"), key("segment")]
    );
    // What is hidden by a change goes, also where a page without scripts sends it along.
    let back = [("segment", "east"), ("plan", "small"), ("reason", "Moved")];
    let back = amended(&form, moved.answers(), &back).unwrap();
    assert_eq!(
        back.changed_from(moved.answers()),
        [key("reason"), key("segment")]
    );
}

#[test]
fn what_may_not_change_is_not_hidden_either() {
    let mut form = form(vec![]);
    form.fields.insert(0, field("has_site", FieldKind::Text));
    for field in &mut form.fields {
        if field.key == key("website") {
            *field = field.clone().shown_when(is("has_site", "yes"));
        }
    }
    let given = registered(&form, &[("has_site", "yes")]);
    assert!(given.get(&key("website")).is_some());
    let refused = amended(&form, &given, &[("has_site", "no")]).unwrap_err();
    assert_eq!(refused.0.len(), 1);
    assert_eq!(refused.of(&key("website")), Some(&FieldProblem::NotOpen));
    let more = [("has_site", "yes"), ("value", "15,000")];
    let more = amended(&form, &given, &more).unwrap();
    assert_eq!(more.changed_from(&given), [key("value")]);
    // What was hidden all along hides nothing.
    let without = registered(&form, &[("has_site", "no")]);
    assert!(without.get(&key("website")).is_none());
    let mut raw = post(&[("has_site", "none")]);
    raw.remove(&key("website"));
    assert!(validate_amended(&form, &without, &raw, &today()).is_ok());
}
