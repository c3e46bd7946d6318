//! What publishing meets, before it is done.

use domain::{commands::PublishForm, forms::DefinitionFault, views::FormImpact};
use leptos::{prelude::*, task::spawn_local};

use super::{
    desk::{Desk, Saved},
    publish::FaultLines,
    publishing_fns::ask_impact,
    versions_model::{deals_text, drafts_text, field_text},
};
use crate::error::ActionError;
use crate::ui::{Notice, Tone};

/// Counted by the server, from the draft as it has it.
#[component]
pub fn Impact(desk: Desk) -> impl IntoView {
    let found = RwSignal::new(None::<Result<FormImpact, ActionError>>);
    Effect::new(move |_| {
        if !matches!(desk.saved.get(), Saved::Here(Some(_))) {
            return;
        }
        let version = desk.version.get_untracked();
        spawn_local(async move {
            let impact = ask_impact(desk.program, PublishForm { version }).await;
            // The dialog may be closed by now.
            found.try_set(Some(impact));
        });
    });
    view! {
        <section class="stack" aria-labelledby="impact-title">
            <h3 id="impact-title">"What it meets"</h3>
            <div role="status">
                {move || match found.get() {
                    None => view! { <p class="muted">"Counting drafts and deals\u{2026}"</p> }.into_any(),
                    Some(Ok(impact)) => view! { <Met desk impact/> }.into_any(),
                    Some(Err(error)) => view! { <p class="muted">{error.0.text()}</p> }.into_any(),
                }}
            </div>
        </section>
    }
}

#[component]
fn Met(desk: Desk, impact: FormImpact) -> impl IntoView {
    let program = desk.program;
    let drafts = drafts_text(&impact).map(|text| view! { <li>{text}</li> });
    let deals = deals_text(&impact).map(|(count, stay)| {
        view! { <li><a href=format!("/c/{program}/deals")>{count}</a>{stay}</li> }
    });
    let fields = impact.fields.iter();
    let fields = fields.map(|field| view! { <li>{field_text(field)}</li> });
    let fields = fields.collect_view();
    let nothing = drafts.is_none() && deals.is_none() && impact.fields.is_empty();
    let imports = impact.imports.into_iter().map(|import| {
        let labels = import.fields.join(", ");
        let href = format!("/c/{program}/import/{}", import.import);
        view! {
            <li>"The import "<a href=href>{import.file}</a>{format!(" has a column for {labels}. Choose its columns again before you start it.")}</li>
        }
    });
    view! {
        <StoredFaults faults=impact.faults/>
        {nothing.then(|| view! { <p>"No draft and no open deal."</p> })}
        <ul class="prose">{drafts} {deals} {fields} {imports.collect_view()}</ul>
    }
    .into_any()
}

#[component]
fn StoredFaults(faults: Vec<DefinitionFault>) -> impl IntoView {
    (!faults.is_empty()).then(|| {
        view! {
            <Notice tone=Tone::Bad title="What is stored stands in the way">
                <FaultLines faults/>
            </Notice>
        }
    })
}
