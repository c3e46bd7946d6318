//! What a partner answered, typed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Address, Decimal, FieldKey, RawAnswers};
use crate::{CustomerId, Date, FileId, Money};

/// Its JSON is stored with the deal and never changes meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Text, long text, email, phone, web address, the name of a business that nobody chose.
    Text(String),
    Number(Decimal),
    Money(Money),
    Date(Date),
    /// Both days count.
    Days {
        from: Date,
        until: Date,
    },
    /// The value of a choice, a country's code, a region's, or `yes` or `no`.
    Choice(String),
    /// In the order of the form's options, without repetition.
    Choices(Vec<String>),
    Flag(bool),
    Files(Vec<FileId>),
    Address(Address),
    /// One that was chosen, by the name under which it was known then.
    Customer {
        id: CustomerId,
        name: String,
    },
    /// By the keys of the columns. Never empty, and no row is.
    Rows(Vec<Answers>),
}

impl Answer {
    /// Whether it counts as unanswered: an unticked checkbox, an empty list.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Text(text) | Self::Choice(text) => text.is_empty(),
            Self::Choices(choices) => choices.is_empty(),
            Self::Files(files) => files.is_empty(),
            Self::Rows(rows) => rows.is_empty(),
            Self::Flag(flag) => !flag,
            Self::Address(address) => address.is_empty(),
            Self::Number(_)
            | Self::Money(_)
            | Self::Date(_)
            | Self::Days { .. }
            | Self::Customer { .. } => false,
        }
    }
}

/// By key, and so in one order on every machine.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<FieldKey, Answer>);

impl Answers {
    pub fn get(&self, key: &FieldKey) -> Option<&Answer> {
        self.0.get(key)
    }

    /// As a browser would post them again: to fill the form in, and to validate once more.
    pub fn to_raw(&self) -> RawAnswers {
        let mut raw = RawAnswers::default();
        for (key, answer) in &self.0 {
            post(&mut raw, key, answer);
        }
        raw
    }
}

fn post(raw: &mut RawAnswers, key: &FieldKey, answer: &Answer) {
    match answer {
        Answer::Text(text) | Answer::Choice(text) => raw.set(key, vec![text.clone()]),
        Answer::Number(number) => raw.set(key, vec![number.to_string()]),
        Answer::Money(money) => {
            raw.set_money(key, &money.input_value(), money.currency.code());
        }
        Answer::Date(date) => raw.set(key, vec![date.to_string()]),
        Answer::Days { from, until } => {
            raw.set_days(key, &from.to_string(), &until.to_string());
        }
        Answer::Choices(choices) => raw.set(key, choices.clone()),
        Answer::Flag(flag) => raw.set(
            key,
            if *flag {
                vec!["yes".to_owned()]
            } else {
                Vec::new()
            },
        ),
        Answer::Files(files) => {
            raw.set(key, files.iter().map(ToString::to_string).collect());
        }
        Answer::Address(address) => raw.set_address(key, address),
        Answer::Customer { id, name } => raw.set_customer(key, &id.to_string(), name),
        Answer::Rows(rows) => {
            for (number, row) in (0..).zip(rows) {
                for (column, cell) in &row.0 {
                    let name = RawAnswers::cell_name(key, number, column);
                    raw.replace(&name, vec![cell_value(cell)]);
                }
            }
        }
    }
}

/// A cell has one input, an amount's too: its column has one currency.
fn cell_value(cell: &Answer) -> String {
    match cell {
        Answer::Text(text) | Answer::Choice(text) => text.clone(),
        Answer::Number(number) => number.to_string(),
        Answer::Money(money) => money.input_value(),
        Answer::Date(date) => date.to_string(),
        // Of no column's kind.
        Answer::Days { .. }
        | Answer::Choices(_)
        | Answer::Flag(_)
        | Answer::Files(_)
        | Answer::Address(_)
        | Answer::Customer { .. }
        | Answer::Rows(_) => String::new(),
    }
}
