//! The published versions: what each changed, and a way back to it.

use domain::{FormVersionId, views::FormVersionLine};
use leptos::{prelude::*, task::spawn_local};

use super::{desk::Desk, download, server_fns::load_form_version, versions_model};
use crate::ui::{Button, LinkButton, Tag, Time, Toasts, Tone, Variant};

#[component]
pub fn History(desk: Desk) -> impl IntoView {
    let program = desk.program;
    let lines = move || {
        let history = desk.past.with(|past| past.history.clone());
        let last = history.len().saturating_sub(1);
        let lines = history.into_iter().enumerate();
        let lines = lines.map(|(place, line)| {
            let (in_use, first) = (place == 0, place == last);
            view! { <Line desk line in_use first/> }
        });
        lines.collect_view()
    };
    let scheduled = move || {
        let waiting = desk.past.with(|past| {
            let scheduled = past.scheduled.as_ref();
            scheduled.map(|scheduled| (scheduled.at, scheduled.held.is_some()))
        });
        waiting.map(|(at, held)| {
            let (text, tone) = if held {
                ("Held", Tone::Bad)
            } else {
                ("Scheduled", Tone::Info)
            };
            view! {
                <div class="rows__row">
                    <span class="rows__main">"Next version"<span class="muted small">" at "<Time at/></span></span>
                    <span class="rows__side"><Tag text tone icon=icondata::LuCalendarClock/></span>
                </div>
            }
        })
    };
    view! {
        <section class="section" data-of="versions" aria-labelledby="history-title">
            <div class="section__head">
                <h2 id="history-title">"Published versions"</h2>
                <LinkButton href=versions_model::versions(program) small=true>"Compare versions"</LinkButton>
            </div>
            <div class="card rows">{scheduled} {lines}</div>
        </section>
    }
}

#[component]
fn Line(desk: Desk, line: FormVersionLine, in_use: bool, first: bool) -> impl IntoView {
    let FormVersionLine {
        id,
        number,
        who,
        at,
    } = line;
    let by = if who.is_empty() {
        String::new()
    } else {
        format!(" by {who}")
    };
    let program = desk.program;
    let changed = (!first).then(|| {
        let label = format!("What version {number} changed");
        view! { <a class="button" data-variant="quiet" data-size="small" href=versions_model::changes_of(program, id) aria-label=label>"Changes"</a> }
    });
    view! {
        <div class="rows__row">
            <span class="rows__main">
                {format!("Version {number}")}
                <span class="muted small">{by} ", " <Time at/></span>
            </span>
            <span class="rows__side cluster">
                {changed}
                <a
                    class="button"
                    data-variant="quiet"
                    data-size="small"
                    href=download::href(program, Some(id))
                    rel="external"
                    download=""
                    aria-label=format!("Download version {number}")
                >
                    "Download"
                </a>
                {if in_use {
                    view! { <span class="muted">"In use"</span> }.into_any()
                } else {
                    view! { <WaysBack desk id number/> }.into_any()
                }}
            </span>
        </div>
    }
    .into_any()
}

/// To change it first, or to use it as it was.
#[component]
fn WaysBack(desk: Desk, id: FormVersionId, number: i32) -> impl IntoView {
    let label = format!("Use version {number} again");
    view! {
        <Button variant=Variant::Quiet small=true on:click=move |_| start_from(desk, id, number)>
            {format!("Start from version {number}")}
        </Button>
        <a
            class="button"
            data-variant="secondary"
            data-size="small"
            href=versions_model::again(desk.program, id)
            aria-label=label
        >
            "Use this version again"
        </a>
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
