//! Whether an answer that stands can be put otherwise in place, beside the board, and why not.

use serde::{Deserialize, Serialize};

use super::deal::{Deal, OpenFields};
use super::refusal::Refusal;
use super::registration::RegistrationStatus;
use crate::Timestamp;
use crate::forms::Field;

/// Why an answer is only read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fixed {
    /// The deal is not in play.
    Refused(Refusal),
    /// The viewer's role changes nothing: it decides or registers no deals.
    RoleReads,
    /// To the company: its form lets the partner alone answer.
    PartnerAnswers,
    /// The deal's form does not have the field.
    NotAsked,
    /// To the partner: what was registered stands.
    Registered,
    /// To the partner: the same, and the company may correct it.
    CompanyAnswers,
    /// To the partner: it is open now, in the form.
    InTheForm,
}

impl Fixed {
    /// One short sentence.
    pub fn text(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.text(),
            Self::RoleReads => "Your role reads this and does not change it.",
            Self::PartnerAnswers => "Your form lets only the partner answer this.",
            Self::NotAsked => "The form of this deal does not ask this.",
            Self::Registered => "What was registered stands, unless the company asks for more.",
            Self::CompanyAnswers => "Only the company changes this now.",
            Self::InTheForm => "You change this in the registration form.",
        }
    }
}

/// Whether the company may put another answer in that field now. `decides` says whether the viewer may.
///
/// # Errors
/// Why not.
pub fn check_company_answers(
    deal: &Deal,
    field: Option<&Field>,
    decides: bool,
) -> Result<(), Fixed> {
    let field = field.ok_or(Fixed::NotAsked)?;
    if !field.company_edits() {
        return Err(Fixed::PartnerAnswers);
    }
    if !decides {
        return Err(Fixed::RoleReads);
    }
    deal.check_changeable().map_err(Fixed::Refused)
}

/// Whether the partner may put another answer in that field now. `registers` says whether the viewer may. What is open for partners
/// before the approval is answered in the form, which is sent as a whole.
///
/// # Errors
/// Why not.
pub fn check_partner_answers(
    deal: &Deal,
    field: Option<&Field>,
    registers: bool,
    now: Timestamp,
) -> Result<(), Fixed> {
    let field = field.ok_or(Fixed::NotAsked)?;
    let in_form = match deal.open_fields() {
        OpenFields::All => true,
        OpenFields::Only(fields) => fields.contains(&field.key),
    };
    if in_form {
        return Err(Fixed::InTheForm);
    }
    let status = deal.status();
    if status == RegistrationStatus::Approved && field.is_amendable() {
        if !registers {
            return Err(Fixed::RoleReads);
        }
        return deal.check_amendable(now).map_err(Fixed::Refused);
    }
    let in_play = matches!(
        status,
        RegistrationStatus::Submitted
            | RegistrationStatus::NeedsInfo
            | RegistrationStatus::Approved
    );
    if in_play && !deal.win.locks() && field.company_edits() {
        Err(Fixed::CompanyAnswers)
    } else {
        Err(Fixed::Registered)
    }
}
