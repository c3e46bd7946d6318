//! What can be done with an endpoint. Each is a plain form.

use domain::views::EndpointView;
use domain::webhooks::EndpointState;
use domain::{CompanyId, EndpointId};
use leptos::prelude::*;

use super::server_fns::{RemoveEndpoint, RotateSecret, SwitchEndpoint, TestEndpoint};
use crate::sent::{Sent, SentErrors};
use crate::ui::{Button, ConfirmButton, LinkButton, use_ready};

#[derive(Clone, Copy)]
pub struct Actions {
    pub test: ServerAction<TestEndpoint>,
    pub switch: ServerAction<SwitchEndpoint>,
    pub rotate: ServerAction<RotateSecret>,
    pub remove: ServerAction<RemoveEndpoint>,
}

impl Actions {
    pub fn made() -> Self {
        Self {
            test: ServerAction::new(),
            switch: ServerAction::new(),
            rotate: ServerAction::new(),
            remove: ServerAction::new(),
        }
    }
}

#[component]
pub fn EndpointActions(
    company: CompanyId,
    endpoint: EndpointView,
    actions: Actions,
) -> impl IntoView {
    let on = endpoint.state == EndpointState::Enabled;
    let edit = format!("/company/{company}/webhooks/{}/edit", endpoint.id);
    let version = endpoint.version.to_string();
    let id = endpoint.id;
    let switch = if on { "Switch off" } else { "Switch on" };
    view! {
        <section class="card" aria-labelledby="actions-title" data-part="actions" data-ready=use_ready()>
            <div class="card__head"><h2 id="actions-title">"What you can do"</h2></div>
            <div class="card__body">
                <SentErrors sent=Sent::of(actions.test, "test-")/>
                <SentErrors sent=Sent::of(actions.switch, "switch-")/>
                <SentErrors sent=Sent::of(actions.rotate, "rotate-")/>
                <SentErrors sent=Sent::of(actions.remove, "remove-")/>
                <div class="cluster">
                    {on.then(|| view! {
                        <ActionForm action=actions.test>
                            <Carried company endpoint=id/>
                            <Button kind="submit" small=true busy=actions.test.pending()>"Send a test"</Button>
                        </ActionForm>
                    })}
                    <LinkButton href=edit small=true>"Change"</LinkButton>
                    <ActionForm action=actions.switch>
                        <Carried company endpoint=id/>
                        <input type="hidden" name="on" value=(!on).to_string()/>
                        <Button kind="submit" small=true busy=actions.switch.pending()>{switch}</Button>
                    </ActionForm>
                    <ActionForm action=actions.rotate>
                        <Carried company endpoint=id/>
                        <input type="hidden" name="version" value=version/>
                        <ConfirmButton gentle=true id="rotate" verb="New secret" label="Make a new secret" question="For 24 hours the old secret signs as well. Put the new one into your system by then."/>
                    </ActionForm>
                    <ActionForm action=actions.remove>
                        <Carried company endpoint=id/>
                        <ConfirmButton id="remove" verb="Remove" label="Remove the endpoint" question="Its log goes with it. What waits to be sent is not sent."/>
                    </ActionForm>
                </div>
            </div>
        </section>
    }
}

/// The inputs of every form here.
#[component]
fn Carried(company: CompanyId, endpoint: EndpointId) -> impl IntoView {
    view! {
        <input type="hidden" name="company" value=company.to_string()/>
        <input type="hidden" name="endpoint" value=endpoint.to_string()/>
    }
}
