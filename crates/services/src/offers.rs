//! Offers: the company publishes and ends them, partners read those that hold for them.

use std::collections::BTreeSet;

use domain::commands::{EndOffer, PublishOffer};
use domain::commissions::worked_example;
use domain::deals::Refusal;
use domain::errors::ConflictView;
use domain::events::ProgramFact;
use domain::offers::{Offer, OfferTerms, OfferVersion};
use domain::people::{CompanyRight, PartnerRight};
use domain::program::Tier;
use domain::text::fold;
use domain::views::{OfferView, OffersView, PartnerOfferView};
use domain::{Date, OfferId, UserId};
use store::{Tx, programs};

use crate::deals::Recorder;
use crate::{CompanyAccess, PartnerAccess, ServiceError};

/// Offers of one program that have not ended.
const MAX_OFFERS: usize = 50;

impl CompanyAccess {
    /// The program's offers with their versions: those that may still earn first.
    pub async fn offers(&self) -> Result<OffersView, ServiceError> {
        self.require(CompanyRight::ViewDeals)?;
        let (company, program) = (self.company, self.program.id);
        let mut conn = self.services.read().await?;
        let tiers = programs::list_tiers(&mut conn, company, program).await?;
        let made = store::offers::count_commissions(&mut conn, company, program).await?;
        let today = self.services.now().date();
        let offers = store::offers::list(&mut conn, company, program).await?;
        let names = store::accounts::users::list_names(&mut conn, publishers(&offers)).await?;
        let mut offers: Vec<OfferView> = offers
            .into_iter()
            .filter_map(|offer| {
                let made = made.iter().find(|(id, _)| *id == offer.id);
                let made = made.map_or(0, |(_, count)| *count);
                self.offer_view(offer, &tiers, made, today)
            })
            .collect();
        for offer in &mut offers {
            let people = offer.versions.iter().map(|version| version.published_by);
            let people: BTreeSet<UserId> = people.collect();
            offer.publishers = people
                .into_iter()
                .filter_map(|id| Some((id, names.get(&id)?.clone())))
                .collect();
        }
        offers.sort_by_key(|offer| (offer.ended_at.is_some(), offer_name(offer)));
        Ok(OffersView {
            offers,
            tiers,
            currency: self.program.currency,
            may_edit: self.require(CompanyRight::EditOffers).is_ok(),
            today,
        })
    }

    fn offer_view(
        &self,
        offer: Offer,
        tiers: &[Tier],
        commissions: i64,
        today: Date,
    ) -> Option<OfferView> {
        let terms = &offer.current()?.terms;
        Some(OfferView {
            id: offer.id,
            sentence: terms.sentence_in(self.locale),
            audience: terms.audience(tiers),
            example: worked_example(terms, self.program.currency),
            in_force: offer.in_force(today).map(|version| version.id),
            ended_at: offer.ended_at,
            commissions,
            versions: offer.versions.into_iter().rev().collect(),
            publishers: Vec::new(),
        })
    }

    /// Publishes a new offer, or the next version of one. Sent twice it is published once.
    pub async fn publish_offer(&self, command: PublishOffer) -> Result<OfferId, ServiceError> {
        self.require(CompanyRight::EditOffers)?;
        let terms = command.terms.check().map_err(ServiceError::Invalid)?;
        let (offer, number) = (command.offer, command.number);
        let right = CompanyRight::EditOffers;
        self.write(right, terms, move |tx, recorder, terms| {
            Box::pin(async move { publish_in(tx, &recorder, offer, number, terms).await })
        })
        .await
    }

    /// Takes an offer back: from today on it earns nothing. What it earned stays.
    pub async fn end_offer(&self, command: EndOffer) -> Result<(), ServiceError> {
        let right = CompanyRight::EditOffers;
        self.write(right, command, |tx, recorder, command| {
            Box::pin(async move {
                let program = &recorder.program;
                let (company, id) = (program.company, program.id);
                let offers = store::offers::list(tx, company, id).await?;
                let offer = offers.into_iter().find(|offer| offer.id == command.offer);
                let offer = offer.ok_or(ServiceError::NotFound)?;
                if !store::offers::end(tx, company, id, offer.id, recorder.now).await? {
                    return Err(Refusal::OfferEnded.into());
                }
                let name = offer.current().map(|version| version.terms.name.clone());
                let fact = ProgramFact::OfferEnded {
                    offer: offer.id,
                    name: name.unwrap_or_default(),
                };
                recorder.note_program(tx, program.version, fact).await
            })
        })
        .await
    }
}

