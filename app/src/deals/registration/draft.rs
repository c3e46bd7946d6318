//! The draft keeps itself: within two seconds of a pause, one save at a time; and what others of the team saved comes in with it.

use std::time::Duration;

use domain::deals::Refusal;
use domain::errors::Why;
use domain::forms::RawAnswers;
use domain::views::{KeptDraft, MergedDraft};
use domain::{ErrorCode, Timestamp};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::clash::{Clash, Heard, hear_of_save, still_open};
use super::filling::Filling;
use super::local::{self, LocalDraft};
use crate::deals::server_fns::keep_typed;
use crate::error::ActionError;
use crate::ui::{Icon, Shown, Time, focus_by_id, send_beacon, use_held};

/// A pause in typing. With the way to the server it stays under the two seconds that are promised.
const PAUSE: Duration = Duration::from_millis(800);
/// Before a save that failed is tried again.
const RETRY: Duration = Duration::from_secs(5);
/// Bytes that a page which is left sends along about what its answers are based on: the browser takes no large last words.
const MAX_BASE: usize = 16_000;

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
    /// When the server saved what it is known to have.
    base: StoredValue<Option<Timestamp>>,
    sent: StoredValue<Option<RawAnswers>>,
    /// What was sent, and what others had saved: it is shown when nobody presses anything.
    heard: RwSignal<Option<(RawAnswers, KeptDraft)>>,
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
        base: StoredValue::new(before),
        sent: StoredValue::new(None),
        heard: RwSignal::new(None),
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
        let (answers, sharing) = (self.filling.answers, self.filling.sharing());
        Effect::new(move |before: Option<(RawAnswers, Vec<Clash>)>| {
            let now = (answers.get(), sharing.clashes.get());
            if before.is_some_and(|before| before != now) {
                self.settle(&now.0, &now.1);
                self.keep_here(&now.0);
                self.later(PAUSE);
            }
            now
        });
        Effect::new(move |_| {
            if sharing.fetches.get() > 0 {
                self.save(true);
            }
        });
        Effect::new(move |_| {
            if let Some(at) = sharing.saved_beside.get() {
                self.base.set_value(Some(at));
                self.kept.set(Kept::Now(at));
            }
        });
        let held = use_held();
        Effect::new(move |_| {
            if !held.get()
                && let Some((sent, done)) = self.heard.get()
            {
                self.heard.set(None);
                untrack(|| self.take(sent, done));
            }
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

    /// Nothing is to be decided where both say the same by now.
    fn settle(self, now: &RawAnswers, clashes: &[Clash]) {
        let open = still_open(&self.filling.form(), now, clashes);
        if open.len() < clashes.len() {
            self.filling.sharing().clashes.set(open);
        }
    }

    /// Whether the server has these answers.
    fn has(self, answers: &RawAnswers) -> bool {
        let known = self.filling.sharing().known;
        known.with_value(|known| local::alike(known, answers))
    }

    /// Keeps in the browser what the server does not have.
    fn keep_here(self, answers: &RawAnswers) {
        if self.has(answers) {
            local::forget(&self.key());
            return;
        }
        let sharing = self.filling.sharing();
        let draft = LocalDraft {
            answers: answers.clone(),
            base: self.base.get_value(),
            sent: self.sent.get_value(),
            known: Some(sharing.known.get_value()),
            clashes: sharing.clashes.get_untracked(),
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
        let form = &page.form.definition;
        if draft.clashes.is_empty() && draft.continues(&page.answers, page.saved_at) {
            // What the form does not ask any more is kept by the server.
            self.filling.renew(draft.answers.only(form));
            return;
        }
        let kept = MergedDraft {
            answers: page.answers.clone(),
            both: Vec::new(),
            who: String::new(),
            at: page.saved_at.unwrap_or(Timestamp::from_seconds(0)),
            files: Vec::new(),
        };
        match draft.beside(form, &kept) {
            Some(heard) => {
                self.filling.sharing().clashes.set(heard.clashes);
                self.filling.renew(heard.answers);
            }
            None => local::forget(&page.submit_key),
        }
    }

    /// The page is left: what is not saved yet goes out with it.
    fn leave(self) {
        if self.filling.sending.try_get_untracked() != Some(false) {
            return;
        }
        let answers = self.filling.answers.get_untracked();
        let command = self.filling.keeping(self.to_keep(&answers));
        if self.has(&command.answers) {
            return;
        }
        self.sent.set_value(Some(command.answers.clone()));
        self.keep_here(&answers);
        let base = serde_json::to_string(&command.base).ok();
        let base = base.filter(|base| base.len() <= MAX_BASE);
        let own = [
            ("_key".to_owned(), command.submit_key),
            ("_keep".to_owned(), "1".to_owned()),
            ("_seen".to_owned(), command.version.to_string()),
        ];
        let own = own
            .into_iter()
            .chain(base.map(|base| ("_base".to_owned(), base)));
        send_beacon(&self.filling.action(), command.answers.pairs().chain(own));
    }

    fn to_keep(self, answers: &RawAnswers) -> RawAnswers {
        let form = self.filling.form();
        self.filling.sharing().to_keep(&form, answers)
    }

    fn stop(self) {
        if let Some(Some(timer)) = self.timer.try_get_value() {
            timer.clear();
        }
    }

    fn later(self, pause: Duration) {
        self.stop();
        let timer = set_timeout_with_handle(move || self.save(false), pause);
        self.timer.try_set_value(timer.ok());
    }

    /// `wanted`: somebody else saved it, so that there is something to fetch even if nothing was typed here.
    fn save(self, wanted: bool) {
        // The page may have gone, or the form is being sent, which keeps it anyway.
        let Some(false) = self.filling.sending.try_get_untracked() else {
            return;
        };
        if self.filling.saving.get_untracked() {
            self.behind.set_value(true);
            return;
        }
        let answers = self.filling.answers.get_untracked();
        let command = self.filling.keeping(self.to_keep(&answers));
        let typed = !self.has(&command.answers);
        if !typed && !wanted {
            let failed = self
                .kept
                .with_untracked(|kept| matches!(kept, Kept::Failed(_)));
            if let Some(at) = self.base.get_value().filter(|_| failed) {
                self.kept.set(Kept::Now(at));
            }
            return;
        }
        self.filling.saving.set(true);
        if typed {
            self.kept.set(Kept::Saving);
        }
        let membership = self.filling.membership;
        let sent = command.answers.clone();
        self.sent.set_value(Some(sent.clone()));
        self.keep_here(&answers);
        spawn_local(async move {
            match keep_typed(membership, command).await {
                Ok(done) => self.arrived(sent, done),
                Err(error) => self.failed(&error),
            }
        });
    }

    fn arrived(self, sent: RawAnswers, done: KeptDraft) {
        // The page may have gone meanwhile; then the browser's copy is compared when the form is opened again.
        if self.kept.try_get_untracked().is_none() {
            return;
        }
        if done.merged.is_some() {
            self.heard.set(Some((sent, done)));
        } else {
            self.take(sent, done);
        }
    }

    /// What the server has now is known, and what others typed is shown.
    fn take(self, sent: RawAnswers, done: KeptDraft) {
        let sharing = self.filling.sharing();
        let first = sharing.version.get_value() == 0;
        let saved = done.merged.as_ref().map(|merged| merged.answers.clone());
        sharing.know(saved.unwrap_or_else(|| sent.clone()), done.version);
        self.base.set_value(Some(done.at));
        if let Some(merged) = done.merged {
            self.show(&sent, merged);
        }
        self.kept.set(Kept::Now(done.at));
        let now = self.filling.answers.get_untracked();
        self.keep_here(&now);
        if first {
            // Only now can others have it open.
            sharing.asks.update(|times| *times += 1);
        }
        self.sent_on();
    }

    fn show(self, sent: &RawAnswers, merged: MergedDraft) {
        let (filling, form) = (self.filling, self.filling.form());
        let now = filling.answers.get_untracked();
        let before = filling.sharing().clashes.get_untracked();
        let Heard {
            answers,
            anew,
            clashes,
        } = hear_of_save(&form, (sent, &now), &before, &merged);
        if filling.files.with_untracked(|files| *files != merged.files) {
            filling.files.set(merged.files);
        }
        let focus = focused();
        filling.answers.set(answers);
        filling.sharing().clashes.set(clashes);
        filling.sharing().show_anew(&anew);
        // An input that was made anew under the cursor has the focus again.
        if let Some(id) = focus {
            request_animation_frame(move || {
                if focused().is_none() {
                    focus_by_id(&id);
                }
            });
        }
    }

    fn failed(self, error: &ActionError) {
        if self.kept.try_get_untracked().is_none() {
            return;
        }
        if matches!(
            error.code(),
            ErrorCode::Offline | ErrorCode::Busy | ErrorCode::TooMany
        ) {
            self.later(RETRY);
        }
        if let Some(Why::Refusal(Refusal::AlreadySubmitted)) = &error.0.why {
            // Who sent it is told beside the form.
            self.filling.sharing().asks.update(|times| *times += 1);
        }
        self.kept.set(Kept::Failed(error.0.text()));
        self.sent_on();
    }

    /// The way is free for the next save.
    fn sent_on(self) {
        self.filling.saving.set(false);
        if self.behind.get_value() {
            self.behind.set_value(false);
            self.later(PAUSE);
        }
    }
}

/// The id of what has the focus; nothing when that is the page itself.
fn focused() -> Option<String> {
    let element = document().active_element()?;
    Some(element.id()).filter(|id| !id.is_empty())
}
