//! The deal itself.

use serde::{Deserialize, Serialize};

use super::check::MoveFacts;
use super::facts::DealFact;
use super::refusal::Refusal;
use super::registration::{Registration, RegistrationStatus, Submission};
use super::reviews::checked_length;
use super::wins::Win;
use crate::forms::{Answers, FieldKey, SystemAnswers, ValidAnswers};
use crate::program::{Program, deal_number};
use crate::{
    CompanyId, Date, DealId, FormVersionId, LostReasonId, MembershipId, Money, PartnerId,
    ProgramId, Rank, StageId, Timestamp, UserId,
};

/// A transition's outcome: the new deal and the fact for its history, or why not.
pub type Step = Result<(Deal, DealFact), Refusal>;

/// Where an approved deal lies on the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    pub stage: StageId,
    pub entered_at: Timestamp,
    pub rank: Rank,
    /// Set in a stage of kind lost.
    pub lost: Option<Lost>,
}

/// Why a deal was lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lost {
    pub reason: LostReasonId,
    pub note: String,
}

/// The answers that every form has, as the lists and cards show them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    pub customer: String,
    pub domain: Option<String>,
    pub contact_name: Option<String>,
    pub contact_email: Option<String>,
    pub value: Option<Money>,
    pub close_date: Option<Date>,
}

impl From<SystemAnswers> for Summary {
    fn from(answers: SystemAnswers) -> Self {
        Self {
            customer: answers.customer,
            domain: answers.domain,
            contact_name: answers.contact_name,
            contact_email: answers.contact_email,
            value: Some(answers.value),
            close_date: Some(answers.close_date),
        }
    }
}

/// The partner's registration and the pipeline item it becomes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deal {
    pub id: DealId,
    pub company: CompanyId,
    pub program: ProgramId,
    pub partner: PartnerId,
    pub membership: MembershipId,
    /// Given at the first submission; counts up within the program.
    pub number: Option<i64>,
    pub form_version: FormVersionId,
    pub answers: Answers,
    pub summary: Summary,
    pub registration: Registration,
    /// `Some` from the approval on.
    pub placement: Option<Placement>,
    pub win: Win,
    /// Who of the partner team works it.
    pub owner: UserId,
    pub created_by: UserId,
    pub created_at: Timestamp,
    pub changed_by: UserId,
    pub changed_at: Timestamp,
    /// Counts up with every write; commands name the one they saw.
    pub version: i64,
}

impl Deal {
    /// A copy that says who changes it and when. The version counts up when the store writes it.
    pub(super) fn changed(&self, by: UserId, now: Timestamp) -> Self {
        Self {
            changed_by: by,
            changed_at: now,
            ..self.clone()
        }
    }

    pub fn status(&self) -> RegistrationStatus {
        self.registration.status()
    }

    /// Whether it is in play: what it was registered with no other deal of the program may say again where a field is unique.
    pub fn stands(&self) -> bool {
        let lost = self.placement.as_ref().is_some_and(|p| p.lost.is_some());
        !lost
            && matches!(
                self.status(),
                RegistrationStatus::Submitted
                    | RegistrationStatus::NeedsInfo
                    | RegistrationStatus::Approved
            )
    }

    pub fn move_facts(&self) -> MoveFacts {
        MoveFacts {
            registration: self.status(),
            protected_until: self.registration.protected_until(),
            win: self.win.status(),
        }
    }

    /// The first submission of a draft. Gives the number; starts the company's time to decide.
    pub fn submit(
        &self,
        answers: ValidAnswers,
        number: i64,
        program: &Program,
        by: UserId,
        now: Timestamp,
    ) -> Step {
        if !program.submissions_open {
            return Err(Refusal::SubmissionsClosed);
        }
        match &self.registration {
            Registration::Draft => {}
            Registration::Withdrawn { .. } => return Err(Refusal::IsWithdrawn),
            _ => return Err(Refusal::AlreadySubmitted),
        }
        let mut deal = self.changed(by, now);
        deal.registration = Registration::Submitted(Submission {
            at: now,
            by,
            due_at: now.plus_hours(program.settings.decision_hours),
            appealed: false,
            note: String::new(),
        });
        deal.number = Some(number);
        deal.take_answers(answers);
        let number = deal_number(&program.number_prefix, number);
        Ok((deal, DealFact::DealSubmitted { number }))
    }

