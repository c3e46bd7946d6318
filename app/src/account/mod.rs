//! The person's own account: where they are signed in, and their password.

mod password;
pub mod server_fns;
mod sessions;

use leptos::prelude::*;

use crate::layout::{Page, PageHeader};
use password::PasswordForm;
use sessions::SessionList;

#[component]
pub fn AccountPage() -> impl IntoView {
    view! {
        <Page width="narrow">
            <PageHeader title="Your account"/>
            <div class="settings">
                <section class="settings__group" aria-labelledby="sessions">
                    <h2 id="sessions">"Where you are signed in"</h2>
                    <SessionList/>
                </section>
                <section class="settings__group" aria-labelledby="password-heading">
                    <h2 id="password-heading">"Password"</h2>
                    <PasswordForm/>
                </section>
            </div>
        </Page>
    }
}
