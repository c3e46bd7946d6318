//! A decision is held back for eight seconds: Undo takes it back, and nothing was sent.

use std::time::Duration;

use leptos::leptos_dom::helpers::IntervalHandle;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;

use super::desk::Desk;
use super::server_fns::{DecideDeal, decide_deal};
use crate::ui::{Button, Toasts, Variant, send_beacon};

/// Long enough to see the mistake, short enough not to wait for.
const HELD_FOR: Duration = Duration::from_secs(8);
const A_SECOND: Duration = Duration::from_secs(1);

/// A decision that is not sent yet.
#[derive(Debug, Clone)]
pub struct Held {
    pub line: String,
    pub post: DecideDeal,
}

/// The clock of what is held, and the way out.
#[derive(Clone, Copy)]
pub struct Hold {
    timer: StoredValue<Option<(TimeoutHandle, Option<IntervalHandle>)>>,
    /// The shell's: they outlive this page.
    toasts: Option<Toasts>,
}

impl Hold {
    pub fn new() -> Self {
        Self {
            timer: StoredValue::new(None),
            toasts: use_context::<Toasts>(),
        }
    }

    /// Whoever leaves means what they decided: it goes out then.
    pub fn watch(self, desk: Desk) {
        Effect::new(move |_| {
            let leaving = window_event_listener_untyped("pagehide", move |_| {
                // The browser delivers what is held even so, and nobody is left to read the answer.
                if let Some(held) = self.take_untracked(desk) {
                    deliver(&held.post);
                }
            });
            on_cleanup(move || leaving.remove());
        });
        on_cleanup(move || {
            // The app goes on to another page; a refusal is said there.
            if let Some(held) = self.take_untracked(desk) {
                spawn_local(async move {
                    decide(held.post, self.toasts).await;
                });
            }
        });
    }

    /// Holds a decision; one that is held already goes out at once.
    pub fn hold(self, desk: Desk, held: Held) {
        self.send_now(desk);
        desk.away.update(|away| away.push(held.post.deal));
        desk.seconds.set(HELD_FOR.as_secs());
        desk.held.set(Some(held));
        let timer = set_timeout_with_handle(move || self.send_now(desk), HELD_FOR).ok();
        let tick = move || {
            desk.seconds
                .try_update(|seconds| *seconds = seconds.saturating_sub(1));
        };
        let ticking = set_interval_with_handle(tick, A_SECOND).ok();
        self.timer.set_value(timer.map(|timer| (timer, ticking)));
    }

    /// Nothing was sent, and nothing will be.
    pub fn take_back(self, desk: Desk) -> Option<Held> {
        self.stop_timer();
        let held = desk.held.try_update(Option::take).flatten()?;
        desk.away
            .update(|away| away.retain(|deal| *deal != held.post.deal));
        Some(held)
    }

    pub fn send_now(self, desk: Desk) {
        self.stop_timer();
        let Some(held) = desk.held.try_update(Option::take).flatten() else {
            return;
        };
        let deal = held.post.deal;
        spawn_local(async move {
            let made = decide(held.post, self.toasts).await;
            // The page may have gone while it waited.
            desk.away
                .try_update(|away| away.retain(|known| *known != deal));
            if made {
                desk.forget(deal);
            }
            desk.refresh();
        });
    }

    fn take_untracked(self, desk: Desk) -> Option<Held> {
        self.stop_timer();
        desk.held.try_update_untracked(Option::take).flatten()
    }

    fn stop_timer(self) {
        let timer = self.timer.try_update_value(Option::take).flatten();
        if let Some((timer, ticking)) = timer {
            timer.clear();
            if let Some(ticking) = ticking {
                ticking.clear();
            }
        }
    }
}

/// Asks for the decision, and says when it was refused; whether it was made.
async fn decide(post: DecideDeal, toasts: Option<Toasts>) -> bool {
    let DecideDeal {
        program,
        deal,
        version,
        verdict,
        text,
        fields,
        stage,
    } = post;
    let outcome = decide_deal(program, deal, version, verdict, text, fields, stage).await;
    let made = outcome.is_ok();
    if let (Err(error), Some(toasts)) = (outcome, toasts) {
        toasts.refuse(error.to_string());
    }
    made
}

/// As a plain form would post it. The browser refuses only when its queue is full; then the decision stays unmade and
/// the deal in the queue.
fn deliver(post: &DecideDeal) {
    let number = post.version.to_string();
    let (program, deal) = (post.program.to_string(), post.deal.to_string());
    let mut pairs = vec![
        ("program".to_owned(), program.as_str()),
        ("deal".to_owned(), &deal),
        ("version".to_owned(), &number),
        ("verdict".to_owned(), &post.verdict),
        ("text".to_owned(), &post.text),
        ("stage".to_owned(), &post.stage),
    ];
    for (place, field) in post.fields.iter().enumerate() {
        pairs.push((format!("fields[{place}]"), field));
    }
    let pairs = pairs
        .into_iter()
        .map(|(name, value)| (name, value.to_owned()));
    send_beacon(DecideDeal::url(), pairs);
}

/// The line that offers Undo.
#[component]
pub fn HeldLine(desk: Desk) -> impl IntoView {
    let line = Memo::new(move |_| {
        desk.held
            .with(|held| held.as_ref().map(|held| held.line.clone()))
    });
    move || {
        line.get().map(|line| {
            view! {
                <div class="held">
                    <p class="held__text">
                        <span role="status">{line}</span>
                        <Countdown desk/>
                    </p>
                    <Button variant=Variant::Quiet small=true on:click=move |_| desk.undo()>"Undo"</Button>
                    <Button small=true on:click=move |_| desk.send_now()>"Send now"</Button>
                </div>
            }
        })
    }
}

/// Seen, not said: a screen reader would hear every second.
#[component]
pub fn Countdown(desk: Desk) -> impl IntoView {
    view! {
        <span class="held__countdown" aria-hidden="true">
            {move || format!("Sending in {} s", desk.seconds.get())}
        </span>
    }
}
