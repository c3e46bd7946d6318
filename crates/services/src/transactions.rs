//! What customers bought after the win, as the company enters it.

use domain::commands::EnterTransaction;
use domain::commissions::CommissionFact;
use domain::deals::{DealFact, Refusal, Win};
use domain::people::CompanyRight;
use domain::{Currency, DealId, Money, TransactionId};
use domain::{Date, MoneyError};
use store::Tx;
use store::transactions::Transaction;

use crate::accounts::Faults;
use crate::commissions::accrue_transaction;
use crate::deals::Recorder;
use crate::{CompanyAccess, ServiceError};

/// Characters in a transaction's reference.
const MAX_REFERENCE: usize = 80;

/// A command whose inputs were read.
#[derive(Clone)]
struct Entered {
    deal: DealId,
    amount: Money,
    on: Date,
    reference: String,
}

impl CompanyAccess {
    /// Enters what the customer of a confirmed win bought; it earns what the offers of its day promise, and nothing when
    /// it was before the win. The same reference again is the same transaction.
    pub async fn enter_transaction(
        &self,
        command: EnterTransaction,
    ) -> Result<TransactionId, ServiceError> {
        self.require(CompanyRight::PayCommissions)?;
        let entered = self.read_transaction(&command)?;
        let right = CompanyRight::PayCommissions;
        self.write(right, entered, |tx, recorder, entered| {
            Box::pin(async move { enter_in(tx, &recorder, entered).await })
        })
        .await
    }

    fn read_transaction(&self, command: &EnterTransaction) -> Result<Entered, ServiceError> {
        let mut faults = Faults::default();
        let currency = Currency::from_code(command.currency.trim());
        if currency.is_none() {
            faults.add("currency", "Select one of the listed currencies");
        }
        let amount = Money::parse(&command.amount, currency.unwrap_or(self.program.currency));
        let fault = match amount {
            Ok(money) if money.minor > 0 => None,
            Ok(_) => Some("Enter an amount above zero"),
            Err(MoneyError::TooManyDecimals) => {
                Some("Enter no more decimals than the currency has")
            }
            Err(MoneyError::TooLarge) => Some("Enter a smaller amount"),
            Err(_) => Some("Enter an amount, like 1,200"),
        };
        if let Some(text) = fault {
            faults.add("amount", text);
        }
        let on = command.on.trim().parse::<Date>().ok();
        match on {
            None => faults.add("on", "Enter the day of the transaction, like 2026-12-31"),
            Some(day) if day > self.services.now().date() => {
                faults.add("on", "Enter a day that is not in the future");
            }
            Some(_) => {}
        }
        let reference = faults.line(
            "reference",
            "the invoice\u{2019}s or order\u{2019}s number",
            &command.reference,
            MAX_REFERENCE,
        );
        faults.none()?;
        // Both were read, or there is a fault.
        let (Ok(amount), Some(on)) = (amount, on) else {
            return Err(ServiceError::NotFound);
        };
        Ok(Entered {
            deal: command.deal,
            amount,
            on,
            reference,
        })
    }
}

async fn enter_in(
    tx: &mut Tx,
    recorder: &Recorder,
    entered: Entered,
) -> Result<TransactionId, ServiceError> {
    let deal = recorder.load_to_earn(tx, entered.deal).await?;
    let Win::Confirmed {
        customer,
        marked_at,
        ..
    } = deal.win
    else {
        return Err(Refusal::WinNotConfirmed.into());
    };
    let transaction = Transaction {
        id: recorder.id(),
        company: deal.company,
        program: deal.program,
        customer,
        deal: deal.id,
        amount: entered.amount,
        on: entered.on,
        reference: entered.reference,
        by: recorder.user()?,
        at: recorder.now,
    };
    if !store::transactions::insert(tx, &transaction).await? {
        return known(tx, &transaction).await;
    }
    let fact = CommissionFact::TransactionEntered {
        transaction: transaction.id,
        amount: transaction.amount,
        on: transaction.on,
        reference: transaction.reference.clone(),
    };
    let fact = DealFact::Commission(fact);
    recorder.note(tx, &deal, deal.version, fact).await?;
    accrue_transaction(tx, recorder, &deal, marked_at, &transaction).await?;
    Ok(transaction.id)
}

/// The same transaction sent again is the one that is there; another one needs another reference.
async fn known(tx: &mut Tx, sent: &Transaction) -> Result<TransactionId, ServiceError> {
    let (company, customer) = (sent.company, sent.customer);
    let kept =
        store::transactions::find_by_reference(tx, company, customer, &sent.reference).await?;
    let kept = kept.ok_or(ServiceError::Stale)?;
    if (kept.amount, kept.on, kept.deal) == (sent.amount, sent.on, sent.deal) {
        return Ok(kept.id);
    }
    let (amount, day) = (kept.amount.display_exact(), kept.on.display());
    Err(ServiceError::input(
        "reference",
        &format!("This customer has a transaction of that reference: {amount} on {day}"),
    ))
}
