use super::{field, form, is, key, post, today};
use crate::{
    FileId,
    forms::{
        Answer, Bound, Choice, Condition, Field, FieldKind, FieldProblem, FormDefinition, Limits,
        Mask, Operator, RawAnswers, Subject, UploadedFile, ValidAnswers, validate, validate_only,
    },
};

fn problem(more: Vec<Field>, pairs: &[(&str, &str)], name: &str) -> Option<FieldProblem> {
    match validate(&form(more), &post(pairs), &today()) {
        Ok(_) => None,
        Err(errors) => Some(
            errors
                .of(&key(name))
                .cloned()
                .unwrap_or_else(|| panic!("other errors: {errors:?}")),
        ),
    }
}

fn accept(more: Vec<Field>, pairs: &[(&str, &str)]) -> ValidAnswers {
    validate(&form(more), &post(pairs), &today()).unwrap()
}

fn choices() -> Vec<Choice> {
    vec![
        Choice::new("red", "Red"),
        Choice::new("green", "Green"),
        Choice::new("blue", "Blue"),
    ]
}

#[test]
fn gives_the_answers_that_every_deal_has() {
    let valid = accept(vec![], &[]);
    let system = valid.system();
    assert_eq!(system.customer, "Brightwater");
    assert_eq!(system.domain.as_deref(), Some("brightwater.example"));
    assert_eq!(
        system.contact_email.as_deref(),
        Some("ada@brightwater.example")
    );
    assert_eq!(system.value.display(), "USD 12,000.50");
    assert_eq!(system.close_date.to_string(), "2026-12-31");
    assert_eq!(
        valid.answers().get(&key("need")),
        Some(&Answer::Text("Storage.\nAnd backup.".into()))
    );
}

#[test]
fn stored_answers_have_a_small_stable_json() {
    let json = serde_json::to_string(accept(vec![], &[]).answers()).unwrap();
    assert_eq!(
        json,
        concat!(
            r#"{"close_date":{"date":"2026-12-31"},"contact_email":{"text":"ada@brightwater.example"},"#,
            r#""contact_name":{"text":"Ada Hale"},"country":{"choice":"DE"},"customer":{"text":"Brightwater"},"#,
            r#""need":{"text":"Storage.\nAnd backup."},"value":{"money":{"minor":1200050,"currency":"USD"}},"#,
            r#""website":{"text":"brightwater.example"}}"#
        )
    );
}

#[test]
fn missing_answers_are_named_in_the_order_of_the_form() {
    let errors = validate(&form(vec![]), &RawAnswers::default(), &today()).unwrap_err();
    let fields: Vec<&str> = errors.iter().map(|e| e.field.as_str()).collect();
    assert_eq!(fields, ["customer", "country", "value", "close_date"]);
    assert!(errors.iter().all(|e| e.problem == FieldProblem::Missing));
    // What cannot be seen is no answer.
    assert_eq!(
        problem(vec![], &[("customer", " \u{200b} ")], "customer"),
        Some(FieldProblem::Missing)
    );
    let terms = || vec![field("terms", FieldKind::Checkbox).required()];
    assert_eq!(
        problem(terms(), &[("terms", "no")], "terms"),
        Some(FieldProblem::Missing)
    );
    assert_eq!(problem(terms(), &[("terms", "on")], "terms"), None);
}

