//! For any form and any input.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{key, today};
use crate::{
    Currency,
    forms::{
        Answer, Answers, Bound, Choice, Combine, Condition, Decimal, DefaultRule, EditedBy, Field,
        FieldErrors, FieldKey, FieldKind, FormDefinition, Limits, MappedAnswer, Operator,
        OptionRule, Prefill, RawAnswers, Replaces, Requirement, ResultKind, Rows, Rule, SeenBy,
        Traits, check_publishable, check_sizes, diff, follow_defaults, initial, problem_at,
        problem_text, row_table, sentence, starter_form, states, validate, validate_company,
        validate_only, validate_shared, visible,
    },
};

fn kinds() -> impl Strategy<Value = FieldKind> {
    let options = || vec![Choice::new("a", "A"), Choice::new("b", "B")];
    prop_oneof![
        Just(FieldKind::Text),
        Just(FieldKind::LongText),
        (0_u8..5).prop_map(|decimals| FieldKind::Number {
            decimals,
            unit: String::new()
        }),
        Just(FieldKind::Money {
            currencies: vec![Currency::EUR, Currency::USD]
        }),
        Just(FieldKind::Date),
        Just(FieldKind::Select { options: options() }),
        Just(FieldKind::MultiSelect { options: options() }),
        Just(FieldKind::Checkbox),
        Just(FieldKind::Email),
        Just(FieldKind::Phone),
        Just(FieldKind::Url),
        Just(FieldKind::Country),
        Just(FieldKind::Heading),
        (0_u8..3).prop_map(|decimals| FieldKind::Percent { decimals }),
        Just(FieldKind::DateRange),
        Just(FieldKind::Radio { options: options() }),
        Just(FieldKind::YesNo),
        Just(FieldKind::PageBreak),
        Just(FieldKind::Group),
        Just(FieldKind::GroupEnd),
        Just(FieldKind::Customer),
        computed(),
        Just(FieldKind::Address),
        any::<String>().prop_map(|text| FieldKind::TextBlock { text }),
        prop::option::of(prop::sample::select(vec!["country", "f0", "f1"])).prop_map(|country| {
            let country = country.map(key);
            FieldKind::Region { country }
        }),
        rows().prop_map(FieldKind::Rows),
    ]
}

/// Of other fields, of what is no number, and of anything at all.
fn computed() -> impl Strategy<Value = FieldKind> {
    let likely = prop::sample::select(vec![
        "f0 + f1 * 2",
        "max(f0, f1, 3)",
        "value / 3",
        "value * f1",
        "round(f0 / f1, 1)",
        "-(f0 - f1) / 0.5",
        "f0 +",
        "min(",
        "customer * 2",
    ]);
    let expression = prop_oneof![likely.prop_map(str::to_owned), any::<String>()];
    let gives = prop::sample::select(&ResultKind::ALL[..]);
    (expression, gives, 0_u8..4).prop_map(|(expression, gives, decimals)| FieldKind::Computed {
        expression,
        gives,
        decimals,
    })
}

/// Groups that a draft may hold, publishable or not.
fn rows() -> impl Strategy<Value = Rows> {
    let kind = prop_oneof![
        Just(FieldKind::Text),
        Just(FieldKind::Number {
            decimals: 2,
            unit: String::new()
        }),
        Just(FieldKind::Money {
            currencies: vec![Currency::EUR]
        }),
        Just(FieldKind::Date),
        Just(FieldKind::Select {
            options: vec![Choice::new("a", "A"), Choice::new("b", "B")]
        }),
        Just(FieldKind::YesNo),
        Just(FieldKind::Email),
    ];
    let column = (
        prop::sample::select(&NAMES[..3]),
        kind,
        any::<bool>(),
        bounds(),
    )
        .prop_map(|(name, kind, needed, min)| {
            let column = Field::new(key(name), kind, name).limits(Limits {
                min: Some(min),
                ..Limits::default()
            });
            if needed { column.required() } else { column }
        });
    let sums = prop::sample::subsequence(&NAMES[..3], 0..2);
    let columns = prop::collection::vec(column, 0..4);
    (columns, sums, 0_u8..3, 0_u8..5).prop_map(|(mut columns, sums, least, most)| {
        // A key that stands twice can be read twice differently; publishing refuses it.
        let mut seen = std::collections::BTreeSet::new();
        columns.retain(|column: &Field| seen.insert(column.key.clone()));
        Rows {
            columns,
            sums: sums.into_iter().map(key).collect(),
            least,
            most,
            name: String::new(),
            plural: String::new(),
        }
    })
}

