//! The Deals tab's page: reads the address, fetches, and shows the board or the list.

use std::collections::BTreeSet;

use domain::events::Topic;
use domain::views::{DealFilter, DealList};
use domain::{DealId, StageId};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::board::Board;
use super::filter;
use super::head::DealsHead;
use super::lanes::{self, LaneSwitch, LanedBoard, LanesLoaded};
use super::list::{self, DealTable};
use super::list_bulk::{BulkDialog, Selected};
use super::list_move::{MoveDialog, Moving};
use super::model::shape::Shape;
use super::move_form::{Movable, MovePanel};
use super::news::LastNews;
use super::pipelines::PipelineChoice;
use super::saved_views::SavedViews;
use super::shape::{self, DensitySwitch};
use super::source::{Loaded, Source};
use super::state::BoardState;
use crate::error::ActionError;
use crate::live;
use crate::ui::{EmptyState, LinkButton, Notice, Tone, Variant, awaited};

/// `/p/:membership/deals`
#[component]
pub fn PartnerDeals() -> impl IntoView {
    let params = use_params_map();
    let source = Memo::new(move |_| {
        params.with(|params| params.get("membership")?.parse().ok().map(Source::Partner))
    });
    view! { <Deals source/> }
}

/// `/c/:program/deals`
#[component]
pub fn CompanyDeals() -> impl IntoView {
    let params = use_params_map();
    let source = Memo::new(move |_| {
        params.with(|params| params.get("program")?.parse().ok().map(Source::Company))
    });
    view! { <Deals source/> }
}

/// The part of the address that says which move the plain form is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Wanted {
    deal: Option<DealId>,
    to: Option<StageId>,
}

#[component]
fn Deals(source: Memo<Option<Source>>) -> impl IntoView {
    let query = use_query_map();
    let as_list =
        Memo::new(move |_| query.with(|query| query.get("view").as_deref() == Some("list")));
    let filter = Memo::new(move |_| query.with(filter::read));
    let wanted = Memo::new(move |_| {
        query.with(|query| Wanted {
            deal: query.get("move").and_then(|id| id.parse().ok()),
            to: query.get("to").and_then(|id| id.parse().ok()),
        })
    });
    // A plain form posts its empty inputs too, and the value as it was typed: they do not stay in the address.
    let tidy = query.with_untracked(filter::tidied);
    if let (Some(query), Some(source)) = (tidy, source.get_untracked()) {
        let path = format!("{}{query}", source.deals_href());
        return view! { <leptos_router::components::Redirect path/> }.into_any();
    }
    view! {
        <div class="board-page" data-view=move || if as_list.get() { "list" } else { "board" }>
            {move || match (source.get(), as_list.get()) {
                (Some(source), false) => view! { <BoardLoader source filter wanted/> }.into_any(),
                (Some(source), true) => view! { <ListLoader source filter wanted/> }.into_any(),
                (None, _) => view! { <Failed error=ActionError::new(domain::ErrorCode::NotFound)/> }.into_any(),
            }}
            <SavedViews source/>
        </div>
    }
    .into_any()
}

