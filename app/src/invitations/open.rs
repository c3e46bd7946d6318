use domain::views::InvitationView;
use leptos::prelude::*;

use crate::ui::Time;

/// Links that are not used yet. `withdraw` builds the form that takes one back.
#[component]
pub fn Invitations(
    invitations: Vec<InvitationView>,
    withdraw: Callback<InvitationView, AnyView>,
) -> impl IntoView {
    let rows = invitations
        .into_iter()
        .map(|invitation| {
            let form = withdraw.run(invitation.clone());
            view! {
                <li class="rows__row">
                    <div class="rows__main">
                        <p class="strong clip">{invitation.email}</p>
                        <p class="muted small">
                            {invitation.role} ", invited by " {invitation.by} ", until " <Time at=invitation.expires_at/>
                        </p>
                    </div>
                    <div class="rows__side">{form}</div>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="rows">{rows}</ul> }
}
