//! Internal notes: written and read by the company's people, and by nobody else. No method here is a partner's.

use domain::commands::SendMessage;
use domain::messages::{About, MessageFact};
use domain::people::CompanyRight;
use domain::views::NoteView;
use domain::{InternalNoteId, ThreadId, Timestamp};
use store::Conn;
use store::messages::notes::{self, NewNote};
use store::messages::threads;

use super::company::place;
use super::sending::{Letter, Written, next, open};
use super::telling::record;
use crate::deals::StoredFile;
use crate::{CompanyAccess, ServiceError};

impl CompanyAccess {
    /// The notes of a thread before that moment, the newest first.
    pub(super) async fn notes(
        &self,
        conn: &mut Conn,
        thread: ThreadId,
        before: Timestamp,
        limit: i64,
    ) -> Result<Vec<NoteView>, ServiceError> {
        let rows = notes::list(conn, self.company, thread, before, limit).await?;
        let ids: Vec<InternalNoteId> = rows.iter().map(|row| row.id).collect();
        let files = notes::list_files(conn, self.company, &ids).await?;
        let view = |row: notes::NoteRow| {
            let mine = files.iter().filter(|(note, _)| *note == row.id);
            NoteView {
                id: row.id,
                at: row.created_at,
                who: row.who,
                own: row.author_id == self.person.id,
                text: row.text,
                files: mine.map(|(_, file)| file.clone()).collect(),
            }
        };
        Ok(rows.into_iter().map(view).collect())
    }

    /// Writes a note for the own team. Its fact reaches the company's stream only; no bell rings, and no mail is written.
    pub async fn write_note(
        &self,
        about: About,
        command: SendMessage,
        files: Vec<StoredFile>,
    ) -> Result<Written<InternalNoteId>, ServiceError> {
        self.require(CompanyRight::WriteMessages)?;
        let letter = Letter::read(command, files)?;
        let right = CompanyRight::WriteMessages;
        self.write(right, letter, move |tx, recorder, letter| {
            Box::pin(async move {
                let (membership, deal) = place(tx, &recorder, about).await?;
                let thread = open(tx, &recorder, (membership.id, deal)).await?;
                let (author, send_key) = (recorder.user()?, letter.send_key(&thread));
                if let Some(id) = notes::find_by_key(tx, author, &send_key).await? {
                    return Ok(Written { id, is_new: false });
                }
                let note = NewNote {
                    id: recorder.id(),
                    company: thread.company_id,
                    thread: thread.id,
                    author,
                    text: letter.text.as_str().to_owned(),
                    send_key,
                    at: next(&recorder, &thread),
                };
                notes::insert(tx, &note).await?;
                for file in &letter.files {
                    notes::insert_file(tx, thread.company_id, note.id, file).await?;
                }
                threads::save_note(tx, thread.id, note.at).await?;
                let fact = MessageFact::NoteWritten { note: note.id };
                record(tx, &recorder, &thread, None, (note.at, fact)).await?;
                let id = note.id;
                Ok(Written { id, is_new: true })
            })
        })
        .await
    }
}
