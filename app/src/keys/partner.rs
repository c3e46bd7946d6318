use domain::PartnerId;
use domain::keys::{KeyScope, KeyView, KeysView};
use leptos::prelude::*;

use super::fields::KeyFields;
use super::fresh::{KeyOnce, WaitingKey};
use super::list::{KeyList, RevokeFields};
use super::server_fns::{MakePartnerKey, RevokePartnerKey, load_partner_keys};
use crate::error::ActionError;
use crate::layout::{BackLink, Page, PageHeader};
use crate::place::{must_exist, use_id};
use crate::problem::Problem;
use crate::sent::{Sent, SentErrors, successes};
use crate::ui::{TakesFocus, awaited, use_ready};

#[derive(Clone, Copy)]
struct Actions {
    make: ServerAction<MakePartnerKey>,
    revoke: ServerAction<RevokePartnerKey>,
    /// What the next key is for.
    name: RwSignal<String>,
    /// Whether a key was taken back since the last was made.
    revoked: RwSignal<bool>,
}

/// `/team/:partner/keys`
#[component]
pub fn PartnerKeysPage() -> impl IntoView {
    let partner = use_id::<PartnerId>("partner");
    let actions = Actions {
        make: ServerAction::new(),
        revoke: ServerAction::new(),
        name: RwSignal::new(String::new()),
        revoked: RwSignal::new(false),
    };
    Effect::new(move |_| {
        if matches!(actions.make.value().get(), Some(Ok(_))) {
            actions.name.set(String::new());
            actions.revoked.set(false);
        }
    });
    Effect::new(move |_| {
        if matches!(actions.revoke.value().get(), Some(Ok(()))) {
            actions.revoked.set(true);
        }
    });
    let done = (successes(actions.make), successes(actions.revoke));
    let keys = Resource::new(
        move || (partner.get(), done.0.get(), done.1.get()),
        async |(partner, _, _)| {
            let partner = must_exist(partner)?;
            Ok::<_, ActionError>((partner, load_partner_keys(partner).await?))
        },
    );
    view! {
        <Transition>
            {awaited(move || async move {
                match keys.await {
                    Ok((partner, keys)) => view! { <Keys partner keys actions/> }.into_any(),
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Keys(partner: PartnerId, keys: KeysView, actions: Actions) -> impl IntoView {
    let form =
        Callback::new(move |key: KeyView| view! { <RevokeForm partner key actions/> }.into_any());
    view! {
        <Page width="narrow">
            <PageHeader title="API keys" lead=keys.team back=BackLink::new(format!("/team/{partner}"), "Team")>
                <a href="/api/v1/docs" rel="external">"How the API works"</a>
            </PageHeader>
            <SentErrors sent=Sent::of(actions.revoke, "revoke-")/>
            <MakeSection partner actions/>
            <section class="section" aria-labelledby="keys" data-ready=use_ready()>
                <div class="section__head"><h2 id="keys">"Keys"</h2></div>
                <KeyList keys=keys.keys form/>
            </section>
        </Page>
    }
}

#[component]
fn RevokeForm(partner: PartnerId, key: KeyView, actions: Actions) -> impl IntoView {
    view! {
        <ActionForm action=actions.revoke>
            <input type="hidden" name="partner" value=partner.to_string()/>
            <RevokeFields key/>
        </ActionForm>
    }
}

#[component]
fn MakeSection(partner: PartnerId, actions: Actions) -> impl IntoView {
    let sent = Sent::of(actions.make, "key-");
    let made = move || actions.make.value().get().and_then(Result::ok);
    view! {
        <section class="section" aria-labelledby="make">
            <div class="section__head"><h2 id="make">"Make a key"</h2></div>
            <SentErrors sent/>
            {move || made().map(|key| view! { <TakesFocus elsewhere=actions.revoked><KeyOnce key/></TakesFocus> })}
            <WaitingKey/>
            <ActionForm action=actions.make attr:class="form" attr:novalidate="">
                <input type="hidden" name="partner" value=partner.to_string()/>
                <KeyFields sent scopes=KeyScope::OF_PARTNER name=actions.name busy=actions.make.pending()/>
            </ActionForm>
        </section>
    }
}
