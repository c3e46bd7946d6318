//! The row of a deal, and back.

use domain::customer::fold_business;
use domain::deals::{Deal, Lost, Placement, Registration, Summary, Win};
use domain::forms::Answers;
use domain::{
    CompanyId, Currency, Date, DealId, FormVersionId, LostReasonId, MembershipId, Money, PartnerId,
    ProgramId, Rank, StageId, Timestamp, UserId, text,
};

use crate::JsonText;

#[derive(Debug, sqlx::FromRow)]
pub(super) struct DealRecord {
    id: DealId,
    company_id: CompanyId,
    program_id: ProgramId,
    partner_id: PartnerId,
    membership_id: MembershipId,
    form_version_id: FormVersionId,
    number: Option<i64>,
    answers: JsonText<Answers>,
    customer_name: String,
    customer_domain: Option<String>,
    contact_name: String,
    contact_email: String,
    value_minor: Option<i64>,
    currency: Option<Currency>,
    close_date: Option<Date>,
    registration_facts: JsonText<Registration>,
    stage_id: Option<StageId>,
    stage_entered_at: Option<Timestamp>,
    rank: String,
    win_facts: JsonText<Win>,
    lost_reason_id: Option<LostReasonId>,
    lost_note: Option<String>,
    owner_id: UserId,
    created_by: UserId,
    created_at: Timestamp,
    changed_by: UserId,
    changed_at: Timestamp,
    version: i64,
}

fn filled(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

impl From<DealRecord> for Deal {
    fn from(record: DealRecord) -> Self {
        let lost = record.lost_reason_id.map(|reason| Lost {
            reason,
            note: record.lost_note.unwrap_or_default(),
        });
        let placement = record.stage_id.map(|stage| Placement {
            stage,
            entered_at: record.stage_entered_at.unwrap_or(record.changed_at),
            rank: Rank(record.rank),
            lost,
        });
        Self {
            id: record.id,
            company: record.company_id,
            program: record.program_id,
            partner: record.partner_id,
            membership: record.membership_id,
            number: record.number,
            form_version: record.form_version_id,
            answers: record.answers.0,
            summary: Summary {
                customer: record.customer_name,
                domain: record.customer_domain,
                contact_name: filled(record.contact_name),
                contact_email: filled(record.contact_email),
                value: record
                    .value_minor
                    .zip(record.currency)
                    .map(|(minor, currency)| Money::new(minor, currency)),
                close_date: record.close_date,
            },
            registration: record.registration_facts.0,
            placement,
            win: record.win_facts.0,
            owner: record.owner_id,
            created_by: record.created_by,
            created_at: record.created_at,
            changed_by: record.changed_by,
            changed_at: record.changed_at,
            version: record.version,
        }
    }
}

/// The columns that are copies of facts, for indexes, lists and matching.
pub(super) struct Parts<'d> {
    pub customer_folded: String,
    pub contact_name: &'d str,
    pub contact_email: &'d str,
    pub value_minor: Option<i64>,
    pub currency: Option<Currency>,
    pub submitted_at: Option<Timestamp>,
    pub due_at: Option<Timestamp>,
    pub decided_at: Option<Timestamp>,
    pub protected_until: Option<Timestamp>,
    pub stage: Option<StageId>,
    pub entered_at: Option<Timestamp>,
    pub rank: &'d str,
    pub lost_reason: Option<LostReasonId>,
    pub lost_note: Option<&'d str>,
    pub search: String,
}

impl<'d> Parts<'d> {
    pub fn of(deal: &'d Deal) -> Self {
        let submission = deal.registration.submission();
        let placement = deal.placement.as_ref();
        let lost = placement.and_then(|placement| placement.lost.as_ref());
        Self {
            customer_folded: fold_business(&deal.summary.customer),
            contact_name: deal.summary.contact_name.as_deref().unwrap_or_default(),
            contact_email: deal.summary.contact_email.as_deref().unwrap_or_default(),
            value_minor: deal.summary.value.map(|money| money.minor),
            currency: deal.summary.value.map(|money| money.currency),
            submitted_at: submission.map(|submission| submission.at),
            due_at: submission.map(|submission| submission.due_at),
            decided_at: deal.registration.decided_at(),
            protected_until: deal.registration.protected_until(),
            stage: placement.map(|placement| placement.stage),
            entered_at: placement.map(|placement| placement.entered_at),
            rank: placement.map_or("", |placement| placement.rank.0.as_str()),
            lost_reason: lost.map(|lost| lost.reason),
            lost_note: lost.map(|lost| lost.note.as_str()),
            search: search_text(deal),
        }
    }
}

/// What the search box looks through: customer, site, contact, number.
fn search_text(deal: &Deal) -> String {
    let summary = &deal.summary;
    let number = deal.number.map(|number| number.to_string());
    [
        Some(summary.customer.as_str()),
        summary.domain.as_deref(),
        summary.contact_name.as_deref(),
        number.as_deref(),
    ]
    .into_iter()
    .flatten()
    .map(text::fold)
    .collect::<Vec<_>>()
    .join(" ")
}
