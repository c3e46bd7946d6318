//! Who may edit a field that both sides see.

use super::{field, form, is, key, post, today};
use crate::forms::{
    Answers, Context, EditedBy, Fault, Field, FieldKind, FieldProblem, FormDefinition, Hint, Known,
    Prefill, RawAnswers, SeenBy, Traits, ValidAnswers, check_publishable, hints, initial,
    interchange::json_schema, known_answers, states, validate, validate_only, validate_shared,
};

fn edited_by(by: EditedBy, kind: FieldKind) -> Field {
    let traits = Traits {
        edited_by: by,
        ..Traits::default()
    };
    field("discount", kind).traits(traits)
}

fn companys() -> FormDefinition {
    let discount = edited_by(EditedBy::Company, FieldKind::Text).required();
    let reason = field("reason", FieldKind::Text).shown_when(is("discount", "ten"));
    form(vec![discount, reason])
}

fn shared() -> FormDefinition {
    form(vec![edited_by(EditedBy::Both, FieldKind::Text).required()])
}

/// What partners are judged by when the company has answered already.
fn after(form: &FormDefinition, given: &Answers) -> Context {
    let context = today();
    let known = known_answers(form, &Known::default(), given, &context);
    Context { known, ..context }
}

fn by_company(form: &FormDefinition, given: &Answers, pairs: &[(&str, &str)]) -> ValidAnswers {
    let raw: RawAnswers = pairs.iter().copied().collect();
    validate_shared(form, given, &raw, &today()).unwrap()
}

#[test]
fn partners_are_not_asked_what_the_company_answers() {
    let form = companys();
    assert!(check_publishable(&form).is_ok());
    let valid = validate(&form, &post(&[]), &today()).unwrap();
    assert_eq!(valid.answers().get(&key("discount")), None);
    let refused = validate(&form, &post(&[("discount", "ten")]), &today()).unwrap_err();
    assert_eq!(refused.of(&key("discount")), Some(&FieldProblem::NotOpen));
    // An input that says nothing changes nothing.
    assert!(validate(&form, &post(&[("discount", "")]), &today()).is_ok());
    let typed = post(&[("discount", "ten"), ("reason", "size")]);
    assert!(!typed.only(&form).mentions(&key("discount")));
    assert!(typed.only(&form).mentions(&key("reason")));
}

#[test]
fn what_the_company_answered_stands_whatever_partners_send() {
    let form = companys();
    let valid = validate(&form, &post(&[]), &today()).unwrap();
    let given = by_company(&form, valid.answers(), &[("discount", "ten")]);
    assert_eq!(given.changed_from(valid.answers()), [key("discount")]);
    let given = given.answers();
    let context = after(&form, given);
    let all = states(&form, &post(&[]), &context);
    let state = all.iter().find(|s| s.field.key == key("discount")).unwrap();
    assert!(state.visible && state.kept && !state.required);
    // What looks at it is asked now.
    assert!(
        all.iter()
            .any(|s| s.field.key == key("reason") && s.visible)
    );
    let again = validate(&form, &post(&[("reason", "size")]), &context).unwrap();
    assert_eq!(
        again.answers().get(&key("discount")),
        given.get(&key("discount"))
    );
    // To send it back as it was read is no change; another is one.
    assert!(validate(&form, &post(&[("discount", "ten")]), &context).is_ok());
    for other in ["twenty", ""] {
        let refused = validate(&form, &post(&[("discount", other)]), &context).unwrap_err();
        assert_eq!(
            refused.of(&key("discount")),
            Some(&FieldProblem::NotOpen),
            "{other}"
        );
    }
    let raw = [("discount", "twenty")].into_iter().collect();
    let open = [key("reason")].into();
    let refused = validate_only(&form, &open, given, &raw, &context).unwrap_err();
    assert_eq!(refused.0.len(), 1);
    assert_eq!(refused.of(&key("discount")), Some(&FieldProblem::NotOpen));
}

#[test]
fn the_company_changes_only_what_it_edits_and_only_that_is_judged() {
    let form = shared();
    let valid = validate(&form, &post(&[("discount", "ten")]), &today()).unwrap();
    // The close date lies in the past by then, and the name is of no concern either.
    let later = Context::on("2028-01-01".parse().unwrap());
    let raw = [("discount", "twenty"), ("customer", "")]
        .into_iter()
        .collect();
    let changed = validate_shared(&form, valid.answers(), &raw, &later).unwrap();
    assert_eq!(changed.changed_from(valid.answers()), [key("discount")]);
    assert_eq!(changed.system(), valid.system());
    let emptied = [("discount", " ")].into_iter().collect();
    let refused = validate_shared(&form, valid.answers(), &emptied, &later).unwrap_err();
    assert_eq!(refused.of(&key("discount")), Some(&FieldProblem::Missing));
    assert_eq!(refused.0.len(), 1);
    let form = super::form(vec![field("discount", FieldKind::Text)]);
    let untouched = validate_shared(&form, valid.answers(), &raw, &later).unwrap();
    assert_eq!(untouched.answers(), valid.answers());
}

