use leptos::prelude::*;

use crate::sent::Sent;
use crate::ui::{Button, Choice, Select, TextInput, Variant};

/// The fields of "Invite a colleague"; they stand inside the form that posts them.
#[component]
pub fn InviteFields(
    sent: Sent,
    roles: Vec<Choice>,
    first: &'static str,
    /// The page's: emptied once the link is made.
    email: RwSignal<String>,
    #[prop(into)] busy: Signal<bool>,
) -> impl IntoView {
    view! {
        <div class="field-row">
            <TextInput id="invite-email" name="email" label="Email address" kind="email" autocomplete="off" required=true bind=email error=sent.at("email")/>
            <Select id="invite-role" name="role" label="Role" choices=roles value=first error=sent.at("role")/>
        </div>
        <div class="button-row">
            <Button kind="submit" variant=Variant::Primary busy>"Make an invitation link"</Button>
        </div>
    }
}
