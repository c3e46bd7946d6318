//! "Override stage…" on the company's board: a stage and a reason, which the history keeps and the partner reads.

use domain::DealId;
use domain::deals::{MoveDetails, Mover, Refusal};
use domain::pipeline::StageKind;
use leptos::prelude::*;

use super::model::Slot;
use super::state::BoardState;
use crate::gates::{lost_reasons, max_reason};
use crate::ui::{Button, Choice, Dialog, DialogFoot, Select, TextArea, Variant, focus_by_id};

#[component]
pub fn OverrideDialog(state: BoardState) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(state.menu.get().is_some()));
    let title = Signal::derive(move || {
        let name = state.menu.get().map(|deal| {
            state
                .model
                .with_untracked(|board| board.name(deal).to_owned())
        });
        format!("Override the stage of {}", name.unwrap_or_default())
    });
    let close = Callback::new(move |()| state.menu.set(None));
    view! {
        <Dialog id="board-override" title open on_close=close>
            {move || state.menu.get_untracked().map(|deal| view! { <OverrideForm state deal/> })}
        </Dialog>
    }
}

#[component]
fn OverrideForm(state: BoardState, deal: DealId) -> impl IntoView {
    let stage = RwSignal::new(String::new());
    let reason = RwSignal::new(String::new());
    let lost_reason = RwSignal::new(String::new());
    let error = RwSignal::new(None::<&'static str>);
    let wrong = move |field: &'static str| Signal::derive(move || fault(error.get(), field));
    let present = state
        .model
        .with_untracked(|board| board.card(deal).map(|card| card.stage));
    let pipeline = state.model.with_untracked(|board| board.pipeline.clone());
    let stages = pipeline
        .stages
        .iter()
        .filter(|stage| Some(stage.id) != present);
    let stages = stages
        .map(|stage| Choice::new(stage.id.to_string(), stage.name.clone()))
        .collect::<Vec<_>>();
    let lost = StoredValue::new(lost_reasons(&pipeline));
    let kind = Memo::new(move |_| {
        stage
            .get()
            .parse()
            .ok()
            .and_then(|id| pipeline.find(id).map(|stage| stage.kind))
    });
    let barred = RwSignal::new(None::<&'static str>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let refused = stage.get_untracked().parse().ok().and_then(|to| {
            let board = state.model;
            board.with_untracked(|board| board.check_as(Mover::CompanyOverride, deal, to).err())
        });
        barred.set(refused.as_ref().map(Refusal::text));
        if refused.is_some() {
            focus_by_id("override-stage");
            return;
        }
        let details = MoveDetails {
            lost_reason: lost_reason.get_untracked().parse().ok(),
            win_confirmed: kind.get_untracked() == Some(StageKind::Won),
            override_reason: Some(reason.get_untracked()),
            ..MoveDetails::default()
        };
        let missing = match (kind.get_untracked(), stage.get_untracked().parse()) {
            (Some(StageKind::Lost), _) if details.lost_reason.is_none() => Err("override-lost"),
            (Some(_), _) if reason.get_untracked().trim().is_empty() => Err("override-reason"),
            (Some(_), Ok(stage)) => Ok(stage),
            _ => Err("override-stage"),
        };
        match missing {
            Ok(stage) => {
                state.menu.set(None);
                state.commit(deal, Slot { stage, index: 0 }, details);
            }
            Err(field) => {
                error.set(Some(field));
                focus_by_id(field);
            }
        }
    };
    let stage_missing = wrong("override-stage");
    let stage_wrong = Signal::derive(move || {
        let why = barred.get().map(str::to_owned);
        why.or_else(|| stage_missing.get())
    });
    view! {
        <form class="form" on:submit=submit novalidate>
            <Select id="override-stage" label="Stage" choices=stages prompt="Choose a stage" required=true bind=stage error=stage_wrong/>
            {move || (kind.get() == Some(StageKind::Lost)).then(|| view! {
                <Select
                    id="override-lost"
                    label="Why the deal was lost"
                    choices=lost.get_value()
                    prompt="Choose a reason"
                    required=true
                    bind=lost_reason
                    error=wrong("override-lost")
                />
            })}
            <TextArea
                id="override-reason"
                label="Reason"
                hint="The partner reads it, and the history keeps it."
                required=true
                bind=reason
                maxlength=max_reason()
                error=wrong("override-reason")
            />
            <DialogFoot>
                <Button on:click=move |_| state.menu.set(None)>"Cancel"</Button>
                <Button kind="submit" variant=Variant::Primary>"Override stage"</Button>
            </DialogFoot>
        </form>
    }
}

fn fault(wrong: Option<&'static str>, field: &'static str) -> Option<String> {
    let text = match wrong? {
        "override-stage" => "Choose a stage.",
        "override-lost" => Refusal::LostReasonMissing.text(),
        _ => Refusal::ReasonMissing.text(),
    };
    (wrong == Some(field)).then(|| text.to_owned())
}
