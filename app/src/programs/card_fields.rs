use domain::ProgramId;
use domain::forms::FieldKey;
use domain::views::CardFieldsView;
use leptos::prelude::*;

use super::server_fns::{ChooseCardFields, load_card_fields};
use crate::sent::{Sent, SentErrors};
use crate::ui::{Button, Choice, Notice, Select, Tone, awaited, use_ready};

/// Names of the inputs, and what they are called.
const LINES: [(&str, &str); 3] = [
    ("first", "First line"),
    ("second", "Second line"),
    ("third", "Third line"),
];

/// Which answers of the form stand on the cards of the board, for both sides.
#[component]
pub fn CardFields(program: ProgramId) -> impl IntoView {
    let fields = Resource::new(|| (), move |()| load_card_fields(program));
    view! {
        <section class="settings__group" aria-labelledby="card-fields">
            <h2 id="card-fields">"Cards of the board"</h2>
            <p class="muted">
                "Up to three answers of the form that cards show below the customer, the value and the dates. Partners see them too."
            </p>
            <Transition>
                {awaited(move || async move {
                    match fields.await {
                        Ok(view) => view! { <CardFieldsForm program view/> }.into_any(),
                        Err(error) => {
                            view! { <Notice tone=Tone::Bad role="alert"><p>{error.0.text()}</p></Notice> }.into_any()
                        }
                    }
                })}
            </Transition>
        </section>
    }
}

#[component]
fn CardFieldsForm(program: ProgramId, view: CardFieldsView) -> impl IntoView {
    let action = ServerAction::<ChooseCardFields>::new();
    let sent = Sent::of(action, "card-");
    let saved = move || matches!(action.value().get(), Some(Ok(_)));
    // What the form's values come from: the loaded fields, then those that this form has saved.
    let before = RwSignal::new(joined(&view.chosen));
    let at_first = before.get_untracked();
    Effect::new(move |_| {
        if let Some(Ok(chosen)) = action.value().get() {
            before.set(joined(&chosen));
        }
    });
    let lines = LINES
        .iter()
        .enumerate()
        .map(|(place, (name, label))| {
            let choices = view
                .offered
                .iter()
                .map(|(key, label)| Choice::new(key.to_string(), label.clone()))
                .collect::<Vec<_>>();
            let value = view.chosen.get(place).map(ToString::to_string);
            view! {
                <Select
                    id=sent.id(name)
                    name=*name
                    label=*label
                    choices
                    prompt="Nothing"
                    value=value.unwrap_or_default()
                    error=sent.at(*name)
                />
            }
        })
        .collect_view();
    view! {
        <SentErrors sent/>
        {move || saved().then(|| view! { <Notice tone=Tone::Good role="status">"Saved."</Notice> })}
        <ActionForm action attr:class="form" attr:novalidate="" attr:data-ready=use_ready()>
            <input type="hidden" name="program" value=program.to_string()/>
            <input type="hidden" name="before" value=at_first prop:value=move || before.get()/>
            <div class="field-row">{lines}</div>
            <div class="button-row">
                <Button kind="submit" busy=action.pending()>"Save card lines"</Button>
            </div>
        </ActionForm>
    }
}

/// As the form posts them.
fn joined(keys: &[FieldKey]) -> String {
    let keys: Vec<&str> = keys.iter().map(FieldKey::as_str).collect();
    keys.join(",")
}
