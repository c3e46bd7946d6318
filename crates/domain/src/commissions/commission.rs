//! A commission and its life. A transition takes the old one and gives the new one with its fact and its booking, or says
//! why not. Nothing else changes a commission, and nothing changes its amount.

use serde::{Deserialize, Serialize};

use super::calculation::Calculation;
use super::cause::Cause;
use super::facts::{CommissionFact, CommissionRef};
use super::ledger::{Account, Transfer};
use super::state::{CommissionState, CommissionStatus};
use crate::deals::{Deal, Refusal, checked_reason};
use crate::{
    CommissionId, CompanyId, Date, DealId, MembershipId, Money, PartnerId, PayoutId, ProgramId,
    Timestamp, UserId,
};

/// What a company owes a partner for one cause under one offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commission {
    pub id: CommissionId,
    pub company: CompanyId,
    pub program: ProgramId,
    pub partner: PartnerId,
    pub membership: MembershipId,
    pub deal: DealId,
    pub cause: Cause,
    pub calculation: Calculation,
    pub state: CommissionState,
    /// When the cause happened to be booked.
    pub accrued_at: Timestamp,
    pub changed_at: Timestamp,
    /// Counts up with every write; commands name the one they saw.
    pub version: i64,
}

/// A transition's outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub commission: Commission,
    pub fact: CommissionFact,
    pub transfer: Transfer,
}

/// What a commission is made from.
#[derive(Debug, Clone)]
pub struct NewCommission {
    pub id: CommissionId,
    pub cause: Cause,
    pub calculation: Calculation,
}

/// How it was paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidWith {
    pub payout: PayoutId,
    pub reference: String,
    pub paid_on: Date,
}

impl Commission {
    /// A cause earns: pending until the company agrees. `None` when the calculation gives nothing.
    pub fn accrue(deal: &Deal, new: NewCommission, now: Timestamp) -> Option<Step> {
        if new.calculation.is_zero() {
            return None;
        }
        let commission = Self::new(deal, new, CommissionState::Pending, now);
        Some(Step {
            fact: CommissionFact::CommissionAccrued {
                of: commission.reference(),
            },
            transfer: commission.books(Account::Accrued, Account::Expense),
            commission,
        })
    }

    pub(super) fn new(
        deal: &Deal,
        new: NewCommission,
        state: CommissionState,
        now: Timestamp,
    ) -> Self {
        Self {
            id: new.id,
            company: deal.company,
            program: deal.program,
            partner: deal.partner,
            membership: deal.membership,
            deal: deal.id,
            cause: new.cause,
            calculation: new.calculation,
            state,
            accrued_at: now,
            changed_at: now,
            version: 1,
        }
    }

    /// With the confirmation of its win.
    pub fn approve(&self, now: Timestamp) -> Result<Step, Refusal> {
        self.require(&[CommissionStatus::Pending])?;
        let fact = CommissionFact::CommissionApproved {
            of: self.reference(),
        };
        let state = CommissionState::Approved { at: now };
        Ok(self.step(state, fact, (Account::Payable, Account::Accrued), now))
    }

    /// With the rejection of its win.
    pub fn void(&self, now: Timestamp) -> Result<Step, Refusal> {
        self.require(&[CommissionStatus::Pending])?;
        let fact = CommissionFact::CommissionVoided {
            of: self.reference(),
        };
        let state = CommissionState::Voided { at: now };
        Ok(self.step(state, fact, (Account::Expense, Account::Accrued), now))
    }

    /// Keeps an approved commission back, with a reason that the partner reads.
    pub fn hold(&self, reason: &str, by: UserId, now: Timestamp) -> Result<Step, Refusal> {
        let approved_at = self.approved_at()?;
        self.require(&[CommissionStatus::Approved])?;
        let reason = checked_reason(reason)?;
        let fact = CommissionFact::CommissionHeld {
            of: self.reference(),
            reason: reason.clone(),
        };
        let state = CommissionState::Held {
            by,
            at: now,
            reason,
            approved_at,
        };
        Ok(self.step(state, fact, (Account::Held, Account::Payable), now))
    }

