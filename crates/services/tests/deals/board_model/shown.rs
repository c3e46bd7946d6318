//! A board as a client sees it, read to the end of every column; and as the model says that it ought to be.

use domain::deals::{RegistrationStatus, WinStatus};
use domain::money::Totals;
use domain::views::{BoardView, Card, DealFilter, WaitingCard};
use domain::{Date, DealId, Money, Rank, StageId, Timestamp};
use services::ServiceError;

use super::clients::Clients;
use super::model::{Deal, Model};
use super::steps::{COMPANY, Narrow, WORDS};

/// Lines beside the columns.
const WAITING: usize = 60;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Id and name, in their order.
    pub stages: Vec<(StageId, String)>,
    pub columns: Vec<ShownColumn>,
    pub waiting: Vec<ShownDeal>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownColumn {
    pub stage: StageId,
    pub count: i64,
    pub totals: Totals,
    pub deals: Vec<ShownDeal>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownDeal {
    pub id: DealId,
    pub number: String,
    pub customer: String,
    pub value: Option<Money>,
    pub closes: Option<Date>,
    pub owner: String,
    /// For the company.
    pub partner: Option<String>,
    pub status: RegistrationStatus,
    pub version: i64,
    pub placed: Option<Placed>,
}

/// What only a card in a column has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    pub stage: StageId,
    pub entered: Timestamp,
    pub until: Option<Timestamp>,
    pub win: WinStatus,
}

/// What the product is asked for.
pub fn filter(model: &Model, narrow: &Narrow) -> DealFilter {
    DealFilter {
        mine: narrow.mine,
        search: narrow
            .word
            .map(|word| WORDS[word].to_uppercase())
            .unwrap_or_default(),
        partner: narrow
            .partner
            .map(|partner| model.partners[partner].clone())
            .unwrap_or_default(),
        min_value: narrow.least,
        stage_kind: narrow.kind,
        registration: narrow.status,
        expiring: narrow.expiring,
        stuck: narrow.stuck,
        closing: narrow.closing,
        ..DealFilter::default()
    }
}

/// What the client is shown, and the last event that it knows of.
pub async fn read(
    clients: &Clients,
    client: usize,
    filter: &DealFilter,
) -> Result<(Shown, i64), ServiceError> {
    if client == COMPANY {
        let access = clients.company().await?;
        let view = access.board(filter).await?;
        let mut cards = Vec::new();
        for column in &view.board.columns {
            let sent = column.cards.iter().cloned();
            let named = |card: Card| {
                let partner = view.partners.get(&card.id).cloned();
                (card, partner)
            };
            let mut all: Vec<(Card, Option<String>)> = sent.map(named).collect();
            while let Some(after) = next(column.count, all.iter().map(|(card, _)| card)) {
                let more = access.board_column(column.stage, filter, Some(after));
                let more = more.await?;
                if more.is_empty() {
                    break;
                }
                all.extend(more.into_iter().map(|(card, name)| (card, Some(name))));
            }
            cards.push(all);
        }
        let partner = |id: DealId| view.partners.get(&id).cloned();
        return Ok((shown(&view.board, cards, partner), view.board.seq));
    }
    let access = clients.partner(client).await?;
    let board = access.board(filter).await?;
    let mut cards = Vec::new();
    for column in &board.columns {
        let mut all = column.cards.clone();
        while let Some(after) = next(column.count, all.iter()) {
            let more = access.board_column(column.stage, filter, Some(after));
            let more = more.await?;
            if more.is_empty() {
                break;
            }
            all.extend(more);
        }
        cards.push(all.into_iter().map(|card| (card, None)).collect());
    }
    Ok((shown(&board, cards, |_| None), board.seq))
}

/// The card after which the column goes on, if it does.
fn next<'c>(count: i64, cards: impl ExactSizeIterator<Item = &'c Card>) -> Option<(Rank, DealId)> {
    let more = i64::try_from(cards.len()).unwrap() < count;
    let last = cards.last()?;
    more.then(|| (last.rank.clone(), last.id))
}

fn shown(
    board: &BoardView,
    cards: Vec<Vec<(Card, Option<String>)>>,
    partner: impl Fn(DealId) -> Option<String>,
) -> Shown {
    let stages = board.pipeline.stages.iter();
    let columns = board.columns.iter().zip(cards);
    Shown {
        stages: stages.map(|stage| (stage.id, stage.name.clone())).collect(),
        columns: columns
            .map(|(column, cards)| ShownColumn {
                stage: column.stage,
                count: column.count,
                totals: column.totals.clone(),
                deals: cards.into_iter().map(of_card).collect(),
            })
            .collect(),
        waiting: board
            .waiting
            .iter()
            .map(|card| of_waiting(card, partner(card.id)))
            .collect(),
    }
}

