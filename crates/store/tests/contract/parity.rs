//! The two schemas are one: the same tables, columns, nullability and indexes.

use sqlx::{Connection, PgConnection, SqliteConnection, query_as, query_scalar};
use std::collections::BTreeMap;
use store::DbUrl;
use testkit::TestDb;

/// Table -> column -> (type, not null).
type Columns = BTreeMap<String, BTreeMap<String, (String, bool)>>;
/// Table -> (columns in order, unique), sorted: the engines name what a constraint makes differently.
type Indexes = BTreeMap<String, Vec<(Vec<String>, bool)>>;

/// Without the full-text index, which is tables here and an index of `deal_texts` there.
const SQLITE_TABLES: &str = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_sqlx%' ESCAPE '\\' AND name NOT LIKE 'deal\\_grams%' ESCAPE '\\'";

async fn sqlite_catalogue(conn: &mut SqliteConnection) -> (Columns, Indexes) {
    let tables: Vec<String> = query_scalar(SQLITE_TABLES)
        .fetch_all(&mut *conn)
        .await
        .unwrap();
    let (mut columns, mut indexes) = (Columns::new(), Indexes::new());
    for table in tables {
        let rows: Vec<(String, String, bool)> =
            query_as("SELECT name, type, \"notnull\" FROM pragma_table_info($1)")
                .bind(&table)
                .fetch_all(&mut *conn)
                .await
                .unwrap();
        columns.insert(
            table.clone(),
            rows.into_iter()
                .map(|(name, kind, set)| (name, (kind, set)))
                .collect(),
        );
        let names: Vec<(String, bool)> =
            query_as("SELECT name, \"unique\" FROM pragma_index_list($1)")
                .bind(&table)
                .fetch_all(&mut *conn)
                .await
                .unwrap();
        let mut found = Vec::new();
        for (name, unique) in names {
            let key: Vec<String> = query_scalar(
                "SELECT coalesce(name, 'expression') || CASE WHEN \"desc\" THEN ' desc' ELSE '' END FROM pragma_index_xinfo($1)
                 WHERE key ORDER BY seqno",
            )
            .bind(&name)
            .fetch_all(&mut *conn)
            .await
            .unwrap();
            found.push((key, unique));
        }
        // A rowid alias is a key without an index.
        if let Some((_, key)) = [
            ("events", "seq"),
            ("event_order", "id"),
            ("deal_texts", "place"),
        ]
        .iter()
        .find(|(name, _)| *name == table)
        {
            found.push((vec![(*key).to_owned()], true));
        }
        found.sort();
        indexes.insert(table, found);
    }
    (columns, indexes)
}

async fn postgres_catalogue(conn: &mut PgConnection) -> (Columns, Indexes) {
    let (mut columns, mut indexes) = (Columns::new(), Indexes::new());
    let rows: Vec<(String, String, String, String)> = query_as(
        "SELECT table_name::text, column_name::text, data_type::text, is_nullable::text
         FROM information_schema.columns WHERE table_schema = 'public' AND left(table_name, 5) <> '_sqlx'",
    )
    .fetch_all(&mut *conn)
    .await
    .unwrap();
    for (table, column, kind, nullable) in rows {
        let kind = match kind.as_str() {
            "uuid" | "bytea" => "BLOB",
            "bigint" | "integer" | "boolean" => "INTEGER",
            "text" => "TEXT",
            other => other,
        };
        columns
            .entry(table)
            .or_default()
            .insert(column, (kind.to_owned(), nullable == "NO"));
    }
    let rows: Vec<(String, bool, Vec<String>)> = query_as(
        "SELECT t.relname::text, i.indisunique,
                array(SELECT coalesce(a.attname, 'expression') || CASE WHEN i.indoption[k.place - 1] & 1 = 1 THEN ' desc' ELSE '' END
                      FROM unnest(i.indkey) WITH ORDINALITY AS k (number, place)
                      LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number ORDER BY k.place)
         FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
         JOIN pg_namespace n ON n.oid = t.relnamespace
         JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
         WHERE n.nspname = 'public' AND left(t.relname, 5) <> '_sqlx' AND a.amname = 'btree'",
    )
    .fetch_all(&mut *conn)
    .await
    .unwrap();
    for (table, unique, key) in rows {
        indexes.entry(table).or_default().push((key, unique));
    }
    for found in indexes.values_mut() {
        found.sort();
    }
    (columns, indexes)
}

#[tokio::test]
async fn both_engines_have_one_schema() {
    let (lite, server) = (TestDb::sqlite().await, TestDb::postgres().await);
    let DbUrl::Sqlite(path) = &lite.url else {
        panic!("{}", lite.url)
    };
    let DbUrl::Postgres(url) = &server.url else {
        panic!("{}", server.url)
    };
    let mut conn = SqliteConnection::connect(path.to_str().unwrap())
        .await
        .unwrap();
    let (lite_columns, lite_indexes) = sqlite_catalogue(&mut conn).await;
    let mut conn = PgConnection::connect(url).await.unwrap();
    let (columns, indexes) = postgres_catalogue(&mut conn).await;
    assert!(columns.len() > 20, "{columns:?}");
    assert_eq!(
        lite_columns.keys().collect::<Vec<_>>(),
        columns.keys().collect::<Vec<_>>()
    );
    for (table, expected) in &columns {
        assert_eq!(&lite_columns[table], expected, "columns of {table}");
        assert_eq!(lite_indexes[table], indexes[table], "indexes of {table}");
    }
}

#[test]
fn migrations_have_the_same_names() {
    let names = |engine: &str| {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("migrations")
            .join(engine);
        let mut names: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().file_name())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgres"));
}
