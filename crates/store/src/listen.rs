//! Hears the other nodes on Postgres.

use crate::{
    announce::Announcer, conn::Conn, error::StoreError, events, postgres::announced_by_others,
};
use sqlx::{PgPool, postgres::PgListener, query_scalar};
use std::time::Duration;

/// How long to wait before connecting again.
const PAUSE: Duration = Duration::from_secs(1);
/// Events read at once after a connection was lost.
const PAGE: i64 = 500;

/// Starts listening: what is committed after this returns is heard. The task ends with the pool.
pub(crate) async fn start(
    pool: PgPool,
    node: String,
    announcer: Announcer,
) -> Result<(), StoreError> {
    let listener = connect(&pool).await?;
    let mut last = query_scalar("SELECT last_seq FROM event_order")
        .fetch_one(&pool)
        .await?;
    tokio::spawn(async move {
        let mut current = Some(listener);
        while !pool.is_closed() {
            // The first listener missed nothing: it listened before `last` was read.
            let mut listener = match current.take() {
                Some(listener) => listener,
                None => match connect_again(&pool, &announcer, &mut last).await {
                    Ok(listener) => listener,
                    Err(error) => {
                        tracing::warn!(%error, "cannot listen to the other nodes");
                        tokio::time::sleep(PAUSE).await;
                        continue;
                    }
                },
            };
            let caught_up = last;
            // None and errors: the connection was lost, and with it what was said meanwhile.
            while let Ok(Some(notification)) = listener.try_recv().await {
                for announce in announced_by_others(&node, notification.payload()) {
                    // Committed after the listener was there and before the table was read: said already.
                    if announce.is_news_after(caught_up) {
                        last = last.max(announce.seq);
                        announcer.send(announce);
                    }
                }
            }
        }
    });
    Ok(())
}

/// Listens first, then reads what was missed: nothing falls between.
async fn connect_again(
    pool: &PgPool,
    announcer: &Announcer,
    last: &mut i64,
) -> Result<PgListener, StoreError> {
    let listener = connect(pool).await?;
    catch_up(pool, announcer, last).await?;
    Ok(listener)
}

async fn connect(pool: &PgPool) -> Result<PgListener, sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.ignore_pool_close_event(false);
    listener.eager_reconnect(false);
    listener.listen("dealboard").await?;
    Ok(listener)
}

/// Announces from the table whatever was committed while nobody listened, this node's own included: twice is
/// harmless, never is not.
async fn catch_up(pool: &PgPool, announcer: &Announcer, last: &mut i64) -> Result<(), StoreError> {
    let mut conn = Conn::postgres(pool.acquire().await?);
    loop {
        let missed = events::announced_since(&mut conn, *last, PAGE).await?;
        if missed.is_empty() {
            return Ok(());
        }
        for announce in missed {
            *last = (*last).max(announce.seq);
            announcer.send(announce);
        }
    }
}
