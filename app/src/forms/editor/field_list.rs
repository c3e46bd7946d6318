//! The fields in their order: choose, move, remove.

use domain::forms::{Field, FieldKey, FormDefinition, KindName, Requirement, sentence};
use leptos::prelude::*;

use super::{
    desk::{Desk, row_id},
    model::{self, Way},
};
use crate::ui::{Button, Icon, Tag, Variant, focus_by_id};

/// What a row shows; the row is drawn anew only when this changes.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Line {
    key: FieldKey,
    label: String,
    required: &'static str,
    kind: &'static str,
    /// Its conditions in words; empty when it has none.
    when: String,
    /// What else there is to it, each in a word or two.
    marks: Vec<&'static str>,
}

fn line(field: &Field, form: &FormDefinition) -> Line {
    let required = match field.required {
        Requirement::Never => "",
        Requirement::Always => " *",
        Requirement::When(_) => " (*)",
    };
    Line {
        key: field.key.clone(),
        label: field.label.clone(),
        required,
        kind: field.kind.name().label(),
        when: when(field, form),
        marks: marks(field),
    }
}

fn marks(field: &Field) -> Vec<&'static str> {
    let traits = &field.traits;
    let marks = [
        (field.is_company_only(), "Company only"),
        (traits.unique, "Unique"),
        (traits.read_only, "Read only"),
        (traits.prefill.is_some(), "Prefilled"),
        (traits.personal, "Personal data"),
        (!field.option_rules.is_empty(), "Options vary"),
        (!field.defaults.is_empty(), "Default varies"),
    ];
    let marks = marks.into_iter().filter(|(has, _)| *has);
    marks.map(|(_, text)| text).collect()
}

fn when(field: &Field, form: &FormDefinition) -> String {
    let shown = field.visible_when.as_ref();
    let shown = shown.map(|c| format!("Shown when {}", sentence(c, form)));
    let needed = if let Requirement::When(c) = &field.required {
        Some(format!("Answer needed when {}", sentence(c, form)))
    } else {
        None
    };
    let parts: Vec<String> = shown.into_iter().chain(needed).collect();
    parts.join(". ")
}

#[component]
pub fn FieldList(desk: Desk) -> impl IntoView {
    let lines = Memo::new(move |_| {
        desk.form.with(|form| {
            form.fields
                .iter()
                .map(|f| line(f, form))
                .collect::<Vec<_>>()
        })
    });
    view! {
        <section class="section" aria-labelledby="fields-title">
            <h2 id="fields-title">"Fields"</h2>
            <div class="editor__rows" role="list">
                <For each=move || lines.get() key=Clone::clone let:line>
                    <FieldRow desk line/>
                </For>
            </div>
        </section>
    }
}

#[component]
fn FieldRow(desk: Desk, line: Line) -> impl IntoView {
    let Line {
        key,
        label,
        required,
        kind,
        when,
        marks,
    } = line;
    let (own, here) = (key.clone(), key.clone());
    let faulty = Memo::new(move |_| {
        desk.faults
            .with(|faults| faults.iter().any(|f| f.field.as_ref() == Some(&own)))
    });
    let current = move || (desk.chosen.get().as_ref() == Some(&here)).then_some("true");
    let kind_name = KindName::ALL
        .into_iter()
        .find(|name| name.label() == kind)
        .unwrap_or(KindName::Text);
    let (up, down, gone, chosen) = (key.clone(), key.clone(), key.clone(), key.clone());
    let shown_label = label.clone();
    let described = Some(when.clone()).filter(|when| !when.is_empty());
    view! {
        <div class="editor__row" role="listitem" aria-current=current>
            <Icon icon=super::palette::icon(kind_name)/>
            <button class="editor__name" type="button" id=row_id(&key) aria-description=described on:click=move |_| desk.choose(chosen.clone())>
                {shown_label}
                {required}
            </button>
            {move || faulty.get().then(|| view! { <span class="field__error"><Icon icon=icondata::LuCircleAlert size="small"/><span class="visually-hidden">"Has a problem"</span></span> })}
            <span class="editor__kind">{kind}</span>
            <Marks when marks/>
            <MoveButton desk key=up label=label.clone() way=Way::Up/>
            <MoveButton desk key=down label=label.clone() way=Way::Down/>
            <Button
                variant=Variant::Quiet
                small=true
                square=true
                icon=icondata::LuTrash2
                label=format!("Remove {label}")
                on:click=move |_| remove(desk, &gone)
            />
        </div>
    }
}

#[component]
fn Marks(when: String, marks: Vec<&'static str>) -> impl IntoView {
    if when.is_empty() && marks.is_empty() {
        return None;
    }
    let conditional =
        (!when.is_empty()).then(|| view! { <Tag text="Conditional" icon=icondata::LuGitBranch/> });
    let marks = marks.into_iter().map(|text| view! { <Tag text/> });
    let marks = marks.collect_view();
    Some(view! { <span class="editor__when" title=when>{conditional}{marks}</span> })
}

#[component]
fn MoveButton(desk: Desk, key: FieldKey, label: String, way: Way) -> impl IntoView {
    let (word, icon) = match way {
        Way::Up => ("up", icondata::LuArrowUp),
        Way::Down => ("down", icondata::LuArrowDown),
    };
    let id = format!("move-{word}-{key}");
    let again = id.clone();
    let name = label.clone();
    let step = move |_| {
        let Some(place) = desk.edit(|form| model::shift(form, &key, way)) else {
            return;
        };
        let count = desk.form.with_untracked(|form| form.fields.len());
        desk.said.set(format!("{name}, {place} of {count}"));
        // The row moved, and a moved element loses the focus.
        let id = again.clone();
        request_animation_frame(move || focus_by_id(&id));
    };
    view! {
        <Button variant=Variant::Quiet small=true square=true icon label=format!("Move {label} {word}") attr:id=id on:click=step/>
    }
}

fn remove(desk: Desk, key: &FieldKey) {
    let (label, dependants) = desk.form.with_untracked(|form| {
        (
            form.field(key).map(|f| f.label.clone()).unwrap_or_default(),
            model::dependants(form, key),
        )
    });
    let next = desk.edit(|form| model::remove(form, key));
    desk.chosen.set(next);
    desk.said.set(if dependants.is_empty() {
        format!("{label} removed. Undo brings it back.")
    } else {
        format!(
            "{label} removed. These look at it and need another condition: {}.",
            dependants.join(", ")
        )
    });
}
