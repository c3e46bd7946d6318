use axum::extract::State;
use domain::commands::{AppealDeal, ResubmitDeal, WithdrawDeal};
use domain::{DealId, ProgramId, views::DealFilter};
use serde::Deserialize;
use services::{
    Services,
    deals::{Moved, Registered},
    keys::Entry,
};
use utoipa::IntoParams;

use super::{
    answer::{Answer, Page, created, ok, tagged, versioned},
    answers,
    problem::ApiProblem,
    request::{Asked, At, Body, Caller, Command, IfMatch, Nothing, Seen, cursor, words},
    wire::{
        AnswerChange, Appeal, Deal, DealLine, DealSort, Move, MoveReceipt, NewDeal,
        RegistrationReceipt, RegistrationStatus, StageKind, VersionReceipt,
    },
};

/// What narrows a list of deals.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct DealsAsked {
    /// `next` of the page before.
    cursor: Option<String>,
    /// Words that customer or number hold.
    #[param(max_length = 200)]
    search: Option<String>,
    #[param(value_type = Option<String>, pattern = "^stage_[0-7][0-9a-hjkmnp-tv-z]{25}$")]
    stage: Option<domain::StageId>,
    /// Only deals that lie in a stage of that pipeline.
    #[param(value_type = Option<String>, pattern = "^pipeline_[0-7][0-9a-hjkmnp-tv-z]{25}$")]
    pipeline: Option<domain::PipelineId>,
    stage_kind: Option<StageKind>,
    registration: Option<RegistrationStatus>,
    /// Words of the partner's name; for a company's key.
    #[param(max_length = 200)]
    partner: Option<String>,
    /// Only deals of the key's maker.
    mine: Option<bool>,
    /// Protection ends within 14 days.
    expiring: Option<bool>,
    /// Longer in the stage than the stage allows.
    stuck: Option<bool>,
    sort: Option<DealSort>,
}

impl DealsAsked {
    fn filter(&self) -> Result<DealFilter, ApiProblem> {
        Ok(DealFilter {
            mine: self.mine.unwrap_or_default(),
            search: words("search", self.search.clone())?,
            stage: self.stage,
            pipeline: self.pipeline,
            registration: self.registration.map(Into::into),
            stage_kind: self.stage_kind.map(Into::into),
            partner: words("partner", self.partner.clone())?,
            expiring: self.expiring.unwrap_or_default(),
            stuck: self.stuck.unwrap_or_default(),
            sort: self.sort.map(Into::into).unwrap_or_default(),
            ..DealFilter::default()
        })
    }
}

/// Where a deal is read again.
fn location(program: ProgramId, deal: DealId) -> String {
    format!("/api/v1/programs/{program}/deals/{deal}")
}

/// The deals of a program, 50 a page
#[utoipa::path(get, path = "/programs/{program}/deals", tag = "Deals", params(DealsAsked), responses((status = 200, body = Page<DealLine>)))]
pub async fn list_deals(
    Caller(caller): Caller,
    At(program): At<ProgramId>,
    Asked(asked): Asked<DealsAsked>,
) -> Answer {
    let after = cursor(asked.cursor.as_deref(), services::deals::is_cursor)?;
    let filter = asked.filter()?;
    let list = match caller.enter(program).await? {
        Entry::Company(access) => access.deals(&filter, after).await?,
        Entry::Partner(access) => access.deals(&filter, after).await?,
    };
    let items = list.rows.into_iter().map(DealLine::from).collect();
    Ok(ok(Page {
        items,
        next: list.next,
    }))
}

/// One deal
#[utoipa::path(get, path = "/programs/{program}/deals/{deal}", tag = "Deals", responses((status = 200, body = Deal, headers(("ETag" = String)))))]
pub async fn get_deal(
    Caller(caller): Caller,
    At((program, deal)): At<(ProgramId, DealId)>,
) -> Answer {
    let record = match caller.enter(program).await? {
        Entry::Company(access) => access.deal_record(deal).await?,
        Entry::Partner(access) => access.deal_record(deal).await?,
    };
    let deal = Deal::from(record);
    let version = deal.version;
    Ok(versioned(deal, version))
}

