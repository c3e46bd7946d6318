//! Registrations that lie in no stage, grouped by what they wait for: apart from the stages, at the left.

use domain::deals::RegistrationStatus;
use domain::views::{DealFilter, WaitingCard};
use leptos::prelude::*;

use super::filter;
use super::quick::marks_open;
use super::state::BoardState;
use crate::ui::{Avatar, Day, Icon, IconKind, MoneyText};

/// In the order in which they need somebody.
const GROUPS: [RegistrationStatus; 6] = [
    RegistrationStatus::NeedsInfo,
    RegistrationStatus::Submitted,
    RegistrationStatus::Draft,
    RegistrationStatus::Declined,
    RegistrationStatus::Ineligible,
    RegistrationStatus::Withdrawn,
];
/// More than this are read in the list.
const SHOWN: usize = 20;

#[component]
pub fn Apart(state: BoardState) -> impl IntoView {
    let groups = Memo::new(move |_| state.model.with(|board| grouped(&board.waiting)));
    move || {
        let groups = groups.get();
        (!groups.is_empty()).then(|| {
            let groups = groups
                .into_iter()
                .map(|(status, cards)| view! { <Group state status cards/> })
                .collect_view();
            view! { <div class="board__apart">{groups}</div> }
        })
    }
}

fn grouped(waiting: &[WaitingCard]) -> Vec<(RegistrationStatus, Vec<WaitingCard>)> {
    GROUPS
        .into_iter()
        .map(|status| {
            (
                status,
                waiting
                    .iter()
                    .filter(|card| card.registration == status)
                    .cloned()
                    .collect(),
            )
        })
        .filter(|(_, cards): &(_, Vec<_>)| !cards.is_empty())
        .collect()
}

#[component]
fn Group(state: BoardState, status: RegistrationStatus, cards: Vec<WaitingCard>) -> impl IntoView {
    let heading = format!("apart-{}", status.as_str());
    let count = cards.len();
    let list = state.filter.with_value(|filter| {
        filter::write(
            &DealFilter {
                registration: Some(status),
                ..filter.clone()
            },
            true,
        )
    });
    let rest = (count > SHOWN).then(|| {
        let href = format!("{}{list}", state.source.deals_href());
        view! { <li class="board__rest" data-always=""><a href=href>{format!("All {count} in the list")}</a></li> }
    });
    view! {
        <section class="board__column" data-apart=status.as_str() aria-labelledby=heading.clone()>
            <div class="board__head">
                <span class="board__icon"><Icon icon=icon_of(status) size="small"/></span>
                <h2 id=heading.clone()>{status.label()}</h2>
                <span class="board__count">
                    {count}
                    <span class="visually-hidden">{if count == 1 { " deal" } else { " deals" }}</span>
                </span>
            </div>
            <ul class="board__list">
                {cards.into_iter().take(SHOWN).map(|card| view! { <Waiting state card/> }).collect_view()}
                {rest}
            </ul>
        </section>
    }
}

#[component]
fn Waiting(state: BoardState, card: WaitingCard) -> impl IntoView {
    let days = state
        .model
        .with_untracked(|board| filter::days_in_stage(card.since, board.now));
    let partner = state
        .model
        .with_untracked(|board| board.partners.get(&card.id).cloned());
    // An unnamed draft still needs something to press.
    let name = if card.customer.is_empty() {
        "Unnamed draft".to_owned()
    } else {
        card.customer
    };
    // A draft is gone on with, not looked at.
    let href = match &card.submit_key {
        Some(key) => format!("{}?key={key}", state.source.register_href()),
        None => state.source.deal_href(card.id),
    };
    view! {
        <li class="board__slot" data-deal=card.id.to_string() data-open=marks_open(card.id)>
            <article class="deal-card" data-mine-not="">
                <div class="deal-card__line">
                    <a class="deal-card__customer" href=href title=name.clone() draggable="false">
                        {name.clone()}
                    </a>
                </div>
                <div class="deal-card__line">
                    <span class="deal-card__value">{card.value.map(|amount| view! { <MoneyText amount/> })}</span>
                    <span class="deal-card__date">{card.close_date.map(|date| view! { <Day on=date short=true/> })}</span>
                </div>
                <div class="deal-card__meta">
                    <span title=format!("Worked by {}", card.owner)>
                        <Avatar name=card.owner.clone() size="small"/>
                        <span class="visually-hidden">{format!("Worked by {}", card.owner)}</span>
                    </span>
                    {partner.map(|partner| view! { <span class="deal-card__partner clip">{partner}</span> })}
                    <span title="Days since the last step">{format!("{days} d")}</span>
                    <span>{card.number}</span>
                </div>
            </article>
        </li>
    }
}

fn icon_of(status: RegistrationStatus) -> IconKind {
    match status {
        RegistrationStatus::Draft => icondata::LuPencil,
        RegistrationStatus::Submitted => icondata::LuHourglass,
        RegistrationStatus::NeedsInfo => icondata::LuMessageCircleQuestion,
        RegistrationStatus::Approved => icondata::LuCheck,
        RegistrationStatus::Declined | RegistrationStatus::Withdrawn => icondata::LuX,
        RegistrationStatus::Ineligible => icondata::LuBan,
        RegistrationStatus::Expired => icondata::LuClock,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{DealId, Timestamp};

    #[test]
    fn what_needs_the_partner_comes_first() {
        let card = |number: u128, registration| WaitingCard {
            id: DealId(uuid::Uuid::from_u128(number)),
            number: String::new(),
            customer: "Ebb".into(),
            value: None,
            close_date: None,
            owner: String::new(),
            registration,
            since: Timestamp(0),
            submit_key: None,
            version: 1,
        };
        let groups = grouped(&[
            card(1, RegistrationStatus::Ineligible),
            card(2, RegistrationStatus::Submitted),
            card(3, RegistrationStatus::NeedsInfo),
            card(4, RegistrationStatus::Submitted),
        ]);
        let seen: Vec<_> = groups
            .iter()
            .map(|(status, cards)| (*status, cards.len()))
            .collect();
        assert_eq!(
            seen,
            [
                (RegistrationStatus::NeedsInfo, 1),
                (RegistrationStatus::Submitted, 2),
                (RegistrationStatus::Ineligible, 1)
            ]
        );
    }
}
