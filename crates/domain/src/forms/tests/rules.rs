//! Conditions in groups.

use super::{field, form, is, key, post, today};
use crate::{
    TierId,
    forms::{
        Bound, Combine, Condition, Fault, Field, FieldKey, FieldKind, MAX_CONDITIONS, MAX_LEVELS,
        Operator, Requirement, Rule, Subject, check_publishable, check_sizes, diff, sentence,
        sentence_with, visible,
    },
    program::Tier,
};

fn german() -> Rule {
    is("country", "DE").into()
}

fn french() -> Rule {
    is("country", "FR").into()
}

fn large() -> Rule {
    let bound = Bound::parse("10000").unwrap();
    Condition::on(&key("value"), Operator::AtLeast(bound)).into()
}

fn golden() -> Rule {
    let gold = TierId(uuid::Uuid::from_u128(7)).to_string();
    Rule::Compare(Condition {
        subject: Subject::Tier,
        operator: Operator::Is(gold),
    })
}

fn asked(rule: Rule) -> Field {
    field("asked", FieldKind::Text).shown_when(rule)
}

/// Whether the field is shown to a German customer, with a deal of 12,000.50.
fn holds(rule: Rule) -> bool {
    visible(&form(vec![asked(rule)]), &post(&[]), &today()).contains(&key("asked"))
}

/// As many groups inside one another, around one condition.
fn nested(levels: usize) -> Rule {
    (0..levels).fold(german(), |rule, _| Rule::any(vec![rule]))
}

fn texts(rule: Rule) -> Vec<String> {
    let faults = check_publishable(&form(vec![asked(rule)])).err();
    faults
        .unwrap_or_default()
        .iter()
        .map(super::super::DefinitionFault::text)
        .collect()
}

fn read_back(rule: &Rule) -> String {
    sentence(rule, &form(vec![]))
}

#[test]
fn all_any_and_none() {
    assert!(holds(german()) && holds(large()) && !holds(french()));
    assert!(holds(Rule::all(vec![german(), large()])));
    assert!(!holds(Rule::all(vec![german(), french()])));
    assert!(holds(Rule::any(vec![french(), large()])));
    assert!(!holds(Rule::any(vec![french(), golden()])));
    assert!(holds(Rule::none(vec![french(), golden()])));
    assert!(!holds(Rule::none(vec![french(), large()])));
    assert!(!holds(Rule::none(vec![german()])));
}

#[test]
fn groups_in_groups() {
    let german_and = |inner| Rule::all(vec![german(), inner]);
    assert!(holds(german_and(Rule::any(vec![golden(), large()]))));
    assert!(!holds(german_and(Rule::any(vec![golden(), french()]))));
    let neither = Rule::none(vec![french(), golden()]);
    assert!(holds(german_and(Rule::any(vec![
        golden(),
        neither.clone()
    ]))));
    assert!(!holds(german_and(Rule::none(vec![neither]))));
    assert!(holds(nested(MAX_LEVELS)));
}

#[test]
fn a_group_decides_what_must_be_answered_too() {
    let rule = Rule::all(vec![german(), Rule::none(vec![large()])]);
    let form = form(vec![field("asked", FieldKind::Text).required_when(rule)]);
    let needed = |value| {
        let raw = post(&[("value", value)]);
        crate::forms::required_now(&form, &raw, &key("asked"), &today())
    };
    assert!(needed("9999") && !needed("10000"));
}

#[test]
fn reads_back_without_doubt() {
    assert_eq!(read_back(&german()), "Country is Germany");
    assert_eq!(
        read_back(&Rule::all(vec![
            german(),
            Rule::any(vec![large(), french()])
        ])),
        "Country is Germany and (Expected value is at least 10000 or Country is France)"
    );
    assert_eq!(
        read_back(&Rule::any(vec![
            Rule::all(vec![german(), large()]),
            Rule::none(vec![french(), large()]),
        ])),
        "(Country is Germany and Expected value is at least 10000) \
         or not (Country is France or Expected value is at least 10000)"
    );
    assert_eq!(
        read_back(&Rule::none(vec![Rule::all(vec![german(), large()])])),
        "Not (Country is Germany and Expected value is at least 10000)"
    );
    // A group of one says what the one says.
    assert_eq!(
        read_back(&Rule::all(vec![
            Rule::any(vec![large()]),
            Rule::any(vec![Rule::all(vec![german(), french()])]),
        ])),
        "Expected value is at least 10000 and (Country is Germany and Country is France)"
    );
    // A list would run into what follows.
    let one_of = Operator::OneOf(vec!["DE".into(), "TT".into()]);
    let listed = Rule::from(Condition::on(&key("country"), one_of));
    assert_eq!(
        read_back(&listed),
        "Country is one of Germany, Trinidad and Tobago"
    );
    assert_eq!(
        read_back(&Rule::all(vec![listed, large()])),
        "(Country is one of Germany, Trinidad and Tobago) and Expected value is at least 10000"
    );
}

