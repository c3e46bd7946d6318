//! A file on its way to the disk.

use std::{
    io,
    path::{Path, PathBuf},
};

use axum::extract::multipart::Field;
use domain::{ErrorCode, FileId, forms::FieldKey, views::FileView};
use services::{PartnerAccess, ServiceError, deals::StoredFile, messages::Written};
use sha2::{Digest, Sha256};
use tokio::{fs::File, io::AsyncWriteExt as _};

use super::leftovers::partial;
use crate::http::problem::Problem;

/// Bytes that nobody owns yet. Dropped before they are attached, as when the client goes away, they leave nothing
/// behind; what a killed process leaves of them is swept by its name.
pub struct Incoming {
    path: PathBuf,
    /// Where they lie once they are handed over.
    place: PathBuf,
    kept: bool,
}

impl Drop for Incoming {
    fn drop(&mut self) {
        if !self.kept
            && let Err(error) = std::fs::remove_file(&self.path)
        {
            tracing::warn!(%error, "an unfinished upload stays on the disk");
        }
    }
}

impl Incoming {
    /// Writes the part to its place; too many bytes are refused as soon as they are seen.
    pub async fn write(
        mut part: Field<'_>,
        id: FileId,
        place: &Path,
        limit: u64,
    ) -> Result<(Self, StoredFile), Problem> {
        let name = part.file_name().unwrap_or_default().to_owned();
        let mime = part.content_type().unwrap_or("application/octet-stream");
        let mime = mime.chars().take(100).collect();
        let path = partial(place);
        let mut file = File::create_new(&path)
            .await
            .map_err(|error| broken(&error))?;
        let incoming = Self {
            path,
            place: place.to_owned(),
            kept: false,
        };
        let mut hash = Sha256::new();
        let mut size: u64 = 0;
        while let Some(chunk) = part.chunk().await.map_err(|error| unread(&error))? {
            size = size.saturating_add(chunk.len() as u64);
            if size > limit {
                return Err(Problem::new(ErrorCode::TooLarge));
            }
            hash.update(&chunk);
            file.write_all(&chunk)
                .await
                .map_err(|error| broken(&error))?;
        }
        // The database must not know of bytes that a power cut takes away.
        file.sync_all().await.map_err(|error| broken(&error))?;
        let stored = StoredFile {
            id,
            name,
            mime,
            size_bytes: i64::try_from(size).unwrap_or(i64::MAX),
            sha256: hash.finalize().to_vec(),
        };
        Ok((incoming, stored))
    }

    /// Lets the database know of it, with the draft of that key. Runs to its end even if the client goes away meanwhile:
    /// so does the write, and its bytes must be there then.
    pub async fn attach(
        self,
        access: PartnerAccess,
        submit_key: String,
        field: FieldKey,
        stored: StoredFile,
    ) -> Result<FileView, Problem> {
        let attached = tokio::spawn(async move {
            // All of it moves in here: named by a field alone, only a copy of that field would.
            let mut incoming = self;
            incoming.settle().await.map_err(|error| broken(&error))?;
            // Whatever ends this task: bytes too many only take space, bytes too few are a broken deal.
            incoming.kept = true;
            let outcome = access.attach_file(&submit_key, &field, stored).await;
            // Of these it is not known whether the write was committed.
            incoming.kept = matches!(
                outcome,
                Ok(_) | Err(ServiceError::Busy(_) | ServiceError::Internal(_))
            );
            Ok::<_, Problem>(outcome?)
        });
        match attached.await {
            Ok(outcome) => outcome,
            Err(error) => {
                tracing::error!(%error, "an upload ended badly");
                Err(Problem::new(ErrorCode::Internal))
            }
        }
    }

    /// They are all there: they get the name by which the database will know them.
    async fn settle(&mut self) -> io::Result<()> {
        tokio::fs::rename(&self.path, &self.place).await?;
        self.path.clone_from(&self.place);
        sync_folder(&self.place).await
    }
}

/// Without this a power cut could take the name away, and leave a deal with a file that is nowhere.
#[cfg(unix)]
async fn sync_folder(place: &Path) -> io::Result<()> {
    match place.parent() {
        Some(folder) => File::open(folder).await?.sync_all().await,
        None => Ok(()),
    }
}

/// Elsewhere a folder cannot be opened to be synced.
#[cfg(not(unix))]
async fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Hands bytes over to a write that lets the database know of them, and runs to its end even if the client goes away. What
/// is not kept (the form was sent before, or refused) is dropped.
pub async fn hand_over<T, W>(files: Vec<Incoming>, write: W) -> Result<T, ServiceError>
where
    T: Send + 'static,
    W: Future<Output = Result<Written<T>, ServiceError>> + Send + 'static,
{
    let handed = tokio::spawn(async move {
        let mut files = files;
        for file in &mut files {
            let settled = file.settle().await;
            settled.map_err(|error| ServiceError::Busy(error.to_string()))?;
        }
        // Whatever ends this task: bytes too many only take space, bytes too few are a broken message.
        for file in &mut files {
            file.kept = true;
        }
        let outcome = write.await;
        let kept = match &outcome {
            Ok(written) => written.is_new,
            // Of these it is not known whether the write was committed.
            Err(error) => matches!(error, ServiceError::Busy(_) | ServiceError::Internal(_)),
        };
        for file in &mut files {
            file.kept = kept;
        }
        outcome.map(|written| written.id)
    });
    match handed.await {
        Ok(outcome) => outcome,
        Err(error) => Err(ServiceError::Internal(format!(
            "a message ended badly: {error}"
        ))),
    }
}

fn broken(error: &io::Error) -> Problem {
    tracing::error!(%error, "an upload cannot be written");
    Problem::new(ErrorCode::Busy)
}

/// The client sent what is no multipart, or more than the server takes.
pub fn unread(error: &axum::extract::multipart::MultipartError) -> Problem {
    Problem::of_status(error.status())
}
