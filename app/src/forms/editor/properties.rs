//! Everything about the chosen field.

use domain::forms::{Field, FieldKey, FieldKind, KindName, RulePart, SystemField};
use leptos::prelude::*;

use super::{
    desk::Desk,
    kind_box::KindBox,
    kind_choice::KindChoice,
    limits_box::LimitsBox,
    model,
    rule_box::RuleChoice,
    text_prop::{ChoiceProp, TextProp},
    traits_box::TraitsBox,
};
use crate::ui::{EmptyState, TextArea};

#[component]
pub fn Properties(desk: Desk) -> impl IntoView {
    // Built anew for another field, another kind, and after a step back; not while a property is typed.
    let subject = Memo::new(move |_| {
        let key = desk.chosen.get()?;
        let kind = desk
            .form
            .with(|form| form.field(&key).map(|f| f.kind.name()))?;
        Some((key, kind, desk.turns.get()))
    });
    let found = move |key: &FieldKey| desk.form.with_untracked(|form| form.field(key).cloned());
    // Keyed, so that no input keeps what was typed or ticked for the field before.
    let name = |(key, kind, turns): &(FieldKey, KindName, u32)| format!("{key} {kind:?} {turns}");
    view! {
        <For each=move || subject.get() key=name children=move |(key, ..)| {
            found(&key).map(|field| view! { <FieldProperties desk field/> })
        }/>
        {move || subject.with(Option::is_none).then(|| view! { <EmptyState text="Choose a field to change it."/> })}
    }
}

#[component]
fn FieldProperties(desk: Desk, field: Field) -> impl IntoView {
    let answered = field.kind.is_asked();
    // The end of a group says nothing itself, and neither mark can become another kind.
    let marks_group = field.kind.marks_group();
    let ends_group = field.kind == FieldKind::GroupEnd;
    let placed = field.kind.is_text()
        || matches!(field.kind, FieldKind::Number { .. } | FieldKind::Customer);
    let published = desk.holds_key(&field);
    view! {
        <div class="form form--compact">
            <LabelBox desk field=field.clone()/>
            {(!marks_group).then(|| view! { <KindChoice desk field=field.clone()/> })}
            <KindBox desk field=field.clone()/>
            {answered.then(|| view! { <RuleChoice desk field=field.clone() part=RulePart::Required/> })}
            {(!ends_group || field.visible_when.is_some()).then(|| view! { <RuleChoice desk field=field.clone() part=RulePart::Shown/> })}
            {placed.then(|| view! { <PlaceholderBox desk key=field.key.clone() value=field.placeholder.clone()/> })}
            {answered.then(|| view! { <LimitsBox desk field=field.clone()/> })}
            {answered.then(|| view! { <TraitsBox desk field=field.clone()/> })}
            {answered.then(|| view! { <SystemChoice desk field=field.clone()/> })}
            <KeyBox desk key=field.key published/>
        </div>
    }
    .into_any()
}

#[component]
fn LabelBox(desk: Desk, field: Field) -> impl IntoView {
    let Field {
        key,
        kind,
        label,
        help,
        ..
    } = field;
    let unseen = matches!(kind, FieldKind::TextBlock { .. } | FieldKind::GroupEnd);
    let hint = unseen.then_some("Names it in the list of fields; partners do not see it");
    let help_key = key.clone();
    let apply = move |text: String| {
        let text = domain::text::clean_line(&text);
        let missing = text.is_empty().then(|| "Say what you ask for".to_owned());
        desk.change(&key, |field| field.label = text);
        missing
    };
    let on_help = move |event| {
        let text = domain::text::clean_text(&event_target_value(&event));
        desk.change(&help_key, |field| field.help = text);
    };
    view! {
        <TextProp id="prop-label" label="Label" value=label hint apply/>
        {(!unseen).then(|| view! {
            <TextArea id="prop-help" label="Help" hint="Stands under the label" value=help on:change=on_help/>
        })}
    }
}

#[component]
fn PlaceholderBox(desk: Desk, key: FieldKey, value: String) -> impl IntoView {
    let apply = move |text: String| {
        desk.change(&key, |field| {
            field.placeholder = domain::text::clean_line(&text);
        });
        None
    };
    view! { <TextProp id="prop-placeholder" label="Placeholder" value hint="Goes away while people type; help is better" apply/> }
}

/// Which of the deal's own facts this field answers.
#[component]
fn SystemChoice(desk: Desk, field: Field) -> impl IntoView {
    let fitting = SystemField::ALL
        .into_iter()
        .filter(|system| system.fits(&field.kind));
    let choices: Vec<(String, String)> = fitting
        .map(|s| (s.name().to_owned(), s.label().to_owned()))
        .collect();
    if choices.is_empty() {
        return ().into_any();
    }
    let value = field
        .system
        .map(|s| s.name().to_owned())
        .unwrap_or_default();
    let apply = move |word: String| {
        let system = SystemField::ALL
            .into_iter()
            .find(|system| system.name() == word);
        desk.change(&field.key, |field| field.system = system);
    };
    view! {
        <ChoiceProp
            id="prop-system"
            label="Answers the deal's"
            choices
            value
            prompt="Nothing: a question of your own"
            hint="Cards and lists show these facts"
            apply
        />
    }
    .into_any()
}

/// Answers, exports and stage rules name the field by its key, so it stays once partners have seen it.
#[component]
fn KeyBox(desk: Desk, key: FieldKey, published: bool) -> impl IntoView {
    if published {
        return view! { <p class="small muted">"Key: " <code>{key.to_string()}</code> ". It stays, because answers refer to it."</p> }.into_any();
    }
    let value = key.to_string();
    let apply = move |text: String| {
        let Ok(to) = FieldKey::parse(text.trim()) else {
            return Some("Use lowercase letters, digits and _, beginning with a letter".to_owned());
        };
        if desk.edit(|form| model::rename_key(form, &key, &to)) {
            desk.chosen.set(Some(to));
            None
        } else {
            Some("Another field has this key".to_owned())
        }
    };
    view! { <TextProp id="prop-key" label="Key" value hint="For exports; cannot be changed after publishing" apply/> }.into_any()
}
