//! What a stage says to partners and asks of deals: opened row by row, because there may be many stages and many fields.

use domain::forms::FieldKey;
use domain::pipeline::{MAX_DESCRIPTION, Movers};
use leptos::prelude::*;

use super::model::{Draft, Row};
use crate::ui::{
    Checkbox, Choice, FieldError, FieldMessage, Icon, Select, TextArea, TextInput, message_at,
};

#[component]
pub fn StageRules(draft: Draft, row: Row, faults: RwSignal<Vec<FieldMessage>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let inputs = ["description", "wip", "fields"].map(|input| format!("{input}-{}", row.id));
    // What is wrong inside is shown: a message leads to its input.
    Effect::new(move |_| {
        let inside = faults.with(|faults| faults.iter().any(|f| inputs.contains(&f.field_id)));
        if inside {
            open.set(true);
        }
    });
    let region = format!("rules-{}", row.id);
    let controls = region.clone();
    view! {
        <div class="stage-row__more">
            <button
                class="stage-row__toggle"
                type="button"
                aria-expanded=move || open.get().to_string()
                aria-controls=controls
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon icon=icondata::LuChevronDown size="small"/>
                "Description and rules"
                <span class="visually-hidden">{move || format!(" of {}", row.shown_name())}</span>
            </button>
            <span class="muted small">{move || row.rules_in_words()}</span>
            <div class="stage-row__rules" id=region hidden=move || !open.get()>
                {move || open.get().then(|| view! { <Inputs draft row faults/> })}
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Inputs(draft: Draft, row: Row, faults: RwSignal<Vec<FieldMessage>>) -> impl IntoView {
    let id = move |input: &str| format!("{input}-{}", row.id);
    let error = move |input: &str| message_at(faults, id(input));
    let movers = || {
        let all = Movers::ALL.iter();
        all.map(|word| Choice::new(word.as_str(), word.label()))
            .collect::<Vec<_>>()
    };
    view! {
        <TextArea
            id=id("description")
            label="Description"
            hint="Partners read it at the column."
            bind=row.description
            maxlength=u32::try_from(MAX_DESCRIPTION).unwrap_or(u32::MAX)
            rows=2
            error=error("description")
        />
        <TextInput
            id=id("wip")
            label="Deals at once (hint)"
            hint="The column says when it holds more. Nothing is refused for it."
            bind=row.wip_hint
            inputmode="numeric"
            width="short"
            error=error("wip")
        />
        <div class="field-row">
            <Select id=id("moves-in") label="Who moves deals in" choices=movers() bind=row.moves_in/>
            <Select id=id("moves-out") label="Who moves deals out" choices=movers() bind=row.moves_out/>
        </div>
        <fieldset class="fieldset" id=id("fields") tabindex="-1">
            <legend>"When a partner moves a deal in, ask for"</legend>
            <FieldError id=id("fields-error") error=error("fields")/>
            <Checkbox id=id("note") label="A note" bind=row.note/>
            <Checkbox id=id("file") label="A file, in the form or in a message" bind=row.file/>
            <Fields draft row/>
        </fieldset>
    }
    .into_any()
}

/// What the stage asks for and the form in use does not ask partners any more: only deals of older versions are asked for it. It is
/// shown so that it can be taken out.
fn gone(asked: &[FieldKey], known: &[(FieldKey, String)]) -> Vec<(FieldKey, String)> {
    let gone = asked
        .iter()
        .filter(|key| known.iter().all(|(other, _)| other != *key));
    gone.map(|key| {
        let label = format!("{key} (the form does not ask it any more: of older deals only)");
        (key.clone(), label)
    })
    .collect()
}

/// The fields of the form in use that partners answer.
#[component]
fn Fields(draft: Draft, row: Row) -> impl IntoView {
    let known = draft.fields();
    let gone = gone(&row.fields.get_untracked(), &known);
    let fields = known.into_iter().chain(gone);
    fields
        .map(|(key, label)| view! { <FieldBox row key=key label/> })
        .collect_view()
}

#[component]
fn FieldBox(row: Row, key: FieldKey, label: String) -> impl IntoView {
    let on = RwSignal::new(row.fields.with_untracked(|fields| fields.contains(&key)));
    let id = format!("asks-{key}-{}", row.id);
    Effect::new(move |before: Option<bool>| {
        let now = on.get();
        if before.is_some_and(|before| before != now) {
            row.fields.update(|fields| {
                fields.retain(|field| *field != key);
                if now {
                    fields.push(key.clone());
                }
            });
        }
        now
    });
    view! { <Checkbox id label bind=on/> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_that_the_form_lost_can_be_taken_out_of_the_rules() {
        let key = |name: &str| FieldKey::parse(name).unwrap();
        let known = [(key("need"), "Need".to_owned())];
        let gone = gone(&[key("need"), key("budget")], &known);
        assert_eq!(gone.len(), 1);
        assert_eq!(gone[0].0, key("budget"));
        assert!(
            gone[0]
                .1
                .starts_with("budget (the form does not ask it any more")
        );
    }
}
