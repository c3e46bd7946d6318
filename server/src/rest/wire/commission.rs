//! Money: commissions, payments, and what customers bought.

use domain::commands::{CorrectCommission, EnterTransaction, MarkPaid};
use domain::views::{CommissionView, TransactionView};
use domain::{CommissionId, CustomerId, DealId, OfferId, TransactionId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::words::CommissionStatus;
use super::{Money, at};

/// What a company owes a partner for one cause under one offer.
#[derive(Debug, Serialize, ToSchema)]
pub struct Commission {
    #[schema(value_type = String)]
    pub id: CommissionId,
    #[schema(value_type = String)]
    deal: DealId,
    deal_number: String,
    customer: String,
    /// The partner's name; for a company's key.
    #[serde(skip_serializing_if = "Option::is_none")]
    partner: Option<String>,
    status: CommissionStatus,
    amount: Money,
    #[schema(value_type = String)]
    offer: OfferId,
    offer_name: String,
    offer_number: i32,
    /// How the amount came about, line by line.
    calculation: Vec<CalculationStep>,
    /// The commission that this line corrects.
    #[schema(value_type = Option<String>)]
    corrects: Option<CommissionId>,
    /// Why it is on hold or declined.
    reason: Option<String>,
    #[schema(format = DateTime)]
    accrued_at: String,
    #[schema(format = DateTime)]
    changed_at: String,
    /// The `ETag`.
    pub version: i64,
}

/// One line of a calculation, as people read it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CalculationStep {
    label: String,
    value: String,
}

impl From<CommissionView> for Commission {
    fn from(line: CommissionView) -> Self {
        let steps = line.calculation.text();
        let step = |(label, value)| CalculationStep { label, value };
        Self {
            status: line.status().into(),
            amount: line.amount().into(),
            reason: line.state.reason().map(ToOwned::to_owned),
            id: line.id,
            deal: line.deal,
            deal_number: line.deal_number,
            customer: line.customer,
            partner: Some(line.partner).filter(|name| !name.is_empty()),
            offer: line.calculation.offer,
            offer_name: line.calculation.name,
            offer_number: line.calculation.number,
            calculation: steps.into_iter().map(step).collect(),
            corrects: line.corrects,
            accrued_at: at(line.accrued_at),
            changed_at: at(line.changed_at),
            version: line.version,
        }
    }
}

/// Why a commission is kept back or taken back. The partner reads it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
}

/// The commission has a new version.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommissionReceipt {
    #[schema(value_type = String)]
    pub id: CommissionId,
    pub version: i64,
}

/// A line that is added to a commission.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// In the commission's currency; below zero claws back.
    #[schema(example = "-120.50", pattern = "^-?[0-9]{1,16}(\\.[0-9]{1,4})?$")]
    amount: String,
    #[schema(min_length = 1, max_length = 2000)]
    reason: String,
}

impl Correction {
    pub fn command(self, commission: CommissionId, key: String) -> CorrectCommission {
        CorrectCommission {
            commission,
            key,
            amount: self.amount,
            reason: self.reason,
        }
    }
}

/// The line that was added.
#[derive(Debug, Serialize, ToSchema)]
pub struct CorrectionReceipt {
    #[schema(value_type = String)]
    pub id: CommissionId,
}

/// Approved commissions that were paid together: all of them, or none.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Payment {
    #[schema(value_type = Vec<String>, min_items = 1, max_items = 200)]
    commissions: Vec<CommissionId>,
    /// The bank's or the accounting's name for the payment.
    #[schema(min_length = 1, max_length = 80)]
    reference: String,
    #[schema(format = Date)]
    paid_on: String,
}

impl Payment {
    pub fn command(self) -> MarkPaid {
        MarkPaid {
            commissions: self.commissions,
            reference: self.reference,
            paid_on: self.paid_on,
        }
    }
}

/// How many commissions are paid.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentReceipt {
    #[schema(minimum = 0)]
    pub paid: usize,
}

/// What a customer bought after the win.
#[derive(Debug, Serialize, ToSchema)]
pub struct Transaction {
    #[schema(value_type = String)]
    id: TransactionId,
    #[schema(value_type = String)]
    deal: DealId,
    #[schema(value_type = String)]
    customer: CustomerId,
    amount: Money,
    #[schema(format = Date)]
    on: String,
    reference: String,
    /// Dated before the win: it earns nothing.
    before_win: bool,
    #[schema(format = DateTime)]
    entered_at: String,
}

impl From<TransactionView> for Transaction {
    fn from(bought: TransactionView) -> Self {
        Self {
            id: bought.id,
            deal: bought.deal,
            customer: bought.customer,
            amount: bought.amount.into(),
            on: bought.on.to_string(),
            reference: bought.reference,
            before_win: bought.before_win,
            entered_at: at(bought.entered_at),
        }
    }
}

/// What a customer bought. The same reference of one customer is one transaction.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTransaction {
    amount: Money,
    #[schema(format = Date)]
    on: String,
    /// An invoice's or order's number.
    #[schema(min_length = 1, max_length = 80)]
    reference: String,
}

impl NewTransaction {
    pub fn command(self, deal: DealId) -> EnterTransaction {
        EnterTransaction {
            deal,
            amount: self.amount.amount,
            currency: self.amount.currency,
            on: self.on,
            reference: self.reference,
        }
    }
}

/// The transaction that is entered.
#[derive(Debug, Serialize, ToSchema)]
pub struct TransactionReceipt {
    #[schema(value_type = String)]
    pub id: TransactionId,
}
