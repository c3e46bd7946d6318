//! "Move to stage": a list and a button. What a stage asks first is asked in a dialog.

use domain::StageId;
use domain::deals::MoveGate;
use domain::pipeline::StageKind;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::actions::Carried;
use super::gate::Gate;
use super::model::{asks, choices, first_choice, gate, gate_title};
use super::work::Work;
use crate::deals::server_fns::{MoveToStage, move_to_stage};
use crate::entry;
use crate::ui::{Button, Dialog, Notice, Select, Toasts, Tone, Variant};

#[component]
pub fn MoveForm(work: Work) -> impl IntoView {
    let asking = RwSignal::new(None::<StageId>);
    let open = RwSignal::new(false);
    let chosen = RwSignal::new(work.deal.with_untracked(first_choice));
    let toasts = use_context::<Toasts>();
    let go = move |to: StageId| match work.deal.with_untracked(|deal| gate(deal, to)) {
        _ if work.deal.with_untracked(|deal| asks(deal, to)) => {
            let deal = work.deal.with_untracked(|deal| deal.id);
            // A path of ours; if the browser refused it, the page would just stay.
            let _ = location().set_href(&entry::path(work.membership, deal, to));
        }
        Some(MoveGate::AskLostReason | MoveGate::ConfirmWin) => {
            work.refused.set(None);
            asking.set(Some(to));
            open.set(true);
        }
        // A refusal is the server's to say, with the latest facts.
        Some(MoveGate::Free | MoveGate::AskEntry) | None => {
            let (deal, version) = work.deal.with_untracked(|deal| (deal.id, deal.version));
            let none = String::new;
            let wish = move_to_stage(work.membership, deal, version, to, none(), none(), none());
            work.ask(wish, move || say_moved(toasts, work, to));
        }
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Ok(to) = chosen.get_untracked().parse() {
            go(to);
        }
    };
    let offered = Memo::new(move |_| work.deal.with(choices));
    let select = move || {
        let choices = offered.get();
        let present = chosen.get_untracked();
        // The deal has moved: the choice is the stage it lies in now.
        if !choices.iter().any(|choice| choice.value == present) {
            chosen.set(work.deal.with_untracked(first_choice));
        }
        view! { <Select id="to-stage" name="to_stage" label="Move to stage" choices bind=chosen/> }
    };
    let title = Signal::derive(move || work.deal.with(|deal| gate_title(deal, asking.get())));
    view! {
        <form class="stack" method="post" action=MoveToStage::url() on:submit=submit>
            <Carried work/>
            {select}
            <div class="button-row">
                <Button kind="submit" variant=Variant::Primary busy=work.busy>"Move"</Button>
            </div>
        </form>
        <MarkWon work go/>
        <Dialog id="gate" title open>
            // The page behind the dialog says it too, but nobody sees that now.
            {move || work.refused.get().map(|error| view! { <Notice tone=Tone::Bad role="alert"><p>{error.0.text()}</p></Notice> })}
            {move || asking.get().map(|to| view! { <Gate work to prefix="dialog" on_done=move || open.set(false)/> })}
        </Dialog>
    }
}

/// The short way to the won stage.
#[component]
fn MarkWon(work: Work, go: impl Fn(StageId) + Copy + Send + Sync + 'static) -> impl IntoView {
    let won = Memo::new(move |_| {
        work.deal
            .with(|deal| deal.pipeline.first_of(StageKind::Won).map(|stage| stage.id))
    });
    move || {
        won.get().map(|to| {
            let submit = move |event: leptos::ev::SubmitEvent| {
                event.prevent_default();
                go(to);
            };
            view! {
                <form method="post" action=MoveToStage::url() on:submit=submit>
                    <Carried work/>
                    <input type="hidden" name="to_stage" value=to.to_string()/>
                    <Button kind="submit" icon=icondata::LuTrophy busy=work.busy>"Mark closed-won"</Button>
                </form>
            }
        })
    }
}

pub(super) fn say_moved(toasts: Option<Toasts>, work: Work, to: StageId) {
    let name = work
        .deal
        .with_untracked(|deal| deal.pipeline.find(to).map(|stage| stage.name.clone()));
    if let (Some(toasts), Some(name)) = (toasts, name) {
        toasts.say(format!("Moved to {name}"));
    }
}
