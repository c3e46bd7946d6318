//! What a stage asks for, and who moves deals into it.

use uuid::Uuid;

use super::*;
use crate::forms::{
    Answer, Answers, Choice, Condition, Context, Field, FieldKey, FieldKind, FieldProblem,
    FormDefinition, Operator, OptionRule, RawAnswers, SeenBy, Traits, starter_form, validate,
};
use crate::pipeline::StageRules;
use crate::{Currency, Date, FileId};

fn key(text: &str) -> FieldKey {
    FieldKey::parse(text).unwrap()
}

/// The starter form with a question that another one brings, a file and a field of the company's own.
fn form() -> FormDefinition {
    let mut form = starter_form(Currency::EUR);
    let text = |name: &str| Field::new(key(name), FieldKind::Text, name);
    let is_yes = Condition::on(&key("tender"), Operator::Is("yes".to_owned()));
    let own = Traits {
        seen_by: SeenBy::Company,
        ..Traits::default()
    };
    form.fields.extend([
        text("tender"),
        text("tender_number").required().shown_when(is_yes),
        text("verdict").traits(own),
    ]);
    form
}

fn answers(form: &FormDefinition) -> Answers {
    let raw = posted(&[
        ("customer", "Hale & Moss"),
        ("country", "DE"),
        ("value", "12000"),
        ("value.currency", "EUR"),
        ("close_date", "2027-01-31"),
    ]);
    validate(form, &raw, &context()).unwrap().into_answers()
}

fn context() -> Context {
    Context::on(Date::new(2026, 11, 22).unwrap())
}

fn posted(pairs: &[(&str, &str)]) -> RawAnswers {
    pairs.iter().copied().collect()
}

fn rules(fields: &[&str]) -> StageRules {
    StageRules {
        fields: fields.iter().map(|name| key(name)).collect(),
        ..StageRules::default()
    }
}

fn details(pairs: &[(&str, &str)]) -> MoveDetails {
    MoveDetails {
        answers: posted(pairs),
        ..MoveDetails::default()
    }
}

/// What is wrong, as field and problem.
fn wrong(fault: &EntryFault) -> Vec<(&str, FieldProblem)> {
    let errors = fault.fields.iter();
    errors
        .map(|error| (error.field.as_str(), error.problem.clone()))
        .collect()
}

#[test]
fn only_what_the_deal_lacks_is_asked() {
    let form = form();
    let (answers, context) = (answers(&form), context());
    let facts = EntryFacts {
        form: &form,
        answers: &answers,
        context: &context,
        file_in_messages: false,
    };
    // Answered already, the company's own, hidden, and of no such field: none of them is asked.
    let rules = rules(&["need", "customer", "verdict", "tender_number", "gone"]);
    let found = missing(&rules, &facts, "");
    assert_eq!(
        (found.fields.as_slice(), found.note),
        (&[key("need")][..], false)
    );
    let fault = enter(&rules, &facts, &MoveDetails::default()).unwrap_err();
    assert_eq!(wrong(&fault), [("need", FieldProblem::Missing)]);
    assert_eq!(fault.text(), "This stage asks for more: an answer.");

    let entry = enter(&rules, &facts, &details(&[("need", "Backups")])).unwrap();
    assert_eq!(entry.fields(), [key("need")]);
    let all = entry.answers().unwrap().answers();
    assert_eq!(all.get(&key("customer")), answers.get(&key("customer")));
}

#[test]
fn a_list_that_offers_nothing_stops_no_deal() {
    let mut form = form();
    let mut plan = Field::new(
        key("plan"),
        FieldKind::Select {
            options: vec![Choice::new("large", "Large")],
        },
        "Plan",
    );
    let when = Condition::on(&key("need"), Operator::Is("Backups".to_owned()));
    plan.option_rules = vec![OptionRule {
        option: "large".to_owned(),
        when: when.into(),
    }];
    form.fields.push(plan);
    let (answers, context) = (answers(&form), context());
    let facts = EntryFacts {
        form: &form,
        answers: &answers,
        context: &context,
        file_in_messages: false,
    };
    assert!(missing(&rules(&["plan"]), &facts, "").is_nothing());
    let given = [(key("need"), Answer::Text("Backups".to_owned()))];
    let answers = Answers(answers.0.clone().into_iter().chain(given).collect());
    let facts = EntryFacts {
        answers: &answers,
        ..facts
    };
    assert_eq!(missing(&rules(&["plan"]), &facts, "").fields, [key("plan")]);
}

#[test]
fn a_blank_is_no_answer() {
    let mut form = form();
    form.fields.extend([
        Field::new(key("agreed"), FieldKind::Checkbox, "Agreed"),
        Field::new(
            key("budget"),
            FieldKind::Money {
                currencies: vec![Currency::EUR],
            },
            "Budget",
        ),
    ]);
    let (answers, context) = (answers(&form), context());
    let facts = EntryFacts {
        form: &form,
        answers: &answers,
        context: &context,
        file_in_messages: false,
    };
    for (asked, name, value) in [
        ("need", "need", " "),
        ("need", "need", "\u{200b}"),
        ("agreed", "agreed", "no"),
        ("budget", "budget.currency", "EUR"),
    ] {
        let fault = enter(&rules(&[asked]), &facts, &details(&[(name, value)])).unwrap_err();
        assert_eq!(wrong(&fault), [(asked, FieldProblem::Missing)], "{name}");
    }
    let entry = enter(&rules(&["agreed"]), &facts, &details(&[("agreed", "yes")])).unwrap();
    assert_eq!(entry.fields(), [key("agreed")]);
}

