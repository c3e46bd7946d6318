//! Unique, filled in, read-only, the company's own; options and defaults that depend on answers.

use super::{field, form, is, key, post, today};
use crate::forms::{
    Address, Answer, Answers, Change, Choice, Context, DefaultRule, EditedBy, Fault, Field,
    FieldErrors, FieldKind, FieldProblem, FormDefinition, Known, OptionRule, Prefill, RawAnswers,
    Replaces, SeenBy, Traits, check_publishable, diff, follow_defaults, hints, initial,
    known_answers, states, validate, validate_company,
};

fn with(change: impl FnOnce(&mut Traits)) -> Traits {
    let mut traits = Traits::default();
    change(&mut traits);
    traits
}

fn faults(field: Field) -> Vec<String> {
    let faults = check_publishable(&form(vec![field])).err();
    let faults = faults.unwrap_or_default().into_iter();
    faults.map(|fault| fault.text()).collect()
}

fn company(name: &str, kind: FieldKind) -> Field {
    field(name, kind).traits(with(|t| t.seen_by = SeenBy::Company))
}

/// A list of plans; the large one is for Germany only.
fn plans() -> Field {
    let options = ["small", "large"].map(|v| Choice::new(v, v)).to_vec();
    let rule = OptionRule {
        option: "large".to_owned(),
        when: is("country", "DE").into(),
    };
    Field {
        option_rules: vec![rule],
        ..field("plan", FieldKind::Select { options })
    }
}

/// Seats: ten, but fifty in Germany.
fn seats() -> Field {
    let kind = FieldKind::Number {
        decimals: 0,
        unit: String::new(),
    };
    let rule = DefaultRule {
        when: is("country", "DE").into(),
        value: vec!["50".to_owned()],
    };
    Field {
        default: vec!["10".to_owned()],
        defaults: vec![rule],
        ..field("seats", kind)
    }
}

fn problems(form: &FormDefinition, raw: &RawAnswers) -> FieldErrors {
    validate(form, raw, &today()).err().unwrap_or_default()
}

#[test]
fn old_forms_are_written_as_they_were() {
    let old = r#"{"key":"a","kind":"text","label":"A"}"#;
    let read: Field = serde_json::from_str(old).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), old);
    let unique = read.traits(with(|t| t.unique = true));
    let written = serde_json::to_string(&unique).unwrap();
    assert!(
        written.ends_with(r#","traits":{"unique":true}}"#),
        "{written}"
    );
}

#[test]
fn what_does_not_fit_is_refused_by_name() {
    let yes =
        |change: fn(&mut Traits), kind: FieldKind| faults(field("a", kind).traits(with(change)));
    assert!(yes(|t| t.unique = true, FieldKind::Text).is_empty());
    assert!(yes(|t| t.unique = true, FieldKind::LongText)[0].contains("can be unique"));
    assert!(yes(|t| t.prefill = Some(Prefill::PersonEmail), FieldKind::Email).is_empty());
    let refused = yes(
        |t| t.prefill = Some(Prefill::PartnerCountry),
        FieldKind::Text,
    );
    assert!(refused[0].contains("cannot be filled from that"));
    assert!(yes(|t| t.read_only = true, FieldKind::Text)[0].contains("nothing to show"));
    let filled = with(|t| {
        t.read_only = true;
        t.prefill = Some(Prefill::PartnerName);
    });
    assert!(faults(field("a", FieldKind::Text).traits(filled.clone())).is_empty());
    let own = Traits {
        seen_by: SeenBy::Company,
        ..filled
    };
    assert!(faults(field("a", FieldKind::Text).traits(own))[0].contains("company\u{2019}s own"));
    let heading = field("a", FieldKind::Heading).traits(with(|t| t.personal = true));
    assert_eq!(faults(heading).len(), 1);
}

#[test]
fn rules_of_options_and_defaults_are_named_by_their_place() {
    assert!(faults(plans()).is_empty() && faults(seats()).is_empty());
    let mut list = plans();
    list.option_rules[0].option = "huge".to_owned();
    assert!(faults(list)[0].contains("\u{201c}huge\u{201d}, which is not in the list"));
    let mut list = plans();
    list.option_rules.push(list.option_rules[0].clone());
    assert!(faults(list)[0].contains("has two conditions"));
    let mut list = plans();
    list.option_rules[0].when = is("gone", "x").into();
    let text = faults(list).remove(0);
    assert!(
        text.starts_with("plan: The condition in \u{201c}Option condition 1\u{201d} looks at"),
        "{text}"
    );
    let mut many = seats();
    many.defaults = vec![many.defaults[0].clone(); 101];
    assert!(faults(many)[0].contains("100 conditions together"));
    let mut wrong = seats();
    wrong.defaults[0].value = vec!["many".to_owned()];
    assert!(faults(wrong)[0].contains("default 1"));
}

