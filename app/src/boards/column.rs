//! One column: its sticky head, and as many of its cards as can be seen.

use domain::pipeline::Stage;
use domain::views::DealFilter;
use leptos::prelude::*;
use leptos::{ev, html};

use super::card::CardSlot;
use super::dom;
use super::filter;
use super::model::BoardModel;
use super::model::window::{CARD_GAP, FIRST_CARDS, Window};
use super::stage_head::StageHead;
use super::state::BoardState;
use super::strip::StageStrip;

#[component]
pub fn StageColumn(state: BoardState, stage: Stage) -> impl IntoView {
    let id = stage.id;
    let heading = state.own_id("column", id);
    let hue = stage.hue.clone();
    let labelled_by = state.labels(&heading);
    let collapsed = Memo::new(move |_| state.model.with(|board| board.shape.is_collapsed(id)));
    let body = move || {
        let (stage, heading) = (stage.clone(), heading.clone());
        if collapsed.get() {
            view! { <StageStrip state stage heading/> }.into_any()
        } else {
            view! {
                <StageHead state stage heading/>
                <CardList state stage=id/>
            }
            .into_any()
        }
    };
    view! {
        <section
            class="board__column"
            data-stage=id.to_string()
            data-hue=hue
            data-collapsed=move || collapsed.get().then_some("")
            aria-labelledby=labelled_by
        >
            {body}
        </section>
    }
}

#[component]
fn CardList(state: BoardState, stage: domain::StageId) -> impl IntoView {
    let list = NodeRef::<html::Ol>::new();
    let ids = Memo::new(move |_| {
        state.model.with(|board| {
            board
                .column(stage)
                .map(|column| column.ids.clone())
                .unwrap_or_default()
        })
    });
    let is_empty = Memo::new(move |_| {
        state
            .model
            .with(|board| board.column(stage).is_none_or(|column| column.count == 0))
    });
    let pitch = Memo::new(move |_| state.model.with(BoardModel::pitch));
    // Scroll position and height; unknown on the server and until the page is awake.
    let seen = RwSignal::new(None::<(f64, f64)>);
    let range =
        Memo::new(move |_| shown_range(state, stage, seen.get(), ids.with(Vec::len), pitch.get()));
    let shown = Memo::new(move |_| {
        let range = range.get();
        ids.with(|ids| {
            ids.get(range.start..range.end)
                .map(<[_]>::to_vec)
                .unwrap_or_default()
        })
    });
    let look = move || {
        if let Some(list) = list.get_untracked() {
            seen.set(Some((
                f64::from(list.scroll_top()),
                f64::from(list.client_height()),
            )));
        }
    };
    Effect::new(move |_| {
        if list.get().is_some() {
            look();
        }
    });
    let resized = window_event_listener_on_client(look);
    on_cleanup(resized);
    Effect::new(move |_| {
        let (range, loaded) = (range.get(), ids.with(Vec::len));
        if seen.with(Option::is_some) && range.wants_more(loaded) {
            state.fetch_more(stage);
        }
    });
    view! {
        <ol class="board__list" node_ref=list data-start=move || range.get().start.to_string() on:scroll=move |_| look()>
            <Space pixels=Signal::derive(move || range.get().space_before(pitch.get()))/>
            <For each=move || shown.get() key=|id| *id let:id>
                <CardSlot state id/>
            </For>
            <Space pixels=Signal::derive(move || range.get().space_after(ids.with(Vec::len), pitch.get()))/>
            <li class="board__gap" aria-hidden="true" hidden=""></li>
            {move || is_empty.get().then(|| view! { <li class="board__none">"No deals here"</li> })}
            <Rest state stage/>
        </ol>
    }
}

/// The cards to have in the page; the one in the hand stays, wherever the column is scrolled to.
fn shown_range(
    state: BoardState,
    stage: domain::StageId,
    seen: Option<(f64, f64)>,
    loaded: usize,
    pitch: f64,
) -> Window {
    let mut range = match seen {
        Some((top, height)) => Window::seen(top, height, loaded, pitch),
        None => Window::first(loaded),
    };
    if let Some((_, from, _)) = state.drag.with(super::model::drag::Drag::held)
        && from.stage == stage
    {
        range.start = range.start.min(from.index);
        range.end = range.end.max((from.index + 1).min(loaded));
    }
    range
}

/// The room of cards that are not in the page.
#[component]
fn Space(pixels: Signal<f64>) -> impl IntoView {
    let node = NodeRef::<html::Li>::new();
    Effect::new(move |_| {
        if let Some(space) = node.get() {
            // The list's own gap follows it.
            dom::set_style(
                &space,
                "block-size",
                &format!("{}px", (pixels.get() - CARD_GAP).max(0.0)),
            );
        }
    });
    view! {
        <li class="board__space" node_ref=node aria-hidden="true" hidden=move || pixels.get() <= 0.0></li>
    }
}

/// Without wasm a long column ends with a link to the list, which has pages.
#[component]
fn Rest(state: BoardState, stage: domain::StageId) -> impl IntoView {
    let href = state.filter.with_value(|filter| {
        filter::write(
            &DealFilter {
                stage: Some(stage),
                ..filter.clone()
            },
            true,
        )
    });
    let count = state
        .model
        .with_untracked(|board| board.column(stage).map_or(0, |column| column.count));
    let long = usize::try_from(count).is_ok_and(|count| count > FIRST_CARDS);
    long.then(|| {
        view! {
            <li class="board__rest">
                <a href=format!("{}{href}", state.source.deals_href())>{format!("All {count} in the list")}</a>
            </li>
        }
    })
}

/// Follows the window's size; gives what ends it. The server has no window.
fn window_event_listener_on_client(
    look: impl Fn() + Copy + Send + Sync + 'static,
) -> impl FnOnce() + Send + Sync {
    let handle = StoredValue::new(None::<WindowListenerHandle>);
    Effect::new(move |_| {
        handle.set_value(Some(window_event_listener(ev::resize, move |_| look())));
    });
    move || {
        if let Some(Some(handle)) = handle.try_update_value(Option::take) {
            handle.remove();
        }
    }
}