#[test]
fn tiers_are_read_by_name() {
    let tiers = [Tier {
        id: TierId(uuid::Uuid::from_u128(7)),
        name: "Gold".into(),
        position: 1,
    }];
    let form = form(vec![]);
    assert_eq!(
        sentence_with(&golden(), &form, &tiers),
        "The partner's tier is Gold"
    );
    assert_eq!(
        sentence_with(&Rule::any(vec![large(), golden()]), &form, &tiers),
        "Expected value is at least 10000 or the partner's tier is Gold"
    );
}

#[test]
fn a_change_of_groups_is_said() {
    let old = form(vec![asked(Rule::all(vec![german(), large()]))]);
    let new = form(vec![asked(Rule::any(vec![german(), large()]))]);
    let said: Vec<String> = diff(&old, &new)
        .iter()
        .flat_map(super::super::Change::texts)
        .collect();
    assert_eq!(
        said,
        [
            "“asked”: shown changes from “when Country is Germany and Expected value is at least 10000” \
          to “when Country is Germany or Expected value is at least 10000”"
        ]
    );
}

#[test]
fn old_conditions_are_read_and_written_as_ever() {
    let old = r#"{"subject":"country","operator":{"is":"DE"}}"#;
    let rule: Rule = serde_json::from_str(old).unwrap();
    assert_eq!(rule, german());
    assert_eq!(serde_json::to_string(&rule).unwrap(), old);
    // Postgres, or a person, may have put the parts in another order.
    let turned = r#"{"operator":{"is":"DE"},"note":[1],"subject":"country"}"#;
    assert_eq!(serde_json::from_str::<Rule>(turned).unwrap(), german());

    let stored = r#"{"key":"vat","kind":"text","label":"VAT","required":{"when":{"subject":"@tier","operator":"filled"}},"visible_when":{"subject":"country","operator":{"one_of":["DE","FR"]}}}"#;
    let field: Field = serde_json::from_str(stored).unwrap();
    assert!(matches!(
        field.required,
        Requirement::When(Rule::Compare(_))
    ));
    assert_eq!(serde_json::to_string(&field).unwrap(), stored);
}

