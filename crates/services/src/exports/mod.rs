//! Copies to take along: a program's deals as comma-separated values, all that is the company's as JSON lines or as one file of
//! such values per table; and, for the operator, a whole company from one database into another.
//!
//! A copy is written to a file that has no name any more, at one moment of the database, and sent from there: who downloads
//! slowly holds no transaction open, and what goes wrong is said before the first byte. A company has one copy in hand at a
//! time, from its making until it is sent; `spool` counts.

mod deals_csv;
mod lines;
mod moving;
mod spool;
mod tables_csv;

use std::fs::File;
use std::io;

use domain::events::ProgramFact;
use domain::people::CompanyRight;
use store::companies::Company;
use store::{Conn, Moment, portage};

pub use self::lines::{Head, Sums};
pub use self::moving::MoveFault;
use self::spool::Spool;
pub use self::spool::Turn;
pub(crate) use self::spool::Turns;
use crate::{CompanyAccess, ServiceError};

/// A copy, to be read from its beginning.
#[derive(Debug)]
pub struct Exported {
    pub file: File,
    pub bytes: u64,
    /// How a browser should call it.
    pub name: String,
    /// To be kept until the copy is sent: meanwhile the company gets no other.
    pub turn: Turn,
}

impl CompanyAccess {
    /// The program's registered deals: one line each, one column for each key that any of its forms ever had.
    pub async fn export_deals(&self) -> Result<Exported, ServiceError> {
        let mut spool = self.spool()?;
        self.note_export("deals").await?;
        let mut moment = Moment::begin(self.services.read().await?).await?;
        let written = self.write_deals(&mut moment, &mut spool).await;
        moment.end().await?;
        written?;
        spool.finish(format!("{}-deals.csv", self.program.slug))
    }

    /// Everything that is the company's, in all of its programs, as its admins may see it: one row of one table per line.
    pub async fn export_company(&self) -> Result<Exported, ServiceError> {
        let mut spool = self.spool()?;
        self.note_export("company").await?;
        let mut moment = Moment::begin(self.services.read().await?).await?;
        let written = self.write_company(&mut moment, &mut spool).await;
        moment.end().await?;
        let slug = written?;
        spool.finish(format!("{slug}.jsonl"))
    }

    /// The same as `export_company`, to be opened in a spreadsheet: a zip of one CSV file for each table that has rows.
    pub async fn export_company_csv(&self) -> Result<Exported, ServiceError> {
        let mut spool = self.spool()?;
        self.note_export("company").await?;
        let mut moment = Moment::begin(self.services.read().await?).await?;
        let written = self.write_company_csv(&mut moment, &mut spool).await;
        moment.end().await?;
        let slug = written?;
        spool.finish(format!("{slug}.zip"))
    }

    /// Whoever takes a copy is on record with it.
    async fn note_export(&self, what: &str) -> Result<(), ServiceError> {
        let right = CompanyRight::ImportAndExport;
        self.write(right, what.to_owned(), |tx, recorder, what| {
            Box::pin(async move {
                let version = recorder.program.version;
                let fact = ProgramFact::DataExported { what };
                recorder.note_program(tx, version, fact).await
            })
        })
        .await
    }

    async fn write_company(
        &self,
        conn: &mut Conn,
        spool: &mut Spool,
    ) -> Result<String, ServiceError> {
        let company = self.copied(conn).await?;
        let head = Head::of(&company, portage::Scope::Own, self.services.now());
        lines::write(conn, &head, spool).await?;
        Ok(company.slug)
    }

    async fn write_company_csv(
        &self,
        conn: &mut Conn,
        spool: &mut Spool,
    ) -> Result<String, ServiceError> {
        let company = self.copied(conn).await?;
        tables_csv::write(conn, company.id, spool).await?;
        Ok(company.slug)
    }

    async fn copied(&self, conn: &mut Conn) -> Result<Company, ServiceError> {
        let company = store::companies::find(conn, self.company).await?;
        company.ok_or(ServiceError::NotFound)
    }
}

/// The disk is full, or gone.
pub(crate) fn broken(error: io::Error) -> ServiceError {
    ServiceError::Busy(format!("an export cannot be written: {error}"))
}
