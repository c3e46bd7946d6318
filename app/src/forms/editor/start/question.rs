//! What would be lost, and the last word.

use leptos::prelude::*;

use super::choosing::{Choosing, Found, KEEP_ID};
use crate::ui::{Button, DialogFoot, Notice, Tone, Variant};

#[component]
pub fn Question(choosing: Choosing, found: Found) -> impl IntoView {
    let what = if choosing.desk().has_changes() {
        "your draft, which has changes that are not published"
    } else {
        "your draft"
    };
    let asked = format!(
        "{} would take the place of {what}. Undo brings it back.",
        found.name
    );
    let left_out = found.start.left_out.clone();
    let left_out = (!left_out.is_empty()).then(|| {
        let lines = left_out
            .into_iter()
            .map(|line| view! { <li>{line}</li> })
            .collect_view();
        view! {
            <Notice tone=Tone::Warn title="Not everything could be carried over">
                <ul>{lines}</ul>
            </Notice>
        }
    });
    let take = move |_| choosing.take(found.clone());
    view! {
        <p>{asked}</p>
        {left_out}
        <DialogFoot>
            <Button attr:id=KEEP_ID on:click=move |_| choosing.open.set(false)>"Keep my draft"</Button>
            <Button variant=Variant::Primary on:click=take>"Replace the draft"</Button>
        </DialogFoot>
    }
}
