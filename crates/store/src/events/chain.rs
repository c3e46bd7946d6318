//! Whether the history is still what was recorded.

use super::{NO_HASH, list_by_subject};
use crate::{
    conn::{Conn, sql},
    error::StoreError,
};
use sqlx::{query_as, query_scalar};
use uuid::Uuid;

/// Why a history is not what was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChainFault {
    /// A step is missing or there twice.
    Gap { subject_id: Uuid, expected: i64 },
    /// The step does not follow from the one before it.
    Broken { subject_id: Uuid, subject_seq: i64 },
    /// The step is not what was recorded.
    Altered { subject_id: Uuid, subject_seq: i64 },
}

/// Checks one subject's chain from its first event.
pub async fn verify(
    conn: &mut Conn,
    subject_id: Uuid,
) -> Result<Result<(), ChainFault>, StoreError> {
    const PAGE: i64 = 500;
    let mut prev_hash = NO_HASH.to_vec();
    let mut last = 0;
    loop {
        let page = list_by_subject(conn, subject_id, last, PAGE).await?;
        if page.is_empty() {
            return Ok(Ok(()));
        }
        for row in page {
            let subject_seq = row.subject_seq;
            if subject_seq != last + 1 {
                return Ok(Err(ChainFault::Gap {
                    subject_id,
                    expected: last + 1,
                }));
            }
            if row.prev_hash != prev_hash {
                return Ok(Err(ChainFault::Broken {
                    subject_id,
                    subject_seq,
                }));
            }
            if row.hash != row.expected_hash() {
                return Ok(Err(ChainFault::Altered {
                    subject_id,
                    subject_seq,
                }));
            }
            last = subject_seq;
            prev_hash = row.hash;
        }
    }
}

/// Checks every chain and that the order over all has no gap; gives the number of events.
pub async fn verify_all(conn: &mut Conn) -> Result<Result<i64, ChainFault>, StoreError> {
    let (count, erased, last): (i64, i64, i64) = sql!(
        conn.fetch_one,
        query_as("SELECT (SELECT count(*) FROM events), erased, last_seq FROM event_order")
    )?;
    let mut after = Uuid::nil();
    loop {
        let next: Option<Uuid> = sql!(
            conn.fetch_optional,
            query_scalar(
                "SELECT subject_id FROM events WHERE subject_id > $1 ORDER BY subject_id LIMIT 1"
            )
            .bind(after)
        )?;
        let Some(subject) = next else { break };
        if let Err(fault) = verify(conn, subject).await? {
            return Ok(Err(fault));
        }
        after = subject;
    }
    if count + erased == last {
        Ok(Ok(count))
    } else {
        Ok(Err(ChainFault::Gap {
            subject_id: Uuid::nil(),
            expected: count + erased + 1,
        }))
    }
}
