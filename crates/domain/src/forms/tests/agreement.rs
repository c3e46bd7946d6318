//! Our rules beside a validator of JSON Schema 2020-12 that is not ours.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{
    form, key,
    properties::{forms, posts},
    today,
};
use crate::forms::{
    Answer, Answers, Bound, Choice, Decimal, Field, FieldKind, FormDefinition, Limits, RawAnswers,
    Requirement, interchange::json_schema, validate,
};

fn validator(form: &FormDefinition) -> jsonschema::Validator {
    // By the standard a format says what is meant, and refuses nothing.
    let options = jsonschema::draft202012::options().should_validate_formats(false);
    options.build(&json_schema(form)).unwrap()
}

/// As the API writes it.
fn value(answer: &Answer) -> Value {
    match answer {
        Answer::Text(text) | Answer::Choice(text) => json!(text),
        Answer::Number(number) => {
            let digits = number.to_string();
            let number = digits.parse::<serde_json::Number>().ok();
            let exact = number.filter(|number| number.to_string() == digits);
            exact.map_or_else(|| json!(digits), Value::Number)
        }
        Answer::Money(money) => {
            json!({"amount": money.input_value(), "currency": money.currency.code()})
        }
        Answer::Date(date) => json!(date.to_string()),
        Answer::Days { from, until } => json!(format!("{from}/{until}")),
        Answer::Choices(choices) => json!(choices),
        Answer::Flag(flag) => json!(flag),
        Answer::Files(files) => files.iter().map(ToString::to_string).collect(),
        Answer::Address(address) => json!(address),
        Answer::Customer { id, name } => json!({"id": id.to_string(), "name": name}),
        Answer::Rows(rows) => rows.iter().map(written).collect(),
    }
}

fn written(answers: &Answers) -> Value {
    let members = answers.0.iter();
    members
        .map(|(key, answer)| (key.to_string(), value(answer)))
        .collect::<Map<String, Value>>()
        .into()
}

/// As the API reads them.
fn posted(answers: &Map<String, Value>) -> RawAnswers {
    let mut raw = RawAnswers::default();
    for (name, value) in answers {
        let key = key(name);
        match value {
            Value::Bool(flag) => raw.set(&key, vec![if *flag { "yes" } else { "no" }.to_owned()]),
            Value::Number(number) => raw.set(&key, vec![number.to_string()]),
            Value::String(text) => raw.set(&key, vec![text.clone()]),
            Value::Array(texts) => {
                let texts = texts.iter().filter_map(Value::as_str);
                raw.set(&key, texts.map(ToOwned::to_owned).collect());
            }
            Value::Object(money) => {
                let part = |name: &str| money.get(name).and_then(Value::as_str).unwrap_or_default();
                raw.set_money(&key, part("amount"), part("currency"));
            }
            Value::Null => {}
        }
    }
    raw
}

fn two() -> Vec<Choice> {
    vec![Choice::new("a", "A"), Choice::new("b", "B")]
}

/// The kinds whose rules a schema can say whole.
fn sayable() -> impl Strategy<Value = FieldKind> {
    prop_oneof![
        Just(FieldKind::Text),
        Just(FieldKind::Number {
            decimals: 0,
            unit: String::new()
        }),
        Just(FieldKind::Percent { decimals: 2 }),
        Just(FieldKind::Select { options: two() }),
        Just(FieldKind::Radio { options: two() }),
        Just(FieldKind::MultiSelect { options: two() }),
        Just(FieldKind::Checkbox),
        Just(FieldKind::YesNo),
        Just(FieldKind::Heading),
    ]
}

/// Fields that are always shown, required always or never.
fn fields() -> impl Strategy<Value = Vec<Field>> {
    let bound = || prop::option::of((-5_i64..200).prop_map(|n| Bound::Number(Decimal::new(n, 0))));
    let one = (sayable(), any::<bool>(), bound(), bound());
    prop::collection::vec(one, 1..6).prop_map(|all| {
        let made = all.into_iter().enumerate();
        made.map(|(place, (kind, required, min, max))| {
            let limits = if kind.is_number() {
                Limits {
                    min,
                    max,
                    ..Limits::default()
                }
            } else {
                Limits::default()
            };
            let required = if required && kind.has_answer() {
                Requirement::Always
            } else {
                Requirement::Never
            };
            let name = format!("f{place}");
            Field {
                required,
                limits,
                ..Field::new(key(&name), kind, name)
            }
        })
        .collect()
    })
}

/// An answer of the type that the schema names, allowed or not.
fn answer(kind: &FieldKind) -> BoxedStrategy<Value> {
    let texts = || prop::sample::select(vec!["a", "b", "c", "A"]);
    match kind {
        FieldKind::Number { .. } | FieldKind::Percent { .. } => {
            (-20_i64..220).prop_map(|n| json!(n)).boxed()
        }
        FieldKind::MultiSelect { .. } => prop::collection::vec(texts(), 0..4)
            .prop_map(|list| json!(list))
            .boxed(),
        FieldKind::Checkbox => any::<bool>().prop_map(|flag| json!(flag)).boxed(),
        FieldKind::YesNo => prop_oneof![
            any::<bool>().prop_map(|flag| json!(flag)),
            prop::sample::select(vec!["yes", "no", "maybe"]).prop_map(|word| json!(word)),
        ]
        .boxed(),
        _ => texts().prop_map(|text| json!(text)).boxed(),
    }
}