#[test]
fn what_the_companys_answer_hides_goes() {
    let form = companys();
    let valid = validate(&form, &post(&[]), &today()).unwrap();
    let given = by_company(&form, valid.answers(), &[("discount", "ten")]);
    let context = after(&form, given.answers());
    let told = validate(&form, &post(&[("reason", "size")]), &context).unwrap();
    let less = by_company(&form, told.answers(), &[("discount", "five")]);
    assert_eq!(
        less.changed_from(told.answers()),
        [key("discount"), key("reason")]
    );
    assert_eq!(less.answers().get(&key("reason")), None);
}

#[test]
fn what_comes_into_view_is_left_to_the_partner() {
    let discount = edited_by(EditedBy::Company, FieldKind::Text);
    let agreed = field("agreed", FieldKind::Checkbox).shown_when(is("discount", "ten"));
    let form = form(vec![discount, agreed]);
    let valid = validate(&form, &post(&[]), &today()).unwrap();
    let given = by_company(&form, valid.answers(), &[("discount", "ten")]);
    assert_eq!(given.changed_from(valid.answers()), [key("discount")]);
}

#[test]
fn an_import_is_the_companys_own_word() {
    let form = companys();
    let context = Context {
        imported: true,
        ..today()
    };
    let valid = validate(&form, &post(&[("discount", "ten")]), &context).unwrap();
    assert!(valid.answers().get(&key("discount")).is_some());
    assert!(validate(&form, &post(&[]), &context).is_ok());
}

#[test]
fn nobody_is_to_edit_what_cannot_be_edited() {
    let fits = |field: Field| {
        let faults = check_publishable(&form(vec![field])).err();
        faults
            .unwrap_or_default()
            .into_iter()
            .all(|fault| !matches!(fault.fault, Fault::TraitDoesNotFit { .. }))
    };
    let file = || FieldKind::File {
        max_bytes: 10,
        accept: Vec::new(),
        most: 1,
    };
    for by in EditedBy::ALL {
        assert!(fits(edited_by(by, FieldKind::Text)), "{by:?}");
        assert_eq!(fits(edited_by(by, file())), by == EditedBy::Partner);
        let fixed = edited_by(by, FieldKind::Text);
        let fixed = Field {
            default: vec!["ten".to_owned()],
            traits: Traits {
                read_only: true,
                ..fixed.traits.clone()
            },
            ..fixed
        };
        assert_eq!(fits(fixed), by == EditedBy::Partner);
        let own = edited_by(by, FieldKind::Text);
        let own = Field {
            traits: Traits {
                seen_by: SeenBy::Company,
                ..own.traits.clone()
            },
            ..own
        };
        assert_eq!(fits(own), by != EditedBy::Both);
        let filled = edited_by(by, FieldKind::Text);
        let filled = Field {
            traits: Traits {
                prefill: Some(Prefill::PartnerName),
                ..filled.traits.clone()
            },
            ..filled
        };
        assert_eq!(fits(filled), by != EditedBy::Company);
        let mut starter = form(Vec::new());
        starter.fields[0].traits.edited_by = by;
        assert_eq!(check_publishable(&starter).is_ok(), by != EditedBy::Company);
    }
}

#[test]
fn the_form_says_whose_the_answer_is() {
    let form = companys();
    let shown = Field {
        default: vec!["ten".to_owned()],
        ..edited_by(EditedBy::Company, FieldKind::Text)
    };
    let empty = initial(&super::form(vec![shown]), &today());
    assert!(!empty.mentions(&key("discount")));
    let schema = json_schema(&form);
    let discount = &schema["properties"]["discount"];
    assert_eq!(
        (&discount["readOnly"], &discount["x-editedBy"]),
        (&true.into(), &"company".into())
    );
    let json = serde_json::to_string(&form).unwrap();
    assert_eq!(serde_json::from_str::<FormDefinition>(&json).unwrap(), form);
    let told: Vec<String> = hints(&form).iter().map(Hint::text).collect();
    assert!(
        told.iter()
            .any(|text| text.contains("\u{201c}discount\u{201d}, which the company gives")),
        "{told:?}"
    );
    let sentence = |by: EditedBy| edited_by(by, FieldKind::Text).traits.sides();
    assert_eq!(
        sentence(EditedBy::Partner),
        "Both sides see it, and the partner edits it."
    );
    assert!(sentence(EditedBy::Company).contains("the company edits it"));
    assert!(sentence(EditedBy::Both).contains("see it and edit it"));
}
