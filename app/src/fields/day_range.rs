//! A first and a last day.

use leptos::prelude::*;

use super::field_group::FieldGroup;
use crate::ui::TextInput;

#[component]
pub fn DayRange(
    id: String,
    name: String,
    until_name: String,
    label: String,
    hint: Option<String>,
    #[prop(into)] error: Signal<Option<String>>,
    required: bool,
    from: String,
    until: String,
) -> impl IntoView {
    let (first, last) = (id.clone(), format!("{id}-until"));
    view! {
        <FieldGroup id label hint error required>
            <div class="field-row">
                <TextInput id=first name label="First day" kind="date" value=from autocomplete="off"/>
                <TextInput id=last name=until_name label="Last day" kind="date" value=until autocomplete="off"/>
            </div>
        </FieldGroup>
    }
}
