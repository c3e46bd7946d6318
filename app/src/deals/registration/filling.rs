//! The form while somebody fills it.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::MembershipId;
use domain::commands::{ResubmitDeal, SubmitDeal};
use domain::forms::{
    Context, FieldError, FieldErrors, FieldKey, FormDefinition, RawAnswers, UploadedFile, validate,
    validate_only, visible,
};
use domain::views::{FileView, NeedsInfo, RegistrationPage};
use leptos::prelude::*;

use super::local;
use super::sharing::Sharing;
use crate::deals::paths;
use crate::deals::server_fns::{answer_questions, register_deal};
use crate::error::ActionError;
use crate::fields::{Chosen, to_send};
use crate::frames::use_partner_head;

/// Copied into every part of the page.
#[derive(Clone, Copy)]
pub struct Filling {
    pub membership: MembershipId,
    pub page: StoredValue<Arc<RegistrationPage>>,
    form: StoredValue<Arc<FormDefinition>>,
    pub answers: RwSignal<RawAnswers>,
    pub files: RwSignal<Vec<FileView>>,
    /// Files that were chosen on this page.
    pub chosen: RwSignal<Chosen>,
    pub errors: RwSignal<FieldErrors>,
    /// What the partner adds to an answer.
    pub note: RwSignal<String>,
    /// Counts the times that answers came from elsewhere than the inputs, which then are to show them.
    pub renewed: RwSignal<u32>,
    /// It is on its way: not to be sent again, nor saved.
    pub sending: RwSignal<bool>,
    /// A draft is on its way to the server. What is sent waits for it: a draft must not come after its deal.
    pub saving: RwSignal<bool>,
    pub refused: RwSignal<Option<ActionError>>,
    /// What others of the team have to do with it.
    pub shared: StoredValue<Sharing>,
    /// Whether the company takes registrations.
    pub open: Memo<bool>,
}

impl Filling {
    /// `checked`: a form that was posted without the app comes back with its errors.
    pub fn new(membership: MembershipId, page: RegistrationPage, checked: bool) -> Self {
        let (head, answering) = (use_partner_head(), page.needs_info.is_some());
        let filling = Self {
            membership,
            answers: RwSignal::new(page.answers.clone()),
            files: RwSignal::new(page.files.clone()),
            chosen: RwSignal::default(),
            errors: RwSignal::default(),
            note: RwSignal::default(),
            renewed: RwSignal::new(0),
            sending: RwSignal::new(false),
            saving: RwSignal::new(false),
            refused: RwSignal::new(None),
            shared: StoredValue::new(Sharing::of(&page)),
            open: Memo::new(move |_| answering || head.with(|head| head.may_register)),
            form: StoredValue::new(Arc::new(page.form.definition.clone())),
            page: StoredValue::new(Arc::new(page)),
        };
        if checked {
            let mut errors = filling.check().err().unwrap_or_default();
            let taken = filling.page.with_value(|page| page.taken.clone());
            errors.0.extend(taken.0);
            filling.errors.set(errors);
        }
        filling
    }

    pub fn page(self) -> Arc<RegistrationPage> {
        self.page.get_value()
    }

    pub fn form(self) -> Arc<FormDefinition> {
        self.form.get_value()
    }

    pub fn context(self) -> Context {
        let mut context = self.page.with_value(|page| page.context());
        context.files = self
            .files
            .with(|files| files.iter().map(uploaded).collect());
        context
    }

    pub fn sharing(self) -> Sharing {
        self.shared.get_value()
    }

    /// Where a plain post of the form goes.
    pub fn action(self) -> String {
        self.page.with_value(|page| match &page.needs_info {
            None => paths::list(self.membership),
            Some(info) => paths::answer(self.membership, info.deal),
        })
    }

    /// Puts these answers into the inputs.
    pub fn renew(self, answers: RawAnswers) {
        self.answers.set(answers);
        self.renewed.update(|times| *times += 1);
    }

