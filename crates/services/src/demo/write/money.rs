//! Offers, commissions and books of what was told.

use domain::EventId;
use domain::events::ProgramFact;
use store::Tx;
use store::payouts::NewPayout;

use super::super::cast::CompanyCast;
use super::super::story::{Happened, Story};
use super::Book;
use crate::ServiceError;
use crate::facts::Scribe;

impl Book {
    pub(super) async fn write_offers(
        &self,
        tx: &mut Tx,
        cast: &CompanyCast,
        scribe: &Scribe,
    ) -> Result<(), ServiceError> {
        let of = (cast.company.id, cast.program.id);
        for offer in &cast.offers {
            store::offers::insert(tx, offer, cast.founded).await?;
            for version in &offer.versions {
                store::offers::insert_version(tx, offer.company, version).await?;
                let fact = ProgramFact::OfferPublished {
                    offer: offer.id,
                    name: version.terms.name.clone(),
                    number: version.number,
                };
                let then = Scribe {
                    now: version.published_at,
                    ..scribe.clone()
                };
                then.program(tx, of, None, 1, fact).await?;
            }
        }
        Ok(())
    }

    /// What a deal earned, as it stands now.
    pub(super) async fn write_money(&self, tx: &mut Tx, story: &Story) -> Result<(), ServiceError> {
        let deal = &story.deal;
        for bought in &story.transactions {
            store::transactions::insert(tx, bought).await?;
        }
        for paid in &story.payouts {
            let payout = NewPayout {
                id: paid.id,
                company: deal.company,
                program: deal.program,
                partner: deal.partner,
                amount: paid.amount,
                reference: &paid.reference,
                paid_on: paid.at.date(),
                by: paid.by,
                at: paid.at,
            };
            store::payouts::insert(tx, &payout).await?;
        }
        for commission in &story.commissions {
            store::commissions::insert(tx, commission).await?;
        }
        Ok(())
    }

    /// The lines that a fact puts into the books.
    pub(super) async fn book(
        &self,
        tx: &mut Tx,
        story: &Story,
        happened: &Happened,
        event: EventId,
    ) -> Result<(), ServiceError> {
        let Some((id, transfer)) = happened.booked else {
            return Ok(());
        };
        let mut commissions = story.commissions.iter();
        let commission = commissions.find(|commission| commission.id == id);
        let commission = commission.ok_or(ServiceError::NotFound)?;
        Ok(store::ledger::insert(tx, event, commission, transfer, happened.at).await?)
    }
}