/// What the starter form needs, with these.
fn whole(more: Map<String, Value>) -> Map<String, Value> {
    let base = json!({
        "customer": "Acme",
        "country": "DE",
        "value": {"amount": "1200.50", "currency": "EUR"},
        "close_date": "2027-01-01",
    });
    let mut whole = base.as_object().unwrap().clone();
    whole.extend(more);
    whole
}

/// A form and answers to it: each given or not, and now and then something that was not asked or a needed one that is not there.
fn cases() -> impl Strategy<Value = (FormDefinition, Map<String, Value>)> {
    let gone = prop::option::weighted(0.1, prop::sample::select(vec!["customer", "value"]));
    let currency = prop::sample::select(vec!["EUR", "USD", "USD", "CHF"]);
    let unknown = prop::option::weighted(0.1, Just("nobody_asked"));
    fields().prop_flat_map(move |fields| {
        let each: Vec<_> = fields
            .iter()
            .map(|field| prop::option::weighted(0.8, answer(&field.kind)))
            .collect();
        let about = (gone.clone(), currency.clone(), unknown.clone());
        (Just(fields), each, about).prop_map(|(fields, each, (gone, currency, unknown))| {
            let given = fields.iter().zip(each);
            let given = given.filter_map(|(field, answer)| Some((field.key.to_string(), answer?)));
            let mut answers = whole(given.collect());
            answers["value"]["currency"] = json!(currency);
            answers.extend(unknown.map(|name| (name.to_owned(), json!("x"))));
            if let Some(name) = gone {
                answers.remove(name);
            }
            (form(fields), answers)
        })
    })
}

proptest! {
    /// Whatever we accept fits the schema: of any form, with conditions, limits and pages.
    #[test]
    fn what_the_rules_accept_fits_the_schema(form in forms(), raw in posts()) {
        // Of two fields with one key a schema knows the last; publishing refuses them.
        let mut form = form;
        let mut seen = std::collections::BTreeSet::new();
        form.fields.retain(|f| seen.insert(f.key.clone()));
        if let Ok(valid) = validate(&form, &raw, &today()) {
            let answers = written(valid.answers());
            let fault = validator(&form).validate(&answers).err().map(|fault| fault.to_string());
            prop_assert_eq!(fault, None, "{}", answers);
        }
    }

    /// And where a schema can say the rule, both accept the same. They differ by design, and only in what is not made here:
    /// - What depends on other answers, the partner or the day: conditions, limits that count from today.
    /// - What a text is: we judge it once spaces at its ends and invisible characters are gone, so that lengths, patterns,
    ///   addresses and "nothing but spaces" are ours alone. An empty text is no answer to us.
    /// - What else can be read: `31.12.2026`, `eur`, "yes" for a checkbox, a number or an amount with its separators.
    /// - Days and countries that do not exist: a schema knows their shape.
    /// - Files, of which an id tells nothing.
    #[test]
    fn rules_and_schema_agree_where_a_schema_can_say_the_rule((form, answers) in cases()) {
        let ours = validate(&form, &posted(&answers), &today());
        let answers = Value::Object(answers);
        let theirs = validator(&form).is_valid(&answers);
        prop_assert_eq!(ours.is_ok(), theirs, "{:?} {}", ours, answers);
    }
}

/// Each rule with one answer that both take and one that both refuse.
#[test]
fn each_rule_is_said_on_both_sides() {
    let limits = Limits {
        min: Some(Bound::Number(Decimal::new(2, 0))),
        max: Some(Bound::Number(Decimal::new(75, 1))),
        ..Limits::default()
    };
    let number = FieldKind::Number {
        decimals: 1,
        unit: String::new(),
    };
    let list = || FieldKind::MultiSelect { options: two() };
    let percent = FieldKind::Percent { decimals: 0 };
    let new = |kind: FieldKind| Field::new(key("f0"), kind, "F");
    for (field, taken, refused) in [
        (new(FieldKind::Text).required(), json!("x"), None),
        (
            new(FieldKind::Checkbox).required(),
            json!(true),
            Some(json!(false)),
        ),
        (new(list()).required(), json!(["b", "a"]), Some(json!([]))),
        (new(list()), json!(["a", "a"]), Some(json!(["a", "c"]))),
        (new(FieldKind::YesNo), json!(false), Some(json!("maybe"))),
        (
            new(FieldKind::Radio { options: two() }),
            json!("a"),
            Some(json!("A")),
        ),
        (new(percent.clone()), json!(100), Some(json!(101))),
        (new(percent), json!(0), Some(json!(-1))),
        (
            new(number.clone()).limits(limits.clone()),
            json!(7.5),
            Some(json!(7.6)),
        ),
        (new(number).limits(limits), json!(2), Some(json!(1.9))),
    ] {
        let label = format!("{:?}", field.kind);
        let form = form(vec![field]);
        let validator = validator(&form);
        let both = |answer: Option<Value>| {
            let more = answer.map(|answer| ("f0".to_owned(), answer));
            let answers = whole(more.into_iter().collect());
            let ours = validate(&form, &posted(&answers), &today()).is_ok();
            (ours, validator.is_valid(&Value::Object(answers)))
        };
        assert_eq!(both(Some(taken)), (true, true), "{label}");
        assert_eq!(both(refused), (false, false), "{label}");
    }
}
