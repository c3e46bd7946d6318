//! A whole company into another database, of whichever engine: read twice, so that nothing is written of a copy that is cut
//! short or changed; and read back at the end.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Lines, Write};
use std::path::Path;
use std::sync::Arc;

use serde_json::{Map, Value};
use store::Moment;
use store::portage::{self, Cell, Scope, Table, find_table};

use super::lines::{self, FORMAT, Head, Sums};
use crate::{ServiceError, Services};

/// Rows and values of one statement: the engines take 32,766 values.
const ROWS: usize = 200;
const VALUES: usize = 8_000;
/// Under this name the database knows that it holds half a company.
const MOVING: &str = "moving_in";

/// Why a copy was not taken in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoveFault {
    #[error("no company has the slug {0}")]
    NoCompany(String),
    #[error("this database is in use: a company is imported into an empty one")]
    NotEmpty,
    #[error("line {0} is none of an export\u{2019}s")]
    BadLine(usize),
    #[error(
        "the export is of schema {theirs}, and this database of {ours}: export and import with the same version of dealboard"
    )]
    OtherSchema { theirs: String, ours: String },
    #[error("this copy was made for reading; `dealboard export` makes one that can be imported")]
    ForReading,
    #[error("the export has no end: it was cut short")]
    CutShort,
    #[error("the rows of {0} are not those that were exported")]
    Changed(String),
    #[error("the rows of {0} read back otherwise than they were written")]
    Differs(String),
}

type Moved<T> = Result<Result<T, MoveFault>, ServiceError>;

impl Services {
    /// Writes all of a company, as it is at one moment.
    pub async fn export_whole(&self, slug: &str, out: &mut (impl Write + Send)) -> Moved<Sums> {
        let mut conn = self.read().await?;
        let Some(company) = store::companies::find_by_slug(&mut conn, slug).await? else {
            return Ok(Err(MoveFault::NoCompany(slug.to_owned())));
        };
        let head = Head::of(&company, Scope::Whole, self.now());
        let mut moment = Moment::begin(conn).await?;
        let sums = lines::write(&mut moment, &head, out).await;
        moment.end().await?;
        Ok(Ok(sums?))
    }

    /// Takes a whole company into an empty database, and reads it back.
    pub async fn import_whole(&self, path: &Path) -> Moved<Sums> {
        if !portage::is_empty(&mut self.read().await?).await? {
            return Ok(Err(MoveFault::NotEmpty));
        }
        let (head, sums) = match looked_through(path) {
            Ok(found) => found,
            Err(fault) => return Ok(Err(fault)),
        };
        self.mark_moving(true).await?;
        if let Err(fault) = self.take_in(path).await? {
            return Ok(Err(fault));
        }
        let mut conn = self.read().await?;
        let back = lines::read(&mut conn, head.company, Scope::Whole, |_, _, _| Ok(())).await?;
        drop(conn);
        if let Some(table) = difference(&sums, &back) {
            return Ok(Err(MoveFault::Differs(table)));
        }
        self.mark_moving(false).await?;
        Ok(Ok(back))
    }

    /// Whether an import into this database never came to its end.
    pub async fn holds_half_a_company(&self) -> Result<bool, ServiceError> {
        let mut conn = self.read().await?;
        Ok(store::settings::find(&mut conn, MOVING).await?.is_some())
    }

    async fn mark_moving(&self, moving: bool) -> Result<(), ServiceError> {
        self.write((), move |tx, ()| {
            Box::pin(async move {
                if moving {
                    return Ok(store::settings::save(tx, MOVING, "").await?);
                }
                portage::close(tx).await?;
                Ok(store::settings::delete(tx, MOVING).await?)
            })
        })
        .await
    }