fn bounds() -> impl Strategy<Value = Bound> {
    prop_oneof![
        (any::<i64>(), 0_u8..10).prop_map(|(n, s)| Bound::Number(Decimal::new(n, s))),
        (-36_500..36_500).prop_map(Bound::Today),
    ]
}

fn operators() -> impl Strategy<Value = Operator> {
    prop_oneof![
        values().prop_map(Operator::Is),
        values().prop_map(Operator::IsNot),
        prop::collection::vec(values(), 0..3).prop_map(Operator::OneOf),
        Just(Operator::Filled),
        Just(Operator::Empty),
        bounds().prop_map(Operator::AtLeast),
        bounds().prop_map(Operator::AtMost),
    ]
}

/// Likely answers, and anything at all.
fn values() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "",
            "a",
            "b",
            "yes",
            "no",
            "12",
            "1.500",
            "0,125",
            "-3",
            "2026-12-31",
            "1.2.2027",
            "DE",
            "US",
            "DE-BY",
            "bavaria",
            "us-ca",
            "EUR",
            "x@y.example",
            "acme.example",
            "1 Main Road | 10115 | Berlin | | DE",
            "+49 30 1234567",
            "  ",
            "\0",
            "\u{202e}x",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ]
}

const NAMES: [&str; 6] = ["f0", "f1", "f2", "f3", "f4", "f5"];

fn conditions() -> impl Strategy<Value = Condition> {
    (prop::sample::select(&NAMES[..]), operators())
        .prop_map(|(name, operator)| Condition::on(&key(name), operator))
}

/// A condition alone, or groups of any kind, empty ones too, up to four inside one another.
fn rules() -> impl Strategy<Value = Rule> {
    let alone = conditions().prop_map(Rule::Compare);
    alone.prop_recursive(4, 16, 3, |inner| {
        let combine = prop::sample::select(&Combine::ALL[..]);
        (combine, prop::collection::vec(inner, 0..4))
            .prop_map(|(combine, rules)| Rule::Group(combine, rules))
    })
}

fn requirements() -> impl Strategy<Value = Requirement> {
    prop_oneof![
        Just(Requirement::Never),
        Just(Requirement::Always),
        rules().prop_map(Requirement::When)
    ]
}

fn fields() -> impl Strategy<Value = Field> {
    let limits = (
        prop::option::of(0_u32..9),
        prop::option::of(0_u32..9),
        prop::option::of(bounds()),
        prop::option::of(bounds()),
    )
        .prop_map(|(min_length, max_length, min, max)| Limits {
            min_length,
            max_length,
            min,
            max,
            mask: None,
        });
    let name = prop::sample::select(&NAMES[..]);
    (
        (name, kinds(), traits()),
        requirements(),
        prop::option::of(rules()),
        limits,
        prop::collection::vec(values(), 0..3),
        prop::collection::vec(option_rules(), 0..2),
        prop::collection::vec(default_rules(), 0..2),
    )
        .prop_map(
            |(
                (name, kind, traits),
                required,
                visible_when,
                limits,
                default,
                option_rules,
                defaults,
            )| {
                let answered = kind.is_asked();
                Field {
                    required,
                    visible_when,
                    default,
                    limits,
                    traits: if answered { traits } else { Traits::default() },
                    option_rules,
                    defaults,
                    ..Field::new(key(name), kind, name)
                }
            },
        )
}

fn traits() -> impl Strategy<Value = Traits> {
    let now_and_then = || prop::bool::weighted(0.2);
    (
        now_and_then(),
        prop::option::weighted(0.2, prop::sample::select(&Prefill::ALL[..])),
        now_and_then(),
        now_and_then(),
        now_and_then(),
        prop::option::weighted(0.2, Just(replaces())),
        prop::sample::select(&EditedBy::ALL[..]),
    )
        .prop_map(
            |(unique, prefill, read_only, company, personal, replaces, edited_by)| Traits {
                unique,
                prefill,
                read_only,
                seen_by: if company {
                    SeenBy::Company
                } else {
                    SeenBy::Both
                },
                edited_by,
                personal,
                replaces,
            },
        )
}

