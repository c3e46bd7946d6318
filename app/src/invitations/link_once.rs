use domain::views::LinkView;
use leptos::html;
use leptos::prelude::*;

use super::server_fns::fresh_link;
use crate::ui::{Button, Notice, Time, Tone, awaited, use_ready};

/// A fresh link, to be copied and sent: it is shown this once.
#[component]
pub fn LinkOnce(link: LinkView) -> impl IntoView {
    let whole = RwSignal::new(link.path.clone());
    let path = link.path.clone();
    let copied = RwSignal::new(false);
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        // Which name people reach this server by, the browser knows best.
        if let Ok(origin) = location().origin() {
            whole.set(format!("{origin}{path}"));
        }
    });
    let copy = move |_| {
        if let Some(input) = input.get_untracked() {
            input.select();
            // The promise fails without permission; the text stays selected for the keyboard.
            let _ = window()
                .navigator()
                .clipboard()
                .write_text(&whole.get_untracked());
            copied.set(true);
        }
    };
    let title = if link.email.is_empty() {
        "The link is ready".to_owned()
    } else {
        format!("The link for {} is ready", link.email)
    };
    let how = if link.mailed {
        "It is on its way by email. You can also copy it now: it is shown only once."
    } else {
        "Copy it now and send it yourself: it is shown only once."
    };
    view! {
        <Notice tone=Tone::Good title role="status">
            <p>{how} " It works until " <Time at=link.expires_at/> "."</p>
            <div class="copy-link" data-ready=use_ready()>
                <input class="input" node_ref=input readonly=true aria-label="Link" prop:value=move || whole.get() value=link.path/>
                <Button icon=icondata::LuCopy on:click=copy>{move || if copied.get() { "Copied" } else { "Copy" }}</Button>
            </div>
        </Notice>
    }
}

/// The link that a plain form post made just before this page.
#[component]
pub fn FreshLink() -> impl IntoView {
    let link = Resource::new(|| (), |()| fresh_link());
    view! {
        <Suspense>
            {awaited(move || async move {
                link.await.ok().flatten().map(|link| view! { <LinkOnce link/> })
            })}
        </Suspense>
    }
}
