use axum::extract::State;
use domain::commands::{DeclineCommission, HoldCommission, ReleaseCommission};
use domain::{CommissionId, DealId, ProgramId, views::CommissionFilter};
use serde::Deserialize;
use services::{Services, keys::Entry};
use utoipa::IntoParams;

use super::{
    answer::{Answer, Page, created, ok, versioned},
    request::{Asked, At, Caller, Command, IfMatch, Nothing, Seen, cursor},
    wire::{
        Commission, CommissionReceipt, CommissionStatus, Correction, CorrectionReceipt, Payment,
        PaymentReceipt, Reason,
    },
};

/// What narrows a list of commissions.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct CommissionsAsked {
    /// `next` of the page before.
    cursor: Option<String>,
    status: Option<CommissionStatus>,
}

impl CommissionsAsked {
    fn filter(&self) -> CommissionFilter {
        CommissionFilter {
            status: self.status.map(Into::into),
            partner: None,
        }
    }
}

/// The commissions of a program, newest first, 50 a page
#[utoipa::path(get, path = "/programs/{program}/commissions", tag = "Commissions", params(CommissionsAsked), responses((status = 200, body = Page<Commission>)))]
pub async fn list_commissions(
    Caller(caller): Caller,
    At(program): At<ProgramId>,
    Asked(asked): Asked<CommissionsAsked>,
) -> Answer {
    let after = cursor(asked.cursor.as_deref(), services::commissions::is_cursor)?;
    let list = match caller.enter(program).await? {
        Entry::Company(access) => access.commissions(&asked.filter(), after).await?,
        Entry::Partner(access) => access.commissions(&asked.filter(), after).await?,
    };
    let items = list.rows.into_iter().map(Commission::from).collect();
    Ok(ok(Page {
        items,
        next: list.next,
    }))
}

/// One commission
#[utoipa::path(get, path = "/programs/{program}/commissions/{commission}", tag = "Commissions", responses((status = 200, body = Commission, headers(("ETag" = String)))))]
pub async fn get_commission(
    Caller(caller): Caller,
    At((program, id)): At<(ProgramId, CommissionId)>,
) -> Answer {
    let found = match caller.enter(program).await? {
        Entry::Company(access) => access.commission(id).await?,
        Entry::Partner(access) => access.commission(id).await?,
    };
    let version = found.version;
    Ok(versioned(Commission::from(found), version))
}

/// What one deal earned, oldest first
#[utoipa::path(get, path = "/programs/{program}/deals/{deal}/commissions", tag = "Commissions", responses((status = 200, body = Page<Commission>)))]
pub async fn list_deal_commissions(
    Caller(caller): Caller,
    At((program, deal)): At<(ProgramId, DealId)>,
) -> Answer {
    let money = match caller.enter(program).await? {
        Entry::Company(access) => access.deal_money(deal).await?,
        Entry::Partner(access) => access.deal_money(deal).await?,
    };
    let items = money
        .commissions
        .into_iter()
        .map(Commission::from)
        .collect();
    Ok(ok(Page::whole(items)))
}

/// Keep an approved commission back
///
/// For a company's key with the scope `pay`.
#[utoipa::path(post, path = "/programs/{program}/commissions/{commission}/holds", tag = "Commissions", params(IfMatch), request_body = Reason, responses((status = 200, body = CommissionReceipt, headers(("ETag" = String)))))]
pub async fn hold_commission(
    At((program, commission)): At<(ProgramId, CommissionId)>,
    Seen(version): Seen,
    command: Command<Reason>,
) -> Answer {
    let (caller, Reason { reason }) = command.once::<i64>();
    let access = caller.enter_company(program).await?;
    let command = HoldCommission {
        commission,
        reason,
        version,
    };
    let version = access.hold_commission(command).await?;
    Ok(versioned(
        CommissionReceipt {
            id: commission,
            version,
        },
        version,
    ))
}

/// Let a held commission go
///
/// For a company's key with the scope `pay`.
#[utoipa::path(post, path = "/programs/{program}/commissions/{commission}/releases", tag = "Commissions", params(IfMatch), responses((status = 200, body = CommissionReceipt, headers(("ETag" = String)))))]
pub async fn release_commission(
    At((program, commission)): At<(ProgramId, CommissionId)>,
    Seen(version): Seen,
    command: Command<Nothing>,
) -> Answer {
    let (caller, _) = command.once::<i64>();
    let access = caller.enter_company(program).await?;
    let command = ReleaseCommission {
        commission,
        version,
    };
    let version = access.release_commission(command).await?;
    Ok(versioned(
        CommissionReceipt {
            id: commission,
            version,
        },
        version,
    ))
}

/// Decline an approved or held commission
///
/// For a company's key with the scope `pay`.
#[utoipa::path(post, path = "/programs/{program}/commissions/{commission}/declines", tag = "Commissions", params(IfMatch), request_body = Reason, responses((status = 200, body = CommissionReceipt, headers(("ETag" = String)))))]
pub async fn decline_commission(
    At((program, commission)): At<(ProgramId, CommissionId)>,
    Seen(version): Seen,
    command: Command<Reason>,
) -> Answer {
    let (caller, Reason { reason }) = command.once::<i64>();
    let access = caller.enter_company(program).await?;
    let command = DeclineCommission {
        commission,
        reason,
        version,
    };
    let version = access.decline_commission(command).await?;
    Ok(versioned(
        CommissionReceipt {
            id: commission,
            version,
        },
        version,
    ))
}

/// Add a line to a commission
///
/// For a company's key with the scope `pay`. An amount below zero claws back.
#[utoipa::path(post, path = "/programs/{program}/commissions/{commission}/corrections", tag = "Commissions", request_body = Correction, responses((status = 201, body = CorrectionReceipt, headers(("Location" = String)))))]
pub async fn correct_commission(
    State(services): State<Services>,
    At((program, commission)): At<(ProgramId, CommissionId)>,
    command: Command<Correction>,
) -> Answer {
    let (caller, body) = command.once::<CommissionId>();
    let access = caller.enter_company(program).await?;
    let key = services.id::<DealId>().to_string();
    let id = access
        .correct_commission(body.command(commission, key))
        .await?;
    let location = format!("/api/v1/programs/{program}/commissions/{id}");
    Ok(created(CorrectionReceipt { id }, &location))
}

/// Mark approved commissions paid: all of them, or none
///
/// For a company's key with the scope `pay`.
#[utoipa::path(post, path = "/programs/{program}/payouts", tag = "Commissions", request_body = Payment, responses((status = 200, body = PaymentReceipt)))]
pub async fn pay_commissions(At(program): At<ProgramId>, command: Command<Payment>) -> Answer {
    let (caller, body) = command.once::<usize>();
    let access = caller.enter_company(program).await?;
    let paid = access.mark_paid(body.command()).await?;
    Ok(ok(PaymentReceipt { paid }))
}
