//! Whether a pointer is held down. A page that moves under a press loses the click: the press ends on something else.

use std::time::Duration;

use leptos::prelude::*;

/// After a finger is lifted, the browser takes a moment to make a click of it.
const UNTIL_CLICK: Duration = Duration::from_millis(100);

/// True from a press until its click has been dealt with. What would move the page meanwhile waits for it to be false.
pub fn use_held() -> Signal<bool> {
    let held = RwSignal::new(false);
    let presses = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let down = window_event_listener_untyped("pointerdown", move |_| {
            presses.update_value(|count| *count = count.wrapping_add(1));
            held.set(true);
        });
        let ends = ["pointerup", "pointercancel"].map(|end| {
            window_event_listener_untyped(end, move |_| {
                let press = presses.get_value();
                let release = move || {
                    if presses.try_get_value() == Some(press) {
                        held.try_set(false);
                    }
                };
                set_timeout(release, UNTIL_CLICK);
            })
        });
        on_cleanup(move || {
            down.remove();
            ends.into_iter().for_each(WindowListenerHandle::remove);
        });
    });
    held.into()
}

/// What `now` says, but for a change during a press: that shows after it.
pub fn after_press<T>(now: impl Fn() -> T + Send + Sync + 'static) -> Memo<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let held = use_held();
    Memo::new(move |before: Option<&T>| match before {
        Some(before) if held.get() => before.clone(),
        _ => now(),
    })
}
