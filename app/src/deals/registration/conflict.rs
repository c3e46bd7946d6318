//! Somebody else may be on that customer already. It says so, and neither who nor what.

use domain::forms::{FieldKey, SystemField};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::filling::Filling;
use crate::deals::server_fns::ask_conflict;
use crate::ui::{Notice, Tone, after_press};

/// Asked when the customer's name or site is left.
#[component]
pub fn ConflictHint(filling: Filling) -> impl IntoView {
    let may_conflict = RwSignal::new(false);
    let asked = StoredValue::new((String::new(), String::new()));
    let watched =
        [SystemField::Customer, SystemField::Domain].map(|system| key_of(filling, system));
    let typed = move |key: &Option<FieldKey>| {
        let key = key.as_ref()?;
        Some(
            filling
                .answers
                .with_untracked(|raw| raw.first(key).trim().to_owned()),
        )
    };
    let left = move |event: leptos::ev::FocusEvent| {
        let Some(name) = name_of(&event) else { return };
        let [customer, site] = &watched;
        if ![customer, site]
            .into_iter()
            .flatten()
            .any(|key| key.as_str() == name)
        {
            return;
        }
        let now = (
            typed(customer).unwrap_or_default(),
            typed(site).unwrap_or_default(),
        );
        if now == asked.get_value() {
            return;
        }
        asked.set_value(now.clone());
        let deal = filling
            .page
            .with_value(|page| page.needs_info.as_ref().map(|info| info.deal));
        spawn_local(async move {
            // A hint that cannot be had is no hint; the company looks at conflicts in any case.
            if let Ok(found) = ask_conflict(filling.membership, now.0, now.1, deal).await {
                may_conflict.try_set(found);
            }
        });
    };
    window_event_listener_on_form(left);
    // It comes as the field is left, perhaps by pressing the button below it.
    let shown = after_press(move || may_conflict.get());
    view! {
        <div role="status" data-part="conflict-hint">
            {move || {
                shown.get().then(|| {
                    view! {
                        <Notice tone=Tone::Warn title="This customer may be taken already">
                            <p>
                                "Somebody may be working with this business. You can register the deal all the same; the company decides."
                            </p>
                        </Notice>
                    }
                })
            }}
        </div>
    }
}

fn key_of(filling: Filling, system: SystemField) -> Option<FieldKey> {
    filling.page.with_value(|page| {
        let fields = page.form.definition.fields.iter();
        fields
            .filter(|field| field.system == Some(system))
            .map(|field| field.key.clone())
            .next()
    })
}

fn name_of(event: &leptos::ev::FocusEvent) -> Option<String> {
    let element = event.target()?.dyn_into::<Element>().ok()?;
    element.get_attribute("name")
}

/// The fields are beside this part, not inside it; what is left there bubbles up to the window.
fn window_event_listener_on_form(left: impl Fn(leptos::ev::FocusEvent) + 'static) {
    Effect::new({
        let left = std::rc::Rc::new(left);
        move |_| {
            let left = std::rc::Rc::clone(&left);
            let handle = window_event_listener(leptos::ev::focusout, move |event| left(event));
            on_cleanup(move || handle.remove());
        }
    });
}