#[test]
fn fields_of_partners_look_at_no_field_of_the_company() {
    let partners = field("b", FieldKind::Text).shown_when(is("a", "x"));
    let whole = form(vec![company("a", FieldKind::Text), partners.clone()]);
    let faults = check_publishable(&whole).unwrap_err();
    assert_eq!(
        faults[0].fault,
        Fault::ConditionOnCompanyField { label: "a".into() }
    );
    let own = partners.traits(with(|t| t.seen_by = SeenBy::Company));
    assert!(check_publishable(&form(vec![company("a", FieldKind::Text), own])).is_ok());
}

#[test]
fn a_form_is_filled_from_what_is_known_of_the_partner() {
    let from =
        |name: &str, kind, prefill| field(name, kind).traits(with(|t| t.prefill = Some(prefill)));
    let form = form(vec![
        from("reseller", FieldKind::Text, Prefill::PartnerName),
        from("home", FieldKind::Country, Prefill::PartnerCountry),
        from("seller", FieldKind::Text, Prefill::PersonName),
        from("reply_to", FieldKind::Email, Prefill::PersonEmail),
        from("plan", plans().kind, Prefill::LastDeal),
        from("gone", plans().kind, Prefill::LastDeal),
    ]);
    assert!(check_publishable(&form).is_ok());
    let choice = |value: &str| Answer::Choice(value.to_owned());
    let known = Known {
        partner_name: "Alder".into(),
        partner_country: "DE".into(),
        person_name: "Ada".into(),
        person_email: "ada@alder.example".into(),
        earlier: vec![
            Answers([(key("gone"), choice("no longer offered"))].into()),
            Answers([(key("plan"), choice("small"))].into()),
        ],
    };
    let context = Context {
        known: known_answers(&form, &known, &Answers::default(), &today()),
        ..today()
    };
    let shown = initial(&form, &context);
    let said = |name: &str| shown.first(&key(name)).to_owned();
    assert_eq!(said("reseller"), "Alder");
    assert_eq!((said("home"), said("seller")), ("DE".into(), "Ada".into()));
    assert_eq!(said("reply_to"), "ada@alder.example");
    assert_eq!(
        (said("plan"), said("gone")),
        ("small".into(), String::new())
    );
}

#[test]
fn an_address_is_filled_from_the_last_deal_and_a_file_never_is() {
    let last = |t: &mut Traits| t.prefill = Some(Prefill::LastDeal);
    let site = field("site", FieldKind::Address).traits(with(last));
    let fixed = field("fixed", FieldKind::Address).traits(with(|t| {
        last(t);
        t.read_only = true;
    }));
    let form = form(vec![site, fixed]);
    assert!(check_publishable(&form).is_ok());
    let berlin = Answer::Address(Address {
        street: "1 Main Road".into(),
        city: "Berlin".into(),
        country: "DE".into(),
        ..Address::default()
    });
    let earlier = ["site", "fixed"].map(|name| (key(name), berlin.clone()));
    let known = Known {
        earlier: vec![Answers(earlier.into())],
        ..Known::default()
    };
    let context = Context {
        known: known_answers(&form, &known, &Answers::default(), &today()),
        ..today()
    };
    assert_eq!(
        initial(&form, &context).address(&key("site")).city,
        "Berlin"
    );
    let posted = [
        ("site.street", "2 Side Road"),
        ("site.city", "Bonn"),
        ("site.country", "DE"),
    ];
    let valid = validate(&form, &post(&posted), &context).unwrap();
    assert_eq!(valid.answers().get(&key("fixed")), Some(&berlin));
    assert_ne!(valid.answers().get(&key("site")), Some(&berlin));

    let file = FieldKind::File {
        max_bytes: 1_000,
        accept: Vec::new(),
        most: 1,
    };
    assert!(Prefill::ALL.into_iter().all(|prefill| !prefill.fits(&file)));
    let refused = faults(field("a", file).traits(with(last)));
    assert!(refused[0].contains("cannot be filled from that"));
}

#[test]
fn a_read_only_field_has_its_own_answer_whatever_is_posted() {
    let fixed = seats().required().traits(with(|t| t.read_only = true));
    let form = form(vec![fixed]);
    assert!(check_publishable(&form).is_ok());
    let valid = validate(&form, &post(&[("seats", "7")]), &today()).unwrap();
    let fifty = Answer::Number(crate::forms::Decimal::new(50, 0));
    assert_eq!(valid.answers().get(&key("seats")), Some(&fifty));
    // A file of deals is the company's own word.
    let imported = Context {
        imported: true,
        ..today()
    };
    let valid = validate(&form, &post(&[("seats", "7")]), &imported).unwrap();
    assert_ne!(valid.answers().get(&key("seats")), Some(&fifty));
}

#[test]
fn an_option_that_is_not_offered_cannot_be_chosen() {
    let form = form(vec![plans().required()]);
    let chosen = |country, plan| problems(&form, &post(&[("country", country), ("plan", plan)]));
    assert!(chosen("DE", "large").is_empty() && chosen("FR", "small").is_empty());
    let refused = chosen("FR", "large");
    assert_eq!(refused.of(&key("plan")), Some(&FieldProblem::NotOffered));
    let states = states(&form, &post(&[("country", "FR")]), &today());
    let state = states.iter().find(|s| s.field.key == key("plan")).unwrap();
    assert!(state.required && state.withheld.contains("large"));
    // Where nothing is offered, nothing need be chosen.
    let mut none = plans().required();
    none.option_rules.push(OptionRule {
        option: "small".to_owned(),
        when: is("country", "DE").into(),
    });
    assert!(problems(&super::form(vec![none]), &post(&[("country", "FR")])).is_empty());
}

