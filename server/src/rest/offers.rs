use domain::ProgramId;
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
    let items: Vec<Offer> = match caller.enter(program).await? {
        Entry::Company(access) => {
            let view = access.offers().await?;
            view.offers
                .into_iter()
                .filter_map(Offer::of_company)
                .collect()
        }
        Entry::Partner(access) => access
            .offers()
            .await?
            .into_iter()
            .map(Offer::from)
            .collect(),
    };
    Ok(ok(Page::whole(items)))
}
