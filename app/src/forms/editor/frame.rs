//! The frame round each field of the canvas: choose it, move it, and see at a glance what is special about it.

use domain::forms::{Field, FieldKey, FormDefinition, KindName, Requirement, clause_with};
use leptos::{ev::MouseEvent, prelude::*};

use super::{
    desk::{Desk, frame_id, row_id},
    doing::grip_id,
    drag::{Drag, Load},
    frame_menu::FrameMenu,
    grouping, moving,
    presence::who,
};
use crate::fields::{FieldFrame, Framed};
use crate::ui::{Icon, Tag, Tone};

/// How a grip is used, said once for all of them.
pub const GRIP_HELP: &str = "grip-help";

/// What a frame shows; a change of any of it draws the canvas anew.
struct Line {
    label: String,
    /// Whether it stands in a group.
    grouped: bool,
    kind: KindName,
    /// Its conditions in words; empty when it has none.
    when: String,
    needed: Option<&'static str>,
    conditional: bool,
    /// The page that it begins, counted from 1.
    page: Option<usize>,
    /// What else there is to it, each in a word or two.
    marks: Vec<&'static str>,
}

impl Line {
    fn of(field: &Field, form: &FormDefinition, desk: Desk) -> Self {
        Self {
            label: grouping::label_in_list(field, form),
            grouped: form.group_of(&field.key).is_some(),
            kind: field.kind.name(),
            when: when(field, form, desk),
            needed: match field.required {
                Requirement::Never => None,
                Requirement::Always => Some("Mandatory"),
                Requirement::When(_) => Some("Sometimes mandatory"),
            },
            conditional: field.visible_when.is_some(),
            page: moving::page_begun(form, &field.key),
            marks: marks(field),
        }
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

fn when(field: &Field, form: &FormDefinition, desk: Desk) -> String {
    let read = |rule| {
        desk.tiers
            .with_value(|tiers| clause_with(rule, form, tiers))
    };
    let shown = field.visible_when.as_ref();
    let shown = shown.map(|rule| format!("Shown when {}", read(rule)));
    let needed = if let Requirement::When(rule) = &field.required {
        Some(format!("Answer needed when {}", read(rule)))
    } else {
        None
    };
    let parts: Vec<String> = shown.into_iter().chain(needed).collect();
    parts.join(". ")
}

/// For the renderer, which knows no designer.
pub fn frames(desk: Desk) -> FieldFrame {
    Callback::new(move |framed: Framed| view! { <Frame desk framed/> }.into_any())
}

#[component]
fn Frame(desk: Desk, framed: Framed) -> impl IntoView {
    let Framed {
        key,
        visible,
        inner,
    } = framed;
    let line = desk
        .form
        .with_untracked(|form| form.field(&key).map(|field| Line::of(field, form, desk)));
    let Some(line) = line else { return inner };
    // What a menu holds is made once somebody comes near: a long form has many.
    let near = RwSignal::new(false);
    let come = move || {
        if !near.get_untracked() {
            near.set(true);
        }
    };
    let (here, own) = (key.clone(), key.clone());
    let current = move || (desk.chosen.get().as_ref() == Some(&here)).then_some("true");
    let lifted = move || {
        desk.side()
            .drag
            .with(|drag| drag.held() == Some(&Load::Field(own.clone())))
            .then_some("")
    };
    let hidden = (!visible).then_some("");
    let grouped = line.grouped.then_some("");
    let body = if visible {
        inner
    } else {
        view! { <p class="frame__hidden"><Icon icon=icondata::LuEyeOff size="small"/>"Hidden by these answers"</p> }
            .into_any()
    };
    let picked = key.clone();
    view! {
        <div
            class="frame"
            role="listitem"
            id=frame_id(&key)
            data-field=key.to_string()
            data-hidden=hidden
            data-grouped=grouped
            data-lifted=lifted
            data-drop=drop_side(desk, key.clone())
            aria-current=current
            on:pointerenter=move |_| come()
            on:focusin=move |_| come()
        >
            <Head desk key=key.clone() line near/>
            <div class="frame__body" on:click=move |event| pick(desk, &picked, &event)>{body}</div>
        </div>
    }
    .into_any()
}

/// A press on what the partner sees chooses the field too.
fn pick(desk: Desk, key: &FieldKey, event: &MouseEvent) {
    let chosen = desk
        .chosen
        .with_untracked(|chosen| chosen.as_ref() == Some(key));
    if !chosen && !event.default_prevented() {
        desk.chosen.set(Some(key.clone()));
    }
}

/// On which side of it something would be dropped.
fn drop_side(desk: Desk, key: FieldKey) -> impl Fn() -> Option<&'static str> + Send + 'static {
    let side = Memo::new(move |_| {
        desk.side().drag.with(|drag| {
            // Nothing in the hand, which is nearly always: then no form is looked at.
            if matches!(drag, Drag::Idle) {
                return None;
            }
            let mark = desk.form.with(|form| drag.mark(form));
            mark.filter(|(at, _)| *at == key)
                .map(|(_, edge)| edge.word())
        })
    });
    move || side.get()
}

#[component]
fn Head(desk: Desk, key: FieldKey, line: Line, near: RwSignal<bool>) -> impl IntoView {
    let described = Some(line.when.clone()).filter(|when| !when.is_empty());
    let (chosen, pressed) = (key.clone(), key.clone());
    view! {
        <div class="frame__head">
            <button
                class="frame__grip"
                type="button"
                id=grip_id(&key)
                aria-describedby=GRIP_HELP
                title="Drag, or Alt and an arrow key"
                on:click=move |_| desk.chosen.set(Some(pressed.clone()))
            >
                <Icon icon=icondata::LuGripVertical/>
                <span class="visually-hidden">{format!("Move {}", line.label)}</span>
            </button>
            <span class="frame__kind"><Icon icon=super::palette::icon(line.kind) size="small"/>{line.kind.label()}</span>
            <button
                class="frame__choose"
                type="button"
                id=row_id(&key)
                aria-description=described
                on:click=move |_| desk.choose(chosen.clone())
            >
                <span class="visually-hidden">{line.label.clone()}</span>
            </button>
            <Badges desk key=key.clone() line/>
            <FrameMenu desk key near/>
        </div>
    }
    .into_any()
}

#[component]
fn Badges(desk: Desk, key: FieldKey, line: Line) -> impl IntoView {
    let own = key.clone();
    let faulty = Memo::new(move |_| {
        desk.faults
            .with(|faults| faults.iter().any(|f| f.field.as_ref() == Some(&own)))
    });
    let people = move || {
        let others = desk.side().others.get();
        let here = others
            .into_iter()
            .filter(|other| other.field.as_ref() == Some(&key));
        here.map(|other| view! { <Tag text=who(&other) tone=Tone::Info icon=icondata::LuUsers/> })
            .collect_view()
    };
    view! {
        <span class="frame__badges">
            {people}
            {move || faulty.get().then(|| view! { <Tag text="Has a problem" tone=Tone::Bad icon=icondata::LuCircleAlert/> })}
            {line.page.map(|page| view! { <Tag text=format!("Page {page}") icon=icondata::LuFileStack/> })}
            {line.conditional.then(|| view! { <span title=line.when><Tag text="Conditional" icon=icondata::LuGitBranch/></span> })}
            {line.marks.into_iter().map(|text| view! { <Tag text/> }).collect_view()}
            {line.needed.map(|needed| view! { <Tag text=needed icon=icondata::LuAsterisk/> })}
        </span>
    }
    .into_any()
}