    async fn take_in(&self, path: &Path) -> Moved<()> {
        let mut source = match Source::open(path) {
            Ok((source, _)) => source,
            Err(fault) => return Ok(Err(fault)),
        };
        let mut waiting: Option<(&'static Table, Vec<Vec<Cell>>)> = None;
        loop {
            let line = match source.next() {
                Ok(line) => line,
                Err(fault) => return Ok(Err(fault)),
            };
            let Line::Row(table, row) = line else { break };
            let most = ROWS.min(VALUES / table.columns.len());
            let fits = |(known, rows): &(&'static Table, Vec<Vec<Cell>>)| {
                known.name == table.name && rows.len() < most
            };
            if let Some(full) = waiting.take_if(|waiting| !fits(waiting)) {
                self.write_rows(full).await?;
            }
            waiting
                .get_or_insert_with(|| (table, Vec::new()))
                .1
                .push(row);
        }
        if let Some(rest) = waiting {
            self.write_rows(rest).await?;
        }
        Ok(Ok(()))
    }

    async fn write_rows(
        &self,
        (table, rows): (&'static Table, Vec<Vec<Cell>>),
    ) -> Result<(), ServiceError> {
        self.write(Arc::new(rows), move |tx, rows| {
            Box::pin(async move { Ok(portage::insert(tx, table, &rows).await?) })
        })
        .await
    }
}

/// The table whose rows are not the same.
fn difference(one: &Sums, other: &Sums) -> Option<String> {
    let tables = one.0.keys().chain(other.0.keys());
    tables
        .into_iter()
        .find(|table| one.0.get(*table) != other.0.get(*table))
        .cloned()
}

/// Reads all of it and holds it to its own sums.
fn looked_through(path: &Path) -> Result<(Head, Sums), MoveFault> {
    let (mut source, head) = Source::open(path)?;
    let mut sums = Sums::default();
    loop {
        match source.next()? {
            Line::Row(table, row) => sums.add(table.name, &row),
            Line::Sums(told) => {
                let ours = sums.to_json();
                let ours = ours.get("sums").and_then(Value::as_object);
                let ours = ours.ok_or(MoveFault::CutShort)?;
                let names = told.keys().chain(ours.keys());
                for table in names {
                    if told.get(table) != ours.get(table) {
                        return Err(MoveFault::Changed(table.clone()));
                    }
                }
                return Ok((head, sums));
            }
        }
    }
}

enum Line {
    Row(&'static Table, Vec<Cell>),
    Sums(Map<String, Value>),
}

struct Source {
    lines: Lines<BufReader<File>>,
    number: usize,
}

impl Source {
    fn open(path: &Path) -> Result<(Self, Head), MoveFault> {
        let file = File::open(path).map_err(|_| MoveFault::CutShort)?;
        let mut source = Self {
            lines: BufReader::new(file).lines(),
            number: 0,
        };
        let bad = MoveFault::BadLine(1);
        let head = source.value()?;
        let head: Head = serde_json::from_value(head).map_err(|_| bad.clone())?;
        if head.dealboard != FORMAT {
            return Err(bad);
        }
        if !head.whole {
            return Err(MoveFault::ForReading);
        }
        let ours = store::schema_name();
        if head.schema != ours {
            return Err(MoveFault::OtherSchema {
                theirs: head.schema,
                ours,
            });
        }
        Ok((source, head))
    }

    fn value(&mut self) -> Result<Value, MoveFault> {
        let line = self.lines.next().ok_or(MoveFault::CutShort)?;
        self.number += 1;
        let line = line.map_err(|_| MoveFault::BadLine(self.number))?;
        serde_json::from_str(&line).map_err(|_| MoveFault::BadLine(self.number))
    }

    fn next(&mut self) -> Result<Line, MoveFault> {
        let mut value = self.value()?;
        let bad = || MoveFault::BadLine(self.number);
        if let Some(Value::Object(sums)) = value.get_mut("sums").map(Value::take) {
            return Ok(Line::Sums(sums));
        }
        let name = value.get("table").and_then(Value::as_str);
        let table = name.and_then(find_table).ok_or_else(bad)?;
        let row = value.get("row").and_then(Value::as_object);
        let row = row.filter(|row| row.len() == table.columns.len());
        let row = row.ok_or_else(bad)?;
        let mut cells = Vec::with_capacity(table.columns.len());
        for column in table.columns {
            let value = row.get(column.name).ok_or_else(bad)?;
            cells.push(Cell::from_json(column.kind, value).map_err(|_| bad())?);
        }
        Ok(Line::Row(table, cells))
    }
}
