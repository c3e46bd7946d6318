//! What a stage asks before a deal may lie in it: why it was lost, or that it is won.

use domain::StageId;
use domain::deals::MoveGate;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::actions::Carried;
use super::model::{gate, gate_title};
use super::move_form::say_moved;
use super::work::Work;
use crate::deals::server_fns::{MoveToStage, move_to_stage};
use crate::gates::{GateFields, Reply, lost_reasons, verb};
use crate::place::use_query;
use crate::ui::{Button, Toasts, Variant};

/// Without the app's help the question stands in the page: `?to=` says which.
#[component]
pub fn Question(work: Work) -> impl IntoView {
    let to = use_query("to");
    move || {
        let to = to.get()?.parse::<StageId>().ok()?;
        work.deal.with_untracked(|deal| gate(deal, to))?;
        let title = work.deal.with_untracked(|deal| gate_title(deal, Some(to)));
        Some(view! {
            <section class="stack" aria-labelledby="question-title" data-part="question">
                <h3 id="question-title">{title}</h3>
                <Gate work to prefix="page" on_done=|| ()/>
            </section>
        })
    }
}

#[component]
pub fn Gate(
    work: Work,
    to: StageId,
    prefix: &'static str,
    on_done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let reply = Reply::new(prefix);
    let toasts = use_context::<Toasts>();
    let asked = work
        .deal
        .with_untracked(|deal| gate(deal, to))
        .unwrap_or(MoveGate::Free);
    let reasons = work
        .deal
        .with_untracked(|deal| lost_reasons(&deal.pipeline));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(details) = reply.details(asked) else {
            return;
        };
        let (deal, version) = work.deal.with_untracked(|deal| (deal.id, deal.version));
        let reason = details.lost_reason.map(|reason| reason.to_string());
        let (reason, answered) = (reason.unwrap_or_default(), answered(asked).to_owned());
        let wish = move_to_stage(
            work.membership,
            deal,
            version,
            to,
            reason,
            details.note,
            answered,
        );
        work.ask(wish, move || {
            on_done();
            say_moved(toasts, work, to);
        });
    };
    view! {
        <form class="stack" method="post" action=MoveToStage::url() on:submit=submit novalidate>
            <Carried work/>
            <input type="hidden" name="to_stage" value=to.to_string()/>
            <input type="hidden" name="answered" value=answered(asked)/>
            <GateFields gate=asked reply reasons/>
            <div class="button-row">
                <Button kind="submit" variant=Variant::Primary busy=work.busy>{verb(asked)}</Button>
            </div>
        </form>
    }
}

/// The question that a form answers, in the word that it posts.
fn answered(gate: MoveGate) -> &'static str {
    match gate {
        MoveGate::AskLostReason => "lost",
        MoveGate::ConfirmWin => "won",
        MoveGate::Free | MoveGate::AskEntry => "",
    }
}
