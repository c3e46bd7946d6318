//! A form, somebody's answers to it, and what the form engine says.

use domain::{
    Currency, Date, FileId, Timestamp,
    forms::{
        Bound, Choice, Combine, Condition, Context, Decimal, DefaultRule, DefinitionFault, Field,
        FieldKey, FieldKind, FormDefinition, Limits, Mask, Operator, OptionRule, RawAnswers,
        Requirement, ResultKind, Rule, Traits, UploadedFile, check_publishable, initial,
        problem_text, sentence, starter_form, states, validate,
    },
};
use serde_json::{Value, json};

use crate::{dice::Dice, rows};

const NAMES: [&str; 6] = ["f0", "f1", "f2", "f3", "f4", "f5"];
/// Likely answers; any text comes beside them.
const VALUES: [&str; 26] = [
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
    "31.12.2026",
    "2026-02-30",
    "today+3",
    "DE",
    "DE-BY",
    "california",
    "xx",
    "EUR",
    "x@y.example",
    "acme.example",
    "https://a.example/b?c=d",
    "+49 30 1234567",
    "AB-1234",
    "  a  ",
    "\0",
    "\u{202e}x",
];
const EXPRESSIONS: [&str; 6] = [
    "f0 * f1 / 3",
    "value * f0",
    "max(f0, f1, 12) - 0.5",
    "round(value / 7, 1)",
    "f0 / f1",
    "f0 + (",
];
/// Groups inside one another; more than a form may have, now and then.
const LEVELS: u32 = 10;
/// A post that the starter form takes.
const GOOD: [(&str, &str); 5] = [
    ("customer", "Acme"),
    ("country", "DE"),
    ("value", "1,200.50"),
    ("value.currency", "EUR"),
    ("close_date", "2030-01-01"),
];

/// What is said, and whether the answers are valid.
pub fn verdict(dice: &mut Dice) -> (Value, bool) {
    let form = form(dice);
    let raw = answers(dice, &form);
    let context = context(dice);
    let checked = validate(&form, &raw, &context);
    let valid = checked.is_ok();
    let outcome = match checked {
        Ok(valid) => json!({ "answers": valid.answers(), "system": valid.system() }),
        Err(errors) => errors
            .iter()
            .map(|error| {
                let field = error.field_of(&form);
                json!([
                    error.field,
                    error.problem,
                    problem_text(field, &error.problem)
                ])
            })
            .collect(),
    };
    let states: Vec<Value> = states(&form, &raw, &context)
        .into_iter()
        .map(|state| {
            json!([
                state.field.key,
                state.visible,
                state.required,
                format!("{:?}", state.answer)
            ])
        })
        .collect();
    let rules = form.fields.iter().flat_map(Field::rules);
    let sentences: Vec<String> = rules.map(|rule| sentence(rule, &form)).collect();
    let faults = check_publishable(&form).err().unwrap_or_default();
    let faults: Vec<String> = faults.iter().map(DefinitionFault::text).collect();
    let said = json!({
        "outcome": outcome,
        "states": states,
        "sentences": sentences,
        "faults": faults,
        "empty": initial(&form, &context),
        "definition": form,
    });
    (said, valid)
}

fn form(dice: &mut Dice) -> FormDefinition {
    let mut form = starter_form(Currency::EUR);
    let more = dice.several(5, field);
    form.fields.extend(more.into_iter().flatten());
    form
}

pub(super) fn name(dice: &mut Dice) -> Option<FieldKey> {
    FieldKey::parse(dice.one_of(&NAMES)).ok()
}

