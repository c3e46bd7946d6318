//! Paying: approved commissions, together, under one reference of the company's bank or books.

use std::collections::BTreeMap;

use domain::commands::MarkPaid;
use domain::commissions::{Commission, PaidWith};
use domain::people::CompanyRight;
use domain::{CommissionId, Currency, Date, Money, PartnerId, PayoutId};
use store::Tx;
use store::payouts::NewPayout;

use crate::accounts::Faults;
use crate::deals::Recorder;
use crate::{CompanyAccess, ServiceError};

/// Characters in a payment's reference.
const MAX_REFERENCE: usize = 80;
/// Commissions of one payment: one page of ticks.
const MAX_AT_ONCE: usize = 200;

struct Payment {
    commissions: Vec<CommissionId>,
    reference: String,
    paid_on: Date,
}

impl CompanyAccess {
    /// Marks approved commissions paid, all of them or none; gives how many. One payout per partner and currency.
    pub async fn mark_paid(&self, command: MarkPaid) -> Result<usize, ServiceError> {
        self.require(CompanyRight::PayCommissions)?;
        let payment = std::sync::Arc::new(self.checked_payment(&command)?);
        let right = CompanyRight::PayCommissions;
        self.write(right, payment, |tx, recorder, payment| {
            Box::pin(async move { pay_in(tx, &recorder, &payment).await })
        })
        .await
    }

    fn checked_payment(&self, command: &MarkPaid) -> Result<Payment, ServiceError> {
        let mut faults = Faults::default();
        let reference = faults.line(
            "reference",
            "the payment\u{2019}s reference",
            &command.reference,
            MAX_REFERENCE,
        );
        let paid_on = command.paid_on.trim().parse::<Date>().ok();
        match paid_on {
            None => faults.add("paid_on", "Enter the day of the payment, like 2026-12-31"),
            Some(day) if day > self.services.now().date() => {
                faults.add("paid_on", "Enter a day that is not in the future");
            }
            Some(_) => {}
        }
        let mut commissions = command.commissions.clone();
        // In one order for everybody: two who pay the same ones wait for each other, and do not deadlock.
        commissions.sort_unstable();
        commissions.dedup();
        if commissions.is_empty() {
            faults.add("commissions", "Tick the commissions that were paid");
        } else if commissions.len() > MAX_AT_ONCE {
            faults.add("commissions", "Tick 200 commissions or fewer");
        }
        faults.none()?;
        Ok(Payment {
            commissions,
            reference,
            paid_on: paid_on.ok_or(ServiceError::NotFound)?,
        })
    }
}

async fn pay_in(
    tx: &mut Tx,
    recorder: &Recorder,
    payment: &Payment,
) -> Result<usize, ServiceError> {
    let by = recorder.user()?;
    let mut payees: BTreeMap<(PartnerId, Currency), Vec<Commission>> = BTreeMap::new();
    for id in &payment.commissions {
        let commission = recorder.load_commission(tx, *id).await?;
        let payee = (commission.partner, commission.amount().currency);
        payees.entry(payee).or_default().push(commission);
    }
    for ((partner, currency), commissions) in payees {
        let sum = commissions.iter().try_fold(0_i64, |sum, commission| {
            sum.checked_add(commission.amount().minor)
        });
        let payout: PayoutId = recorder.id();
        let new = NewPayout {
            id: payout,
            company: recorder.program.company,
            program: recorder.program.id,
            partner,
            amount: Money::new(sum.ok_or(ServiceError::TooLarge)?, currency),
            reference: &payment.reference,
            paid_on: payment.paid_on,
            by,
            at: recorder.now,
        };
        store::payouts::insert(tx, &new).await?;
        for commission in commissions {
            let with = PaidWith {
                payout,
                reference: payment.reference.clone(),
                paid_on: payment.paid_on,
            };
            let step = commission.pay(with, by, recorder.now)?;
            let deal = recorder.load(tx, commission.deal).await?;
            recorder
                .keep_commission(tx, &deal, deal.version, step)
                .await?;
        }
    }
    Ok(payment.commissions.len())
}
