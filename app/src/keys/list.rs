use domain::keys::{KeyState, KeyView};
use leptos::prelude::*;

use crate::ui::{ConfirmButton, EmptyState, Shown, Tag, Time, Tone};

/// A team's keys. `form` builds what takes a live one back.
#[component]
pub fn KeyList(keys: Vec<KeyView>, form: Callback<KeyView, AnyView>) -> impl IntoView {
    if keys.is_empty() {
        let text = "No key yet. A program of yours that reads or registers deals needs one.";
        return view! { <EmptyState icon=icondata::LuKeyRound text/> }.into_any();
    }
    let rows = keys
        .into_iter()
        .map(|key| view! { <KeyRow key form/> })
        .collect_view();
    view! { <ul class="rows">{rows}</ul> }.into_any()
}

#[component]
fn KeyRow(key: KeyView, form: Callback<KeyView, AnyView>) -> impl IntoView {
    let side = match key.state {
        KeyState::Live => form.run(key.clone()),
        KeyState::Expired { .. } => view! { <Tag text="Expired"/> }.into_any(),
        KeyState::Revoked { .. } => view! { <Tag tone=Tone::Bad text="Revoked"/> }.into_any(),
        KeyState::MakerLeft => view! { <Tag text="Its maker left"/> }.into_any(),
    };
    let when = match key.state {
        KeyState::Revoked { at } => view! { "Revoked " <Time at shown=Shown::Date/> }.into_any(),
        KeyState::Expired { at } => view! { "Ended " <Time at shown=Shown::Date/> }.into_any(),
        KeyState::Live | KeyState::MakerLeft => {
            view! { "Ends " <Time at=key.expires_at shown=Shown::Date/> }.into_any()
        }
    };
    let used = match key.last_used_at {
        Some(at) => view! { "Last used " <Time at/> }.into_any(),
        None => view! { "Never used" }.into_any(),
    };
    let mut may: Vec<&str> = vec!["Read"];
    may.extend(key.scopes.iter().map(domain::keys::KeyScope::short));
    view! {
        <li class="rows__row" data-key=key.id.to_string()>
            <div class="rows__main">
                <p class="strong clip">{key.name} " " <code class="muted small">"dbk_\u{2026}" {key.hint}</code></p>
                <p class="small">{may.join(", ")}</p>
                <p class="muted small">"Made by " {key.maker} ", " <Time at=key.created_at shown=Shown::Date/> ". " {used} ". " {when} "."</p>
            </div>
            <div class="rows__side">{side}</div>
        </li>
    }
}

/// What takes a key back; it stands inside the form that posts it.
#[component]
pub fn RevokeFields(key: KeyView) -> impl IntoView {
    let id = format!("revoke-{}", key.id);
    let label = format!("Revoke {}", key.name);
    let question = format!(
        "Whatever uses {} is refused from now on. A key that is revoked stays so.",
        key.name
    );
    view! {
        <input type="hidden" name="key" value=key.id.to_string()/>
        <ConfirmButton id verb="Revoke" label question/>
    }
}
