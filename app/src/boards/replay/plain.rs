//! The replay without its player: the board at the beginning and at the end, and each step.

use domain::deals::{Replay, ReplaySpan};
use domain::{Money, Timestamp};
use leptos::prelude::*;

use crate::boards::source::Source;
use crate::locale::use_locale;
use crate::ui::{MoneyList, Tag, Time};

/// Steps that the list shows: more than anybody reads.
const LINES: usize = 500;

/// A stage at one moment.
struct StageLine {
    name: String,
    retired: bool,
    count: usize,
    amounts: Vec<Money>,
}

/// One step in words.
struct StepLine {
    at: Timestamp,
    sentence: String,
    href: String,
}

#[component]
pub fn Plain(source: Source, span: ReplaySpan, replay: StoredValue<Replay>) -> impl IntoView {
    let locale = use_locale();
    let (first, last) = (locale.date(span.from), locale.date(span.to));
    let (beginning, end, steps, more) = replay.with_value(|replay| {
        let count = replay.steps.len();
        let beginning = stages(replay, 0);
        let more = count.saturating_sub(LINES);
        (
            beginning,
            stages(replay, count),
            steps(source, replay),
            more,
        )
    });
    let none = steps.is_empty();
    let steps = steps
        .into_iter()
        .map(|StepLine { at, sentence, href }| {
            view! { <li><Time at/>": "<a href=href>{sentence}</a></li> }
        })
        .collect_view();
    view! {
        <div class="replay-plain">
            <StageTable id="replay-beginning" title=format!("At the beginning of {first}") lines=beginning/>
            <StageTable id="replay-end" title=format!("At the end of {last}") lines=end/>
        </div>
        <section class="section" aria-labelledby="replay-steps">
            <h2 id="replay-steps">"Steps"</h2>
            {if none {
                view! { <p class="muted">"Nothing moved in these days."</p> }.into_any()
            } else {
                view! { <ol class="replay-steps">{steps}</ol> }.into_any()
            }}
            {(more > 0).then(|| view! {
                <p class="muted">{format!("And {more} more. Choose fewer days to read them.")}</p>
            })}
        </section>
    }
}

#[component]
fn StageTable(id: &'static str, title: String, lines: Vec<StageLine>) -> impl IntoView {
    let rows = lines
        .into_iter()
        .map(|line| {
            view! {
                <tr>
                    <th scope="row">{line.name} {line.retired.then(|| view! { " " <Tag text="Retired"/> })}</th>
                    <td class="number" data-label="Deals">{line.count}</td>
                    <td class="number" data-label="Value"><span class="replay-plain__sums"><MoneyList amounts=line.amounts/></span></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="section" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            <div class="table-wrap">
                <table class="table" data-stacks="">
                    <thead>
                        <tr>
                            <th scope="col">"Stage"</th>
                            <th scope="col" class="number">"Deals"</th>
                            <th scope="col" class="number">"Value"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

fn stages(replay: &Replay, index: usize) -> Vec<StageLine> {
    let board = replay.at(index);
    let columns = replay.stages.iter().zip(&board.columns);
    columns
        .map(|(stage, column)| StageLine {
            name: stage.name.clone(),
            retired: stage.retired,
            count: column.len(),
            amounts: replay.totals(column).iter().collect(),
        })
        .collect()
}

/// The first of them, each with the way to its deal.
fn steps(source: Source, replay: &Replay) -> Vec<StepLine> {
    let steps = replay.steps.iter().take(LINES);
    steps
        .filter_map(|step| {
            let deal = replay.deals.get(step.deal)?;
            Some(StepLine {
                at: step.at,
                sentence: replay.sentence(step),
                href: source.deal_href(deal.id),
            })
        })
        .collect()
}
