//! A fresh secret, to be copied into the receiving system: it is shown this once.

use domain::{CompanyId, EndpointId};
use leptos::prelude::*;

use super::server_fns::fresh_secret;
use crate::ui::{CopyLine, Notice, Tone, awaited, focus_by_id, scroll_to_id};

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
            <CopyLine label="Secret" text=secret/>
        </Notice>
        </div>
    }
}
