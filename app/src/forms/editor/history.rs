//! The published versions, and a way back to each.

use domain::FormVersionId;
use leptos::{prelude::*, task::spawn_local};

use super::{desk::Desk, download, server_fns::load_form_version};
use crate::ui::{Button, Time, Toasts, Variant};

#[component]
pub fn History(desk: Desk) -> impl IntoView {
    view! {
        <section class="section" data-of="versions" aria-labelledby="history-title">
            <h2 id="history-title">"Published versions"</h2>
            <div class="card rows">
                {move || desk.history.get().into_iter().enumerate().map(|(place, line)| {
                    let by = if line.who.is_empty() { String::new() } else { format!(" by {}", line.who) };
                    let (id, number) = (line.id, line.number);
                    view! {
                        <div class="rows__row">
                            <span class="rows__main">
                                {format!("Version {number}")}
                                <span class="muted small">{by} ", " <Time at=line.at/></span>
                            </span>
                            <span class="rows__side cluster">
                                <a
                                    class="button"
                                    data-variant="quiet"
                                    data-size="small"
                                    href=download::href(desk.program, Some(id))
                                    rel="external"
                                    download=""
                                    aria-label=format!("Download version {number}")
                                >
                                    "Download"
                                </a>
                                {if place == 0 {
                                    view! { <span class="muted">"In use"</span> }.into_any()
                                } else {
                                    view! {
                                        <Button variant=Variant::Quiet small=true on:click=move |_| start_from(desk, id, number)>
                                            {format!("Start from version {number}")}
                                        </Button>
                                    }.into_any()
                                }}
                            </span>
                        </div>
                    }
                }).collect_view()}
            </div>
        </section>
    }
}

/// Puts the old form on the desk as one step, so that undo takes it back; nothing is published by it.
fn start_from(desk: Desk, id: FormVersionId, number: i32) {
    let toasts = use_context::<Toasts>();
    spawn_local(async move {
        match load_form_version(desk.program, id).await {
            Ok(version) => {
                let say = format!("The draft is version {number} again. Publish it to use it.");
                desk.replace(version.definition, say);
            }
            Err(error) => {
                if let Some(toasts) = toasts {
                    toasts.refuse(error.to_string());
                }
            }
        }
    });
}
