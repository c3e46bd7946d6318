//! A company as JSON lines: first what it is a copy of, then one row of one table per line, at last how many rows of each
//! table there are and their checksums, so that a copy that was cut short is known as such.

use std::collections::BTreeMap;
use std::io::Write;

use domain::{CompanyId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use store::Conn;
use store::companies::Company;
use store::portage::{self, Cell, Kind, Scope, Sum, TABLES, Table};

use super::broken;
use crate::ServiceError;

/// Counts up when an older program could not read what a newer one writes.
pub(super) const FORMAT: u32 = 1;

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The format's version.
    pub dealboard: u32,
    /// The database's schema; it is read only into the same.
    pub schema: String,
    /// Whether it is a whole copy, or the one that a company's admins may have.
    pub whole: bool,
    pub company: CompanyId,
    pub slug: String,
    /// Microseconds since 1970.
    pub at: Timestamp,
}

impl Head {
    pub(super) fn of(company: &Company, scope: Scope, at: Timestamp) -> Self {
        Self {
            dealboard: FORMAT,
            schema: store::schema_name(),
            whole: scope == Scope::Whole,
            company: company.id,
            slug: company.slug.clone(),
            at,
        }
    }

    fn scope(&self) -> Scope {
        if self.whole { Scope::Whole } else { Scope::Own }
    }
}

/// How many rows of each table, and their checksums.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums(pub BTreeMap<String, Sum>);

impl Sums {
    pub(super) fn add(&mut self, table: &str, row: &[Cell]) {
        self.0.entry(table.to_owned()).or_default().add(row);
    }

    /// The last line.
    pub(super) fn to_json(&self) -> Value {
        let line = |(table, sum): (&String, &Sum)| {
            let sum = json!({ "rows": sum.rows, "sum": sum.to_string() });
            (table.clone(), sum)
        };
        json!({ "sums": self.0.iter().map(line).collect::<Map<String, Value>>() })
    }

    /// One table a line, for a terminal.
    pub fn text(&self) -> String {
        use std::fmt::Write as _;
        let mut text = String::new();
        for (table, sum) in &self.0 {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{table:<20} {:>10}  {sum}", sum.rows);
        }
        text
    }
}

/// Writes all of it. The connection stands at one moment.
pub(super) async fn write(
    conn: &mut Conn,
    head: &Head,
    out: &mut (impl Write + Send),
) -> Result<Sums, ServiceError> {
    put(out, &serde_json::to_value(head).unwrap_or_default())?;
    let sums = read(conn, head.company, head.scope(), |table, columns, row| {
        let cells = columns.iter().zip(row);
        let cells = cells.map(|(name, cell)| ((*name).to_owned(), cell.to_json()));
        let row: Map<String, Value> = cells.collect();
        put(out, &json!({ "table": table.name, "row": row }))
    })
    .await?;
    put(out, &sums.to_json())?;
    Ok(sums)
}

/// Goes through all rows, table by table, and adds them up.
pub(super) async fn read(
    conn: &mut Conn,
    company: CompanyId,
    scope: Scope,
    mut with: impl FnMut(&Table, &[&'static str], &[Cell]) -> Result<(), ServiceError> + Send,
) -> Result<Sums, ServiceError> {
    let mut sums = Sums::default();
    let mut order = 0;
    for table in TABLES {
        let columns = table.columns_for(scope);
        let names: Vec<&'static str> = columns.iter().map(|column| column.name).collect();
        let mut after: Vec<Cell> = Vec::new();
        loop {
            let page = portage::page(conn, table, scope, company, &after).await?;
            let Some(last) = page.last() else { break };
            after = last.iter().take(table.key).cloned().collect();
            for mut row in page {
                for (column, cell) in columns.iter().zip(&mut row) {
                    if column.kind == Kind::Order {
                        order += 1;
                        *cell = Cell::Int(order);
                    }
                }
                sums.add(table.name, &row);
                with(table, &names, &row)?;
            }
        }
    }
    Ok(sums)
}

fn put(out: &mut impl Write, line: &Value) -> Result<(), ServiceError> {
    serde_json::to_writer(&mut *out, line).map_err(|error| broken(error.into()))?;
    out.write_all(b"\n").map_err(broken)
}
