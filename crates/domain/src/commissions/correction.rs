//! Corrections: lines of their own, because a paid row never changes.

use super::calculation::{Calculation, CalculationLine};
use super::cause::Cause;
use super::commission::{Commission, NewCommission, Step};
use super::facts::CommissionFact;
use super::ledger::Account;
use super::state::{CommissionState, CommissionStatus};
use crate::deals::{Deal, Refusal, checked_reason};
use crate::{CommissionId, Money, Timestamp};

/// A line to be added to a commission.
#[derive(Debug, Clone)]
pub struct Correction {
    pub id: CommissionId,
    /// Made with the form: one form is one line.
    pub key: String,
    /// In minor units of the commission's currency; negative takes back.
    pub minor: i64,
    pub reason: String,
}

/// Whether so much may be added to what the commission and its earlier corrections come to: never below zero.
pub fn checked_correction(net: Money, minor: i64) -> Result<Money, Refusal> {
    if minor == 0 {
        return Err(Refusal::CorrectionIsZero);
    }
    let left = net.minor.checked_add(minor);
    match left {
        Some(left) if (0..=Money::largest(net.currency).minor).contains(&left) => {
            Ok(Money::new(minor, net.currency))
        }
        _ => Err(Refusal::CorrectionTooLarge),
    }
}

impl Commission {
    /// Adds a line to an approved, held or paid commission, of which `net` is left after earlier lines. The line is owed
    /// at once (or due back), and is paid like any other.
    pub fn correct(
        &self,
        deal: &Deal,
        line: Correction,
        net: Money,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        if self.cause.corrects().is_some() {
            return Err(Refusal::CorrectionOfCorrection);
        }
        match self.status() {
            CommissionStatus::Approved | CommissionStatus::Held | CommissionStatus::Paid => {}
            CommissionStatus::Pending => return Err(Refusal::CommissionPending),
            CommissionStatus::Declined | CommissionStatus::Voided => {
                return Err(Refusal::CommissionClosed);
            }
        }
        let amount = checked_correction(net, line.minor)?;
        let reason = checked_reason(&line.reason)?;
        let new = NewCommission {
            id: line.id,
            cause: Cause::Correction {
                of: self.id,
                key: line.key,
            },
            calculation: Calculation {
                lines: vec![CalculationLine::Corrected {
                    reason: reason.clone(),
                    amount,
                }],
                amount,
                ..self.calculation.clone()
            },
        };
        let state = CommissionState::Approved { at: now };
        let commission = Self::new(deal, new, state, now);
        Ok(Step {
            fact: CommissionFact::CommissionCorrected {
                of: commission.reference(),
                corrects: self.id,
                reason,
            },
            transfer: commission.books(Account::Payable, Account::Expense),
            commission,
        })
    }
}
