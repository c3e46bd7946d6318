//! What changed on the server while the page is open: a hook for pages, and the line that says when the stream is down.
//!
//! The stream carries ids and versions, never content: who hears of a change asks for what it may see.

mod hub;
mod stream;

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use domain::events::{Announcement, Topic};
use leptos::prelude::*;

/// What a listener is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    Changed(Announcement),
    /// The stream was down, or this tab joined late: fetch again whatever is shown.
    MissedSome,
}

/// Whether changes arrive at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Connection {
    /// Not asked for, or about to be: nothing to say to people.
    #[default]
    Quiet,
    Up,
    Down,
}

/// Changes that come together (a decision writes several facts) lead to one fetch.
const CALM: Duration = Duration::from_millis(50);
/// What one write says arrives together.
const SOON: Duration = Duration::from_millis(10);

/// Calls `on_news` for every change of one of the topics, until the component goes. Does nothing on the server.
pub fn use_live(topics: &'static [Topic], on_news: impl Fn(&News) + 'static) {
    let on_news: Rc<dyn Fn(&News)> = Rc::new(on_news);
    Effect::new(move |_| {
        let id = hub::subscribe(topics, Rc::clone(&on_news));
        on_cleanup(move || hub::unsubscribe(id));
    });
}

/// Calls `refresh` shortly after any change of one of the topics: for pages that fetch themselves anew.
pub fn use_live_refresh(topics: &'static [Topic], refresh: impl Fn() + 'static) {
    refresh_after(CALM, topics, |_| false, refresh);
}

/// The same, sooner, and not for what the page knows already: for boards, where people watch each other's moves.
pub fn use_live_refresh_soon(
    topics: &'static [Topic],
    knows: impl Fn(&News) -> bool + 'static,
    refresh: impl Fn() + 'static,
) {
    refresh_after(SOON, topics, knows, refresh);
}

fn refresh_after(
    pause: Duration,
    topics: &'static [Topic],
    knows: impl Fn(&News) -> bool + 'static,
    refresh: impl Fn() + 'static,
) {
    let waiting = Rc::new(Cell::new(false));
    let refresh = Rc::new(refresh);
    let gone = StoredValue::new(false);
    on_cleanup(move || {
        gone.try_set_value(true);
    });
    use_live(topics, move |news| {
        if knows(news) || waiting.replace(true) {
            return;
        }
        let (waiting, refresh) = (Rc::clone(&waiting), Rc::clone(&refresh));
        set_timeout(
            move || {
                waiting.set(false);
                // The page may have gone while it waited; its signals with it.
                if gone.try_get_value() == Some(false) {
                    refresh();
                }
            },
            pause,
        );
    });
}

/// Whether changes arrive, as this tab knows it. Only the browser asks.
pub fn connection() -> ArcRwSignal<Connection> {
    hub::connection()
}

const SEEN: &str = "live-seen";

/// Tells the browser up to which event the document surely shows everything, so that its stream begins there and
/// nothing is missed that happens while the page is on its way. For the document's head, which is never hydrated.
#[cfg(feature = "ssr")]
pub fn seen_mark() -> Option<impl IntoView> {
    let parts = use_context::<axum::http::request::Parts>()?;
    let crate::request::SeenUpTo(seq) = *parts.extensions.get()?;
    Some(view! { <meta name=SEEN content=seq.to_string() /> })
}

/// Only the server writes documents.
#[cfg(not(feature = "ssr"))]
pub fn seen_mark() {}

/// One quiet line while the stream is down. The shell shows it once.
#[component]
pub fn LiveStatus() -> impl IntoView {
    let state = RwSignal::new(Connection::default());
    Effect::new(move |_| {
        let heard = hub::connection();
        Effect::new(move |_| state.set(heard.get()));
    });
    view! {
        <p class="live-status" role="status" data-live=move || matches!(state.get(), Connection::Up).then_some("up")>
            {move || (state.get() == Connection::Down).then_some("Reconnecting\u{2026}")}
        </p>
    }
}
