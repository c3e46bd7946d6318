//! The stage editor: the program's columns and the reasons for losing.

mod faults;
mod heads;
mod model;
mod pipelines;
mod pointer;
mod reasons;
mod row;
mod rule_words;
mod rules;
mod server_fns;

use domain::errors::Why;
use domain::pipeline::StageKind;
use domain::{ProgramId, StageId};
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::error::ActionError;
use crate::gates::stage_choice;
use crate::layout::{Page, PageHeader};
use crate::problem::Problem;
use crate::ui::{
    Button, Choice, ErrorSummary, FieldError, FieldMessage, Notice, Select, TextArea, Toasts, Tone,
    Variant, awaited, focus_by_id, message_at, use_ready,
};
use faults::{LIST, LOST_REASONS};
use model::Draft;
use pipelines::Pipelines;
use pointer::{Hand, listen_to_keys};
use row::{GRIP_HELP, StageRow};
use server_fns::{StagesView, load_stages, replace_stages};

/// `/c/:program/stages`
#[component]
pub fn StagesPage() -> impl IntoView {
    let params = use_params_map();
    let program = move || {
        params.with(|params| {
            params
                .get("program")
                .and_then(|id| id.parse::<ProgramId>().ok())
        })
    };
    let stages = Resource::new(program, |program| async move {
        match program {
            Some(program) => load_stages(program).await,
            None => Err(ActionError::new(domain::ErrorCode::NotFound)),
        }
    });
    let reload = Callback::new(move |()| stages.refetch());
    view! {
        <Page>
            <PageHeader title="Stages" lead="The columns of the board, in order. Rules look at a stage's kind, never at its name."/>
            <Transition>
                {awaited(move || async move {
                    match (stages.await, program()) {
                        (Ok(view), Some(program)) if view.may_edit => view! { <Editor program view reload/> }.into_any(),
                        (Ok(view), _) => view! { <ReadOnly view/> }.into_any(),
                        (Err(error), _) => view! { <Problem error/> }.into_any(),
                    }
                })}
            </Transition>
        </Page>
    }
}

/// For those who may look only.
#[component]
fn ReadOnly(view: StagesView) -> impl IntoView {
    view! {
        <ol class="rows">
            {view
                .pipeline
                .stages
                .into_iter()
                .map(|stage| view! { <li class="rows__row"><crate::ui::StageTag name=stage.name hue=stage.hue/></li> })
                .collect_view()}
        </ol>
    }
}

