//! Uploaded files: kept on the disk under their id, known to the database, sent only to who may see the deal.

use std::path::PathBuf;

use domain::deals::{Deal, DealFact, Mover, OpenFields, Refusal, RegistrationStatus, check_works};
use domain::forms::{FieldKey, FieldKind};
use domain::people::{CompanyRight, PartnerRight};
use domain::text::clean_line;
use domain::views::FileView;
use domain::{DealId, FileId, UserId};
use store::Tx;
use store::files::{FileRow, NewFile};

use super::record::Recorder;
use super::registrar::form_of;
use crate::{PartnerAccess, ServiceError, Services};

/// Characters in a file's name.
const MAX_NAME: usize = 150;
/// Files that one deal may hold.
const MAX_FILES: usize = 50;

/// A file that lies completely on the disk, and what the browser said of it.
#[derive(Debug, Clone)]
pub struct StoredFile {
    pub id: FileId,
    pub name: String,
    pub mime: String,
    pub size_bytes: i64,
    pub sha256: Vec<u8>,
}

impl Services {
    /// Where the bytes of a file lie.
    pub fn file_path(&self, id: FileId) -> PathBuf {
        self.config().files_folder.join(id.to_string())
    }

    /// Deletes the bytes of files that the database has forgotten. A file that cannot be deleted only takes space.
    pub(crate) async fn forget_files(&self, files: &[FileId]) {
        for file in files {
            let path = self.file_path(*file);
            let gone = tokio::task::spawn_blocking(move || std::fs::remove_file(path)).await;
            if let Ok(Err(error)) = gone {
                tracing::warn!(%file, %error, "a forgotten file could not be deleted");
            }
        }
    }

    /// The file, if the person may see its deal as a partner or as the company.
    pub async fn file_for(&self, user: UserId, id: FileId) -> Result<FileRow, ServiceError> {
        let row = store::files::find(&mut self.read().await?, id)
            .await?
            .ok_or(ServiceError::NotFound)?;
        if let Ok(access) = self.partner(user, row.membership_id).await {
            access.require(PartnerRight::ViewDeals)?;
            return Ok(row);
        }
        let membership =
            store::memberships::find(&mut self.read().await?, row.membership_id).await?;
        let program = membership.ok_or(ServiceError::NotFound)?.program_id;
        let access = self.company(user, program).await?;
        access.require(CompanyRight::ViewDeals)?;
        // A draft's files are its team's own business.
        let deal = store::deals::find(&mut self.read().await?, access.scope(), row.deal_id).await?;
        match deal {
            Some(deal) if deal.number.is_some() => Ok(row),
            _ => Err(ServiceError::NotFound),
        }
    }
}

impl PartnerAccess {
    /// How many bytes a file for that field may have. Asked before the upload is read.
    pub async fn upload_limit(
        &self,
        submit_key: &str,
        field: &FieldKey,
    ) -> Result<u64, ServiceError> {
        self.require(PartnerRight::Register)?;
        let registrar = self.registrar().await?;
        let mut conn = self.services.read().await?;
        let deal = store::deals::find_by_key(&mut conn, self.membership, submit_key).await?;
        let form = match deal {
            Some(deal) if deal.win.locks() => {
                return Err(Refusal::LockedByWin.into());
            }
            Some(deal) if deal.status() != RegistrationStatus::Draft => {
                form_of(&mut conn, deal.form_version).await?
            }
            // A draft is filled in as the form is now.
            _ => super::registrar::current_form(&mut conn, &registrar).await?,
        };
        let field = form.definition.0.field(field);
        match field.filter(|f| f.asks_partner()).map(|f| &f.kind) {
            Some(FieldKind::File { max_bytes, .. }) => Ok(*max_bytes),
            _ => Err(ServiceError::NotFound),
        }
    }

    /// Keeps an uploaded file with the draft of that key (made when there is none yet).
    pub async fn attach_file(
        &self,
        submit_key: &str,
        field: &FieldKey,
        file: StoredFile,
    ) -> Result<FileView, ServiceError> {
        self.require(PartnerRight::Register)?;
        let registrar = self.registrar().await?;
        let (key, field) = (submit_key.to_owned(), field.to_string());
        let name: String = clean_line(&file.name).chars().take(MAX_NAME).collect();
        let file = StoredFile {
            name: if name.is_empty() {
                "file".to_owned()
            } else {
                name
            },
            ..file
        };
        self.services
            .db()
            .write(move |tx| {
                let (registrar, key, field, file) =
                    (registrar.clone(), key.clone(), field.clone(), file.clone());
                Box::pin(async move {
                    let registrar = registrar.fresh(tx).await?;
                    let (deal, _) = registrar.draft(tx, &key, None).await?;
                    if deal.win.locks() {
                        return Err(Refusal::LockedByWin.into());
                    }
                    let is_closed = deal.open_fields() == OpenFields::Only(&[]);
                    if is_closed && !takes_later(tx, &registrar.recorder, &deal, &field).await? {
                        return Err(Refusal::AlreadySubmitted.into());
                    }
                    if store::files::ids_by_deal(tx, deal.id).await?.len() >= MAX_FILES {
                        return Err(ServiceError::TooLarge);
                    }
                    let new = new_file(
                        &deal,
                        field,
                        &file,
                        registrar.recorder.user()?,
                        registrar.recorder.now,
                    );
                    store::files::insert(tx, &new).await?;
                    let fact = DealFact::FileAttached {
                        file: new.id,
                        name: new.name.clone(),
                    };
                    registrar
                        .recorder
                        .note(tx, &deal, deal.version, fact)
                        .await?;
                    Ok(FileView {
                        id: new.id,
                        name: new.name,
                        size_bytes: new.size_bytes,
                    })
                })
            })
            .await
    }

    /// Takes a file out of a draft, or out of an answer to questions.
    pub async fn remove_file(&self, deal: DealId, file: FileId) -> Result<(), ServiceError> {
        self.write(PartnerRight::Register, deal, move |tx, recorder, deal| {
            Box::pin(async move {
                let deal = recorder.load(tx, deal).await?;
                if deal.win.locks() {
                    return Err(Refusal::LockedByWin.into());
                }
                if deal.status() != RegistrationStatus::Draft {
                    return Err(Refusal::AlreadySubmitted.into());
                }
                let name = store::files::delete(tx, deal.id, file).await?;
                let name = name.ok_or(ServiceError::NotFound)?;
                let fact = DealFact::FileRemoved { file, name };
                recorder.note(tx, &deal, deal.version, fact).await?;
                Ok(())
            })
        })
        .await?;
        self.services.forget_files(&[file]).await;
        Ok(())
    }
}

/// A deal that can be worked takes a file where a stage asks for one.
async fn takes_later(
    tx: &mut Tx,
    recorder: &Recorder,
    deal: &Deal,
    field: &str,
) -> Result<bool, ServiceError> {
    let works = check_works(deal.move_facts(), Mover::Partner, recorder.now).is_ok();
    match FieldKey::parse(field) {
        Ok(key) if works && deal.placement.is_some() => recorder.takes_file_later(tx, &key).await,
        Ok(_) | Err(_) => Ok(false),
    }
}

fn new_file(
    deal: &Deal,
    field_key: String,
    file: &StoredFile,
    by: UserId,
    at: domain::Timestamp,
) -> NewFile {
    NewFile {
        id: file.id,
        company: deal.company,
        deal: deal.id,
        field_key,
        name: file.name.clone(),
        mime: file.mime.clone(),
        size_bytes: file.size_bytes,
        sha256: file.sha256.clone(),
        by,
        at,
    }
}
