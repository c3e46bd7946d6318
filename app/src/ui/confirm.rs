//! A submit button that asks first, in a native popover: it asks before and without wasm too.

use leptos::prelude::*;

use super::button::{Button, Variant};

/// Stands inside the form that it posts. `label` names the act and its object; `question` says what follows from it.
#[component]
pub fn ConfirmButton(
    #[prop(into)] id: String,
    verb: &'static str,
    #[prop(into)] label: String,
    #[prop(into)] question: String,
) -> impl IntoView {
    let (target, panel_label) = (id.clone(), label.clone());
    let yes = format!("Yes: {label}");
    view! {
        <button
            class="button"
            type="button"
            data-variant="danger"
            data-size="small"
            popovertarget=target
            aria-label=label
        >
            {verb}
        </button>
        <div class="menu__list confirm" popover="auto" id=id role="dialog" aria-label=panel_label>
            <p>{question}</p>
            <Button kind="submit" small=true variant=Variant::DangerSolid label=yes>{verb}</Button>
        </div>
    }
}
