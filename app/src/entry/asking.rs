//! What is asked, and what was answered so far.

use std::sync::Arc;

use domain::deals::{EntryFacts, EntryFault, MoveDetails, enter};
use domain::errors::Why;
use domain::forms::{Context, FieldErrors, FormDefinition, RawAnswers};
use domain::views::{EntryPart, FileView};
use domain::{Locale, MembershipId};
use leptos::prelude::*;

use crate::error::ActionError;
use crate::fields::messages;
use crate::gates::Reply;
use crate::locale::use_locale;
use crate::ui::FieldMessage;

/// Copied into every part of the dialog or page.
#[derive(Clone, Copy)]
pub struct Asking {
    pub membership: MembershipId,
    pub part: StoredValue<Arc<EntryPart>>,
    /// Before the ids of the controls.
    pub prefix: &'static str,
    pub answers: RwSignal<RawAnswers>,
    pub files: RwSignal<Vec<FileView>>,
    pub errors: RwSignal<FieldErrors>,
    pub file_missing: RwSignal<Option<String>>,
    pub reply: Reply,
    pub locale: Locale,
}

impl Asking {
    pub fn new(membership: MembershipId, part: Arc<EntryPart>, prefix: &'static str) -> Self {
        Self {
            membership,
            prefix,
            answers: RwSignal::new(part.raw()),
            files: RwSignal::new(part.files.clone()),
            errors: RwSignal::default(),
            file_missing: RwSignal::new(None),
            reply: Reply::new(prefix).beside_answers(part.stage.rules.note),
            part: StoredValue::new(part),
            locale: use_locale(),
        }
    }

    pub fn part(self) -> Arc<EntryPart> {
        self.part.get_value()
    }

    pub fn form(self) -> Arc<FormDefinition> {
        self.part.with_value(|part| Arc::new(part.form.clone()))
    }

    /// What the form's rules may look at, with the files that are there by now.
    pub fn context(self) -> Signal<Context> {
        Signal::derive(move || {
            let files = self.files.get();
            self.part.with_value(|part| part.context(&files))
        })
    }

    /// The details of the move, if they are all that the stage asks; else what is missing stands at its inputs. The server
    /// judges by the same function.
    pub fn details(self) -> Option<MoveDetails> {
        let part = self.part();
        let replied = self.reply.details(part.gate);
        let answers = self.answers.with_untracked(|answers| part.to_send(answers));
        let details = MoveDetails {
            answers,
            note: self.reply.note.get_untracked(),
            ..replied.clone().unwrap_or_default()
        };
        let context = self.files.with_untracked(|files| part.context(files));
        let facts = EntryFacts {
            form: &part.form,
            answers: &part.given,
            context: &context,
            // That one is there is not sent; that none is missing is.
            file_in_messages: !part.missing.file,
        };
        match enter(&part.stage.rules, &facts, &details) {
            Ok(_) => {
                self.show(EntryFault::default());
                replied.map(|_| details)
            }
            Err(fault) => {
                self.show(fault);
                None
            }
        }
    }

    /// What is missing or wrong, at its inputs.
    pub fn show(self, fault: EntryFault) {
        let text = |missing: bool, text: &str| missing.then(|| text.to_owned());
        self.reply
            .note_missing
            .set(text(fault.note, EntryFault::NOTE));
        self.file_missing.set(text(fault.file, EntryFault::FILE));
        self.errors.set(fault.fields);
    }

    /// The same from a door; gives what stands at no input.
    pub fn show_error(self, error: ActionError) -> Option<String> {
        match error.0.why {
            Some(Why::Entry(fault)) => {
                self.show(fault);
                None
            }
            Some(Why::Fields(fields)) => {
                let fault = EntryFault {
                    fields,
                    ..EntryFault::default()
                };
                self.show(fault);
                None
            }
            why => Some(domain::AppError { why, ..error.0 }.text()),
        }
    }

    /// Every message with the input that it leads to.
    pub fn messages(self) -> Signal<Vec<FieldMessage>> {
        Signal::derive(move || {
            let form = self.form();
            let mut lines = self
                .errors
                .with(|errors| messages(&form, errors, self.prefix, self.locale));
            let reply = self.reply;
            let beside = [
                (reply.missing.get(), reply.reason_id()),
                (reply.note_missing.get(), reply.note_id()),
                (self.file_missing.get(), self.file_id()),
            ];
            for (text, id) in beside {
                lines.extend(text.map(|text| FieldMessage::new(id, text)));
            }
            lines
        })
    }

    pub fn file_id(self) -> String {
        format!("{}file-asked", self.prefix)
    }
}