/// Of a field that none of the forms asks.
fn replaces() -> Replaces {
    let mapped = MappedAnswer {
        from: "a dozen".to_owned(),
        to: "12".to_owned(),
    };
    Replaces {
        mapping: vec![mapped],
        ..Replaces::of(key("long_gone"))
    }
}

fn option_rules() -> impl Strategy<Value = OptionRule> {
    let option = prop::sample::select(vec!["a", "b", "c"]);
    (option, rules()).prop_map(|(option, when)| OptionRule {
        option: option.to_owned(),
        when,
    })
}

fn default_rules() -> impl Strategy<Value = DefaultRule> {
    (rules(), prop::collection::vec(values(), 0..2))
        .prop_map(|(when, value)| DefaultRule { when, value })
}

/// A key that stands twice can be read twice differently; publishing refuses it.
fn without_twins(mut form: FormDefinition) -> FormDefinition {
    let mut seen = std::collections::BTreeSet::new();
    form.fields.retain(|f| seen.insert(f.key.clone()));
    form
}

/// The starter form (so that some input can be valid at all) with any fields behind it, publishable or not.
pub(super) fn forms() -> impl Strategy<Value = FormDefinition> {
    prop::collection::vec(fields(), 0..6).prop_map(|fields| {
        let mut form = starter_form(Currency::EUR);
        form.fields.extend(fields);
        form
    })
}

pub(super) fn posts() -> impl Strategy<Value = RawAnswers> {
    let cell = prop::option::of((0_u16..6, prop::sample::select(&NAMES[..3])));
    let pairs = (prop::sample::select(&NAMES[..]), cell, values()).prop_map(|(n, cell, v)| {
        let name = match cell {
            Some((row, column)) => format!("{n}.{row}.{column}"),
            None => n.to_owned(),
        };
        (name, v)
    });
    prop::collection::vec(pairs, 0..8).prop_map(|pairs| {
        let base = [
            ("customer", "Acme"),
            ("country", "DE"),
            ("value", "1"),
            ("value.currency", "EUR"),
            ("close_date", "2027-01-01"),
        ];
        base.into_iter()
            .map(|(n, v)| (n.to_owned(), v.to_owned()))
            .chain(pairs)
            .collect()
    })
}

/// Arbitrary names too.
fn wild_posts() -> impl Strategy<Value = RawAnswers> {
    prop::collection::vec(
        (
            prop_oneof![values(), Just("value.currency".to_owned())],
            values(),
        ),
        0..10,
    )
    .prop_map(|pairs| pairs.into_iter().collect())
}

/// A rule as one would read it aloud.
fn reads(rule: &Rule, above: &BTreeMap<FieldKey, Answer>) -> bool {
    match rule {
        Rule::Compare(condition) => condition.holds(above, &today()),
        Rule::Group(Combine::All, inner) => inner.iter().all(|rule| reads(rule, above)),
        Rule::Group(Combine::Any, inner) => inner.iter().any(|rule| reads(rule, above)),
        Rule::Group(Combine::None, inner) => !inner.iter().any(|rule| reads(rule, above)),
    }
}

fn levels(rule: &Rule) -> usize {
    match rule {
        Rule::Compare(_) => 0,
        Rule::Group(_, inner) => inner.iter().map(levels).max().unwrap_or(0) + 1,
    }
}

