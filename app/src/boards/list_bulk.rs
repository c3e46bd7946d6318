//! Several deals of the list at once: rows are selected, one stage is chosen, and each deal has its own result.

use std::collections::BTreeSet;

use domain::commands::{MoveDeal, Place};
use domain::deals::{MoveDetails, MoveGate};
use domain::{DealId, StageId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::list_move::Moving;
use super::source::Source;
use crate::gates::{GateFields, Reply, lost_reasons, stage_choice, verb};
use crate::ui::{
    Button, Choice, Dialog, DialogFoot, Notice, Select, Toasts, Tone, Variant, focus_by_id,
};

const STAGE_ID: &str = "bulk-stage";

/// Rows that are selected. News of the list keep them; another page or filter begins anew.
pub type Selected = RwSignal<BTreeSet<DealId>>;

/// `3 deals`
pub fn deals(count: usize) -> String {
    match count {
        1 => "1 deal".to_owned(),
        _ => format!("{count} deals"),
    }
}

/// Selects a row. Seen only where the app runs: without it a row is moved by its link.
#[component]
pub fn SelectRow(deal: DealId, name: String, selected: Selected) -> impl IntoView {
    let change = move |event: leptos::ev::Event| {
        let on = event_target_checked(&event);
        selected.update(|all| {
            if on {
                all.insert(deal);
            } else {
                all.remove(&deal);
            }
        });
    };
    view! {
        <input
            type="checkbox"
            aria-label=format!("Select {name}")
            prop:checked=move || selected.with(|all| all.contains(&deal))
            on:change=change
        />
    }
}

/// Selects every row of the page that can be moved, or none.
#[component]
pub fn SelectAll(movable: Vec<DealId>, selected: Selected) -> impl IntoView {
    let movable = StoredValue::new(movable);
    let all_are = move || {
        selected.with(|selected| {
            movable.with_value(|movable| {
                !movable.is_empty() && movable.iter().all(|deal| selected.contains(deal))
            })
        })
    };
    let change = move |event: leptos::ev::Event| {
        let on = event_target_checked(&event);
        selected.set(if on {
            movable.with_value(|movable| movable.iter().copied().collect())
        } else {
            BTreeSet::new()
        });
    };
    view! {
        <input
            type="checkbox"
            aria-label="Select all deals on this page"
            disabled=movable.with_value(Vec::is_empty)
            prop:checked=all_are
            on:change=change
        />
    }
}

/// What can be done with the selected rows. It keeps to the lower edge, so that nothing moves when it comes.
#[component]
pub fn SelectionBar(
    rows: Vec<Moving>,
    selected: Selected,
    bulk: RwSignal<Option<Vec<Moving>>>,
) -> impl IntoView {
    let rows = StoredValue::new(rows);
    // A row that news took from the page, or that can be moved no more, is selected no more.
    let chosen = move || {
        selected.with(|selected| {
            rows.with_value(|rows| {
                let chosen = rows
                    .iter()
                    .filter(|row| selected.contains(&row.movable.deal));
                chosen.cloned().collect::<Vec<_>>()
            })
        })
    };
    let count = Memo::new(move |_| chosen().len());
    view! {
        <div class="selection" role="group" aria-label="Selected deals" hidden=move || count.get() == 0>
            <p class="selection__count" role="status">
                {move || (count.get() > 0).then(|| format!("{} selected", deals(count.get())))}
            </p>
            <Button variant=Variant::Primary on:click=move |_| bulk.set(Some(chosen()))>"Move to stage\u{2026}"</Button>
            <Button on:click=move |_| selected.set(BTreeSet::new())>"Clear"<span class="visually-hidden">" selection"</span></Button>
        </div>
    }
}

/// What became of one deal.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    Moved,
    /// It lay there before.
    Lay,
    Refused(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    name: String,
    outcome: Outcome,
}

impl Line {
    fn text(&self, stage: &str) -> String {
        let name = &self.name;
        match &self.outcome {
            Outcome::Moved => format!("{name}: moved to {stage}."),
            Outcome::Lay => format!("{name}: was in {stage} already."),
            Outcome::Refused(why) => format!("{name}: not moved. {why}"),
        }
    }

    fn is_refused(&self) -> bool {
        matches!(self.outcome, Outcome::Refused(_))
    }
}

/// Stands outside what is fetched, so that news keep it open. `moved` is told when the list is to be fetched anew.
#[component]
pub fn BulkDialog(
    source: Source,
    bulk: RwSignal<Option<Vec<Moving>>>,
    selected: Selected,
    moved: Callback<()>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(bulk.with(Option::is_some)));
    let title = Signal::derive(move || {
        let count = bulk.with(|all| all.as_ref().map_or(0, Vec::len));
        format!("Move {} to stage", deals(count))
    });
    let close = Callback::new(move |()| bulk.set(None));
    view! {
        <Dialog id="bulk-move" title open on_close=close>
            {move || {
                let all = bulk.get_untracked();
                all.map(|all| view! { <BulkBody source all selected close moved/> })
            }}
        </Dialog>
    }
}

