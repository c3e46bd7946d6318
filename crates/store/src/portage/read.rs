//! Rows of one table, page by page.

use std::fmt::Write as _;

use domain::CompanyId;
use sqlx::{
    AssertSqlSafe, ColumnIndex, Database, Decode, Encode, Postgres, Row, Sqlite, Type, query,
    query::Query,
};
use uuid::Uuid;

use super::tables::{Column, Kind, TABLES, Table};
use super::{Cell, Scope};
use crate::StoreError;
use crate::conn::{Conn, Engine, not_run};

/// Rows read at once.
const PAGE: usize = 500;

impl Table {
    /// What is read of it; nothing where the scope has none of it.
    pub fn columns_for(&self, scope: Scope) -> Vec<Column> {
        let shown = |column: &&Column| scope == Scope::Whole || !self.hidden.contains(&column.name);
        self.columns.iter().filter(shown).copied().collect()
    }

    fn rows_for(&self, scope: Scope) -> Option<&'static str> {
        match scope {
            Scope::Whole => self.whole,
            Scope::Own => self.own,
        }
    }
}

/// The columns of all that the scope has under that name: of some people it tells more than of others.
pub fn headings(name: &str, scope: Scope) -> Vec<&'static str> {
    let mut headings: Vec<&'static str> = Vec::new();
    let tables = TABLES
        .iter()
        .filter(|table| table.name == name && table.rows_for(scope).is_some());
    for column in tables.flat_map(|table| table.columns_for(scope)) {
        if !headings.contains(&column.name) {
            headings.push(column.name);
        }
    }
    headings
}

/// Up to a page of the company's rows after that key, in the order of their key; none: the table is at its end, or the
/// scope has none of it. The key's cells come first.
pub async fn page(
    conn: &mut Conn,
    table: &Table,
    scope: Scope,
    company: CompanyId,
    after: &[Cell],
) -> Result<Vec<Vec<Cell>>, StoreError> {
    let Some(rows) = table.rows_for(scope) else {
        return Ok(Vec::new());
    };
    let columns = table.columns_for(scope);
    let text = text(table, rows, &columns, after.len());
    let outcome = match conn.engine() {
        Engine::Sqlite(engine) => {
            let rows = bound::<Sqlite>(query(AssertSqlSafe(text)), company, after);
            rows.fetch_all(engine)
                .await
                .and_then(|rows| rows.iter().map(|row| cells(row, &columns)).collect())
        }
        Engine::Postgres(engine) => {
            let rows = bound::<Postgres>(query(AssertSqlSafe(text)), company, after);
            rows.fetch_all(engine)
                .await
                .and_then(|rows| rows.iter().map(|row| cells(row, &columns)).collect())
        }
        Engine::Failed => not_run(),
    };
    conn.checked(outcome)
}

/// Put together from the fixed words of the tables; what comes from outside is bound.
fn text(table: &Table, rows: &str, columns: &[Column], bound: usize) -> String {
    let names = |columns: &[Column]| {
        let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
        names.join(", ")
    };
    let key: Vec<Column> = columns.iter().take(table.key).copied().collect();
    let key = names(&key);
    let mut text = format!("SELECT {} FROM {} WHERE {rows}", names(columns), table.name);
    // Writing to a String cannot fail.
    if bound > 0 {
        let marks: Vec<String> = (2..bound + 2).map(|place| format!("${place}")).collect();
        let _ = write!(text, " AND ({key}) > ({})", marks.join(", "));
    }
    let _ = write!(text, " ORDER BY {key} LIMIT {PAGE}");
    text
}

type Typed<'q, DB> = Query<'q, DB, <DB as Database>::Arguments>;

fn bound<'q, DB: Database>(
    query: Typed<'q, DB>,
    company: CompanyId,
    after: &[Cell],
) -> Typed<'q, DB>
where
    Uuid: Encode<'q, DB> + Type<DB>,
    i64: Encode<'q, DB> + Type<DB>,
    String: Encode<'q, DB> + Type<DB>,
    bool: Encode<'q, DB> + Type<DB>,
    Vec<u8>: Encode<'q, DB> + Type<DB>,
{
    after
        .iter()
        .fold(query.bind(company.0), |query, cell| bind(query, cell))
}

/// A cell that is null is no parameter: its type would be any.
pub(super) fn bind<'q, DB: Database>(query: Typed<'q, DB>, cell: &Cell) -> Typed<'q, DB>
where
    Uuid: Encode<'q, DB> + Type<DB>,
    i64: Encode<'q, DB> + Type<DB>,
    String: Encode<'q, DB> + Type<DB>,
    bool: Encode<'q, DB> + Type<DB>,
    Vec<u8>: Encode<'q, DB> + Type<DB>,
{
    match cell {
        Cell::Null => query,
        Cell::Id(id) => query.bind(*id),
        Cell::Bytes(bytes) => query.bind(bytes.clone()),
        Cell::Int(number) => query.bind(*number),
        Cell::Bool(flag) => query.bind(*flag),
        Cell::Text(text) => query.bind(text.clone()),
    }
}

fn cells<'r, R: Row>(row: &'r R, columns: &[Column]) -> Result<Vec<Cell>, sqlx::Error>
where
    usize: ColumnIndex<R>,
    Uuid: Decode<'r, R::Database> + Type<R::Database>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
    i32: Decode<'r, R::Database> + Type<R::Database>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    bool: Decode<'r, R::Database> + Type<R::Database>,
    Vec<u8>: Decode<'r, R::Database> + Type<R::Database>,
{
    let mut cells = Vec::with_capacity(columns.len());
    for (place, column) in columns.iter().enumerate() {
        cells.push(match column.kind {
            Kind::Id => row.try_get::<Option<Uuid>, _>(place)?.map(Cell::Id),
            Kind::Bytes => row.try_get::<Option<Vec<u8>>, _>(place)?.map(Cell::Bytes),
            Kind::Int | Kind::Order => row.try_get::<Option<i64>, _>(place)?.map(Cell::Int),
            Kind::Small => row
                .try_get::<Option<i32>, _>(place)?
                .map(|small| Cell::Int(i64::from(small))),
            Kind::Bool => row.try_get::<Option<bool>, _>(place)?.map(Cell::Bool),
            Kind::Text => row.try_get::<Option<String>, _>(place)?.map(Cell::Text),
        });
    }
    Ok(cells
        .into_iter()
        .map(|cell| cell.unwrap_or(Cell::Null))
        .collect())
}
