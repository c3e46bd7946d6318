//! The stream itself: one `EventSource`, opened again with growing patience when it breaks.

use std::cell::RefCell;
use std::time::Duration;

use domain::events::Announcement;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, EventSource, MessageEvent};

use super::hub;

const ADDRESS: &str = "/live";
const FIRST_PAUSE_MS: u64 = 500;
const LONGEST_PAUSE_MS: u64 = 30_000;

#[derive(Default)]
struct Stream {
    /// Tries since it was last up.
    tries: u32,
    was_up: bool,
    source: Option<Source>,
}

/// The browser calls these as long as the source is there, so they live beside it.
struct Source {
    events: EventSource,
    _open: Closure<dyn Fn(Event)>,
    _message: Closure<dyn Fn(MessageEvent)>,
    _error: Closure<dyn Fn(Event)>,
}

thread_local! {
    static STREAM: RefCell<Stream> = RefCell::new(Stream::default());
}

pub(super) fn open() {
    let address = match hub::seen() {
        Some(seq) => format!("{ADDRESS}?since={seq}"),
        None => ADDRESS.to_owned(),
    };
    let Ok(source) = EventSource::new(&address) else {
        return;
    };
    let on_open = Closure::<dyn Fn(Event)>::new(|_| up());
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
        if let Some(change) = event.data().as_string().and_then(|text| read(&text)) {
            hub::heard(change);
        }
    });
    // The browser's own retry would ask with the old address; ours asks from the last event on, ever more slowly.
    let on_error = Closure::<dyn Fn(Event)>::new(|_| down());
    source.set_onopen(Some(on_open.as_ref().unchecked_ref()));
    source.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    STREAM.with_borrow_mut(|stream| {
        stream.source = Some(Source {
            events: source,
            _open: on_open,
            _message: on_message,
            _error: on_error,
        });
    });
}

fn up() {
    let again = STREAM.with_borrow_mut(|stream| {
        stream.tries = 0;
        std::mem::replace(&mut stream.was_up, true)
    });
    hub::opened(again);
}

fn down() {
    let pause = STREAM.with_borrow_mut(|stream| {
        if let Some(source) = &stream.source {
            source.events.close();
        }
        let pause = pause_ms(stream.tries, js_sys::Math::random());
        stream.tries = stream.tries.saturating_add(1);
        pause
    });
    hub::lost();
    set_timeout(open, Duration::from_millis(pause));
}

/// Doubles with every try; up to half of it is chance, so that a thousand browsers do not return at once.
fn pause_ms(tries: u32, chance: f64) -> u64 {
    let longest = FIRST_PAUSE_MS
        .saturating_mul(1_u64 << tries.min(16))
        .min(LONGEST_PAUSE_MS);
    let half = longest / 2;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "at most 15,000"
    )]
    let by_chance = (half as f64 * chance) as u64;
    half + by_chance
}

fn read(text: &str) -> Option<Announcement> {
    serde_json::from_str(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_stay_bounded() {
        assert_eq!(pause_ms(0, 0.0), 250);
        assert_eq!(pause_ms(0, 0.999_999), 499);
        assert_eq!(pause_ms(3, 0.0), 2_000);
        assert_eq!(pause_ms(60, 0.5), 22_500);
    }

    #[test]
    fn a_message_may_say_more_than_is_needed() {
        let text = r#"{"seq":3,"topic":"deal","subject":"x","id":"deal_1","version":4}"#;
        assert_eq!(
            read(text).map(|change| (change.seq, change.version)),
            Some((3, 4))
        );
        assert_eq!(read("hello"), None);
    }
}