#[component]
fn BulkBody(
    source: Source,
    all: Vec<Moving>,
    selected: Selected,
    close: Callback<()>,
    moved: Callback<()>,
) -> impl IntoView {
    let to = all.first().and_then(|moving| moving.to);
    let chosen = RwSignal::new(to.map(|to| to.to_string()).unwrap_or_default());
    let missing = RwSignal::new(None::<String>);
    let (busy, lines) = (RwSignal::new(false), RwSignal::new(Vec::<Line>::new()));
    let reply = Reply::new("bulk");
    let count = all.len();
    let first = all.first().map(|moving| &moving.pipeline);
    let choices = first.map(stages).unwrap_or_default();
    let reasons = StoredValue::new(first.map(lost_reasons).unwrap_or_default());
    let all = StoredValue::new(all);
    let gate = Memo::new(move |_| all.with_value(|all| asks(all, chosen.get().parse().ok())));
    let stage = Memo::new(move |_| all.with_value(|all| name_of(all, chosen.get().parse().ok())));
    let toasts = use_context::<Toasts>();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Ok(to_stage) = chosen.get_untracked().parse::<StageId>() else {
            missing.set(Some("Choose a stage".to_owned()));
            focus_by_id(STAGE_ID);
            return;
        };
        missing.set(None);
        let details = reply.details(gate.get_untracked());
        let Some(details) = details.filter(|_| !busy.get_untracked()) else {
            return;
        };
        busy.set(true);
        let (all, stage) = (all.get_value(), stage.get_untracked());
        spawn_local(async move {
            let results = move_all(source, all, to_stage, details, lines).await;
            let refused = results.iter().any(|(_, line)| line.is_refused());
            selected.try_update(|selected| {
                for (deal, line) in &results {
                    if !line.is_refused() {
                        selected.remove(deal);
                    }
                }
            });
            let closed = lines.is_disposed();
            if let Some(toasts) = toasts.filter(|_| closed || !refused) {
                tell(toasts, &results, &stage);
            }
            // The page may have gone while it waited.
            moved.try_run(());
            if !refused {
                close.try_run(());
            }
        });
    };
    let over = move || lines.with(Vec::len) == count;
    view! {
        <form class="form form--compact" on:submit=submit novalidate>
            <div class="form form--compact" hidden=move || busy.get()>
                <Select id=STAGE_ID label="Stage" choices prompt="Choose a stage" required=true bind=chosen error=missing/>
                {move || view! { <GateFields gate=gate.get() reply reasons=reasons.get_value()/> }}
            </div>
            <p role="status">{move || busy.get().then(|| progress(&lines.get(), count))}</p>
            {move || busy.get().then(|| view! { <Results lines=lines.get() stage=stage.get()/> })}
            <DialogFoot>
                <Button on:click=move |_| close.run(())>{move || if over() { "Close" } else { "Cancel" }}</Button>
                {move || (!over()).then(|| view! {
                    <Button kind="submit" variant=Variant::Primary busy>{move || verb(gate.get())}</Button>
                })}
            </DialogFoot>
        </form>
    }
}

/// One line a deal, refusals first: they are what is still to be done.
#[component]
fn Results(lines: Vec<Line>, stage: String) -> impl IntoView {
    let (refused, others): (Vec<_>, Vec<_>) = lines.into_iter().partition(Line::is_refused);
    let texts =
        |lines: Vec<Line>| -> Vec<String> { lines.iter().map(|line| line.text(&stage)).collect() };
    let (refused, others) = (texts(refused), texts(others));
    view! {
        {(!refused.is_empty()).then(|| view! { <Notice tone=Tone::Bad><Texts texts=refused/></Notice> })}
        {(!others.is_empty()).then(|| view! { <Texts texts=others/> })}
    }
}

