//! Who listens in this tab, and how tabs share one stream: the tab that holds a Web Lock reads the stream and repeats it
//! to the others over a `BroadcastChannel`. HTTP/1.1 allows six connections per host; ten open tabs must not use ten.

use std::cell::RefCell;
use std::rc::Rc;

use domain::events::{Announcement, Topic};
use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

use super::{Connection, News, SEEN, stream};

type Tell = Rc<dyn Fn(&News)>;

struct Listener {
    id: u64,
    topics: &'static [Topic],
    tell: Tell,
}

#[derive(Default)]
struct Hub {
    started: bool,
    leads: bool,
    listeners: Vec<Listener>,
    next: u64,
    /// The last event that this tab has heard of; first what its document shows.
    seen: Option<i64>,
    connection: ArcRwSignal<Connection>,
    channel: Option<BroadcastChannel>,
}

thread_local! {
    static HUB: RefCell<Hub> = RefCell::new(Hub::default());
}

/// What the reading tab repeats to the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Relay {
    Changed(Announcement),
    Up,
    Down,
    /// The stream was interrupted: something may have been missed.
    Missed,
    /// A tab has joined and wants to know how the stream is.
    Hello,
}

pub(super) fn subscribe(topics: &'static [Topic], tell: Tell) -> u64 {
    let (id, first) = HUB.with_borrow_mut(|hub| {
        hub.next += 1;
        let id = hub.next;
        hub.listeners.push(Listener { id, topics, tell });
        (id, !std::mem::replace(&mut hub.started, true))
    });
    if first {
        // Other parts of the page hydrate in this same task; let them listen first.
        set_timeout(start, std::time::Duration::ZERO);
    }
    id
}

pub(super) fn unsubscribe(id: u64) {
    HUB.with_borrow_mut(|hub| hub.listeners.retain(|listener| listener.id != id));
}

pub(super) fn seen() -> Option<i64> {
    HUB.with_borrow(|hub| hub.seen)
}

pub(super) fn connection() -> ArcRwSignal<Connection> {
    HUB.with_borrow(|hub| hub.connection.clone())
}

/// The stream said something changed.
pub(super) fn heard(change: Announcement) {
    relay(&Relay::Changed(change.clone()));
    tell(&News::Changed(change));
}

/// The stream is up; `again` when it had been down.
pub(super) fn opened(again: bool) {
    relay(&Relay::Up);
    set_connection(Connection::Up);
    if again {
        relay(&Relay::Missed);
        tell(&News::MissedSome);
    }
}

pub(super) fn lost() {
    relay(&Relay::Down);
    set_connection(Connection::Down);
}

/// Tells every listener; outside the borrow, because listeners may subscribe or leave.
fn tell(news: &News) {
    let tells: Vec<Tell> = HUB.with_borrow_mut(|hub| {
        if let News::Changed(change) = news
            // 0 is no event: whoever came back from there would hear everything again.
            && change.seq > 0
        {
            hub.seen = hub.seen.max(Some(change.seq));
        }
        let wants = |listener: &&Listener| match news {
            News::Changed(change) => listener.topics.contains(&change.topic),
            News::MissedSome => true,
        };
        hub.listeners
            .iter()
            .filter(wants)
            .map(|listener| Rc::clone(&listener.tell))
            .collect()
    });
    for listener in tells {
        listener(news);
    }
}

fn set_connection(connection: Connection) {
    let signal = self::connection();
    if signal.get_untracked() != connection {
        signal.set(connection);
    }
}

fn start() {
    HUB.with_borrow_mut(|hub| hub.seen = shown_by_document());
    let name = channel_name();
    let locks = Reflect::get(&window().navigator(), &"locks".into()).unwrap_or(JsValue::UNDEFINED);
    let request = Reflect::get(&locks, &"request".into())
        .ok()
        .and_then(|found| found.dyn_into::<Function>().ok());
    let channel = BroadcastChannel::new(&name).ok();
    let (Some(request), Some(channel)) = (request, channel) else {
        // An insecure context has no Web Locks: then each tab reads for itself.
        stream::open();
        return;
    };
    join(&channel);
    HUB.with_borrow_mut(|hub| hub.channel = Some(channel));
    relay(&Relay::Hello);
    let lead = Closure::once_into_js(|_lock: JsValue| -> JsValue {
        HUB.with_borrow_mut(|hub| hub.leads = true);
        stream::open();
        // Never resolved: the lock is this tab's for as long as it is open.
        Promise::new(&mut |_, _| {}).into()
    });
    if request.call2(&locks, &name.into(), &lead).is_err() {
        stream::open();
    }
}

fn shown_by_document() -> Option<i64> {
    let mark = document().query_selector(&format!("meta[name={SEEN}]"));
    mark.ok()??.get_attribute("content")?.parse().ok()
}

/// One stream per signed-in person: the header says who it is, for a stream belongs to one session.
fn channel_name() -> String {
    let marked = document().query_selector("[data-viewer]").ok().flatten();
    let person = marked
        .and_then(|element| element.get_attribute("data-viewer"))
        .unwrap_or_default();
    format!("dealboard-live-{person}")
}

fn relay(message: &Relay) {
    let Ok(text) = serde_json::to_string(message) else {
        return;
    };
    HUB.with_borrow(|hub| {
        if let Some(channel) = &hub.channel {
            // Fails only for a closed channel; then no other tab is there to hear.
            let _ = channel.post_message(&text.into());
        }
    });
}

fn join(channel: &BroadcastChannel) {
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
        let message = event
            .data()
            .as_string()
            .and_then(|text| serde_json::from_str(&text).ok());
        if let Some(message) = message {
            repeated(message);
        }
    });
    channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // Lives as long as the tab.
    on_message.forget();
}

/// Another tab said it.
fn repeated(message: Relay) {
    match message {
        Relay::Changed(change) => tell(&News::Changed(change)),
        Relay::Up => {
            if connection().get_untracked() == Connection::Quiet {
                // This tab joined a stream that ran already: what came before it joined is unknown.
                tell(&News::MissedSome);
            }
            set_connection(Connection::Up);
        }
        Relay::Down => set_connection(Connection::Down),
        Relay::Missed => tell(&News::MissedSome),
        Relay::Hello => {
            let leads = HUB.with_borrow(|hub| hub.leads);
            match connection().get_untracked() {
                Connection::Up if leads => relay(&Relay::Up),
                Connection::Down if leads => relay(&Relay::Down),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_repeated_is_understood() {
        let change = Announcement {
            seq: 7,
            topic: Topic::Deal,
            id: "deal_1".into(),
            version: 2,
        };
        for message in [Relay::Changed(change), Relay::Up, Relay::Hello] {
            let text = serde_json::to_string(&message).unwrap();
            assert_eq!(serde_json::from_str::<Relay>(&text).unwrap(), message);
        }
    }
}
