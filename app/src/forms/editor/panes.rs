//! The three panes and the bar above them.

use domain::{
    forms::{DefinitionFault, FieldKey, FormDefinition},
    views::FormEditorView,
};
use leptos::{html, prelude::*};

use super::{
    archived::Archived,
    canvas::{Canvas, Press},
    desk::{Desk, is_narrow, row_id},
    download::DownloadLink,
    drag::Load,
    hints::Hints,
    history::History,
    keys,
    palette::Palette,
    pointer::Hand,
    presence::use_presence,
    properties::Properties,
    publish::PublishButton,
    save_state::{SaveRefusal, SaveState},
    scheduling::Scheduled,
    side::Pane,
    start::StartButton,
};
use crate::ui::{Button, Dialog, DialogFoot, Notice, Tone, Variant, focus_by_id, use_ready};

#[component]
pub fn FormEditor(view: FormEditorView) -> impl IntoView {
    let desk = Desk::new(view);
    use_presence(desk);
    view! {
        <div class="stack" data-part="form-editor" data-ready=use_ready()>
            <Bar desk/>
            <Scheduled desk/>
            <SaveRefusal desk/>
            <Faults desk/>
            <Hints desk/>
            <PaneChoice desk/>
            <Panes desk/>
            <p class="visually-hidden" role="status">{desk.said}</p>
        </div>
    }
    // Boxed: without it an unoptimised build needs more stack than a thread has.
    .into_any()
}

/// Where one pane is shown at a time.
#[component]
fn PaneChoice(desk: Desk) -> impl IntoView {
    let pane = desk.side().pane;
    let choices = Pane::ALL.map(|own| {
        let pressed = Signal::derive(move || pane.get() == own);
        view! { <Press text=own.label() pressed press=Callback::new(move |()| pane.set(own))/> }
    });
    view! {
        <div class="segments editor__panes" role="group" aria-label="Panes">
            {choices.into_iter().collect_view()}
        </div>
    }
    .into_any()
}

#[component]
fn Panes(desk: Desk) -> impl IntoView {
    let (root, ghost) = (NodeRef::<html::Div>::new(), NodeRef::<html::Div>::new());
    keys::listen(desk, root);
    let hand = Hand::new(desk, root, ghost);
    let (down, moved, up) = (hand.clone(), hand.clone(), hand.clone());
    let (cancelled, lost) = (hand.clone(), hand);
    let drag = desk.side().drag;
    let held = Memo::new(move |_| drag.with(|drag| drag.held().cloned()));
    let dragging = move || held.with(Option::is_some).then_some("");
    view! {
        <div
            class="editor"
            node_ref=root
            data-pane=move || desk.side().pane.get().word()
            data-dragging=dragging
            on:pointerdown=move |event| down.down(&event)
            on:pointermove=move |event| moved.moved(&event)
            on:pointerup=move |event| up.up(&event)
            on:pointercancel=move |event| cancelled.cancelled(&event)
            on:lostpointercapture=move |event| lost.lost(&event)
        >
            <div class="editor__pane editor__side" data-sticky>
                <Palette desk/>
                <Archived desk/>
                <History desk/>
            </div>
            <div class="editor__pane">
                <Canvas desk/>
            </div>
            <PropertiesPane desk/>
            <div class="drag-ghost" node_ref=ghost aria-hidden="true" data-shown=dragging>
                {move || held.get().map(|load| name(desk, &load))}
            </div>
        </div>
    }
    .into_any()
}

/// What is carried, as it is called.
fn name(desk: Desk, load: &Load) -> String {
    match load {
        Load::Kind(kind) => kind.label().to_owned(),
        Load::Field(key) => {
            let label = |form: &FormDefinition| form.field(key).map(|f| f.label.clone());
            desk.form.with_untracked(label).unwrap_or_default()
        }
    }
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
                <Dialog id="properties" title="Properties" open=desk.side().sheet on_close=closed>
                    <div class="editor__properties"><Properties desk/></div>
                    <DialogFoot>
                        <Button variant=Variant::Primary on:click=move |_| desk.side().sheet.set(false)>"Done"</Button>
                    </DialogFoot>
                </Dialog>
            }
            .into_any()
        } else {
            view! {
                <section class="editor__pane editor__properties" data-sticky aria-labelledby="properties-title">
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
            <Others others=desk.side().others form=desk.form what="this form"/>
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
