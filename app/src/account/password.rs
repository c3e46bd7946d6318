use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::server_fns::ChangePassword;
use crate::sent::{Sent, SentErrors, go_there};
use crate::ui::{Button, Notice, TextInput, Tone, use_ready};

#[component]
pub fn PasswordForm() -> impl IntoView {
    let action = ServerAction::<ChangePassword>::new();
    let sent = Sent::of(action, "password-");
    go_there(action);
    let query = use_query_map();
    let changed = move || query.with(|query| query.get("password").is_some());
    view! {
        {move || changed().then(|| view! {
            <Notice tone=Tone::Good role="status">"Your password is changed. Other browsers are signed out."</Notice>
        })}
        <SentErrors sent/>
        <ActionForm action attr:class="form" attr:novalidate="" attr:data-ready=use_ready()>
            <TextInput id="password-current" name="current" label="Current password" kind="password" autocomplete="current-password" required=true error=sent.at("current") width="medium"/>
            <TextInput id="password-new" name="new" label="New password" kind="password" autocomplete="new-password" hint="12 characters or more" required=true error=sent.at("new") width="medium"/>
            <div class="button-row">
                <Button kind="submit" busy=action.pending()>"Change password"</Button>
            </div>
        </ActionForm>
    }
}
