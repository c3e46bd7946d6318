//! Which country field a region belongs to.

use domain::forms::{Field, FieldKey, FieldKind, FormDefinition};
use leptos::prelude::*;

use super::{desk::Desk, model::countries_above, text_prop::ChoiceProp};

fn choices(form: &FormDefinition, key: &FieldKey) -> Vec<(String, String)> {
    let position = form.fields.iter().position(|field| field.key == *key);
    let company = form.field(key).is_some_and(Field::is_company_only);
    countries_above(form, position.unwrap_or(form.fields.len()), company)
        .map(|field| (field.key.to_string(), field.label.clone()))
        .collect()
}

#[component]
pub fn RegionBox(desk: Desk, key: FieldKey, country: Option<FieldKey>) -> impl IntoView {
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
