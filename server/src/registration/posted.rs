//! What a plain form posts: answers, the page's own names (they begin with `_`), and files.

use axum::{
    Form,
    extract::{FromRequest as _, Request, multipart::Field},
};
use domain::{
    ErrorCode, FileId, FormVersionId, Locale,
    forms::{FieldKey, RawAnswers, plain_value},
};
use services::PartnerAccess;

use crate::{
    files::{Incoming, is_multipart, parts, text, unread},
    http::problem::Problem,
    state::AppState,
};

/// Names of one post, before they are told apart; far above what any form has.
const MAX_PAIRS: usize = 4_000;
/// Bytes of one answer. The longest that a form may ask for is far shorter.
const MAX_TEXT: usize = 256 * 1024;

/// Characters of the name of a cell: two keys and a number.
const MAX_CELL: usize = 90;

/// A form that has arrived.
#[derive(Debug, Default)]
pub struct Posted {
    pub key: String,
    pub form: Option<FormVersionId>,
    pub version: Option<i64>,
    /// The draft's version that the page was made with.
    pub seen: Option<i64>,
    /// What the server had then, as the page says it.
    base: String,
    pub note: String,
    /// A page that is left sends what is typed on it.
    pub keep: bool,
    /// Only the questions are to be brought up to date.
    pub update: bool,
    /// The page of the form that was shown: its number, or `review`.
    pub at: Option<String>,
    /// The page of the form to go on with.
    pub page: Option<String>,
    /// The first cell of a row to add to a repeating group.
    pub add_row: Option<String>,
    /// A row to take out of one.
    remove_row: Option<String>,
    /// A file to take out of the answers.
    pub remove: Option<FileId>,
    /// How its numbers and days are written; plainly, where the page does not say.
    locale: Option<Locale>,
    pairs: Vec<(String, String)>,
}

impl Posted {
    /// Reads the body; files are kept with the draft as they come.
    pub async fn read(
        state: &AppState,
        access: &PartnerAccess,
        request: Request,
    ) -> Result<Self, Problem> {
        let mut posted = Self::default();
        if !is_multipart(&request) {
            let Form(pairs) = Form::<Vec<(String, String)>>::from_request(request, state)
                .await
                .map_err(|_| Problem::new(ErrorCode::Malformed))?;
            for (name, value) in pairs {
                posted.take(name, value)?;
            }
            posted.read_as_written(access).await?;
            return Ok(posted);
        }
        let mut form = parts(request).await?;
        while let Some(part) = form.next_field().await.map_err(|error| unread(&error))? {
            posted.part(state, access, part).await?;
        }
        posted.read_as_written(access).await?;
        Ok(posted)
    }

    /// Numbers and days plainly, as answers are kept.
    async fn read_as_written(&mut self, access: &PartnerAccess) -> Result<(), Problem> {
        let Some(locale) = self.locale else {
            return Ok(());
        };
        let form = access.asked_form(&self.key).await?;
        for (name, value) in &mut self.pairs {
            *value = plain_value(&form, name, value, locale);
        }
        Ok(())
    }

    /// The answers, without the file that is to go.
    pub fn answers(&self) -> Result<RawAnswers, Problem> {
        let gone = self.remove.map(|file| file.to_string());
        let pairs = self
            .pairs
            .iter()
            .filter(|(_, value)| Some(value) != gone.as_ref());
        let mut raw = RawAnswers::from_pairs(pairs.cloned())
            .map_err(|_| Problem::new(ErrorCode::TooLarge))?;
        if let Some(cell) = &self.add_row {
            raw.add_row(cell);
        }
        if let Some(row) = &self.remove_row {
            raw.remove_row(row);
        }
        Ok(raw)
    }

    /// What the page was based on; nothing where it does not say so, and whatever others saved is asked about.
    pub fn base(&self) -> RawAnswers {
        serde_json::from_str(&self.base).unwrap_or_default()
    }

    /// The same for answers that are sent for good; nothing where the page could not say it: nobody could ever send that one.
    pub fn known(&self) -> Option<RawAnswers> {
        self.seen
            .and_then(|_| serde_json::from_str(&self.base).ok())
    }

    async fn part(
        &mut self,
        state: &AppState,
        access: &PartnerAccess,
        part: Field<'_>,
    ) -> Result<(), Problem> {
        let name = part.name().unwrap_or_default().to_owned();
        let Some(field) = name.strip_prefix("_file.") else {
            let text = text(part, MAX_TEXT, Problem::new(ErrorCode::TooLarge)).await?;
            return self.take(name, text);
        };
        // A browser posts an empty part for a file input that nobody used.
        if part.file_name().is_none_or(str::is_empty) {
            return Ok(());
        }
        let field = FieldKey::parse(field).map_err(|_| Problem::new(ErrorCode::Malformed))?;
        let limit = access.upload_limit(&self.key, &field).await?;
        let limit = limit.min(state.config.max_upload as u64);
        let id: FileId = state.services.id();
        let place = state.services.file_path(id);
        let (incoming, stored) = Incoming::write(part, id, &place, limit).await?;
        let view = incoming
            .attach(access.clone(), self.key.clone(), field.clone(), stored)
            .await?;
        self.take(field.to_string(), view.id.to_string())
    }

    fn take(&mut self, name: String, value: String) -> Result<(), Problem> {
        match name.as_str() {
            "_key" => self.key = value,
            "_form" => self.form = value.parse().ok(),
            "_version" => self.version = value.parse().ok(),
            "_seen" => self.seen = value.parse().ok(),
            "_base" => self.base = value,
            "_note" => self.note = value,
            "_keep" => self.keep = true,
            "_update" => self.update = true,
            "_add" => {
                self.update = true;
                self.add_row = cell(value);
            }
            "_remove" => {
                self.update = true;
                self.remove_row = Some(value);
            }
            "_at" => self.at = page(value),
            "_page" => self.page = page(value),
            "_locale" => self.locale = Locale::of_tag(&value),
            "_remove_file" => self.remove = value.parse().ok(),
            _ if self.pairs.len() >= MAX_PAIRS => return Err(Problem::new(ErrorCode::TooLarge)),
            _ => self.pairs.push((name, value)),
        }
        Ok(())
    }
}

/// Any other name would only spoil the address that it becomes part of.
fn cell(name: String) -> Option<String> {
    let fits = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '.');
    (name.len() <= MAX_CELL && name.chars().all(fits)).then_some(name)
}

/// Any other word would only spoil the address that it becomes part of.
fn page(word: String) -> Option<String> {
    let number = word.parse::<u8>().is_ok();
    (number || word == "review").then_some(word)
}
