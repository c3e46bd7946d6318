use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::server_fns::{AskForReset, ResetPassword, open_reset};
use crate::layout::Entry;
use crate::problem::Problem;
use crate::sent::{Sent, SentErrors, go_there};
use crate::ui::{Button, Notice, TextInput, Tone, Variant, awaited, use_ready};

#[component]
pub fn ResetAskPage() -> impl IntoView {
    let action = ServerAction::<AskForReset>::new();
    let sent = Sent::of(action, "");
    go_there(action);
    let query = use_query_map();
    let asked = move || query.with(|query| query.get("asked"));
    let foot = || view! { <p><a href="/signin">"Back to sign in"</a></p> };
    view! {
        <Entry title="Reset your password" foot=foot>
            {move || asked().map(|way| view! {
                <Notice tone=Tone::Good role="status">{what_follows(&way)}</Notice>
            })}
            <SentErrors sent/>
            <ActionForm action attr:class="form" attr:novalidate="" attr:data-ready=use_ready()>
                <TextInput id="email" label="Email address" kind="email" autocomplete="username" required=true error=sent.at("email")/>
                <Button kind="submit" variant=Variant::Primary busy=action.pending()>"Ask for a reset link"</Button>
            </ActionForm>
        </Entry>
    }
}

/// The same whether there is such an account or not.
fn what_follows(way: &str) -> &'static str {
    if way == "mail" {
        "If there is an account with that address, a link is on its way to it by email. It works for a day."
    } else {
        "If there is an account with that address, the people who run this Dealboard have been told. They give you a link."
    }
}

#[component]
pub fn ResetPage() -> impl IntoView {
    let token = use_params_map()
        .with_untracked(|params| params.get("token"))
        .unwrap_or_default();
    let asked = token.clone();
    let whose = Resource::new(|| (), move |()| open_reset(asked.clone()));
    view! {
        <Suspense>
            {awaited(move || {
                let token = token.clone();
                async move {
                    match whose.await {
                        Ok(email) => view! { <ResetForm token email/> }.into_any(),
                        Err(error) => view! { <Problem error/> }.into_any(),
                    }
                }
            })}
        </Suspense>
    }
}

#[component]
fn ResetForm(token: String, email: String) -> impl IntoView {
    let action = ServerAction::<ResetPassword>::new();
    let sent = Sent::of(action, "");
    go_there(action);
    view! {
        <Entry title="Set a new password" lead="You are then signed out everywhere.">
            <SentErrors sent/>
            <ActionForm action attr:class="form" attr:novalidate="" attr:data-ready=use_ready()>
                <input type="hidden" name="token" value=token/>
                <TextInput id="email" name="" label="Email address" kind="email" autocomplete="username" value=email readonly=true/>
                <TextInput id="password" label="New password" kind="password" autocomplete="new-password" hint="12 characters or more" required=true error=sent.at("password")/>
                <Button kind="submit" variant=Variant::Primary busy=action.pending()>"Set the new password"</Button>
            </ActionForm>
        </Entry>
    }
}
