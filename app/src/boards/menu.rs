//! "Move to stage…": every move without dragging. One menu for the whole board, at the card whose dots were pressed.

use domain::DealId;
use domain::deals::MoveGate;
use domain::pipeline::Stage;
use leptos::prelude::*;
use leptos::{ev, html};
use web_sys::HtmlElement;

use super::dom;
use super::list_bulk::deals;
use super::model::Slot;
use super::state::BoardState;
use crate::ui::{Icon, IconKind};

#[component]
pub fn CardMenu(state: BoardState) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let (Some(deal), Some(popover)) = (state.menu.get(), node.get()) {
            open_at(state, deal, &popover);
        }
    });
    let closed = move |_| {
        let open = node
            .get_untracked()
            .is_some_and(|popover| is_open(&popover));
        if !open {
            state.menu.set(None);
        }
    };
    view! {
        <div
            class="menu__list board-menu"
            popover="auto"
            node_ref=node
            role="group"
            aria-label=move || heading(state)
            on:toggle=closed
            on:keydown=move |event| walk(&event, node)
        >
            {move || state.menu.get().map(|deal| view! { <Choices state deal node/> })}
        </div>
    }
}

fn heading(state: BoardState) -> String {
    let deal = state.menu.get();
    let name = deal.map(|deal| {
        state
            .model
            .with_untracked(|board| board.name(deal).to_owned())
    });
    format!("Move {}", name.unwrap_or_default())
}

#[component]
fn Choices(state: BoardState, deal: DealId, node: NodeRef<html::Div>) -> impl IntoView {
    let board = state.model.get_untracked();
    let Some(at) = board.slot(deal) else {
        return ().into_any();
    };
    let choose = move |to: Slot| {
        if let Some(popover) = node.get_untracked() {
            // Refused only when it is closed already.
            let _ = popover.hide_popover();
        }
        state.choose(deal, to);
    };
    let stages = board
        .pipeline
        .stages
        .iter()
        .map(|stage| {
            let asks = board
                .check(deal, stage.id)
                .is_ok_and(|gate| gate != MoveGate::Free);
            let present = stage.id == at.stage;
            let choose = Callback::new(move |stage| choose(Slot { stage, index: 0 }));
            view! { <StageChoice stage=stage.clone() present asks choose/> }
        })
        .collect_view();
    // With others that are selected, all of them go.
    let what = board.travelling(deal).map_or_else(
        || board.name(deal).to_owned(),
        |travelling| deals(travelling.len()),
    );
    let is_last = at.index >= board.others(deal, at.stage);
    let step = |index: usize| {
        Callback::new(move |()| {
            choose(Slot {
                stage: at.stage,
                index,
            });
        })
    };
    let select_label = if board.is_selected(deal) {
        "Take out of the selection"
    } else {
        "Select"
    };
    let select = Callback::new(move |()| {
        if let Some(popover) = node.get_untracked() {
            // Refused only when it is closed already.
            let _ = popover.hide_popover();
        }
        state.select(deal, false);
    });
    view! {
        <p class="menu__heading">{format!("Move {what} to stage")}</p>
        {stages}
        <div class="menu__rule"></div>
        <Step icon=icondata::LuArrowUp label="Up" disabled=at.index == 0 go=step(at.index.saturating_sub(1))/>
        <Step icon=icondata::LuArrowDown label="Down" disabled=is_last go=step(at.index + 1)/>
        <Step icon=icondata::LuArrowUpToLine label="To the top" disabled=at.index == 0 go=step(0)/>
        <div class="menu__rule"></div>
        <Step icon=icondata::LuSquareCheck label=select_label disabled=false go=select/>
    }
    .into_any()
}

#[component]
fn StageChoice(
    stage: Stage,
    present: bool,
    asks: bool,
    choose: Callback<domain::StageId>,
) -> impl IntoView {
    let id = stage.id;
    view! {
        <button
            class="menu__item"
            type="button"
            data-hue=stage.hue
            disabled=present
            aria-current=present.then_some("true")
            on:click=move |_| choose.run(id)
        >
            <span class="stage-dot"></span>
            <span class="clip">{stage.name}</span>
            {asks.then_some("\u{2026}")}
            {present.then(|| view! { <span class="menu__note">"now"</span> })}
        </button>
    }
}

#[component]
fn Step(icon: IconKind, label: &'static str, disabled: bool, go: Callback<()>) -> impl IntoView {
    view! {
        <button class="menu__item" type="button" disabled=disabled on:click=move |_| go.run(())>
            <Icon icon/>
            {label}
        </button>
    }
}

fn is_open(popover: &HtmlElement) -> bool {
    // Refused only by a browser without popovers.
    popover.matches(":popover-open").unwrap_or(false)
}

/// Below the dots, or above them when there is no room; then the focus goes to the first choice.
fn open_at(state: BoardState, deal: DealId, popover: &HtmlElement) {
    let Some(root) = state.element() else { return };
    let dots = dom::slot_of_deal(&root, deal).and_then(|slot| dom::find(&slot, ".deal-card__more"));
    let Some(dots) = dots else { return };
    // So that closing gives the focus back to it.
    let _ = dots.focus();
    if popover.show_popover().is_err() {
        return;
    }
    let (at, size) = (
        dots.get_bounding_client_rect(),
        popover.get_bounding_client_rect(),
    );
    let page = document().document_element();
    let (wide, high) = page.map_or((0.0, 0.0), |page| {
        (
            f64::from(page.client_width()),
            f64::from(page.client_height()),
        )
    });
    let left = (at.right() - size.width()).clamp(8.0, (wide - size.width() - 8.0).max(8.0));
    let fits = at.bottom() + 4.0 + size.height() <= high - 8.0;
    let top = if fits {
        at.bottom() + 4.0
    } else {
        (at.top() - 4.0 - size.height()).max(8.0)
    };
    dom::set_style(popover, "left", &format!("{left}px"));
    dom::set_style(popover, "top", &format!("{top}px"));
    if let Some(first) = dom::find(popover, ".menu__item:not(:disabled)") {
        // An element that cannot take the focus keeps it where it is.
        let _ = first.focus();
    }
}

fn walk(event: &ev::KeyboardEvent, node: NodeRef<html::Div>) {
    let back = match event.key().as_str() {
        "ArrowDown" => false,
        "ArrowUp" => true,
        _ => return,
    };
    let Some(popover) = node.get_untracked() else {
        return;
    };
    event.prevent_default();
    let items = dom::all(&popover, ".menu__item:not(:disabled)");
    let active = document().active_element();
    let present = items.iter().position(|item| {
        active
            .as_ref()
            .is_some_and(|active| item.is_same_node(Some(active)))
    });
    let next = match (present, back) {
        (Some(index), false) => (index + 1) % items.len(),
        (Some(0) | None, true) => items.len().saturating_sub(1),
        (Some(index), true) => index - 1,
        (None, false) => 0,
    };
    if let Some(item) = items.get(next) {
        // An element that cannot take the focus keeps it where it is.
        let _ = item.focus();
    }
}
