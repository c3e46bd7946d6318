//! How guessing is slowed, and nobody locked out by others who guess.
//!
//! A stranger's tries are counted for each account and address together, for the address, and, far more generously, for
//! the account. A browser in which the account has signed in before has a count of its own and is held up by no other:
//! whoever fails on purpose from elsewhere does not keep its owner out. Nothing here asks whether the account exists.

use std::net::{IpAddr, Ipv6Addr};

use domain::Timestamp;
use store::Tx;
use store::accounts::attempts;
use uuid::Uuid;

use super::devices::Device;
use crate::{ServiceError, Services};

/// Failures are counted over this time.
const WINDOW_SECONDS: i64 = 15 * 60;
/// Of one account from one address, or from one known browser.
const MAX_PER_PLACE: i64 = 10;
/// An office shares an address.
const MAX_PER_ADDRESS: i64 = 100;
/// Of one account from wherever. Ten addresses that guess do not reach it.
const MANY_PER_ACCOUNT: i64 = 100;
/// Beyond that strangers wait so long between two tries; never for the whole window, so that the owner gets a turn.
const PAUSE_SECONDS: i64 = 5;

/// Who shares an address: one subscriber has a whole IPv6 /64.
pub fn subscriber(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => {
            let network = u128::from(six) & !u128::from(u64::MAX);
            Ipv6Addr::from(network).into()
        }
        four @ IpAddr::V4(_) => four,
    }
}

/// From where somebody tries.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Place<'p> {
    Address(&'p str),
    /// A browser in which the account has signed in before.
    Device(&'p Device),
    /// The account's own session: nobody else has a part in that count.
    Session,
}

/// A try that counts as failed until it is forgotten: tries that run at the same time see each other. On Postgres those of
/// one instant may not, so a burst can pass a limit by as many as there are connections.
#[derive(Debug, Clone)]
pub(crate) struct Attempt {
    /// Of this account from this place: a success forgets them all.
    place: String,
    /// What this try alone counted for elsewhere.
    others: Vec<Uuid>,
}

impl Attempt {
    pub(crate) async fn forget(&self, tx: &mut Tx) -> Result<(), ServiceError> {
        attempts::delete(tx, &self.place).await?;
        for id in &self.others {
            attempts::delete_one(tx, *id).await?;
        }
        Ok(())
    }
}

/// The keys that a try counts under.
#[derive(Debug, Clone)]
struct Keys {
    place: String,
    account: Option<String>,
    address: Option<String>,
}

impl Keys {
    fn of(account: &str, place: Place<'_>) -> Self {
        match place {
            Place::Address(address) => {
                let address = address.parse().map_or_else(
                    |_| address.to_owned(),
                    |address| subscriber(address).to_string(),
                );
                Self {
                    place: format!("place:{account}|{address}"),
                    account: Some(format!("account:{account}")),
                    address: (!address.is_empty()).then(|| format!("address:{address}")),
                }
            }
            Place::Device(device) => Self::own(format!("device:{account}|{}", device.name())),
            Place::Session => Self::own(format!("session:{account}")),
        }
    }

    fn own(place: String) -> Self {
        Self {
            place,
            account: None,
            address: None,
        }
    }

    async fn check(&self, tx: &mut Tx, now: Timestamp) -> Result<(), ServiceError> {
        let since = now.plus_seconds(-WINDOW_SECONDS);
        let mut full = attempts::count_since(tx, &self.place, since).await? >= MAX_PER_PLACE;
        if let Some(address) = &self.address {
            full |= attempts::count_since(tx, address, since).await? >= MAX_PER_ADDRESS;
        }
        if let Some(account) = &self.account
            && attempts::count_since(tx, account, since).await? >= MANY_PER_ACCOUNT
        {
            let pause = now.plus_seconds(-PAUSE_SECONDS);
            full |= attempts::count_since(tx, account, pause).await? > 0;
        }
        if full {
            Err(ServiceError::TooMany)
        } else {
            Ok(())
        }
    }
}

/// A try that is about to begin.
#[derive(Debug, Clone)]
pub(super) struct NewAttempt {
    keys: Keys,
    own: Uuid,
    others: Vec<(Uuid, String)>,
    now: Timestamp,
}

impl NewAttempt {
    /// Notes it, or refuses because there were too many.
    pub(super) async fn begin(&self, tx: &mut Tx) -> Result<Attempt, ServiceError> {
        self.keys.check(tx, self.now).await?;
        attempts::insert(tx, self.own, &self.keys.place, self.now).await?;
        for (id, key) in &self.others {
            attempts::insert(tx, *id, key, self.now).await?;
        }
        Ok(Attempt {
            place: self.keys.place.clone(),
            others: self.others.iter().map(|(id, _)| *id).collect(),
        })
    }
}

impl Services {
    /// Notes a try at that account, or refuses because there were too many.
    pub(crate) async fn begin_attempt(
        &self,
        account: &str,
        place: Place<'_>,
    ) -> Result<Attempt, ServiceError> {
        self.write(self.new_attempt(account, place), |tx, attempt| {
            Box::pin(async move { attempt.begin(tx).await })
        })
        .await
    }

    /// A try that is not noted yet: for who does more in the same transaction.
    pub(super) fn new_attempt(&self, account: &str, place: Place<'_>) -> NewAttempt {
        let keys = Keys::of(account, place);
        let others = [&keys.account, &keys.address]
            .into_iter()
            .flatten()
            .map(|key| (self.id(), key.clone()))
            .collect();
        NewAttempt {
            own: self.id(),
            others,
            now: self.now(),
            keys,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subscriber_is_one_whichever_address_of_the_network_is_used() {
        let keys = |address| Keys::of("a@b.example", Place::Address(address));
        assert_eq!(keys("2001:db8::1").place, keys("2001:db8::ffff:2").place);
        assert_ne!(keys("2001:db8::1").place, keys("2001:db8:0:1::1").place);
        assert_eq!(keys("::ffff:1.2.3.4").address, keys("1.2.3.4").address);
        assert_ne!(keys("1.2.3.4").address, keys("1.2.3.5").address);
        assert_eq!(keys("").address, None);
    }
}
