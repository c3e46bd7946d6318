//! What the form of a message posts: its words, and its files as they come.

use axum::{
    Form,
    extract::{FromRequest as _, Request, multipart::Field},
};
use domain::{
    AppError, ErrorCode, FileId,
    commands::SendMessage,
    messages::{MAX_TEXT, TextFault, too_large_file},
};
use services::deals::StoredFile;

use crate::{
    files::{Incoming, is_multipart, parts, text, unread},
    http::problem::Problem,
    state::AppState,
};

/// Bytes of one input: more than a text of the longest length can have, of which some is cleaned away.
const MAX_INPUT: usize = 16 * MAX_TEXT;

/// A form that has arrived, or as much of it as came before the fault.
#[derive(Default)]
pub struct Posted {
    pub command: SendMessage,
    pub is_note: bool,
    pub stored: Vec<StoredFile>,
    pub incoming: Vec<Incoming>,
    offer: Option<domain::OfferId>,
    number: i32,
}

impl Posted {
    /// Reads the body; files go to the disk as they come.
    pub async fn read(&mut self, state: &AppState, request: Request) -> Result<(), Problem> {
        if is_multipart(&request) {
            let mut form = parts(request).await?;
            while let Some(part) = form.next_field().await.map_err(|error| unread(&error))? {
                self.part(state, part).await?;
            }
        } else {
            let Form(pairs) = Form::<Vec<(String, String)>>::from_request(request, state)
                .await
                .map_err(|_| Problem::new(ErrorCode::Malformed))?;
            for (name, value) in pairs {
                self.take(&name, value);
            }
        }
        self.command.offer = self.offer.map(|offer| (offer, self.number));
        Ok(())
    }

    async fn part(&mut self, state: &AppState, part: Field<'_>) -> Result<(), Problem> {
        let name = part.name().unwrap_or_default().to_owned();
        if name != "file" {
            let too_long = Problem(AppError::input("text", TextFault::TooLong.text()));
            let value = text(part, MAX_INPUT, too_long).await?;
            self.take(&name, value);
            return Ok(());
        }
        // A browser posts an empty part for a file input that nobody used.
        if part.file_name().is_none_or(str::is_empty) {
            return Ok(());
        }
        let limit = StoredFile::check_count(self.stored.len())?;
        let limit = limit.min(state.config.max_upload as u64);
        let id: FileId = state.services.id();
        let place = state.services.file_path(id);
        let written = Incoming::write(part, id, &place, limit).await;
        let (incoming, stored) = written.map_err(|problem| too_large(problem, limit))?;
        self.incoming.push(incoming);
        self.stored.push(stored);
        Ok(())
    }

    fn take(&mut self, name: &str, value: String) {
        match name {
            "kind" => self.is_note = value == "note",
            "key" => self.command.key = value,
            "text" => self.command.text = value,
            "offer" => self.offer = value.parse().ok(),
            "number" => self.number = value.parse().unwrap_or_default(),
            _ => {}
        }
    }
}

/// A file beyond the limit is said at its input.
fn too_large(problem: Problem, limit: u64) -> Problem {
    if problem.0.code != ErrorCode::TooLarge {
        return problem;
    }
    Problem(AppError::input("file", &too_large_file(limit)))
}
