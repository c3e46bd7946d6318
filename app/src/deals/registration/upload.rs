//! Files go to the server one by one as they are chosen, and are answered by their ids.

use domain::FileId;
use domain::forms::FieldKey;
use domain::views::FileView;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use web_sys::{File, FormData, HtmlInputElement};

use super::filling::Filling;
use crate::deals::server_fns::{keep_typed, remove_file};
use crate::error::ActionError;
use crate::fields::Uploads;
use crate::ui::Toasts;
use crate::upload::post;

/// Field, name, percent.
type UnderWay = RwSignal<Vec<(FieldKey, String, u8)>>;

pub fn use_uploads(filling: Filling) -> Uploads {
    let under_way: UnderWay = RwSignal::default();
    let toasts = use_context::<Toasts>();
    Uploads {
        files: filling.files,
        on_chosen: Callback::new(move |(key, input): (FieldKey, HtmlInputElement)| {
            for file in chosen(&input) {
                send(filling, under_way, toasts, &key, &file);
            }
            // Empty again, so that the same file can be chosen anew and a plain post does not send it twice.
            input.set_value("");
        }),
        on_removed: Callback::new(move |(key, file)| remove(filling, &key, file)),
        under_way: under_way.into(),
    }
}

fn chosen(input: &HtmlInputElement) -> Vec<File> {
    let files = input.files();
    let count = files.as_ref().map_or(0, web_sys::FileList::length);
    (0..count)
        .filter_map(|index| files.as_ref().and_then(|files| files.item(index)))
        .collect()
}

fn send(
    filling: Filling,
    under_way: UnderWay,
    toasts: Option<Toasts>,
    key: &FieldKey,
    file: &File,
) {
    let (field, name) = (key.clone(), file.name());
    under_way.update(|all| all.push((field.clone(), name.clone(), 0)));
    let address = filling
        .page
        .with_value(|page| format!("/upload/{}/{}/{field}", filling.membership, page.submit_key));
    let (of, called) = (field.clone(), name.clone());
    let progress = move |percent: u8| {
        under_way.try_update(|all| {
            let mine = all
                .iter_mut()
                .find(|(field, name, _)| *field == of && *name == called);
            if let Some((_, _, so_far)) = mine {
                *so_far = percent;
            }
        });
    };
    let done = move |sent: Result<FileView, ActionError>| {
        under_way.try_update(|all| {
            if let Some(place) = all
                .iter()
                .position(|(of, called, _)| *of == field && *called == name)
            {
                all.remove(place);
            }
        });
        match sent {
            Ok(file) => attach(filling, &field, file),
            Err(error) => {
                if let Some(toasts) = toasts {
                    toasts.refuse(format!("{name} was not added. {}", error.0.text()));
                }
            }
        }
    };
    let sent = form_of(file).and_then(|form| post(&address, &form, progress, done));
    if let Err(error) = sent {
        leptos::logging::warn!("{error:?}");
    }
}

fn attach(filling: Filling, key: &FieldKey, file: FileView) {
    let id = file.id.to_string();
    filling.files.try_update(|files| files.push(file));
    filling.answers.try_update(|raw| {
        let mut ids = raw.values(key).to_vec();
        ids.push(id);
        raw.set(key, ids);
    });
}

fn remove(filling: Filling, key: &FieldKey, file: FileId) {
    let gone = file.to_string();
    filling.answers.update(|raw| {
        let ids = raw
            .values(key)
            .iter()
            .filter(|id| **id != gone)
            .cloned()
            .collect();
        raw.set(key, ids);
    });
    let answers = filling.answers.get_untracked();
    let answers = filling.sharing().to_keep(&filling.form(), &answers);
    let command = filling.keeping(answers.clone());
    spawn_local(async move {
        // The answer no longer names it; bytes that stay behind harm nobody and go with the draft.
        let Ok(kept) = keep_typed(filling.membership, command).await else {
            return;
        };
        let Some(sharing) = filling.shared.try_get_value() else {
            return;
        };
        let version = sharing.version.get_value();
        // What others saved meanwhile comes with the next save, which does not know of this one.
        if kept.merged.is_none() && kept.version > version {
            sharing.know(answers, kept.version);
        }
        if remove_file(filling.membership, kept.deal, file)
            .await
            .is_ok()
        {
            filling
                .files
                .try_update(|files| files.retain(|known| known.id != file));
        }
    });
}

/// A form of nothing but the file.
fn form_of(file: &File) -> Result<FormData, JsValue> {
    let form = FormData::new()?;
    form.append_with_blob_and_filename("file", file, &file.name())?;
    Ok(form)
}
