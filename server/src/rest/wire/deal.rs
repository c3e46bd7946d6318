//! Deals as they are.

use domain::views::{DealRow, QueueItem};
use domain::{DealId, FormVersionId, LostReasonId, StageId};
use serde::Serialize;
use serde_json::{Map, Value};
use services::deals::DealRecord;
use utoipa::ToSchema;

use super::words::{RegistrationStatus, StageKind, WinStatus};
use super::{Money, at};
use crate::rest::answers;

/// A line of the list of deals.
#[derive(Debug, Serialize, ToSchema)]
pub struct DealLine {
    #[schema(value_type = String, example = "deal_01jd3v8m6kf3t9w2c5x7y8z0ab")]
    id: DealId,
    /// `ALT-1042`; null while it is a draft.
    number: Option<String>,
    customer: String,
    value: Option<Money>,
    #[schema(format = Date)]
    close_date: Option<String>,
    registration: RegistrationStatus,
    win: WinStatus,
    #[schema(value_type = Option<String>)]
    stage: Option<StageId>,
    stage_kind: Option<StageKind>,
    #[schema(format = DateTime)]
    protected_until: Option<String>,
    owner: String,
    /// The partner's name; for a company's key.
    #[serde(skip_serializing_if = "Option::is_none")]
    partner: Option<String>,
    #[schema(format = DateTime)]
    changed_at: String,
    version: i64,
}

impl From<DealRow> for DealLine {
    fn from(row: DealRow) -> Self {
        Self {
            id: row.id,
            number: Some(row.number).filter(|number| !number.is_empty()),
            customer: row.customer,
            value: row.value.map(Money::from),
            close_date: row.close_date.map(|date| date.to_string()),
            registration: row.registration.into(),
            win: row.win.into(),
            stage: row.stage,
            stage_kind: row.stage_kind.map(StageKind::from),
            protected_until: row.protected_until.map(at),
            owner: row.owner,
            partner: Some(row.partner).filter(|name| !name.is_empty()),
            changed_at: at(row.changed_at),
            version: row.version,
        }
    }
}

/// A deal.
#[derive(Debug, Serialize, ToSchema)]
pub struct Deal {
    #[schema(value_type = String, example = "deal_01jd3v8m6kf3t9w2c5x7y8z0ab")]
    pub id: DealId,
    /// `ALT-1042`; null while it is a draft.
    number: Option<String>,
    customer: String,
    domain: Option<String>,
    contact_name: Option<String>,
    contact_email: Option<String>,
    value: Option<Money>,
    #[schema(format = Date)]
    close_date: Option<String>,
    /// The form version that it was registered with.
    #[schema(value_type = String)]
    form: FormVersionId,
    /// By field key, as the form version's `json_schema` says.
    answers: Map<String, Value>,
    registration: Registration,
    #[schema(value_type = Option<String>)]
    stage: Option<StageId>,
    #[schema(format = DateTime)]
    stage_entered_at: Option<String>,
    #[schema(value_type = Option<String>)]
    lost_reason: Option<LostReasonId>,
    win: Win,
    owner: String,
    /// The partner's name; for a company's key.
    #[serde(skip_serializing_if = "Option::is_none")]
    partner: Option<String>,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    changed_at: String,
    /// Counts up with every change; the `ETag`.
    pub version: i64,
}

/// Where a registration stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct Registration {
    status: RegistrationStatus,
    #[schema(format = DateTime)]
    submitted_at: Option<String>,
    /// When the company means to have decided.
    #[schema(format = DateTime)]
    due_at: Option<String>,
    #[schema(format = DateTime)]
    decided_at: Option<String>,
    #[schema(format = DateTime)]
    protected_until: Option<String>,
    /// What the company wrote with its latest verdict.
    message: Option<String>,
    /// The only fields that may change now, when the company asked for info; empty: all.
    #[serde(skip_serializing_if = "Option::is_none")]
    open_fields: Option<Vec<String>>,
    appealed: bool,
}

impl From<&domain::deals::Registration> for Registration {
    fn from(registration: &domain::deals::Registration) -> Self {
        let submission = registration.submission();
        let open_fields = match registration {
            domain::deals::Registration::NeedsInfo { fields, .. } => {
                Some(fields.iter().map(|key| key.as_str().to_owned()).collect())
            }
            _ => None,
        };
        Self {
            status: registration.status().into(),
            submitted_at: submission.map(|submission| at(submission.at)),
            due_at: submission.map(|submission| at(submission.due_at)),
            decided_at: registration.decided_at().map(at),
            protected_until: registration.protected_until().map(at),
            message: registration.message().map(ToOwned::to_owned),
            open_fields,
            appealed: submission.is_some_and(|submission| submission.appealed),
        }
    }
}

/// Whether the deal is won.
#[derive(Debug, Serialize, ToSchema)]
pub struct Win {
    status: WinStatus,
    #[schema(value_type = Option<String>)]
    customer: Option<domain::CustomerId>,
}

impl From<DealRecord> for Deal {
    fn from(record: DealRecord) -> Self {
        let deal = record.deal;
        let placement = deal.placement;
        let lost = placement
            .as_ref()
            .and_then(|placement| placement.lost.as_ref());
        Self {
            id: deal.id,
            number: Some(record.number).filter(|number| !number.is_empty()),
            customer: deal.summary.customer,
            domain: deal.summary.domain,
            contact_name: deal.summary.contact_name,
            contact_email: deal.summary.contact_email,
            value: deal.summary.value.map(Money::from),
            close_date: deal.summary.close_date.map(|date| date.to_string()),
            form: deal.form_version,
            answers: answers::written(&deal.answers),
            registration: Registration::from(&deal.registration),
            lost_reason: lost.map(|lost| lost.reason),
            stage: placement.as_ref().map(|placement| placement.stage),
            stage_entered_at: placement.map(|placement| at(placement.entered_at)),
            win: Win {
                status: deal.win.status().into(),
                customer: deal.win.customer(),
            },
            owner: record.owner,
            partner: record.partner,
            created_at: at(deal.created_at),
            changed_at: at(deal.changed_at),
            version: deal.version,
        }
    }
}

/// A registration or a win that waits for the company.
#[derive(Debug, Serialize, ToSchema)]
pub struct Review {
    #[schema(value_type = String)]
    deal: DealId,
    number: String,
    customer: String,
    partner: String,
    value: Option<Money>,
    registration: RegistrationStatus,
    win: WinStatus,
    #[schema(format = DateTime)]
    waiting_since: String,
    #[schema(format = DateTime)]
    due_at: String,
    appealed: bool,
    /// Others on the same customer.
    conflicts: i64,
    version: i64,
}

impl From<QueueItem> for Review {
    fn from(item: QueueItem) -> Self {
        Self {
            deal: item.id,
            number: item.number,
            customer: item.customer,
            partner: item.partner,
            value: item.value.map(Money::from),
            registration: item.registration.into(),
            win: item.win.into(),
            waiting_since: at(item.waiting_since),
            due_at: at(item.due_at),
            appealed: item.appealed,
            conflicts: item.conflicts,
            version: item.version,
        }
    }
}
