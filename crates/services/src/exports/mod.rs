//! Copies to take along: a program's deals as comma-separated values, all that is the company's as JSON lines; and, for the
//! operator, a whole company from one database into another.
//!
//! A copy is written to a file that has no name any more, at one moment of the database, and sent from there: who downloads
//! slowly holds no transaction open, and what goes wrong is said before the first byte.

mod deals_csv;
mod lines;
mod moving;

use std::fs::{self, File};
use std::io::{self, BufWriter, Seek as _, Write as _};

use domain::events::ProgramFact;
use domain::people::CompanyRight;
use store::{Conn, Moment, portage};
use uuid::Uuid;

pub use self::lines::{Head, Sums};
pub use self::moving::MoveFault;
use crate::{CompanyAccess, ServiceError, Services};

/// A copy, to be read from its beginning.
#[derive(Debug)]
pub struct Exported {
    pub file: File,
    pub bytes: u64,
    /// How a browser should call it.
    pub name: String,
}

type Spool = BufWriter<File>;

impl CompanyAccess {
    /// The program's registered deals: one line each, one column for each key that any of its forms ever had.
    pub async fn export_deals(&self) -> Result<Exported, ServiceError> {
        self.note_export("deals").await?;
        let mut spool = self.services.spool()?;
        let mut moment = Moment::begin(self.services.read().await?).await?;
        let written = self.write_deals(&mut moment, &mut spool).await;
        moment.end().await?;
        written?;
        finished(spool, format!("{}-deals.csv", self.program.slug))
    }

    /// Everything that is the company's, in all of its programs, as its admins may see it: one row of one table per line.
    pub async fn export_company(&self) -> Result<Exported, ServiceError> {
        self.note_export("company").await?;
        let mut spool = self.services.spool()?;
        let mut moment = Moment::begin(self.services.read().await?).await?;
        let written = self.write_company(&mut moment, &mut spool).await;
        moment.end().await?;
        let slug = written?;
        finished(spool, format!("{slug}.jsonl"))
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
        let company = store::companies::find(conn, self.company).await?;
        let company = company.ok_or(ServiceError::NotFound)?;
        let head = Head::of(&company, portage::Scope::Own, self.services.now());
        lines::write(conn, &head, spool).await?;
        Ok(company.slug)
    }
}

impl Services {
    /// A file in the data folder that goes away with whoever has it open.
    pub(crate) fn spool(&self) -> Result<Spool, ServiceError> {
        let name = format!("export-{}", self.id::<Uuid>());
        let path = self.config().files_folder.join(name);
        let file = File::options()
            .read(true)
            .append(true)
            .create_new(true)
            .open(&path)
            .map_err(broken)?;
        fs::remove_file(&path).map_err(broken)?;
        Ok(BufWriter::new(file))
    }
}

/// Back to its beginning, under that name.
pub(crate) fn finished(mut spool: Spool, name: String) -> Result<Exported, ServiceError> {
    spool.flush().map_err(broken)?;
    let mut file = spool
        .into_inner()
        .map_err(|error| broken(error.into_error()))?;
    let bytes = file.stream_position().map_err(broken)?;
    file.rewind().map_err(broken)?;
    Ok(Exported { file, bytes, name })
}

/// The disk is full, or gone.
pub(crate) fn broken(error: io::Error) -> ServiceError {
    ServiceError::Busy(format!("an export cannot be written: {error}"))
}
