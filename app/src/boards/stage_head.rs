//! The head of a column: its name, what the company says of it, how many deals it holds and what they come to.

use domain::StageId;
use domain::money::Totals;
use domain::pipeline::Stage;
use leptos::prelude::*;

use super::column_order::ColumnOrder;
use super::filter;
use super::state::BoardState;
use super::strip::CollapseButton;
use crate::ui::{Icon, MoneyList};

#[component]
pub fn StageHead(state: BoardState, stage: Stage, heading: String) -> impl IntoView {
    let id = stage.id;
    let (count, totals) = (use_count(state, id), use_totals(state, id));
    // A filter hides deals: what is left of them says nothing about the hint.
    let hint = stage
        .wip_hint
        .filter(|_| !state.filter.with_value(filter::is_narrowed));
    let about = (!stage.description.is_empty())
        .then(|| view! { <About target=state.own_id("about", id) name=stage.name.clone() text=stage.description/> });
    view! {
        <div class="board__head">
            <span class="stage-dot"></span>
            <div class="board__name">
                <h2 id=heading title=stage.name.clone()>{stage.name.clone()}</h2>
                {about}
                <ColumnOrder state stage=id name=stage.name.clone()/>
            </div>
            <span class="board__count" data-beyond=move || hint.is_some_and(|hint| count.get() > i64::from(hint)).then_some("")>
                {count}
                {move || in_words(count.get(), hint)}
            </span>
            <CollapseButton state stage=id name=stage.name.clone()/>
            <div class="board__sums">
                {move || view! { <MoneyList amounts=totals.get().iter().collect()/> }}
            </div>
        </div>
    }
}

/// How many deals the column holds.
pub fn use_count(state: BoardState, stage: StageId) -> Memo<i64> {
    Memo::new(move |_| {
        state
            .model
            .with(|board| board.column(stage).map_or(0, |column| column.count))
    })
}

/// What they come to.
pub fn use_totals(state: BoardState, stage: StageId) -> Memo<Totals> {
    Memo::new(move |_| {
        state.model.with(|board| {
            board
                .column(stage)
                .map(|column| column.totals.clone())
                .unwrap_or_default()
        })
    })
}

/// What follows the number: "5 of 3" where the company hints at how many are enough.
fn in_words(count: i64, hint: Option<i32>) -> impl IntoView {
    let (seen, heard) = words(count, hint);
    view! {
        {seen}
        <span class="visually-hidden">{heard}</span>
    }
}

fn words(count: i64, hint: Option<i32>) -> (String, String) {
    let deals = if count == 1 { " deal" } else { " deals" };
    let Some(hint) = hint else {
        return (String::new(), deals.to_owned());
    };
    let more = count - i64::from(hint);
    let heard = match more {
        1.. => format!("{deals}: {more} more than the company means to have here"),
        _ => format!("{deals} that the company means to have here at most"),
    };
    (format!(" of {hint}"), heard)
}

/// What the company says of the stage: a popover, which opens by a key and a finger too, and without the app.
#[component]
fn About(target: String, name: String, text: String) -> impl IntoView {
    let label = format!("About {name}");
    view! {
        <button class="board__about" type="button" popovertarget=target.clone() title=label.clone()>
            <Icon icon=icondata::LuInfo size="small"/>
            <span class="visually-hidden">{label.clone()}</span>
        </button>
        <div class="menu__list board__description" popover="auto" id=target role="note" aria-label=label data-align="start">
            <p class="prose">{text}</p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_hint_is_said_in_words() {
        let said = |count, hint| {
            let (seen, heard) = words(count, hint);
            format!("{count}{seen}{heard}")
        };
        assert_eq!(said(1, None), "1 deal");
        assert_eq!(
            said(5, Some(3)),
            "5 of 3 deals: 2 more than the company means to have here"
        );
        assert_eq!(
            said(2, Some(3)),
            "2 of 3 deals that the company means to have here at most"
        );
    }
}
