use domain::commands::{DecideDeal, ExtendProtection};
use domain::{DealId, ProgramId};

use super::{
    answer::{Answer, Page, ok, versioned},
    request::{At, Caller, Command, IfMatch, Nothing, Seen},
    wire::{Decision, Review, VersionReceipt},
};

/// What waits for the company, by due time
#[utoipa::path(get, path = "/programs/{program}/reviews", tag = "Decisions", responses((status = 200, body = Page<Review>)))]
pub async fn list_reviews(Caller(caller): Caller, At(program): At<ProgramId>) -> Answer {
    let access = caller.enter_company(program).await?;
    let queue = access.review_queue().await?;
    let items = queue.items.into_iter().map(Review::from).collect();
    Ok(ok(Page::whole(items)))
}

/// Decide on a registration
///
/// For a company's key with the scope `decide`.
#[utoipa::path(post, path = "/programs/{program}/deals/{deal}/decisions", tag = "Decisions", params(IfMatch), request_body = Decision, responses((status = 200, body = VersionReceipt, headers(("ETag" = String)))))]
pub async fn decide_deal(
    At((program, deal)): At<(ProgramId, DealId)>,
    Seen(version): Seen,
    command: Command<Decision>,
) -> Answer {
    let (caller, body) = command.once::<i64>();
    let access = caller.enter_company(program).await?;
    let decision = body.command()?;
    let version = access
        .decide(DecideDeal {
            deal,
            decision,
            version,
        })
        .await?;
    Ok(versioned(VersionReceipt { id: deal, version }, version))
}

/// Extend a deal's protection
///
/// For a company's key with the scope `decide`; once for each deal.
#[utoipa::path(post, path = "/programs/{program}/deals/{deal}/extensions", tag = "Decisions", params(IfMatch), responses((status = 200, body = VersionReceipt, headers(("ETag" = String)))))]
pub async fn extend_deal(
    At((program, deal)): At<(ProgramId, DealId)>,
    Seen(version): Seen,
    command: Command<Nothing>,
) -> Answer {
    let (caller, _) = command.once::<i64>();
    let access = caller.enter_company(program).await?;
    let version = access
        .extend_protection(ExtendProtection { deal, version })
        .await?;
    Ok(versioned(VersionReceipt { id: deal, version }, version))
}
