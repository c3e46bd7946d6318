//! A collapsed column: a slim strip with its name, how many deals it holds and what they come to. It takes cards as ever.

use domain::StageId;
use domain::pipeline::Stage;
use domain::views::DealFilter;
use leptos::ev;
use leptos::prelude::*;

use super::filter;
use super::stage_head::{use_count, use_totals};
use super::state::BoardState;
use crate::ui::{Icon, MoneyList};

/// In the head of an open column.
#[component]
pub fn CollapseButton(state: BoardState, stage: StageId, name: String) -> impl IntoView {
    let label = format!("Collapse {name}");
    view! {
        <button
            class="board__collapse"
            type="button"
            aria-label=label.clone()
            title=label
            on:click=move |_| state.collapse(stage, true)
        >
            <Icon icon=icondata::LuFoldHorizontal size="small"/>
        </button>
    }
}

/// All of it is one link that opens the column; without the app, and with a modifier key, it leads to the stage's deals as a list.
#[component]
pub fn StageStrip(state: BoardState, stage: Stage, heading: String) -> impl IntoView {
    let id = stage.id;
    let (count, totals) = (use_count(state, id), use_totals(state, id));
    let href = state.filter.with_value(|filter| {
        filter::write(
            &DealFilter {
                stage: Some(id),
                ..filter.clone()
            },
            true,
        )
    });
    let href = format!("{}{href}", state.source.deals_href());
    let label = format!("Open {}", stage.name);
    let press = move |event: ev::MouseEvent| {
        if event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        event.prevent_default();
        state.collapse(id, false);
    };
    // It acts as a button: Space presses it too.
    let key = move |event: ev::KeyboardEvent| {
        if event.key() == " " {
            event.prevent_default();
            state.collapse(id, false);
        }
    };
    view! {
        <div class="board__strip">
            <a
                class="board__open"
                href=href
                aria-label=label.clone()
                title=label
                draggable="false"
                on:click=press
                on:keydown=key
            >
                <Icon icon=icondata::LuUnfoldHorizontal size="small"/>
            </a>
            <h2 id=heading>{stage.name}</h2>
            <span class="board__count">
                {count}
                <span class="visually-hidden">{move || if count.get() == 1 { " deal" } else { " deals" }}</span>
            </span>
            <div class="board__sums">
                {move || view! { <MoneyList amounts=totals.get().iter().collect()/> }}
            </div>
        </div>
    }
}