fn field(dice: &mut Dice) -> Option<Field> {
    let key = name(dice)?;
    let label = dice.one_of(&["Seats", "Größe", "When?"]);
    let required = match dice.below(4) {
        0 => Requirement::Always,
        1 => rule(dice, LEVELS).map_or(Requirement::Never, Requirement::When),
        _ => Requirement::Never,
    };
    let visible_when = if dice.once_in(2) {
        rule(dice, LEVELS)
    } else {
        None
    };
    let option_rules = if dice.once_in(3) {
        rule(dice, LEVELS).map(|when| OptionRule {
            option: dice.one_of(&["a", "b"]).to_owned(),
            when,
        })
    } else {
        None
    };
    let defaults = if dice.once_in(3) {
        rule(dice, LEVELS).map(|when| DefaultRule {
            when,
            value: dice.several(2, value),
        })
    } else {
        None
    };
    let traits = Traits {
        read_only: dice.once_in(6),
        ..Traits::default()
    };
    Some(Field {
        required,
        visible_when,
        default: dice.several(2, value),
        limits: limits(dice),
        traits,
        option_rules: option_rules.into_iter().collect(),
        defaults: defaults.into_iter().collect(),
        ..Field::new(key, kind(dice), label)
    })
}

fn kind(dice: &mut Dice) -> FieldKind {
    let options = || vec![Choice::new("a", "A"), Choice::new("b", "B")];
    match dice.below(27) {
        0 => FieldKind::Text,
        1 => FieldKind::LongText,
        2 => FieldKind::Number {
            decimals: dice.one_of(&[0, 2, 9]),
            unit: "seats".to_owned(),
        },
        3 => FieldKind::Money {
            currencies: vec![Currency::EUR, Currency::USD],
        },
        4 => FieldKind::Date,
        5 => FieldKind::Select { options: options() },
        6 => FieldKind::MultiSelect { options: options() },
        7 => FieldKind::Checkbox,
        8 => FieldKind::Email,
        9 => FieldKind::Phone,
        10 => FieldKind::Url,
        11 => FieldKind::Country,
        12 => FieldKind::File {
            max_bytes: 1 << dice.below(40),
            accept: vec!["pdf".to_owned()],
            most: dice.one_of(&[1, 10]),
        },
        13 => FieldKind::Percent {
            decimals: dice.one_of(&[0, 2]),
        },
        14 => FieldKind::DateRange,
        15 => FieldKind::Radio { options: options() },
        16 => FieldKind::YesNo,
        17 => FieldKind::PageBreak,
        18 => FieldKind::Rows(rows::rows(dice)),
        19 => FieldKind::Computed {
            expression: dice.one_of(&EXPRESSIONS).to_owned(),
            gives: dice.one_of(&ResultKind::ALL),
            decimals: dice.one_of(&[0, 2]),
        },
        20 => FieldKind::Region {
            country: FieldKey::parse(dice.one_of(&["country", "f0", "f1"])).ok(),
        },
        21 => FieldKind::Address,
        22 => FieldKind::TextBlock { text: dice.text() },
        23 => FieldKind::Group,
        24 => FieldKind::GroupEnd,
        25 => FieldKind::Customer,
        _ => FieldKind::Heading,
    }
}

fn bound(dice: &mut Dice) -> Bound {
    if dice.once_in(2) {
        Bound::Today(i32::try_from(dice.number() % 40_000).unwrap_or_default())
    } else {
        Bound::Number(Decimal::new(dice.number(), dice.one_of(&[0, 2, 9])))
    }
}

pub(super) fn limits(dice: &mut Dice) -> Limits {
    if !dice.once_in(3) {
        return Limits::default();
    }
    Limits {
        min_length: dice.maybe(|dice| dice.below(9)),
        max_length: dice.maybe(|dice| dice.below(9)),
        min: dice.maybe(bound),
        max: dice.maybe(bound),
        mask: Mask::parse(dice.one_of(&["AA-9999", "999", ""])).ok(),
    }
}

/// A condition as often as a group, whose rules are of one level less.
fn rule(dice: &mut Dice, levels: u32) -> Option<Rule> {
    if levels == 0 || dice.once_in(2) {
        return condition(dice).map(Rule::Compare);
    }
    let combine = match dice.below(3) {
        0 => Combine::All,
        1 => Combine::Any,
        _ => Combine::None,
    };
    let inner = dice.several(3, |dice| rule(dice, levels - 1));
    Some(Rule::Group(combine, inner.into_iter().flatten().collect()))
}

