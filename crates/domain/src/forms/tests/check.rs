use super::{field, form, is, key};
use crate::{
    Currency,
    forms::{
        Bound, Choice, Condition, Fault, Field, FieldKind, FormDefinition, Limits, Mask, Operator,
        Requirement, SystemField, check_publishable, check_sizes, starter_form,
    },
};

fn faults(form: &FormDefinition) -> Vec<Fault> {
    check_publishable(form)
        .err()
        .unwrap_or_default()
        .into_iter()
        .map(|f| f.fault)
        .collect()
}

fn with(field: Field) -> Vec<Fault> {
    faults(&form(vec![field]))
}

fn select(values: &[&str]) -> FieldKind {
    FieldKind::Select {
        options: values.iter().map(|v| Choice::new(*v, *v)).collect(),
    }
}

#[test]
fn the_starter_form_can_be_published() {
    let form = starter_form(Currency::EUR);
    assert_eq!(form.fields.len(), 8);
    assert_eq!(faults(&form), []);
}

#[test]
fn the_form_as_a_whole() {
    let empty = faults(&FormDefinition::default());
    assert_eq!(empty.len(), 4);
    assert!(empty.contains(&Fault::SystemMissing {
        system: SystemField::Value
    }));
    let many: Vec<Field> = (0..200)
        .map(|n| field(&format!("f{n}"), FieldKind::Text))
        .collect();
    assert_eq!(
        faults(&form(many.clone())),
        [Fault::TooManyFields { max: 200 }]
    );
    assert!(check_sizes(&form(many)).is_err());
    assert_eq!(with(field("customer", FieldKind::Text)), [Fault::KeyTwice]);
}

#[test]
fn texts() {
    let mut unnamed = field("a", FieldKind::Text);
    unnamed.label = "  ".into();
    assert_eq!(with(unnamed), [Fault::LabelMissing]);
    let mut long = field("a", FieldKind::Text);
    long.help = "x".repeat(2_001);
    assert!(matches!(
        with(long)[..],
        [Fault::TextTooLong { max: 2_000, .. }]
    ));
    let mut nul = field("a", FieldKind::Text);
    nul.placeholder = "\0".into();
    assert!(matches!(with(nul)[..], [Fault::TextUnreadable { .. }]));
}

#[test]
fn details_of_kinds() {
    assert_eq!(with(field("a", select(&[]))), [Fault::OptionsMissing]);
    assert_eq!(
        with(field("a", select(&["x", "x"]))),
        [Fault::OptionTwice { value: "x".into() }]
    );
    assert_eq!(
        with(field("a", select(&["x", " "]))),
        [Fault::OptionEmpty { position: 2 }]
    );
    let same_label = FieldKind::Select {
        options: vec![Choice::new("a", "X"), Choice::new("b", "X")],
    };
    assert_eq!(
        with(field("a", same_label)),
        [Fault::OptionLabelTwice { label: "X".into() }]
    );
    let many: Vec<String> = (0..5_001).map(|n| n.to_string()).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(
        with(field("a", select(&many))),
        [Fault::TooManyOptions { max: 5_000 }]
    );
    assert_eq!(
        with(field("a", FieldKind::Money { currencies: vec![] })),
        [Fault::CurrenciesMissing]
    );
    assert_eq!(
        with(field(
            "a",
            FieldKind::File {
                max_bytes: 0,
                accept: vec![],
                most: 1
            }
        )),
        [Fault::FileSizeZero]
    );
    for most in [0, 21] {
        let kind = FieldKind::File {
            max_bytes: 1,
            accept: vec![],
            most,
        };
        assert_eq!(with(field("a", kind)), [Fault::FileCountUnfit { max: 20 }]);
    }
    let dotted = FieldKind::File {
        max_bytes: 1,
        accept: vec![".pdf".into()],
        most: 1,
    };
    assert!(matches!(
        with(field("a", dotted))[..],
        [Fault::EndingUnreadable { .. }]
    ));
    assert_eq!(
        with(field("a", FieldKind::Heading).required()),
        [Fault::HeadingRequired]
    );
    assert_eq!(
        with(field(
            "a",
            FieldKind::Number {
                decimals: 10,
                unit: String::new()
            }
        )),
        [Fault::DecimalsTooMany { max: 9 }]
    );
}

#[test]
fn limits_fit_and_do_not_cross() {
    let limited = |kind, limits| with(field("a", kind).limits(limits));
    let range = |min, max| Limits {
        min: Bound::parse(min),
        max: Bound::parse(max),
        ..Limits::default()
    };
    let lengths = |min, max| Limits {
        min_length: Some(min),
        max_length: Some(max),
        ..Limits::default()
    };
    let number = || FieldKind::Number {
        decimals: 0,
        unit: String::new(),
    };
    assert_eq!(limited(number(), range("1", "2")), []);
    assert!(matches!(
        limited(number(), range("3", "2"))[..],
        [Fault::LimitsCrossed { .. }]
    ));
    assert!(matches!(
        limited(number(), range("today", "2"))[..],
        [Fault::LimitDoesNotFit { .. }]
    ));
    assert!(matches!(
        limited(FieldKind::Date, range("1", "2"))[..],
        [Fault::LimitDoesNotFit { .. }]
    ));
    assert!(matches!(
        limited(FieldKind::Text, range("1", "2"))[..],
        [Fault::LimitDoesNotFit { .. }]
    ));
    assert!(matches!(
        limited(FieldKind::Text, lengths(3, 2))[..],
        [Fault::LimitsCrossed { .. }]
    ));
    assert_eq!(
        limited(FieldKind::Text, lengths(3, 501)),
        [Fault::LengthAboveCap { max: 500 }]
    );
    assert!(matches!(
        limited(FieldKind::Checkbox, lengths(1, 2))[..],
        [Fault::LimitDoesNotFit { .. }]
    ));
    let mask = Limits {
        mask: Mask::parse("A").ok(),
        ..Limits::default()
    };
    assert!(matches!(
        limited(FieldKind::Date, mask)[..],
        [Fault::LimitDoesNotFit { .. }]
    ));
}

