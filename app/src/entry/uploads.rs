//! Files go to the server one by one as they are chosen, and are answered by their ids.

use domain::forms::FieldKey;
use domain::views::FileView;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::{File, FormData, HtmlInputElement};

use super::asking::Asking;
use crate::error::ActionError;
use crate::fields::Uploads;
use crate::ui::Toasts;
use crate::upload::post;

/// Field, name, percent.
type UnderWay = RwSignal<Vec<(FieldKey, String, u8)>>;

pub fn use_uploads(asking: Asking) -> Uploads {
    let under_way: UnderWay = RwSignal::default();
    let toasts = use_context::<Toasts>();
    Uploads {
        files: asking.files,
        on_chosen: Callback::new(move |(key, input): (FieldKey, HtmlInputElement)| {
            let files = input.files();
            let count = files.as_ref().map_or(0, web_sys::FileList::length);
            for index in 0..count {
                if let Some(file) = files.as_ref().and_then(|files| files.item(index)) {
                    send(asking, under_way, toasts, &key, &file);
                }
            }
            // Empty again, so that the same file can be chosen anew.
            input.set_value("");
        }),
        // The answer names it no more; the bytes stay with the deal and harm nobody.
        on_removed: Callback::new(move |(key, file): (FieldKey, domain::FileId)| {
            let gone = file.to_string();
            asking.answers.update(|raw| {
                let ids = raw.values(&key).iter().filter(|id| **id != gone);
                let ids = ids.cloned().collect();
                raw.set(&key, ids);
            });
        }),
        under_way: under_way.into(),
    }
}

fn send(asking: Asking, under_way: UnderWay, toasts: Option<Toasts>, key: &FieldKey, file: &File) {
    let (field, name) = (key.clone(), file.name());
    under_way.update(|all| all.push((field.clone(), name.clone(), 0)));
    let part = asking.part();
    let address = format!("/upload/{}/{}/{field}", asking.membership, part.submit_key);
    let (of, called) = (field.clone(), name.clone());
    let progress = move |percent: u8| {
        under_way.try_update(|all| {
            let mut all = all.iter_mut();
            let mine = all.find(|(field, name, _)| *field == of && *name == called);
            if let Some((_, _, so_far)) = mine {
                *so_far = percent;
            }
        });
    };
    let done = move |sent: Result<FileView, ActionError>| {
        under_way.try_update(|all| {
            let place = all
                .iter()
                .position(|(of, called, _)| *of == field && *called == name);
            if let Some(place) = place {
                all.remove(place);
            }
        });
        match sent {
            Ok(file) => attach(asking, &field, file),
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

fn attach(asking: Asking, key: &FieldKey, file: FileView) {
    let id = file.id.to_string();
    asking.files.try_update(|files| files.push(file));
    asking.answers.try_update(|raw| {
        let mut ids = raw.values(key).to_vec();
        ids.push(id);
        raw.set(key, ids);
    });
}

/// A form of nothing but the file.
fn form_of(file: &File) -> Result<FormData, JsValue> {
    let form = FormData::new()?;
    form.append_with_blob_and_filename("file", file, &file.name())?;
    Ok(form)
}
