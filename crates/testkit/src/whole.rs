//! What holds of a database whatever became of the processes that wrote it.

use domain::{DealId, NoticeId, StageId};
use store::{Conn, Statement, StoreError, events};

/// Panics, and says what is torn, unless every change is there in all its parts: the histories are whole and without a
/// gap, every deal is at the version of its last event, and nothing tells of what is not there.
pub async fn assert_whole(conn: &mut Conn) {
    if let Err(torn) = look(conn).await {
        panic!("cannot look whether the database is whole: {torn}");
    }
}

async fn look(conn: &mut Conn) -> Result<(), StoreError> {
    let chains = events::verify_all(conn).await?;
    assert!(chains.is_ok(), "the history is broken: {chains:?}");

    // A draft is saved again and again without an event; it was begun with one.
    let torn: Vec<(DealId, i64, Option<i64>)> = Statement::new(
        "SELECT deals.id, deals.version, events.subject_version FROM deals
         LEFT JOIN events ON events.subject_id = deals.id
             AND events.subject_seq = (SELECT max(subject_seq) FROM events AS all_of WHERE all_of.subject_id = deals.id)
         WHERE events.seq IS NULL OR (deals.number IS NOT NULL AND events.subject_version <> deals.version)",
    )
    .fetch_all(conn)
    .await?;
    assert!(torn.is_empty(), "deals apart from their history: {torn:?}");

    let told: Vec<(i64,)> = Statement::new(
        "SELECT seq FROM events WHERE subject = 'deal'
         AND NOT EXISTS (SELECT 1 FROM deals WHERE deals.id = events.subject_id)",
    )
    .fetch_all(conn)
    .await?;
    assert!(
        told.is_empty(),
        "events of deals that are not there: {told:?}"
    );

    let lines: Vec<(NoticeId,)> = Statement::new(
        "SELECT notices.id FROM notices WHERE NOT EXISTS (
             SELECT 1 FROM events WHERE events.seq = notices.event_seq
             AND (notices.deal_id IS NULL OR notices.deal_id = events.subject_id))",
    )
    .fetch_all(conn)
    .await?;
    assert!(lines.is_empty(), "notices of no event: {lines:?}");

    let sums: Vec<(StageId, i64)> = Statement::new(
        "SELECT kept.stage_id, kept.deals FROM stage_totals AS kept WHERE kept.deals <> (
             SELECT count(*) FROM deals WHERE deals.stage_id = kept.stage_id
             AND (deals.program_id = kept.scope_id OR deals.membership_id = kept.scope_id)
             AND coalesce(deals.currency, '') = kept.currency)",
    )
    .fetch_all(conn)
    .await?;
    assert!(
        sums.is_empty(),
        "columns that count other deals than they hold: {sums:?}"
    );

    let texts: Vec<(DealId,)> = Statement::new(
        "SELECT deals.id FROM deals LEFT JOIN deal_texts AS kept ON kept.deal_id = deals.id
         WHERE kept.searched IS NULL OR kept.searched <> deals.search",
    )
    .fetch_all(conn)
    .await?;
    assert!(
        texts.is_empty(),
        "deals that are searched by other texts: {texts:?}"
    );
    Ok(())
}
