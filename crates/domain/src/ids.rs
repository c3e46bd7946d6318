//! Identifiers: UUIDv7 inside, `deal_01hx...` (prefix and 26 characters of lower-case Crockford base32) outside.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// 128 bits in groups of five, rounded up.
const TEXT_LENGTH: usize = 26;

/// A text that is not an identifier of the expected kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier of the kind `{0}_...`")]
pub struct IdError(pub &'static str);

fn encode(value: u128) -> String {
    (0..TEXT_LENGTH)
        .rev()
        .map(|place| {
            let digit = (value >> (place * 5)) & 31;
            let index = usize::try_from(digit).unwrap_or_default();
            char::from(ALPHABET.get(index).copied().unwrap_or(b'0'))
        })
        .collect()
}

fn decode(text: &str) -> Option<u128> {
    if text.len() != TEXT_LENGTH {
        return None;
    }
    let mut value: u128 = 0;
    for (place, letter) in text.bytes().enumerate() {
        let digit = ALPHABET.iter().position(|known| *known == letter)?;
        // 26 * 5 = 130 bits: the first character carries three bits only.
        if place == 0 && digit > 7 {
            return None;
        }
        value = (value << 5) | u128::try_from(digit).ok()?;
    }
    Some(value)
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "sql", derive(sqlx::Type))]
        #[cfg_attr(feature = "sql", sqlx(transparent))]
        pub struct $name(pub Uuid);

        impl $name {
            pub const PREFIX: &'static str = $prefix;

            pub fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}_{}", $prefix, encode(self.0.as_u128()))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                text.strip_prefix(concat!($prefix, "_"))
                    .and_then(decode)
                    .map(|value| Self(Uuid::from_u128(value)))
                    .ok_or(IdError($prefix))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

ids! {
    /// A person who signs in.
    UserId = "user";
    /// One signed-in browser.
    SessionId = "sess";
    /// The tenant that runs programs.
    CompanyId = "comp";
    /// What a partner joins at a company.
    ProgramId = "prog";
    /// A partner organisation.
    PartnerId = "part";
    /// One partner in one program.
    MembershipId = "mem";
    /// A partner's level in a program.
    TierId = "tier";
    /// The partner's registration and the pipeline item it becomes.
    DealId = "deal";
    /// One published, immutable version of a program's form.
    FormVersionId = "form";
    /// One of the pipelines of a program.
    PipelineId = "pipeline";
    /// One column of a program's pipeline.
    StageId = "stage";
    /// A reason, from the company's list, for losing a deal.
    LostReasonId = "lost";
    /// A business that bought.
    CustomerId = "cust";
    /// An uploaded file.
    FileId = "file";
    /// A set-up, invitation or reset link.
    LinkId = "link";
    /// An entry of the company's own-team list.
    ClaimId = "claim";
    /// A company's commission promise.
    OfferId = "offer";
    /// One published, immutable version of an offer.
    OfferVersionId = "offv";
    /// What is owed for one cause under one offer.
    CommissionId = "comm";
    /// What a customer bought after the win.
    TransactionId = "txn";
    /// Commissions of one partner that were paid together.
    PayoutId = "pay";
    /// What two sides write to each other about a program or a deal.
    ThreadId = "thr";
    /// One message of a thread.
    MessageId = "msg";
    /// What a company's person wrote for the own team.
    InternalNoteId = "inote";
    /// A line under somebody's bell.
    NoticeId = "note";
    /// A mail of the outbox; also its Message-ID.
    MailId = "mail";
    /// One fact in a history.
    EventId = "evt";
    /// Where a company's own systems are told of its deals.
    EndpointId = "hook";
    /// A message to an endpoint; also its `webhook-id`.
    DeliveryId = "dlv";
    /// A key by which a program of a team's own acts.
    ApiKeyId = "key";
    /// Deals that a company brought from elsewhere in one file.
    ImportId = "imp";
    /// An address of a board or list that somebody keeps under a name.
    SavedViewId = "view";
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn text_round_trips(value: u128) {
            let id = DealId(Uuid::from_u128(value));
            prop_assert_eq!(id.to_string().parse::<DealId>(), Ok(id));
        }

        #[test]
        fn any_text_is_refused_or_read_without_panic(text: String) {
            let _ = text.parse::<DealId>();
        }

        #[test]
        fn text_sorts_as_the_id_does(a: u128, b: u128) {
            let (left, right) = (DealId(Uuid::from_u128(a)), DealId(Uuid::from_u128(b)));
            prop_assert_eq!(left.cmp(&right), left.to_string().cmp(&right.to_string()));
        }
    }

    #[test]
    fn another_kind_is_refused() {
        let id = UserId(Uuid::from_u128(7));
        assert_eq!(id.to_string().parse::<DealId>(), Err(IdError("deal")));
        assert!("deal_zzzzzzzzzzzzzzzzzzzzzzzzzz".parse::<DealId>().is_err());
    }
}
