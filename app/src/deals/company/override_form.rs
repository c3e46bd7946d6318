//! The company moves a partner's deal: possible, but never silent.

use domain::ProgramId;
use domain::pipeline::StageKind;
use domain::views::DealView;
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::deals::server_fns::OverrideDeal;
use crate::gates::{lost_reasons, max_reason, stage_choice};
use crate::sent::{Sent, SentErrors};
use crate::ui::{Button, Checkbox, Choice, FieldError, Select, TextArea, use_ready};

#[component]
pub fn OverrideForm(
    program: ProgramId,
    #[prop(into)] deal: Signal<DealView>,
    reload: Callback<()>,
) -> impl IntoView {
    let action = ServerAction::<OverrideDeal>::new();
    let sent =
        Sent::of(action, "override-").with_refusable(&["to_stage", "lost_reason", "won", "reason"]);
    let stage = RwSignal::new(String::new());
    let (reason, lost_reason) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    Effect::new(move |_| {
        if matches!(action.value().get(), Some(Ok(_))) {
            reason.set(String::new());
            reload.run(());
        }
    });
    let shown = deal.get_untracked();
    let stages = others(&shown);
    let reasons = lost_reasons(&shown.pipeline);
    // Before a stage is chosen, and without the app, everything that any stage may ask for is there.
    let hides = move |kind: StageKind| {
        let chosen = stage
            .get()
            .parse()
            .ok()
            .and_then(|id| deal.with(|deal| deal.pipeline.find(id).map(|stage| stage.kind)));
        chosen.is_some_and(|chosen| chosen != kind)
    };
    view! {
        <details class="disclosure" data-ready=use_ready()>
            <summary class="button">"Override the stage\u{2026}"</summary>
            <ActionForm action attr:class="stack" attr:novalidate="">
                <SentErrors sent/>
                <input type="hidden" name="program" value=program.to_string()/>
                <input type="hidden" name="deal" value=shown.id.to_string()/>
                <input type="hidden" name="version" value=move || deal.with(|deal| deal.version).to_string()/>
                <Select
                    id=sent.id("to_stage")
                    name="to_stage"
                    label="Stage"
                    choices=stages
                    prompt="Choose a stage"
                    bind=stage
                    required=true
                    error=sent.at("to_stage")
                />
                <div hidden=move || hides(StageKind::Lost)>
                    <Select
                        id=sent.id("lost_reason")
                        name="lost_reason"
                        label="Why it is lost"
                        choices=reasons
                        prompt="Not lost"
                        bind=lost_reason
                        error=sent.at("lost_reason")
                    />
                </div>
                <div hidden=move || hides(StageKind::Won)>
                    <FieldError id="override-won-error" error=sent.at("won")/>
                    <Checkbox
                        id=sent.id("won")
                        name="won"
                        label="The deal is really won"
                        invalid=Signal::derive(move || sent.at("won").get().is_some())
                    />
                </div>
                <TextArea
                    id=sent.id("reason")
                    name="reason"
                    label="Why you override the partner"
                    hint="The partner reads it, and it stays in the history."
                    required=true
                    maxlength=max_reason()
                    bind=reason
                    error=sent.at("reason")
                />
                <div class="button-row">
                    <Button kind="submit" busy=action.pending()>"Override the stage"</Button>
                </div>
            </ActionForm>
        </details>
    }
}

/// Every stage but the one that the deal lies in.
fn others(deal: &DealView) -> Vec<Choice> {
    let present = deal.placement.as_ref().map(|placement| placement.stage);
    let stages = deal.pipeline.stages.iter();
    stages
        .filter(|stage| Some(stage.id) != present)
        .map(|stage| stage_choice(&deal.pipeline, stage))
        .collect()
}
