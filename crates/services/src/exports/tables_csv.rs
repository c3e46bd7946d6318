//! A company as comma-separated values: a zip of one file for each table that has rows. They are the rows of the JSON lines,
//! in their order.

use std::io::Write;

use domain::CompanyId;
use serde_json::Value;
use store::Conn;
use store::portage::{self, Cell, Scope, Table};
use zip::ZipWriter;
use zip::result::ZipError;
use zip::write::{SimpleFileOptions, StreamWriter};

use super::deals_csv::line;
use super::{broken, lines};
use crate::ServiceError;
use crate::commissions::csv::cell;

/// Every file is of 1980, may pass 4 GB, and is compressed at the fastest level: other requests wait on the same threads.
const FILE: SimpleFileOptions = SimpleFileOptions::DEFAULT
    .large_file(true)
    .compression_level(Some(1));

/// Writes all that the company may have. The connection stands at one moment.
pub(super) async fn write(
    conn: &mut Conn,
    company: CompanyId,
    out: &mut (impl Write + Send),
) -> Result<(), ServiceError> {
    let mut files = Files {
        zip: Box::new(ZipWriter::new_stream(out)),
        table: "",
        headings: Vec::new(),
    };
    lines::read(conn, company, Scope::Own, |table, columns, row| {
        files.add(table, columns, row)
    })
    .await?;
    files.zip.finish().map_err(unwritten)?;
    Ok(())
}

/// A zip that grows row by row, from its beginning to its end.
struct Files<W: Write> {
    /// Boxed: it has eight kilobytes of room for ciphers, which every future around it would have, too.
    zip: Box<ZipWriter<StreamWriter<W>>>,
    /// Whose file is open, and the columns that it has.
    table: &'static str,
    headings: Vec<&'static str>,
}

impl<W: Write> Files<W> {
    /// Rows of one table follow each other, though they may have not all of its columns.
    fn add(
        &mut self,
        table: &Table,
        columns: &[&'static str],
        row: &[Cell],
    ) -> Result<(), ServiceError> {
        if self.table != table.name {
            self.table = table.name;
            self.headings = portage::headings(table.name, Scope::Own);
            let name = format!("{}.csv", table.name);
            self.zip.start_file(name, FILE).map_err(unwritten)?;
            line(&mut self.zip, self.headings.iter().map(ToString::to_string))?;
        }
        let cells = self.headings.iter().map(|heading| {
            let mut known = columns.iter().zip(row);
            let found = known.find(|(column, _)| *column == heading);
            found.map(|(_, value)| written(value)).unwrap_or_default()
        });
        line(&mut self.zip, cells)
    }
}

/// As in the JSON lines, except that nobody's text begins a formula.
fn written(value: &Cell) -> String {
    if let Cell::Text(text) = value {
        return cell(text);
    }
    match value.to_json() {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}

fn unwritten(error: ZipError) -> ServiceError {
    broken(error.into())
}