#[component]
fn Texts(texts: Vec<String>) -> impl IntoView {
    let items = texts
        .into_iter()
        .map(|text| view! { <li>{text}</li> })
        .collect_view();
    view! { <ul class="selection__results">{items}</ul> }
}

fn progress(lines: &[Line], count: usize) -> String {
    let refused = lines.iter().filter(|line| line.is_refused()).count();
    if lines.len() < count {
        return format!("{} of {count} done", lines.len());
    }
    format!("{} done, {refused} not moved", deals(count - refused))
}

/// The last one first: each goes to the top of its column, and so they lie there as they stood in the list.
async fn move_all(
    source: Source,
    all: Vec<Moving>,
    to_stage: StageId,
    details: MoveDetails,
    lines: RwSignal<Vec<Line>>,
) -> Vec<(DealId, Line)> {
    let mut results = Vec::new();
    for moving in all.into_iter().rev() {
        let movable = moving.movable;
        let outcome = if movable.stage == Some(to_stage) {
            Outcome::Lay
        } else {
            let command = MoveDeal {
                deal: movable.deal,
                to_stage,
                place: Place::Top,
                details: details.clone(),
                version: movable.version,
            };
            match source.move_deal(command).await {
                Ok(_) => Outcome::Moved,
                Err(error) => Outcome::Refused(error.0.text()),
            }
        };
        let line = Line {
            name: movable.name,
            outcome,
        };
        // Whoever closed the dialog meanwhile is told by a toast.
        lines.try_update(|lines| lines.push(line.clone()));
        results.push((movable.deal, line));
    }
    results
}

fn tell(toasts: Toasts, results: &[(DealId, Line)], stage: &str) {
    let refused: Vec<&Line> = results
        .iter()
        .map(|(_, line)| line)
        .filter(|line| line.is_refused())
        .collect();
    let moved = results.len() - refused.len();
    if moved > 0 {
        toasts.say(format!("Moved {} to {stage}.", deals(moved)));
    }
    if let Some(first) = refused.first() {
        let more = match refused.len() {
            1 => String::new(),
            all => format!(" And {} more.", all - 1),
        };
        toasts.refuse(format!("{}{more}", first.text(stage)));
    }
}

fn stages(pipeline: &domain::pipeline::Pipeline) -> Vec<Choice> {
    let stages = pipeline.stages.iter();
    stages.map(|stage| stage_choice(pipeline, stage)).collect()
}

fn name_of(all: &[Moving], to: Option<StageId>) -> String {
    let stage = all
        .first()
        .zip(to)
        .and_then(|(first, to)| first.pipeline.find(to));
    stage.map_or_else(String::new, |stage| stage.name.clone())
}

/// What that stage asks of any of them; the server asks each again.
fn asks(all: &[Moving], to: Option<StageId>) -> MoveGate {
    all.iter()
        .map(|moving| moving.gate(to))
        .find(|gate| *gate != MoveGate::Free)
        .unwrap_or(MoveGate::Free)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(name: &str, outcome: Outcome) -> Line {
        Line {
            name: name.to_owned(),
            outcome,
        }
    }

    #[test]
    fn each_deal_has_its_own_words() {
        let refused = Outcome::Refused("Somebody else was faster.".to_owned());
        let lines = [
            line("Tern Labs", Outcome::Moved),
            line("Hale & Moss", refused),
            line("Quill Press", Outcome::Lay),
        ];
        let texts = lines.clone().map(|line| line.text("Proposal"));
        assert_eq!(
            texts,
            [
                "Tern Labs: moved to Proposal.",
                "Hale & Moss: not moved. Somebody else was faster.",
                "Quill Press: was in Proposal already."
            ]
        );
        assert_eq!(progress(&lines[..2], 3), "2 of 3 done");
        assert_eq!(progress(&lines, 3), "2 deals done, 1 not moved");
        assert_eq!(deals(1), "1 deal");
    }
}
