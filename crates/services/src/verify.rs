//! Whether what is kept is whole: the books, the chains of events, and everything that points at something else.

mod fault;
mod threads;

use std::collections::{BTreeMap, BTreeSet};

use domain::commissions::{Account, Calculation, Commission, CommissionFact, balances, calculate};
use domain::deals::{DealFact, Win};
use domain::{CommissionId, CompanyId, CustomerId, DealId, TransactionId};
use store::{Conn, Moment, StoreError, audit};

pub use self::fault::Fault;
use crate::{ServiceError, Services};

/// What was looked at, all of it in order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Verified {
    pub events: i64,
    pub wins: usize,
    pub transactions: usize,
    pub commissions: usize,
    pub threads: usize,
}

/// A fault ends the check; so does a database that does not answer.
enum Ended {
    Found(Fault),
    Failed(ServiceError),
}

impl From<StoreError> for Ended {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl Services {
    /// Checks everything, as it is at one moment, and names the first fault.
    pub async fn verify(&self) -> Result<Result<Verified, Fault>, ServiceError> {
        let mut moment = Moment::begin(self.read().await?).await?;
        let outcome = check(&mut moment).await;
        moment.end().await?;
        match outcome {
            Ok(verified) => Ok(Ok(verified)),
            Err(Ended::Found(fault)) => Ok(Err(fault)),
            Err(Ended::Failed(error)) => Err(error),
        }
    }
}

async fn check(conn: &mut Conn) -> Result<Verified, Ended> {
    let events = store::events::verify_all(conn).await?;
    let events = events.map_err(|fault| Ended::Found(Fault::Chain(fault)))?;
    check_books(conn).await?;
    let wins = check_wins(conn).await?;
    let transactions = check_transactions(conn).await?;
    check_references(conn).await?;
    let commissions = check_commissions(conn).await?;
    let threads = threads::check_threads(conn).await?;
    Ok(Verified {
        events,
        wins,
        transactions,
        commissions,
        threads,
    })
}

fn found<T>(fault: Fault) -> Result<T, Ended> {
    Err(Ended::Found(fault))
}

async fn check_books(conn: &mut Conn) -> Result<(), Ended> {
    if let Some((event, currency, minor)) = audit::unbalanced_transfer(conn).await? {
        return found(Fault::UnbalancedTransfer {
            event,
            currency,
            minor,
        });
    }
    if let Some((currency, minor)) = audit::unbalanced_currency(conn).await? {
        return found(Fault::UnbalancedCurrency { currency, minor });
    }
    if let Some((event, commission)) = audit::unfounded_transfer(conn).await? {
        return found(Fault::UnfoundedTransfer { event, commission });
    }
    if let Some((event, kind)) = audit::unbooked_fact(conn).await? {
        return found(Fault::UnbookedFact { event, kind });
    }
    Ok(())
}

/// Every win has its customer, final with the win's confirmation.
async fn check_wins(conn: &mut Conn) -> Result<usize, Ended> {
    let (mut after, mut wins) = (DealId(uuid::Uuid::nil()), 0);
    loop {
        let page = audit::wins_after(conn, after).await?;
        let Some((last, _, _)) = page.last() else {
            return Ok(wins);
        };
        after = *last;
        let named = page.iter().filter_map(|(_, _, win)| win.customer());
        let known = audit::customers(conn, named.collect::<BTreeSet<_>>()).await?;
        let known: BTreeMap<CustomerId, (CompanyId, bool)> = known
            .into_iter()
            .map(|(id, company, confirmed)| (id, (company, confirmed)))
            .collect();
        for (deal, company, win) in &page {
            let Some(customer) = win.customer() else {
                continue;
            };
            let is_confirmed = matches!(win, Win::Confirmed { .. });
            let kept = known.get(&customer);
            if !kept.is_some_and(|(whose, last)| whose == company && (*last || !is_confirmed)) {
                return found(Fault::CustomerMissing {
                    deal: *deal,
                    customer,
                });
            }
        }
        wins += page.len();
    }
}

async fn check_transactions(conn: &mut Conn) -> Result<usize, Ended> {
    let (mut after, mut count) = (TransactionId(uuid::Uuid::nil()), 0);
    loop {
        let page = audit::transactions_after(conn, after).await?;
        let Some((last, _, _)) = page.last() else {
            return Ok(count);
        };
        after = *last;
        for (transaction, customer, win) in &page {
            let of_win = win.as_ref().and_then(|win| win.0.customer());
            if of_win != Some(*customer) {
                return found(Fault::AstrayTransaction {
                    transaction: *transaction,
                });
            }
        }
        count += page.len();
    }
}

async fn check_references(conn: &mut Conn) -> Result<(), Ended> {
    if let Some((commission, what)) = audit::astray_commission(conn).await? {
        return found(Fault::Astray { commission, what });
    }
    if let Some(commission) = audit::contradicted_commission(conn).await? {
        return found(Fault::Contradicted { commission });
    }
    if let Some(commission) = audit::overcorrected_commission(conn).await? {
        return found(Fault::Overcorrected { commission });
    }
    if let Some(reference) = audit::unequal_payout(conn).await? {
        return found(Fault::UnequalPayout { reference });
    }
    Ok(())
}

async fn check_commissions(conn: &mut Conn) -> Result<usize, Ended> {
    let (mut after, mut count) = (CommissionId(uuid::Uuid::nil()), 0);
    loop {
        let page = audit::commissions_after(conn, after).await?;
        let Some(last) = page.last().map(|commission| commission.id) else {
            return Ok(count);
        };
        let mut books: BTreeMap<CommissionId, BTreeMap<Account, i64>> = BTreeMap::new();
        for (id, account, minor) in audit::balances_between(conn, after, last).await? {
            books.entry(id).or_default().insert(account, minor);
        }
        for (id, fact) in audit::facts_between(conn, after, last).await? {
            check_fact(&page, id, &fact)?;
        }
        for commission in &page {
            let booked = books.remove(&commission.id).unwrap_or_default();
            check_commission(conn, commission, &booked).await?;
        }
        after = last;
        count += page.len();
    }
}

async fn check_commission(
    conn: &mut Conn,
    commission: &Commission,
    booked: &BTreeMap<Account, i64>,
) -> Result<(), Ended> {
    let (id, status) = (commission.id, commission.status());
    let copies = audit::copies(conn, id).await?;
    let amount = commission.amount();
    let expected = (
        amount.minor,
        amount.currency,
        status.as_str().to_owned(),
        commission.cause.key(),
    );
    if copies != Some(expected) {
        return found(Fault::Copied { commission: id });
    }
    if *booked != balances(status, amount) {
        return found(Fault::OffTheBooks {
            commission: id,
            status: status.as_str(),
        });
    }
    // Corrections are written by people, and follow from no offer.
    let Some(base) = commission.calculation.base() else {
        return Ok(());
    };
    let offer = store::offers::find_version(conn, commission.calculation.version).await?;
    let Some(offer) = offer else {
        return found(Fault::Astray {
            commission: id,
            what: "offer version".to_owned(),
        });
    };
    let again: Calculation = calculate(&offer, base, commission.calculation.earned());
    if again != commission.calculation {
        return found(Fault::Miscalculated {
            commission: id,
            owed: amount.display_exact(),
            computed: again.amount.display_exact(),
        });
    }
    Ok(())
}

/// The history, whose chain is whole, tells of the same amount.
fn check_fact(page: &[Commission], id: CommissionId, fact: &DealFact) -> Result<(), Ended> {
    let of = match fact {
        DealFact::Commission(fact) => CommissionFact::of(fact),
        _ => None,
    };
    let commission = page.iter().find(|commission| commission.id == id);
    let told = of.zip(commission).is_some_and(|(of, commission)| {
        of.commission == commission.id && of.amount == commission.amount()
    });
    if told {
        Ok(())
    } else {
        found(Fault::ToldOtherwise { commission: id })
    }
}