#[test]
fn text_rules() {
    let named = |limits| vec![field("code", FieldKind::Text).limits(limits)];
    let mask = || {
        named(Limits {
            mask: Some(Mask::parse("AA-999").unwrap()),
            ..Limits::default()
        })
    };
    let short = || {
        named(Limits {
            min_length: Some(3),
            max_length: Some(5),
            ..Limits::default()
        })
    };
    assert_eq!(problem(mask(), &[("code", "DE-123")], "code"), None);
    assert!(matches!(
        problem(mask(), &[("code", "x")], "code"),
        Some(FieldProblem::DoesNotMatch { .. })
    ));
    assert_eq!(
        problem(short(), &[("code", "äö")], "code"),
        Some(FieldProblem::TooShort { min: 3 })
    );
    assert_eq!(problem(short(), &[("code", "äöüß€")], "code"), None);
    assert_eq!(
        problem(short(), &[("code", "abcdef")], "code"),
        Some(FieldProblem::TooLong { max: 5 })
    );
    assert_eq!(problem(short(), &[("code", "")], "code"), None);
    assert_eq!(
        problem(vec![], &[("customer", "a\0b")], "customer"),
        Some(FieldProblem::ForbiddenCharacter)
    );
    assert_eq!(
        problem(vec![], &[("customer", &"x".repeat(501))], "customer"),
        Some(FieldProblem::TooLong { max: 500 })
    );
    assert_eq!(
        problem(vec![], &[("customer", &"x".repeat(99_999))], "customer"),
        Some(FieldProblem::TooLong { max: 500 })
    );
    assert_eq!(
        problem(vec![], &[("customer", "a"), ("customer", "b")], "customer"),
        Some(FieldProblem::SeveralValues)
    );
    let spoofed = accept(vec![], &[("customer", "\u{202e}Acme\u{200b} Ltd")]);
    assert_eq!(spoofed.system().customer, "Acme Ltd");
}

#[test]
fn number_rules() {
    let limits = Limits {
        min: Bound::parse("1"),
        max: Bound::parse("10.5"),
        ..Limits::default()
    };
    let seats = || {
        vec![
            field(
                "seats",
                FieldKind::Number {
                    decimals: 1,
                    unit: "seats".into(),
                },
            )
            .limits(limits.clone()),
        ]
    };
    assert_eq!(problem(seats(), &[("seats", "10,5")], "seats"), None);
    assert_eq!(
        problem(seats(), &[("seats", "many")], "seats"),
        Some(FieldProblem::NotANumber)
    );
    assert_eq!(
        problem(seats(), &[("seats", "1.25")], "seats"),
        Some(FieldProblem::TooManyDecimals { max: 1 })
    );
    assert!(matches!(
        problem(seats(), &[("seats", "0")], "seats"),
        Some(FieldProblem::TooSmall { .. })
    ));
    assert!(matches!(
        problem(seats(), &[("seats", "11")], "seats"),
        Some(FieldProblem::TooLarge { .. })
    ));
}

#[test]
fn money_rules() {
    let large = problem(vec![], &[("value", "10000000000000")], "value");
    assert!(
        matches!(&large, Some(FieldProblem::TooLarge { max }) if max.to_string() == "9999999999999.99")
    );
    assert_eq!(
        problem(vec![], &[("value.currency", "JPY")], "value"),
        Some(FieldProblem::UnknownCurrency)
    );
    assert_eq!(
        problem(vec![], &[("value.currency", "")], "value"),
        Some(FieldProblem::CurrencyMissing)
    );
    assert_eq!(
        problem(vec![], &[("value", "lots")], "value"),
        Some(FieldProblem::NotAnAmount)
    );
    assert_eq!(
        problem(vec![], &[("value", "1.2345")], "value"),
        Some(FieldProblem::TooManyDecimals { max: 2 })
    );
    assert!(matches!(
        problem(vec![], &[("value", "-1")], "value"),
        Some(FieldProblem::TooSmall { .. })
    ));
    assert_eq!(problem(vec![], &[("value.currency", "eur")], "value"), None);
    let single = FieldKind::Money {
        currencies: vec![crate::Currency::GBP],
    };
    let budget = accept(vec![field("budget", single)], &[("budget", "5")]);
    assert!(
        matches!(budget.answers().get(&key("budget")), Some(Answer::Money(m)) if m.display() == "GBP 5")
    );
}

