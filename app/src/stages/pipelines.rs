//! The designer's head: the program's pipelines, which of them is shown, and which deals enter it.

use domain::PipelineId;
use domain::forms::{Field, OperatorKind};
use domain::pipeline::{FIRST_NAME, MAX_PIPELINES};
use domain::program::Tier;
use leptos::prelude::*;

use super::faults::PIPELINES;
use super::heads::{Head, kind_of, word_of};
use super::model::Draft;
use super::rule_words::{offered, options, sentence, subjects};
use crate::ui::{
    Button, Checkbox, Choice, FieldError, FieldMessage, Select, TextInput, Variant, focus_by_id,
    message_at,
};

/// The id of the input that names a pipeline.
fn name_id(id: PipelineId) -> String {
    format!("pipeline-name-{id}")
}

/// Nothing but a button while there is one pipeline.
#[component]
pub fn Pipelines(draft: Draft, faults: RwSignal<Vec<FieldMessage>>) -> impl IntoView {
    let several = Memo::new(move |_| draft.heads.with(|heads| !heads.is_empty()));
    let full = move || draft.heads.with(Vec::len) + 1 >= MAX_PIPELINES;
    let add = move |_| {
        let id = draft.add_pipeline();
        request_animation_frame(move || focus_by_id(&name_id(id)));
    };
    view! {
        <section class="stack" id=PIPELINES tabindex="-1" aria-label="Pipelines">
            <FieldError id="pipelines-error" error=message_at(faults, PIPELINES)/>
            {move || several.get().then(|| view! {
                <Chooser draft/>
                <Shown draft faults/>
            })}
            <div class="button-row">
                <Button icon=icondata::LuPlus disabled=Signal::derive(full) on:click=add>"Add a pipeline"</Button>
            </div>
        </section>
    }
    .into_any()
}

/// One button for each pipeline; what is pressed is shown below.
#[component]
fn Chooser(draft: Draft) -> impl IntoView {
    let ids = Memo::new(move |_| {
        let heads = draft.heads.get();
        let others = heads.iter().map(|head| head.id);
        std::iter::once(PipelineId::FIRST)
            .chain(others)
            .collect::<Vec<_>>()
    });
    let name = move |id: PipelineId| {
        let name = draft.head(id).map_or(draft.first, |head| head.name).get();
        match (name.trim().is_empty(), id.is_first()) {
            (false, _) => name,
            (true, true) => FIRST_NAME.to_owned(),
            (true, false) => "New pipeline".to_owned(),
        }
    };
    view! {
        <div class="pipeline-choice">
            <div class="segments" role="group" aria-label="Pipeline to design">
                <For each=move || ids.get() key=|id| *id let:id>
                    <button
                        class="segments__item"
                        type="button"
                        aria-pressed=move || (draft.chosen.get() == id).to_string()
                        on:click=move |_| draft.choose(id)
                    >
                        {move || name(id)}
                    </button>
                </For>
            </div>
        </div>
    }
    .into_any()
}

/// Name and rule of the pipeline that is shown.
#[component]
fn Shown(draft: Draft, faults: RwSignal<Vec<FieldMessage>>) -> impl IntoView {
    let chosen = Memo::new(move |_| draft.head(draft.chosen.get()));
    move || match chosen.get() {
        None => {
            let id = name_id(PipelineId::FIRST);
            let error = message_at(faults, id.clone());
            view! {
                <TextInput id label="Name of the pipeline" bind=draft.first maxlength=60 error/>
                <p class="muted small">"All deals enter here that no rule of another pipeline takes in."</p>
            }
            .into_any()
        }
        Some(head) => view! { <HeadFields draft head faults/> }.into_any(),
    }
}

