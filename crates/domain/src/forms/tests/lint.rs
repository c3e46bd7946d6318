use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{
    field, form, is, key,
    properties::{forms, posts},
    today,
};
use crate::{
    Currency,
    forms::{
        Bound, Choice, Condition, DefaultRule, Field, FieldKind, FormDefinition, HintKind, Limits,
        Operator, OptionRule, Rule, Subject, hints, hints_among, pages::heads_of, starter_form,
        states, validate,
    },
    program::Tier,
};

fn whats(fields: Vec<Field>) -> Vec<HintKind> {
    hints(&form(fields)).into_iter().map(|h| h.what).collect()
}

fn select(values: &[&str]) -> FieldKind {
    FieldKind::Select {
        options: values.iter().map(|v| Choice::new(*v, *v)).collect(),
    }
}

fn number() -> FieldKind {
    FieldKind::Number {
        decimals: 0,
        unit: String::new(),
    }
}

fn ranged(kind: FieldKind, min: &str, max: &str) -> Field {
    field("on", kind).limits(Limits {
        min: Bound::parse(min),
        max: Bound::parse(max),
        ..Limits::default()
    })
}

fn bound(text: &str) -> Bound {
    Bound::parse(text).unwrap()
}

fn on(operator: Operator) -> Condition {
    Condition::on(&key("on"), operator)
}