/// Register a deal
///
/// For a partner team's key with the scope `register`. The answers are judged by the form's own rules.
#[utoipa::path(post, path = "/programs/{program}/deals", tag = "Deals", request_body = NewDeal, responses((status = 201, body = RegistrationReceipt, headers(("ETag" = String), ("Location" = String)))))]
pub async fn register_deal(
    State(services): State<Services>,
    At(program): At<ProgramId>,
    command: Command<NewDeal>,
) -> Answer {
    let (caller, body) = command.once::<Registered>();
    let access = caller.enter_partner(program).await?;
    let key = services.id::<DealId>().to_string();
    let registered = access.register_deal(body.command(key)?).await?;
    let receipt = RegistrationReceipt::from(registered);
    let (at, version) = (location(program, receipt.id), receipt.version);
    Ok(tagged(created(receipt, &at), version))
}

/// Answer what the company asked, or change answers after the approval
///
/// For a partner team's key with the scope `register`. While the registration is `needs_info`, only the open fields may
/// differ, and it is submitted again. While the deal is approved and neither won nor lost, only what changes is judged; the
/// customer, its website and files stay as they are.
#[utoipa::path(patch, path = "/programs/{program}/deals/{deal}", tag = "Deals", params(IfMatch), request_body = AnswerChange, responses((status = 200, body = VersionReceipt, headers(("ETag" = String)))))]
pub async fn change_deal(
    Caller(caller): Caller,
    At((program, deal)): At<(ProgramId, DealId)>,
    Seen(version): Seen,
    Body(change): Body<AnswerChange>,
) -> Answer {
    let access = caller.enter_partner(program).await?;
    let given = access.changeable_answers(deal).await?;
    let answers = answers::over(given, &change.answers)?;
    let note = change.note;
    let command = ResubmitDeal {
        deal,
        answers,
        note,
        version,
    };
    let version = access.change_deal(command).await?;
    Ok(versioned(VersionReceipt { id: deal, version }, version))
}

/// Move a deal to a stage
///
/// A partner team's key needs the scope `move`; into a stage of kind won it marks the win. A company's key needs
/// `override` and says why in `override_reason`.
#[utoipa::path(post, path = "/programs/{program}/deals/{deal}/moves", tag = "Deals", params(IfMatch), request_body = Move, responses((status = 200, body = MoveReceipt, headers(("ETag" = String)))))]
pub async fn move_deal(
    At((program, deal)): At<(ProgramId, DealId)>,
    Seen(version): Seen,
    command: Command<Move>,
) -> Answer {
    let (caller, body) = command.once::<Moved>();
    let command = body.command(deal, version)?;
    let moved = match caller.enter(program).await? {
        Entry::Company(access) => access.override_stage(command).await?,
        Entry::Partner(access) => access.move_deal(command).await?,
    };
    let receipt = MoveReceipt::from(moved);
    let version = receipt.version;
    Ok(versioned(receipt, version))
}

/// Withdraw a registration
///
/// For a partner team's key with the scope `register`, at any time before the win.
#[utoipa::path(post, path = "/programs/{program}/deals/{deal}/withdrawals", tag = "Deals", params(IfMatch), responses((status = 200, body = VersionReceipt, headers(("ETag" = String)))))]
pub async fn withdraw_deal(
    At((program, deal)): At<(ProgramId, DealId)>,
    Seen(version): Seen,
    command: Command<Nothing>,
) -> Answer {
    let (caller, _) = command.once::<i64>();
    let access = caller.enter_partner(program).await?;
    let version = access.withdraw_deal(WithdrawDeal { deal, version }).await?;
    Ok(versioned(VersionReceipt { id: deal, version }, version))
}

/// Appeal a verdict
///
/// For a partner team's key with the scope `register`; once for each registration.
#[utoipa::path(post, path = "/programs/{program}/deals/{deal}/appeals", tag = "Deals", params(IfMatch), request_body = Appeal, responses((status = 200, body = VersionReceipt, headers(("ETag" = String)))))]
pub async fn appeal_deal(
    At((program, deal)): At<(ProgramId, DealId)>,
    Seen(version): Seen,
    command: Command<Appeal>,
) -> Answer {
    let (caller, Appeal { note }) = command.once::<i64>();
    let access = caller.enter_partner(program).await?;
    let version = access
        .appeal_deal(AppealDeal {
            deal,
            note,
            version,
        })
        .await?;
    Ok(versioned(VersionReceipt { id: deal, version }, version))
}
