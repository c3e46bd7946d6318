//! Whether the server has what is on the page.

use domain::ErrorCode;
use leptos::prelude::*;

use super::{
    desk::{Desk, Saved},
    two_forms::TwoForms,
};
use crate::ui::{Button, Notice, Time, Tone};

#[component]
pub fn SaveState(desk: Desk) -> impl IntoView {
    view! {
        <span class="save-state" role="status">
            {move || match desk.saved.get() {
                Saved::Here(None) => "No changes yet".into_any(),
                Saved::Here(Some((who, at))) => view! { "Saved by " {who} ", " <Time at/> }.into_any(),
                Saved::Changed => "Not saved yet".into_any(),
                Saved::UnderWay => "Saving".into_any(),
                Saved::Refused(_) => "Not saved".into_any(),
            }}
        </span>
    }
}

/// Why it was not saved, and the way out.
#[component]
pub fn SaveRefusal(desk: Desk) -> impl IntoView {
    move || {
        let Saved::Refused(error) = desk.saved.get() else {
            return ().into_any();
        };
        let conflict = error.code() == ErrorCode::Conflict;
        let way_out = if conflict {
            view! { <TwoForms desk/> }.into_any()
        } else {
            view! { <Button small=true on:click=move |_| desk.save()>"Try again"</Button> }
                .into_any()
        };
        view! {
            <Notice tone=Tone::Bad title="Your changes are not saved" role="alert">
                <p>{error.to_string()}</p>
                {way_out}
            </Notice>
        }
        .into_any()
    }
}
