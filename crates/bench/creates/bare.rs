//! What SQLite alone does: the same answers in one table, each commit durable before the next begins.

use std::{path::Path, time::Instant};

use sqlx::{
    ConnectOptions as _, Connection as _, query,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

pub async fn inserts_per_second(folder: &Path, times: usize) -> f64 {
    let options = SqliteConnectOptions::new()
        .filename(folder.join("bare.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let mut conn = options.connect().await.unwrap();
    query("CREATE TABLE bare (id INTEGER PRIMARY KEY, answers TEXT NOT NULL) STRICT")
        .execute(&mut conn)
        .await
        .unwrap();
    let start = Instant::now();
    for number in 0..times {
        // Its own transaction, as every statement outside of one.
        query("INSERT INTO bare (answers) VALUES ($1)")
            .bind(crate::answers(number).to_string())
            .execute(&mut conn)
            .await
            .unwrap();
    }
    let took = start.elapsed().as_secs_f64();
    conn.close().await.unwrap();
    f64::from(u32::try_from(times).unwrap()) / took
}
