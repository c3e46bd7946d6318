//! Takes whole tenants away again: for demo data, by the operator, and for nothing else.

use crate::{
    conn::{Tx, sql},
    dialect,
    error::StoreError,
    statement::{Arg, Statement},
};
use domain::{CompanyId, PartnerId, UserId};
use sqlx::query;

/// Children before parents, as the foreign keys want it. `deal_texts` goes with the deals, by their trigger.
const OF_A_COMPANY: [&str; 42] = [
    "DELETE FROM imports WHERE company_id IN ",
    "DELETE FROM idempotency_keys WHERE company_id IN ",
    "DELETE FROM api_keys WHERE company_id IN ",
    "DELETE FROM ledger_entries WHERE company_id IN ",
    "DELETE FROM commissions WHERE company_id IN ",
    "DELETE FROM payouts WHERE company_id IN ",
    "DELETE FROM transactions WHERE company_id IN ",
    "DELETE FROM offer_versions WHERE company_id IN ",
    "DELETE FROM offers WHERE company_id IN ",
    "DELETE FROM webhook_deliveries WHERE company_id IN ",
    "DELETE FROM webhook_endpoints WHERE company_id IN ",
    "DELETE FROM mail WHERE company_id IN ",
    "DELETE FROM notices WHERE company_id IN ",
    "DELETE FROM unread_messages WHERE company_id IN ",
    "DELETE FROM message_files WHERE company_id IN ",
    "DELETE FROM note_files WHERE company_id IN ",
    "DELETE FROM messages WHERE company_id IN ",
    "DELETE FROM internal_notes WHERE company_id IN ",
    "DELETE FROM threads WHERE company_id IN ",
    "DELETE FROM customers WHERE company_id IN ",
    "DELETE FROM claims WHERE company_id IN ",
    "DELETE FROM files WHERE company_id IN ",
    "DELETE FROM unique_answers WHERE company_id IN ",
    "DELETE FROM company_answers WHERE company_id IN ",
    "DELETE FROM open_windows WHERE company_id IN ",
    "DELETE FROM board_windows WHERE company_id IN ",
    "DELETE FROM sent_commands WHERE company_id IN ",
    "DELETE FROM deals WHERE company_id IN ",
    "DELETE FROM stage_totals WHERE company_id IN ",
    "DELETE FROM status_totals WHERE company_id IN ",
    "DELETE FROM one_time_links WHERE company_id IN ",
    "DELETE FROM form_schedules WHERE company_id IN ",
    "DELETE FROM form_drafts WHERE company_id IN ",
    "DELETE FROM form_versions WHERE company_id IN ",
    "DELETE FROM stages WHERE company_id IN ",
    "DELETE FROM lost_reasons WHERE company_id IN ",
    "DELETE FROM saved_views WHERE company_id IN ",
    "DELETE FROM memberships WHERE company_id IN ",
    "DELETE FROM tiers WHERE company_id IN ",
    "DELETE FROM programs WHERE company_id IN ",
    "DELETE FROM company_users WHERE company_id IN ",
    "DELETE FROM companies WHERE id IN ",
];

const OF_A_PARTNER: [&str; 5] = [
    "DELETE FROM idempotency_keys WHERE partner_id IN ",
    "DELETE FROM api_keys WHERE partner_id IN ",
    "DELETE FROM one_time_links WHERE partner_id IN ",
    "DELETE FROM partner_users WHERE partner_id IN ",
    "DELETE FROM partners WHERE id IN ",
];

const OF_A_USER: [&str; 10] = [
    "DELETE FROM mail WHERE user_id IN ",
    "DELETE FROM notice_preferences WHERE user_id IN ",
    "DELETE FROM notices WHERE user_id IN ",
    "DELETE FROM unread_messages WHERE user_id IN ",
    "DELETE FROM saved_views WHERE user_id IN ",
    "DELETE FROM sessions WHERE user_id IN ",
    "DELETE FROM one_time_links WHERE user_id IN ",
    "DELETE FROM company_users WHERE user_id IN ",
    "DELETE FROM partner_users WHERE user_id IN ",
    "DELETE FROM users WHERE id IN ",
];

/// The one way past the refusal of DELETE: lifted and put back inside the transaction, which on Postgres keeps every other
/// writer of events out meanwhile.
///
/// Erases companies with all that is theirs, then partners and people whom nothing else holds. The whole write fails
/// if something else does: a partner that also joined a company that stays, a person who worked there.
pub async fn erase(
    tx: &mut Tx,
    companies: &[CompanyId],
    partners: &[PartnerId],
    users: &[UserId],
) -> Result<(), StoreError> {
    dialect::lift_append_only(tx).await?;
    erase_events(tx, companies, partners, users).await?;
    for text in OF_A_COMPANY {
        delete_in(tx, text, companies.iter().map(|id| id.0)).await?;
    }
    dialect::restore_append_only(tx).await?;
    for text in OF_A_PARTNER {
        delete_in(tx, text, partners.iter().map(|id| id.0)).await?;
    }
    for text in OF_A_USER {
        delete_in(tx, text, users.iter().map(|id| id.0)).await?;
    }
    Ok(())
}

/// How many events went is noted, so that checking the order still works.
async fn erase_events(
    tx: &mut Tx,
    companies: &[CompanyId],
    partners: &[PartnerId],
    users: &[UserId],
) -> Result<(), StoreError> {
    let mut erased = delete_in(
        tx,
        "DELETE FROM events WHERE company_id IN ",
        companies.iter().map(|id| id.0),
    )
    .await?;
    erased += delete_in(
        tx,
        "DELETE FROM events WHERE company_id IS NULL AND partner_id IN ",
        partners.iter().map(|id| id.0),
    )
    .await?;
    erased += delete_in(
        tx,
        "DELETE FROM events WHERE subject = 'user' AND subject_id IN ",
        users.iter().map(|id| id.0),
    )
    .await?;
    let erased = i64::try_from(erased).map_err(StoreError::unavailable)?;
    sql!(
        tx.execute,
        query("UPDATE event_order SET erased = erased + $1").bind(erased)
    )?;
    Ok(())
}

async fn delete_in<A: Into<Arg>>(
    tx: &mut Tx,
    text: &'static str,
    ids: impl IntoIterator<Item = A>,
) -> Result<u64, StoreError> {
    let mut statement = Statement::new(text);
    statement.bind_all(ids);
    statement.execute(tx).await
}
