//! What goes over the wire: types of the API's own, so that what the house calls its things may change and the API
//! does not. Times are RFC 3339 in UTC, amounts decimal text with their currency, ids prefixed.

mod commission;
mod deal;
mod deal_command;
mod message;
mod program;
mod words;

use domain::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use commission::{
    Commission, CommissionReceipt, Correction, CorrectionReceipt, NewTransaction, Payment,
    PaymentReceipt, Reason, Transaction, TransactionReceipt,
};
pub use deal::{Deal, DealLine, Review};
pub use deal_command::{
    AnswerChange, Appeal, Decision, Move, MoveReceipt, NewDeal, RegistrationReceipt,
    VersionReceipt, WinVerdict,
};
pub use message::{Message, MessageReceipt, NewMessage, Thread};
pub use program::{Customer, CustomerPage, FormVersion, Offer, Program, Stages};
pub use words::{CommissionStatus, DealSort, RegistrationStatus, StageKind};

/// An amount of money. Amounts are decimal text, so that no reader makes a float of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// As `12000.50`: a point, no grouping, no more decimals than the currency has.
    #[schema(example = "12000.50", pattern = "^-?[0-9]{1,16}(\\.[0-9]{1,4})?$")]
    pub amount: String,
    /// ISO 4217.
    #[schema(example = "EUR", pattern = "^[A-Z]{3}$")]
    pub currency: String,
}

impl From<domain::Money> for Money {
    fn from(money: domain::Money) -> Self {
        Self {
            // People read a minus sign, programs a hyphen.
            amount: money.input_value().replace('\u{2212}', "-"),
            currency: money.currency.code().to_owned(),
        }
    }
}

/// A time as it stands on the wire.
pub fn at(time: Timestamp) -> String {
    time.rfc3339()
}