impl PartnerAccess {
    /// The offers that hold for the partner's tier today, in plain words (R28).
    pub async fn offers(&self) -> Result<Vec<PartnerOfferView>, ServiceError> {
        self.require(PartnerRight::ViewCommissions)?;
        let mut conn = self.services.read().await?;
        let offers = store::offers::list(&mut conn, self.company, self.program.id).await?;
        let today = self.services.now().date();
        let held = offers
            .iter()
            .filter_map(|offer| offer.holds_for(self.tier, today));
        Ok(held
            .map(|version| PartnerOfferView {
                id: version.offer,
                name: version.terms.name.clone(),
                number: version.number,
                trigger: version.terms.trigger,
                sentence: version.terms.sentence_in(self.locale),
                ends_on: version.terms.ends_on,
                example: worked_example(&version.terms, self.program.currency),
            })
            .collect())
    }
}

/// Everybody who published a version of one of them, once.
fn publishers(offers: &[Offer]) -> BTreeSet<UserId> {
    let versions = offers.iter().flat_map(|offer| &offer.versions);
    versions.map(|version| version.published_by).collect()
}

fn offer_name(offer: &OfferView) -> String {
    let newest = offer.versions.first();
    newest.map_or_else(String::new, |version| fold(&version.terms.name))
}

async fn publish_in(
    tx: &mut Tx,
    recorder: &Recorder,
    wanted: Option<OfferId>,
    number: i32,
    terms: OfferTerms,
) -> Result<OfferId, ServiceError> {
    let (company, program) = (recorder.program.company, recorder.program.id);
    // Two who publish at once do it one after the other, and the second sees what the first did.
    programs::lock(tx, program).await?;
    let tiers = programs::list_tiers(tx, company, program).await?;
    if !terms
        .tiers
        .iter()
        .all(|id| tiers.iter().any(|tier| tier.id == *id))
    {
        return Err(ServiceError::input("tiers", "Choose tiers of this program"));
    }
    let offers = store::offers::list(tx, company, program).await?;
    let live = |offer: &&Offer| !offer.is_ended() && wanted.is_none_or(|id| id == offer.id);
    let same = |offer: &&Offer| offer.current().is_some_and(|kept| kept.terms == terms);
    if let Some(offer) = offers.iter().filter(live).find(same) {
        return Ok(offer.id);
    }
    check_name(&offers, wanted, &terms)?;
    let (offer, last) = match wanted {
        None => (new_offer(tx, recorder, &offers).await?, 0),
        Some(id) => {
            let offer = offers.into_iter().find(|offer| offer.id == id);
            let offer = offer.ok_or(ServiceError::NotFound)?;
            if offer.is_ended() {
                return Err(Refusal::OfferEnded.into());
            }
            let current = offer.current().ok_or(ServiceError::NotFound)?;
            if current.number != number {
                return Err(conflict(tx, current).await?);
            }
            (id, current.number)
        }
    };
    let version = OfferVersion {
        id: recorder.id(),
        offer,
        number: last + 1,
        terms,
        published_by: recorder.user()?,
        published_at: recorder.now,
    };
    if !store::offers::insert_version(tx, company, &version).await? {
        return Err(ServiceError::Stale);
    }
    let fact = ProgramFact::OfferPublished {
        offer,
        name: version.terms.name.clone(),
        number: version.number,
    };
    recorder
        .note_program(tx, recorder.program.version, fact)
        .await?;
    Ok(offer)
}

/// Partners tell offers apart by their names.
fn check_name(
    offers: &[Offer],
    wanted: Option<OfferId>,
    terms: &OfferTerms,
) -> Result<(), ServiceError> {
    let name = fold(&terms.name);
    let taken = offers
        .iter()
        .filter(|offer| !offer.is_ended() && Some(offer.id) != wanted)
        .filter_map(Offer::current)
        .any(|version| fold(&version.terms.name) == name);
    if taken {
        return Err(ServiceError::input(
            "name",
            "There is an offer of that name. Change it, or choose another name",
        ));
    }
    Ok(())
}

async fn new_offer(
    tx: &mut Tx,
    recorder: &Recorder,
    offers: &[Offer],
) -> Result<OfferId, ServiceError> {
    let live = offers.iter().filter(|offer| !offer.is_ended()).count();
    if live >= MAX_OFFERS {
        return Err(ServiceError::input(
            "name",
            "A program can have 50 offers at once. End one first",
        ));
    }
    let offer = Offer {
        id: recorder.id(),
        company: recorder.program.company,
        program: recorder.program.id,
        versions: Vec::new(),
        ended_at: None,
    };
    store::offers::insert(tx, &offer, recorder.now).await?;
    Ok(offer.id)
}

async fn conflict(tx: &mut Tx, current: &OfferVersion) -> Result<ServiceError, ServiceError> {
    let who = store::accounts::users::find(tx, current.published_by).await?;
    Ok(ServiceError::Conflict(ConflictView {
        current_version: i64::from(current.number),
        who: who.map(|user| user.name).unwrap_or_default(),
        at: current.published_at,
        what: format!("published version {} of this offer", current.number),
    }))
}