fn condition(dice: &mut Dice) -> Option<Condition> {
    let operator = match dice.below(7) {
        0 => Operator::Is(value(dice)),
        1 => Operator::IsNot(value(dice)),
        2 => Operator::OneOf(dice.several(3, value)),
        3 => Operator::Filled,
        4 => Operator::Empty,
        5 => Operator::AtLeast(bound(dice)),
        _ => Operator::AtMost(bound(dice)),
    };
    Some(Condition::on(&name(dice)?, operator))
}

pub(super) fn value(dice: &mut Dice) -> String {
    if dice.once_in(6) {
        dice.text()
    } else {
        dice.one_of(&VALUES).to_owned()
    }
}

/// Often what the form asks, now and then anything.
fn answers(dice: &mut Dice, form: &FormDefinition) -> RawAnswers {
    let spoilt = dice.once_in(4).then(|| dice.below(5));
    let good = (0..).zip(GOOD).filter(|(at, _)| Some(*at) != spoilt);
    let mut pairs: Vec<(String, String)> = good
        .map(|(_, (name, value))| (name.to_owned(), value.to_owned()))
        .collect();
    for field in form.fields.iter().filter(|field| field.system.is_none()) {
        if dice.once_in(3) {
            continue;
        }
        if let FieldKind::Rows(rows) = &field.kind {
            rows::cells(dice, &field.key, rows, &mut pairs);
            continue;
        }
        let fits = !dice.once_in(4);
        let value = if fits {
            fitting(&field.kind).to_owned()
        } else {
            value(dice)
        };
        pairs.push((field.key.to_string(), value));
        if field.kind == FieldKind::Customer && dice.once_in(2) {
            let id = dice.one_of(&["cust_01hx0000000000000000000000", "cust_x", ""]);
            pairs.push((RawAnswers::customer_id_name(&field.key), id.to_owned()));
        }
    }
    if dice.once_in(10) {
        let name = if dice.once_in(2) {
            dice.text()
        } else {
            dice.one_of(&NAMES).to_owned()
        };
        pairs.push((name, value(dice)));
    }
    pairs.into_iter().collect()
}

pub(super) fn fitting(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Text | FieldKind::LongText | FieldKind::Customer => "AB-1234",
        FieldKind::Number { .. } | FieldKind::Money { .. } | FieldKind::Percent { .. } => "12",
        FieldKind::Date => "2026-12-31",
        FieldKind::DateRange => "2026-12-01/2026-12-31",
        FieldKind::Select { .. } | FieldKind::Radio { .. } | FieldKind::MultiSelect { .. } => "a",
        FieldKind::Checkbox | FieldKind::YesNo => "yes",
        FieldKind::Email => "x@y.example",
        FieldKind::Phone => "+49 30 1234567",
        FieldKind::Url => "https://a.example/b?c=d",
        FieldKind::Country => "DE",
        FieldKind::Region { .. } => "bavaria",
        FieldKind::Address => "1 Main Road\nD-10115 Berlin\nGermany",
        FieldKind::File { .. }
        | FieldKind::Rows(_)
        | FieldKind::Heading
        | FieldKind::PageBreak
        | FieldKind::Group
        | FieldKind::GroupEnd
        | FieldKind::Computed { .. }
        | FieldKind::TextBlock { .. } => "",
    }
}

fn context(dice: &mut Dice) -> Context {
    let days = i64::from(dice.below(3_000)) - 1_500;
    let today: Date = Timestamp::from_seconds(1_795_341_600)
        .plus_days(days)
        .date();
    Context {
        partner_country: dice.maybe(|dice| dice.one_of(&["DE", "US"]).to_owned()),
        files: dice.several(2, |dice| UploadedFile {
            id: FileId::from(domain::IdSource::next(&domain::SequentialIds::default())),
            name: dice
                .one_of(&["plan.pdf", "plan.PDF", "plan.exe", ""])
                .to_owned(),
            bytes: 1 << dice.below(40),
        }),
        ..Context::on(today)
    }
}
