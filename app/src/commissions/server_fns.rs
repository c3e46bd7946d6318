//! The doors of commissions. What changes one is posted as a plain form, so that it works before the app is awake.
#![expect(
    clippy::too_many_arguments,
    reason = "a plain form posts its inputs one by one"
)]

use domain::views::{CommissionFilter, CommissionList, CommissionView};
use domain::{CommissionId, MembershipId, ProgramId};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};

use crate::error::ActionError;

/// A commission's own page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    pub commission: CommissionView,
    /// Lines that the company added to it.
    pub corrections: Vec<CommissionView>,
    pub may_pay: bool,
    /// For a correction: one form is one line.
    pub key: String,
}

#[server(endpoint = "company_commissions", input = Json)]
pub async fn get_company_commissions(
    program: ProgramId,
    filter: CommissionFilter,
    after: Option<String>,
) -> Result<CommissionList, ActionError> {
    let access = crate::door::company(program).await?;
    Ok(access.commissions(&filter, after.as_deref()).await?)
}

#[server(endpoint = "partner_commissions", input = Json)]
pub async fn get_partner_commissions(
    membership: MembershipId,
    filter: CommissionFilter,
    after: Option<String>,
) -> Result<CommissionList, ActionError> {
    let access = crate::door::partner(membership).await?;
    Ok(access.commissions(&filter, after.as_deref()).await?)
}

#[server(endpoint = "company_commission", input = Json)]
pub async fn open_company_commission(
    program: ProgramId,
    commission: CommissionId,
) -> Result<Opened, ActionError> {
    // Before the first wait: what is in context then may be gone after it.
    let services = crate::door::services()?;
    let access = crate::door::company(program).await?;
    let (commission, corrections) = access.commission_with_lines(commission).await?;
    let pays = access.require(domain::people::CompanyRight::PayCommissions);
    Ok(opened(&services, commission, corrections, pays.is_ok()))
}

#[server(endpoint = "partner_commission", input = Json)]
pub async fn open_partner_commission(
    membership: MembershipId,
    commission: CommissionId,
) -> Result<Opened, ActionError> {
    let services = crate::door::services()?;
    let access = crate::door::partner(membership).await?;
    let (commission, corrections) = access.commission_with_lines(commission).await?;
    Ok(opened(&services, commission, corrections, false))
}

#[cfg(feature = "ssr")]
fn opened(
    services: &services::Services,
    commission: CommissionView,
    corrections: Vec<CommissionView>,
    may_pay: bool,
) -> Opened {
    Opened {
        commission,
        corrections,
        may_pay,
        key: services.id::<domain::EventId>().to_string(),
    }
}

#[server(endpoint = "hold_commission")]
pub async fn hold_commission(
    program: ProgramId,
    commission: CommissionId,
    version: i64,
    #[server(default)] reason: String,
) -> Result<String, ActionError> {
    let access = crate::door::company(program).await?;
    let command = domain::commands::HoldCommission {
        commission,
        reason,
        version,
    };
    access.hold_commission(command).await?;
    Ok(lead_to(program, commission))
}

#[server(endpoint = "release_commission")]
pub async fn release_commission(
    program: ProgramId,
    commission: CommissionId,
    version: i64,
) -> Result<String, ActionError> {
    let access = crate::door::company(program).await?;
    let command = domain::commands::ReleaseCommission {
        commission,
        version,
    };
    access.release_commission(command).await?;
    Ok(lead_to(program, commission))
}

#[server(endpoint = "decline_commission")]
pub async fn decline_commission(
    program: ProgramId,
    commission: CommissionId,
    version: i64,
    #[server(default)] reason: String,
) -> Result<String, ActionError> {
    let access = crate::door::company(program).await?;
    let command = domain::commands::DeclineCommission {
        commission,
        reason,
        version,
    };
    access.decline_commission(command).await?;
    Ok(lead_to(program, commission))
}

/// `way` is `back` or `more`: a phone's keys for amounts have no minus.
#[server(endpoint = "correct_commission")]
pub async fn correct_commission(
    program: ProgramId,
    commission: CommissionId,
    key: String,
    way: String,
    #[server(default)] amount: String,
    #[server(default)] reason: String,
    #[server(default)] currency: String,
    #[server(default)]
    #[server(rename = "_locale")]
    locale: String,
) -> Result<String, ActionError> {
    let access = crate::door::company(program).await?;
    let amount = crate::amounts::plain(&locale, amount, &currency)?;
    let command = domain::commands::CorrectCommission {
        commission,
        key,
        amount: super::actions::signed(&way, &amount),
        reason,
    };
    access.correct_commission(command).await?;
    Ok(lead_to(program, commission))
}

/// Gives how many were paid.
#[server(endpoint = "mark_paid")]
pub async fn mark_paid(
    program: ProgramId,
    #[server(default)] commissions: Vec<CommissionId>,
    #[server(default)] reference: String,
    #[server(default)] paid_on: String,
) -> Result<usize, ActionError> {
    let access = crate::door::company(program).await?;
    let command = domain::commands::MarkPaid {
        commissions,
        reference,
        paid_on,
    };
    let paid = access.mark_paid(command).await?;
    crate::door::lead_to(format!("/c/{program}/commissions?status=paid"));
    Ok(paid)
}

#[cfg(feature = "ssr")]
fn lead_to(program: ProgramId, commission: CommissionId) -> String {
    crate::door::lead_to(format!("/c/{program}/commissions/{commission}"))
}
