//! Rows into a database that has none.

use std::fmt::Write as _;

use sqlx::{AssertSqlSafe, Postgres, Sqlite, query, query_scalar};

use super::Cell;
use super::read::bind;
use super::tables::Table;
use crate::StoreError;
use crate::conn::{Conn, Engine, Tx, not_run, sql};

/// Whether nobody has worked with this database yet.
pub async fn is_empty(conn: &mut Conn) -> Result<bool, StoreError> {
    sql!(
        conn.fetch_one,
        query_scalar(
            "SELECT NOT EXISTS (SELECT 1 FROM companies) AND NOT EXISTS (SELECT 1 FROM users)
             AND NOT EXISTS (SELECT 1 FROM events)"
        )
    )
}

/// Writes whole rows, each with all of the table's columns, in one statement.
pub async fn insert(tx: &mut Tx, table: &Table, rows: &[Vec<Cell>]) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let text = text(table, rows);
    let cells = || rows.iter().flatten();
    let outcome = match tx.engine() {
        Engine::Sqlite(engine) => cells()
            .fold(query::<Sqlite>(AssertSqlSafe(text)), |query, cell| {
                bind(query, cell)
            })
            .execute(engine)
            .await
            .map(|_| ()),
        Engine::Postgres(engine) => cells()
            .fold(query::<Postgres>(AssertSqlSafe(text)), |query, cell| {
                bind(query, cell)
            })
            .execute(engine)
            .await
            .map(|_| ()),
        Engine::Failed => not_run(),
    };
    tx.checked(outcome)
}

/// Put together from the fixed words of the tables; every value is bound, except that there is none.
fn text(table: &Table, rows: &[Vec<Cell>]) -> String {
    let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    let mut text = format!("INSERT INTO {} ({}) VALUES ", table.name, names.join(", "));
    let mut place = 0;
    for (number, row) in rows.iter().enumerate() {
        text.push_str(if number == 0 { "(" } else { ", (" });
        for (column, cell) in row.iter().enumerate() {
            if column > 0 {
                text.push_str(", ");
            }
            if *cell == Cell::Null {
                text.push_str("NULL");
            } else {
                place += 1;
                // Writing to a String cannot fail.
                let _ = write!(text, "${place}");
            }
        }
        text.push(')');
    }
    text
}

/// The order of events goes on after the last one that was written.
pub async fn close(tx: &mut Tx) -> Result<(), StoreError> {
    sql!(
        tx.execute,
        query(
            "UPDATE event_order SET last_seq = (SELECT coalesce(max(seq), 0) FROM events), erased = 0"
        )
    )?;
    Ok(())
}
