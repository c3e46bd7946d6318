//! The company's people hold, release, decline and correct commissions.

use domain::commands::{CorrectCommission, DeclineCommission, HoldCommission, ReleaseCommission};
use domain::commissions::{Commission, Correction, Step};
use domain::deals::{Deal, Refusal};
use domain::people::CompanyRight;
use domain::{CommissionId, Money, MoneyError, Timestamp, UserId};
use store::Tx;

use crate::deals::{Recorder, is_key};
use crate::{CompanyAccess, ServiceError};

impl CompanyAccess {
    /// Keeps an approved commission back, with a reason that the partner reads.
    pub async fn hold_commission(&self, command: HoldCommission) -> Result<i64, ServiceError> {
        let HoldCommission {
            commission,
            reason,
            version,
        } = command;
        self.move_commission(commission, version, move |old, _, by, now| {
            old.hold(&reason, by, now)
        })
        .await
    }

    /// Lets a held commission go.
    pub async fn release_commission(
        &self,
        command: ReleaseCommission,
    ) -> Result<i64, ServiceError> {
        let ReleaseCommission {
            commission,
            version,
        } = command;
        self.move_commission(commission, version, |old, _, _, now| old.release(now))
            .await
    }

    /// Takes an approved or held commission back, with a reason that the partner reads.
    pub async fn decline_commission(
        &self,
        command: DeclineCommission,
    ) -> Result<i64, ServiceError> {
        let DeclineCommission {
            commission,
            reason,
            version,
        } = command;
        self.move_commission(commission, version, move |old, others, by, now| {
            old.decline(others, &reason, by, now)
        })
        .await
    }

    async fn move_commission<F>(
        &self,
        id: CommissionId,
        version: i64,
        verb: F,
    ) -> Result<i64, ServiceError>
    where
        F: Fn(&Commission, &[Commission], UserId, Timestamp) -> Result<Step, Refusal>
            + Clone
            + Send
            + Sync
            + 'static,
    {
        let right = CompanyRight::PayCommissions;
        self.write(right, verb, move |tx, recorder, verb| {
            Box::pin(async move {
                let old = recorder.load_commission(tx, id).await?;
                let deal = recorder.load_to_earn(tx, old.deal).await?;
                // As it stands now that nobody else corrects it.
                let old = recorder.load_commission(tx, id).await?;
                if old.version != version {
                    return Err(ServiceError::Stale);
                }
                let of_deal = store::commissions::list_by_deal(tx, deal.company, deal.id).await?;
                let others: Vec<Commission> = lines_of(&old, of_deal)
                    .filter(|line| line.id != old.id)
                    .collect();
                let step = verb(&old, &others, recorder.user()?, recorder.now)?;
                let kept = recorder
                    .keep_commission(tx, &deal, deal.version, step)
                    .await?;
                Ok(kept.version)
            })
        })
        .await
    }

    /// Adds a line to a commission: an amount below zero claws back, one above zero adds. Sent twice with one key, it is
    /// one line.
    pub async fn correct_commission(
        &self,
        command: CorrectCommission,
    ) -> Result<CommissionId, ServiceError> {
        self.require(CompanyRight::PayCommissions)?;
        if !is_key(&command.key) {
            return Err(ServiceError::NotFound);
        }
        let right = CompanyRight::PayCommissions;
        self.write(right, command, |tx, recorder, command| {
            Box::pin(async move { correct_in(tx, &recorder, command).await })
        })
        .await
    }
}

async fn correct_in(
    tx: &mut Tx,
    recorder: &Recorder,
    command: CorrectCommission,
) -> Result<CommissionId, ServiceError> {
    let old = recorder.load_commission(tx, command.commission).await?;
    let deal = recorder.load_to_earn(tx, old.deal).await?;
    // As it stands now that nobody else earns on the deal.
    let old = recorder.load_commission(tx, old.id).await?;
    let line = Correction {
        id: recorder.id(),
        key: command.key,
        minor: read_amount(&command.amount, old.amount())?,
        reason: command.reason,
    };
    let of_deal = store::commissions::list_by_deal(tx, deal.company, deal.id).await?;
    let net: i64 = lines_of(&old, of_deal)
        .map(|line| line.amount().minor)
        .sum();
    let net = Money::new(net, old.amount().currency);
    let cause = domain::commissions::Cause::Correction {
        of: old.id,
        key: line.key.clone(),
    };
    let (offer, key) = (old.calculation.offer, cause.key());
    if let Some(kept) = store::commissions::find_by_cause(tx, deal.company, offer, &key).await? {
        return Ok(kept.id);
    }
    let step = old
        .correct(&deal, line, net, recorder.now)
        .map_err(at_input)?;
    let id = step.commission.id;
    recorder
        .keep_new_commission(tx, &deal, deal.version, &step)
        .await?;
    Ok(id)
}

/// A commission and its corrections, as far as they count, whichever of them is named.
fn lines_of(named: &Commission, of_deal: Vec<Commission>) -> impl Iterator<Item = Commission> {
    let original = named.cause.corrects().unwrap_or(named.id);
    of_deal.into_iter().filter(move |line| {
        (line.id == original || line.cause.corrects() == Some(original)) && line.status().counts()
    })
}

fn read_amount(text: &str, like: Money) -> Result<i64, ServiceError> {
    let text = match Money::parse(text, like.currency) {
        Ok(money) => return Ok(money.minor),
        Err(MoneyError::TooManyDecimals) => "Enter no more decimals than the currency has",
        Err(MoneyError::TooLarge) => "Enter a smaller amount",
        Err(_) => "Enter an amount, like -120 or 35.50",
    };
    Err(ServiceError::input("amount", text))
}

/// What a correction is refused for stands at its input.
fn at_input(refusal: Refusal) -> ServiceError {
    match refusal {
        Refusal::CorrectionIsZero | Refusal::CorrectionTooLarge => {
            ServiceError::input("amount", refusal.text())
        }
        Refusal::ReasonMissing | Refusal::ReasonTooLong => {
            ServiceError::input("reason", refusal.text())
        }
        refusal => refusal.into(),
    }
}

impl Recorder {
    /// The commission, if it lies in the actor's scope.
    pub(crate) async fn load_commission(
        &self,
        tx: &mut Tx,
        id: CommissionId,
    ) -> Result<Commission, ServiceError> {
        store::commissions::find(tx, self.scope, id)
            .await?
            .ok_or(ServiceError::NotFound)
    }

    /// The deal, on which nobody else earns until this transaction ends.
    pub(crate) async fn load_to_earn(
        &self,
        tx: &mut Tx,
        id: domain::DealId,
    ) -> Result<Deal, ServiceError> {
        store::deals::lock(tx, self.program.company, id).await?;
        self.load(tx, id).await
    }
}