#[test]
fn defaults_are_answers() {
    let with_default = |kind, default: &[&str]| {
        let mut field = field("a", kind);
        field.default = default.iter().map(|t| (*t).to_owned()).collect();
        with(field)
    };
    assert_eq!(with_default(select(&["x"]), &["x"]), []);
    assert_eq!(
        with_default(select(&["x"]), &["y"]),
        [Fault::DefaultRefused]
    );
    assert_eq!(with_default(FieldKind::Date, &["today+30"]), []);
    assert_eq!(
        with_default(FieldKind::Date, &["soon"]),
        [Fault::DefaultRefused]
    );
    assert_eq!(
        with_default(
            FieldKind::Money {
                currencies: vec![Currency::EUR]
            },
            &["5", "EUR"]
        ),
        []
    );
    assert_eq!(
        with_default(FieldKind::Email, &["nobody"]),
        [Fault::DefaultRefused]
    );
}

#[test]
fn what_every_deal_needs() {
    let change = |change: fn(&mut Field)| {
        let mut form = starter_form(Currency::EUR);
        change(&mut form.fields[5]);
        faults(&form)
    };
    let system = SystemField::Value;
    assert_eq!(
        change(|f| f.required = Requirement::Never),
        [Fault::SystemOptional { system }]
    );
    assert_eq!(
        change(|f| f.visible_when = Some(is("country", "DE").into())),
        [Fault::SystemConditional { system }]
    );
    assert!(matches!(
        change(|f| f.kind = FieldKind::Text)[..],
        [Fault::SystemWrongKind { .. }]
    ));
    assert_eq!(
        change(|f| f.system = None),
        [Fault::SystemMissing { system }]
    );
    assert_eq!(
        with(field("a", FieldKind::Text).system(SystemField::Customer)),
        [
            Fault::SystemTwice {
                system: SystemField::Customer
            },
            Fault::SystemOptional {
                system: SystemField::Customer
            }
        ]
    );
}

#[test]
fn conditions_look_up_only() {
    let on = |name: &str, operator| {
        with(field("a", FieldKind::Text).shown_when(Condition::on(&key(name), operator)))
    };
    assert_eq!(on("country", Operator::Is("DE".into())), []);
    assert_eq!(
        on("gone", Operator::Filled),
        [Fault::ConditionUnknownField { key: key("gone") }]
    );
    assert_eq!(on("a", Operator::Filled), [Fault::ConditionOnItself]);
    assert!(matches!(
        on("country", Operator::Is("XX".into()))[..],
        [Fault::ConditionOperandUnknown { .. }]
    ));
    assert!(matches!(
        on("country", Operator::Is(String::new()))[..],
        [Fault::ConditionOperandMissing { .. }]
    ));
    assert!(matches!(
        on("country", Operator::OneOf(vec![]))[..],
        [Fault::ConditionOperandMissing { .. }]
    ));
    assert!(matches!(
        on("country", Operator::AtLeast(Bound::Today(0)))[..],
        [Fault::ConditionOperator { .. }]
    ));
    assert!(matches!(
        on("value", Operator::AtLeast(Bound::Today(0)))[..],
        [Fault::ConditionOperandUnknown { .. }]
    ));
    assert_eq!(on("close_date", Operator::AtLeast(Bound::Today(0))), []);
    let mut earlier = form(vec![]);
    earlier.fields[0].required = Requirement::When(is("country", "DE").into());
    assert!(faults(&earlier).contains(&Fault::ConditionOnLater {
        label: "Country".into()
    }));
    // Two fields that look at each other: one of them looks down, and is named.
    let one =
        field("one", FieldKind::Text).shown_when(Condition::on(&key("two"), Operator::Filled));
    let two =
        field("two", FieldKind::Text).shown_when(Condition::on(&key("one"), Operator::Filled));
    assert_eq!(
        faults(&form(vec![one, two])),
        [Fault::ConditionOnLater {
            label: "two".into()
        }]
    );
}

#[test]
fn faults_read_as_sentences() {
    let fault = &check_publishable(&form(vec![field("colour", select(&[]))])).unwrap_err()[0];
    assert_eq!(
        fault.text(),
        "colour: The list has no options. Add at least one."
    );
    let json = serde_json::to_string(fault).unwrap();
    assert_eq!(
        json,
        r#"{"field":"colour","label":"colour","fault":{"code":"options_missing"}}"#
    );
}
