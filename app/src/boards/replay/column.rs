//! One column of the replayed board: counts and sums, and the cards that came last.

use domain::Money;
use domain::deals::{Replay, ReplayBoard, ReplayStage};
use leptos::prelude::*;

use super::play::Play;
use crate::boards::source::Source;
use crate::ui::{MoneyList, MoneyText, Tag};

/// Cards of a column that are in the page; the others are counted.
const CARDS: usize = 12;

/// What a column shows at one step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Held {
    count: usize,
    amounts: Vec<Money>,
    /// Who came last comes first.
    newest: Vec<usize>,
}

impl Held {
    fn of(replay: &Replay, board: &ReplayBoard, place: usize) -> Self {
        let Some(column) = board.columns.get(place) else {
            return Self::default();
        };
        Self {
            count: column.len(),
            amounts: replay.totals(column).iter().collect(),
            newest: column.iter().rev().take(CARDS).copied().collect(),
        }
    }

    /// How many are not shown.
    fn more(&self) -> usize {
        self.count.saturating_sub(self.newest.len())
    }
}

#[component]
pub fn ReplayColumn(play: Play, source: Source, place: usize, stage: ReplayStage) -> impl IntoView {
    let held = Memo::new(move |_| {
        play.board.with(|board| {
            play.replay
                .with_value(|replay| Held::of(replay, board, place))
        })
    });
    let heading = format!("replay-stage-{place}");
    let labelled_by = heading.clone();
    let name = stage.name.clone();
    let retired = stage.retired.then(|| view! { <Tag text="Retired"/> });
    let more = move || {
        let more = held.with(Held::more);
        (more > 0).then(|| view! { <li class="replay__more">{format!("and {more} more")}</li> })
    };
    view! {
        <section
            class="board__column"
            data-stage=stage.id.to_string()
            data-hue=stage.hue
            aria-labelledby=labelled_by
        >
            <div class="board__head">
                <span class="stage-dot"></span>
                <div class="board__name">
                    <h2 id=heading title=name>{stage.name}</h2>
                    {retired}
                </div>
                <span class="board__count">
                    {move || held.with(|held| held.count)}
                    <span class="visually-hidden">" deals"</span>
                </span>
                <div class="board__sums">
                    {move || view! { <MoneyList amounts=held.with(|held| held.amounts.clone())/> }}
                </div>
            </div>
            <ol class="board__list">
                <For each=move || held.with(|held| held.newest.clone()) key=|deal| *deal let:deal>
                    <ReplayCard play source deal/>
                </For>
                {more}
            </ol>
        </section>
    }
}

#[component]
fn ReplayCard(play: Play, source: Source, deal: usize) -> impl IntoView {
    let deal = play
        .replay
        .with_value(|replay| replay.deals.get(deal).cloned());
    deal.map(|deal| {
        let name = deal.customer;
        view! {
            <li class="board__slot" data-deal=deal.id.to_string()>
                <article class="deal-card">
                    <div class="deal-card__line">
                        <a class="deal-card__customer" href=source.deal_href(deal.id) title=name.clone()>{name.clone()}</a>
                    </div>
                    <div class="deal-card__line">
                        <span class="deal-card__value">{deal.value.map(|amount| view! { <MoneyText amount/> })}</span>
                        <span class="deal-card__date">{deal.number}</span>
                    </div>
                </article>
            </li>
        }
    })
}

#[cfg(test)]
mod tests {
    use domain::deals::ReplayDeal;
    use domain::{Currency, DealId, StageId};

    use super::*;

    #[test]
    fn a_full_column_shows_who_came_last_and_counts_all() {
        let deals = (0u128..15).map(|number| ReplayDeal {
            id: DealId(uuid::Uuid::from_u128(number)),
            number: String::new(),
            customer: String::new(),
            value: Some(Money::new(100, Currency::EUR)),
        });
        let replay = Replay {
            stages: vec![ReplayStage {
                id: StageId(uuid::Uuid::nil()),
                name: "Qualify".into(),
                hue: "blue".into(),
                retired: false,
            }],
            deals: deals.collect(),
            start: (0..15).map(|deal| (deal, 0)).collect(),
            steps: Vec::new(),
        };
        let held = Held::of(&replay, &replay.beginning(), 0);
        assert_eq!((held.count, held.more()), (15, 3));
        assert_eq!(held.newest.first(), Some(&14));
        assert_eq!(held.newest.last(), Some(&3));
        assert_eq!(held.amounts, [Money::new(1_500, Currency::EUR)]);
        assert_eq!(Held::of(&replay, &replay.beginning(), 9), Held::default());
    }
}
