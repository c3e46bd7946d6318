use domain::keys::FreshKey;
use leptos::html;
use leptos::prelude::*;

use super::server_fns::waiting_key;
use crate::ui::{Button, Notice, Tone, awaited, copy_text, use_ready};

/// A fresh key, to be copied: it is shown this once.
#[component]
pub fn KeyOnce(key: FreshKey) -> impl IntoView {
    let said = RwSignal::new("Copy");
    let input = NodeRef::<html::Input>::new();
    let token = key.token.clone();
    let copy = move |_| {
        if let Some(input) = input.get_untracked() {
            input.select();
            // Without permission the text stays selected for the keyboard.
            copy_text(token.clone(), said);
        }
    };
    let title = if key.name.is_empty() {
        "The key is ready".to_owned()
    } else {
        format!("The key for {} is ready", key.name)
    };
    view! {
        <Notice tone=Tone::Good title role="status">
            <p>"Copy it now: it is shown only once, and only its hash is kept."</p>
            <div class="copy-link" data-ready=use_ready()>
                <input class="input" node_ref=input readonly=true aria-label="API key" value=key.token/>
                <Button icon=icondata::LuCopy on:click=copy>{move || said.get()}</Button>
            </div>
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
