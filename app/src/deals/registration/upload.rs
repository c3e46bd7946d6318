//! Files go to the server as they are chosen, and are answered by their ids.

use domain::FileId;
use domain::forms::{Field, FieldKey};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

use super::filling::Filling;
use crate::deals::server_fns::{keep_typed, remove_file};
use crate::fields::{Queue, Step, Uploads, stop_uploads, use_drops};
use crate::locale::use_locale;

pub fn use_uploads(filling: Filling) -> Uploads {
    let key = filling.page.with_value(|page| page.submit_key.clone());
    let queue = Queue {
        door: StoredValue::new(format!("/upload/{}/{key}", filling.membership)),
        files: filling.files,
        answers: filling.answers,
        chosen: filling.chosen,
        said: RwSignal::new(None),
        locale: use_locale(),
    };
    stay_while_sending(filling);
    // Also on a page of the form that asks for no file: one that is dropped there must not replace it.
    use_drops();
    // What still goes on would arrive at a form that nobody sees.
    on_cleanup(stop_uploads);
    Uploads {
        files: filling.files,
        chosen: filling.chosen,
        said: queue.said.into(),
        on_chosen: Callback::new(move |(field, files): (Field, Vec<File>)| {
            queue.take(&field, &files);
        }),
        on_removed: Callback::new(move |(key, file): (FieldKey, String)| {
            remove(filling, queue, &key, file);
        }),
        on_cancelled: Callback::new(move |row| queue.cancel(row)),
        on_again: Callback::new(move |row| queue.again(row)),
    }
}

/// The browser asks before it leaves the page while files are on their way.
fn stay_while_sending(filling: Filling) {
    Effect::new(move |_| {
        let leaving = window_event_listener_untyped("beforeunload", move |event| {
            let chosen = filling.chosen.try_get_untracked().unwrap_or_default();
            let goes_on = |step: &Step| matches!(step, Step::Waits | Step::Sends(_));
            if chosen.rows.iter().any(|row| goes_on(&row.step)) {
                event.prevent_default();
            }
        });
        on_cleanup(move || leaving.remove());
    });
}

fn remove(filling: Filling, queue: Queue, key: &FieldKey, gone: String) {
    filling.answers.update(|raw| {
        let ids = raw
            .values(key)
            .iter()
            .filter(|id| **id != gone)
            .cloned()
            .collect();
        raw.set(key, ids);
    });
    queue.removed(key, &gone);
    // What never was a file of ours is only taken out of the answer.
    let Ok(file) = gone.parse::<FileId>() else {
        return;
    };
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
            sharing.saved_beside.set(Some(kept.at));
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
