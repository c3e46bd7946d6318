use domain::keys::{KEY_DAYS, KeyScope};
use leptos::prelude::*;

use crate::sent::Sent;
use crate::ui::{Button, Checkbox, Choice, Select, TextInput, Variant};

/// The fields of "Make a key"; they stand inside the form that posts them.
#[component]
pub fn KeyFields(
    sent: Sent,
    /// What this side's keys can be given.
    scopes: &'static [KeyScope],
    /// The page's: emptied once the key is made.
    name: RwSignal<String>,
    #[prop(into)] busy: Signal<bool>,
) -> impl IntoView {
    let boxes = scopes
        .iter()
        .map(|scope| {
            let id = format!("key-scope-{}", scope.as_str());
            view! { <Checkbox id name="scopes[]" value=scope.as_str() label=scope.label()/> }
        })
        .collect_view();
    let days = KEY_DAYS.map(|days| Choice::new(days.to_string(), format!("{days} days")));
    view! {
        <div class="field-row">
            <TextInput id="key-name" name="name" label="What is it for?" hint="Such as CRM sync" autocomplete="off" required=true bind=name error=sent.at("name")/>
            <Select id="key-days" name="days" label="It ends after" choices=days.into() value="90" error=sent.at("days")/>
        </div>
        <fieldset class="fieldset" id="key-scopes" tabindex="-1" aria-describedby="key-scopes-hint">
            <legend>"What may it do?"</legend>
            <p class="muted small" id="key-scopes-hint">
                "Every key reads what you may see. It does more only where you tick it, in your name, and only while you may do so yourself."
            </p>
            {boxes}
        </fieldset>
        <div class="button-row">
            <Button kind="submit" variant=Variant::Primary busy>"Make a key"</Button>
        </div>
    }
}