#[test]
fn groups_are_stored_under_their_word() {
    let rule = Rule::all(vec![german(), Rule::none(vec![french()])]);
    let json = serde_json::to_string(&rule).unwrap();
    assert_eq!(
        json,
        concat!(
            r#"{"all":[{"subject":"country","operator":{"is":"DE"}},"#,
            r#"{"none":[{"subject":"country","operator":{"is":"FR"}}]}]}"#
        )
    );
    assert_eq!(serde_json::from_str::<Rule>(&json).unwrap(), rule);
    let condition = r#""subject":"country","operator":"filled""#;
    for bad in [
        "{}".to_owned(),
        "[]".to_owned(),
        r#"{"some":[]}"#.to_owned(),
        r#"{"all":[],"any":[]}"#.to_owned(),
        r#"{"all":[],"all":[]}"#.to_owned(),
        r#"{"all":{}}"#.to_owned(),
        r#"{"subject":"country"}"#.to_owned(),
        r#"{"operator":"filled"}"#.to_owned(),
        format!(r#"{{"all":[],{condition}}}"#),
    ] {
        assert!(serde_json::from_str::<Rule>(&bad).is_err(), "{bad}");
    }
}

#[test]
fn too_many_levels_are_refused_by_name_even_in_a_draft() {
    let max = MAX_LEVELS;
    assert_eq!(texts(nested(max)), [""; 0]);
    let json = serde_json::to_string(&nested(max + 1)).unwrap();
    let deep: Rule = serde_json::from_str(&json).unwrap();
    let faults = check_sizes(&form(vec![asked(deep.clone())])).unwrap_err();
    assert_eq!(faults[0].fault, Fault::GroupsTooDeep { max });
    assert_eq!(
        texts(deep),
        [
            "asked: Its conditions stand in more than 8 groups inside one another. Take some groups apart."
        ]
    );
}

#[test]
fn too_many_conditions_are_refused_by_name_even_in_a_draft() {
    let max = MAX_CONDITIONS;
    let many = |count| Rule::any(vec![german(); count]);
    assert_eq!(texts(many(max)), [""; 0]);
    // Both rules of the field count, and so do groups with nothing in them.
    let both = asked(many(max)).required_when(german());
    let hollow = asked(Rule::any(vec![Rule::all(vec![]); max + 1]));
    for field in [asked(many(max + 1)), both, hollow] {
        let form = form(vec![field]);
        for checked in [check_sizes(&form), check_publishable(&form)] {
            let faults = checked.unwrap_err();
            assert_eq!(faults.len(), 1);
            assert_eq!(faults[0].fault, Fault::TooManyConditions { max });
        }
    }
}

#[test]
fn no_depth_and_no_number_exhausts_anything() {
    let deep = |levels: usize| {
        let (open, close) = (r#"{"none":["#.repeat(levels), "]}".repeat(levels));
        format!(r#"{open}{{"subject":"country","operator":"filled"}}{close}"#)
    };
    assert!(serde_json::from_str::<Rule>(&deep(32)).is_ok());
    for levels in [33, 100, 10_000] {
        assert!(serde_json::from_str::<Rule>(&deep(levels)).is_err());
    }
    // A reader without a limit of its own.
    let value = (0..100).fold(
        serde_json::json!({"any": []}),
        |inner, _| serde_json::json!({"any": [inner]}),
    );
    assert!(serde_json::from_value::<Rule>(value).is_err());
    let wide = format!(r#"{{"all":[{}]}}"#, vec![r#"{"any":[]}"#; 3_000].join(","));
    assert!(serde_json::from_str::<Rule>(&wide).is_err());

    let rule = nested(10_000);
    assert!(rule == rule.clone() && rule != nested(9_999));
    assert_eq!((rule.levels(), rule.fields().len()), (10_000, 1));
    assert_eq!(read_back(&rule), "Country is Germany");
    assert!(holds(rule.clone()));
    assert!(check_sizes(&form(vec![asked(rule.clone())])).is_err());
    let mut renamed = rule;
    renamed.rename_field(&key("country"), &key("land"));
    assert!(renamed.fields().contains(&key("land")));
}

#[test]
fn empty_groups_are_refused_by_name() {
    for combine in Combine::ALL {
        let empty = Rule::Group(combine, vec![]);
        assert_eq!(
            texts(empty.clone()),
            [
                "asked: Its group of conditions has nothing in it. Add a condition, or remove the group."
            ]
        );
        assert_eq!(
            texts(Rule::all(vec![
                german(),
                Rule::any(vec![large()]),
                Rule::any(vec![large(), empty]),
            ])),
            [
                "asked: Group 3 of 3 in “Shown” has nothing in it. Add a condition, or remove the group."
            ]
        );
    }
}

#[test]
fn every_condition_of_a_group_is_checked_and_named() {
    let later = Condition::on(&key("behind"), Operator::Filled);
    let own = Condition::on(&key("asked"), Operator::Filled);
    let shown = Rule::all(vec![
        german(),
        Rule::any(vec![
            is("country", "XX").into(),
            Rule::none(vec![later.into()]),
        ]),
    ]);
    let needed = Rule::any(vec![german(), own.into()]);
    let form = form(vec![
        asked(shown).required_when(needed),
        field("behind", FieldKind::Text),
    ]);
    let faults = check_publishable(&form).unwrap_err();
    let texts: Vec<String> = faults
        .iter()
        .map(super::super::DefinitionFault::text)
        .collect();
    assert_eq!(
        texts,
        [
            "asked: Condition 2 of 3 in “Shown” compares “Country” with “XX”, which cannot be answered there. Choose a possible answer.",
            "asked: Condition 3 of 3 in “Shown” looks at “behind”, which comes later. Move that field up, or choose another.",
            "asked: Condition 2 of 2 in “Answer needed” looks at the field itself. Choose a field above it.",
        ]
    );
    let json = serde_json::to_string(&faults[2]).unwrap();
    assert_eq!(
        json,
        concat!(
            r#"{"field":"asked","label":"asked","fault":{"code":"condition_on_itself"},"#,
            r#""place":{"part":"required","number":2,"of":2}}"#
        )
    );
}

#[test]
fn the_fields_that_are_looked_at() {
    let rule = Rule::all(vec![
        german(),
        golden(),
        Rule::none(vec![large(), french()]),
    ]);
    let fields: Vec<&str> = rule.fields().into_iter().map(FieldKey::as_str).collect();
    assert_eq!(fields, ["country", "value"]);
}
