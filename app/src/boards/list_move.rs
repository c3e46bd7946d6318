//! "Move to stage…" of the list: a dialog with the stage and what it asks. Without the app the links lead to the plain form.

use domain::commands::{MoveDeal, Place};
use domain::deals::{MoveGate, Mover, asks_on_entry, check_move};
use domain::pipeline::Pipeline;
use domain::{StageId, Timestamp};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::model::speech;
use super::move_form::Movable;
use super::source::Source;
use crate::entry;
use crate::gates::{GateFields, Reply, lost_reasons, question, stage_choice, verb};
use crate::ui::{
    Button, Choice, Dialog, DialogFoot, Notice, Select, Toasts, Tone, Variant, focus_by_id,
};

const STAGE_ID: &str = "list-stage";

/// The row whose link was pressed, with all that its move depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moving {
    pub movable: Movable,
    pub pipeline: Pipeline,
    pub mover: Mover,
    pub now: Timestamp,
    /// Where to, when the link says so.
    pub to: Option<StageId>,
}

impl Moving {
    /// What that stage asks; nothing while none is chosen, or when the rules refuse: the server says why then.
    pub fn gate(&self, to: Option<StageId>) -> MoveGate {
        let stage = to.and_then(|to| self.pipeline.find(to));
        let from = self.movable.stage.and_then(|from| self.pipeline.find(from));
        let facts = self.movable.facts;
        stage
            .and_then(|stage| check_move(facts, from, stage, self.mover, self.now).ok())
            .unwrap_or(MoveGate::Free)
    }

    /// The page where what the stage's own rules ask is answered, if they ask.
    fn entry(&self, source: Source, to: StageId) -> Option<String> {
        let Source::Partner(membership) = source else {
            return None;
        };
        let stage = self.pipeline.find(to)?;
        let from = self.movable.stage.and_then(|from| self.pipeline.find(from));
        check_move(self.movable.facts, from, stage, self.mover, self.now).ok()?;
        asks_on_entry(stage, self.mover).then(|| entry::path(membership, self.movable.deal, to))
    }

    fn choices(&self) -> Vec<Choice> {
        let crosses = self.mover.is_override();
        let own = self.pipeline.pipeline_of(self.movable.stage);
        let stages = self.pipeline.stages.iter();
        stages
            .filter(|stage| Some(stage.id) != self.movable.stage)
            .filter(|stage| crosses || stage.pipeline == own)
            .map(|stage| stage_choice(&self.pipeline, stage))
            .collect()
    }
}

/// `moved` is told when the list is to be fetched anew. It stands outside what is fetched, so that news keep it open.
#[component]
pub fn MoveDialog(
    source: Source,
    moving: RwSignal<Option<Moving>>,
    moved: Callback<()>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(moving.get().is_some()));
    let title = Signal::derive(move || {
        moving.with(|moving| {
            moving.as_ref().map_or_else(String::new, |moving| {
                question(moving.gate(moving.to), &moving.movable.name)
            })
        })
    });
    let close = Callback::new(move |()| moving.set(None));
    let done = Callback::new(move |()| {
        moving.set(None);
        moved.run(());
    });
    view! {
        <Dialog id="list-move" title open on_close=close>
            {move || {
                moving
                    .get_untracked()
                    .map(|moving| view! { <MoveBody source moving close done/> })
            }}
        </Dialog>
    }
}

#[component]
fn MoveBody(
    source: Source,
    moving: Moving,
    close: Callback<()>,
    done: Callback<()>,
) -> impl IntoView {
    let named = moving.to.is_some();
    let chosen = RwSignal::new(moving.to.map(|to| to.to_string()).unwrap_or_default());
    let (missing, refused) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let busy = RwSignal::new(false);
    let reply = Reply::new("list");
    let (choices, reasons) = (
        moving.choices(),
        StoredValue::new(lost_reasons(&moving.pipeline)),
    );
    let moving = StoredValue::new(moving);
    let gate = Memo::new(move |_| {
        let to = chosen.get().parse().ok();
        moving.with_value(|moving| moving.gate(to))
    });
    let toasts = use_context::<Toasts>();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Ok(to_stage) = chosen.get_untracked().parse::<StageId>() else {
            missing.set(Some("Choose a stage".to_owned()));
            focus_by_id(STAGE_ID);
            return;
        };
        missing.set(None);
        if let Some(page) = moving.with_value(|moving| moving.entry(source, to_stage)) {
            // A path of ours; if the browser refused it, the dialog would just stay.
            let _ = location().set_href(&page);
            return;
        }
        let details = reply.details(gate.get_untracked());
        let Some(details) = details.filter(|_| !busy.get_untracked()) else {
            return;
        };
        busy.set(true);
        let (deal, version, said) = moving.with_value(|moving| {
            let stage = moving.pipeline.find(to_stage);
            let name = stage.map_or("", |stage| stage.name.as_str());
            let said = speech::moved(&moving.movable.name, name, false);
            (moving.movable.deal, moving.movable.version, said)
        });
        let command = MoveDeal {
            deal,
            to_stage,
            place: Place::Top,
            details,
            version,
        };
        spawn_local(async move {
            let answer = source.move_deal(command).await;
            match (answer, toasts) {
                (Ok(_), Some(toasts)) => toasts.say(said),
                // Whoever closed the dialog meanwhile is told all the same.
                (Err(error), Some(toasts)) if refused.is_disposed() => {
                    toasts.refuse(error.0.text());
                }
                (Err(error), _) => {
                    refused.try_set(Some(error.0.text()));
                    busy.try_set(false);
                    return;
                }
                (Ok(_), None) => {}
            }
            // The page may have gone while it waited.
            done.try_run(());
        });
    };
    view! {
        <form class="form form--compact" on:submit=submit novalidate>
            {move || refused.get().map(|text| view! { <Notice tone=Tone::Bad role="alert"><p>{text}</p></Notice> })}
            {(!named).then(|| view! {
                <Select id=STAGE_ID label="Stage" choices prompt="Choose a stage" required=true bind=chosen error=missing/>
            })}
            {move || view! { <GateFields gate=gate.get() reply reasons=reasons.get_value()/> }}
            <DialogFoot>
                <Button on:click=move |_| close.run(())>"Cancel"</Button>
                <Button kind="submit" variant=Variant::Primary busy>{move || verb(gate.get())}</Button>
            </DialogFoot>
        </form>
    }
}
