use super::{field, form, key};
use crate::forms::{
    Answer, ArchivedField, Choice, Fault, FieldKind, FormDefinition, FormVersion, archived,
    check_keys, converts,
};
use crate::{Currency, FileId, FormVersionId, Money};

fn version(number: i32, definition: FormDefinition) -> FormVersion {
    FormVersion {
        id: FormVersionId(uuid::Uuid::from_u128(7)),
        number,
        definition,
    }
}

fn regions() -> FieldKind {
    FieldKind::Select {
        options: vec![Choice::new("north", "North")],
    }
}

#[test]
fn what_was_asked_once_is_known_as_it_was_last() {
    let mut renamed = field("region", regions());
    renamed.label = "Sales region".into();
    let versions = [
        version(3, form(vec![field("heading", FieldKind::Heading)])),
        version(
            2,
            form(vec![renamed.clone(), field("site", FieldKind::Text)]),
        ),
        version(
            1,
            form(vec![
                field("region", regions()),
                field("old_heading", FieldKind::Heading),
            ]),
        ),
    ];
    let now = form(vec![field("site", FieldKind::Text)]);
    assert_eq!(
        archived(&versions, &now),
        [ArchivedField {
            field: renamed,
            number: 2
        }]
    );
    assert!(archived(&[], &now).is_empty());
}

#[test]
fn a_key_stays_with_its_kind() {
    let old = [ArchivedField {
        field: field("region", regions()),
        number: 1,
    }];
    let same = form(vec![field(
        "region",
        FieldKind::Select {
            options: Vec::new(),
        },
    )]);
    assert!(check_keys(&same, &old).is_empty());
    assert!(check_keys(&form(vec![]), &old).is_empty());
    let other = form(vec![field("region", FieldKind::Text)]);
    let faults = check_keys(&other, &old);
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].field, Some(key("region")));
    assert!(matches!(faults[0].fault, Fault::KeyOfAnotherKind { .. }));
    assert_eq!(
        faults[0].text(),
        "region: Its key belonged to a field of kind \u{201c}One of a list\u{201d}, whose answers are kept. Give it another key, or bring that field back."
    );
}

#[test]
fn an_answer_becomes_another_kind_only_whole() {
    let text = |text: &str| Answer::Text(text.into());
    let days = Answer::Days {
        from: "2026-01-01".parse().unwrap(),
        until: "2026-01-31".parse().unwrap(),
    };
    let number = || FieldKind::Number {
        decimals: 0,
        unit: String::new(),
    };
    let several =
        |options: &[&str]| Answer::Choices(options.iter().map(ToString::to_string).collect());
    let money = Answer::Money(Money::new(100, Currency::EUR));
    let files = Answer::Files(vec![FileId(uuid::Uuid::from_u128(1))]);
    let cases = [
        (text("12"), number(), true),
        (text("twelve"), number(), false),
        (text("12.5"), number(), false),
        (text("north"), regions(), true),
        (text("south"), regions(), false),
        (text("a\nb"), FieldKind::LongText, true),
        (text("ada@quist.example"), FieldKind::Email, true),
        (Answer::Choice("yes".into()), FieldKind::Text, true),
        (Answer::Flag(true), FieldKind::YesNo, true),
        (Answer::Flag(false), FieldKind::YesNo, true),
        (several(&["north"]), regions(), true),
        (several(&["north", "south"]), FieldKind::Text, false),
        (
            Answer::Date("2026-01-01".parse().unwrap()),
            FieldKind::Text,
            true,
        ),
        (days.clone(), FieldKind::Date, false),
        (days, FieldKind::DateRange, true),
        (money.clone(), number(), false),
        (
            money,
            FieldKind::Money {
                currencies: vec![Currency::EUR],
            },
            true,
        ),
        (files.clone(), FieldKind::Text, false),
        (
            files,
            FieldKind::File {
                max_bytes: 1,
                accept: Vec::new(),
                most: 1,
            },
            true,
        ),
        (text("12"), FieldKind::Heading, false),
    ];
    for (answer, kind, whole) in cases {
        assert_eq!(
            converts(&answer, &field("f", kind.clone())),
            whole,
            "{answer:?} as {kind:?}"
        );
    }
}
