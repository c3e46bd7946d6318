//! The answers that every registration must be able to give, under whatever key and label the company asks for them.

use serde::{Deserialize, Serialize};

use super::{Answer, Answers, FieldKind, FormDefinition};
use crate::{Date, Money};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SystemField {
    Customer,
    Domain,
    ContactName,
    ContactEmail,
    Value,
    CloseDate,
}

impl SystemField {
    pub const ALL: [Self; 6] = [
        Self::Customer,
        Self::Domain,
        Self::ContactName,
        Self::ContactEmail,
        Self::Value,
        Self::CloseDate,
    ];
    /// Without these a deal is none (R2).
    pub const NEEDED: [Self; 3] = [Self::Customer, Self::Value, Self::CloseDate];

    /// As it is stored and sent.
    pub fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Domain => "domain",
            Self::ContactName => "contact_name",
            Self::ContactEmail => "contact_email",
            Self::Value => "value",
            Self::CloseDate => "close_date",
        }
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Customer => "Customer name",
            Self::Domain => "Customer website",
            Self::ContactName => "Contact name",
            Self::ContactEmail => "Contact email address",
            Self::Value => "Expected value",
            Self::CloseDate => "Expected close date",
        }
    }

    /// Whether a field of that kind can give this answer.
    pub fn fits(self, kind: &FieldKind) -> bool {
        match self {
            Self::Customer => matches!(kind, FieldKind::Text | FieldKind::Customer),
            Self::ContactName => *kind == FieldKind::Text,
            Self::Domain => matches!(kind, FieldKind::Text | FieldKind::Url),
            Self::ContactEmail => *kind == FieldKind::Email,
            Self::Value => matches!(kind, FieldKind::Money { .. }),
            Self::CloseDate => *kind == FieldKind::Date,
        }
    }
}

/// What the deal itself keeps beside the answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SystemAnswers {
    pub customer: String,
    /// Normalised: `acme.co.uk`.
    pub domain: Option<String>,
    pub contact_name: Option<String>,
    pub contact_email: Option<String>,
    pub value: Money,
    pub close_date: Date,
}

pub(super) fn collect(
    form: &FormDefinition,
    answers: &Answers,
) -> Result<SystemAnswers, SystemField> {
    let find = |system| {
        form.system(system)
            .and_then(|field| answers.get(&field.key))
    };
    let text = |system| match find(system) {
        Some(Answer::Text(text) | Answer::Customer { name: text, .. }) => Some(text.clone()),
        _ => None,
    };
    let value = match find(SystemField::Value) {
        Some(Answer::Money(money)) => Ok(*money),
        _ => Err(SystemField::Value),
    };
    let close_date = match find(SystemField::CloseDate) {
        Some(Answer::Date(date)) => Ok(*date),
        _ => Err(SystemField::CloseDate),
    };
    Ok(SystemAnswers {
        customer: text(SystemField::Customer).ok_or(SystemField::Customer)?,
        domain: text(SystemField::Domain),
        contact_name: text(SystemField::ContactName),
        contact_email: text(SystemField::ContactEmail),
        value: value?,
        close_date: close_date?,
    })
}
