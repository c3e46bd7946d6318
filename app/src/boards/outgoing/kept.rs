//! The queue as the browser keeps it: one per person and program. Tabs of one browser share it, so every change begins with what is
//! kept now.

use domain::UserId;
use leptos::prelude::document;

use super::queue::Queue;
use crate::boards::source::Source;
use crate::ui::{MOVES, forget_stored, store, stored};

/// Whom the page was made for; none where nobody is signed in.
pub fn find_viewer() -> Option<UserId> {
    let marked = document().query_selector("[data-viewer]").ok().flatten();
    marked?.get_attribute("data-viewer")?.parse().ok()
}

/// The name under which that person's moves of that program are kept.
pub fn name_of(source: Source, person: UserId) -> String {
    format!("{MOVES}{person}.{}", source.door())
}

/// What is kept; nothing where the browser keeps nothing, or something that is not understood.
pub fn find(name: &str) -> Option<Queue> {
    let found: Queue = serde_json::from_str(&stored(name)?).ok()?;
    Some(Queue::restored(found.moves().to_vec()))
}

/// `false` where it could not be kept.
pub fn keep(name: &str, queue: &Queue) -> bool {
    if queue.is_empty() {
        forget_stored(name);
        return true;
    }
    serde_json::to_string(queue).is_ok_and(|text| store(name, &text))
}
