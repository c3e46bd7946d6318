//! The stages as a line, the present one marked.

use domain::pipeline::{Stage, StageKind};
use domain::views::DealView;
use leptos::prelude::*;

/// Nothing for a deal that lies in no stage.
#[component]
pub fn StageTrack(#[prop(into)] deal: Signal<DealView>) -> impl IntoView {
    let steps = Memo::new(move |_| deal.with(steps));
    move || {
        let steps = steps.get();
        (!steps.is_empty()).then(|| {
            let items = steps.into_iter().map(|step| {
                view! {
                    <li
                        data-hue=step.hue
                        data-passed=step.passed.then_some("")
                        aria-current=step.present.then_some("step")
                    >
                        {step.name}
                    </li>
                }
            });
            view! { <ol class="stage-track" aria-label="Stages">{items.collect_view()}</ol> }
        })
    }
}

#[derive(Clone, PartialEq)]
struct Step {
    name: String,
    hue: String,
    passed: bool,
    present: bool,
}

/// The open stages, and of the closed ones only the won, unless the deal lies in a lost one.
fn steps(deal: &DealView) -> Vec<Step> {
    let Some(present) = deal.placement.as_ref().map(|placement| placement.stage) else {
        return Vec::new();
    };
    let kind = deal.pipeline.find(present).map(|stage| stage.kind);
    let closing = if kind == Some(StageKind::Lost) {
        StageKind::Lost
    } else {
        StageKind::Won
    };
    let shown = |stage: &&Stage| {
        stage.kind == StageKind::Open
            || stage.id == present
            || (stage.kind == closing && kind != Some(closing))
    };
    let own = deal.pipeline.pipeline_of(Some(present));
    let stages: Vec<&Stage> = deal.pipeline.stages_of(own).filter(shown).collect();
    let place = stages.iter().position(|stage| stage.id == present);
    let steps = stages.into_iter().enumerate().map(|(index, stage)| Step {
        name: stage.name.clone(),
        hue: stage.hue.clone(),
        passed: place.is_some_and(|place| index < place),
        present: stage.id == present,
    });
    steps.collect()
}
