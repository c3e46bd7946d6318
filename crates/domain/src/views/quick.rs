//! A deal at a glance, beside the board that it lies on.

use serde::{Deserialize, Serialize};

use crate::deals::{Fixed, PathStep, RegistrationStatus, WinStatus};
use crate::forms::{Field, FieldKey, RawAnswers};
use crate::{Date, DealId, Money, Timestamp};

/// How many answers a glance shows besides customer, value and close date.
const SHOWN: usize = 6;

/// What both sides see of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuickDeal {
    pub id: DealId,
    pub number: String,
    pub customer: String,
    pub value: Option<Money>,
    pub close_date: Option<Date>,
    pub registration: RegistrationStatus,
    pub win: WinStatus,
    /// What the company wrote with its last verdict; may be empty.
    pub said: String,
    pub protected_until: Option<Timestamp>,
    pub stage: Option<QuickStage>,
    pub owner: String,
    /// Oldest first.
    pub path: Vec<PathStep>,
    pub answers: Vec<QuickAnswer>,
    /// Answers that only the deal's page shows.
    pub more_answers: usize,
    /// Messages about the deal that the viewer has not read.
    pub unread: i64,
    pub version: i64,
    pub now: Timestamp,
}

/// Where the deal lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuickStage {
    pub name: String,
    pub hue: String,
    pub entered_at: Timestamp,
    /// Days in the stage after which a deal counts as stuck.
    pub stuck_days: Option<i32>,
}

/// One answered question, in one text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuickAnswer {
    pub key: FieldKey,
    pub label: String,
    pub text: String,
    /// The form asks it of everybody.
    pub required: bool,
}

/// Whether an answer may be put otherwise where it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InPlace {
    Open(Box<OpenAnswer>),
    Fixed(Fixed),
}

/// An answer that may, as its input begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenAnswer {
    pub field: Field,
    /// Of this field alone, plainly.
    pub raw: RawAnswers,
}

/// The partner's glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerQuickView {
    pub deal: QuickDeal,
    pub value: InPlace,
    pub close_date: InPlace,
}

/// The company's glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyQuickView {
    pub deal: QuickDeal,
    pub partner: String,
    pub value: InPlace,
    pub close_date: InPlace,
}

/// The most important answers, and how many others there are: what the form asks everybody first, each part in the form's order.
pub fn most_important(mut answers: Vec<QuickAnswer>) -> (Vec<QuickAnswer>, usize) {
    answers.sort_by_key(|answer| !answer.required);
    let more = answers.len().saturating_sub(SHOWN);
    answers.truncate(SHOWN);
    (answers, more)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_is_asked_comes_first_and_the_rest_is_counted() {
        let answer = |number: usize| QuickAnswer {
            key: FieldKey::parse(&format!("field_{number}")).unwrap(),
            label: number.to_string(),
            text: String::new(),
            required: number.is_multiple_of(4),
        };
        let (shown, more) = most_important((1..=9).map(answer).collect());
        let labels: Vec<&str> = shown.iter().map(|answer| answer.label.as_str()).collect();
        assert_eq!((labels, more), (vec!["4", "8", "1", "2", "3", "5"], 3));
        let (shown, more) = most_important((1..=2).map(answer).collect());
        assert_eq!((shown.len(), more), (2, 0));
    }
}
