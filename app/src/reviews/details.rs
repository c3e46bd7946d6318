//! What the chosen verdict asks for: a text, a stage to reopen at, the fields to open.

use domain::pipeline::StageKind;
use domain::views::CompanyDealView;
use leptos::prelude::*;

use super::draft::Entered;
use super::faults::{STAGE_ID, TEXT_ID};
use super::verdict::Verdict;
use crate::ui::{Choice, Select, TextArea};

/// Without the app all of it stands there; what does not apply is left alone.
#[component]
pub fn Details(view: StoredValue<CompanyDealView>, entered: Entered) -> impl IntoView {
    let chosen = entered.chosen;
    let is_win = view.with_value(|view| view.deal.actions.judge_win);
    let stages: Vec<Choice> = view.with_value(|view| {
        let present = view
            .deal
            .placement
            .as_ref()
            .map(|placement| placement.stage);
        let pipeline = &view.deal.pipeline;
        let own = pipeline.stages_of(pipeline.pipeline_of(present));
        let open = own.filter(|stage| stage.kind == StageKind::Open);
        open.map(|stage| Choice::new(stage.id.to_string(), stage.name.clone()))
            .collect()
    });
    let lines: Vec<(String, String)> = view.with_value(|view| {
        view.askable
            .iter()
            .map(|(key, label)| (key.to_string(), label.clone()))
            .collect()
    });
    let not_text = move || chosen.get().is_some_and(|verdict| !verdict.takes_text());
    let not_fields = move || {
        chosen
            .get()
            .is_some_and(|verdict| verdict != Verdict::AskInfo)
    };
    view! {
        <div hidden=not_text>
            <TextArea
                id=TEXT_ID
                name="text"
                label="Text for the partner"
                hint="The partner reads exactly this. Needed for every verdict but an approval."
                bind=entered.text
                error=entered.fault_at(TEXT_ID)
                maxlength=2_000
            />
        </div>
        {is_win
            .then(|| {
                view! {
                    <div hidden=move || chosen.get() == Some(Verdict::ConfirmWin)>
                        <Select
                            id=STAGE_ID
                            name="stage"
                            label="Reopen at"
                            choices=stages
                            bind=entered.stage
                            error=entered.fault_at(STAGE_ID)
                        />
                    </div>
                }
            })}
        {(!is_win)
            .then(|| {
                view! {
                    <fieldset class="fieldset" hidden=not_fields>
                        <legend class="field__label">"Open these fields to the partner (none: all)"</legend>
                        {lines
                            .into_iter()
                            .map(|(key, label)| view! { <OpenField key label fields=entered.fields/> })
                            .collect_view()}
                    </fieldset>
                }
            })}
    }
}

#[component]
fn OpenField(key: String, label: String, fields: RwSignal<Vec<String>>) -> impl IntoView {
    let id = format!("open-{key}");
    let for_id = id.clone();
    let named = key.clone();
    let checked = fields.with_untracked(|fields| fields.contains(&key));
    let toggle = move |event: leptos::ev::Event| {
        let on = event_target_checked(&event);
        fields.update(|keys| {
            keys.retain(|known| *known != named);
            if on {
                keys.push(named.clone());
            }
        });
    };
    view! {
        <label class="checkbox" for=for_id>
            <input type="checkbox" id=id name="fields[]" value=key checked=checked on:change=toggle/>
            <span>{label}</span>
        </label>
    }
}
