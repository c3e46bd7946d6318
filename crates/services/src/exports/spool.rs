//! Where a copy is written until it is sent, and whose turn it is.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Seek as _, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::CompanyId;
use domain::people::CompanyRight;
use uuid::Uuid;

use super::{Exported, broken};
use crate::{CompanyAccess, ServiceError};

/// Copies that one process makes and sends at once, each for another company: one of them may read a whole company, and
/// lies on the disk until it is sent.
const AT_ONCE: usize = 2;

/// The companies that have a copy in the making, or on its way.
#[derive(Debug, Clone, Default)]
pub(crate) struct Turns(Arc<Mutex<BTreeSet<CompanyId>>>);

/// The turn of a company; it ends when this is dropped.
#[derive(Debug)]
pub struct Turn {
    turns: Turns,
    company: CompanyId,
}

impl Turns {
    /// None: the company has one in hand already, or others have all.
    fn take(&self, company: CompanyId) -> Option<Turn> {
        let mut taken = self.taken();
        let is_free = taken.len() < AT_ONCE && taken.insert(company);
        is_free.then(|| Turn {
            turns: self.clone(),
            company,
        })
    }

    fn taken(&self) -> MutexGuard<'_, BTreeSet<CompanyId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.turns.taken().remove(&self.company);
    }
}

/// A file in the data folder that goes away with whoever has it open.
pub(crate) struct Spool {
    out: BufWriter<File>,
    turn: Turn,
}

impl CompanyAccess {
    /// A copy begins, if it is this company's turn.
    pub(crate) fn spool(&self) -> Result<Spool, ServiceError> {
        self.require(CompanyRight::ImportAndExport)?;
        let turn = self.services.turns().take(self.company);
        let turn = turn.ok_or(ServiceError::CopyInHand)?;
        let name = format!("export-{}", self.services.id::<Uuid>());
        let path = self.services.config().files_folder.join(name);
        let file = File::options()
            .read(true)
            .append(true)
            .create_new(true)
            .open(&path)
            .map_err(broken)?;
        fs::remove_file(&path).map_err(broken)?;
        let out = BufWriter::new(file);
        Ok(Spool { out, turn })
    }
}

impl Spool {
    /// To be read from its beginning, under that name. The turn goes along.
    pub(crate) fn finish(self, name: String) -> Result<Exported, ServiceError> {
        let Self { out, turn } = self;
        let mut file = out
            .into_inner()
            .map_err(|error| broken(error.into_error()))?;
        let bytes = file.stream_position().map_err(broken)?;
        file.rewind().map_err(broken)?;
        Ok(Exported {
            file,
            bytes,
            name,
            turn,
        })
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Write::write(&mut self.out, bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