#[component]
fn HeadFields(draft: Draft, head: Head, faults: RwSignal<Vec<FieldMessage>>) -> impl IntoView {
    let id = head.id;
    let rule = format!("rule-{id}");
    let (name_error, rule_error) = (
        message_at(faults, name_id(id)),
        message_at(faults, rule.clone()),
    );
    let tiers = draft.tiers();
    let none = tiers.is_empty();
    let boxes = tiers
        .into_iter()
        .map(|tier| view! { <TierBox head tier/> })
        .collect_view();
    view! {
        <TextInput id=name_id(id) label="Name of the pipeline" bind=head.name required=true maxlength=60 error=name_error/>
        <fieldset class="fieldset" id=rule.clone() tabindex="-1">
            <legend>"Which deals enter here"</legend>
            <FieldError id=format!("{rule}-error") error=rule_error/>
            <p class="muted small">{move || sentence(head, &draft.tiers(), &draft.compared())}</p>
            {(!none).then_some(boxes)}
            <AnswerRule draft head faults/>
            <p class="muted small">
                "Asked when a deal is approved, in the order of the pipelines: the first rule that holds wins. An answer that changes later moves no deal to another pipeline."
            </p>
        </fieldset>
        <div class="button-row">
            <Button variant=Variant::Quiet on:click=move |_| draft.step_pipeline(id, false)>"Ask earlier"</Button>
            <Button variant=Variant::Quiet on:click=move |_| draft.step_pipeline(id, true)>"Ask later"</Button>
            <Button variant=Variant::Quiet icon=icondata::LuTrash2 on:click=move |_| draft.remove_pipeline(id)>"Remove this pipeline"</Button>
        </div>
    }
    .into_any()
}

#[component]
fn TierBox(head: Head, tier: Tier) -> impl IntoView {
    let on = RwSignal::new(head.tiers.with_untracked(|tiers| tiers.contains(&tier.id)));
    let id = format!("tier-{}-{}", tier.id, head.id);
    Effect::new(move |before: Option<bool>| {
        let now = on.get();
        if before.is_some_and(|before| before != now) {
            head.tiers.update(|tiers| {
                tiers.retain(|known| *known != tier.id);
                if now {
                    tiers.push(tier.id);
                }
            });
        }
        now
    });
    view! { <Checkbox id label=format!("Tier {}", tier.name) bind=on/> }
}

/// A field, how it is compared, and with what.
#[component]
fn AnswerRule(draft: Draft, head: Head, faults: RwSignal<Vec<FieldMessage>>) -> impl IntoView {
    let id = head.id;
    let field = Memo::new(move |_| {
        let key = head.field.get();
        let mut fields = draft.compared().into_iter();
        fields.find(|field| field.key.as_str() == key)
    });
    // Another field is compared in its own way.
    Effect::new(move |before: Option<String>| {
        let now = head.field.get();
        if before.is_some_and(|before| before != now) {
            let first = field.get_untracked();
            let first = first.and_then(|field| offered(&field, "").first().copied());
            head.operator
                .set(first.map(word_of).unwrap_or_default().to_owned());
            head.value.set(String::new());
        }
        now
    });
    let subjects = subjects(&draft.compared(), &head.field.get_untracked());
    view! {
        <div class="field-row">
            <Select id=format!("rule-field-{id}") label="And an answer" choices=subjects prompt="No answer is looked at" bind=head.field/>
            {move || field.get().map(|field| {
                let kinds = offered(&field, &head.operator.get_untracked());
                let choices: Vec<Choice> = kinds.into_iter().map(|kind| Choice::new(word_of(kind), kind.label())).collect();
                view! { <Select id=format!("rule-operator-{id}") label="Comparison" choices bind=head.operator/> }
            })}
            {move || {
                let error = message_at(faults, format!("rule-value-{id}"));
                field.get().and_then(|field| value_input(head, &field, error))
            }}
        </div>
    }
    .into_any()
}

fn value_input(head: Head, field: &Field, error: Signal<Option<String>>) -> Option<AnyView> {
    let kind = kind_of(&head.operator.get())?;
    if matches!(kind, OperatorKind::Filled | OperatorKind::Empty) {
        return None;
    }
    let id = format!("rule-value-{}", head.id);
    let hint = if kind == OperatorKind::OneOf {
        "Values with commas between them"
    } else {
        "A number in digits, like 10000"
    };
    Some(match options(&field.kind) {
        Some(choices) if kind != OperatorKind::OneOf => view! {
            <Select id label="Compared with" choices prompt="Choose" bind=head.value error/>
        }
        .into_any(),
        _ => view! {
            <TextInput id label="Compared with" hint bind=head.value error/>
        }
        .into_any(),
    })
}
