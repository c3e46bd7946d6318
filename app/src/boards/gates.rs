//! The dialog inside a drop: why a deal was lost, or that it is really won. Closing it puts the card back.

use domain::deals::MoveGate;
use leptos::prelude::*;

use super::source::Source;
use super::state::{Asked, BoardState};
use crate::entry::{Asking, EntryFields};
use crate::gates::{GateFields, Reply, lost_reasons, question, verb};
use crate::ui::{Button, Dialog, DialogFoot, ErrorSummary, Variant};

#[component]
pub fn GateDialog(state: BoardState) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(state.asked.get().is_some()));
    let title = Signal::derive(move || title(state, state.asked.get()));
    let close = Callback::new(move |()| state.refuse_answer());
    view! {
        <Dialog id="board-gate" title open on_close=close>
            {move || match state.asked.get_untracked() {
                Some(Asked { gate: MoveGate::Free, .. }) | None => ().into_any(),
                Some(Asked { gate, entry, .. }) => match (entry, state.source) {
                    (Some(part), Source::Partner(membership)) => {
                        view! { <EntryForm state asking=Asking::new(membership, part, "drop-")/> }.into_any()
                    }
                    _ => view! { <GateForm state gate/> }.into_any(),
                },
            }}
        </Dialog>
    }
}

fn title(state: BoardState, asked: Option<Asked>) -> String {
    let Some(asked) = asked else {
        return String::new();
    };
    state
        .model
        .with_untracked(|board| question(asked.gate, board.name(asked.deal)))
}

#[component]
fn GateForm(state: BoardState, gate: MoveGate) -> impl IntoView {
    let reply = Reply::new("drop");
    let reasons = state
        .model
        .with_untracked(|board| lost_reasons(&board.pipeline));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(details) = reply.details(gate) {
            state.answer(details);
        }
    };
    let variant = variant(gate);
    view! {
        <form class="form form--compact" on:submit=submit novalidate>
            <GateFields gate reply reasons/>
            <DialogFoot>
                <Button on:click=move |_| state.refuse_answer()>"Cancel"</Button>
                <Button kind="submit" variant>{verb(gate)}</Button>
            </DialogFoot>
        </form>
    }
}

fn variant(gate: MoveGate) -> Variant {
    match gate {
        MoveGate::AskLostReason => Variant::Danger,
        MoveGate::ConfirmWin | MoveGate::Free | MoveGate::AskEntry => Variant::Primary,
    }
}

/// What the stage's own rules ask, in the drop: only what is missing.
#[component]
fn EntryForm(state: BoardState, asking: Asking) -> impl IntoView {
    let gate = asking.part().gate;
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(details) = asking.details() {
            state.answer(details);
        }
    };
    view! {
        <form class="form form--compact" on:submit=submit novalidate>
            <ErrorSummary messages=asking.messages() id="drop-errors"/>
            <EntryFields asking/>
            <DialogFoot>
                <Button on:click=move |_| state.refuse_answer()>"Cancel"</Button>
                <Button kind="submit" variant=variant(gate)>{verb(gate)}</Button>
            </DialogFoot>
        </form>
    }
}
