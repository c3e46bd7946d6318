//! The words of the API, each from the domain's own by a match that misses none.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

macro_rules! wire_words {
    ($($(#[$doc:meta])* $name:ident of $domain:ty { $($word:ident),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($word,)*
        }

        impl From<$domain> for $name {
            fn from(word: $domain) -> Self {
                match word {
                    $(<$domain>::$word => Self::$word,)*
                }
            }
        }

        impl From<$name> for $domain {
            fn from(word: $name) -> Self {
                match word {
                    $($name::$word => <$domain>::$word,)*
                }
            }
        }
    )*};
}

wire_words! {
    /// Where a registration stands with the company.
    RegistrationStatus of domain::deals::RegistrationStatus {
        Draft, Submitted, NeedsInfo, Approved, Declined, Ineligible, Withdrawn, Expired,
    }
    /// Whether the deal is won.
    WinStatus of domain::deals::WinStatus { None, Pending, Confirmed, Rejected }
    /// What a stage means. Rules look at it, never at the name.
    StageKind of domain::pipeline::StageKind { Open, Won, Lost }
    /// Who moves deals into a stage, or out of it. A company's key does so with `override_reason` only.
    Movers of domain::pipeline::Movers { Both, Partner, Company }
    /// Where a commission stands.
    CommissionStatus of domain::commissions::CommissionStatus {
        Pending, Approved, Held, Declined, Paid, Voided,
    }
    /// What makes an offer due.
    Trigger of domain::offers::Trigger { ClosedWon, Transaction }
    /// Who wrote a message.
    MessageSide of domain::people::Side { Partner, Company, System }
    /// The order of a list of deals.
    DealSort of domain::views::DealSort { Changed, Customer, Value, CloseDate }
    /// The company's verdict on a registration.
    Verdict of domain::deals::DecisionKind { Approve, Decline, Ineligible, AskInfo }
}

/// The company's verdict on a win.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WinVerdictKind {
    Confirm,
    Reject,
}

/// Where in the stage's column; after another deal with `after`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    #[default]
    Top,
    Bottom,
}
