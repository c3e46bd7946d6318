//! One card of a column: the deal at a glance, its handle and its menu.

use domain::DealId;
use domain::deals::WinStatus;
use domain::forms::MAX_CARD_FIELDS;
use domain::pipeline::Stage;
use domain::views::Card;
use leptos::prelude::*;

use super::filter;
use super::outgoing::WaitsMark;
use super::people::HeldMark;
use super::quick::marks_open;
use super::select::SelectCard;
use super::state::BoardState;
use crate::locale::use_locale;
use crate::ui::{Avatar, Day, Icon, MoneyText};

/// The id of the sentence that describes the handles.
pub const KEYS_ID: &str = "board-keys";

#[component]
pub fn CardSlot(state: BoardState, id: DealId) -> impl IntoView {
    let card = Memo::new(move |_| state.model.with(|board| board.card(id).cloned()));
    let saving = Memo::new(move |_| state.model.with(|board| board.saving.contains(&id)));
    let fixed = Memo::new(move |_| state.model.with(|board| board.lift_refusal(id).is_some()));
    let selected = Memo::new(move |_| state.model.with(|board| board.is_selected(id)));
    let face = move || {
        card.get()
            .map(|card| view! { <CardFace state card fixed=fixed.get()/> })
    };
    view! {
        <li class="board__slot" data-deal=id.to_string() data-open=marks_open(id)>
            <article
                class="deal-card"
                data-grab=move || (!fixed.get()).then_some("")
                data-saving=move || saving.get().then_some("")
                data-selected=move || selected.get().then_some("")
                aria-busy=move || saving.get().then_some("true")
            >
                {face}
                <WaitsMark state deal=id/>
                <HeldMark state deal=id/>
                {move || (!fixed.get()).then(|| view! { <SelectCard state deal=id/> })}
            </article>
        </li>
    }
}

/// What the card shows. Its height is fixed, so each line stays one line.
#[component]
fn CardFace(state: BoardState, card: Card, fixed: bool) -> impl IntoView {
    let locale = use_locale();
    let name = card.customer.clone();
    let partner = state
        .model
        .with_untracked(|board| board.partners.get(&card.id).cloned());
    // On the company's board a card is moved only as an override, which asks for a reason.
    let may_choose = if state.source.is_company() {
        state.may_override && card.win == WinStatus::None
    } else {
        !fixed
    };
    let more = may_choose.then(|| view! { <MoreLink state card=card.clone()/> });
    let handle = (!fixed).then(|| {
        let label = format!("Move {name}");
        view! {
            <button class="deal-card__handle" type="button" aria-label=label aria-describedby=KEYS_ID>
                <Icon icon=icondata::LuGripVertical size="small"/>
            </button>
        }
    });
    let facts = facts(state, &card);
    view! {
        <div class="deal-card__line">
            <a class="deal-card__customer" href=state.source.deal_href(card.id) title=name.clone() draggable="false">
                {name.clone()}
            </a>
            {more}
            {handle}
        </div>
        <div class="deal-card__line">
            <span class="deal-card__value">{card.value.map(|amount| view! { <MoneyText amount/> })}</span>
            <span class="deal-card__date">
                {card.close_date.map(|date| {
                    let title = format!("Expected to close on {}", locale.date(date));
                    view! { <Day on=date short=true title/> }
                })}
            </span>
        </div>
        <CardMeta state card partner/>
        {facts}
    }
}

/// What the deal answered to the fields that the company chose for cards.
fn facts(state: BoardState, card: &Card) -> impl IntoView + use<> {
    let labels = state
        .model
        .with_untracked(|board| board.fact_labels.clone());
    let lines = labels.into_iter().zip(card.facts.clone());
    let lines = lines.take(MAX_CARD_FIELDS);
    lines
        .filter(|(_, text)| !text.is_empty())
        .map(|(label, text)| {
            let title = format!("{label}: {text}");
            view! {
                <p class="deal-card__fact" title=title>
                    <span class="deal-card__label">{label}": "</span>
                    {text}
                </p>
            }
        })
        .collect_view()
}

/// Opens the menu; without wasm it leads to the plain form.
#[component]
fn MoreLink(state: BoardState, card: Card) -> impl IntoView {
    let verb = if state.source.is_company() {
        "Override the stage of"
    } else {
        "Move to stage:"
    };
    let query = state
        .filter
        .with_value(|filter| filter::write(filter, false));
    view! {
        <a
            class="deal-card__more"
            href=state.source.move_href(&query, card.id)
            aria-label=format!("{verb} {}", card.customer)
            title=if state.source.is_company() { "Override stage\u{2026}" } else { "Move to stage\u{2026}" }
            draggable="false"
        >
            <Icon icon=icondata::LuEllipsis size="small"/>
        </a>
    }
}

/// Owner or partner, days in the stage, stuck, protection, win: each with its words.
#[component]
fn CardMeta(state: BoardState, card: Card, partner: Option<String>) -> impl IntoView {
    let now = state.model.with_untracked(|board| board.now);
    let stuck_days = state.model.with_untracked(|board| {
        board
            .stage(card.stage)
            .and_then(|stage: &Stage| stage.stuck_days)
    });
    let days = filter::days_in_stage(card.entered_at, now);
    let open = card.win == WinStatus::None;
    let stuck = filter::stuck_for(&card, stuck_days, now).filter(|_| open);
    let in_stage = match stuck {
        Some(days) => view! {
            <span data-tone="warn" title="Longer in this stage than usual">
                <Icon icon=icondata::LuTriangleAlert size="small"/>
                {format!("Stuck {days} d")}
            </span>
        }
        .into_any(),
        None => view! { <span title="Days in this stage">{format!("{days} d")}</span> }.into_any(),
    };
    let protection =
        filter::protection_left(card.registration, card.protected_until, now).filter(|_| open);
    view! {
        <div class="deal-card__meta">
            <span title=format!("Worked by {}", card.owner)>
                <Avatar name=card.owner.clone() size="small"/>
                <span class="visually-hidden">{format!("Worked by {}", card.owner)}</span>
            </span>
            {partner.map(|partner| view! { <span class="deal-card__partner clip">{partner}</span> })}
            {in_stage}
            {protection.map(|(left, soon)| {
                view! {
                    <span data-tone=soon.then_some("warn") title="Protection left">
                        <Icon icon=icondata::LuShield size="small"/>
                        <span class="visually-hidden">"Protection: "</span>
                        {left}
                    </span>
                }
            })}
            {win_words(card.win).map(|words| {
                view! {
                    <span title="Locked: the deal is closed-won">
                        <Icon icon=icondata::LuLock size="small"/>
                        {words}
                    </span>
                }
            })}
        </div>
    }
}

fn win_words(win: WinStatus) -> Option<&'static str> {
    match win {
        WinStatus::Pending => Some("Waits for confirmation"),
        WinStatus::Confirmed => Some("Confirmed"),
        WinStatus::None | WinStatus::Rejected => None,
    }
}
