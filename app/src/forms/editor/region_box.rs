//! Which country field a region belongs to.

use domain::forms::{Field, FieldKey, FieldKind, FormDefinition};
use leptos::prelude::*;

use super::{desk::Desk, model::countries_above, text_prop::ChoiceProp};

fn choices(form: &FormDefinition, key: &FieldKey) -> Vec<(String, String)> {
    let position = form.fields.iter().position(|field| field.key == *key);
    countries_above(form, position.unwrap_or(form.fields.len()))
        .map(|field| (field.key.to_string(), field.label.clone()))
        .collect()
}

#[component]
pub fn RegionBox(desk: Desk, field: Field) -> impl IntoView {
    let FieldKind::Region { country } = field.kind else {
        return ().into_any();
    };
    let key = field.key;
    let choices = desk.form.with_untracked(|form| choices(form, &key));
    if choices.is_empty() {
        return view! { <p class="small muted">"Add a country field above this one: its regions are asked here."</p> }.into_any();
    }
    let value = country.map(|key| key.to_string()).unwrap_or_default();
    let apply = move |word: String| {
        desk.change(&key, |field| {
            field.kind = FieldKind::Region {
                country: FieldKey::parse(&word).ok(),
            };
        });
    };
    view! { <ChoiceProp id="prop-country" label="Regions of" choices value prompt="Choose a country field" apply/> }
    .into_any()
}