#[test]
fn what_the_deal_has_stays_as_it_is() {
    let form = form();
    let (answers, context) = (answers(&form), context());
    let facts = EntryFacts {
        form: &form,
        answers: &answers,
        context: &context,
        file_in_messages: false,
    };
    let rules = rules(&["need"]);
    let both = |customer| details(&[("need", "Backups"), ("customer", customer)]);
    let fault = enter(&rules, &facts, &both("Another")).unwrap_err();
    assert_eq!(wrong(&fault), [("customer", FieldProblem::NotOpen)]);
    // A plain form sends what it shows.
    assert!(enter(&rules, &facts, &both("Hale & Moss")).is_ok());
    // What is not asked is not taken either.
    let fault = enter(
        &StageRules::default(),
        &facts,
        &details(&[("need", "More")]),
    )
    .unwrap_err();
    assert_eq!(wrong(&fault), [("need", FieldProblem::NotOpen)]);
    let nothing = enter(&StageRules::default(), &facts, &MoveDetails::default()).unwrap();
    assert!(nothing.answers().is_none() && nothing.fields().is_empty());
}

#[test]
fn a_closed_answer_may_be_written_otherwise() {
    let form = form();
    let (mut answers, context) = (answers(&form), context());
    let lines = Answer::Text("Backups\nand a plan".to_owned());
    answers.0.insert(key("need"), lines);
    let facts = EntryFacts {
        form: &form,
        answers: &answers,
        context: &context,
        file_in_messages: false,
    };
    let rules = rules(&["contact_name"]);
    let sent = |need, value| {
        details(&[
            ("contact_name", "Ada Quist"),
            ("need", need),
            ("value", value),
            ("value.currency", "EUR"),
        ])
    };
    let entry = enter(&rules, &facts, &sent("Backups\r\nand a plan", "12000.00")).unwrap();
    assert_eq!(entry.fields(), [key("contact_name")]);
    let fault = enter(&rules, &facts, &sent("Backups", "12")).unwrap_err();
    let closed = FieldProblem::NotOpen;
    assert_eq!(wrong(&fault), [("value", closed.clone()), ("need", closed)]);
}

#[test]
fn an_answer_may_bring_a_question() {
    let form = form();
    let (answers, context) = (answers(&form), context());
    let facts = EntryFacts {
        form: &form,
        answers: &answers,
        context: &context,
        file_in_messages: false,
    };
    let rules = rules(&["tender"]);
    let open = open_for_entry(&missing(&rules, &facts, ""), &facts);
    assert_eq!(open, [key("tender"), key("tender_number")].into());
    assert!(enter(&rules, &facts, &details(&[("tender", "no")])).is_ok());
    let fault = enter(&rules, &facts, &details(&[("tender", "yes")])).unwrap_err();
    assert_eq!(wrong(&fault), [("tender_number", FieldProblem::Missing)]);
    let given = details(&[("tender", "yes"), ("tender_number", "7")]);
    let entry = enter(&rules, &facts, &given).unwrap();
    assert_eq!(entry.fields().len(), 2);
}

#[test]
fn a_note_and_a_file_are_asked_for_too() {
    let mut form = form();
    let kind = FieldKind::File {
        max_bytes: 1_000,
        accept: Vec::new(),
        most: crate::forms::USUAL_FILES,
    };
    form.fields.push(Field::new(key("plan"), kind, "Plan"));
    let answers = answers(&form);
    let file = FileId(Uuid::from_u128(5));
    let context = Context {
        files: vec![crate::forms::UploadedFile {
            id: file,
            name: "plan.pdf".to_owned(),
            bytes: 10,
        }],
        ..context()
    };
    let facts = EntryFacts {
        form: &form,
        answers: &answers,
        context: &context,
        file_in_messages: false,
    };
    let rules = StageRules {
        note: true,
        file: true,
        ..StageRules::default()
    };
    let found = missing(&rules, &facts, "  ");
    assert!(found.note && found.file);
    assert_eq!(open_for_entry(&found, &facts), [key("plan")].into());
    let fault = enter(&rules, &facts, &MoveDetails::default()).unwrap_err();
    assert!(fault.note && fault.file && fault.fields.is_empty());
    assert_eq!(fault.text(), "This stage asks for more: a note, a file.");
    let brought = MoveDetails {
        note: "They signed the plan".to_owned(),
        answers: posted(&[("plan", &file.to_string())]),
        ..MoveDetails::default()
    };
    assert_eq!(
        enter(&rules, &facts, &brought).unwrap().fields(),
        [key("plan")]
    );
    // A blank is no file.
    let blank = MoveDetails {
        answers: posted(&[("plan", " ")]),
        ..brought.clone()
    };
    assert!(enter(&rules, &facts, &blank).unwrap_err().file);
    // A file in one of the deal's messages is a file of the deal.
    let elsewhere = EntryFacts {
        file_in_messages: true,
        ..facts
    };
    assert!(!missing(&rules, &elsewhere, "x").file);
}