#[test]
fn date_rules() {
    let min = today().today;
    assert_eq!(
        problem(vec![], &[("close_date", "2026-11-21")], "close_date"),
        Some(FieldProblem::TooEarly { min })
    );
    assert_eq!(
        problem(vec![], &[("close_date", "2026-11-22")], "close_date"),
        None
    );
    assert_eq!(
        problem(vec![], &[("close_date", "2026-02-30")], "close_date"),
        Some(FieldProblem::NotADate)
    );
    assert_eq!(
        accept(vec![], &[("close_date", "1.2.2027")])
            .system()
            .close_date
            .to_string(),
        "2027-02-01"
    );
    let limits = Limits {
        max: Bound::parse("today+30"),
        ..Limits::default()
    };
    let soon = || vec![field("start", FieldKind::Date).limits(limits.clone())];
    assert!(matches!(
        problem(soon(), &[("start", "2027-01-01")], "start"),
        Some(FieldProblem::TooLate { .. })
    ));
}

#[test]
fn what_is_imported_may_lie_in_the_past() {
    let imported = crate::forms::Context {
        imported: true,
        ..today()
    };
    let past = post(&[("close_date", "2025-03-31")]);
    let valid = validate(&form(vec![]), &past, &imported).unwrap();
    assert_eq!(valid.system().close_date.to_string(), "2025-03-31");
    // A day that the company wrote down holds for everybody.
    let limits = Limits {
        min: Bound::parse("2026-01-01"),
        ..Limits::default()
    };
    let fixed = form(vec![field("start", FieldKind::Date).limits(limits)]);
    assert!(validate(&fixed, &post(&[("start", "2025-03-31")]), &imported).is_err());
}

#[test]
fn choice_rules() {
    let one = || vec![field("colour", FieldKind::Select { options: choices() })];
    assert_eq!(problem(one(), &[("colour", "red")], "colour"), None);
    assert_eq!(
        problem(one(), &[("colour", "Red")], "colour"),
        Some(FieldProblem::UnknownChoice)
    );
    let many = || {
        vec![field(
            "colours",
            FieldKind::MultiSelect { options: choices() },
        )]
    };
    let valid = accept(
        many(),
        &[("colours", "blue"), ("colours", "red"), ("colours", "blue")],
    );
    assert_eq!(
        valid.answers().get(&key("colours")),
        Some(&Answer::Choices(vec!["red".into(), "blue".into()]))
    );
    assert_eq!(
        problem(many(), &[("colours", "pink")], "colours"),
        Some(FieldProblem::UnknownChoice)
    );
    assert_eq!(
        problem(vec![], &[("country", "XX")], "country"),
        Some(FieldProblem::UnknownCountry)
    );
}

#[test]
fn address_rules() {
    assert_eq!(
        problem(vec![], &[("contact_email", "ada")], "contact_email"),
        Some(FieldProblem::NotAnEmail)
    );
    assert_eq!(
        problem(vec![], &[("website", "not a site")], "website"),
        Some(FieldProblem::NotASite)
    );
    let phone = || vec![field("phone", FieldKind::Phone)];
    assert_eq!(
        problem(phone(), &[("phone", "call me")], "phone"),
        Some(FieldProblem::NotAPhone)
    );
    let link = || vec![field("link", FieldKind::Url)];
    assert_eq!(
        problem(link(), &[("link", "javascript:alert(1)")], "link"),
        Some(FieldProblem::NotAUrl)
    );
}