    /// Lets a held commission go.
    pub fn release(&self, now: Timestamp) -> Result<Step, Refusal> {
        let CommissionState::Held { approved_at, .. } = self.state else {
            return Err(Refusal::CommissionNotHeld);
        };
        let fact = CommissionFact::CommissionReleased {
            of: self.reference(),
        };
        let state = CommissionState::Approved { at: approved_at };
        Ok(self.step(state, fact, (Account::Payable, Account::Held), now))
    }

    /// Takes an approved or held commission back before it is paid, with a reason that the partner reads. `others` are the
    /// rest of a commission and its corrections, as far as they count: what is left must not fall below zero, and a
    /// commission that is gone leaves no corrections behind.
    pub fn decline(
        &self,
        others: &[Self],
        reason: &str,
        by: UserId,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        self.require(&[CommissionStatus::Approved, CommissionStatus::Held])?;
        let left: i64 = others.iter().map(|other| other.amount().minor).sum();
        let largest = Money::largest(self.amount().currency).minor;
        let may_go = match self.cause.corrects() {
            None => others.is_empty(),
            Some(_) => (0..=largest).contains(&left),
        };
        if !may_go {
            return Err(Refusal::CommissionCorrected);
        }
        let from = match self.state {
            CommissionState::Held { .. } => Account::Held,
            _ => Account::Payable,
        };
        let reason = checked_reason(reason)?;
        let fact = CommissionFact::CommissionDeclined {
            of: self.reference(),
            reason: reason.clone(),
        };
        let state = CommissionState::Declined {
            by,
            at: now,
            reason,
        };
        Ok(self.step(state, fact, (Account::Expense, from), now))
    }

    /// The company paid an approved commission. It is read-only from here on.
    pub fn pay(&self, with: PaidWith, by: UserId, now: Timestamp) -> Result<Step, Refusal> {
        self.require(&[CommissionStatus::Approved])?;
        let fact = CommissionFact::CommissionPaid {
            of: self.reference(),
            reference: with.reference.clone(),
            paid_on: with.paid_on,
        };
        let state = CommissionState::Paid {
            by,
            at: now,
            payout: with.payout,
            reference: with.reference,
            paid_on: with.paid_on,
            approved_at: self.approved_at()?,
        };
        Ok(self.step(state, fact, (Account::Cash, Account::Payable), now))
    }

    pub fn status(&self) -> CommissionStatus {
        self.state.status()
    }

    pub fn amount(&self) -> Money {
        self.calculation.amount
    }

    /// How facts name it.
    pub fn reference(&self) -> CommissionRef {
        CommissionRef {
            commission: self.id,
            amount: self.amount(),
            offer: self.calculation.name.clone(),
        }
    }

    fn approved_at(&self) -> Result<Timestamp, Refusal> {
        match &self.state {
            CommissionState::Approved { at } => Ok(*at),
            CommissionState::Held { approved_at, .. }
            | CommissionState::Paid { approved_at, .. } => Ok(*approved_at),
            _ => Err(self.refusal()),
        }
    }

    fn require(&self, allowed: &[CommissionStatus]) -> Result<(), Refusal> {
        if allowed.contains(&self.status()) {
            Ok(())
        } else {
            Err(self.refusal())
        }
    }

    /// Why nothing more happens to it as it stands.
    fn refusal(&self) -> Refusal {
        match self.status() {
            CommissionStatus::Pending => Refusal::CommissionPending,
            CommissionStatus::Approved => Refusal::CommissionApproved,
            CommissionStatus::Held => Refusal::CommissionHeld,
            CommissionStatus::Paid => Refusal::CommissionPaid,
            CommissionStatus::Declined | CommissionStatus::Voided => Refusal::CommissionClosed,
        }
    }

    /// The claim moves to `to` from `from`: claims are negative, so the amount is booked the other way round.
    pub(super) fn books(&self, to: Account, from: Account) -> Transfer {
        Transfer::new(to, from, self.amount())
    }

    fn step(
        &self,
        state: CommissionState,
        fact: CommissionFact,
        (to, from): (Account, Account),
        now: Timestamp,
    ) -> Step {
        Step {
            transfer: self.books(to, from),
            commission: Self {
                state,
                changed_at: now,
                ..self.clone()
            },
            fact,
        }
    }
}
