//! Causes earn here, and every move of a commission is kept, told and booked here, in the transaction of its cause.

use domain::Timestamp;
use domain::commissions::{
    Cause, Commission, CommissionStatus, Earned, NewCommission, Step, earnings,
};
use domain::deals::{Deal, DealFact};
use domain::offers::Trigger;
use domain::{Date, Money};
use store::transactions::Transaction;
use store::{StoreError, Tx};

use crate::ServiceError;
use crate::deals::Recorder;

/// What earns: one thing, how much it is worth, and on which day it happened.
struct Earning<'a> {
    trigger: Trigger,
    cause: &'a Cause,
    base: Money,
    on: Date,
}

/// A marked win earns, pending, what the offers of its day promise. The deal is saved already, so nobody else earns on it
/// until the transaction ends.
pub(crate) async fn accrue_win(
    tx: &mut Tx,
    recorder: &Recorder,
    deal: &Deal,
    version: i64,
) -> Result<(), ServiceError> {
    // Every registration has a value; without one there is nothing to work with.
    let Some(base) = deal.summary.value else {
        return Ok(());
    };
    let cause = Cause::Win {
        deal: deal.id,
        version,
    };
    let earning = Earning {
        trigger: Trigger::ClosedWon,
        cause: &cause,
        base,
        on: recorder.now.date(),
    };
    accrue(tx, &recorder.by_itself(), deal, version, earning).await?;
    Ok(())
}

/// A transaction earns, approved at once, because it was the company that entered it; nothing when it was before the win.
pub(crate) async fn accrue_transaction(
    tx: &mut Tx,
    recorder: &Recorder,
    deal: &Deal,
    won_at: Timestamp,
    transaction: &Transaction,
) -> Result<Vec<Commission>, ServiceError> {
    if transaction.on < won_at.date() {
        return Ok(Vec::new());
    }
    let cause = Cause::Transaction {
        transaction: transaction.id,
    };
    let earning = Earning {
        trigger: Trigger::Transaction,
        cause: &cause,
        base: transaction.amount,
        on: transaction.on,
    };
    let recorder = recorder.by_itself();
    let mut made = Vec::new();
    for commission in accrue(tx, &recorder, deal, deal.version, earning).await? {
        let step = commission.approve(recorder.now)?;
        made.push(
            recorder
                .keep_commission(tx, deal, deal.version, step)
                .await?,
        );
    }
    Ok(made)
}

async fn accrue(
    tx: &mut Tx,
    recorder: &Recorder,
    deal: &Deal,
    version: i64,
    earning: Earning<'_>,
) -> Result<Vec<Commission>, ServiceError> {
    let offers = store::offers::list(tx, deal.company, deal.program).await?;
    if offers.is_empty() {
        return Ok(Vec::new());
    }
    let membership = store::memberships::find(tx, deal.membership).await?;
    let tier = membership.and_then(|membership| membership.tier_id);
    let Earning {
        trigger,
        cause,
        base,
        on,
    } = earning;
    let earned = store::commissions::earned(tx, deal.company, deal.id, base.currency).await?;
    let earned: Earned = earned.into_iter().collect();
    let mut made = Vec::new();
    for calculation in earnings(&offers, trigger, tier, base, on, &earned) {
        let new = NewCommission {
            id: recorder.id(),
            cause: cause.clone(),
            calculation,
        };
        let Some(step) = Commission::accrue(deal, new, recorder.now) else {
            continue;
        };
        if recorder
            .keep_new_commission(tx, deal, version, &step)
            .await?
        {
            made.push(step.commission);
        }
    }
    Ok(made)
}

/// The confirmation of the win makes what it earned owed.
pub(crate) async fn approve_win(
    tx: &mut Tx,
    recorder: &Recorder,
    deal: &Deal,
    version: i64,
) -> Result<(), ServiceError> {
    let recorder = recorder.by_itself();
    for commission in pending(tx, deal).await? {
        let step = commission.approve(recorder.now)?;
        recorder.keep_commission(tx, deal, version, step).await?;
    }
    Ok(())
}

/// The rejection of the win takes back what it earned.
pub(crate) async fn void_win(
    tx: &mut Tx,
    recorder: &Recorder,
    deal: &Deal,
    version: i64,
) -> Result<(), ServiceError> {
    let recorder = recorder.by_itself();
    for commission in pending(tx, deal).await? {
        let step = commission.void(recorder.now)?;
        recorder.keep_commission(tx, deal, version, step).await?;
    }
    Ok(())
}

async fn pending(tx: &mut Tx, deal: &Deal) -> Result<Vec<Commission>, ServiceError> {
    let mut all = store::commissions::list_by_deal(tx, deal.company, deal.id).await?;
    all.retain(|commission| commission.status() == CommissionStatus::Pending);
    Ok(all)
}

impl Recorder {
    /// Keeps a new commission, unless its cause has earned under that offer before; tells of it and books it.
    pub(crate) async fn keep_new_commission(
        &self,
        tx: &mut Tx,
        deal: &Deal,
        version: i64,
        step: &Step,
    ) -> Result<bool, ServiceError> {
        if !store::commissions::insert(tx, &step.commission).await? {
            return Ok(false);
        }
        self.book(tx, deal, version, step).await?;
        Ok(true)
    }

    /// Saves what a transition gave, tells of it and books it; gives the commission as it is kept now.
    pub(crate) async fn keep_commission(
        &self,
        tx: &mut Tx,
        deal: &Deal,
        version: i64,
        step: Step,
    ) -> Result<Commission, ServiceError> {
        let kept = match store::commissions::save(tx, &step.commission).await {
            Err(StoreError::Conflict) => return Err(ServiceError::Stale),
            saved => saved?,
        };
        self.book(tx, deal, version, &step).await?;
        Ok(Commission {
            version: kept,
            ..step.commission
        })
    }

    async fn book(
        &self,
        tx: &mut Tx,
        deal: &Deal,
        version: i64,
        step: &Step,
    ) -> Result<(), ServiceError> {
        let fact = DealFact::Commission(step.fact.clone());
        let event = self.note(tx, deal, version, fact).await?;
        Ok(store::ledger::insert(tx, event, &step.commission, step.transfer, self.now).await?)
    }
}
