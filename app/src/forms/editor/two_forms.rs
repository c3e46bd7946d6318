//! After another saved first: in what the two forms differ, and the choice between them. Neither is lost.

use domain::{
    forms::{Change, diff},
    views::FormEditorView,
};
use leptos::prelude::*;

use super::desk::Desk;
use crate::ui::Button;

#[component]
pub fn TwoForms(desk: Desk) -> impl IntoView {
    let theirs = desk.side().theirs;
    move || {
        match theirs.get() {
        Some(view) => view! { <Choice desk view/> }.into_any(),
        None => {
            view! { <Button small=true on:click=move |_| desk.look_at_theirs()>"Compare the two forms"</Button> }
                .into_any()
        }
    }
    }
}

#[component]
fn Choice(desk: Desk, view: FormEditorView) -> impl IntoView {
    let who = view.saved.as_ref().map(|saved| saved.who.clone());
    let who = who.unwrap_or_default();
    let saved = view.draft.clone();
    let lines = move || {
        let changes = desk.form.with(|form| diff(&saved, form));
        if changes.is_empty() {
            return view! { <p>"The two forms are the same."</p> }.into_any();
        }
        let texts = changes.iter().flat_map(Change::texts);
        let lines = texts.map(|text| view! { <li>{text}</li> });
        view! {
            <p>{format!("Your form beside the one that {who} saved:")}</p>
            <ul class="prose editor__scroll" tabindex="0" aria-label="What differs">{lines.collect_view()}</ul>
        }
        .into_any()
    };
    let (take, keep) = (view.clone(), view);
    view! {
        {lines}
        <div class="button-row">
            <Button small=true on:click=move |_| desk.take_theirs(take.clone())>"Take theirs"</Button>
            <Button small=true on:click=move |_| desk.keep_mine(&keep)>"Keep mine"</Button>
        </div>
        <p class="small">"Undo brings back the other one."</p>
    }
    .into_any()
}