#[test]
fn file_rules() {
    let file = |number: u128, name: &str, bytes| UploadedFile {
        id: FileId(uuid::Uuid::from_u128(number)),
        name: name.into(),
        bytes,
    };
    let mut context = today();
    context.files = vec![
        file(1, "plan.PDF", 10),
        file(2, "run.exe", 10),
        file(3, "big.pdf", 2_000),
    ];
    let kind = FieldKind::File {
        max_bytes: 1_000,
        accept: vec!["pdf".into()],
        most: 1,
    };
    let with = |number: u128| {
        let id = FileId(uuid::Uuid::from_u128(number)).to_string();
        let answer = validate(
            &form(vec![field("plan", kind.clone())]),
            &post(&[("plan", &id)]),
            &context,
        );
        answer
            .map(|_| ())
            .map_err(|e| e.of(&key("plan")).cloned().unwrap())
    };
    assert_eq!(with(1), Ok(()));
    assert!(matches!(with(2), Err(FieldProblem::FileTypeRefused { .. })));
    assert!(matches!(with(3), Err(FieldProblem::FileTooLarge { .. })));
    assert_eq!(with(9), Err(FieldProblem::UnknownFile));
    let ids: Vec<String> = (1..=2)
        .map(|number| FileId(uuid::Uuid::from_u128(number)).to_string())
        .collect();
    let two: Vec<(&str, &str)> = ids.iter().map(|id| ("plan", id.as_str())).collect();
    let errors = validate(&form(vec![field("plan", kind)]), &post(&two), &context).unwrap_err();
    let problem = errors.of(&key("plan"));
    assert_eq!(problem, Some(&FieldProblem::TooManyFiles { max: 1 }));
}

#[test]
fn unknown_names_are_refused() {
    for name in [
        "colour",
        "customer.currency",
        "<script>",
        "constructor",
        "value.currency.currency",
    ] {
        let errors = validate(&form(vec![]), &post(&[(name, "x")]), &today()).unwrap_err();
        assert_eq!(errors.0.len(), 1, "{name}");
        assert_eq!(
            (errors.0[0].field.as_str(), &errors.0[0].problem),
            (name, &FieldProblem::UnknownField)
        );
    }
    let heading = form(vec![field("about", FieldKind::Heading)]);
    assert!(validate(&heading, &post(&[("about", "x")]), &today()).is_err());
}

#[test]
fn conditions_decide_what_is_asked() {
    let vat = || {
        field("vat", FieldKind::Text)
            .required()
            .shown_when(is("country", "DE"))
    };
    assert_eq!(
        problem(vec![vat()], &[], "vat"),
        Some(FieldProblem::Missing)
    );
    assert_eq!(problem(vec![vat()], &[("country", "FR")], "vat"), None);
    // Hidden: posted by a browser without scripts, and dropped, whatever it says.
    let hidden = accept(vec![vat()], &[("country", "FR"), ("vat", "\0")]);
    assert_eq!(hidden.answers().get(&key("vat")), None);
    let state = || field("state", FieldKind::Text).required_when(is("country", "US"));
    assert_eq!(
        problem(vec![state()], &[("country", "US")], "state"),
        Some(FieldProblem::Missing)
    );
    assert_eq!(problem(vec![state()], &[], "state"), None);
}

#[test]
fn a_hidden_field_is_unanswered_for_those_below() {
    let first = || field("first", FieldKind::Text).shown_when(is("country", "DE"));
    let second = || {
        field("second", FieldKind::Text)
            .required()
            .shown_when(Condition::on(&key("first"), Operator::Filled))
    };
    assert_eq!(
        problem(vec![first(), second()], &[("first", "x")], "second"),
        Some(FieldProblem::Missing)
    );
    assert_eq!(
        problem(
            vec![first(), second()],
            &[("first", "x"), ("country", "FR")],
            "second"
        ),
        None
    );
}

