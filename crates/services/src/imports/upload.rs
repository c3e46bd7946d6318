//! A file has arrived: it is looked at, and its columns are guessed.

use domain::ImportId;
use domain::imports::{Findings, ImportState, Mapping, guess};
use domain::people::CompanyRight;
use domain::text::clean_line;
use domain::views::ImportColumn;
use store::JsonText;
use store::imports::{Import, Progress};

use super::scan::{Head, ScanFault, read_head};
use crate::deals::StoredFile;
use crate::{CompanyAccess, ServiceError};

/// Characters in a file's name.
const MAX_NAME: usize = 150;

impl CompanyAccess {
    /// Keeps a file that lies on the disk as an import whose columns are to be chosen. A file that is no table is refused at
    /// its input, and is not kept.
    pub async fn add_import(&self, file: StoredFile) -> Result<ImportId, ServiceError> {
        self.require(CompanyRight::ImportAndExport)?;
        let path = self.services.file_path(file.id);
        let head = tokio::task::spawn_blocking(move || read_head(&path)).await;
        let head = head.map_err(|error| ServiceError::Internal(error.to_string()))?;
        let head = head.map_err(|fault| match fault {
            ScanFault::File(fault) => ServiceError::input("file", &fault.to_string()),
            ScanFault::Io(error) => ServiceError::Internal(error.to_string()),
        })?;
        let import = self.new_import(file, head).await?;
        let id = import.id;
        self.write(CompanyRight::ImportAndExport, import, |tx, _, import| {
            Box::pin(async move { Ok(store::imports::insert(tx, &import).await?) })
        })
        .await?;
        Ok(id)
    }

    async fn new_import(&self, file: StoredFile, head: Head) -> Result<Import, ServiceError> {
        let mut conn = self.services.read().await?;
        let form = store::forms::find_current(&mut conn, self.program.id).await?;
        let form = form.ok_or(ServiceError::NotFound)?;
        let mapping = Mapping {
            targets: guess(&head.headings, &form.definition.0),
            skip_doubles: true,
            ..Mapping::default()
        };
        let mut samples = head.sample.into_iter();
        let column = |heading| ImportColumn {
            heading,
            sample: samples.next().unwrap_or_default(),
        };
        let (now, name) = (self.services.now(), clean_line(&file.name));
        Ok(Import {
            id: self.services.id(),
            company_id: self.company,
            program_id: self.program.id,
            file_id: file.id,
            file_name: name.chars().take(MAX_NAME).collect(),
            size_bytes: file.size_bytes,
            sha256: file.sha256,
            delimiter: char::from(head.delimiter).to_string(),
            first_byte: head.first.byte,
            first_line: head.first.line,
            headings: JsonText(head.headings.into_iter().map(column).collect()),
            mapping: JsonText(mapping),
            form_version_id: form.id,
            state: ImportState::Mapping,
            halted: None,
            worked_by: self.person.id,
            lease: 0,
            available_at: now,
            progress: Progress::default(),
            created_by: self.person.id,
            created_at: now,
            changed_at: now,
            version: 1,
            findings: JsonText(Findings::default()),
        })
    }
}
