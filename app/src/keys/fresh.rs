use domain::keys::FreshKey;
use leptos::prelude::*;

use super::server_fns::waiting_key;
use crate::ui::{CopyLine, Notice, Tone, awaited};

/// A fresh key, to be copied: it is shown this once.
#[component]
pub fn KeyOnce(key: FreshKey) -> impl IntoView {
    let title = if key.name.is_empty() {
        "The key is ready".to_owned()
    } else {
        format!("The key for {} is ready", key.name)
    };
    view! {
        <Notice tone=Tone::Good title role="status">
            <p>"Copy it now: it is shown only once, and only its hash is kept."</p>
            <CopyLine label="API key" text=key.token/>
        </Notice>
    }
}

/// The key that a plain form post made just before this page.
#[component]
pub fn WaitingKey() -> impl IntoView {
    use crate::ui::TakesFocus;
    let key = Resource::new(|| (), |()| waiting_key());
    view! {
        <Suspense>
            {awaited(move || async move {
                key.await.ok().flatten().map(|key| view! { <TakesFocus><KeyOnce key/></TakesFocus> })
            })}
        </Suspense>
    }
}
