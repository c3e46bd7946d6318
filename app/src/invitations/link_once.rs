use domain::views::LinkView;
use leptos::prelude::*;

use super::server_fns::fresh_link;
use crate::ui::{CopyLine, Notice, Time, Tone, awaited};

/// A fresh link, to be copied and sent: it is shown this once.
#[component]
pub fn LinkOnce(link: LinkView) -> impl IntoView {
    let path = link.path;
    let whole = RwSignal::new(path.clone());
    Effect::new(move |_| {
        // Which name people reach this server by, the browser knows best.
        if let Ok(origin) = location().origin() {
            whole.set(format!("{origin}{path}"));
        }
    });
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
            <CopyLine label="Link" text=whole/>
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
