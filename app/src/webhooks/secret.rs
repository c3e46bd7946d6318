//! A fresh secret, to be copied into the receiving system: it is shown this once.

use domain::{CompanyId, EndpointId};
use leptos::html;
use leptos::prelude::*;

use super::server_fns::fresh_secret;
use crate::ui::{Button, Notice, Tone, awaited, copy_text, focus_by_id, scroll_to_id, use_ready};

/// The id of what shows it.
const FRESH: &str = "fresh-secret";

/// The secret that the form before this page made, or a rotation on it: `made` counts those.
#[component]
pub fn FreshSecret(
    company: CompanyId,
    endpoint: EndpointId,
    #[prop(into)] made: Signal<usize>,
) -> impl IntoView {
    let secret = Resource::new(move || made.get(), move |_| fresh_secret(company, endpoint));
    view! {
        <Transition>
            {awaited(move || async move {
                secret.await.ok().flatten().map(|secret| view! { <SecretOnce secret/> })
            })}
        </Transition>
    }
}

#[component]
fn SecretOnce(secret: String) -> impl IntoView {
    let said = RwSignal::new("Copy");
    let input = NodeRef::<html::Input>::new();
    let text = secret.clone();
    let copy = move |_| {
        if let Some(input) = input.get_untracked() {
            input.select();
            // Without permission the text stays selected for the keyboard.
            copy_text(text.clone(), said);
        }
    };
    Effect::new(|_| {
        // Once it is shown, and what asked for it is closed.
        request_animation_frame(|| {
            scroll_to_id(FRESH);
            focus_by_id(FRESH);
        });
    });
    view! {
        <div id=FRESH tabindex="-1">
        <Notice tone=Tone::Good title="The new secret" role="status">
            <p>"Copy it now into your system: it is shown only once. Your system checks the signature of each message with it."</p>
            <div class="copy-link" data-ready=use_ready()>
                <input class="input" node_ref=input readonly=true aria-label="Secret" value=secret/>
                <Button icon=icondata::LuCopy on:click=copy>{move || said.get()}</Button>
            </div>
        </Notice>
        </div>
    }
}