#[component]
fn Editor(program: ProgramId, view: StagesView, reload: Callback<()>) -> impl IntoView {
    let draft = Draft::of(view);
    let faults = RwSignal::new(Vec::<FieldMessage>::new());
    let toasts = use_context::<Toasts>();
    let save = Action::new_local(move |(): &()| {
        let command = draft.command();
        async move {
            match replace_stages(program, command).await {
                Ok(_) => {
                    if let Some(toasts) = toasts {
                        toasts.say("Stages saved. Open boards show them now.");
                    }
                    reload.run(());
                }
                Err(error) => {
                    let found = match &error.0.why {
                        Some(Why::Pipeline(found)) => untrack(|| draft.at_fields(found)),
                        _ => vec![FieldMessage::new(LIST, error.to_string())],
                    };
                    draft.show(&found);
                    faults.set(found);
                }
            }
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let found = untrack(|| draft.faults());
        let clear = found.is_empty();
        draft.show(&found);
        faults.set(found);
        if clear {
            save.dispatch_local(());
        }
    };
    let add = move |_| {
        let id = draft.add();
        request_animation_frame(move || focus_by_id(&format!("name-{id}")));
    };
    view! {
        <form class="stack" on:submit=submit data-ready=use_ready() novalidate>
            <ErrorSummary messages=faults/>
            <FieldError id="stages-error" error=message_at(faults, LIST)/>
            <Pipelines draft faults/>
            <Rows draft faults/>
            <div class="button-row">
                <Button icon=icondata::LuPlus on:click=add>"Add a stage"</Button>
            </div>
            <Leaving draft faults/>
            <TextArea
                id=LOST_REASONS
                label="Reasons for losing"
                hint="One a line. Whoever moves a deal to a lost stage chooses one of them. A line that ends with a colon is a heading for those below it."
                bind=draft.lost_reasons
                error=message_at(faults, LOST_REASONS)
                rows=8
            />
            <div class="button-row">
                <Button variant=Variant::Primary kind="submit" busy=save.pending()>"Save stages"</Button>
            </div>
        </form>
    }
}

/// The stages in their order, which the pointer, keys and menus change.
#[component]
fn Rows(draft: Draft, faults: RwSignal<Vec<FieldMessage>>) -> impl IntoView {
    let (list, ghost) = (NodeRef::<html::Ol>::new(), NodeRef::<html::Div>::new());
    listen_to_keys(draft);
    let hand = Hand::new(draft, list, ghost);
    let (down, moved, up) = (hand.clone(), hand.clone(), hand.clone());
    let (cancelled, lost) = (hand.clone(), hand);
    let carried = Memo::new(move |_| {
        let stage = draft.drag.with(|drag| drag.held().copied())?;
        let rows = draft.rows.get();
        let row = rows.into_iter().find(|row| row.id == stage)?;
        Some(row.shown_name())
    });
    view! {
        <ol
            class="editor__rows stage-rows"
            id=LIST
            tabindex="-1"
            node_ref=list
            data-dragging=move || carried.with(Option::is_some).then_some("")
            on:pointerdown=move |event| down.down(&event)
            on:pointermove=move |event| moved.moved(&event)
            on:pointerup=move |event| up.up(&event)
            on:pointercancel=move |event| cancelled.cancelled(&event)
            on:lostpointercapture=move |event| lost.lost(&event)
        >
            <For each=move || draft.rows.get() key=|row| row.id let:row>
                <StageRow draft row faults/>
            </For>
        </ol>
        <div class="drag-ghost" node_ref=ghost aria-hidden="true" data-shown=move || carried.with(Option::is_some).then_some("")>
            {move || carried.get()}
        </div>
        <p class="visually-hidden" id=GRIP_HELP>"Press Alt and an arrow key to move the stage, or drag it. Escape cancels a drag."</p>
        <p class="visually-hidden" role="status" aria-live="polite" data-announcer="">{move || draft.said.get()}</p>
    }
}

/// Stages that go and hold deals: where shall those go?
#[component]
fn Leaving(draft: Draft, faults: RwSignal<Vec<FieldMessage>>) -> impl IntoView {
    move || {
        let mappings = draft.mappings.get();
        (!mappings.is_empty()).then(|| {
            view! {
                <Notice tone=Tone::Warn title="These stages hold deals">
                    <p>"Say where their deals go. Each move is written into the deal's history."</p>
                    {mappings
                        .into_iter()
                        .map(|(from, to)| view! { <LeavingRow draft from to faults/> })
                        .collect_view()}
                </Notice>
            }
        })
    }
}

#[component]
fn LeavingRow(
    draft: Draft,
    from: StageId,
    to: RwSignal<String>,
    faults: RwSignal<Vec<FieldMessage>>,
) -> impl IntoView {
    let old = draft.old_stage(from);
    let name = old
        .as_ref()
        .map(|stage| stage.name.clone())
        .unwrap_or_default();
    let kind = old.map_or(StageKind::Open, |stage| stage.kind);
    let label = format!("Deals in \u{201c}{name}\u{201d} go to");
    view! {
        <div class="cluster">
            {move || {
                let pipeline = draft.pipeline();
                let fitting = pipeline.stages.iter().filter(|stage| stage.kind == kind);
                let choices: Vec<Choice> = fitting.map(|stage| stage_choice(&pipeline, stage)).collect();
                let id = format!("goes-{from}");
                let error = message_at(faults, id.clone());
                view! { <Select id label=label.clone() choices prompt="Choose a stage" bind=to error/> }
            }}
            <Button variant=Variant::Quiet on:click=move |_| draft.restore(from)>"Keep the stage"</Button>
        </div>
    }
}
