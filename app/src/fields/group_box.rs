//! A group of fields: its title, its help, and what stands in it.

use std::collections::BTreeSet;

use domain::forms::{Field, FieldKey, Standings};
use leptos::prelude::*;

/// Whether anything of the group is seen: its own condition is its fields' too.
pub fn any_seen(
    fields: &[Field],
    standings: Memo<Standings>,
    on_page: Option<Signal<BTreeSet<FieldKey>>>,
) -> Memo<bool> {
    let keys: Vec<FieldKey> = fields.iter().map(|field| field.key.clone()).collect();
    Memo::new(move |_| {
        let here = |key: &FieldKey| on_page.is_none_or(|page| page.with(|page| page.contains(key)));
        standings.with(|all| {
            let visible = |key: &FieldKey| all.get(key).is_some_and(|one| one.visible);
            keys.iter().any(|key| here(key) && visible(key))
        })
    })
}

/// What is not seen of it goes along unseen.
#[component]
pub fn GroupBox(id: String, head: Field, seen: Memo<bool>, children: Children) -> impl IntoView {
    let help = Some(head.help).filter(|help| !help.is_empty());
    let help_id = format!("{id}-hint");
    let described = help.is_some().then(|| help_id.clone());
    view! {
        <fieldset class="group-box" id=id aria-describedby=described hidden=move || !seen.get()>
            <legend class="group-box__title">{head.label}</legend>
            {help.map(|help| view! { <p class="group-box__help" id=help_id>{help}</p> })}
            {children()}
        </fieldset>
    }
    .into_any()
}