    /// The answer to a request for information: only the named fields may differ.
    pub fn resubmit(
        &self,
        answers: ValidAnswers,
        note: &str,
        program: &Program,
        by: UserId,
        now: Timestamp,
    ) -> Step {
        let Registration::NeedsInfo { submission, .. } = &self.registration else {
            return Err(self.not_needs_info());
        };
        let mut deal = self.changed(by, now);
        let note = checked_length(crate::text::clean_text(note))?;
        let changed = answers.changed_from(&self.answers);
        deal.registration = Registration::Submitted(Submission {
            due_at: now.plus_hours(program.settings.decision_hours),
            note: note.clone(),
            ..submission.clone()
        });
        deal.take_answers(answers);
        Ok((
            deal,
            DealFact::DealResubmitted {
                fields: changed,
                note,
            },
        ))
    }

    /// The company puts other answers in the fields that it may edit.
    pub fn change_answers(&self, answers: ValidAnswers, by: UserId, now: Timestamp) -> Step {
        self.check_changeable()?;
        let fields = answers.changed_from(&self.answers);
        let mut deal = self.changed(by, now);
        deal.take_answers(answers);
        Ok((deal, DealFact::AnswersChanged { fields }))
    }

    /// Whether the company may change answers now: from the registration on, as long as the deal is in play.
    pub fn check_changeable(&self) -> Result<(), Refusal> {
        if self.win.locks() {
            return Err(Refusal::LockedByWin);
        }
        match self.status() {
            RegistrationStatus::Submitted
            | RegistrationStatus::NeedsInfo
            | RegistrationStatus::Approved => Ok(()),
            RegistrationStatus::Draft => Err(Refusal::NotSubmittedYet),
            RegistrationStatus::Declined => Err(Refusal::IsDeclined),
            RegistrationStatus::Ineligible => Err(Refusal::IsIneligible),
            RegistrationStatus::Withdrawn => Err(Refusal::IsWithdrawn),
            RegistrationStatus::Expired => Err(Refusal::IsExpired),
        }
    }

    /// Which fields are open for the partner now: all of a draft, the named ones when info is needed, else none.
    pub fn open_fields(&self) -> OpenFields<'_> {
        match &self.registration {
            Registration::Draft => OpenFields::All,
            Registration::NeedsInfo { fields, .. } if fields.is_empty() => OpenFields::All,
            Registration::NeedsInfo { fields, .. } => OpenFields::Only(fields),
            _ => OpenFields::Only(&[]),
        }
    }

    /// Takes the registration back, at any time before the win.
    pub fn withdraw(&self, by: UserId, now: Timestamp) -> Step {
        if self.win.locks() {
            return Err(Refusal::LockedByWin);
        }
        match self.status() {
            RegistrationStatus::Draft => return Err(Refusal::NotSubmittedYet),
            RegistrationStatus::Withdrawn => return Err(Refusal::IsWithdrawn),
            RegistrationStatus::Declined => return Err(Refusal::IsDeclined),
            RegistrationStatus::Ineligible => return Err(Refusal::IsIneligible),
            _ => {}
        }
        Ok(self.withdrawn(by, now))
    }

    /// The company takes back what it imported, whatever it decided in the import itself. A win goes first.
    pub fn take_back_import(&self, by: UserId, now: Timestamp) -> Step {
        if self.win.locks() {
            return Err(Refusal::LockedByWin);
        }
        match self.status() {
            RegistrationStatus::Draft => Err(Refusal::NotSubmittedYet),
            RegistrationStatus::Withdrawn => Err(Refusal::IsWithdrawn),
            _ => Ok(self.withdrawn(by, now)),
        }
    }

    fn withdrawn(&self, by: UserId, now: Timestamp) -> (Self, DealFact) {
        let mut deal = self.changed(by, now);
        deal.registration = Registration::Withdrawn {
            submission: self.registration.submission().cloned(),
            by,
            at: now,
        };
        deal.placement = None;
        (deal, DealFact::DealWithdrawn)
    }

    pub(super) fn take_answers(&mut self, answers: ValidAnswers) {
        self.summary = answers.system().clone().into();
        self.answers = answers.into_answers();
    }

    fn not_needs_info(&self) -> Refusal {
        match self.status() {
            RegistrationStatus::Draft => Refusal::NotSubmittedYet,
            RegistrationStatus::Withdrawn => Refusal::IsWithdrawn,
            _ => Refusal::AlreadySubmitted,
        }
    }
}

/// Which fields the partner may change now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenFields<'a> {
    All,
    Only(&'a [FieldKey]),
}
