use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::server_fns::SignIn;
use crate::layout::Entry;
use crate::sent::{Sent, SentErrors, go_there};
use crate::ui::{Button, Notice, TextInput, Tone, Variant, use_ready};

#[component]
pub fn SignInPage() -> impl IntoView {
    let action = ServerAction::<SignIn>::new();
    let sent = Sent::of(action, "");
    go_there(action);
    let query = use_query_map();
    let to = query
        .with_untracked(|query| query.get("to"))
        .unwrap_or_default();
    let was_reset = query.with_untracked(|query| query.get("reset").is_some());
    let foot = || view! { <p>"Forgot your password? " <a href="/reset">"Reset it"</a></p> };
    view! {
        <Entry title="Sign in" foot=foot>
            {was_reset.then(|| view! { <Notice tone=Tone::Good role="status">"Your new password is set. Sign in with it."</Notice> })}
            <SentErrors sent/>
            <ActionForm action attr:class="form" attr:novalidate="" attr:data-ready=use_ready()>
                <input type="hidden" name="to" value=to/>
                <TextInput id="email" label="Email address" kind="email" autocomplete="username" required=true error=sent.at("email")/>
                <TextInput id="password" label="Password" kind="password" autocomplete="current-password" required=true error=sent.at("password")/>
                <Button kind="submit" variant=Variant::Primary busy=action.pending()>"Sign in"</Button>
            </ActionForm>
        </Entry>
    }
}
