//! What the plain form of a move asks: where to, and what that stage asks for.

use domain::StageId;
use domain::deals::MoveGate;
use domain::pipeline::{Pipeline, StageKind};
use leptos::prelude::*;

use super::move_form::Movable;
use super::source::Source;
use crate::gates::{WIN_LOCKS, lost_reasons, max_reason, stage_choice};
use crate::sent::Sent;
use crate::ui::{Checkbox, Choice, FieldError, Select, TextArea};

#[component]
pub fn MoveFields(
    source: Source,
    movable: Movable,
    pipeline: Pipeline,
    /// The stage that the form is for, when it is for one that asks something, and what it asks.
    asked: Option<(StageId, MoveGate)>,
    to: Option<StageId>,
    sent: Sent,
) -> impl IntoView {
    // Only the company's override leads into another pipeline.
    let own = pipeline.pipeline_of(movable.stage);
    let pipeline = if source.is_company() {
        pipeline
    } else {
        pipeline.only(own)
    };
    let questions = match asked {
        Some((stage, gate)) => view! {
            <input type="hidden" name="form[to_stage]" value=stage.to_string()/>
            <Asked gate pipeline sent/>
        }
        .into_any(),
        None => view! { <AnyStage movable=movable.clone() pipeline to sent/> }.into_any(),
    };
    let why = source.is_company().then(|| {
        view! {
            <TextArea
                id=sent.id("reason")
                name="form[override_reason]"
                label="Reason for the override"
                hint="The partner reads it, and the history keeps it."
                required=true
                maxlength=max_reason()
                error=sent.at("reason")
            />
        }
    });
    view! {
        <input type="hidden" name="form[door]" value=source.door()/>
        <input type="hidden" name="form[deal]" value=movable.deal.to_string()/>
        <input type="hidden" name="form[version]" value=movable.version.to_string()/>
        {questions}
        {why}
    }
}

/// Only what that stage asks.
#[component]
fn Asked(gate: MoveGate, pipeline: Pipeline, sent: Sent) -> impl IntoView {
    match gate {
        // What its own rules ask is asked on a page of its own.
        MoveGate::Free | MoveGate::AskEntry => ().into_any(),
        MoveGate::AskLostReason => view! { <WhyLost pipeline sent/> }.into_any(),
        MoveGate::ConfirmWin => view! {
            <p>{WIN_LOCKS}</p>
            <input type="hidden" name="form[win_confirmed]" value="true"/>
        }
        .into_any(),
    }
}

/// The stage is chosen here. Without the app all that any stage asks stands there, under the stages' names; with it, what
/// the chosen one asks.
#[component]
fn AnyStage(
    movable: Movable,
    pipeline: Pipeline,
    to: Option<StageId>,
    sent: Sent,
) -> impl IntoView {
    let others = pipeline
        .stages
        .iter()
        .filter(|stage| Some(stage.id) != movable.stage);
    let stages: Vec<_> = others.map(|stage| stage_choice(&pipeline, stage)).collect();
    let places = vec![
        Choice::new("top", "Top of the column"),
        Choice::new("bottom", "Bottom of the column"),
    ];
    let (lost, won) = (
        heading(&pipeline, StageKind::Lost),
        heading(&pipeline, StageKind::Won),
    );
    let chosen = RwSignal::new(to.map(|to| to.to_string()).unwrap_or_default());
    let awake = RwSignal::new(false);
    Effect::new(move |_| awake.set(true));
    let kinds = pipeline.clone();
    let kind = Memo::new(move |_| {
        let id = chosen.get().parse().ok()?;
        kinds.find(id).map(|stage| stage.kind)
    });
    let hides = move |of: StageKind| awake.get() && kind.get() != Some(of);
    view! {
        <div class="field-row">
            <Select
                id=sent.id("to_stage")
                name="form[to_stage]"
                label="Move to"
                choices=stages
                prompt="Choose a stage"
                required=true
                bind=chosen
                error=sent.at("to_stage")
            />
            <Select id=sent.id("place") name="form[place]" label="Place" choices=places/>
        </div>
        <fieldset class="fieldset" hidden=move || hides(StageKind::Lost)>
            <legend>{lost}</legend>
            <WhyLost pipeline sent/>
        </fieldset>
        <fieldset class="fieldset" hidden=move || hides(StageKind::Won)>
            <legend>{won}</legend>
            <FieldError id="move-won-error" error=sent.at("won")/>
            <Checkbox
                id=sent.id("won")
                name="form[win_confirmed]"
                label="Yes, it is won"
                hint=WIN_LOCKS
                invalid=Signal::derive(move || sent.at("won").get().is_some())
            />
        </fieldset>
    }
}

/// `Only for Closed lost`: by the names that the company gave its stages.
fn heading(pipeline: &Pipeline, kind: StageKind) -> String {
    let stages = pipeline.stages.iter().filter(|stage| stage.kind == kind);
    let names: Vec<&str> = stages.map(|stage| stage.name.as_str()).collect();
    format!("Only for {}", names.join(", "))
}

#[component]
fn WhyLost(pipeline: Pipeline, sent: Sent) -> impl IntoView {
    view! {
        <Select
            id=sent.id("lost_reason")
            name="form[lost_reason]"
            label="Why it was lost"
            choices=lost_reasons(&pipeline)
            prompt="Choose a reason"
            error=sent.at("lost_reason")
        />
    }
}
