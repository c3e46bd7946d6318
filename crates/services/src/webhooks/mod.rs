//! Webhooks: a company's own systems are told of its deals. Rows are written with what they tell of, delivered by workers,
//! and kept for a time as the log that the company's admins see.

mod couriers;
mod deliver;
mod endpoints;
mod log;
mod news;
mod secret;
mod settle;
mod telling;
mod view;

use std::time::Duration;

use domain::DeliveryId;
use domain::webhooks::{HookUrl, Reach};
use store::BoxFuture;

pub use couriers::Couriers;
pub use deliver::Delivered;
pub use news::HookNews;
pub(crate) use secret::new_secret;
pub(crate) use telling::HookNote;

use crate::Services;

/// Carries a message to an endpoint. It may be asked for the same message again: the id is the same then.
pub trait Courier: Send + Sync {
    /// Resolves with what was answered, or says in words why nothing was.
    fn carry<'c>(&'c self, parcel: &'c Parcel) -> BoxFuture<'c, Result<Reply, String>>;

    /// How long one try may take: after it the try has failed.
    fn patience(&self) -> Duration;

    /// Which addresses it goes to.
    fn reach(&self) -> &Reach;
}

/// A message as its receiver gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    pub url: HookUrl,
    /// `webhook-id`: stays the same from try to try.
    pub id: DeliveryId,
    /// `webhook-timestamp`: seconds since 1970, when this try began.
    pub timestamp: i64,
    /// `webhook-signature`: one for each secret, the newest first.
    pub signature: String,
    pub body: String,
}

/// What an endpoint answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    /// Its first characters.
    pub text: String,
    /// The header `Retry-After`, as it was said.
    pub retry_after: Option<String>,
}

impl Services {
    /// Which addresses messages may go to. Where nobody sends, those of the internet.
    pub(crate) fn reach(&self) -> Reach {
        let courier = self.courier();
        courier.map_or_else(Reach::default, |courier| courier.reach().clone())
    }
}
