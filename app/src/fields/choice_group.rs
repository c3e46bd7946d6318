//! One or several of a short list, each in sight: radios, or boxes.

use leptos::prelude::*;

use super::field_group::FieldGroup;
use crate::ui::Checkbox;

#[component]
pub fn ChoiceGroup(
    id: String,
    name: String,
    label: String,
    hint: Option<String>,
    #[prop(into)] error: Signal<Option<String>>,
    required: bool,
    /// Value and label.
    options: Vec<(String, String)>,
    chosen: Vec<String>,
    #[prop(optional)] several: bool,
) -> impl IntoView {
    let first = id.clone();
    let choices = options
        .into_iter()
        .enumerate()
        .map(move |(position, (value, label))| {
            let id = if position == 0 {
                first.clone()
            } else {
                format!("{first}-{position}")
            };
            let (name, checked) = (name.clone(), chosen.contains(&value));
            if several {
                view! { <Checkbox id name label value checked/> }.into_any()
            } else {
                view! { <Radio id name label value checked/> }.into_any()
            }
        });
    let choices = choices.collect_view();
    let role = if several { "group" } else { "radiogroup" };
    view! {
        <FieldGroup id label hint error required role>
            <div class="choices">{choices}</div>
        </FieldGroup>
    }
}

#[component]
fn Radio(id: String, name: String, label: String, value: String, checked: bool) -> impl IntoView {
    let for_id = id.clone();
    view! {
        <label class="checkbox" for=for_id>
            <input type="radio" id=id name=name value=value checked=checked/>
            <span>{label}</span>
        </label>
    }
}
