use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::server_fns::{SetUp, check_setup};
use crate::currencies::currency_choices;
use crate::layout::Entry;
use crate::problem::Problem;
use crate::sent::{Sent, SentErrors, go_there};
use crate::ui::{Button, Select, TextInput, Variant, awaited, use_ready};

#[component]
pub fn SetupPage() -> impl IntoView {
    let token = use_params_map()
        .with_untracked(|params| params.get("token"))
        .unwrap_or_default();
    let asked = token.clone();
    let check = Resource::new(|| (), move |()| check_setup(asked.clone()));
    view! {
        <Suspense>
            {awaited(move || {
                let token = token.clone();
                async move {
                    match check.await {
                        Ok(()) => view! { <SetupForm token/> }.into_any(),
                        Err(error) => view! { <Problem error/> }.into_any(),
                    }
                }
            })}
        </Suspense>
    }
}

#[component]
fn SetupForm(token: String) -> impl IntoView {
    let action = ServerAction::<SetUp>::new();
    let sent = Sent::of(action, "");
    go_there(action);
    view! {
        <Entry title="Set up Dealboard" lead="You become the first admin. Everything here can be changed later.">
            <SentErrors sent/>
            <ActionForm action attr:class="form" attr:novalidate="" attr:data-ready=use_ready()>
                <input type="hidden" name="token" value=token/>
                <TextInput id="name" label="Your name" autocomplete="name" required=true error=sent.at("name")/>
                <TextInput id="email" label="Email address" kind="email" autocomplete="username" required=true error=sent.at("email")/>
                <TextInput id="password" label="Password" kind="password" autocomplete="new-password" hint="12 characters or more" required=true error=sent.at("password")/>
                <TextInput id="company" label="Company" autocomplete="organization" required=true error=sent.at("company")/>
                <TextInput id="program" label="First partner program" hint="What partners join, like \u{201c}Resellers\u{201d}" required=true error=sent.at("program")/>
                <Select id="currency" label="Currency" choices=currency_choices() value="EUR" width="short" error=sent.at("currency")/>
                <Button kind="submit" variant=Variant::Primary busy=action.pending()>"Set up"</Button>
            </ActionForm>
        </Entry>
    }
}
