//! The append-only history: one chain of hashes per subject, one order over all.

mod append;
mod chain;
mod lists;

pub use append::{append, append_all};
pub use chain::{ChainFault, verify, verify_all};
pub use lists::{
    announced_since, last_seq, list_by_partner, list_by_program, list_by_subject,
    list_latest_by_partner, list_latest_by_program, list_latest_by_subject,
};

use crate::{announce::Announce, error::StoreError};
use domain::{
    CompanyId, EventId, PartnerId, ProgramId, Timestamp, UserId,
    deals::PRIVATE_FACTS,
    events::Fact,
    messages::INTERNAL_FACTS,
    people::{Actor, Side},
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A fact to record.
#[derive(Debug, Clone)]
pub struct NewEvent {
    pub id: EventId,
    /// None for what a partner team does on its own.
    pub company_id: Option<CompanyId>,
    pub program_id: Option<ProgramId>,
    pub partner_id: Option<PartnerId>,
    /// What kind of thing it happened to: `deal`, `program`, `company`...
    pub subject: &'static str,
    pub subject_id: Uuid,
    /// The subject's version after it; 0 where it has none.
    pub subject_version: i64,
    pub actor: Actor,
    pub at: Timestamp,
    pub fact: Fact,
}

/// A recorded fact.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct EventRow {
    pub seq: i64,
    pub id: EventId,
    pub company_id: Option<CompanyId>,
    pub program_id: Option<ProgramId>,
    pub partner_id: Option<PartnerId>,
    pub subject: String,
    pub subject_id: Uuid,
    pub subject_seq: i64,
    pub subject_version: i64,
    pub kind: String,
    pub actor_id: Option<UserId>,
    pub actor_side: Side,
    pub at: Timestamp,
    /// The fact as JSON, kept as it was written: the hash covers these bytes.
    pub payload: String,
    pub prev_hash: Vec<u8>,
    pub hash: Vec<u8>,
}

/// Before a subject's first event.
const NO_HASH: [u8; 32] = [0; 32];

impl EventRow {
    /// What happened.
    pub fn fact(&self) -> Result<Fact, StoreError> {
        serde_json::from_str(&self.payload).map_err(|_| StoreError::Inconsistent {
            table: "events",
            column: "payload".to_owned(),
            id: self.id.to_string(),
        })
    }

    pub fn actor(&self) -> Actor {
        Actor {
            user: self.actor_id,
            side: self.actor_side,
        }
    }

    /// The hash that this row must carry. It covers everything but `seq`, so that a subject's chain survives a move
    /// to another database.
    fn expected_hash(&self) -> Vec<u8> {
        let mut hash = Sha256::new();
        hash.update(&self.prev_hash);
        // Every part is preceded by its length: no two rows read as the same bytes.
        let mut part = |bytes: &[u8]| {
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        };
        part(self.id.0.as_bytes());
        part(self.company_id.as_ref().map_or(&[], |id| id.0.as_bytes()));
        part(self.program_id.as_ref().map_or(&[], |id| id.0.as_bytes()));
        part(self.partner_id.as_ref().map_or(&[], |id| id.0.as_bytes()));
        part(self.subject.as_bytes());
        part(self.subject_id.as_bytes());
        part(&self.subject_seq.to_be_bytes());
        part(&self.subject_version.to_be_bytes());
        part(self.kind.as_bytes());
        part(self.actor_id.as_ref().map_or(&[], |id| id.0.as_bytes()));
        part(self.actor_side.as_str().as_bytes());
        part(&self.at.0.to_be_bytes());
        part(self.payload.as_bytes());
        hash.finalize().to_vec()
    }

    /// A draft is its team's own business, and an internal note the company's: nobody else is told of one.
    fn announcements(&self) -> impl Iterator<Item = Announce> {
        let told = !PRIVATE_FACTS.contains(&self.kind.as_str());
        let shared = !INTERNAL_FACTS.contains(&self.kind.as_str());
        let topics = [
            self.program_id
                .filter(|_| told && shared)
                .map(|id| format!("program:{id}")),
            self.partner_id
                .filter(|_| shared)
                .map(|id| format!("partner:{id}")),
            self.company_id
                .filter(|_| told)
                .map(|id| format!("company:{id}")),
        ];
        topics.into_iter().flatten().map(|topic| Announce {
            seq: self.seq,
            topic,
            subject: self.subject.clone(),
            id: self.subject_id,
            version: self.subject_version,
        })
    }
}
