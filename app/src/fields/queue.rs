//! The files that were chosen, on their way to the server: a few at a time, the others wait.

use std::cell::RefCell;
use std::collections::BTreeMap;

use domain::forms::{Field, FieldKey, RawAnswers, problem_text_in};
use domain::views::FileView;
use domain::{ErrorCode, Locale};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::{File, FormData};

use super::uploads::{Chosen, Step, Upload, admit};
use crate::error::ActionError;
use crate::upload::{Sending, post};

/// More at once would only make each of them slower.
const AT_ONCE: usize = 2;

/// What belongs to this browser, and cannot lie in a signal, by the row of the file.
#[derive(Default)]
struct Held {
    next: u32,
    /// Kept until they have arrived, so that they can be sent again.
    files: BTreeMap<u32, File>,
    sending: BTreeMap<u32, Sending>,
}

thread_local! {
    static HELD: RefCell<Held> = RefCell::new(Held::default());
}

/// Calls everything back that is on its way.
pub fn stop_all() {
    let held = HELD.with_borrow_mut(|held| {
        held.files.clear();
        std::mem::take(&mut held.sending)
    });
    for sending in held.values() {
        sending.stop();
    }
}

#[derive(Clone, Copy)]
pub struct Queue {
    /// Where files are posted, up to the field's key.
    pub door: StoredValue<String>,
    pub files: RwSignal<Vec<FileView>>,
    pub answers: RwSignal<RawAnswers>,
    pub chosen: RwSignal<Chosen>,
    pub said: RwSignal<Option<(FieldKey, String)>>,
    pub locale: Locale,
}

impl Queue {
    /// Files were chosen: says what is not taken, and sends the others.
    pub fn take(self, field: &Field, files: &[File]) {
        self.forget_refusals(&field.key);
        let (mut sent, mut refused) = (Vec::new(), Vec::new());
        for file in files {
            let (name, bytes) = (file.name(), size(file));
            match admit(field, &name, bytes, self.taken(&field.key)) {
                Ok(()) => {
                    self.add(&field.key, &name, bytes, file);
                    sent.push(name);
                }
                Err(problem) => {
                    let why = problem_text_in(Some(field), &problem, self.locale);
                    refused.push(format!("{name} was not added. {why}"));
                }
            }
        }
        let uploading = match sent.as_slice() {
            [] => None,
            [name] => Some(format!("Uploading {name}")),
            names => Some(format!("Uploading {} files", names.len())),
        };
        let said: Vec<String> = refused.iter().cloned().chain(uploading).collect();
        self.say(&field.key, said.join(". "));
        let refused = refused.into_iter().map(|text| (field.key.clone(), text));
        self.chosen.update(|chosen| chosen.refused.extend(refused));
        self.go_on();
    }

    pub fn cancel(self, row: u32) {
        let Some(upload) = self.find(row) else { return };
        self.chosen
            .update(|chosen| chosen.rows.retain(|own| own.id != row));
        let sending = HELD.with_borrow_mut(|held| {
            held.files.remove(&row);
            held.sending.remove(&row)
        });
        // It tells its end at once: by now there is no row for it.
        if let Some(sending) = sending {
            sending.stop();
        }
        self.forget_refusals(&upload.field);
        let done = match upload.step {
            Step::Waits | Step::Sends(_) => "cancelled",
            Step::Failed { .. } | Step::Arrived(_) => "removed",
        };
        self.say(&upload.field, format!("{} {done}", upload.name));
        self.go_on();
    }

    pub fn again(self, row: u32) {
        let Some(upload) = self.find(row) else { return };
        self.step(row, Step::Waits);
        self.say(&upload.field, format!("Uploading {}", upload.name));
        self.go_on();
    }

    /// A file that was there is taken out of the answer.
    pub fn removed(self, key: &FieldKey, file: &str) {
        let own = |row: &Upload| matches!(&row.step, Step::Arrived(id) if id == file);
        let rows = self.chosen.get_untracked().rows;
        let here = rows.iter().find(|row| own(row)).map(|row| row.name.clone());
        let kept = || {
            self.files.with_untracked(|files| {
                let known = files.iter().find(|known| known.id.to_string() == file);
                known.map(|known| known.name.clone())
            })
        };
        let name = here.or_else(kept).unwrap_or_else(|| file.to_owned());
        self.chosen
            .update(|chosen| chosen.rows.retain(|row| !own(row)));
        self.forget_refusals(key);
        self.say(key, format!("{name} removed"));
    }

    /// Sends the next ones, as many as may go at once.
    fn go_on(self) {
        while let Some((row, field)) = self.next() {
            self.send(row, &field);
        }
    }

    fn next(self) -> Option<(u32, FieldKey)> {
        let next = self.chosen.try_maybe_update(|chosen| {
            let under_way = chosen
                .rows
                .iter()
                .filter(|row| matches!(row.step, Step::Sends(_)))
                .count();
            let next = chosen
                .rows
                .iter_mut()
                .find(|row| row.step == Step::Waits)
                .filter(|_| under_way < AT_ONCE);
            let next = next.map(|row| {
                row.step = Step::Sends(0);
                (row.id, row.field.clone())
            });
            (next.is_some(), next)
        });
        next.flatten()
    }