    /// The rules' verdict on what is typed, before a page is left. Of a file that is on its way nobody is asked again.
    pub fn check(self) -> Result<(), FieldErrors> {
        let mut errors = self.rules().err().unwrap_or_default();
        let waiting = self.waiting();
        for error in &mut errors.0 {
            if let Some(own) = waiting.iter().find(|own| own.field == error.field) {
                error.problem.clone_from(&own.problem);
            }
        }
        verdict(errors)
    }

    /// The same before the form is sent: it takes along only the files that are there.
    pub fn check_to_send(self) -> Result<(), FieldErrors> {
        let mut errors = self.check().err().unwrap_or_default();
        let (form, raw) = (self.form(), self.answers.get_untracked());
        let shown = visible(&form, &raw, &untrack(|| self.context()));
        let is_shown = |name: &str| shown.iter().any(|key| key.as_str() == name);
        let more: Vec<FieldError> = self
            .waiting()
            .into_iter()
            .filter(|own| is_shown(&own.field))
            .filter(|own| errors.0.iter().all(|error| error.field != own.field))
            .collect();
        errors.0.extend(more);
        let place = |error: &FieldError| {
            let key = RawAnswers::key_of(&error.field);
            form.fields
                .iter()
                .position(|field| Some(&field.key) == key.as_ref())
        };
        // In the order of the form.
        errors
            .0
            .sort_by_key(|error| place(error).unwrap_or(usize::MAX));
        verdict(errors)
    }

    /// The fields whose files are not there yet, each with the first of them.
    fn waiting(self) -> Vec<FieldError> {
        let mut waiting: Vec<FieldError> = Vec::new();
        for upload in self.chosen.get_untracked().rows {
            let Some(problem) = upload.problem() else {
                continue;
            };
            if waiting.iter().all(|own| own.field != upload.field.as_str()) {
                waiting.push(FieldError {
                    field: upload.field.to_string(),
                    problem,
                });
            }
        }
        waiting
    }

    fn rules(self) -> Result<(), FieldErrors> {
        let page = self.page();
        let (form, context) = (&page.form.definition, untrack(|| self.context()));
        let raw = self.answers.get_untracked();
        match open_fields(page.needs_info.as_ref()) {
            Some((open, info)) => {
                let raw = to_send(form, &open, &info.given, &raw);
                validate_only(form, &open, &info.given, &raw, &context).map(drop)
            }
            None => validate(form, &raw, &context).map(drop),
        }
    }

    /// Sends the form; gives the address of what became of it.
    pub async fn send(self) -> Result<String, ActionError> {
        let key = self.page().submit_key.clone();
        let path = self.ask_server().await?;
        local::forget(&key);
        Ok(path)
    }

    async fn ask_server(self) -> Result<String, ActionError> {
        let page = self.page();
        let answers = self.answers.get_untracked();
        let Some(info) = &page.needs_info else {
            let command = SubmitDeal {
                submit_key: page.submit_key.clone(),
                form_version: page.form.id,
                answers,
            };
            let seen = Some(self.sharing().version.get_value());
            return register_deal(self.membership, command, seen).await;
        };
        let answers = match open_fields(Some(info)) {
            Some((open, info)) => to_send(&page.form.definition, &open, &info.given, &answers),
            None => answers,
        };
        let command = ResubmitDeal {
            deal: info.deal,
            answers,
            note: self.note.get_untracked(),
            version: info.version,
        };
        let base = Some(self.sharing().known.get_value());
        answer_questions(self.membership, command, base).await
    }
}

fn verdict(errors: FieldErrors) -> Result<(), FieldErrors> {
    if errors.is_empty() {
        Ok(())
    } else {
        Err(errors)
    }
}

/// The fields that the company opened; `None` when all are open.
pub fn open_fields(info: Option<&NeedsInfo>) -> Option<(BTreeSet<FieldKey>, &NeedsInfo)> {
    let info = info.filter(|info| !info.fields.is_empty())?;
    Some((info.fields.iter().cloned().collect(), info))
}

fn uploaded(file: &FileView) -> UploadedFile {
    UploadedFile {
        id: file.id,
        name: file.name.clone(),
        bytes: u64::try_from(file.size_bytes).unwrap_or_default(),
    }
}
