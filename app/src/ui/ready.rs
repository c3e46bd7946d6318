//! Says when an interactive part is awake, so that a test (and a style) can wait for it.

use leptos::prelude::*;

/// `data-ready=use_ready()` on the part's root: absent in the server's page, there once effects run.
pub fn use_ready() -> impl Fn() -> Option<&'static str> + Copy + Send + Sync + 'static {
    let awake = RwSignal::new(false);
    Effect::new(move |_| awake.set(true));
    move || awake.get().then_some("")
}
