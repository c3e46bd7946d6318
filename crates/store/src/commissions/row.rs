//! The row of a commission, and back.

use domain::commissions::{Calculation, Cause, Commission, CommissionState};
use domain::{
    CommissionId, CompanyId, Date, DealId, MembershipId, PartnerId, ProgramId, Timestamp,
};

use crate::JsonText;

#[derive(Debug, sqlx::FromRow)]
pub(crate) struct CommissionRecord {
    id: CommissionId,
    company_id: CompanyId,
    program_id: ProgramId,
    partner_id: PartnerId,
    membership_id: MembershipId,
    deal_id: DealId,
    cause: JsonText<Cause>,
    calculation: JsonText<Calculation>,
    state: JsonText<CommissionState>,
    accrued_at: Timestamp,
    changed_at: Timestamp,
    version: i64,
}

impl From<CommissionRecord> for Commission {
    fn from(record: CommissionRecord) -> Self {
        Self {
            id: record.id,
            company: record.company_id,
            program: record.program_id,
            partner: record.partner_id,
            membership: record.membership_id,
            deal: record.deal_id,
            cause: record.cause.0,
            calculation: record.calculation.0,
            state: record.state.0,
            accrued_at: record.accrued_at,
            changed_at: record.changed_at,
            version: record.version,
        }
    }
}

#[derive(Debug, sqlx::FromRow)]
pub(super) struct ListedRecord {
    #[sqlx(flatten)]
    record: CommissionRecord,
    number: Option<i64>,
    customer_name: String,
    partner: String,
    transaction_reference: Option<String>,
    transaction_on: Option<Date>,
}

/// A line of a list: the commission, and what people call what it is about.
#[derive(Debug, Clone)]
pub struct CommissionRow {
    pub commission: Commission,
    pub number: Option<i64>,
    pub customer: String,
    pub partner: String,
    /// The transaction's reference and day.
    pub transaction: Option<(String, Date)>,
}

impl From<ListedRecord> for CommissionRow {
    fn from(listed: ListedRecord) -> Self {
        Self {
            commission: listed.record.into(),
            number: listed.number,
            customer: listed.customer_name,
            partner: listed.partner,
            transaction: listed.transaction_reference.zip(listed.transaction_on),
        }
    }
}