/// Publishing refuses such rules; kept drafts may have them.
#[test]
fn a_rule_of_no_option_takes_no_need_away() {
    let never = |option: &str| OptionRule {
        option: option.to_owned(),
        when: is("country", "XX").into(),
    };
    let mut text = field("note", FieldKind::Text).required();
    text.option_rules.push(never("a"));
    let mut list = plans().required();
    list.option_rules.push(never("huge"));
    let missing = problems(&form(vec![text, list]), &post(&[("country", "FR")]));
    for name in ["note", "plan"] {
        assert_eq!(
            missing.of(&key(name)),
            Some(&FieldProblem::Missing),
            "{name}"
        );
    }
}

#[test]
fn a_default_follows_until_somebody_changes_the_field() {
    let form = form(vec![seats()]);
    let empty = initial(&form, &today());
    assert_eq!(empty.first(&key("seats")), "10");
    let mut german = empty.clone();
    german.set(&key("country"), vec!["DE".to_owned()]);
    let (followed, anew) = follow_defaults(&form, &empty, &german, &today());
    assert_eq!(followed.first(&key("seats")), "50");
    assert!(anew.contains(&key("seats")));
    let mut typed = followed.clone();
    typed.set(&key("seats"), vec!["12".to_owned()]);
    let mut french = typed.clone();
    french.set(&key("country"), vec!["FR".to_owned()]);
    let (kept, anew) = follow_defaults(&form, &typed, &french, &today());
    assert_eq!(kept.first(&key("seats")), "12");
    assert!(anew.is_empty());
}

#[test]
fn the_companys_own_fields_do_not_exist_for_partners() {
    let score = company(
        "score",
        FieldKind::Number {
            decimals: 0,
            unit: String::new(),
        },
    )
    .required();
    let why = company("why", FieldKind::Text).shown_when(is("country", "DE"));
    let form = form(vec![score, why]);
    assert!(check_publishable(&form).is_ok());
    let refused = problems(&form, &post(&[("score", "9")]));
    assert_eq!(refused.0[0].problem, FieldProblem::UnknownField);
    let valid = validate(&form, &post(&[]), &today()).unwrap();
    assert!(form.for_partner().field(&key("score")).is_none());

    let own = |pairs: &[(&str, &str)]| {
        let raw: RawAnswers = pairs.iter().copied().collect();
        validate_company(&form, valid.answers(), &raw, &today())
    };
    let missing = own(&[("why", "Large")]).unwrap_err();
    assert_eq!(missing.of(&key("score")), Some(&FieldProblem::Missing));
    let said = own(&[("score", "9"), ("why", "Large"), ("customer", "Other")]).unwrap();
    assert_eq!(said.0.len(), 2);
    // The condition looks at what the partner answered.
    let french = validate(&form, &post(&[("country", "FR")]), &today()).unwrap();
    let raw = [("score", "9"), ("why", "Large")].into_iter().collect();
    let said = validate_company(&form, french.answers(), &raw, &today()).unwrap();
    assert_eq!(said.0.len(), 1);
}

#[test]
fn each_change_is_told_and_a_personal_field_wants_help() {
    let old = form(vec![plans(), seats()]);
    let mut new = old.clone();
    let all = Traits {
        unique: true,
        prefill: Some(Prefill::LastDeal),
        read_only: true,
        seen_by: SeenBy::Company,
        edited_by: EditedBy::Company,
        personal: true,
        replaces: Some(Replaces::of(key("places"))),
    };
    new.fields[9].traits = all;
    new.fields[8].option_rules.clear();
    new.fields[9].defaults.clear();
    let texts: Vec<String> = diff(&old, &new).iter().flat_map(Change::texts).collect();
    assert_eq!(
        texts,
        [
            "“plan”: options offered changes from “large when Country is Germany” to none",
            "“seats”: unique changes from “no” to “yes”",
            "“seats”: filled from changes from none to “The partner’s last deal”",
            "“seats”: read only changes from “no” to “yes”",
            "“seats”: seen by changes from “Partner and company” to “Company only”",
            "“seats”: edited by changes from “Partner” to “Company”",
            "“seats”: personal data changes from “no” to “yes”",
            "“seats”: replaced field changes from none to “places”",
            "“seats”: filled in changes from “50 when Country is Germany” to none",
        ]
    );
    let told = |form: &FormDefinition| {
        let hints = hints(form).into_iter();
        let seats = hints.filter(|hint| hint.field == Some(key("seats")));
        seats
            .filter(|hint| hint.text().contains("person\u{2019}s details"))
            .count()
    };
    assert_eq!((told(&old), told(&new)), (0, 1));
    new.fields[9].help = "We count them.".to_owned();
    assert_eq!(told(&new), 0);
}
