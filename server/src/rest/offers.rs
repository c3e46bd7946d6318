use domain::ProgramId;
use domain::views::{OffersView, PartnerOfferView};
use services::keys::Entry;

use super::{
    answer::{Answer, Page, ok},
    request::{At, Caller},
    wire::Offer,
};

/// The commission promises of a program
///
/// A company's key sees every offer, a partner team's those that hold for the team's tier today.
#[utoipa::path(get, path = "/programs/{program}/offers", tag = "Offers", responses((status = 200, body = Page<Offer>)))]
pub async fn list_offers(Caller(caller): Caller, At(program): At<ProgramId>) -> Answer {
    let items = match caller.enter(program).await? {
        Entry::Company(access) => of_company(access.offers().await?),
        Entry::Partner(access) => of_partner(access.offers().await?),
    };
    Ok(ok(Page::whole(items)))
}

fn of_company(seen: OffersView) -> Vec<Offer> {
    let offers = seen.offers.into_iter();
    offers.filter_map(Offer::of_company).collect()
}

fn of_partner(seen: Vec<PartnerOfferView>) -> Vec<Offer> {
    seen.into_iter().map(Offer::from).collect()
}
