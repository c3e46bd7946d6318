//! The draft keeps itself: within two seconds of a pause, one save at a time.

use std::time::Duration;

use domain::commands::SaveDraft;
use domain::forms::RawAnswers;
use domain::{ErrorCode, Timestamp};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::filling::Filling;
use super::local::{self, LocalDraft};
use crate::deals::server_fns::keep_draft;
use crate::ui::{Icon, Shown, Time, send_beacon};

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
    /// Something was typed while a save was on its way.
    behind: StoredValue<bool>,
    /// What the server is known to have.
    saved: StoredValue<RawAnswers>,
    /// When it saved that.
    base: StoredValue<Option<Timestamp>>,
    sent: StoredValue<Option<RawAnswers>>,
}

/// "Saved 14:02".
#[component]
pub fn SaveState(filling: Filling) -> impl IntoView {
    let before = filling.page.with_value(|page| page.saved_at);
    let keeper = Keeper {
        filling,
        kept: RwSignal::new(before.map_or(Kept::No, Kept::Before)),
        timer: StoredValue::new(None),
        behind: StoredValue::new(false),
        saved: StoredValue::new(filling.page.with_value(|page| page.answers.clone())),
        base: StoredValue::new(before),
        sent: StoredValue::new(None),
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
                self.keep_here(&now);
                self.later(PAUSE);
            }
            now
        });
        Effect::new(move |_| {
            // Once what was typed before the app was awake is taken over.
            request_animation_frame(move || self.go_on());
            let leaving = window_event_listener_untyped("pagehide", move |_| self.leave());
            let back = window_event_listener_untyped("online", move |_| self.later(Duration::ZERO));
            on_cleanup(move || {
                leaving.remove();
                back.remove();
            });
        });
        on_cleanup(move || self.stop());
    }

    fn key(self) -> String {
        self.filling.page.with_value(|page| page.submit_key.clone())
    }

    /// Keeps in the browser what the server does not have.
    fn keep_here(self, answers: &RawAnswers) {
        if self.saved.with_value(|saved| local::alike(saved, answers)) {
            local::forget(&self.key());
            return;
        }
        let draft = LocalDraft {
            answers: answers.clone(),
            base: self.base.get_value(),
            sent: self.sent.get_value(),
        };
        local::keep(&self.key(), &draft);
    }

    /// Takes up what the browser kept and the server never got.
    fn go_on(self) {
        let Some(page) = self.filling.page.try_get_value() else {
            return;
        };
        let typed = self
            .filling
            .answers
            .with_untracked(|now| !local::alike(now, &page.answers));
        let Some(draft) = local::find(&page.submit_key).filter(|_| !typed) else {
            return;
        };
        if draft.continues(&page.answers, page.saved_at) {
            // What the form does not ask any more is kept by the server.
            self.filling
                .renew(draft.answers.only(&page.form.definition));
        } else {
            local::forget(&page.submit_key);
        }
    }

    /// The page is left: what is not saved yet goes out with it.
    fn leave(self) {
        if self.filling.sending.try_get_untracked() != Some(false) {
            return;
        }
        let answers = self.filling.answers.get_untracked();
        if self.saved.with_value(|saved| local::alike(saved, &answers)) {
            return;
        }
        self.sent.set_value(Some(answers.clone()));
        self.keep_here(&answers);
        let own = [
            ("_key".to_owned(), self.key()),
            ("_keep".to_owned(), "1".to_owned()),
        ];
        send_beacon(&self.filling.action(), answers.pairs().chain(own));
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

    fn arrived(self, answers: RawAnswers, at: Timestamp) {
        // The page may have gone meanwhile; then the browser's copy is compared when the form is opened again.
        if self.saved.try_set_value(answers).is_none() {
            self.base.set_value(Some(at));
            let now = self.filling.answers.get_untracked();
            self.keep_here(&now);
        }
    }

    fn save(self) {
        // The page may have gone, or the form is being sent, which keeps it anyway.
        let Some(false) = self.filling.sending.try_get_untracked() else {
            return;
        };
        if self.filling.saving.get_untracked() {
            self.behind.set_value(true);
            return;
        }
        self.filling.saving.set(true);
        self.kept.set(Kept::Saving);
        let answers = self.filling.answers.get_untracked();
        let command = SaveDraft {
            submit_key: self.key(),
            answers: answers.clone(),
        };
        let membership = self.filling.membership;
        self.sent.set_value(Some(answers.clone()));
        self.keep_here(&answers);
        spawn_local(async move {
            let kept = match keep_draft(membership, command).await {
                Ok((_, at)) => {
                    self.arrived(answers, at);
                    Kept::Now(at)
                }
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
            self.filling.saving.set(false);
            if self.behind.get_value() {
                self.behind.set_value(false);
                self.later(PAUSE);
            }
        });
    }
}
