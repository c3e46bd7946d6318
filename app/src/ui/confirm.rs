//! A submit button that asks first, in a native popover: it asks before and without wasm too.

use leptos::html;
use leptos::prelude::*;

use super::button::{Button, Variant};

/// Stands inside the form that it posts. `label` names the act and its object; `question` says what follows from it;
/// `gentle` is what ends nothing.
#[component]
pub fn ConfirmButton(
    #[prop(into)] id: String,
    verb: &'static str,
    #[prop(into)] label: String,
    #[prop(into)] question: String,
    #[prop(optional)] gentle: bool,
) -> impl IntoView {
    let (first, last) = if gentle {
        ("secondary", Variant::Primary)
    } else {
        ("danger", Variant::DangerSolid)
    };
    let (target, panel_label) = (id.clone(), label.clone());
    let yes = format!("Yes: {label}");
    let panel = NodeRef::<html::Div>::new();
    // After the click the browser still posts the form: the button stays in it.
    let close = move |_| {
        request_animation_frame(move || {
            if let Some(panel) = panel.try_get_untracked().flatten() {
                // Refused only when it is closed already.
                let _ = panel.hide_popover();
            }
        });
    };
    view! {
        <button
            class="button"
            type="button"
            data-variant=first
            data-size="small"
            popovertarget=target
            aria-label=label
        >
            {verb}
        </button>
        <div class="menu__list confirm" popover="auto" id=id node_ref=panel role="dialog" aria-label=panel_label>
            <p>{question}</p>
            <Button kind="submit" small=true variant=last label=yes on:click=close>{verb}</Button>
        </div>
    }
}