/// What is said of a field that looks at `first`: that it is never shown, always shown, or nothing.
fn looking_at(first: Field, operator: Operator) -> Option<&'static str> {
    let found = whats(vec![
        first,
        field("late", FieldKind::Text).shown_when(on(operator)),
    ]);
    match found.as_slice() {
        [] => None,
        [HintKind::NeverShown { .. }] => Some("never"),
        [HintKind::AlwaysShown { .. }] => Some("always"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_starter_form_has_none() {
    assert_eq!(hints(&starter_form(Currency::EUR)), []);
    assert_eq!(hints(&FormDefinition::default()), []);
}

#[test]
fn many_fields_are_needed() {
    let needed = |count: usize| -> Vec<Field> {
        (0..count)
            .map(|n| field(&format!("f{n}"), FieldKind::Text).required())
            .collect()
    };
    // Four of the starter form are needed already.
    assert_eq!(whats(needed(6)), []);
    assert_eq!(whats(needed(7)), [HintKind::ManyNeeded { count: 11 }]);
    let mut some = needed(6);
    some.push(
        field("vat", FieldKind::Text)
            .required()
            .shown_when(is("country", "DE")),
    );
    some.push(field("tax", FieldKind::Text).required_when(is("country", "FR")));
    assert_eq!(whats(some), []);
    let hint = hints(&form(needed(7))).remove(0);
    assert_eq!(hint.field, None);
    assert!(
        hint.text()
            .starts_with("11 fields must always be answered.")
    );
}

#[test]
fn a_list_without_the_answer() {
    let list = || field("on", select(&["a", "b"]));
    let any = |values: &[&str]| Operator::OneOf(values.iter().map(|v| (*v).to_owned()).collect());
    assert_eq!(looking_at(list(), Operator::Is("a".into())), None);
    assert_eq!(looking_at(list(), Operator::Is("z".into())), Some("never"));
    assert_eq!(looking_at(list(), any(&["y", "z"])), Some("never"));
    assert_eq!(looking_at(list(), any(&["b", "z"])), None);
    assert_eq!(looking_at(list(), any(&["a", "b"])), None);
    assert_eq!(
        looking_at(list().required(), any(&["a", "b"])),
        Some("always")
    );
    let only = || field("on", select(&["a"])).required();
    assert_eq!(
        looking_at(only(), Operator::IsNot("a".into())),
        Some("never")
    );
    assert_eq!(looking_at(field("on", select(&[])), any(&["a"])), None);
}

#[test]
fn limits_that_leave_nothing() {
    let seats = || ranged(number(), "1", "100");
    let at_least = |text| Operator::AtLeast(bound(text));
    let at_most = |text| Operator::AtMost(bound(text));
    assert_eq!(looking_at(seats(), at_least("101")), Some("never"));
    assert_eq!(looking_at(seats(), at_least("100")), None);
    assert_eq!(looking_at(seats(), at_most("0")), Some("never"));
    assert_eq!(looking_at(seats(), at_most("1")), None);
    assert_eq!(looking_at(seats(), at_least("1")), None);
    assert_eq!(
        looking_at(seats().required(), at_least("1")),
        Some("always")
    );
    assert_eq!(
        looking_at(seats(), Operator::Is("200".into())),
        Some("never")
    );
    assert_eq!(
        looking_at(seats(), Operator::Is("2.5".into())),
        Some("never")
    );
    assert_eq!(looking_at(seats(), Operator::Is("2".into())), None);
    let money = FieldKind::Money {
        currencies: vec![Currency::EUR],
    };
    assert_eq!(looking_at(field("on", money), at_most("-1")), Some("never"));
    let day = || ranged(FieldKind::Date, "today", "");
    assert_eq!(looking_at(day(), at_most("today-1")), Some("never"));
    assert_eq!(looking_at(day(), at_most("2020-01-01")), None);
}

#[test]
fn what_must_be_answered() {
    let text = || field("on", FieldKind::Text);
    assert_eq!(looking_at(text(), Operator::Empty), None);
    assert_eq!(
        looking_at(text().required(), Operator::Empty),
        Some("never")
    );
    assert_eq!(
        looking_at(text().required(), Operator::Filled),
        Some("always")
    );
    let sometimes = text().required().shown_when(is("country", "DE"));
    assert_eq!(looking_at(sometimes, Operator::Empty), None);
    let tick = || field("on", FieldKind::Checkbox);
    let (yes, no) = (Operator::Is("yes".into()), Operator::Is("no".into()));
    assert_eq!(looking_at(tick(), no.clone()), None);
    assert_eq!(looking_at(tick().required(), no), Some("never"));
    assert_eq!(looking_at(tick().required(), yes), Some("always"));
}

#[test]
fn what_looks_at_an_unseen_field_is_unseen_too() {
    let list = field("on", select(&["a"]));
    let unseen = field("unseen", FieldKind::Text).shown_when(on(Operator::Is("z".into())));
    let after = |operator| {
        field("after", FieldKind::Text).shown_when(Condition::on(&key("unseen"), operator))
    };
    let never = |condition: &str| HintKind::NeverShown {
        condition: condition.to_owned(),
    };
    assert_eq!(
        whats(vec![list.clone(), unseen.clone(), after(Operator::Filled)]),
        [never("on is z"), never("unseen is answered")]
    );
    assert_eq!(
        whats(vec![list, unseen, after(Operator::Empty)]),
        [
            never("on is z"),
            HintKind::AlwaysShown {
                condition: "unseen is not answered".into()
            }
        ]
    );
}

#[test]
fn a_need_that_never_or_always_comes() {
    let list = field("on", select(&["a", "b"])).required();
    let late = |operator| field("late", FieldKind::Text).required_when(on(operator));
    assert_eq!(
        whats(vec![list.clone(), late(Operator::Is("z".into()))]),
        [HintKind::NeverNeeded {
            condition: "on is z".into()
        }]
    );
    assert_eq!(
        whats(vec![list.clone(), late(Operator::Filled)]),
        [HintKind::AlwaysNeeded {
            condition: "on is answered".into()
        }]
    );
    let unseen = late(Operator::Filled).shown_when(on(Operator::Is("z".into())));
    assert!(matches!(
        whats(vec![list, unseen])[..],
        [HintKind::NeverShown { .. }]
    ));
}

#[test]
fn conditions_that_exclude_each_other_never_hold() {
    let never = |first: Field, operators: [Operator; 2]| {
        let rules = operators.map(|operator| on(operator).into()).to_vec();
        let late = field("late", FieldKind::Text).shown_when(Rule::all(rules));
        let found = whats(vec![first, late]);
        match found.as_slice() {
            [] => false,
            [HintKind::NeverShown { .. }] => true,
            other => panic!("{other:?}"),
        }
    };
    let is = |value: &str| Operator::Is(value.into());
    let not = |value: &str| Operator::IsNot(value.into());
    let one_of =
        |values: &[&str]| Operator::OneOf(values.iter().map(ToString::to_string).collect());
    let list = || field("on", select(&["north", "south", "west"]));
    assert!(never(list(), [is("north"), is("south")]));
    assert!(never(list(), [is("north"), not("north")]));
    assert!(never(list(), [one_of(&["north", "south"]), is("west")]));
    assert!(never(list(), [Operator::Empty, is("west")]));
    assert!(!never(list(), [one_of(&["north", "south"]), is("south")]));
    assert!(!never(list(), [not("north"), not("south")]));
    assert!(!never(list(), [not("north"), is("south")]));
    assert!(!never(list(), [Operator::Filled, is("south")]));
    let options = ["a", "b"].map(|v| Choice::new(v, v)).to_vec();
    let several = field("on", FieldKind::MultiSelect { options });
    assert!(!never(several, [is("a"), is("b")]), "both can be ticked");
    let (low, high) = (Operator::AtLeast(bound("5")), Operator::AtMost(bound("4")));
    assert!(never(field("on", number()), [high.clone(), low.clone()]));
    assert!(!never(
        field("on", number()),
        [Operator::AtLeast(bound("4")), high]
    ));
    assert!(!never(field("on", number()), [is("1"), is("1.0")]));
    assert!(never(field("on", FieldKind::Text), [is("Ja"), is("nein")]));
    assert!(!never(field("on", FieldKind::Text), [is("Ja"), is(" ja ")]));
    // Of the partner, too: nobody is of two countries.
    let partner = |code: &str| Condition {
        subject: Subject::PartnerCountry,
        operator: Operator::Is(code.into()),
    };
    let nowhere = Rule::all(vec![partner("DE").into(), partner("FR").into()]);
    let anywhere = Rule::any(vec![partner("DE").into(), partner("FR").into()]);
    let late = |rule: &Rule| {
        whats(vec![
            field("late", FieldKind::Text).shown_when(rule.clone()),
        ])
    };
    assert!(matches!(late(&nowhere)[..], [HintKind::NeverShown { .. }]));
    assert!(late(&anywhere).is_empty());
}

#[test]
fn an_option_or_a_default_that_never_comes() {
    let mut plan = field("plan", select(&["small", "large"]));
    plan.option_rules = vec![OptionRule {
        option: "large".into(),
        when: on(Operator::Is("east".into())).into(),
    }];
    plan.defaults = vec![
        DefaultRule {
            when: on(Operator::Is("north".into())).into(),
            value: vec!["small".into()],
        },
        DefaultRule {
            when: Rule::all(vec![
                on(Operator::Is("north".into())).into(),
                on(Operator::Is("south".into())).into(),
            ]),
            value: vec!["large".into()],
        },
    ];
    let found = whats(vec![field("on", select(&["north", "south"])), plan]);
    assert!(
        matches!(&found[..], [HintKind::NeverOffered { option, .. }, HintKind::NeverFilledIn { value, .. }]
            if option == "large" && value == "large"),
        "{found:?}"
    );
}

#[test]
fn conditions_at_fault_are_left_to_the_faults() {
    let late = |condition| field("late", FieldKind::Text).shown_when(condition);
    let list = || field("on", select(&["a"])).required();
    assert_eq!(
        whats(vec![late(on(Operator::Filled)), list()]),
        [],
        "looks down"
    );
    assert_eq!(
        whats(vec![late(Condition::on(&key("gone"), Operator::Filled))]),
        []
    );
    assert_eq!(looking_at(list(), Operator::AtLeast(bound("today"))), None);
}

#[test]
fn options_that_look_alike() {
    let list = field("on", select(&["North-West", "Northwest", "South"]));
    let found = hints(&form(vec![list]));
    let texts: Vec<String> = found.iter().map(super::super::Hint::text).collect();
    assert_eq!(
        texts,
        [
            "on: The options “North-West” and “Northwest” look alike. If they mean the same, keep one."
        ]
    );
    assert_eq!(found[0].field, Some(key("on")));
}

#[test]
fn two_fields_of_one_label() {
    let named = |name: &str, label: &str| Field::new(key(name), FieldKind::Text, label);
    assert_eq!(
        whats(vec![named("a", "Site number"), named("b", "site  number:")]),
        [HintKind::LabelTwice]
    );
    let province =
        |name: &str, country: &str| named(name, "Province").shown_when(is("country", country));
    assert_eq!(
        whats(vec![province("a", "CA"), province("b", "AR")]),
        [],
        "they take turns"
    );
    assert_eq!(
        whats(vec![province("a", "CA"), province("b", "CA")]),
        [HintKind::LabelTwice]
    );
    let heading = Field::new(key("a"), FieldKind::Heading, "Site");
    assert_eq!(whats(vec![heading, named("b", "Site")]), []);
}

#[test]
fn help_that_is_missing() {
    assert_eq!(
        whats(vec![
            field("mail", FieldKind::Email),
            field("phone", FieldKind::Phone).help("For questions about this deal."),
        ]),
        [HintKind::PersonalWithoutHelp]
    );
    let mut starter = starter_form(Currency::EUR);
    for field in &mut starter.fields {
        field.help.clear();
    }
    let bare: Vec<_> = hints(&starter)
        .into_iter()
        .filter_map(|h| h.field)
        .collect();
    assert_eq!(bare, [key("contact_name"), key("contact_email")]);

    let long = |label: &str| Field::new(key("a"), FieldKind::LongText, label);
    assert_eq!(
        whats(vec![long("Remarks")]),
        [HintKind::LongTextWithoutHelp]
    );
    assert_eq!(whats(vec![long("What else should we know?")]), []);
    assert_eq!(whats(vec![long("Remarks").help("In a few lines.")]), []);
}

#[test]
fn every_hint_says_what_to_do() {
    let condition = || "Country is Germany".to_owned();
    for what in [
        HintKind::ManyNeeded { count: 11 },
        HintKind::NeverShown {
            condition: condition(),
        },
        HintKind::AlwaysShown {
            condition: condition(),
        },
        HintKind::NeverNeeded {
            condition: condition(),
        },
        HintKind::AlwaysNeeded {
            condition: condition(),
        },
        HintKind::NeverOffered {
            option: "Large".into(),
            condition: condition(),
        },
        HintKind::NeverFilledIn {
            value: "50".into(),
            condition: condition(),
        },
        HintKind::OptionsAlike {
            first: "A".into(),
            second: "a".into(),
            more: 2,
        },
        HintKind::LabelTwice,
        HintKind::PersonalWithoutHelp,
        HintKind::LongTextWithoutHelp,
    ] {
        let hint = super::super::Hint {
            field: Some(key("vat")),
            label: String::new(),
            what,
        };
        let text = hint.text();
        assert!(text.starts_with("vat: ") && text.ends_with('.'), "{text}");
        assert!(text.matches(['.', ':']).count() > 2, "{text}");
    }
}

proptest! {
    #[test]
    fn what_is_said_of_conditions_holds_for_every_form_that_is_sent(form in forms(), raw in posts()) {
        let mut form = form;
        let mut seen = BTreeSet::new();
        form.fields.retain(|f| seen.insert(f.key.clone()));
        let found = hints(&form);
        if validate(&form, &raw, &today()).is_ok() {
            let all = states(&form, &raw, &today());
            let unseen: BTreeSet<_> = all.iter().filter(|s| !s.visible).map(|s| &s.field.key).collect();
            // What the company answers, what is only shown and a list with nothing in it are not asked whatever a condition says.
            let asked = all.iter().filter(|s| s.field.traits.is_plain() && s.withheld.is_empty());
            for state in asked {
                // A hint speaks of the field's own condition; its page may have another.
                let heads = heads_of(&form, &state.field.key).into_iter().flatten();
                let page = heads.into_iter().all(|head| !unseen.contains(&head.key));
                let own = found.iter().filter(|h| h.field.as_ref() == Some(&state.field.key));
                for hint in own {
                    match hint.what {
                        HintKind::NeverShown { .. } => prop_assert!(!state.visible),
                        HintKind::AlwaysShown { .. } => prop_assert!(state.visible || !page),
                        HintKind::NeverNeeded { .. } => prop_assert!(!state.required),
                        HintKind::AlwaysNeeded { .. } => prop_assert!(state.required || !state.visible),
                        _ => {}
                    }
                }
            }
        }
    }
}

#[test]
fn a_tier_that_was_removed_is_nobodys() {
    let tier = |number: u128, name: &str| Tier {
        id: crate::TierId(uuid::Uuid::from_u128(number)),
        name: name.to_owned(),
        position: 0,
    };
    let (gold, gone) = (tier(1, "Gold"), tier(2, "Gone"));
    let on_tier = |operator| Condition {
        subject: Subject::Tier,
        operator,
    };
    let shown = |operator, tiers: &[Tier]| {
        let code = field("code", FieldKind::Text).shown_when(on_tier(operator));
        let found = hints_among(&form(vec![code]), tiers);
        let about = |hint: &&crate::forms::Hint| hint.field == Some(key("code"));
        found.iter().find(about).map(|hint| hint.what.clone())
    };
    let is = |tier: &Tier| Operator::Is(tier.id.to_string());
    let one_of =
        |tiers: &[&Tier]| Operator::OneOf(tiers.iter().map(|tier| tier.id.to_string()).collect());
    let program = [gold.clone()];
    assert_eq!(shown(is(&gold), &program), None);
    assert_eq!(
        shown(is(&gone), &program),
        Some(HintKind::NeverShown {
            condition: "The partner's tier is a tier that was removed".to_owned()
        })
    );
    assert_eq!(shown(one_of(&[&gold, &gone]), &program), None);
    assert!(matches!(
        shown(one_of(&[&gone]), &program),
        Some(HintKind::NeverShown { .. })
    ));
    // A partner need not have a tier.
    assert_eq!(shown(Operator::IsNot(gone.id.to_string()), &program), None);
    assert!(matches!(
        shown(Operator::Filled, &[]),
        Some(HintKind::NeverShown { .. })
    ));
    // Where nobody says which tiers there are, any may be.
    let code = field("code", FieldKind::Text).shown_when(on_tier(is(&gone)));
    assert!(
        hints(&form(vec![code]))
            .iter()
            .all(|hint| hint.field != Some(key("code")))
    );
}