#[test]
fn every_operator() {
    let holds = |on: &str, operator: Operator, pairs: &[(&str, &str)]| {
        let more = vec![
            field(
                "seats",
                FieldKind::Number {
                    decimals: 0,
                    unit: String::new(),
                },
            ),
            field("colours", FieldKind::MultiSelect { options: choices() }),
            field("sure", FieldKind::Checkbox),
            field("asked", FieldKind::Text)
                .required()
                .shown_when(Condition::on(&key(on), operator)),
        ];
        problem(more, pairs, "asked").is_some()
    };
    let bound = |text| Bound::parse(text).unwrap();
    assert!(holds("country", Operator::Is("DE".into()), &[]));
    assert!(holds("country", Operator::IsNot("FR".into()), &[]));
    assert!(
        !holds("seats", Operator::IsNot("3".into()), &[]),
        "nothing to differ from"
    );
    assert!(holds(
        "country",
        Operator::OneOf(vec!["FR".into(), "DE".into()]),
        &[]
    ));
    assert!(holds("seats", Operator::Empty, &[]));
    assert!(holds("seats", Operator::Filled, &[("seats", "3")]));
    assert!(holds(
        "seats",
        Operator::AtLeast(bound("3")),
        &[("seats", "3")]
    ));
    assert!(!holds(
        "seats",
        Operator::AtLeast(bound("3")),
        &[("seats", "2")]
    ));
    assert!(holds("value", Operator::AtLeast(bound("12000.5")), &[]));
    assert!(holds(
        "close_date",
        Operator::AtMost(bound("today+60")),
        &[]
    ));
    assert!(holds(
        "colours",
        Operator::Is("red".into()),
        &[("colours", "blue"), ("colours", "red")]
    ));
    assert!(holds("sure", Operator::Is("no".into()), &[]));
    assert!(holds("sure", Operator::Is("yes".into()), &[("sure", "on")]));
    assert!(holds("customer", Operator::Is("BRIGHTWATER".into()), &[]));
}

#[test]
fn the_partner_itself_can_decide() {
    let gold = crate::TierId(uuid::Uuid::from_u128(7));
    let asked = field("plan", FieldKind::Text)
        .required()
        .shown_when(Condition {
            subject: Subject::Tier,
            operator: Operator::Is(gold.to_string()),
        });
    let local = field("tax", FieldKind::Text).required_when(Condition {
        subject: Subject::PartnerCountry,
        operator: Operator::Is("FR".into()),
    });
    let form = form(vec![asked, local]);
    assert!(validate(&form, &post(&[]), &today()).is_ok());
    let context = crate::forms::Context {
        tier: Some(gold),
        partner_country: Some("FR".into()),
        ..today()
    };
    assert_eq!(
        validate(&form, &post(&[]), &context).unwrap_err().0.len(),
        2
    );
}

#[test]
fn only_the_named_fields_are_open() {
    let form = form(vec![
        field("vat", FieldKind::Text)
            .required()
            .shown_when(is("country", "FR")),
    ]);
    let kept = validate(&form, &post(&[]), &today())
        .unwrap()
        .into_answers();
    let open = [key("country"), key("need")].into();
    let again = |pairs: &[(&str, &str)], context: &crate::forms::Context| {
        validate_only(
            &form,
            &open,
            &kept,
            &pairs.iter().copied().collect(),
            context,
        )
    };
    let valid = again(&[("country", "AT"), ("need", "More")], &today()).unwrap();
    assert_eq!(valid.system().customer, "Brightwater");
    assert_eq!(
        valid.answers().get(&key("country")),
        Some(&Answer::Choice("AT".into()))
    );
    let refused = again(&[("country", "AT"), ("customer", "Other")], &today()).unwrap_err();
    assert_eq!(refused.of(&key("customer")), Some(&FieldProblem::NotOpen));
    // Long after: the kept close date lies in the past now, and is not asked about.
    let late = crate::forms::Context::on("2028-01-01".parse().unwrap());
    assert!(again(&[("country", "AT")], &late).is_ok());
    // A field that an open one brings into view is asked too.
    assert_eq!(
        again(&[("country", "FR")], &today())
            .unwrap_err()
            .of(&key("vat")),
        Some(&FieldProblem::Missing)
    );
    assert!(again(&[("country", "FR"), ("vat", "1")], &today()).is_ok());
    assert_eq!(
        again(&[], &today()).unwrap_err().of(&key("country")),
        Some(&FieldProblem::Missing)
    );
}

#[test]
fn a_form_without_what_a_deal_needs_accepts_nothing() {
    let bare = FormDefinition {
        fields: vec![field("note", FieldKind::Text)],
    };
    let errors = validate(&bare, &RawAnswers::default(), &today()).unwrap_err();
    assert!(matches!(errors.0[0].problem, FieldProblem::NotAsked { .. }));
}
