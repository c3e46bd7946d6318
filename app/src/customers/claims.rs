//! The own-team list: a registration for one of these customers shows up as a conflict.

use domain::ProgramId;
use domain::views::ClaimView;
use leptos::form::ActionForm;
use leptos::prelude::*;

use super::server_fns::{AddClaim, RemoveClaim};
use crate::sent::{Sent, SentErrors};
use crate::ui::{Button, EmptyState, TextInput, Time, Variant, use_ready};

#[component]
pub fn Claims(
    program: ProgramId,
    claims: Vec<ClaimView>,
    may_edit: bool,
    reload: Callback<()>,
) -> impl IntoView {
    let remove = ServerAction::<RemoveClaim>::new();
    Effect::new(move |_| {
        if matches!(remove.value().get(), Some(Ok(_))) {
            reload.run(());
        }
    });
    view! {
        <section class="section" aria-labelledby="claims-title" id="claims">
            <div class="section__head">
                <h2 id="claims-title">"Worked by our own team"</h2>
            </div>
            <p class="muted">
                "A registration for one of these is shown to the reviewer as a conflict. Partners never see this list."
            </p>
            {may_edit.then(|| view! { <AddForm program reload/> })}
            {if claims.is_empty() {
                view! { <EmptyState icon=icondata::LuUsers text="No entry yet."/> }.into_any()
            } else {
                view! {
                    <ul class="rows">
                        {claims
                            .into_iter()
                            .map(|claim| view! { <Line program claim may_edit remove/> })
                            .collect_view()}
                    </ul>
                }
                .into_any()
            }}
        </section>
    }
}

#[component]
fn Line(
    program: ProgramId,
    claim: ClaimView,
    may_edit: bool,
    remove: ServerAction<RemoveClaim>,
) -> impl IntoView {
    let label = format!("Remove {}", claim.customer);
    view! {
        <li class="rows__row">
            <div class="rows__main">
                <strong dir="auto">{claim.customer}</strong>
                <span class="muted">{claim.domain.map(|domain| format!(" {domain}"))}</span>
                {(!claim.note.is_empty()).then(|| view! { <p dir="auto">{claim.note}</p> })}
                <p class="muted small">{claim.by}", "<Time at=claim.at/></p>
            </div>
            {may_edit
                .then(|| {
                    view! {
                        <div class="rows__side">
                            <ActionForm action=remove>
                                <input type="hidden" name="program" value=program.to_string()/>
                                <input type="hidden" name="claim" value=claim.id.to_string()/>
                                <Button
                                    kind="submit"
                                    variant=Variant::Quiet
                                    square=true
                                    label=label
                                    icon=icondata::LuTrash2
                                />
                            </ActionForm>
                        </div>
                    }
                })}
        </li>
    }
}

#[component]
fn AddForm(program: ProgramId, reload: Callback<()>) -> impl IntoView {
    let add = ServerAction::<AddClaim>::new();
    let sent = Sent::of(add, "claim-");
    let (customer, site, note) = (
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
    );
    Effect::new(move |_| {
        if matches!(add.value().get(), Some(Ok(_))) {
            for typed in [customer, site, note] {
                typed.set(String::new());
            }
            reload.run(());
        }
    });
    view! {
        <ActionForm action=add attr:class="form" attr:novalidate=true>
            <div class="stack" data-ready=use_ready()>
                <SentErrors sent/>
                <input type="hidden" name="program" value=program.to_string()/>
                <div class="field-row">
                    <TextInput id=sent.id("customer") name="customer" label="Customer" required=true bind=customer error=sent.at("customer")/>
                    <TextInput id=sent.id("site") name="site" label="Website" bind=site error=sent.at("site") inputmode="url"/>
                    <TextInput id=sent.id("note") name="note" label="Note" bind=note error=sent.at("note")/>
                </div>
                <div class="button-row">
                    <Button kind="submit" busy=add.pending()>"Add to the list"</Button>
                </div>
            </div>
        </ActionForm>
    }
}
