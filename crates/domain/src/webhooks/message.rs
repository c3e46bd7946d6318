//! What a receiver reads: thin and stable. Ids and words, no text that somebody typed and no amounts: who needs more asks
//! for it under their own permissions.

use serde::Serialize;

use super::event::WebhookEvent;
use crate::commissions::CommissionFact;
use crate::deals::{Deal, DealFact};
use crate::people::Actor;
use crate::{
    CommissionId, CompanyId, DealId, EndpointId, EventId, PartnerId, ProgramId, StageId, Timestamp,
    TransactionId,
};

/// The body of a delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Message {
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// When it happened: ISO 8601, UTC.
    pub timestamp: String,
    pub data: MessageData,
}

/// What it happened to, as it stands after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum MessageData {
    Deal {
        /// The fact's id: the same at every endpoint.
        event: EventId,
        company: CompanyId,
        program: ProgramId,
        partner: PartnerId,
        deal: DealId,
        /// `ALT-1042`.
        number: String,
        /// The deal's version after it.
        version: i64,
        registration: &'static str,
        /// Where the deal lies; null while it is not on the board.
        stage: Option<StageId>,
        win: &'static str,
        /// On whose behalf it was done: partner, company or system.
        by: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        commission: Option<CommissionId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        transaction: Option<TransactionId>,
    },
    /// A test that somebody sent.
    Test {
        company: CompanyId,
        endpoint: EndpointId,
    },
}

impl Message {
    /// The `type` of a test.
    pub const TEST: &'static str = "webhook.test";

    /// What is said of that fact; `None` where nothing is: see [`WebhookEvent::of`]. A deal without a number is a draft, of
    /// which the company knows nothing.
    pub fn of(
        deal: &Deal,
        number: &str,
        (event, version, at): (EventId, i64, Timestamp),
        actor: Actor,
        fact: &DealFact,
    ) -> Option<(WebhookEvent, Self)> {
        let kind = WebhookEvent::of(fact)?;
        deal.number?;
        let (commission, transaction) = match fact {
            DealFact::Commission(fact) => of_commission(fact),
            _ => (None, None),
        };
        let data = MessageData::Deal {
            event,
            company: deal.company,
            program: deal.program,
            partner: deal.partner,
            deal: deal.id,
            number: number.to_owned(),
            version,
            registration: deal.status().as_str(),
            stage: deal.placement.as_ref().map(|placement| placement.stage),
            win: deal.win.status().as_str(),
            by: actor.side.as_str(),
            commission,
            transaction,
        };
        let message = Self {
            kind: kind.as_str(),
            timestamp: at.rfc3339(),
            data,
        };
        Some((kind, message))
    }

    pub fn test(company: CompanyId, endpoint: EndpointId, at: Timestamp) -> Self {
        Self {
            kind: Self::TEST,
            timestamp: at.rfc3339(),
            data: MessageData::Test { company, endpoint },
        }
    }
}

fn of_commission(fact: &CommissionFact) -> (Option<CommissionId>, Option<TransactionId>) {
    match fact {
        CommissionFact::CommissionAccrued { of }
        | CommissionFact::CommissionApproved { of }
        | CommissionFact::CommissionVoided { of }
        | CommissionFact::CommissionHeld { of, .. }
        | CommissionFact::CommissionReleased { of }
        | CommissionFact::CommissionDeclined { of, .. }
        | CommissionFact::CommissionPaid { of, .. }
        | CommissionFact::CommissionCorrected { of, .. } => (Some(of.commission), None),
        CommissionFact::TransactionEntered { transaction, .. } => (None, Some(*transaction)),
    }
}
