//! Files of messages and notes: limits, and who may fetch one.

use domain::messages::{MAX_FILE_BYTES, MAX_FILES, too_many_files};
use domain::people::{CompanyRight, PartnerRight};
use domain::text::clean_line;
use domain::{FileId, UserId};
use store::messages::NewFile;

use crate::deals::StoredFile;
use crate::{ServiceError, Services};

/// Characters in a file's name.
const MAX_NAME: usize = 150;

/// A file as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    pub name: String,
    pub size_bytes: i64,
}

impl StoredFile {
    pub(super) fn for_message(self) -> NewFile {
        let name: String = clean_line(&self.name).chars().take(MAX_NAME).collect();
        NewFile {
            id: self.id,
            name: if name.is_empty() {
                "file".to_owned()
            } else {
                name
            },
            mime: self.mime,
            size_bytes: self.size_bytes,
            sha256: self.sha256,
        }
    }

    /// Refuses one more file than a message carries. Asked before it is read from the network.
    pub fn check_count(so_far: usize) -> Result<u64, ServiceError> {
        if so_far < MAX_FILES {
            Ok(MAX_FILE_BYTES)
        } else {
            Err(ServiceError::input("file", &too_many_files()))
        }
    }
}

impl Services {
    /// The file of that id, whatever it belongs to, if the person may see that. A note's file is the company's: a
    /// membership does not lead to it.
    pub async fn download(&self, user: UserId, id: FileId) -> Result<Download, ServiceError> {
        match self.file_for(user, id).await {
            Ok(row) => {
                return Ok(Download {
                    name: row.name,
                    size_bytes: row.size_bytes,
                });
            }
            Err(ServiceError::NotFound) => {}
            Err(error) => return Err(error),
        }
        match self.message_file(user, id).await {
            Err(ServiceError::NotFound) => self.note_file(user, id).await,
            found => found,
        }
    }

    async fn message_file(&self, user: UserId, id: FileId) -> Result<Download, ServiceError> {
        let found = store::messages::find_file(&mut self.read().await?, id).await?;
        let row = found.ok_or(ServiceError::NotFound)?;
        match self.partner(user, row.membership_id).await {
            Ok(access) => access.require(PartnerRight::ReadMessages)?,
            Err(ServiceError::NotFound) => {
                let access = self.company(user, row.program_id).await?;
                access.require(CompanyRight::ReadMessages)?;
            }
            Err(error) => return Err(error),
        }
        Ok(Download {
            name: row.name,
            size_bytes: row.size_bytes,
        })
    }

    async fn note_file(&self, user: UserId, id: FileId) -> Result<Download, ServiceError> {
        let found = store::messages::notes::find_file(&mut self.read().await?, id).await?;
        let row = found.ok_or(ServiceError::NotFound)?;
        let access = self.company(user, row.program_id).await?;
        access.require(CompanyRight::ReadMessages)?;
        Ok(Download {
            name: row.name,
            size_bytes: row.size_bytes,
        })
    }
}
