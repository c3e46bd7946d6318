//! The three panes and the bar above them.

use domain::{
    forms::{DefinitionFault, FieldKey},
    views::FormEditorView,
};
use leptos::prelude::*;

use super::{
    archived::Archived,
    desk::{Desk, is_narrow, row_id},
    download::DownloadLink,
    field_list::FieldList,
    hints::Hints,
    history::History,
    palette::Palette,
    preview::Preview,
    properties::Properties,
    publish::PublishButton,
    save_state::{SaveRefusal, SaveState},
    scheduling::Scheduled,
    start::StartButton,
};
use crate::ui::{Button, Dialog, DialogFoot, Notice, Tone, Variant, focus_by_id, use_ready};

#[component]
pub fn FormEditor(view: FormEditorView) -> impl IntoView {
    let today = view.today;
    let desk = Desk::new(view);
    view! {
        <div class="stack" data-part="form-editor" data-ready=use_ready()>
            <Bar desk/>
            <Scheduled desk/>
            <SaveRefusal desk/>
            <Faults desk/>
            <Hints desk/>
            <div class="editor">
                <div class="editor__pane">
                    <FieldList desk/>
                    <Palette desk/>
                    <Archived desk/>
                    <History desk/>
                </div>
                <div class="editor__pane">
                    <Preview desk today/>
                </div>
                <PropertiesPane desk/>
            </div>
            <p class="visually-hidden" role="status">{desk.said}</p>
        </div>
    }
    // Boxed: without it an unoptimised build needs more stack than a thread has.
    .into_any()
}

/// Beside the form; where there is no room, a sheet over it: at the foot of the page nobody would see what they change.
#[component]
fn PropertiesPane(desk: Desk) -> impl IntoView {
    let narrow = RwSignal::new(false);
    Effect::new(move |_| {
        let look = move || {
            if narrow.get_untracked() != is_narrow() {
                narrow.set(is_narrow());
            }
        };
        look();
        let resized = window_event_listener(leptos::ev::resize, move |_| look());
        on_cleanup(move || resized.remove());
    });
    let closed = Callback::new(move |()| {
        // The row may have been drawn anew, so the dialog does not find the way back by itself.
        if let Some(key) = desk.chosen.get_untracked() {
            request_animation_frame(move || focus_by_id(&row_id(&key)));
        }
    });
    move || {
        if narrow.get() {
            view! {
                <Dialog id="properties" title="Properties" open=desk.sheet on_close=closed>
                    <Properties desk/>
                    <DialogFoot>
                        <Button variant=Variant::Primary on:click=move |_| desk.sheet.set(false)>"Done"</Button>
                    </DialogFoot>
                </Dialog>
            }
            .into_any()
        } else {
            view! {
                <section class="editor__pane" data-sticky aria-labelledby="properties-title">
                    <h2 id="properties-title">"Properties"</h2>
                    <Properties desk/>
                </section>
            }
            .into_any()
        }
    }
}

/// Shows the field's properties, and goes to the input of that id.
pub fn lead_to(desk: Desk, key: FieldKey, property: &'static str) {
    desk.choose(key);
    request_animation_frame(move || focus_by_id(property));
}

#[component]
fn Bar(desk: Desk) -> impl IntoView {
    let (can_undo, can_redo) = (desk.can_undo(), desk.can_redo());
    let no_undo = Signal::derive(move || !can_undo.get());
    let no_redo = Signal::derive(move || !can_redo.get());
    view! {
        <div class="editor__bar">
            <span class="muted">{move || format!("Version {} is in use", desk.published.with(|v| v.number))}</span>
            <SaveState desk/>
            <Button variant=Variant::Quiet small=true icon=icondata::LuUndo2 disabled=no_undo on:click=move |_| desk.undo()>"Undo"</Button>
            <Button variant=Variant::Quiet small=true icon=icondata::LuRedo2 disabled=no_redo on:click=move |_| desk.redo()>"Redo"</Button>
            <StartButton desk/>
            <DownloadLink desk/>
            <PublishButton desk/>
        </div>
    }
}

/// What keeps the draft from being published; a press leads to the field.
#[component]
fn Faults(desk: Desk) -> impl IntoView {
    let faults = desk.faults;
    move || {
        let faults = faults.get();
        (!faults.is_empty()).then(|| {
            let lines = faults.into_iter().map(|fault| view! { <li><FaultLine desk fault/></li> }).collect_view();
            view! { <Notice tone=Tone::Warn title="Before this form can be published"><ul>{lines}</ul></Notice> }
        })
    }
}

#[component]
fn FaultLine(desk: Desk, fault: DefinitionFault) -> impl IntoView {
    let text = fault.text();
    match fault.field {
        Some(key) => {
            view! {
                <button class="editor__fault" type="button" on:click=move |_| lead_to(desk, key.clone(), "prop-label")>{text}</button>
            }
            .into_any()
        }
        None => text.into_any(),
    }
}
