//! The form itself, by the partners' own renderer: in frames while it is designed, alone while it is tried.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    desk::Desk,
    frame::{GRIP_HELP, frames},
    hidden_fields::HiddenFields,
    see_as::{SeeAs, TryIt},
    trial_pages::{TrialFoot, TrialHead, TrialPages, errors_here},
};
use crate::fields::{CustomerSource, FormFields, messages};
use crate::locale::use_locale;
use crate::ui::{ErrorSummary, Icon, IconKind};

/// Before the ids of the form's controls.
const PREFIX: &str = "preview-";

#[component]
pub fn Canvas(desk: Desk) -> impl IntoView {
    let trial = desk.trial();
    let alone = trial.alone;
    let locale = use_locale();
    let lines = Signal::derive(move || {
        let here = trial
            .errors
            .with(|errors| desk.form.with(|form| errors_here(form, trial, errors)));
        desk.form.with(|form| messages(form, &here, PREFIX, locale))
    });
    view! {
        <div class="section canvas" data-of="form">
            <div class="section__head">
                <h2 id="preview-title">"What partners see"</h2>
                <Modes desk/>
            </div>
            {move || alone.get().then(|| view! { <SeeAs desk/> })}
            <section class="stack" aria-labelledby="preview-title">
                <ErrorSummary messages=lines id="preview-problems"/>
                <Paper desk/>
            </section>
            {move || alone.get().then(|| view! { <TryIt desk/> })}
            <p class="visually-hidden" id=GRIP_HELP>"Drag to move the field. With the keyboard: Alt and the up or the down arrow."</p>
        </div>
    }
    .into_any()
}

/// Drawn anew with each edit; what was answered stays.
#[component]
fn Paper(desk: Desk) -> impl IntoView {
    let trial = desk.trial();
    let context = Memo::new(move |_| desk.form.with(|form| trial.context(form)));
    let framed = frames(desk);
    let customers = Some(CustomerSource::company(desk.program));
    let fields = move || {
        trial.turns.track();
        let frame = (!trial.alone.get()).then_some(framed);
        let form = Arc::new(desk.form.get());
        trial.follow(&form);
        let empty = form.fields.is_empty();
        let (answers, errors) = (trial.answers, trial.errors);
        let paged = TrialPages::of(trial, &form, context);
        let on_page = paged.map(TrialPages::fields);
        view! {
            <div class="editor__paper" data-device=move || trial.phone.get().then_some("phone")>
                {empty.then(|| view! { <p class="muted">"Nothing is asked yet. Add a field, or drag one here."</p> })}
                {paged.map(|paged| view! { <TrialHead paged/> })}
                <FormFields form=form.clone() context answers errors prefix=PREFIX open=None uploads=None customers on_page frame/>
                {paged.map(|paged| view! { <TrialFoot paged/> })}
            </div>
            <HiddenFields form context answers tiers=desk.tiers open=trial.why/>
        }
    };
    view! { {fields} }.into_any()
}

#[component]
fn Modes(desk: Desk) -> impl IntoView {
    let trial = desk.trial();
    let (alone, phone) = (trial.alone, trial.phone);
    let design = Signal::derive(move || !alone.get());
    let desktop = Signal::derive(move || !phone.get());
    let turn = move |on: bool| {
        trial.forget_try();
        trial.page.set(0);
        if !on {
            phone.set(false);
        }
        alone.set(on);
        let mode = if on { "Preview" } else { "Design" };
        desk.said.set(mode.to_owned());
    };
    let widths = move || {
        alone.get().then(|| {
            view! {
                <div class="segments" role="group" aria-label="Width">
                    <Press text="Desktop" icon=icondata::LuMonitor pressed=desktop press=Callback::new(move |()| phone.set(false))/>
                    <Press text="Phone" icon=icondata::LuSmartphone pressed=phone press=Callback::new(move |()| phone.set(true))/>
                </div>
            }
        })
    };
    view! {
        <div class="cluster">
            {widths}
            <div class="segments" role="group" aria-label="Mode">
                <Press text="Design" icon=icondata::LuPencil pressed=design press=Callback::new(move |()| turn(false))/>
                <Press text="Preview" icon=icondata::LuEye pressed=alone press=Callback::new(move |()| turn(true))/>
            </div>
        </div>
    }
    .into_any()
}

/// One of a row of buttons of which one is pressed.
#[component]
pub fn Press(
    text: &'static str,
    #[prop(optional)] icon: Option<IconKind>,
    #[prop(into)] pressed: Signal<bool>,
    press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            class="segments__item"
            type="button"
            aria-pressed=move || if pressed.get() { "true" } else { "false" }
            on:click=move |_| press.run(())
        >
            {icon.map(|icon| view! { <Icon icon size="small"/> })}
            {text}
        </button>
    }
}
