//! The form as a file, to keep or to take to another program.

use domain::{FormVersionId, ProgramId};
use leptos::{ev::MouseEvent, prelude::*};

use super::desk::{Desk, Saved};
use crate::ui::{Icon, Toasts};

/// Of that published version, or of the draft.
pub fn href(program: ProgramId, version: Option<FormVersionId>) -> String {
    let file = format!("/c/{program}/form.json");
    match version {
        Some(version) => format!("{file}?version={version}"),
        None => file,
    }
}

/// The file holds what the server has, so what is being saved is waited for.
#[component]
pub fn DownloadLink(desk: Desk) -> impl IntoView {
    let toasts = use_context::<Toasts>();
    let wait = move |event: MouseEvent| {
        if matches!(desk.saved.get_untracked(), Saved::Here(_)) {
            return;
        }
        event.prevent_default();
        if let Some(toasts) = toasts {
            toasts.say("Your changes are not saved yet. Download the form once they are.");
        }
    };
    view! {
        <a
            class="button"
            data-variant="quiet"
            data-size="small"
            href=href(desk.program, None)
            rel="external"
            download=""
            on:click=wait
        >
            <Icon icon=icondata::LuDownload/>
            "Download this form"
        </a>
    }
}
