//! Short news at the lower edge: what was done, with Undo where it can be undone, or what was refused and why.

use std::time::Duration;

use leptos::prelude::*;

use super::icon::Icon;
use super::tag::Tone;

/// Eight seconds: as long as an Undo is offered.
const SHOWN_FOR: Duration = Duration::from_secs(8);

#[derive(Clone)]
struct Toast {
    id: u32,
    tone: Tone,
    text: String,
    undo: Option<Callback<()>>,
}

/// One that was said, to take it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ToastId(u32);

/// Where toasts are said. In context everywhere below the shell: `expect_context::<Toasts>()`.
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    next: StoredValue<u32>,
}

impl Default for Toasts {
    fn default() -> Self {
        Self {
            list: RwSignal::new(Vec::new()),
            next: StoredValue::new(0),
        }
    }
}

impl Toasts {
    pub fn say(self, text: impl Into<String>) {
        self.push(Tone::Plain, text.into(), None);
    }

    /// Stays until it is closed: a refusal must not pass unread.
    pub fn refuse(self, text: impl Into<String>) {
        self.push(Tone::Bad, text.into(), None);
    }

    /// `undo` is of the page that offers it: the page withdraws the toast when it goes.
    pub fn offer_undo(self, text: impl Into<String>, undo: Callback<()>) -> ToastId {
        self.push(Tone::Plain, text.into(), Some(undo))
    }

    /// Takes a toast back that may be closed already.
    pub fn withdraw(self, toast: ToastId) {
        self.close(toast.0);
    }

    fn push(self, tone: Tone, text: String, undo: Option<Callback<()>>) -> ToastId {
        let id = self.next.get_value();
        self.next.set_value(id.wrapping_add(1));
        self.list.update(|list| {
            // Three at once can be read; the oldest makes room.
            if list.len() >= 3 {
                list.remove(0);
            }
            list.push(Toast {
                id,
                tone,
                text,
                undo,
            });
        });
        if tone != Tone::Bad {
            set_timeout(move || self.close(id), SHOWN_FOR);
        }
        ToastId(id)
    }

    fn close(self, id: u32) {
        // The page, and the list with it, may be gone when the time is over.
        self.list
            .try_update(|list| list.retain(|toast| toast.id != id));
    }
}

/// The region itself; the shell holds one.
#[component]
pub fn ToastRegion(toasts: Toasts) -> impl IntoView {
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || toasts.list.get() key=|toast| toast.id let:toast>
                <ToastItem toasts toast/>
            </For>
        </div>
    }
}

#[component]
fn ToastItem(toasts: Toasts, toast: Toast) -> impl IntoView {
    let id = toast.id;
    view! {
        <div class="toast" data-tone=toast.tone.word()>
            {(toast.tone == Tone::Bad).then(|| view! { <Icon icon=icondata::LuCircleAlert/> })}
            <p class="toast__text">{toast.text}</p>
            {toast.undo.map(|undo| {
                let press = move |_| {
                    toasts.close(id);
                    // Nothing is left to undo it with when its page is gone.
                    undo.try_run(());
                };
                view! { <button class="toast__action" type="button" on:click=press>"Undo"</button> }
            })}
            <button class="toast__close" type="button" aria-label="Dismiss" on:click=move |_| toasts.close(id)>
                <Icon icon=icondata::LuX/>
            </button>
        </div>
    }
}
