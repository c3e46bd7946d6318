//! The rules for a field's answers: unique, filled in, read-only, whose it is, personal; and those of options and defaults.

use domain::forms::{EditedBy, Field, FieldKey, FieldKind, Prefill, SeenBy, SystemField, Traits};
use leptos::prelude::*;

use super::{
    default_input::takes_default, default_rules::DEFAULTS, desk::Desk, option_rules::OPTIONS,
    replaces_box::ReplacesBox, rule_list::RuleList, text_prop::ChoiceProp,
};
use crate::ui::Checkbox;

#[component]
pub fn TraitsBox(desk: Desk, field: Field) -> impl IntoView {
    let ruled = !field.option_rules.is_empty() || !field.defaults.is_empty();
    let open = ruled || !field.traits.is_plain();
    let key = field.key.clone();
    let options = matches!(
        field.kind,
        FieldKind::Select { .. } | FieldKind::Radio { .. } | FieldKind::MultiSelect { .. }
    );
    let defaults = takes_default(&field.kind);
    let replaces = field.traits.replaces.clone();
    view! {
        <details class="disclosure" open=open data-part="answer-rules">
            <summary class="button" id="prop-rules">"Rules for answers"</summary>
            <div class="form form--compact">
                <Flags desk field=field.clone()/>
                {replaces.map(|replaces| view! { <ReplacesBox desk key=key.clone() replaces/> })}
                <PrefillChoice desk field=field.clone()/>
                <SeenByChoice desk field=field.clone()/>
                <EditedByChoice desk field/>
                {options.then(|| view! { <RuleList desk key=key.clone() rules=OPTIONS/> })}
                {defaults.then(|| view! { <RuleList desk key rules=DEFAULTS/> })}
            </div>
        </details>
    }
    .into_any()
}

#[component]
fn Flags(desk: Desk, field: Field) -> impl IntoView {
    let (key, traits) = (field.key.clone(), field.traits.clone());
    let unique = field.kind.can_be_unique().then(|| {
        let (key, on) = (key.clone(), traits.unique);
        view! {
            <Flag
                desk
                key
                on
                id="prop-unique"
                label="Unique"
                hint="No two deals of the program that stand may give the same answer"
                set=set_unique
            />
        }
    });
    // What nothing can fill in.
    let empty = matches!(field.kind, FieldKind::File { .. });
    let read_only = (!empty).then(|| {
        let (key, on) = (key.clone(), traits.read_only);
        view! {
            <Flag
                desk
                key
                on
                id="prop-read-only"
                label="Read only"
                hint="Shown as it is filled in; nobody can change it"
                set=set_read_only
            />
        }
    });
    view! {
        {unique}
        {read_only}
        <Flag
            desk
            key
            on=traits.personal
            id="prop-personal"
            label="Personal data"
            hint="Say in the help what it is needed for"
            set=set_personal
        />
    }
}

fn set_unique(traits: &mut Traits, on: bool) {
    traits.unique = on;
}

fn set_read_only(traits: &mut Traits, on: bool) {
    traits.read_only = on;
    if on {
        traits.edited_by = EditedBy::Partner;
    }
}

fn set_personal(traits: &mut Traits, on: bool) {
    traits.personal = on;
}

#[component]
fn Flag(
    desk: Desk,
    key: FieldKey,
    on: bool,
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    set: fn(&mut Traits, bool),
) -> impl IntoView {
    let changed = move |event| {
        let on = event_target_checked(&event);
        desk.change(&key, |field| set(&mut field.traits, on));
    };
    view! { <Checkbox id label hint checked=on on:change=changed/> }
}

#[component]
fn PrefillChoice(desk: Desk, field: Field) -> impl IntoView {
    if matches!(field.kind, FieldKind::File { .. }) {
        return view! {
            <p class="muted small" data-part="never-prefilled">"Files are never filled in from an earlier deal: every deal brings its own."</p>
        }
        .into_any();
    }
    let fitting = Prefill::ALL.into_iter().filter(|p| p.fits(&field.kind));
    let choices: Vec<(String, String)> = fitting
        .map(|p| (p.word().to_owned(), p.label().to_owned()))
        .collect();
    if choices.is_empty() {
        return ().into_any();
    }
    let value = field.traits.prefill.map_or("", Prefill::word).to_owned();
    let apply = move |word: String| {
        let chosen = Prefill::ALL.into_iter().find(|p| p.word() == word);
        desk.change(&field.key, |field| field.traits.prefill = chosen);
    };
    view! {
        <ChoiceProp
            id="prop-prefill"
            label="Prefilled from"
            choices
            value
            prompt="Nothing"
            hint="Partners may change it, unless it is read only"
            apply
        />
    }
    .into_any()
}

#[component]
fn SeenByChoice(desk: Desk, field: Field) -> impl IntoView {
    if matches!(field.kind, FieldKind::File { .. }) || field.system.is_some() {
        return ().into_any();
    }
    let choices = SeenBy::ALL
        .iter()
        .map(|s| (s.word().to_owned(), s.label().to_owned()))
        .collect();
    let value = field.traits.seen_by.word().to_owned();
    let apply = move |word: String| {
        if let Some(chosen) = SeenBy::ALL.into_iter().find(|s| s.word() == word) {
            desk.change(&field.key, |field| {
                field.traits.seen_by = chosen;
                if chosen == SeenBy::Company {
                    // Nobody else could.
                    field.traits.edited_by = EditedBy::Partner;
                }
            });
        }
    };
    view! {
        <ChoiceProp
            id="prop-seen-by"
            label="Seen by"
            choices
            value
            hint="Your own fields are filled in on the deal\u{2019}s page; partners never see them"
            apply
        />
    }
    .into_any()
}

/// Who edits a field that both sides see; and what both choices come to, as one sentence.
#[component]
fn EditedByChoice(desk: Desk, field: Field) -> impl IntoView {
    let own = field.key.clone();
    let traits = Memo::new(move |_| {
        let now = desk
            .form
            .with(|form| form.field(&own).map(|f| f.traits.clone()));
        now.unwrap_or_default()
    });
    let file = matches!(field.kind, FieldKind::File { .. });
    let asks = Memo::new(move |_| {
        traits.with(|traits| !file && traits.seen_by == SeenBy::Both && !traits.read_only)
    });
    let needed = field
        .system
        .is_some_and(|system| SystemField::NEEDED.contains(&system));
    let choice = move || {
        let key = field.key.clone();
        asks.get().then(move || {
            // What every deal needs partners give.
            let choices = EditedBy::ALL
                .iter()
                .filter(|by| !needed || **by != EditedBy::Company)
                .map(|by| (by.word().to_owned(), by.label().to_owned()))
                .collect();
            let value = traits.with_untracked(|traits| traits.edited_by.word().to_owned());
            let apply = move |word: String| {
                if let Some(chosen) = EditedBy::ALL.into_iter().find(|by| by.word() == word) {
                    desk.change(&key, |field| field.traits.edited_by = chosen);
                }
            };
            view! {
                <ChoiceProp
                    id="prop-edited-by"
                    label="Edited by"
                    choices
                    value
                    hint="The company edits answers on the deal\u{2019}s page; the partner is told"
                    apply
                />
            }
        })
    };
    view! {
        {choice}
        <p class="muted small" data-part="sides">{move || traits.with(Traits::sides)}</p>
    }
    .into_any()
}
