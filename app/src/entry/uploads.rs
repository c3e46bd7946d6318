//! Files go to the server as they are chosen, and are answered by their ids.

use domain::forms::{Field, FieldKey};
use leptos::prelude::*;
use web_sys::File;

use super::asking::Asking;
use crate::fields::{Chosen, Queue, Uploads, stop_uploads};
use crate::locale::use_locale;

pub fn use_uploads(asking: Asking) -> Uploads {
    let key = asking.part().submit_key.clone();
    let queue = Queue {
        door: StoredValue::new(format!("/upload/{}/{key}", asking.membership)),
        files: asking.files,
        answers: asking.answers,
        chosen: RwSignal::new(Chosen::default()),
        said: RwSignal::new(None),
        locale: use_locale(),
    };
    // What still goes on would arrive at a dialog that nobody sees.
    on_cleanup(stop_uploads);
    Uploads {
        files: asking.files,
        chosen: queue.chosen,
        said: queue.said.into(),
        on_chosen: Callback::new(move |(field, files): (Field, Vec<File>)| {
            queue.take(&field, &files);
        }),
        // The answer names it no more; the bytes stay with the deal and harm nobody.
        on_removed: Callback::new(move |(key, gone): (FieldKey, String)| {
            asking.answers.update(|raw| {
                let ids = raw.values(&key).iter().filter(|id| **id != gone);
                let ids = ids.cloned().collect();
                raw.set(&key, ids);
            });
            queue.removed(&key, &gone);
        }),
        on_cancelled: Callback::new(move |row| queue.cancel(row)),
        on_again: Callback::new(move |row| queue.again(row)),
    }
}
