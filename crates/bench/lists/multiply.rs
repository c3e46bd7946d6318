//! Many deals out of some, in the database itself: the program's own way of making a deal writes its history too, and
//! 1,000,000 of them would take an hour.
//!
//! A copy is a row of `deals` with an id, a number, a key and a moment of its own. It has no events, because no list and no
//! search reads them; what triggers keep of deals, they keep of these. The server is not running yet.

use std::path::Path;

use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection, query_as, raw_sql,
    sqlite::SqliteConnectOptions,
};

/// The program's own, by which a copy's time is told; the rest is new.
const ID_ON_SQLITE: &str = "CAST(substr(id, 1, 9) || randomblob(7) AS BLOB)";
const ID_ON_POSTGRES: &str = "encode(overlay(uuid_send(id) PLACING
    substring(uuid_send(gen_random_uuid()) FROM 10) FROM 10), 'hex')::uuid";

/// Numbers that are taken are not given again.
const NEXT_NUMBERS: &str = "UPDATE programs SET next_number =
    1 + coalesce((SELECT max(number) FROM deals WHERE deals.program_id = programs.id), 0)";

/// The indexes that no rule needs, with what makes them.
const INDEXES: &str = "SELECT indexname::text, indexdef FROM pg_indexes
    WHERE schemaname = 'public' AND tablename IN ('deals', 'deal_texts') AND indexdef NOT LIKE 'CREATE UNIQUE %'";

/// Makes that many deals of those that were loaded, on the engine of that address or else in the folder's file.
pub async fn multiply(database: Option<&str>, folder: &Path, loaded: usize, deals: usize) {
    if let Some(url) = database {
        let mut conn = PgConnection::connect(url).await.unwrap();
        // Made anew at the end, which takes a part of the time.
        let indexes: Vec<(String, String)> = query_as(INDEXES).fetch_all(&mut conn).await.unwrap();
        let drops = indexes.iter().map(|(name, _)| format!("DROP INDEX {name}"));
        let mut scripts: Vec<String> = drops.collect();
        scripts.extend(copied(ID_ON_POSTGRES, loaded, deals));
        scripts.push("SET maintenance_work_mem = '256MB'".to_owned());
        scripts.extend(indexes.into_iter().map(|(_, definition)| definition));
        for script in scripts {
            let script = raw_sql(AssertSqlSafe(script));
            script.execute(&mut conn).await.unwrap();
        }
        // As the server's own housekeeping would have done, which this one runs without.
        raw_sql("VACUUM ANALYZE").execute(&mut conn).await.unwrap();
        conn.close().await.unwrap();
    } else {
        // Nobody analyses a file of SQLite in operation, and so nobody does here: plans would not be the same.
        let options = SqliteConnectOptions::new()
            .filename(folder.join("dealboard.db"))
            .pragma("cache_size", "-200000");
        let mut conn = options.connect().await.unwrap();
        for script in copied(ID_ON_SQLITE, loaded, deals) {
            let script = raw_sql(AssertSqlSafe(script));
            script.execute(&mut conn).await.unwrap();
        }
        conn.close().await.unwrap();
    }
}

/// One transaction for each round of copies. All text in them is ours.
fn copied(id: &str, loaded: usize, deals: usize) -> Vec<String> {
    let mut scripts = vec!["CREATE TEMP TABLE originals AS SELECT * FROM deals".to_owned()];
    let rounds = deals.saturating_sub(loaded).div_ceil(loaded);
    for round in 1..=rounds {
        let rows = loaded.min(deals - round * loaded);
        scripts.push(copies(id, round, rows));
    }
    scripts.push(NEXT_NUMBERS.to_owned());
    scripts
}

/// Whatever columns deals have, the copies have them too.
fn copies(id: &str, round: usize, rows: usize) -> String {
    let number = format!("number + {round} * (SELECT max(number) FROM originals)");
    format!(
        "BEGIN;
         CREATE TEMP TABLE copied AS SELECT * FROM originals LIMIT {rows};
         UPDATE copied SET id = {id}, number = {number}, submit_key = submit_key || '+{round}',
             changed_at = changed_at - {round} * 1000,
             -- What is searched ends with the number.
             search = CASE WHEN number IS NULL THEN search
                 ELSE substr(search, 1, length(search) - length(CAST(number AS TEXT))) || CAST({number} AS TEXT) END;
         INSERT INTO deals SELECT * FROM copied;
         DROP TABLE copied;
         COMMIT"
    )
}