    fn send(self, row: u32, field: &FieldKey) {
        let address = self.door.with_value(|door| format!("{door}/{field}"));
        let progress = move |percent| self.step(row, Step::Sends(percent));
        let done = move |sent| self.ended(row, sent);
        let file = HELD.with_borrow(|held| held.files.get(&row).cloned());
        let form = file.ok_or(JsValue::NULL).and_then(|file| form_of(&file));
        match form.and_then(|form| post(&address, &form, progress, done)) {
            Ok(sending) => HELD.with_borrow_mut(|held| {
                held.sending.insert(row, sending);
            }),
            Err(error) => {
                leptos::logging::warn!("{error:?}");
                self.step(row, failed(&ActionError::new(ErrorCode::Offline)));
            }
        }
    }

    fn ended(self, row: u32, sent: Result<FileView, ActionError>) {
        HELD.with_borrow_mut(|held| held.sending.remove(&row));
        // It was cancelled, or the form is gone.
        let Some(Upload { field, name, .. }) = self.find(row) else {
            return;
        };
        match sent {
            Ok(file) => {
                HELD.with_borrow_mut(|held| held.files.remove(&row));
                self.step(row, Step::Arrived(file.id.to_string()));
                self.attach(&field, file);
                self.say(&field, format!("{name} uploaded"));
            }
            Err(error) => {
                self.say(
                    &field,
                    format!("{name} was not uploaded. {}", error.0.text()),
                );
                self.step(row, failed(&error));
            }
        }
        self.go_on();
    }

    fn attach(self, key: &FieldKey, file: FileView) {
        let id = file.id.to_string();
        self.files.update(|files| files.push(file));
        self.answers.update(|raw| {
            let mut ids = raw.values(key).to_vec();
            ids.push(id);
            raw.set(key, ids);
        });
    }

    fn add(self, key: &FieldKey, name: &str, bytes: u64, file: &File) {
        let id = HELD.with_borrow_mut(|held| {
            held.next += 1;
            held.files.insert(held.next, file.clone());
            held.next
        });
        let upload = Upload {
            id,
            field: key.clone(),
            name: name.to_owned(),
            bytes,
            step: Step::Waits,
        };
        self.chosen.update(|chosen| chosen.rows.push(upload));
    }

    /// How many files the field has, with those that are on their way.
    fn taken(self, key: &FieldKey) -> usize {
        let waiting = self.chosen.with_untracked(|chosen| {
            let own = chosen.rows.iter().filter(|row| row.field == *key);
            own.filter(|row| !matches!(row.step, Step::Arrived(_)))
                .count()
        });
        let there = self.answers.with_untracked(|raw| raw.values(key).len());
        waiting + there
    }

    fn find(self, row: u32) -> Option<Upload> {
        let chosen = self.chosen.try_get_untracked()?;
        chosen.rows.into_iter().find(|own| own.id == row)
    }

    fn step(self, row: u32, step: Step) {
        self.chosen.try_maybe_update(|chosen| {
            let own = chosen.rows.iter_mut().find(|own| own.id == row);
            let Some(own) = own.filter(|own| own.step != step) else {
                return (false, ());
            };
            own.step = step;
            (true, ())
        });
    }

    fn say(self, key: &FieldKey, text: String) {
        // The form may be gone.
        self.said.try_set(Some((key.clone(), text)));
    }

    fn forget_refusals(self, key: &FieldKey) {
        self.chosen.maybe_update(|chosen| {
            let before = chosen.refused.len();
            chosen.refused.retain(|(of, _)| of != key);
            chosen.refused.len() != before
        });
    }
}

fn failed(error: &ActionError) -> Step {
    Step::Failed {
        text: error.0.text(),
        again: may_pass(error.code()),
    }
}

/// Whether the same file may go through another time.
fn may_pass(code: ErrorCode) -> bool {
    match code {
        // Signed in again in another tab, it goes on here.
        ErrorCode::SignedOut
        | ErrorCode::Malformed
        | ErrorCode::TooMany
        | ErrorCode::Busy
        | ErrorCode::Offline
        | ErrorCode::Internal => true,
        ErrorCode::NotFound
        | ErrorCode::Forbidden
        | ErrorCode::Invalid
        | ErrorCode::Rule
        | ErrorCode::Conflict
        | ErrorCode::TooLarge => false,
    }
}

/// A form of nothing but the file.
fn form_of(file: &File) -> Result<FormData, JsValue> {
    let form = FormData::new()?;
    form.append_with_blob_and_filename("file", file, &file.name())?;
    Ok(form)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count of bytes, which the browser gives as a number"
)]
fn size(file: &File) -> u64 {
    file.size() as u64
}