proptest! {
    #[test]
    fn validate_answers_for_anything_and_always_the_same(form in forms(), raw in prop_oneof![posts(), wild_posts()]) {
        let first = validate(&form, &raw, &today());
        prop_assert_eq!(&first, &validate(&form, &raw, &today()));
        if let Err(errors) = first {
            prop_assert!(!errors.is_empty());
            for error in errors.iter() {
                let field = error.field_of(&form);
                prop_assert!(!problem_text(field, &error.problem).is_empty());
            }
            let json = serde_json::to_string(&errors).unwrap();
            prop_assert_eq!(serde_json::from_str::<FieldErrors>(&json).unwrap(), errors);
        }
    }

    #[test]
    fn hidden_is_never_stored_and_required_never_missing(form in forms(), raw in posts()) {
        if let Ok(valid) = validate(&form, &raw, &today()) {
            let shown = visible(&form, &raw, &today());
            prop_assert!(valid.answers().0.keys().all(|k| shown.contains(k)));
            for state in states(&form, &raw, &today()) {
                prop_assert!(!state.required || valid.answers().get(&state.field.key).is_some());
            }
        }
    }

    #[test]
    fn what_was_accepted_is_accepted_again(form in forms(), raw in posts()) {
        let form = without_twins(form);
        if let Ok(valid) = validate(&form, &raw, &today()) {
            let again = validate(&form, &valid.answers().to_raw(), &today());
            prop_assert_eq!(again.as_ref(), Ok(&valid));
            let json = serde_json::to_string(valid.answers()).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Answers>(&json).unwrap(), valid.answers());
            let nothing_open = validate_only(&form, &[].into(), valid.answers(), &RawAnswers::default(), &today());
            prop_assert_eq!(nothing_open.as_ref(), Ok(&valid));
        }
    }

    #[test]
    fn definitions_round_trip_and_equal_themselves(form in forms()) {
        let json = serde_json::to_string(&form).unwrap();
        prop_assert_eq!(&serde_json::from_str::<FormDefinition>(&json).unwrap(), &form);
        let unique = without_twins(form.clone());
        prop_assert!(diff(&unique, &unique).is_empty());
        if let Err(faults) = check_publishable(&form) {
            prop_assert!(faults.iter().all(|f| !f.text().is_empty()));
        }
        for rule in form.fields.iter().flat_map(Field::rules) {
            prop_assert!(!sentence(rule, &form).is_empty());
        }
        let _ = initial(&form, &today());
    }

    #[test]
    fn one_pass_decides_what_a_plain_reading_decides(form in forms(), raw in posts()) {
        let all = states(&form, &raw, &today());
        prop_assert_eq!(all.len(), form.fields.len());
        let mut above = BTreeMap::new();
        let (mut page, mut group) = (true, None);
        for state in all {
            let own = state.field.visible_when.as_ref().is_none_or(|rule| reads(rule, &above));
            match state.field.kind {
                FieldKind::PageBreak => (page, group) = (own && !state.field.is_company_only(), None),
                FieldKind::Group => group = Some(page && own && !state.field.is_company_only()),
                _ => {}
            }
            let visible = page && own && group != Some(false) && !state.field.is_company_only();
            if state.field.kind == FieldKind::GroupEnd {
                group = None;
            }
            let options = state.field.kind.options();
            let nothing_left = !options.is_empty() && options.iter().all(|o| state.withheld.contains(&o.value));
            let answerable = !state.field.traits.read_only && state.field.partner_edits() && !nothing_left;
            let required = match &state.field.required {
                Requirement::Never => false,
                Requirement::Always => true,
                Requirement::When(rule) => reads(rule, &above),
            };
            prop_assert_eq!(state.visible, visible);
            prop_assert_eq!(state.required, visible && required && answerable && state.field.kind.is_asked());
            prop_assert!(visible || matches!(state.answer, Ok(None)));
            if let Ok(Some(answer)) = state.answer {
                above.insert(state.field.key.clone(), answer);
            }
        }
    }

    #[test]
    fn a_read_only_field_never_has_what_was_posted(form in forms(), raw in posts(), other in values()) {
        let form = without_twins(form);
        let mut changed = raw.clone();
        for field in form.fields.iter().filter(|f| f.traits.read_only) {
            changed.set(&field.key, vec![other.clone()]);
        }
        let said = |raw: &RawAnswers| -> Vec<_> {
            let states = states(&form, raw, &today()).into_iter();
            states.map(|s| (s.visible, s.required, s.answer)).collect()
        };
        prop_assert_eq!(said(&raw), said(&changed));
    }

    #[test]
    fn the_partners_form_is_the_whole_one_without_the_companys_own(form in forms(), raw in posts()) {
        let whole = validate(&form, &raw, &today());
        prop_assert_eq!(&validate(&form.for_partner(), &raw, &today()), &whole);
        prop_assert!(form.for_partner().company_keys().is_empty());
        let form = without_twins(form);
        if let Ok(valid) = validate(&form, &raw, &today()) {
            let own = form.company_keys();
            prop_assert!(valid.answers().0.keys().all(|key| !own.contains(key)));
            if let Ok(said) = validate_company(&form, valid.answers(), &raw, &today()) {
                prop_assert!(said.0.keys().all(|key| own.contains(key)));
            }
        }
    }

    #[test]
    fn the_company_changes_nothing_but_what_it_edits(form in forms(), raw in posts(), other in posts()) {
        let form = without_twins(form);
        if let Ok(valid) = validate(&form, &raw, &today()) {
            let given = valid.answers();
            let same = validate_shared(&form, given, &given.to_raw(), &today());
            prop_assert_eq!(same.as_ref(), Ok(&valid));
            if let Ok(changed) = validate_shared(&form, given, &other, &today()) {
                let shared = form.shared_keys();
                for key in changed.changed_from(given).iter().filter(|key| !shared.contains(*key)) {
                    let field = form.field(key).unwrap();
                    // It went with what it looks at, or came with it and is filled in.
                    let filled = field.is_only_shown();
                    prop_assert!(filled || changed.answers().get(key).is_none());
                }
            }
        }
    }

    #[test]
    fn defaults_follow_only_changes_and_only_once(form in forms(), before in posts(), now in posts()) {
        let form = without_twins(form);
        let still = follow_defaults(&form, &now, &now, &today());
        prop_assert_eq!((&still.0, still.1.len()), (&now, 0));
        let (followed, anew) = follow_defaults(&form, &before, &now, &today());
        for field in form.fields.iter().filter(|f| !anew.contains(&f.key)) {
            prop_assert_eq!(followed.pairs_of(field), now.pairs_of(field));
        }
        let again = follow_defaults(&form, &followed, &followed, &today());
        prop_assert_eq!(again.0, followed);
    }

    #[test]
    fn a_rule_is_its_copy_and_its_json(rule in rules(), other in rules()) {
        prop_assert_eq!(&rule.clone(), &rule);
        let json = serde_json::to_string(&rule).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Rule>(&json).unwrap(), &rule);
        prop_assert_eq!(rule == other, json == serde_json::to_string(&other).unwrap());
        prop_assert_eq!(rule.levels(), levels(&rule));
        let mut renamed = rule.clone();
        renamed.rename_field(&key("f0"), &key("else_where"));
        prop_assert!(!renamed.fields().contains(&key("f0")));
        prop_assert_eq!(renamed.fields().contains(&key("else_where")), rule.fields().contains(&key("f0")));
    }

    #[test]
    fn what_may_be_published_may_be_kept(form in forms()) {
        prop_assert!(check_publishable(&form).is_err() || check_sizes(&form).is_ok());
    }

    #[test]
    fn published_conditions_look_up_only(form in forms()) {
        if check_publishable(&form).is_ok() {
            for (at, field) in form.fields.iter().enumerate() {
                for key in field.rules().flat_map(Rule::fields) {
                    prop_assert!(form.fields.iter().take(at).any(|f| f.key == *key));
                }
                let mut parts = field.rules().flat_map(Rule::parts);
                prop_assert!(!parts.any(|rule| matches!(rule, Rule::Group(_, inner) if inner.is_empty())));
            }
        }
    }

    #[test]
    fn an_accepted_row_says_something_and_has_what_it_needs(rows in rows(), cells in prop::collection::vec((0_u16..4, prop::sample::select(&NAMES[..3]), values()), 0..12)) {
        let group = Field::new(key("group"), FieldKind::Rows(rows.clone()), "Group");
        let form = FormDefinition { fields: vec![group.clone()] };
        let raw: RawAnswers = cells
            .into_iter()
            .filter(|(_, column, _)| rows.column(column).is_some())
            .map(|(row, column, value)| (format!("group.{row}.{column}"), value))
            .collect();
        if problem_at(&form, &raw, &group.key, &today()).is_none() {
            let answer = states(&form, &raw, &today()).remove(0).answer.unwrap();
            if let Some(Answer::Rows(found)) = &answer {
                prop_assert!((usize::from(rows.least)..=usize::from(rows.most)).contains(&found.len()));
                let needed = || rows.columns.iter().filter(|c| c.required == Requirement::Always);
                prop_assert!(found.iter().all(|row| !row.0.is_empty() && needed().all(|c| row.get(&c.key).is_some())));
                let table = row_table(&group, &Answer::Rows(found.clone())).unwrap();
                prop_assert_eq!(table.rows.len(), found.len());
                prop_assert_eq!(rows.totals(found).into_iter().map(|(_, text)| text).collect::<Vec<_>>(),
                    rows.totals_of(&group.key, &raw).into_iter().map(|(_, text)| text).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn decimals_read_their_own_writing(scaled: i64, scale in 0_u8..10) {
        prop_assume!(scaled != i64::MIN);
        let decimal = Decimal::new(scaled, scale);
        let read = Decimal::read(&decimal.to_string(), 9);
        prop_assert_eq!(read, Some(decimal));
    }
}