fn of_card((card, partner): (Card, Option<String>)) -> ShownDeal {
    ShownDeal {
        id: card.id,
        number: card.number,
        customer: card.customer,
        value: card.value,
        closes: card.close_date,
        owner: card.owner,
        partner,
        status: card.registration,
        version: card.version,
        placed: Some(Placed {
            stage: card.stage,
            entered: card.entered_at,
            until: card.protected_until,
            win: card.win,
        }),
    }
}

fn of_waiting(card: &WaitingCard, partner: Option<String>) -> ShownDeal {
    ShownDeal {
        id: card.id,
        number: card.number.clone(),
        customer: card.customer.clone(),
        value: card.value,
        closes: card.close_date,
        owner: card.owner.clone(),
        partner,
        status: card.registration,
        version: card.version,
        placed: None,
    }
}

/// What the client ought to be shown.
pub fn expected(model: &Model, client: usize, narrow: &Narrow) -> Shown {
    let shows = |deal: &&Deal| model.shows(client, narrow, deal);
    let of = |deal: &Deal| of_deal(model, client, deal);
    let column = |stage: &super::model::Stage| {
        let deals = stage.deals.iter().map(|at| &model.deals[*at]);
        let deals: Vec<&Deal> = deals.filter(shows).collect();
        ShownColumn {
            stage: stage.id,
            count: i64::try_from(deals.len()).unwrap(),
            totals: deals.iter().map(|deal| deal.value).collect(),
            deals: deals.into_iter().map(of).collect(),
        }
    };
    let waits = |deal: &&Deal| deal.place.is_none() && deal.status != RegistrationStatus::Withdrawn;
    let mut waiting: Vec<&Deal> = model.deals.iter().filter(waits).filter(shows).collect();
    waiting.sort_by_key(|deal| std::cmp::Reverse(deal.changed));
    let stages = model.stages.iter();
    Shown {
        stages: stages
            .clone()
            .map(|one| (one.id, one.name.clone()))
            .collect(),
        columns: stages.map(column).collect(),
        waiting: waiting.into_iter().take(WAITING).map(of).collect(),
    }
}

fn of_deal(model: &Model, client: usize, deal: &Deal) -> ShownDeal {
    ShownDeal {
        id: deal.id,
        number: format!("ALT-{}", deal.number),
        customer: deal.customer.clone(),
        value: Some(deal.value),
        closes: Some(deal.closes),
        owner: model.names[deal.owner].clone(),
        partner: (client == COMPANY).then(|| model.partners[deal.partner].clone()),
        status: deal.status,
        version: deal.version,
        placed: deal.place.map(|(stage, entered)| Placed {
            stage,
            entered,
            until: deal.until,
            win: deal.win,
        }),
    }
}

/// The first thing that is not as it ought to be, in few words.
pub fn difference(shown: &Shown, expected: &Shown) -> Option<String> {
    if shown == expected {
        return None;
    }
    if shown.stages != expected.stages {
        return Some(format!(
            "stages {:?}\n  ought to be {:?}",
            shown.stages, expected.stages
        ));
    }
    for (column, ought) in shown.columns.iter().zip(&expected.columns) {
        let name = expected
            .stages
            .iter()
            .find(|(id, _)| *id == ought.stage)
            .map_or("", |(_, name)| name.as_str());
        if column.count != ought.count || column.totals != ought.totals {
            return Some(format!(
                "{name} counts {} and {:?}\n  ought to count {} and {:?}",
                column.count, column.totals, ought.count, ought.totals
            ));
        }
        if let Some(text) = different(&column.deals, &ought.deals) {
            return Some(format!("{name}: {text}"));
        }
    }
    different(&shown.waiting, &expected.waiting)
        .map(|text| format!("beside the columns: {text}"))
        .or_else(|| Some(format!("{shown:#?}\n  ought to be {expected:#?}")))
}

fn different(shown: &[ShownDeal], expected: &[ShownDeal]) -> Option<String> {
    if shown == expected {
        return None;
    }
    let numbers = |deals: &[ShownDeal]| -> Vec<String> {
        deals.iter().map(|deal| deal.number.clone()).collect()
    };
    let (are, ought) = (numbers(shown), numbers(expected));
    if are != ought {
        return Some(format!("{are:?}\n  ought to be {ought:?}"));
    }
    let mut pairs = shown.iter().zip(expected);
    let (one, ought) = pairs.find(|(one, ought)| one != ought)?;
    Some(format!("{one:?}\n  ought to be {ought:?}"))
}