#[component]
fn BoardLoader(source: Source, filter: Memo<DealFilter>, wanted: Memo<Wanted>) -> impl IntoView {
    let query = use_query_map();
    let board = Resource::new(
        // Which lanes are open is asked once: those that are opened later fetch what is theirs.
        move || (filter.get(), query.with_untracked(lanes::open_in)),
        move |(filter, open)| async move {
            let shape = shape::kept();
            let loaded = source.load(&filter).await?;
            let lanes = lanes::load(source, &filter, open).await?;
            Ok::<_, ActionError>((filter, shape, loaded, lanes))
        },
    );
    view! {
        <Transition>
            {awaited(move || async move {
                match board.await {
                    Ok((filter, shape, loaded, lanes)) => {
                        view! { <BoardScreen source filter shape loaded lanes wanted/> }.into_any()
                    }
                    Err(error) => view! { <Failed error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn BoardScreen(
    source: Source,
    filter: DealFilter,
    shape: Shape,
    loaded: Loaded,
    lanes: Option<LanesLoaded>,
    wanted: Memo<Wanted>,
) -> impl IntoView {
    let of_lanes = filter.clone();
    let narrowed = filter::is_narrowed(&filter);
    let may_work = loaded.board.may_work;
    let (heads, asked) = (loaded.board.pipeline.heads.clone(), filter.clone());
    let state = BoardState::new(source, filter.clone(), loaded).shaped(shape);
    let may_register = Signal::derive(move || {
        may_work && !source.is_company() && state.model.with(|board| board.submissions_open)
    });
    let is_empty = Memo::new(move |_| state.model.with(super::model::BoardModel::is_empty));
    let panel = {
        let back = format!("{}{}", source.deals_href(), filter::write(&filter, false));
        move || {
            wanted
                .get()
                .deal
                .and_then(|deal| panel_for(state, deal, wanted.get().to, back.clone()))
        }
    };
    view! {
        <DealsHead source filter list=false may_register board=state>
            <PipelineChoice source filter=asked heads list=false/>
            <DensitySwitch state/>
            <LaneSwitch source filter=of_lanes/>
        </DealsHead>
        {match source {
            Source::Company(program) => Some(view! { <LastNews program/> }),
            Source::Partner(_) => None,
        }}
        {panel}
        {move || is_empty.get().then(|| view! { <Nothing source narrowed may_register/> })}
        {match lanes {
            Some(lanes) => view! { <LanedBoard state lanes/> }.into_any(),
            None => view! { <Board state/> }.into_any(),
        }}
    }
}

/// The plain form for a card of the board.
fn panel_for(
    state: BoardState,
    deal: DealId,
    to: Option<StageId>,
    back: String,
) -> Option<impl IntoView + use<>> {
    let board = state.model.get_untracked();
    let card = board.card(deal)?;
    let mover = if state.may_override {
        domain::deals::Mover::CompanyOverride
    } else {
        board.mover
    };
    let movable = Movable {
        deal,
        name: card.customer.clone(),
        stage: Some(card.stage),
        facts: card.move_facts(),
        version: card.version,
    };
    let (pipeline, now) = (board.pipeline.clone(), board.now);
    Some(view! { <MovePanel source=state.source movable pipeline mover now to back/> })
}

#[component]
fn Nothing(source: Source, narrowed: bool, may_register: Signal<bool>) -> impl IntoView {
    let text = if narrowed {
        "No deal matches these filters."
    } else {
        "No deals yet."
    };
    view! {
        <EmptyState text icon=icondata::LuKanban>
            {move || (!narrowed && may_register.get()).then(|| view! {
                <LinkButton href=source.register_href() variant=Variant::Primary>"Register a Deal"</LinkButton>
            })}
            {narrowed.then(|| view! { <LinkButton href=source.deals_href()>"Show all deals"</LinkButton> })}
        </EmptyState>
    }
}

#[component]
fn ListLoader(source: Source, filter: Memo<DealFilter>, wanted: Memo<Wanted>) -> impl IntoView {
    let query = use_query_map();
    let cursor = Memo::new(move |_| query.with(|query| query.get("cursor")));
    let list = Resource::new(
        move || (filter.get(), cursor.get()),
        move |(filter, cursor)| async move {
            let list = source.list(&filter, cursor.clone()).await?;
            Ok::<_, ActionError>((filter, cursor, list))
        },
    );
    live::use_live_refresh(&[Topic::Deal, Topic::Program], move || list.refetch());
    let (moving, bulk) = (RwSignal::new(None), RwSignal::new(None));
    let selected = Selected::new(BTreeSet::new());
    Effect::new(move |_| {
        filter.track();
        cursor.track();
        selected.set(BTreeSet::new());
    });
    view! {
        <Transition>
            {awaited(move || async move {
                match list.await {
                    Ok((filter, cursor, list)) => {
                        view! { <ListScreen source filter cursor list wanted moving selected bulk/> }.into_any()
                    }
                    Err(error) => view! { <Failed error/> }.into_any(),
                }
            })}
        </Transition>
        <MoveDialog source moving moved=Callback::new(move |()| list.refetch())/>
        <BulkDialog source bulk selected moved=Callback::new(move |()| list.refetch())/>
    }
}

#[component]
fn ListScreen(
    source: Source,
    filter: DealFilter,
    cursor: Option<String>,
    list: DealList,
    wanted: Memo<Wanted>,
    moving: RwSignal<Option<Moving>>,
    selected: Selected,
    bulk: RwSignal<Option<Vec<Moving>>>,
) -> impl IntoView {
    let may_register = list.may_work && list.submissions_open && !source.is_company();
    let (heads, asked) = (list.pipeline.heads.clone(), filter.clone());
    let back = format!("{}{}", source.deals_href(), filter::write(&filter, true));
    let panel = {
        let list = list.clone();
        move || {
            wanted
                .get()
                .deal
                .and_then(|deal| panel_for_row(source, &list, deal, wanted.get().to, back.clone()))
        }
    };
    view! {
        <DealsHead source filter=filter.clone() list=true may_register>
            <PipelineChoice source filter=asked heads list=true/>
        </DealsHead>
        <div class="board-page__list">
            {panel}
            <DealTable source filter list cursor moving selected bulk/>
        </div>
    }
}

fn panel_for_row(
    source: Source,
    list: &DealList,
    deal: DealId,
    to: Option<StageId>,
    back: String,
) -> Option<impl IntoView + use<>> {
    let row = list.rows.iter().find(|row| row.id == deal)?;
    let movable = list::movable_of(row);
    let mover = list::mover(source, list.may_work);
    let (pipeline, now) = (list.pipeline.clone(), list.now);
    Some(view! { <MovePanel source movable pipeline mover now to back/> })
}

#[component]
fn Failed(error: ActionError) -> impl IntoView {
    view! {
        <div class="board-page__head">
            <h1>"Deals"</h1>
            <Notice tone=Tone::Bad role="alert"><p>{error.0.text()}</p></Notice>
        </div>
    }
}
