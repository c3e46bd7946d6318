use domain::CompanyId;
use domain::keys::{KeyScope, KeyView, KeysView};
use leptos::prelude::*;

use super::fields::KeyFields;
use super::fresh::{KeyOnce, WaitingKey};
use super::list::{KeyList, RevokeFields};
use super::server_fns::{MakeCompanyKey, RevokeCompanyKey, load_company_keys};
use crate::error::ActionError;
use crate::layout::{BackLink, Page, PageHeader};
use crate::place::{must_exist, use_id};
use crate::problem::Problem;
use crate::sent::{Sent, SentErrors, successes};
use crate::ui::{TakesFocus, awaited, use_ready};

#[derive(Clone, Copy)]
struct Actions {
    make: ServerAction<MakeCompanyKey>,
    revoke: ServerAction<RevokeCompanyKey>,
    /// What the next key is for.
    name: RwSignal<String>,
    /// Whether a key was taken back since the last was made.
    revoked: RwSignal<bool>,
}

/// `/company/:company/keys`
#[component]
pub fn CompanyKeysPage() -> impl IntoView {
    let company = use_id::<CompanyId>("company");
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
        move || (company.get(), done.0.get(), done.1.get()),
        async |(company, _, _)| {
            let company = must_exist(company)?;
            Ok::<_, ActionError>((company, load_company_keys(company).await?))
        },
    );
    view! {
        <Transition>
            {awaited(move || async move {
                match keys.await {
                    Ok((company, keys)) => view! { <Keys company keys actions/> }.into_any(),
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Keys(company: CompanyId, keys: KeysView, actions: Actions) -> impl IntoView {
    let form =
        Callback::new(move |key: KeyView| view! { <RevokeForm company key actions/> }.into_any());
    view! {
        <Page width="narrow">
            <PageHeader title="API keys" lead=keys.team back=BackLink::new(format!("/company/{company}/team"), "Team")>
                <a href="/api/v1/docs" rel="external">"How the API works"</a>
            </PageHeader>
            <SentErrors sent=Sent::of(actions.revoke, "revoke-")/>
            <MakeSection company actions/>
            <section class="section" aria-labelledby="keys" data-ready=use_ready()>
                <div class="section__head"><h2 id="keys">"Keys"</h2></div>
                <KeyList keys=keys.keys form/>
            </section>
        </Page>
    }
}

#[component]
fn RevokeForm(company: CompanyId, key: KeyView, actions: Actions) -> impl IntoView {
    view! {
        <ActionForm action=actions.revoke>
            <input type="hidden" name="company" value=company.to_string()/>
            <RevokeFields key/>
        </ActionForm>
    }
}

#[component]
fn MakeSection(company: CompanyId, actions: Actions) -> impl IntoView {
    let sent = Sent::of(actions.make, "key-");
    let made = move || actions.make.value().get().and_then(Result::ok);
    view! {
        <section class="section" aria-labelledby="make">
            <div class="section__head"><h2 id="make">"Make a key"</h2></div>
            <SentErrors sent/>
            {move || made().map(|key| view! { <TakesFocus elsewhere=actions.revoked><KeyOnce key/></TakesFocus> })}
            <WaitingKey/>
            <ActionForm action=actions.make attr:class="form" attr:novalidate="">
                <input type="hidden" name="company" value=company.to_string()/>
                <KeyFields sent scopes=KeyScope::OF_COMPANY name=actions.name busy=actions.make.pending()/>
            </ActionForm>
        </section>
    }
}
