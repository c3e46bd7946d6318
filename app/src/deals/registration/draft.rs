//! The draft keeps itself: within two seconds of a pause, one save at a time.

use std::time::Duration;

use domain::commands::SaveDraft;
use domain::forms::RawAnswers;
use domain::{ErrorCode, Timestamp};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::filling::Filling;
use crate::deals::server_fns::keep_draft;
use crate::ui::{Icon, Shown, Time};

/// A pause in typing. With the way to the server it stays under the two seconds that are promised.
const PAUSE: Duration = Duration::from_millis(800);
/// Before a save that failed is tried again.
const RETRY: Duration = Duration::from_secs(5);

#[derive(Debug, Clone, PartialEq)]
enum Kept {
    /// Nothing is kept yet.
    No,
    /// Kept before this page was opened.
    Before(Timestamp),
    Saving,
    Now(Timestamp),
    Failed(String),
}

#[derive(Clone, Copy)]
struct Keeper {
    filling: Filling,
    kept: RwSignal<Kept>,
    timer: StoredValue<Option<TimeoutHandle>>,
    busy: StoredValue<bool>,
    /// Something was typed while a save was on its way.
    behind: StoredValue<bool>,
}

/// "Saved 14:02".
#[component]
pub fn SaveState(filling: Filling) -> impl IntoView {
    let before = filling.page.with_value(|page| page.saved_at);
    let keeper = Keeper {
        filling,
        kept: RwSignal::new(before.map_or(Kept::No, Kept::Before)),
        timer: StoredValue::new(None),
        busy: StoredValue::new(false),
        behind: StoredValue::new(false),
    };
    keeper.watch();
    let text = move || {
        match keeper.kept.get() {
        Kept::No => ().into_any(),
        Kept::Before(at) => view! { <span>"Draft of "<Time at/></span> }.into_any(),
        Kept::Saving => view! { <span>"Saving\u{2026}"</span> }.into_any(),
        Kept::Now(at) => {
            view! { <Icon icon=icondata::LuCheck size="small"/><span>"Saved "<Time at shown=Shown::Clock/></span> }
                .into_any()
        }
        Kept::Failed(text) => view! { <span role="alert">"Not saved. "{text}</span> }.into_any(),
    }
    };
    view! { <p class="save-state" data-part="save-state">{text}</p> }
}

impl Keeper {
    fn watch(self) {
        let answers = self.filling.answers;
        Effect::new(move |before: Option<RawAnswers>| {
            let now = answers.get();
            if before.is_some_and(|before| before != now) {
                self.later(PAUSE);
            }
            now
        });
        on_cleanup(move || self.stop());
    }

    fn stop(self) {
        if let Some(Some(timer)) = self.timer.try_get_value() {
            timer.clear();
        }
    }

    fn later(self, pause: Duration) {
        self.stop();
        let timer = set_timeout_with_handle(move || self.save(), pause);
        self.timer.try_set_value(timer.ok());
    }

    fn save(self) {
        // The page may have gone, or the form is being sent, which keeps it anyway.
        let Some(false) = self.filling.sending.try_get_untracked() else {
            return;
        };
        if self.busy.get_value() {
            self.behind.set_value(true);
            return;
        }
        self.busy.set_value(true);
        self.kept.set(Kept::Saving);
        let command = SaveDraft {
            submit_key: self.filling.page.with_value(|page| page.submit_key.clone()),
            answers: self.filling.answers.get_untracked(),
        };
        let membership = self.filling.membership;
        spawn_local(async move {
            let kept = match keep_draft(membership, command).await {
                Ok((_, at)) => Kept::Now(at),
                Err(error) => {
                    if matches!(
                        error.code(),
                        ErrorCode::Offline | ErrorCode::Busy | ErrorCode::TooMany
                    ) {
                        self.later(RETRY);
                    }
                    Kept::Failed(error.0.text())
                }
            };
            if self.kept.try_set(kept).is_some() {
                return;
            }
            self.busy.set_value(false);
            if self.behind.get_value() {
                self.behind.set_value(false);
                self.later(PAUSE);
            }
        });
    }
}
