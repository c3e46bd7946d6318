//! From the choice of a form to its place on the desk.

use domain::{
    forms::interchange::MAX_FILE_BYTES,
    size::size_limit,
    views::{FormSource, FormSources, FormStart},
};
use leptos::{prelude::*, task::spawn_local};
use web_sys::File;

use crate::forms::editor::{
    desk::Desk,
    server_fns::{list_form_sources, open_form_source},
};
use crate::ui::focus_by_id;

/// The button that leaves everything as it is.
pub const KEEP_ID: &str = "start-keep";

/// A form that could take the draft's place.
#[derive(Clone, PartialEq, Eq)]
pub struct Found {
    /// As a sentence begins: The template "Referral".
    pub name: String,
    pub start: FormStart,
}

#[derive(Clone, Copy)]
pub struct Choosing {
    desk: StoredValue<Desk>,
    pub open: RwSignal<bool>,
    /// What there is to choose from, once it is known.
    pub sources: RwSignal<Option<FormSources>>,
    /// What was fetched and waits for a yes.
    pub waiting: RwSignal<Option<Found>>,
    pub refused: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
}

impl Choosing {
    pub fn new(desk: Desk) -> Self {
        Self {
            desk: StoredValue::new(desk),
            open: RwSignal::new(false),
            sources: RwSignal::new(None),
            waiting: RwSignal::new(None),
            refused: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    pub fn desk(self) -> Desk {
        self.desk.get_value()
    }

    /// Opens the dialog; what can be chosen is asked for each time, for another may have made a program.
    pub fn begin(self) {
        self.open.set(true);
        spawn_local(async move {
            match list_form_sources(self.desk().program).await {
                Ok(sources) => {
                    self.sources.try_set(Some(sources));
                }
                Err(error) => self.refuse(error.to_string()),
            }
        });
    }

    /// For when the dialog is closed.
    pub fn forget(self) {
        self.waiting.set(None);
        self.refused.set(None);
    }

    pub fn fetch(self, name: String, source: FormSource) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.refused.set(None);
        spawn_local(async move {
            let fetched = open_form_source(self.desk().program, source).await;
            self.busy.try_set(false);
            // Whoever closed the dialog meanwhile wants nothing of it.
            if self.open.try_get_untracked() != Some(true) {
                return;
            }
            match fetched {
                Ok(start) => self.meet(Found { name, start }),
                Err(error) => self.refuse(error.to_string()),
            }
        });
    }

    /// Reads a file that was chosen, and sends it to be judged.
    pub fn read(self, file: File) {
        if file.size() > f64::from(MAX_FILE_BYTES) {
            let most = size_limit(u64::from(MAX_FILE_BYTES));
            self.refuse(format!("Choose a file of {most} or less"));
            return;
        }
        let name = format!("The file \u{201c}{}\u{201d}", file.name());
        spawn_local(async move {
            let text = js_sys::futures::JsFuture::from(file.text()).await;
            match text.ok().and_then(|text| text.as_string()) {
                Some(text) => self.fetch(name, FormSource::File(text)),
                None => self.refuse("The file cannot be read. Choose it again".to_owned()),
            }
        });
    }

    /// A question first, where something would be lost.
    fn meet(self, found: Found) {
        if found.start.left_out.is_empty() && !self.desk().has_changes() {
            self.take(found);
        } else {
            self.waiting.set(Some(found));
            // The button that was pressed is gone once this change has been drawn.
            request_animation_frame(|| focus_by_id(KEEP_ID));
        }
    }

    /// Puts the form on the desk; nothing is published by it.
    pub fn take(self, found: Found) {
        self.open.set(false);
        let say = format!(
            "{} is the draft now. Undo brings back what was there.",
            found.name
        );
        self.desk().replace(found.start.definition, say);
    }

    fn refuse(self, why: String) {
        self.refused.try_set(Some(why));
    }
}
